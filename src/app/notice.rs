//! The short message in the status line: what is going on, and what was just done.

use std::{path::PathBuf, sync::Arc};

use crate::ui::words;

use super::jobs::Task;

/// A message in the status line. It stays until something else happens, so it can be read.
#[derive(Debug, Clone)]
pub struct Notice {
    pub text: String,
    /// The file that it is about, to be opened from here.
    pub file: Option<PathBuf>,
    /// Whether it is about something that still goes on.
    pub is_busy: bool,
    /// What goes on and can be stopped.
    pub task: Option<Arc<Task>>,
    /// Whether the figure of the task is the seconds until it is tried again.
    pub is_retried: bool,
}

impl Notice {
    /// Something goes on.
    pub fn busy(text: String) -> Self {
        Self {
            text,
            file: None,
            is_busy: true,
            task: None,
            is_retried: false,
        }
    }

    /// Something goes on that can be watched and stopped.
    pub fn watched(text: &str, task: Arc<Task>) -> Self {
        Self {
            task: Some(task),
            ..Self::busy(text.to_owned())
        }
    }

    /// Something goes on that may have to be tried again.
    pub fn retried(text: &str, task: Arc<Task>) -> Self {
        Self {
            is_retried: true,
            ..Self::watched(text, task)
        }
    }

    /// The text with how far it is.
    pub fn in_words(&self) -> String {
        match self.task.as_ref().map(|task| task.figure()) {
            Some(0) if self.is_retried => self.text.clone(),
            Some(seconds) if self.is_retried => words::held(seconds),
            Some(percent) => format!("{} {percent} %", self.text),
            None => self.text.clone(),
        }
    }

    /// What can be stopped now: an export at any time, a save only between attempts.
    pub fn stoppable(&self) -> Option<&Arc<Task>> {
        let task = self.task.as_ref();
        task.filter(|task| !self.is_retried || task.figure() > 0)
    }

    /// Something was done.
    pub fn done(text: String) -> Self {
        Self {
            text,
            file: None,
            is_busy: false,
            task: None,
            is_retried: false,
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
