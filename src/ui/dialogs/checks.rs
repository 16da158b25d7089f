//! What the checks ask: what fixing would change, why a finding is left, which words are wanted.

use egui::{RichText, ScrollArea, TextEdit, Ui};

use crate::{
    plan::{
        Style, Word,
        checks::{Finding, Fixing},
    },
    session::{Answer, Session, words},
    ui::{
        View,
        changes::{compare, comparison},
        theme::{self, space},
    },
};

use super::{buttons, enter_pressed, focus_when_opened, title};

/// More changes are counted only.
const MOST: usize = 200;

pub fn fix(session: &Session, ui: &mut Ui, fixing: &Fixing) -> Option<Answer> {
    let count = fixing.changes.len();
    title(ui, &format!("{count} か所を直します"));
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for change in fixing.changes.iter().take(MOST) {
            let name = words::place_name(session.document().plan(), change.node);
            ui.label(
                RichText::new(name)
                    .size(theme::SMALL)
                    .color(theme::palette(ui).weak),
            );
            let pieces = compare(&change.before, &change.after);
            comparison(ui, &pieces);
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

pub fn ignore(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    findings: &[Finding],
    reason: &mut String,
) -> Option<Answer> {
    match findings {
        [finding] => {
            title(ui, "この指摘をそのままにする");
            let name = words::place_name(session.document().plan(), finding.node);
            let text = format!("{name}：{}", finding.explanation);
            ui.label(RichText::new(text).family(theme::widths()));
        }
        _ => {
            let count = findings.len();
            title(ui, &format!("{count} 件の指摘をそのままにする"));
            ui.label("まとめて一度に元に戻せます。");
        }
    }
    let label = ui.label("理由（空欄でも構いません）");
    let field = TextEdit::singleline(reason)
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(f32::INFINITY);
    let field = ui.add(field).labelled_by(label.id);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if enter_pressed(view, ui) {
        return Some(Answer::Ignore(reason.clone()));
    }
    let choices = [
        ("そのままにする", Answer::Ignore(reason.clone())),
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
    let field = ui.add(field).labelled_by(label.id);
    focus_when_opened(ui, &field);
    let weak = theme::palette(ui).weak;
    let note = "「取組み→取組」は、書かなくても見ています。";
    ui.label(RichText::new(note).size(theme::SMALL).color(weak));
    let wrong = line_without_words(text).map(str::to_owned);
    if let Some(line) = &wrong {
        let danger = theme::palette(ui).danger;
        let text = format!("「{line}」には、→ の前と後に言葉が要ります");
        ui.label(RichText::new(text).color(danger));
    }
    let decide = Answer::Words(read_words(text));
    let choices = [("この決まりにする", decide), ("キャンセル", Answer::Cancel)];
    let answer = buttons(ui, &choices);
    answer.filter(|answer| *answer == Answer::Cancel || wrong.is_none())
}

/// The words that a plan wants, as they are typed: `取組み→取組`, a line each.
pub fn in_lines(style: &Style) -> String {
    let line = |word: &Word| format!("{}→{}", word.not, word.but);
    let lines: Vec<String> = style.words.iter().map(line).collect();
    lines.join("\n")
}

/// The first line that says nothing, because it has no arrow between two words.
fn line_without_words(text: &str) -> Option<&str> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.find(|line| read_words(line).is_empty())
}

/// The words as they were typed; lines without an arrow say nothing.
fn read_words(text: &str) -> Vec<Word> {
    let word = |line: &str| {
        let (not, but) = line.split_once(['→', '＞', '>'])?;
        let (not, but) = (not.trim(), but.trim());
        let is_one = !not.is_empty() && not != but;
        is_one.then(|| Word {
            not: not.to_owned(),
            but: but.to_owned(),
        })
    };
    text.lines().filter_map(word).collect()
}
