//! What is still to be filled in: the fields of the form that a node leaves empty and must not.
//!
//! Whether a filled field makes sense is not asked here; `owners.rs` lists gaps by owner.

use crate::form::{Field, Form, Key, Level, Needed};

use super::model::{Node, Plan};

/// Something that should be filled in and is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    Title,
    /// No owner, in a plan in which others have one. A plan without any owner leaves it empty on
    /// purpose, as the ward's printed one does.
    Owner,
    /// At least one of the axes that must be answered is not, even if another one is bad.
    Status,
    Field(Key),
}

impl Gap {
    /// All that nodes of this form can have, in the order of the form.
    pub fn all(form: &Form) -> Vec<Self> {
        let mut all = vec![Self::Title];
        if form.has_owners() {
            all.push(Self::Owner);
        }
        for field in form.levels.iter().flat_map(|level| &level.fields) {
            let gap = Self::of(field);
            if field.needed != Needed::Never && !all.contains(&gap) {
                all.push(gap);
            }
        }
        all
    }

    fn of(field: &Field) -> Self {
        if field.is_axis() {
            Self::Status
        } else {
            Self::Field(field.key)
        }
    }
}

/// What one node lacks, looked at when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Gaps<'a> {
    plan: &'a Plan,
    node: &'a Node,
    level: &'a Level,
    owners_in_use: bool,
}

impl<'a> Gaps<'a> {
    /// What a node lacks in the open review. A repost lacks nothing: its source is to be filled in.
    pub fn of(plan: &'a Plan, node: &'a Node, owners_in_use: bool) -> Self {
        Self {
            plan,
            node,
            level: plan.level(node),
            owners_in_use,
        }
    }

    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }

    pub fn contains(self, gap: Gap) -> bool {
        self.iter().any(|it| it == gap)
    }

    /// In the order of the form, each once.
    pub fn iter(self) -> impl Iterator<Item = Gap> + 'a {
        let is_asked = self.level.is_filled_in() && !self.node.is_repost();
        let title = is_blank(&self.node.title).then_some(Gap::Title);
        let lacks_owner =
            self.owners_in_use && self.level.has_owner() && is_blank(&self.node.owner);
        let owner = lacks_owner.then_some(Gap::Owner);
        let fields = self
            .level
            .fields
            .iter()
            .filter(move |field| self.is_missing(field));
        let mut status_is_said = false;
        let gaps = fields.map(Gap::of).filter(move |gap| {
            *gap != Gap::Status || !std::mem::replace(&mut status_is_said, true)
        });
        let all = title.into_iter().chain(owner).chain(gaps);
        all.filter(move |_| is_asked)
    }

    fn is_missing(self, field: &Field) -> bool {
        let is_empty = || {
            let answer = self.plan.answer(self.node, field);
            if field.is_choice() {
                field.choice(answer).is_none()
            } else {
                is_blank(answer)
            }
        };
        match field.needed {
            Needed::Never => false,
            Needed::Always => is_empty(),
            Needed::WhenBad => is_empty() && self.plan.standing(self.node).is_bad(),
        }
    }
}

/// Only blanks, full-width ones included. Stops at the first letter.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim_start().is_empty()
}

impl Level {
    /// What a gap of this level is a gap of.
    pub fn gap_name(&self, gap: Gap) -> &str {
        match gap {
            Gap::Title => TITLE,
            Gap::Owner => OWNER,
            Gap::Status => self.status_name(),
            Gap::Field(key) => self.field(key).map_or("", Field::short),
        }
    }
}

/// What it is a gap of, where nodes of several levels are meant: in the words of those that can have
/// it, the first one where they differ.
pub fn gap_name(form: &Form, gap: Gap) -> &str {
    let can_have = |level: &&Level| {
        let mut needed = level.fields.iter().filter(|it| it.needed != Needed::Never);
        needed.any(|field| Gap::of(field) == gap)
    };
    let mut names = form
        .levels
        .iter()
        .filter(can_have)
        .map(|level| level.gap_name(gap));
    match gap {
        Gap::Title => TITLE,
        Gap::Owner => OWNER,
        Gap::Field(_) => names.next().unwrap_or_default(),
        Gap::Status => {
            let first = names.next().unwrap_or_default();
            if names.all(|name| name == first) {
                first
            } else {
                form.status_name()
            }
        }
    }
}

const TITLE: &str = "名称";
const OWNER: &str = "担当";

impl Plan {
    /// Whether anybody is named as owner, so that a missing owner is a gap.
    pub fn has_owners(&self) -> bool {
        let is_owned = |node: &Node| !node.is_repost() && !self.owner(node).is_empty();
        self.nodes().any(|entry| is_owned(entry.node))
    }

    /// The section that fills in a node, without the blanks around it; nothing where none does.
    pub fn owner<'a>(&self, node: &'a Node) -> &'a str {
        if self.level(node).has_owner() {
            node.owner.trim()
        } else {
            ""
        }
    }
}
