//! Differences as the edits that make them: one, to take over a field from a backup or to give one
//! back, or all that is new.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::plan::{
    edit::Edit,
    id::Id,
    index::shifted,
    model::{Node, Plan, ids},
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
    /// move out, the node into which something moves has to exist, the form has to have a place for
    /// it) or if there is nothing left to do.
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
                let loses_nothing = inside.all(|inner| !new.contains(inner.id));
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
    plan.has_place(parent, &branch).then(|| Edit::Insert {
        parent,
        position: position(plan, new, top, parent),
        branch,
    })
}

fn move_to(plan: &Plan, new: &Plan, id: Id, to: Place) -> Option<Edit> {
    let parent = to.parent;
    plan.has_place(parent, plan.node(id)?).then(|| Edit::Move {
        id,
        parent,
        position: position(plan, new, id, parent),
    })
}

/// Where a node of `new` belongs among what stands in this parent in `plan`, itself not counted.
fn position(plan: &Plan, new: &Plan, id: Id, parent: Option<Id>) -> usize {
    let siblings = new.siblings(id);
    let mut here = ids(plan.children(parent));
    here.retain(|&sibling| sibling != id);
    let before = siblings.iter().take_while(|&&sibling| sibling != id);
    let anchors = Anchors::of(&here, &siblings);
    before
        .filter_map(|&it| anchors.behind(it))
        .last()
        .unwrap_or(0)
}

/// The uppermost node of each branch that only `new` has, with the edit that puts it into `plan`
/// where it stands in `new`; what the form of `plan` has no place for is not among them. Each edit
/// is for the plan as the ones before it leave it.
pub fn additions(plan: &Plan, new: &Plan) -> Vec<(Id, Edit)> {
    let mut found = HashMap::new();
    additions_in(plan, None, new.top(), &mut found);
    for node in new.nodes().map(|entry| entry.node) {
        if !node.children.is_empty() && plan.contains(node.id) {
            additions_in(plan, Some(node.id), &node.children, &mut found);
        }
    }
    let in_order = new.nodes().map(|entry| entry.node.id);
    in_order
        .filter_map(|id| found.remove(&id).map(|edit| (id, edit)))
        .collect()
}

/// The same among siblings of `new` whose parent both plans have.
fn additions_in(
    plan: &Plan,
    parent: Option<Id>,
    siblings: &[Arc<Node>],
    found: &mut HashMap<Id, Edit>,
) {
    if siblings.iter().all(|node| plan.contains(node.id)) {
        return;
    }
    let anchors = Anchors::of(&ids(plan.children(parent)), &ids(siblings));
    let (mut behind, mut added) = (0, 0);
    for node in siblings {
        behind = anchors.behind(node.id).unwrap_or(behind);
        if plan.contains(node.id) {
            continue;
        }
        let branch = without(node, plan);
        if !plan.has_place(parent, &branch) {
            continue;
        }
        let edit = Edit::Insert {
            parent,
            // Whatever was added so far stands before this.
            position: behind + added,
            branch,
        };
        found.insert(node.id, edit);
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

/// A node with all its contents except those that the plan already has.
fn without(node: &Arc<Node>, plan: &Plan) -> Arc<Node> {
    if node.below().all(|inner| !plan.contains(inner.id)) {
        return Arc::clone(node);
    }
    let children = node.children.iter().filter(|it| !plan.contains(it.id));
    Arc::new(Node {
        children: children.map(|it| without(it, plan)).collect(),
        ..node.without_children()
    })
}

/// A copy of a node with nothing in it but this branch.
fn around(node: &Node, branch: Arc<Node>) -> Arc<Node> {
    Arc::new(Node {
        children: vec![branch],
        ..node.without_children()
    })
}
