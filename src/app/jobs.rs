//! Slow work off the UI thread: opening, saving, exporting, file dialogs. A job sends one report
//! when it is done and wakes the window; nothing is polled while nothing runs.

use std::{
    ops::ControlFlow,
    path::PathBuf,
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use crate::{
    export::{Progress, Step},
    plan::Plan,
    storage::{
        Fingerprint,
        files::{OpenError, Opened, SaveError},
    },
};

use super::{dialog::Scope, files::FileRequest, history::Stamp, print::Printer};

/// What a job reports.
#[derive(Debug)]
pub enum Report {
    /// A file dialog was answered; `None` is a cancel.
    Picked(FileRequest, Option<PathBuf>),
    Opened(PathBuf, Result<Opened, OpenError>),
    Saved(PathBuf, Stamp, Plan, Result<Fingerprint, SaveError>),
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

/// How far an export is, and whether it should stop; shared between the window and its thread.
#[derive(Debug, Default)]
pub struct Task {
    percent: AtomicUsize,
    stop: AtomicBool,
}

impl Task {
    /// How far it is, from 0 to 100.
    pub fn percent(&self) -> usize {
        self.percent.load(Ordering::Relaxed)
    }

    /// Asks it to stop; it does so soon.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
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
            if self.percent.swap(percent, Ordering::Relaxed) != percent {
                ctx.request_repaint();
            }
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
    sender: Sender<Report>,
    reports: Receiver<Report>,
    running: usize,
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
            // The window may be gone by now; then nobody waits for the report.
            let _ = sender.send(work());
            ctx.request_repaint();
        });
    }

    /// The reports that have come in.
    pub fn take_reports(&mut self) -> Vec<Report> {
        let reports: Vec<Report> = self.reports.try_iter().collect();
        self.running = self.running.saturating_sub(reports.len());
        reports
    }

    /// Waits for the next report while anything runs, so that a test need not sleep.
    pub fn wait(&mut self) -> Option<Report> {
        if self.running == 0 {
            return None;
        }
        let report = self.reports.recv().ok()?;
        self.running -= 1;
        Some(report)
    }
}
