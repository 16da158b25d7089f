//! A level itself: what it is called, where it may stand, how it is numbered.

use egui::{RichText, Ui};

use crate::{
    form::{Key, Numbering, Width},
    ui::theme::{self, space},
};

use super::{Editing, FormEditorState, parts};

/// The ways of numbering that are offered, each with an example. Any other stands in the form's file.
const PATTERNS: [(&str, &str); 6] = [
    ("", "なし"),
    ("{n}", "1"),
    ("{above}-{n}", "1-1"),
    ("{above}-({n})", "1-(1)"),
    ("({n})", "(1)"),
    ("{n})", "1)"),
];

pub fn show(editing: &mut Editing<'_>, _state: &mut FormEditorState, ui: &mut Ui, key: Key) {
    let level = editing.form.level(key);
    let title = RichText::new(&level.name)
        .size(theme::HEADING)
        .family(theme::bold());
    ui.label(title);
    let name = parts::named(ui, "名前", ("level_name", key), &level.name, 240.0);
    if let Some(name) = name {
        editing.change(|form| {
            if let Some(level) = form.level_mut(key) {
                level.name = name;
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        ui.label("置く場所");
        let mut at_top = level.at_top;
        if ui.checkbox(&mut at_top, "いちばん上").changed() {
            editing.change(|form| {
                if let Some(level) = form.level_mut(key) {
                    level.at_top = at_top;
                }
            });
        }
        for other in editing.form.levels.iter().filter(|other| other.key != key) {
            let mut is_under = level.under.contains(&other.key);
            let name = format!("{}の中", other.name);
            if ui.checkbox(&mut is_under, name).changed() {
                let above = other.key;
                editing.change(|form| {
                    if let Some(level) = form.level_mut(key) {
                        level.under.retain(|it| *it != above);
                        level.under.extend(is_under.then_some(above));
                    }
                });
            }
        }
    });
    numbers(editing, ui, key);
    ui.add_space(space::S);
}

fn numbers(editing: &mut Editing<'_>, ui: &mut Ui, key: Key) {
    let Numbering { pattern, width } = &editing.form.level(key).number;
    ui.horizontal(|ui| {
        ui.label("番号");
        let mut all: Vec<(&str, &str)> = PATTERNS.to_vec();
        if !all.iter().any(|(it, _)| it == pattern) {
            all.push((pattern, pattern));
        }
        let chosen = parts::choose(ui, "番号", ("pattern", key), pattern.as_str(), &all);
        if let Some(pattern) = chosen {
            let pattern = pattern.to_owned();
            editing.change(|form| {
                if let Some(level) = form.level_mut(key) {
                    level.number.pattern = pattern;
                }
            });
        }
        let widths = [(Width::Full, "全角"), (Width::Half, "半角")];
        if let Some(width) = parts::choose(ui, "番号の幅", ("width", key), *width, &widths) {
            editing.change(|form| {
                if let Some(level) = form.level_mut(key) {
                    level.number.width = width;
                }
            });
        }
    });
}
