//! The cells of a sheet.

use std::{collections::BTreeMap, str::FromStr, sync::Arc};

use jiff::{Span, civil::Date};
use quick_xml::events::BytesStart;
use rust_decimal::Decimal;

use super::{
    BookError, Cell, Left,
    styles::{Look, NumberKind},
    text::{Run, Text},
    xml::{Elements, Piece, attribute, name, number},
};

/// What the cells of a sheet refer to.
pub struct Context<'a> {
    pub shared: &'a [Arc<Text>],
    pub looks: &'a [Look],
    /// Whether days are counted from 1904, as old Macs did.
    pub since_1904: bool,
}

/// Row and column, from 0, of `B3`.
pub fn place(reference: &str) -> Option<(u32, u16)> {
    let reference = reference.replace('$', "");
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at_checked(digits)?;
    let mut column = 0_u32;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() || column > 20_000 {
            return None;
        }
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    let row: u32 = digits.parse().ok()?;
    Some((
        row.checked_sub(1)?,
        u16::try_from(column.checked_sub(1)?).ok()?,
    ))
}

/// `B3` of a row and column from 0.
pub fn reference((row, column): (u32, u16)) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

/// Reads the cells in which something stands.
///
/// # Errors
/// When the part is no sheet, or has more of them than are left.
pub(super) fn cells(
    part: &str,
    context: &Context<'_>,
    left: &mut Left,
) -> Result<BTreeMap<(u32, u16), Cell>, BookError> {
    let mut elements = Elements::of(part);
    let mut cells = BTreeMap::new();
    let (mut row, mut column) = (0_u32, 0_u16);
    let mut is_first_row = true;
    while let Some(piece) = elements.next()? {
        let Piece::Start(element, is_empty) = piece else {
            continue;
        };
        match name(&element) {
            "row" => {
                let next = if is_first_row {
                    0
                } else {
                    row.saturating_add(1)
                };
                row = number::<u32>(&element, "r").map_or(next, |row| row.saturating_sub(1));
                column = 0;
                is_first_row = false;
            }
            "c" => {
                let said = attribute(&element, "r").and_then(|it| place(&it));
                let at = said.unwrap_or((row, column));
                column = at.1.saturating_add(1);
                if is_empty {
                    continue;
                }
                if let Some(cell) = cell(&mut elements, &element, context)? {
                    left.take(&cell)?;
                    cells.insert(at, cell);
                }
            }
            _ => {}
        }
    }
    Ok(cells)
}

impl Left {
    fn take(&mut self, cell: &Cell) -> Result<(), BookError> {
        // A piece of a text takes some memory and time, however short it is.
        let text = cell.text.text.len() + cell.text.runs.len() * size_of::<Run>();
        let cells = self.cells.checked_sub(1);
        let text = self.text.checked_sub(text);
        (self.cells, self.text) = cells.zip(text).ok_or(BookError::TooLarge)?;
        Ok(())
    }
}

fn cell(
    elements: &mut Elements<'_>,
    element: &BytesStart<'_>,
    context: &Context<'_>,
) -> Result<Option<Cell>, BookError> {
    let kind = attribute(element, "t").unwrap_or_default();
    let look = number::<usize>(element, "s").and_then(|style| context.looks.get(style));
    let look = look.cloned().unwrap_or_default();
    let mut value = String::new();
    let mut inline = None;
    let mut is_formula = false;
    let mut is_value = false;
    while let Some(piece) = elements.next()? {
        match piece {
            Piece::Start(element, is_empty) => match name(&element) {
                "f" => is_formula = true,
                "v" => is_value = !is_empty,
                "is" if !is_empty => inline = Some(Text::read(elements, &element)?),
                _ => {}
            },
            Piece::Text(text) if is_value => value.push_str(&text),
            Piece::Text(_) => {}
            Piece::End(it) if it == "v" => is_value = false,
            Piece::End(it) if it == "c" => break,
            Piece::End(_) => {}
        }
    }
    let mut is_date = false;
    let text = match (kind.as_str(), inline) {
        (_, Some(text)) => Arc::new(text),
        ("s", None) => {
            let shared = value.trim().parse::<usize>().ok();
            match shared.and_then(|at| context.shared.get(at)) {
                Some(text) => Arc::clone(text),
                None => return Ok(None),
            }
        }
        ("b", None) => {
            let word = if value.trim() == "1" { "TRUE" } else { "FALSE" };
            Arc::new(Text::plain(word))
        }
        ("n" | "", None) => {
            is_date = look.number == NumberKind::Date;
            Arc::new(Text::plain(&in_words(value.trim(), look.number, context)))
        }
        _ => Arc::new(Text::plain(&value)),
    };
    let cell = Cell {
        text,
        look,
        is_formula,
        is_date,
    };
    Ok((!cell.text.text.is_empty() || is_formula).then_some(cell))
}

/// A number as somebody would type it.
fn in_words(value: &str, kind: NumberKind, context: &Context<'_>) -> String {
    let number = Decimal::from_str(value).or_else(|_| Decimal::from_scientific(value));
    let Ok(number) = number else {
        return value.to_owned();
    };
    match kind {
        NumberKind::Number => number.normalize().to_string(),
        NumberKind::Percent => match number.checked_mul(Decimal::ONE_HUNDRED) {
            Some(number) => format!("{}%", number.normalize()),
            None => value.to_owned(),
        },
        NumberKind::Date => date(number, context.since_1904).unwrap_or_else(|| value.to_owned()),
    }
}

/// The day that a number stands for. Excel's calendar has a 29 February 1900 that never was; days
/// before it are nobody's.
fn date(number: Decimal, since_1904: bool) -> Option<String> {
    let days = i64::try_from(number.trunc()).ok()?;
    let first = match since_1904 {
        true => Date::constant(1904, 1, 1),
        false if days > 60 => Date::constant(1899, 12, 30),
        false => return None,
    };
    let days = i32::try_from(days).ok()?;
    let day = first.checked_add(Span::new().try_days(days).ok()?).ok()?;
    Some(day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_written() {
        for (text, at) in [
            ("A1", (0, 0)),
            ("B3", (2, 1)),
            ("AA10", (9, 26)),
            ("XFD1048576", (1_048_575, 16_383)),
        ] {
            assert_eq!(place(text), Some(at), "{text}");
            assert_eq!(reference(at), text);
        }
        for wrong in ["", "A", "1", "A0", "あ1", "AAAAAAAAA1", "A99999999999"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
