//! What stands in the columns of a row, and what the plan as a whole says: by the kinds of fields,
//! whatever the fields are.

use std::borrow::Cow;

use crate::{
    form::{Choice, Column, Field, Key, Kind, Level, Slot},
    plan::{Judged, Node, Plan, Standing, Values},
};

use super::{Row, View, words};

/// What stands under a heading: in a column, or as a part of what the plan as a whole says.
#[derive(Debug)]
pub struct Cell<'a> {
    pub heading: &'a str,
    /// One below the other.
    pub items: Vec<Item<'a>>,
}

/// Something in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item<'a> {
    Title(Title<'a>),
    Repost(Repost<'a>),
    State(State),
    Text {
        /// What it is, where the cell's heading does not say it.
        label: Option<&'a str>,
        /// Not blank.
        text: Cow<'a, str>,
    },
}

/// A row's own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title<'a> {
    /// Empty where its level has no numbers.
    pub number: String,
    pub title: &'a str,
    /// `担当：防災担当`.
    pub owner: Option<String>,
}

/// What a repost says of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repost<'a> {
    /// `具体的取組３－１－２の再掲`.
    pub line: String,
    pub source: Option<&'a Node>,
}

/// A judgement in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// `【目標達成見込、取組予定通り進捗している】`; of a repost `再掲元：【…】`.
    pub words: String,
    /// The state in which the row is counted, and whose shape and colour it bears. A repost is not
    /// counted and bears neither, as whoever counts colours counts its source already; nor does what
    /// another review says.
    pub counted: Option<Standing>,
}

impl<'a> Row<'a> {
    /// What stands in its columns.
    pub fn cells(&self) -> Vec<Cell<'a>> {
        let level = self.level();
        let repost = self.repost();
        // The repost's line stands first in the first column that has not the title in it.
        let beside = level.columns.iter().position(|it| !it.shows_title());
        let place = beside.unwrap_or_default();
        let cell = |(n, column)| {
            let mut items = self.items(column);
            if let Some(repost) = repost.as_ref().filter(|_| n == place) {
                let after_title = items.iter().take_while(|it| matches!(it, Item::Title(_)));
                items.insert(after_title.count(), Item::Repost(repost.clone()));
            }
            Cell {
                heading: &column.heading,
                items,
            }
        };
        level.columns.iter().enumerate().map(cell).collect()
    }

    /// Whether only a line stands in it for what another one says.
    pub fn is_reference(&self) -> bool {
        self.entry.node.is_repost() && !self.view.full_reposts
    }

    /// What is said first of a repost.
    pub fn repost(&self) -> Option<Repost<'a>> {
        let plan = self.view.plan;
        if !self.entry.node.is_repost() {
            return None;
        }
        let source = plan.repost_source(self.entry.node);
        let entry = source.and_then(|source| plan.entry(source.id));
        let line = entry.map_or_else(
            || words::NO_SOURCE.to_owned(),
            |entry| {
                let name = &plan.level(entry.node).name;
                self.level()
                    .repost_line(name, &entry.number().printed(plan.form()))
            },
        );
        Some(Repost {
            line,
            source: source.map(|source| &**source),
        })
    }

    fn items(&self, column: &'a Column) -> Vec<Item<'a>> {
        let plan = self.view.plan;
        let (node, level) = (self.entry.node, self.level());
        let source = node.is_repost().then(|| plan.repost_source(node));
        // What is said of it, and by whom: a repost says what its source says.
        let (says, of) = match source {
            None => (Some(&**node), level),
            Some(source) => {
                let source = source.map(|source| &**source);
                (source, source.map_or(level, |source| plan.level(source)))
            }
        };
        let answers = says.map(|says| Answers {
            view: self.view,
            fields: &of.fields,
            says: Says::Node(says),
            review: column.review.unwrap_or(plan.review()),
            is_repost: source.is_some(),
        });
        let mut items = Vec::new();
        let mut rest = column.fields.as_slice();
        while let Some((&key, after)) = rest.split_first() {
            rest = after;
            if key == Slot::TITLE.field {
                items.push(Item::Title(self.name()));
            } else if key == Slot::OWNER.field {
                // In the column of the title it is said with the title.
                let owner = if column.shows_title() {
                    ""
                } else {
                    node.owner.trim()
                };
                items.extend(text(None, owner));
            } else if let Some(answers) = &answers {
                let is_choice = |key: &Key| level.field(*key).is_some_and(Field::is_choice);
                if is_choice(&key) {
                    let more = after.iter().take_while(|key| is_choice(key)).count();
                    let (_, choices) = column
                        .fields
                        .split_at(column.fields.len() - after.len() - 1);
                    let choices = choices.get(..=more).unwrap_or_default();
                    rest = after.get(more..).unwrap_or_default();
                    items.extend(answers.choices(choices));
                } else if !self.is_reference() {
                    let field = answers.field(key);
                    let label = field.filter(|_| is_mixed(level, column));
                    let label = label.map(|field| field.heading.as_str());
                    let said = field.map(|field| answers.answer(field, label));
                    items.extend(said.into_iter().flatten().flatten());
                }
            }
        }
        items
    }

    fn name(&self) -> Title<'a> {
        // Where the owner has a column of its own, it is not said twice.
        let mut columns = self
            .level()
            .columns
            .iter()
            .filter(|column| !column.shows_title());
        let has_column = columns.any(|column| column.fields.contains(&Slot::OWNER.field));
        Title {
            number: self.printed_number(),
            title: self.title(),
            owner: if has_column { None } else { self.owner() },
        }
    }
}

/// Whether several texts stand in a column, so that its heading does not say which is which.
fn is_mixed(level: &Level, column: &Column) -> bool {
    let fields = column.fields.iter().filter_map(|key| level.field(*key));
    fields.filter(|field| !field.is_choice()).count() > 1
}

