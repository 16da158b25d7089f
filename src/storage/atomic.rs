//! Replacing a file so that it is the old or the new one, whole, whatever happens.
//!
//! Temp file in the same folder, written, synced, read back, renamed over, folder synced. Mode
//! and owner of the old file are kept; a symbolic link stays one, its target is replaced. A file
//! with several names (hard links) is replaced under this one only: writing through all of them
//! could not be whole or not at all, so it is said instead. What to say when it fails is the
//! caller's.

use std::{
    ffi::OsStr,
    fs::{self, DirEntry, File, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tempfile::NamedTempFile;

/// How the name of every temp file begins and ends.
const TEMP: (&str, &str) = (".furikaeri-", ".tmp");

/// No save takes that long: what is older and has no living process was left by a dead one.
const DEAD_AFTER: Duration = Duration::from_secs(60 * 60);

/// What the new file does not have of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Loss {
    #[error("ファイルの持ち主を引き継げませんでした。持ち主は、保存した人に変わっています。")]
    Owner,
    #[error(
        "このファイルには別の名前（ハードリンク）もあります。別の名前のほうは、前の内容のまま残っています。"
    )]
    OtherNames,
}

/// A new file, whole and safe on the disk, that only needs its name.
#[derive(Debug)]
pub struct Ready {
    temp: NamedTempFile,
    path: PathBuf,
    losses: Vec<Loss>,
}

/// The new file did not get its name, or not surely.
#[derive(Debug)]
pub struct NotPut {
    pub error: io::Error,
    /// What can be tried again. `None` when the new file is in its place, but may not survive a
    /// power cut: the folder could not be synced.
    pub again: Option<Ready>,
}

/// Puts `bytes` in the file at `path`; `check` is given the bytes read back from the disk and
/// may still refuse.
///
/// # Errors
/// Any fault before the rename leaves the old file as it was and no temp file behind. A fault of
/// the last step, syncing the folder, is reported too: the new file is whole, but may not
/// survive a power cut.
pub fn replace(
    path: &Path,
    bytes: &[u8],
    check: impl FnOnce(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let ready = prepare(path, bytes, check)?;
    ready.put().map_err(|not_put| not_put.error)
}

/// Everything but the last step: the old file is still in its place.
///
/// # Errors
/// Any fault leaves the old file as it was and no temp file behind.
pub fn prepare(
    path: &Path,
    bytes: &[u8],
    check: impl FnOnce(&[u8]) -> io::Result<()>,
) -> io::Result<Ready> {
    let path = follow_links(path)?;
    let old = match fs::metadata(&path) {
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    // Renaming would replace even a write-protected file; the protection is meant, so it holds.
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut temp = new_temp(folder_of(&path), old.is_some())?;
    // Before anything is in it: who may not read the old file may not read this one either.
    let losses = match &old {
        Some(old) => keep_mode_and_owner(temp.as_file(), old)?,
        None => Vec::new(),
    };
    temp.write_all(bytes)?;
    temp.as_file().sync_all()?;
    let mut written = Vec::with_capacity(bytes.len());
    temp.rewind()?;
    temp.read_to_end(&mut written)?;
    if written != bytes {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "書いた内容と読み返した内容が違います",
        ));
    }
    check(&written)?;
    Ok(Ready { temp, path, losses })
}

impl Ready {
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
    /// See [`NotPut`]; dropping what can be tried again takes it off the disk.
    pub fn put(self) -> Result<(), NotPut> {
        let Self { temp, path, losses } = self;
        // On Windows nobody could read the new file as long as this process holds it.
        let _where_supported = temp.as_file().unlock();
        match temp.persist(&path) {
            Ok(_) => sync_folder(folder_of(&path)).map_err(|error| NotPut { error, again: None }),
            Err(failed) => Err(NotPut {
                error: failed.error,
                again: Some(Self {
                    temp: failed.file,
                    path,
                    losses,
                }),
            }),
        }
    }
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Removes the temp files that dead saves left in a folder: this program's, an hour old, not held
/// by a living process. Returns how many; what cannot be looked at stays.
pub fn sweep(folder: &Path, now: SystemTime) -> usize {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .filter(|entry| is_temp_name(&entry.file_name()) && is_dead(entry, now))
        .filter(|entry| fs::remove_file(entry.path()).is_ok())
        .count()
}

/// A name that [`sweep`] takes for a temp file's; `middle` is of ASCII letters and digits.
pub(super) fn temp_name(middle: &str) -> String {
    let (begin, end) = TEMP;
    format!("{begin}{middle}{end}")
}

fn is_temp_name(name: &OsStr) -> bool {
    let (begin, end) = TEMP;
    let middle = name
        .to_str()
        .and_then(|name| name.strip_prefix(begin)?.strip_suffix(end));
    middle.is_some_and(|middle| middle.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn is_dead(entry: &DirEntry, now: SystemTime) -> bool {
    let Ok(metadata) = entry.metadata() else {
        return false;
    };
    let age = metadata.modified().map(|then| now.duration_since(then));
    let is_old = matches!(age, Ok(Ok(age)) if age >= DEAD_AFTER);
    if !is_old || !metadata.is_file() {
        return false;
    }
    match File::open(entry.path()).map(|file| file.try_lock()) {
        Ok(Err(TryLockError::WouldBlock)) | Err(_) => false,
        // Where locks are unsupported, the age has to do.
        Ok(Ok(()) | Err(TryLockError::Error(_))) => true,
    }
}

fn new_temp(folder: &Path, replaces: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMP.0).suffix(TEMP.1);
    // Nobody else reads it until it has the mode of the file that it replaces. Where there is none,
    // it gets what the umask leaves, as from any other program.
    #[cfg(unix)]
    if !replaces {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = replaces;
    let temp = builder.tempfile_in(folder)?;
    // Says to a sweep that this process is alive; where locks are unsupported, its age says so.
    let _where_supported = temp.as_file().try_lock();
    Ok(temp)
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
    Err(io::Error::other("シンボリックリンクが循環しています"))
}

#[cfg(unix)]
fn keep_mode_and_owner(file: &File, old: &fs::Metadata) -> io::Result<Vec<Loss>> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let mut losses = Vec::new();
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // Only root may give a file away. Its group can be kept more often than its owner.
        let kept = fchown(file, Some(old.uid()), Some(old.gid()));
        if kept.is_err() {
            losses.push(Loss::Owner);
            let _group_kept = fchown(file, None, Some(old.gid()));
        }
    }
    if old.nlink() > 1 {
        losses.push(Loss::OtherNames);
    }
    file.set_permissions(old.permissions())?;
    Ok(losses)
}

#[cfg(not(unix))]
fn keep_mode_and_owner(_file: &File, _old: &fs::Metadata) -> io::Result<Vec<Loss>> {
    // A new file takes its access list from the folder; there is no mode to keep.
    Ok(Vec::new())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network file systems cannot sync a folder; the rename is all they offer.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    // Windows has no way to sync a folder; the rename itself is journalled by NTFS.
    Ok(())
}
