//! The parent of each node of the merged plan.

use std::collections::HashMap;

use crate::plan::{id::Id, kind::Kind};

use super::{Clash, Decision, Dispute, Matter, Question, Survivors, Version, Versions, Work};

impl Work<'_> {
    /// The parent of every survivor; `None` for issues. A node whose parents have all been decided
    /// away keeps one of them alive.
    pub(super) fn homes(&mut self, survivors: &mut Survivors) -> HashMap<Id, Option<Id>> {
        let mut homes = HashMap::with_capacity(survivors.ids.len());
        // From the bottom up, because what is kept alive is one level higher.
        for kind in [Kind::Initiative, Kind::Strategy, Kind::Issue] {
            let ids = survivors.ids.iter().copied();
            let ids: Vec<Id> = ids.filter(|&id| self.kind(id) == Some(kind)).collect();
            for id in ids {
                let home = match kind {
                    Kind::Issue => None,
                    Kind::Strategy | Kind::Initiative => self.home(id, survivors),
                };
                homes.insert(id, home);
            }
        }
        homes
    }

    fn home(&mut self, id: Id, survivors: &mut Survivors) -> Option<Id> {
        let versions = self.versions.as_ref().map(|index| index.parent(id));
        let Versions { base, ours, theirs } = versions;
        let wanted = match (ours, theirs) {
            (Some(_), Some(_)) => {
                let (at, matter) = (Some(id), Matter::Home);
                self.settle(Question { at, matter }, versions, Dispute::Home)
            }
            _ if survivors.as_in_base.contains(&id) => base,
            _ => ours.or(theirs).or(base),
        };
        let homes = [wanted, ours, theirs, base].into_iter().flatten();
        let home = homes
            .clone()
            .find(|home| survivors.ids.contains(home))
            .or_else(|| homes.clone().next());
        survivors.ids.extend(home);
        home
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
