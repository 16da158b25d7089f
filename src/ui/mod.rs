//! What is on the screen. A view reads the session, keeps what only the window cares about in the
//! [`View`], and returns [`Wish`]es; none can change the plan, because none is given the means to.
//!
//! `window` is the window's life, `native` the same inside eframe, `command` the table of commands.
//! `theme` alone has colours and sizes; each room of the window has a module of its own.

mod banner;
mod changes;
mod checks;
pub mod command;
mod command_palette;
pub mod copy;
mod dialogs;
mod editor;
mod filter;
mod form;
mod form_editor;
mod memo;
pub mod native;
mod overview;
mod preview;
mod sections;
mod status_line;
mod tabs;
pub mod theme;
mod top_bar;
mod tree;
pub mod view;
mod widgets;
pub mod window;
mod wish;

pub use view::{Focus, Tab, View};
pub use window::Window;
pub use wish::Wish;

use view::FieldUndo;

use egui::{CentralPanel, Frame, Key, Margin, Panel, Popup, Ui, text_edit::TextEditState};

use crate::session::Session;

use command::Command;

use theme::{size, space};

/// Draws the whole window.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    if view.presenting {
        return presentation(session, view, ui, wishes);
    }
    view.zoom = ui.ctx().zoom_factor();
    // The field that is drawn with the focus says what it can undo; where none is, nothing can.
    view.field_undo = FieldUndo::default();
    if session.pages().is_some() {
        preview::show(session, view, ui, wishes);
        dialogs::show(session, view, ui.ctx(), wishes);
        return end_frame(view);
    }
    if view.form_editor.is_some() {
        form_editor::show(session, view, ui, wishes);
        command_palette::show(session, view, ui.ctx(), wishes);
        dialogs::show(session, view, ui.ctx(), wishes);
        return end_frame(view);
    }
    // Asked before the widgets take their Escape: leaving a field or a menu is not clearing.
    let is_free = view.has_keys_to_spare(session)
        && !view.ime_event
        && !Popup::is_any_open(ui.ctx())
        && !was_written(view, ui);
    let bar = Frame::new()
        .fill(palette.panel)
        .inner_margin(Margin::symmetric(space::M as i8, 0));
    Panel::top("top_bar")
        .exact_size(size::TOP_BAR)
        .frame(bar)
        .show(ui, |ui| top_bar::show(session, view, ui, wishes));
    Panel::bottom("status_line")
        .exact_size(size::STATUS_LINE)
        .frame(bar)
        .show(ui, |ui| status_line::show(session, ui, wishes));
    banner::show(session, view, ui, wishes);
    Panel::left("tree")
        .resizable(true)
        .default_size(size::TREE_WIDTH)
        .min_size(size::TREE_MIN)
        .max_size((ui.available_width() - size::TREE_WIDTH).max(size::TREE_MIN))
        .frame(Frame::new().fill(palette.panel))
        .show(ui, |ui| tree::show(session, view, ui, wishes));
    CentralPanel::default()
        .frame(Frame::new().fill(palette.ground))
        .show(ui, |ui| work_area(session, view, ui, wishes));
    command_palette::show(session, view, ui.ctx(), wishes);
    dialogs::show(session, view, ui.ctx(), wishes);
    if is_free && escape_pressed(ui) {
        wishes.push(Wish::Run(Command::ClearFilter));
    }
    end_frame(view);
}

/// What was wished for in this frame must not come true in a later one.
fn end_frame(view: &mut View) {
    view.forget_local_undo = false;
    view.explaining.take_if(|it| it.is_new());
    view.focus = None;
    view.scroll_to_mark = false;
}

/// Whether the cursor was in a text in the frame before: the Escape of this one has taken it away
/// already.
fn was_written(view: &View, ui: &Ui) -> bool {
    let is_text = |id| TextEditState::load(ui.ctx(), id).is_some();
    view.focus_before.is_some_and(is_text)
}

fn escape_pressed(ui: &Ui) -> bool {
    ui.input(|input| input.key_pressed(egui::Key::Escape))
}

/// How far the keys of this frame scroll, in points.
fn scroll_keys(ui: &Ui) -> f32 {
    let page = ui.available_height() * 0.85;
    let keys = [
        (Key::ArrowDown, size::TREE_ROW * 2.0),
        (Key::ArrowUp, -size::TREE_ROW * 2.0),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::Space, page),
    ];
    let pressed = |(key, by)| ui.input(|input| input.key_pressed(key)).then_some(by);
    keys.into_iter().filter_map(pressed).sum()
}

/// The work area alone, for a room of people: right and left turn the page, up and down scroll,
/// Escape ends it.
fn presentation(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let is_typing = session.prompt().is_some() || ui.ctx().text_edit_focused();
    view.scroll_by = if is_typing { 0.0 } else { scroll_keys(ui) };
    CentralPanel::default()
        .frame(Frame::new().fill(palette.ground))
        .show(ui, |ui| match view.tab {
            Tab::Overview => overview::show(session, view, ui, wishes),
            _ => form::show(session, view, ui, wishes),
        });
    if !is_typing {
        if escape_pressed(ui) {
            wishes.push(Wish::Run(Command::Present));
        }
        for (key, by) in [(Key::ArrowRight, 1), (Key::ArrowLeft, -1)] {
            if ui.input(|input| input.key_pressed(key)) {
                wishes.push(Wish::TurnPage(by));
            }
        }
    }
    dialogs::show(session, view, ui.ctx(), wishes);
    end_frame(view);
}

fn work_area(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    tabs::show(session, view, ui, wishes);
    match view.tab {
        Tab::Overview => overview::show(session, view, ui, wishes),
        Tab::Editor => editor::show(session, view, ui, wishes),
        Tab::Form => form::show(session, view, ui, wishes),
        Tab::Checks => checks::show(session, view, ui, wishes),
        Tab::Changes => changes::show(session, view, ui, wishes),
        Tab::Sections => sections::show(session, view, ui, wishes),
    }
}
