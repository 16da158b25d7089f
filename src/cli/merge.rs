//! `furikaeri merge`: what two people made of one plan, in one file; also a merge driver of Git.
//!
//! Git calls it with three files of its own and asks for the result in the second. It takes exit
//! status 0 for merged and 1 for what people have to decide; our version of the file is then left
//! as it was, since a plan with conflict markers in it is no plan.

use std::{fs, path::Path, path::PathBuf, process::ExitCode, sync::Arc};

use lexopt::{
    Arg::{Long, Value},
    Parser,
};

use crate::{
    export::changes::words::{self, Words},
    form::Slot,
    plan::{About, Clash, Dispute, Id, MergeError, Merged, Plan, Version, Versions, merge},
    storage::files,
};

use super::{
    Common, UsageError, common, finish, next, say, value_of,
    writing::{self, NotWritten},
};

/// How much of a value is shown, in characters.
const SHOWN: usize = 60;
/// How much of what both sides have in common is shown before they differ.
const BEFORE: usize = 10;

/// Which plans are merged, and where the result goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub base: PathBuf,
    pub ours: PathBuf,
    pub theirs: PathBuf,
    pub to: PathBuf,
}

/// Nothing was written.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("{0}")]
    Open(#[from] files::OpenError),
    #[error("合わせられませんでした。{0}")]
    Merge(#[from] MergeError),
    #[error(
        "{count}件の食い違いがあり、合わせられませんでした。どちらにするか決めて、一方の計画を直してください。書き出し先はそのままです。{}",
        to.display()
    )]
    Clashes { count: usize, to: PathBuf },
    #[error(
        "合わせられませんでした。元の計画と共通する項目が一つもありません。同じ計画から分かれたファイルかを確かめてください。書き出し先はそのままです。{}",
        .0.display()
    )]
    Unrelated(PathBuf),
    #[error(transparent)]
    SameFile(#[from] writing::SameFile),
    #[error(transparent)]
    Write(#[from] NotWritten),
}

/// Reads the arguments after `merge`.
///
/// # Errors
/// A sentence that says which argument is wrong.
pub fn parse(parser: &mut Parser) -> Result<super::Request, UsageError> {
    let mut to = None;
    let mut plans = Vec::new();
    while let Some(argument) = next(parser)? {
        match argument {
            Long("to") => to = Some(PathBuf::from(value_of(parser, "--to")?)),
            Value(value) if plans.len() < 3 => plans.push(PathBuf::from(value)),
            other => match common(&other)? {
                Common::Help => return Ok(super::Request::Help),
                Common::Version => return Ok(super::Request::Version),
            },
        }
    }
    let Ok([base, ours, theirs]) = <[PathBuf; 3]>::try_from(plans) else {
        return Err(UsageError(
            "計画のファイルを三つ指定してください（元、自分、相手の順）".to_owned(),
        ));
    };
    let to = to.ok_or_else(|| UsageError("書き出し先を --to で指定してください".to_owned()))?;
    Ok(super::Request::Merge(Request {
        base,
        ours,
        theirs,
        to,
    }))
}

impl Request {
    /// Carries it out and returns the exit status.
    pub fn run(&self) -> ExitCode {
        finish(self.merge())
    }

    fn merge(&self) -> Result<(), CommandError> {
        // Ours may be replaced, as Git wants it; what the others need may not.
        writing::refuse_same(&self.to, &[&self.base, &self.theirs])?;
        let expected = writing::as_it_is(&self.to)?;
        let ours = files::open(&self.ours)?;
        let base = open_base(&self.base, &ours.plan)?;
        let theirs = files::open(&self.theirs)?;
        for (path, side) in [(&self.ours, &ours.plan), (&self.theirs, &theirs.plan)] {
            if is_unrelated(&base, side) {
                return Err(CommandError::Unrelated(path.clone()));
            }
        }
        let merged = merge(&base, &ours.plan, &theirs.plan)?;
        if !merged.clashes().is_empty() {
            for clash in merged.clashes() {
                say(&in_words(clash, &merged, ["自分", "相手"]));
            }
            return Err(CommandError::Clashes {
                count: merged.clashes().len(),
                to: self.to.clone(),
            });
        }
        writing::save(&self.to, merged.plan(), expected)?;
        for (at, slot) in merged.out_of_sight() {
            say(&hidden(&merged, at, slot));
        }
        Ok(())
    }
}

/// Git passes an empty file if the two sides have no common ancestor: a plan of the form that ours
/// has.
fn open_base(path: &Path, ours: &Plan) -> Result<Plan, files::OpenError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() && metadata.len() == 0 => {
            Ok(Plan::empty(About::default(), Arc::clone(ours.form())))
        }
        _ => Ok(files::open(path)?.plan),
    }
}

