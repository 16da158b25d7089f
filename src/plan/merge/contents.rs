//! What each node of the merged plan holds, and the plan's heading, field by field.

use std::sync::Arc;

use crate::plan::{
    field::{Field, Fields, Heading, Value},
    id::Id,
    model::Initiative,
    text::with_lf,
};

use super::{Clash, Decision, Dispute, Matter, Question, Reposts, Survivors, Versions, Work};

impl Work<'_> {
    pub(super) fn heading(&mut self) -> Heading {
        let versions = self
            .versions
            .as_ref()
            .map(|index| Heading::of(index.plan()));
        let Versions { base, ours, theirs } = versions.as_ref();
        self.fields(None, Some(base), ours, theirs)
    }

    pub(super) fn initiatives(
        &mut self,
        ids: Vec<Id>,
        survivors: &Survivors,
    ) -> Vec<Arc<Initiative>> {
        let one = |id| self.initiative(id, survivors);
        ids.into_iter().filter_map(one).collect()
    }

    fn initiative(&mut self, id: Id, survivors: &Survivors) -> Option<Arc<Initiative>> {
        let versions = self.versions.as_ref().map(|index| index.initiative(id));
        let Versions { base, ours, theirs } = versions;
        let at = Some(id);
        let matter = Matter::Value(Field::Repost);
        let decided = self.decided(Question { at, matter });
        // Most have not changed at all, or only on one side.
        if let (Some(ours), Some(theirs)) = (ours, theirs) {
            if ours == theirs {
                return Some(Arc::clone(ours));
            }
            if self.reposts == Reposts::Free && decided.is_none() {
                if base == Some(theirs) {
                    return Some(Arc::clone(ours));
                }
                if base == Some(ours) {
                    return Some(Arc::clone(theirs));
                }
            }
        }
        let mut merged = self.contents(at, versions, survivors)?;
        if ours.is_none() || theirs.is_none() {
            let reposts = versions.map(|it| it.map(|it| it.repost_of));
            match self.reposts {
                Reposts::Free => {
                    let chosen = decided.and_then(|version| reposts.get(version));
                    merged.repost_of = chosen.unwrap_or(merged.repost_of);
                }
                Reposts::Ours => {
                    merged.repost_of = reposts.ours.flatten();
                    if reposts.ours.flatten() != reposts.theirs.flatten() {
                        let values = reposts.map(|it| it.map(Value::Repost));
                        let dispute = Dispute::Value(values);
                        self.clashes.push(Clash { at, dispute });
                    }
                }
            }
        }
        Some(super::shared(merged, versions))
    }

    /// What a node itself holds. Its children are still those of some version.
    pub(super) fn contents<T: Fields + Clone>(
        &mut self,
        at: Option<Id>,
        versions: Versions<Option<&Arc<T>>>,
        survivors: &Survivors,
    ) -> Option<T> {
        let Versions { base, ours, theirs } = versions.map(|it| it.map(|it| &**it));
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => Some(self.fields(at, base, ours, theirs)),
            _ if at.is_some_and(|id| survivors.as_in_base.contains(&id)) => base.cloned(),
            _ => ours.or(theirs).or(base).cloned(),
        }
    }

    fn fields<T: Fields + Clone>(
        &mut self,
        at: Option<Id>,
        base: Option<&T>,
        ours: &T,
        theirs: &T,
    ) -> T {
        let mut merged = ours.clone();
        let mut base = base.map(|base| base.values().into_iter());
        for (ours, theirs) in ours.values().into_iter().zip(theirs.values()) {
            let versions = Versions {
                base: base.as_mut().and_then(Iterator::next),
                ours: Some(ours),
                theirs: Some(theirs),
            };
            if let Some(value) = self.value(at, versions) {
                merged.set(value);
            }
        }
        merged
    }

    fn value(&mut self, at: Option<Id>, versions: Versions<Option<Value>>) -> Option<Value> {
        let field = versions.ours.as_ref()?.field();
        let matter = Matter::Value(field);
        let question = Question { at, matter };
        if field == Field::Repost && self.reposts == Reposts::Ours {
            let taken = versions.ours.clone();
            if versions.ours != versions.theirs {
                let dispute = Dispute::Value(versions);
                self.clashes.push(Clash { at, dispute });
            }
            return taken;
        }
        if let (Field::Text(field), Some(Decision::Text(text))) =
            (field, self.decisions.get(&question))
        {
            return Some(Value::Text(field, with_lf(text.clone())));
        }
        self.settle(question, versions, Dispute::Value)
    }
}
