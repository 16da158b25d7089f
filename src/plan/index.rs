//! A plan's nodes by their ids, for work that looks at most of them: comparing and merging.
//!
//! `Plan::node` finds one node on its way through the tree; here one look is enough.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::form::Key;

use super::{
    id::Id,
    model::{Node, Plan, ids},
};

#[derive(Debug, Clone, Copy)]
struct Placed<'a> {
    node: &'a Arc<Node>,
    parent: Option<Id>,
    /// Among its siblings.
    position: usize,
}

/// The nodes of one plan.
#[derive(Debug)]
pub(super) struct Index<'a> {
    plan: &'a Plan,
    by_id: HashMap<Id, Placed<'a>>,
    in_order: Vec<Id>,
}

impl<'a> Index<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        let mut index = Self {
            plan,
            by_id: HashMap::with_capacity(plan.places.len()),
            in_order: Vec::with_capacity(plan.places.len()),
        };
        index.add(plan.top(), None);
        index
    }

    fn add(&mut self, siblings: &'a [Arc<Node>], parent: Option<Id>) {
        for (position, node) in siblings.iter().enumerate() {
            let placed = Placed {
                node,
                parent,
                position,
            };
            self.by_id.insert(node.id, placed);
            self.in_order.push(node.id);
            self.add(&node.children, Some(node.id));
        }
    }

    pub const fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// All ids in the order of the document, so that a node stands before what is in it.
    pub fn ids(&self) -> impl Iterator<Item = Id> {
        self.in_order.iter().copied()
    }

    pub fn contains(&self, id: Id) -> bool {
        self.by_id.contains_key(&id)
    }

    pub fn node(&self, id: Id) -> Option<&'a Arc<Node>> {
        self.by_id.get(&id).map(|placed| placed.node)
    }

    pub fn level(&self, id: Id) -> Option<Key> {
        self.node(id).map(|node| node.level)
    }

    /// The parent of a node; `None` at the top and for what is not there.
    pub fn parent(&self, id: Id) -> Option<Id> {
        self.by_id.get(&id).and_then(|placed| placed.parent)
    }

    /// Where a node stands among its siblings.
    pub fn position(&self, id: Id) -> usize {
        self.by_id.get(&id).map_or(0, |placed| placed.position)
    }

    /// The ids of what stands in a node, or at the top (`None`), in order; none where the plan has
    /// no such node.
    pub fn members(&self, parent: Option<Id>) -> Vec<Id> {
        match parent {
            None => ids(self.plan.top()),
            Some(parent) => self
                .node(parent)
                .map_or_else(Vec::new, |node| ids(&node.children)),
        }
    }

    /// The nodes of both plans that are elsewhere in this one: under another parent, or in another
    /// order among their siblings. As few as possible: a node that was only overtaken has not
    /// moved.
    pub fn moved_since(&self, older: &Self) -> HashSet<Id> {
        let has_other_parent =
            |id: &Id| older.contains(*id) && older.parent(*id) != self.parent(*id);
        let mut moved: HashSet<Id> = self.ids().filter(has_other_parent).collect();
        for parent in std::iter::once(None).chain(self.ids().map(Some)) {
            moved.extend(shifted(&older.members(parent), &self.members(parent)));
        }
        moved
    }
}

/// The ids of both lists that are in another order, as few as possible.
pub(super) fn shifted(old: &[Id], new: &[Id]) -> Vec<Id> {
    if old == new {
        return Vec::new();
    }
    let old: HashMap<Id, usize> = (0..).zip(old).map(|(at, id)| (*id, at)).collect();
    let (both, before): (Vec<Id>, Vec<usize>) = new
        .iter()
        .filter_map(|id| Some((*id, *old.get(id)?)))
        .unzip();
    let kept: HashSet<usize> = longest_increasing(&before).collect();
    let places = (0..).zip(both);
    places
        .filter(|(at, _)| !kept.contains(at))
        .map(|(_, id)| id)
        .collect()
}

/// Positions of a longest increasing subsequence of these numbers, the last first.
fn longest_increasing(numbers: &[usize]) -> impl Iterator<Item = usize> {
    // For each length, the last position of the increasing subsequence of that length that ends
    // with the least number.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end| numbers.get(end) < Some(number));
        let previous = length.checked_sub(1).and_then(|shorter| ends.get(shorter));
        before.push(previous.copied());
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    std::iter::successors(ends.last().copied(), move |&at| {
        before.get(at).copied().flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_neighbour_passed_has_not_moved() {
        let cases: [(&str, &str, &str); 8] = [
            ("abcd", "abcd", ""),
            ("abcd", "bcda", "a"),
            ("abcd", "dabc", "d"),
            ("abcd", "xaybzcd", ""),
            ("abcd", "cd", ""),
            ("abcdef", "afbdce", "fd"),
            ("", "ab", ""),
            ("abc", "cba", "cb"),
        ];
        let ids = |text: &str| -> Vec<Id> {
            let bits = text.chars().map(u64::from);
            bits.map(Id::from_bits).collect()
        };
        for (old, new, moved) in cases {
            assert_eq!(shifted(&ids(old), &ids(new)), ids(moved), "{old} → {new}");
        }
    }
}
