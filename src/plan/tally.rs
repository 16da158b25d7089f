//! Counting: how many initiatives are in which state. A repost is never counted as one more.

use super::{
    model::{Initiative, Node, Plan},
    status::Standing,
};

/// How one initiative is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Own(Standing),
    /// A repost shows its source's state; `None` where the source is missing.
    Repost(Option<Standing>),
}

/// Initiatives by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub good: usize,
    pub behind: usize,
    pub off_target: usize,
    pub both_bad: usize,
    pub unassessed: usize,
    /// Reposts; not part of the total.
    pub reposts: usize,
}

impl Tally {
    /// Counts these initiatives.
    pub fn of<'a>(initiatives: impl IntoIterator<Item = &'a std::sync::Arc<Initiative>>) -> Self {
        let mut tally = Self::default();
        for initiative in initiatives {
            tally.add(initiative);
        }
        tally
    }

    /// Counts one more.
    pub fn add(&mut self, initiative: &Initiative) {
        if initiative.repost_of.is_some() {
            self.reposts += 1;
        } else {
            *self.slot(initiative.status.standing()) += 1;
        }
    }

    /// All that are counted: everything but reposts.
    pub fn total(&self) -> usize {
        self.good + self.behind + self.off_target + self.both_bad + self.unassessed
    }

    /// All that are off target or behind.
    pub fn bad(&self) -> usize {
        self.behind + self.off_target + self.both_bad
    }

    pub fn count(&self, standing: Standing) -> usize {
        let mut copy = *self;
        *copy.slot(standing)
    }

    fn slot(&mut self, standing: Standing) -> &mut usize {
        match standing {
            Standing::Good => &mut self.good,
            Standing::Behind => &mut self.behind,
            Standing::OffTarget => &mut self.off_target,
            Standing::BothBad => &mut self.both_bad,
            Standing::Unassessed => &mut self.unassessed,
        }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.good += other.good;
        self.behind += other.behind;
        self.off_target += other.off_target;
        self.both_bad += other.both_bad;
        self.unassessed += other.unassessed;
        self.reposts += other.reposts;
    }
}

impl Plan {
    /// The state in which an initiative is shown.
    pub fn shown(&self, initiative: &Initiative) -> Shown {
        if initiative.repost_of.is_none() {
            return Shown::Own(initiative.status.standing());
        }
        let source = self.repost_source(initiative);
        Shown::Repost(source.map(|source| source.status.standing()))
    }

    /// Counts everything in a node.
    pub fn tally(&self, node: Node<'_>) -> Tally {
        Tally::of(node.initiatives())
    }
}
