//! What a file held before a save replaced it, kept in the user's local data folder: never on the
//! share, where it would be in everybody's way.
//!
//! A file's backups are in a folder of their own, each named by when it was replaced and what it
//! holds: `20211031T143200.000Z-<fingerprint>.ron`; `file.txt` beside them says whose they are. Of
//! one file the 10 most recent are kept, then one a day, then one a month; of all files together,
//! what a budget allows. Nobody but this user can read them.

use std::{
    cmp::Reverse,
    collections::HashSet,
    fs, io,
    path::{Component, Path, PathBuf},
};

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

use super::{
    atomic,
    files::{self, OpenError, Opened},
    fingerprint::Fingerprint,
    folder,
};

/// So many are kept whatever their age.
const RECENT: usize = 10;
/// For so many days before the newest, one a day is kept; before that, one a month.
const DAYS: i32 = 31;
/// For all files together; about 500 backups of a plan of 500 initiatives.
pub const BUDGET: u64 = 200 * 1024 * 1024;

/// `20211031T143200.123Z`; jiff reads it as a timestamp.
const TIME: &str = "%Y%m%dT%H%M%S.%3fZ";

/// Holds the path of the file that the backups beside it are of.
const WHOSE: &str = "file.txt";

/// The backups of all files of one user on one PC.
#[derive(Debug, Clone)]
pub struct Backups {
    folder: PathBuf,
    budget: u64,
}

/// An earlier content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// When it was replaced by a later one.
    pub when: Timestamp,
    pub bytes: u64,
    pub fingerprint: Fingerprint,
    pub path: PathBuf,
}

impl Backup {
    fn at(path: PathBuf) -> Option<Self> {
        let stem = path.file_name()?.to_str()?.strip_suffix(".ron")?;
        let (when, fingerprint) = stem.split_once('-')?;
        Some(Self {
            when: when.parse().ok()?,
            bytes: fs::metadata(&path).ok()?.len(),
            fingerprint: fingerprint.parse().ok()?,
            path,
        })
    }

    /// Opens it as a plan.
    ///
    /// # Errors
    /// As for any other file; see [`OpenError`].
    pub fn open(&self) -> Result<Opened, OpenError> {
        files::open(&self.path)
    }
}

impl Backups {
    /// The backups in this local data folder; `budget` is in bytes, usually [`BUDGET`].
    pub fn below(local: &Path, budget: u64) -> Self {
        Self {
            folder: shelves(local),
            budget,
        }
    }

    /// The backups of a file, the newest first. None where none can be read.
    pub fn list(&self, file: &Path) -> Vec<Backup> {
        in_folder(&self.folder_for(file))
    }

    /// Keeps a file's content, which is about to be replaced, and lets go of what is too much. A
    /// content that is kept already only gets the later time.
    ///
    /// # Errors
    /// When it could not be kept. Letting go has no errors: the next time tries again.
    pub fn keep(&self, file: &Path, content: &[u8], now: &Zoned) -> io::Result<()> {
        let folder = self.folder_for(file);
        folder::create_private(&self.folder)?;
        folder::create_private(&folder)?;
        atomic::sweep(&folder, now.timestamp().into());
        let fingerprint = Fingerprint::of(content);
        let time = now.with_time_zone(TimeZone::UTC).strftime(TIME);
        let path = folder.join(format!("{time}-{fingerprint}.ron"));
        let known = in_folder(&folder);
        match known.iter().find(|known| known.fingerprint == fingerprint) {
            Some(known) => fs::rename(&known.path, &path)?,
            None => atomic::replace_private(&path, content)?,
        }
        let whose = folder.join(WHOSE);
        if !whose.exists() {
            // Only for people to read; the backups are found without it.
            let _nobody_knows =
                atomic::replace_private(&whose, plain(file).as_os_str().as_encoded_bytes());
        }
        self.let_go(&folder, &path, now.time_zone());
        Ok(())
    }