/// What the plan as a whole says.
pub fn of_plan(view: View<'_>) -> Vec<Cell<'_>> {
    let plan = view.plan;
    let answers = Answers {
        view,
        fields: &plan.form().plan,
        says: Says::Plan(plan.values()),
        review: plan.review(),
        is_repost: false,
    };
    let fields = plan.form().plan.iter();
    let cells = fields.map(|field| Cell {
        heading: &field.heading,
        items: match field.is_choice() {
            true => answers.choices(&[field.key]).into_iter().collect(),
            false => answers.answer(field, None).into_iter().flatten().collect(),
        },
    });
    cells.collect()
}

/// Whose answers they are.
#[derive(Clone, Copy)]
enum Says<'a> {
    Node(&'a Node),
    Plan(&'a Values),
}

/// The answers to some fields.
struct Answers<'a> {
    view: View<'a>,
    fields: &'a [Field],
    says: Says<'a>,
    review: Key,
    is_repost: bool,
}

impl<'a> Answers<'a> {
    fn field(&self, key: Key) -> Option<&'a Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    fn text(&self, field: &Field) -> &'a str {
        let slot = field.slot(self.review);
        match self.says {
            Says::Node(node) => node.text(slot),
            Says::Plan(values) => values.get(slot),
        }
    }

    fn chosen(&self, field: &'a Field) -> Option<&'a Choice> {
        field.choice(self.text(field))
    }

    /// Choices that stand in one line.
    fn choices(&self, keys: &[Key]) -> Option<Item<'a>> {
        let fields: Vec<&Field> = keys.iter().filter_map(|key| self.field(*key)).collect();
        let chosen = fields.iter().filter_map(|field| self.chosen(field));
        let chosen: Vec<&str> = chosen.map(|choice| choice.words.as_str()).collect();
        let axes = || fields.iter().copied().filter(|field| field.is_axis());
        if self.view.blank && chosen.is_empty() {
            let boxes: Vec<String> = fields.iter().map(|field| boxes(field)).collect();
            return text(None, boxes.join("\n"));
        }
        let line = match &*chosen {
            [] => words::UNASSESSED.to_owned(),
            chosen => format!("【{}】", chosen.join("、")),
        };
        if axes().next().is_none() {
            return text(
                None,
                if chosen.is_empty() {
                    String::new()
                } else {
                    line
                },
            );
        }
        let before = if self.is_repost { words::OF_SOURCE } else { "" };
        let is_counted = !self.is_repost && self.review == self.view.plan.review();
        let counted = match self.says {
            Says::Node(_) if is_counted => {
                let grade = |axis| Some(self.chosen(axis)?.grade);
                Some(Standing::of(axes().map(grade)))
            }
            Says::Node(_) | Says::Plan(_) => None,
        };
        Some(Item::State(State {
            words: format!("{before}{line}"),
            counted,
        }))
    }

    /// What is not chosen but written, and what was measured for it.
    fn answer(&self, field: &'a Field, label: Option<&'a str>) -> [Option<Item<'a>>; 2] {
        let typed = self.text(field);
        match &field.kind {
            Kind::Amount { unit } if !typed.trim().is_empty() => {
                // Where the heading says it, it is not said in each row.
                let unit = if field.heading.contains(unit) {
                    ""
                } else {
                    unit
                };
                [text(label, format!("{}{unit}", typed.trim())), None]
            }
            Kind::Targets { marks } if !marks.is_empty() => {
                [text(label, typed), self.measured(field, marks)]
            }
            Kind::Text | Kind::Targets { .. } | Kind::Choice { .. } | Kind::Amount { .. } => {
                [text(label, typed), None]
            }
        }
    }

    /// What was measured for each criterion, and what it is marked with.
    fn measured(&self, field: &Field, marks: &[Choice]) -> Option<Item<'a>> {
        let Says::Node(node) = self.says else {
            return None;
        };
        let judged = Plan::judged_at(node, field, self.review);
        let is_only = judged.len() == 1;
        let lines = judged.iter().filter_map(|it| measured(it, is_only, marks));
        let lines: Vec<String> = lines.collect();
        text(Some(words::MEASURED), lines.join("\n"))
    }
}

/// `参加者：100人以上　→　98人（10月末）　Ｂ`; of a criterion that is the only one, without it.
fn measured(judged: &Judged<'_>, is_only: bool, marks: &[Choice]) -> Option<String> {
    let measure = judged.measure?;
    let mark = marks.iter().find(|mark| mark.key == *measure.mark);
    let value = match (measure.measured.trim(), measure.as_of.trim()) {
        (value, "") => value.to_owned(),
        ("", _) => String::new(),
        (value, as_of) => format!("{value}（{as_of}）"),
    };
    let said = [&*value, mark.map_or("", |mark| &mark.words)];
    let said = said.into_iter().filter(|it| !it.is_empty());
    let said: Vec<&str> = said.collect();
    let line = match (is_only, judged.criterion.text) {
        _ if said.is_empty() => return None,
        (true, _) => said.join("　"),
        (false, criterion) => format!("・{criterion}　→　{}", said.join("　")),
    };
    Some(line.replace('\n', " "))
}

/// `□Ａ　□Ｂ`.
fn boxes(field: &Field) -> String {
    let choices = field.choices().iter();
    let boxes: Vec<String> = choices.map(|choice| format!("□{}", choice.words)).collect();
    boxes.join("　")
}

fn text<'a>(label: Option<&'a str>, text: impl Into<Cow<'a, str>>) -> Option<Item<'a>> {
    let text = text.into();
    (!text.trim().is_empty()).then_some(Item::Text { label, text })
}
