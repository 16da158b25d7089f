//! Handing out and collecting: who fills in what, and how far each of them has come.
//!
//! A plan is filled in by sections (担当). Each gets its own part of it as a handout, a workbook,
//! fills it in and sends it back. What was handed out is kept in the plan; the handouts themselves
//! are made in `export::handout` and read in `import::returned`.
//!
//! `state.rs` counts how much each of them has to do; `part.rs` cuts out what each of them gets.

mod part;
mod state;

use std::{collections::HashMap, sync::Arc};

use enum_map::Enum;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::form::Slot;

use super::{
    edit::Edit,
    id::Id,
    model::{Node, Plan},
    text::{self, with_lf},
};

pub use part::{extract, is_filled_in_by, part};
pub use state::{OwnerState, owners, reminder};

/// What was handed out and came back. The default is a plan that was never handed out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// The id by which handouts know the plan that they were made from; it gets one when it is first
    /// handed out. It stays the same when the file is renamed or copied, so that either file can
    /// take the returns in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The day by which they are due back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The list of sections, in the order in which she wants them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Owner>,
    /// Only in the file of a section: what it was cut out of, before the section worked on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extract: Option<Extract>,
}

/// A section and what has happened to its handout, the latest last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// As in the nodes' `owner`.
    #[serde(with = "text")]
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// Something that happened to a handout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub stage: Stage,
    pub on: Date,
}

/// 提出状況: how far a section has come.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Enum,
    VariantArray,
)]
pub enum Stage {
    /// 未配布.
    #[default]
    NotHandedOut,
    /// 配布済.
    HandedOut,
    /// 提出済: it is back, and something in it is still to be decided.
    Returned,
    /// 差戻し: it went out again.
    SentBack,
    /// 取込済.
    TakenIn,
}

/// What a section's own file was cut out of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extract {
    #[serde(with = "text")]
    pub owner: String,
    /// See [`Round::edition`].
    pub edition: u32,
    /// What was handed out, before anybody worked on it.
    pub nodes: Vec<Arc<Node>>,
}

impl Stage {
    /// In the order in which a handout goes through them.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.as_array().expect("all of them");

    /// What it is after it went out once more.
    pub const fn going_out(self) -> Self {
        match self {
            Self::NotHandedOut | Self::HandedOut => Self::HandedOut,
            Self::Returned | Self::SentBack | Self::TakenIn => Self::SentBack,
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotHandedOut => "未配布",
            Self::HandedOut => "配布済",
            Self::Returned => "提出済",
            Self::SentBack => "差戻し",
            Self::TakenIn => "取込済",
        }
    }
}

impl Owner {
    /// Where its handout is now.
    pub fn stage(&self) -> Stage {
        self.steps
            .last()
            .map_or(Stage::default(), |step| step.stage)
    }
}

impl Round {
    /// Whether there is nothing to keep, so that the file need not mention it.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    pub fn owner(&self, name: &str) -> Option<&Owner> {
        let name = name.trim();
        self.owners.iter().find(|owner| owner.name.trim() == name)
    }

    /// How often a section's handout has gone out; one with a lower number is an older one.
    pub fn edition(&self, name: &str) -> u32 {
        let goes_out = |step: &&Step| matches!(step.stage, Stage::HandedOut | Stage::SentBack);
        let count = self
            .owner(name)
            .map_or(0, |owner| owner.steps.iter().filter(goes_out).count());
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The same round after something happened to a section's workbook. A section that is not in
    /// the list yet comes to its end.
    pub fn with_step(self, name: &str, stage: Stage, on: Date) -> Self {
        self.with_step_after(name, usize::MAX, Step { stage, on })
    }

    /// The same round after something happened to a section's workbook when so many steps of it
    /// were known; what has become known since comes after it.
    pub fn with_step_after(mut self, name: &str, known: usize, step: Step) -> Self {
        let name = name.trim();
        match self.owners.iter_mut().find(|it| it.name.trim() == name) {
            Some(owner) => owner.steps.insert(known.min(owner.steps.len()), step),
            None => self.owners.push(Owner {
                name: name.to_owned(),
                steps: vec![step],
            }),
        }
        self
    }

    /// The same round after the workbooks of these sections went out. `new_id` becomes the plan's, if it
    /// has none yet; without a new day, the one that was set stays.
    pub fn handed_out(
        mut self,
        owners: &[String],
        on: Date,
        due: Option<Date>,
        new_id: Id,
    ) -> Self {
        self.id = self.id.or(Some(new_id));
        self.due = due.or(self.due);
        let mut places: HashMap<String, usize> = HashMap::new();
        for (place, owner) in self.owners.iter().enumerate() {
            let name = owner.name.trim().to_owned();
            places.entry(name).or_insert(place);
        }
        for name in owners {
            let name = name.trim();
            let place = *places.entry(name.to_owned()).or_insert(self.owners.len());
            if place == self.owners.len() {
                let name = name.to_owned();
                let steps = Vec::new();
                self.owners.push(Owner { name, steps });
            }
            let Some(owner) = self.owners.get_mut(place) else {
                continue;
            };
            let stage = owner.stage().going_out();
            owner.steps.push(Step { stage, on });
        }
        self
    }

    pub(super) fn with_lf(mut self) -> Self {
        for owner in &mut self.owners {
            owner.name = with_lf(std::mem::take(&mut owner.name));
        }
        if let Some(extract) = &mut self.extract {
            extract.owner = with_lf(std::mem::take(&mut extract.owner));
        }
        self
    }
}

impl Plan {
    /// The same plan with this round.
    pub fn with_round(mut self, round: Round) -> Self {
        self.round = Arc::new(round.with_lf());
        self
    }

    pub fn round(&self) -> &Round {
        &self.round
    }
}

/// The edit that gives these nodes, and all that sections fill in within them, to a section. A repost
/// has no section of its own: it is its source that is filled in.
pub fn assign(plan: &Plan, ids: &[Id], owner: &str) -> Edit {
    let nodes = ids.iter().filter_map(|&id| plan.node(id));
    let all = nodes.flat_map(|node| node.with_below());
    let own =
        all.filter(|node| plan.level(node).has_owner() && !node.is_repost() && node.owner != owner);
    let edits = own.map(|node| Edit::Text {
        id: Some(node.id),
        at: Slot::OWNER,
        text: owner.to_owned(),
    });
    Edit::Group(edits.collect())
}
