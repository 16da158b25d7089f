//! A question with choices: one stop for Tab, answered by keys or by the mouse.
//!
//! ← and → choose beside what is chosen, a digit chooses at once, Delete takes the answer back. Questions
//! that follow each other count their choices through, so that a digit answers any of them.

use egui::{Id, Modifiers, Response, Sense, Ui, UiBuilder, accesskit::Role};

use crate::{
    form::{Field, Key},
    ui::{
        Focus, View, Wish,
        command::Command,
        theme::{self, size},
        widgets::choice::{self, Offered},
    },
};

use super::{caret, choices::answer, field, fields::Holder};

/// Draws a question and its choices. `group` are the questions that are counted through.
pub fn show(
    view: &mut View,
    ui: &mut Ui,
    holder: Holder<'_>,
    (group, field): (&[&Field], &Field),
    wishes: &mut Vec<Wish>,
) {
    let (id, at) = (holder.id(), holder.plan.slot(field));
    let widget = caret::widget_of(view, id, at);
    let chosen = field.choice(holder.answer(field)).map(|choice| choice.key);
    let mut answers: Vec<(&Field, Option<Key>)> = Vec::new();
    if heading(ui, field, chosen.is_some()) {
        answers.push((field, None));
    }
    let widgets = group
        .iter()
        .map(|of| caret::widget_of(view, id, holder.plan.slot(of)));
    let widgets: Vec<Id> = widgets.collect();
    let focused = ui.memory(|memory| memory.focused());
    let has_digits = focused.is_some_and(|focused| widgets.contains(&focused));
    ui.ctx().accesskit_node_builder(widget, |node| {
        node.set_role(Role::RadioGroup);
        node.set_label(field.question());
    });
    let choices = UiBuilder::new().accessibility_parent(widget);
    let mut is_clicked = false;
    let drawn = ui.scope_builder(choices, |ui| {
        ui.horizontal_wrapped(|ui| {
            let counted = choice::counted(group);
            for (n, _, one) in counted.filter(|(_, of, _)| of.key == field.key) {
                let offered = Offered {
                    of: one,
                    is_chosen: chosen == Some(one.key),
                    digit: has_digits.then_some(n).filter(|n| *n < 10),
                    is_next: false,
                };
                if choice::of_form(ui, offered).clicked() {
                    is_clicked = true;
                    answers.push((field, Some(one.key)));
                }
            }
        });
    });
    let sense = Sense::focusable_noninteractive();
    let response = ui.interact(drawn.response.rect, widget, sense);
    let is_wanted = view.focus_field.take_if(|wanted| *wanted == (id, at));
    let is_first = view.focus.take_if(|focus| *focus == Focus::FirstField);
    if is_clicked || is_wanted.is_some() || is_first.is_some() {
        response.request_focus();
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        ring(ui, &response);
        view.written = Some((id, at));
        answers.extend(keys(ui, widget, (group, field), chosen, wishes));
    }
    for (field, choice) in answers {
        let at = holder.plan.slot(field);
        let before = field.choice(holder.answer(field)).map(|choice| choice.key);
        if before != choice {
            wishes.push(answer(id, at, choice));
        }
    }
}

/// What the keys of this frame answer.
fn keys<'a>(
    ui: &Ui,
    widget: Id,
    (group, field): (&[&'a Field], &'a Field),
    chosen: Option<Key>,
    wishes: &mut Vec<Wish>,
) -> Option<(&'a Field, Option<Key>)> {
    let filter = egui::EventFilter {
        horizontal_arrows: true,
        ..Default::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(widget, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, command) in [
        (egui::Key::ArrowUp, Command::PreviousRow),
        (egui::Key::ArrowDown, Command::NextRow),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key)) {
            wishes.push(Wish::Run(command));
        }
    }
    if let Some(digit) = choice::typed_digit(ui) {
        let (_, field, choice) = choice::counted(group).find(|(n, ..)| *n == digit)?;
        return Some((field, Some(choice.key)));
    }
    if pressed(egui::Key::Delete) || pressed(egui::Key::Backspace) {
        return Some((field, None));
    }
    let all = field.choices();
    let at = all.iter().position(|one| Some(one.key) == chosen);
    let to = if pressed(egui::Key::ArrowRight) {
        at.map_or(0, |at| at + 1)
    } else if pressed(egui::Key::ArrowLeft) {
        at.map_or(0, |at| at.saturating_sub(1))
    } else if pressed(egui::Key::Space) {
        at.unwrap_or(0)
    } else {
        return None;
    };
    Some((field, Some(all.get(to)?.key)))
}

/// The focus is seen around all choices, since none of them has it.
fn ring(ui: &Ui, response: &Response) {
    let stroke = egui::Stroke::new(size::FOCUS, theme::palette(ui).accent);
    let place = response.rect.expand(size::FOCUS + 1.0);
    ui.painter()
        .rect_stroke(place, 7.0, stroke, egui::StrokeKind::Inside);
}

/// What is asked, with the way back to not having answered it; whether that was taken. Tab passes by
/// it: nobody should lose an answer on the way.
fn heading(ui: &mut Ui, field: &Field, is_answered: bool) -> bool {
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
        field::link(ui, back)
            .on_hover_text("選択肢のところで Delete を押しても戻せます")
            .clicked()
    })
    .inner
}
