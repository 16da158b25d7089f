//! Commands of the table as buttons and menu entries.

use egui::{Button, Response, RichText, Ui};

use crate::{
    session::Session,
    ui::theme,
    ui::{View, Wish, command::Command},
};

/// An entry of a menu: name, keys at the right, explanation when hovered.
pub fn menu_entry(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    command: Command,
    wishes: &mut Vec<Wish>,
) {
    let mut button = match command.is_on(view) {
        Some(is_on) => Button::selectable(is_on, label(session, command)),
        None => Button::new(label(session, command)),
    };
    if let Some(keys) = command.keys() {
        button = button.right_text(RichText::new(keys).color(theme::palette(ui).weak));
    }
    let response = ui.add_enabled(command.is_enabled(session, view), button);
    if explained(response, command).clicked() {
        wishes.push(Wish::Run(command));
        ui.close();
    }
}

/// A button of the toolbar.
pub fn tool(session: &Session, view: &View, ui: &mut Ui, command: Command, wishes: &mut Vec<Wish>) {
    // Without a frame until it is pointed at: the plan is the loudest thing on the screen.
    let button = Button::new(command.short_name()).frame_when_inactive(false);
    let response = ui.add_enabled(command.is_enabled(session, view), button);
    if explained(response, command).clicked() {
        wishes.push(Wish::Run(command));
    }
}

/// How wide a button of the toolbar is.
pub fn tool_width(ui: &Ui, command: Command) -> f32 {
    text_button_width(ui, command.short_name())
}

/// How wide a button with this text is.
pub fn text_button_width(ui: &Ui, text: &str) -> f32 {
    let font = egui::FontId::proportional(theme::BODY);
    let ink = theme::palette(ui).text;
    let text = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    text.size().x + ui.spacing().button_padding.x * 2.0 + 2.0
}

/// A command's name; undoing and redoing say what.
pub fn label(session: &Session, command: Command) -> String {
    let history = session.document().history();
    let step = match command {
        Command::Undo => history.next_undo(),
        Command::Redo => history.next_redo(),
        _ => None,
    };
    match step {
        Some(step) => format!("{}：{}", command.name(), step.label),
        None => command.name().to_owned(),
    }
}

fn explained(response: Response, command: Command) -> Response {
    let explanation = || match command.keys() {
        Some(keys) => format!("{}（{keys}）", command.tooltip()),
        None => command.tooltip().to_owned(),
    };
    response
        .on_hover_text(explanation())
        .on_disabled_hover_text(explanation())
}
