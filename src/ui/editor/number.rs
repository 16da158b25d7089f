//! The number of a node: what it stands in is fixed, its own part can be typed.

use egui::{RichText, TextEdit, Ui, vec2};

use crate::{
    plan::{Edit, Id, full_width, parse_number},
    session::{
        Action,
        history::{Spot, Target},
    },
    ui::theme::{self, space},
    ui::{View, Wish},
};

/// Draws the number; `prefix` is the part above, e.g. `２－１－`.
pub fn show(
    view: &mut View,
    ui: &mut Ui,
    id: Id,
    prefix: &str,
    own: Option<u32>,
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    let widget = egui::Id::unique(("number", view.document, id));
    let shown = own.map_or_else(String::new, |own| full_width(&own.to_string()));
    // What is typed stays in the widget until it is left; only a number reaches the plan.
    let mut text = ui
        .data(|data| data.get_temp::<String>(widget))
        .unwrap_or_else(|| shown.clone());
    if !prefix.is_empty() {
        ui.label(
            RichText::new(prefix)
                .size(theme::HEADING)
                .color(palette.weak),
        );
    }
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
        .min_size(vec2(0.0, 36.0))
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
            let target = Target {
                id: Some(id),
                spot: Spot::Number,
            };
            wishes.push(Action::Edit(Edit::Number { id, number }, target).into());
        }
    }
}
