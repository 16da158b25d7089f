//! How tall a row of the form is: as tall as the tallest of its texts at the widths of now.
//!
//! egui keeps laid-out texts from frame to frame, so asking again costs a hash of each text of
//! the part that is shown.

use egui::{FontId, Ui, text::LayoutJob};

use crate::{
    plan::{Initiative, TextField},
    session::Session,
    ui::{
        theme::{self, size},
        widgets::status_mark,
    },
};

use super::{Line, MARGIN, status_cell};

/// The height of the number above the title.
const NUMBER: f32 = 34.0;

/// The height of a row.
pub fn of(session: &Session, ui: &Ui, line: &Line, widths: &[f32]) -> f32 {
    let Line::Initiative(number, initiative) = line else {
        return size::TABLE_ROW;
    };
    let height = |column: usize, field: TextField| {
        let width = widths.get(column).copied().unwrap_or(200.0);
        text_height(session, ui, initiative, field, width - MARGIN.sum().x)
    };
    let title = NUMBER + height(0, TextField::Title);
    if initiative.repost_of.is_some() {
        return title.max(size::TABLE_ROW);
    }
    let width = widths.get(3).copied().unwrap_or(200.0) - MARGIN.sum().x;
    let text = status_cell::text(initiative, session.form().wording(*number));
    let chip = status_mark::chip_height(ui, &text, width) + MARGIN.sum().y;
    let status = chip + height(3, TextField::Notes);
    title
        .max(height(1, TextField::Results))
        .max(height(2, TextField::Target))
        .max(status)
}

fn text_height(
    session: &Session,
    ui: &Ui,
    initiative: &Initiative,
    field: TextField,
    width: f32,
) -> f32 {
    let text = session
        .document()
        .draft_of(initiative.id, field)
        .unwrap_or_else(|| initiative.text(field));
    let font = if field == TextField::Title {
        FontId::new(theme::BODY, theme::bold())
    } else {
        FontId::proportional(theme::BODY)
    };
    let line_height = theme::BODY + ui.spacing().extra_text_line_spacing;
    let mut job = LayoutJob::simple(text.to_owned(), font, egui::Color32::PLACEHOLDER, width);
    for section in &mut job.sections {
        section.format.line_height = Some(line_height);
    }
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    galley.size().y.max(line_height) + MARGIN.sum().y
}
