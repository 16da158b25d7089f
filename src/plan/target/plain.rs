//! A text in one width and without blanks, which remembers where its characters came from.
//!
//! Only for reading numbers and the words around them: kana, kanji and letters stay as they are,
//! unlike in `fold`.

/// Digits, signs and brackets of numbers in half width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plain<'a> {
    original: &'a str,
    text: String,
    /// For each byte of the plain text, where its character begins in the original, and at the
    /// end, where the original ends.
    origins: Vec<usize>,
}

impl<'a> Plain<'a> {
    pub fn of(original: &'a str) -> Self {
        let mut plain = Self {
            original,
            text: String::with_capacity(original.len()),
            origins: Vec::with_capacity(original.len() + 1),
        };
        for (at, c) in original.char_indices() {
            if c.is_whitespace() {
                continue;
            }
            plain.text.push(half(c));
            plain.origins.resize(plain.text.len(), at);
        }
        plain.origins.push(original.trim_end().len());
        plain
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the original says between two places of the plain text, without blanks at the ends.
    pub fn original(&self, from: usize, to: usize) -> &'a str {
        let at = |place: usize| self.origins.get(place).copied().unwrap_or_default();
        self.original
            .get(at(from)..at(to))
            .unwrap_or_default()
            .trim()
    }
}

fn half(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
        '％' => '%',
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '．' => '.',
        '：' => ':',
        _ => c,
    }
}
