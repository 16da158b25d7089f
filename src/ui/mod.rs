//! What is on the screen: reads the app, returns actions. No view changes the plan.
//!
//! `theme` alone has colours and sizes, `words` the sentences that are shared; each room of the
//! window has a module of its own.

mod command_palette;
mod dialogs;
mod editor;
mod status_line;
pub mod theme;
mod top_bar;
mod tree;
mod view;
mod widgets;
pub mod words;

pub use view::{Focus, View};

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use crate::app::{App, action::Action};

use theme::{size, space};

/// Draws the whole window.
pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    app.view.zoom = ui.ctx().zoom_factor();
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
        .show(ui, |ui| editor::show(app, ui, actions));
    command_palette::show(app, ui.ctx(), actions);
    dialogs::show(app, ui.ctx(), actions);
    app.view.forget_local_undo = false;
    // A wish for focus that nothing could fulfil must not come true later.
    app.view.focus = None;
    app.view.scroll_to_mark = false;
}
