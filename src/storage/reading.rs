//! Reading a file that may be anything: never more of it than a plan has, and never one that reads
//! for ever.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read},
    path::Path,
};

use super::{awaited, fault::Fault, format};

/// A file's content, if it is not too much for a plan.
///
/// # Errors
/// As the system says; [`Fault::NotAFile`] and [`Fault::TooLarge`] before anything is read.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    awaited::touches_files();
    // A folder opens as a file on Unix and is refused on Windows; asking first is the same on both.
    // To open a device may be enough to make it do something.
    assert_readable(&fs::metadata(path)?)?;
    let file = open(path)?;
    // It may be another one by now.
    assert_readable(&file.metadata()?)?;
    let mut bytes = Vec::new();
    file.take(format::MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > format::MAX_BYTES {
        return Err(Fault::TooLarge.into());
    }
    Ok(bytes)
}

fn assert_readable(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        Err(io::ErrorKind::IsADirectory.into())
    } else if !metadata.is_file() {
        Err(Fault::NotAFile.into())
    } else if metadata.len() > format::MAX_BYTES {
        Err(Fault::TooLarge.into())
    } else {
        Ok(())
    }
}

/// Waits for nobody: a pipe would open as soon as somebody writes to it.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    File::options().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}
