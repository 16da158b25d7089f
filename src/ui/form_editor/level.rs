//! A level itself: what it is called, where it may stand, how it is numbered.

use egui::{RichText, Ui};

use crate::{
    form::{Key, Level, Numbering, Width},
    ui::theme::{self, space},
};

use super::{Editing, levels, parts};

/// The ways of numbering that are offered, each with an example. Any other stands in the form's file.
const PATTERNS: [(&str, &str); 6] = [
    ("", "なし"),
    ("{n}", "1"),
    ("{above}-{n}", "1-1"),
    ("{above}-({n})", "1-(1)"),
    ("({n})", "(1)"),
    ("{n})", "1)"),
];

pub fn show(editing: &mut Editing<'_>, ui: &mut Ui, key: Key) {
    let level = editing.form.level(key);
    let title = RichText::new(levels::name(editing.form, level))
        .size(theme::HEADING)
        .family(theme::bold());
    ui.label(title);
    ui.horizontal(|ui| {
        let name = parts::named(ui, "名前", ("level_name", key), &level.name, 200.0);
        if let Some(name) = name {
            set(editing, key, |level| level.name = name);
        }
        let short = parts::named(ui, "短い名前", ("level_short", key), &level.short, 100.0);
        if let Some(short) = short {
            set(editing, key, |level| level.short = short);
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.label("置く場所");
        let mut at_top = level.at_top;
        if ui.checkbox(&mut at_top, "いちばん上").changed() {
            set(editing, key, |level| level.at_top = at_top);
        }
        for other in editing.form.levels.iter().filter(|other| other.key != key) {
            let mut is_under = level.under.contains(&other.key);
            let name = format!("{}の中", levels::name(editing.form, other));
            if ui.checkbox(&mut is_under, name).changed() {
                let above = other.key;
                set(editing, key, |level| {
                    level.under.retain(|it| *it != above);
                    level.under.extend(is_under.then_some(above));
                });
            }
        }
    });
    numbers(editing, ui, key);
    reposts(editing, ui, key);
    ui.add_space(space::S);
}

/// Changes one level.
fn set(editing: &mut Editing<'_>, key: Key, change: impl FnOnce(&mut Level)) {
    editing.change(|form| {
        if let Some(level) = form.level_mut(key) {
            change(level);
        }
    });
}

/// What stands for one that repeats another, where that may be.
fn reposts(editing: &mut Editing<'_>, ui: &mut Ui, key: Key) {
    let level = editing.form.level(key);
    if !level.is_row() {
        return;
    }
    ui.horizontal(|ui| {
        let mut can_repeat = level.can_repeat();
        if ui.checkbox(&mut can_repeat, "再掲にできる").changed() {
            let repost = if can_repeat { USUAL_REPOST } else { "" };
            set(editing, key, |level| level.repost = repost.to_owned());
        }
        if level.can_repeat() {
            let text = parts::named(ui, "再掲の言葉", ("repost", key), &level.repost, 240.0);
            if let Some(repost) = text.filter(|text| !text.trim().is_empty()) {
                set(editing, key, |level| level.repost = repost);
            }
        }
    });
}

const USUAL_REPOST: &str = "{name}{number}の再掲";

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
            set(editing, key, |level| level.number.pattern = pattern);
        }
        let widths = [(Width::Full, "全角"), (Width::Half, "半角")];
        if let Some(width) = parts::choose(ui, "番号の幅", ("width", key), *width, &widths) {
            set(editing, key, |level| level.number.width = width);
        }
    });
}
