//! A plan, or a section of it, in formats for other programs. Nothing here knows of a window.
//!
//! [`outline`] is what is said of a plan and [`record`] what a table for machines holds of it. A
//! format is a module with a `write` that draws one of the two and gives the bytes of a file;
//! [`Format`] names them all. Writing the file is the caller's.

pub mod changes;
pub mod csv;
pub mod handout;
pub mod html;
pub mod markdown;
mod markup;
pub mod outline;
pub mod pages;
pub mod pdf;
pub mod raster;
pub mod record;
mod sample;
pub mod size;
pub mod status_style;
pub(crate) mod text;
pub mod xlsx;

use std::{ffi::OsStr, ops::ControlFlow};

use strum::VariantArray;

use crate::plan::{NoSuchSection, Plan, Section};

use outline::{Outline, Scope};
use pdf::Pdf;

pub use pages::{Options, Orientation, Progress, Step, Watch};
pub use sample::sample_plan;

/// A kind of file that a plan can be exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
pub enum Format {
    Pdf,
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
    TooLarge(#[from] size::TooLarge),
    #[error(transparent)]
    Csv(#[from] csv::CsvError),
    #[error(transparent)]
    Pdf(#[from] pdf::PdfError),
    #[error(transparent)]
    Xlsx(#[from] xlsx::XlsxError),
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.as_array().expect("all of them");

    /// The end of a file's name, without the dot. It is also the format's name on the command line.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
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

/// A plan in another format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that the typeface lacks; they are shown as 〓.
    pub missing: Vec<char>,
}

impl From<Vec<u8>> for Exported {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            missing: Vec::new(),
        }
    }
}

/// A plan, or a section of it, as a file. The options and the watcher are for the format that is
/// printed; the others take no time that could be watched.
///
/// # Errors
/// When the plan has no such section, the format cannot hold what is in the plan or would take too
/// much memory, or the watcher stops it.
pub fn write(
    format: Format,
    plan: &Plan,
    section: Option<Section>,
    options: &Options,
    watch: Watch<'_>,
) -> Result<Exported, ExportError> {
    let scope = match format {
        Format::Pdf => options.scope(section),
        Format::Csv | Format::Xlsx | Format::Html | Format::Markdown => Scope {
            section,
            ..Scope::default()
        },
    };
    let outline = Outline::within(plan, &scope)?;
    size::refuse_too_large(format, &outline)?;
    Ok(match format {
        Format::Pdf => {
            let Pdf { bytes, missing, .. } = pdf::write(&outline, options, watch)?;
            Exported { bytes, missing }
        }
        Format::Csv => csv::write(&outline)?.into(),
        Format::Xlsx => xlsx::write(&outline)?.into(),
        Format::Html => html::write(&outline).into(),
        Format::Markdown => markdown::write(&outline).into(),
    })
}

/// A plan, or a section of it, as a PDF that knows how many pages it has.
///
/// # Errors
/// As for [`write`].
pub fn print(
    plan: &Plan,
    section: Option<Section>,
    options: &Options,
    watch: Watch<'_>,
) -> Result<Pdf, ExportError> {
    let outline = Outline::within(plan, &options.scope(section))?;
    size::refuse_too_large(Format::Pdf, &outline)?;
    Ok(pdf::write(&outline, options, watch)?)
}

/// The characters of a plan, or of a section of it, that the typeface of print lacks.
///
/// # Errors
/// When the plan has no such section.
pub fn missing(plan: &Plan, section: Option<Section>) -> Result<Vec<char>, ExportError> {
    Ok(pdf::missing(&Outline::of(plan, section)?)?)
}

/// A watcher that never stops anything.
pub fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Which characters the typeface lacks, in a sentence; `None` where it has all.
pub fn missing_in_words(missing: &[char]) -> Option<String> {
    /// More would not be read.
    const NAMED: usize = 20;
    if missing.is_empty() {
        return None;
    }
    // The screen has the same typeface: there, only the number tells which character it is.
    let name = |&c: &char| format!("{c} (U+{:04X})", u32::from(c));
    let named: Vec<String> = missing.iter().take(NAMED).map(name).collect();
    let more = if missing.len() > NAMED { " ほか" } else { "" };
    let named = named.join("、");
    Some(format!("書体にない文字を〓で表しました：{named}{more}"))
}
