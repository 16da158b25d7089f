//! How much memory a file takes while it is made: what would take too much is refused before
//! anything is made.
//!
//! The files themselves are far smaller, but some formats have to be held whole, with more about
//! each part than the file says. What is counted for a part was measured in the shape of plan that
//! has most of it (`benches/memory.rs`) and rounded up.

use super::{
    Format,
    outline::{Chapter, Outline, Row},
};

/// What a PC of some years ago has to spare beside all that is open on it.
const MOST: usize = 1_000_000_000;

/// The export would take too much memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} にするには約 {} GB のメモリーが要ります（{} GB まで）。経営課題や戦略ごとに、範囲を分けて書き出してください。",
    .format.name(),
    in_gigabytes(*.needed),
    in_gigabytes(MOST)
)]
pub struct TooLarge {
    pub format: Format,
    /// In bytes.
    pub needed: usize,
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
        needed => Err(TooLarge { format, needed }),
    }
}

/// How many bytes an export takes at most beside the plan.
pub fn needed(format: Format, outline: &Outline<'_>) -> usize {
    let costs = costs(format);
    let chapters = outline.chapters.iter();
    let chapters = chapters.map(|chapter| costs.chapter(chapter));
    chapters.fold(costs.always, usize::saturating_add)
}

impl Costs {
    fn chapter(&self, chapter: &Chapter<'_>) -> usize {
        let title = &chapter.issue.title;
        let tables = chapter.tables.iter().map(|table| {
            let own = table
                .strategy
                .as_ref()
                .map(|heading| &heading.strategy.title);
            let above = title.len() + own.map_or(0, String::len);
            let rows = table.rows.iter().map(|row| self.row(row, above));
            let heading = self.table + own.map_or(0, |own| self.text(own));
            rows.fold(heading, usize::saturating_add)
        });
        tables.fold(self.chapter + self.text(title), usize::saturating_add)
    }

    fn row(&self, row: &Row<'_>, above: usize) -> usize {
        let own = row.initiative;
        let own = [
            &*own.title,
            &own.owner,
            &own.results,
            &own.target,
            &own.notes,
        ];
        // Of a repost with the contents of its source, these too.
        let shown = row.contents.filter(|_| row.repost.is_some());
        let shown = shown.map_or([""; 3], |it| [it.results, it.target, it.notes]);
        let texts = own.into_iter().chain(shown).map(|text| self.text(text));
        let row = self.row + self.above.saturating_mul(above);
        texts.fold(row, usize::saturating_add)
    }

    fn text(&self, text: &str) -> usize {
        let lines = text.matches('\n').count() + usize::from(!text.is_empty());
        let lines = self.line.saturating_mul(lines);
        self.text.saturating_mul(text.len()).saturating_add(lines)
    }
}
