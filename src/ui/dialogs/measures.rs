//! Measured values beside the criteria of a target, as she types them.

use egui::{Grid, RichText, ScrollArea, TextEdit, Ui};

use crate::{
    plan::{Id, Judged, Measure, Plan},
    session::Answer,
    ui::theme::{self, space},
};

use super::{buttons, focus_when_opened, title};

/// The measured values of an initiative while they are edited.
#[derive(Debug, Default)]
pub struct MeasuresDialog {
    /// A line for each criterion of the target.
    lines: Vec<Measure>,
    /// Values of criteria that are not in the target any more; they are kept until she drops them.
    strays: Vec<Measure>,
}

impl MeasuresDialog {
    /// The values that there are, and a line for each criterion that has none.
    pub fn new(plan: &Plan, id: Id) -> Self {
        let Some(initiative) = plan.initiative(id) else {
            return Self::default();
        };
        let line = |judged: Judged<'_>| match judged.measure {
            Some(measure) => measure.clone(),
            None => Measure {
                criterion: judged.criterion.text.to_owned(),
                ..Measure::default()
            },
        };
        Self {
            lines: initiative.judged().into_iter().map(line).collect(),
            strays: initiative.stray_measures().into_iter().cloned().collect(),
        }
    }

    /// What was typed; lines without a value are left out.
    fn read(&self) -> Vec<Measure> {
        let is_empty = |it: &Measure| {
            let texts = [&it.reading, &it.measured, &it.previous, &it.as_of];
            texts.iter().all(|text| text.trim().is_empty())
        };
        let all = self.lines.iter().chain(&self.strays);
        all.filter(|line| !is_empty(line)).cloned().collect()
    }
}

pub fn show(ui: &mut Ui, dialog: &mut MeasuresDialog) -> Option<Answer> {
    title(ui, "実績値");
    let note = "目標の文はそのままです。値は「57.2%」のように、見たままの形で書きます。";
    ui.label(
        RichText::new(note)
            .size(theme::SMALL)
            .color(theme::palette(ui).weak),
    );
    let height = (ui.ctx().content_rect().height() - 260.0).max(160.0);
    let area = ScrollArea::vertical().max_height(height);
    area.min_scrolled_height(height.min(360.0)).show(ui, |ui| {
        for (n, line) in dialog.lines.iter_mut().enumerate() {
            ui.push_id(n, |ui| one(ui, line, n == 0));
        }
        if dialog.lines.is_empty() {
            ui.label("目標が書かれていません。先に目標を書いてください。");
        }
        strays(ui, &mut dialog.strays);
    });
    let decide = Answer::Measures(dialog.read());
    let choices = [("決める", decide), ("キャンセル", Answer::Cancel)];
    buttons(ui, &choices)
}

fn one(ui: &mut Ui, line: &mut Measure, is_first: bool) {
    ui.add_space(space::S);
    ui.label(RichText::new(&line.criterion).family(theme::bold()));
    Grid::new("values").num_columns(2).show(ui, |ui| {
        for (name, hint, text) in [
            ("実績", "57.2%", &mut line.measured),
            ("時点", "10月末", &mut line.as_of),
            ("前年の値", "54%", &mut line.previous),
            ("目標の読み方", "55%以上", &mut line.reading),
        ] {
            let label = ui.label(RichText::new(name).size(theme::SMALL));
            let field = TextEdit::singleline(text)
                .align(egui::Align2::LEFT_CENTER)
                .hint_text(hint)
                .desired_width(240.0);
            let field = ui.add(field).labelled_by(label.id);
            if is_first && name == "実績" {
                focus_when_opened(ui, &field);
            }
            ui.end_row();
        }
    });
}

/// Values that belong to no criterion any more.
fn strays(ui: &mut Ui, strays: &mut Vec<Measure>) {
    let mut dropped = None;
    for (n, stray) in strays.iter().enumerate() {
        ui.add_space(space::S);
        ui.label(
            RichText::new("目標の文が変わったため、どこにも付いていない値です")
                .color(theme::palette(ui).danger),
        );
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("{}：{}", stray.criterion, stray.measured));
            if ui.button("この値を消す").clicked() {
                dropped = Some(n);
            }
        });
    }
    if let Some(n) = dropped {
        strays.remove(n);
    }
}
