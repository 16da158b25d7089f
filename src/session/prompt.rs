//! What lies over the window, one at a time: questions and messages. What she types in one before
//! she answers is the window's; the answer brings it. What an answer does is in `answering.rs`.
//!
//! Whatever else wants to be said or shown waits its turn: what she is typing or deciding is never
//! replaced by what a job reports.

use std::{collections::VecDeque, path::PathBuf, sync::Arc};

use crate::{
    form::Form,
    import::table::Table,
    plan::{
        Id, Plan,
        checks::{Finding, Fixing},
    },
    storage::{backups::Backup, files::Opened, kept::Kept},
};

use super::{
    Session,
    cells::Filling,
    collecting::Read,
    files::Purpose,
    forms::{FormFor, Losing, Refitting},
    id::DocumentId,
    merging::{After, Theirs},
    recovering::Found,
};

/// What waits until unsaved work is settled.
#[derive(Debug, Clone)]
pub enum Pending {
    /// A plan of this form in which there is nothing.
    New(Arc<Form>),
    /// Ask for a file and open it.
    Open,
    OpenPath(PathBuf),
    /// A plan that was read while the open one was edited.
    Show(PathBuf, Box<Opened>),
    /// A plan that was made of a table.
    Take(Box<Plan>),
    /// An earlier version of a plan that cannot be opened.
    TakeVersion(Box<Plan>, Backup),
    /// Work of another run, which [`Session::found`] offered.
    Recover,
    Quit,
}

/// A question or a message over the window.
#[derive(Debug, Clone)]
pub enum Prompt {
    Unsaved(Pending),
    /// The save that would settle it has not ended, and may not.
    StillSaving(Pending),
    /// Something that she asked for is not finished.
    StillBusy(Pending),
    /// Removing a node with contents.
    Remove(Id),
    Renumber(Id),
    Export,
    /// Somebody else has saved the file since it was opened.
    ChangedOnDisk(PathBuf),
    /// Both have changed the same; [`Session::merging`] holds what.
    Clashes,
    /// Unsaved work of another run; the first of [`Session::found`].
    Recovery,
    /// The file that was chosen exists already.
    Replace(Purpose, PathBuf),
    /// Something failed; said once.
    Failure(String),
    /// A plan could not be saved where it was to be; elsewhere it may.
    NotSaved(String),
    /// A plan could not be opened; the newest of its earlier versions that are kept on this PC.
    NotOpened(String, Vec<Backup>),
    /// What she wants to open is a workbook: it may have come back from a section, or hold a table.
    IsWorkbook(PathBuf),
    /// A path is typed in the window, where the system has no file dialog: what is proposed.
    Path(Purpose, String),
    /// Cells are pasted, or a file chosen, to become a plan.
    Paste,
    /// A table becomes a plan.
    Import(Arc<Table>),
    /// A workbook that came back does not tell everything for certain; [`Session::collecting`] holds
    /// which.
    Doubts,
    /// What became of the workbooks that came back.
    Collected,
    HandOut,
    Assign {
        /// It is asked because nothing can be handed out before.
        is_for_handing_out: bool,
    },
    /// What a section should change.
    SendBack(String),
    /// What cells would change that are put into others.
    Fill(Box<Filling>),
    /// What fixing findings would change.
    Fix(Box<Fixing>),
    /// Why findings are left as they are.
    Ignore(Vec<Finding>),
    /// Which words are wanted.
    Words,
    Measures(Id),
    PlanInfo,
    /// Which form is wanted, and the one in a file that was chosen already.
    ChooseForm(FormFor, Option<Arc<Form>>),
    /// Something that is said in the plan has no place in its changed form.
    LoseParts(Box<Losing>),
    /// What becomes of each part of the plan in another form.
    ChangeForm(Box<Refitting>),
    RepostSource(Id),
    /// What is kept on this PC besides the plans, to be removed.
    OnThisPc(Arc<Vec<Kept>>),
    KeyList,
    AboutProgram,
}

/// Which of the prompts of this run. An answer names the one that it answers, so that it can never
/// reach another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PromptId(u64);

