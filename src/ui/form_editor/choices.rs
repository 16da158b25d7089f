//! The answers of a choice, or the marks of a target's criteria.

use egui::Ui;

use crate::form::{Choice, Field, Grade, Key, shift};

use super::{Editing, parts};

const GRADES: [(Option<Grade>, &str); 4] = [
    (Some(Grade::Good), "良い"),
    (Some(Grade::Concern), "気がかり"),
    (Some(Grade::Bad), "悪い"),
    (None, "評価しない"),
];

pub fn show(
    editing: &mut Editing<'_>,
    level: Option<Key>,
    ui: &mut Ui,
    field: Key,
    choices: &[Choice],
) {
    for (at, choice) in choices.iter().enumerate() {
        ui.horizontal(|ui| {
            let key = choice.key;
            let set = |editing: &mut Editing<'_>, change: &dyn Fn(&mut Choice)| {
                editing.change(|form| {
                    let all = form
                        .field_mut(level, field)
                        .and_then(Field::choices_or_marks_mut);
                    let mut all = all.into_iter().flatten();
                    if let Some(choice) = all.find(|choice| choice.key == key) {
                        change(choice);
                    }
                });
            };
            let name = |ui: &Ui, id, what: &str| {
                let label = format!("{what}：{}", choice.words);
                ui.ctx()
                    .accesskit_node_builder(id, |node| node.set_label(label));
            };
            let words = parts::text(ui, ("words", field, key, at), &choice.words, 200.0);
            name(ui, words.response.id, "選択肢");
            if let Some(words) = words.changed {
                set(editing, &|choice| choice.words.clone_from(&words));
            }
            let short = parts::text(ui, ("choice_short", field, key), &choice.short, 90.0);
            name(ui, short.response.id, "選択肢の短い言葉");
            if let Some(short) = short.changed {
                set(editing, &|choice| choice.short.clone_from(&short));
            }
            let what = format!("{}の良し悪し", choice.words);
            let grade = parts::choose(ui, &what, ("grade", field, key), choice.grade, &GRADES);
            if let Some(grade) = grade {
                set(editing, &|choice| choice.grade = grade);
            }
            match parts::line_buttons(ui, &choice.words, at, choices.len()) {
                Some(parts::Wanted::Move(by)) => editing.change(|form| {
                    if let Some(all) = form
                        .field_mut(level, field)
                        .and_then(Field::choices_or_marks_mut)
                    {
                        shift(all, at, by);
                    }
                }),
                Some(parts::Wanted::Remove) => editing.change(|form| {
                    if let Some(all) = form
                        .field_mut(level, field)
                        .and_then(Field::choices_or_marks_mut)
                    {
                        all.retain(|choice| choice.key != key);
                    }
                }),
                None => {}
            }
        });
    }
    if ui.button("選択肢を追加").clicked() {
        editing.change(|form| {
            if let Some(key) = form.add_choice(level, field, "新しい選択肢") {
                parts::write_next(ui, ("words", field, key, choices.len()));
            }
        });
    }
}
