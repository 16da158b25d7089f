//! 階層: what the nodes of one level have, where they may stand and how they are printed.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{
    column::Column,
    field::{Field, Filler, is_false},
    key::Key,
    numbering::Numbering,
    text,
};

/// 階層: 経営課題, 戦略, 具体的取組.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    pub key: Key,
    /// What people call its nodes.
    #[serde(with = "text")]
    pub name: String,
    /// Where there is little room: 取組. Empty where the name does.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub short: String,
    /// Whether its nodes may stand at the top of the plan.
    #[serde(default, skip_serializing_if = "is_false")]
    pub at_top: bool,
    /// The levels in whose nodes they may stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<Key>,
    #[serde(default, skip_serializing_if = "Numbering::is_default")]
    pub number: Numbering,
    /// The line above what it holds; `{name}`, `{number}` and `{title}` stand for its own.
    #[serde(
        default = "usual_heading",
        with = "text",
        skip_serializing_if = "is_usual_heading"
    )]
    pub heading: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Columns of the table in which its nodes are rows. Without columns they are headings only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Column>,
    /// 再掲: what stands for one that repeats another; `{name}` and `{number}` are those of the other
    /// one. Empty where none may repeat another.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub repost: String,
}

/// `経営課題１　区民主体のまちづくり`.
const USUAL_HEADING: &str = "{name}{number}　{title}";

pub(super) fn usual_heading() -> String {
    USUAL_HEADING.to_owned()
}

fn is_usual_heading(heading: &str) -> bool {
    heading == USUAL_HEADING
}

impl Level {
    /// The level of what belongs to no level.
    pub(super) fn nothing() -> &'static Self {
        static NOTHING: LazyLock<Level> = LazyLock::new(Level::default);
        &NOTHING
    }

    /// What its nodes are called where there is little room.
    pub fn short(&self) -> &str {
        if self.short.is_empty() {
            &self.name
        } else {
            &self.short
        }
    }

    pub fn field(&self, key: Key) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Whether its nodes are rows of a table.
    pub fn is_row(&self) -> bool {
        !self.columns.is_empty()
    }

    /// The fields from whose answers a node's state comes.
    pub fn axes(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_axis())
    }

    /// Whether its nodes have a state.
    pub fn is_assessed(&self) -> bool {
        self.axes().next().is_some()
    }

    /// Whether nodes of both have the same answers from which their states come, in whatever words.
    pub fn is_judged_like(&self, other: &Self) -> bool {
        let alike = |one: &Field, other: &Field| {
            let grades = |field: &Field| -> Vec<_> {
                let choices = field.choices().iter();
                choices.map(|choice| (choice.key, choice.grade)).collect()
            };
            one.key == other.key && grades(one) == grades(other)
        };
        self.axes().count() == other.axes().count()
            && self
                .axes()
                .zip(other.axes())
                .all(|(one, other)| alike(one, other))
    }

    /// Whether a section fills in something of it.
    pub fn has_owner(&self) -> bool {
        self.fields
            .iter()
            .any(|field| field.filled_by == Filler::Section)
    }

    /// Whether its nodes say anything besides what they are called and what is in them.
    pub fn is_filled_in(&self) -> bool {
        self.is_row() || !self.fields.is_empty()
    }

    /// Whether its nodes may repeat others.
    pub fn can_repeat(&self) -> bool {
        !self.repost.is_empty()
    }

    /// The line above what a node of it holds.
    pub fn heading(&self, number: &str, title: &str) -> String {
        let heading = self.heading.replace("{name}", &self.name);
        let heading = heading
            .replace("{number}", number)
            .replace("{title}", title);
        heading.trim().to_owned()
    }

    /// `具体的取組３－１－２の再掲`.
    pub fn repost_line(&self, name: &str, number: &str) -> String {
        self.repost
            .replace("{name}", name)
            .replace("{number}", number)
    }
}
