//! Offering work that another run of the program left unsaved, and taking it over.

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
    jobs::{Job, JobId, Kind, PATIENCE},
    merging::{After, Theirs},
    prompt::{Pending, Prompt, Turn},
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

/// Work that is being taken over.
#[derive(Debug)]
pub(super) struct Recovering {
    /// The job that reads its file, while that is waited for.
    job: Option<JobId>,
    since: f64,
    found: Found,
    /// Its file, once it has been read.
    opened: Option<Result<Box<Opened>, OpenError>>,
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
        let found = self.found.remove(0);
        // What else was found is offered at the next start.
        self.found.clear();
        let mut job = None;
        if let Identity::File(path) = found.work.identity.clone() {
            let begin = self.begin(Kind::Recover).saying(words::opening(&path));
            job = Some(self.start(begin, move || {
                Report::OpenedForRecovery(files::open(&path).map(Box::new))
            }));
        }
        let is_waiting = job.is_some();
        self.recovering = Some(Recovering {
            job,
            since: self.now.clock,
            found,
            opened: None,
        });
        if !is_waiting {
            self.wait_for_turn(Turn::Proceed(Pending::Recover));
        }
    }

    pub(super) fn on_opened_for_recovery(
        &mut self,
        job: &Job,
        opened: Result<Box<Opened>, OpenError>,
    ) {
        if let Some(recovering) = &mut self.recovering
            && recovering
                .job
                .take_if(|waiting| *waiting == job.id)
                .is_some()
        {
            recovering.opened = Some(opened);
            self.wait_for_turn(Turn::Proceed(Pending::Recover));
        }
    }

    /// The work is on this PC: where its file does not answer, it is shown without.
    pub(super) fn recover_without_file(&mut self) {
        let now = self.now.clock;
        if let Some(recovering) = &mut self.recovering
            && now - recovering.since >= PATIENCE
            && recovering.job.take().is_some()
        {
            self.wait_for_turn(Turn::Proceed(Pending::Recover));
        }
    }

    /// Later: the work stays where it is. It is offered when its file is opened, and at the next
    /// start.
    pub(super) fn put_off_leftovers(&mut self) {
        self.put_off.append(&mut self.found);
    }

    /// Offers the work of the file that was just opened.
    pub(super) fn offer_put_off(&mut self) {
        // Journals know files by their absolute paths.
        let path = self
            .document
            .path()
            .and_then(|path| std::path::absolute(path).ok());
        let is_of_this = |found: &Found| match &found.work.identity {
            Identity::File(file) => Some(file) == path.as_ref(),
            Identity::Unsaved(_) => false,
        };
        if let Some(at) = self.put_off.iter().position(is_of_this) {
            self.found.push(self.put_off.remove(at));
            self.offer_leftover();
        }
    }

    /// She would rather keep what is on the screen: the work stays where it is.
    pub(super) fn leave_recovering(&mut self) {
        self.recovering = None;
    }

    /// Puts recovered work on the screen, on top of what its file holds now, as far as is known.
    pub(super) fn recover_onto_file(&mut self) {
        let Some(Recovering { found, opened, .. }) = self.recovering.take() else {
            return;
        };
        let base = found.work.base.clone();
        let base = base.unwrap_or_else(|| found.work.plan.clone());
        let Identity::File(path) = found.work.identity.clone() else {
            return self.show_recovered(Document::new(base), found);
        };
        let opened = match (opened, found.work.fingerprint) {
            (Some(Ok(opened)), _) => *opened,
            // As it was when the work began; a save will find out whether it still is.
            (None, Some(fingerprint)) => Opened {
                plan: base.clone(),
                fingerprint,
            },
            (Some(Err(error)), _) => {
                let plan = found.work.plan.clone();
                self.show_recovered(Document::new(plan), found);
                return self.fail(words::recovered_without_file(&error));
            }
            (None, None) => return self.show_recovered(Document::new(base), found),
        };
        self.remember(&path);
        let is_same = found.work.fingerprint == Some(opened.fingerprint);
        if is_same || found.work.base.is_none() {
            let document = Document::from_file(opened.plan, path, opened.fingerprint);
            return self.show_recovered(document, found);
        }
        // Somebody has saved the file since: both are put together, as when saving.
        let document = Document::from_file(base, path, opened.fingerprint);
        self.show_recovered(document, found);
        self.merge_with(Theirs::of(opened), After::Recovery);
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
            Identity::Unsaved(_) => words::plan_name(&self.work.plan),
        }
    }
}
