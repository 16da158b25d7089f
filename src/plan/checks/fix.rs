//! Fixes all findings that can be fixed, as one edit, and says what each fix changes.

use std::collections::{BTreeMap, HashMap};

use super::super::{
    edit::Edit,
    fold::folded,
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
    /// By where they begin, apart from each other: where each ends, and the new words.
    replacements: BTreeMap<usize, (usize, String)>,
}

impl<'a> Changed<'a> {
    fn new(id: Id, field: TextField, text: &'a str) -> Self {
        Self {
            id,
            field,
            text,
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

    fn edits(self, plan: &Plan) -> Vec<Edit> {
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for (start, (end, with)) in &self.replacements {
            text.push_str(self.text.get(done..*start).unwrap_or_default());
            text.push_str(with);
            done = *end;
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
    let mut meant = HashMap::new();
    for (old, new) in old.iter().zip(&new) {
        meant.entry(folded(old.text)).or_insert(new.text);
    }
    let mut measures = initiative.measures.clone();
    for measure in &mut measures {
        if let Some(criterion) = meant.get(&folded(&measure.criterion)) {
            measure.criterion = (*criterion).to_owned();
        }
    }
    (measures != initiative.measures).then_some(measures)
}
