//! Unsaved work is kept in the user's local data folder while she pauses, and when the program
//! breaks. What is written is `storage/journal`; offering it after a crash is `recovering`.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use jiff::Timestamp;

use crate::{
    plan::Plan,
    storage::{
        Fingerprint,
        journal::{Identity, Journal, Leftover},
        new_id,
    },
    ui::words,
};

use super::{
    App,
    document::Document,
    history::{Stamp, Step},
    jobs::Report,
    notice::Notice,
};

/// Work is kept when nothing has changed for so many seconds,
const REST: f64 = 2.0;
/// and after so many seconds though she goes on typing.
const LONGEST: f64 = 10.0;
/// So many steps can still be undone after a crash.
const STEPS: usize = 200;

/// What is known of the kept work.
#[derive(Debug, Default)]
pub struct Keeper {
    /// The user's local data folder; without one nothing is kept.
    pub local: Option<PathBuf>,
    journal: Option<Arc<Journal>>,
    /// What the journal holds.
    kept: Option<Stamp>,
    /// The state seen last, and since when it has been so, by the window's clock.
    rested: Option<(Stamp, f64)>,
    unkept_since: Option<f64>,
    is_busy: bool,
    /// Which plan this is about; a report about another one is late.
    generation: u64,
    has_complained: bool,
    /// Work of another run that is on the screen now; it goes when it is kept or saved anew.
    pub(super) leftover: Option<Leftover>,
}

/// What it takes to keep the work when the program breaks.
#[derive(Debug)]
struct Emergency {
    session: Session,
    journal: Option<Arc<Journal>>,
    plan: Plan,
}

/// What a journal is begun with.
#[derive(Debug, Clone)]
struct Session {
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
    let now = Timestamp::now();
    let no_steps: &[Step] = &[];
    match &emergency.journal {
        Some(journal) => journal.write(&emergency.plan, no_steps, now).is_ok(),
        None => {
            let journal = emergency.session.open();
            let written = journal.and_then(|it| it.write(&emergency.plan, no_steps, now));
            written.is_ok()
        }
    }
}

impl Session {
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

impl App {
    /// Keeps unsaved work when the keys rest, and lets go of it when it is saved.
    pub(super) fn keep_work(&mut self, ctx: &egui::Context) {
        let Some(local) = self.keeper.local.clone() else {
            return;
        };
        if self.keeper.is_busy {
            return;
        }
        if !self.document.is_unsaved() {
            self.forget_work(ctx);
            return;
        }
        let stamp = self.document.history().stamp();
        if self.keeper.kept == Some(stamp) || self.view.composing {
            return;
        }
        let now = ctx.input(|input| input.time);
        let keeper = &mut self.keeper;
        let since = match keeper.rested {
            Some((seen, since)) if seen == stamp => since,
            _ => {
                keeper.rested = Some((stamp, now));
                let plan = self.document.plan().clone();
                let session = || Session::of(local.clone(), &self.document);
                prepare_for_emergency(keeper.journal.clone(), plan, session);
                now
            }
        };
        let unkept_since = *keeper.unkept_since.get_or_insert(now);
        let due = (since + REST).min(unkept_since + LONGEST);
        if now < due {
            let left = std::time::Duration::from_secs_f64(due - now);
            ctx.request_repaint_after(left);
            return;
        }
        keeper.is_busy = true;
        let journal = keeper.journal.clone();
        let generation = keeper.generation;
        let session = Session::of(local, &self.document);
        let plan = self.document.plan().clone();
        let steps = self.document.history().last_steps(STEPS).to_vec();
        self.jobs.start(ctx, move || {
            let kept = keep(journal, &session, &plan, &steps);
            Report::Kept(generation, stamp, kept)
        });
    }

    /// The plan on the screen is safe in its file, or was given up.
    fn forget_work(&mut self, ctx: &egui::Context) {
        let keeper = &mut self.keeper;
        keeper.unkept_since = None;
        keeper.rested = None;
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
            self.jobs.start(ctx, move || {
                end(journal);
                Report::Forgotten
            });
        }
    }

    /// Takes the news that work was kept, or was not.
    pub(super) fn work_was_kept(
        &mut self,
        generation: u64,
        stamp: Stamp,
        kept: io::Result<Arc<Journal>>,
    ) {
        if generation != self.keeper.generation {
            if let Ok(journal) = kept {
                end(journal);
            }
            return;
        }
        let keeper = &mut self.keeper;
        keeper.is_busy = false;
        keeper.kept = Some(stamp);
        keeper.unkept_since = None;
        match kept {
            Ok(journal) => {
                keeper.journal = Some(journal);
                if let Some(leftover) = keeper.leftover.take() {
                    let _offered_again = leftover.discard();
                }
            }
            Err(error) if !keeper.has_complained => {
                keeper.has_complained = true;
                self.notice = Some(Notice::done(words::not_kept(&error)));
            }
            Err(_) => {}
        }
    }

    /// Whether what is not saved is at least kept.
    pub fn is_kept(&self) -> bool {
        self.keeper.journal.is_some() && self.keeper.kept == Some(self.document.history().stamp())
    }

    /// Ends the keeping of the plan that is on the screen; another one comes, or the end.
    pub(super) fn stop_keeping(&mut self) {
        let keeper = &mut self.keeper;
        keeper.generation += 1;
        keeper.is_busy = false;
        keeper.kept = None;
        keeper.rested = None;
        keeper.unkept_since = None;
        forget_emergency();
        if let Some(journal) = keeper.journal.take() {
            end(journal);
        }
    }
}

fn keep(
    journal: Option<Arc<Journal>>,
    session: &Session,
    plan: &Plan,
    steps: &[Step],
) -> io::Result<Arc<Journal>> {
    let journal = match journal {
        Some(journal) => journal,
        None => Arc::new(session.open()?),
    };
    journal.write(plan, steps, Timestamp::now())?;
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

fn prepare_for_emergency(
    journal: Option<Arc<Journal>>,
    plan: Plan,
    session: impl FnOnce() -> Session,
) {
    let Ok(mut emergency) = EMERGENCY.try_lock() else {
        return;
    };
    match &mut *emergency {
        Some(emergency) => {
            emergency.plan = plan;
            emergency.journal = journal;
        }
        none => {
            *none = Some(Emergency {
                session: session(),
                journal,
                plan,
            });
        }
    }
}

fn forget_emergency() {
    if let Ok(mut emergency) = EMERGENCY.try_lock() {
        *emergency = None;
    }
}
