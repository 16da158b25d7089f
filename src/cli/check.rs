//! `furikaeri check`: what a reviewer would catch in a plan, as a list for people or programs.
//!
//! The JSON is described in the README. Its fields are never renamed or dropped; new ones may come.

use std::{
    ffi::OsStr,
    fmt::Write as _,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use lexopt::{
    Arg::{Long, Value},
    Parser,
};
use serde::Serialize;

use crate::{
    export::pages::faces::{self, FaceError},
    plan::{
        EditError, Plan,
        checks::{CharSet, Checks, Counts, Finding, Fix, Place, fix_all},
    },
    storage::files::{self, Expected},
};

use super::{
    Common, UsageError, at_most_one, common, complain, next, value_of,
    writing::{self, NotWritten},
};

/// What is checked, and how the result is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub plan: PathBuf,
    pub format: Format,
    /// Whether to fix what can be fixed and save the file.
    pub fix: bool,
}

/// How the findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Json,
}

/// Nothing was checked.
#[derive(Debug, thiserror::Error)]
enum CheckError {
    #[error("{0}")]
    Open(#[from] files::OpenError),
    #[error("{0}")]
    Font(#[from] FaceError),
    #[error("直せませんでした（{0}）。ファイルには手を加えていません。")]
    Fix(#[from] EditError),
    #[error(transparent)]
    Save(#[from] NotWritten),
    #[error("結果を JSON にできませんでした（{0}）。ファイルには手を加えていません。")]
    Json(#[from] serde_json::Error),
    #[error("標準出力に書き出せませんでした（{error}）。{}", match is_fixed {
        true => "直した計画は保存しました。",
        false => "ファイルには手を加えていません。",
    })]
    Output { error: io::Error, is_fixed: bool },
}

/// Reads the arguments after `check`.
///
/// # Errors
/// A sentence that says which argument is wrong.
pub fn parse(parser: &mut Parser) -> Result<super::Request, UsageError> {
    let (mut format, mut fix, mut values) = (Format::Text, false, Vec::new());
    while let Some(argument) = next(parser)? {
        match argument {
            Long("format") => format = parse_format(&value_of(parser, "--format")?)?,
            Long("fix") => fix = true,
            Value(value) => values.push(value),
            other => match common(&other)? {
                Common::Help => return Ok(super::Request::Help),
                Common::Version => return Ok(super::Request::Version),
            },
        }
    }
    let plan = at_most_one(values)?
        .ok_or_else(|| UsageError("点検する計画のファイルを指定してください".to_owned()))?;
    Ok(super::Request::Check(Request { plan, format, fix }))
}

fn parse_format(name: &OsStr) -> Result<Format, UsageError> {
    match name.to_str() {
        Some("text") => Ok(Format::Text),
        Some("json") => Ok(Format::Json),
        _ => Err(UsageError(format!(
            "点検の --format は text か json です：{}",
            name.to_string_lossy()
        ))),
    }
}

impl Request {
    /// Carries it out and returns the exit status: 1 where there are errors in the plan.
    pub fn run(&self) -> ExitCode {
        match self.check() {
            Ok(counts) if counts.errors == 0 => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(error) => {
                complain(&error);
                ExitCode::FAILURE
            }
        }
    }

    fn check(&self) -> Result<Counts, CheckError> {
        let opened = files::open(&self.plan)?;
        let font = faces::char_set()?;
        let mut plan = opened.plan;
        let fixed = if self.fix { fix(&mut plan, &font)? } else { 0 };
        let mut checks = Checks::new(font);
        checks.update(&plan);
        let text = match self.format {
            Format::Text => as_text(&plan, &checks, self.fix.then_some(fixed)),
            Format::Json => as_json(&plan, &checks, fixed)?,
        };
        if fixed > 0 {
            let expected = Expected::Content(opened.fingerprint);
            writing::save(&self.plan, &plan, expected)?;
        }
        let mut output = io::stdout().lock();
        let written = output.write_all(text.as_bytes());
        written
            .and_then(|()| output.flush())
            .map_err(|error| CheckError::Output {
                error,
                is_fixed: fixed > 0,
            })?;
        Ok(checks.counts())
    }
}

/// Fixes what can be fixed and returns the number of fixes. What one fix was hiding is found in the
/// next round.
fn fix(plan: &mut Plan, font: &CharSet) -> Result<usize, EditError> {
    const ROUNDS: usize = 4;
    let mut checks = Checks::new(font.clone());
    let mut fixed = 0;
    for _ in 0..ROUNDS {
        checks.update(plan);
        let Some(fixing) = fix_all(plan, checks.findings()) else {
            break;
        };
        plan.apply(&fixing.edit)?;
        fixed += fixing.changes.len();
    }
    Ok(fixed)
}

fn as_text(plan: &Plan, checks: &Checks, fixed: Option<usize>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    for finding in checks.findings() {
        let severity = finding.rule.severity().name();
        let place = place_name(plan, finding);
        let _ = write!(
            text,
            "{} {place}: [{severity}] {}",
            name(plan, finding),
            finding.explanation
        );
        if let Some(Fix::Replace(with)) = &finding.fix {
            let _ = write!(text, "→「{with}」");
        }
        let _ = writeln!(text, " ({})", finding.rule.code());
    }
    if let Some(fixed) = fixed {
        let _ = writeln!(text, "{fixed} か所を直しました。");
    }
    let _ = writeln!(text, "{}。", checks.counts());
    text
}

/// The node's number, or what the plan as a whole is called.
fn name(plan: &Plan, finding: &Finding) -> String {
    match finding.node {
        None => "計画".to_owned(),
        Some(_) => number(plan, finding),
    }
}

fn number(plan: &Plan, finding: &Finding) -> String {
    let number = finding.node.and_then(|id| plan.number(id));
    number.unwrap_or_default().half_width(plan.form())
}

fn place_name(plan: &Plan, finding: &Finding) -> String {
    match finding.place {
        Place::Text { at, .. } => plan.slot_name(finding.node, at),
        Place::Number => "番号".to_owned(),
        Place::Repost => "再掲".to_owned(),
        Place::Form => "様式".to_owned(),
    }
}

/// The findings as other programs get them.
#[derive(Serialize)]
struct Report<'a> {
    format: u32,
    errors: usize,
    warnings: usize,
    notices: usize,
    ignored: usize,
    fixed: usize,
    findings: Vec<Reported<'a>>,
}

#[derive(Serialize)]
struct Reported<'a> {
    rule: &'static str,
    severity: &'static str,
    /// `2-1-3`.
    number: String,
    /// Missing if the finding is about the plan as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    field: String,
    /// In characters of the field's text; missing if the finding is not about words.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    quote: &'a str,
    message: &'a str,
    /// What would stand in place of the quote; for a repost, the id of its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<String>,
}

