//! What a node, or the plan's heading, says, as a list for comparing and merging to go through.
//!
//! Which fields there are is the form's to say; only what every node has is listed here, where the
//! compiler asks for it because the types are destructured.

use std::sync::Arc;

use jiff::civil::Date;

use crate::form::{Form, Key, Slot};

use super::{
    about::About,
    edit::Edit,
    handout::Round,
    id::Id,
    measure::Measure,
    model::{Node, Plan},
    style::Style,
    values::Values,
};

/// One thing that a node or the plan's heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    Number,
    Text(Slot),
    Repost,
    Organisation,
    FiscalYear,
    Review,
    AsOf,
    /// What was measured for the criteria of the targets.
    Measures,
    Form,
    /// The plan's rules of writing.
    Style,
    /// Who fills in what, and how far each has come.
    Round,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A node's own part of its number.
    Number(Option<u32>),
    Text(Slot, String),
    Repost(Option<Id>),
    Organisation(String),
    FiscalYear(u16),
    Review(Key),
    AsOf(Option<Date>),
    Measures(Vec<Measure>),
    Form(Arc<Form>),
    Style(Style),
    /// Boxed, because it is far larger than any other.
    Round(Box<Round>),
}

impl Value {
    /// What it is a value of.
    pub const fn property(&self) -> Property {
        match self {
            Self::Number(_) => Property::Number,
            Self::Text(slot, _) => Property::Text(*slot),
            Self::Repost(_) => Property::Repost,
            Self::Organisation(_) => Property::Organisation,
            Self::FiscalYear(_) => Property::FiscalYear,
            Self::Review(_) => Property::Review,
            Self::AsOf(_) => Property::AsOf,
            Self::Measures(_) => Property::Measures,
            Self::Form(_) => Property::Form,
            Self::Style(_) => Property::Style,
            Self::Round(_) => Property::Round,
        }
    }

    /// The edit that puts this value into a node of the plan, or into its heading (`None`).
    pub(super) fn edit(self, plan: &Plan, at: Option<Id>) -> Option<Edit> {
        match (self, at) {
            (Self::Text(at, text), id) => Some(Edit::Text { id, at, text }),
            (Self::Number(number), Some(id)) => Some(Edit::Number { id, number }),
            (Self::Repost(source), Some(id)) => Some(Edit::Repost { id, source }),
            (Self::Measures(measures), Some(id)) => Some(Edit::Measures { id, measures }),
            (_, Some(_)) | (Self::Number(_) | Self::Repost(_) | Self::Measures(_), None) => None,
            (value, None) => {
                let property = value.property();
                let mut heading = Heading::of(plan);
                heading.set(value);
                Some(match property {
                    Property::Form => Edit::Form(heading.form),
                    Property::Style => Edit::Style(heading.style),
                    Property::Round => Edit::Round(heading.round),
                    _ => Edit::About(heading.about),
                })
            }
        }
    }
}

/// Something that says things.
pub(super) trait Says {
    /// What it says under this name; `None` for what it never says.
    fn value(&self, property: Property) -> Option<Value>;

    /// Replaces one value. What it never says changes nothing.
    fn set(&mut self, value: Value);
}

/// All that nodes of this level say, in the order of the form, and then what only these texts know.
pub(super) fn properties_of_node<'a>(
    form: &Form,
    level: Key,
    texts: impl IntoIterator<Item = &'a Values>,
) -> Vec<Property> {
    let mut all = vec![
        Property::Number,
        Property::Text(Slot::TITLE),
        Property::Text(Slot::OWNER),
        Property::Repost,
    ];
    let mut has_measures = false;
    for field in form.fields(Some(level)) {
        all.extend(form.slots(field).map(Property::Text));
        if field.is_targets() && !has_measures {
            all.push(Property::Measures);
            has_measures = true;
        }
    }
    add_unknown(&mut all, texts);
    if !has_measures {
        all.push(Property::Measures);
    }
    all.push(Property::Text(Slot::MEMO));
    all
}

/// All that a plan's heading says, likewise.
pub(super) fn properties_of_heading<'a>(
    form: &Form,
    texts: impl IntoIterator<Item = &'a Values>,
) -> Vec<Property> {
    let mut all = vec![
        Property::Organisation,
        Property::FiscalYear,
        Property::Review,
        Property::AsOf,
    ];
    for field in form.fields(None) {
        all.extend(form.slots(field).map(Property::Text));
    }
    add_unknown(&mut all, texts);
    all.extend([Property::Form, Property::Style, Property::Round]);
    all
}

