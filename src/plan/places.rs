//! Where each node of a plan stands: what it stands in, and where among its siblings.
//!
//! All of it could be read off the tree, at the cost of a walk through it for every node that is
//! looked for. What is kept of the order is a rank and not a position: of two siblings the one that
//! comes first has the smaller rank, and nothing else is meant by it. So a node that comes or goes
//! changes no sibling's rank, however many there are, and a position is found by halving the list.

use std::{collections::HashMap, sync::Arc};

use super::{id::Id, model::Node, sound::PlanError};

/// The places of all nodes of a plan.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(HashMap<Id, Place>);

#[derive(Debug, Clone, Copy)]
struct Place {
    /// `None` at the top.
    parent: Option<Id>,
    rank: u64,
}

/// The rank of the first of some new siblings; as many can be put before them as behind them.
const FIRST: u64 = 1 << 63;
/// From one new sibling to the next. There is room for 2³¹ on either side.
const STEP: u64 = 1 << 32;
/// From the sibling before to one that is put between two: less than half of the way, so that many
/// can be put there one behind the other.
const SHORT_STEP: u64 = 1 << 20;
/// In a list of so few, a look at each is cheaper than halving it.
const FEW: usize = 16;

impl Places {
    /// # Errors
    /// When two nodes share an id.
    pub fn of(nodes: &[Arc<Node>]) -> Result<Self, PlanError> {
        let mut places = Self::default();
        places.add_all(nodes, None)?;
        Ok(places)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn contains(&self, id: Id) -> bool {
        self.0.contains_key(&id)
    }

    /// What a node stands in, `None` at the top; `None` at all for what is nowhere.
    pub fn parent(&self, id: Id) -> Option<Option<Id>> {
        self.0.get(&id).map(|place| place.parent)
    }

    /// Where in this list of siblings a node stands.
    pub fn position(&self, id: Id, siblings: &[Arc<Node>]) -> Option<usize> {
        if siblings.len() <= FEW {
            return siblings.iter().position(|sibling| sibling.id == id);
        }
        let rank = self.rank(id)?;
        let comes_before = |sibling: &Arc<Node>| self.rank(sibling.id).is_some_and(|it| it < rank);
        let position = siblings.partition_point(comes_before);
        siblings
            .get(position)
            .is_some_and(|sibling| sibling.id == id)
            .then_some(position)
    }

    /// Gives a branch its place: among these siblings, before what stands at `position`, or behind
    /// all of them.
    ///
    /// # Errors
    /// When one of its nodes has a place already, or two of them share an id; then nothing has
    /// changed.
    pub fn put(
        &mut self,
        branch: &Arc<Node>,
        parent: Option<Id>,
        siblings: &[Arc<Node>],
        position: usize,
    ) -> Result<(), PlanError> {
        let inside = Self::inside(branch)?;
        // The first in the order of the document, so that it is always the same one that is named.
        if let Some(twice) = ids(branch).find(|id| self.contains(*id)) {
            return Err(PlanError::DuplicateId(twice));
        }
        self.0.extend(inside.0);
        let rank = self.rank_at(siblings, position.min(siblings.len()));
        self.0.insert(branch.id, Place { parent, rank });
        Ok(())
    }

    pub fn remove(&mut self, branch: &Arc<Node>) {
        for id in ids(branch) {
            self.0.remove(&id);
        }
    }

    /// The places within a branch, with none yet for the branch itself in its list.
    fn inside(branch: &Arc<Node>) -> Result<Self, PlanError> {
        let mut places = Self::default();
        places.add_all(std::slice::from_ref(branch), None)?;
        Ok(places)
    }

    /// A rank between the siblings on both sides of a position.
    fn rank_at(&mut self, siblings: &[Arc<Node>], position: usize) -> u64 {
        let at = |position: usize| self.rank(siblings.get(position)?.id);
        let below = position.checked_sub(1).and_then(at);
        let between = match (below, at(position)) {
            (None, None) => Some(FIRST),
            (Some(below), None) => below.checked_add(STEP),
            (None, Some(above)) => above.checked_sub(STEP),
            (Some(below), Some(above)) => {
                let step = (above.saturating_sub(below) / 2).min(SHORT_STEP);
                (step > 0).then(|| below.saturating_add(step))
            }
        };
        between.unwrap_or_else(|| self.make_room(siblings, position))
    }

    /// Spreads the ranks around a position, with one to spare there, which it gives back. As few as
    /// leave each of them room for many more: whoever puts one after the other into one gap would
    /// otherwise have all of them spread again and again.
    fn make_room(&mut self, siblings: &[Arc<Node>], position: usize) -> u64 {
        let mut reach = FEW;
        let (first, end, low, step) = loop {
            let first = position.saturating_sub(reach);
            let end = position.saturating_add(reach).min(siblings.len());
            let count = (end - first + 1) as u64;
            let low = first.checked_sub(1).and_then(|n| siblings.get(n));
            let low = low.and_then(|below| self.rank(below.id));
            let high = siblings.get(end).and_then(|above| self.rank(above.id));
            let spread = |room: u64| (room / (count + 1)).min(STEP);
            let (low, step) = match (low, high) {
                (Some(low), Some(high)) => (low, spread(high.saturating_sub(low))),
                (Some(low), None) => (low, spread(u64::MAX - low)),
                (None, Some(high)) => (high - spread(high) * (count + 1), spread(high)),
                (None, None) => break (first, end, FIRST - STEP, STEP),
            };
            if step >= SHORT_STEP {
                break (first, end, low, step);
            }
            reach = reach.saturating_mul(2);
        };
        let mut next = low;
        let mut own = low;
        for n in first..=end {
            next = next.saturating_add(step);
            if n == position {
                own = next;
                next = next.saturating_add(step);
            }
            let place = siblings.get(n).filter(|_| n < end);
            if let Some(place) = place.and_then(|it| self.0.get_mut(&it.id)) {
                place.rank = next;
            }
        }
        own
    }

    fn rank(&self, id: Id) -> Option<u64> {
        self.0.get(&id).map(|place| place.rank)
    }

    fn add_all(&mut self, siblings: &[Arc<Node>], parent: Option<Id>) -> Result<(), PlanError> {
        let mut rank = FIRST;
        for sibling in siblings {
            self.add(sibling.id, parent, rank)?;
            self.add_all(&sibling.children, Some(sibling.id))?;
            rank = rank.saturating_add(STEP);
        }
        Ok(())
    }

    fn add(&mut self, id: Id, parent: Option<Id>, rank: u64) -> Result<(), PlanError> {
        match self.0.insert(id, Place { parent, rank }) {
            Some(_) => Err(PlanError::DuplicateId(id)),
            None => Ok(()),
        }
    }
}

/// The ids of all nodes of a branch.
fn ids(branch: &Arc<Node>) -> impl Iterator<Item = Id> + '_ {
    branch.with_below().map(|node| node.id)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::form::Key;

