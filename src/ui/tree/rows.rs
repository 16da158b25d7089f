//! The rows of the tree as plain data.

use std::sync::Arc;

use crate::{
    form::{Form, Key, Level},
    plan::{Id, Node, Number, Plan, Shown, Tally},
    ui::{View, editor},
};

/// One visible row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Without one, it is the plan as a whole.
    pub node: Option<Arc<Node>>,
    pub number: Number,
    /// 0 at the top.
    pub depth: usize,
    /// Whether it is unfolded; `None` where there is nothing inside.
    pub expanded: Option<bool>,
    /// How it stands, where it is assessed.
    pub shown: Option<Shown>,
    /// How what is inside stands, where its level may hold something that is assessed.
    pub inside: Option<Inside>,
    /// Place among its siblings, from 1, and their count, for screen readers.
    pub place: (usize, usize),
}

/// How what is inside a node stands.
#[derive(Debug, Clone, Copy)]
pub struct Inside {
    /// What is counted: the first of the levels that are assessed and inside.
    pub level: Key,
    pub tally: Tally,
}

impl Row {
    pub fn id(&self) -> Option<Id> {
        self.node.as_ref().map(|node| node.id)
    }

    pub fn title(&self) -> &str {
        self.node.as_ref().map_or(editor::WHOLE, |node| &node.title)
    }
}

/// All rows that are not folded away.
pub fn rows(plan: &Plan, view: &View) -> Vec<Row> {
    let mut making = Making {
        plan,
        view,
        levels: levels(plan.form()),
        counted: plan.form().assessed().map(|level| level.key).collect(),
        rows: Vec::new(),
    };
    let has_page = !plan.form().plan.is_empty() && !view.filter.is_on();
    if has_page {
        making.rows.push(Row {
            node: None,
            number: Number::default(),
            depth: 0,
            expanded: None,
            shown: None,
            inside: None,
            place: (1, plan.top().len() + 1),
        });
    }
    let siblings = Siblings {
        nodes: plan.top(),
        above: &Number::default(),
        depth: 0,
        before: usize::from(has_page),
        are_shown: true,
    };
    let mut all = making.no_tallies();
    making.add(siblings, &mut all);
    making.rows
}

/// What the rows need to know of a level.
#[derive(Debug, Clone, Copy)]
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
        OfLevel {
            key: level.key,
            counted: place.filter(|_| level.is_assessed()),
            holds: form
                .levels_below(level.key)
                .into_iter()
                .any(Level::is_assessed),
        }
    };
    form.levels.iter().map(of_level).collect()
}

/// Nodes that stand in one.
struct Siblings<'a> {
    nodes: &'a [Arc<Node>],
    above: &'a Number,
    depth: usize,
    /// How many rows stand before the first of them, among what a screen reader counts.
    before: usize,
    are_shown: bool,
}

struct Making<'a> {
    plan: &'a Plan,
    view: &'a View,
    levels: Vec<OfLevel>,
    /// The levels that are counted, each apart.
    counted: Vec<Key>,
    rows: Vec<Row>,
}

impl Making<'_> {
    fn no_tallies(&self) -> Vec<Tally> {
        vec![Tally::default(); self.counted.len()]
    }

    /// Adds the rows of siblings and of what is in them, and counts them all, shown or not: each
    /// node is looked at once.
    fn add(&mut self, siblings: Siblings<'_>, tallies: &mut [Tally]) {
        let count = siblings.before + siblings.nodes.len();
        for (node, place) in siblings.nodes.iter().zip(siblings.before + 1..) {
            let level = self
                .levels
                .iter()
                .copied()
                .find(|level| level.key == node.level);
            let counted = level.and_then(|level| level.counted);
            if let Some(tally) = counted.and_then(|counted| tallies.get_mut(counted)) {
                tally.add(self.plan, node);
            }
            let is_shown = siblings.are_shown && self.view.filter.leaves(node.id);
            if !is_shown && node.children.is_empty() {
                continue;
            }
            let expanded = (!node.children.is_empty()).then(|| self.view.is_expanded(node.id));
            let mut number = siblings.above.clone();
            number.push(node.level, node.number);
            let row = is_shown.then(|| {
                self.rows.push(Row {
                    node: Some(Arc::clone(node)),
                    number: number.clone(),
                    depth: siblings.depth,
                    expanded,
                    shown: counted.map(|_| self.plan.shown(node)),
                    inside: None,
                    place: (place, count),
                });
                self.rows.len() - 1
            });
            let mut inside = self.no_tallies();
            let below = Siblings {
                nodes: &node.children,
                above: &number,
                depth: siblings.depth + 1,
                before: 0,
                are_shown: is_shown && expanded == Some(true),
            };
            self.add(below, &mut inside);
            for (tally, inside) in tallies.iter_mut().zip(&inside) {
                *tally += *inside;
            }
            if let Some(row) = row.and_then(|row| self.rows.get_mut(row)) {
                let holds = level.is_some_and(|level| level.holds);
                row.inside = inside_of(&self.counted, &inside).filter(|_| holds);
            }
        }
    }
}

/// Of all that is counted inside a node, what its row says.
fn inside_of(counted: &[Key], tallies: &[Tally]) -> Option<Inside> {
    let pairs = || counted.iter().zip(tallies);
    let first = pairs().find(|(_, tally)| tally.total() > 0);
    let (level, tally) = first.or(pairs().next())?;
    Some(Inside {
        level: *level,
        tally: *tally,
    })
}
