//! Keys: by which a level, a field, a choice or a review is known in files, whatever it is called.

use std::{fmt, str::FromStr};

use arrayvec::ArrayString;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Up to 12 small letters, digits and `_`, beginning with a letter.
///
/// It is kept as one number, so that it is copied and compared at once: counting a plan compares
/// several for each of its nodes. Keys are in the order of their texts.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

/// Whether it is written so.
impl PartialEq<str> for Key {
    fn eq(&self, text: &str) -> bool {
        Self::code(text.as_bytes()) == Some(self.0)
    }
}

/// The text is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("キーは半角の小文字・数字・_ で {most} 文字まで、小文字で始めます（{0:?} は使えません）", most = Key::MOST)]
pub struct KeyError(String);

impl Key {
    /// Characters at most.
    pub const MOST: usize = 12;
    /// The key of nothing; no file can name it.
    pub const NONE: Self = Self(0);

    /// As it is written.
    pub fn text(self) -> ArrayString<{ Self::MOST }> {
        let mut text = ArrayString::new();
        let mut rest = self.0;
        let mut place = SIGNS.pow(Self::MOST as u32 - 1);
        while rest > 0 {
            text.push(char::from(sign(rest / place)));
            rest %= place;
            place /= SIGNS;
        }
        text
    }

    /// A key that code itself names; what is no key is nothing.
    pub(super) const fn built_in(text: &[u8]) -> Self {
        match Self::code(text) {
            Some(code) => Self(code),
            None => Self::NONE,
        }
    }

    /// The key that a text is, if it is one.
    pub(super) fn read(text: &str) -> Option<Self> {
        Self::code(text.as_bytes()).map(Self)
    }

    /// The number of a text, as if its signs were digits; `None` for what is no key.
    const fn code(text: &[u8]) -> Option<u64> {
        if text.len() > Self::MOST || !matches!(text.first(), Some(b'a'..=b'z')) {
            return None;
        }
        let mut code = 0;
        let mut rest = text;
        while let Some((first, others)) = rest.split_first() {
            let digit = match *first {
                b @ b'0'..=b'9' => b as u64 - b'0' as u64 + 1,
                b'_' => 11,
                b @ b'a'..=b'z' => b as u64 - b'a' as u64 + 12,
                _ => return None,
            };
            code = code * SIGNS + digit;
            rest = others;
        }
        let mut left = Self::MOST - text.len();
        while left > 0 {
            code *= SIGNS;
            left -= 1;
        }
        Some(code)
    }
}

/// The signs that there are, and the end.
const SIGNS: u64 = 38;

/// The sign of a digit.
const fn sign(digit: u64) -> u8 {
    match digit {
        1..=10 => b'0' + (digit - 1) as u8,
        11 => b'_',
        _ => b'a' + (digit.saturating_sub(12)) as u8,
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let wrong = || KeyError(text.chars().take(40).collect());
        Self::read(text).ok_or_else(wrong)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text().as_str(), f)
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader)
    }
}

struct Reader;

impl de::Visitor<'_> for Reader {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("キー")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Key, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_short_plain_word() {
        for text in ["a", "on_target", "r5", "z9_zzzzzzzzz", "a00000000000"] {
            let key: Key = text.parse().expect(text);
            assert_eq!(key.text().as_str(), text);
            assert!(key == *text);
            assert!(key == *text && key != *"another" && key != *"" && key != *"on_target\0");
        }
        for wrong in [
            "",
            "5r",
            "_a",
            "A",
            "a b",
            "目標",
            "a/b",
            "abcdefghijklm",
            "a\0",
        ] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn keys_are_in_the_order_of_their_texts() {
        let texts = ["a", "a0", "a1", "a_", "aa", "ab", "b", "b9zz", "ba"];
        let keys: Vec<Key> = texts.map(|text| text.parse().expect(text)).to_vec();
        assert!(keys.is_sorted());
        assert!(Key::NONE < keys[0]);
    }

    #[test]
    fn a_key_of_the_code_is_one_of_a_file() {
        let title: Key = "title".parse().expect("a key");
        assert_eq!(Key::built_in(b"title"), title);
    }
}
