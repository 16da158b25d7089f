//! Adding, copying, moving and renumbering nodes: from a wish to the edit that fulfils it.

use std::sync::Arc;

use crate::plan::{Branch, Edit, Id, Initiative, Issue, Kind, Node, Plan, Strategy};

/// The edit that adds an empty node of this kind near the selected one, and its id.
pub fn add(
    plan: &Plan,
    selected: Option<Id>,
    kind: Kind,
    new_id: fn() -> Id,
) -> Option<(Edit, Id)> {
    let id = new_id();
    let (parent, position) = match kind {
        Kind::Issue => {
            let near = selected.map(|id| ancestor(plan, id, Kind::Issue));
            let position = near
                .flatten()
                .and_then(|issue| plan.issues().iter().position(|i| i.id == issue))
                .map_or(plan.issues().len(), |position| position + 1);
            (None, position)
        }
        Kind::Strategy => {
            let issue = ancestor(plan, selected?, Kind::Issue)?;
            let position = match ancestor(plan, selected?, Kind::Strategy) {
                Some(strategy) => after(plan, strategy),
                None => usize::MAX,
            };
            (Some(issue), position)
        }
        Kind::Initiative => place_for_initiative(plan, selected?)?,
    };
    let number = next_number(plan, parent, kind);
    let branch = match kind {
        Kind::Issue => Branch::Issue(Arc::new(Issue {
            id,
            number: Some(number),
            title: String::new(),
            strategies: Vec::new(),
            initiatives: Vec::new(),
        })),
        Kind::Strategy => Branch::Strategy(Arc::new(Strategy {
            id,
            number,
            title: String::new(),
            initiatives: Vec::new(),
        })),
        Kind::Initiative => Branch::Initiative(Arc::new(Initiative::new(id, number))),
    };
    let edit = Edit::Insert {
        parent,
        position,
        branch,
    };
    Some((edit, id))
}

fn place_for_initiative(plan: &Plan, selected: Id) -> Option<(Option<Id>, usize)> {
    match plan.node(selected)? {
        Node::Initiative(_) => Some((plan.parent(selected), after(plan, selected))),
        Node::Strategy(strategy) => Some((Some(selected), strategy.initiatives.len())),
        Node::Issue(issue) => match issue.strategies.last() {
            Some(strategy) => Some((Some(strategy.id), strategy.initiatives.len())),
            None => Some((Some(selected), issue.initiatives.len())),
        },
    }
}

/// The edit that puts a copy of a node, with new ids, right after it, and the copy's id.
pub fn duplicate(plan: &Plan, id: Id, new_id: fn() -> Id) -> Option<(Edit, Id)> {
    let parent = plan.parent(id);
    let node = plan.node(id)?;
    let number = next_number(plan, parent, node.kind());
    let copy_initiative = |initiative: &Initiative| Initiative {
        id: new_id(),
        ..initiative.clone()
    };
    let copy_all = |initiatives: &[Arc<Initiative>]| -> Vec<Arc<Initiative>> {
        let copies = initiatives.iter().map(|i| Arc::new(copy_initiative(i)));
        copies.collect()
    };
    let copy_strategy = |strategy: &Strategy| Strategy {
        id: new_id(),
        initiatives: copy_all(&strategy.initiatives),
        ..strategy.clone()
    };
    let branch = match node {
        Node::Issue(issue) => Branch::Issue(Arc::new(Issue {
            id: new_id(),
            number: issue.number.map(|_| number),
            title: issue.title.clone(),
            strategies: issue
                .strategies
                .iter()
                .map(|strategy| Arc::new(copy_strategy(strategy)))
                .collect(),
            initiatives: copy_all(&issue.initiatives),
        })),
        Node::Strategy(strategy) => Branch::Strategy(Arc::new(Strategy {
            number,
            ..copy_strategy(strategy)
        })),
        Node::Initiative(initiative) => Branch::Initiative(Arc::new(Initiative {
            number,
            ..copy_initiative(initiative)
        })),
    };
    let copy = branch.id();
    let edit = Edit::Insert {
        parent,
        position: after(plan, id),
        branch,
    };
    Some((edit, copy))
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

/// The edit that moves a node to another place. In another parent, a number that is taken there
/// already is replaced by the next free one.
pub fn move_to(plan: &Plan, id: Id, parent: Option<Id>, position: usize) -> Option<Edit> {
    let node = plan.node(id)?;
    let moved = Edit::Move {
        id,
        parent,
        position,
    };
    let is_taken = |number| {
        let siblings = children_of_kind(plan, parent, node.kind());
        siblings.contains(&Some(number))
    };
    match node.own_number() {
        Some(number) if parent != plan.parent(id) && is_taken(number) => {
            let number = Some(next_number(plan, parent, node.kind()));
            Some(Edit::Group(vec![moved, Edit::Number { id, number }]))
        }
        _ => Some(moved),
    }
}

/// New numbers 1, 2, 3 … for the siblings of a node, where they differ: id, old, new. A node
/// without a number (the reform part) keeps having none.
pub fn renumbering(plan: &Plan, id: Id) -> Vec<(Id, u32, u32)> {
    let mut changes = Vec::new();
    let mut next = 0;
    for sibling in plan.siblings(id) {
        let Some(old) = plan.node(sibling).and_then(|node| node.own_number()) else {
            continue;
        };
        next += 1;
        if old != next {
            changes.push((sibling, old, next));
        }
    }
    changes
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

fn ancestor(plan: &Plan, id: Id, kind: Kind) -> Option<Id> {
    let is_meant = |&id: &Id| plan.node(id).is_some_and(|node| node.kind() == kind);
    std::iter::once(id).chain(plan.ancestors(id)).find(is_meant)
}

fn after(plan: &Plan, id: Id) -> usize {
    let siblings = plan.siblings(id);
    let at = siblings.iter().position(|&sibling| sibling == id);
    at.map_or(usize::MAX, |at| at + 1)
}

fn children_of_kind(plan: &Plan, parent: Option<Id>, kind: Kind) -> Vec<Option<u32>> {
    match parent.and_then(|parent| plan.node(parent)) {
        Some(parent) => parent
            .children()
            .into_iter()
            .filter_map(|child| plan.node(child))
            .filter(|child| child.kind() == kind)
            .map(|child| child.own_number())
            .collect(),
        None => plan.issues().iter().map(|issue| issue.number).collect(),
    }
}

fn next_number(plan: &Plan, parent: Option<Id>, kind: Kind) -> u32 {
    let taken = children_of_kind(plan, parent, kind);
    let highest = taken.into_iter().flatten().max().unwrap_or(0);
    highest.saturating_add(1)
}
