//! What differs between two plans, by id. Unchanged nodes are shared, so comparing costs little
//! more than a look at what is not.

use std::{collections::HashSet, sync::Arc};

use super::{
    id::Id,
    model::{Node, Plan},
};

impl Plan {
    /// The nodes that `older` lacks, or that say something else or have another parent there.
    /// Changes to what is below a node do not count.
    pub fn changed_since(&self, older: &Self) -> HashSet<Id> {
        let mut changed = HashSet::new();
        if !Arc::ptr_eq(&self.nodes, &older.nodes) {
            self.add_changed(self.top(), older, &mut changed);
        }
        changed
    }

    fn add_changed(&self, siblings: &[Arc<Node>], older: &Self, changed: &mut HashSet<Id>) {
        for node in siblings {
            let id = node.id;
            let old = older.node(id);
            let has_stayed = self.parent(id) == older.parent(id);
            if !has_stayed || !old.is_some_and(|old| old.same_values(node)) {
                changed.insert(id);
            }
            // What is in a node that both share is the same, wherever the node is.
            if !old.is_some_and(|old| Arc::ptr_eq(old, node)) {
                self.add_changed(&node.children, older, changed);
            }
        }
    }
}
