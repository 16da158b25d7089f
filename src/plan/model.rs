//! The tree: nodes of the levels that the plan's form has.
//!
//! Nodes stand behind `Arc`, so a snapshot of a plan of any size is a few reference counts.
//! Finding a node is `find.rs`, walking the tree `walk.rs`, changing a plan `edit.rs`, what it may
//! not be `sound.rs`.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::form::{Field, Form, Key, Level, Slot};

use super::{
    about::About, handout::Round, id::Id, measure::Measure, places::Places, reposts::Ends,
    sound::PlanError, style::Style, text, values::Values,
};

/// A node of the tree, e.g. a 具体的取組. Line breaks in its texts are LF (`with_lf`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    pub id: Id,
    /// One of the levels of the form.
    pub level: Key,
    /// The last part of １－１－３; `None` where its level has no numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    #[serde(with = "text")]
    pub title: String,
    /// 担当: the section that fills it in.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// What it says in the fields of its level.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub values: Values,
    /// A private note; never exported.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub memo: String,
    /// 再掲: the node whose contents and state this one repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repost_of: Option<Id>,
    /// Readings and measured values of the criteria in its targets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Arc<Node>>,
}

impl Node {
    /// A node with nothing in it yet.
    pub fn new(id: Id, level: Key) -> Self {
        Self {
            id,
            level,
            number: None,
            title: String::new(),
            owner: String::new(),
            values: Values::default(),
            memo: String::new(),
            repost_of: None,
            measures: Vec::new(),
            children: Vec::new(),
        }
    }

    /// One of its texts; empty where it has none.
    pub fn text(&self, slot: Slot) -> &str {
        match slot {
            Slot::TITLE => &self.title,
            Slot::OWNER => &self.owner,
            Slot::MEMO => &self.memo,
            _ => self.values.get(slot),
        }
    }

    /// Replaces one of its texts and gives back what it was.
    pub(super) fn set_text(&mut self, slot: Slot, text: String) -> String {
        let old = match slot {
            Slot::TITLE => &mut self.title,
            Slot::OWNER => &mut self.owner,
            Slot::MEMO => &mut self.memo,
            _ => return self.values.set(slot, text),
        };
        std::mem::replace(old, text)
    }

    pub fn is_repost(&self) -> bool {
        self.repost_of.is_some()
    }

    /// What it says itself, without what stands in it.
    pub fn without_children(&self) -> Self {
        Self {
            id: self.id,
            level: self.level,
            number: self.number,
            title: self.title.clone(),
            owner: self.owner.clone(),
            values: self.values.clone(),
            memo: self.memo.clone(),
            repost_of: self.repost_of,
            measures: self.measures.clone(),
            children: Vec::new(),
        }
    }

    /// Whether both say the same, whatever stands in them.
    pub fn same_values(&self, other: &Self) -> bool {
        // Of one that both share, no text need be looked at.
        if std::ptr::eq(self, other) {
            return true;
        }
        let Self {
            id: _,
            level,
            number,
            title,
            owner,
            values,
            memo,
            repost_of,
            measures,
            children: _,
        } = self;
        *level == other.level
            && *number == other.number
            && *title == other.title
            && *owner == other.owner
            && *values == other.values
            && *memo == other.memo
            && *repost_of == other.repost_of
            && *measures == other.measures
    }
}

/// The ids of siblings, in order.
pub(super) fn ids(siblings: &[Arc<Node>]) -> Vec<Id> {
    siblings.iter().map(|sibling| sibling.id).collect()
}

/// A yearly plan and its reviews, with the form that they follow. Cloning is O(1).
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) about: Arc<About>,
    pub(super) form: Arc<Form>,
    /// What the plan as a whole says.
    pub(super) values: Arc<Values>,
    pub(super) style: Arc<Style>,
    pub(super) round: Arc<Round>,
    pub(super) nodes: Arc<Vec<Arc<Node>>>,
    /// Derivable, as is what follows, but without it every lookup would walk the whole tree.
    pub(super) places: Arc<Places>,
    /// Where reposts lead, once somebody has asked.
    pub(super) ends: Arc<OnceLock<Ends>>,
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.about == other.about
            && self.form == other.form
            && self.values == other.values
            && self.style == other.style
            && self.round == other.round
            && self.nodes == other.nodes
    }
}

impl Plan {
    /// A plan of these nodes.
    ///
    /// # Errors
    /// When the nodes are no tree of this form; see [`PlanError`].
    pub fn new(about: About, form: Arc<Form>, nodes: Vec<Arc<Node>>) -> Result<Self, PlanError> {
        let empty = Self::empty(about, form);
        empty.form.require(&empty.about, &nodes)?;
        let places = Places::of(&nodes)?;
        let plan = Self {
            nodes: Arc::new(nodes),
            places: Arc::new(places),
            ..empty
        };
        let ends = Ends::of(plan.nodes().map(|entry| entry.node))?;
        Ok(Self {
            ends: Arc::new(OnceLock::from(ends)),
            ..plan
        })
    }

    /// A plan without nodes.
    pub fn empty(about: About, form: Arc<Form>) -> Self {
        Self {
            about: Arc::new(about),
            form,
            values: Arc::default(),
            style: Arc::default(),
            round: Arc::default(),
            nodes: Arc::default(),
            places: Arc::default(),
            ends: Arc::default(),
        }
    }

    /// The same plan with these texts of the plan as a whole.
    pub fn with_values(mut self, values: Values) -> Self {
        self.values = Arc::new(values);
        self
    }

    pub fn about(&self) -> &About {
        &self.about
    }

    pub fn form(&self) -> &Arc<Form> {
        &self.form
    }

    /// What the plan as a whole says.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// The nodes at the top.
    pub fn top(&self) -> &[Arc<Node>] {
        &self.nodes
    }

    /// The review that is open.
    pub fn review(&self) -> Key {
        self.about.review
    }

    /// The level of a node.
    pub fn level(&self, node: &Node) -> &Level {
        self.form.level(node.level)
    }

    /// Where the text of a field is while the open review is.
    pub fn slot(&self, field: &Field) -> Slot {
        field.slot(self.about.review)
    }

    /// What a node says in one of its fields, in the open review.
    pub fn answer<'a>(&self, node: &'a Node, field: &Field) -> &'a str {
        node.text(self.slot(field))
    }

    /// A text of a node, or of the plan as a whole (`None`); empty where there is none.
    pub fn text(&self, at: Option<Id>, slot: Slot) -> &str {
        match at {
            None => self.values.get(slot),
            Some(id) => self.node(id).map_or("", |node| node.text(slot)),
        }
    }

    /// The field that a slot of a node, or of the plan as a whole (`None`), belongs to. None for
    /// what every node has, and for what the form does not know.
    pub fn field_of(&self, at: Option<Id>, slot: Slot) -> Option<&Field> {
        let level = match at {
            None => None,
            Some(id) => Some(self.node(id)?.level),
        };
        let field = self.form.field(level, slot.field)?;
        (field.each_review == slot.review.is_some()).then_some(field)
    }
}
