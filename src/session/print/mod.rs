//! Sending finished pages to a printer of the system. What is sent is the PDF that the preview
//! shows; where there is no printing system, a viewer opens it and prints it.

#[cfg(unix)]
#[path = "cups.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;

use std::{io, path::PathBuf};

pub use system::{printers, send};

/// A printer as the system names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printer {
    pub name: String,
    pub is_default: bool,
}

/// What is to be printed.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    pub pdf: &'a [u8],
    /// The name of the job in the printer's queue.
    pub title: &'a str,
    pub copies: u32,
    pub grey: bool,
}

/// Nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    #[error("印刷の仕組みを呼び出せませんでした（{0}）。PDF に書き出して印刷してください。")]
    NoSystem(io::Error),
    #[error(
        "プリンター「{printer}」が受け付けませんでした（{reason}）。プリンターの状態を確かめるか、別のプリンターを選んでください。"
    )]
    Refused { printer: String, reason: String },
}

/// The PDF as a file that another program can open; it stays until the system clears its folder
/// for temporary files, because nobody knows when that program is done with it.
///
/// # Errors
/// When it cannot be written.
pub fn as_file(pdf: &[u8], title: &str) -> io::Result<PathBuf> {
    let folder = tempfile::Builder::new().prefix("furikaeri-").tempdir()?;
    let path = folder.keep().join(format!("{title}.pdf"));
    std::fs::write(&path, pdf)?;
    Ok(path)
}
