//! Which level of the form is looked at.

use egui::{Button, RichText, Ui};

use crate::{
    form::{Form, Key, Level, MAX_DEPTH, shift},
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
        let indent = "　".repeat(depth(form, level));
        let text = format!("{indent}{}", name(form, level));
        entry(ui, state, Some(level.key), &text);
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
    let name = name(form, form.level(key));
    ui.horizontal(
        |ui| match parts::line_buttons(ui, &name, at, form.levels.len()) {
            Some(parts::Wanted::Move(by)) => editing.change(|form| shift(&mut form.levels, at, by)),
            Some(parts::Wanted::Remove) => editing.change(|form| form.remove_level(key)),
            None => {}
        },
    );
}

/// What a level is called where another one has the same name: by what stands for its number, or by
/// what it stands in.
pub fn name(form: &Form, level: &Level) -> String {
    let is_alone = form
        .levels
        .iter()
        .filter(|it| it.name == level.name)
        .count()
        < 2;
    if is_alone {
        return level.name.clone();
    }
    let pattern = &level.number.pattern;
    let distinct = match level.under.as_slice() {
        _ if !pattern.is_empty() && !level.number.has_own() => pattern.clone(),
        [only] => match form.level(*only) {
            above if above.number.has_own() => above.name.clone(),
            above => above.number.pattern.clone(),
        },
        _ => return level.name.clone(),
    };
    format!("{}（{distinct}）", level.name)
}

/// How many levels stand above a level at least.
fn depth(form: &Form, level: &Level) -> usize {
    let mut depth = 0;
    let mut at = level;
    while !at.at_top && depth < MAX_DEPTH {
        let Some(above) = at.under.last() else {
            break;
        };
        at = form.level(*above);
        depth += 1;
    }
    depth
}

fn entry(ui: &mut Ui, state: &mut FormEditorState, level: Option<Key>, name: &str) {
    let button = Button::selectable(state.level == level, name)
        .truncate()
        .min_size(egui::vec2(ui.available_width(), size::CONTROL));
    if ui.add(button).clicked() {
        state.level = level;
        state.field = None;
    }
}
