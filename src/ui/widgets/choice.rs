//! One of a few choices, side by side: a radio button with room to be hit. Words that are longer
//! than the place is wide go on in the next line.

use egui::{Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, text::LayoutJob, vec2};

use crate::{
    form::{Choice, Grade},
    plan::Standing,
    ui::theme::{self, size, space},
};

use super::status_mark;

/// A choice of the form in its own words.
pub fn of_form(ui: &mut Ui, of: &Choice, chosen: bool) -> Response {
    choice(ui, &of.words, chosen, mark(of.grade))
}

/// The state whose shape and colour an answer of this grade bears.
pub const fn mark(grade: Option<Grade>) -> Standing {
    match grade {
        Some(Grade::Good) => Standing::Good,
        Some(Grade::Concern) => Standing::Concern,
        Some(Grade::Bad) => Standing::Bad,
        None => Standing::NotRated,
    }
}

/// Draws a choice; `mark` is the state whose shape and colour it bears when chosen.
pub fn choice(ui: &mut Ui, label: &str, chosen: bool, mark: Standing) -> Response {
    let palette = theme::palette(ui);
    let colours = palette.standing(mark);
    let font = egui::FontId::proportional(theme::BODY);
    let ink = if chosen { colours.ink } else { palette.text };
    let around = space::M * 2.0 + size::MARK + space::S;
    let room = (ui.available_width() - around).max(size::CONTROL * 4.0);
    let mut job = LayoutJob::simple(label.to_owned(), font, ink, room);
    let mut galley = ui.painter().layout_job(job.clone());
    if galley.rows.len() > 1 {
        for section in &mut job.sections {
            section.format.line_height = Some(theme::BODY + space::XS);
        }
        galley = ui.painter().layout_job(job);
    }
    let padding = size::CONTROL - theme::BODY;
    let height = (galley.size().y + padding / 2.0).max(size::CONTROL);
    let wide = vec2(around + galley.size().x, height);
    let (rect, response) = ui.allocate_exact_size(wide, Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, chosen, label));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let (fill, stroke) = if response.has_focus() {
            (colours.tint, Stroke::new(size::FOCUS, palette.accent))
        } else if chosen {
            (colours.tint, Stroke::new(1.5, colours.ink))
        } else if response.hovered() {
            (palette.hovered, Stroke::new(1.0, palette.border))
        } else {
            (palette.field, Stroke::new(1.0, palette.border))
        };
        let fill = if chosen || response.hovered() {
            fill
        } else {
            palette.field
        };
        painter.rect(rect, 5.0, fill, stroke, StrokeKind::Inside);
        let centre = pos2(rect.left() + space::M + size::MARK / 2.0, rect.center().y);
        if chosen {
            status_mark::paint_shape(painter, centre, size::MARK, mark, colours.mark);
        } else {
            painter.circle_stroke(centre, size::MARK * 0.42, Stroke::new(1.0, palette.border));
        }
        let text_at = pos2(
            centre.x + size::MARK / 2.0 + space::S,
            rect.center().y - galley.size().y / 2.0,
        );
        painter.galley(text_at, galley, ink);
    }
    response
}
