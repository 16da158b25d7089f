//! Unsaved work is kept in the user's local data folder: when the keys rest, every few seconds
//! while they do not, and when the program breaks. What is written is `storage/journal`; offering it
//! after a crash is `recovering.rs`.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use jiff::Timestamp;

use crate::{
    plan::{Edit, Plan},
    storage::{
        Fingerprint,
        journal::{Identity, Journal, Leftover},
        new_id,
    },
};

use super::{
    Session,
    document::{Document, Work},
    history::Step,
    id::DocumentId,
    jobs::{Job, Kind},
    reports::Report,
    words,
};

/// What was typed goes into the plan after this many seconds without a key.
const IDLE: f64 = 0.8;
/// Work is kept when nothing has changed for so many seconds,
const REST: f64 = 1.0;
/// and after so many seconds though she goes on typing: with the time that writing takes, no more
/// than three seconds are ever lost.
const LONGEST: f64 = 2.0;
/// So many steps can still be undone after a crash.
const STEPS: usize = 200;

/// Whether what is not saved is at least on this PC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Nothing is, and nothing will be: there is no place for it.
    Nowhere,
    /// Not yet.
    NotYet,
    /// All of it.
    All,
    /// As it was at this time of day.
    Until(String),
    /// It could not be written.
    Failed,
}

/// What is known of the kept work.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    journal: Option<Arc<Journal>>,
    /// What the journal holds, and since when.
    kept: Option<(Work, String)>,
    /// What is being written now, and of what time of day it is.
    writing: Option<(Work, String)>,
    /// The state seen last, and since when it has been so.
    rested: Option<(Work, f64)>,
    unkept_since: Option<f64>,
    /// The last attempt failed.
    has_failed: bool,
    has_complained: bool,
    /// Work of another run that is on the screen now; it goes when it is kept or saved anew.
    pub(super) leftover: Option<Leftover>,
    /// When this plan is left, its work stays: a save of it has not ended.
    stays: bool,
    /// Kept work of plans that were left while a save of them had not ended.
    left_behind: Vec<(DocumentId, Arc<Journal>)>,
}

/// What it takes to keep the work when the program breaks.
#[derive(Debug)]
struct Emergency {
    origin: Origin,
    journal: Option<Arc<Journal>>,
    plan: Plan,
    /// What is being typed.
    draft: Option<Edit>,
}

/// What a journal is begun with.
#[derive(Debug, Clone)]
struct Origin {
    local: PathBuf,
    identity: Identity,
    base: Plan,
    fingerprint: Option<Fingerprint>,
}

/// The plan as it is now, for a panic on whatever thread.
static EMERGENCY: Mutex<Option<Emergency>> = Mutex::new(None);

/// Keeps the unsaved work of a program that is about to end. Whether there was any, and it is
/// safe.
pub fn keep_in_emergency() -> bool {
    // Whoever holds it has panicked or is about to go on; waiting could be for ever.
    let Ok(guard) = EMERGENCY.try_lock() else {
        return false;
    };
    let Some(emergency) = &*guard else {
        return false;
    };
    let mut plan = emergency.plan.clone();
    if let Some(draft) = &emergency.draft {
        // Where the field is gone, all the rest is kept.
        let _left_out = plan.apply(draft);
    }
    let journal = emergency.journal.clone();
    keep(journal, &emergency.origin, &plan, &[], Timestamp::now()).is_ok()
}

impl Origin {
    fn of(local: PathBuf, document: &Document) -> Self {
        let home = document.home();
        let identity = match home {
            Some(home) => {
                let path = std::path::absolute(&home.path);
                Identity::File(path.unwrap_or_else(|_| home.path.clone()))
            }
            None => Identity::Unsaved(new_id()),
        };
        Self {
            local,
            identity,
            base: document.saved_plan().clone(),
            fingerprint: home.map(|home| home.fingerprint),
        }
    }

