//! How much memory a file takes while it is made: what would take too much is refused before
//! anything is made.
//!
//! The files themselves are far smaller, but some formats have to be held whole, with more about
//! each part than the file says. What is counted for a part was measured in the shape of plan that
//! has most of it (`benches/memory.rs`) and rounded up.

use crate::{form::Form, plan::Node};

use super::{
    Format,
    outline::{Outline, Part, Row, words::level_names},
};

/// What a PC of some years ago has to spare beside all that is open on it.
const MOST: usize = 1_000_000_000;

/// The export would take too much memory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} にするには約 {} GB のメモリーが要ります（{} GB まで）。{}範囲を分けて書き出してください。",
    .format.name(),
    in_gigabytes(*.needed),
    in_gigabytes(MOST),
    .by
)]
pub struct TooLarge {
    pub format: Format,
    /// In bytes.
    pub needed: usize,
    /// By what it can be split: `経営課題や戦略ごとに、`; empty where the form has no headings.
    pub by: String,
}

/// With one decimal where it says something, rounded up.
fn in_gigabytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100_000_000);
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// What is counted, in bytes.
struct Costs {
    /// However little there is.
    always: usize,
    chapter: usize,
    table: usize,
    row: usize,
    /// For each line of a text.
    line: usize,
    /// For each byte of a text.
    text: usize,
    /// For each byte of the titles above a row, which a table for programs repeats in it.
    above: usize,
}

const fn costs(format: Format) -> Costs {
    match format {
        Format::Pdf => Costs {
            always: 30_000_000,
            chapter: 4_000,
            table: 9_000,
            row: 4_300,
            line: 220,
            text: 4,
            above: 0,
        },
        Format::Xlsx => Costs {
            always: 15_000_000,
            chapter: 35_000,
            table: 2_500,
            row: 6_000,
            line: 0,
            text: 4,
            above: 3,
        },
        Format::Html => Costs {
            always: 1_000_000,
            chapter: 2_500,
            table: 2_500,
            row: 1_000,
            line: 20,
            text: 4,
            above: 0,
        },
        Format::Markdown => Costs {
            always: 1_000_000,
            chapter: 1_500,
            table: 1_500,
            row: 800,
            line: 20,
            text: 4,
            above: 0,
        },
        Format::Csv => Costs {
            always: 1_000_000,
            chapter: 500,
            table: 500,
            row: 500,
            line: 0,
            text: 3,
            above: 3,
        },
    }
}

/// Refuses to export what would take too much.
///
/// # Errors
/// When it would.
pub fn refuse_too_large(format: Format, outline: &Outline<'_>) -> Result<(), TooLarge> {
    match needed(format, outline) {
        ..=MOST => Ok(()),
        needed => Err(TooLarge {
            format,
            needed,
            by: headings(outline.form()),
        }),
    }
}

fn headings(form: &Form) -> String {
    let levels = form.levels.iter().filter(|level| !level.is_row());
    match &*level_names(levels, "や") {
        "" => String::new(),
        names => format!("{names}ごとに、"),
    }
}

/// How many bytes an export takes at most beside the plan.
pub fn needed(format: Format, outline: &Outline<'_>) -> usize {
    let costs = costs(format);
    let whole = outline
        .plan()
        .values()
        .iter()
        .map(|(_, text)| costs.text(text));
    let whole = whole.fold(costs.always, usize::saturating_add);
    whole.saturating_add(costs.parts(&outline.parts, 0))
}

impl Costs {
    /// `above` is how long the titles above are.
    fn parts(&self, parts: &[Part<'_>], above: usize) -> usize {
        let part = |part: &Part<'_>| match part {
            Part::Chapter(chapter) => {
                let own = match chapter.depth {
                    0 => self.chapter,
                    _ => self.table,
                };
                let above = above + chapter.entry.node.title.len();
                let inside = self.parts(&chapter.parts, above);
                own.saturating_add(self.text(&chapter.heading))
                    .saturating_add(inside)
            }
            Part::Table(table) => {
                let rows = table.rows.iter().map(|row| self.row(row, above));
                rows.fold(self.table, usize::saturating_add)
            }
            Part::Nothing(words) => self.text(words),
        };
        parts.iter().map(part).fold(0, usize::saturating_add)
    }

    fn row(&self, row: &Row<'_>, above: usize) -> usize {
        let node = row.entry.node;
        // Of a repost with the contents of its source, these too.
        let shown = row.repost().filter(|_| !row.is_reference());
        let shown = shown
            .and_then(|repost| repost.source)
            .map_or(0, |it| self.node(it));
        let above = self.above.saturating_mul(above);
        [self.node(node), shown, above]
            .into_iter()
            .fold(self.row, usize::saturating_add)
    }

    fn node(&self, node: &Node) -> usize {
        let own = [&*node.title, &node.owner];
        let texts = own
            .into_iter()
            .chain(node.values.iter().map(|(_, text)| text));
        texts
            .map(|text| self.text(text))
            .fold(0, usize::saturating_add)
    }

    fn text(&self, text: &str) -> usize {
        let lines = text.matches('\n').count() + usize::from(!text.is_empty());
        let lines = self.line.saturating_mul(lines);
        self.text.saturating_mul(text.len()).saturating_add(lines)
    }
}
