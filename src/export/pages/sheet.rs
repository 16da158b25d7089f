//! The page being filled, and the structure that grows with it.

use crate::plan::NO_TITLE;

use super::{
    Bookmark, Draw, Item, Node, Orientation, Page, Role, Tag, Text,
    colours::{self, Rgb},
    faces::Faces,
    flow::{Flow, FlowLine, Stroke, Style},
};

/// The margins of the page; the foot stands in the lower one.
const MARGIN: f32 = 40.0;
const MARGIN_TOP: f32 = 36.0;
const MARGIN_BOTTOM: f32 = 44.0;
pub const HAIRLINE: f32 = 0.4;
/// A narrower column holds no four characters.
const NARROWEST: f32 = 48.0;
/// The side of a shape beside a text.
const MARK: f32 = 7.0;
/// The font's ascent, as a fraction of its size.
const ASCENT: f32 = 0.88;
/// Longer bookmarks are cut: a reader's side bar has no room for them, and PDF/A allows strings of
/// 32,767 bytes only.
const BOOKMARK: usize = 120;

/// The thickness of a line through or under a text.
const STROKE: f32 = 0.7;
/// Their distance above and below the baseline, as fractions of the font's size.
const THROUGH: f32 = 0.4;
const UNDER: f32 = 0.15;

/// The pages so far.
pub struct Sheet {
    pub size: (f32, f32),
    pub faces: Faces,
    pub pages: Vec<Page>,
    pub nodes: Vec<Node>,
    pub bookmarks: Vec<Bookmark>,
    /// Where the next thing goes.
    pub y: f32,
    /// Whether the page is a cover, on which nothing else is put.
    pub is_cover: bool,
    waiting: Vec<Heading>,
}

/// A heading that is held back until what it heads is put, so that it is not left alone at the foot
/// of a page.
struct Heading {
    level: u16,
    text: String,
    flow: Flow,
    before: f32,
    after: f32,
    bar: bool,
}

impl Sheet {
    pub fn new(orientation: Orientation, faces: Faces) -> Self {
        Self {
            size: orientation.size(),
            faces,
            pages: vec![Page::default()],
            nodes: Vec::new(),
            bookmarks: Vec::new(),
            y: MARGIN_TOP,
            is_cover: false,
            waiting: Vec::new(),
        }
    }

    pub fn left(&self) -> f32 {
        MARGIN
    }

    pub fn width(&self) -> f32 {
        self.size.0 - 2.0 * MARGIN
    }

    /// Where columns with these shares of the width begin, and where the last one ends. None is too
    /// narrow to be read.
    pub fn edges(&self, shares: &[f64]) -> Vec<f32> {
        let mut at = self.left();
        let mut edges = vec![at];
        for width in readable(shares, self.width()) {
            at += width;
            edges.push(at);
        }
        edges
    }

    pub fn bottom(&self) -> f32 {
        self.size.1 - MARGIN_BOTTOM
    }

    pub fn remaining(&self) -> f32 {
        self.bottom() - self.y
    }

    /// The height of an empty page.
    pub fn whole(&self) -> f32 {
        self.bottom() - MARGIN_TOP
    }

    pub fn is_at_top(&self) -> bool {
        self.y <= MARGIN_TOP
    }

