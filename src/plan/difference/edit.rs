//! One difference as the edit that makes it, so that a single field can be taken over from a
//! backup, or taken back.

use std::sync::Arc;

use crate::plan::{
    branch::Branch,
    edit::Edit,
    id::Id,
    index::shifted,
    kind::Kind,
    model::{Issue, Node, Plan, Strategy},
};

use super::{Change, Difference, Place};

impl Difference {
    /// The edit that makes this difference, and no other, in `plan`, which is then like `new` in
    /// this respect. `plan` may be the older plan or any later state of it.
    ///
    /// What is added comes with all of its contents that `plan` lacks, and with its ancestors where
    /// those are missing too.
    ///
    /// `None` if another difference has to be made first (what is in a node that is to go has to
    /// move out, the node into which something moves has to exist) or if there is nothing left to
    /// do.
    pub fn edit(&self, plan: &Plan, new: &Plan) -> Option<Edit> {
        match (&self.change, self.at) {
            (Change::Value { new: value, .. }, at) => {
                let is_there = at.is_none_or(|id| plan.contains(id));
                is_there.then(|| value.clone().edit(plan, at)).flatten()
            }
            (_, None) => None,
            (Change::Added, Some(id)) => add(plan, new, id),
            (Change::Removed, Some(id)) => {
                let loses_nothing = inside(plan.node(id)?)
                    .into_iter()
                    .all(|inner| !new.contains(inner));
                loses_nothing.then_some(Edit::Remove { id })
            }
            (Change::Moved { to, .. }, Some(id)) => move_to(plan, new, id, *to),
        }
    }
}

fn add(plan: &Plan, new: &Plan, id: Id) -> Option<Edit> {
    if plan.contains(id) {
        return None;
    }
    let mut top = id;
    let mut branch = without(new.node(id)?, plan);
    let mut parent = new.parent(id);
    while let Some(above) = parent.filter(|&above| !plan.contains(above)) {
        branch = around(new.node(above)?, branch);
        top = above;
        parent = new.parent(above);
    }
    plan.can_hold(parent, branch.kind()).then(|| Edit::Insert {
        parent,
        position: position(plan, new, top, parent, branch.kind()),
        branch,
    })
}

fn move_to(plan: &Plan, new: &Plan, id: Id, to: Place) -> Option<Edit> {
    let kind = plan.node(id)?.kind();
    plan.can_hold(to.parent, kind).then(|| Edit::Move {
        id,
        parent: to.parent,
        position: position(plan, new, id, to.parent, kind),
    })
}

/// Where a node of `new` belongs among its siblings in `plan`, not counting itself: after the
/// nearest sibling before it that has not moved.
fn position(plan: &Plan, new: &Plan, id: Id, parent: Option<Id>, kind: Kind) -> usize {
    let siblings = new.siblings(id);
    let mut here = children(plan, parent, kind);
    here.retain(|&sibling| sibling != id);
    let moved = shifted(&here, &siblings);
    let before = siblings.iter().take_while(|&&sibling| sibling != id);
    let positions = before
        .filter(|sibling| !moved.contains(sibling))
        .filter_map(|sibling| here.iter().position(|it| it == sibling));
    positions.last().map_or(0, |nearest| nearest + 1)
}

fn children(plan: &Plan, parent: Option<Id>, kind: Kind) -> Vec<Id> {
    let all = match parent {
        Some(parent) => plan.node(parent).map(|node| node.children()),
        None => Some(plan.issues().iter().map(|issue| issue.id).collect()),
    };
    let is_meant = |id: &Id| plan.node(*id).is_some_and(|node| node.kind() == kind);
    all.unwrap_or_default()
        .into_iter()
        .filter(is_meant)
        .collect()
}

/// The ids of everything below a node.
fn inside(node: Node<'_>) -> Vec<Id> {
    match node {
        Node::Issue(issue) => {
            let strategies = issue.strategies.iter().map(|strategy| strategy.id);
            strategies
                .chain(node.initiatives().map(|initiative| initiative.id))
                .collect()
        }
        Node::Strategy(_) => node.children(),
        Node::Initiative(_) => Vec::new(),
    }
}

/// A node with all its contents except those that the plan already has.
fn without(node: Node<'_>, plan: &Plan) -> Branch {
    let strategy = |strategy: &Strategy| {
        let mut strategy = strategy.clone();
        strategy.initiatives.retain(|it| !plan.contains(it.id));
        Arc::new(strategy)
    };
    match node {
        Node::Issue(issue) => {
            let mut issue = Issue::clone(issue);
            issue.strategies.retain(|it| !plan.contains(it.id));
            issue.initiatives.retain(|it| !plan.contains(it.id));
            issue.strategies = issue.strategies.iter().map(|it| strategy(it)).collect();
            Branch::Issue(Arc::new(issue))
        }
        Node::Strategy(it) => Branch::Strategy(strategy(it)),
        Node::Initiative(initiative) => Branch::Initiative(Arc::clone(initiative)),
    }
}

/// A copy of a node with nothing in it but this branch.
fn around(node: Node<'_>, branch: Branch) -> Branch {
    let (strategies, initiatives) = match branch {
        Branch::Strategy(strategy) => (vec![strategy], Vec::new()),
        Branch::Initiative(initiative) => (Vec::new(), vec![initiative]),
        Branch::Issue(_) => return branch,
    };
    match node {
        Node::Issue(issue) => Branch::Issue(Arc::new(Issue {
            id: issue.id,
            number: issue.number,
            title: issue.title.clone(),
            strategies,
            initiatives,
        })),
        Node::Strategy(strategy) => Branch::Strategy(Arc::new(Strategy {
            id: strategy.id,
            number: strategy.number,
            title: strategy.title.clone(),
            initiatives,
        })),
        Node::Initiative(initiative) => Branch::Initiative(Arc::clone(initiative)),
    }
}
