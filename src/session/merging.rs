//! Somebody else has saved the file: what they changed is taken in, and what clashes is decided
//! by her before anything is saved. The merge itself is `plan/merge`.

use std::collections::HashMap;

use crate::{
    plan::{Decision, Merged, Plan, Question, merge},
    storage::{
        Fingerprint,
        files::{self, OpenError, Opened},
    },
};

use super::{
    Session,
    collecting::Incoming,
    jobs::Kind,
    prompt::{Prompt, Turn},
    reports::Report,
    words,
};

/// What is done once both are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    Nothing,
    Save,
    /// It is work of another run that was put on top of its file.
    Recovery,
}

/// The file as somebody else has saved it.
#[derive(Debug, Clone)]
pub struct Theirs {
    plan: Plan,
    fingerprint: Fingerprint,
}

impl Theirs {
    pub(super) fn of(opened: Opened) -> Self {
        Self {
            plan: opened.plan,
            fingerprint: opened.fingerprint,
        }
    }
}

/// A merge in which something is to be decided.
#[derive(Debug)]
pub struct Merging {
    pub merged: Merged,
    pub source: Source,
}

/// What is merged into the plan on the screen.
#[derive(Debug)]
pub enum Source {
    /// Its own file, as somebody else has saved it.
    File(Theirs, After),
    /// The workbook of a section.
    Section(Box<Incoming>),
}

impl Session {
    /// The merge in which something is to be decided, while that is asked.
    pub fn merging(&self) -> Option<&Merging> {
        self.merging.as_ref()
    }

    /// Reads the file that somebody else has saved, to take their changes in.
    pub(super) fn take_in(&mut self, after: After) {
        let Some(path) = self.document.path().map(ToOwned::to_owned) else {
            return;
        };
        let begin = self.begin(Kind::TakeIn).saying(words::TAKING_IN);
        self.start(begin, move || {
            let opened = files::open(&path).map(|opened| Box::new(Theirs::of(opened)));
            Report::Theirs(opened, after)
        });
    }

    pub(super) fn on_theirs(&mut self, theirs: Result<Box<Theirs>, OpenError>, after: After) {
        match theirs {
            Ok(theirs) => self.wait_for_turn(Turn::Merge(theirs, after)),
            Err(error) => {
                if after == After::Save {
                    self.after_save = None;
                }
                self.fail(error.to_string());
            }
        }
    }

    /// Puts what somebody else has saved and what is on the screen together.
    pub(super) fn merge_with(&mut self, theirs: Theirs, after: After) {
        if !self.end_typing() {
            return;
        }
        let base = self.document.saved_plan();
        match merge(base, self.document.plan(), &theirs.plan) {
            Ok(merged) => self.settle_merge(Merging {
                merged,
                source: Source::File(theirs, after),
            }),
            Err(error) => self.fail(words::not_merged(&error)),
        }
    }

    /// Takes over what was decided; where more is to be decided, asks again.
    pub(super) fn decide(&mut self, choices: HashMap<Question, Decision>) {
        let Some(mut merging) = self.merging.take() else {
            return;
        };
        if let Err(error) = merging.merged.decide(choices) {
            return self.fail(error.to_string());
        }
        self.settle_merge(merging);
    }

    pub(super) fn settle_merge(&mut self, merging: Merging) {
        if !merging.merged.clashes().is_empty() {
            self.merging = Some(merging);
            return self.ask(Prompt::Clashes);
        }
        let Merging { merged, source } = merging;
        match source {
            Source::File(theirs, after) => self.file_is_merged(&merged, theirs, after),
            Source::Section(incoming) => self.take_return(&merged, *incoming),
        }
    }

    /// Nothing is decided, and nothing taken in.
    pub(super) fn give_up_merge(&mut self) {
        match self.merging.take().map(|merging| merging.source) {
            Some(Source::Section(incoming)) => self.leave_return(*incoming),
            Some(Source::File(_, After::Save)) => self.after_save = None,
            Some(Source::File(_, After::Nothing | After::Recovery)) | None => {}
        }
    }

    fn file_is_merged(&mut self, merged: &Merged, theirs: Theirs, after: After) {
        let count = merged.taken().len();
        let hidden = merged.out_of_sight().len();
        let replaced = self.document.replace(merged.plan(), words::MERGE);
        if !self.check_edit(replaced) {
            return;
        }
        self.document.taken_in(theirs.plan, theirs.fingerprint);
        self.outside = None;
        self.watch_file();
        match after {
            After::Nothing => self.say(words::taken_in(count, hidden)),
            After::Save => {
                self.say(words::taken_in(count, hidden));
                self.save();
            }
            After::Recovery => self.say(words::put_together(count)),
        }
    }
}
