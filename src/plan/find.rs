//! Finding a node by its id, and what stands around it.

use std::sync::Arc;

use arrayvec::ArrayVec;

use crate::form::{Level, MAX_DEPTH};

use super::{
    id::Id,
    model::{Node, Plan, ids},
    number::Number,
    walk::{Above, Entry},
};

/// Positions among the siblings, from the top down.
pub(super) type Path = ArrayVec<usize, MAX_DEPTH>;

impl Plan {
    pub fn contains(&self, id: Id) -> bool {
        self.places.contains(id)
    }

    /// The node in which `id` stands; `None` at the top and for ids the plan does not have.
    pub fn parent(&self, id: Id) -> Option<Id> {
        self.places.parent(id).flatten()
    }

    pub fn node(&self, id: Id) -> Option<&Arc<Node>> {
        self.entry(id).map(|entry| entry.node)
    }

    /// A node with what it stands in.
    pub fn entry(&self, id: Id) -> Option<Entry<'_>> {
        let mut above = Above::new();
        let mut siblings = self.top();
        let mut way = self.way(id)?.into_iter().rev();
        let mut next = way.next()?;
        loop {
            let node = siblings.get(self.places.position(next, siblings)?)?;
            match way.next() {
                None => return Some(Entry { node, above }),
                Some(below) => {
                    above.try_push(node).ok()?;
                    siblings = &node.children;
                    next = below;
                }
            }
        }
    }

    /// The level of a node that the plan has.
    pub fn level_of(&self, id: Id) -> Option<&Level> {
        self.node(id).map(|node| self.level(node))
    }

    /// The whole number of a node, e.g. 2-1-3.
    pub fn number(&self, id: Id) -> Option<Number> {
        self.entry(id).map(|entry| entry.number())
    }

    /// The nodes in a node, or at the top (`None`).
    pub fn children(&self, parent: Option<Id>) -> &[Arc<Node>] {
        match parent {
            None => self.top(),
            Some(id) => self.node(id).map_or(&[], |node| &node.children),
        }
    }

    /// All nodes that stand where this one does, itself included, in order.
    pub fn siblings(&self, id: Id) -> Vec<Id> {
        if self.contains(id) {
            ids(self.children(self.parent(id)))
        } else {
            Vec::new()
        }
    }

    /// Where a node stands: positions among the siblings, from the top down.
    pub fn path(&self, id: Id) -> Option<Path> {
        let mut path = Path::new();
        let mut siblings = self.top();
        for step in self.way(id)?.into_iter().rev() {
            let position = self.places.position(step, siblings)?;
            siblings = &siblings.get(position)?.children;
            path.try_push(position).ok()?;
        }
        Some(path)
    }

    /// A node and those above it, itself first.
    fn way(&self, id: Id) -> Option<ArrayVec<Id, MAX_DEPTH>> {
        let mut way = ArrayVec::new();
        let mut at = Some(id);
        while let Some(id) = at {
            way.try_push(id).ok()?;
            at = self.places.parent(id)?;
        }
        Some(way)
    }
}
