//! What a session gets from outside, so that it runs the same with a window, without one, and in a
//! test that decides what happens first: the time, new ids, threads, and a way to be called again.

use std::{fmt, path::PathBuf, sync::Arc};

use jiff::Zoned;

use crate::{plan::Id, storage::new_id};

use super::print::{self, Printer};

/// A point in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Seconds of a clock that never goes back and begins anywhere.
    pub clock: f64,
    /// The date and the time of day.
    pub wall: Zoned,
}

impl Moment {
    /// Now, by the system's clock.
    pub fn now(clock: f64) -> Self {
        Self {
            clock,
            wall: Zoned::now(),
        }
    }
}

/// Calls [`super::Session::tick`] soon, from any thread.
#[derive(Clone)]
pub struct Wake(Arc<dyn Fn() + Send + Sync>);

impl Wake {
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(wake))
    }

    /// Nobody needs to be called: whoever has the session asks by itself.
    pub fn nobody() -> Self {
        Self::new(|| {})
    }

    pub fn call(&self) {
        (self.0)();
    }
}

impl fmt::Debug for Wake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wake")
    }
}

/// Slow work, to be done on another thread.
pub type Work = Box<dyn FnOnce() + Send>;

/// Who does slow work: threads, or a test that decides when each job is done.
#[derive(Clone)]
pub struct Hands(Arc<dyn Fn(Work) + Send + Sync>);

impl Hands {
    pub fn new(take: impl Fn(Work) + Send + Sync + 'static) -> Self {
        Self(Arc::new(take))
    }

    /// A thread for each job: what hangs on a dead share must hold nothing else up.
    pub fn threads() -> Self {
        Self::new(|work| drop(std::thread::spawn(work)))
    }

    pub fn take(&self, work: Work) {
        (self.0)(work);
    }
}

impl fmt::Debug for Hands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hands")
    }
}

/// The surroundings of a session.
#[derive(Debug, Clone)]
pub struct World {
    /// The user's local data folder, for unsaved work and earlier versions. Without one nothing is
    /// kept, and files are neither watched nor claimed.
    pub local: Option<PathBuf>,
    /// Whether the system can show a file dialog; otherwise a path is asked for in the window.
    pub has_file_dialogs: bool,
    /// An id that no other node has.
    pub new_id: fn() -> Id,
    /// The printers that the system knows.
    pub printers: fn() -> Vec<Printer>,
    pub wake: Wake,
    pub hands: Hands,
}

impl Default for World {
    /// Threads and random ids; nobody is woken, and nothing is kept on the disk.
    fn default() -> Self {
        Self {
            local: None,
            has_file_dialogs: false,
            new_id,
            printers: print::printers,
            wake: Wake::nobody(),
            hands: Hands::threads(),
        }
    }
}
