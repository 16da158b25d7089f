//! A part of a plan as people name it, by its number: 2, 2-1, 2-1-3, 改革, 改革-1.

use std::{fmt, str::FromStr};

use crate::form::{Form, half_width};

use super::{model::Plan, number::Number, walk::Entry};

/// A part of a plan, by the number of its uppermost node: all that stands in it, and itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section(String);

/// The text does not name a section.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は範囲として読めません。2、2-1、2-1-3 のように、計画の番号で指定してください")]
pub struct ParseSectionError(String);

/// The plan has no such section.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("範囲「{0}」はこの計画にありません。")]
pub struct NoSuchSection(pub Section);

impl FromStr for Section {
    type Err = ParseSectionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseSectionError(text.chars().take(40).collect());
        let plain = half_width(text.trim());
        let is_sound = plain.split('-').all(|part| !part.is_empty())
            && !plain.contains(char::is_whitespace)
            && plain.len() <= LONGEST;
        if is_sound {
            Ok(Self(plain))
        } else {
            Err(wrong())
        }
    }
}

/// Six numbers of ten digits, and what a form joins them with.
const LONGEST: usize = 120;

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Section {
    /// The part that a node of this number is.
    pub fn of(number: &Number, form: &Form) -> Self {
        Self(number.half_width(form))
    }

    /// # Errors
    /// When the plan has no such part at all; one that is there may still hold no row.
    pub fn require_in(&self, plan: &Plan) -> Result<(), NoSuchSection> {
        let found = self.find_in(plan).map(|_| ());
        found.ok_or_else(|| NoSuchSection(self.clone()))
    }

    /// The node that is meant.
    pub fn find_in<'a>(&self, plan: &'a Plan) -> Option<Entry<'a>> {
        let is_it = |entry: &Entry<'_>| entry.number().half_width(plan.form()) == self.0;
        plan.nodes().find(is_it)
    }

    /// Whether a node is in this part, or is what it is in.
    pub fn holds(&self, entry: &Entry<'_>, form: &Form) -> bool {
        let mut number = Number::default();
        entry.path().any(|node| {
            number.push(node.level, node.number);
            number.half_width(form) == self.0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_read_in_either_width() {
        let cases = [
            ("2", "2"),
            ("２", "2"),
            (" 2-1 ", "2-1"),
            ("２－１－３", "2-1-3"),
            ("２ー１", "2-1"),
            ("改革", "改革"),
            ("改革－２", "改革-2"),
            ("１－（２）", "1-(2)"),
        ];
        for (typed, section) in cases {
            let read: Section = typed.parse().expect(typed);
            assert_eq!(read.to_string(), section, "{typed}");
        }
    }

    #[test]
    fn what_is_no_section_is_refused() {
        for typed in ["", "-", "2-", "2 1"] {
            assert!(typed.parse::<Section>().is_err(), "{typed}");
        }
    }
}
