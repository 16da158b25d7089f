//! Somebody else has saved the file: what they changed is taken in, and what clashes is decided
//! by her before anything is saved. The merge itself is `plan/merge`.

use std::collections::HashMap;

use crate::{
    plan::{Decision, Merged, Plan, Question, Version, merge},
    storage::{
        Fingerprint,
        files::{self, Opened},
    },
    ui::words,
};

use super::{App, collecting::Incoming, dialog::Dialog, jobs::Report, notice::Notice};

/// What is done once both are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    Nothing,
    Save,
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
    /// What she has chosen so far.
    pub choices: HashMap<Question, Decision>,
    pub source: Source,
}

/// What is merged into the plan on the screen.
#[derive(Debug)]
pub enum Source {
    /// Its own file, as somebody else has saved it.
    File(Theirs, After),
    /// The form of a section.
    Section(Box<Incoming>),
}

impl Merging {
    pub(super) fn new(merged: Merged, source: Source) -> Self {
        Self {
            merged,
            choices: HashMap::new(),
            source,
        }
    }

    /// Whether something is chosen for everything that clashes.
    pub fn is_decided(&self) -> bool {
        let mut clashes = self.merged.clashes().iter();
        clashes.all(|clash| self.choices.contains_key(&clash.question()))
    }

    /// Chooses one side for everything that side has an answer for.
    pub fn choose_all(&mut self, version: Version) {
        for clash in self.merged.clashes() {
            let decision = Decision::Take(version);
            if clash.allows(&decision) {
                self.choices.insert(clash.question(), decision);
            }
        }
    }
}

impl App {
    /// Reads the file that somebody else has saved, to take their changes in.
    pub(super) fn take_in(&mut self, ctx: &egui::Context, after: After) {
        let Some(path) = self.document.path().map(ToOwned::to_owned) else {
            return;
        };
        self.notice = Some(Notice::busy(words::TAKING_IN.to_owned()));
        self.jobs.start(ctx, move || {
            let opened = files::open(&path).map(|opened| Box::new(Theirs::of(opened)));
            Report::Theirs(opened, after)
        });
    }

    /// Puts what somebody else has saved and what is on the screen together.
    pub(super) fn merge_with(&mut self, ctx: &egui::Context, theirs: Theirs, after: After) {
        self.notice = None;
        if let Err(error) = self.document.end_typing() {
            return self.fail(words::edit_failed(&error));
        }
        let base = self.document.saved_plan();
        match merge(base, self.document.plan(), &theirs.plan) {
            Ok(merged) => {
                let source = Source::File(theirs, after);
                self.settle_merge(ctx, Merging::new(merged, source));
            }
            Err(error) => self.fail(words::not_merged(&error)),
        }
    }

    /// Takes over what was decided; where more is to be decided, asks again.
    pub(super) fn decide(&mut self, ctx: &egui::Context) {
        let Some(mut merging) = self.merging.take() else {
            return;
        };
        let choices = std::mem::take(&mut merging.choices);
        if let Err(error) = merging.merged.decide(choices) {
            self.fail(error.to_string());
            return;
        }
        self.settle_merge(ctx, merging);
    }

    fn settle_merge(&mut self, ctx: &egui::Context, merging: Merging) {
        if !merging.merged.clashes().is_empty() {
            self.merging = Some(merging);
            self.dialog = Some(Dialog::Clashes);
            return;
        }
        let Merging { merged, source, .. } = merging;
        match source {
            Source::File(theirs, after) => self.file_is_merged(ctx, &merged, theirs, after),
            Source::Section(incoming) => self.take_form(ctx, &merged, *incoming),
        }
    }

    /// Nothing is decided, and nothing taken in.
    pub(super) fn give_up_merge(&mut self, ctx: &egui::Context) {
        self.after_save = None;
        if let Some(Merging {
            source: Source::Section(incoming),
            ..
        }) = self.merging.take()
        {
            self.leave_form(ctx, *incoming);
        }
    }

    fn file_is_merged(
        &mut self,
        ctx: &egui::Context,
        merged: &Merged,
        theirs: Theirs,
        after: After,
    ) {
        let count = merged.taken().len();
        if let Err(error) = self.document.replace(merged.plan(), words::MERGE) {
            return self.fail(words::edit_failed(&error));
        }
        self.document.taken_in(theirs.plan, theirs.fingerprint);
        self.outside = None;
        self.watch_file(ctx);
        let plan = self.document.plan();
        self.view.keep_selection_valid(plan);
        self.notice = Some(Notice::done(words::taken_in(count)));
        match after {
            After::Nothing => {}
            After::Save => self.save(ctx),
        }
    }
}
