//! Offering work that another run of the program left unsaved, and taking it over.

use std::path::PathBuf;

use crate::{
    plan::{Difference, Plan, differences},
    storage::{
        files::{self, OpenError, Opened},
        journal::{self, Identity, Leftover, Recovered},
    },
};

use super::{
    Session,
    document::Document,
    effect::Effect,
    history::Step,
    jobs::Kind,
    merging::{After, Theirs},
    prompt::{Prompt, Turn},
    reports::Report,
    words,
};

/// Unsaved work of another run.
#[derive(Debug)]
pub struct Found {
    pub work: Recovered<Step>,
    /// What the work changes about what was opened then.
    pub changes: Vec<Difference>,
    leftover: Leftover,
}

impl Session {
    /// Unsaved work of other runs; the first is offered.
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// Looks for work that was left unsaved.
    pub(super) fn look_for_leftovers(&mut self) {
        let Some(local) = self.world.local.clone() else {
            return;
        };
        self.start(self.begin(Kind::Leftovers), move || {
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

    pub(super) fn offer_leftovers(&mut self, found: Vec<Found>, unreadable: Vec<String>) {
        self.found = found;
        self.offer_leftover();
        if !unreadable.is_empty() {
            self.fail(unreadable.join("\n"));
        }
    }

    fn offer_leftover(&mut self) {
        if !self.found.is_empty() {
            self.ask(Prompt::Recovery);
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
    pub(super) fn recover(&mut self) {
        if self.found.is_empty() {
            return;
        }
        let found = Box::new(self.found.remove(0));
        // What else was found is offered at the next start.
        self.found.clear();
        match found.work.identity.clone() {
            Identity::File(path) => {
                let begin = self.begin(Kind::Recover).saying(words::opening(&path));
                self.start(begin, move || {
                    let opened = files::open(&path).map(Box::new);
                    Report::OpenedForRecovery(found, path, opened)
                });
            }
            Identity::Unsaved(_) => {
                let base = found.work.base.clone();
                let base = base.unwrap_or_else(|| found.work.plan.clone());
                self.show_recovered(Document::new(base), *found);
            }
        }
    }

    pub(super) fn on_opened_for_recovery(
        &mut self,
        found: Box<Found>,
        path: PathBuf,
        opened: Result<Box<Opened>, OpenError>,
    ) {
        self.wait_for_turn(Turn::Recover(found, path, opened));
    }

    /// Puts recovered work on the screen, on top of what its file holds now.
    pub(super) fn recover_onto(
        &mut self,
        found: Found,
        path: PathBuf,
        opened: Result<Box<Opened>, OpenError>,
    ) {
        let opened = match opened {
            Ok(opened) => *opened,
            Err(error) => {
                let plan = found.work.plan.clone();
                self.show_recovered(Document::new(plan), found);
                return self.fail(words::recovered_without_file(&error));
            }
        };
        self.remember(&path);
        let is_same = found.work.fingerprint == Some(opened.fingerprint);
        match found.work.base.clone() {
            Some(base) if !is_same => {
                // Somebody has saved the file since: both are put together, as when saving.
                let document = Document::from_file(base, path, opened.fingerprint);
                self.show_recovered(document, found);
                self.merge_with(Theirs::of(opened), After::Nothing);
            }
            _ => {
                let document = Document::from_file(opened.plan, path, opened.fingerprint);
                self.show_recovered(document, found);
            }
        }
    }

    fn show_recovered(&mut self, document: Document, found: Found) {
        let Found { work, leftover, .. } = found;
        match document.recovered(work.plan, work.steps) {
            Ok(document) => {
                self.show(document);
                self.keeper.leftover = Some(leftover);
                self.say(words::RECOVERED);
                self.effects.push(Effect::Recovered);
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
