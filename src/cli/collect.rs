//! `furikaeri collect`: takes the returns of sections into the plan.
//!
//! All of them or none: where people have to decide, there is a list and the plan is untouched.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use jiff::Zoned;
use lexopt::{
    Arg::{Long, Value},
    Parser,
};

use crate::{
    import::returned::{self, CollectError, Returned},
    plan::{EditError, Merged, Plan},
    storage::files::{self, Expected},
};

use super::{
    Common, UsageError, common, finish, merge, next, say, value_of,
    writing::{self, NotWritten},
};

/// Which returns are taken in, and where the result goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub plan: PathBuf,
    pub returns: Vec<PathBuf>,
    /// Without one, the plan itself.
    pub to: Option<PathBuf>,
}

/// Nothing was written.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("{0}")]
    Open(#[from] files::OpenError),
    #[error("{0}")]
    Edit(#[from] EditError),
    #[error(
        "{files}個のうち{open}個のファイルに、決めることや取り込めない理由があります。計画はそのままです。画面で開いて決めるか、そのファイルを除いて取り込んでください。{}",
        plan.display()
    )]
    Undecided {
        files: usize,
        open: usize,
        plan: PathBuf,
    },
    #[error(transparent)]
    SameFile(#[from] writing::SameFile),
    #[error(transparent)]
    Write(#[from] NotWritten),
}

/// Reads the arguments after `collect`.
///
/// # Errors
/// A sentence that says which argument is wrong.
pub fn parse(parser: &mut Parser) -> Result<super::Request, UsageError> {
    let (mut to, mut plan, mut returns) = (None, None, Vec::new());
    while let Some(argument) = next(parser)? {
        match argument {
            Long("to") => to = Some(PathBuf::from(value_of(parser, "--to")?)),
            Value(value) if plan.is_none() => plan = Some(PathBuf::from(value)),
            Value(value) => returns.push(PathBuf::from(value)),
            other => match common(&other)? {
                Common::Help => return Ok(super::Request::Help),
                Common::Version => return Ok(super::Request::Version),
            },
        }
    }
    let plan = plan
        .filter(|_| !returns.is_empty())
        .ok_or_else(|| UsageError("計画と、返送されたファイルを指定してください".to_owned()))?;
    Ok(super::Request::Collect(Request { plan, returns, to }))
}

impl Request {
    /// Carries it out and returns the exit status.
    pub fn run(&self) -> ExitCode {
        finish(self.collect())
    }

    fn collect(&self) -> Result<(), CommandError> {
        if let Some(to) = &self.to {
            let returns: Vec<&Path> = self.returns.iter().map(PathBuf::as_path).collect();
            writing::refuse_same(to, &returns)?;
        }
        let elsewhere = self.to.as_deref().map(writing::as_it_is).transpose()?;
        let opened = files::open(&self.plan)?;
        let today = Zoned::now().date();
        let mut plan = opened.plan;
        let mut open = 0;
        for path in &self.returns {
            let returned = match returned::open(path) {
                Ok(returned) => returned,
                Err(error) => {
                    say(&format!("{}\n  {}", path.display(), error.reason));
                    open += 1;
                    continue;
                }
            };
            say(&format!("{}（{}）", path.display(), returned.owner));
            for remark in remarks(&returned, &plan) {
                say(&format!("  {remark}"));
            }
            match returned.merge_into(&plan, &[].into()) {
                Ok(merged) if merged.clashes().is_empty() && returned.questions.is_empty() => {
                    plan.apply(&returned.take_in(&merged, today))?;
                }
                Ok(merged) => {
                    list(&returned, &merged);
                    open += 1;
                }
                Err(error) => {
                    say_error(&error);
                    open += 1;
                }
            }
        }
        if open > 0 {
            return Err(CommandError::Undecided {
                files: self.returns.len(),
                open,
                plan: self.plan.clone(),
            });
        }
        let to = self.to.as_ref().unwrap_or(&self.plan);
        let expected = elsewhere.unwrap_or(Expected::Content(opened.fingerprint));
        Ok(writing::save(to, &plan, expected)?)
    }
}

/// What people should know about a return, though there is nothing to decide.
fn remarks(returned: &Returned, plan: &Plan) -> Vec<String> {
    let is_older = returned.is_older(plan);
    let older = is_older.then(|| "前に配布した様式に記入されています".to_owned());
    let remarks = returned.remarks_in(plan);
    let remarks = remarks.iter().map(ToString::to_string);
    older.into_iter().chain(remarks).collect()
}

fn list(returned: &Returned, merged: &Merged) {
    let questions = returned.questions.iter();
    let questions = questions.map(|it| it.doubt.in_words(&returned.base));
    let sides = ["計画", &returned.owner];
    let clashes = merged.clashes().iter();
    let clashes = clashes.map(|clash| merge::in_words(clash, merged, sides));
    for sentence in questions.chain(clashes) {
        say(&format!("  {}", sentence.replace('\n', "\n  ")));
    }
}

fn say_error(error: &CollectError) {
    say(&format!("  {error}"));
}
