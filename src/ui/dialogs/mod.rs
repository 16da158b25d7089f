//! Questions and messages over the window. Each says what happened or will happen, and its
//! buttons are verbs; Escape is always the harmless answer.

mod checks;
mod choose_repost;
mod clashes;
mod collect;
mod export;
mod import;
mod measures;
mod messages;
mod plan_info;
mod recovery;
mod typed_path;

pub use export::{paper_choice, scope_choice};

use egui::{Button, Context, Id, Key, Modal, RichText, Ui};

use crate::app::{
    App,
    action::{Action, Answer},
    dialog::Dialog,
};

use super::theme::{self, size, space};

/// Draws the open dialog, if there is one.
pub fn show(app: &mut App, ctx: &Context, actions: &mut Vec<Action>) {
    keep_focus(app, ctx);
    // Taken out while it is drawn: its fields are typed in, and the app is read beside it.
    let Some(mut dialog) = app.dialog.take() else {
        return;
    };
    let modal = Modal::new(Id::unique("dialog"))
        .frame(theme::dialog_frame(ctx))
        .show(ctx, |ui| {
            let width = match dialog {
                Dialog::Clashes => clashes::WIDTH,
                Dialog::Import(_) => import::WIDTH,
                _ => size::DIALOG,
            };
            ui.set_width(width.min(ctx.content_rect().width() - space::XL * 4.0));
            ui.spacing_mut().item_spacing.y = space::S;
            contents(app, ui, &mut dialog)
        });
    let is_left = modal.should_close() && !app.view.composing;
    let answer = modal.inner.or(is_left.then_some(Answer::Cancel));
    app.dialog = Some(dialog);
    actions.extend(answer.map(Action::Answer));
}

/// Remembers where the cursor is while nothing lies over the window, and puts it back there when
/// a dialog or the palette is gone.
fn keep_focus(app: &mut App, ctx: &Context) {
    let is_covered = app.dialog.is_some() || app.view.palette.is_some();
    if is_covered {
        app.view.was_covered = true;
        return;
    }
    let focused = ctx.memory(|memory| memory.focused());
    if std::mem::take(&mut app.view.was_covered)
        && focused.is_none()
        && app.view.focus.is_none()
        && let Some(before) = app.view.focus_before
    {
        ctx.memory_mut(|memory| memory.request_focus(before));
    } else {
        app.view.focus_before = focused;
    }
}

fn contents(app: &mut App, ui: &mut Ui, dialog: &mut Dialog) -> Option<Answer> {
    match dialog {
        Dialog::Unsaved(_) => messages::unsaved(app, ui),
        Dialog::Remove(id) => messages::remove(app, ui, *id),
        Dialog::Renumber(id) => messages::renumber(app, ui, *id),
        Dialog::Export(form) => export::show(app, ui, form),
        Dialog::Clashes => clashes::show(app, ui),
        Dialog::Recovery => recovery::show(app, ui),
        Dialog::ChangedOnDisk(path) => messages::changed_on_disk(ui, path),
        Dialog::Replace(_, path) => messages::replace(ui, path),
        Dialog::Failure(message) => messages::failure(ui, message),
        Dialog::NotSaved(message) => messages::not_saved(ui, message),
        Dialog::AboutProgram => messages::about_program(ui),
        Dialog::Path { request, text } => typed_path::show(app, ui, request, text),
        Dialog::Import(form) => import::show(app, ui, form),
        Dialog::Questions => collect::questions(app, ui),
        Dialog::Collected => collect::outcomes(app, ui),
        Dialog::HandOut(form) => collect::hand_out(ui, form),
        Dialog::Assign(form) => collect::assign(app, ui, form),
        Dialog::SendBack(form) => collect::send_back(ui, form),
        Dialog::Fix(fixing) => checks::fix(app, ui, fixing),
        Dialog::Ignore { finding, reason } => checks::ignore(app, ui, finding, reason),
        Dialog::Words(text) => checks::wanted_words(ui, text),
        Dialog::Measures(form) => measures::show(ui, form),
        Dialog::PlanInfo(form) => plan_info::show(ui, form),
        Dialog::RepostSource { id, query } => choose_repost::show(app, ui, *id, query),
    }
}

fn title(ui: &mut Ui, text: &str) {
    let text = RichText::new(text)
        .size(theme::SUBHEADING)
        .family(theme::bold());
    ui.label(text);
    ui.add_space(space::XS);
}

/// A row of buttons at the right; the first is what most people want and has the focus.
fn buttons(ui: &mut Ui, choices: &[(&str, Answer)]) -> Option<Answer> {
    let mut answer = None;
    ui.add_space(space::S);
    // Laid out from the left, so that Tab goes from the first to the last.
    ui.horizontal(|ui| {
        let width = 104.0;
        let all = choices.len() as f32 * (width + space::S) - space::S;
        ui.add_space((ui.available_width() - all).max(0.0));
        for (n, (name, value)) in choices.iter().enumerate() {
            // A lone cancel is not what anybody came for.
            let button = if n == 0 && *value != Answer::Cancel {
                primary(ui, name)
            } else {
                Button::new(*name)
            };
            let response = ui.add(button.min_size(egui::vec2(width, 32.0)));
            if n == 0 && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            if response.clicked() {
                answer = Some(value.clone());
            }
        }
    });
    answer
}

/// Puts the cursor in this field when its dialog has just opened.
fn focus_when_opened(ui: &Ui, field: &egui::Response) {
    let frame = ui.ctx().cumulative_frame_nr();
    let drawn = field.id.with("drawn");
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or(drawn, 0_u64), frame));
    if before + 1 < frame {
        field.request_focus();
    }
}

fn primary<'a>(ui: &Ui, name: &'a str) -> Button<'a> {
    let palette = theme::palette(ui);
    Button::new(RichText::new(name).color(palette.on_accent)).fill(palette.accent)
}

/// Whether Enter was pressed to answer, not to end an IME's composition.
fn enter_pressed(app: &App, ui: &Ui) -> bool {
    !app.view.composing && !app.view.ime_event && ui.input(|input| input.key_pressed(Key::Enter))
}
