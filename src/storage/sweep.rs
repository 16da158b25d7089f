//! Temp files: how they are named, and which of them a dead save has left.
//!
//! The temp file of a save that replaces a file tells by its name which one that is. It is taken
//! away only where that file is there: on some shares the old file can be gone before the new one
//! has its name, and then the temp file is all that is left of it.

use std::{
    ffi::OsStr,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::{fingerprint::Fingerprint, folder};

/// How the name of every temp file begins and ends.
const BEGIN: &str = ".furikaeri-";
const END: &str = ".tmp";

/// No save takes that long: what is older and has no living process was left by a dead one.
const DEAD_AFTER: Duration = Duration::from_secs(60 * 60);

/// The name of a temp file without its random part: how it begins, and how it ends.
pub(super) fn temp_name(replaced: Option<&Path>) -> (String, &'static str) {
    match replaced.and_then(Path::file_name) {
        Some(name) => (format!("{BEGIN}{}-", key(name)), END),
        None => (BEGIN.to_owned(), END),
    }
}

/// The name of the file that says whose turn it is to replace a file of this name. A sweep takes
/// it for a temp file.
pub(super) fn turn_name(of: &OsStr) -> String {
    format!("{BEGIN}{}{END}", key(of))
}

fn key(name: &OsStr) -> Fingerprint {
    Fingerprint::of(name.as_encoded_bytes())
}

/// Removes the temp files that dead saves left in a folder: this program's, an hour old, not held
/// by a living process, and not what may be all that is left of a file. Returns how many; what
/// cannot be looked at stays.
pub fn sweep(folder: &Path, now: SystemTime) -> usize {
    let Ok(entries) = folder::entries(folder) else {
        return 0;
    };
    let is_there = |key: Fingerprint| {
        let mut names = entries.iter().filter_map(|path| path.file_name());
        names.any(|name| self::key(name) == key)
    };
    let is_needless = |path: &&PathBuf| match replaced_by(path) {
        None => false,
        Some(None) => is_dead(path, now),
        Some(Some(key)) => is_dead(path, now) && is_there(key),
    };
    let needless = entries.iter().filter(is_needless);
    needless
        .filter(|path| fs::remove_file(path).is_ok())
        .count()
}

/// The temp files in the folder of a file that were to replace it, the newest last; for a file that
/// is not there they are what is left of it.
pub fn left_of(file: &Path) -> Vec<PathBuf> {
    let Some(name) = file.file_name() else {
        return Vec::new();
    };
    let key = key(name);
    let entries = folder::entries(folder::of(file)).unwrap_or_default();
    let mut left: Vec<PathBuf> = entries
        .into_iter()
        .filter(|path| replaced_by(path) == Some(Some(key)))
        .collect();
    left.sort_by_cached_key(|path| fs::metadata(path).and_then(|it| it.modified()).ok());
    left
}

/// Of a temp file: the name that it was to replace, as far as it tells.
fn replaced_by(path: &Path) -> Option<Option<Fingerprint>> {
    let name = path.file_name()?.to_str()?;
    let middle = name.strip_prefix(BEGIN)?.strip_suffix(END)?;
    let is_random = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match middle.split_once('-') {
        None => is_random(middle).then_some(None),
        Some((key, random)) => is_random(random).then(|| key.parse().ok().map(Some))?,
    }
}

fn is_dead(path: &Path, now: SystemTime) -> bool {
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return false;
    };
    let age = metadata.modified().map(|then| now.duration_since(then));
    let is_old = matches!(age, Ok(Ok(age)) if age >= DEAD_AFTER);
    if !is_old || !metadata.is_file() {
        return false;
    }
    match File::open(path).map(|file| file.try_lock()) {
        Ok(Err(TryLockError::WouldBlock)) | Err(_) => false,
        // Where locks are unsupported, the age has to do.
        Ok(Ok(()) | Err(TryLockError::Error(_))) => true,
    }
}
