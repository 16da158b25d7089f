//! What is still to be filled in, by owner: whom to ask for what.
//!
//! `gap.rs` says what a gap is.

use std::collections::{BTreeMap, HashMap};

use super::{
    gap::{Gap, Gaps},
    id::Id,
    model::{Node, Plan},
};

/// What one owner has still to fill in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnerGaps {
    /// Without blanks around it; empty for nodes that have no owner, or need none.
    pub owner: String,
    /// All that this owner fills in, whether or not it lacks something, without reposts.
    pub counted: usize,
    /// Those that lack something, in the order of the document.
    pub lacks: Vec<Lack>,
    by_gap: BTreeMap<Gap, usize>,
}

/// A node that lacks something; what, `Gaps` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    pub id: Id,
    /// Whether it is nothing but an owner.
    only_owner: bool,
}

impl OwnerGaps {
    /// How many of this owner's nodes have this gap.
    pub fn count(&self, gap: Gap) -> usize {
        self.by_gap.get(&gap).copied().unwrap_or_default()
    }

    fn add(&mut self, plan: &Plan, node: &Node) {
        self.counted += 1;
        let mut only_owner = true;
        let mut is_complete = true;
        // Until the end of the plan, anybody without an owner may turn out to lack one.
        for gap in Gaps::of(plan, node, true).iter() {
            *self.by_gap.entry(gap).or_default() += 1;
            only_owner &= gap == Gap::Owner;
            is_complete = false;
        }
        if !is_complete {
            let id = node.id;
            self.lacks.push(Lack { id, only_owner });
        }
    }

    fn add_all(&mut self, other: &Self) {
        self.counted += other.counted;
        self.lacks.extend_from_slice(&other.lacks);
        for (gap, count) in &other.by_gap {
            *self.by_gap.entry(*gap).or_default() += count;
        }
    }

    /// Nobody has an owner, so having none is no gap.
    fn forget_owners(&mut self) {
        self.by_gap.remove(&Gap::Owner);
        self.lacks.retain(|lack| !lack.only_owner);
    }
}

/// The owners met so far, each with its place in the order of appearance.
#[derive(Default)]
pub(super) struct Owners<'a> {
    met: HashMap<&'a str, (usize, OwnerGaps)>,
    /// Nodes without an owner. Kept apart not only because they come last: looking up an empty key
    /// takes some processors ten times as long as any other.
    nobody: OwnerGaps,
}

impl<'a> Owners<'a> {
    /// One more node that is to be filled in.
    pub(super) fn add(&mut self, plan: &Plan, node: &'a Node) {
        self.group(plan.owner(node)).add(plan, node);
    }

    pub(super) fn add_all(&mut self, groups: &'a [OwnerGaps]) {
        for group in groups {
            self.group(&group.owner).add_all(group);
        }
    }

    fn group(&mut self, owner: &'a str) -> &mut OwnerGaps {
        if owner.is_empty() {
            return &mut self.nobody;
        }
        let place = self.met.len();
        let (_, group) = self.met.entry(owner).or_insert_with(|| {
            let new = OwnerGaps {
                owner: owner.to_owned(),
                ..OwnerGaps::default()
            };
            (place, new)
        });
        group
    }

    /// For a part of the plan, in which it is still open whether having no owner is a gap.
    pub(super) fn of_part(self) -> Vec<OwnerGaps> {
        let mut owners: Vec<_> = self.met.into_values().collect();
        owners.sort_unstable_by_key(|(place, _)| *place);
        let owners = owners.into_iter().map(|(_, group)| group);
        let nobody = Some(self.nobody).filter(|nobody| nobody.counted > 0);
        owners.chain(nobody).collect()
    }

    pub(super) fn of_plan(mut self) -> Vec<OwnerGaps> {
        if self.met.is_empty() {
            self.nobody.forget_owners();
        }
        self.of_part()
    }
}
