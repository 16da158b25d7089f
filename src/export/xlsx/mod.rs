//! Excel: what stands at the top of the plan each on a sheet as the printed form, and a sheet
//! 「データ」 that programs can read.
//!
//! The form's sheets wrap their texts in rows whose heights are computed, since Excel leaves it to
//! whoever writes the file. Excel cuts rows off at 409 points, so a long text goes on in a row
//! below. The data sheet follows the rules of the Ministry of Internal Affairs for tables that
//! machines read: one fact in a cell, no merged cells, one header row, numbers as numbers.
//!
//! Every text is written as a text, never as a formula, and marked as one (`quotePrefix`), so that
//! it stays one when somebody edits the cell. Nothing is put in front of it: what is read back is
//! what was typed. Private notes are never exported.

mod content;
mod data;
mod form_sheet;
mod grid;
pub(super) mod measure;
pub(crate) mod sheet;
mod sums;

use std::collections::{HashMap, hash_map::Entry};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::plan::About;

use super::outline::{Outline, Part, words::WHOLE};

/// The workbook could not be written, e.g. since there are more rows than Excel can hold.
#[derive(Debug, thiserror::Error)]
#[error("Excel のファイルを作れませんでした（{0}）。")]
pub struct XlsxError(#[from] rust_xlsxwriter::XlsxError);

/// The name of the sheet that programs read.
pub const DATA_SHEET: &str = "データ";
/// The name of the sheet with what amounts add up to.
pub const SUMS_SHEET: &str = "金額の合計";

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
    let mut names = SheetNames::new();
    if outline.whole.iter().any(|cell| !cell.items.is_empty()) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(WHOLE)?;
        form_sheet::fill_whole(sheet, outline, &looks)?;
    }
    // What stands at the top without a heading stands together.
    let is_together = |one: &Part<'_>, other: &Part<'_>| {
        !matches!(one, Part::Chapter(_)) && !matches!(other, Part::Chapter(_))
    };
    for parts in outline.parts.chunk_by(is_together) {
        let rows = parts
            .iter()
            .flat_map(|part| part.tables().map(|it| it.rows.len()).collect::<Vec<_>>());
        let sheet = add_sheet(&mut workbook, rows.sum())?;
        sheet.set_name(names.of(&form_sheet::name(outline, parts)))?;
        form_sheet::fill(sheet, outline, parts, &looks)?;
    }
    let sums = outline.sums().map(|_| workbook.worksheets().len());
    if sums.is_some() {
        workbook.add_worksheet().set_name(SUMS_SHEET)?;
    }
    let sheet = add_sheet(&mut workbook, outline.rows().count())?;
    sheet.set_name(DATA_SHEET)?;
    let places = data::fill(sheet, outline, &looks)?;
    if let Some(at) = sums {
        sums::fill(workbook.worksheet_from_index(at)?, outline, &places, &looks)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// A sheet for so many rows of the plan. One of many keeps its rows in a temporary file that bears no
/// name, each as soon as the next one begins. Not every sheet does: a plan may have more headings
/// than a process may have files.
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

/// Names of sheets, none of them twice.
struct SheetNames {
    uses: HashMap<String, u32>,
}

impl SheetNames {
    fn new() -> Self {
        let taken = [WHOLE, SUMS_SHEET, DATA_SHEET];
        Self {
            uses: taken.map(|name| (name.to_owned(), 1)).into(),
        }
    }

    /// The name of a sheet about something that is called so.
    fn of(&mut self, name: &str) -> String {
        let name = allowed(name);
        // Numbers are data, so two headings may bear the same one; sheets may not. Excel does not
        // tell capitals from small letters.
        loop {
            let uses = self.uses.entry(name.to_lowercase()).or_default();
            *uses += 1;
            let own = match *uses {
                1 => name.clone(),
                n => format!("{name}（{n}）"),
            };
            if *uses == 1 {
                return own;
            }
            if let Entry::Vacant(vacant) = self.uses.entry(own.to_lowercase()) {
                vacant.insert(1);
                return own;
            }
        }
    }
}

/// A name without what Excel forbids, so short that a number may stand behind it.
fn allowed(name: &str) -> String {
    /// Of the 31 that Excel allows, in the units of UTF-16.
    const LONGEST: usize = 24;
    let mut units = 0;
    let name = name.chars().take_while(|c| {
        units += c.len_utf16();
        units <= LONGEST
    });
    let forbidden = |c: char| c.is_control() || "[]:*?/\\".contains(c);
    let name: String = name.map(|c| if forbidden(c) { '_' } else { c }).collect();
    match name.trim().trim_matches('\'') {
        "" => "計画".to_owned(),
        // Excel keeps this name for itself.
        name if name.eq_ignore_ascii_case("history") => format!("{name}_"),
        name => name.to_owned(),
    }
}
