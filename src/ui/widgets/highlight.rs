//! Making what is searched for stand out, over a text that is already laid out.

use egui::{Galley, Painter, Pos2, Rect, text::CCursor};

use crate::{
    plan::highlights,
    ui::theme::{self, Palette},
};

/// Paints over every hit of the query. Nothing moves: the colour is see-through.
pub fn paint(
    painter: &Painter,
    palette: &Palette,
    (galley, at): (&Galley, Pos2),
    text: &str,
    query: &str,
) {
    for hit in highlights(text, query) {
        let chars = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
        for n in chars(hit.start)..chars(hit.end) {
            let left = galley.pos_from_cursor(CCursor::new(n));
            let mut next = CCursor::new(n + 1);
            // The end of a line, not the beginning of the next.
            next.prefer_next_row = false;
            let right = galley.pos_from_cursor(next);
            if right.center().y == left.center().y {
                // As high as the letters, whatever the height of the line.
                let middle = left.center().y;
                let half = theme::BODY * 0.62;
                let letter =
                    Rect::from_x_y_ranges(left.min.x..=right.min.x, middle - half..=middle + half);
                painter.rect_filled(letter.translate(at.to_vec2()), 0.0, palette.hit);
            }
        }
    }
}