    fn node(bits: u64) -> Arc<Node> {
        Arc::new(Node::new(Id::from_bits(bits), Key::NONE))
    }

    proptest! {
        /// Also where so many are put into one gap that no rank is left in it.
        #[test]
        fn everyone_is_found_where_they_stand(
            steps in vec((any::<bool>(), prop_oneof![Just(5_usize), 0..60_usize]), 0..300),
        ) {
            let parent = Id::from_bits(0);
            let mut siblings: Vec<Arc<Node>> = (1..=40).map(node).collect();
            let mut places = Places::default();
            places.add_all(&siblings, Some(parent)).expect("the ids differ");
            for (bits, (puts, at)) in (100..).zip(steps) {
                let at = at.min(siblings.len());
                if puts {
                    let new = node(bits);
                    places.put(&new, Some(parent), &siblings, at).expect("it is new");
                    siblings.insert(at, new);
                } else if at < siblings.len() {
                    places.remove(&siblings.remove(at));
                }
            }
            prop_assert_eq!(places.len(), siblings.len());
            for (at, sibling) in siblings.iter().enumerate() {
                prop_assert_eq!(places.position(sibling.id, &siblings), Some(at));
            }
        }
    }

    #[test]
    fn what_is_nowhere_or_elsewhere_is_not_found() {
        let parent = Id::from_bits(0);
        let siblings: Vec<Arc<Node>> = (1..=40).map(node).collect();
        let others: Vec<Arc<Node>> = (41..=80).map(node).collect();
        let mut places = Places::default();
        places
            .add_all(&siblings, Some(parent))
            .expect("the ids differ");
        places
            .add_all(&others, Some(parent))
            .expect("the ids differ");
        assert_eq!(places.position(Id::from_bits(41), &siblings), None);
        assert_eq!(places.position(Id::from_bits(99), &siblings), None);
        let twice = node(7);
        let refused = places.put(&twice, Some(parent), &siblings, 3);
        assert_eq!(refused, Err(PlanError::DuplicateId(Id::from_bits(7))));
        assert_eq!(places.position(Id::from_bits(7), &siblings), Some(6));
    }
}
