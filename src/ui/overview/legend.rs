//! What the shapes and colours mean, in the words of the form.

use egui::{Rect, Sense, Ui, Vec2};

use crate::{
    form::{Form, Grade, Level},
    plan::{Shown, Standing},
    ui::{
        command::Command,
        theme::{self, size, space},
        widgets::{status_mark, wave},
    },
};

pub fn show(form: &Form, ui: &mut Ui) {
    super::card(ui, "色と形の見方", |ui| {
        for standing in form.standings() {
            let name = form.standing_word(standing);
            line(ui, Shown::Own(standing), &name, &meaning(form, standing));
        }
        if form.levels.iter().any(Level::can_repeat) {
            let other = form.row_short();
            let text = format!("ほかの{other}の再掲。色は再掲元のもの。件数には数えない");
            line(ui, Shown::Repost(None), "再掲", &text);
        }
        ui.horizontal(|ui| {
            let rect = place_of_mark(ui);
            let reach = (rect.left() + 2.0, rect.right() - 2.0, rect.center().y);
            wave::line(ui.painter(), reach, theme::palette(ui).weak);
            let keys = Command::ExplainFinding.keys().unwrap_or_default();
            ui.label(format!(
                "波線：点検で見つかったところ。言葉を指すか、そこで {keys} を押すと説明が出る"
            ));
        });
    });
}

fn line(ui: &mut Ui, shown: Shown, name: &str, meaning: &str) {
    ui.horizontal(|ui| {
        let rect = place_of_mark(ui);
        let palette = theme::palette(ui);
        status_mark::paint(ui.painter(), palette, rect.center(), shown);
        ui.label(format!("{name}：{meaning}"));
    });
}

fn place_of_mark(ui: &mut Ui) -> Rect {
    let side = Vec2::splat(size::MARK + space::S);
    ui.allocate_exact_size(side, Sense::hover()).0
}

/// What is judged, in short words.
fn axes(form: &Form) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for axis in form.assessed().flat_map(Level::axes) {
        if !names.contains(&axis.short()) {
            names.push(axis.short());
        }
    }
    names
}

/// What was answered where a node is in this state.
fn meaning(form: &Form, standing: Standing) -> String {
    let words = |grade: Option<Grade>| {
        let axes = form.assessed().flat_map(Level::axes);
        let choices = axes
            .flat_map(|axis| axis.choices())
            .filter(|it| it.grade == grade);
        let mut words: Vec<&str> = Vec::new();
        for choice in choices {
            if !words.contains(&choice.words.as_str()) {
                words.push(&choice.words);
            }
        }
        words.join("、")
    };
    match standing {
        Standing::Good => words(Some(Grade::Good)),
        Standing::Concern => words(Some(Grade::Concern)),
        Standing::Bad => words(Some(Grade::Bad)),
        Standing::Worst => "二つ以上が良くない".to_owned(),
        Standing::Unassessed => format!("{}がまだ選ばれていない", axes(form).join("か")),
        Standing::NotRated => words(None),
    }
}
