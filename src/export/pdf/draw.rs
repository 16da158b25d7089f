//! A page's items as PDF drawing, each in its tag.

use krilla::{
    color::{luma, rgb},
    geom::{PathBuilder, Point, Rect},
    num::NormalizedF32,
    paint::{Fill, LineCap, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag},
};

use crate::export::pages::{Draw, GETA, Item, Page, Rgb, Tag, Text, faces::Faces};

use super::{
    glyphs::{Cut, Stretch},
    structure::Structure,
};

/// Left of and above any page.
const OFF_PAGE: f32 = -100.0;

/// Draws pages with the fonts of the document.
pub struct Pen {
    pub faces: Faces,
    pub regular: Cut,
    pub bold: Cut,
    pub grey: bool,
}

impl Pen {
    /// Draws 〓 where nobody sees it, off the page. What is drawn first with a glyph is what it says to
    /// readers that know nothing better: then not every missing character is the first one missing.
    pub fn draw_geta(&mut self, surface: &mut Surface<'_>) {
        surface.start_tagged(artifact(ArtifactType::Layout));
        for bold in [false, true] {
            let text = Text {
                x: OFF_PAGE,
                baseline: OFF_PAGE,
                size: 1.0,
                bold,
                ink: Rgb(0, 0, 0),
                text: GETA.to_string(),
            };
            self.text(&text, surface);
        }
        surface.end_tagged();
    }

    /// Draws a page. Neighbours that belong to one node are in one tag, but for glyphs that stand for
    /// something else.
    pub fn draw(&mut self, page: &Page, surface: &mut Surface<'_>, structure: &mut Structure) {
        for group in page.items.chunk_by(|a, b| a.tag == b.tag) {
            let Some(Item { tag, .. }) = group.first() else {
                continue;
            };
            let content = match tag {
                Tag::Node(node) => {
                    self.node(group, *node, surface, structure);
                    continue;
                }
                Tag::Furniture => artifact(ArtifactType::PaginationOther),
                Tag::Decoration => artifact(ArtifactType::Layout),
            };
            surface.start_tagged(content);
            for item in group {
                self.item(&item.draw, surface);
            }
            surface.end_tagged();
        }
    }

    /// Draws what belongs to one node.
    fn node(
        &mut self,
        items: &[Item],
        node: usize,
        surface: &mut Surface<'_>,
        structure: &mut Structure,
    ) {
        let mut start = |surface: &mut Surface<'_>| {
            let span = ContentTag::Span(SpanTag::empty());
            structure.add(node, surface.start_tagged(span));
        };
        start(surface);
        let mut is_new = true;
        for item in items {
            let Draw::Text(text) = &item.draw else {
                self.item(&item.draw, surface);
                continue;
            };
            let mut x = text.x;
            let mut was_apart = false;
            for stretch in self.stretches(text) {
                if !is_new && (was_apart || stretch.is_apart) {
                    surface.end_tagged();
                    start(surface);
                }
                self.stretch(&stretch, x, text, surface);
                (is_new, was_apart) = (false, stretch.is_apart);
                x += stretch.width * text.size;
            }
        }
        surface.end_tagged();
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
        let mut x = text.x;
        for stretch in self.stretches(text) {
            self.stretch(&stretch, x, text, surface);
            x += stretch.width * text.size;
        }
    }

    fn stretches(&mut self, text: &Text) -> Vec<Stretch> {
        let face = self.faces.face(text.bold);
        let cut = if text.bold {
            &mut self.bold
        } else {
            &mut self.regular
        };
        cut.stretches(&text.text, face)
    }

    /// A stretch of a text at `x`.
    fn stretch(&self, stretch: &Stretch, x: f32, of: &Text, surface: &mut Surface<'_>) {
        let cut = if of.bold { &self.bold } else { &self.regular };
        self.fill(of.ink, surface);
        let start = Point::from_xy(x, of.baseline);
        let (font, text) = (cut.font.clone(), &*of.text);
        surface.draw_glyphs(start, &stretch.glyphs, font, text, of.size, false);
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
