//! Changing a form: adding, taking away and moving its parts, with what depends on them.
//!
//! What a change means for a plan is the plan's to say; a single word is changed where it stands.

use super::{
    Choice, Column, Field, Filler, Form, Key, Kind, Level, Needed, Numbering, Review, Width,
};

impl Form {
    /// A key that no level, field, choice or review of the form has: `field3`.
    fn new_key(&self, stem: &str) -> Key {
        let mut taken: Vec<Key> = self.reviews.iter().map(|review| review.key).collect();
        let all = self
            .levels
            .iter()
            .flat_map(|level| &level.fields)
            .chain(&self.plan);
        for field in all {
            taken.push(field.key);
            taken.extend(field.choices_or_marks().iter().map(|it| it.key));
        }
        taken.extend(self.levels.iter().map(|level| level.key));
        let keys = (1_usize..).filter_map(|n| format!("{stem}{n}").parse().ok());
        keys.into_iter()
            .find(|key| !taken.contains(key))
            .unwrap_or_default()
    }

    pub fn level_mut(&mut self, key: Key) -> Option<&mut Level> {
        self.levels.iter_mut().find(|level| level.key == key)
    }

    /// The fields of a level, or of the plan as a whole (`None`).
    pub fn fields_mut(&mut self, level: Option<Key>) -> Option<&mut Vec<Field>> {
        match level {
            None => Some(&mut self.plan),
            Some(key) => self.level_mut(key).map(|level| &mut level.fields),
        }
    }

    pub fn field_mut(&mut self, level: Option<Key>, key: Key) -> Option<&mut Field> {
        let fields = self.fields_mut(level)?;
        fields.iter_mut().find(|field| field.key == key)
    }

    /// One more review, at the end of the year.
    pub fn add_review(&mut self, name: &str) -> Key {
        let key = self.new_key("review");
        self.reviews.push(Review {
            key,
            name: name.to_owned(),
        });
        key
    }

    /// A level below all others, and in the lowest of them. It is a table of titles.
    pub fn add_level(&mut self, name: &str) -> Key {
        let key = self.new_key("level");
        let above = self.levels.last().map(|level| level.key);
        let pattern = if above.is_some() {
            "{above}-{n}"
        } else {
            "{n}"
        };
        self.levels.push(Level {
            key,
            name: name.to_owned(),
            at_top: above.is_none(),
            under: above.into_iter().collect(),
            number: Numbering {
                pattern: pattern.to_owned(),
                width: Width::Full,
            },
            ..Level::usual()
        });
        key
    }

    /// Takes a level away; what could stand in it can still stand wherever else it could.
    pub fn remove_level(&mut self, key: Key) {
        self.levels.retain(|level| level.key != key);
        for level in &mut self.levels {
            level.under.retain(|above| *above != key);
        }
    }

    /// A field behind all others, in a column of its own where its level is printed as a table.
    pub fn add_field(&mut self, level: Option<Key>, heading: &str) -> Key {
        let key = self.new_key("field");
        let field = Field {
            key,
            heading: heading.to_owned(),
            short: String::new(),
            question: String::new(),
            kind: Kind::Text,
            each_review: false,
            filled_by: if level.is_some() {
                Filler::Section
            } else {
                Filler::Office
            },
            needed: Needed::Never,
        };
        if let Some(fields) = self.fields_mut(level) {
            fields.push(field);
        }
        let level = level.and_then(|level| self.level_mut(level));
        if let Some(level) = level.filter(|level| level.is_row()) {
            level.columns.push(Column {
                heading: heading.to_owned(),
                share: level.usual_share(),
                fields: vec![key],
                review: None,
            });
        }
        key
    }

    /// Takes a field away, and the columns in which nothing is left.
    pub fn remove_field(&mut self, level: Option<Key>, key: Key) {
        if let Some(fields) = self.fields_mut(level) {
            fields.retain(|field| field.key != key);
            for field in fields {
                if let Kind::Choice { judges, .. } = &mut field.kind {
                    *judges = judges.filter(|judged| *judged != key);
                }
            }
        }
        if let Some(level) = level.and_then(|level| self.level_mut(level)) {
            for column in &mut level.columns {
                column.fields.retain(|it| *it != key);
            }
            level.columns.retain(|column| !column.fields.is_empty());
        }
    }

    /// One more answer, behind all others.
    pub fn add_choice(&mut self, level: Option<Key>, field: Key, words: &str) -> Option<Key> {
        let key = self.new_key("choice");
        let choices = self.field_mut(level, field)?.choices_or_marks_mut()?;
        choices.push(Choice {
            key,
            words: words.to_owned(),
            short: String::new(),
            grade: None,
        });
        Some(key)
    }

    /// Makes a field one of another kind. Answers of a kind that has them begin with two.
    pub fn set_kind(&mut self, level: Option<Key>, key: Key, kind: Kind) {
        let is_choice = matches!(kind, Kind::Choice { .. });
        if let Some(field) = self.field_mut(level, key) {
            field.kind = kind;
        }
        let has_choices = self
            .field(level, key)
            .is_some_and(|it| !it.choices().is_empty());
        if is_choice && !has_choices {
            self.add_choice(level, key, "はい");
            self.add_choice(level, key, "いいえ");
        }
    }
}

impl Level {
    /// A level with the usual heading and a single column for its titles.
    fn usual() -> Self {
        Self {
            heading: super::level::usual_heading(),
            ..Self::default()
        }
    }

    /// The share of a column that is as wide as the others are on average.
    fn usual_share(&self) -> u16 {
        let all: u32 = self
            .columns
            .iter()
            .map(|column| u32::from(column.share))
            .sum();
        let count = u32::try_from(self.columns.len()).unwrap_or(u32::MAX).max(1);
        u16::try_from(all / count)
            .unwrap_or(u16::MAX)
            .clamp(1, 1000)
    }

    /// A column behind all others.
    pub fn add_column(&mut self, heading: &str, fields: Vec<Key>) {
        let share = if self.columns.is_empty() {
            20
        } else {
            self.usual_share()
        };
        self.columns.push(Column {
            heading: heading.to_owned(),
            share,
            fields,
            review: None,
        });
    }
}

/// Moves what stands at a place so many places down, or up; nothing where it would leave the list.
pub fn shift<T>(list: &mut [T], at: usize, by: isize) {
    let to = at.checked_add_signed(by).filter(|to| *to < list.len());
    if let Some(to) = to.filter(|_| at < list.len()) {
        list.swap(at, to);
    }
}
