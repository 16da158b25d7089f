//! Replacing a file so that it is the old or the new one, whole, whatever happens.
//!
//! Temp file in the same folder, written, synced, read back, closed, renamed over, folder synced.
//! Mode, owner, access list and attributes of the old file are kept (see `inherit`); a symbolic
//! link stays one, its target is replaced. A file with several names (hard links) is replaced
//! under this one only: writing through all of them could not be whole or not at all, so it is
//! said instead. What is no file (a pipe, a device) is refused.
//!
//! When a rename fails, nothing is taken for granted: some shares have taken the old file away by
//! then. What is there is looked at, and what is missing is put back. What to say is the caller's.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use tempfile::TempPath;

use super::{fingerprint::Fingerprint, folder, inherit::Old, stamp::Stamp, sweep::temp_name};

pub use super::{
    fault::{Fault, Unsure},
    inherit::Loss,
    sweep::{left_of, sweep},
};

/// A new file, whole and safe on the disk, that only needs its name.
#[derive(Debug)]
pub struct Ready<'a> {
    temp: TempPath,
    /// Says to a sweep that this process is alive. Closed before the file gets its name: a file
    /// that is open cannot be renamed everywhere.
    held: Option<File>,
    bytes: &'a [u8],
    path: PathBuf,
    old: Option<Old>,
    losses: Vec<Loss>,
}

/// The new file did not get its name, or not surely.
#[derive(Debug)]
pub struct NotPut<'a> {
    pub error: io::Error,
    pub now: Now<'a>,
}

/// What became of a file that was to be replaced.
#[derive(Debug)]
pub enum Now<'a> {
    /// It is as it was; the new one can be tried again. Dropping that takes it off the disk.
    AsItWas(Box<Ready<'a>>),
    Unsure(Unsure),
}

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readers {
    /// Those of the old file; of one that is new, those that any new file has.
    Usual,
    /// Only this user.
    This,
}

/// Puts `bytes` in the file at `path`; `check` is given the bytes read back from the disk and
/// may still refuse.
///
/// # Errors
/// Any fault before the rename leaves the old file as it was and no temp file behind. When it is
/// not sure that the old file is as it was, the error holds a [`Fault::Unsure`].
pub fn replace(
    path: &Path,
    bytes: &[u8],
    check: impl FnOnce(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let ready = prepare(path, bytes, check)?;
    ready.put().map_err(NotPut::into_error)
}

/// As [`replace`], but only this user may read the file, whoever could read the old one.
///
/// # Errors
/// As of [`replace`].
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let ready = prepare_for(path, bytes, Readers::This, |_| Ok(()))?;
    ready.put().map_err(NotPut::into_error)
}

/// Everything but the last step: the old file is still in its place.
///
/// # Errors
/// Any fault leaves the old file as it was and no temp file behind.
pub fn prepare<'a>(
    path: &Path,
    bytes: &'a [u8],
    check: impl FnOnce(&[u8]) -> io::Result<()>,
) -> io::Result<Ready<'a>> {
    prepare_for(path, bytes, Readers::Usual, check)
}

fn prepare_for<'a>(
    path: &Path,
    bytes: &'a [u8],
    readers: Readers,
    check: impl FnOnce(&[u8]) -> io::Result<()>,
) -> io::Result<Ready<'a>> {
    let target = follow_links(path)?;
    // Of the link, not of what it says: a link to a pipe may say what is no path.
    let old = match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(metadata) if !metadata.is_file() => return Err(Fault::NotAFile.into()),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let path = target;
    // Renaming would replace even a write-protected file; the protection is meant, so it holds.
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let replaced = old.is_some().then_some(&*path);
    let (mut file, temp) = new_temp(&path, replaced, readers)?;
    let old = match readers {
        Readers::Usual => old.map(|metadata| Old::of(&path, metadata)),
        Readers::This => None,
    };
    // Before anything is in it: who may not read the old file may not read this one either.
    let losses = old.as_ref().map(|old| old.give(&file)).unwrap_or_default();
    write_whole(&mut file, &temp, bytes)?;
    check(bytes)?;
    Ok(Ready {
        temp,
        held: Some(file),
        bytes,
        path,
        old,
        losses,
    })
}

/// Writes, syncs, and reads back: as somebody else would, since what a place tells the one who wrote
/// is not always what others get.
fn write_whole(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()?;
    let reopened = match cfg!(windows) {
        // There, the lock on it keeps everybody out, this process included.
        true => Err(io::ErrorKind::PermissionDenied.into()),
        false => File::open(path),
    };
    let is_whole = match reopened {
        Ok(mut written) => holds(&mut written, bytes)?,
        // The mode may let nobody read it.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            file.rewind()?;
            holds(file, bytes)?
        }
        Err(error) => return Err(error),
    };
    match is_whole {
        true => Ok(()),
        false => Err(Fault::ReadBack.into()),
    }
}

/// Whether these bytes, and nothing else, are in a file from here on.
fn holds(file: &mut impl Read, mut bytes: &[u8]) -> io::Result<bool> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match file.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let Some(rest) = buffer.get(..read).and_then(|read| bytes.strip_prefix(read)) else {
            return Ok(false);
        };
        if read == 0 {
            return Ok(rest.is_empty());
        }
        bytes = rest;
    }
}

impl NotPut<'_> {
    fn into_error(self) -> io::Error {
        match self.now {
            Now::AsItWas(_) => self.error,
            Now::Unsure(now) => Fault::Unsure {
                error: self.error,
                now,
            }
            .into(),
        }
    }
}

