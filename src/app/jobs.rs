//! Slow work off the UI thread: opening, saving, exporting, file dialogs. A job sends one report
//! when it is done and wakes the window; nothing is polled while nothing runs.

use std::{
    any::Any,
    io,
    ops::ControlFlow,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use crate::{
    export::{Progress, Step},
    import::table::Table,
    plan::{Plan, checks::Checks, handout::Round},
    storage::{
        Fingerprint,
        backups::Backup,
        files::{OpenError, Opened, SaveError, Saved},
        journal::Journal,
        lock::Claim,
    },
};

use super::{
    collecting::Read,
    dialog::Scope,
    files::FileRequest,
    history::Stamp,
    merging::{After, Theirs},
    print::Printer,
    recovering::Found,
    watching::Outside,
};

/// What a job reports.
#[derive(Debug)]
pub enum Report {
    /// A file dialog was answered; no file is a cancel.
    Picked(FileRequest, Vec<PathBuf>),
    /// Forms were written into a folder: the round that is then, and how many or why not.
    HandedOut(PathBuf, Box<Round>, Result<usize, String>),
    /// Forms that came back were read.
    Collected(Vec<Read>),
    /// A file was read; beside it stand these copies that a conflict may have made.
    Opened(PathBuf, Result<Opened, OpenError>, Vec<PathBuf>),
    Saved(PathBuf, Stamp, Plan, Result<Saved, SaveError>),
    /// Unsaved work was kept, for which plan and in which state, or it was not.
    Kept(u64, Stamp, io::Result<Arc<Journal>>),
    /// Kept work that was no longer needed is gone.
    Forgotten,
    /// Unsaved work of other runs, and why some of it cannot be read.
    Leftovers(Vec<Found>, Vec<String>),
    OpenedForRecovery(PathBuf, Result<Opened, OpenError>, Box<Found>),
    /// The file as somebody else has saved it.
    Theirs(Result<Box<Theirs>, OpenError>, After),
    /// What has become of a file that was this.
    Outside(Fingerprint, Option<Outside>),
    Claimed(PathBuf, Claim),
    /// The earlier versions of the file.
    Backups(PathBuf, Vec<Backup>),
    /// An earlier version of the file that she wants to compare with.
    OpenedBackup(Backup, Result<Box<Plan>, OpenError>),
    /// A table was read, or why not.
    Table(Result<Box<Table>, String>),
    /// The plan was looked through for the first time.
    Checked(Option<Box<Checks>>),
    /// A job broke off; what it was about is as it was.
    Broken(String),
    Exported(PathBuf, Result<Exported, String>),
    /// Characters of this part that the typeface lacks, in a sentence.
    Missing(Scope, Option<String>),
    OpenedOutside(Result<(), String>),
    Printers(Vec<Printer>),
    /// What was done, or why not.
    Printed(Result<String, String>),
}

/// How an export ended.
#[derive(Debug)]
pub enum Exported {
    Written {
        /// What the typeface lacked, in a sentence.
        missing: Option<String>,
    },
    /// She stopped it; there is no file.
    Stopped,
}

/// How far something slow is, and whether it should stop; shared between the window and its thread.
#[derive(Debug, Default)]
pub struct Task {
    figure: AtomicUsize,
    stop: AtomicBool,
}

impl Task {
    /// How far an export is, from 0 to 100, or after how many seconds a save is tried again.
    pub fn figure(&self) -> usize {
        self.figure.load(Ordering::Relaxed)
    }

    /// Asks it to stop; it does so soon.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Says how far it is, in percent, and wakes the window.
    pub fn advance(&self, ctx: &egui::Context, percent: usize) {
        if self.figure.swap(percent, Ordering::Relaxed) != percent {
            ctx.request_repaint();
        }
    }

    /// Waits before another attempt, counting the seconds down; whether to make it.
    pub fn wait(&self, ctx: &egui::Context, pause: Duration) -> bool {
        for left in (1..=pause.as_secs()).rev() {
            self.figure.store(left as usize, Ordering::Relaxed);
            ctx.request_repaint();
            thread::sleep(Duration::from_secs(1));
            if self.is_stopped() {
                return false;
            }
        }
        self.figure.store(0, Ordering::Relaxed);
        !self.is_stopped()
    }

    /// What the export calls: notes how far it is, wakes the window, and says whether to go on.
    pub fn watch<'a>(
        &'a self,
        ctx: &'a egui::Context,
    ) -> impl FnMut(Progress) -> ControlFlow<()> + 'a {
        |Progress { step, done, of }| {
            // The two steps count as halves; nobody needs to know it better.
            let before = match step {
                Step::LayingOut => 0,
                Step::Writing => 50,
            };
            let percent = before + 50 * done.min(of) / of.max(1);
            self.advance(ctx, percent);
            if self.is_stopped() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }
}

/// Jobs under way.
#[derive(Debug)]
pub struct Jobs {
    sender: Sender<Sent>,
    reports: Receiver<Sent>,
    running: usize,
}

/// Reports from a thread that is no job: nobody waits for its end.
#[derive(Debug, Clone)]
pub struct News {
    sender: Sender<Sent>,
    ctx: egui::Context,
}

impl News {
    pub fn send(&self, report: Report) {
        // The window may be gone by now; then nobody waits for the report.
        let _ = self.sender.send(Sent::News(report));
        self.ctx.request_repaint();
    }
}

/// A report on its way.
#[derive(Debug)]
enum Sent {
    /// The last word of a job.
    Done(Report),
    News(Report),
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, reports) = channel();
        Self {
            sender,
            reports,
            running: 0,
        }
    }
}

impl Jobs {
    /// Runs `work` on a thread of its own.
    pub fn start(&mut self, ctx: &egui::Context, work: impl FnOnce() -> Report + Send + 'static) {
        self.running += 1;
        let sender = self.sender.clone();
        let ctx = ctx.clone();
        thread::spawn(move || {
            // What panics in a library must not leave her waiting.
            let report = panic::catch_unwind(AssertUnwindSafe(work))
                .unwrap_or_else(|cause| Report::Broken(message_of(cause.as_ref())));
            // The window may be gone by now; then nobody waits for the report.
            let _ = sender.send(Sent::Done(report));
            ctx.request_repaint();
        });
    }

    /// Where a thread reports to that goes on while the window does.
    pub fn news(&self, ctx: &egui::Context) -> News {
        News {
            sender: self.sender.clone(),
            ctx: ctx.clone(),
        }
    }

    fn receive(&mut self, sent: Sent) -> Report {
        match sent {
            Sent::Done(report) => {
                self.running = self.running.saturating_sub(1);
                report
            }
            Sent::News(report) => report,
        }
    }

    /// The reports that have come in.
    pub fn take_reports(&mut self) -> Vec<Report> {
        let sent: Vec<Sent> = self.reports.try_iter().collect();
        sent.into_iter().map(|sent| self.receive(sent)).collect()
    }

    /// Waits for the next report while anything runs, so that a test need not sleep.
    pub fn wait(&mut self) -> Option<Report> {
        if self.running == 0 {
            return None;
        }
        let sent = self.reports.recv().ok()?;
        Some(self.receive(sent))
    }
}

/// What a panic said.
pub fn message_of(cause: &(dyn Any + Send)) -> String {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied());
    text.unwrap_or("原因不明").to_owned()
}
