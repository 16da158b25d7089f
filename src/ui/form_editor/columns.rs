//! The columns of the printed table: heading, width, and which fields stand in it.

use egui::{DragValue, RichText, Ui};

use crate::{
    form::{Column, Key, Level, Slot, shift},
    ui::theme::{self, space},
};

use super::{Editing, parts};

pub fn show(editing: &mut Editing<'_>, ui: &mut Ui, level: Key) {
    ui.label(
        RichText::new("印刷する列")
            .size(theme::SUBHEADING)
            .family(theme::bold()),
    );
    let columns = &editing.form.level(level).columns;
    if columns.is_empty() {
        let text = "列がないので、見出しとして印刷されます";
        ui.label(RichText::new(text).color(theme::palette(ui).weak));
    }
    for (at, column) in columns.iter().enumerate() {
        line(editing, ui, level, (at, columns.len()), column);
    }
    if ui.button("列を追加").clicked() {
        editing.change(|form| {
            if let Some(level) = form.level_mut(level) {
                let (heading, first) = if level.columns.is_empty() {
                    (level.name.clone(), vec![Slot::TITLE.field])
                } else {
                    ("新しい列".to_owned(), Vec::new())
                };
                level.add_column(&heading, first);
            }
        });
    }
    ui.add_space(space::M);
}

fn line(
    editing: &mut Editing<'_>,
    ui: &mut Ui,
    level: Key,
    (at, count): (usize, usize),
    column: &Column,
) {
    let set = |editing: &mut Editing<'_>, change: &dyn Fn(&mut Column)| {
        editing.change(|form| {
            let column = form.level_mut(level).and_then(|it| it.columns.get_mut(at));
            if let Some(column) = column {
                change(column);
            }
        });
    };
    ui.horizontal(|ui| {
        let text = parts::text(ui, ("column", level, at), &column.heading, 220.0);
        let label = format!("列の見出し：{}", column.heading);
        ui.ctx()
            .accesskit_node_builder(text.response.id, |node| node.set_label(label));
        if let Some(heading) = text.changed {
            set(editing, &|column| column.heading.clone_from(&heading));
        }
        let mut share = column.share;
        let label = ui.label("幅");
        let drag = ui.add(DragValue::new(&mut share).range(1..=1000));
        let drag = drag.labelled_by(label.id);
        if drag.changed() {
            // Each digit that is typed is a part of one step.
            parts::typing(ui, drag.id);
            set(editing, &|column| column.share = share);
        }
        let reviews = &editing.form.reviews;
        if reviews.len() > 1 {
            let mut all: Vec<(Option<Key>, &str)> = vec![(None, "開いている振り返り")];
            all.extend(reviews.iter().map(|it| (Some(it.key), it.name.as_str())));
            let name = format!("列「{}」の振り返り", column.heading);
            let salt = ("column_review", level, at);
            if let Some(review) = parts::choose(ui, &name, salt, column.review, &all) {
                set(editing, &|column| column.review = review);
            }
        }
        match parts::line_buttons(ui, &format!("列「{}」", column.heading), at, count) {
            Some(parts::Wanted::Move(by)) => editing.change(|form| {
                if let Some(level) = form.level_mut(level) {
                    shift(&mut level.columns, at, by);
                }
            }),
            Some(parts::Wanted::Remove) => editing.change(|form| {
                if let Some(level) = form.level_mut(level)
                    && at < level.columns.len()
                {
                    level.columns.remove(at);
                }
            }),
            None => {}
        }
    });
    ui.indent(("column_fields", level, at), |ui| {
        ui.horizontal_wrapped(|ui| {
            let fields = editing.form.level(level).fields.iter();
            let of_form = fields.map(|field| (field.key, field.short().to_owned()));
            let of_all = [(Slot::TITLE.field, "名称"), (Slot::OWNER.field, "担当")];
            let of_all = of_all.map(|(key, name)| (key, name.to_owned()));
            for (key, name) in of_all.into_iter().chain(of_form) {
                let mut is_in = column.fields.contains(&key);
                if ui.checkbox(&mut is_in, name).changed() {
                    editing.change(|form| {
                        if let Some(level) = form.level_mut(level) {
                            place(level, at, key, is_in);
                        }
                    });
                }
            }
        });
    });
}

/// Puts a field in a column, out of the one in which it stands, or takes it out. A column that has
/// nothing left goes with it.
fn place(level: &mut Level, at: usize, key: Key, is_in: bool) {
    let review = level.columns.get(at).and_then(|column| column.review);
    for (other, column) in level.columns.iter_mut().enumerate() {
        if other == at || (is_in && column.review == review) {
            column.fields.retain(|it| *it != key);
        }
        if other == at && is_in {
            column.fields.push(key);
        }
    }
    level.columns.retain(|column| !column.fields.is_empty());
}
