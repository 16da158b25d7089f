//! The short message in the status line: what goes on, what was just done, and what does not answer.

use std::{path::PathBuf, sync::Arc};

use super::{
    Session,
    jobs::{Job, Kind, Task},
    words,
};

/// Something was done. The message stays until something else is done, so that it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    /// The file that it is about, to be opened from here.
    pub file: Option<PathBuf>,
    /// It is about the last step, and goes with the next.
    pub passes: bool,
}

/// Something goes on.
#[derive(Debug, Clone)]
pub struct Busy {
    pub text: String,
    /// The way to stop it, where it can be stopped now.
    pub stop: Option<Arc<Task>>,
}

impl Notice {
    pub fn done(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            file: None,
            passes: false,
        }
    }

    /// A file was made.
    pub fn file(text: String, path: PathBuf) -> Self {
        Self {
            file: Some(path),
            ..Self::done(text)
        }
    }
}

impl Session {
    /// What was done last.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// What goes on and should be seen: what does not answer first, then what began last.
    pub fn busy(&self) -> Option<Busy> {
        let busy = self.under_way()?;
        Some(
            match self.after_save.as_ref().or(self.after_jobs.as_ref()) {
                Some(pending) => Busy {
                    text: format!("{}　{}", words::then(pending), busy.text),
                    ..busy
                },
                None => busy,
            },
        )
    }

    fn under_way(&self) -> Option<Busy> {
        let now = self.now.clock;
        if let Some(job) = self.jobs.stalled(now).next() {
            let seconds = (now - job.begin.since).floor() as u64;
            let says = job.begin.says.as_deref().unwrap_or(words::LOOKING);
            return Some(Busy {
                text: words::no_answer(says, seconds),
                stop: None,
            });
        }
        let mut jobs = self.jobs.running().rev();
        jobs.find_map(|job| job.begin.says.as_ref().map(|says| in_words(job, says)))
    }

    /// Whether a plan that was asked for is on its way.
    pub fn is_opening(&self) -> bool {
        self.opening.is_some()
    }

    /// Says something about the last step.
    pub(super) fn say_of_step(&mut self, text: String) {
        self.notice = Some(Notice {
            passes: true,
            ..Notice::done(text)
        });
    }

    /// Another step is made: what was said of the last one is no longer true.
    pub(super) fn step_is_made(&mut self) {
        self.notice.take_if(|notice| notice.passes);
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::done(text));
    }
}

/// The text with how far it is.
fn in_words(job: &Job, says: &str) -> Busy {
    let figure = job.begin.task.as_ref().map(|task| task.figure());
    let text = match (job.begin.kind, figure) {
        (Kind::Save, Some(seconds)) if seconds > 0 => words::held(seconds),
        (Kind::Save, _) | (_, None) => says.to_owned(),
        (_, Some(percent)) => format!("{says} {percent} %"),
    };
    // A save can be stopped only between two attempts.
    let can_stop = job.begin.kind != Kind::Save || figure.is_some_and(|seconds| seconds > 0);
    Busy {
        text,
        stop: job.begin.task.clone().filter(|_| can_stop),
    }
}
