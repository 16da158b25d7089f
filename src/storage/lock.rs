//! Who has a file open: a small file beside it, `~$計画.ron.lock`, held by the system as long as
//! the process lives. It is advice: nothing is ever refused because of it, and a dead process
//! never stands in anybody's way.
//!
//! The name begins as those of Office do, so that people know it and OneDrive, Dropbox and
//! Nextcloud do not copy it. What to do when somebody else has the file is the caller's.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Where the system cannot say who lives, an entry of the last working day is believed.
const BELIEVED: SignedDuration = SignedDuration::from_hours(12);

/// An entry is a line; what is much longer is none.
const LONGEST: u64 = 4096;

/// Who has a file open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The name that the system knows the user by.
    pub user: String,
    /// The PC's name.
    pub pc: String,
    /// Since when.
    pub since: Timestamp,
    pub process: u32,
}

impl Holder {
    /// This process, as the system names its user and its PC; empty where it has no name.
    pub fn this(since: Timestamp) -> Self {
        let user = ["USERNAME", "USER", "LOGNAME"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok());
        Self {
            user: user.unwrap_or_default(),
            pc: gethostname::gethostname().to_string_lossy().into_owned(),
            since,
            process: std::process::id(),
        }
    }
}

/// Whose a file is now.
#[derive(Debug)]
pub enum Claim {
    /// Ours, until the value is dropped.
    Ours(Lock),
    /// A living process has it; who that is, where it can be read.
    Theirs(Option<Holder>),
    /// Somebody wrote their name there lately, but the place cannot say whether they are still at
    /// it. The name was left as it is.
    PerhapsTheirs(Holder),
    /// Nobody can tell: nothing can be written beside the file.
    Unknown(io::Error),
}

/// The file beside an open plan. [`Lock::release`] takes it away; so does dropping it, but then
/// nobody learns how that went, and on a share that does not answer it waits wherever that is.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// `None` once it is let go.
    held: Option<File>,
}

/// The name of the file that says who has `file` open; `None` for what has no name.
pub fn beside(file: &Path) -> Option<PathBuf> {
    let mut name = OsString::from("~$");
    name.push(file.file_name()?);
    name.push(".lock");
    Some(file.with_file_name(name))
}

/// Says that `me` has a file open, or tells who else has.
pub fn claim(file: &Path, me: &Holder) -> Claim {
    super::awaited::touches_files();
    let Some(path) = beside(file) else {
        return Claim::Unknown(io::ErrorKind::InvalidFilename.into());
    };
    // Somebody may take the file away between its opening and its locking; once more is enough,
    // a few times more cost nothing.
    for _ in 0..5 {
        match hold(&path) {
            Ok(Hold::Held(held)) if is_still_there(&held, &path) => {
                open_to_those_of(file, &held);
                return write_name(path, held, me);
            }
            Ok(Hold::Held(_)) => {}
            Ok(Hold::Taken) => return Claim::Theirs(read_name(&path)),
            Ok(Hold::Unsupported(held)) => {
                return match read_name(&path) {
                    Some(other) if is_believed(&other, me) => Claim::PerhapsTheirs(other),
                    _ => {
                        open_to_those_of(file, &held);
                        write_name(path, held, me)
                    }
                };
            }
            Err(error) => return Claim::Unknown(error),
        }
    }
    Claim::Theirs(read_name(&path))
}

/// What came of trying to hold the file.
enum Hold {
    Held(File),
    /// By a living process.
    Taken,
    /// The place knows no locks.
    #[cfg_attr(
        windows,
        expect(dead_code, reason = "Windows has no place without sharing")
    )]
    Unsupported(File),
}

/// As Office does: nobody else may write to it as long as this process has it open, but everybody
/// may read who that is. A lock of the whole file would keep Windows from reading it.
#[cfg(windows)]
fn hold(path: &Path) -> io::Result<Hold> {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_SHARE_READ: u32 = 1;
    const FILE_ATTRIBUTE_HIDDEN: u32 = 2;
    const ERROR_SHARING_VIOLATION: i32 = 32;
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .share_mode(FILE_SHARE_READ)
        .attributes(FILE_ATTRIBUTE_HIDDEN)
        .open(path);
    match opened {
        Ok(held) => Ok(Hold::Held(held)),
        Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => Ok(Hold::Taken),
        Err(error) => Err(error),
    }
}

