//! Slow work off the UI thread: opening, saving, exporting, file dialogs. A job sends one report
//! when it is done and wakes the window; nothing is polled while nothing runs.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use crate::{
    plan::Plan,
    storage::files::{Fingerprint, OpenError, Opened, SaveError},
};

use super::{files::FileRequest, history::Stamp};

/// What a job reports.
#[derive(Debug)]
pub enum Report {
    /// A file dialog was answered; `None` is a cancel.
    Picked(FileRequest, Option<PathBuf>),
    Opened(PathBuf, Result<Opened, OpenError>),
    Saved(PathBuf, Stamp, Plan, Result<Fingerprint, SaveError>),
    /// What the typeface lacked, in a sentence, or why there is no file.
    Exported(PathBuf, Result<Option<String>, String>),
    OpenedOutside(Result<(), String>),
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
