//! Opening and saving a plan's file, and saying in Japanese what went wrong.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Zoned;

use crate::plan::Plan;

use super::{
    Fingerprint,
    atomic::{self, Loss, NotPut},
    backups::Backups,
    format::{self, ReadError, WriteError},
    turn::{self, Turn},
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

#[derive(Debug, thiserror::Error)]
pub enum OpenReason {
    #[error("ファイルが見つかりません。移動や名前の変更がなかったか確かめてください。")]
    NotFound,
    #[error("これはフォルダーです。中の計画のファイル（.ron）を選んでください。")]
    IsFolder,
    #[error("読む権限がありません。ファイルの持ち主に確かめてください。")]
    NoPermission,
    #[error("読み込み中に失敗しました（{0}）。ネットワークの接続を確かめてください。")]
    Io(io::Error),
    #[error("{0}")]
    Read(#[from] ReadError),
}

/// A plan could not be saved. The plan on screen is untouched and still unsaved.
#[derive(Debug, thiserror::Error)]
#[error("保存できませんでした。{reason}\n編集中の内容はこの画面に残っています。\n{}", path.display())]
pub struct SaveError {
    pub path: PathBuf,
    pub reason: SaveReason,
}

#[derive(Debug, thiserror::Error)]
pub enum SaveReason {
    #[error("開いた後に、ほかの人がこのファイルを保存しています。")]
    ChangedOnDisk,
    #[error(
        "このフォルダーは書き込みできません。「名前を付けて保存」で別の場所に保存してください。"
    )]
    ReadOnlyPlace,
    #[error(
        "書き込む権限がありません（読み取り専用かもしれません）。「名前を付けて保存」で別の場所に保存してください。"
    )]
    NoPermission,
    #[error(
        "ディスクの空きが足りません。不要なファイルを消すか、「名前を付けて保存」で別の場所に保存してください。元のファイルはそのままです。"
    )]
    DiskFull,
    #[error("保存先のフォルダーがありません。「名前を付けて保存」で場所を選び直してください。")]
    NoFolder,
    #[error("同じ名前のフォルダーがあります。別の名前を付けてください。")]
    IsFolder,
    #[error(
        "ほかのプログラムがこのファイルを使っています。そのプログラムを閉じてから、もう一度保存してください。"
    )]
    InUse,
    #[error(
        "書き込み中に失敗しました（{0}）。接続を確かめてもう一度保存するか、「名前を付けて保存」で別の場所に保存してください。"
    )]
    Io(io::Error),
    /// The new content is in its place, but may not survive a power cut. The next save expects
    /// this fingerprint.
    #[error(
        "新しい内容は書きましたが、ディスクに残ったことを確かめられませんでした（{error}）。もう一度保存してください。"
    )]
    NotSynced {
        error: io::Error,
        fingerprint: Fingerprint,
    },
    #[error("{0}「名前を付けて保存」で別の場所に保存してください。")]
    Write(#[from] WriteError),
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
    let bytes = read_bytes(path).map_err(failed)?;
    let plan = format::read(&bytes).map_err(|error| failed(error.into()))?;
    Ok(Opened {
        plan,
        fingerprint: Fingerprint::of(&bytes),
    })
}

/// A file's content, if it is not too much for a plan.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, OpenReason> {
    super::awaited::touches_files();
    // A folder opens as a file on Unix and is refused on Windows; asking first is the same on both.
    let metadata = fs::metadata(path).map_err(open_reason)?;
    if metadata.is_dir() {
        return Err(OpenReason::IsFolder);
    }
    if metadata.len() > format::MAX_BYTES {
        return Err(ReadError::TooLarge.into());
    }
    let mut bytes = Vec::new();
    // The limit holds for pipes and devices too, whose length nobody knows before.
    File::open(path)
        .and_then(|file| file.take(format::MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(open_reason)?;
    Ok(bytes)
}

pub(super) fn open_reason(error: io::Error) -> OpenReason {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => OpenReason::NotFound,
        io::ErrorKind::PermissionDenied => OpenReason::NoPermission,
        io::ErrorKind::IsADirectory => OpenReason::IsFolder,
        _ => OpenReason::Io(error),
    }
}

/// Saves a plan, at once and without a backup. See [`save_with`].
///
/// # Errors
/// See [`SaveReason`]. The old file is then whole.
pub fn save(
    path: &Path,
    plan: &Plan,
    expected: Option<Fingerprint>,
) -> Result<Fingerprint, SaveError> {
    save_with(path, plan, expected, None, &mut |_| false).map(|saved| saved.fingerprint)
}

/// A plan that was saved.
#[derive(Debug)]
pub struct Saved {
    pub fingerprint: Fingerprint,
    /// What the user should know of it.
    pub remarks: Vec<Remark>,
}

