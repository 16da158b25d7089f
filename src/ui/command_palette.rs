//! Finding a command by name: type a few characters, choose with the arrows, Enter does it.

use egui::{Button, Context, Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use crate::{
    session::Session,
    ui::{View, Wish, command::Command},
};

use super::{
    dialogs,
    theme::{self, size, space},
    widgets::command_button,
};

/// What was typed, and which of the commands found is chosen.
#[derive(Debug, Default)]
pub struct PaletteState {
    query: String,
    chosen: usize,
}

/// The height of the list, however many commands are found.
const LIST: f32 = 360.0;

/// Draws the palette while it is open.
pub fn show(session: &Session, view: &mut View, ctx: &Context, wishes: &mut Vec<Wish>) {
    let Some(mut state) = view.palette.take() else {
        return;
    };
    let modal = dialogs::modal(Id::unique("command_palette"))
        .frame(theme::dialog_frame(ctx))
        .show(ctx, |ui| {
            ui.set_width(size::DIALOG);
            contents(session, view, ui, &mut state)
        });
    match modal.inner {
        Some(command) => wishes.push(Wish::Run(command)),
        None if modal.should_close() => {}
        None => view.palette = Some(state),
    }
}

fn contents(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    state: &mut PaletteState,
) -> Option<Command> {
    // Taken before the field sees them: they move the choice, not the cursor.
    let (down, up, enter) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowDown),
            input.consume_key(Modifiers::NONE, Key::ArrowUp),
            !view.composing && !view.ime_event && input.key_pressed(Key::Enter),
        )
    });
    let field = TextEdit::singleline(&mut state.query)
        .id(Id::unique("command_query"))
        .hint_text("操作の名前（例：保存、移動、CSV）")
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label("操作の名前"));
    if response.changed() {
        state.chosen = 0;
    }
    response.request_focus();
    let found = matching(session, view, &state.query);
    let last = found.len().saturating_sub(1);
    if down {
        state.chosen += 1;
    }
    if up {
        state.chosen = state.chosen.saturating_sub(1);
    }
    state.chosen = state.chosen.min(last);
    let mut run = None;
    ui.add_space(space::XS);
    let list = ScrollArea::vertical().max_height(LIST).auto_shrink(false);
    list.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (n, &command) in found.iter().enumerate() {
            let is_chosen = n == state.chosen;
            let mut button = Button::selectable(is_chosen, command_button::label(session, command))
                .min_size(egui::vec2(ui.available_width(), size::CONTROL));
            if let Some(keys) = command.keys() {
                button = button.right_text(RichText::new(keys).color(theme::palette(ui).weak));
            }
            let response = ui
                .add_enabled(command.is_enabled(session, view), button)
                .on_hover_text(command.tooltip(session.document().plan().form()));
            if is_chosen && (down || up) {
                response.scroll_to_me(None);
            }
            if response.clicked() || (is_chosen && enter && response.enabled()) {
                run = Some(command);
            }
        }
        if found.is_empty() {
            ui.label(RichText::new("その名前の操作はありません").color(theme::palette(ui).weak));
        }
    });
    run
}

/// Commands whose name or explanation has every word that was typed; what cannot be done now comes
/// last.
fn matching(session: &Session, view: &View, query: &str) -> Vec<Command> {
    let form = session.document().plan().form();
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let fits = |command: &&Command| {
        let text = format!("{}{}", command.name(form), command.tooltip(form)).to_lowercase();
        **command != Command::Palette
            && command.is_offered(session)
            && words.iter().all(|word| text.contains(word))
    };
    let mut found: Vec<Command> = Command::ALL.iter().filter(fits).copied().collect();
    found.sort_by_key(|command| !command.is_enabled(session, view));
    found
}
