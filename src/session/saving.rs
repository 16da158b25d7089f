//! Saving and leaving, as one state machine.
//!
//! A save is a job with a number of its own; several may be under way, each to its own file, since
//! one may hang on a share while she saves elsewhere. What has to wait for the work to be safe
//! (quitting, opening another plan) is in [`Session::after_save`] and is looked at again whenever
//! something ends. Only an answer about the save takes it back.
//!
//! | asked while | what happens |
//! |---|---|
//! | nothing is unsaved | it is done |
//! | a save of just this state is under way | it waits; after some seconds she is asked whether to |
//! | something is unsaved | she is asked |
//! | an export or a hand-out runs, and she quits | she is asked |

use std::path::PathBuf;

use crate::{
    plan::Plan,
    storage::{
        Fingerprint,
        backups::{self, Backups},
        files::{self, Attempt, SaveError, SaveReason, Saved},
    },
};

use super::{
    Session,
    document::{Document, Home},
    effect::Effect,
    files::Purpose,
    history::Stamp,
    id::DocumentId,
    jobs::{Job, JobId, Kind, PATIENCE, Task},
    notice::Notice,
    prompt::{Pending, Prompt, Turn},
    reports::Report,
    words,
};

/// A save under way.
#[derive(Debug)]
pub(super) struct Save {
    job: JobId,
    of: DocumentId,
    path: PathBuf,
    stamp: Stamp,
    /// She wanted to save here once more meanwhile.
    again: bool,
}

/// What was written, or would have been.
#[derive(Debug)]
pub struct Written {
    pub path: PathBuf,
    pub stamp: Stamp,
    pub plan: Plan,
    pub result: Result<Saved, SaveError>,
}

impl Session {
    /// Saves where the plan came from, or asks where.
    pub(super) fn save(&mut self) {
        match self.document.home().cloned() {
            Some(home) => self.write(home.path, Some(home.fingerprint)),
            None => self.ask_for_file(Purpose::SavePlan),
        }
    }

    pub(super) fn save_then(&mut self, pending: Pending) {
        self.wait_for_save(pending);
        self.save();
    }

    pub(super) fn save_elsewhere_then(&mut self, pending: Pending) {
        self.wait_for_save(pending);
        self.ask_for_file(Purpose::SavePlan);
    }

    /// Whether any save is under way, of whatever plan.
    pub fn is_saving(&self) -> bool {
        !self.saves.is_empty()
    }

    /// Writes the plan into a file that must be as `expected`, or whatever it is.
    pub(super) fn write(&mut self, path: PathBuf, expected: Option<Fingerprint>) {
        let path = std::path::absolute(&path).unwrap_or(path);
        let of = self.document_id;
        let mut saves = self.saves.iter_mut();
        if let Some(save) = saves.find(|save| save.of == of && save.path == path) {
            // One save of a file at a time; what came meanwhile is saved right after.
            save.again = true;
            return;
        }
        let stamp = match self.document.begin_save() {
            Ok(stamp) => stamp,
            Err(error) => return self.fail(words::edit_failed(&error)),
        };
        let plan = self.document.plan().clone();
        let local = self.world.local.as_deref();
        let backups = local.map(|local| Backups::below(local, backups::BUDGET));
        let now = self.now.wall.clone();
        let task = Task::new(self.world.wake.clone());
        let begin = self.begin(Kind::Save).watched(words::SAVING, &task);
        let target = path.clone();
        let job = self.start(begin, move || {
            let backups = backups.as_ref().map(|backups| (backups, &now));
            let mut wait = |attempt: Attempt| task.wait(attempt.pause);
            let result = files::save_with(&target, &plan, expected, backups, &mut wait);
            Report::Saved(Box::new(Written {
                path: target,
                stamp,
                plan,
                result,
            }))
        });
        self.saves.push(Save {
            job,
            of,
            path,
            stamp,
            again: false,
        });
    }

    /// Whether a save is under way that holds all there is.
    pub fn is_being_saved(&self) -> bool {
        self.save_of_all().is_some()
    }

