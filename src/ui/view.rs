//! What the window remembers that is not the plan: selection, what is unfolded, where the
//! cursor should go next.

use std::{collections::HashSet, ops::Range};

use egui::{Event, text::CCursorRange};

use crate::{
    form::Slot,
    plan::{
        Id, Plan,
        checks::{Finding, Place},
    },
    session::{DocumentId, PromptId, Session, history::Target},
};

use super::{
    banner::News,
    changes::ChangesState,
    checks::ChecksState,
    command_palette::PaletteState,
    dialogs::Dialog,
    editor::{Explaining, SumsState},
    filter::FilterState,
    form::FormState,
    form_editor::FormEditorState,
    overview::OverviewState,
    preview::PreviewState,
    sections::SectionsState,
    tree::TreeState,
};

/// What the work area shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Overview,
    Editor,
    Form,
    Checks,
    Changes,
    Sections,
}

/// Where the keyboard focus should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Tree,
    FirstField,
    Search,
}

/// Words of a text to be selected, once its field is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// The node, or the plan as a whole (`None`).
    pub id: Option<Id>,
    pub at: Slot,
    /// In characters.
    pub range: Range<usize>,
}

impl Jump {
    /// The words of a finding; `None` where it is about no text.
    pub fn to(finding: &Finding, plan: &Plan) -> Option<Self> {
        let Place::Text { at, .. } = finding.place else {
            return None;
        };
        Some(Self {
            id: finding.node,
            at,
            range: finding.characters(plan).unwrap_or(0..0),
        })
    }
}

/// Whether the text field with the focus has something of its own to undo or redo.
#[derive(Debug, Clone, Copy, Default)]
pub struct FieldUndo {
    pub can_undo: bool,
    pub can_redo: bool,
}

/// A text in which something that was undone can be done again, as it was left then; also while the
/// cursor is not in it any more, because a button takes it away.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    pub id: Option<Id>,
    pub at: Slot,
    pub text: String,
    pub cursor: CCursorRange,
}

/// State of the views.
#[derive(Debug, Default)]
pub struct View {
    /// Which plan this is, so that no field takes over the cursor or the undo of another's.
    pub document: DocumentId,
    pub tab: Tab,
    /// The node that is shown; without one it is the plan as a whole.
    pub selected: Option<Id>,
    collapsed: HashSet<Id>,
    /// Grows when something is folded or unfolded; the rows of the tree follow it.
    pub folding: u64,
    pub focus: Option<Focus>,
    /// What undoing has just changed; shown until the next change.
    pub mark: Option<Target>,
    pub scroll_to_mark: bool,
    /// Text fields must not bring back by themselves what undoing has just taken away.
    pub forget_local_undo: bool,
    pub field_undo: FieldUndo,
    pub undone: Option<Undone>,
    /// An IME shows text that is not decided yet.
    pub composing: bool,
    /// An IME did so before this frame.
    pub was_composing: bool,
    /// An IME has sent something in this frame: its Enter is not a line break.
    pub ime_event: bool,
    pub tree_has_focus: bool,
    pub tree: TreeState,
    pub palette: Option<PaletteState>,
    /// What is typed in the dialog that is open.
    pub dialog: Option<(PromptId, Dialog)>,
    /// News of the file that she does not want to see any more.
    pub put_aside: Option<News>,
    pub zoom: f32,
    theme: Option<egui::ThemePreference>,
    pub high_contrast: bool,
    /// The form should scroll to the selected row.
    pub scroll_form: bool,
    /// The cells of the form.
    pub form: FormState,
    /// What came in after a key that must be seen by itself; it comes again in the next frame.
    pub deferred: Vec<Event>,
    /// The heading whose form was shown last.
    pub form_part: Option<Id>,
    /// The text in which the cursor was last.
    pub written: Option<(Option<Id>, Slot)>,
    /// The text to which the cursor should go.
    pub focus_field: Option<(Option<Id>, Slot)>,
    /// What the amounts of the node in the editor add up to below it.
    pub sums: SumsState,
    pub overview: OverviewState,
    pub filter: FilterState,
    pub changes: ChangesState,
    pub checks: ChecksState,
    pub sections: SectionsState,
    pub preview: PreviewState,
    /// The plan's form while it is changed.
    pub form_editor: Option<FormEditorState>,
    /// What is explained at the cursor.
    pub explaining: Option<Explaining>,
    /// The words to which the cursor should go.
    pub jump: Option<Jump>,
    /// The work area fills the screen, for a room of people.
    pub presenting: bool,
    /// How far the work area should scroll in this frame, in points.
    pub scroll_by: f32,
    /// What had the keyboard focus before a dialog took it.
    pub focus_before: Option<egui::Id>,
    /// A dialog or the palette lay over the window in the frame before.
    pub was_covered: bool,
}

