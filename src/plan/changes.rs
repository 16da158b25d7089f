//! What differs between two plans, by id. Unchanged nodes are shared, so comparing costs little
//! more than a look at every node.

use std::{collections::HashSet, sync::Arc};

use super::{
    field::same_values,
    id::Id,
    model::{Node, Plan},
};

impl Plan {
    /// The nodes that `older` lacks, or that have other fields or another parent there. Changes to
    /// what is below a node do not count.
    pub fn changed_since(&self, older: &Self) -> HashSet<Id> {
        if Arc::ptr_eq(&self.issues, &older.issues) {
            return HashSet::new();
        }
        let is_same = |node: Node<'_>| {
            let id = node.id();
            older.node(id).is_some_and(|old| same_values(node, old))
                && self.parent(id) == older.parent(id)
        };
        self.nodes()
            .filter(|(_, node)| !is_same(*node))
            .map(|(_, node)| node.id())
            .collect()
    }
}
