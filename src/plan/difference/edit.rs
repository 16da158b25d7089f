//! Differences as the edits that make them: one, to take over a field from a backup or to give one
//! back, or all that is new.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::plan::{
    branch::Branch,
    edit::Edit,
    id::Id,
    index::{List, shifted},
    model::{Issue, Node, Plan, Strategy, ids},
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
                let mut inside = plan.node(id)?.below();
                let loses_nothing = inside.all(|inner| !new.contains(inner.id()));
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
    let kind = branch.kind();
    plan.can_hold(parent, kind).then(|| Edit::Insert {
        parent,
        position: position(plan, new, top, List { parent, kind }),
        branch,
    })
}

fn move_to(plan: &Plan, new: &Plan, id: Id, to: Place) -> Option<Edit> {
    let kind = plan.node(id)?.kind();
    let parent = to.parent;
    plan.can_hold(parent, kind).then(|| Edit::Move {
        id,
        parent,
        position: position(plan, new, id, List { parent, kind }),
    })
}

/// Where a node of `new` belongs among those that `plan` has in this place, itself not counted.
fn position(plan: &Plan, new: &Plan, id: Id, list: List) -> usize {
    let siblings = new.siblings(id);
    let mut here = members(plan, list);
    here.retain(|&sibling| sibling != id);
    let before = siblings.iter().take_while(|&&sibling| sibling != id);
    let anchors = Anchors::of(&here, &siblings);
    before
        .filter_map(|&it| anchors.behind(it))
        .last()
        .unwrap_or(0)
}

/// The uppermost node of each branch that only `new` has, with the edit that puts it into `plan`
/// where it stands in `new`. Each edit is for the plan as the ones before it leave it.
pub fn additions(plan: &Plan, new: &Plan) -> Vec<(Id, Edit)> {
    let mut found = HashMap::new();
    additions_in(plan, new, List::TOP, &mut found);
    let both = new.nodes().filter(|(_, node)| plan.contains(node.id()));
    for list in both.flat_map(|(_, node)| List::below(node.id(), node.kind())) {
        additions_in(plan, new, list, &mut found);
    }
    let in_order = new.nodes().map(|(_, node)| node.id());
    in_order
        .filter_map(|id| found.remove(&id).map(|edit| (id, edit)))
        .collect()
}

/// The same in a list whose node both plans have.
fn additions_in(plan: &Plan, new: &Plan, list: List, found: &mut HashMap<Id, Edit>) {
    let List { parent, kind } = list;
    let siblings = members(new, list);
    let is_new = |id: &Id| !plan.contains(*id);
    if !siblings.iter().any(is_new) || !plan.can_hold(parent, kind) {
        return;
    }
    let anchors = Anchors::of(&members(plan, list), &siblings);
    let (mut behind, mut added) = (0, 0);
    for id in siblings {
        behind = anchors.behind(id).unwrap_or(behind);
        let Some(node) = new.node(id).filter(|_| is_new(&id)) else {
            continue;
        };
        let edit = Edit::Insert {
            parent,
            // Whatever was added so far stands before this.
            position: behind + added,
            branch: without(node, plan),
        };
        found.insert(id, edit);
        added += 1;
    }
}

/// The siblings of a plan that have not moved themselves: what is added or moved stands behind the
/// nearest of them that stands before it in the other plan.
struct Anchors(HashMap<Id, usize>);

impl Anchors {
    fn of(here: &[Id], there: &[Id]) -> Self {
        let moved: HashSet<Id> = shifted(here, there).into_iter().collect();
        let places = (0..).zip(here).map(|(at, id)| (*id, at));
        Self(places.filter(|(id, _)| !moved.contains(id)).collect())
    }

    /// The position behind an anchor; `None` for what is no anchor.
    fn behind(&self, id: Id) -> Option<usize> {
        self.0.get(&id).map(|at| at + 1)
    }
}

/// The ids in a list of a plan, in order.
fn members(plan: &Plan, list: List) -> Vec<Id> {
    match list.parent {
        None => ids(plan.issues()),
        Some(parent) => plan
            .node(parent)
            .map_or_else(Vec::new, |node| node.members(list.kind)),
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