impl<'a> Ready<'a> {
    /// What the new file holds.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// What the new file will not have of the old one.
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The file that is replaced; no link.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the new file its name.
    ///
    /// # Errors
    /// See [`NotPut`].
    pub fn put(mut self) -> Result<(), NotPut<'a>> {
        if let Some(held) = self.held.take() {
            // A process that is just being started may have it open as well, and with it the lock.
            let _where_supported = held.unlock();
        }
        let before = Stamp::of(&self.path).ok();
        match self.temp.persist(&self.path) {
            Ok(()) => is_put(&self.path, self.bytes),
            Err(failed) => {
                self.temp = failed.path;
                self.look(failed.error, before)
            }
        }
    }

    /// The rename failed; what is there now? The file is opened to see that: of one that a share has
    /// taken away the system goes on to tell the metadata for a while.
    fn look(self, error: io::Error, before: Option<Stamp>) -> Result<(), NotPut<'a>> {
        let opened = File::open(&self.path);
        let now = match &opened {
            Ok(file) => file.metadata().and_then(|it| Stamp::from(&it)),
            // It may be written, but not read, or not now.
            Err(denied) if denied.kind() == io::ErrorKind::PermissionDenied || is_held(denied) => {
                Stamp::of(&self.path)
            }
            Err(other) => Err(other.kind().into()),
        };
        match (now, before) {
            (Ok(now), Some(before)) if now == before => Err(self.unchanged(error)),
            (Err(missing), None) if missing.kind() == io::ErrorKind::NotFound => {
                Err(self.unchanged(error))
            }
            (Err(missing), Some(_)) if missing.kind() == io::ErrorKind::NotFound => {
                self.put_back(error)
            }
            (Ok(_), _) => match opened.and_then(|mut file| holds(&mut file, self.bytes)) {
                Ok(true) => is_put(&self.path, self.bytes),
                // Somebody else's, or half of something.
                _ => Err(self.unclear(error)),
            },
            (Err(_), _) => Err(self.unclear(error)),
        }
    }

    fn unchanged(self, error: io::Error) -> NotPut<'a> {
        NotPut {
            error,
            now: Now::AsItWas(Box::new(self)),
        }
    }

    fn unclear(self, error: io::Error) -> NotPut<'a> {
        NotPut {
            error,
            now: Now::Unsure(Unsure::Unclear(keep(self.temp))),
        }
    }

    /// The share has taken the old file away and not given its name to the new one. Now nothing is
    /// in the way of that; or else the content is written once more, under the name itself.
    fn put_back(self, error: io::Error) -> Result<(), NotPut<'a>> {
        let temp = match self.temp.persist(&self.path) {
            Ok(()) => return is_put(&self.path, self.bytes),
            Err(failed) => failed.path,
        };
        if write_new(&self.path, self.bytes, self.old.as_ref()).is_ok() {
            return is_put(&self.path, self.bytes);
        }
        let holds = Some(keep(temp)).filter(|holds| holds.exists());
        Err(NotPut {
            error,
            now: Now::Unsure(Unsure::Gone(holds)),
        })
    }
}

/// Whether another program holds the file, which it may let go of soon.
pub(super) fn is_held(error: &io::Error) -> bool {
    // Windows: 5 access denied, when a rename meets a file that is open; the folder let the temp
    // file in, so it is no matter of permission. 32 sharing violation, 33 lock violation.
    let held_on_windows = cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33));
    let held_elsewhere = matches!(
        error.kind(),
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy
    );
    held_on_windows || held_elsewhere
}

/// The new content is in its place; now it has to stay there.
fn is_put<'a>(path: &Path, bytes: &[u8]) -> Result<(), NotPut<'a>> {
    folder::sync(folder::of(path)).map_err(|error| NotPut {
        error,
        now: Now::Unsure(Unsure::NotSynced(Fingerprint::of(bytes))),
    })
}

/// Leaves a temp file on the disk.
fn keep(mut temp: TempPath) -> PathBuf {
    temp.disable_cleanup(true);
    temp.to_path_buf()
}

/// Writes a file where none is; what could not be written whole is taken away again.
fn write_new(path: &Path, bytes: &[u8], old: Option<&Old>) -> io::Result<()> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    // What is lost was told of the temp file already.
    let _told = old.map(|old| old.give(&file));
    write_whole(&mut file, path, bytes).inspect_err(|_| {
        let _stays = fs::remove_file(path);
    })
}

/// A temp file in the folder of the file that is written.
fn new_temp(
    path: &Path,
    replaced: Option<&Path>,
    readers: Readers,
) -> io::Result<(File, TempPath)> {
    let (begin, end) = temp_name(replaced);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&begin).suffix(end);
    // Nobody else reads it until it has the mode of the file that it replaces. Where there is none,
    // it gets what the umask leaves, as from any other program.
    #[cfg(unix)]
    if replaced.is_none() && readers == Readers::Usual {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    let temp = builder.tempfile_in(folder::of(path)).map_err(bare)?;
    // Says to a sweep that this process is alive; where locks are unsupported, its age says so.
    let _where_supported = temp.as_file().try_lock();
    Ok(temp.into_parts())
}

/// What the system said, without the temp file's path that tempfile adds.
fn bare(error: io::Error) -> io::Error {
    let source = error.get_ref().and_then(|added| added.source());
    let source = source.and_then(|source| source.downcast_ref::<io::Error>());
    match source.and_then(io::Error::raw_os_error) {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error,
    }
}

/// The file that a link, or a chain of links, stands for. A link to nothing yet is followed too.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..40 {
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.file_type().is_symlink() => {
                let target = fs::read_link(&path)?;
                path = path.parent().unwrap_or(Path::new("")).join(target);
            }
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(path),
            // A link that cannot be looked at must not be replaced by a file.
            Err(error) => return Err(error),
        }
    }
    Err(Fault::Circle.into())
}
