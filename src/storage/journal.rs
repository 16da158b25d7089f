//! Unsaved work, kept in the user's local data folder until it is saved, so that a crash or a
//! power cut loses at most the last few seconds.
//!
//! A session, one open plan of one process, is a folder that nobody but this user can look into:
//! `alive`, locked by the system as long as the process lives; `base.ron`, the plan as it was opened, for a merge when the file has changed
//! meanwhile; `work.ron`, the plan as it is now. The work is a plan's file that any furikaeri
//! opens, with two lines of comment on top: whose it is, and the steps that can be undone.
//! When to write, and what to ask the user afterwards, is the caller's.

use std::{
    fs::{self, File, TryLockError},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::plan::{Id, Plan};

use super::{
    atomic, backups,
    fingerprint::Fingerprint,
    folder,
    format::{self, ReadError},
};

const ALIVE: &str = "alive";
const BASE: &str = "base.ron";
const WORK: &str = "work.ron";

const HEAD: &str = "// furikaeri の控え ";
const STEPS: &str = "// 手順 ";

/// A path and a few numbers; what is much longer is no head.
const LONGEST_HEAD: u64 = 64 * 1024;

/// An edit in a group in a step nests 20 levels deep; a group in a group a few more.
const STEP_DEPTH: usize = 64;

/// What a plan is known by as long as it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// Its file's absolute path. Of a name that is not Unicode, what is not comes back as U+FFFD.
    File(PathBuf),
    /// A plan that was never saved.
    Unsaved(Id),
}

/// The first line of the work. A field that is added later must have a default.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    file: Option<String>,
    unsaved: Option<Id>,
    base: Option<Fingerprint>,
    process: u32,
    when: Timestamp,
}

impl Head {
    fn identity(&self) -> Option<Identity> {
        let file = self.file.as_ref().map(|file| Identity::File(file.into()));
        file.or(self.unsaved.map(Identity::Unsaved))
    }
}

/// The unsaved work of one open plan. Dropping it leaves the work on the disk, as dying does;
/// [`Journal::close`] is the end of a plan whose work is safe.
///
/// Nothing in it changes and nothing waits for a lock: a panic hook may write too.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    identity: Identity,
    base: Option<Fingerprint>,
    _alive: Held,
}

/// Unsaved work that a dead process left. Held as long as the value lives, so that two programs
/// that start at once do not both offer it.
#[derive(Debug)]
pub struct Leftover {
    folder: PathBuf,
    _held: Option<Held>,
}

/// A file that is locked until the value is dropped or the process dies.
#[derive(Debug)]
struct Held(File);

impl Drop for Held {
    /// Closing the file is not enough: a process that is just being started has its parent's files
    /// open until it becomes another program, and the lock would last as long.
    fn drop(&mut self) {
        let _where_supported = self.0.unlock();
    }
}

/// Unsaved work that was found.
#[derive(Debug, Clone)]
pub struct Recovered<S> {
    pub identity: Identity,
    /// What the file was when it was opened; `None` for a plan without a file.
    pub fingerprint: Option<Fingerprint>,
    /// The plan as it was opened; `None` where it is damaged. The work is whole none the less.
    pub base: Option<Plan>,
    pub plan: Plan,
    /// Steps that can be undone, the oldest first; empty where they are damaged.
    pub steps: Vec<S>,
    /// When it was written.
    pub when: Timestamp,
}

/// A leftover that cannot be read. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error("残っていた編集内容を読めませんでした。{reason}\nほかのファイルには影響ありません。\n{}", path.display())]
pub struct LeftoverError {
    pub path: PathBuf,
    pub reason: LeftoverReason,
}

#[derive(Debug, thiserror::Error)]
pub enum LeftoverReason {
    #[error("読み込み中に失敗しました（{0}）。")]
    Io(#[from] io::Error),
    #[error("どのファイルのものか分かりません。")]
    Head,
    #[error("{0}")]
    Plan(#[from] ReadError),
}

pub(super) fn sessions(local: &Path) -> PathBuf {
    local.join("recovery")
}

impl Journal {
    /// Begins a session below the local data folder. `base` is the plan as it was opened, and
    /// `fingerprint` that of its file.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn open(
        local: &Path,
        identity: Identity,
        base: &Plan,
        fingerprint: Option<Fingerprint>,
    ) -> io::Result<Self> {
        let (folder, alive) = new_session(&sessions(local), &identity)?;
        let bytes = format::write(base).map_err(io::Error::other)?;
        atomic::replace_private(&folder.join(BASE), &bytes)?;
        Ok(Self {
            folder,
            identity,
            base: fingerprint,
            _alive: alive,
        })
    }

    /// Puts the plan in the place of what was written before, with the steps that can be undone,
    /// the oldest first.
    ///
    /// # Errors
    /// When it cannot be written; what was written before is then whole.
    pub fn write<S: Serialize>(&self, plan: &Plan, steps: &[S], when: Timestamp) -> io::Result<()> {
        let (file, unsaved) = match &self.identity {
            Identity::File(path) => (Some(path.to_string_lossy().into_owned()), None),
            Identity::Unsaved(id) => (None, Some(*id)),
        };
        let head = Head {
            file,
            unsaved,
            base: self.base,
            process: std::process::id(),
            when,
        };
        let head = one_line(&head).map_err(io::Error::other)?;
        // Work without its steps is better than none.
        let steps = one_line(steps).unwrap_or_default();
        let mut bytes = format!("{HEAD}{head}\n{STEPS}{steps}\n").into_bytes();
        bytes.extend(format::write(plan).map_err(io::Error::other)?);
        atomic::replace_private(&self.folder.join(WORK), &bytes)
    }

    /// Takes back what was written: the plan on screen is what is saved. The session goes on.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        remove(&self.folder.join(WORK))
    }

