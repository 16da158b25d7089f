//! 点検: what the checks find, the way to the very words, and putting it right.

mod line;
mod list;
mod steps;
mod ticks;

use egui::{ComboBox, Frame, RichText, ScrollArea, Ui};

use crate::{
    form::Width,
    plan::{
        Digits,
        checks::{Rule, Severity},
    },
    session::{Action, Prompt, Session},
};

pub use list::ChecksState;
pub use steps::{go_to, step};

use list::Line;

use super::{
    View, Wish,
    theme::{self, space},
};

/// Draws the tab.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    list::refresh(session, view);
    let margin = egui::Margin::same(space::L as i8);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        let Some(counts) = session.checking().counts() else {
            ui.label("点検しています…");
            return;
        };
        summary(ui, counts);
        ui.add_space(space::S);
        choices(session, view, ui, wishes);
        ui.add_space(space::M);
        let ignored = counts.ignored > 0;
        let room = ui.available_height() - if ignored { 32.0 } else { 0.0 };
        ui.allocate_ui(egui::vec2(ui.available_width(), room), |ui| {
            rows(session, view, ui, wishes);
        });
        if ignored {
            let name = format!("そのままにした {} 件も表示する", counts.ignored);
            ui.checkbox(&mut view.checks.shows_ignored, name);
        }
    });
}

fn summary(ui: &mut Ui, counts: crate::plan::checks::Counts) {
    let all = counts.total();
    if all == 0 {
        let text = RichText::new("直すところは見つかりません").size(theme::HEADING);
        ui.label(text.family(theme::bold()));
        return;
    }
    ui.horizontal(|ui| {
        let text = RichText::new(format!("{all} か所を確かめてください"));
        ui.label(text.size(theme::HEADING).family(theme::bold()));
        ui.add_space(space::M);
        for (count, severity) in [
            (counts.errors, Severity::Error),
            (counts.warnings, Severity::Warning),
            (counts.notices, Severity::Notice),
        ] {
            if count > 0 {
                line::stamp(ui, severity);
                ui.label(count.to_string());
                ui.add_space(space::S);
            }
        }
    });
}

fn choices(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        rules(view, ui);
        together(&view.checks, ui, wishes);
        ui.add_space(space::L);
        style(session, ui, wishes);
    });
}

/// What is done with all that is ticked, or with all that is listed.
fn together(state: &ChecksState, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let ticked = state.ticks.count();
    let (fixable, name) = match ticked {
        0 => {
            let count = state.listing().fixable;
            (count, format!("{count} か所をまとめて直す…"))
        }
        _ => {
            let count = state.ticks.fixable();
            (count, format!("選んだ {count} か所を直す…"))
        }
    };
    if ui
        .add_enabled(fixable > 0, egui::Button::new(name))
        .clicked()
    {
        wishes.push(Action::AskToFix(state.chosen()).into());
    }
    if ticked > 0 {
        let name = format!("選んだ {ticked} か所をそのままにする…");
        if ui.button(name).clicked() {
            wishes.push(Action::Ask(Prompt::Ignore(state.chosen())).into());
        }
    }
}

fn rules(view: &mut View, ui: &mut Ui) {
    let state = &mut view.checks;
    let name = |rule: Option<Rule>| rule.map_or("すべての種類", Rule::name);
    let list = ComboBox::from_id_salt("rules")
        .height(480.0)
        .selected_text(name(state.rule))
        .width(184.0);
    let list = list.show_ui(ui, |ui| {
        ui.selectable_value(&mut state.rule, None, name(None));
        for (rule, count) in state.listing().rules.clone() {
            let text = format!("{}（{count}）", rule.name());
            ui.selectable_value(&mut state.rule, Some(rule), text);
        }
    });
    list.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, "点検の種類")
    });
}

/// The plan's own rules of writing.
fn style(session: &Session, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let now = session.document().plan().style();
    let mut style = now.clone();
    let digits = [
        (None, "数字：混在だけ指摘"),
        (Some(Digits::Half), "数字：半角"),
        (Some(Digits::SingleFull), "数字：一桁だけ全角"),
        (Some(Digits::Full), "数字：全角"),
    ];
    let name = digits.iter().find(|(value, _)| *value == style.digits);
    let list = ComboBox::from_id_salt("digits")
        .selected_text(name.map_or("", |(_, name)| name))
        .width(184.0);
    let list = list.show_ui(ui, |ui| {
        for (value, name) in digits {
            ui.selectable_value(&mut style.digits, value, name);
        }
    });
    list.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, "数字の幅")
    });
    for (value, name) in [(Width::Half, "% は半角"), (Width::Full, "％ は全角")] {
        ui.selectable_value(&mut style.percent, value, name);
    }
    if ui.button("言葉の決まり…").clicked() {
        wishes.push(Action::Ask(Prompt::Words).into());
    }
    if style != *now {
        wishes.push(Action::Restyle(style).into());
    }
}

fn rows(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let state = &view.checks;
    let listing = state.listing();
    let lines = &listing.lines;
    let mut ticking: Option<(Line, bool)> = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().auto_shrink(false);
    area.show_rows(ui, line::HEIGHT, lines.len(), |ui, range| {
        for line in lines.get(range).unwrap_or_default() {
            let (Line::Heading(kind) | Line::Row(kind, _)) = *line;
            let Some(kind) = listing.kinds.get(kind) else {
                continue;
            };
            let ticked = match *line {
                Line::Heading(_) => line::heading(ui, state, kind, wishes),
                Line::Row(_, row) => {
                    let row = kind.rows.get(row);
                    row.and_then(|row| line::row(session, ui, state, row, wishes))
                }
            };
            ticking = ticking.or(ticked.map(|on| (*line, on)));
        }
    });
    if let Some((line, on)) = ticking {
        view.checks.tick(line, on);
    }
}
