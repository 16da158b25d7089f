//! Nobody waits at a screen for a file of others. A share that stops answering blocks whoever looks
//! at it, for ever if need be; so the thread that draws and answers keys says that it is awaited, and
//! whatever touches a file that is not this program's own is checked against that. In a debug build,
//! and so in every test, it is a bug that stops the program; in a release it costs nothing.
//!
//! Not for what this program keeps for itself on this PC: unsaved work, earlier versions.

use std::cell::Cell;

thread_local! {
    static IS_AWAITED: Cell<bool> = const { Cell::new(false) };
}

/// The thread is awaited as long as this lives.
#[derive(Debug)]
pub struct Awaited {
    before: bool,
}

impl Drop for Awaited {
    fn drop(&mut self) {
        IS_AWAITED.set(self.before);
    }
}

/// From now on somebody waits for this thread, until the value is dropped.
#[must_use]
pub fn awaited() -> Awaited {
    Awaited {
        before: IS_AWAITED.replace(true),
    }
}

/// Slow work that nobody waits for, whatever thread it is done on.
pub fn elsewhere<T>(work: impl FnOnce() -> T) -> T {
    let _awaited_again = Awaited {
        before: IS_AWAITED.replace(false),
    };
    work()
}

/// A file or folder of others is about to be touched.
pub fn touches_files() {
    debug_assert!(
        !IS_AWAITED.get(),
        "a file of others is touched on a thread that somebody waits for"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "somebody waits for")]
    fn a_file_is_not_touched_on_a_thread_that_is_awaited() {
        let _awaited = awaited();
        touches_files();
    }

    #[test]
    fn it_is_touched_elsewhere_and_when_nobody_waits_any_more() {
        {
            let _awaited = awaited();
            elsewhere(touches_files);
        }
        touches_files();
    }
}
