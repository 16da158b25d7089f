//! Why a file could not be opened or saved, in the words of an office.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    Fingerprint,
    fault::{Fault, Unsure},
    format::{ReadError, WriteError},
};

/// Why a file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenReason {
    #[error("ファイルが見つかりません。移動や名前の変更がなかったか確かめてください。")]
    NotFound,
    /// A save took the file away and did not get to its end.
    #[error(
        "ファイルがありません。保存の途中で残った内容が、同じフォルダーの「{}」にあります。その名前を付け直すと開けます。",
        name_of(.0)
    )]
    Left(PathBuf),
    #[error("これはフォルダーです。中の計画のファイル（.ron）を選んでください。")]
    IsFolder,
    #[error(
        "これは普通のファイルではありません（装置やパイプなど）。計画のファイル（.ron）を選んでください。"
    )]
    NotAFile,
    #[error("読む権限がありません。ファイルの持ち主に確かめてください。")]
    NoPermission,
    #[error("読み込み中に失敗しました（{0}）。ネットワークの接続を確かめてください。")]
    Io(io::Error),
    #[error("{0}")]
    Read(#[from] ReadError),
}

impl From<io::Error> for OpenReason {
    fn from(error: io::Error) -> Self {
        match error.downcast() {
            Ok(Fault::NotAFile) => Self::NotAFile,
            Ok(Fault::TooLarge) => Self::Read(ReadError::TooLarge),
            Ok(other) => Self::Io(other.into()),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound,
                io::ErrorKind::PermissionDenied => Self::NoPermission,
                io::ErrorKind::IsADirectory => Self::IsFolder,
                _ => Self::Io(error),
            },
        }
    }
}

/// Why a file could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveReason {
    #[error("開いた後に、ほかの人がこのファイルを保存しています。")]
    ChangedOnDisk,
    #[error(
        "同じ名前のファイルが、その間にできています。中を確かめるか、別の名前を付けてください。"
    )]
    Appeared,
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
    #[error("保存先が普通のファイルではありません（装置やパイプなど）。別の名前を付けてください。")]
    NotAFile,
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
    /// The share took the old file away and did not take the new one.
    #[error(
        "保存の途中で元のファイルがなくなりました（{error}）。{}",
        left_in(holds.as_deref())
    )]
    Gone {
        error: io::Error,
        holds: Option<PathBuf>,
    },
    /// Nobody can tell whether it is the old file or the new one.
    #[error(
        "書き込みの途中で失敗し（{error}）、ファイルが元のままかどうかを確かめられませんでした。新しい内容は、このファイルか、同じフォルダーの「{}」にあります。接続を確かめてから、開いて確かめてください。",
        name_of(holds)
    )]
    Unclear { error: io::Error, holds: PathBuf },
    #[error("{0}「名前を付けて保存」で別の場所に保存してください。")]
    Write(#[from] WriteError),
}

/// What a file is after it could not be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As it was.
    Old,
    /// The new one, though it may not survive a power cut.
    New,
    /// What the reason says of it.
    Unsure,
}

impl SaveReason {
    /// What the file is.
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::NotSynced { .. } => Outcome::New,
            Self::Gone { .. } | Self::Unclear { .. } => Outcome::Unsure,
            _ => Outcome::Old,
        }
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn left_in(holds: Option<&Path>) -> String {
    match holds {
        Some(holds) => format!(
            "新しい内容は、同じフォルダーの「{}」にあります。もう一度保存するか、その名前を付け直してください。",
            name_of(holds)
        ),
        None => "「名前を付けて保存」で別の場所に保存してください。".to_owned(),
    }
}

/// Why a file could not be written.
pub fn save_reason(error: io::Error) -> SaveReason {
    let error = match error.downcast() {
        Ok(Fault::NotAFile) => return SaveReason::NotAFile,
        Ok(Fault::Unsure { error, now }) => return unsure(error, now),
        Ok(other) => return SaveReason::Io(other.into()),
        Err(error) => error,
    };
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

/// What is to be said of a file that may not be as it was.
pub(super) fn unsure(error: io::Error, now: Unsure) -> SaveReason {
    match now {
        Unsure::NotSynced(fingerprint) => SaveReason::NotSynced { error, fingerprint },
        Unsure::Gone(holds) => SaveReason::Gone { error, holds },
        Unsure::Unclear(holds) => SaveReason::Unclear { error, holds },
    }
}
