//! The levels that a plan's nodes have in another form, and what the form takes along for them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    form::{Form, Key, Level},
    plan::model::Plan,
};

use super::Mapping;

/// Levels in each other, as nodes of a plan are: parent (`None` for the top) and child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nesting(BTreeSet<(Option<Key>, Key)>);

impl Nesting {
    /// Looks at every node.
    pub fn of(plan: &Plan) -> Self {
        let nodes = plan.nodes();
        let pairs = nodes.map(|entry| (entry.parent().map(|it| it.level), entry.node.level));
        Self(pairs.collect())
    }
}

impl Mapping {
    /// The levels that cannot have the home that they are given, because of what is in what: they
    /// come along as they are.
    pub fn misfits(&self, nesting: &Nesting, forms: [&Form; 2]) -> Vec<Key> {
        let (_, homes) = extended(nesting, forms, self);
        let is_misfit =
            |(level, home): &(&Key, &Key)| homes.get(level).is_some_and(|it| it != *home);
        let misfits = self.levels.iter().filter(is_misfit);
        misfits.map(|(level, _)| *level).collect()
    }
}

/// The form with all that the plan's nodes need, and the level that those of each level have in it.
pub(super) fn extended(
    nesting: &Nesting,
    [old, new]: [&Form; 2],
    mapping: &Mapping,
) -> (Form, BTreeMap<Key, Key>) {
    let mut extended = new.clone();
    let mut homes = BTreeMap::new();
    for level in from_the_top(nesting) {
        let of_it = nesting.0.iter().filter(|(_, child)| *child == level);
        let parents = of_it.map(|(parent, _)| parent.and_then(|it| homes.get(&it).copied()));
        let parents: Vec<Option<Key>> = parents.collect();
        let wanted = mapping.levels.get(&level).copied();
        // No level can be in itself, however far above.
        let fits = |key: &Key| {
            let mut above = parents.iter().flatten();
            extended.find_level(*key).is_some() && !above.any(|it| extended.is_in(*it, *key))
        };
        let home = wanted.filter(fits);
        let home =
            home.unwrap_or_else(|| take_along(&mut extended, mapping, old.level(level), &parents));
        extended.allow(home, &parents);
        homes.insert(level, home);
    }
    (extended, homes)
}

/// All levels, each after those in which it is.
fn from_the_top(Nesting(pairs): &Nesting) -> Vec<Key> {
    let mut waiting: Vec<Key> = Vec::new();
    for (_, child) in pairs {
        if !waiting.contains(child) {
            waiting.push(*child);
        }
    }
    let mut sorted = Vec::new();
    while !waiting.is_empty() {
        let is_free = |level: &Key| {
            let mut above = pairs.iter().filter(|(_, child)| child == level);
            above.all(|(parent, _)| parent.is_none_or(|it| !waiting.contains(&it)))
        };
        // A plan of a form that is not sound may have them in a circle.
        let at = waiting.iter().position(is_free).unwrap_or_default();
        sorted.push(waiting.remove(at));
    }
    sorted
}

/// Adds a level of another form, as it is, under a key that is free.
fn take_along(form: &mut Form, mapping: &Mapping, level: &Level, parents: &[Option<Key>]) -> Key {
    let key = free_key(level.key, |key| form.find_level(key).is_some());
    let mut level = Level {
        key,
        at_top: false,
        under: Vec::new(),
        ..level.clone()
    };
    let mut seen = BTreeSet::new();
    for column in &mut level.columns {
        let review = column.review.map(|it| mapping.review(it));
        column.review = review.filter(|it| form.review(*it).is_some());
        // Columns of two reviews may be of one now, and a field is printed once.
        let of = column.review;
        column.fields.retain(|field| seen.insert((of, *field)));
    }
    level.columns.retain(|column| !column.fields.is_empty());
    let mut above = parents.iter().flatten();
    if above.all(|parent| form.level(*parent).number.pattern.is_empty()) {
        // With nothing above that has a number, there is nothing to join its own to.
        let own = level.number.pattern.replace("{above}", "");
        own.trim_start_matches('-')
            .clone_into(&mut level.number.pattern);
    }
    form.levels.push(level);
    key
}

/// A key like this one that nothing has yet.
pub(super) fn free_key(key: Key, is_taken: impl Fn(Key) -> bool) -> Key {
    let numbered = (2_u32..).map(|n| {
        let end = format!("_{n}");
        let start: String = key.text().chars().take(Key::MOST - end.len()).collect();
        format!("{start}{end}").parse().unwrap_or(key)
    });
    let mut all = std::iter::once(key).chain(numbered);
    all.find(|&key| !is_taken(key)).unwrap_or(key)
}

impl Form {
    /// Whether a level is the other one, or can be in it, however far below.
    fn is_in(&self, level: Key, other: Key) -> bool {
        let mut waiting = vec![level];
        let mut seen = BTreeSet::new();
        while let Some(level) = waiting.pop() {
            if level == other {
                return true;
            }
            if seen.insert(level) {
                waiting.extend(&self.level(level).under);
            }
        }
        false
    }

    /// Lets a level stand in these, or at the top (`None`), where it may not yet.
    fn allow(&mut self, level: Key, parents: &[Option<Key>]) {
        let Some(level) = self.levels.iter_mut().find(|it| it.key == level) else {
            return;
        };
        for parent in parents {
            match parent {
                None => level.at_top = true,
                Some(parent) if !level.under.contains(parent) => level.under.push(*parent),
                Some(_) => {}
            }
        }
    }
}
