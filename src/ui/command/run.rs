//! What each command does: to the view at once, to the plan as a wish.

use crate::{
    form::Slot,
    plan::{Edit, Id, Node, Plan},
    session::{Action, Prompt, Session, forms::FormFor, words},
    ui::{
        Focus, Tab, View, Wish, checks, copy, editor, editor::Explaining,
        form_editor::FormEditorState, theme,
    },
};

use super::Command;

/// How much larger everything is for the people in the last row.
const PRESENTATION_ZOOM: f32 = 1.4;

/// One step of zooming, and its limits.
const ZOOM_STEP: f32 = 0.1;
const ZOOM_RANGE: std::ops::RangeInclusive<f32> = 0.7..=3.0;

impl Command {
    /// Carries a command out, if it can be used now.
    pub fn run(
        self,
        session: &Session,
        view: &mut View,
        ctx: &egui::Context,
        wishes: &mut Vec<Wish>,
    ) {
        if !self.is_enabled(session, view) {
            return;
        }
        // What is being typed belongs to the plan before anything else happens to it.
        wishes.push(Action::EndTyping.into());
        let plan = session.document().plan();
        let selected = view.selected;
        let action = match self {
            Self::New => Action::ChooseForm(FormFor::NewPlan),
            Self::ChangeForm => Action::ChooseForm(FormFor::ThisPlan),
            Self::EditForm => {
                return view.form_editor = Some(FormEditorState::new(plan.form()));
            }
            Self::ImportTable => Action::Ask(Prompt::Paste),
            Self::Open => Action::Open,
            Self::Save => Action::Save,
            Self::SaveAs => Action::SaveAs,
            Self::PlanInfo => Action::Ask(Prompt::PlanInfo),
            Self::ForgetKept => Action::ListKept,
            Self::Export => Action::Ask(Prompt::Export),
            Self::Print => Action::Preview(view.preview.open(session, selected, view.tab)),
            Self::Quit => Action::Quit,
            Self::Undo => Action::Undo,
            Self::Redo => editor::caret::redo(session, view, ctx).unwrap_or(Action::Redo),
            Self::AddFirst
            | Self::AddSecond
            | Self::AddThird
            | Self::AddFourth
            | Self::AddFifth
            | Self::AddSixth => match self.level_to_add(plan, selected) {
                Some(level) => Action::Add(level, selected),
                None => return,
            },
            Self::Duplicate => return of_selected(selected, Action::Duplicate, wishes),
            Self::Remove => return of_selected(selected, Action::Remove, wishes),
            Self::MoveUp => return of_selected(selected, |id| Action::Shift(id, -1), wishes),
            Self::MoveDown => return of_selected(selected, |id| Action::Shift(id, 1), wishes),
            Self::Renumber => {
                return of_selected(selected, |id| Action::Ask(Prompt::Renumber(id)), wishes);
            }
            Self::MakeRepost => {
                return of_selected(selected, |id| Action::Ask(Prompt::RepostSource(id)), wishes);
            }
            Self::Measures => {
                return of_selected(selected, |id| Action::Ask(Prompt::Measures(id)), wishes);
            }
            Self::EndRepost => return of_selected(selected, end_repost, wishes),
            Self::HandOut => Action::AskToHandOut,
            Self::Collect => Action::AskForReturns,
            Self::KeyList => Action::Ask(Prompt::KeyList),
            Self::AboutProgram => Action::Ask(Prompt::AboutProgram),
            Self::ShowChanges => {
                view.tab = Tab::Changes;
                Action::ListBackups
            }
            // The rest is the window's own.
            Self::GoToSource => return go_to_source(plan, selected, wishes),
            Self::ShowOverview => return view.tab = Tab::Overview,
            Self::ShowEditor => return view.tab = Tab::Editor,
            Self::ShowForm => {
                view.tab = Tab::Form;
                return view.scroll_form = true;
            }
            Self::ShowChecks => return view.tab = Tab::Checks,
            Self::ShowSections => return view.tab = Tab::Sections,
            Self::NextFinding => return checks::step(session, view, 1, wishes),
            Self::PreviousFinding => return checks::step(session, view, -1, wishes),
            Self::ExplainFinding => {
                return view.explaining = view.written.map(Explaining::asked);
            }
            Self::Find => return view.focus = Some(Focus::Search),
            Self::FindNext => return step_found(session, view, 1, wishes),
            Self::FindPrevious => return step_found(session, view, -1, wishes),
            Self::ClearFilter => return view.clear_filter(session),
            Self::Present => return present(view, ctx),
            Self::CopyTable => return ctx.copy_text(copy::table(session, view)),
            Self::CopyPicture => return copy_picture(view, ctx, wishes),
            Self::ExpandAll => return view.expand_all(),
            Self::CollapseAll => return view.collapse_all(plan),
            Self::PreviousRow => return step_row(plan, view, ctx, -1, wishes),
            Self::NextRow => return step_row(plan, view, ctx, 1, wishes),
            Self::SwitchPane => return switch_pane(view),
            Self::LightTheme => return set_theme(view, ctx, egui::ThemePreference::Light),
            Self::DarkTheme => return set_theme(view, ctx, egui::ThemePreference::Dark),
            Self::SystemTheme => return set_theme(view, ctx, egui::ThemePreference::System),
            Self::ContrastTheme => return switch_contrast(view, ctx),
            Self::ZoomIn => return zoom(ctx, ctx.zoom_factor() + ZOOM_STEP),
            Self::ZoomOut => return zoom(ctx, ctx.zoom_factor() - ZOOM_STEP),
            Self::ZoomReset => return zoom(ctx, 1.0),
            Self::Palette => return view.palette = Some(Default::default()),
        };
        wishes.push(action.into());
    }
}

