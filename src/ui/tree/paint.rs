//! One row of the tree: arrow, mark, number, title, and at the right what is inside. Good is
//! quiet, bad is loud.

use egui::{
    Align2, Color32, FontId, Painter, Rect, Response, Shape, Stroke, StrokeKind, Ui, pos2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use crate::{
    plan::{Plan, Standing, Tally, title_or_none},
    ui::{
        theme::{self, Palette, size, space},
        widgets::{highlight, status_mark, wave},
    },
};

use super::rows::{Row, Said};

/// The width of the mark of a row in which the checks find something.
const WAVE: f32 = 14.0;

/// Where the arrow of a row is; a click there folds and unfolds.
pub fn arrow_rect(rect: Rect, depth: usize) -> Rect {
    let left = rect.left() + space::S + depth as f32 * size::TREE_INDENT;
    Rect::from_min_size(pos2(left, rect.top()), vec2(18.0, rect.height()))
}

/// Draws a row.
pub fn row(
    ui: &Ui,
    rect: Rect,
    (plan, row, said, findings): (&Plan, &Row, &Said, usize),
    is_selected: bool,
    tree_has_focus: bool,
    query: &str,
    response: &Response,
) {
    let palette = theme::palette(ui);
    let painter = ui.painter();
    let body = rect.shrink2(vec2(space::XS, 1.0));
    if is_selected {
        painter.rect_filled(body, 5.0, palette.selected);
        if tree_has_focus {
            let ring = Stroke::new(size::FOCUS, palette.accent);
            painter.rect_stroke(body, 5.0, ring, StrokeKind::Inside);
        }
    } else if response.hovered() {
        painter.rect_filled(body, 5.0, palette.hovered);
    }
    let arrow = arrow_rect(rect, row.depth);
    if let Some(expanded) = row.expanded {
        paint_arrow(painter, arrow, expanded, palette.weak);
    }
    let mut right = body.right() - space::S;
    let level = row.node.as_ref().map(|node| plan.level(node));
    if findings > 0 && level.is_none_or(|level| level.is_filled_in()) {
        // The wave that is under the words in the editor; red is for what is judged bad.
        wave::line(
            painter,
            (right - WAVE, right, rect.center().y),
            palette.weak,
        );
        right -= WAVE + space::XS;
    }
    let middle = rect.center().y;
    let text_right = match row.inside {
        Some(inside) => paint_inside(painter, palette, right, middle, &inside.tally) - space::S,
        None => right,
    };
    let text_left = match said.shown {
        Some(shown) => {
            let centre = pos2(arrow.right() + space::XS, middle);
            status_mark::paint(painter, palette, centre, shown);
            centre.x + size::MARK / 2.0 + space::S
        }
        None => arrow.right() + 2.0,
    };
    let (number, parts) = (said.number.clone(), said.parts);
    let mut title_left = text_left;
    if !number.is_empty() {
        let font = FontId::proportional(theme::SMALL);
        let galley = painter.layout_no_wrap(number, font, palette.weak);
        // Titles line up as long as the numbers have one digit a part.
        let width = galley.size().x.max(number_width(parts));
        let at = pos2(text_left, middle - galley.size().y / 2.0);
        painter.galley(at, galley, palette.weak);
        title_left += width + space::S;
    }
    let mut job = title(ui, row);
    job.wrap = TextWrapping::truncate_at_width((text_right - title_left).max(0.0));
    let galley = painter.layout_job(job);
    let is_cut = galley.elided;
    let at = pos2(title_left, rect.center().y - galley.size().y / 2.0);
    let text = title_or_none(row.title());
    painter.galley(at, galley.clone(), palette.text);
    highlight::paint(painter, palette, (&*galley, at), text, query);
    if is_cut {
        response.clone().on_hover_text(title_or_none(row.title()));
    }
}

/// What a screen reader says of a row.
pub fn spoken(plan: &Plan, row: &Row, said: &Said) -> String {
    let Some(node) = &row.node else {
        return row.title().to_owned();
    };
    let (form, level) = (plan.form(), plan.level(node));
    let (name, title) = (&level.name, title_or_none(&node.title));
    let mut spoken = format!("{name}{} {title}", said.number);
    if let Some(shown) = said.shown {
        spoken.push_str(&format!("、{}", status_mark::in_words(level, shown)));
    }
    if let Some(inside) = row.inside {
        let level = form.level(inside.level);
        spoken.push_str(&format!("、{} 件", inside.tally.total()));
        for standing in Standing::ALL {
            let count = inside.tally.count(standing);
            if count > 0 && standing != Standing::Good {
                spoken.push_str(&format!("、{} {count} 件", level.standing_word(standing)));
            }
        }
    }
    spoken
}

/// The width of a number of so many parts that have one digit each.
fn number_width(parts: usize) -> f32 {
    match parts {
        0 | 1 => 10.0,
        // 52 for three.
        _ => 12.0 + 20.0 * (parts - 1) as f32,
    }
}

fn title(ui: &Ui, row: &Row) -> LayoutJob {
    let palette = theme::palette(ui);
    let font = match row.depth {
        0 => FontId::new(theme::BODY, theme::bold()),
        _ => FontId::proportional(theme::BODY),
    };
    let is_untitled = row.title().trim().is_empty();
    let ink = if is_untitled {
        palette.weak
    } else {
        palette.text
    };
    let title = title_or_none(row.title()).to_owned();
    LayoutJob::single_section(title, TextFormat::simple(font, ink))
}

fn paint_arrow(painter: &Painter, rect: Rect, expanded: bool, ink: Color32) {
    let centre = rect.center();
    let corners = if expanded {
        [vec2(-4.0, -2.0), vec2(4.0, -2.0), vec2(0.0, 3.0)]
    } else {
        [vec2(-2.0, -4.0), vec2(3.0, 0.0), vec2(-2.0, 4.0)]
    };
    let corners = corners.map(|corner| centre + corner).to_vec();
    painter.add(Shape::convex_polygon(corners, ink, Stroke::NONE));
}

/// Paints, from the right, the count of what is inside and before it the states that need
/// attention. Returns where they begin.
fn paint_inside(
    painter: &Painter,
    palette: &Palette,
    right: f32,
    middle: f32,
    tally: &Tally,
) -> f32 {
    let font = FontId::proportional(theme::SMALL);
    // The column of totals is as wide as two digits, so that it lines up.
    let total = format!("{}", tally.total());
    let drawn = painter.text(
        pos2(right, middle),
        Align2::RIGHT_CENTER,
        total,
        font.clone(),
        palette.weak,
    );
    let left = (right - 20.0).min(drawn.left() - space::S);
    status_mark::paint_counts(painter, palette, left, middle, tally)
}
