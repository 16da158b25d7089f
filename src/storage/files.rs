//! A plan's file: opening it, saving it, and what is said where that fails.

use std::path::{Path, PathBuf};

use crate::plan::Plan;

use super::{Fingerprint, atomic, awaited, format, reading};

pub use super::{
    reasons::{OpenReason, Outcome, SaveReason, save_reason},
    saving::{Attempt, Expected, Remark, Saved, put, save, save_over, save_with},
};

/// A plan as it was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    pub plan: Plan,
    pub fingerprint: Fingerprint,
}

/// A file could not be opened; it is as it was.
#[derive(Debug, thiserror::Error)]
#[error("開けませんでした。{reason}\nファイルには手を加えていません。\n{}", path.display())]
pub struct OpenError {
    pub path: PathBuf,
    pub reason: OpenReason,
}

/// A plan could not be saved. The plan on screen is untouched and still unsaved.
#[derive(Debug, thiserror::Error)]
#[error("{}{reason}\n編集中の内容はこの画面に残っています。\n{}", head(reason), path.display())]
pub struct SaveError {
    pub path: PathBuf,
    pub reason: SaveReason,
}

fn head(reason: &SaveReason) -> &'static str {
    match reason.outcome() {
        Outcome::Old | Outcome::Unsure => "保存できませんでした。",
        Outcome::New => "保存を終えられませんでした。",
    }
}

/// Opens a plan's file.
///
/// # Errors
/// See [`OpenReason`]. The file is never changed.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    let failed = |reason| OpenError {
        path: path.to_owned(),
        reason,
    };
    let bytes = reading::read(path).map_err(|error| {
        failed(match OpenReason::from(error) {
            OpenReason::NotFound => match atomic::left_of(path).pop() {
                Some(left) => OpenReason::Left(left),
                None => OpenReason::NotFound,
            },
            other => other,
        })
    })?;
    let plan = format::read(&bytes).map_err(|error| failed(error.into()))?;
    Ok(Opened {
        plan,
        fingerprint: Fingerprint::of(&bytes),
    })
}

/// The name under which a file is written, and whether one of that name is there: somebody is to be
/// asked before that is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub path: PathBuf,
    pub is_there: bool,
}

/// A name without an extension gets this one; another extension is what was wanted. Looks at the
/// disk, which may take its time on a share.
pub fn with_extension(path: &Path, extension: &str) -> Target {
    let path = match path.extension() {
        Some(_) => path.to_owned(),
        None => path.with_extension(extension),
    };
    awaited::touches_files();
    // A link to nothing would be written to as well.
    let is_there = path.symlink_metadata().is_ok();
    Target { path, is_there }
}

/// Whether two paths lead to one file that is there, by whatever links.
pub fn is_same(one: &Path, other: &Path) -> bool {
    awaited::touches_files();
    #[cfg(unix)]
    let identity = |path: &Path| {
        use std::os::unix::fs::MetadataExt;
        path.metadata().ok().map(|it| (it.dev(), it.ino()))
    };
    #[cfg(not(unix))]
    let identity = |path: &Path| path.canonicalize().ok();
    identity(one).is_some_and(|one| identity(other) == Some(one))
}
