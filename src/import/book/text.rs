//! The text of a cell, in pieces that look differently.

use quick_xml::events::BytesStart;

use crate::plan::with_lf;

use super::{
    BookError,
    styles::{self, Ink},
    xml::{Elements, Piece, attribute, name},
};

/// A text in the pieces in which it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// All of it; line breaks are LF.
    pub text: String,
    pub runs: Vec<Run>,
}

/// A piece of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    /// How it is written, where the cell itself does not say so.
    pub ink: Option<Ink>,
}

impl Text {
    pub fn plain(text: &str) -> Self {
        let text = with_lf(unescaped(text));
        Self {
            runs: vec![Run {
                text: text.clone(),
                ink: None,
            }],
            text,
        }
    }

    /// Reads what is in the element that has just begun (`si`, `is` or `text`), without the
    /// readings of kanji (ふりがな) that Excel keeps beside what is typed.
    ///
    /// # Errors
    /// When the part is not XML, or has too many elements.
    pub fn read(elements: &mut Elements<'_>, element: &BytesStart<'_>) -> Result<Self, BookError> {
        let end = name(element).to_owned();
        let mut runs: Vec<Run> = Vec::new();
        let mut run = Run::default();
        let mut is_text = false;
        while let Some(piece) = elements.next()? {
            match piece {
                Piece::Start(element, is_empty) => match name(&element) {
                    "rPh" if !is_empty => elements.skip(&element)?,
                    "r" => run = Run::default(),
                    "rPr" if !is_empty => run.ink = Some(ink(elements)?),
                    "t" => is_text = !is_empty,
                    _ => {}
                },
                Piece::Text(text) if is_text => run.text.push_str(&text),
                Piece::Text(_) => {}
                Piece::End(it) if it == end => break,
                Piece::End(it) if it == "t" => {
                    is_text = false;
                    let text = with_lf(unescaped(&std::mem::take(&mut run.text)));
                    let ink = run.ink.clone();
                    runs.push(Run { text, ink });
                }
                Piece::End(_) => {}
            }
        }
        runs.shrink_to_fit();
        Ok(Self {
            // A line break may be torn between two pieces.
            text: with_lf(runs.iter().map(|run| run.text.as_str()).collect()),
            runs,
        })
    }
}

/// How a piece is written.
fn ink(elements: &mut Elements<'_>) -> Result<Ink, BookError> {
    let mut ink = Ink::default();
    while let Some(piece) = elements.next()? {
        match piece {
            Piece::Start(element, _) => match name(&element) {
                "strike" => ink.is_struck = styles::is_on(&element),
                "color" => ink.colour = styles::colour(&element),
                _ => {}
            },
            Piece::End(it) if it == "rPr" => break,
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(ink)
}

/// Excel writes what XML cannot hold as `_x000D_`, and `_` before such a text as `_x005F_`.
fn unescaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        result.push_str(before);
        let code = after.get(2..6).filter(|_| after.get(6..7) == Some("_"));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                result.push(c);
                rest = after.get(7..).unwrap_or_default();
            }
            None => {
                result.push_str("_x");
                rest = after.get(2..).unwrap_or_default();
            }
        }
    }
    result + rest
}

/// As many as there are cells, if each has its own.
const MOST_SHARED: usize = super::MOST_CELLS;

/// All the shared texts of a workbook.
pub fn shared(part: &str) -> Result<Vec<std::sync::Arc<Text>>, BookError> {
    let mut elements = Elements::of(part);
    let mut texts = Vec::new();
    while let Some(piece) = elements.next()? {
        if let Piece::Start(element, is_empty) = piece
            && name(&element) == "si"
        {
            let text = match is_empty {
                true => Text::default(),
                false => Text::read(&mut elements, &element)?,
            };
            texts.push(text.into());
            if texts.len() > MOST_SHARED {
                return Err(BookError::TooLarge);
            }
        }
    }
    Ok(texts)
}

/// A comment on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Row and column, from 0.
    pub at: (u32, u16),
    pub text: String,
}

/// The comments of a sheet.
pub fn notes(part: &str) -> Result<Vec<Note>, BookError> {
    let mut elements = Elements::of(part);
    let mut notes = Vec::new();
    let mut at = None;
    while let Some(piece) = elements.next()? {
        let Piece::Start(element, is_empty) = piece else {
            continue;
        };
        match name(&element) {
            "comment" => at = attribute(&element, "ref").and_then(|it| super::sheet::place(&it)),
            "text" if !is_empty => {
                let text = Text::read(&mut elements, &element)?.text;
                notes.extend(at.map(|at| Note { at, text }));
            }
            _ => {}
        }
    }
    Ok(notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_escapes_is_read_as_it_was_typed() {
        let cases = [
            ("一_x000D_\n二", "一\n二"),
            ("_x005F_x0041_", "_x0041_"),
            ("_x_x00_ _xzzzz_", "_x_x00_ _xzzzz_"),
            ("_xあいうえ_", "_xあいうえ_"),
            ("", ""),
        ];
        for (written, typed) in cases {
            assert_eq!(Text::plain(written).text, typed);
        }
    }
}
