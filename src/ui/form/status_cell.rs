//! The choices in a cell of the form: as printed, and a menu to choose from when clicked.

use egui::{Popup, Response, Ui};

use crate::{
    form::{Field, Key},
    plan::{Node, Standing},
    ui::{
        Wish,
        editor::answer,
        widgets::{
            choice::{Offered, choice, of_form},
            status_mark,
        },
    },
};

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
    ui: &mut Ui,
    node: &Node,
    (fields, review): (&[&Field], Key),
    wishes: &mut Vec<Wish>,
) -> Response {
    let axes = fields.iter().filter(|field| field.is_axis());
    let standing = Standing::of(axes.map(|axis| {
        let choice = axis.choice(node.text(axis.slot(review)))?;
        Some(choice.grade)
    }));
    let response = status_mark::chip_button(ui, standing, &text(node, fields, review));
    Popup::menu(&response).show(|ui| {
        for (n, field) in fields.iter().enumerate() {
            if n > 0 {
                ui.separator();
            }
            ui.push_id(field.key, |ui| menu(ui, node, (field, review), wishes));
        }
    });
    response
}

fn menu(ui: &mut Ui, node: &Node, (field, review): (&Field, Key), wishes: &mut Vec<Wish>) {
    let at = field.slot(review);
    let chosen = field.choice(node.text(at)).map(|choice| choice.key);
    for one in field.choices() {
        let is_chosen = chosen == Some(one.key);
        let offered = Offered {
            of: one,
            is_chosen,
            digit: None,
            is_next: false,
        };
        if of_form(ui, offered).clicked() && !is_chosen {
            wishes.push(answer(Some(node.id), at, Some(one.key)));
        }
    }
    let none = format!("{}は{}", field.heading, nothing(field.is_axis()));
    let is_none = choice(ui, &none, chosen.is_none(), Standing::Unassessed);
    if is_none.clicked() && chosen.is_some() {
        wishes.push(answer(Some(node.id), at, None));
    }
}