    /// Whether the file that the plan has is being written.
    pub(super) fn is_saving_home(&self) -> bool {
        let home = self.document.path();
        self.saves
            .iter()
            .any(|save| Some(save.path.as_path()) == home)
    }

    /// Whether what is open is being written into the file that it has, or is to have.
    fn save_of_all(&self) -> Option<&Save> {
        let mut saves = self.saves.iter().rev();
        // One that is to be saved once more takes whatever there is by then.
        let has_all = |save: &&Save| save.again || self.document.is_all_in(save.stamp);
        saves.find(|save| save.of == self.document_id && has_all(save))
    }

    pub(super) fn on_saved(&mut self, job: &Job, written: Written) {
        let Some(at) = self.saves.iter().position(|save| save.job == job.id) else {
            return;
        };
        let save = self.saves.remove(at);
        if save.of != self.document_id {
            return self.was_saved_after_leaving(save.of, written);
        }
        // One that hung while she saved elsewhere must not bring its old place back.
        let is_newest = self.home_is_from.is_none_or(|newest| newest < job.id);
        let Written {
            path,
            stamp,
            plan,
            result,
        } = written;
        match result {
            Ok(saved) => {
                self.notice = None;
                let remarks: Vec<String> = saved.remarks.iter().map(ToString::to_string).collect();
                if !remarks.is_empty() {
                    self.notice = Some(Notice::done(remarks.join(" ")));
                }
                self.remember(&path);
                if is_newest {
                    self.home_is_from = Some(job.id);
                    self.is_in_file(path, stamp, plan, saved.fingerprint);
                }
                if save.again && is_newest && self.document.is_unsaved() {
                    return self.save();
                }
                self.go_on_after_save();
            }
            // She has saved it elsewhere meanwhile.
            Err(error) if !is_newest => self.say(error.to_string()),
            Err(error) => match error.reason {
                SaveReason::ChangedOnDisk => self.ask(Prompt::ChangedOnDisk(path)),
                reason => {
                    // It is written; only whether it outlives a power cut is not known.
                    if let SaveReason::NotSynced { fingerprint, .. } = &reason {
                        self.home_is_from = Some(job.id);
                        self.remember(&path);
                        self.is_in_file(path.clone(), stamp, plan, *fingerprint);
                    }
                    let error = SaveError { path, reason };
                    self.ask(Prompt::NotSaved(error.to_string()));
                }
            },
        }
    }

    /// A save broke off inside the program.
    pub(super) fn on_save_broken(&mut self, job: &Job, why: &str) {
        let saves = &mut self.saves;
        if let Some(at) = saves.iter().position(|save| save.job == job.id) {
            saves.remove(at);
        }
        self.ask(Prompt::NotSaved(words::broken(why)));
    }

    /// A save of a plan ended that is not on the screen any more: it is about its own file only.
    fn was_saved_after_leaving(&mut self, document: DocumentId, written: Written) {
        match written.result {
            Ok(_) => {
                self.keeper.was_saved_after_leaving(document);
                self.remember(&written.path);
                self.say(words::saved_after_leaving(&written.path));
            }
            Err(error) => self.fail(words::not_saved_after_leaving(&error)),
        }
        // Quitting may have waited for it.
        self.go_on_after_save();
    }

    /// Notes that the file holds this plan.
    fn is_in_file(&mut self, path: PathBuf, stamp: Stamp, plan: Plan, fingerprint: Fingerprint) {
        let is_other = self.document.path() != Some(path.as_path());
        let saved_at = self.now.wall.strftime("%H:%M").to_string();
        let home = Home {
            path,
            fingerprint,
            saved_at: Some(saved_at),
        };
        self.document.saved(stamp, plan, home);
        self.outside = None;
        self.watch_file();
        if is_other {
            self.claim_file();
        }
    }

    fn go_on_after_save(&mut self) {
        self.stay_where_she_types();
        if let Some(pending) = self.after_save.take() {
            self.wait_for_turn(Turn::Proceed(pending));
        }
    }