/// Something that waits until nothing lies over the window.
#[derive(Debug)]
pub(super) enum Turn {
    Ask(Prompt),
    Proceed(Pending),
    Opened(PathBuf, Box<Opened>),
    Merge(Box<Theirs>, After),
    TakeReturns(Vec<Read>),
    NextReturn,
    Leftovers(Vec<Found>, Vec<String>),
}

impl Turn {
    pub(super) const fn is_about_returns(&self) -> bool {
        matches!(self, Self::TakeReturns(_) | Self::NextReturn)
    }
}

/// What lies over the window, and what waits for its turn.
#[derive(Debug, Default)]
pub(super) struct Prompts {
    last: PromptId,
    open: Option<(PromptId, Prompt)>,
    /// With the plan that each is about; `None` for what is about none.
    turns: VecDeque<(Option<DocumentId>, Turn)>,
}

impl Prompts {
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub(super) fn wait(&mut self, of: Option<DocumentId>, turn: Turn) {
        self.turns.push_back((of, turn));
    }

    /// Takes the prompt away that this answer is for.
    pub(super) fn close(&mut self, answered: PromptId) -> Option<Prompt> {
        let (_, prompt) = self.open.take_if(|(id, _)| *id == answered)?;
        Some(prompt)
    }

    /// Another plan is on the screen: what was asked about the one before is asked no more. Returns
    /// what was to be done with it.
    pub(super) fn leave(&mut self, document: DocumentId) -> Vec<Turn> {
        let mut left = Vec::new();
        let turns = std::mem::take(&mut self.turns);
        for (of, turn) in turns {
            if of == Some(document) {
                left.push(turn);
            } else {
                self.turns.push_back((of, turn));
            }
        }
        left
    }
}

impl Session {
    /// What lies over the window.
    pub fn prompt(&self) -> Option<(PromptId, &Prompt)> {
        let (id, prompt) = self.prompts.open.as_ref()?;
        Some((*id, prompt))
    }

    /// Puts a prompt over the window that she has just asked for, or that follows from what she has
    /// just answered; where one is there already, it waits.
    pub(super) fn ask(&mut self, prompt: Prompt) {
        if self.prompts.is_open() {
            return self.wait_for_turn(Turn::Ask(prompt));
        }
        self.prompts.last.0 += 1;
        self.prompts.open = Some((self.prompts.last, prompt));
    }

    /// Says once that something failed.
    pub(super) fn fail(&mut self, message: impl Into<String>) {
        self.ask(Prompt::Failure(message.into()));
    }

    /// Says that an edit failed, where it has.
    pub(super) fn check_edit(&mut self, result: Result<(), crate::plan::EditError>) -> bool {
        if let Err(error) = &result {
            self.fail(super::words::edit_failed(error));
        }
        result.is_ok()
    }

    /// Lets something about the open plan wait until nothing lies over the window.
    pub(super) fn wait_for_turn(&mut self, turn: Turn) {
        // What failed is said even if another plan is on the screen by then.
        let of = match &turn {
            Turn::Ask(Prompt::Failure(_) | Prompt::Recovery)
            | Turn::Opened(..)
            | Turn::Leftovers(..)
            | Turn::Proceed(_) => None,
            _ => Some(self.document_id),
        };
        self.prompts.wait(of, turn);
    }

    /// Takes what has waited, one after the other, until something is asked again.
    pub(super) fn take_turns(&mut self) {
        while !self.prompts.is_open()
            && let Some((_, turn)) = self.prompts.turns.pop_front()
        {
            match turn {
                Turn::Ask(prompt) => self.ask(prompt),
                Turn::Proceed(pending) => self.settle(pending),
                Turn::Opened(path, opened) => self.settle(Pending::Show(path, opened)),
                Turn::Merge(theirs, after) => self.merge_with(*theirs, after),
                Turn::TakeReturns(read) => self.take_returns(read),
                Turn::NextReturn => self.next_return(),
                Turn::Leftovers(found, unreadable) => self.offer_leftovers(found, unreadable),
            }
        }
    }
}
