//! 新旧対照表 as plain data: for each node that changed, what it said and what it says.
//!
//! Drawing it is a format's. Private notes are never exported, so what changed in them is not here.

use std::borrow::Cow;

use crate::plan::{
    Change, Difference, Field, Form, Id, Place, Plan, Segment, TextField, Value, differences,
    full_width, text_difference,
};

use super::words::{self, Words};

/// What changed, in the order of the new plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The plan's heading first, then an issue each; only those in which something changed.
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `経営課題１「防災」`.
    pub heading: String,
    pub entries: Vec<Entry>,
}

/// A node that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `具体的取組１－１－１「防災訓練」`.
    pub name: String,
    /// Whether it came or went; `None` where it was and is.
    pub fate: Option<Fate>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Added,
    Removed,
}

/// A field, before and after. A side without pieces held nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub item: String,
    pub old: Vec<Piece>,
    pub new: Vec<Piece>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
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
    pub fn of(old: &Plan, new: &Plan, form: &Form) -> Self {
        let comparison = Comparison { old, new, form };
        let found = differences(old, new);
        let mut parts: Vec<(Option<Id>, Part)> = Vec::new();
        for of_one in found.chunk_by(|one, other| one.at == other.at) {
            let at = of_one.first().and_then(|difference| difference.at);
            let Some(entry) = comparison.entry(at, of_one) else {
                continue;
            };
            let issue = at.map(|id| comparison.issue_of(id));
            match parts.last_mut() {
                Some((last, part)) if *last == issue => part.entries.push(entry),
                _ => {
                    let heading = comparison.name(issue);
                    let entries = vec![entry];
                    parts.push((issue, Part { heading, entries }));
                }
            }
        }
        let parts = parts.into_iter().map(|(_, part)| part).collect();
        Self { parts }
    }
}

struct Comparison<'a> {
    old: &'a Plan,
    new: &'a Plan,
    form: &'a Form,
}

impl Comparison<'_> {
    fn entry(&self, at: Option<Id>, found: &[Difference]) -> Option<Entry> {
        let mut fate = None;
        let mut rows = Vec::new();
        for difference in found {
            match &difference.change {
                Change::Added => {
                    fate = Some(Fate::Added);
                    rows.extend(self.whole(at, self.new).map(|(item, text)| Row {
                        item,
                        old: Vec::new(),
                        new: vec![changed(&text)],
                    }));
                }
                Change::Removed => {
                    fate = Some(Fate::Removed);
                    rows.extend(self.whole(at, self.old).map(|(item, text)| Row {
                        item,
                        old: vec![changed(&text)],
                        new: Vec::new(),
                    }));
                }
                Change::Moved { from, to } => rows.push(Row {
                    item: "置き場所".to_owned(),
                    old: vec![changed(&place(self.old, from))],
                    new: vec![changed(&place(self.new, to))],
                }),
                Change::Value { old, new } if is_public(new) => rows.push(self.row(at, old, new)),
                Change::Value { .. } => {}
            }
        }
        let name = self.name(at);
        let says_something = fate.is_some() || !rows.is_empty();
        says_something.then_some(Entry { name, fate, rows })
    }

    /// All that a node says, by its fields.
    fn whole(&self, at: Option<Id>, plan: &Plan) -> impl Iterator<Item = (String, String)> {
        let words = Words::of(plan, self.form, at);
        let values = at
            .and_then(|id| plan.node(id))
            .map(|node| node.values())
            .unwrap_or_default();
        let texts = values.into_iter().filter(is_public).map(move |value| {
            let item = words.field(value.field()).to_owned();
            (item, words.value(&value).into_owned())
        });
        let texts: Vec<_> = texts.filter(|(_, text)| !text.is_empty()).collect();
        texts.into_iter()
    }

    fn row(&self, at: Option<Id>, old: &Value, new: &Value) -> Row {
        let words = Words::of(self.new, self.form, at);
        let item = words.field(new.field()).to_owned();
        let [before, after]: [Cow<'_, str>; 2] = [
            Words::of(self.old, self.form, at).value(old),
            words.value(new),
        ];
        // Words of the form are replaced whole; only what people write is compared.
        let segments = if matches!(new, Value::Text(..) | Value::Organisation(_)) {
            text_difference(&before, &after)
        } else {
            vec![Segment::Removed(&before), Segment::Added(&after)]
        };
        let side = |is_shown: fn(&Segment<'_>) -> bool| {
            let shown = segments.iter().filter(|segment| is_shown(segment));
            let pieces = shown.map(|segment| Piece {
                text: segment.text().to_owned(),
                is_changed: !matches!(segment, Segment::Same(_)),
            });
            pieces.filter(|piece| !piece.text.is_empty()).collect()
        };
        Row {
            item,
            old: side(|segment| !matches!(segment, Segment::Added(_))),
            new: side(|segment| !matches!(segment, Segment::Removed(_))),
        }
    }

    /// By its new name if it still is there.
    fn name(&self, at: Option<Id>) -> String {
        match at {
            None => words::PLAN.to_owned(),
            Some(id) if self.new.contains(id) => words::node_name(self.new, id),
            Some(id) => words::node_name(self.old, id),
        }
    }

    fn issue_of(&self, id: Id) -> Id {
        let plan = if self.new.contains(id) {
            self.new
        } else {
            self.old
        };
        plan.ancestors(id).last().unwrap_or(id)
    }
}

fn is_public(value: &Value) -> bool {
    value.field() != Field::Text(TextField::Memo)
}

fn changed(text: &str) -> Piece {
    Piece {
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
