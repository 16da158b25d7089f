//! A column of the printed table.

use serde::{Deserialize, Serialize};

use super::{key::Key, text};

/// A column of the table in which the nodes of a level are the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    #[serde(with = "text")]
    pub heading: String,
    /// Its share of the table's width, from 1 to 1000; a share of the sum of all.
    pub share: u16,
    /// What stands in it, one below the other: keys of fields, `title` or `owner`. Choices that
    /// follow each other stand in one line: 【目標達成見込、取組予定通り進捗している】.
    pub fields: Vec<Key>,
    /// The review whose texts stand in it, where more than one are printed side by side; otherwise
    /// it is the one that is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Key>,
}
