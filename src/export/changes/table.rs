//! 新旧対照表 as plain data: for each node that changed, what it said and what it says.
//!
//! Drawing it is a format's. Private notes are never exported, so what changed in them is not here.

use std::borrow::Cow;

use crate::{
    export::outline::words::plan_name,
    form::{Slot, full_width},
    plan::{
        Change, Difference, Id, Place, Plan, Property, Segment, Value, differences, text_difference,
    },
};

use super::words::{self, Words};

/// What changed, in the order of the new plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// `新旧対照表　大阪市港区　令和３年度　中間振り返り`, by what the new plan says of itself.
    pub title: String,
    /// The plan as a whole first, then what stands at its top; only those in which something changed.
    pub chapters: Vec<Chapter>,
}

/// The plan as a whole, or a node at the top with all that stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// `経営課題１「防災」`.
    pub heading: String,
    pub nodes: Vec<ChangedNode>,
}

/// A node that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedNode {
    /// `具体的取組１－１－１「防災訓練」`.
    pub name: String,
    /// Whether it was added or removed; `None` where both plans have it.
    pub fate: Option<Fate>,
    pub fields: Vec<ChangedField>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Added,
    Removed,
}

/// A field, before and after. A side without runs was empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedField {
    pub item: String,
    pub old: Vec<Run>,
    pub new: Vec<Run>,
}

/// A stretch of a text that is the same on the other side, or is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    /// Whether the other side says something else here.
    pub is_changed: bool,
}

impl Fate {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "追加",
            Self::Removed => "削除",
        }
    }
}

impl Table {
    /// What changed from `old` to `new`.
    pub fn of(old: &Plan, new: &Plan) -> Self {
        let comparison = Comparison { old, new };
        let found = differences(old, new);
        let mut chapters: Vec<(Option<Id>, Chapter)> = Vec::new();
        for of_one in found.chunk_by(|one, other| one.at == other.at) {
            let at = of_one.first().and_then(|difference| difference.at);
            let Some(node) = comparison.node(at, of_one) else {
                continue;
            };
            let top = at.map(|id| comparison.top_of(id));
            match chapters.last_mut() {
                Some((last, chapter)) if *last == top => chapter.nodes.push(node),
                _ => {
                    let heading = comparison.name(top);
                    let nodes = vec![node];
                    chapters.push((top, Chapter { heading, nodes }));
                }
            }
        }
        Self {
            title: format!("{}　{}", words::TITLE, plan_name(new)),
            chapters: chapters.into_iter().map(|(_, chapter)| chapter).collect(),
        }
    }
}

struct Comparison<'a> {
    old: &'a Plan,
    new: &'a Plan,
}

impl Comparison<'_> {
    fn node(&self, at: Option<Id>, found: &[Difference]) -> Option<ChangedNode> {
        let mut fate = None;
        let mut fields = Vec::new();
        for difference in found {
            match &difference.change {
                Change::Added => {
                    fate = Some(Fate::Added);
                    fields.extend(self.whole(at, self.new).map(|(item, text)| ChangedField {
                        item,
                        old: Vec::new(),
                        new: vec![changed(&text)],
                    }));
                }
                Change::Removed => {
                    fate = Some(Fate::Removed);
                    fields.extend(self.whole(at, self.old).map(|(item, text)| ChangedField {
                        item,
                        old: vec![changed(&text)],
                        new: Vec::new(),
                    }));
                }
                Change::Moved { from, to } => fields.push(ChangedField {
                    item: "置き場所".to_owned(),
                    old: vec![changed(&place(self.old, from))],
                    new: vec![changed(&place(self.new, to))],
                }),
                Change::Value { old, new } if is_public(new) => {
                    fields.push(self.field(at, old, new));
                }
                Change::Value { .. } => {}
            }
        }
        let name = self.name(at);
        let says_something = fate.is_some() || !fields.is_empty();
        says_something.then_some(ChangedNode { name, fate, fields })
    }

    /// All that a node says, by its fields.
    fn whole(&self, at: Option<Id>, plan: &Plan) -> impl Iterator<Item = (String, String)> {
        let words = Words::of(plan, at);
        let values = at
            .and_then(|id| plan.node(id))
            .map(|node| node.says(plan.form()))
            .unwrap_or_default();
        let texts = values.into_iter().filter(is_public).map(move |value| {
            let item = words.property(value.property()).into_owned();
            (item, words.value(&value).into_owned())
        });
        let texts: Vec<_> = texts.filter(|(_, text)| !text.is_empty()).collect();
        texts.into_iter()
    }

    fn field(&self, at: Option<Id>, old: &Value, new: &Value) -> ChangedField {
        let words = Words::of(self.new, at);
        let item = words.property(new.property()).into_owned();
        let [before, after]: [Cow<'_, str>; 2] =
            [Words::of(self.old, at).value(old), words.value(new)];
        // Words of the form are replaced whole; only what people write is compared.
        let segments = if words.is_written(new) {
            text_difference(&before, &after)
        } else {
            vec![Segment::Removed(&before), Segment::Added(&after)]
        };
        let side = |is_shown: fn(&Segment<'_>) -> bool| {
            let shown = segments.iter().filter(|segment| is_shown(segment));
            let runs = shown.map(|segment| Run {
                text: segment.text().to_owned(),
                is_changed: !matches!(segment, Segment::Same(_)),
            });
            runs.filter(|run| !run.text.is_empty()).collect()
        };
        ChangedField {
            item,
            old: side(|segment| !matches!(segment, Segment::Added(_))),
            new: side(|segment| !matches!(segment, Segment::Removed(_))),
        }
    }

    /// A node's name: its new one, if the new plan has it.
    fn name(&self, at: Option<Id>) -> String {
        match at {
            None => words::PLAN.to_owned(),
            Some(id) if self.new.contains(id) => words::node_name(self.new, id),
            Some(id) => words::node_name(self.old, id),
        }
    }

    fn top_of(&self, id: Id) -> Id {
        let plan = if self.new.contains(id) {
            self.new
        } else {
            self.old
        };
        plan.ancestors(id).last().unwrap_or(id)
    }
}

fn is_public(value: &Value) -> bool {
    value.property() != Property::Text(Slot::MEMO)
}

fn changed(text: &str) -> Run {
    Run {
        text: text.to_owned(),
        is_changed: true,
    }
}

/// `戦略１－１「地域防災」の２番目`.
fn place(plan: &Plan, place: &Place) -> String {
    let position = full_width(&(place.position + 1).to_string());
    match place.parent {
        Some(parent) => format!("{}の{position}番目", words::node_name(plan, parent)),
        None => format!("{position}番目"),
    }
}
