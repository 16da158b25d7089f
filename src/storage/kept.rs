//! What is kept on this PC besides the plans themselves, to be seen and removed: backups, and
//! unsaved work that a dead process left. What a living process keeps is not among it.

use std::{
    collections::BTreeMap,
    fs, io,
    ops::AddAssign,
    path::{Path, PathBuf},
};

use super::{
    Fingerprint, backups, folder,
    journal::{self, Identity, Leftover},
};

/// So many, and so large together.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    pub count: usize,
    pub bytes: u64,
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.bytes += other.bytes;
    }
}

/// What is kept of one plan, as it was when it was looked at.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The plan's file, if it is known; a plan that was never saved has none.
    pub file: Option<PathBuf>,
    /// Earlier contents of the file.
    pub backups: Amount,
    /// Unsaved work; each is offered at the next start.
    pub work: Amount,
    shelves: Vec<PathBuf>,
    sessions: Vec<PathBuf>,
}

/// Something that is kept could not be removed.
#[derive(Debug, thiserror::Error)]
#[error("控えの一部を消せませんでした（{error}）。計画のファイルには手を加えていません。\n{}", path.display())]
pub struct NotRemoved {
    pub path: PathBuf,
    pub error: io::Error,
}

/// What is kept of this plan's file below the local data folder.
pub fn of(local: &Path, file: &Path) -> Kept {
    let kept = by_plan(local).remove(&backups::key(file).to_string());
    Kept {
        file: Some(file.to_owned()),
        ..kept.unwrap_or_default()
    }
}

/// What is kept of each plan below the local data folder, of the largest first.
pub fn all(local: &Path) -> Vec<Kept> {
    let mut all: Vec<Kept> = by_plan(local).into_values().collect();
    all.sort_by_key(|kept| std::cmp::Reverse(kept.total().bytes));
    all
}

impl Kept {
    /// All of it together.
    pub fn total(&self) -> Amount {
        let mut total = self.backups;
        total += self.work;
        total
    }

    /// Removes it for good, but no work that a process has taken up meanwhile.
    ///
    /// # Errors
    /// When something stays; as much as could be removed is gone.
    pub fn remove(self) -> Result<(), NotRemoved> {
        let shelves = self.shelves.into_iter();
        let shelves = shelves.map(|shelf| (folder::remove(&shelf), shelf));
        let sessions = self.sessions.into_iter().map(|session| {
            let discarded = dead(session.clone()).map_or(Ok(()), Leftover::discard);
            (discarded, session)
        });
        let mut first = None;
        for (removed, path) in shelves.chain(sessions) {
            match removed {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    first = first.or(Some(NotRemoved { path, error }));
                }
                _ => {}
            }
        }
        first.map_or(Ok(()), Err)
    }
}

/// By what a plan is known in the names of the folders.
fn by_plan(local: &Path) -> BTreeMap<String, Kept> {
    let mut plans: BTreeMap<String, Kept> = BTreeMap::new();
    for shelf in folder::entries(&backups::shelves(local)).unwrap_or_default() {
        let Some(key) = name_of(&shelf).filter(|name| name.parse::<Fingerprint>().is_ok()) else {
            continue;
        };
        let kept = plans.entry(key.to_owned()).or_default();
        kept.file = backups::whose(&shelf);
        for backup in backups::in_folder(&shelf) {
            kept.backups += Amount {
                count: 1,
                bytes: backup.bytes,
            };
        }
        kept.shelves.push(shelf);
    }
    for session in folder::entries(&journal::sessions(local)).unwrap_or_default() {
        let key = name_of(&session).and_then(|name| name.split('-').next());
        let (Some(key), Some(leftover)) = (key, dead(session.clone())) else {
            continue;
        };
        let kept = plans.entry(key.to_owned()).or_default();
        kept.work += Amount {
            count: 1,
            bytes: size_of(&session),
        };
        if let (None, Some(Identity::File(file))) = (&kept.file, leftover.identity()) {
            kept.file = Some(file);
        }
        kept.sessions.push(session);
    }
    plans
}

/// Work of a process that is surely dead.
fn dead(session: PathBuf) -> Option<Leftover> {
    journal::leftover(session).filter(Leftover::is_surely_dead)
}

fn name_of(folder: &Path) -> Option<&str> {
    folder.file_name()?.to_str()
}

fn size_of(folder: &Path) -> u64 {
    let files = folder::entries(folder).unwrap_or_default();
    let sizes = files.iter().filter_map(|file| fs::metadata(file).ok());
    sizes.map(|metadata| metadata.len()).sum()
}
