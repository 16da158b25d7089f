//! What the checks ask: what fixing would change, why a finding is left, which words are wanted.

use egui::{RichText, ScrollArea, TextEdit, Ui};

use crate::{
    app::{App, action::Answer},
    plan::checks::{Finding, Fixing},
    ui::{
        theme::{self, space},
        words,
    },
};

use super::{buttons, enter_pressed, title};

/// More changes are counted only.
const MOST: usize = 200;

pub fn fix(app: &App, ui: &mut Ui, fixing: &Fixing) -> Option<Answer> {
    let count = fixing.changes.len();
    title(ui, &format!("{count} か所を直します"));
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for change in fixing.changes.iter().take(MOST) {
            let name = words::node_name(app.document.plan(), change.node);
            ui.label(
                RichText::new(name)
                    .size(theme::SMALL)
                    .color(theme::palette(ui).weak),
            );
            ui.label(format!("{} → {}", change.before, change.after).replace('\n', " "));
            ui.add_space(space::XS);
        }
        if count > MOST {
            ui.label(format!("ほか {} か所", count - MOST));
        }
    });
    ui.label("まとめて一度に元に戻せます。");
    let choices = [
        ("すべて直す", Answer::Confirm),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

pub fn ignore(app: &App, ui: &mut Ui, finding: &Finding, reason: &mut String) -> Option<Answer> {
    title(ui, "この指摘をそのままにする");
    let name = words::node_name(app.document.plan(), finding.node);
    ui.label(format!("{name}：{}", finding.explanation));
    let label = ui.label("理由（空欄でも構いません）");
    let field = TextEdit::singleline(reason)
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(f32::INFINITY);
    let field = ui.add(field).labelled_by(label.id);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if enter_pressed(app, ui) {
        return Some(Answer::Confirm);
    }
    let choices = [
        ("そのままにする", Answer::Confirm),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

pub fn wanted_words(ui: &mut Ui, text: &mut String) -> Option<Answer> {
    title(ui, "言葉の決まり");
    let label = ui.label("使わない言葉と使う言葉を、一行に一組ずつ書きます（例：取組み→取組）");
    let field = TextEdit::multiline(text)
        .desired_rows(6)
        .desired_width(f32::INFINITY);
    ui.add(field).labelled_by(label.id);
    let choices = [("決める", Answer::Confirm), ("キャンセル", Answer::Cancel)];
    buttons(ui, &choices)
}
