//! Choosing the node that a repost repeats.

use egui::{Button, ScrollArea, TextEdit, Ui};

use crate::{
    form::half_width,
    plan::Id,
    session::{Answer, Session},
    ui::{View, theme::size},
};

use super::{buttons, enter_pressed, title};

pub fn show(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    id: Id,
    query: &mut String,
) -> Option<Answer> {
    title(ui, "再掲元を選ぶ");
    let plan = session.document().plan();
    let has_contents = plan.node(id).is_some_and(|node| !node.values.is_empty());
    if has_contents {
        ui.label("今書かれている内容は残りますが、再掲のあいだは表示も印刷もされません。");
    }
    let label = ui.label("番号か名称の一部");
    let response = ui
        .add(TextEdit::singleline(query).desired_width(f32::INFINITY))
        .labelled_by(label.id);
    let is_done = response.lost_focus() && enter_pressed(view, ui);
    if !is_done && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let wanted = half_width(query.trim());
    let candidates: Vec<_> = plan
        .nodes()
        // What repeats this one, or repeats at all, cannot be a source.
        .filter(|entry| entry.node.id != id && !entry.node.is_repost())
        .filter(|entry| plan.level(entry.node).can_repeat())
        .filter(|entry| {
            entry.number().half_width(plan.form()).starts_with(&wanted)
                || half_width(&entry.node.title).contains(&wanted)
        })
        .collect();
    let first = candidates.first().filter(|_| is_done);
    let mut answer = first.map(|entry| Answer::RepostSource(entry.node.id));
    ScrollArea::vertical()
        .max_height(280.0)
        .auto_shrink([false, true])
        .show_rows(ui, size::CONTROL, candidates.len(), |ui, range| {
            for entry in candidates.get(range).unwrap_or_default() {
                let text = entry.number().short_heading(plan.form(), &entry.node.title);
                let button = Button::selectable(false, text)
                    .truncate()
                    .min_size(egui::vec2(ui.available_width(), size::CONTROL));
                if ui.add(button).clicked() {
                    answer = Some(Answer::RepostSource(entry.node.id));
                }
            }
        });
    answer.or_else(|| buttons(ui, &[("キャンセル", Answer::Cancel)]))
}