/// Asks for something to be done with what is selected, where anything is.
fn of_selected(selected: Option<Id>, action: impl FnOnce(Id) -> Action, wishes: &mut Vec<Wish>) {
    wishes.extend(selected.map(|id| action(id).into()));
}

fn end_repost(id: Id) -> Action {
    Action::Edit(Edit::Repost { id, source: None })
}

fn go_to_source(plan: &Plan, selected: Option<Id>, wishes: &mut Vec<Wish>) {
    let repost = selected.and_then(|id| plan.node(id));
    let source = repost.and_then(|node| plan.repost_source(node));
    wishes.extend(source.map(|source| Wish::Select(Some(source.id))));
}

fn switch_pane(view: &mut View) {
    view.leave_lists();
    view.focus = Some(if view.tree_has_focus {
        Focus::FirstField
    } else {
        Focus::Tree
    });
}

fn switch_contrast(view: &mut View, ctx: &egui::Context) {
    view.high_contrast = !view.high_contrast;
    theme::set_high_contrast(ctx, view.high_contrast);
}

fn set_theme(view: &mut View, ctx: &egui::Context, theme: egui::ThemePreference) {
    view.set_theme(theme);
    ctx.set_theme(theme);
}

fn step_found(session: &Session, view: &mut View, by: isize, wishes: &mut Vec<Wish>) {
    view.filter.refresh(session, view.selected);
    let next = view.filter.neighbour(view.selected, by);
    wishes.extend(next.map(|id| Wish::Show(Some(id))));
}

/// The next row (`1`) or the one before (`-1`). From a text to the same text of another node.
fn step_row(plan: &Plan, view: &View, ctx: &egui::Context, by: isize, wishes: &mut Vec<Wish>) {
    let selected = view.selected;
    if let Some((Some(id), at)) = editor::caret::written_in(view, ctx) {
        let next = with_same_text(plan, id, at, by);
        return wishes.extend(next.map(|id| Wish::Select(Some(id))));
    }
    let ids: Vec<Id> = plan.rows().map(|entry| entry.node.id).collect();
    let at = ids.iter().position(|id| Some(*id) == selected);
    let to = match at {
        Some(at) => at.checked_add_signed(by),
        // From a heading: to its first row, or the one before that.
        None => selected
            .and_then(|id| plan.rows_in(plan.node(id)?).next())
            .and_then(|first| ids.iter().position(|id| *id == first.id))
            .and_then(|first| first.checked_add_signed(by.min(0)))
            .or(Some(0)),
    };
    let id = to.and_then(|to| ids.get(to));
    wishes.extend(id.map(|&id| Wish::Select(Some(id))));
}

/// The next node (`1`), or the one before (`-1`), of a level of the same name that is asked for the
/// same text. What a repost says is its source's to say.
fn with_same_text(plan: &Plan, id: Id, at: Slot, by: isize) -> Option<Id> {
    let name = &plan.level_of(id)?.name;
    let has_it = |node: &Node| {
        let level = plan.level(node);
        let of_all =
            matches!(at, Slot::TITLE | Slot::MEMO) || at == Slot::OWNER && level.has_owner();
        let of_own = !node.is_repost() && level.field(at.field).is_some();
        level.name == *name && (of_all || of_own)
    };
    let nodes = plan.nodes().map(|entry| entry.node);
    let ids: Vec<Id> = nodes
        .filter(|node| node.id == id || has_it(node))
        .map(|node| node.id)
        .collect();
    let here = ids.iter().position(|other| *other == id)?;
    ids.get(here.checked_add_signed(by)?).copied()
}

/// Fills the screen with the overview or the form, larger, or goes back to the window.
fn present(view: &mut View, ctx: &egui::Context) {
    view.presenting = !view.presenting;
    if view.presenting && !matches!(view.tab, Tab::Overview | Tab::Form) {
        view.tab = Tab::Form;
    }
    // What it was before is still known: a presentation does not touch it.
    let factor = if view.presenting {
        PRESENTATION_ZOOM
    } else {
        1.0
    };
    zoom(ctx, view.zoom * factor);
    ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(view.presenting));
}

/// Puts a picture of the overview on the clipboard, as it is on the screen.
fn copy_picture(view: &View, ctx: &egui::Context, wishes: &mut Vec<Wish>) {
    let Some(place) = view.overview.drawn_at else {
        return;
    };
    let copy = ctx.clone();
    ctx.request_screenshot(move |screen: std::sync::Arc<egui::ColorImage>| {
        let pixels = copy.pixels_per_point();
        copy.copy_image(screen.region(&place, Some(pixels)));
    });
    wishes.push(Action::Say(words::PICTURE_COPIED.to_owned()).into());
}

fn zoom(ctx: &egui::Context, factor: f32) {
    // Rounded, so that ten steps in and ten out end where they began.
    let factor = (factor * 10.0).round() / 10.0;
    ctx.set_zoom_factor(factor.clamp(*ZOOM_RANGE.start(), *ZOOM_RANGE.end()));
}