    pub fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = MARGIN_TOP;
        self.is_cover = false;
    }

    pub fn node(&mut self, parent: Option<usize>, role: Role) -> usize {
        self.nodes.push(Node { parent, role });
        self.nodes.len() - 1
    }

    pub fn draw(&mut self, tag: Tag, draw: Draw) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item { tag, draw });
        }
    }

    pub fn rect(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), fill: Rgb) {
        let draw = Draw::Rect {
            x,
            y,
            width,
            height,
            fill,
        };
        self.draw(Tag::Decoration, draw);
    }

    /// A hairline between two points, one right of or below the other.
    pub fn hairline(&mut self, (x, y): (f32, f32), (to_x, to_y): (f32, f32)) {
        let half = HAIRLINE / 2.0;
        let size = (to_x - x + HAIRLINE, to_y - y + HAIRLINE);
        self.rect((x - half, y - half), size, colours::HAIRLINE);
    }

    /// A text on one line, its box beginning at `y`.
    pub fn text(&mut self, tag: Tag, (x, y): (f32, f32), text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        let text = Text {
            x,
            baseline: baseline(y, style),
            size: style.size,
            bold: style.bold,
            ink: style.ink,
            text: text.to_owned(),
        };
        self.draw(tag, Draw::Text(text));
    }

    /// A line of a flow with its shape.
    pub fn line(&mut self, tag: Tag, (x, y): (f32, f32), line: &FlowLine) {
        if let Some(mark) = line.mark {
            let centre = (x + MARK / 2.0 + 0.5, y + line.height / 2.0);
            for draw in mark.draw(centre, MARK) {
                self.draw(Tag::Decoration, draw);
            }
        }
        let style = Style {
            leading: line.height,
            ..line.style
        };
        let x = x + line.indent;
        self.text(tag, (x, y), &line.text, style);
        for (stroke, range) in &line.strokes {
            let before = line.text.get(..range.start).unwrap_or_default();
            let inside = line.text.get(range.clone()).unwrap_or_default();
            let [before, width] = [before, inside.trim_end()]
                .map(|text| self.faces.width(text, style.size, style.bold));
            let from_baseline = match stroke {
                Stroke::Through => -THROUGH,
                Stroke::Under => UNDER,
            };
            let y = baseline(y, style) + from_baseline * style.size;
            self.rect((x + before, y), (width, STROKE), style.ink);
        }
    }

    /// A paragraph across the page.
    pub fn paragraph(&mut self, text: &str, style: Style) {
        let mut flow = Flow::default();
        let width = self.width();
        flow.add(text, width, style, &mut self.faces);
        let node = self.node(None, Role::Paragraph);
        self.flow(Tag::Node(node), self.left(), &flow);
    }

    /// Lines one below the other, over as many pages as it takes.
    pub fn flow(&mut self, tag: Tag, x: f32, flow: &Flow) {
        for line in &flow.lines {
            if line.height > self.remaining() && !self.is_at_top() {
                self.new_page();
            }
            self.line(tag, (x, self.y), line);
            self.y += line.height;
        }
    }

    /// A heading, which waits for what it heads.
    pub fn head(&mut self, level: u16, text: &str, style: Style, (before, after): (f32, f32)) {
        let mut flow = Flow::default();
        let bar = level == 2;
        let mut text = super::clean::one_line(text, &mut self.faces);
        // A heading always says something, as readers list the headings.
        if text.trim().is_empty() {
            text = NO_TITLE.to_owned();
        }
        let width = self.width() - if bar { BAR } else { 0.0 };
        flow.add(&text, width, style, &mut self.faces);
        self.waiting.push(Heading {
            level,
            text,
            flow,
            before,
            after,
            bar,
        });
    }

    /// The height of all waiting headings together.
    pub fn waiting_height(&self) -> f32 {
        let high = |heading: &Heading| heading.before + heading.flow.height() + heading.after;
        self.waiting.iter().map(high).sum()
    }

    /// Puts the waiting headings on a page that has room for `need` more below them.
    pub fn put_headings(&mut self, need: f32) {
        let high = self.waiting_height() + need;
        if !self.waiting.is_empty() && high > self.remaining() && !self.is_at_top() {
            self.new_page();
        }
        for heading in std::mem::take(&mut self.waiting) {
            if !self.is_at_top() {
                self.y += heading.before;
            }
            let title: String = heading.text.chars().take(BOOKMARK).collect();
            let role = Role::Heading {
                level: heading.level,
                title: title.clone(),
            };
            let node = self.node(None, role);
            self.bookmarks.push(Bookmark {
                level: heading.level,
                text: title,
                page: self.pages.len() - 1,
                y: self.y,
            });
            let mut x = self.left();
            if heading.bar {
                let high = heading.flow.height().min(self.remaining());
                self.rect((x, self.y + 1.0), (3.0, high - 2.0), colours::ACCENT);
                x += BAR;
            }
            self.flow(Tag::Node(node), x, &heading.flow);
            self.y += heading.after;
        }
    }
}

/// The widths of columns with these shares, none of them less than what can be read, as long as there
/// is room for that.
fn readable(shares: &[f64], all: f32) -> Vec<f32> {
    let least = NARROWEST.min(all / shares.len().max(1) as f32);
    let mut is_least = vec![false; shares.len()];
    loop {
        let held = is_least.iter().filter(|it| **it).count();
        let room = all - least * held as f32;
        let others = shares
            .iter()
            .zip(&is_least)
            .filter(|(_, is_least)| !**is_least);
        let others: f64 = others.map(|(share, _)| share).sum();
        let width = |(share, is_least): (&f64, &bool)| match is_least {
            true => least,
            false => room * (share / others) as f32,
        };
        let widths: Vec<f32> = shares.iter().zip(&is_least).map(width).collect();
        let mut has_more = false;
        for (width, is_least) in widths.iter().zip(&mut is_least) {
            // As wide as the least apart from how it was computed.
            if !*is_least && *width < least - 0.01 {
                *is_least = true;
                has_more = true;
            }
        }
        if !has_more {
            return widths;
        }
    }
}

/// The baseline of a line whose box begins at `y`.
fn baseline(y: f32, style: Style) -> f32 {
    y + (style.leading - style.size) / 2.0 + style.size * ASCENT
}

/// The bar before the heading of a chapter, and the room after it.
const BAR: f32 = 9.0;
