//! What jobs report, and what a report does. Every report is taken for the plan that its job was
//! begun for; what it has to say to her waits until nothing lies over the window.

use std::{io, path::PathBuf, sync::Arc};

use crate::{
    form::Form,
    import::table::Table,
    plan::{Plan, checks::Checks},
    storage::{
        backups::Backup,
        files::{OpenError, Opened, Target},
        journal::Journal,
        kept,
        lock::Claim,
    },
};

use super::{
    Session,
    collecting::{Made, Read},
    effect::FileWish,
    exporting::{Exported, Missing},
    files::Purpose,
    forms::FormFor,
    jobs::{Job, Kind, Received},
    merging::{After, Theirs},
    print::Printer,
    prompt::{Prompt, Turn},
    recovering::Found,
    saving::Written,
    watching::Seen,
    words,
};

/// What a job reports.
#[derive(Debug)]
pub enum Report {
    /// A file was read; beside it stand these copies that a conflict may have made.
    Opened(PathBuf, Box<Opened>, Vec<PathBuf>),
    /// A file could not be read; these earlier versions of it are kept.
    NotOpened(PathBuf, OpenError, Vec<Backup>),
    /// An earlier version was read in place of a file that cannot be.
    OpenedVersion(Backup, Result<Box<Plan>, OpenError>),
    Saved(Box<Written>),
    /// Unsaved work was kept, or it was not.
    Kept(io::Result<Arc<Journal>>),
    /// What was kept or held is let go.
    LetGo,
    /// Unsaved work of other runs, and why some of it cannot be read.
    Leftovers(Vec<Found>, Vec<String>),
    /// The file of work that is recovered.
    OpenedForRecovery(Result<Box<Opened>, OpenError>),
    /// The file as somebody else has saved it.
    Theirs(Result<Box<Theirs>, OpenError>, After),
    /// What has become of the file.
    Seen(Seen),
    Claimed(PathBuf, Claim),
    /// The earlier versions of the file.
    Backups(Vec<Backup>),
    /// An earlier version of the file that she wants to compare with.
    OpenedBackup(Backup, Result<Box<Plan>, OpenError>),
    /// What is kept on this PC besides the plans.
    OnThisPc(Vec<kept::Kept>),
    /// What she has chosen of that is gone.
    Forgotten(Result<kept::Amount, kept::NotRemoved>),
    /// A table was read, or why not.
    Table(Result<Arc<Table>, String>),
    /// A form's file was read, or why not.
    Form(FormFor, Result<Arc<Form>, String>),
    /// The plan was looked through for the first time.
    Checked(Option<Box<Checks>>),
    Exported(PathBuf, Result<Exported, String>),
    Missing(Missing),
    OpenedOutside(Result<(), String>),
    Printers(Vec<Printer>),
    /// What was done, or why not.
    Printed(Result<String, String>),
    /// Workbooks for sections were made, or why not.
    HandedOut(Made, Result<usize, String>),
    /// Workbooks that came back were read.
    Collected(Vec<Read>),
    /// Whether there is a file already where one is to be written.
    Target(Box<Purpose>, Target),
    /// The system's file dialog was answered.
    Picked(Box<FileWish>, Vec<PathBuf>),
}

impl Session {
    pub(super) fn on_received(&mut self, received: Received) {
        match received {
            Received::Done(job, report) => self.on_report(&job, report),
            Received::Broken(job, why) => self.on_broken(&job, &why),
            Received::News(of, Report::Seen(seen)) if of == self.document_id => self.on_seen(seen),
            Received::News(..) => {}
        }
        self.go_on_after_jobs();
    }

    fn on_report(&mut self, job: &Job, report: Report) {
        let is_of_this = job.begin.of == self.document_id;
        match report {
            Report::Opened(path, opened, copies) => self.on_opened(job, path, opened, &copies),
            Report::NotOpened(path, error, kept) => self.on_not_opened(job, &path, &error, kept),
            Report::OpenedVersion(version, plan) => self.on_opened_version(version, plan),
            Report::Saved(written) => self.on_saved(job, *written),
            Report::Kept(kept) => self.on_kept(job, kept),
            Report::LetGo => {}
            Report::Leftovers(found, unreadable) => {
                self.wait_for_turn(Turn::Leftovers(found, unreadable));
            }
            Report::OpenedForRecovery(opened) => self.on_opened_for_recovery(job, opened),
            Report::Theirs(theirs, after) if is_of_this => self.on_theirs(theirs, after),
            Report::Seen(seen) if is_of_this => self.on_seen(seen),
            Report::Claimed(path, claim) => self.on_claimed(job, &path, claim),
            Report::Backups(backups) if is_of_this => self.versions.backups = backups,
            Report::OpenedBackup(backup, plan) if is_of_this => self.on_opened_backup(backup, plan),
            Report::Theirs(..)
            | Report::Seen(_)
            | Report::Backups(_)
            | Report::OpenedBackup(..) => {}
            Report::OnThisPc(kept) => self.on_kept_listed(kept),
            Report::Forgotten(removed) => self.on_forgotten(removed),
            Report::Table(table) => self.on_table_read(table),
            Report::Form(of, form) => self.on_form_read(job, of, form),
            Report::Checked(checks) => self.on_checked(checks),
            Report::Exported(path, result) => self.on_exported(path, result),
            Report::Missing(missing) => self.on_missing(job, missing),
            Report::OpenedOutside(result) => {
                if let Err(message) = result {
                    self.fail(message);
                }
            }
            Report::Printers(printers) => self.printers = Some(printers),
            Report::Printed(Ok(done)) => self.say(done),
            Report::Printed(Err(message)) => self.fail(message),
            Report::HandedOut(made, written) => self.on_handed_out(job, made, written),
            Report::Collected(read) if is_of_this => self.wait_for_turn(Turn::TakeReturns(read)),
            Report::Collected(_) => self.say(words::RETURNS_LEFT),
            Report::Target(purpose, target) => self.on_target(job, *purpose, target),
            Report::Picked(wish, paths) => self.on_picked(*wish, paths),
        }
    }

    /// A job broke off inside the program; what it was about is as it was.
    fn on_broken(&mut self, job: &Job, why: &str) {
        match job.begin.kind {
            Kind::Save => return self.on_save_broken(job, why),
            Kind::Keep if job.begin.of == self.document_id => {
                return self.on_not_kept(&words::keeping_broken(why));
            }
            Kind::Open => _ = self.opening.take_if(|opening| *opening == job.id),
            Kind::Check => self.checking.on_broken(),
            // She waits for none of these.
            Kind::Keep | Kind::LetGo | Kind::Look | Kind::Claim => return,
            _ => {}
        }
        self.ask(Prompt::Failure(words::broken(why)));
    }
}
