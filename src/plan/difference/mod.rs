//! What changed from one plan to another, node by node and property by property.
//!
//! Two versions are compared by id, so a node that moved or was renumbered is still the same one.
//! How a difference becomes an edit is in `edit.rs`, how two texts differ in `text.rs`. Which of
//! three versions is right is the question of `merge/`.

mod edit;
mod text;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    id::Id,
    index::Index,
    model::Plan,
    property::{Heading, Value, changed_values, properties_of_heading, properties_of_node},
};

pub use edit::additions;
pub use text::{Segment, text_difference};

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The node; `None` for the plan's heading.
    pub at: Option<Id>,
    pub change: Change,
}

/// What changed about a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new. Anything new in it has differences of its own.
    Added,
    /// It is gone. Anything gone with it has differences of its own.
    Removed,
    /// It has another parent, or another place among its siblings.
    Moved { from: Place, to: Place },
    /// It says something else; both values are of the same property.
    Value { old: Value, new: Value },
}

/// Where a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// `None` at the top.
    pub parent: Option<Id>,
    /// Its place among its siblings, counted from 0.
    pub position: usize,
}

impl Difference {
    /// The same difference seen from the new plan: what has to be done to go back.
    pub fn reversed(self) -> Self {
        let change = match self.change {
            Change::Added => Change::Removed,
            Change::Removed => Change::Added,
            Change::Moved { from, to } => Change::Moved { from: to, to: from },
            Change::Value { old, new } => Change::Value { old: new, new: old },
        };
        Self { change, ..self }
    }
}

/// What changed from `old` to `new`: the heading first, then the nodes in the order of `new`. A
/// node that is gone comes where it used to be.
///
/// Looks at every node, and does no more than that for branches that both plans share.
pub fn differences(old: &Plan, new: &Plan) -> Vec<Difference> {
    let texts = [old.values(), new.values()];
    let properties = properties_of_heading(new.form(), texts);
    let (old_heading, new_heading) = (Heading::of(old), Heading::of(new));
    let heading = changed_values(&old_heading, &new_heading, properties);
    let mut found: Vec<Difference> = heading.map(|pair| changed(None, pair)).collect();
    if Arc::ptr_eq(&old.nodes, &new.nodes) {
        return found;
    }
    let (old, new) = (Index::of(old), Index::of(new));
    let comparison = Comparison {
        moved: new.moved_since(&old),
        old,
        new,
    };
    comparison.siblings(None, &mut found);
    found
}

fn changed(at: Option<Id>, (old, new): (Value, Value)) -> Difference {
    Difference {
        at,
        change: Change::Value { old, new },
    }
}

struct Comparison<'a> {
    old: Index<'a>,
    new: Index<'a>,
    moved: HashSet<Id>,
}

impl Comparison<'_> {
    fn siblings(&self, parent: Option<Id>, found: &mut Vec<Difference>) {
        // What is gone, by the sibling it came after.
        let mut gone: HashMap<Option<Id>, Vec<Id>> = HashMap::new();
        let mut before = None;
        for id in self.old.members(parent) {
            if self.is_gone(id) {
                gone.entry(before).or_default().push(id);
            } else if self.new.parent(id) == parent {
                before = Some(id);
            }
        }
        self.all_removed(gone.get(&None), found);
        for id in self.new.members(parent) {
            self.node(id, found);
            self.all_removed(gone.get(&Some(id)), found);
        }
    }

    fn all_removed(&self, gone: Option<&Vec<Id>>, found: &mut Vec<Difference>) {
        for id in gone.into_iter().flatten() {
            self.removed(*id, found);
        }
    }

    /// A node of another level is another node, for what it says has other names there.
    fn is_gone(&self, id: Id) -> bool {
        self.new.level(id) != self.old.level(id)
    }

    fn removed(&self, id: Id, found: &mut Vec<Difference>) {
        found.push(Difference {
            at: Some(id),
            change: Change::Removed,
        });
        // What was in a node that is of another level now is told of there.
        if self.new.contains(id) {
            return;
        }
        for id in self.old.members(Some(id)) {
            if self.is_gone(id) {
                self.removed(id, found);
            }
        }
    }

    fn node(&self, id: Id, found: &mut Vec<Difference>) {
        let Some(new) = self.new.node(id) else {
            return;
        };
        let at = Some(id);
        match self.old.node(id).filter(|old| old.level == new.level) {
            None => found.push(Difference {
                at,
                change: Change::Added,
            }),
            Some(old) => {
                if self.moved.contains(&id) {
                    let change = Change::Moved {
                        from: place(&self.old, id),
                        to: place(&self.new, id),
                    };
                    found.push(Difference { at, change });
                }
                if Arc::ptr_eq(old, new) {
                    return;
                }
                if !old.same_values(new) {
                    let form = self.new.plan().form();
                    let texts = [&old.values, &new.values];
                    let properties = properties_of_node(form, new.level, texts);
                    let pairs = changed_values(&**old, &**new, properties);
                    found.extend(pairs.map(|pair| changed(at, pair)));
                }
            }
        }
        self.siblings(at, found);
    }
}

fn place(index: &Index<'_>, id: Id) -> Place {
    Place {
        parent: index.parent(id),
        position: index.position(id),
    }
}
