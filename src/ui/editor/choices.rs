//! Choices that follow each other: each a question with the form's own words to choose from, and
//! the line that will be printed.

use egui::{RichText, Ui};

use crate::{
    form::{Field, Key, Needed, Slot},
    plan::{Edit, Id, Node, Plan},
    session::{Action, history::Spot},
    ui::{View, Wish},
    ui::{
        theme::{self, space},
        widgets::status_mark,
    },
};

use super::{fields::Holder, question};

/// Draws the questions and, where they are the last of those from whose answers a state comes, the
/// resulting line.
pub fn show(
    view: &mut View,
    ui: &mut Ui,
    holder: Holder<'_>,
    fields: &[Field],
    wishes: &mut Vec<Wish>,
) {
    // Links beside the questions are no higher than these.
    ui.spacing_mut().interact_size.y = theme::SMALL;
    ui.spacing_mut().item_spacing.y = space::XS;
    let group: Vec<&Field> = fields.iter().collect();
    for (n, field) in fields.iter().enumerate() {
        if n > 0 {
            ui.add_space(space::XS);
        }
        ui.push_id(field.key, |ui| {
            question::show(view, ui, holder, (&group, field), wishes);
        });
    }
    let Some(node) = holder.node else {
        return;
    };
    let last = holder.plan.level(node).axes().last();
    if last.is_some_and(|last| fields.iter().any(|field| field.key == last.key)) {
        ui.add_space(space::S);
        outcome(view, ui, holder.plan, node);
    }
}

/// The edit that answers a field.
pub fn answer(id: Option<Id>, at: Slot, choice: Option<Key>) -> Wish {
    let text = choice.map_or_else(String::new, |choice| choice.to_string());
    Action::Edit(Edit::Text { id, at, text }).into()
}

/// What all judgements come to, and what is to be said about it.
fn outcome(view: &View, ui: &mut Ui, plan: &Plan, node: &Node) {
    let (level, standing) = (plan.level(node), plan.standing(node));
    let axes: Vec<Key> = level.axes().map(|field| field.key).collect();
    match level.choice_line(node, plan.review(), &axes) {
        Some(line) => {
            let chip = status_mark::chip(ui, standing, &line);
            let is_axis = |at: Slot| level.axes().any(|field| plan.slot(field) == at);
            let is_marked = view.mark.is_some_and(|mark| {
                mark.id == Some(node.id) && matches!(mark.spot, Spot::Text(at) if is_axis(at))
            });
            if is_marked && view.scroll_to_mark {
                chip.scroll_to_me(None);
            }
        }
        None => {
            status_mark::chip(ui, standing, "未評価です");
        }
    }
    if !standing.is_bad() {
        return;
    }
    let is_wanted = |field: &&Field| {
        field.needed == Needed::WhenBad && plan.answer(node, field).trim().is_empty()
    };
    let wanted = level.fields.iter().filter(is_wanted);
    let wanted: Vec<&str> = wanted.map(|field| field.heading.as_str()).collect();
    if !wanted.is_empty() {
        let (wanted, why) = (wanted.join("、"), level.standing_word(standing));
        let text = format!("{wanted}を書いてください（「{why}」のため）");
        let ink = theme::palette(ui).standing(standing).ink;
        ui.label(RichText::new(text).size(theme::SMALL).color(ink));
    }
}
