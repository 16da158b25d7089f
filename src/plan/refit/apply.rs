//! Carrying a mapping out: every text of every node goes where the mapping says, or stays.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    form::{Field, Form, Key, Slot},
    plan::{
        about::About,
        edit::Edit,
        measure::Measure,
        model::{Node, Plan},
        values::Values,
    },
};

use super::{
    Goes, Mapping,
    levels::{Nesting, extended, free_key},
};

pub(super) fn refit(plan: &Plan, form: &Form, mapping: &Mapping) -> Edit {
    let forms = [&**plan.form(), form];
    let (form, homes) = extended(&Nesting::of(plan), forms, mapping);
    let refit = Refit {
        old: plan.form(),
        new: &form,
        mapping,
        homes,
        open: (plan.review(), open_review(plan, &form, mapping)),
    };
    let values = refit.values(None, None, plan.values());
    let nodes = refit.nodes(plan.top());
    let review = refit.open.1;
    let about = About {
        review,
        // The day up to which was counted is that of a review.
        as_of: plan.about().as_of.filter(|_| review == plan.review()),
        ..plan.about().clone()
    };
    let is_as_it_was =
        about == *plan.about() && values == *plan.values() && are_shared(&nodes, plan.top());
    let form = Arc::new(form);
    if is_as_it_was {
        return Edit::Form(form);
    }
    Edit::Whole {
        about,
        form,
        values,
        style: plan.style().clone(),
        round: plan.round().clone(),
        nodes,
    }
}

/// Whether these are the very same nodes.
fn are_shared(new: &[Arc<Node>], old: &[Arc<Node>]) -> bool {
    let mut pairs = new.iter().zip(old);
    pairs.all(|(new, old)| Arc::ptr_eq(new, old))
}

/// The review that is open then.
fn open_review(plan: &Plan, form: &Form, mapping: &Mapping) -> Key {
    let open = plan.review();
    let open = mapping.review(open);
    form.review(open).map_or(form.first_review(), |it| it.key)
}

struct Refit<'a> {
    old: &'a Form,
    new: &'a Form,
    mapping: &'a Mapping,
    /// The levels that nodes of each level have then.
    homes: BTreeMap<Key, Key>,
    /// The review that is open, before and after.
    open: (Key, Key),
}

/// What is said in a slot of a node in its new form, one after the other.
struct Said<'a> {
    from: Slot,
    /// What is not its own stands under a heading.
    is_own: bool,
    heading: String,
    text: &'a str,
}

