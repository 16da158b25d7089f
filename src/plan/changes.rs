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
        let mut changed = HashSet::new();
        if Arc::ptr_eq(&self.issues, &older.issues) {
            return changed;
        }
        let is_same = |node: Node<'_>| {
            let id = node.id();
            older.node(id).is_some_and(|old| same_values(node, old))
                && self.parent(id) == older.parent(id)
        };
        for issue in self.issues() {
            let node = Node::Issue(issue);
            // An issue that both share is the same with all that is in it.
            if older.node(issue.id).is_some_and(|old| old.is_shared(node)) {
                continue;
            }
            let inside = std::iter::once(node).chain(node.below());
            changed.extend(inside.filter(|it| !is_same(*it)).map(|it| it.id()));
        }
        changed
    }
}
