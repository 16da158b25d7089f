//! The choices in a cell of the form: as printed, and all of them beside it when it is opened.

use egui::{Popup, PopupCloseBehavior, RectAlign, Response, Ui};

use crate::{
    form::{Field, Key},
    plan::{Node, Standing},
    ui::{
        View, Wish,
        editor::{answer, caret, field},
        theme::space,
        widgets::{
            choice::{self, Offered},
            status_mark,
        },
    },
};

use super::grid::Cell;

const UNASSESSED: &str = "未評価";
const UNANSWERED: &str = "未記入";

/// What is chosen, as it is printed, or that nothing is.
pub fn text(node: &Node, fields: &[&Field], review: Key) -> String {
    let chosen = fields.iter().filter_map(|field| {
        let choice = field.choice(node.text(field.slot(review)))?;
        Some(choice.words.as_str())
    });
    let chosen: Vec<&str> = chosen.collect();
    match chosen.is_empty() {
        true => nothing(fields.iter().any(|field| field.is_axis())).to_owned(),
        false => format!("【{}】", chosen.join("、")),
    }
}

const fn nothing(is_axis: bool) -> &'static str {
    if is_axis { UNASSESSED } else { UNANSWERED }
}

/// Draws what is chosen of a node; the response is that of the button.
pub fn show(
    view: &mut View,
    ui: &mut Ui,
    node: &Node,
    (cell, (fields, review)): (Cell, (&[&Field], Key)),
    wishes: &mut Vec<Wish>,
) -> Response {
    let axes = fields.iter().filter(|field| field.is_axis());
    let standing = Standing::of(axes.map(|axis| {
        let choice = axis.choice(node.text(axis.slot(review)))?;
        Some(choice.grade)
    }));
    let widget = caret::widget_of(view, Some(cell.id), cell.at);
    let said = text(node, fields, review);
    let is_selected = view.form.block.contains(cell);
    let response = status_mark::chip_button(ui, widget, standing, (&said, is_selected));
    ui.memory_mut(|memory| memory.set_focus_lock_filter(widget, field::TABLE_KEYS));
    if response.has_focus() {
        view.written = Some((Some(cell.id), cell.at));
    }
    if response.clicked() {
        let was_open = view.form.answered(cell).is_some();
        view.form.select(cell);
        if !was_open {
            view.form.answer(1);
        }
    }
    if let Some(next) = view.form.answered(cell) {
        let mut is_open = true;
        Popup::from_response(&response)
            .open_bool(&mut is_open)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            // Beside the column, where nothing is covered that is written in it.
            .gap(space::M)
            .align(RectAlign::LEFT_START)
            .align_alternatives(&[RectAlign::RIGHT_START, RectAlign::BOTTOM_START])
            .show(|ui| choices(ui, node, (fields, review), next, wishes));
        if !is_open {
            view.form.leave();
        }
    }
    response
}

/// All questions with their choices, one below the other.
fn choices(
    ui: &mut Ui,
    node: &Node,
    (fields, review): (&[&Field], Key),
    next: usize,
    wishes: &mut Vec<Wish>,
) {
    let counted: Vec<_> = choice::counted(fields).collect();
    for field in fields {
        field::label(ui, field.question());
        let at = field.slot(review);
        let chosen = field.choice(node.text(at)).map(|choice| choice.key);
        for (n, _, one) in counted.iter().filter(|(_, of, _)| of.key == field.key) {
            let offered = Offered {
                of: one,
                is_chosen: chosen == Some(one.key),
                digit: Some(*n).filter(|n| *n < 10),
                is_next: *n == next,
            };
            if choice::of_form(ui, offered).clicked() && !offered.is_chosen {
                wishes.push(answer(Some(node.id), at, Some(one.key)));
            }
        }
        if chosen.is_some() {
            let none = format!("{}に戻す", nothing(field.is_axis()));
            if field::link(ui, &none).clicked() {
                wishes.push(answer(Some(node.id), at, None));
            }
        }
        ui.add_space(space::XS);
    }
}
