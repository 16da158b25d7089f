//! The sheet that programs read: the columns of the CSV, one initiative in a row.
//!
//! A text that is longer than Excel allows in a cell goes on in the rows below. They bear the same
//! numbers and nothing else, so the pieces of a text can be joined by 取組番号, and nothing is
//! counted twice.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::export::{outline::Outline, record, text::printable};

use super::{
    measure,
    sheet::{self, CELL_LIMIT, Looks},
};

/// In half-width characters, in the order of the columns.
const WIDTHS: [f64; record::HEADER.len()] = [
    13.0, 30.0, 10.0, 30.0, 10.0, 30.0, 16.0, 50.0, 50.0, 12.0, 16.0, 50.0, 10.0,
];
/// The height of a line and of the highest row that Excel allows, in points. A higher row is cut
/// off on the screen only, and the sheet is for programs.
const LINE: f64 = 13.5;
const HIGHEST: f64 = 405.0;
/// The columns by which rows are told apart: those of the numbers.
const NUMBERS: [usize; 3] = [0, 2, 4];

/// Fills the sheet.
pub fn fill(sheet: &mut Worksheet, outline: &Outline<'_>, looks: &Looks) -> Result<(), XlsxError> {
    for ((column, name), width) in (0..).zip(record::HEADER).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet::write_text(sheet, (0, column), name, &looks.data_head)?;
    }
    let mut row = 1;
    for entry in outline.entries() {
        let cells = record::of(outline.plan(), &entry);
        let pieces = cells.each_ref().map(|cell| cut(&printable(cell)));
        let rows = pieces.iter().map(Vec::len).max().unwrap_or(1);
        for n in 0..rows {
            let mut lines = 1;
            for (((column, pieces), width), index) in (0..).zip(&pieces).zip(WIDTHS).zip(0..) {
                let n = if NUMBERS.contains(&index) { 0 } else { n };
                let text = pieces.get(n).map_or("", String::as_str);
                lines = lines.max(lines_of(text, width));
                match entry.issue.number {
                    Some(number) if index == 0 => {
                        let format = looks.data.of("");
                        sheet.write_number_with_format(row, column, number, format)?;
                    }
                    _ if text.is_empty() => {}
                    _ => sheet::write_text(sheet, (row, column), text, looks.data.of(text))?,
                }
            }
            sheet.set_row_height(row, (lines as f64 * LINE + 3.0).min(HIGHEST))?;
            row += 1;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet::set_up_print(sheet, 0)
}

/// How many lines a text takes in a column of this width, up to as many as fill the highest row.
fn lines_of(text: &str, width: f64) -> usize {
    let most = (HIGHEST / LINE) as usize;
    let room = (width / 2.0) as usize;
    // So many characters fill the highest row, and there may be a hundred thousand.
    match text.char_indices().nth(most * room * 2) {
        Some(_) => most,
        None => measure::line_starts(text, room).len(),
    }
}

/// A text in pieces that fit in a cell; at least one.
fn cut(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        // Such a text is written as markup, which counts against the limit too.
        let limit = if rest.starts_with("<r>") {
            CELL_LIMIT / 8
        } else {
            CELL_LIMIT
        };
        let mut units = 0;
        let end = rest.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            units > limit
        });
        let end = end.map_or(rest.len(), |(at, _)| at);
        let (piece, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        pieces.push(piece.to_owned());
        if after.is_empty() {
            return pieces;
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_excel_would_refuse_it() {
        let lengths = |text: &str| -> Vec<usize> {
            let pieces = cut(text);
            assert_eq!(pieces.concat(), text);
            pieces
                .iter()
                .map(|piece| piece.encode_utf16().count())
                .collect()
        };
        assert_eq!(lengths(""), [0]);
        assert_eq!(lengths(&"あ".repeat(32_767)), [32_767]);
        assert_eq!(lengths(&"あ".repeat(32_768)), [32_767, 1]);
        // A character of two units is not torn.
        assert_eq!(lengths(&"🎉".repeat(16_384)), [32_766, 2]);
    }
}
