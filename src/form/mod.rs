//! 様式 as data: which levels a plan has, which fields stand at each, how they are printed, and
//! which reviews there are. A form is a file or part of a plan's file; no heading, wording or level
//! of any form stands in code.
//!
//! What makes a form sound is `sound.rs`. What a plan holds of all this is `plan`; nothing here
//! knows of a node.

mod change;
mod column;
mod field;
mod grammar;
mod key;
mod level;
mod numbering;
mod slot;
mod sound;
pub(crate) mod text;

use serde::{Deserialize, Serialize};

pub use change::shift;
pub use column::Column;
pub use field::{Choice, Field, Filler, Grade, Kind, Needed};
pub use key::{Key, KeyError};
pub use level::Level;
pub use numbering::{Numbering, Width, full_width, half_width, is_dash};
pub use slot::{ParseSlotError, Slot};
pub use sound::{Fault, Place, Wrong};
pub use text::with_lf;

/// How many levels may stand one in the other.
pub const MAX_DEPTH: usize = 6;

/// 様式: what a plan is made of and how it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    #[serde(with = "text")]
    pub name: String,
    /// 振り返り, in the order of the year.
    pub reviews: Vec<Review>,
    /// Fields of the plan as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<Field>,
    /// Levels from the top down, in the order in which they are offered.
    pub levels: Vec<Level>,
}

/// 振り返り: a day of the year's work on which it is looked back at (中間, 期末).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub key: Key,
    #[serde(with = "text")]
    pub name: String,
}

impl Form {
    /// The level of this key. A level that the form does not have has nothing.
    pub fn level(&self, key: Key) -> &Level {
        self.find_level(key).unwrap_or(Level::nothing())
    }

    pub fn find_level(&self, key: Key) -> Option<&Level> {
        self.levels.iter().find(|level| level.key == key)
    }

    /// Where in the list of levels one stands.
    pub fn level_position(&self, key: Key) -> Option<usize> {
        self.levels.iter().position(|level| level.key == key)
    }

    /// Whether a node of this level may stand in one of the other, or at the top (`None`).
    pub fn can_hold(&self, parent: Option<Key>, level: Key) -> bool {
        let level = self.find_level(level);
        level.is_some_and(|level| match parent {
            None => level.at_top,
            Some(parent) => level.under.contains(&parent),
        })
    }

    /// The levels that may stand in this one, or at the top.
    pub fn levels_in(&self, parent: Option<Key>) -> impl Iterator<Item = &Level> {
        let holds = move |level: &&Level| self.can_hold(parent, level.key);
        self.levels.iter().filter(holds)
    }

    /// The levels of the nodes that have to stand between one of `above` and one of `below` in it, the
    /// upper ones first: as few as can be. `None` where it can never stand in it.
    pub fn between(&self, above: Key, below: Key) -> Option<Vec<Key>> {
        // Each level is gone into once, from the shortest way to it: whatever a form says, there are
        // no more ways than levels. A screen asks this in every frame.
        let mut ways: Vec<Vec<Key>> = vec![Vec::new()];
        let mut next = 0;
        while let Some(way) = ways.get(next).cloned() {
            next += 1;
            let end = way.last().copied().unwrap_or(above);
            if self.can_hold(Some(end), below) {
                return Some(way);
            }
            if way.len() + 1 >= MAX_DEPTH {
                continue;
            }
            for level in self.levels_in(Some(end)).map(|level| level.key) {
                if !ways.iter().any(|way| way.last() == Some(&level)) {
                    ways.push([way.as_slice(), &[level]].concat());
                }
            }
        }
        None
    }

    /// The levels that may stand in nodes of this one, however far below.
    pub fn levels_below(&self, above: Key) -> Vec<&Level> {
        let mut found: Vec<&Level> = self.levels_in(Some(above)).collect();
        let mut next = 0;
        while let Some(level) = found.get(next) {
            next += 1;
            for level in self.levels_in(Some(level.key)) {
                if !found.iter().any(|it| it.key == level.key) {
                    found.push(level);
                }
            }
        }
        found
    }

    pub fn review(&self, key: Key) -> Option<&Review> {
        self.reviews.iter().find(|review| review.key == key)
    }

    /// What people call a review; nothing where the form does not know it.
    pub fn review_name(&self, key: Key) -> &str {
        self.review(key).map_or("", |it| &it.name)
    }

    /// The review with which a new plan begins.
    pub fn first_review(&self) -> Key {
        self.reviews.first().map_or(Key::NONE, |review| review.key)
    }

    /// A field of a level, or of the plan as a whole (`None`).
    pub fn field(&self, level: Option<Key>, key: Key) -> Option<&Field> {
        self.fields(level).iter().find(|field| field.key == key)
    }

    /// The fields of a level, or of the plan as a whole (`None`).
    pub fn fields(&self, level: Option<Key>) -> &[Field] {
        level.map_or(self.plan.as_slice(), |key| {
            self.level(key).fields.as_slice()
        })
    }

    /// Where the texts of a field are: one slot, or one for each review.
    pub fn slots(&self, field: &Field) -> impl Iterator<Item = Slot> {
        let key = field.key;
        let once = (!field.each_review).then_some(Slot::once(key));
        let reviews = self.reviews.iter().filter(|_| field.each_review);
        once.into_iter()
            .chain(reviews.map(move |review| Slot::at(review.key, key)))
    }

    /// The levels by what people call them, from the top down: the first of each name.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &Level> {
        let is_first = |at: usize, level: &Level| {
            let before = self.levels.iter().take(at);
            !before.into_iter().any(|it| it.name == level.name)
        };
        let all = self.levels.iter().enumerate();
        let first = all.filter(move |(at, level)| is_first(*at, level));
        first.map(|(_, level)| level)
    }

    /// The levels whose nodes are rows of a table.
    pub fn rows(&self) -> impl Iterator<Item = &Level> {
        self.levels.iter().filter(|level| level.is_row())
    }

    /// The levels that are assessed, one for all that have the same name and are judged alike.
    pub fn assessed(&self) -> impl Iterator<Item = &Level> {
        let is_first = |level: &&Level| self.first_of_name(level).key == level.key;
        let assessed = self.levels.iter().filter(|level| level.is_assessed());
        assessed.filter(is_first)
    }

    /// The first level that has the same name and is judged alike, with which this one is counted.
    pub fn first_of_name<'a>(&'a self, level: &'a Level) -> &'a Level {
        let mut same = self
            .levels
            .iter()
            .filter(|it| it.name == level.name && it.is_judged_like(level));
        same.next().unwrap_or(level)
    }

    /// Whether nodes have sections that fill them in.
    pub fn has_owners(&self) -> bool {
        self.levels.iter().any(Level::has_owner)
    }
}
