//! Opening and writing a form's file. A plan's file has its form in it, so it will do as well.

use std::path::{Path, PathBuf};

use crate::form::{Fault, Form};

use super::{
    files::OpenReason,
    format::{self, ReadError, WriteError},
    notation::{self, Broken},
    reading,
};

/// A form could not be opened; nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("様式を開けませんでした。{reason}\n{}", path.display())]
pub struct FormError {
    pub path: PathBuf,
    pub reason: FormReason,
}

/// Why a file is not a form that can be used.
#[derive(Debug, thiserror::Error)]
pub enum FormReason {
    #[error("{0}")]
    File(#[from] OpenReason),
    #[error("ファイルが空です（0 バイト）。元のファイルか控えを確かめてください。")]
    Empty,
    #[error(
        "文字コードが UTF-8 ではありません。テキストエディターで UTF-8 で保存し直してください。"
    )]
    NotUtf8,
    #[error("{0}。テキストエディターで直してください。")]
    Syntax(#[from] Broken),
    /// It is a plan, and cannot be read.
    #[error("{0}")]
    Plan(#[from] ReadError),
    #[error("様式に矛盾があります。{}", in_lines(.0))]
    Unsound(Vec<Fault>),
}

fn in_lines(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("\n・{fault}")).collect()
}

/// Opens a form's file, or takes the form out of a plan's file.
///
/// # Errors
/// When it cannot be read, is no form, or is not sound.
pub fn open(path: &Path) -> Result<Form, FormError> {
    let bytes = reading::read(path).map_err(|error| OpenReason::from(error).into());
    bytes
        .and_then(|bytes| read(&bytes))
        .map_err(|reason| FormError {
            path: path.to_owned(),
            reason,
        })
}

/// A form from the bytes of its file, or of a plan's. A byte order mark and CR LF are accepted.
///
/// # Errors
/// As of [`open`].
pub fn read(bytes: &[u8]) -> Result<Form, FormReason> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| FormReason::NotUtf8)?;
    if text.trim().is_empty() {
        return Err(FormReason::Empty);
    }
    let form = if format::is_plan(text) {
        format::read(bytes)?.form().as_ref().clone()
    } else {
        notation::read(text)?
    };
    match form.faults() {
        faults if faults.is_empty() => Ok(form),
        faults => Err(FormReason::Unsound(faults)),
    }
}

/// A form as the bytes of its file.
///
/// # Errors
/// When the serializer refuses, which no form is known to cause.
pub fn write(form: &Form) -> Result<Vec<u8>, WriteError> {
    Ok(notation::write(form)?)
}
