//! Which level of the form is looked at.

use egui::{Button, RichText, Ui};

use crate::{
    form::shift,
    ui::theme::{self, size, space},
};

use super::{Editing, FormEditorState, parts};

pub fn show(editing: &mut Editing<'_>, state: &mut FormEditorState, ui: &mut Ui) {
    let form = editing.form;
    let still_there = state.level.is_none_or(|key| form.find_level(key).is_some());
    if !still_there {
        state.level = form.rows().next().map(|level| level.key);
    }
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.label(RichText::new("階層").color(theme::palette(ui).weak));
    entry(ui, state, None, "計画全体");
    for level in &form.levels {
        entry(ui, state, Some(level.key), &level.name);
    }
    ui.add_space(space::S);
    if ui.button("階層を追加").clicked() {
        editing.change(|form| state.level = Some(form.add_level("新しい階層")));
    }
    let Some(key) = state.level else {
        return;
    };
    let Some(at) = form.level_position(key) else {
        return;
    };
    let name = &form.level(key).name;
    ui.horizontal(|ui| match parts::line_buttons(ui, name, at, form.levels.len()) {
        Some(parts::Wanted::Move(by)) => editing.change(|form| shift(&mut form.levels, at, by)),
        Some(parts::Wanted::Remove) => editing.change(|form| form.remove_level(key)),
        None => {}
    });
}

fn entry(ui: &mut Ui, state: &mut FormEditorState, level: Option<crate::form::Key>, name: &str) {
    let button = Button::selectable(state.level == level, name)
        .min_size(egui::vec2(ui.available_width(), size::CONTROL));
    if ui.add(button).clicked() {
        state.level = level;
        state.field = None;
    }
}
