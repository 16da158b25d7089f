//! The one table of commands: name, explanation, keys, and when each can be used. Menus, context
//! menus, the toolbar, keys and the palette are all made from it.
//!
//! Which commands there are, and when, is here; `names`, `keys` and `menus` are its columns.

mod keys;
mod menus;
mod names;

use crate::plan::{Kind, Node};

use crate::ui::Tab;

use super::App;

pub use keys::shortcuts;
pub use menus::{MENUS, Menu, NODE_MENU, TOOLBAR};

/// Something the user can do at any moment, without saying more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    New,
    ImportTable,
    Open,
    Save,
    SaveAs,
    PlanInfo,
    Export,
    Print,
    Quit,
    Undo,
    Redo,
    AddIssue,
    AddStrategy,
    AddInitiative,
    Duplicate,
    Remove,
    MoveUp,
    MoveDown,
    Renumber,
    MakeRepost,
    EndRepost,
    GoToSource,
    ShowOverview,
    ShowEditor,
    ShowForm,
    ShowChecks,
    ShowChanges,
    ShowSections,
    HandOut,
    Collect,
    NextFinding,
    PreviousFinding,
    Find,
    FindNext,
    FindPrevious,
    ClearFilter,
    Present,
    CopyTable,
    CopyPicture,
    ExpandAll,
    CollapseAll,
    PreviousInitiative,
    NextInitiative,
    SwitchPane,
    LightTheme,
    DarkTheme,
    SystemTheme,
    ContrastTheme,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Palette,
    AboutProgram,
}

impl Command {
    pub const ALL: &[Self] = &[
        Self::New,
        Self::ImportTable,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::PlanInfo,
        Self::Export,
        Self::Print,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::AddIssue,
        Self::AddStrategy,
        Self::AddInitiative,
        Self::Duplicate,
        Self::Remove,
        Self::MoveUp,
        Self::MoveDown,
        Self::Renumber,
        Self::MakeRepost,
        Self::EndRepost,
        Self::GoToSource,
        Self::ShowOverview,
        Self::ShowEditor,
        Self::ShowForm,
        Self::ShowChecks,
        Self::ShowChanges,
        Self::ShowSections,
        Self::HandOut,
        Self::Collect,
        Self::NextFinding,
        Self::PreviousFinding,
        Self::Find,
        Self::FindNext,
        Self::FindPrevious,
        Self::ClearFilter,
        Self::Present,
        Self::CopyTable,
        Self::CopyPicture,
        Self::ExpandAll,
        Self::CollapseAll,
        Self::PreviousInitiative,
        Self::NextInitiative,
        Self::SwitchPane,
        Self::LightTheme,
        Self::DarkTheme,
        Self::SystemTheme,
        Self::ContrastTheme,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::Palette,
        Self::AboutProgram,
    ];

    /// Whether it can be used now.
    pub fn is_enabled(self, app: &App) -> bool {
        let plan = app.document.plan();
        let selected = app.view.selected.and_then(|id| plan.node(id));
        let initiative = selected.and_then(|node| node.initiative());
        let position = || {
            let id = app.view.selected?;
            let siblings = plan.siblings(id);
            let at = siblings.iter().position(|&sibling| sibling == id)?;
            Some((at, siblings.len()))
        };
        match self {
            // The plan is not on the screen then.
            _ if app.preview.is_some() => self.is_for_pages(),
            Self::Undo => {
                app.document.history().next_undo().is_some() || app.document.draft().is_some()
            }
            Self::Redo => app.document.history().next_redo().is_some(),
            Self::AddStrategy => selected.is_some(),
            Self::AddInitiative => selected.is_some_and(|node| match node {
                // A numbered issue holds strategies; the unnumbered part holds initiatives.
                Node::Issue(issue) => issue.number.is_none() || !issue.strategies.is_empty(),
                Node::Strategy(_) | Node::Initiative(_) => true,
            }),
            Self::Duplicate | Self::Remove | Self::Renumber => selected.is_some(),
            Self::MoveUp => position().is_some_and(|(at, _)| at > 0),
            Self::MoveDown => position().is_some_and(|(at, count)| at + 1 < count),
            Self::MakeRepost => initiative.is_some_and(|i| i.repost_of.is_none()),
            Self::EndRepost => initiative.is_some_and(|i| i.repost_of.is_some()),
            Self::GoToSource => initiative.is_some_and(|i| plan.repost_source(i).is_some()),
            Self::PreviousInitiative | Self::NextInitiative => plan.entries().next().is_some(),
            Self::Export | Self::Print | Self::Present | Self::HandOut | Self::Collect => {
                !plan.issues().is_empty()
            }
            Self::ClearFilter => app.view.filter.is_on(),
            Self::FindNext | Self::FindPrevious => app.view.filter.has_found(),
            Self::CopyTable => app.view.tab != Tab::Overview || !plan.issues().is_empty(),
            Self::CopyPicture => app.view.tab == Tab::Overview,
            _ => true,
        }
    }

    /// Whether what it shows or switches on is on now; `None` for commands that only do something.
    pub fn is_on(self, app: &App) -> Option<bool> {
        use egui::ThemePreference::{Dark, Light, System};
        match self {
            Self::ShowOverview => Some(app.view.tab == Tab::Overview),
            Self::ShowEditor => Some(app.view.tab == Tab::Editor),
            Self::ShowForm => Some(app.view.tab == Tab::Form),
            Self::ShowChecks => Some(app.view.tab == Tab::Checks),
            Self::ShowSections => Some(app.view.tab == Tab::Sections),
            Self::ShowChanges => Some(app.view.tab == Tab::Changes),
            Self::LightTheme => Some(app.theme == Light),
            Self::DarkTheme => Some(app.theme == Dark),
            Self::SystemTheme => Some(app.theme == System),
            Self::ContrastTheme => Some(app.high_contrast),
            _ => None,
        }
    }

    /// Whether it makes sense while the pages are looked at before printing.
    const fn is_for_pages(self) -> bool {
        matches!(
            self,
            Self::Save | Self::Quit | Self::ZoomIn | Self::ZoomOut | Self::ZoomReset
        )
    }

    /// The kind of node that it adds.
    pub const fn adds(self) -> Option<Kind> {
        match self {
            Self::AddIssue => Some(Kind::Issue),
            Self::AddStrategy => Some(Kind::Strategy),
            Self::AddInitiative => Some(Kind::Initiative),
            _ => None,
        }
    }
}
