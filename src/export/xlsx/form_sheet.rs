//! What stands under a heading at the top as the printed form: title, headings, and tables with the
//! columns of their levels.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::{
    export::{
        outline::{Chapter, Outline, Part, Row, words::WHOLE},
        text::printable,
    },
    form::{Form, Key, Level},
};

use super::{
    content::{Content, Look, one_line},
    grid::{Grid, Span},
    measure,
    sheet::{self, Looks},
};

/// Points. The typeface takes up to 13 a line; one that stands in for it may take more, and then
/// has the lines to spare.
const LINE: f64 = 13.5;
const PADDING: f64 = 6.0;
/// The most lines in a row: they stay below Excel's 409 points, and the row fits on a page.
pub const MOST_LINES: usize = 26;

/// The most that may be frozen above the rows, in points of the screen.
const MOST_FROZEN: f64 = 150.0;

/// The widths of the columns of what the plan as a whole says, in half-width characters.
const WHOLE_WIDTHS: [f64; 2] = [30.0, 130.0];

/// Fills the sheet of these parts: a heading with what stands under it, or rows that stand at the
/// top.
pub fn fill(
    sheet: &mut Worksheet,
    outline: &Outline<'_>,
    parts: &[Part<'_>],
    looks: &Looks,
) -> Result<(), XlsxError> {
    let levels = levels(outline.form(), parts);
    let grid = Grid::of(&levels);
    for (column, width) in (0..).zip(&grid.widths) {
        sheet.set_column_width(column, *width)?;
    }
    let mut filling = Filling {
        sheet,
        looks,
        grid,
        row: 0,
        height: 0.0,
        head: None,
    };
    filling.heading(&subtitle(outline), HeadingKind::Subtitle)?;
    let (title, parts) = match parts {
        [Part::Chapter(chapter)] => (Some(&chapter.heading), chapter.parts.as_slice()),
        parts => (None, parts),
    };
    if let Some(title) = title {
        filling.heading(title, HeadingKind::Title)?;
    }
    let head = filling.row;
    if let Some(first) = levels.first() {
        filling.head(first)?;
    }
    // Frozen rows higher than the window would leave no room to scroll in.
    let freezes = filling.height <= MOST_FROZEN;
    filling.parts(parts)?;
    sheet::set_up_print(sheet, head)?;
    if freezes {
        sheet.set_freeze_panes(head + 1, 0)?;
    }
    Ok(())
}

/// Fills the sheet with what the plan as a whole says.
pub fn fill_whole(
    sheet: &mut Worksheet,
    outline: &Outline<'_>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(WHOLE_WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let [of_heading, of_text] = WHOLE_WIDTHS.map(|width| (width / 2.0 - 1.0) as usize);
    let span = |column, room| Span {
        first: column,
        last: column,
        room,
    };
    let mut filling = Filling {
        sheet,
        looks,
        grid: Grid {
            widths: WHOLE_WIDTHS.to_vec(),
            ..Grid::of(&[])
        },
        row: 0,
        height: 0.0,
        head: None,
    };
    filling.heading(&subtitle(outline), HeadingKind::Subtitle)?;
    filling.heading(WHOLE, HeadingKind::Title)?;
    for cell in &outline.whole {
        let heading = Content::strong(cell.heading);
        let cells = [heading, Content::of(cell)];
        filling.cells(&cells, &[span(0, of_heading - 1), span(1, of_text)])?;
    }
    sheet::set_up_print(sheet, 0)
}

fn subtitle(outline: &Outline<'_>) -> String {
    let remarks: Vec<&str> = outline.remarks().collect();
    match &remarks[..] {
        [] => outline.title(),
        remarks => format!("{}　（{}）", outline.title(), remarks.join("、")),
    }
}

/// The levels whose rows stand in these parts, in order; where there are no rows, one whose rows
/// could.
fn levels<'a>(form: &'a Form, parts: &[Part<'a>]) -> Vec<&'a Level> {
    let mut levels: Vec<&Level> = Vec::new();
    for table in parts
        .iter()
        .flat_map(|part| part.tables().map(|table| table.level).collect::<Vec<_>>())
    {
        if levels.iter().all(|level| level.key != table.key) {
            levels.push(table);
        }
    }
    if let ([], [Part::Chapter(chapter)]) = (&levels[..], parts) {
        levels.extend(possible_rows(form, chapter));
    }
    levels
}

/// The first level whose rows may stand under a heading.
fn possible_rows<'a>(form: &'a Form, chapter: &Chapter<'_>) -> Option<&'a Level> {
    let mut known: Vec<Key> = vec![chapter.entry.node.level];
    let mut at = 0;
    while let Some(above) = known.get(at).copied() {
        for level in form.levels_in(Some(above)) {
            if level.is_row() {
                return Some(level);
            }
            if !known.contains(&level.key) {
                known.push(level.key);
            }
        }
        at += 1;
    }
    None
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum HeadingKind {
    Subtitle,
    Title,
    Below,
    /// In place of rows.
    Remark,
}

struct Filling<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    grid: Grid,
    /// The next row to write.
    row: u32,
    /// The height of all rows so far, in points.
    height: f64,
    /// The level for which the last headings of columns stand.
    head: Option<Key>,
}

impl Filling<'_> {
    fn parts(&mut self, parts: &[Part<'_>]) -> Result<(), XlsxError> {
        for part in parts {
            match part {
                Part::Chapter(chapter) => {
                    self.heading(&chapter.heading, HeadingKind::Below)?;
                    self.parts(&chapter.parts)?;
                }
                Part::Table(table) => {
                    if self.head != Some(table.level.key) {
                        self.head(table.level)?;
                    }
                    for row in &table.rows {
                        self.table_row(row)?;
                    }
                }
                Part::Nothing(text) => self.heading(text, HeadingKind::Remark)?,
            }
        }
        Ok(())
    }

    /// A text over all columns. It may be long, so it is cut into rows like any other.
    fn heading(&mut self, text: &str, kind: HeadingKind) -> Result<(), XlsxError> {
        let text = one_line(text);
        let (format, size) = match kind {
            HeadingKind::Subtitle => (&self.looks.subtitle, 1.0),
            HeadingKind::Title => (&self.looks.title, 1.4),
            HeadingKind::Below => (&self.looks.strategy, 1.1),
            HeadingKind::Remark => (self.looks.cell.of(&text), 1.0),
        };
        let room = (self.grid.room() as f64 / size) as usize;
        let last = self.grid.last();
        for piece in measure::pieces(&text, room, MOST_LINES / 2) {
            self.set_height(piece.lines as f64 * LINE * size + 2.0 * PADDING)?;
            self.join(0, last, format)?;
            sheet::write_text(self.sheet, (self.row, 0), piece.text, format)?;
            self.row += 1;
        }
        Ok(())
    }

    /// Makes one cell of several in the row that is being written.
    fn join(&mut self, first: u16, last: u16, format: &Format) -> Result<(), XlsxError> {
        if first < last {
            self.sheet
                .merge_range(self.row, first, self.row, last, "", format)?;
        }
        Ok(())
    }

    fn head(&mut self, level: &Level) -> Result<(), XlsxError> {
        self.head = Some(level.key);
        let spans = self.grid.spans(level.key).to_vec();
        let mut lines = 1;
        for (column, span) in level.columns.iter().zip(spans) {
            let name = printable(&column.heading);
            let room = Content::room(column, span.room);
            lines = lines.max(measure::line_starts(&name, room).len());
            self.join(span.first, span.last, &self.looks.head)?;
            sheet::write_text(self.sheet, (self.row, span.first), &name, &self.looks.head)?;
        }
        self.set_height(height_of(lines.min(MOST_LINES)))?;
        self.row += 1;
        Ok(())
    }

    /// Sets the height of the row that is being written.
    fn set_height(&mut self, points: f64) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, points)?;
        self.height += points;
        Ok(())
    }

    fn table_row(&mut self, row: &Row<'_>) -> Result<(), XlsxError> {
        let level = row.level();
        let spans = self.grid.spans(level.key).iter();
        let spans: Vec<Span> = spans
            .zip(&level.columns)
            .map(|(span, column)| Span {
                room: Content::room(column, span.room),
                ..*span
            })
            .collect();
        let cells: Vec<Content> = row.cells().iter().map(Content::of).collect();
        self.cells(&cells, &spans)
    }

    /// Cells in as many rows as the longest of them needs.
    fn cells(&mut self, cells: &[Content], spans: &[Span]) -> Result<(), XlsxError> {
        let cut = cells
            .iter()
            .zip(spans)
            .map(|(cell, span)| cell.cut(span.room));
        let cut: Vec<_> = cut.collect();
        let rows = cut.iter().map(Vec::len).max().unwrap_or(1);
        for n in 0..rows {
            let mut lines = 1;
            for ((cell, pieces), span) in cells.iter().zip(&cut).zip(spans) {
                let piece = pieces.get(n);
                let needed = piece.map(|piece| piece.lines);
                lines = lines.max(needed.unwrap_or_else(|| cell.lines_of_number(span.room)));
                let runs = cell.runs(piece, n);
                self.cell(span, &runs)?;
            }
            self.set_height(height_of(lines))?;
            self.row += 1;
        }
        Ok(())
    }

    fn cell(&mut self, span: &Span, runs: &[(Look, String)]) -> Result<(), XlsxError> {
        let looks = self.looks;
        let counted = runs.iter().find_map(|(look, _)| match look {
            Look::Mark(standing) => Some(*standing),
            Look::Small | Look::Strong | Look::Plain | Look::Words(_) => None,
        });
        let place = (self.row, span.first);
        if let [] | [(Look::Plain, _)] = runs {
            let text = runs.first().map_or("", |(_, text)| text);
            let format = looks.cell.of(text);
            self.join(span.first, span.last, format)?;
            return sheet::write_text(self.sheet, place, text, format);
        }
        let format = match counted {
            Some(standing) => &looks.status[standing].cell,
            None => looks.cell.of(""),
        };
        let runs: Vec<(&Format, &str)> = runs
            .iter()
            .map(|(look, text)| {
                let format = match look {
                    Look::Small => &looks.small,
                    Look::Strong => &looks.bold,
                    Look::Plain => &looks.plain,
                    Look::Mark(standing) => &looks.status[*standing].mark,
                    Look::Words(standing) => &looks.status[*standing].words,
                };
                (format, text.as_str())
            })
            .collect();
        self.join(span.first, span.last, format)?;
        sheet::write_rich(self.sheet, place, &runs, format)
    }
}

fn height_of(lines: usize) -> f64 {
    lines.max(1) as f64 * LINE + PADDING
}

/// What a sheet of these parts is called: by the number of the heading, or by the rows.
pub fn name(outline: &Outline<'_>, parts: &[Part<'_>]) -> String {
    let form = outline.form();
    match parts.first() {
        Some(Part::Chapter(chapter)) => chapter.entry.number().name(form),
        Some(Part::Table(table)) => table.level.name.clone(),
        Some(Part::Nothing(_)) | None => String::new(),
    }
}
