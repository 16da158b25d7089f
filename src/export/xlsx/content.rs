//! What stands in a cell of the printed form: stretches of text in several looks, cut into rows where
//! it is long.

use std::ops::Range;

use crate::{
    export::{
        outline::{Cell, Item, words::CONTINUED},
        status_style,
        text::printable,
    },
    form::{Column, Slot},
    plan::Standing,
};

use super::{form_sheet::MOST_LINES, measure};

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    /// A number, an owner, a label, what a repost says of its source.
    Small,
    /// A title.
    Strong,
    /// The shape of a state.
    Mark(Standing),
    /// Its words.
    Words(Standing),
}

/// The text of a cell.
#[derive(Debug, Default)]
pub struct Content {
    /// Stands first in every row that the cell is cut into.
    number: Option<String>,
    text: String,
    /// How the text looks, from its beginning to its end.
    looks: Vec<(Look, Range<usize>)>,
}

/// A piece of a cell for one row.
#[derive(Debug)]
pub struct Piece {
    /// Of the text.
    range: Range<usize>,
    /// With those of the number.
    pub lines: usize,
}

impl Content {
    pub fn of(cell: &Cell<'_>) -> Self {
        let mut content = Self::default();
        for item in &cell.items {
            match item {
                Item::Title(title) => {
                    content.number = Some(title.number.clone());
                    content.add(Look::Strong, &one_line(title.title));
                    let owner = one_line(title.owner.as_deref().unwrap_or_default());
                    content.add(Look::Small, &owner);
                }
                Item::Repost(repost) => content.add(Look::Plain, &trimmed(&repost.line)),
                Item::State(state) => {
                    let words = one_line(&state.words);
                    match state.counted {
                        Some(standing) => {
                            let shape = status_style::of(standing).shape;
                            content.add(Look::Mark(standing), &format!("{shape} "));
                            content.add_beside(Look::Words(standing), &words);
                        }
                        None => content.add(Look::Small, &words),
                    }
                }
                Item::Text { label, text } => {
                    content.add(Look::Small, &one_line(label.unwrap_or_default()));
                    content.add(Look::Plain, &trimmed(text));
                }
            }
        }
        content
    }

    /// A heading beside what stands under it.
    pub fn strong(text: &str) -> Self {
        let mut content = Self::default();
        content.add(Look::Strong, &one_line(text));
        content
    }

    /// How many characters stand in a line of a column. Titles are bold, and wider than others in
    /// some typefaces.
    pub fn room(column: &Column, room: usize) -> usize {
        let has_title = column.fields.contains(&Slot::TITLE.field);
        room.saturating_sub(usize::from(has_title)).max(1)
    }

    /// Adds a stretch that begins a line; nothing for no text.
    fn add(&mut self, look: Look, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.looks.last_mut() {
            Some((last, range)) if *last == look => {
                self.text.push('\n');
                self.text.push_str(text);
                range.end = self.text.len();
            }
            Some(_) => self.add_beside(look, &format!("\n{text}")),
            None => self.add_beside(look, text),
        }
    }

    fn add_beside(&mut self, look: Look, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.looks.push((look, start..self.text.len()));
    }

    /// The pieces in which it stands in rows; at least one.
    pub fn cut(&self, room: usize) -> Vec<Piece> {
        let number = self.lines_of_number(room);
        // A few lines of text have their place, whatever stands beside them.
        let most = MOST_LINES.saturating_sub(number).max(4);
        if self.text.is_empty() {
            return vec![Piece {
                range: 0..0,
                lines: number,
            }];
        }
        let pieces = measure::pieces(&self.text, room, most).into_iter();
        let pieces = pieces.map(|piece| Piece {
            range: piece.start..piece.start + piece.text.len(),
            lines: piece.lines + number,
        });
        pieces.collect()
    }

    /// The lines that the number takes in each row.
    pub fn lines_of_number(&self, room: usize) -> usize {
        let number = self.number.as_deref().filter(|number| !number.is_empty());
        number.map_or(0, |number| {
            measure::line_starts(&format!("{number}{CONTINUED}"), room).len()
        })
    }

    /// The stretches that stand in a row.
    pub fn runs(&self, piece: Option<&Piece>, n: usize) -> Vec<(Look, String)> {
        let mut runs = Vec::new();
        if let Some(number) = self.number.as_ref().filter(|number| !number.is_empty()) {
            let after = if n == 0 { "" } else { CONTINUED };
            runs.push((Look::Small, format!("{number}{after}")));
        }
        let Some(piece) = piece else {
            return runs;
        };
        let mut is_first = true;
        for (look, range) in &self.looks {
            let start = range.start.max(piece.range.start);
            let end = range.end.min(piece.range.end);
            let Some(text) = self.text.get(start..end).filter(|text| !text.is_empty()) else {
                continue;
            };
            let is_below_number = is_first && !runs.is_empty() && !text.starts_with('\n');
            let line_break = if is_below_number { "\n" } else { "" };
            runs.push((*look, format!("{line_break}{text}")));
            is_first = false;
        }
        runs
    }
}

/// A text that the user typed in one line, or should have.
pub fn one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// A cell's text as it is shown: blank lines around it only make its row higher.
fn trimmed(text: &str) -> String {
    printable(text)
        .trim_matches(['\n', ' ', '　', '\t'])
        .to_owned()
}