impl Refit<'_> {
    /// The same nodes in the new form; what is as it was is shared.
    fn nodes(&self, nodes: &[Arc<Node>]) -> Vec<Arc<Node>> {
        let mut highest: BTreeMap<Key, u32> = BTreeMap::new();
        for node in nodes {
            let highest = highest.entry(self.home(node.level)).or_default();
            *highest = (*highest).max(node.number.unwrap_or_default());
        }
        let refitted = nodes.iter().map(|node| {
            let level = self.home(node.level);
            let mut number = node.number;
            if number.is_none() && level != node.level && self.new.level(level).number.has_own() {
                let highest = highest.entry(level).or_default();
                *highest = highest.saturating_add(1);
                number = Some(*highest);
            }
            self.node(node, level, number)
        });
        refitted.collect()
    }

    fn node(&self, node: &Arc<Node>, level: Key, number: Option<u32>) -> Arc<Node> {
        let measures = node.measures.iter().map(|it| self.measure(node.level, it));
        let measures: Vec<Measure> = measures.collect();
        let values = self.values(Some(node.level), Some(level), &node.values);
        let children = self.nodes(&node.children);
        let is_as_it_was = (level, number) == (node.level, node.number)
            && values == node.values
            && measures == node.measures
            && are_shared(&children, &node.children);
        if is_as_it_was {
            return Arc::clone(node);
        }
        Arc::new(Node {
            level,
            number,
            values,
            measures,
            children,
            ..node.without_children()
        })
    }

    /// The level that nodes of a level have then.
    fn home(&self, level: Key) -> Key {
        self.homes.get(&level).copied().unwrap_or(level)
    }

    /// Whether a level comes along as it is.
    fn comes_along(&self, level: Key) -> bool {
        self.homes.get(&level) != self.mapping.levels.get(&level)
    }

    fn goes(&self, level: Option<Key>, field: Key) -> Goes {
        match level {
            Some(level) if self.comes_along(level) => Goes::Into(field),
            level => self.mapping.goes(level, field),
        }
    }

    fn review(&self, review: Key) -> Key {
        self.mapping.review(review)
    }

    /// Where a text of a slot is then, if it is in this field.
    fn slot_in(&self, field: &Field, from: Slot) -> Slot {
        let review = from
            .review
            .map_or(self.open.1, |review| self.review(review));
        field.slot(review)
    }

    fn values(&self, level: Option<Key>, home: Option<Key>, values: &Values) -> Values {
        let mut said: BTreeMap<Slot, Vec<Said<'_>>> = BTreeMap::new();
        let mut kept: Vec<(Slot, &str)> = Vec::new();
        for (from, text) in values.iter() {
            let (into, is_own) = match self.goes(level, from.field) {
                Goes::Nowhere => (None, false),
                Goes::Into(into) => (self.new.field(home, into), true),
                Goes::After(into) => (self.new.field(home, into), false),
            };
            match into.filter(|field| is_own || field.is_written()) {
                None => kept.push((from, text)),
                Some(field) => said
                    .entry(self.slot_in(field, from))
                    .or_default()
                    .push(Said {
                        from,
                        is_own,
                        heading: self.heading(level, from),
                        text,
                    }),
            }
        }
        let mut refitted = Values::default();
        for (slot, mut all) in said {
            let field = self.new.field(home, slot.field);
            if field.is_some_and(|field| !field.is_written()) {
                // It holds one answer: that of the open review, or else the first.
                let is_open = |it: &Said<'_>| it.from.review == Some(self.open.0);
                let answer = all.remove(all.iter().position(is_open).unwrap_or_default());
                kept.extend(all.into_iter().map(|it| (it.from, it.text)));
                all = vec![answer];
            }
            let text = |it: &Said<'_>| self.text(level, it, field);
            refitted.set(slot, joined(&all, text));
        }
        for (mut slot, text) in kept {
            let (review, field) = (slot.review, slot.field);
            slot.field = free_key(field, |field| {
                !refitted.get(Slot { review, field }).is_empty()
            });
            refitted.set(slot, text.to_owned());
        }
        refitted
    }

    /// What a text is called that was in this slot.
    fn heading(&self, level: Option<Key>, at: Slot) -> String {
        let field = self.old.field(level, at.field);
        let heading = field.map_or(at.field.to_string(), |field| field.heading.clone());
        match at.review.map(|review| self.old.review_name(review)) {
            None | Some("") => heading,
            Some(review) => format!("{heading}（{review}）"),
        }
    }

    /// A text as it is said in the new field: a choice is another choice, or its words.
    fn text(&self, level: Option<Key>, said: &Said<'_>, into: Option<&Field>) -> String {
        let Said { from, text, .. } = said;
        let old = self.old.field(level, from.field);
        let old_choice = old.and_then(|field| field.choice(text));
        let into = into.filter(|field| field.is_choice() && said.is_own);
        match (old_choice, into) {
            (Some(choice), None) => choice.words.clone(),
            (Some(choice), Some(_)) if level.is_none_or(|it| !self.comes_along(it)) => {
                let taken = self.mapping.choices.get(&(level, from.field, choice.key));
                taken.map_or_else(|| (*text).to_owned(), ToString::to_string)
            }
            (None, Some(into)) => {
                let words = text.trim();
                let mut choices = into.choices().iter();
                let meant = choices.find(|it| it.words == words || it.short() == words);
                meant.map_or_else(|| (*text).to_owned(), |it| it.key.to_string())
            }
            _ => (*text).to_owned(),
        }
    }

    fn measure(&self, level: Key, measure: &Measure) -> Measure {
        let field = measure.target.field;
        let into = match self.goes(Some(level), field) {
            Goes::Into(into) => self.new.field(Some(self.home(level)), into),
            Goes::Nowhere | Goes::After(_) => None,
        };
        let target = into.filter(|field| field.is_targets());
        let mark = measure.mark.parse().ok();
        let mark = mark.and_then(|mark| self.mapping.choices.get(&(Some(level), field, mark)));
        let mark = mark.filter(|_| target.is_some() && !self.comes_along(level));
        Measure {
            target: target.map_or(measure.target, |it| self.slot_in(it, measure.target)),
            review: measure.review.map(|review| self.review(review)),
            mark: mark.map_or_else(|| measure.mark.clone(), ToString::to_string),
            ..measure.clone()
        }
    }
}

/// Everything that is said in one place. What is not alone stands under its heading, but for a
/// single text of its own.
fn joined(all: &[Said<'_>], text: impl Fn(&Said<'_>) -> String) -> String {
    let own: Vec<&Said<'_>> = all.iter().filter(|it| it.is_own).collect();
    let others = all.iter().filter(|it| !it.is_own);
    let plain = match own.as_slice() {
        [only] => Some(text(only)),
        _ => None,
    };
    let several = if plain.is_some() { Vec::new() } else { own };
    let headed = several.into_iter().chain(others);
    let headed = headed.map(|it| format!("【{}】\n{}", it.heading, text(it)));
    let parts: Vec<String> = plain.into_iter().chain(headed).collect();
    parts.join("\n")
}
