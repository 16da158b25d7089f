//! Saving: the turn is taken, the old content looked at and kept, the file replaced, and what came
//! of it told.

use std::{io, path::Path, time::Duration};

use jiff::Zoned;

use crate::plan::Plan;

use super::{
    Fingerprint,
    atomic::{self, Loss, NotPut, Now, Ready},
    awaited,
    backups::Backups,
    files::SaveError,
    folder, format, reading,
    reasons::{self, SaveReason, save_reason},
    stamp::Stamp,
    turn::{self, Turn},
};

/// A plan that was saved.
#[derive(Debug)]
pub struct Saved {
    pub fingerprint: Fingerprint,
    /// What the user should know of it.
    pub remarks: Vec<Remark>,
}

/// The file is written, but not all is as one would expect.
#[derive(Debug, thiserror::Error)]
pub enum Remark {
    #[error("保存しましたが、前の内容の控えを残せませんでした（{0}）。")]
    NoBackup(io::Error),
    #[error("保存しました。{0}")]
    Lost(Loss),
}

/// What a file has to be, so that it may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Whatever it is, or nothing.
    Anything,
    /// There is no such file.
    Nothing,
    /// It holds this, or was deleted meanwhile.
    Content(Fingerprint),
}

impl From<Option<Fingerprint>> for Expected {
    fn from(fingerprint: Option<Fingerprint>) -> Self {
        fingerprint.map_or(Self::Anything, Self::Content)
    }
}

impl Expected {
    /// That the file be what it is now.
    ///
    /// # Errors
    /// When nobody can tell what it is.
    pub fn as_it_is(path: &Path) -> io::Result<Self> {
        match reading::read(path) {
            Ok(content) => Ok(Self::Content(Fingerprint::of(&content))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::Nothing),
            Err(error) => Err(error),
        }
    }
}

/// Another program holds the file; saving is tried again after a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// The attempt that comes next; the second is the first that is announced.
    pub number: usize,
    pub pause: Duration,
}

/// Seconds between attempts: 20 together. A virus scanner or a sync program lets go within a few.
const PAUSES: [u64; 6] = [1, 1, 2, 3, 5, 8];

/// Saves a plan, at once and without a backup. See [`save_with`].
///
/// # Errors
/// See [`SaveReason`] and what its [`SaveReason::outcome`] says of the file.
pub fn save(
    path: &Path,
    plan: &Plan,
    expected: Option<Fingerprint>,
) -> Result<Fingerprint, SaveError> {
    save_with(path, plan, expected, None, &mut |_| false).map(|saved| saved.fingerprint)
}

/// Saves a plan. With `expected`, the file must still be what it was when it was opened or saved
/// last; without, it is replaced whatever it is. What it held is kept in the backups, at the time
/// given with them.
///
/// As long as another program holds the file, `wait` is asked to wait for a pause, and whether to
/// go on then.
///
/// # Errors
/// See [`SaveReason`] and what its [`SaveReason::outcome`] says of the file.
pub fn save_with(
    path: &Path,
    plan: &Plan,
    expected: Option<Fingerprint>,
    backups: Option<(&Backups, &Zoned)>,
    wait: &mut dyn FnMut(Attempt) -> bool,
) -> Result<Saved, SaveError> {
    save_over(path, plan, expected.into(), backups, wait)
}

/// As [`save_with`], with all that can be expected of the file.
///
/// # Errors
/// As of [`save_with`].
pub fn save_over(
    path: &Path,
    plan: &Plan,
    expected: Expected,
    backups: Option<(&Backups, &Zoned)>,
    wait: &mut dyn FnMut(Attempt) -> bool,
) -> Result<Saved, SaveError> {
    awaited::touches_files();
    let mut save = || {
        let bytes = format::write(plan)?;
        let verify = |written: &[u8]| format::verify(written, plan);
        let ready = atomic::prepare(path, &bytes, verify).map_err(save_reason)?;
        let remarks = put_in_turn(path, ready, expected, backups, wait)?;
        Ok(Saved {
            fingerprint: Fingerprint::of(&bytes),
            remarks,
        })
    };
    save().map_err(|reason| SaveError {
        path: path.to_owned(),
        reason,
    })
}

