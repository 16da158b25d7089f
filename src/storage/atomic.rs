//! Replacing a file so that it is the old or the new one, whole, whatever happens.
//!
//! Temp file in the same folder, written, synced, read back, renamed over, folder synced. Mode
//! and owner of the old file are kept; a symbolic link stays one, its target is replaced.
//! What to say when it fails is the caller's.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

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
    let path = follow_links(path)?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
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
    let mut temp = new_temp(folder, old.is_some())?;
    // Before anything is in it: who may not read the old file may not read this one either.
    if let Some(old) = &old {
        keep_mode_and_owner(temp.as_file(), old)?;
    }
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
    temp.persist(&path).map_err(|error| error.error)?;
    sync_folder(folder)
}

fn new_temp(folder: &Path, replaces: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".furikaeri-").suffix(".tmp");
    // Nobody else reads it until it has the mode of the file that it replaces. Where there is none,
    // it gets what the umask leaves, as from any other program.
    #[cfg(unix)]
    if !replaces {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = replaces;
    builder.tempfile_in(folder)
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
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("シンボリックリンクが循環しています"))
}

#[cfg(unix)]
fn keep_mode_and_owner(file: &File, old: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // Only root may give a file away. Its group can be kept more often than its owner.
        let kept = fchown(file, Some(old.uid()), Some(old.gid()));
        if kept.is_err() {
            let _group_kept = fchown(file, None, Some(old.gid()));
        }
    }
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn keep_mode_and_owner(_file: &File, _old: &fs::Metadata) -> io::Result<()> {
    // A new file takes its access list from the folder; there is no mode to keep.
    Ok(())
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
