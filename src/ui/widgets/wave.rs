//! A wavy line under words of a text that is already laid out, as word processors draw it.

use std::ops::Range;

use egui::{Color32, Galley, Painter, Pos2, Shape, Stroke, pos2, text::CCursor};

/// How wide and how high half a wave is.
const STEP: f32 = 2.5;
const HEIGHT: f32 = 1.5;

/// Draws the line under these characters.
pub fn paint(
    painter: &Painter,
    (galley, at): (&Galley, Pos2),
    characters: Range<usize>,
    ink: Color32,
) {
    let moved = |(from, to, y): (f32, f32, f32)| (from + at.x, to + at.x, y + at.y);
    let mut run: Option<(f32, f32, f32)> = None;
    for n in characters {
        let left = galley.pos_from_cursor(CCursor::new(n));
        let mut next = CCursor::new(n + 1);
        // The end of a line, not the beginning of the next.
        next.prefer_next_row = false;
        let right = galley.pos_from_cursor(next);
        if right.center().y != left.center().y {
            continue;
        }
        let bottom = left.center().y + crate::ui::theme::BODY * 0.66;
        run = match run {
            Some((from, _, y)) if y == bottom => Some((from, right.min.x, y)),
            Some(done) => {
                line(painter, moved(done), ink);
                Some((left.min.x, right.min.x, bottom))
            }
            None => Some((left.min.x, right.min.x, bottom)),
        };
    }
    if let Some(done) = run {
        line(painter, moved(done), ink);
    }
}

/// Draws a wave from left to right at this height.
pub fn line(painter: &Painter, (from, to, y): (f32, f32, f32), ink: Color32) {
    let steps = ((to - from) / STEP).ceil().max(1.0) as usize;
    let points = (0..=steps).map(|n| {
        let x = (from + n as f32 * STEP).min(to);
        let up = if n.is_multiple_of(2) { HEIGHT } else { -HEIGHT };
        pos2(x, y + up)
    });
    painter.add(Shape::line(points.collect(), Stroke::new(1.0, ink)));
}
