//! Texts that are too long for their cell.

use crate::form::Slot;

use super::{Rule, Text};

/// The longest cell of the ward's plan has 340 characters; a cell of 600 fills a page of its own.
const LONGEST_CELL: usize = 600;
const LONGEST_TITLE: usize = 80;

pub fn check(text: &mut Text<'_>) {
    let longest = match text.at {
        Slot::TITLE | Slot::OWNER => LONGEST_TITLE,
        _ => LONGEST_CELL,
    };
    // A text of few bytes cannot have many characters, and need not be counted.
    if text.text.len() <= longest {
        return;
    }
    let mut chars = text.text.char_indices();
    if let Some((cut, _)) = chars.nth(longest) {
        let count = longest + 1 + chars.count();
        let explanation =
            format!("{count} 文字あります（{longest} 文字まで）。欄に入りきりません。");
        text.find(Rule::TooLong, cut..text.text.len(), explanation, None);
    }
}
