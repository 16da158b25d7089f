//! What a view can ask for. Views return these; only `app` carries them out.

use std::path::PathBuf;

use crate::plan::{About, Difference, Edit, Id, Pick, Style, checks::Finding};

use super::{command::Command, document::Draft, history::Target, versions::Against};

/// Something a view asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    Run(Command),
    Select(Id),
    /// Select a node and show it in the editor, or in the form if that is open.
    Show(Id),
    /// Filter the tree to what a number of the overview counts; the text names the set.
    Pick(Vec<Pick>, String),
    /// Select a node and put the cursor in its first field.
    Enter(Id),
    Expand(Id, bool),
    Type(Draft),
    EndTyping,
    Edit(Edit, Target),
    Move {
        id: Id,
        parent: Option<Id>,
        position: usize,
    },
    Open(PathBuf),
    /// Open a file or a folder in the program that the system has for it.
    OpenOutside(PathBuf),
    /// In a presentation: the next issue (`1`) or the one before (`-1`).
    TurnPage(isize),
    Answer(Answer),
    DismissNotice,
    /// Send the pages of the preview to the printer that is chosen there, or to a viewer.
    Print,
    /// Take in what somebody else has saved.
    TakeIn,
    /// Compare with another version of the plan.
    Compare(Against),
    /// Open the node of a finding at its very words.
    ShowFinding(Finding),
    Fix(Finding),
    /// Show what fixing these would change, and ask.
    AskToFix(Vec<Finding>),
    AskToIgnore(Finding),
    /// List a finding again that was left as it is.
    Unignore(Finding),
    AskForWords,
    /// Another set of rules of writing for the plan.
    Restyle(Style),
    /// Write measured values beside the target of an initiative.
    AskForMeasures(Id),
    /// Take in forms that came back.
    Collect(Vec<PathBuf>),
    /// Copy a text that reminds a section of its form.
    CopyReminder(String),
    /// Ask what a section should change in its form.
    AskToSendBack(String),
    AskToAssign,
    /// Take one difference back: make it as it was in the version that is compared with.
    Restore(Difference),
    /// Make the whole plan as it was in the version that is compared with.
    RestoreAll,
    /// Write 新旧対照表 of the plan and the version that it is compared with.
    ExportChanges,
    /// Save the pages of the preview as a file.
    ExportPreview,
    ClosePreview,
}

/// What was chosen in the dialog that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Cancel,
    /// Unsaved work: save it and go on.
    Save,
    /// Unsaved work: drop it and go on.
    Discard,
    /// The thing the dialog was about: remove, renumber, close the message.
    Confirm,
    /// A path that was typed in the window.
    Path(String),
    /// The file was changed by somebody else: take that in, then save.
    TakeIn,
    /// The file was changed by somebody else: replace it all the same.
    Overwrite,
    /// Choose a file: another one to save to, or the one with the table.
    SaveAs,
    About(About),
    RepostSource(Id),
}
