//! The part of a file's metadata that changes with it.

use std::{
    fs::{self, Metadata},
    io,
    path::Path,
    time::SystemTime,
};

/// Two that are the same are of the same content, unless it changed twice within the clock's tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    pub modified: SystemTime,
    /// A file that was replaced is another file; 0 where the system does not say.
    number: u64,
}

impl Stamp {
    pub fn of(path: &Path) -> io::Result<Self> {
        Self::from(&fs::metadata(path)?)
    }

    pub fn from(metadata: &Metadata) -> io::Result<Self> {
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let number = 0;
        Ok(Self {
            length: metadata.len(),
            modified: metadata.modified()?,
            number,
        })
    }
}
