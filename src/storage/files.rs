//! Opening and saving a plan's file, and saying in Japanese what went wrong.

use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hasher},
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::plan::Plan;

use super::{
    atomic,
    format::{self, ReadError, WriteError},
};

/// What a file's content was, to notice that somebody else has changed it. Valid within one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    fn of(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        Self(hasher.finish())
    }
}

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

pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, OpenReason> {
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

fn open_reason(error: io::Error) -> OpenReason {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => OpenReason::NotFound,
        io::ErrorKind::PermissionDenied => OpenReason::NoPermission,
        io::ErrorKind::IsADirectory => OpenReason::IsFolder,
        _ => OpenReason::Io(error),
    }
}

/// Saves a plan. With `expected`, the file must still be what it was when it was opened or saved
/// last; without, it is replaced whatever it is.
///
/// # Errors
/// See [`SaveReason`]. The old file is then whole.
pub fn save(
    path: &Path,
    plan: &Plan,
    expected: Option<Fingerprint>,
) -> Result<Fingerprint, SaveError> {
    let failed = |reason| SaveError {
        path: path.to_owned(),
        reason,
    };
    let bytes = format::write(plan).map_err(|error| failed(error.into()))?;
    if let Some(expected) = expected {
        match fs::read(path) {
            Ok(now) if Fingerprint::of(&now) != expected => {
                return Err(failed(SaveReason::ChangedOnDisk));
            }
            // A file that was deleted meanwhile is written anew: nothing of it can be lost.
            _ => {}
        }
    }
    atomic::replace(path, &bytes, |written| format::verify(written, plan))
        .map_err(|error| failed(save_reason(error)))?;
    Ok(Fingerprint::of(&bytes))
}

/// Why a file could not be written.
pub fn save_reason(error: io::Error) -> SaveReason {
    // Windows: 32 sharing violation, 33 lock violation.
    let in_use = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    match error.kind() {
        _ if in_use => SaveReason::InUse,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SaveReason::NoFolder,
        io::ErrorKind::PermissionDenied => SaveReason::NoPermission,
        io::ErrorKind::ReadOnlyFilesystem => SaveReason::ReadOnlyPlace,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => SaveReason::DiskFull,
        io::ErrorKind::IsADirectory => SaveReason::IsFolder,
        _ => SaveReason::Io(error),
    }
}
