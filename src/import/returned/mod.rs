//! 回収: a workbook that a section filled in, as a change to the plan that it was made from.
//!
//! A return holds what it was made from, so that a merge of three does the rest: what the section
//! changed is taken in, what was changed in the plan meanwhile stays, and what both changed is
//! somebody's to decide. What cannot be told from the return for certain is a [`Question`]; unless
//! she says yes, nothing comes of it. What no field of the plan can hold is a [`Remark`].
//!
//! Reading its sheet is in `workbook.rs`, `columns.rs` and `row.rs`, a section's own plan file in
//! `extract.rs`.

mod columns;
mod extract;
mod remark;
mod row;
mod workbook;

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use jiff::civil::Date;

use crate::{
    export::{
        changes::words::{PLAN, node_name},
        handout::origin::OriginError,
    },
    plan::{
        Change, Edit, Id, MergeError, Merged, Plan, Value, amount, differences, handout::Stage,
        merge,
    },
    storage::{awaited::touches_files, format::ReadError},
};

use super::{
    book::BookError,
    file::{self, FileError},
};

pub use remark::Remark;

use remark::beginning;

/// A file larger than this is no return.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// A return: what a section sent back.
#[derive(Debug, Clone)]
pub struct Returned {
    /// The section that filled it in.
    pub owner: String,
    /// The plan from which it was handed out, see [`crate::plan::handout::Round::id`].
    pub plan_id: Id,
    /// See [`crate::plan::handout::Round::edition`].
    pub edition: u32,
    /// What was handed out.
    pub base: Plan,
    /// What only she can tell.
    pub questions: Vec<Question>,
    /// What she should know.
    pub remarks: Vec<Remark>,
    /// What the section made of it, so far as that is certain.
    certain: Plan,
}

/// Something that the return does not tell for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub doubt: Doubt,
    /// What is done to the section's version if she says yes; without, it stays as handed out.
    edit: Edit,
}

/// What is in doubt. Places are those of the spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// There is no row for it any more. Is it to be deleted?
    Missing { id: Id },
    /// The row has lost what it is known by; its number or title say that it is this one. Is it?
    Recognised { place: String, id: Id },
    /// The row is known to be this one, but bears the number and the title of another. Is it?
    Renamed { place: String, id: Id, says: String },
    /// There is another row for it above. Is this one right?
    Twice { place: String, id: Id },
    /// A row that was not handed out. Is it a new node?
    Added {
        place: String,
        number: String,
        title: String,
    },
    /// The rows of what stands in this node, or at the top (`None`), have another order. Is it meant?
    Reordered { parent: Option<Id> },
}

/// A file could not be taken in. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error("取り込めませんでした。{reason}\n計画はそのままです。\n{}", path.display())]
pub struct ReturnedError {
    pub path: PathBuf,
    pub reason: Reason,
}

/// Why a file is no return that came back.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    #[error("{0}")]
    Book(#[from] BookError),
    #[error("{0}。")]
    Origin(#[from] OriginError),
    #[error("記入する表が見つかりません。シートが消されていないか確かめてください。")]
    NoTable,
    #[error("{0}")]
    Plan(#[from] ReadError),
    #[error(
        "配布したファイルではありません（計画のファイルです）。二つの計画を合わせるには merge を使ってください。"
    )]
    NoExtract,
    #[error("ファイルが見つかりません。移動や名前の変更がなかったか確かめてください。")]
    NotFound,
    #[error("ファイルではありません（フォルダーや装置など）。届いたファイルを選んでください。")]
    NoFile,
    #[error("ファイルを読めませんでした（{0}）。ほかのプログラムで開いていれば閉じてください。")]
    Io(io::Error),
}

/// A return does not belong to the plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CollectError {
    #[error("別の計画から配布された様式です。計画のファイルを確かめてください。")]
    OtherPlan,
    #[error("別の年度か別の時期の様式です。計画のファイルを確かめてください。")]
    OtherReview,
    #[error("合わせられませんでした。{0}")]
    Merge(#[from] MergeError),
}

/// Reads a return, as a workbook or as a plan's file.
///
/// # Errors
/// When it is neither, or does not say where it comes from.
pub fn read(bytes: &[u8]) -> Result<Returned, Reason> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let is_plan = text.starts_with(b"#![enable") || text.starts_with(b"(");
    if is_plan {
        extract::read(bytes)
    } else {
        workbook::read(bytes)
    }
}

