//! Opening a form's file: another year's headings, wordings and column widths.

use std::path::{Path, PathBuf};

use ron::extensions::Extensions;

use crate::plan::Form;

use super::{builtin, files::OpenReason, format, reading};

/// A form could not be opened; nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("様式を開けませんでした。{reason} {}", path.display())]
pub struct FormError {
    pub path: PathBuf,
    pub reason: FormReason,
}

#[derive(Debug, thiserror::Error)]
pub enum FormReason {
    #[error("{0}")]
    File(#[from] OpenReason),
    #[error(
        "文字コードが UTF-8 ではありません。テキストエディターで UTF-8 で保存し直してください。"
    )]
    NotUtf8,
    #[error("{0} 行目：{1}。テキストエディターで直してください。")]
    Syntax(usize, String),
    #[error("列の幅（widths）は、一つ 1 から 1000 までの数で書いてください。")]
    Widths,
}

/// There is no form to be had.
#[derive(Debug, thiserror::Error)]
pub enum NoForm {
    #[error(transparent)]
    File(#[from] FormError),
    #[error(transparent)]
    BuiltIn(#[from] builtin::FormError),
}

/// The form in this file, or the one that is built in.
///
/// # Errors
/// As of [`open`].
pub fn open_or_built_in(path: Option<&Path>) -> Result<Form, NoForm> {
    Ok(match path {
        Some(path) => open(path)?,
        None => builtin::form()?,
    })
}

/// Opens a form's file. A byte order mark is accepted.
///
/// # Errors
/// When it cannot be read, is no form, or has a column without a width.
pub fn open(path: &Path) -> Result<Form, FormError> {
    read(path).map_err(|reason| FormError {
        path: path.to_owned(),
        reason,
    })
}

fn read(path: &Path) -> Result<Form, FormReason> {
    let bytes = reading::read(path).map_err(OpenReason::from)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| FormReason::NotUtf8)?;
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let form: Form = options.from_str(text).map_err(|error| {
        FormReason::Syntax(error.span.start.line, format::in_words(&error.code))
    })?;
    let (a, b, c, d) = form.widths;
    // A column without any width has no room for a character.
    if [a, b, c, d].iter().all(|width| (1..=1000).contains(width)) {
        Ok(form)
    } else {
        Err(FormReason::Widths)
    }
}