    /// Ends the session and leaves nothing behind.
    ///
    /// # Errors
    /// When the work cannot be removed; it would be offered at the next start.
    pub fn close(self) -> io::Result<()> {
        self.clear()?;
        // On Windows an open file keeps its folder. What stays is swept with the next leftovers.
        drop(self._alive);
        let _swept_later = folder::remove(&self.folder);
        Ok(())
    }
}

/// A line break in a text is written as `\n`, so the whole value is one line.
fn one_line<T: Serialize + ?Sized>(value: &T) -> ron::Result<String> {
    let options = ron::Options::default().with_recursion_limit(STEP_DEPTH);
    options.to_string(value)
}

fn from_line<T: DeserializeOwned>(line: &str) -> Option<T> {
    let options = ron::Options::default().with_recursion_limit(STEP_DEPTH);
    options.from_str(line).ok()
}

fn head_of(line: &str) -> Option<Head> {
    from_line(line.strip_prefix(HEAD)?)
}

/// A new folder with its lock. Another program that looks for leftovers may take the folder away
/// before it is locked; then another one has to be made.
fn new_session(sessions: &Path, identity: &Identity) -> io::Result<(PathBuf, Held)> {
    folder::create_private(sessions)?;
    let key = match identity {
        Identity::File(path) => backups::key(path).to_string(),
        Identity::Unsaved(id) => id.to_string(),
    };
    let prefix = format!("{key}-{}-", std::process::id());
    let mut fault = io::Error::from(io::ErrorKind::WouldBlock);
    for _ in 0..5 {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.prefix(&prefix).tempdir_in(sessions)?;
        match create_private(&folder.path().join(ALIVE)) {
            Ok(alive) => {
                let is_taken = matches!(alive.try_lock(), Err(TryLockError::WouldBlock));
                if !is_taken && folder.path().join(ALIVE).exists() {
                    return Ok((folder.keep(), Held(alive)));
                }
            }
            Err(error) => fault = error,
        }
    }
    Err(fault)
}

/// A new file that only this user can read, where the system knows such a thing.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// What dead processes left below the local data folder; empty sessions are swept on the way.
/// What cannot be looked at is left where it is.
pub fn leftovers(local: &Path) -> Vec<Leftover> {
    let folders = folder::entries(&sessions(local)).unwrap_or_default();
    folders.into_iter().filter_map(leftover).collect()
}

/// The work in a session's folder, unless a process lives that keeps it.
pub(super) fn leftover(folder: PathBuf) -> Option<Leftover> {
    let held = match File::options().write(true).open(folder.join(ALIVE)) {
        Ok(alive) => match alive.try_lock() {
            Err(TryLockError::WouldBlock) => return None,
            Ok(()) => Some(Held(alive)),
            // Without locks nobody knows. Offering the work twice loses nothing.
            Err(TryLockError::Error(_)) => None,
        },
        Err(_) => None,
    };
    if folder.join(WORK).exists() {
        return Some(Leftover {
            folder,
            _held: held,
        });
    }
    if held.is_some() {
        let _tried_again_next_time = folder::remove(&folder);
    } else {
        // Only an empty folder goes.
        let _stays = fs::remove_dir(folder);
    }
    None
}

impl Leftover {
    /// The file with the work in it; any furikaeri opens it as a plan.
    pub fn path(&self) -> PathBuf {
        self.folder.join(WORK)
    }

    /// Whether no process can be at it. Where a place knows no locks, nobody can tell.
    pub(super) fn is_surely_dead(&self) -> bool {
        self._held.is_some() || !self.folder.join(ALIVE).exists()
    }

    /// Whose work it is, if it says so.
    pub(super) fn identity(&self) -> Option<Identity> {
        let mut line = String::new();
        let file = File::open(self.path()).ok()?;
        let mut head = BufReader::new(file.take(LONGEST_HEAD));
        head.read_line(&mut line).ok()?;
        head_of(&line)?.identity()
    }

    /// Reads the work, the steps as the `S` that they were written from.
    ///
    /// # Errors
    /// See [`LeftoverReason`]; nothing is changed.
    pub fn read<S: DeserializeOwned>(&self) -> Result<Recovered<S>, LeftoverError> {
        self.read_work().map_err(|reason| LeftoverError {
            path: self.path(),
            reason,
        })
    }

    fn read_work<S: DeserializeOwned>(&self) -> Result<Recovered<S>, LeftoverReason> {
        let bytes = fs::read(self.path())?;
        let plan = format::read(&bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.lines();
        let head = lines.next().and_then(head_of);
        let head = head.ok_or(LeftoverReason::Head)?;
        let steps = lines
            .next()
            .and_then(|line| from_line(line.strip_prefix(STEPS)?));
        let identity = head.identity().ok_or(LeftoverReason::Head)?;
        let base = fs::read(self.folder.join(BASE)).ok();
        Ok(Recovered {
            identity,
            fingerprint: head.base,
            base: base.and_then(|bytes| format::read(&bytes).ok()),
            plan,
            steps: steps.unwrap_or_default(),
            when: head.when,
        })
    }

    /// Removes it for good.
    ///
    /// # Errors
    /// When the work cannot be removed.
    pub fn discard(self) -> io::Result<()> {
        remove(&self.path())?;
        drop(self._held);
        let _swept_later = folder::remove(&self.folder);
        Ok(())
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
