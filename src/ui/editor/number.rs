//! The number of a node: what it stands in is fixed, its own part can be typed.

use egui::{RichText, TextEdit, Ui, vec2};

use crate::{
    plan::{Edit, Node, parse_number},
    session::{Action, Session, history::Spot},
    ui::theme::{self, size, space},
    ui::{View, Wish},
};

/// Draws the number.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, node: &Node, wishes: &mut Vec<Wish>) {
    let (id, own) = (node.id, node.number);
    let (before, after) = around(session, node);
    let width = session.document().plan().level(node).number.width;
    let palette = theme::palette(ui);
    let widget = egui::Id::unique(("number", view.document, id));
    let shown = own.map_or_else(String::new, |own| width.of(&own.to_string()));
    // What is typed stays in the widget until it is left; only a number reaches the plan.
    let mut text = ui
        .data(|data| data.get_temp::<String>(widget))
        .unwrap_or_else(|| shown.clone());
    fixed(ui, &before);
    let is_marked = view
        .mark
        .is_some_and(|mark| mark.id == Some(id) && mark.spot == Spot::Number);
    let digits = shown.chars().count().max(1) as f32;
    let edit = TextEdit::singleline(&mut text)
        .id(widget)
        .font(egui::FontId::new(theme::HEADING, theme::bold()))
        .text_color(palette.text)
        .background_color(if is_marked {
            palette.marked
        } else {
            palette.field
        })
        .margin(egui::Margin::symmetric(space::S as i8, space::XS as i8))
        .min_size(vec2(0.0, size::TITLE_ROW))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(theme::HEADING * digits + space::L);
    let response = ui.add(edit).on_hover_text("番号（入力して変えられます）");
    ui.ctx()
        .accesskit_node_builder(widget, |node| node.set_label("番号"));
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(widget, text.clone()));
    }
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(widget));
        let number = parse_number(&text);
        let is_given_up = ui.input(|input| input.key_pressed(egui::Key::Escape));
        if number.is_some() && number != own && !is_given_up {
            wishes.push(Action::Edit(Edit::Number { id, number }).into());
        }
    }
    fixed(ui, &after);
}

/// What stands before and after the part that is its own: `２－１－`, or `1-(` and `)`.
fn around(session: &Session, node: &Node) -> (String, String) {
    let plan = session.document().plan();
    let above = plan.parent(node.id).and_then(|above| plan.number(above));
    // A part without a number of its own is not named before what can be typed.
    let above = above.filter(|above| !above.is_unnumbered(plan.form()));
    let above = above.map_or_else(String::new, |above| above.half_width(plan.form()));
    let numbering = &plan.level(node).number;
    let (before, after) = numbering.around(&above);
    (numbering.width.of(&before), numbering.width.of(after))
}

fn fixed(ui: &mut Ui, text: &str) {
    if !text.is_empty() {
        let ink = theme::palette(ui).weak;
        ui.label(RichText::new(text).size(theme::HEADING).color(ink));
    }
}
