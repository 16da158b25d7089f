//! Amounts added up: for each level of its own, so that what is said of a whole and of its parts is
//! never added twice. A repost is never added once more.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::form::{Field, Form, Key, Level, Slot};

use super::{
    model::{Node, Plan},
    target::{amount, grouped},
};

/// The sum of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// The level whose nodes say it; the first one where several of the same name do.
    pub level: Key,
    pub slot: Slot,
    pub total: Decimal,
    /// How many were added.
    pub added: usize,
    /// How many say something that cannot be added.
    pub unread: usize,
}

/// The sums of all fields that are amounts, in the order of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(Vec<Sum>);

impl Sums {
    /// Sums of nothing.
    pub(super) fn empty(form: &Form) -> Self {
        let of_level = |level| amounts(level).map(move |field| (level, field));
        let fields = form.levels.iter().flat_map(of_level);
        let firsts = fields.filter(|(level, field)| first_with(form, level, field) == level.key);
        let sums = firsts.flat_map(|(level, field)| {
            form.slots(field).map(|slot| Sum {
                level: level.key,
                slot,
                total: Decimal::ZERO,
                added: 0,
                unread: 0,
            })
        });
        Self(sums.collect())
    }

    /// What a node and all that stands in it add up to.
    pub fn of(plan: &Plan, node: &Arc<Node>) -> Self {
        let mut sums = Self::empty(plan.form());
        for node in node.with_below() {
            sums.add(plan, node);
        }
        sums
    }

    /// What the whole plan adds up to.
    pub fn of_plan(plan: &Plan) -> Self {
        let mut sums = Self::empty(plan.form());
        for entry in plan.nodes() {
            sums.add(plan, entry.node);
        }
        sums
    }

    /// What these nodes add up to, without what stands in them.
    pub fn of_nodes<'a>(plan: &Plan, nodes: impl IntoIterator<Item = &'a Arc<Node>>) -> Self {
        let mut sums = Self::empty(plan.form());
        for node in nodes {
            sums.add(plan, node);
        }
        sums
    }

    pub fn iter(&self) -> impl Iterator<Item = &Sum> {
        self.0.iter()
    }

    /// The sum of a field of a level.
    pub fn get(&self, form: &Form, level: Key, slot: Slot) -> Option<&Sum> {
        let level = form.level(level);
        let level = first_with(form, level, level.field(slot.field)?);
        self.0
            .iter()
            .find(|sum| sum.level == level && sum.slot == slot)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, plan: &Plan, node: &Node) {
        if self.is_empty() || node.is_repost() {
            return;
        }
        let form = plan.form();
        let level = plan.level(node);
        for field in amounts(level) {
            let first = first_with(form, level, field);
            for sum in &mut self.0 {
                let is_meant = sum.level == first && sum.slot.field == field.key;
                let text = if is_meant {
                    node.text(sum.slot).trim()
                } else {
                    ""
                };
                if !text.is_empty() {
                    sum.put(amount(text), 1);
                }
            }
        }
    }
}

impl Sum {
    /// What is added up: `予算額（千円）`, with the review where there is one for each.
    pub fn name(&self, form: &Form) -> String {
        let field = form.level(self.level).field(self.slot.field);
        let unit = field.and_then(Field::unit).filter(|unit| !unit.is_empty());
        let unit = unit.map_or_else(String::new, |unit| format!("（{unit}）"));
        let review = self.slot.review.filter(|_| form.reviews.len() > 1);
        let review = review.map_or("", |review| form.review_name(review));
        format!("{review}{}{unit}", field.map_or("", Field::short))
    }

    /// The sum with its thousands apart: `12,500`.
    pub fn figure(&self) -> String {
        grouped(self.total.normalize())
    }

    /// Adds so many at once. What is too large to be added is not read.
    fn put(&mut self, total: Option<Decimal>, count: usize) {
        match total.and_then(|more| self.total.checked_add(more)) {
            Some(total) => {
                self.total = total;
                self.added += count;
            }
            None => self.unread += count,
        }
    }
}

/// Adds the sums of the same form.
impl std::ops::AddAssign<&Self> for Sums {
    fn add_assign(&mut self, other: &Self) {
        for (sum, more) in self.0.iter_mut().zip(&other.0) {
            sum.put(Some(more.total), more.added);
            sum.unread += more.unread;
        }
    }
}

fn amounts(level: &Level) -> impl Iterator<Item = &Field> {
    level.fields.iter().filter(|field| field.is_amount())
}

/// The first level of the same name that has the same amount, with which this one is added up.
fn first_with(form: &Form, level: &Level, field: &Field) -> Key {
    let has_it = |it: &&Level| {
        let same = it
            .field(field.key)
            .filter(|same| same.each_review == field.each_review);
        it.name == level.name && same.is_some_and(|same| same.unit() == field.unit())
    };
    form.levels
        .iter()
        .find(has_it)
        .map_or(level.key, |it| it.key)
}
