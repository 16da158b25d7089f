//! Keys: by which a level, a field, a choice or a review is known in files, whatever it is called.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Up to 20 small letters, digits and `_`, beginning with a letter. Copying one is as cheap as
/// copying a few numbers.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; Key::MOST]);

/// Whether it is written so. Every count of a plan asks this of each of its answers.
impl PartialEq<str> for Key {
    fn eq(&self, text: &str) -> bool {
        let (begin, rest) = self.0.split_at(text.len().min(Self::MOST));
        begin == text.as_bytes() && rest.first().is_none_or(|&b| b == 0)
    }
}

/// The text is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("キーは半角の小文字・数字・_ で {most} 文字まで、小文字で始めます（{0:?} は使えません）", most = Key::MOST)]
pub struct KeyError(String);

impl Key {
    /// Bytes at most.
    pub const MOST: usize = 20;
    /// The key of nothing; no file can name it.
    pub const NONE: Self = Self([0; Self::MOST]);

    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|&b| b == 0).unwrap_or(Self::MOST);
        // Only ASCII is ever put in.
        let bytes = self.0.get(..length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// A key that code itself names; evaluated by the compiler, which refuses what is no key.
    pub(super) const fn built_in<const N: usize>(text: &[u8; N]) -> Self {
        let mut all = [0; Self::MOST];
        let (start, _) = all.split_at_mut(N);
        start.copy_from_slice(text);
        Self(all)
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let wrong = || KeyError(text.chars().take(40).collect());
        let may_stand = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let bytes = text.as_bytes();
        let begins = bytes.first().is_some_and(u8::is_ascii_lowercase);
        if !begins || !bytes.iter().copied().all(may_stand) {
            return Err(wrong());
        }
        let mut all = [0; Self::MOST];
        let start = all.get_mut(..bytes.len()).ok_or_else(wrong)?;
        start.copy_from_slice(bytes);
        Ok(Self(all))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
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
        for text in ["a", "on_target", "r5", "abcdefghijklmnopqrst"] {
            let key: Key = text.parse().expect(text);
            assert_eq!(key.as_str(), text);
            assert!(key == *text && key != *"another" && key != *"" && key != *"on_target\0");
        }
        for wrong in ["", "5r", "_a", "A", "a b", "目標", "a/b", "abcdefghijklmnopqrstu", "a\0"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_key_of_the_code_is_one_of_a_file() {
        assert_eq!(Key::built_in(b"title"), "title".parse().expect("a key"));
    }
}
