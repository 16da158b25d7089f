//! The plan's heading: whose it is, of which year, for which review, as of when.

use egui::{RichText, TextEdit, Ui};

use crate::{
    app::{action::Answer, dialog::AboutForm},
    plan::{Review, date_name, fiscal_year_name},
    ui::theme,
};

use super::{buttons, title};

pub fn show(ui: &mut Ui, form: &mut AboutForm) -> Option<Answer> {
    title(ui, "計画の情報");
    let read = form.read();
    egui::Grid::new("plan_info").num_columns(2).show(ui, |ui| {
        let label = ui.label("団体");
        let field = TextEdit::singleline(&mut form.about.organisation).desired_width(280.0);
        let response = ui.add(field).labelled_by(label.id);
        if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        ui.end_row();

        let label = ui.label("年度（西暦）");
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut form.year).desired_width(80.0);
            ui.add(field).labelled_by(label.id);
            if let Ok(about) = &read {
                ui.label(fiscal_year_name(about.fiscal_year));
            }
        });
        ui.end_row();

        ui.label("振り返り");
        ui.horizontal(|ui| {
            for review in [Review::MidYear, Review::YearEnd] {
                ui.radio_value(&mut form.about.review, review, review.name());
            }
        });
        ui.end_row();

        let label = ui.label("基準日");
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut form.as_of)
                .hint_text("2021-10-31")
                .desired_width(120.0);
            ui.add(field).labelled_by(label.id);
            if let Ok(Some(date)) = read.as_ref().map(|about| about.as_of) {
                ui.label(format!("{}現在", date_name(date)));
            }
        });
        ui.end_row();
    });
    match read {
        Ok(about) => buttons(
            ui,
            &[
                ("決定", Answer::About(about)),
                ("キャンセル", Answer::Cancel),
            ],
        ),
        Err(why) => {
            ui.label(RichText::new(why).color(theme::palette(ui).danger));
            buttons(ui, &[("キャンセル", Answer::Cancel)])
        }
    }
}
