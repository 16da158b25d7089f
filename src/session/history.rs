//! What was done, so that it can be undone: steps of edits with their inverses, without a limit.
//!
//! A step knows its label and where to look afterwards; applying edits is `document.rs`.

use serde::{Deserialize, Serialize};

use crate::{
    form::Slot,
    plan::{Edit, Id},
};

/// The part of a node that a step changed, to bring it on screen after undoing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spot {
    Text(Slot),
    Number,
    /// The node itself: added, removed, moved, made a repost.
    Node,
}

/// Where to look after a step was undone or redone; no id where something of the plan as a whole
/// changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub id: Option<Id>,
    pub spot: Spot,
}

impl Target {
    /// The plan as a whole.
    pub const PLAN: Self = Self {
        id: None,
        spot: Spot::Node,
    };

    /// Where an edit changes something.
    pub fn of(edit: &Edit) -> Self {
        let spot = match edit {
            Edit::Text { at, .. } => Spot::Text(*at),
            Edit::Number { .. } => Spot::Number,
            _ => Spot::Node,
        };
        Self {
            id: edit.subject(),
            spot,
        }
    }
}

/// Identity of a state of the plan: two moments with the same stamp hold the same plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp(u64);

/// One thing the user did.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    pub label: String,
    pub redo: Edit,
    pub undo: Edit,
    pub target: Target,
    /// Means something in this run only.
    #[serde(skip)]
    after: Stamp,
}

impl Step {
    pub(super) const fn new(label: String, redo: Edit, undo: Edit, target: Target) -> Self {
        Self {
            label,
            redo,
            undo,
            target,
            after: Stamp(0),
        }
    }
}

/// Steps done and steps undone.
#[derive(Debug)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    origin: Stamp,
    last_stamp: u64,
    /// Whether the last step may still grow: typing goes on in the same field.
    open: bool,
}

impl Default for History {
    fn default() -> Self {
        Self {
            done: Vec::new(),
            undone: Vec::new(),
            origin: Stamp(0),
            last_stamp: 0,
            open: false,
        }
    }
}

impl History {
    /// The stamp of the plan as it is now.
    pub fn stamp(&self) -> Stamp {
        self.done.last().map_or(self.origin, |step| step.after)
    }

    /// A history of these steps, the oldest first, as it was in another run.
    pub fn of(mut steps: Vec<Step>) -> Self {
        for (step, stamp) in steps.iter_mut().zip(1..) {
            step.after = Stamp(stamp);
        }
        Self {
            last_stamp: steps.len() as u64,
            done: steps,
            ..Self::default()
        }
    }

    /// The stamp of the plan before its first step.
    pub fn origin(&self) -> Stamp {
        self.origin
    }

    /// The last steps that can be undone, the oldest first, not more than `most`.
    pub fn last_steps(&self, most: usize) -> &[Step] {
        let from = self.done.len().saturating_sub(most);
        self.done.get(from..).unwrap_or_default()
    }

    /// Adds a step that is not done yet to the last ones, as recording it would.
    pub(super) fn extend(&self, steps: &mut Vec<Step>, next: Step) {
        let key = next.redo.coalescing_key();
        match steps.last_mut() {
            Some(last) if self.open && key.is_some() && last.redo.coalescing_key() == key => {
                last.redo = next.redo;
            }
            _ => steps.push(next),
        }
    }

    /// The step that undoing would take back.
    pub fn next_undo(&self) -> Option<&Step> {
        self.done.last()
    }

    /// The step that redoing would do again.
    pub fn next_redo(&self) -> Option<&Step> {
        self.undone.last()
    }

    /// Records an edit that was just applied, as a step of its own or as part of the last one.
    pub fn record(&mut self, redo: Edit, undo: Edit, label: String, target: Target) {
        self.undone.clear();
        self.last_stamp += 1;
        let after = Stamp(self.last_stamp);
        let key = redo.coalescing_key();
        if self.open
            && key.is_some()
            && let Some(last) = self.done.last_mut()
            && last.redo.coalescing_key() == key
        {
            if last.undo == redo {
                // Typed back to where it began: as if nothing had been done.
                self.done.pop();
                self.open = false;
            } else {
                last.redo = redo;
                last.after = after;
            }
            return;
        }
        self.open = key.is_some();
        let step = Step::new(label, redo, undo, target);
        self.done.push(Step { after, ..step });
    }

    /// Ends the last step: what comes next is a step of its own.
    pub fn seal(&mut self) {
        self.open = false;
    }

    /// Takes the step to undo; it is then the next to redo.
    pub fn undo(&mut self) -> Option<Step> {
        self.open = false;
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        Some(step)
    }

    /// Takes the step to redo; it is then the next to undo.
    pub fn redo(&mut self) -> Option<Step> {
        self.open = false;
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        Some(step)
    }
}
