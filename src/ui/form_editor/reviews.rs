//! The reviews of a form: when in the year it is looked back.

use egui::{RichText, Ui};

use crate::{
    form::shift,
    ui::theme::{self, space},
};

use super::{Editing, parts};

pub fn show(editing: &mut Editing<'_>, ui: &mut Ui) {
    ui.label(
        RichText::new("計画全体")
            .size(theme::HEADING)
            .family(theme::bold()),
    );
    ui.label(
        RichText::new("振り返り")
            .size(theme::SUBHEADING)
            .family(theme::bold()),
    );
    let reviews = &editing.form.reviews;
    for (at, review) in reviews.iter().enumerate() {
        let key = review.key;
        ui.horizontal(|ui| {
            let text = parts::text(ui, ("review", key), &review.name, 220.0);
            let label = format!("振り返りの名前：{}", review.name);
            ui.ctx()
                .accesskit_node_builder(text.response.id, |node| node.set_label(label));
            if let Some(name) = text.changed {
                editing.change(|form| {
                    let review = form.reviews.iter_mut().find(|review| review.key == key);
                    if let Some(review) = review {
                        review.name = name;
                    }
                });
            }
            match parts::line_buttons(ui, &review.name, at, reviews.len()) {
                Some(parts::Wanted::Move(by)) => {
                    editing.change(|form| shift(&mut form.reviews, at, by));
                }
                Some(parts::Wanted::Remove) => {
                    editing.change(|form| form.reviews.retain(|review| review.key != key));
                }
                None => {}
            }
        });
    }
    if ui.button("振り返りを追加").clicked() {
        editing.change(|form| {
            form.add_review("新しい振り返り");
        });
    }
    ui.add_space(space::M);
}
