//! The bar at the top: menus at the left, what is done every day at the right.

use egui::{Align, Button, Layout, MenuBar, RichText, Ui};

use crate::session::{Action, Session, words};

use super::{
    View, Wish,
    command::{self, Command, MENUS, TOOLBAR},
    theme::{self, space},
    widgets::command_button,
};

/// Draws the bar.
pub fn show(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    ui.horizontal_centered(|ui| {
        // A menu bar takes all the width it is given; the rest is the toolbar's.
        let menus: f32 = MENUS
            .iter()
            .map(|menu| command_button::text_button_width(ui, menu.name))
            .sum();
        let place = egui::vec2(menus, ui.available_height());
        ui.allocate_ui_with_layout(place, Layout::left_to_right(Align::Center), |ui| {
            MenuBar::new().ui(ui, |ui| {
                for menu in MENUS {
                    ui.menu_button(menu.name, |ui| entries(session, view, ui, menu, wishes));
                }
            });
        });
        ui.spacing_mut().item_spacing.x = space::XS;
        // Laid out from the left, so that Tab goes from the first to the last.
        let wide: f32 = TOOLBAR
            .iter()
            .map(|command| command_button::tool_width(session, ui, *command) + space::XS)
            .sum();
        ui.add_space((ui.available_width() - wide).max(0.0));
        for &command in TOOLBAR {
            command_button::tool(session, view, ui, command, wishes);
        }
    });
}

fn entries(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    menu: &command::Menu,
    wishes: &mut Vec<Wish>,
) {
    ui.set_min_width(300.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    let after = |ui: &mut Ui, group: &[Command], wishes: &mut Vec<Wish>| {
        if group.contains(&Command::Open) {
            recent(session, ui, wishes);
        }
    };
    command_button::menu(session, view, ui, menu.groups, wishes, after);
}

/// Files opened or saved lately, right below 「開く…」.
fn recent(session: &Session, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    if session.recent().is_empty() {
        return;
    }
    ui.separator();
    ui.label(
        RichText::new("最近使ったファイル")
            .size(theme::SMALL)
            .color(theme::palette(ui).weak),
    );
    for path in session.recent() {
        let button = Button::new(words::file_name(path)).truncate();
        let response = ui.add(button).on_hover_text(path.display().to_string());
        if response.clicked() {
            wishes.push(Action::OpenPath(path.clone()).into());
            ui.close();
        }
    }
}
