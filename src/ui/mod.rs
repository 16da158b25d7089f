//! What is on the screen: reads the app, returns actions. No view changes the plan.
//!
//! `theme` alone has colours and sizes, `words` the sentences that are shared; each room of the
//! window has a module of its own.

mod banner;
mod changes;
mod checks;
mod command_palette;
pub mod copy;
mod dialogs;
mod editor;
mod filter;
mod form;
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
pub mod words;

pub use view::{Focus, Tab, View};

use view::FieldUndo;

use egui::{CentralPanel, Frame, Key, Margin, Panel, Popup, Ui};

use crate::app::{App, action::Action, command::Command};

use theme::{size, space};

/// Draws the whole window.
pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    if app.view.presenting {
        return presentation(app, ui, actions);
    }
    app.view.zoom = ui.ctx().zoom_factor();
    // The field that is drawn with the focus says what it can undo; where none is, nothing can.
    app.view.field_undo = FieldUndo::default();
    if app.preview.is_some() {
        preview::show(app, ui, actions);
        dialogs::show(app, ui.ctx(), actions);
        return end_frame(app);
    }
    // Asked before the widgets take their Escape: leaving a field or a menu is not clearing.
    let is_free = app.dialog.is_none()
        && app.view.palette.is_none()
        && !app.view.composing
        && !app.view.ime_event
        && !Popup::is_any_open(ui.ctx())
        && !ui.ctx().text_edit_focused();
    let bar = Frame::new()
        .fill(palette.panel)
        .inner_margin(Margin::symmetric(space::M as i8, 0));
    Panel::top("top_bar")
        .exact_size(size::TOP_BAR)
        .frame(bar)
        .show(ui, |ui| top_bar::show(app, ui, actions));
    Panel::bottom("status_line")
        .exact_size(size::STATUS_LINE)
        .frame(bar)
        .show(ui, |ui| status_line::show(app, ui, actions));
    Panel::left("tree")
        .resizable(true)
        .default_size(size::TREE_WIDTH)
        .min_size(size::TREE_MIN)
        .max_size((ui.available_width() - size::TREE_WIDTH).max(size::TREE_MIN))
        .frame(Frame::new().fill(palette.panel))
        .show(ui, |ui| tree::show(app, ui, actions));
    CentralPanel::default()
        .frame(Frame::new().fill(palette.ground))
        .show(ui, |ui| work_area(app, ui, actions));
    command_palette::show(app, ui.ctx(), actions);
    dialogs::show(app, ui.ctx(), actions);
    if is_free && escape_pressed(ui) {
        actions.push(Action::Run(Command::ClearFilter));
    }
    end_frame(app);
}

/// What was wished for in this frame must not come true in a later one.
fn end_frame(app: &mut App) {
    app.view.forget_local_undo = false;
    app.view.focus = None;
    app.view.scroll_to_mark = false;
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
fn presentation(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let is_typing = app.dialog.is_some() || ui.ctx().text_edit_focused();
    app.view.scroll_by = if is_typing { 0.0 } else { scroll_keys(ui) };
    CentralPanel::default()
        .frame(Frame::new().fill(palette.ground))
        .show(ui, |ui| match app.view.tab {
            Tab::Overview => overview::show(app, ui, actions),
            _ => form::show(app, ui, actions),
        });
    if !is_typing {
        if escape_pressed(ui) {
            actions.push(Action::Run(Command::Present));
        }
        for (key, by) in [(Key::ArrowRight, 1), (Key::ArrowLeft, -1)] {
            if ui.input(|input| input.key_pressed(key)) {
                actions.push(Action::TurnPage(by));
            }
        }
    }
    dialogs::show(app, ui.ctx(), actions);
    end_frame(app);
}

fn work_area(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    banner::show(app, ui, actions);
    tabs::show(app, ui, actions);
    match app.view.tab {
        Tab::Overview => overview::show(app, ui, actions),
        Tab::Editor => editor::show(app, ui, actions),
        Tab::Form => form::show(app, ui, actions),
        Tab::Checks => checks::show(app, ui, actions),
        Tab::Changes => changes::show(app, ui, actions),
        Tab::Sections => sections::show(app, ui, actions),
    }
}
