//! What each node of the merged plan says, and the plan's heading, property by property.

use std::{borrow::Cow, sync::Arc};

use crate::plan::{
    id::Id,
    model::Node,
    property::{Heading, Property, Says, Value, properties_of_heading, properties_of_node},
    text::with_lf,
};

use super::{Clash, Decision, Dispute, Frame, Matter, Question, Reposts, Versions, Work};

impl<'a> Work<'a> {
    pub(super) fn heading(&mut self) -> Heading {
        let versions = self
            .versions
            .as_ref()
            .map(|index| Heading::of(index.plan()));
        let Versions { base, ours, theirs } = versions.as_ref();
        let form = vec![Property::Form];
        let merged = self.says(None, ours.clone(), Some(base), (ours, theirs), form);
        let texts = [&base.values, &ours.values, &theirs.values];
        let mut properties = properties_of_heading(&merged.form, texts);
        properties.retain(|property| *property != Property::Form);
        self.says(None, merged, Some(base), (ours, theirs), properties)
    }

    /// What a node itself says. Whatever stands in it is not meant.
    pub(super) fn contents(
        &mut self,
        id: Id,
        versions: Versions<Option<&'a Arc<Node>>>,
        frame: &Frame,
    ) -> Option<Cow<'a, Node>> {
        let at = Some(id);
        let matter = Matter::Value(Property::Repost);
        let decided = self.decided(Question { at, matter });
        let Versions { base, ours, theirs } = versions.map(|it| it.map(|it| &**it));
        if let (Some(ours), Some(theirs)) = (ours, theirs) {
            // Most have not changed at all, or only on one side.
            if ours.same_values(theirs) {
                return Some(Cow::Borrowed(ours));
            }
            if self.reposts == Reposts::Free && decided.is_none() {
                if base.is_some_and(|base| base.same_values(theirs)) {
                    return Some(Cow::Borrowed(ours));
                }
                if base.is_some_and(|base| base.same_values(ours)) {
                    return Some(Cow::Borrowed(theirs));
                }
            }
            let texts = [base, Some(ours), Some(theirs)].into_iter().flatten();
            let texts = texts.map(|node| &node.values);
            let properties = properties_of_node(&frame.form, ours.level, texts);
            let merged = ours.without_children();
            let merged = self.says(at, merged, base, (ours, theirs), properties);
            return Some(Cow::Owned(merged));
        }
        let one = match frame.survivors.as_in_base.contains(&id) {
            true => base,
            false => ours.or(theirs).or(base),
        }?;
        let reposts = versions.map(|it| it.map(|it| it.repost_of));
        let repost_of = match self.reposts {
            Reposts::Free => {
                let chosen = decided.and_then(|version| reposts.get(version));
                chosen.unwrap_or(one.repost_of)
            }
            Reposts::Ours => {
                if reposts.ours.flatten() != reposts.theirs.flatten() {
                    let values = reposts.map(|it| it.map(Value::Repost));
                    let dispute = Dispute::Value(values);
                    self.clashes.push(Clash { at, dispute });
                }
                reposts.ours.flatten()
            }
        };
        Some(match repost_of == one.repost_of {
            true => Cow::Borrowed(one),
            false => Cow::Owned(Node {
                repost_of,
                ..one.without_children()
            }),
        })
    }

    /// What both sides make of these properties of what both have, put into `merged`.
    fn says<T: Says>(
        &mut self,
        at: Option<Id>,
        mut merged: T,
        base: Option<&T>,
        (ours, theirs): (&T, &T),
        properties: Vec<Property>,
    ) -> T {
        for property in properties {
            let versions = Versions {
                base: base.and_then(|base| base.value(property)),
                ours: ours.value(property),
                theirs: theirs.value(property),
            };
            if let Some(value) = self.value(at, property, versions) {
                merged.set(value);
            }
        }
        merged
    }

    fn value(
        &mut self,
        at: Option<Id>,
        property: Property,
        versions: Versions<Option<Value>>,
    ) -> Option<Value> {
        let matter = Matter::Value(property);
        let question = Question { at, matter };
        if property == Property::Repost && self.reposts == Reposts::Ours {
            let taken = versions.ours.clone();
            if versions.ours != versions.theirs {
                let dispute = Dispute::Value(versions);
                self.clashes.push(Clash { at, dispute });
            }
            return taken;
        }
        if let (Property::Text(slot), Some(Decision::Text(text))) =
            (property, self.decisions.get(&question))
        {
            return Some(Value::Text(slot, with_lf(text.clone())));
        }
        self.settle(question, versions, Dispute::Value)
    }
}
