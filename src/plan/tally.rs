//! Counting: how many nodes are in which state. A repost is never counted as one more.

use std::sync::Arc;

use enum_map::EnumMap;

use super::{
    model::{Node, Plan},
    status::Standing,
    target::grouped,
};

/// A count with its thousands apart: `1,234`.
pub fn figure(count: usize) -> String {
    grouped(count.into())
}

/// How one node is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Own(Standing),
    /// A repost shows its source's state; `None` where the source is missing.
    Repost(Option<Standing>),
}

/// Nodes by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    by_standing: EnumMap<Standing, usize>,
    /// Reposts; not part of the total.
    pub reposts: usize,
}

impl Tally {
    /// Counts one more that is assessed.
    pub fn add(&mut self, plan: &Plan, node: &Node) {
        if node.is_repost() {
            self.reposts += 1;
        } else {
            self.by_standing[plan.standing(node)] += 1;
        }
    }

    /// All that are counted: everything but reposts.
    pub fn total(&self) -> usize {
        self.by_standing.values().sum()
    }

    /// All of which something is not good.
    pub fn bad(&self) -> usize {
        let bad = self.by_standing.iter().filter(|(it, _)| it.is_bad());
        bad.map(|(_, count)| count).sum()
    }

    pub fn count(&self, standing: Standing) -> usize {
        self.by_standing[standing]
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        for (standing, count) in &mut self.by_standing {
            *count += other.by_standing[standing];
        }
        self.reposts += other.reposts;
    }
}

impl Plan {
    /// The state in which a node that is assessed is shown.
    pub fn shown(&self, node: &Node) -> Shown {
        if !node.is_repost() {
            return Shown::Own(self.standing(node));
        }
        let source = self.repost_source(node);
        Shown::Repost(source.map(|source| self.standing(source)))
    }

    /// Counts all that is assessed in a node, itself included.
    pub fn tally(&self, node: &Arc<Node>) -> Tally {
        let mut tally = Tally::default();
        for node in node.with_below() {
            if self.level(node).is_assessed() {
                tally.add(self, node);
            }
        }
        tally
    }
}
