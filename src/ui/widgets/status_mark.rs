//! A state as a shape: colour never carries it alone. The same six shapes everywhere, told
//! apart without colour; a repost is its source's shape, hollow, with an arrow.

use egui::{
    Align2, Color32, Id, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, accesskit::Role, pos2, vec2,
};

use crate::{
    form::Level,
    plan::{Shown, Standing, Tally},
    ui::theme::{self, Palette, size, space},
};

/// Paints the mark of a state around `centre`.
pub fn paint(painter: &Painter, palette: &Palette, centre: Pos2, shown: Shown) {
    match shown {
        Shown::Own(standing) => {
            let mark = palette.standing(standing).mark;
            paint_shape(painter, centre, size::MARK, standing, mark);
        }
        Shown::Repost(source) => {
            let ink = source.map_or(palette.weak, |standing| palette.standing(standing).mark);
            paint_arrow(painter, centre, ink);
        }
    }
}

/// Paints the shape of a state in a square of `side` around `centre`.
pub fn paint_shape(painter: &Painter, centre: Pos2, side: f32, standing: Standing, ink: Color32) {
    let half = side / 2.0;
    let at = |x: f32, y: f32| centre + vec2(x * half, y * half);
    match standing {
        Standing::Good => {
            painter.circle_filled(centre, half * 0.86, ink);
        }
        Standing::Concern => {
            let corners = vec![at(0.0, -1.05), at(1.1, 0.9), at(-1.1, 0.9)];
            painter.add(Shape::convex_polygon(corners, ink, Stroke::NONE));
        }
        Standing::Bad => {
            let corners = vec![at(0.0, -1.2), at(1.2, 0.0), at(0.0, 1.2), at(-1.2, 0.0)];
            painter.add(Shape::convex_polygon(corners, ink, Stroke::NONE));
        }
        Standing::Worst => {
            let square = Rect::from_center_size(centre, Vec2::splat(side));
            painter.rect_filled(square, 1.0, ink);
        }
        Standing::Unassessed => {
            painter.circle_stroke(centre, half * 0.8, Stroke::new(1.5, ink));
        }
        Standing::NotRated => {
            painter.line_segment([at(-0.8, 0.0), at(0.8, 0.0)], Stroke::new(1.5, ink));
        }
    }
}

/// An arrow that points back to where the contents are.
fn paint_arrow(painter: &Painter, centre: Pos2, ink: Color32) {
    let half = size::MARK / 2.0;
    let stroke = Stroke::new(1.6, ink);
    let at = |x: f32, y: f32| pos2(centre.x + x * half, centre.y + y * half);
    painter.line(vec![at(1.0, 1.0), at(1.0, -0.2), at(-1.0, -0.2)], stroke);
    painter.line(vec![at(-0.2, -1.0), at(-1.0, -0.2), at(-0.2, 0.6)], stroke);
}

/// A state as shape and words on its tint.
pub fn chip(ui: &mut Ui, standing: Standing, text: &str) -> Response {
    let response = paint_chip(ui, standing, text, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// A chip that opens something, known by this id; `is_selected` among several cells.
pub fn chip_button(
    ui: &mut Ui,
    id: Id,
    standing: Standing,
    (text, is_selected): (&str, bool),
) -> Response {
    let place = paint_chip(ui, standing, text, Sense::hover()).rect;
    let response = ui.interact(place, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    let palette = theme::palette(ui);
    let stroke = if response.has_focus() {
        Stroke::new(size::FOCUS, palette.accent)
    } else if is_selected {
        Stroke::new(1.0, palette.accent)
    } else if response.hovered() {
        Stroke::new(1.0, palette.standing(standing).ink)
    } else {
        return response;
    };
    ui.painter()
        .rect_stroke(response.rect, 5.0, stroke, StrokeKind::Inside);
    response
}

/// How high a chip with this text is in a place of this width.
pub fn chip_height(ui: &Ui, text: &str, width: f32) -> f32 {
    lay_out_chip(ui, text, Color32::PLACEHOLDER, width).size().y + space::S * 1.5
}

fn lay_out_chip(ui: &Ui, text: &str, ink: Color32, width: f32) -> std::sync::Arc<egui::Galley> {
    let font = egui::FontId::proportional(theme::BODY);
    let room = (width - size::MARK - space::S - space::M * 2.0).max(80.0);
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, ink, room);
    for section in &mut job.sections {
        section.format.line_height = Some(theme::BODY + space::XS);
    }
    ui.painter().layout_job(job)
}

fn paint_chip(ui: &mut Ui, standing: Standing, text: &str, sense: Sense) -> Response {
    let colours = theme::palette(ui).standing(standing);
    let galley = lay_out_chip(ui, text, colours.ink, ui.available_width());
    let inner = vec2(size::MARK + space::S + galley.size().x, galley.size().y);
    let (rect, response) =
        ui.allocate_exact_size(inner + vec2(space::M * 2.0, space::S * 1.5), sense);
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        painter.rect_filled(rect, 5.0, colours.tint);
        let centre = pos2(rect.left() + space::M + size::MARK / 2.0, rect.center().y);
        paint_shape(painter, centre, size::MARK, standing, colours.mark);
        let text_at = pos2(
            centre.x + size::MARK / 2.0 + space::S,
            rect.center().y - galley.size().y / 2.0,
        );
        painter.galley(text_at, galley, colours.ink);
    }
    response
}

/// Paints, from the right, how many are in each state that needs attention, with their shapes.
/// Returns where they begin.
pub fn paint_counts(
    painter: &Painter,
    palette: &Palette,
    right: f32,
    middle: f32,
    tally: &Tally,
) -> f32 {
    let font = egui::FontId::proportional(theme::SMALL);
    let mut left = right;
    let loud = [
        Standing::Unassessed,
        Standing::Concern,
        Standing::Bad,
        Standing::Worst,
    ];
    for standing in loud {
        let count = tally.count(standing);
        if count == 0 {
            continue;
        }
        let colours = palette.standing(standing);
        let drawn = painter.text(
            pos2(left, middle),
            Align2::RIGHT_CENTER,
            count.to_string(),
            font.clone(),
            colours.ink,
        );
        let mark = pos2(drawn.left() - size::MARK / 2.0 - 3.0, middle);
        paint_shape(painter, mark, size::MARK - 2.0, standing, colours.mark);
        left = mark.x - size::MARK / 2.0 - space::XS;
    }
    left
}

/// The state in words of its level, for tooltips and screen readers.
pub fn in_words(level: &Level, shown: Shown) -> String {
    match shown {
        Shown::Own(standing) => level.standing_word(standing),
        Shown::Repost(Some(standing)) => format!("再掲（{}）", level.standing_word(standing)),
        Shown::Repost(None) => "再掲（再掲元が見つかりません）".to_owned(),
    }
}
