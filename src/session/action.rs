//! What the user can want of a session: of the plan, of its file, of other programs. What only the
//! window cares about (what is selected, folded, scrolled, how large it is) is not here.

use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    export::{Format, Options},
    form::{Form, Key},
    import::table::Mapping,
    plan::{
        About, Decision, Difference, Edit, Id, Measure, Question, Section, Style, Word,
        checks::Finding, refit::Mapping as FormMapping,
    },
    storage::backups::Backup,
};

use super::{
    cells::{Area, Change},
    document::Draft,
    effect::FileWish,
    forms::FormFor,
    preview::PageWish,
    prompt::{Prompt, PromptId},
    versions::Against,
};

/// Something that is wanted.
#[derive(Debug, Clone)]
pub enum Action {
    // Writing.
    Type(Draft),
    EndTyping,
    /// A choice that is made, an amount, a number, a repost: one step of undo.
    Edit(Edit),
    /// Put what was copied elsewhere into cells of a table.
    Fill(Area, String),
    /// Put these texts in cells of a table; what a row has no cell for is left out.
    Put(Vec<Change>),
    Undo,
    Redo,
    /// An empty node of this level near the selected one.
    Add(Key, Option<Id>),
    /// An empty node of the same level right after this one; without one, of the first level that
    /// may stand at the top.
    AddNext(Option<Id>),
    /// A copy of a node, right after it.
    Duplicate(Id),
    /// Take a node away; one with contents is asked about.
    Remove(Id),
    /// One place up (`-1`) or down (`1`) among its siblings.
    Shift(Id, isize),
    /// Into the node above it.
    Indent(Id),
    /// Out of the node in which it is, right after that.
    Outdent(Id),
    Move {
        id: Id,
        parent: Option<Id>,
        position: usize,
    },
    // The form.
    /// Choose one of the forms that are built in, or one in a file.
    ChooseForm(FormFor),
    /// A plan in which there is nothing, of this form.
    NewPlan(Arc<Form>),
    /// Show the pages that a form makes.
    ShowSample(Arc<Form>),
    /// Pictures of these of its pages are of use now.
    DrawSample(Vec<PageWish>),
    CloseSample,
    /// The plan's own form was changed.
    SetForm(Arc<Form>),
    /// The same while a word of it is typed: with what was typed before in the same field, by whatever
    /// number that has, it is one step.
    TypeForm(Arc<Form>, u64),
    /// Another form for the plan.
    ChangeForm(Arc<Form>),
    // Files.
    Open,
    OpenPath(PathBuf),
    Save,
    SaveAs,
    /// Take in what somebody else has saved.
    TakeIn,
    /// Look at the file: she comes back from elsewhere.
    LookAtFile,
    /// A file dialog was answered; no file is a cancel.
    Picked(FileWish, Vec<PathBuf>),
    Quit,
    /// Put a question or a message over the window.
    Ask(Prompt),
    Answer(PromptId, Answer),
    /// See what is kept on this PC besides the plans, and remove of it.
    ListKept,
    /// Say in the status line what the window has done.
    Say(String),
    DismissNotice,
    /// Look for the work of other runs that was never saved.
    LookForLeftovers,
    // Printing and exporting.
    /// Show the pages as they will be printed.
    Preview(Order),
    /// Other pages: another part, other paper.
    Repaginate(Order),
    /// Pictures of these pages are of use now, the most urgent first.
    DrawPages(Vec<PageWish>),
    /// Send the pages to a printer; without one, to the program that the system has for PDF.
    Print {
        printer: Option<String>,
        copies: u32,
    },
    /// Save the pages of the preview as a file.
    ExportPages,
    ClosePreview,
    /// Which characters of a part the typeface lacks.
    LookForMissing(Option<Section>),
    /// Open a file or a folder in the program that the system has for it.
    OpenOutside(PathBuf),
    // Checking.
    Fix(Finding),
    /// Show what fixing these would change, and ask.
    AskToFix(Vec<Finding>),
    /// Leave findings as they are, without a reason.
    Leave(Vec<Finding>),
    /// List a finding again that was left as it is.
    Unignore(Finding),
    /// Another set of rules of writing for the plan.
    Restyle(Style),
    // Comparing.
    Compare(Against),
    ListBackups,
    /// Take one difference back: make it as it was in the version that is compared with.
    Restore(Difference),
    /// Make the whole plan as it was in the version that is compared with.
    RestoreAll,
    /// Write 新旧対照表 of the plan and the version that it is compared with.
    ExportChanges,
    // Handing out and collecting.
    AskToHandOut,
    Collect(Vec<PathBuf>),
    AskForReturns,
    /// Copy a text that reminds a section of what it has to fill in.
    CopyReminder(String),
}

/// What is exported, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// `None` is all of the plan.
    pub section: Option<Section>,
    pub format: Format,
    pub options: Options,
}

/// Who gets a workbook to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOutOrder {
    pub owners: Vec<String>,
    pub due: Option<Date>,
    /// A file for furikaeri beside each workbook.
    pub extracts: bool,
}

/// What goes back to a section, and what is said of which node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendBackOrder {
    pub owner: String,
    pub comments: Vec<(Id, String)>,
}

/// What was chosen in the prompt that is open.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Cancel,
    /// Unsaved work: save it and go on.
    Save,
    /// Unsaved work, or work that is not done: drop it and go on.
    Discard,
    /// Go on when what is under way is done.
    Wait,
    /// The thing the prompt was about: remove, renumber, replace, recover.
    Confirm,
    /// Renumber all of the branch, not the siblings alone.
    ConfirmBranch,
    /// Lines that were copied are one text, not a column of cells.
    AsOne,
    /// A path that was typed in the window.
    Path(String),
    /// The file was changed by somebody else: take that in, then save.
    TakeIn,
    /// The file was changed by somebody else: replace it all the same.
    Overwrite,
    /// Choose a file: another one to save to, or the one with the table or the form.
    ChooseFile,
    Export(Order),
    /// A side, or a text, for each clash.
    Decide(HashMap<Question, Decision>),
    /// The doubts that are answered with yes, by their place in the list.
    Doubts(BTreeSet<usize>),
    /// An earlier version, in place of what cannot be opened.
    OpenVersion(Backup),
    /// The workbook came back from a section.
    Collect,
    /// A table in it becomes a plan.
    TakeTable,
    /// Cells as they were pasted.
    Pasted(String),
    /// What the columns of a table mean, and whose plan it becomes.
    Import(Mapping, About),
    HandOut(HandOutOrder),
    /// The nodes that a section gets.
    Assign(Vec<(Id, String)>),
    SendBack(SendBackOrder),
    /// Why findings are left as they are.
    Ignore(String),
    Words(Vec<Word>),
    Measures(Vec<Measure>),
    About(About),
    /// The form that was chosen.
    Form(Arc<Form>),
    /// What becomes of each part of the plan in its new form.
    Refit(FormMapping),
    RepostSource(Id),
    /// What is kept and may go, by its place in the list.
    Forget(Vec<usize>),
}
