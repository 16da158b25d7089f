//! Adding, copying, moving and renumbering nodes: from a wish to the edit that fulfils it. Where a
//! node of which level may stand is the form's to say.

use std::sync::Arc;

use crate::{
    form::{Key, Level},
    plan::{Edit, Id, Node, Plan},
};

/// Where a node would stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// `None` for the top.
    pub parent: Option<Id>,
    pub position: usize,
}

/// The levels of which an empty node can be added near the selected one.
pub fn addable(plan: &Plan, near: Option<Id>) -> Vec<&Level> {
    let levels = plan.form().levels.iter();
    let has_place = |level: &&Level| way_to(plan, level.key, near).is_some();
    levels.filter(has_place).collect()
}

/// Where an empty node of this level stands near the selected one, and of which levels nodes have to
/// come between first: an issue without a strategy gets one with its first initiative.
pub fn way_to(plan: &Plan, level: Key, near: Option<Id>) -> Option<(Place, Vec<Key>)> {
    if let Some(place) = place_for(plan, level, near) {
        return Some((place, Vec::new()));
    }
    let mut above = near.into_iter().flat_map(|id| way_up(plan, id));
    above.find_map(|id| {
        let node = plan.node(id)?;
        let between = plan.form().between(node.level, level)?;
        let place = Place {
            parent: Some(id),
            position: node.children.len(),
        };
        Some((place, between))
    })
}

/// Where an empty node of this level stands near the selected one: after the nearest one of the
/// same level that is selected or is above it, or in the nearest one that may hold it, or at the
/// top. `None` where there is no place for it.
fn place_for(plan: &Plan, level: Key, near: Option<Id>) -> Option<Place> {
    for id in near.into_iter().flat_map(|id| way_up(plan, id)) {
        let node = plan.node(id)?;
        if node.level == level {
            return Some(after(plan, id));
        }
        if let Some(holder) = holder_in(plan, node, level) {
            return Some(Place {
                parent: Some(holder.id),
                position: holder.children.len(),
            });
        }
    }
    let top = near.and_then(|id| way_up(plan, id).last());
    let at_top = top.map_or(
        Place {
            parent: None,
            position: plan.top().len(),
        },
        |top| after(plan, top),
    );
    plan.can_hold(None, level).then_some(at_top)
}

/// The last node in this one, or else itself, that may hold a node of this level: what is added is
/// not to come before what is there.
fn holder_in<'a>(plan: &Plan, node: &'a Node, level: Key) -> Option<&'a Node> {
    let last = node.children.iter().rev().find_map(|child| {
        let is_other = child.level != level;
        is_other.then(|| holder_in(plan, child, level)).flatten()
    });
    let can_hold = plan.form().can_hold(Some(node.level), level);
    last.or_else(|| can_hold.then_some(node))
}

/// The edit that adds an empty node of this level there, with the next number, in one of each of
/// these other levels; and its id.
pub fn add(
    plan: &Plan,
    level: Key,
    (place, between): (Place, Vec<Key>),
    new_id: fn() -> Id,
) -> (Edit, Id) {
    let id = new_id();
    let form = plan.form();
    let mut node = Node::new(id, level);
    for above in between.into_iter().rev() {
        node.number = form.level(node.level).number.has_own().then_some(1);
        node = Node {
            children: vec![Arc::new(node)],
            ..Node::new(new_id(), above)
        };
    }
    node.number = next_number(plan, place.parent, node.level);
    (insert(place, node), id)
}

/// The edit that puts a copy of a node, with new ids, right after it, and the copy's id.
pub fn duplicate(plan: &Plan, id: Id, new_id: fn() -> Id) -> Option<(Edit, Id)> {
    let node = plan.node(id)?;
    let place = after(plan, id);
    let number = node.number.and(next_number(plan, place.parent, node.level));
    let copy = Node {
        number,
        ..copy_of(node, new_id)
    };
    let id = copy.id;
    Some((insert(place, copy), id))
}

fn copy_of(node: &Node, new_id: fn() -> Id) -> Node {
    let children = node.children.iter();
    Node {
        id: new_id(),
        children: children.map(|it| Arc::new(copy_of(it, new_id))).collect(),
        ..node.clone()
    }
}

fn insert(Place { parent, position }: Place, node: Node) -> Edit {
    Edit::Insert {
        parent,
        position,
        branch: Arc::new(node),
    }
}

/// The edit that moves a node one place up (`-1`) or down (`+1`) among its siblings.
pub fn shift(plan: &Plan, id: Id, by: isize) -> Option<Edit> {
    let siblings = plan.siblings(id);
    let at = siblings.iter().position(|&sibling| sibling == id)?;
    let position = at
        .checked_add_signed(by)
        .filter(|&to| to < siblings.len())?;
    Some(Edit::Move {
        id,
        parent: plan.parent(id),
        position,
    })
}