    /// Who goes on typing has not left: what she asked for before is taken back, and that is said.
    fn stay_where_she_types(&mut self) {
        let has_typed = self.waits_since.is_some_and(|since| self.typed_at > since);
        if has_typed && self.after_save.take().is_some() {
            self.waits_since = None;
            self.say(words::SHE_STAYED);
        }
    }

    /// Whether the program may end at once: nothing would be lost, and nothing missed.
    pub fn may_leave(&self) -> bool {
        self.is_safe() && self.saves.is_empty() && self.jobs.wanted().next().is_none()
    }

    /// Whether all there is is in its file, or may be dropped.
    fn is_safe(&self) -> bool {
        !self.document.is_unsaved() || self.discarded == Some(self.document.work())
    }

    /// Does something that leaves the open plan, or asks first where work would be lost.
    pub(super) fn settle(&mut self, pending: Pending) {
        let is_safe = self.is_safe();
        let quits = matches!(pending, Pending::Quit);
        if !is_safe && self.save_of_all().is_some() {
            self.wait_for_save(pending);
        } else if !is_safe {
            self.ask(Prompt::Unsaved(pending));
        } else if quits && !self.saves.is_empty() {
            // Of a plan that is not on the screen any more.
            self.wait_for_save(pending);
        } else if quits && self.jobs.wanted().next().is_some() {
            self.ask(Prompt::StillBusy(pending));
        } else {
            self.proceed(pending);
        }
    }

    /// Goes on when the save ends. If it takes long, she is asked.
    pub(super) fn wait_for_save(&mut self, pending: Pending) {
        self.after_save = Some(pending);
        self.waits_since = Some(self.now.clock);
        self.wake_after(PATIENCE);
    }

    /// Asks about a save that does not end while something waits for it.
    pub(super) fn ask_about_slow_save(&mut self) {
        let Some(since) = self.waits_since else {
            return;
        };
        if self.after_save.is_none() || self.saves.is_empty() {
            return;
        }
        let left = since + PATIENCE - self.now.clock;
        if left > 0.0 {
            return self.wake_after(left);
        }
        if self.prompts.is_open() {
            return;
        }
        self.stay_where_she_types();
        self.waits_since = None;
        if let Some(pending) = self.after_save.take() {
            self.ask(Prompt::StillSaving(pending));
        }
    }

    /// Goes on although a save has not ended. What is kept of the work stays, and is offered at the
    /// next start unless the save ends after all.
    pub(super) fn leave_behind(&mut self, pending: Pending) {
        self.discarded = Some(self.document.work());
        self.keep_when_left();
        self.proceed(pending);
    }

    /// Goes on when nothing is under way any more that she has asked for.
    pub(super) fn go_on_after_jobs(&mut self) {
        if self.jobs.wanted().next().is_none()
            && let Some(pending) = self.after_jobs.take()
        {
            self.wait_for_turn(Turn::Proceed(pending));
        }
    }

    pub(super) fn stop_jobs_then(&mut self, pending: Pending) {
        for job in self.jobs.wanted() {
            if let Some(task) = &job.begin.task {
                task.stop();
            }
        }
        self.proceed(pending);
    }

    /// Does what waited; unsaved work is settled by now.
    fn proceed(&mut self, pending: Pending) {
        match pending {
            Pending::New(form) => self.show_new(form),
            Pending::Open => self.ask_for_file(Purpose::OpenPlan),
            Pending::OpenPath(path) => self.open(path),
            Pending::Show(path, opened) => {
                self.remember(&path);
                let document = Document::from_file(opened.plan, path, opened.fingerprint);
                self.show(document);
                self.offer_put_off();
            }
            Pending::Take(plan) => {
                self.show_unsaved(&plan, words::IMPORT, words::IMPORTED.to_owned());
            }
            Pending::TakeVersion(plan, version) => {
                let note = words::version_opened(&version);
                self.show_unsaved(&plan, words::RESTORE, note);
            }
            Pending::Recover => self.recover_onto_file(),
            Pending::Quit => self.effects.push(Effect::Close),
        }
    }
}
