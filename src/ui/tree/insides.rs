//! How what is inside a node stands, for the rows of all nodes that may hold something assessed.
//!
//! Counting looks at the answers of every node, so it is done anew only for what stands at the top
//! and has changed: in a plan of 100,000 nodes an edit is seen in the next frame.

use std::{collections::HashMap, sync::Arc};

use crate::{
    form::{Form, Key, Level},
    plan::{Id, Node, Plan, Tally},
};

/// How what is inside a node stands.
#[derive(Debug, Clone, Copy)]
pub struct Inside {
    /// What is counted: the first of the levels that are assessed and inside.
    pub level: Key,
    pub tally: Tally,
}

/// What is known of all nodes.
#[derive(Debug, Default)]
pub struct Insides {
    tops: HashMap<Id, Top>,
    /// With which form and at which review it was counted.
    form: Arc<Form>,
    review: Key,
}

/// What is known of a node at the top, and of all in it.
#[derive(Debug)]
struct Top {
    node: Arc<Node>,
    insides: HashMap<Id, Inside>,
}

impl Insides {
    /// Counts what has changed.
    pub fn refresh(&mut self, plan: &Plan) {
        let mut known = std::mem::take(&mut self.tops);
        if !Arc::ptr_eq(&self.form, plan.form()) || self.review != plan.review() {
            known.clear();
        }
        let levels = levels(plan.form());
        let top = |node: &Arc<Node>| match known.remove(&node.id) {
            Some(top) if Arc::ptr_eq(&top.node, node) => (node.id, top),
            _ => (node.id, Top::of(plan, &levels, node)),
        };
        self.tops = plan.top().iter().map(top).collect();
        self.form = Arc::clone(plan.form());
        self.review = plan.review();
    }

    /// How what is inside a node stands; `None` where its level holds nothing that is assessed.
    pub fn of(&self, top: Id, id: Id) -> Option<Inside> {
        self.tops.get(&top)?.insides.get(&id).copied()
    }
}

/// What counting needs to know of a level.
struct OfLevel {
    key: Key,
    /// The place where its nodes are counted, if they are.
    counted: Option<usize>,
    /// Whether something that is assessed may stand in them.
    holds: bool,
}

fn levels(form: &Form) -> Vec<OfLevel> {
    let of_level = |level: &Level| {
        let first = form.first_of_name(level).key;
        let place = form.assessed().position(|counted| counted.key == first);
        let below = form.levels_below(level.key);
        OfLevel {
            key: level.key,
            counted: place.filter(|_| level.is_assessed()),
            holds: below.into_iter().any(Level::is_assessed),
        }
    };
    form.levels.iter().map(of_level).collect()
}

impl Top {
    fn of(plan: &Plan, levels: &[OfLevel], node: &Arc<Node>) -> Self {
        let mut counting = Counting {
            plan,
            levels,
            counted: plan.form().assessed().map(|level| level.key).collect(),
            insides: HashMap::new(),
        };
        let mut all = counting.nothing();
        counting.add(node, &mut all);
        Self {
            node: Arc::clone(node),
            insides: counting.insides,
        }
    }
}

struct Counting<'a> {
    plan: &'a Plan,
    levels: &'a [OfLevel],
    /// The levels that are counted, each apart.
    counted: Vec<Key>,
    insides: HashMap<Id, Inside>,
}

impl Counting<'_> {
    fn nothing(&self) -> Vec<Tally> {
        vec![Tally::default(); self.counted.len()]
    }

    /// Adds a node and all in it to the tallies of what it stands in; each is looked at once.
    fn add(&mut self, node: &Arc<Node>, tallies: &mut [Tally]) {
        let Some(level) = self.levels.iter().find(|level| level.key == node.level) else {
            return;
        };
        if let Some(tally) = level.counted.and_then(|place| tallies.get_mut(place)) {
            tally.add(self.plan, node);
        }
        if !level.holds {
            return;
        }
        let mut inside = self.nothing();
        for child in &node.children {
            self.add(child, &mut inside);
        }
        for (tally, inside) in tallies.iter_mut().zip(&inside) {
            *tally += *inside;
        }
        // The first of what is there, and where nothing is, nothing of the first.
        let pairs = || self.counted.iter().zip(&inside);
        let first = pairs().find(|(_, tally)| tally.total() > 0);
        if let Some((level, tally)) = first.or(pairs().next()) {
            let (level, tally) = (*level, *tally);
            self.insides.insert(node.id, Inside { level, tally });
        }
    }
}