fn as_json(plan: &Plan, checks: &Checks, fixed: usize) -> Result<String, serde_json::Error> {
    const FORMAT: u32 = 1;
    let counts = checks.counts();
    let report = Report {
        format: FORMAT,
        errors: counts.errors,
        warnings: counts.warnings,
        notices: counts.notices,
        ignored: counts.ignored,
        fixed,
        findings: checks.findings().map(|it| reported(plan, it)).collect(),
    };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

fn reported<'a>(plan: &Plan, finding: &'a Finding) -> Reported<'a> {
    let range = finding.characters(plan);
    Reported {
        rule: finding.rule.code(),
        severity: finding.rule.severity().code(),
        number: number(plan, finding),
        id: finding.node.map(|id| id.to_string()),
        field: field_code(&finding.place),
        start: range.as_ref().map(|range| range.start),
        end: range.map(|range| range.end),
        quote: &finding.quote,
        message: &finding.explanation,
        fix: finding.fix.as_ref().map(|fix| match fix {
            Fix::Replace(with) => with.clone(),
            Fix::Repost(source) => source.to_string(),
        }),
    }
}

/// The field's key in the plan's file.
fn field_code(place: &Place) -> String {
    match place {
        Place::Text { at, .. } => at.field.to_string(),
        Place::Number => "number".to_owned(),
        Place::Repost => "repost_of".to_owned(),
        Place::Form => "form".to_owned(),
    }
}
