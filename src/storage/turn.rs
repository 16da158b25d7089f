//! Whose turn it is to replace a file. Held from the last look at the old content until the new
//! one has its name: of two people who save at the same moment, one replaces the file and the
//! other is told that it has changed.
//!
//! It is a file beside the plan that exists for that moment only and that the system locks; its
//! name is one of those that `sweep` takes away, should a process die in the moment. It
//! binds this program alone. What remains: other programs ask nobody, and on a share that knows no
//! locks, or in a folder that each PC has its own copy of, the moment between the look and the
//! rename is short but open.

use std::{
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use super::sweep;

/// Whose turn it is.
#[derive(Debug)]
pub(super) enum Turn {
    /// Ours, until the value is dropped.
    Ours { _held: Held },
    /// Another process is just replacing the file.
    Theirs,
    /// Nobody can tell; the look at the old content has to do.
    Unknown,
}

#[derive(Debug)]
pub(super) struct Held {
    #[cfg_attr(
        windows,
        expect(dead_code, reason = "closing it is all it takes there")
    )]
    file: Option<File>,
    #[cfg_attr(windows, expect(dead_code, reason = "closing takes it away there"))]
    path: PathBuf,
}

/// Takes the turn to replace `file`, which is no link, if nobody else has it.
pub(super) fn take(file: &Path) -> Turn {
    let Some(name) = file.file_name() else {
        return Turn::Unknown;
    };
    let path = file.with_file_name(sweep::turn_name(name));
    hold(path).unwrap_or(Turn::Unknown)
}

/// Nobody else may open it as long as this process has it open; the system takes it away then.
#[cfg(windows)]
fn hold(path: PathBuf) -> io::Result<Turn> {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_ATTRIBUTE_HIDDEN: u32 = 0x2;
    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const ERROR_SHARING_VIOLATION: i32 = 32;
    let opened = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .share_mode(0)
        .attributes(FILE_ATTRIBUTE_HIDDEN)
        .custom_flags(FILE_FLAG_DELETE_ON_CLOSE)
        .open(&path);
    match opened {
        Ok(file) => Ok(Turn::Ours {
            _held: Held {
                file: Some(file),
                path,
            },
        }),
        Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => Ok(Turn::Theirs),
        Err(error) => Err(error),
    }
}

#[cfg(not(windows))]
fn hold(path: PathBuf) -> io::Result<Turn> {
    use std::fs::TryLockError;
    // The last who had it may take it away between its opening and its locking.
    for _ in 0..5 {
        let opened = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let file = match opened {
            // What somebody else left when they died can be locked, though not written.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => File::open(&path)?,
            opened => opened?,
        };
        match file.try_lock() {
            Ok(()) if super::lock::is_still_there(&file, &path) => {
                return Ok(Turn::Ours {
                    _held: Held {
                        file: Some(file),
                        path,
                    },
                });
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Turn::Theirs),
            Err(TryLockError::Error(error)) => {
                // Where nothing can be locked, it must not be left behind either.
                let _swept_later = std::fs::remove_file(&path);
                return Err(error);
            }
        }
    }
    Ok(Turn::Theirs)
}

#[cfg(not(windows))]
impl Drop for Held {
    fn drop(&mut self) {
        if let Some(file) = self.file.take() {
            let _swept_later = super::lock::take_away(file, &self.path);
        }
    }
}