    fn open(&self) -> io::Result<Journal> {
        let identity = self.identity.clone();
        Journal::open(&self.local, identity, &self.base, self.fingerprint)
    }
}

impl Keeper {
    /// What was typed went from the draft into the plan: the same words, in another place.
    fn moved(&mut self, before: Work, after: Work) {
        let kept = self.kept.as_mut().map(|(work, _)| work);
        let writing = self.writing.as_mut().map(|(work, _)| work);
        let rested = self.rested.as_mut().map(|(work, _)| work);
        for work in [kept, writing, rested].into_iter().flatten() {
            if *work == before {
                *work = after;
            }
        }
    }

    /// A plan that was left is safe in its file after all.
    pub(super) fn was_saved_after_leaving(&mut self, document: DocumentId) {
        let left = std::mem::take(&mut self.left_behind);
        for (of, journal) in left {
            if of == document {
                end(journal);
            } else {
                self.left_behind.push((of, journal));
            }
        }
    }
}

impl Session {
    /// Whether what is not saved is at least on this PC.
    pub fn kept(&self) -> Kept {
        let keeper = &self.keeper;
        match &keeper.kept {
            _ if self.world.local.is_none() => Kept::Nowhere,
            Some((work, _)) if *work == self.document.work() => Kept::All,
            _ if keeper.has_failed => Kept::Failed,
            Some((_, until)) => Kept::Until(until.clone()),
            None => Kept::NotYet,
        }
    }

    /// Puts what was typed in the plan when the keys rest.
    pub(super) fn rest_keys(&mut self) {
        let Some(draft) = self.document.draft() else {
            return;
        };
        if draft.composed.is_some() {
            return;
        }
        let left = self.typed_at + IDLE - self.now.clock;
        if left > 0.0 {
            return self.wake_after(left);
        }
        let before = self.document.work();
        let result = self.document.commit_draft();
        self.keeper.moved(before, self.document.work());
        self.check_edit(result);
    }

    /// Keeps unsaved work when it is time, and lets go of it when it is saved.
    pub(super) fn keep_work(&mut self) {
        let Some(local) = self.world.local.clone() else {
            return;
        };
        if self.keeper.writing.is_some() {
            return;
        }
        if !self.document.is_unsaved() {
            return self.forget_work();
        }
        let work = self.document.work();
        if self.kept() == Kept::All {
            return;
        }
        let now = self.now.clock;
        let since = match self.keeper.rested {
            Some((seen, since)) if seen == work => since,
            _ => {
                self.keeper.rested = Some((work, now));
                self.prepare_for_emergency(&local);
                now
            }
        };
        let unkept_since = *self.keeper.unkept_since.get_or_insert(now);
        let left = (since + REST).min(unkept_since + LONGEST) - now;
        if left > 0.0 {
            return self.wake_after(left);
        }
        self.keeper.writing = Some((work, self.time_of_day()));
        // What is typed while it is written waits for the next time from now on.
        self.keeper.unkept_since = None;
        let journal = self.keeper.journal.clone();
        let origin = Origin::of(local, &self.document);
        let (plan, steps) = self.document.to_keep(STEPS);
        let when = self.now.wall.timestamp();
        self.start(self.begin(Kind::Keep), move || {
            Report::Kept(keep(journal, &origin, &plan, &steps, when))
        });
    }

    /// The plan on the screen is safe in its file, or was given up.
    fn forget_work(&mut self) {
        let keeper = &mut self.keeper;
        keeper.unkept_since = None;
        keeper.rested = None;
        keeper.stays = false;
        keeper.has_failed = false;
        if let Some(leftover) = keeper.leftover.take() {
            // What cannot be removed is offered once more; that loses nothing.
            let _offered_again = leftover.discard();
        }
        if keeper.kept.take().is_none() {
            return;
        }
        // The next work begins from what is in the file now.
        if let Some(journal) = keeper.journal.take() {
            forget_emergency();
            self.let_go(move || end(journal));
        }
    }

