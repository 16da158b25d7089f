//! What a view asks for. Views return these; the window carries them out when the frame is drawn,
//! itself or by its session.

use crate::{
    plan::{Id, Pick, checks::Finding},
    session::Action,
};

use super::command::Command;

/// Something a view asks for.
#[derive(Debug, Clone)]
pub enum Wish {
    Run(Command),
    /// Select a node, or the plan as a whole (`None`).
    Select(Option<Id>),
    /// Select it and show it in the editor, or in the form if that is open.
    Show(Option<Id>),
    /// Select it and put the cursor in its first field.
    Enter(Option<Id>),
    /// Open the node of a finding at its very words.
    ShowFinding(Finding),
    /// Filter the tree to what a number of the overview counts; the text names the set.
    Pick(Vec<Pick>, String),
    /// In a presentation: the next page (`1`) or the one before (`-1`).
    TurnPage(isize),
    /// Something of the plan, its file or other programs.
    Do(Action),
}

impl From<Action> for Wish {
    fn from(action: Action) -> Self {
        Self::Do(action)
    }
}
