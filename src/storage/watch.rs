//! Whether a file is still what it was when it was opened or saved.
//!
//! To be asked every few seconds off the UI thread: the metadata is read each time, the content
//! only when that has changed. There is no notification by the system on purpose: shares report
//! the changes of other PCs late or never, so that asking would be needed as well.

use std::{
    path::PathBuf,
    time::{Duration, SystemTime},
};

use super::{files::OpenReason, fingerprint::Fingerprint, reading, stamp::Stamp};

/// The coarsest clock that files are stamped with (FAT): within it a file can change unseen.
const COARSE: Duration = Duration::from_secs(2);

/// What a file has become.
#[derive(Debug)]
pub enum Look {
    Same,
    Changed(Fingerprint),
    /// It was deleted, moved or renamed.
    Gone,
    /// It cannot be looked at now: the share is away, or another program has it. Ask again later.
    Away(OpenReason),
}

/// A file that is watched.
#[derive(Debug, Clone)]
pub struct Watch {
    path: PathBuf,
    expected: Fingerprint,
    /// What the metadata was when the content was last seen to be as expected.
    seen: Option<Stamp>,
}

impl Watch {
    /// Watches for a content other than `expected`.
    pub fn new(path: PathBuf, expected: Fingerprint) -> Self {
        Self {
            path,
            expected,
            seen: None,
        }
    }

    /// Looks at the file. `now` is the system's clock.
    pub fn look(&mut self, now: SystemTime) -> Look {
        super::awaited::touches_files();
        let stamp = match Stamp::of(&self.path) {
            Ok(stamp) => stamp,
            Err(error) => return missing(error.into()),
        };
        if self.seen == Some(stamp) {
            return Look::Same;
        }
        let fingerprint = match reading::read(&self.path) {
            Ok(bytes) => Fingerprint::of(&bytes),
            Err(error) => return missing(error.into()),
        };
        if fingerprint != self.expected {
            self.seen = None;
            return Look::Changed(fingerprint);
        }
        // Changed just now, it may change once more without another stamp.
        let is_settled = now
            .duration_since(stamp.modified)
            .is_ok_and(|age| age > COARSE);
        self.seen = is_settled.then_some(stamp);
        Look::Same
    }
}

fn missing(reason: OpenReason) -> Look {
    match reason {
        OpenReason::NotFound | OpenReason::IsFolder => Look::Gone,
        reason => Look::Away(reason),
    }
}
