//! The printed form as plain data: pages, what stands where on them, and what it means.
//!
//! An outline becomes [`Pages`]: items with positions in points (1/72 inch, from the top left),
//! each belonging to a node of the document's structure, so that what is written from them can be
//! read aloud in order. No PDF is in here; `pdf` writes it.
//!
//! | file | what is in it |
//! |---|---|
//! | `faces` | the two cuts of the font: which characters they have, how wide these are |
//! | `clean` | a text as it can be printed: paragraphs without control characters |
//! | `lines` | where a paragraph is broken: kinsoku, and titles by phrases |
//! | `glue` | what holds together on a line: numbers with their units, words |
//! | `flow` | paragraphs as lines with their indents, ready to be put in a cell |
//! | `sheet` | the page being filled, and the structure that grows with it |
//! | `grid` | rows and columns: repeated heads, rows that stay whole or are split |
//! | `document` | the order of things: title, headings, tables |
//! | `changes` | the same of 新旧対照表 |
//! | `foot` | the foot of the pages, with which a document is done |
//! | `cover` | the first page with the counts |
//! | `marks`, `colours` | the shapes beside a text, the colours of print |
//!
//! Text is set from left to right, one glyph for one character: the font has neither kerning nor
//! any script that would need more.

mod changes;
mod clean;
mod colours;
mod cover;
mod document;
pub mod faces;
mod flow;
mod foot;
mod glue;
mod grid;
pub mod lines;
mod marks;
mod sheet;

use std::ops::ControlFlow;

use crate::plan::Section;

use super::outline::Scope;

pub use changes::lay_out_changes;
pub use clean::{GETA, is_selector, paragraphs};
pub use colours::{Rgb, StatusColours, standing as standing_colours};
pub use document::lay_out;

/// What is printed, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    pub orientation: Orientation,
    /// Without colour. Shapes and words say the same.
    pub grey: bool,
    /// A first page with the counts.
    pub cover: bool,
    /// Only what is judged not to be good.
    pub only_attention: bool,
    /// Reposts with the contents of their sources, not with one line that says where these are.
    pub full_reposts: bool,
    /// As a form to be filled in, with boxes for what can be chosen.
    pub blank: bool,
    /// The date that the file bears; without one, the plan's own (`as_of`) or, if that is not set
    /// either, the first day of its fiscal year. Never today: the same plan is the same file.
    pub date: Option<jiff::civil::Date>,
}

/// How A4 lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Orientation {
    #[default]
    Landscape,
    Portrait,
}

impl Options {
    /// What of a plan they ask for, within a section of it.
    pub const fn scope(&self, section: Option<Section>) -> Scope {
        Scope {
            section,
            only_attention: self.only_attention,
            full_reposts: self.full_reposts,
            blank: self.blank,
        }
    }
}

impl Orientation {
    /// Width and height of A4, in points.
    pub const fn size(self) -> (f32, f32) {
        match self {
            Self::Landscape => (841.89, 595.28),
            Self::Portrait => (595.28, 841.89),
        }
    }
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub step: Step,
    pub done: usize,
    pub of: usize,
}

/// What an export is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Rows are being laid out.
    LayingOut,
    /// Pages are being written.
    Writing,
}

/// Is told how far an export is, and says whether it goes on.
pub type Watch<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// The export was stopped by its watcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// A whole document, laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// Width and height of every page.
    pub size: (f32, f32),
    pub title: String,
    pub pages: Vec<Page>,
    /// The structure: every node stands after its parent.
    pub nodes: Vec<Node>,
    pub bookmarks: Vec<Bookmark>,
    /// Characters that the font lacks, in order.
    pub missing: Vec<char>,
}

/// What stands on one page, in the order in which it is drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pub items: Vec<Item>,
}

/// Something drawn, and what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub tag: Tag,
    pub draw: Draw,
}

/// What an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// A node of the structure, by its place in `Pages::nodes`.
    Node(usize),
    /// What every page has or repeats: its foot, a repeated head.
    Furniture,
    /// Lines, grounds and shapes that say nothing by themselves.
    Decoration,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Draw {
    Text(Text),
    Rect {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        fill: Rgb,
    },
    Polygon {
        corners: Vec<(f32, f32)>,
        fill: Rgb,
    },
    Disc {
        centre: (f32, f32),
        radius: f32,
        fill: Rgb,
    },
    Ring {
        centre: (f32, f32),
        radius: f32,
        width: f32,
        ink: Rgb,
    },
    Path {
        points: Vec<(f32, f32)>,
        width: f32,
        ink: Rgb,
    },
}

/// A run of text on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub x: f32,
    pub baseline: f32,
    pub size: f32,
    pub bold: bool,
    pub ink: Rgb,
    pub text: String,
}

/// A node of the structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub parent: Option<usize>,
    pub role: Role,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A heading, of level 1 for the title; what it says is cut like a bookmark's.
    Heading {
        level: u16,
        title: String,
    },
    Paragraph,
    Table,
    TableHead,
    TableBody,
    Row,
    ColumnHeading,
    RowHeading,
    /// A heading of the rows below it, across the table.
    GroupHeading {
        columns: u32,
    },
    Cell {
        columns: u32,
    },
}

/// An entry of the document's outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    /// As of `Role::Heading`.
    pub level: u16,
    pub text: String,
    pub page: usize,
    pub y: f32,
}
