//! The one table of commands: name, explanation, keys, and when each can be used. Menus, context
//! menus, the toolbar, keys and the palette are all made from it.
//!
//! Which commands there are, and when, is here; `names`, `keys` and `menus` are its columns, `run`
//! what each does.

mod adding;
mod keys;
mod menus;
mod names;
mod run;

use strum::VariantArray;

use crate::{
    session::Session,
    ui::{Tab, View, editor},
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
    EditForm,
    ChangeForm,
    ForgetKept,
    Export,
    Print,
    Quit,
    Undo,
    Redo,
    /// One of the lowest kind of node, what most people add.
    AddFirst,
    /// One of the next kind above that, and so on.
    AddSecond,
    AddThird,
    AddFourth,
    AddFifth,
    AddSixth,
    Duplicate,
    Remove,
    MoveUp,
    MoveDown,
    Renumber,
    MakeRepost,
    EndRepost,
    GoToSource,
    Measures,
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
    ExplainFinding,
    Find,
    FindNext,
    FindPrevious,
    ClearFilter,
    Present,
    CopyTable,
    CopyPicture,
    ExpandAll,
    CollapseAll,
    PreviousRow,
    NextRow,
    SwitchPane,
    LightTheme,
    DarkTheme,
    SystemTheme,
    ContrastTheme,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Palette,
    KeyList,
    AboutProgram,
}

impl Command {
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Whether it can be used now.
    pub fn is_enabled(self, session: &Session, view: &View) -> bool {
        let plan = session.document().plan();
        let selected = view.selected.and_then(|id| plan.node(id));
        let position = || {
            let id = view.selected?;
            let siblings = plan.siblings(id);
            let at = siblings.iter().position(|&sibling| sibling == id)?;
            Some((at, siblings.len()))
        };
        match self {
            // The plan is not on the screen then.
            _ if session.pages().is_some() => self.is_for_pages(),
            _ if view.form_editor.is_some() && !self.is_for_form() => false,
            Self::Undo => {
                session.document().history().next_undo().is_some()
                    || session.document().draft().is_some()
            }
            Self::Redo => {
                session.document().history().next_redo().is_some()
                    || editor::caret::can_redo(session, view)
            }
            Self::AddFirst
            | Self::AddSecond
            | Self::AddThird
            | Self::AddFourth
            | Self::AddFifth
            | Self::AddSixth => self.level_to_add(plan, view.selected).is_some(),
            Self::Duplicate | Self::Remove | Self::Renumber => selected.is_some(),
            Self::MoveUp => position().is_some_and(|(at, _)| at > 0),
            Self::MoveDown => position().is_some_and(|(at, count)| at + 1 < count),
            Self::MakeRepost => {
                selected.is_some_and(|node| !node.is_repost() && plan.level(node).can_repeat())
            }
            Self::EndRepost => selected.is_some_and(|node| node.is_repost()),
            Self::GoToSource => selected.is_some_and(|it| plan.repost_source(it).is_some()),
            Self::Measures => selected.is_some_and(|node| {
                let mut fields = plan.level(node).fields.iter();
                fields.any(|it| it.is_targets() && !plan.judged(node, it).is_empty())
            }),
            Self::PreviousRow | Self::NextRow => plan.rows().next().is_some(),
            Self::HandOut | Self::Collect => plan.form().has_owners() && !plan.top().is_empty(),
            Self::Export | Self::Print | Self::Present => !plan.top().is_empty(),
            Self::ExplainFinding => view.written.is_some(),
            Self::ClearFilter => view.filter.is_on(),
            Self::FindNext | Self::FindPrevious => view.filter.has_found(),
            Self::CopyTable => view.tab != Tab::Overview || !plan.top().is_empty(),
            Self::CopyPicture => view.tab == Tab::Overview,
            _ => true,
        }
    }

    /// Whether it means anything for the plan's form; what does not is not offered at all.
    pub fn is_offered(self, session: &Session) -> bool {
        let form = session.document().plan().form();
        match self {
            _ if self.nth().is_some() => self.names_what(form).is_some(),
            Self::MakeRepost | Self::EndRepost | Self::GoToSource => {
                form.levels.iter().any(|level| level.can_repeat())
            }
            Self::Measures => {
                let mut fields = form.levels.iter().flat_map(|level| &level.fields);
                fields.any(|field| field.is_targets())
            }
            Self::HandOut | Self::Collect | Self::ShowSections => form.has_owners(),
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

    /// Whether it makes sense while the plan's form is changed.
    const fn is_for_form(self) -> bool {
        self.is_for_pages() || matches!(self, Self::Undo | Self::Redo | Self::SaveAs)
    }

    /// Whether it makes sense while the pages are looked at before printing.
    const fn is_for_pages(self) -> bool {
        matches!(
            self,
            Self::Save | Self::Quit | Self::ZoomIn | Self::ZoomOut | Self::ZoomReset
        )
    }
}
