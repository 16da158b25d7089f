//! Which of a node's texts is meant: a field, and for which review where it has one for each.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::key::{Key, KeyError};

/// A text of a node or of the plan as a whole.
///
/// Every node has a title, an owner (担当) and a memo, whatever its form asks for; all other slots
/// are those of the form's fields. Written `target` in files, or `midyear/results` where there is
/// one text for each review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// `None` for what is planned once.
    pub review: Option<Key>,
    pub field: Key,
}

/// The text names no slot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct ParseSlotError(#[from] KeyError);

impl Slot {
    /// 名称.
    pub const TITLE: Self = Self::built_in(b"title");
    /// 担当: the section that fills it in.
    pub const OWNER: Self = Self::built_in(b"owner");
    /// A private note; never exported.
    pub const MEMO: Self = Self::built_in(b"memo");
    /// What every node has, so that no field of a form may be called so.
    pub const OF_EVERY_NODE: [Self; 3] = [Self::TITLE, Self::OWNER, Self::MEMO];

    /// What is planned once.
    pub const fn once(field: Key) -> Self {
        Self {
            review: None,
            field,
        }
    }

    /// What is filled in at a review.
    pub const fn at(review: Key, field: Key) -> Self {
        Self {
            review: Some(review),
            field,
        }
    }

    const fn built_in(field: &[u8]) -> Self {
        Self::once(Key::built_in(field))
    }

    /// Whether it is a field of the form, and none of what every node has.
    pub fn is_field(self) -> bool {
        !Self::OF_EVERY_NODE.contains(&self)
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.review {
            Some(review) => write!(f, "{review}/{}", self.field),
            None => write!(f, "{}", self.field),
        }
    }
}

impl FromStr for Slot {
    type Err = ParseSlotError;

    fn from_str(text: &str) -> Result<Self, ParseSlotError> {
        Ok(match text.split_once('/') {
            Some((review, field)) => Self::at(review.parse()?, field.parse()?),
            None => Self::once(text.parse()?),
        })
    }
}

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader)
    }
}

struct Reader;

impl de::Visitor<'_> for Reader {
    type Value = Slot;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("欄のキー")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Slot, E> {
        text.parse().map_err(E::custom)
    }
}
