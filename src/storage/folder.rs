//! What is done with folders: reading what is in them, making private ones, syncing them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The folder that a file is in.
pub(super) fn of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// What is in a folder, in no order.
///
/// # Errors
/// When it cannot be read. What closing it says is no error: the list is there by then. The
/// standard library panics on it instead.
#[cfg(unix)]
pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    let listing = rustix::fs::Dir::new(fs::File::open(folder)?)?;
    let mut entries = Vec::new();
    for entry in listing {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        if name != "." && name != ".." {
            entries.push(folder.join(name));
        }
    }
    Ok(entries)
}

/// What is in a folder, in no order.
///
/// # Errors
/// When it cannot be read.
#[cfg(not(unix))]
pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

/// Makes a folder that only this user can look into, where the system knows such a thing; one that
/// is there already is made private.
pub(super) fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder)?.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

/// Removes a folder with the files in it. The standard library's own way panics on what closing
/// the folder may say.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    for path in entries(folder)? {
        fs::remove_file(path)?;
    }
    fs::remove_dir(folder)
}

/// Makes a new name in a folder outlive a power cut, where the place offers that.
#[cfg(unix)]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    let folder = match fs::File::open(folder) {
        // One may write to it, but not look into it.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(()),
        opened => opened?,
    };
    match folder.sync_all() {
        Err(error) if is_unknown(&error) => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
pub(super) fn sync(_folder: &Path) -> io::Result<()> {
    // Windows has no way to sync a folder; the rename itself is journalled by NTFS.
    Ok(())
}

/// Whether a place says that it has no such thing, rather than that it failed.
#[cfg(unix)]
fn is_unknown(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let unknown = [
        Errno::OPNOTSUPP,
        Errno::NOSYS,
        Errno::INVAL,
        Errno::NOTTY,
        Errno::PERM,
    ];
    error
        .raw_os_error()
        .is_some_and(|code| unknown.contains(&Errno::from_raw_os_error(code)))
}
