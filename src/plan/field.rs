//! The fields of a node, and of the plan's heading, as a list for comparing and merging to go
//! through.
//!
//! To add a field, add it to the `values` of its type, where the compiler asks for it because the
//! type is destructured, and a [`Value`], for which the compiler then asks in every match. All of
//! that is in this file.

use jiff::civil::Date;

use super::{
    about::{About, Review},
    edit::Edit,
    handout::Round,
    id::Id,
    measure::Measure,
    model::{Initiative, Issue, Node, Plan, Strategy},
    status::{Outlook, Progress, Status},
    style::Style,
    text_field::TextField,
};

/// A field of a node or of the plan's heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Number,
    Text(TextField),
    Outlook,
    Progress,
    Repost,
    Organisation,
    FiscalYear,
    Review,
    AsOf,
    /// What was measured for the criteria of the target.
    Measures,
    /// The plan's rules of writing.
    Style,
    /// Who fills in what, and how far each has come.
    Round,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A node's own part of its number; `None` for the unnumbered issue.
    Number(Option<u32>),
    Text(TextField, String),
    Outlook(Option<Outlook>),
    Progress(Option<Progress>),
    Repost(Option<Id>),
    Organisation(String),
    FiscalYear(u16),
    Review(Review),
    AsOf(Option<Date>),
    Measures(Vec<Measure>),
    Style(Style),
    /// Boxed, because it is far larger than any other.
    Round(Box<Round>),
}

impl Value {
    /// The field to which it belongs.
    pub const fn field(&self) -> Field {
        match self {
            Self::Number(_) => Field::Number,
            Self::Text(field, _) => Field::Text(*field),
            Self::Outlook(_) => Field::Outlook,
            Self::Progress(_) => Field::Progress,
            Self::Repost(_) => Field::Repost,
            Self::Organisation(_) => Field::Organisation,
            Self::FiscalYear(_) => Field::FiscalYear,
            Self::Review(_) => Field::Review,
            Self::AsOf(_) => Field::AsOf,
            Self::Measures(_) => Field::Measures,
            Self::Style(_) => Field::Style,
            Self::Round(_) => Field::Round,
        }
    }

    /// The edit that puts this value into a node of the plan, or into its heading (`None`).
    pub(super) fn edit(self, plan: &Plan, at: Option<Id>) -> Option<Edit> {
        let Some(id) = at else {
            let mut heading = Heading::of(plan);
            let field = self.field();
            heading.set(self);
            return Some(match field {
                Field::Style => Edit::Style(heading.style),
                Field::Round => Edit::Round(heading.round),
                _ => Edit::About(heading.about),
            });
        };
        match self {
            Self::Number(number) => Some(Edit::Number { id, number }),
            Self::Text(field, text) => Some(Edit::Text { id, field, text }),
            Self::Outlook(outlook) => Some(Edit::Outlook { id, outlook }),
            Self::Progress(progress) => Some(Edit::Progress { id, progress }),
            Self::Repost(source) => Some(Edit::Repost { id, source }),
            Self::Measures(measures) => Some(Edit::Measures { id, measures }),
            Self::Organisation(_)
            | Self::FiscalYear(_)
            | Self::Review(_)
            | Self::AsOf(_)
            | Self::Style(_)
            | Self::Round(_) => None,
        }
    }
}

/// Something with fields.
pub(super) trait Fields {
    /// All its values, in the order of the form. Everything of one type has the same fields.
    fn values(&self) -> Vec<Value>;

    /// Replaces one value. A value of a field that it does not have changes nothing.
    fn set(&mut self, value: Value);
}

fn title(text: &str) -> Value {
    Value::Text(TextField::Title, text.to_owned())
}

impl Fields for Initiative {
    fn values(&self) -> Vec<Value> {
        let Self {
            id: _,
            number,
            title: _,
            owner: _,
            results: _,
            target: _,
            status: Status { outlook, progress },
            notes: _,
            memo: _,
            measures,
            repost_of,
        } = self;
        let text = |field| Value::Text(field, self.text(field).to_owned());
        vec![
            Value::Number(Some(*number)),
            text(TextField::Title),
            text(TextField::Owner),
            Value::Repost(*repost_of),
            text(TextField::Results),
            text(TextField::Target),
            Value::Measures(measures.clone()),
            Value::Outlook(*outlook),
            Value::Progress(*progress),
            text(TextField::Notes),
            text(TextField::Memo),
        ]
    }

