//! 様式を編集: the plan's form beside the page that it makes. Every change is an edit of the plan, to be
//! undone like any other, and the page follows at once.
//!
//! Left is which level is looked at (`levels`), in the middle what it has (`level`, `reviews`,
//! `fields`, `choices`, `columns`), right how it prints. What changing a form means is `form`, what it means for
//! the plan is the session's.

mod choices;
mod columns;
mod fields;
mod level;
mod levels;
mod parts;
mod reviews;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Key as Button, Margin, Panel, Popup, RichText, ScrollArea, Ui};

use crate::{
    form::{Form, Key},
    session::{Action, Session},
};

use super::{
    View, Wish,
    preview::{self, PreviewState},
    status_line,
    theme::{self, size, space},
};

/// Width of the list of levels.
const LEVELS: f32 = 200.0;
/// Width of what a level has.
const PARTS: f32 = 560.0;

/// What is looked at.
#[derive(Debug, Default)]
pub struct FormEditorState {
    /// The level whose fields are shown; `None` is the plan as a whole.
    level: Option<Key>,
    /// The field that is unfolded.
    field: Option<Key>,
    /// The page at the right.
    page: PreviewState,
    /// The form of which there is a page.
    drawn: Option<Arc<Form>>,
    /// It closes when all fields have given back what was typed in them.
    is_closing: bool,
}

impl FormEditorState {
    /// The editor as it opens: at the first level that is printed as a table.
    pub fn new(form: &Form) -> Self {
        Self {
            level: form.rows().next().map(|level| level.key),
            ..Self::default()
        }
    }
}

/// What the parts of the editor read, and where they say what becomes of the form.
struct Editing<'a> {
    form: &'a Arc<Form>,
    changed: Option<Form>,
}

impl Editing<'_> {
    /// Changes the form. One change is made in a frame; a second one would not know of the first.
    fn change(&mut self, change: impl FnOnce(&mut Form)) {
        if self.changed.is_none() {
            let mut form = Form::clone(self.form);
            change(&mut form);
            self.changed = Some(form);
        }
    }
}

/// Draws the editor over the whole window while it is open.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let Some(mut state) = view.form_editor.take() else {
        return;
    };
    let was_closing = state.is_closing;
    let form = session.document().plan().form();
    if !state.drawn.as_ref().is_some_and(|it| Arc::ptr_eq(it, form)) {
        state.drawn = Some(Arc::clone(form));
        wishes.push(Action::ShowSample(Arc::clone(form)).into());
    }
    parts::begin(ui, view.composing || view.ime_event);
    let mut editing = Editing {
        form,
        changed: None,
    };
    let is_free = session.prompt().is_none()
        && view.palette.is_none()
        && !Popup::is_any_open(ui.ctx())
        && !ui.ctx().text_edit_focused();
    let palette = theme::palette(ui);
    let bar = Frame::new()
        .fill(palette.panel)
        .inner_margin(Margin::symmetric(space::M as i8, 0));
    Panel::top("form_editor_bar")
        .exact_size(size::TOP_BAR)
        .frame(bar)
        .show(ui, |ui| heading(&mut state, &mut editing, ui));
    Panel::bottom("status_line")
        .exact_size(size::STATUS_LINE)
        .frame(bar)
        .show(ui, |ui| status_line::show(session, ui, wishes));
    let side = Frame::new().fill(palette.panel).inner_margin(space::M);
    Panel::left("form_editor_levels")
        .resizable(false)
        .exact_size(LEVELS)
        .frame(side)
        .show(ui, |ui| levels::show(&mut editing, &mut state, ui));
    let width = PARTS.min(ui.available_width() * 0.6);
    Panel::left("form_editor_parts")
        .resizable(true)
        .default_size(width)
        .frame(Frame::new().fill(palette.ground).inner_margin(space::L))
        .show(ui, |ui| {
            let area = ScrollArea::vertical()
                .auto_shrink(false)
                .id_salt(state.level);
            area.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::S;
                match state.level {
                    Some(level) => level::show(&mut editing, ui, level),
                    None => reviews::show(&mut editing, ui),
                }
                fields::show(&mut editing, &mut state, ui);
                if let Some(level) = state.level {
                    columns::show(&mut editing, ui, level);
                }
            });
        });
    CentralPanel::default()
        .frame(Frame::new().fill(palette.ground).inner_margin(space::M))
        .show(ui, |ui| page(session, &mut state, form, ui, wishes));
    if let Some(changed) = editing.changed.filter(|changed| *changed != **form) {
        let changed = Arc::new(changed);
        match parts::take_typed_in(ui) {
            // What does not hold together yet is taken, or refused, when the field is left.
            Some(_) if changed.faults().len() > form.faults().len() => {}
            Some(field) => wishes.push(Action::TypeForm(changed, field.value()).into()),
            None => wishes.push(Action::SetForm(changed).into()),
        }
    }
    if is_free && ui.input(|input| input.key_pressed(Button::Escape)) {
        state.is_closing = true;
    }
    if was_closing {
        wishes.push(Action::CloseSample.into());
    } else {
        if state.is_closing {
            ui.ctx().request_repaint();
        }
        view.form_editor = Some(state);
    }
}

fn heading(state: &mut FormEditorState, editing: &mut Editing<'_>, ui: &mut Ui) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let title = RichText::new("様式を編集")
            .size(theme::SUBHEADING)
            .family(theme::bold());
        ui.label(title);
        ui.add_space(space::L);
        let label = ui.label("様式の名前");
        let name = parts::text(ui, "form_name", &editing.form.name, 280.0);
        name.response.labelled_by(label.id);
        if let Some(name) = name.changed {
            editing.change(|form| form.name = name);
        }
        let width = 120.0;
        ui.add_space((ui.available_width() - width).max(0.0));
        let close = egui::Button::new("閉じる（Esc）");
        if ui.add_sized([width, size::CONTROL], close).clicked() {
            state.is_closing = true;
        }
    });
}

/// What is wrong with the form, and the page that it makes.
fn page(
    session: &Session,
    state: &mut FormEditorState,
    form: &Form,
    ui: &mut Ui,
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    for fault in form.faults() {
        ui.label(RichText::new(fault.to_string()).color(palette.danger));
    }
    let title = RichText::new("このように印刷されます").color(palette.weak);
    ui.label(title);
    ui.add_space(space::XS);
    if let Some(pages) = session.sample() {
        preview::sample(pages, &mut state.page, ui, wishes);
    }
}
