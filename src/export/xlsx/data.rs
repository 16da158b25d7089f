//! The sheet that programs read: the columns of the CSV, a record in a row.
//!
//! A text that is longer than Excel allows in a cell goes on in the rows below. They bear the same
//! numbers (a part without one its title) and nothing else, so the pieces of a text can be joined by
//! them, and nothing is counted twice.

use std::collections::HashMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::{
    export::{
        outline::Outline,
        record::{self, Cell, Column, Columns, Fact},
        text::printable,
    },
    form::Form,
    plan::Id,
};

use super::{
    measure,
    sheet::{self, CELL_LIMIT, Looks},
};

/// The height of a line and of the highest row that Excel allows, in points. A higher row is cut
/// off on the screen only, and the sheet is for programs.
const LINE: f64 = 13.5;
const HIGHEST: f64 = 405.0;

/// The rows of the sheet, from the first to the last one.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    pub first: u32,
    pub last: u32,
}

/// Where the records stand.
#[derive(Debug)]
pub struct Places {
    pub columns: Columns,
    /// All rows; none where there is no record.
    pub all: Option<Rows>,
    /// Those of a node at the top and of all that is in it.
    pub by_top: HashMap<Id, Rows>,
}

/// Fills the sheet, and says where the records stand.
pub fn fill(
    sheet: &mut Worksheet,
    outline: &Outline<'_>,
    looks: &Looks,
) -> Result<Places, XlsxError> {
    let (plan, form) = (outline.plan(), outline.form());
    let columns = Columns::of(plan);
    let widths: Vec<f64> = columns.iter().map(|column| width(form, column)).collect();
    for ((column, width), place) in columns.iter().zip(&widths).zip(0..) {
        sheet.set_column_width(place, *width)?;
        let head = printable(&column.head);
        sheet::write_text(sheet, (0, place), &head, &looks.data_head)?;
    }
    let mut places = Places {
        columns: columns.clone(),
        all: None,
        by_top: HashMap::new(),
    };
    let mut row = 1;
    for entry in record::entries(outline) {
        let cells = columns.cells(plan, &entry);
        let pieces: Vec<Vec<String>> = cells.iter().map(|it| cut(&printable(&it.text))).collect();
        let count = pieces.iter().map(Vec::len).max().unwrap_or(1);
        let first = row;
        for n in 0..count {
            let mut lines = 1;
            let all = columns.iter().zip(&cells).zip(&pieces).zip(&widths);
            for ((((column, cell), pieces), width), place) in all.zip(0..) {
                let is_name = is_name(column, cell, pieces, cells.as_slice(), &columns);
                let n = if is_name { 0 } else { n };
                let text = pieces.get(n).map_or("", String::as_str);
                lines = lines.max(lines_of(text, *width));
                let number = text.parse::<f64>().ok().filter(|_| cell.is_number);
                match number.filter(|_| is_name || n == 0) {
                    Some(number) => {
                        let format = looks.data.of("");
                        sheet.write_number_with_format(row, place, number, format)?;
                    }
                    None if text.is_empty() => {}
                    None => sheet::write_text(sheet, (row, place), text, looks.data.of(text))?,
                }
            }
            sheet.set_row_height(row, (lines as f64 * LINE + 3.0).min(HIGHEST))?;
            row += 1;
        }
        let last = row - 1;
        let rows = places
            .by_top
            .entry(entry.top().id)
            .or_insert(Rows { first, last });
        rows.last = last;
        places.all.get_or_insert(Rows { first, last }).last = last;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet::set_up_wide_print(sheet, 0, &widths, names(&columns))?;
    Ok(places)
}

/// The columns that name a record: the number and the title of the lowest level.
fn names(columns: &Columns) -> Option<(u16, u16)> {
    let is_title = |(_, column): &(u16, &Column)| matches!(column.fact, Fact::Title(_));
    let (last, title) = (0..).zip(columns.iter()).filter(is_title).last()?;
    let Fact::Title(level) = title.fact else {
        return None;
    };
    let before = last.checked_sub(1).map(|at| (at, Fact::Number(level)));
    let number = before.filter(|(at, number)| {
        let column = columns.iter().nth(usize::from(*at));
        column.is_some_and(|column| column.fact == *number)
    });
    Some((number.map_or(last, |(at, _)| at), last))
}

/// Whether a cell is repeated where a record goes on below: a number, and the title of what has
/// none.
fn is_name(
    column: &Column,
    cell: &Cell,
    pieces: &[String],
    cells: &[Cell],
    columns: &Columns,
) -> bool {
    match column.fact {
        Fact::Number(_) => true,
        Fact::Title(level) => {
            let number = columns.iter().position(|it| it.fact == Fact::Number(level));
            let number = number.and_then(|at| cells.get(at));
            let is_without = number.is_none_or(|number| number.text.is_empty());
            is_without && !cell.text.is_empty() && pieces.len() == 1
        }
        Fact::Owner | Fact::Answer { .. } | Fact::Repost => false,
    }
}

/// The width of a column, in half-width characters.
fn width(form: &Form, column: &Column) -> f64 {
    let head = column.head.chars().count() as f64 * 2.0 + 1.0;
    let content: f64 = match column.fact {
        Fact::Number(_) => 10.0,
        Fact::Title(_) => 30.0,
        Fact::Owner => 16.0,
        Fact::Repost => 20.0,
        Fact::Answer { level, .. } => match column.field(form.level(level)) {
            Some(field) if field.is_written() => 50.0,
            Some(field) if field.is_choice() => 16.0,
            Some(_) | None => 14.0,
        },
    };
    content.max(head.min(30.0))
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