/// In the order of their slots, whichever of the texts has them.
fn add_unknown<'a>(all: &mut Vec<Property>, texts: impl IntoIterator<Item = &'a Values>) {
    let texts = texts.into_iter().flat_map(Values::iter);
    let mut unknown: Vec<Property> = texts.map(|(slot, _)| Property::Text(slot)).collect();
    unknown.retain(|property| !all.contains(property));
    unknown.sort_unstable();
    unknown.dedup();
    all.extend(unknown);
}

impl Says for Node {
    fn value(&self, property: Property) -> Option<Value> {
        let Self {
            id: _,
            level: _,
            number,
            title: _,
            owner: _,
            values: _,
            memo: _,
            repost_of,
            measures,
            children: _,
        } = self;
        match property {
            Property::Number => Some(Value::Number(*number)),
            Property::Text(slot) => Some(Value::Text(slot, self.text(slot).to_owned())),
            Property::Repost => Some(Value::Repost(*repost_of)),
            Property::Measures => Some(Value::Measures(measures.clone())),
            Property::Organisation
            | Property::FiscalYear
            | Property::Review
            | Property::AsOf
            | Property::Form
            | Property::Style
            | Property::Round => None,
        }
    }

    fn set(&mut self, value: Value) {
        match value {
            Value::Number(number) => self.number = number,
            Value::Text(slot, text) => {
                self.set_text(slot, text);
            }
            Value::Repost(source) => self.repost_of = source,
            Value::Measures(measures) => self.measures = measures,
            Value::Organisation(_)
            | Value::FiscalYear(_)
            | Value::Review(_)
            | Value::AsOf(_)
            | Value::Form(_)
            | Value::Style(_)
            | Value::Round(_) => {}
        }
    }
}

/// What a plan has besides its nodes.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub about: About,
    pub form: Arc<Form>,
    pub values: Values,
    pub style: Style,
    pub round: Round,
}

impl Heading {
    pub fn of(plan: &Plan) -> Self {
        Self {
            about: plan.about().clone(),
            form: Arc::clone(plan.form()),
            values: plan.values().clone(),
            style: plan.style().clone(),
            round: plan.round().clone(),
        }
    }
}

impl Says for Heading {
    fn value(&self, property: Property) -> Option<Value> {
        let About {
            organisation,
            fiscal_year,
            review,
            as_of,
        } = &self.about;
        Some(match property {
            Property::Organisation => Value::Organisation(organisation.clone()),
            Property::FiscalYear => Value::FiscalYear(*fiscal_year),
            Property::Review => Value::Review(*review),
            Property::AsOf => Value::AsOf(*as_of),
            Property::Text(slot) => Value::Text(slot, self.values.get(slot).to_owned()),
            Property::Form => Value::Form(Arc::clone(&self.form)),
            Property::Style => Value::Style(self.style.clone()),
            Property::Round => Value::Round(Box::new(self.round.clone())),
            Property::Number | Property::Repost | Property::Measures => return None,
        })
    }

    fn set(&mut self, value: Value) {
        match value {
            Value::Organisation(name) => self.about.organisation = name,
            Value::FiscalYear(year) => self.about.fiscal_year = year,
            Value::Review(review) => self.about.review = review,
            Value::AsOf(date) => self.about.as_of = date,
            Value::Text(slot, text) => {
                self.values.set(slot, text);
            }
            Value::Form(form) => self.form = form,
            Value::Style(style) => self.style = style,
            Value::Round(round) => self.round = *round,
            Value::Number(_) | Value::Repost(_) | Value::Measures(_) => {}
        }
    }
}

/// What two of a kind say differently, as pairs of old and new, in the order of the list.
pub(super) fn changed_values<T: Says>(
    old: &T,
    new: &T,
    properties: Vec<Property>,
) -> impl Iterator<Item = (Value, Value)> {
    let pairs = properties
        .into_iter()
        .filter_map(|property| Some((old.value(property)?, new.value(property)?)));
    pairs.filter(|(old, new)| old != new)
}

impl Node {
    /// Everything the node itself says, in the order of the form.
    pub fn says(&self, form: &Form) -> Vec<Value> {
        let properties = properties_of_node(form, self.level, [&self.values]);
        let values = properties.into_iter().map(|property| self.value(property));
        values.flatten().collect()
    }
}
