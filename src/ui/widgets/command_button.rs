//! Commands of the table as buttons and menu entries.

use egui::{Button, Response, RichText, ScrollArea, Ui};

use crate::{
    session::Session,
    ui::theme::{self, size, space},
    ui::{View, Wish, command::Command},
};

/// Groups of commands with a line between them, without those that mean nothing for the plan's form.
pub fn menu(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    groups: &[&[Command]],
    wishes: &mut Vec<Wish>,
    after: impl Fn(&mut Ui, &[Command], &mut Vec<Wish>),
) {
    let offered = |group: &&&[Command]| group.iter().any(|command| command.is_offered(session));
    let mut entries = |ui: &mut Ui| {
        for (n, group) in groups.iter().filter(offered).enumerate() {
            if n > 0 {
                ui.separator();
            }
            for &command in group.iter().filter(|command| command.is_offered(session)) {
                menu_entry(session, view, ui, command, wishes);
            }
            after(ui, group, wishes);
        }
    };
    // On a low screen it scrolls rather than lie over the bar from which it hangs.
    let below = ui.ctx().content_rect().height() - size::TOP_BAR - space::XL;
    let commands = groups.iter().flat_map(|group| group.iter());
    let count = commands
        .filter(|command| command.is_offered(session))
        .count()
        + groups.len();
    let needed = count as f32 * (ui.spacing().interact_size.y + ui.spacing().item_spacing.y);
    if needed <= below {
        return entries(ui);
    }
    let area = ScrollArea::vertical().max_height(below.max(MENU_LEAST));
    area.min_scrolled_height(below.max(MENU_LEAST))
        .show(ui, entries);
}

/// The height of a menu at least.
const MENU_LEAST: f32 = 240.0;

/// An entry of a menu: name, keys at the right, explanation when hovered.
fn menu_entry(
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
    if explained(session, response, command).clicked() {
        wishes.push(Wish::Run(command));
        ui.close();
    }
}

/// A button of the toolbar.
pub fn tool(session: &Session, view: &View, ui: &mut Ui, command: Command, wishes: &mut Vec<Wish>) {
    // Without a frame until it is pointed at: the plan is the loudest thing on the screen.
    let button = Button::new(&*command.short_name(session.form())).frame_when_inactive(false);
    let response = ui.add_enabled(command.is_enabled(session, view), button);
    if explained(session, response, command).clicked() {
        wishes.push(Wish::Run(command));
    }
}

/// How wide a button of the toolbar is.
pub fn tool_width(session: &Session, ui: &Ui, command: Command) -> f32 {
    text_button_width(ui, &command.short_name(session.form()))
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
        Some(step) => format!("{}：{}", command.name(session.form()), step.label),
        None => command.name(session.form()).into_owned(),
    }
}

fn explained(session: &Session, response: Response, command: Command) -> Response {
    let explanation = |ui: &mut Ui| {
        let tooltip = command.tooltip(session.form());
        ui.label(match command.keys() {
            Some(keys) => format!("{tooltip}（{keys}）"),
            None => tooltip.into_owned(),
        });
    };
    response
        .on_hover_ui(explanation)
        .on_disabled_hover_ui(explanation)
}