/// Opens a file and reads it.
///
/// # Errors
/// See [`Reason`]. The file is never changed.
pub fn open(path: &Path) -> Result<Returned, ReturnedError> {
    let bytes = read_bytes(path);
    bytes
        .and_then(|bytes| read(&bytes))
        .map_err(|reason| ReturnedError {
            path: path.to_owned(),
            reason,
        })
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Reason> {
    touches_files();
    file::read(path, MOST_BYTES).map_err(|error| match error {
        FileError::NoFile => Reason::NoFile,
        FileError::TooLarge => BookError::TooLarge.into(),
        FileError::Io(error) if error.kind() == io::ErrorKind::NotFound => Reason::NotFound,
        FileError::Io(error) => Reason::Io(error),
    })
}

impl Returned {
    /// What the section made of its part, with these questions (by their place in the list)
    /// answered with yes.
    pub fn plan(&self, yes: &BTreeSet<usize>) -> Plan {
        let mut plan = self.certain.clone();
        for (n, question) in self.questions.iter().enumerate() {
            if yes.contains(&n) {
                // One answer may leave nothing to do for another: what is gone cannot be moved.
                let _nothing_left = plan.apply(&question.edit);
            }
        }
        plan
    }

    /// Whether the handout went out anew since, so that this one was made from an older state.
    pub fn is_older(&self, current: &Plan) -> bool {
        self.edition < current.round().edition(&self.owner)
    }

    /// What she should know of it when it comes to the plan as it is now: also what was filled in that
    /// the plan's form does not ask for any more.
    pub fn remarks_in(&self, current: &Plan) -> Vec<Remark> {
        let mut remarks = self.remarks.clone();
        let (old, new) = (self.base.form(), current.form());
        if old == new {
            return remarks;
        }
        for difference in differences(&self.base, &self.certain) {
            let (Some(id), Change::Value { new: value, .. }) = (difference.at, difference.change)
            else {
                continue;
            };
            let (Value::Text(slot, text), Some(node)) = (value, self.base.node(id)) else {
                continue;
            };
            let Some(field) = old.field(Some(node.level), slot.field) else {
                continue;
            };
            let said = field.choice(&text).map_or(&text, |choice| &choice.words);
            let (name, said) = (field.heading.clone(), beginning(said));
            match new.field(Some(node.level), slot.field) {
                _ if text.is_empty() => {}
                // What is asked at another time now has no place for this answer either.
                Some(now) if !new.slots(now).any(|it| it == slot) => {
                    remarks.push(Remark::Gone { name, text: said });
                }
                None => remarks.push(Remark::Gone { name, text: said }),
                Some(now) if now.is_choice() && now.choice(&text).is_none() => {
                    remarks.push(Remark::GoneChoice { name, text: said });
                }
                Some(now) if now.is_amount() && amount(&text).is_none() => {
                    remarks.push(Remark::NoNumber { name, text: said });
                }
                Some(_) => {}
            }
        }
        remarks
    }

    /// Merges it into the plan as it is now.
    ///
    /// # Errors
    /// When the return is not of this plan.
    pub fn merge_into(
        &self,
        current: &Plan,
        yes: &BTreeSet<usize>,
    ) -> Result<Merged, CollectError> {
        if current.round().id != Some(self.plan_id) {
            return Err(CollectError::OtherPlan);
        }
        let (then, now) = (self.base.about(), current.about());
        if (then.fiscal_year, then.review) != (now.fiscal_year, now.review) {
            return Err(CollectError::OtherReview);
        }
        Ok(merge(&self.base, current, &self.plan(yes))?)
    }

    /// The one step that takes a merged form into the plan and says so in its round.
    pub fn take_in(&self, merged: &Merged, on: Date) -> Edit {
        let plan = merged.plan();
        let round = plan.round().clone();
        let round = round.with_step(&self.owner, Stage::TakenIn, on);
        Edit::whole(&plan.clone().with_round(round))
    }
}

impl Doubt {
    /// The question, in a sentence; `plan` is the one that was handed out.
    pub fn in_words(&self, plan: &Plan) -> String {
        let name = |id: &Id| node_name(plan, *id);
        match self {
            Self::Missing { id } => {
                format!("{}の行がありません。削除しますか。", name(id))
            }
            Self::Recognised { place, id } => format!(
                "{place}の行は識別の情報が失われています。番号と名称から{}と思われます。その内容として取り込みますか。",
                name(id)
            ),
            Self::Renamed { place, id, says } => format!(
                "{place}の行は{}の行ですが、「{says}」と書かれています。その内容として取り込みますか。",
                name(id)
            ),
            Self::Twice { place, id } => format!(
                "{place}の行は{}の二つ目の行です。こちらの内容を取り込みますか。",
                name(id)
            ),
            Self::Added {
                place,
                number,
                title,
            } => format!(
                "{place}に配布していない行があります（{number}「{title}」）。新しく加えますか。"
            ),
            Self::Reordered { parent } => {
                let name = parent.map_or_else(|| PLAN.to_owned(), |id| name(&id));
                format!("{name}の行の順が変わっています。計画の順も変えますか。")
            }
        }
    }
}
