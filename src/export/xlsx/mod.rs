//! Excel: a sheet per issue as the printed form, and a sheet 「データ」 that programs can read.
//!
//! The form's sheets wrap their texts in rows whose heights are computed, since Excel leaves it to
//! whoever writes the file. Excel cuts rows off at 409 points, so a long text goes on in a row
//! below. The data sheet follows the rules of the Ministry of Internal Affairs for tables that
//! machines read: one fact in a cell, no merged cells, one header row, numbers as numbers.
//!
//! Every text is written as a text, never as a formula, and marked as one (`quotePrefix`), so that
//! it stays one when somebody edits the cell. Nothing is put in front of it: what is read back is
//! what was typed. Private notes are never exported.

mod data;
mod form_sheet;
pub(super) mod measure;
pub(crate) mod sheet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::plan::About;

use super::outline::{Chapter, Outline};

/// The workbook could not be written, e.g. since there are more rows than Excel can hold.
#[derive(Debug, thiserror::Error)]
#[error("Excel のファイルを作れませんでした（{0}）。")]
pub struct XlsxError(#[from] rust_xlsxwriter::XlsxError);

/// The name of the sheet that programs read.
pub const DATA_SHEET: &str = "データ";

/// An outline as the bytes of a workbook. The same input gives the same bytes.
///
/// # Errors
/// When it has more rows than Excel can hold.
pub fn write(outline: &Outline<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(super::text::printable(&outline.title()))
        .set_creation_datetime(&creation_date(outline.about())?);
    workbook.set_properties(&properties);
    let looks = sheet::Looks::new();
    // Widths of columns are counted in digits of this typeface, 7 pixels each (64 for a column of
    // the usual width), and so fit the text whatever typeface stands in for it.
    workbook.set_default_format(&looks.plain, 18, 64)?;
    let mut names = SheetNames::default();
    for chapter in &outline.chapters {
        let rows = chapter.tables.iter().map(|table| table.rows.len()).sum();
        let sheet = add_sheet(&mut workbook, rows)?;
        sheet.set_name(names.of(chapter))?;
        form_sheet::fill(sheet, outline, chapter, &looks)?;
    }
    let rows = outline.tables().map(|table| table.rows.len()).sum();
    let sheet = add_sheet(&mut workbook, rows)?;
    sheet.set_name(DATA_SHEET)?;
    data::fill(sheet, outline, &looks)?;
    Ok(workbook.save_to_buffer()?)
}

/// A sheet for so many initiatives. One of many keeps its rows in a temporary file that bears no
/// name, each as soon as the next one begins. Not every sheet does: a plan may have more issues than
/// a process may have files.
fn add_sheet(
    workbook: &mut Workbook,
    rows: usize,
) -> Result<&mut Worksheet, rust_xlsxwriter::XlsxError> {
    const MANY: usize = 2_000;
    match rows {
        ..MANY => Ok(workbook.add_worksheet()),
        _ => workbook.add_worksheet_with_low_memory(),
    }
}

/// A day that is the plan's, not today's: the same plan is the same file tomorrow.
pub(super) fn creation_date(about: &About) -> Result<ExcelDateTime, rust_xlsxwriter::XlsxError> {
    let stated = about.as_of.and_then(|date| {
        let year = u16::try_from(date.year()).ok()?;
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        ExcelDateTime::from_ymd(year, month, day).ok()
    });
    match stated {
        Some(date) => Ok(date),
        None => ExcelDateTime::from_ymd(about.fiscal_year, 4, 1)
            .or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1)),
    }
}

/// Names of sheets: made of numbers, so they are short and hold nothing that Excel forbids.
#[derive(Default)]
struct SheetNames {
    uses: std::collections::HashMap<String, u32>,
}

impl SheetNames {
    fn of(&mut self, chapter: &Chapter<'_>) -> String {
        let name = chapter.number.name();
        let uses = self.uses.entry(name.clone()).or_default();
        *uses += 1;
        // Numbers are data, so two issues may bear the same one; sheets may not.
        match *uses {
            1 => name,
            n => format!("{name}（{n}）"),
        }
    }
}
