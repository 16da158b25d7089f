//! Another form for a plan: what the plan says and where, what of it has a place in the other form,
//! and the edit that moves it there. What finds no place is kept where it is, and never dropped.
//!
//! Which part of the new form takes what is a [`Mapping`]; `mapping.rs` proposes one, by keys and by
//! words. Carrying it out is `apply.rs`, and for the levels `levels.rs`.

mod apply;
mod levels;
mod mapping;

use std::collections::{BTreeMap, BTreeSet};

use crate::form::{Choice, Field, Filler, Form, Key, Level, Needed, Review, Slot};

pub use levels::Nesting;

use super::{
    edit::Edit,
    id::Id,
    model::{Node, Plan},
    values::Values,
};

/// A part of a plan's form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Review(Key),
    Level(Key),
    /// A field of a level, or of the plan as a whole (`None`).
    Field(Option<Key>, Key),
    /// A choice of such a field.
    Choice(Option<Key>, Key, Key),
    /// A mark of the criteria in such a field.
    Mark(Option<Key>, Key, Key),
}

/// What becomes of what a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes {
    /// It is kept where it is, out of sight until a form has the field again.
    Nowhere,
    /// Into this field.
    Into(Key),
    /// To the end of what this field says, under the heading of its own.
    After(Key),
}

/// Which part of another form takes what a plan says. What it does not name stays where it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// A level that is not named comes along into the other form: its nodes need it.
    pub levels: BTreeMap<Key, Key>,
    pub reviews: BTreeMap<Key, Key>,
    /// By level (`None` for the plan as a whole) and field.
    pub fields: BTreeMap<(Option<Key>, Key), Goes>,
    /// By level, field and choice or mark.
    pub choices: BTreeMap<(Option<Key>, Key, Key), Key>,
}

/// Where a plan says something in a part of its form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Use {
    /// In how many nodes; the plan as a whole counts as one.
    pub count: usize,
    /// The first of them.
    pub first: Vec<Id>,
}

/// So many nodes are named; more would not be read.
const NAMED: usize = 3;

impl Use {
    /// One more; `None` for the plan as a whole.
    pub fn add(&mut self, node: Option<Id>) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.extend(node);
        }
    }
}

/// Everything that a plan says, by part, in the order of its form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses(Vec<(Part, Use)>);

impl Uses {
    /// Looks at every node.
    pub fn of(plan: &Plan) -> Self {
        let mut found = Found {
            form: plan.form(),
            uses: BTreeMap::new(),
        };
        found.values(None, None, plan.values());
        for entry in plan.nodes() {
            found.node(entry.node);
        }
        let mut parts: Vec<(Part, Use)> = found.uses.into_iter().collect();
        let form = plan.form();
        parts.sort_by_cached_key(|(part, _)| form.place_of(part));
        Self(parts)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Part, &Use)> {
        self.0.iter().map(|(part, its)| (part, its))
    }

    pub fn has(&self, part: &Part) -> bool {
        self.0.iter().any(|(it, _)| it == part)
    }
}

struct Found<'a> {
    form: &'a Form,
    uses: BTreeMap<Part, Use>,
}

impl Found<'_> {
    fn node(&mut self, node: &Node) {
        self.add(Part::Level(node.level), Some(node.id));
        self.values(Some(node.level), Some(node.id), &node.values);
        let mut parts = BTreeSet::new();
        for measure in &node.measures {
            let field = measure.target.field;
            parts.extend(measure.review.map(Part::Review));
            if let Ok(mark) = measure.mark.parse() {
                parts.insert(Part::Mark(Some(node.level), field, mark));
            }
        }
        for part in parts {
            self.add(part, Some(node.id));
        }
    }

    fn values(&mut self, level: Option<Key>, node: Option<Id>, values: &Values) {
        // A field that is answered at two reviews is said once.
        let mut parts = BTreeSet::new();
        for (Slot { review, field }, text) in values.iter() {
            parts.extend(review.map(Part::Review));
            parts.insert(Part::Field(level, field));
            let known = self.form.field(level, field);
            if let Some(choice) = known.and_then(|it| it.choice(text)) {
                parts.insert(Part::Choice(level, field, choice.key));
            }
        }
        for part in parts {
            self.add(part, node);
        }
    }

    fn add(&mut self, part: Part, node: Option<Id>) {
        self.uses.entry(part).or_default().add(node);
    }
}

/// The place of a part in its form: what is not known comes last.
type PartPlace = (usize, usize, usize, usize);

impl Form {
    fn place_of(&self, part: &Part) -> PartPlace {
        const LAST: usize = usize::MAX;
        let level = |key: &Option<Key>| {
            key.map_or(1, |key| self.level_position(key).map_or(LAST, |at| at + 2))
        };
        let field = |key: &Option<Key>, field: &Key| {
            let mut fields = self.fields(*key).iter();
            fields
                .position(|it| it.key == *field)
                .map_or(LAST, |at| at + 1)
        };
        match part {
            Part::Review(key) => {
                let at = self.reviews.iter().position(|it| it.key == *key);
                (0, at.unwrap_or(LAST), 0, 0)
            }
            Part::Level(key) => (level(&Some(*key)), 0, 0, 0),
            Part::Field(of, key) => (level(of), field(of, key), 0, 0),
            Part::Choice(of, key, choice) | Part::Mark(of, key, choice) => {
                let known = self.field(*of, *key);
                let at = known.and_then(|it| answers(it).position(|it| it.key == *choice));
                (level(of), field(of, key), 1, at.unwrap_or(LAST))
            }
        }
    }

    /// Whether the form has this part.
    pub fn has_part(&self, part: &Part) -> bool {
        match part {
            Part::Review(key) => self.review(*key).is_some(),
            Part::Level(key) => self.find_level(*key).is_some(),
            Part::Field(level, key) => self.field(*level, *key).is_some(),
            Part::Choice(level, field, key) | Part::Mark(level, field, key) => {
                let field = self.field(*level, *field);
                field.is_some_and(|field| answers(field).any(|choice| choice.key == *key))
            }
        }
    }
}

/// The choices of a field, or the marks of its criteria.
pub fn answers(field: &Field) -> impl Iterator<Item = &Choice> {
    field.choices_or_marks().iter()
}

/// Whether whatever a plan says has the same place in both forms: only words, columns and what is
/// expected differ.
pub fn asks_the_same(old: &Form, new: &Form) -> bool {
    bare(old) == bare(new)
}

/// A form without all that makes no difference to where something is.
fn bare(form: &Form) -> Form {
    let reviews = form.reviews.iter().map(|review| Review {
        key: review.key,
        name: String::new(),
    });
    let levels = form.levels.iter().map(|level| Level {
        key: level.key,
        at_top: level.at_top,
        under: level.under.clone(),
        fields: bare_fields(&level.fields),
        ..Level::default()
    });
    Form {
        name: String::new(),
        reviews: reviews.collect(),
        plan: bare_fields(&form.plan),
        levels: levels.collect(),
    }
}

fn bare_fields(fields: &[Field]) -> Vec<Field> {
    let bare = fields.iter().map(|field| Field {
        filled_by: Filler::default(),
        needed: Needed::default(),
        ..field.without_words()
    });
    bare.collect()
}

/// The edit that gives a plan another form.
///
/// Where the plan has nodes that the form has no place for, the form takes what it needs: levels that
/// it does not have come along, and a level may stand where its nodes are.
pub fn refit(plan: &Plan, form: &Form, mapping: &Mapping) -> Edit {
    apply::refit(plan, form, mapping)
}
