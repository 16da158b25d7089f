//! The rows of the tree as plain data. What a row says of its node is looked up when it is drawn:
//! few of them ever are.

use std::sync::Arc;

use crate::{
    plan::{Id, Node, Plan, Shown},
    ui::{View, editor},
};

use super::insides::{Inside, Insides};

/// One visible row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Without one, it is the plan as a whole.
    pub node: Option<Arc<Node>>,
    /// 0 at the top.
    pub depth: usize,
    /// Whether it is unfolded; `None` where there is nothing inside.
    pub expanded: Option<bool>,
    /// How what is inside stands, where its level may hold something that is assessed.
    pub inside: Option<Inside>,
    /// Place among its siblings, from 1, and their count, for screen readers.
    pub place: (usize, usize),
}

/// What a row says of its node.
#[derive(Debug, Clone)]
pub struct Said {
    pub number: String,
    /// How many parts the number has.
    pub parts: usize,
    /// How its node stands, where it is assessed.
    pub shown: Option<Shown>,
}

impl Row {
    pub fn said(&self, plan: &Plan) -> Said {
        let number = self.id().and_then(|id| plan.number(id)).unwrap_or_default();
        let node = self.node.as_ref();
        Said {
            parts: number.depth(),
            number: number.listed(plan.form()),
            shown: node
                .filter(|node| plan.level(node).is_assessed())
                .map(|node| plan.shown(node)),
        }
    }

    pub fn id(&self) -> Option<Id> {
        self.node.as_ref().map(|node| node.id)
    }

    pub fn title(&self) -> &str {
        self.node.as_ref().map_or(editor::WHOLE, |node| &node.title)
    }
}

/// All rows that are not folded away.
pub fn rows(plan: &Plan, view: &View, insides: &Insides) -> Vec<Row> {
    let mut making = Making {
        view,
        insides,
        rows: Vec::new(),
    };
    let has_page = !plan.form().plan.is_empty() && !view.filter.is_on();
    let before = usize::from(has_page);
    if has_page {
        making.rows.push(Row {
            node: None,
            depth: 0,
            expanded: None,
            inside: None,
            place: (1, plan.top().len() + 1),
        });
    }
    for (node, place) in plan.top().iter().zip(before + 1..) {
        let place = (place, plan.top().len() + before);
        making.add(node, node.id, 0, place);
    }
    making.rows
}

struct Making<'a> {
    view: &'a View,
    insides: &'a Insides,
    rows: Vec<Row>,
}

impl Making<'_> {
    /// Adds the row of a node and those of what is in it.
    fn add(&mut self, node: &Arc<Node>, top: Id, depth: usize, place: (usize, usize)) {
        if !self.view.filter.leaves(node.id) {
            return;
        }
        let count = node.children.len();
        let expanded = (count > 0).then(|| self.view.is_expanded(node.id));
        self.rows.push(Row {
            node: Some(Arc::clone(node)),
            depth,
            expanded,
            inside: self.insides.of(top, node.id),
            place,
        });
        if expanded == Some(true) {
            for (child, place) in node.children.iter().zip(1..) {
                self.add(child, top, depth + 1, (place, count));
            }
        }
    }
}