/// Whether nothing of one plan is in the other: not two versions of one plan, but two plans.
fn is_unrelated(base: &Plan, side: &Plan) -> bool {
    let mut nodes = base.nodes().map(|entry| entry.node.id).peekable();
    let has_both = nodes.peek().is_some() && !side.top().is_empty();
    has_both && !nodes.any(|id| side.contains(id))
}

/// What is kept though the merged form has no field for it.
fn hidden(merged: &Merged, at: Option<Id>, slot: Slot) -> String {
    let plan = merged.plan();
    let name = match at {
        Some(id) => words::node_name(plan, id),
        None => words::PLAN.to_owned(),
    };
    let text = plan.text(at, slot).replace('\n', " ");
    format!(
        "{name}の{}：もう一方で様式からこの欄がなくなったため、計画に残しますが印刷しません「{text}」",
        plan.slot_name(at, slot)
    )
}

/// A clash with what each version says, a line each, in the names of our side and theirs.
pub(super) fn in_words(clash: &Clash, merged: &Merged, sides @ [mine, yours]: [&str; 2]) -> String {
    let plan = merged.plan();
    let name = match clash.at {
        Some(id) => words::node_name(plan, id),
        None => words::PLAN.to_owned(),
    };
    match &clash.dispute {
        Dispute::Deletion { by } => {
            let (deleted, edited) = match by {
                Version::Theirs => (yours, mine),
                Version::Base | Version::Ours => (mine, yours),
            };
            format!("{name}：{deleted}は削除、{edited}は変更")
        }
        Dispute::Home(homes) => {
            let homes = Versions {
                base: home(homes.base.flatten(), &merged.versions().base),
                ours: home(homes.ours.flatten(), &merged.versions().ours),
                theirs: home(homes.theirs.flatten(), &merged.versions().theirs),
            };
            with_versions(&format!("{name}　置き場所"), homes, sides)
        }
        Dispute::Value(values) => {
            let words = Words::of(plan, clash.at);
            let value = values.ours.as_ref().or(values.theirs.as_ref());
            let field = value.map(|value| words.property(value.property()));
            let texts = values.as_ref().map(|value| {
                let text = value.as_ref().map(|value| words.value(value));
                text.unwrap_or_default().replace('\n', " ")
            });
            let matter = format!("{name}　{}", field.unwrap_or_default());
            with_versions(&matter, texts, sides)
        }
        Dispute::Order(orders) => {
            let names = |ids: &Vec<Id>| {
                let names: Vec<String> = ids.iter().map(|&id| plan.short_name(id)).collect();
                names.join("、")
            };
            let ids = orders.ours.iter();
            let mut levels: Vec<&str> = Vec::new();
            for level in ids.filter_map(|&id| plan.level_of(id)) {
                if !levels.contains(&level.name.as_str()) {
                    levels.push(&level.name);
                }
            }
            let matter = format!("{name}　{}の並び順", levels.join("・"));
            with_versions(&matter, orders.as_ref().map(names), sides)
        }
    }
}

fn home(id: Option<Id>, plan: &Plan) -> String {
    id.map(|id| words::node_name(plan, id)).unwrap_or_default()
}

fn with_versions(matter: &str, texts: Versions<String>, [mine, yours]: [&str; 2]) -> String {
    let Versions { base, ours, theirs } = texts;
    let pairs = ours.chars().zip(theirs.chars());
    let common = pairs.take_while(|(ours, theirs)| ours == theirs).count();
    let [base, ours, theirs] = [base, ours, theirs].map(|text| excerpt(&text, common));
    format!("{matter}\n  元　：{base}\n  {mine}：{ours}\n  {yours}：{theirs}")
}

/// The part of a text that shows what is different.
fn excerpt(text: &str, common: usize) -> String {
    if text.trim().is_empty() {
        return words::EMPTY.to_owned();
    }
    let length = text.chars().count();
    let start = if length <= SHOWN {
        0
    } else {
        common.saturating_sub(BEFORE)
    };
    let shown: String = text.chars().skip(start).take(SHOWN).collect();
    let [before, after] =
        [start > 0, start + SHOWN < length].map(|is_cut| if is_cut { "…" } else { "" });
    format!("{before}{shown}{after}")
}
