//! Reading a file that somebody else made: never more of it than is wanted.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum FileError {
    /// A folder, a device or a pipe, from which reading may never end.
    NoFile,
    TooLarge,
    Io(io::Error),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The bytes of a file that has at most so many. What is larger is refused before it is read; what
/// grows meanwhile is refused as soon as it is too large.
pub(super) fn read(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(FileError::NoFile);
    }
    if metadata.len() > most {
        return Err(FileError::TooLarge);
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(FileError::TooLarge);
    }
    Ok(bytes)
}
