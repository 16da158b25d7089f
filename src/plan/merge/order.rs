//! The order of siblings in the merged plan.
//!
//! Of any two that both sides have, the order of the side that changed it is followed. That always
//! settles those two; if the answers form a circle, or if both sides added the two in different
//! orders, it is a clash. What only one side has comes after the sibling that it comes after on
//! that side.

use std::collections::{HashMap, HashSet};

use crate::plan::id::Id;

use super::{
    Clash, Dispute, Matter, Question, Siblings, Version, Versions, Work, agreement::agreed,
};

impl Work<'_> {
    /// What stands in a node, or at the top (`None`), in order.
    pub(super) fn order(&mut self, parent: Option<Id>, siblings: &Siblings) -> Vec<Id> {
        let Some(members) = siblings.get(&parent) else {
            return Vec::new();
        };
        let versions = self.versions.as_ref().map(|index| {
            let mut ids = index.members(parent);
            ids.retain(|id| members.contains(id));
            ids
        });
        if versions.ours == versions.theirs && versions.ours.len() == members.len() {
            return versions.ours;
        }
        let common = versions.as_ref().map(|ids| {
            let [ours, theirs] = [&versions.ours, &versions.theirs].map(|ids| set(ids));
            let is_common = |id: &&Id| ours.contains(id) && theirs.contains(id);
            ids.iter().filter(is_common).copied().collect()
        });
        let common = self.common(parent, common);
        self.with_the_rest(common, versions)
    }

    /// The order of what both sides have here; of fewer nodes, if the base is chosen.
    fn common(&mut self, parent: Option<Id>, versions: Versions<Vec<Id>>) -> Vec<Id> {
        let Versions { base, ours, theirs } = &versions;
        if ours == theirs || base == theirs {
            return versions.ours;
        }
        if base == ours {
            return versions.theirs;
        }
        if let Some(agreed) = agreed(&versions) {
            return agreed;
        }
        let question = Question {
            at: parent,
            matter: Matter::Order,
        };
        let version = self.decided(question);
        if version.is_none() {
            self.clashes.push(Clash {
                at: parent,
                dispute: Dispute::Order(versions.clone()),
            });
        }
        versions.get(version.unwrap_or(Version::Ours))
    }

    /// Puts in what is not there yet, each after what it comes after in its own version. If both
    /// sides put something in the same place, what each side put there stays together, and the
    /// group that begins with the smaller number comes first.
    fn with_the_rest(&self, common: Vec<Id>, versions: Versions<Vec<Id>>) -> Vec<Id> {
        let mut placed = set(&common);
        let skeleton = placed.clone();
        let mut runs: HashMap<Option<Id>, Vec<Vec<Id>>> = HashMap::new();
        for version in [versions.ours, versions.theirs, versions.base] {
            let mut behind = None;
            let mut own: HashMap<Option<Id>, Vec<Id>> = HashMap::new();
            for id in version {
                if skeleton.contains(&id) {
                    behind = Some(id);
                } else if placed.insert(id) {
                    own.entry(behind).or_default().push(id);
                }
            }
            for (behind, run) in own {
                runs.entry(behind).or_default().push(run);
            }
        }
        let mut order = Vec::with_capacity(placed.len());
        let stations = common.into_iter().map(Some);
        for behind in std::iter::once(None).chain(stations) {
            order.extend(behind);
            let mut here = runs.remove(&behind).unwrap_or_default();
            here.sort_by_key(|run| run.first().map(|&id| self.rank(id)));
            order.extend(here.into_iter().flatten());
        }
        order
    }

    /// By the number that it will have, what has none last; equal numbers always in the same order.
    fn rank(&self, id: Id) -> (bool, Option<u32>, Id) {
        let numbers = self.versions.as_ref();
        let numbers = numbers.map(|index| index.node(id).map(|node| node.number));
        let Versions { base, ours, theirs } = numbers;
        let number = match (ours, theirs) {
            // Whoever changed it is followed, so that it does not matter who merges.
            (Some(ours), Some(theirs)) if base == Some(ours) => theirs,
            (ours, theirs) => ours.or(theirs).or(base).flatten(),
        };
        (number.is_none(), number, id)
    }
}

fn set(ids: &[Id]) -> HashSet<Id> {
    ids.iter().copied().collect()
}