    /// Takes the news that work was kept, or was not.
    pub(super) fn on_kept(&mut self, job: &Job, kept: io::Result<Arc<Journal>>) {
        if job.begin.of != self.document_id {
            if let Ok(journal) = kept
                && !self
                    .keeper
                    .left_behind
                    .iter()
                    .any(|(of, _)| *of == job.begin.of)
            {
                self.let_go(move || end(journal));
            }
            return;
        }
        let keeper = &mut self.keeper;
        let written = keeper.writing.take();
        match kept {
            Ok(journal) => {
                keeper.has_failed = false;
                keeper.kept = written;
                keeper.journal = Some(journal);
                if let Some(leftover) = keeper.leftover.take() {
                    let _offered_again = leftover.discard();
                }
            }
            Err(error) => self.on_not_kept(&words::not_kept(&error)),
        }
    }

    /// Work was not kept; the next attempt comes by itself. It is said once.
    pub(super) fn on_not_kept(&mut self, why: &str) {
        self.keeper.writing = None;
        self.keeper.has_failed = true;
        self.keeper.rested = Some((self.document.work(), self.now.clock));
        if !std::mem::replace(&mut self.keeper.has_complained, true) {
            self.say(why);
        }
    }

    /// When this plan is left, its work stays on this PC; where it is not there yet, it is kept now.
    pub(super) fn keep_when_left(&mut self) {
        self.keeper.stays = true;
        let Some(local) = self.world.local.clone() else {
            return;
        };
        if self.kept() == Kept::All {
            return;
        }
        let (plan, steps) = self.document.to_keep(STEPS);
        let origin = Origin::of(local, &self.document);
        let (journal, when) = (self.keeper.journal.clone(), self.now.wall.timestamp());
        match keep(journal, &origin, &plan, &steps, when) {
            Ok(journal) => self.keeper.journal = Some(journal),
            Err(error) => self.fail(words::not_kept(&error)),
        }
    }

    fn time_of_day(&self) -> String {
        self.now.wall.strftime("%H:%M:%S").to_string()
    }

    /// Ends the keeping of the plan that is on the screen; another one comes, or the end.
    pub(super) fn stop_keeping(&mut self) {
        let document = self.document_id;
        let keeper = std::mem::take(&mut self.keeper);
        self.keeper.left_behind = keeper.left_behind;
        forget_emergency();
        if let Some(journal) = keeper.journal {
            if keeper.stays {
                self.keeper.left_behind.push((document, journal));
            } else {
                end(journal);
            }
        }
    }

    fn prepare_for_emergency(&self, local: &std::path::Path) {
        let Ok(mut emergency) = EMERGENCY.try_lock() else {
            return;
        };
        let before = emergency.take();
        let origin = before.map(|emergency| emergency.origin);
        *emergency = Some(Emergency {
            origin: origin.unwrap_or_else(|| Origin::of(local.to_owned(), &self.document)),
            journal: self.keeper.journal.clone(),
            plan: self.document.plan().clone(),
            draft: self.document.draft_edit(),
        });
    }
}

fn keep(
    journal: Option<Arc<Journal>>,
    origin: &Origin,
    plan: &Plan,
    steps: &[Step],
    when: Timestamp,
) -> io::Result<Arc<Journal>> {
    if let Some(journal) = journal {
        match journal.write(plan, steps, when) {
            // Somebody has cleared the folder away; a new one does as well.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            written => return written.map(|()| journal),
        }
    }
    let journal = Arc::new(origin.open()?);
    journal.write(plan, steps, when)?;
    Ok(journal)
}

/// Takes work away that is no longer needed. What cannot be taken away is offered at the next
/// start, which loses nothing.
fn end(journal: Arc<Journal>) {
    match Arc::try_unwrap(journal) {
        Ok(journal) => _ = journal.close(),
        Err(shared) => _ = shared.clear(),
    }
}

fn forget_emergency() {
    if let Ok(mut emergency) = EMERGENCY.try_lock() {
        *emergency = None;
    }
}
