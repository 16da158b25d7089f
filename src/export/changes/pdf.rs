//! 新旧対照表 as a PDF file like that of the printed form: tagged, with embedded fonts and real text.
//! It is laid out by `export/pages`.

use crate::{
    export::{
        go_on,
        pages::{self, faces::Faces},
        pdf::{self, Pdf, PdfError},
    },
    plan::Plan,
};

use super::Names;

/// What changed from `old` to `new`, as the bytes of a PDF file; with `grey`, without colour. The
/// same plans are the same file.
///
/// # Errors
/// When the file cannot be written, which no plan is known to cause.
pub fn write(old: &Plan, new: &Plan, names: Names<'_>, grey: bool) -> Result<Pdf, PdfError> {
    let pages = pages::lay_out_changes(old, new, names, Faces::new()?);
    let about = new.about();
    let date = about.as_of.or_else(|| pdf::first_day(about));
    pdf::finished(pages, &about.organisation, date, grey, &mut go_on)
}