/// The edit that moves a node into the one above it, to its end, where it may stand there.
pub fn indent(plan: &Plan, id: Id) -> Option<Edit> {
    let siblings = plan.siblings(id);
    let at = siblings.iter().position(|&sibling| sibling == id)?;
    let above = *siblings.get(at.checked_sub(1)?)?;
    let place = Place {
        parent: Some(above),
        position: plan.children(Some(above)).len(),
    };
    move_if_held(plan, id, place)
}

/// The edit that moves a node out of the one in which it is, right after that, where it may stand
/// there.
pub fn outdent(plan: &Plan, id: Id) -> Option<Edit> {
    move_if_held(plan, id, after(plan, plan.parent(id)?))
}

fn move_if_held(plan: &Plan, id: Id, Place { parent, position }: Place) -> Option<Edit> {
    let is_held = plan.can_hold(parent, plan.node(id)?.level);
    is_held
        .then(|| move_to(plan, id, parent, position))
        .flatten()
}

/// The edit that moves a node to another place. In another parent, a number that is taken there
/// already is replaced by the next free one.
pub fn move_to(plan: &Plan, id: Id, parent: Option<Id>, position: usize) -> Option<Edit> {
    let node = plan.node(id)?;
    let moved = Edit::Move {
        id,
        parent,
        position,
    };
    let is_taken = |number| numbers(plan, parent, node.level).any(|it| it == number);
    match node.number {
        Some(number) if parent != plan.parent(id) && is_taken(number) => {
            let number = next_number(plan, parent, node.level);
            Some(Edit::Group(vec![moved, Edit::Number { id, number }]))
        }
        _ => Some(moved),
    }
}

/// New numbers 1, 2, 3 … for a node and its siblings of the same level, where they differ: id, old,
/// new. What has no number keeps having none.
pub fn renumbering(plan: &Plan, id: Id) -> Vec<(Id, u32, u32)> {
    let Some(node) = plan.node(id) else {
        return Vec::new();
    };
    let siblings = plan.children(plan.parent(id)).iter();
    let same = siblings.filter(|sibling| sibling.level == node.level);
    let numbered = same.filter_map(|sibling| Some((sibling.id, sibling.number?)));
    let renumbered = numbered.zip(1..);
    renumbered
        .filter(|((_, old), new)| old != new)
        .map(|((id, old), new)| (id, old, new))
        .collect()
}

/// As [`renumbering`], for all that stands in the uppermost node above this one, itself included, from
/// top to bottom.
pub fn renumbering_branch(plan: &Plan, id: Id) -> Vec<(Id, u32, u32)> {
    let top = way_up(plan, id).last().and_then(|top| plan.node(top));
    let mut found = Vec::new();
    for node in top.into_iter().flat_map(Node::with_below) {
        // Siblings of a level are renumbered together, at the first of them.
        let mut seen: Vec<Key> = Vec::new();
        for child in &node.children {
            if !seen.contains(&child.level) {
                seen.push(child.level);
                found.extend(renumbering(plan, child.id));
            }
        }
    }
    found
}

/// Where the cursor goes when a node is gone: the next sibling, the one before, or the parent.
pub fn neighbour(plan: &Plan, id: Id) -> Option<Id> {
    let siblings = plan.siblings(id);
    let at = siblings.iter().position(|&sibling| sibling == id)?;
    let before = at.checked_sub(1);
    siblings
        .get(at + 1)
        .or_else(|| siblings.get(before?))
        .copied()
        .or_else(|| plan.parent(id))
}

/// Right after a node.
fn after(plan: &Plan, id: Id) -> Place {
    let siblings = plan.siblings(id);
    let at = siblings.iter().position(|&sibling| sibling == id);
    Place {
        parent: plan.parent(id),
        position: at.map_or(siblings.len(), |at| at + 1),
    }
}

/// The numbers that nodes of a level have in a node.
fn numbers(plan: &Plan, parent: Option<Id>, level: Key) -> impl Iterator<Item = u32> {
    let children = plan.children(parent).iter();
    let same = children.filter(move |child| child.level == level);
    same.filter_map(|child| child.number)
}

/// The number of one more; `None` where the level has none.
fn next_number(plan: &Plan, parent: Option<Id>, level: Key) -> Option<u32> {
    let has_own = plan.form().level(level).number.has_own();
    let highest = numbers(plan, parent, level).max().unwrap_or(0);
    has_own.then(|| highest.saturating_add(1))
}

/// A node and those above it, itself first.
fn way_up(plan: &Plan, id: Id) -> impl Iterator<Item = Id> {
    std::iter::once(id).chain(plan.ancestors(id))
}