#[cfg(not(windows))]
fn hold(path: &Path) -> io::Result<Hold> {
    use std::{fs::TryLockError, os::unix::fs::OpenOptionsExt};
    // Until it is known who may read the plan, nobody else reads this.
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path);
    let (file, denied) = match opened {
        // Another user's: it can be asked whether it is held, but not taken over.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            (File::open(path)?, Some(error))
        }
        opened => (opened?, None),
    };
    match (file.try_lock(), denied) {
        (Err(TryLockError::WouldBlock), _) => Ok(Hold::Taken),
        (_, Some(denied)) => Err(denied),
        (Ok(()), None) => Ok(Hold::Held(file)),
        (Err(TryLockError::Error(_)), None) => Ok(Hold::Unsupported(file)),
    }
}

/// Whether an entry that no lock vouches for still means something.
fn is_believed(other: &Holder, me: &Holder) -> bool {
    let is_me = (&other.user, &other.pc, other.process) == (&me.user, &me.pc, me.process);
    !is_me && me.since.duration_since(other.since) < BELIEVED
}

/// Whether the file that is held is the one that others find: the last holder takes it away.
#[cfg(unix)]
pub(super) fn is_still_there(held: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (held.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(found)) => place(held) == place(found),
        _ => false,
    }
}

#[cfg(not(unix))]
pub(super) fn is_still_there(_held: &File, _path: &Path) -> bool {
    // Windows takes no file away that somebody has open like this.
    true
}

/// Who may read and write the plan may do so here as well, and nobody else: a name is told to no
/// more people than the plan, and whoever has it open next can put theirs there. Where that cannot
/// be kept, nothing depends on it.
#[cfg(unix)]
fn open_to_those_of(plan: &Path, held: &File) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(plan) = fs::metadata(plan) else {
        return;
    };
    let has_group = held.metadata().is_ok_and(|it| it.gid() == plan.gid())
        || fchown(held, None, Some(plan.gid())).is_ok();
    let group = if has_group { 0o060 } else { 0 };
    let mode = plan.mode() & (0o606 | group);
    let _as_it_is = held.set_permissions(fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
const fn open_to_those_of(_plan: &Path, _held: &File) {
    // A new file takes its access list from the folder.
}

fn write_name(path: PathBuf, mut held: File, me: &Holder) -> Claim {
    let written = ron::to_string(me)
        .map_err(io::Error::other)
        .and_then(|line| {
            held.set_len(0)?;
            held.write_all(line.as_bytes())
        });
    let lock = Lock {
        path,
        held: Some(held),
    };
    match written {
        Ok(()) => Claim::Ours(lock),
        Err(error) => Claim::Unknown(error),
    }
}

fn read_name(path: &Path) -> Option<Holder> {
    let mut text = String::new();
    let file = File::open(path).ok()?;
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    ron::from_str(&text).ok()
}

impl Lock {
    /// Takes the file away. To be called where it may wait for a share.
    ///
    /// # Errors
    /// When the file stays; it is then held by nobody, and the next who opens the plan takes it.
    pub fn release(mut self) -> io::Result<()> {
        self.let_go()
    }

    fn let_go(&mut self) -> io::Result<()> {
        let Some(held) = self.held.take() else {
            return Ok(());
        };
        super::awaited::touches_files();
        take_away(held, &self.path)
    }
}

/// Takes a file away that is held, if it is the one that others find.
#[cfg(unix)]
pub(super) fn take_away(held: File, path: &Path) -> io::Result<()> {
    // Before it is let go, so that nobody else's is taken away.
    let removed = match is_still_there(&held, path) {
        true => fs::remove_file(path),
        false => Ok(()),
    };
    // A process that is just being started may have it open as well, and with it the lock.
    let _where_supported = held.unlock();
    drop(held);
    // Some shares take nothing away that is open: there, nothing that somebody else has open by now.
    removed.or_else(|_| fs::remove_file(path))
}

#[cfg(not(unix))]
fn take_away(held: File, path: &Path) -> io::Result<()> {
    drop(held);
    fs::remove_file(path)
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _stays = self.let_go();
    }
}
