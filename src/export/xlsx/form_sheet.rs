//! An issue as the printed form: title, headings of strategies, and the table of four columns.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::export::{
    outline::{
        Chapter, Outline, Row, StatusLine,
        words::{CONTINUED, NO_ROWS},
    },
    status_style,
    text::printable,
};

use super::{
    measure::{self, Piece},
    sheet::{self, Looks},
};

/// The width of all columns in half-width characters: about A4 landscape, and so much that the
/// usual state stands in one line of a column that has as large a share as that of the ward's form.
const WIDTH: f64 = 160.0;
/// Rows with a narrower column would be too high to be read.
const NARROWEST: f64 = 8.0;

/// Points. The typeface takes up to 13 a line; one that stands in for it may take more, and then
/// has the lines to spare.
const LINE: f64 = 13.5;
const PADDING: f64 = 6.0;
/// The most lines in a row: they stay below Excel's 409 points, and the row fits on a page.
const MOST_LINES: usize = 26;

/// The most that may be frozen above the rows, in points of the screen.
const MOST_FROZEN: f64 = 150.0;

/// Fills the sheet of an issue.
pub fn fill(
    sheet: &mut Worksheet,
    outline: &Outline<'_>,
    chapter: &Chapter<'_>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let columns = Columns::of(outline);
    for (column, width) in (0..).zip(columns.widths) {
        sheet.set_column_width(column, width)?;
    }
    let remarks: Vec<&str> = outline.remarks().collect();
    let subtitle = match &remarks[..] {
        [] => outline.title(),
        remarks => format!("{}　（{}）", outline.title(), remarks.join("、")),
    };
    let mut filling = Filling {
        sheet,
        looks,
        columns,
        row: 0,
        height: 0.0,
    };
    filling.heading(&subtitle, HeadingKind::Subtitle)?;
    filling.heading(&chapter.heading, HeadingKind::Title)?;
    let head = filling.row;
    filling.head(chapter.columns())?;
    // Frozen rows higher than the window would leave no room to scroll in.
    let freezes = filling.height <= MOST_FROZEN;
    for table in &chapter.tables {
        if let Some(heading) = &table.strategy {
            filling.heading(&heading.text, HeadingKind::Strategy)?;
        }
        if table.rows.is_empty() {
            filling.heading(NO_ROWS, HeadingKind::Remark)?;
        }
        for row in &table.rows {
            filling.initiative(row)?;
        }
    }
    sheet::set_up_print(sheet, head)?;
    if freezes {
        sheet.set_freeze_panes(head + 1, 0)?;
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum HeadingKind {
    Subtitle,
    Title,
    Strategy,
    /// In place of rows.
    Remark,
}

/// How wide the columns are, and how many full-width characters of 10 points stand in a line of
/// each, less the indent and one to spare.
#[derive(Clone, Copy)]
struct Columns {
    widths: [f64; 4],
    room: [usize; 4],
    /// In a line across all of them.
    room_of_all: usize,
}

impl Columns {
    fn of(outline: &Outline<'_>) -> Self {
        let widths = outline.shares().map(|share| (WIDTH * share).max(NARROWEST));
        let room = |width: f64| (width / 2.0 - 1.0) as usize;
        let [title, results, target, achievement] = widths.map(room);
        Self {
            widths,
            // Titles are bold, and wider than others in some typefaces.
            room: [title - 1, results, target, achievement],
            room_of_all: room(widths.iter().sum()),
        }
    }
}

struct Filling<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    columns: Columns,
    /// The next row to write.
    row: u32,
    /// The height of all rows so far, in points.
    height: f64,
}

impl Filling<'_> {
    /// A text over all columns. It may be long, so it is cut into rows like any other.
    fn heading(&mut self, text: &str, kind: HeadingKind) -> Result<(), XlsxError> {
        let text = one_line(text);
        let (format, size) = match kind {
            HeadingKind::Subtitle => (&self.looks.subtitle, 1.0),
            HeadingKind::Title => (&self.looks.title, 1.4),
            HeadingKind::Strategy => (&self.looks.strategy, 1.1),
            HeadingKind::Remark => (self.looks.cell.of(&text), 1.0),
        };
        let room = (self.columns.room_of_all as f64 / size) as usize;
        for piece in measure::pieces(&text, room, MOST_LINES / 2) {
            self.set_height(piece.lines as f64 * LINE * size + 2.0 * PADDING)?;
            self.sheet
                .merge_range(self.row, 0, self.row, 3, "", format)?;
            sheet::write_text(self.sheet, (self.row, 0), piece.text, format)?;
            self.row += 1;
        }
        Ok(())
    }

    fn head(&mut self, names: [&str; 4]) -> Result<(), XlsxError> {
        let mut lines = 1;
        for ((column, name), room) in (0..).zip(names).zip(self.columns.room) {
            let name = printable(name);
            lines = lines.max(measure::line_starts(&name, room).len());
            sheet::write_text(self.sheet, (self.row, column), &name, &self.looks.head)?;
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

    /// An initiative in as many rows as its longest cell needs.
    fn initiative(&mut self, row: &Row<'_>) -> Result<(), XlsxError> {
        let room = self.columns.room;
        let texts = Texts::of(row, room);
        let [title, results, target, notes] = texts.cut(room);
        let columns = [&title, &results, &target, &notes];
        let rows = columns.iter().map(|column| column.pieces.len()).max();
        for n in 0..rows.unwrap_or(1) {
            self.title(&texts, title.piece(n).text, n == 0)?;
            self.text(1, results.piece(n).text)?;
            self.text(2, target.piece(n).text)?;
            match &texts.status {
                Some(status) if n == 0 => self.status(status, notes.piece(n).text)?,
                _ => self.text(3, notes.piece(n).text)?,
            }
            let lines = columns.iter().map(|column| column.lines(n)).max();
            self.set_height(height_of(lines.unwrap_or(1)))?;
            self.row += 1;
        }
        Ok(())
    }

    fn title(&mut self, texts: &Texts, title: &str, is_first: bool) -> Result<(), XlsxError> {
        let looks = self.looks;
        let (number, owner) = match is_first {
            true => (texts.number.clone(), texts.owner.as_str()),
            false => (format!("{}{CONTINUED}", texts.number), ""),
        };
        let line_break = |text: &str| if text.is_empty() { "" } else { "\n" };
        let title = format!("{}{title}", line_break(title));
        let owner = format!("{}{owner}", line_break(owner));
        let runs = [
            (&looks.small, number.as_str()),
            (&looks.bold, title.as_str()),
            (&looks.small, owner.as_str()),
        ];
        sheet::write_rich(self.sheet, (self.row, 0), &runs, looks.cell.of(""))
    }

    fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        let format = self.looks.cell.of(text);
        sheet::write_text(self.sheet, (self.row, column), text, format)
    }

    fn status(&mut self, status: &StatusLine, notes: &str) -> Result<(), XlsxError> {
        let looks = self.looks;
        let line_break = if notes.is_empty() { "" } else { "\n" };
        let words = format!("{}{line_break}", status.words);
        let place = (self.row, 3);
        let Some(standing) = status.counted else {
            let runs = [(&looks.small, words.as_str()), (&looks.plain, notes)];
            return sheet::write_rich(self.sheet, place, &runs, looks.cell.of(""));
        };
        let format = looks.status(standing);
        let shape = format!("{} ", status_style::of(standing).shape);
        let runs = [
            (&format.mark, shape.as_str()),
            (&format.words, words.as_str()),
            (&looks.plain, notes),
        ];
        sheet::write_rich(self.sheet, place, &runs, &format.cell)
    }
}

fn height_of(lines: usize) -> f64 {
    lines.max(1) as f64 * LINE + PADDING
}

/// The texts of an initiative as they are shown.
struct Texts {
    number: String,
    title: String,
    owner: String,
    results: String,
    target: String,
    status: Option<StatusLine>,
    notes: String,
}

impl Texts {
    fn of(row: &Row<'_>, [title_room, ..]: [usize; 4]) -> Self {
        let [results, target, notes] = match &row.contents {
            Some(contents) => [contents.results, contents.target, contents.notes].map(trimmed),
            None => Default::default(),
        };
        let results = match &row.repost {
            Some(repost) => trimmed(&format!("{}\n{results}", repost.line)),
            None => results,
        };
        let mut title = one_line(row.title);
        let mut owner = one_line(&row.owner().unwrap_or_default());
        // What takes more than a few lines must be cut into rows, as the title is.
        if measure::line_starts(&owner, title_room).len() > MOST_LINES / 4 {
            title = format!("{title}\n{owner}");
            owner.clear();
        }
        Self {
            number: row.number.full_width(),
            title,
            owner,
            results,
            target,
            status: row.status.as_ref().map(|status| StatusLine {
                words: one_line(&status.words).into(),
                ..*status
            }),
            notes,
        }
    }

    /// The four columns, each cut into rows.
    fn cut(&self, [title, results, target, notes]: [usize; 4]) -> [ColumnText<'_>; 4] {
        let lines = |text: &str, room| match text {
            "" => 0,
            _ => measure::line_starts(text, room).len(),
        };
        let number = format!("{}{CONTINUED}", self.number);
        let number = lines(&number, title);
        let owner = lines(&self.owner, title);
        // The shape and the blank after it stand before the words.
        let words = |status: &StatusLine| lines(&format!("　　{}", status.words), notes);
        let status = self.status.as_ref().map_or(0, words);
        [
            ColumnText::new(&self.title, title, number + owner, number),
            ColumnText::new(&self.results, results, 0, 0),
            ColumnText::new(&self.target, target, 0, 0),
            ColumnText::new(&self.notes, notes, status, 0),
        ]
    }
}

/// A text that the user typed in one line, or should have.
fn one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// A cell's text as it is shown: blank lines around it only make its row higher.
fn trimmed(text: &str) -> String {
    printable(text)
        .trim_matches(['\n', ' ', '　', '\t'])
        .to_owned()
}

/// The text of a column, cut into rows, in which something else may stand too.
struct ColumnText<'a> {
    pieces: Vec<Piece<'a>>,
    /// The lines that the first row needs beside the text.
    first: usize,
    /// The lines that every other row needs beside the text.
    other: usize,
}

impl<'a> ColumnText<'a> {
    fn new(text: &'a str, room: usize, first: usize, other: usize) -> Self {
        let pieces = match text {
            "" => vec![Piece::default()],
            // A few lines of text have their place, whatever stands beside them.
            _ => measure::pieces(text, room, MOST_LINES.saturating_sub(first).max(4)),
        };
        Self {
            pieces,
            first,
            other,
        }
    }

    /// What stands in the row `n` of an initiative; nothing where the text has come to its end.
    fn piece(&self, n: usize) -> Piece<'a> {
        self.pieces.get(n).copied().unwrap_or_default()
    }

    fn lines(&self, n: usize) -> usize {
        let beside = if n == 0 { self.first } else { self.other };
        self.piece(n).lines + beside
    }
}
