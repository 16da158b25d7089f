//! Choices that follow each other: each a question with the form's own words to choose from, and
//! the line that will be printed.

use egui::{RichText, Ui, accesskit::Role};

use crate::{
    form::{Field, Key, Needed, Slot},
    plan::{Edit, Id, Node, Plan},
    session::{Action, history::Spot},
    ui::{View, Wish},
    ui::{
        theme::{self, space},
        widgets::{choice, status_mark},
    },
};

use super::{field, fields::Holder};

/// Draws the questions and, where they are the last of those from whose answers a state comes, the
/// resulting line.
pub fn show(
    view: &View,
    ui: &mut Ui,
    holder: Holder<'_>,
    fields: &[Field],
    wishes: &mut Vec<Wish>,
) {
    // Links beside the questions are no higher than these.
    ui.spacing_mut().interact_size.y = theme::SMALL;
    ui.spacing_mut().item_spacing.y = space::XS;
    for (n, field) in fields.iter().enumerate() {
        if n > 0 {
            ui.add_space(space::XS);
        }
        ui.push_id(field.key, |ui| one(ui, holder, field, wishes));
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

fn one(ui: &mut Ui, holder: Holder<'_>, field: &Field, wishes: &mut Vec<Wish>) {
    let (id, at) = (holder.id(), holder.plan.slot(field));
    let chosen = field.choice(holder.answer(field)).map(|choice| choice.key);
    if question(ui, field, chosen.is_some()) {
        wishes.push(answer(id, at, None));
    }
    ui.horizontal_wrapped(|ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::RadioGroup);
            node.set_label(field.question());
        });
        for one in field.choices() {
            let is_chosen = chosen == Some(one.key);
            if choice::of_form(ui, one, is_chosen).clicked() && !is_chosen {
                wishes.push(answer(id, at, Some(one.key)));
            }
        }
    });
}

/// The question, with the way back to not having answered it.
fn question(ui: &mut Ui, field: &Field, is_answered: bool) -> bool {
    ui.horizontal(|ui| {
        field::label(ui, field.question());
        if !is_answered {
            return false;
        }
        let back = if field.is_axis() {
            "未評価に戻す"
        } else {
            "未記入に戻す"
        };
        let back = RichText::new(back)
            .size(theme::SMALL)
            .color(theme::palette(ui).accent);
        ui.add(egui::Link::new(back)).clicked()
    })
    .inner
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
            status_mark::chip(ui, standing, "未評価です（印刷では空欄になります）");
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
