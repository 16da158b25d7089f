//! The short message in the status line: what is going on, and what was just done.

use std::{path::PathBuf, sync::Arc};

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
}

impl Notice {
    /// Something goes on.
    pub fn busy(text: String) -> Self {
        Self {
            text,
            file: None,
            is_busy: true,
            task: None,
        }
    }

    /// Something goes on that can be watched and stopped.
    pub fn watched(text: &str, task: Arc<Task>) -> Self {
        Self {
            task: Some(task),
            ..Self::busy(text.to_owned())
        }
    }

    /// Something was done.
    pub fn done(text: String) -> Self {
        Self {
            text,
            file: None,
            is_busy: false,
            task: None,
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
