//! 再掲: to which node each repost leads, and that none of them leads back to itself.
//!
//! A repost may repeat a repost, and so on. Where each way ends is worked out for all of them at
//! once and kept until a repost changes: following each of them anew would cost the square of the
//! longest way.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    id::Id,
    model::{Node, Plan},
    sound::PlanError,
};

/// For each repost the end of its way: what is no repost. It need not be in the plan.
#[derive(Debug, Default)]
pub(super) struct Ends(HashMap<Id, Id>);

impl Ends {
    /// # Errors
    /// When a way does not end.
    pub fn of<'a>(nodes: impl Iterator<Item = &'a Arc<Node>>) -> Result<Self, PlanError> {
        let reposts: Vec<(Id, Id)> = nodes
            .filter_map(|node| Some((node.id, node.repost_of?)))
            .collect();
        let sources: HashMap<Id, Id> = reposts.iter().copied().collect();
        let mut ends: HashMap<Id, Id> = HashMap::with_capacity(reposts.len());
        for (start, _) in reposts {
            let mut way = Vec::new();
            let mut at = start;
            let end = loop {
                if let Some(end) = ends.get(&at) {
                    break *end;
                }
                let Some(next) = sources.get(&at) else {
                    break at;
                };
                // Longer than all reposts in a row: it goes round.
                if way.len() > sources.len() {
                    return Err(PlanError::CircularRepost(at));
                }
                way.push(at);
                at = *next;
            };
            ends.extend(way.into_iter().map(|repost| (repost, end)));
        }
        Ok(Self(ends))
    }
}

impl Plan {
    /// The node that a repost repeats. A repost of a repost leads to the one with contents.
    pub fn repost_source(&self, node: &Node) -> Option<&Arc<Node>> {
        let source = node.repost_of?;
        let end = self.ends().0.get(&source).copied().unwrap_or(source);
        self.node(end)
    }

    /// What stands for a repost: `具体的取組３－１－２の再掲`; `None` where its source is missing.
    pub fn repost_line(&self, repost: &Node) -> Option<String> {
        let source = self.repost_source(repost)?;
        let number = self.number(source.id)?.printed(self.form());
        let name = &self.level(source).name;
        Some(self.level(repost).repost_line(name, &number))
    }

    fn ends(&self) -> &Ends {
        self.ends.get_or_init(|| {
            // The ways end: neither a file nor an edit can bring a circle into the plan.
            Ends::of(self.nodes().map(|entry| entry.node)).unwrap_or_default()
        })
    }

    /// To be called when reposts have come, gone or changed.
    pub(super) fn forget_ends(&mut self) {
        self.ends = Arc::default();
    }

    /// A plan with a circle of reposts could be saved, but never opened again.
    ///
    /// # Errors
    /// When the way from one of these nodes does not end.
    pub(super) fn refuse_circles(&self, changed: &[Id]) -> Result<(), PlanError> {
        let mut ended: HashSet<Id> = HashSet::new();
        for &start in changed {
            let mut way = Vec::new();
            let mut at = start;
            while !ended.contains(&at) {
                let Some(next) = self.node(at).and_then(|it| it.repost_of) else {
                    break;
                };
                way.push(at);
                if next == start || way.len() > self.places.len() {
                    return Err(PlanError::CircularRepost(next));
                }
                at = next;
            }
            ended.extend(way);
        }
        Ok(())
    }
}

/// The reposts in a branch.
pub(super) fn reposts_in(branch: &Arc<Node>) -> impl Iterator<Item = Id> + '_ {
    let reposts = branch.with_below().filter(|it| it.is_repost());
    reposts.map(|repost| repost.id)
}
