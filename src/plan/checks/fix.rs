//! Fixes all findings that can be fixed, as one edit, and says what each fix changes.

use std::collections::{BTreeMap, HashMap};

use crate::form::Slot;

use super::super::{
    edit::Edit, fold::folded, id::Id, measure::Measure, model::Plan, target::criteria,
};
use super::{Finding, Fix, Place};

/// One edit that fixes several findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixing {
    /// A group: one step of undo.
    pub edit: Edit,
    /// What it changes, in the order of the findings.
    pub changes: Vec<Change>,
}

/// What one fix changes, for a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `None` for what the plan as a whole says.
    pub node: Option<Id>,
    pub place: Place,
    /// The words around it as they are, and as they would be with this fix alone.
    pub before: String,
    pub after: String,
}

/// How many characters are shown on either side of a change.
const AROUND: usize = 12;

/// The edit that fixes these findings in this plan; `None` if none of them has a fix that still
/// applies. Where fixes overlap, the first is applied; the other is found again afterwards.
pub fn fix_all<'a>(plan: &Plan, findings: impl IntoIterator<Item = &'a Finding>) -> Option<Fixing> {
    let mut edits = Vec::new();
    let mut changes = Vec::new();
    let mut texts: Vec<Changed<'_>> = Vec::new();
    let mut known: HashMap<(Option<Id>, Slot), usize> = HashMap::new();
    for finding in findings {
        match (&finding.fix, &finding.place) {
            (Some(Fix::Replace(with)), Place::Text { at, range }) => {
                let position = *known.entry((finding.node, *at)).or_insert_with(|| {
                    texts.push(Changed::new(plan, finding.node, *at));
                    texts.len() - 1
                });
                let Some(text) = texts.get_mut(position) else {
                    continue;
                };
                if let Some((before, after)) = text.replace(range, &finding.quote, with) {
                    changes.push(Change {
                        node: finding.node,
                        place: finding.place.clone(),
                        before,
                        after,
                    });
                }
            }
            (Some(Fix::Repost(source)), Place::Repost) => {
                let Some(node) = finding.node.and_then(|id| plan.node(id)) else {
                    continue;
                };
                let name = |id| plan.number(id).map(|number| number.printed(plan.form()));
                changes.push(Change {
                    node: finding.node,
                    place: Place::Repost,
                    before: node.repost_of.and_then(name).unwrap_or_default(),
                    after: name(*source).unwrap_or_default(),
                });
                edits.push(Edit::Repost {
                    id: node.id,
                    source: Some(*source),
                });
            }
            _ => {}
        }
    }
    let mut followed: BTreeMap<Id, Vec<Measure>> = BTreeMap::new();
    for changed in texts {
        let Some(text) = changed.text() else { continue };
        changed.take_measures_along(plan, &text, &mut followed);
        let (id, at) = (changed.id, changed.at);
        edits.push(Edit::Text { id, at, text });
    }
    let measures = followed.into_iter();
    edits.extend(measures.map(|(id, measures)| Edit::Measures { id, measures }));
    (!edits.is_empty()).then_some(Fixing {
        edit: Edit::Group(edits),
        changes,
    })
}

/// A text and what is to be replaced in it.
struct Changed<'a> {
    id: Option<Id>,
    at: Slot,
    text: &'a str,
    /// By where they begin, apart from each other: where each ends, and the new words.
    replacements: BTreeMap<usize, (usize, String)>,
}

impl<'a> Changed<'a> {
    fn new(plan: &'a Plan, id: Option<Id>, at: Slot) -> Self {
        Self {
            id,
            at,
            text: plan.text(id, at),
            replacements: BTreeMap::new(),
        }
    }

    /// Records a replacement if the text still says `quote` there, and returns its preview.
    fn replace(
        &mut self,
        range: &std::ops::Range<usize>,
        quote: &str,
        with: &str,
    ) -> Option<(String, String)> {
        let before = self.replacements.range(..range.end).next_back();
        let overlaps = before.is_some_and(|(_, (end, _))| *end > range.start);
        if self.text.get(range.clone()) != Some(quote) || overlaps {
            return None;
        }
        self.replacements
            .insert(range.start, (range.end, with.to_owned()));
        let left = self.text.get(..range.start)?.chars().rev();
        let right = self.text.get(range.end..)?.chars();
        let is_in_line = |c: &char| *c != '\n';
        let left: Vec<char> = left.take_while(is_in_line).take(AROUND).collect();
        let left: String = left.into_iter().rev().collect();
        let right: String = right.take_while(is_in_line).take(AROUND).collect();
        Some((
            format!("{left}{quote}{right}"),
            format!("{left}{with}{right}"),
        ))
    }

    /// The text with all that is to be replaced; `None` if nothing is.
    fn text(&self) -> Option<String> {
        if self.replacements.is_empty() {
            return None;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for (start, (end, with)) in &self.replacements {
            text.push_str(self.text.get(done..*start).unwrap_or_default());
            text.push_str(with);
            done = *end;
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
        Some(text)
    }

    /// Measures follow their criteria once these have been fixed, since their meaning has not
    /// changed. `followed` holds the measures of the nodes in which some do.
    fn take_measures_along(
        &self,
        plan: &Plan,
        fixed: &str,
        followed: &mut BTreeMap<Id, Vec<Measure>>,
    ) {
        let Some(node) = self.id.and_then(|id| plan.node(id)) else {
            return;
        };
        if !node.measures.iter().any(|it| it.target == self.at) {
            return;
        }
        let (old, new) = (criteria(self.text), criteria(fixed));
        if old.len() != new.len() {
            return;
        }
        let mut meant = HashMap::new();
        for (old, new) in old.iter().zip(&new) {
            meant.entry(folded(old.text)).or_insert(new.text);
        }
        let all = followed
            .entry(node.id)
            .or_insert_with(|| node.measures.clone());
        for measure in all.iter_mut().filter(|it| it.target == self.at) {
            if let Some(criterion) = meant.get(&folded(&measure.criterion)) {
                measure.criterion = (*criterion).to_owned();
            }
        }
        if *all == node.measures {
            followed.remove(&node.id);
        }
    }
}
