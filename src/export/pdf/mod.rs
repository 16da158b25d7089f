//! The printed form as a PDF file: PDF/UA-1 and PDF/A-2a, real text with embedded fonts, tagged so
//! that it can be read aloud in order.
//!
//! What stands where is laid out by `pages`; writing the file's format is krilla's; joining the two
//! is `draw` (a page's contents), `glyphs` (what these say to whoever copies or hears the text) and
//! `structure` (tags and bookmarks). The same plan with the same options is the same file, byte by
//! byte: nothing in it knows of a clock or of chance. Saving the file is the caller's.

mod draw;
mod glyphs;
mod structure;

use jiff::civil::Date;
use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    error::KrillaError,
    metadata::{DateTime, Metadata},
    page::PageSettings,
    text::Font,
};

use crate::{plan::About, storage::builtin};

use super::{
    go_on,
    outline::Outline,
    pages::{
        self, Pages, Progress, Step, Stopped, Watch,
        faces::{FaceError, Faces},
    },
};

use glyphs::Cut;

pub use super::pages::{Options, Orientation};

/// How many pages are written before the watcher is asked again.
const STRIDE: usize = 16;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// Characters that the font lacks; they are shown as 〓.
    pub missing: Vec<char>,
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error("書き出しを中止しました。")]
    Stopped,
    #[error("{0}")]
    Face(#[from] FaceError),
    #[error("PDF を作れませんでした（{0}）。")]
    Write(String),
}

impl From<Stopped> for PdfError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// An outline as the bytes of a PDF file. `watch` is told how far it is, and may stop it. How much
/// of the plan is in it was decided by the outline; only the other options are taken from `options`.
///
/// # Errors
/// When `watch` stops it.
pub fn write(outline: &Outline<'_>, options: &Options, watch: Watch<'_>) -> Result<Pdf, PdfError> {
    let pages = pages::lay_out(outline, options, Faces::new()?, watch)?;
    let about = outline.about();
    let date = options.date.or(about.as_of).or_else(|| first_day(about));
    finished(pages, &about.organisation, date, options.grey, watch)
}

/// The characters of an outline that the font lacks, without writing a file.
///
/// # Errors
/// When the built-in fonts cannot be read, which a test rules out.
pub fn missing(outline: &Outline<'_>) -> Result<Vec<char>, PdfError> {
    let options = Options::default();
    let pages = pages::lay_out(outline, &options, Faces::new()?, &mut go_on)?;
    Ok(pages.missing)
}

/// The first day of a plan's fiscal year.
pub(super) fn first_day(about: &About) -> Option<Date> {
    let year = i16::try_from(about.fiscal_year).unwrap_or(i16::MAX);
    Date::new(year, 4, 1).ok()
}

/// Writes laid-out pages. Each is given up when it is written: of a long document they take as much
/// memory as the file.
pub(super) fn finished(
    pages: Pages,
    author: &str,
    date: Option<Date>,
    grey: bool,
    watch: Watch<'_>,
) -> Result<Pdf, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError::Write(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    document.set_metadata(metadata(&pages.title, author, date));
    let font = |bytes: &'static [u8]| {
        Font::new(bytes.into(), 0).ok_or_else(|| PdfError::Write("書体".to_owned()))
    };
    let mut faces = Faces::new()?;
    let mut pen = draw::Pen {
        regular: Cut::new(font(builtin::FONT_REGULAR)?, faces.face(false)),
        bold: Cut::new(font(builtin::FONT_BOLD)?, faces.face(true)),
        faces,
        grey,
    };
    let count = pages.pages.len();
    let mut structure = structure::Structure::new(pages.nodes);
    for (n, page) in pages.pages.into_iter().enumerate() {
        if n.is_multiple_of(STRIDE) {
            let progress = Progress {
                step: Step::Writing,
                done: n,
                of: count,
            };
            if watch(progress).is_break() {
                return Err(PdfError::Stopped);
            }
        }
        let settings = PageSettings::from_wh(pages.size.0, pages.size.1)
            .ok_or_else(|| PdfError::Write("用紙".to_owned()))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        if n == 0 && !pages.missing.is_empty() {
            pen.draw_geta(&mut surface);
        }
        pen.draw(&page, &mut surface, &mut structure);
        surface.finish();
        sheet.finish();
    }
    document.set_outline(structure::bookmarks(&pages.bookmarks));
    document.set_tag_tree(structure.finish());
    let bytes = document.finish();
    Ok(Pdf {
        bytes: bytes.map_err(|error| PdfError::Write(reason(&error)))?,
        pages: count,
        missing: pages.missing,
    })
}

/// krilla's reason, with the rules that were broken: its own sentence only counts them.
fn reason(error: &KrillaError) -> String {
    match error {
        KrillaError::Validation(broken) => {
            let rules = broken.iter().map(|(rule, _)| format!("{rule:?}"));
            rules
                .collect::<Vec<_>>()
                .join("、")
                .chars()
                .take(300)
                .collect()
        }
        other => other.to_string(),
    }
}

fn metadata(title: &str, author: &str, date: Option<Date>) -> Metadata {
    let author: String = author
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    let metadata = Metadata::new()
        .title(title.to_owned())
        .language("ja".to_owned())
        .creator(format!("furikaeri {}", env!("CARGO_PKG_VERSION")));
    let metadata = match author.trim() {
        "" => metadata,
        author => metadata.authors(vec![author.to_owned()]),
    };
    // The archive's format wants a date, whatever the plan says.
    let date = date.unwrap_or(Date::constant(2000, 1, 1));
    let year = u16::try_from(date.year()).unwrap_or_default();
    let part = |n: i8| u8::try_from(n).unwrap_or(1);
    let date = DateTime::new(year)
        .month(part(date.month()))
        .day(part(date.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(9)
        .utc_offset_minute(0);
    metadata.creation_date(date)
}
