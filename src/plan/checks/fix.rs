//! Fixes all findings that can be fixed, as one edit, and says what each fix changes.

use std::collections::HashMap;

use super::super::{
    edit::Edit,
    fold::fold,
    id::Id,
    measure::Measure,
    model::{Initiative, Plan},
    target::criteria,
    text_field::TextField,
};
use super::{Finding, Fix, Place, text_of};

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
    pub node: Id,
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
    let mut known: HashMap<(Id, TextField), usize> = HashMap::new();
    for finding in findings {
        match (&finding.fix, &finding.place) {
            (Some(Fix::Replace(with)), Place::Text { field, range }) => {
                let key = (finding.node, *field);
                let position = match known.get(&key) {
                    Some(&position) => position,
                    None => {
                        let Some(text) = text_of(plan, finding.node, *field) else {
                            continue;
                        };
                        texts.push(Changed::new(finding.node, *field, text));
                        known.insert(key, texts.len() - 1);
                        texts.len() - 1
                    }
                };
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
                let id = finding.node;
                let name = |id| plan.number(id).map(|number| number.full_width());
                let before = plan.initiative(id).and_then(|it| it.repost_of);
                changes.push(Change {
                    node: id,
                    place: Place::Repost,
                    before: before.and_then(name).unwrap_or_default(),
                    after: name(*source).unwrap_or_default(),
                });
                edits.push(Edit::Repost {
                    id,
                    source: Some(*source),
                });
            }
            _ => {}
        }
    }
    for changed in texts {
        edits.extend(changed.edits(plan));
    }
    (!edits.is_empty()).then_some(Fixing {
        edit: Edit::Group(edits),
        changes,
    })
}

/// A text and what is to be replaced in it.
struct Changed<'a> {
    id: Id,
    field: TextField,
    text: &'a str,
    /// They do not overlap.
    replacements: Vec<(std::ops::Range<usize>, String)>,
}

impl<'a> Changed<'a> {
    fn new(id: Id, field: TextField, text: &'a str) -> Self {
        Self {
            id,
            field,
            text,
            replacements: Vec::new(),
        }
    }

    /// Records a replacement if the text still says `quote` there, and returns its preview.
    fn replace(
        &mut self,
        range: &std::ops::Range<usize>,
        quote: &str,
        with: &str,
    ) -> Option<(String, String)> {
        let overlaps =
            |other: &std::ops::Range<usize>| range.start < other.end && other.start < range.end;
        if self.text.get(range.clone()) != Some(quote)
            || self.replacements.iter().any(|(other, _)| overlaps(other))
        {
            return None;
        }
        self.replacements.push((range.clone(), with.to_owned()));
        let left = self.text.get(..range.start)?;
        let right = self.text.get(range.end..)?;
        let left = left.rsplit('\n').next().unwrap_or_default();
        let right = right.split('\n').next().unwrap_or_default();
        let skipped = left.chars().count().saturating_sub(AROUND);
        let left: String = left.chars().skip(skipped).collect();
        let right: String = right.chars().take(AROUND).collect();
        Some((
            format!("{left}{quote}{right}"),
            format!("{left}{with}{right}"),
        ))
    }

    fn edits(mut self, plan: &Plan) -> Vec<Edit> {
        self.replacements.sort_by_key(|(range, _)| range.start);
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for (range, with) in &self.replacements {
            text.push_str(self.text.get(done..range.start).unwrap_or_default());
            text.push_str(with);
            done = range.end;
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
        let id = self.id;
        let initiative = plan
            .initiative(id)
            .filter(|_| self.field == TextField::Target);
        let measures = initiative.and_then(|initiative| followed(initiative, &text));
        let measures = measures.map(|measures| Edit::Measures { id, measures });
        if self.replacements.is_empty() {
            return Vec::new();
        }
        let field = self.field;
        std::iter::once(Edit::Text { id, field, text })
            .chain(measures)
            .collect()
    }
}

/// The measures of an initiative once its target has been fixed: they follow their criteria, whose
/// meaning has not changed. `None` if nothing has to change.
fn followed(initiative: &Initiative, target: &str) -> Option<Vec<Measure>> {
    let (old, new) = (criteria(&initiative.target), criteria(target));
    if old.len() != new.len() {
        return None;
    }
    let mut measures = initiative.measures.clone();
    for measure in &mut measures {
        let words = fold(&measure.criterion);
        let place = old
            .iter()
            .position(|it| fold(it.text).as_str() == words.as_str());
        if let Some(criterion) = place.and_then(|place| new.get(place)) {
            measure.criterion = criterion.text.to_owned();
        }
    }
    (measures != initiative.measures).then_some(measures)
}
