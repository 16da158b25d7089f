//! CSV for Excel: UTF-8 with a byte order mark, RFC 4180, one row per initiative.
//!
//! Private notes are never exported. Writing the file is the caller's.

use crate::plan::{Entry, Plan};

use super::record;

/// The first row.
pub use super::record::HEADER;

/// The CSV could not be written, which no plan is known to cause.
#[derive(Debug, thiserror::Error)]
#[error("CSV を作れませんでした（{0}）。")]
pub struct CsvError(#[from] ::csv::Error);

/// These initiatives of a plan as the bytes of a CSV file.
///
/// # Errors
/// When the writer refuses, which no plan is known to cause.
pub fn write<'a>(
    plan: &'a Plan,
    entries: impl IntoIterator<Item = Entry<'a>>,
) -> Result<Vec<u8>, CsvError> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(HEADER)?;
    for entry in entries {
        let cells = record::of(plan, &entry);
        writer.write_record(cells.map(quote_formula))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error());
    Ok(bytes.map_err(::csv::Error::from)?)
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
///
/// Cells that already begin with apostrophes before such a character get one more, so that an
/// importer can take exactly one away again.
pub fn quote_formula(cell: String) -> String {
    if starts_formula(cell.trim_start_matches('\'')) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// Whether a spreadsheet would take a text for a formula if somebody typed it.
pub fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_quoted() {
        let cases = [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("＝SUM(A1)", "'＝SUM(A1)"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("'=1", "''=1"),
            ("'quoted'", "'quoted'"),
            ("・会議 1-2=3", "・会議 1-2=3"),
            ("", ""),
        ];
        for (cell, quoted) in cases {
            assert_eq!(quote_formula(cell.to_owned()), quoted);
        }
    }
}