/// Writes a file that is no plan, as safely as one. No copy is kept of what it replaces.
///
/// # Errors
/// As of [`save_with`].
pub fn put(
    path: &Path,
    bytes: &[u8],
    expected: Expected,
    wait: &mut dyn FnMut(Attempt) -> bool,
) -> Result<Vec<Remark>, SaveReason> {
    awaited::touches_files();
    let ready = atomic::prepare(path, bytes, |_| Ok(())).map_err(save_reason)?;
    put_in_turn(path, ready, expected, None, wait)
}

/// Gives the new file its name when it is our turn and the old one is as expected.
fn put_in_turn(
    path: &Path,
    mut ready: Ready<'_>,
    expected: Expected,
    backups: Option<(&Backups, &Zoned)>,
    wait: &mut dyn FnMut(Attempt) -> bool,
) -> Result<Vec<Remark>, SaveReason> {
    let losses = ready.losses().to_vec();
    let target = ready.path().to_owned();
    let mut copy = Copy {
        backups,
        new: ready.bytes(),
        kept: None,
        failed: None,
    };
    let mut pauses = PAUSES.into_iter().zip(2..);
    loop {
        // As late as can be, and again after each pause: somebody else may have saved meanwhile.
        copy.look(path, expected)?;
        let turn = turn::take(&target);
        let not_put = if matches!(turn, Turn::Theirs) {
            NotPut {
                error: io::ErrorKind::ResourceBusy.into(),
                now: Now::AsItWas(Box::new(ready)),
            }
        } else {
            // Once more: keeping the copy has taken its time.
            copy.look(path, expected)?;
            match ready.put() {
                Ok(()) => break,
                Err(not_put) => not_put,
            }
        };
        drop(turn);
        let error = not_put.error;
        let again = match not_put.now {
            Now::AsItWas(again) => again,
            Now::Unsure(now) => return Err(reasons::unsure(error, now)),
        };
        let next = pauses.next().filter(|_| atomic::is_held(&error));
        let attempt = next.map(|(seconds, number)| Attempt {
            number,
            pause: Duration::from_secs(seconds),
        });
        match attempt {
            Some(attempt) if wait(attempt) => ready = *again,
            _ => return Err(save_reason(error)),
        }
    }
    // What a save that died has left is in everybody's way on a share. How old that is, the share's
    // own clock says: this PC's may be another.
    if let Ok(saved) = Stamp::of(&target) {
        atomic::sweep(folder::of(&target), saved.modified);
    }
    let remarks = copy.failed.map(Remark::NoBackup).into_iter();
    Ok(remarks
        .chain(losses.into_iter().map(Remark::Lost))
        .collect())
}

/// The copy of what a file holds before it is replaced.
struct Copy<'a> {
    backups: Option<(&'a Backups, &'a Zoned)>,
    /// What the file is to hold; there is no need to keep that.
    new: &'a [u8],
    /// What was kept already, or could not be.
    kept: Option<Fingerprint>,
    failed: Option<io::Error>,
}

impl Copy<'_> {
    /// Looks at what the file holds before it is replaced, and keeps it.
    fn look(&mut self, path: &Path, expected: Expected) -> Result<(), SaveReason> {
        if expected == Expected::Anything && self.backups.is_none() {
            return Ok(());
        }
        match (reading::read(path), expected) {
            (Ok(_), Expected::Nothing) => Err(SaveReason::Appeared),
            (Ok(old), Expected::Content(expected)) if Fingerprint::of(&old) != expected => {
                Err(SaveReason::ChangedOnDisk)
            }
            (Ok(old), _) => {
                self.keep(path, &old);
                Ok(())
            }
            // A file that was deleted meanwhile is written anew: nothing of it can be lost.
            (Err(error), _) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            // Told to replace it whatever it is, it does: even a file that nobody can read.
            (Err(error), Expected::Anything) => {
                self.failed = Some(error);
                Ok(())
            }
            (Err(error), _) => Err(save_reason(error)),
        }
    }

    fn keep(&mut self, path: &Path, old: &[u8]) {
        let Some((backups, now)) = self.backups.filter(|_| old != self.new) else {
            return;
        };
        let fingerprint = Fingerprint::of(old);
        if self.kept == Some(fingerprint) {
            return;
        }
        self.kept = Some(fingerprint);
        self.failed = backups.keep(path, old, now).err();
    }
}