    fn set(&mut self, value: Value) {
        match value {
            Value::Number(number) => self.number = number.unwrap_or(self.number),
            Value::Text(field, text) => *self.text_mut(field) = text,
            Value::Outlook(outlook) => self.status.outlook = outlook,
            Value::Progress(progress) => self.status.progress = progress,
            Value::Repost(source) => self.repost_of = source,
            Value::Measures(measures) => self.measures = measures,
            Value::Organisation(_)
            | Value::FiscalYear(_)
            | Value::Review(_)
            | Value::AsOf(_)
            | Value::Style(_)
            | Value::Round(_) => {}
        }
    }
}

impl Fields for Strategy {
    fn values(&self) -> Vec<Value> {
        let Self {
            id: _,
            number,
            title: name,
            initiatives: _,
        } = self;
        vec![Value::Number(Some(*number)), title(name)]
    }

    fn set(&mut self, value: Value) {
        match value {
            Value::Number(number) => self.number = number.unwrap_or(self.number),
            Value::Text(TextField::Title, text) => self.title = text,
            _ => {}
        }
    }
}

impl Fields for Issue {
    fn values(&self) -> Vec<Value> {
        let Self {
            id: _,
            number,
            title: name,
            strategies: _,
            initiatives: _,
        } = self;
        vec![Value::Number(*number), title(name)]
    }

    fn set(&mut self, value: Value) {
        match value {
            Value::Number(number) => self.number = number,
            Value::Text(TextField::Title, text) => self.title = text,
            _ => {}
        }
    }
}

/// What a plan has besides its nodes.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub about: About,
    pub style: Style,
    pub round: Round,
}

impl Heading {
    pub fn of(plan: &Plan) -> Self {
        Self {
            about: plan.about().clone(),
            style: plan.style().clone(),
            round: plan.round().clone(),
        }
    }
}

impl Fields for Heading {
    fn values(&self) -> Vec<Value> {
        let About {
            organisation,
            fiscal_year,
            review,
            as_of,
        } = &self.about;
        vec![
            Value::Organisation(organisation.clone()),
            Value::FiscalYear(*fiscal_year),
            Value::Review(*review),
            Value::AsOf(*as_of),
            Value::Style(self.style.clone()),
            Value::Round(Box::new(self.round.clone())),
        ]
    }

    fn set(&mut self, value: Value) {
        match value {
            Value::Organisation(name) => self.about.organisation = name,
            Value::FiscalYear(year) => self.about.fiscal_year = year,
            Value::Review(review) => self.about.review = review,
            Value::AsOf(date) => self.about.as_of = date,
            Value::Style(style) => self.style = style,
            Value::Round(round) => self.round = *round,
            _ => {}
        }
    }
}

/// Whether two nodes have the same values, whatever is below them. Nodes of different kinds never
/// do.
pub(super) fn same_values(one: Node<'_>, other: Node<'_>) -> bool {
    match (one, other) {
        // Shared nodes are equal without a look at their texts.
        (Node::Initiative(one), Node::Initiative(other)) => one == other,
        (Node::Issue(_), Node::Issue(_)) | (Node::Strategy(_), Node::Strategy(_)) => {
            one.own_number() == other.own_number() && one.title() == other.title()
        }
        _ => false,
    }
}

/// The values that differ, as pairs of old and new. Both lists have to come from the same type.
pub(super) fn changed_values(
    old: Vec<Value>,
    new: Vec<Value>,
) -> impl Iterator<Item = (Value, Value)> {
    old.into_iter().zip(new).filter(|(old, new)| old != new)
}

impl Node<'_> {
    /// Everything the node itself says, in the order of the form.
    pub fn values(&self) -> Vec<Value> {
        match self {
            Self::Issue(issue) => issue.values(),
            Self::Strategy(strategy) => strategy.values(),
            Self::Initiative(initiative) => initiative.values(),
        }
    }
}
