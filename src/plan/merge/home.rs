//! The parent of each node of the merged plan.

use std::collections::{HashMap, HashSet};

use crate::plan::id::Id;

use super::{Clash, Decision, Dispute, Matter, Question, Survivors, Version, Versions, Work};

/// Where a node may be, the best place first; `None` is the top.
type Homes = Vec<Option<Id>>;

impl Work<'_> {
    /// The parent of every survivor; `None` at the top. A node whose parents have all been decided
    /// away keeps one of them alive.
    pub(super) fn homes(&mut self, survivors: &mut Survivors) -> HashMap<Id, Option<Id>> {
        let mut homes = HashMap::with_capacity(survivors.ids.len());
        let mut without = Vec::new();
        let mut waiting: Vec<Id> = survivors.ids.iter().copied().collect();
        // Round by round, for what is kept alive in one needs a parent too: so it does not matter
        // who is asked first.
        while !waiting.is_empty() {
            let mut revived = HashSet::new();
            for id in waiting {
                let wanted = self.wanted(id, survivors);
                let is_there = |home: &&Option<Id>| survivors.has_home(**home);
                match wanted.first().filter(is_there) {
                    Some(home) => {
                        homes.insert(id, *home);
                    }
                    None => {
                        if !wanted.iter().any(|home| survivors.has_home(*home)) {
                            revived.extend(wanted.first().copied().flatten());
                        }
                        without.push((id, wanted));
                    }
                }
            }
            survivors.ids.extend(revived.iter().copied());
            waiting = revived.into_iter().collect();
        }
        for (id, wanted) in without {
            let mut wanted = wanted.into_iter();
            let home = wanted.find(|home| survivors.has_home(*home));
            homes.insert(id, home.flatten());
        }
        homes
    }

    fn wanted(&mut self, id: Id, survivors: &Survivors) -> Homes {
        let versions = self.versions.as_ref();
        let versions = versions.map(|index| index.contains(id).then(|| index.parent(id)));
        let Versions { base, ours, theirs } = versions;
        let wanted = match (ours, theirs) {
            // Nearly all of them.
            (Some(ours), Some(theirs)) if ours == theirs && base == Some(ours) => {
                return vec![ours];
            }
            (Some(_), Some(_)) => {
                let (at, matter) = (Some(id), Matter::Home);
                self.settle(Question { at, matter }, versions, Dispute::Home)
            }
            _ if survivors.as_in_base.contains(&id) => base,
            _ => ours.or(theirs).or(base),
        };
        let homes = [wanted, ours, theirs, base].into_iter();
        homes.flatten().collect()
    }

    /// What three versions come to if both sides have one: what was decided, or what only one side
    /// changed, or ours.
    pub(super) fn settle<T: Clone + PartialEq>(
        &mut self,
        question: Question,
        versions: Versions<Option<T>>,
        dispute: impl FnOnce(Versions<Option<T>>) -> Dispute,
    ) -> Option<T> {
        let decided = self.decided(question);
        if let Some(chosen) = decided.and_then(|version| versions.as_ref().get(version).clone()) {
            return Some(chosen);
        }
        if versions.ours == versions.theirs || versions.base == versions.theirs {
            return versions.ours;
        }
        if versions.base == versions.ours {
            return versions.theirs;
        }
        let ours = versions.ours.clone();
        self.clashes.push(Clash {
            at: question.at,
            dispute: dispute(versions),
        });
        ours
    }

    /// The version that was chosen.
    pub(super) fn decided(&self, question: Question) -> Option<Version> {
        match self.decisions.get(&question)? {
            Decision::Take(version) => Some(*version),
            Decision::Text(_) => None,
        }
    }
}

impl Survivors {
    fn has_home(&self, home: Option<Id>) -> bool {
        home.is_none_or(|home| self.ids.contains(&home))
    }
}
