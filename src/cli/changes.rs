//! `furikaeri changes`: what changed from one plan to another, as 新旧対照表.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use lexopt::{
    Arg::{Long, Value},
    Parser,
};

use crate::{
    export::{
        changes::{Names, html, pdf},
        pdf::PdfError,
    },
    storage::files::{self, Expected},
};

use super::{
    Common, UsageError, common,
    export::warn_of_missing,
    finish, next,
    other_form::{NotInForm, in_form},
    value_of,
    writing::{self, NotWritten, SameFile},
};

/// Which plans are compared, and where the table is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub old: PathBuf,
    pub new: PathBuf,
    pub to: PathBuf,
    pub format: Format,
    /// A form's file; without one, each plan has its own.
    pub form: Option<PathBuf>,
    /// Without colour; for a PDF only.
    pub grey: bool,
}

/// What the table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Html,
    Pdf,
}

/// Nothing was written.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("{0}")]
    Open(#[from] files::OpenError),
    #[error(transparent)]
    Form(#[from] NotInForm),
    #[error("{0}")]
    Pdf(#[from] PdfError),
    #[error(transparent)]
    SameFile(#[from] SameFile),
    #[error(transparent)]
    Write(#[from] NotWritten),
}

/// Reads the arguments after `changes`.
///
/// # Errors
/// A sentence that says which argument is wrong.
pub fn parse(parser: &mut Parser) -> Result<super::Request, UsageError> {
    let (mut to, mut form, mut grey) = (None, None, false);
    let mut plans = Vec::new();
    while let Some(argument) = next(parser)? {
        match argument {
            Long("to") => to = Some(PathBuf::from(value_of(parser, "--to")?)),
            Long("form") => form = Some(PathBuf::from(value_of(parser, "--form")?)),
            Long("grey") => grey = true,
            Value(value) if plans.len() < 2 => plans.push(PathBuf::from(value)),
            other => match common(&other)? {
                Common::Help => return Ok(super::Request::Help),
                Common::Version => return Ok(super::Request::Version),
            },
        }
    }
    let Ok([old, new]) = <[PathBuf; 2]>::try_from(plans) else {
        return Err(UsageError(
            "計画のファイルを二つ指定してください（旧、新の順）".to_owned(),
        ));
    };
    let to = to.ok_or_else(|| UsageError("書き出し先を --to で指定してください".to_owned()))?;
    let format = to.extension().and_then(Format::from_extension);
    let format = format.ok_or_else(|| {
        UsageError("書き出し先の名前は .html か .pdf で終わるようにしてください".to_owned())
    })?;
    if grey && format != Format::Pdf {
        return Err(UsageError(
            "--grey は .pdf に書き出すときに使います".to_owned(),
        ));
    }
    Ok(super::Request::Changes(Request {
        old,
        new,
        to,
        format,
        form,
        grey,
    }))
}

impl Format {
    fn from_extension(extension: &OsStr) -> Option<Self> {
        match extension.to_ascii_lowercase().to_str() {
            Some("html" | "htm") => Some(Self::Html),
            Some("pdf") => Some(Self::Pdf),
            _ => None,
        }
    }
}

impl Request {
    /// Carries it out and returns the exit status.
    pub fn run(&self) -> ExitCode {
        finish(self.write())
    }

    fn write(&self) -> Result<(), CommandError> {
        writing::refuse_same(&self.to, &[&self.old, &self.new])?;
        let form = self.form.as_deref();
        let old = in_form(files::open(&self.old)?.plan, form)?;
        let new = in_form(files::open(&self.new)?.plan, form)?;
        let [of_old, of_new] = [&self.old, &self.new].map(|path| stem(path));
        // The same name for both would say nothing.
        let names = if of_old == of_new {
            Names::default()
        } else {
            Names {
                old: &of_old,
                new: &of_new,
            }
        };
        let bytes = match self.format {
            Format::Html => html::write(&old, &new, names),
            Format::Pdf => {
                let pdf = pdf::write(&old, &new, names, self.grey)?;
                warn_of_missing(&pdf.missing);
                pdf.bytes
            }
        };
        Ok(writing::put(&self.to, &bytes, Expected::Anything)?)
    }
}

/// A file's name without its extension, as people know it.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}