    fn let_go(&self, folder: &Path, newest: &Path, zone: &TimeZone) {
        let backups = in_folder(folder);
        let times: Vec<Timestamp> = backups.iter().map(|backup| backup.when).collect();
        for (backup, keep) in backups.iter().zip(kept(&times, zone)) {
            if !keep && backup.path != newest {
                let _next_time = fs::remove_file(&backup.path);
            }
        }
        let Ok(shelves) = folder::entries(&self.folder) else {
            return;
        };
        let shelves: Vec<Vec<Backup>> = shelves.iter().map(|at| in_folder(at)).collect();
        let sizes: Vec<Vec<(Timestamp, u64)>> = shelves
            .iter()
            .map(|shelf| shelf.iter().map(|b| (b.when, b.bytes)).collect())
            .collect();
        for (shelf, keep) in shelves.iter().zip(within(&sizes, self.budget)) {
            for backup in shelf.iter().skip(keep).filter(|b| b.path != newest) {
                let _next_time = fs::remove_file(&backup.path);
            }
        }
    }

    fn folder_for(&self, file: &Path) -> PathBuf {
        self.folder.join(key(file).to_string())
    }
}

/// Where the folders of all files are.
pub(super) fn shelves(local: &Path) -> PathBuf {
    local.join("backups")
}

/// A file is known by its absolute path, without asking the disk: where that is a share, it might
/// not answer.
pub(super) fn key(file: &Path) -> Fingerprint {
    Fingerprint::of(plain(file).as_os_str().as_encoded_bytes())
}

fn plain(file: &Path) -> PathBuf {
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// The file that the backups in a folder are of, if it says so.
pub(super) fn whose(folder: &Path) -> Option<PathBuf> {
    let path = fs::read(folder.join(WHOSE)).ok()?;
    Some(PathBuf::from(String::from_utf8_lossy(&path).into_owned()))
}

/// The backups in one folder, the newest first.
pub(super) fn in_folder(folder: &Path) -> Vec<Backup> {
    let paths = folder::entries(folder).unwrap_or_default();
    let mut backups: Vec<Backup> = paths.into_iter().filter_map(Backup::at).collect();
    backups.sort_by_key(|backup| Reverse(backup.when));
    backups
}

/// Which of one file's backups are kept, for their times, the newest first: the 10 most recent,
/// then the last of each day for a month, then the last of each month. Days are those of `zone`.
pub fn kept(times: &[Timestamp], zone: &TimeZone) -> Vec<bool> {
    let Some(newest) = times.first() else {
        return Vec::new();
    };
    let newest = day_of(newest, zone);
    let mut days = HashSet::new();
    let mut months = HashSet::new();
    let of_its_kind = |(n, time): (usize, &Timestamp)| {
        let day = day_of(time, zone);
        // The recent ones stand for their day and their month as well.
        let first_of_day = days.insert(day);
        let first_of_month = months.insert((day.year(), day.month()));
        let is_late = newest.since(day).is_ok_and(|age| age.get_days() < DAYS);
        n < RECENT || first_of_month || (is_late && first_of_day)
    };
    times.iter().enumerate().map(of_its_kind).collect()
}

fn day_of(time: &Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(*time).date()
}

/// How many backups of each file fit in the budget together, for the time and the size in bytes of
/// each, the newest first. The oldest of the file that has the most goes first; among files with
/// as many, the oldest of all.
pub fn within(files: &[Vec<(Timestamp, u64)>], budget: u64) -> Vec<usize> {
    let mut counts: Vec<usize> = files.iter().map(Vec::len).collect();
    let mut total: u64 = files.iter().flatten().map(|(_, bytes)| bytes).sum();
    while total > budget {
        let oldest = |(file, count): (usize, &usize)| {
            let (time, bytes) = files.get(file)?.get(count.checked_sub(1)?)?;
            Some((*count, Reverse(*time), file, *bytes))
        };
        let Some((_, _, file, bytes)) = counts.iter().enumerate().filter_map(oldest).max() else {
            break;
        };
        total -= bytes;
        if let Some(count) = counts.get_mut(file) {
            *count -= 1;
        }
    }
    counts
}
