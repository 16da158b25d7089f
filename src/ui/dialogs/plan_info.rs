//! The plan's heading: whose it is, of which year, for which review, as of when.

use egui::{RichText, TextEdit, Ui};
use jiff::civil::Date;

use crate::{
    form::{Form, half_width},
    plan::{About, date_name, fiscal_year_name, read_date, read_year},
    session::Answer,
    ui::theme,
};

use super::{buttons, title};

/// The plan's heading while it is edited.
#[derive(Debug)]
pub struct AboutDialog {
    about: About,
    /// The year as it is typed.
    year: String,
    /// The date as it is typed.
    as_of: String,
}

/// Said of a year that cannot be read.
pub const YEAR_UNREAD: &str = "年度は「令和3」か「2021」のように書いてください";

/// A day as it stands in a field to be changed.
pub fn typed_date(date: Date) -> String {
    half_width(&date_name(date))
}

/// A year as it stands in a field to be changed; nothing where none is said yet.
pub fn typed_year(year: u16) -> String {
    match year {
        0 => String::new(),
        year => half_width(&fiscal_year_name(year)),
    }
}

impl AboutDialog {
    pub fn new(about: &About) -> Self {
        Self {
            about: about.clone(),
            year: typed_year(about.fiscal_year),
            as_of: about.as_of.map(typed_date).unwrap_or_default(),
        }
    }

    /// The heading as it was typed; `Err` says which field cannot be read.
    fn read(&self) -> Result<About, &'static str> {
        let year = read_year(&self.year).ok_or(YEAR_UNREAD)?;
        let as_of = match self.as_of.trim() {
            "" => None,
            typed => Some(read_date(typed).ok_or(
                "基準日は「令和3年10月31日」か「2021-10-31」のように書いてください（空欄でも構いません）",
            )?),
        };
        Ok(About {
            organisation: self.about.organisation.trim().to_owned(),
            fiscal_year: year,
            review: self.about.review,
            as_of,
        })
    }
}

pub fn show(form: &Form, ui: &mut Ui, dialog: &mut AboutDialog) -> Option<Answer> {
    title(ui, "計画の情報");
    let read = dialog.read();
    egui::Grid::new("plan_info").num_columns(2).show(ui, |ui| {
        let label = ui.label("団体");
        let field = TextEdit::singleline(&mut dialog.about.organisation).desired_width(280.0);
        let response = ui.add(field).labelled_by(label.id);
        if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        ui.end_row();

        let label = ui.label("年度");
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut dialog.year).desired_width(160.0);
            ui.add(field).labelled_by(label.id);
            if let Ok(about) = &read {
                ui.label(format!("（{} 年度）", about.fiscal_year));
            }
        });
        ui.end_row();

        if !form.reviews.is_empty() {
            ui.label("振り返り");
            ui.horizontal_wrapped(|ui| {
                for review in &form.reviews {
                    ui.radio_value(&mut dialog.about.review, review.key, &review.name);
                }
            });
            ui.end_row();
        }

        let label = ui.label("基準日");
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut dialog.as_of)
                .hint_text("書かなくても構いません")
                .desired_width(160.0);
            ui.add(field).labelled_by(label.id);
            if let Ok(Some(date)) = read.as_ref().map(|about| about.as_of) {
                ui.label(format!("{}時点", date_name(date)));
            }
        });
        ui.end_row();
    });
    match read {
        Ok(about) => buttons(
            ui,
            &[
                ("この内容にする", Answer::About(about)),
                ("キャンセル", Answer::Cancel),
            ],
        ),
        Err(why) => {
            ui.label(RichText::new(why).color(theme::palette(ui).danger));
            buttons(ui, &[("キャンセル", Answer::Cancel)])
        }
    }
}
