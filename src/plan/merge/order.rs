//! The order of siblings in the merged plan.
//!
//! Of any two that both sides have, the order of the side that changed it is followed. That always
//! settles those two; if the answers form a circle, or if both sides added the two in different
//! orders, it is a clash. What only one side has comes after the sibling that it comes after on
//! that side.

use std::collections::{HashMap, HashSet};

use crate::plan::{id::Id, index::List};

use super::{Clash, Dispute, Matter, Question, Version, Versions, Work};

impl Work<'_> {
    /// The members of a list, in order.
    pub(super) fn order(&mut self, list: List, lists: &HashMap<List, HashSet<Id>>) -> Vec<Id> {
        let Some(members) = lists.get(&list) else {
            return Vec::new();
        };
        let versions = self.versions.as_ref().map(|index| {
            let mut ids = index.members(list);
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
        let common = self.common(list, common);
        self.with_the_rest(common, versions)
    }

    /// The order of what both sides have here; of fewer nodes, if the base is chosen.
    fn common(&mut self, list: List, versions: Versions<Vec<Id>>) -> Vec<Id> {
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
            at: list.parent,
            matter: Matter::Order(list.kind),
        };
        let version = self.decided(question);
        if version.is_none() {
            self.clashes.push(Clash {
                at: list.parent,
                dispute: Dispute::Order(list.kind, versions.clone()),
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

    /// By number, what has none last; equal numbers always in the same order.
    fn rank(&self, id: Id) -> (bool, Option<u32>, Id) {
        let Versions { base, ours, theirs } = &self.versions;
        let nodes = [ours, theirs, base].into_iter();
        let node = nodes.filter_map(|index| index.node(id)).next();
        let number = node.and_then(|node| node.own_number());
        (number.is_none(), number, id)
    }
}

fn set(ids: &[Id]) -> HashSet<Id> {
    ids.iter().copied().collect()
}

/// The order in which every two come as on the side that changed their order; `None` if there is no
/// such order. All pairs are compared, but only where both sides reordered the same list.
fn agreed(versions: &Versions<Vec<Id>>) -> Option<Vec<Id>> {
    let places = versions
        .as_ref()
        .map(|ids| -> HashMap<Id, usize> { (0..).zip(ids).map(|(at, id)| (*id, at)).collect() });
    let nodes: Vec<(Id, Option<usize>, usize, usize)> = versions
        .ours
        .iter()
        .filter_map(|id| {
            let base = places.base.get(id).copied();
            Some((*id, base, *places.ours.get(id)?, *places.theirs.get(id)?))
        })
        .collect();
    let mut order: Vec<(usize, Id)> = Vec::with_capacity(nodes.len());
    for (id, base, ours, theirs) in &nodes {
        let mut before = 0;
        for (_, other_base, other_ours, other_theirs) in &nodes {
            let [in_ours, in_theirs] = [other_ours < ours, other_theirs < theirs];
            let comes_before = if in_ours == in_theirs {
                in_ours
            } else {
                // Exactly one side has changed it.
                let in_base = other_base.as_ref()? < base.as_ref()?;
                !in_base
            };
            before += usize::from(comes_before);
        }
        order.push((before, *id));
    }
    order.sort_unstable();
    // In an order, no two come after equally many others; in a circle, some do.
    let is_order = (0..).zip(&order).all(|(at, (before, _))| at == *before);
    is_order.then(|| order.into_iter().map(|(_, id)| id).collect())
}
