//! One of a few choices, side by side: a radio button with room to be hit. Words that are longer
//! than the place is wide go on in the next line.

use egui::{
    Align2, Event, FontId, Painter, Pos2, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, text::LayoutJob, vec2,
};

use crate::{
    form::{Choice, Field, Grade, half_width},
    plan::Standing,
    ui::theme::{self, Palette, size, space},
};

use super::status_mark;

/// A choice among those of a question that takes the keys for all of them.
#[derive(Debug, Clone, Copy)]
pub struct Offered<'a> {
    pub of: &'a Choice,
    pub is_chosen: bool,
    /// The digit that chooses it, where the keys go to its question.
    pub digit: Option<usize>,
    /// Whether Enter would choose it.
    pub is_next: bool,
}

/// Draws a choice of the form in its own words. It is no stop for Tab: its question is.
pub fn of_form(ui: &mut Ui, offered: Offered<'_>) -> Response {
    let words = &offered.of.words;
    let mark = mark(offered.of.grade);
    let look = Look {
        sense: Sense::CLICK,
        digit: offered.digit,
        has_ring: offered.is_next,
    };
    draw(ui, words, offered.is_chosen, mark, look)
}

/// The digit that a text is, of whatever width.
pub fn digit(text: &str) -> Option<usize> {
    let number: usize = half_width(text).parse().ok()?;
    (1..=9).contains(&number).then_some(number)
}

/// The digit that was typed in this frame, if one was. The event is taken.
pub fn typed_digit(ui: &Ui) -> Option<usize> {
    ui.input_mut(|input| {
        let mut typed = None;
        input.events.retain(|event| match event {
            Event::Text(text) => match digit(text) {
                Some(number) => {
                    typed = Some(number);
                    false
                }
                None => true,
            },
            _ => true,
        });
        typed
    })
}

/// The choices of questions that follow each other, in the order in which digits count them.
pub fn counted<'a>(fields: &[&'a Field]) -> impl Iterator<Item = (usize, &'a Field, &'a Choice)> {
    let all = fields
        .iter()
        .flat_map(|field| field.choices().iter().map(move |choice| (*field, choice)));
    let all: Vec<_> = all.collect();
    (1..)
        .zip(all)
        .map(|(n, (field, choice))| (n, field, choice))
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
    let look = Look {
        sense: Sense::click(),
        digit: None,
        has_ring: false,
    };
    draw(ui, label, chosen, mark, look)
}

#[derive(Debug, Clone, Copy)]
struct Look {
    sense: Sense,
    digit: Option<usize>,
    /// A ring of the focus, although it has not the focus itself.
    has_ring: bool,
}

fn draw(ui: &mut Ui, label: &str, chosen: bool, mark: Standing, look: Look) -> Response {
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
    let (rect, response) = ui.allocate_exact_size(wide, look.sense);
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, chosen, label));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let (fill, stroke) = if response.has_focus() || look.has_ring {
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
            empty(painter, centre, look.digit, palette);
        }
        let text_at = pos2(
            centre.x + size::MARK / 2.0 + space::S,
            rect.center().y - galley.size().y / 2.0,
        );
        painter.galley(text_at, galley, ink);
    }
    response
}

/// What stands for the mark of a choice that is not chosen: a ring, or the digit that chooses it.
fn empty(painter: &Painter, centre: Pos2, digit: Option<usize>, palette: &Palette) {
    match digit {
        Some(digit) => {
            let font = FontId::proportional(theme::SMALL);
            let ink = palette.accent;
            painter.text(centre, Align2::CENTER_CENTER, digit, font, ink);
        }
        None => {
            painter.circle_stroke(centre, size::MARK * 0.42, Stroke::new(1.0, palette.border));
        }
    }
}
