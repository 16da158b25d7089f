//! CSV for Excel: UTF-8 with a byte order mark, RFC 4180, one row for each record.
//!
//! A spreadsheet that opens the file shows every cell as it stands and writes it so: what it would
//! take for a formula, a date or another number is marked as a text. Private notes are never
//! exported. Writing the file is the caller's.

use std::borrow::Cow;

use crate::form::half_width;

use super::{
    outline::Outline,
    record::{self, Cell, Columns, is_plain_number},
};

/// The CSV could not be written, which no plan is known to cause.
#[derive(Debug, thiserror::Error)]
#[error("CSV を作れませんでした（{0}）。")]
pub struct CsvError(#[from] ::csv::Error);

/// The records of an outline as the bytes of a CSV file.
///
/// # Errors
/// When the writer refuses, which no plan is known to cause.
pub fn write(outline: &Outline<'_>) -> Result<Vec<u8>, CsvError> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    let plan = outline.plan();
    let columns = Columns::of(plan);
    writer.write_record(columns.heads().map(|head| marked(head).into_owned()))?;
    for entry in record::entries(outline) {
        let cells = columns.cells(plan, &entry);
        writer.write_record(cells.iter().map(|cell| field(cell).into_owned()))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error());
    Ok(bytes.map_err(::csv::Error::from)?)
}

/// A cell as it stands in a file, or on the clipboard.
pub fn field(cell: &Cell) -> Cow<'_, str> {
    match cell.is_number {
        true => Cow::Borrowed(&cell.text),
        false => marked(&cell.text),
    }
}

/// A text that a spreadsheet would take for something else gets an apostrophe in front.
///
/// Texts that already begin with apostrophes before such a one get one more, so that an importer can
/// take exactly one away again.
pub fn marked(text: &str) -> Cow<'_, str> {
    if is_taken_for_another(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// What was marked as a text, as it was.
pub fn unmarked(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_taken_for_another(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Whether a spreadsheet would take a text for something else if somebody typed it.
pub fn is_taken_for_another(text: &str) -> bool {
    starts_formula(text) || is_rewritten(text)
}

fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'])
}

/// What stands in dates and numbers beside digits and signs: names of eras, months and hours.
const PARTS: [&str; 34] = [
    "年", "月", "日", "時", "分", "秒", "元", "明治", "大正", "昭和", "平成", "令和", "午前",
    "午後", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "am", "pm", "m", "t", "s", "h", "r", "e",
];
/// Longer ones are no dates and no numbers that a spreadsheet reads.
const LONGEST: usize = 255;

/// Whether a spreadsheet would take a text for a date, a truth or a number that it writes in another
/// way: `2-1`, `10月`, `007`, `１２`, `57.2%`. Rather too often than not.
fn is_rewritten(text: &str) -> bool {
    if text.len() > LONGEST || is_plain_number(text) {
        return false;
    }
    let plain = half_width(text.trim()).to_lowercase();
    if plain == "true" || plain == "false" {
        return true;
    }
    if !plain.contains(|c: char| c.is_ascii_digit() || c == '元') {
        return false;
    }
    let mut rest = plain.as_str();
    while !rest.is_empty() {
        let is_sign = |c: char| {
            c.is_ascii_digit() || c.is_whitespace() || "-/.,:%+()$\\¥￥％，．／：’'".contains(c)
        };
        let after = rest.strip_prefix(is_sign);
        let after = after.or_else(|| PARTS.iter().find_map(|part| rest.strip_prefix(part)));
        match after {
            Some(after) => rest = after,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_a_spreadsheet_would_read_otherwise_are_marked_and_can_be_read_back() {
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
            ("2-1", "'2-1"),
            ("１－１－１", "'１－１－１"),
            ("1/2", "'1/2"),
            ("007", "'007"),
            ("１２", "'１２"),
            ("1,234", "'1,234"),
            ("57.20", "'57.20"),
            ("57.2%", "'57.2%"),
            ("10月", "'10月"),
            ("令和3年10月31日", "'令和3年10月31日"),
            ("R3.10.31", "'R3.10.31"),
            ("31-Oct", "'31-Oct"),
            ("10:30", "'10:30"),
            ("1e5", "'1e5"),
            ("(5)", "'(5)"),
            ("True", "'True"),
            ("1234567890123456", "'1234567890123456"),
            ("''2-1", "'''2-1"),
            ("12", "12"),
            ("57.2", "57.2"),
            ("0", "0"),
            ("100人以上", "100人以上"),
            ("改革-1", "改革-1"),
            ("具体的取組3-1-2", "具体的取組3-1-2"),
            ("毎日", "毎日"),
        ];
        for (text, cell) in cases {
            assert_eq!(marked(text), cell);
            assert_eq!(unmarked(cell), text);
        }
    }
}