/// The plan is saved, but not all is as one would expect.
#[derive(Debug, thiserror::Error)]
pub enum Remark {
    #[error("保存しましたが、前の内容の控えを残せませんでした（{0}）。")]
    NoBackup(io::Error),
    #[error("保存しました。{0}")]
    Lost(Loss),
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

/// Saves a plan. With `expected`, the file must still be what it was when it was opened or saved
/// last; without, it is replaced whatever it is. What it held is kept in the backups, at the time
/// given with them.
///
/// As long as another program holds the file, `wait` is asked to wait for a pause, and whether to
/// go on then.
///
/// # Errors
/// See [`SaveReason`]. The old file is then whole.
pub fn save_with(
    path: &Path,
    plan: &Plan,
    expected: Option<Fingerprint>,
    backups: Option<(&Backups, &Zoned)>,
    wait: &mut dyn FnMut(Attempt) -> bool,
) -> Result<Saved, SaveError> {
    super::awaited::touches_files();
    let failed = |reason| SaveError {
        path: path.to_owned(),
        reason,
    };
    let bytes = format::write(plan).map_err(|error| failed(error.into()))?;
    let fingerprint = Fingerprint::of(&bytes);
    let mut ready = atomic::prepare(path, &bytes, |written| format::verify(written, plan))
        .map_err(|error| failed(save_reason(error)))?;
    let losses = ready.losses().to_vec();
    let folder = atomic::folder_of(ready.path()).to_owned();
    let mut copy = Copy {
        backups,
        new: fingerprint,
        kept: None,
        failed: None,
    };
    let mut pauses = PAUSES.into_iter().zip(2..);
    loop {
        // As late as can be, and again after each pause: somebody else may have saved meanwhile.
        copy.keep(path, read_old(path, expected).map_err(failed)?);
        let turn = turn::take(ready.path());
        let not_put = if matches!(turn, Turn::Theirs) {
            NotPut {
                error: io::ErrorKind::ResourceBusy.into(),
                again: Some(ready),
            }
        } else {
            // Once more: keeping the copy has taken its time.
            copy.keep(path, read_old(path, expected).map_err(failed)?);
            match ready.put() {
                Ok(()) => break,
                Err(not_put) => not_put,
            }
        };
        drop(turn);
        let error = not_put.error;
        let Some(again) = not_put.again else {
            return Err(failed(SaveReason::NotSynced { error, fingerprint }));
        };
        let next = pauses.next().filter(|_| is_held(&error));
        let attempt = next.map(|(seconds, number)| Attempt {
            number,
            pause: Duration::from_secs(seconds),
        });
        match attempt {
            Some(attempt) if wait(attempt) => ready = again,
            _ => return Err(failed(save_reason(error))),
        }
    }
    if let Some((_, now)) = backups {
        // What a save that died has left is in everybody's way on a share.
        atomic::sweep(&folder, now.timestamp().into());
    }
    let remarks = copy.failed.map(Remark::NoBackup).into_iter();
    Ok(Saved {
        fingerprint,
        remarks: remarks
            .chain(losses.into_iter().map(Remark::Lost))
            .collect(),
    })
}

/// The copy of what a file holds before it is replaced.
struct Copy<'a> {
    backups: Option<(&'a Backups, &'a Zoned)>,
    /// What the file is to hold; there is no need to keep that.
    new: Fingerprint,
    /// What was kept already, or could not be.
    kept: Option<Fingerprint>,
    failed: Option<io::Error>,
}

impl Copy<'_> {
    fn keep(&mut self, path: &Path, old: Option<io::Result<Vec<u8>>>) {
        let (Some(old), Some((backups, now))) = (old, self.backups) else {
            return;
        };
        let old = match old {
            Ok(old) => old,
            Err(error) => {
                self.failed = Some(error);
                return;
            }
        };
        let fingerprint = Fingerprint::of(&old);
        if self.kept != Some(fingerprint) {
            self.kept = Some(fingerprint);
            let is_new = fingerprint == self.new;
            let kept = if is_new {
                Ok(())
            } else {
                backups.keep(path, &old, now)
            };
            self.failed = kept.err();
        }
    }
}

/// What the file holds before it is replaced, or why nobody knows; `None` where there is no file.
fn read_old(
    path: &Path,
    expected: Option<Fingerprint>,
) -> Result<Option<io::Result<Vec<u8>>>, SaveReason> {
    match (fs::read(path), expected) {
        (Ok(old), Some(expected)) if Fingerprint::of(&old) != expected => {
            Err(SaveReason::ChangedOnDisk)
        }
        // A file that was deleted meanwhile is written anew: nothing of it can be lost.
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        (Err(error), Some(_)) => Err(save_reason(error)),
        // Told to replace it whatever it is, it does: even a file that nobody can read.
        (old, _) => Ok(Some(old)),
    }
}

/// Whether another program holds the file, which it may let go of soon.
fn is_held(error: &io::Error) -> bool {
    // Windows: 5 access denied, when a rename meets a file that is open; the folder let the temp
    // file in, so it is no matter of permission. 32 sharing violation, 33 lock violation.
    let held_on_windows = cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33));
    let held_elsewhere = matches!(
        error.kind(),
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy
    );
    held_on_windows || held_elsewhere
}

/// Why a file could not be written.
pub fn save_reason(error: io::Error) -> SaveReason {
    // Windows: 32 sharing violation, 33 lock violation.
    let in_use = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    match error.kind() {
        _ if in_use => SaveReason::InUse,
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => SaveReason::InUse,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SaveReason::NoFolder,
        io::ErrorKind::PermissionDenied => SaveReason::NoPermission,
        io::ErrorKind::ReadOnlyFilesystem => SaveReason::ReadOnlyPlace,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => SaveReason::DiskFull,
        io::ErrorKind::IsADirectory => SaveReason::IsFolder,
        _ => SaveReason::Io(error),
    }
}
