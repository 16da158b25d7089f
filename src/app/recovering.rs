//! Offering work that another run of the program left unsaved, and taking it over.

use std::path::PathBuf;

use crate::{
    plan::{Difference, Plan, differences},
    storage::{
        files::{self, OpenError, Opened},
        journal::{self, Identity, Leftover, Recovered},
    },
    ui::{Tab, words},
};

use super::{
    App,
    dialog::Dialog,
    document::Document,
    history::Step,
    jobs::Report,
    merging::{After, Theirs},
    notice::Notice,
};

/// Unsaved work of another run.
#[derive(Debug)]
pub struct Found {
    pub work: Recovered<Step>,
    /// What the work changes about what was opened then.
    pub changes: Vec<Difference>,
    leftover: Leftover,
}

impl App {
    /// Looks for work that was left unsaved, off the UI thread.
    pub fn look_for_leftovers(&mut self, ctx: &egui::Context) {
        let Some(local) = self.keeper.local.clone() else {
            return;
        };
        self.jobs.start(ctx, move || {
            let mut unreadable = Vec::new();
            let mut found = Vec::new();
            for leftover in journal::leftovers(&local) {
                match leftover.read() {
                    Ok(work) => found.push(Found::of(leftover, work)),
                    Err(error) => unreadable.push(error.to_string()),
                }
            }
            found.sort_by_key(|found| std::cmp::Reverse(found.work.when));
            Report::Leftovers(found, unreadable)
        });
    }

    pub(super) fn take_leftovers(&mut self, found: Vec<Found>, unreadable: Vec<String>) {
        self.found = found;
        self.offer_leftover();
        // Only where nothing else is asked; the files stay, so it is said again next time.
        if self.dialog.is_none() && !unreadable.is_empty() {
            self.fail(unreadable.join("\n"));
        }
    }

    pub(super) fn offer_leftover(&mut self) {
        if !self.found.is_empty() && self.dialog.is_none() {
            self.dialog = Some(Dialog::Recovery);
        }
    }

    /// Gives up the work that is offered.
    pub(super) fn discard_leftover(&mut self) {
        if self.found.is_empty() {
            return;
        }
        let found = self.found.remove(0);
        if let Err(error) = found.leftover.discard() {
            self.fail(words::not_discarded(&error));
        }
        self.offer_leftover();
    }

    /// Takes over the work that is offered: on top of its file where that is still there.
    pub(super) fn recover(&mut self, ctx: &egui::Context) {
        if self.found.is_empty() {
            return;
        }
        let found = self.found.remove(0);
        // What else was found is offered at the next start.
        self.found.clear();
        match found.work.identity.clone() {
            Identity::File(path) => {
                self.notice = Some(Notice::busy(words::opening(&path)));
                self.jobs.start(ctx, move || {
                    let opened = files::open(&path);
                    Report::OpenedForRecovery(path, opened, Box::new(found))
                });
            }
            Identity::Unsaved(_) => {
                let base = found.work.base.clone();
                let base = base.unwrap_or_else(|| found.work.plan.clone());
                self.show_recovered(ctx, Document::new(base), found);
            }
        }
    }

    pub(super) fn recover_from(
        &mut self,
        ctx: &egui::Context,
        path: PathBuf,
        opened: Result<Opened, OpenError>,
        found: Found,
    ) {
        self.notice = None;
        let opened = match opened {
            Ok(opened) => opened,
            Err(error) => {
                let plan = found.work.plan.clone();
                self.show_recovered(ctx, Document::new(plan), found);
                return self.fail(words::recovered_without_file(&error));
            }
        };
        let is_same = found.work.fingerprint == Some(opened.fingerprint);
        match found.work.base.clone() {
            Some(base) if !is_same => {
                // Somebody has saved the file since: both are put together, as when saving.
                self.remember(&path);
                let document = Document::from_file(base, path, opened.fingerprint);
                self.show_recovered(ctx, document, found);
                self.merge_with(ctx, Theirs::of(opened), After::Nothing);
            }
            _ => {
                self.remember(&path);
                let document = Document::from_file(opened.plan, path, opened.fingerprint);
                self.show_recovered(ctx, document, found);
            }
        }
    }

    fn show_recovered(&mut self, ctx: &egui::Context, document: Document, found: Found) {
        let Found { work, leftover, .. } = found;
        match document.recovered(work.plan, work.steps) {
            Ok(document) => {
                self.show(ctx, document);
                self.keeper.leftover = Some(leftover);
                self.view.tab = Tab::Changes;
                self.notice = Some(Notice::done(words::RECOVERED.to_owned()));
            }
            Err(error) => self.fail(words::edit_failed(&error)),
        }
    }
}

impl Found {
    fn of(leftover: Leftover, work: Recovered<Step>) -> Self {
        let changes = |base: &Plan| differences(base, &work.plan);
        Self {
            changes: work.base.as_ref().map(changes).unwrap_or_default(),
            work,
            leftover,
        }
    }

    /// The name of the file that the work is of.
    pub fn file_name(&self) -> String {
        match &self.work.identity {
            Identity::File(path) => words::file_name(path),
            Identity::Unsaved(_) => words::plan_name(self.work.plan.about()),
        }
    }
}
