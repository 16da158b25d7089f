//! A page's items as PDF drawing, each in its tag.

use krilla::{
    color::{luma, rgb},
    geom::{PathBuilder, Point, Rect},
    num::NormalizedF32,
    paint::{Fill, LineCap, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag},
    text::{Font, GlyphId, KrillaGlyph},
};

use crate::export::pages::{
    Draw, Item, Page, Rgb, Tag, Text,
    faces::{Face, Faces},
    is_selector,
};

use super::structure::Structure;

/// Draws pages with the fonts of the document.
pub struct Pen {
    pub faces: Faces,
    pub regular: Font,
    pub bold: Font,
    pub grey: bool,
}

impl Pen {
    /// Draws a page. Neighbours that belong to one node are in one tag.
    pub fn draw(&mut self, page: &Page, surface: &mut Surface<'_>, structure: &mut Structure) {
        for group in page.items.chunk_by(|a, b| a.tag == b.tag) {
            let Some(Item { tag, .. }) = group.first() else {
                continue;
            };
            let content = match tag {
                Tag::Node(_) => ContentTag::Span(SpanTag::empty()),
                Tag::Furniture => artifact(ArtifactType::PaginationOther),
                Tag::Decoration => artifact(ArtifactType::Layout),
            };
            let identifier = surface.start_tagged(content);
            for item in group {
                self.item(&item.draw, surface);
            }
            surface.end_tagged();
            if let Tag::Node(node) = tag {
                structure.add(*node, identifier);
            }
        }
    }

    fn item(&mut self, draw: &Draw, surface: &mut Surface<'_>) {
        let mut path = PathBuilder::new();
        match draw {
            Draw::Text(text) => return self.text(text, surface),
            Draw::Rect {
                x,
                y,
                width,
                height,
                fill,
            } => {
                let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) else {
                    return;
                };
                path.push_rect(rect);
                self.fill(*fill, surface);
            }
            Draw::Polygon { corners, fill } => {
                trace(&mut path, corners);
                path.close();
                self.fill(*fill, surface);
            }
            Draw::Disc {
                centre,
                radius,
                fill,
            } => {
                circle(&mut path, *centre, *radius);
                self.fill(*fill, surface);
            }
            Draw::Ring {
                centre,
                radius,
                width,
                ink,
            } => {
                circle(&mut path, *centre, *radius);
                self.stroke(*ink, *width, surface);
            }
            Draw::Path { points, width, ink } => {
                trace(&mut path, points);
                self.stroke(*ink, *width, surface);
            }
        }
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }

    fn text(&mut self, text: &Text, surface: &mut Surface<'_>) {
        let font = if text.bold { &self.bold } else { &self.regular };
        let glyphs = glyphs(&text.text, self.faces.face(text.bold));
        let font = font.clone();
        self.fill(text.ink, surface);
        let start = Point::from_xy(text.x, text.baseline);
        surface.draw_glyphs(start, &glyphs, font, &text.text, text.size, false);
    }

    fn fill(&self, colour: Rgb, surface: &mut Surface<'_>) {
        surface.set_stroke(None);
        surface.set_fill(Some(Fill {
            paint: self.paint(colour),
            opacity: NormalizedF32::ONE,
            rule: Default::default(),
        }));
    }

    fn stroke(&self, colour: Rgb, width: f32, surface: &mut Surface<'_>) {
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke {
            paint: self.paint(colour),
            width,
            line_cap: LineCap::Round,
            ..Stroke::default()
        }));
    }

    fn paint(&self, colour: Rgb) -> krilla::paint::Paint {
        if self.grey {
            luma::Color::new(colour.grey()).into()
        } else {
            rgb::Color::new(colour.0, colour.1, colour.2).into()
        }
    }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

/// One glyph for each character; one for a kanji and the selector of its shape.
fn glyphs(text: &str, face: &mut Face) -> Vec<KrillaGlyph> {
    let mut glyphs: Vec<KrillaGlyph> = Vec::with_capacity(text.len() / 3 + 1);
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let mut glyph = face.glyph(c);
        let mut end = at + c.len_utf8();
        if let Some((_, selector)) = letters.next_if(|(_, next)| is_selector(*next)) {
            end += selector.len_utf8();
            glyph = face.variant(c, selector).unwrap_or(glyph);
        }
        let id = GlyphId::new(glyph.id);
        glyphs.push(KrillaGlyph::new(
            id,
            glyph.advance,
            0.0,
            0.0,
            0.0,
            at..end,
            None,
        ));
    }
    glyphs
}

fn trace(path: &mut PathBuilder, points: &[(f32, f32)]) {
    let mut points = points.iter();
    if let Some((x, y)) = points.next() {
        path.move_to(*x, *y);
    }
    for (x, y) in points {
        path.line_to(*x, *y);
    }
}

/// Four curves; the constant is what brings them nearest to a circle.
fn circle(path: &mut PathBuilder, (x, y): (f32, f32), r: f32) {
    let k = r * 0.552_284_8;
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
    path.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
    path.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
    path.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
    path.close();
}
