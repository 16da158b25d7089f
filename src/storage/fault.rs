//! What goes wrong with a file besides what the system says of it. It travels in an [`io::Error`],
//! so that those who only pass it on need not know it.

use std::{io, path::PathBuf};

use super::fingerprint::Fingerprint;

/// A fault that the system has no word for.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A pipe, a device, a socket: to read one may never end, and to replace one takes it away.
    #[error("普通のファイルではありません")]
    NotAFile,
    #[error("ファイルが大きすぎます")]
    TooLarge,
    #[error("書いた内容と読み返した内容が違います")]
    ReadBack,
    #[error("シンボリックリンクが循環しています")]
    Circle,
    #[error("{error}")]
    Unsure { error: io::Error, now: Unsure },
}

/// How a file may be that was to be replaced, if not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsure {
    /// The new content is in its place, but may not survive a power cut.
    NotSynced(Fingerprint),
    /// The file is gone; the new content is in this one, where that could be kept.
    Gone(Option<PathBuf>),
    /// Nobody can tell what it holds. If that is not the new content, this file does.
    Unclear(PathBuf),
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        let kind = match &fault {
            Fault::NotAFile => io::ErrorKind::InvalidInput,
            Fault::TooLarge => io::ErrorKind::FileTooLarge,
            Fault::ReadBack => io::ErrorKind::InvalidData,
            Fault::Circle => io::ErrorKind::Other,
            Fault::Unsure { error, .. } => error.kind(),
        };
        Self::new(kind, fault)
    }
}
