//! What a node or the plan as a whole says in the fields of its form: one text for each slot.
//!
//! Whatever its kind, a field's answer is a text as it was typed: a choice is the key of the choice,
//! an amount the number with its commas. The form says how it is read. What the form does not know
//! is kept.

use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeMap};

use crate::form::Slot;

use super::text::with_lf;

/// Texts by slot, none of them empty, what is planned once before what is reviewed.
///
/// Keys of choices and amounts are short, and stand beside their slots: counting a large plan waits
/// for memory more than for anything else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(Slot, CompactString)>);

impl Values {
    /// The text in a slot; empty where there is none.
    pub fn get(&self, slot: Slot) -> &str {
        let mut found = self.0.iter().filter(|(at, _)| *at == slot);
        found.next().map_or("", |(_, text)| text)
    }

    /// Puts a text into a slot and gives back what was there.
    pub fn set(&mut self, slot: Slot, text: String) -> String {
        match self.0.binary_search_by_key(&slot, |(at, _)| *at) {
            Ok(at) if text.is_empty() => self.0.remove(at).1.into_string(),
            Ok(at) => match self.0.get_mut(at) {
                Some((_, old)) => std::mem::replace(old, text.into()).into_string(),
                None => String::new(),
            },
            Err(_) if text.is_empty() => String::new(),
            Err(at) => {
                self.0.insert(at, (slot, text.into()));
                String::new()
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that is said, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (Slot, &str)> {
        self.0.iter().map(|(slot, text)| (*slot, text.as_str()))
    }
}

impl FromIterator<(Slot, String)> for Values {
    fn from_iter<I: IntoIterator<Item = (Slot, String)>>(all: I) -> Self {
        let mut values = Self::default();
        for (slot, text) in all {
            values.set(slot, with_lf(text));
        }
        values
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (slot, text) in self.iter() {
            map.serialize_entry(&slot, text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> de::Visitor<'de> for Reader {
    type Value = Values;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("欄のキーと文字")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
        let mut values = Values::default();
        while let Some(slot) = map.next_key::<Slot>()? {
            if !slot.is_field() {
                return Err(de::Error::custom(format!(
                    "「{slot}」は欄のキーに使えません"
                )));
            }
            // Dropping one of two would lose it.
            if !values.set(slot, with_lf(map.next_value()?)).is_empty() {
                return Err(de::Error::custom(format!("「{slot}」が二つあります")));
            }
        }
        Ok(values)
    }
}
