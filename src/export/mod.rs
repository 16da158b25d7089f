//! A plan, or a section of it, in formats for other programs. Nothing here knows of a window.
//!
//! A format is a module with a `write` that gives the bytes of a file; [`Format`] names them all.
//! [`outline`] is what the form shows and [`record`] what a table for machines holds; a format
//! only draws one of the two. Writing the file is the caller's.

pub mod csv;
pub mod html;
pub mod markdown;
pub mod outline;
pub mod record;
pub mod status_style;
mod text;
pub mod xlsx;

use std::ffi::OsStr;

use crate::plan::{Form, Plan, Section};

use outline::NoSuchSection;

/// A kind of file that a plan can be exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Csv,
    Xlsx,
    Html,
    Markdown,
}

/// A plan could not be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    NoSuchSection(#[from] NoSuchSection),
    #[error(transparent)]
    Csv(#[from] csv::CsvError),
    #[error(transparent)]
    Xlsx(#[from] xlsx::XlsxError),
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Xlsx, Self::Html, Self::Markdown];

    /// The end of a file's name, without the dot. It is also the format's name on the command line.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => "Excel",
            Self::Html => "HTML",
            Self::Markdown => "Markdown",
        }
    }

    /// The format whose files end like this, in capitals or not.
    pub fn from_extension(extension: &OsStr) -> Option<Self> {
        let extension = extension.to_str()?;
        let is_meant = |format: &Self| format.extension().eq_ignore_ascii_case(extension);
        Self::ALL.into_iter().find(is_meant)
    }
}

/// A plan, or a section of it, as the bytes of a file.
///
/// # Errors
/// When the plan has no such section, or the format cannot hold what is in the plan.
pub fn write(
    format: Format,
    plan: &Plan,
    section: Option<Section>,
    form: &Form,
) -> Result<Vec<u8>, ExportError> {
    Ok(match format {
        Format::Csv => csv::write(plan, section)?,
        Format::Xlsx => xlsx::write(plan, section, form)?,
        Format::Html => html::write(plan, section, form)?,
        Format::Markdown => markdown::write(plan, section, form)?,
    })
}
