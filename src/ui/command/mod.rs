//! The one table of commands: name, explanation, keys, and when each can be used. Menus, context
//! menus, the toolbar, keys and the palette are all made from it.
//!
//! Which commands there are, and when, is here; `names`, `keys` and `menus` are its columns, `run`
//! what each does.

mod keys;
mod menus;
mod names;
mod run;

use strum::VariantArray;

use crate::{
    plan::Node,
    session::Session,
    ui::{Tab, View},
};

pub use keys::shortcuts;
pub use menus::{MENUS, Menu, NODE_MENU, TOOLBAR};

/// Something the user can do at any moment, without saying more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
pub enum Command {
    New,
    ImportTable,
    Open,
    Save,
    SaveAs,
    PlanInfo,
    ForgetKept,
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
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Whether it can be used now.
    pub fn is_enabled(self, session: &Session, view: &View) -> bool {
        let plan = session.document().plan();
        let selected = view.selected.and_then(|id| plan.node(id));
        let initiative = selected.and_then(|node| node.initiative());
        let position = || {
            let id = view.selected?;
            let siblings = plan.siblings(id);
            let at = siblings.iter().position(|&sibling| sibling == id)?;
            Some((at, siblings.len()))
        };
        match self {
            // The plan is not on the screen then.
            _ if session.pages().is_some() => self.is_for_pages(),
            Self::Undo => {
                session.document().history().next_undo().is_some()
                    || session.document().draft().is_some()
            }
            Self::Redo => session.document().history().next_redo().is_some(),
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
            Self::ClearFilter => view.filter.is_on(),
            Self::FindNext | Self::FindPrevious => view.filter.has_found(),
            Self::CopyTable => view.tab != Tab::Overview || !plan.issues().is_empty(),
            Self::CopyPicture => view.tab == Tab::Overview,
            _ => true,
        }
    }

    /// Whether what it shows or switches on is on now; `None` for commands that only do something.
    pub fn is_on(self, view: &View) -> Option<bool> {
        use egui::ThemePreference::{Dark, Light, System};
        match self {
            Self::ShowOverview => Some(view.tab == Tab::Overview),
            Self::ShowEditor => Some(view.tab == Tab::Editor),
            Self::ShowForm => Some(view.tab == Tab::Form),
            Self::ShowChecks => Some(view.tab == Tab::Checks),
            Self::ShowSections => Some(view.tab == Tab::Sections),
            Self::ShowChanges => Some(view.tab == Tab::Changes),
            Self::LightTheme => Some(view.theme() == Light),
            Self::DarkTheme => Some(view.theme() == Dark),
            Self::SystemTheme => Some(view.theme() == System),
            Self::ContrastTheme => Some(view.high_contrast),
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
}
