//! Handing out and collecting: who gets a form, what a form does not tell for certain, what became
//! of the files, who fills in what, what goes back.

use egui::{RichText, ScrollArea, TextEdit, Ui};

use crate::{
    app::{
        App,
        action::Answer,
        dialog::{AssignForm, HandOutForm, SendBackForm},
    },
    ui::{
        theme::{self, space},
        words,
    },
};

use super::{buttons, focus_when_opened, title};

fn note(ui: &mut Ui, text: &str) {
    let weak = theme::palette(ui).weak;
    ui.label(RichText::new(text).size(theme::SMALL).color(weak));
}

/// A list that scrolls when it would not fit.
fn list(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let height = (ui.ctx().content_rect().height() - 300.0).max(160.0);
    let area = ScrollArea::vertical().max_height(height);
    area.min_scrolled_height(height.min(360.0)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui);
    });
}

pub fn hand_out(ui: &mut Ui, form: &mut HandOutForm) -> Option<Answer> {
    title(ui, "様式を配布する");
    ui.label("担当ごとに記入様式（Excel）を作ります。");
    list(ui, |ui| {
        for (owner, is_chosen) in &mut form.owners {
            ui.checkbox(is_chosen, owner.as_str());
        }
    });
    ui.add_space(space::S);
    let label = ui.label("提出期限（例：2021-11-19。空欄でも構いません）");
    ui.add(
        TextEdit::singleline(&mut form.due)
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(160.0),
    )
    .labelled_by(label.id);
    ui.checkbox(&mut form.extracts, "furikaeri 用のファイル（.ron）も作る");
    let mut problem = form.due().err();
    if form.chosen().is_empty() {
        problem = Some("配布する担当を選んでください");
    }
    if let Some(problem) = problem {
        let danger = theme::palette(ui).danger;
        ui.label(RichText::new(problem).color(danger));
    }
    let choices = [
        ("フォルダーを選ぶ…", Answer::Confirm),
        ("キャンセル", Answer::Cancel),
    ];
    // What was typed stays until it can be used.
    let answer = buttons(ui, &choices);
    answer.filter(|answer| *answer == Answer::Cancel || problem.is_none())
}

pub fn questions(app: &mut App, ui: &mut Ui) -> Option<Answer> {
    let incoming = app.collecting.asking.as_mut()?;
    let owner = &incoming.returned.owner;
    title(ui, &format!("{owner}の様式に、確かめたいところがあります"));
    note(ui, &words::file_name(&incoming.path));
    ui.label(
        "「はい」にするものに印を付けてください。印のないところは、配布したときのままにします。",
    );
    list(ui, |ui| {
        for (n, question) in incoming.returned.questions.iter().enumerate() {
            let mut is_yes = incoming.yes.contains(&n);
            let sentence = question.doubt.in_words(&incoming.returned.base);
            if ui.checkbox(&mut is_yes, sentence).changed() {
                if is_yes {
                    incoming.yes.insert(n);
                } else {
                    incoming.yes.remove(&n);
                }
            }
        }
    });
    let choices = [
        ("取り込む", Answer::Confirm),
        ("このファイルは後で", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

pub fn outcomes(app: &App, ui: &mut Ui) -> Option<Answer> {
    let outcomes = &app.collecting.outcomes;
    let taken = outcomes.iter().filter(|it| it.is_taken).count();
    let left = outcomes.len() - taken;
    let text = match left {
        0 => format!("{taken} 件の様式を取り込みました"),
        left if taken == 0 => format!("取り込めなかったファイルが {left} 件あります"),
        left => format!("{taken} 件を取り込みました。{left} 件はまだです"),
    };
    title(ui, &text);
    let palette = theme::palette(ui);
    list(ui, |ui| {
        for outcome in outcomes {
            ui.label(RichText::new(&outcome.file).family(theme::bold()));
            let ink = if outcome.is_taken {
                palette.text
            } else {
                palette.danger
            };
            ui.label(RichText::new(&outcome.said).color(ink));
            for remark in &outcome.remarks {
                note(ui, &format!("・{remark}"));
            }
            ui.add_space(space::S);
        }
    });
    if taken > 0 {
        let text = "様式ごとに元に戻せます（Ctrl+Z）。保存するまでファイルは変わりません。";
        note(ui, text);
    }
    buttons(ui, &[("閉じる", Answer::Cancel)])
}

pub fn assign(app: &App, ui: &mut Ui, form: &mut AssignForm) -> Option<Answer> {
    title(ui, "担当を割り当てる");
    if form.is_for_handing_out {
        ui.label("配布するには、まず、どこが記入するかを決めます。");
    }
    ui.label("戦略ごとに、記入する担当の名前を書きます。中の取組すべてに入ります。");
    let mut is_first = true;
    note(
        ui,
        "取組ごとに違う担当にするときは、「編集」の担当の欄に書きます。",
    );
    list(ui, |ui| {
        for line in &mut form.lines {
            ui.horizontal(|ui| {
                let plan = app.document.plan();
                let name = plan.node(line.id).map_or("", |node| node.title());
                let name = format!("{}　{name}", words::node_name(plan, line.id));
                let hint = if line.is_mixed {
                    "（取組ごとに違う）"
                } else {
                    "担当課など"
                };
                let field = TextEdit::singleline(&mut line.owner).align(egui::Align2::LEFT_CENTER);
                let field = ui.add(field.hint_text(hint).desired_width(190.0));
                let label = ui.add(egui::Label::new(name).truncate());
                let field = field.labelled_by(label.id);
                if std::mem::take(&mut is_first) {
                    focus_when_opened(ui, &field);
                }
            });
        }
    });
    let choices = [("決める", Answer::Confirm), ("キャンセル", Answer::Cancel)];
    buttons(ui, &choices)
}

pub fn send_back(ui: &mut Ui, form: &mut SendBackForm) -> Option<Answer> {
    title(ui, &format!("{}に差し戻す", form.owner));
    ui.label("今の内容で様式を作り直し、直してほしいことを添えます。");
    list(ui, |ui| {
        for (n, (_, name, text)) in form.lines.iter_mut().enumerate() {
            ui.push_id(n, |ui| {
                let label = ui.label(name.as_str());
                let field = TextEdit::singleline(text)
                    .align(egui::Align2::LEFT_CENTER)
                    .desired_width(f32::INFINITY);
                let field = field.hint_text("空欄なら何も添えません");
                let field = ui.add(field).labelled_by(label.id);
                if n == 0 {
                    focus_when_opened(ui, &field);
                }
                ui.add_space(space::XS);
            });
        }
    });
    let choices = [
        ("場所を選ぶ…", Answer::Confirm),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}
