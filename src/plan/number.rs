//! The number of a node, from the top down. Its form says how it is printed.
//!
//! A number is data, not a position: the real plan has 6-2-1 and 6-2-3 and no 6-2-2.

use arrayvec::ArrayVec;

use crate::form::{Form, Key, MAX_DEPTH, half_width};

/// The number of a node: its own part and those of the nodes above it, the uppermost first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Number(ArrayVec<(Key, Option<u32>), MAX_DEPTH>);

impl Number {
    /// One more part. A plan is never deeper than a number can be.
    pub fn push(&mut self, level: Key, own: Option<u32>) {
        let _ = self.0.try_push((level, own));
    }

    /// As in files and on the command line: `2`, `2-1`, `2-1-3`, `1-(1)`, `改革-1`.
    pub fn half_width(&self, form: &Form) -> String {
        self.0.iter().fold(String::new(), |above, (level, own)| {
            form.level(*level).number.fill(&above, *own)
        })
    }

    /// As printed: `２`, `２－１`, `２－１－３`, `改革－１`, or in half width where the form says so.
    pub fn printed(&self, form: &Form) -> String {
        let level = self.0.last().map(|(level, _)| form.level(*level));
        level.map_or_else(String::new, |level| {
            level.number.width.of(&self.half_width(form))
        })
    }

    /// The level of the node that bears it.
    pub fn level_key(&self) -> Key {
        self.0.last().map_or(Key::NONE, |(level, _)| *level)
    }

    /// The node's own part.
    pub fn own(&self) -> Option<u32> {
        self.0.last().and_then(|(_, own)| *own)
    }

    /// How many levels it names.
    pub fn depth(&self) -> usize {
        self.0.len()
    }
}

/// A number as somebody typed it in a number field: digits of either width, blanks around them.
pub fn parse(text: &str) -> Option<u32> {
    let text = half_width(text.trim());
    let all_digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_number_may_have_either_width() {
        assert_eq!(parse(" １2 "), Some(12));
        for wrong in ["", "１－２", "+3", "三", "99999999999"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
