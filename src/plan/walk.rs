//! Walking a plan: every node in the order of the document, with what it stands in.

use std::{slice, sync::Arc};

use arrayvec::ArrayVec;

use crate::form::{Form, MAX_DEPTH};

use super::{
    id::Id,
    model::{Node, Plan},
    number::Number,
};

/// A node together with what it stands in.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    pub node: &'a Arc<Node>,
    /// What it stands in, the uppermost first.
    pub above: Above<'a>,
}

/// The nodes above one, the uppermost first.
pub type Above<'a> = ArrayVec<&'a Arc<Node>, MAX_DEPTH>;

impl<'a> Entry<'a> {
    /// Its whole number, e.g. 2-1-3.
    pub fn number(&self) -> Number {
        let mut number = Number::default();
        for node in self.path() {
            number.push(node.level, node.number);
        }
        number
    }

    /// The uppermost node above it, or itself.
    pub fn top(&self) -> &'a Arc<Node> {
        self.above.first().copied().unwrap_or(self.node)
    }

    pub fn parent(&self) -> Option<&'a Arc<Node>> {
        self.above.last().copied()
    }

    /// The nodes above it, the uppermost first, and itself.
    pub fn path(&self) -> impl Iterator<Item = &'a Arc<Node>> + '_ {
        self.above.iter().copied().chain(std::iter::once(self.node))
    }

    /// How many nodes are above it.
    pub fn depth(&self) -> usize {
        self.above.len()
    }

    /// Whether its node is a row of a table.
    pub fn is_row(&self, form: &Form) -> bool {
        form.level(self.node.level).is_row()
    }
}

/// Every node in some nodes, in the order of the document.
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    /// What is still to come at each depth.
    rest: ArrayVec<slice::Iter<'a, Arc<Node>>, { MAX_DEPTH + 1 }>,
    above: Above<'a>,
}

impl<'a> Walk<'a> {
    fn new(nodes: &'a [Arc<Node>], above: Above<'a>) -> Self {
        let mut rest = ArrayVec::new();
        rest.push(nodes.iter());
        Self { rest, above }
    }

    /// Every node of a branch, beginning with its uppermost one.
    pub(super) fn of(top: &'a Arc<Node>) -> Self {
        Self::new(slice::from_ref(top), Above::new())
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        loop {
            let Some(node) = self.rest.last_mut()?.next() else {
                self.rest.pop();
                self.above.pop();
                continue;
            };
            // Copied as a whole, which a clone is not: every count takes this way.
            let mut above = Above::new();
            let _ = above.try_extend_from_slice(&self.above);
            // No plan is deeper (`sound.rs`); what would be is not gone into.
            if !node.children.is_empty() && self.above.try_push(node).is_ok() {
                ask_for_all(&node.children);
                self.rest.push(node.children.iter());
            }
            return Some(Entry { node, above });
        }
    }
}

/// Asks memory for all siblings at once, so that it is not waited for at each of them: of the time
/// in which 100,000 nodes are counted that takes half.
fn ask_for_all(siblings: &[Arc<Node>]) {
    let inside = |node: &Arc<Node>| node.children.len();
    std::hint::black_box(siblings.iter().map(inside).sum::<usize>());
}

impl Plan {
    /// Every node with what it stands in, in the order of the document.
    pub fn nodes(&self) -> Walk<'_> {
        Walk::new(self.top(), Above::new())
    }

    /// Every node that is a row of a table, in the order of the document.
    pub fn rows(&self) -> impl Iterator<Item = Entry<'_>> {
        self.nodes().filter(|entry| entry.is_row(self.form()))
    }

    /// The ancestors of a node, the nearest first.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.parent(id), |&above| self.parent(above))
    }

    /// The rows in a node, itself included, in order.
    pub fn rows_in<'a>(&'a self, node: &'a Arc<Node>) -> impl Iterator<Item = &'a Arc<Node>> {
        let all = node.with_below();
        all.filter(|node| self.level(node).is_row())
    }
}

impl Node {
    /// All nodes in it, itself left out, in the order of the document.
    pub fn below(&self) -> impl Iterator<Item = &Arc<Node>> {
        Walk::new(&self.children, Above::new()).map(|entry| entry.node)
    }

    /// Itself and all nodes in it, in the order of the document.
    pub fn with_below(self: &Arc<Self>) -> impl Iterator<Item = &Arc<Self>> {
        std::iter::once(self).chain(self.below())
    }
}