impl View {
    /// The view of a plan that was just opened: everything unfolded, the first row selected.
    pub fn of(session: &Session) -> Self {
        let mut view = Self {
            document: session.document_id(),
            zoom: 1.0,
            ..Self::default()
        };
        view.keep_selection_valid(session.document().plan());
        view
    }

    /// Follows what has become of the plan: where another one is open everything begins anew, and
    /// where what was selected is gone something else is.
    pub fn follow(&mut self, session: &Session) {
        if self.document != session.document_id() {
            *self = Self {
                zoom: self.zoom,
                theme: self.theme,
                high_contrast: self.high_contrast,
                dialog: self.dialog.take(),
                was_covered: self.was_covered,
                ..Self::of(session)
            };
        }
        self.keep_selection_valid(session.document().plan());
    }

    /// Light until another is chosen.
    pub fn theme(&self) -> egui::ThemePreference {
        self.theme.unwrap_or(egui::ThemePreference::Light)
    }

    pub fn set_theme(&mut self, theme: egui::ThemePreference) {
        self.theme = Some(theme);
    }

    /// Whether a dialog, the palette or an IME has the keys for itself.
    pub fn has_keys_to_spare(&self, session: &Session) -> bool {
        session.prompt().is_none() && self.palette.is_none() && !self.composing
    }

    pub fn is_expanded(&self, id: Id) -> bool {
        !self.collapsed.contains(&id)
    }

    pub fn set_expanded(&mut self, id: Id, expand: bool) {
        let changed = if expand {
            self.collapsed.remove(&id)
        } else {
            self.collapsed.insert(id)
        };
        if changed {
            self.folding += 1;
        }
    }

    pub fn expand_all(&mut self) {
        self.collapsed.clear();
        self.folding += 1;
        self.tree.scroll_to_selection = true;
    }

    /// Folds everything; the selection moves up to what stays visible.
    pub fn collapse_all(&mut self, plan: &Plan) {
        let with_contents = plan.nodes().filter(|entry| !entry.node.children.is_empty());
        self.collapsed
            .extend(with_contents.map(|entry| entry.node.id));
        self.folding += 1;
        self.selected = self
            .selected
            .map(|id| plan.ancestors(id).last().unwrap_or(id));
        self.tree.scroll_to_selection = true;
    }

    /// Selects a node, or the plan as a whole, and makes sure that it is seen.
    pub fn select(&mut self, plan: &Plan, id: Option<Id>) {
        if self.selected != id {
            self.mark = None;
            self.scroll_form = true;
        }
        self.selected = id;
        self.reveal_selection(plan);
    }

    /// Selects a node where it is written: the tree follows, the form stays where it is.
    pub fn select_in_place(&mut self, plan: &Plan, id: Id) {
        if self.selected != Some(id) {
            self.mark = None;
            self.selected = Some(id);
            self.reveal_selection(plan);
        }
    }

    /// Shows all of the list again, as it was before it was narrowed.
    pub fn clear_filter(&mut self, session: &Session) {
        if let Some(before) = self.filter.clear(session.revision()) {
            self.select(session.document().plan(), before.selected);
            self.tree.scroll_to_selection = false;
            self.tree.scroll_to = Some(before.offset);
        }
    }

    /// Unfolds what hides the selected node and scrolls to it.
    pub fn reveal_selection(&mut self, plan: &Plan) {
        if let Some(selected) = self.selected {
            for id in plan.ancestors(selected) {
                self.set_expanded(id, true);
            }
        }
        self.tree.scroll_to_selection = true;
    }

    /// Goes from the tabs that list things to the one where they are written.
    pub fn leave_lists(&mut self) {
        if !matches!(self.tab, Tab::Editor | Tab::Form) {
            self.tab = Tab::Editor;
        }
    }

    /// Where the selected node is gone, or a form that asks nothing of the plan as a whole has no
    /// page for it, selects the first node.
    fn keep_selection_valid(&mut self, plan: &Plan) {
        let is_valid = match self.selected {
            Some(id) => plan.contains(id),
            None => !plan.form().plan.is_empty(),
        };
        if !is_valid {
            self.selected = plan.top().first().map(|node| node.id);
            self.tree.scroll_to_selection = true;
        }
    }
}
