//! An issue as the printed form: title, headings of strategies, and the table of four columns.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::{
    export::{
        outline::{Outline, Part, Row},
        status_style,
        text::printable,
    },
    plan::Standing,
};

use super::{
    measure::{self, Piece},
    sheet::{self, Looks},
};

/// Widths of the columns in half-width characters; together about A4 landscape. The last one holds
/// a status in one line.
const WIDTHS: [f64; 4] = [24.0, 44.0, 34.0, 52.0];
/// How many full-width characters of 10 points stand in a line of each, less the indent and one
/// to spare.
const ROOM: [usize; 4] = [10, 21, 16, 25];
/// The same of all four together.
const ROOM_OF_ALL: usize = 76;

/// Points. The typeface takes up to 13 a line; one that stands in for it may take more, and then
/// has the lines to spare.
const LINE: f64 = 13.5;
const PADDING: f64 = 6.0;
/// So many lines stay under Excel's 409 points, and a row of them fits on a page.
const MOST_LINES: usize = 26;

/// What is frozen above the rows may take this much of the screen, in points.
const MOST_FROZEN: f64 = 150.0;

/// Fills the sheet of an issue.
pub fn fill(
    sheet: &mut Worksheet,
    outline: &Outline<'_>,
    part: &Part<'_>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let subtitle = match &outline.as_of {
        Some(as_of) => format!("{}　（{as_of}）", outline.title),
        None => outline.title.clone(),
    };
    let mut filling = Filling {
        sheet,
        looks,
        row: 0,
        height: 0.0,
    };
    filling.heading(&subtitle, HeadingKind::Subtitle)?;
    filling.heading(&part.heading, HeadingKind::Title)?;
    let names = [
        &part.wording.initiative,
        &part.wording.results,
        &part.wording.target,
        &part.wording.achievement,
    ];
    let head = filling.row;
    filling.head(names)?;
    // Frozen rows higher than the window would leave no room to scroll in.
    let freezes = filling.height <= MOST_FROZEN;
    for group in &part.groups {
        if let Some(heading) = &group.strategy {
            filling.heading(&heading.text, HeadingKind::Strategy)?;
        }
        for row in &group.rows {
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
}

struct Filling<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    /// The next one to write.
    row: u32,
    /// Of all rows so far, in points.
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
        };
        let room = (ROOM_OF_ALL as f64 / size) as usize;
        for piece in measure::pieces(&text, room, MOST_LINES / 2) {
            self.set_height(piece.lines as f64 * LINE * size + 2.0 * PADDING)?;
            self.sheet
                .merge_range(self.row, 0, self.row, 3, "", format)?;
            sheet::write_text(self.sheet, (self.row, 0), piece.text, format)?;
            self.row += 1;
        }
        Ok(())
    }

    fn head(&mut self, names: [&String; 4]) -> Result<(), XlsxError> {
        let mut lines = 1;
        for ((column, name), room) in (0..).zip(names).zip(ROOM) {
            let name = printable(name);
            lines = lines.max(measure::line_starts(&name, room).len());
            sheet::write_text(self.sheet, (self.row, column), &name, &self.looks.head)?;
        }
        self.set_height(height_of(lines.min(MOST_LINES)))?;
        self.row += 1;
        Ok(())
    }

    /// Of the row that is being written.
    fn set_height(&mut self, points: f64) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, points)?;
        self.height += points;
        Ok(())
    }

    /// An initiative in as many rows as its longest cell needs.
    fn initiative(&mut self, row: &Row<'_>) -> Result<(), XlsxError> {
        let texts = Texts::of(row);
        let [title, results, target, notes] = texts.cut();
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
        let pieces = [
            (&looks.small, number.as_str()),
            (&looks.bold, title.as_str()),
            (&looks.small, owner.as_str()),
        ];
        sheet::write_rich(self.sheet, (self.row, 0), &pieces, looks.cell.of(""))
    }

    fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        let format = self.looks.cell.of(text);
        sheet::write_text(self.sheet, (self.row, column), text, format)
    }

    fn status(&mut self, status: &StatusText, notes: &str) -> Result<(), XlsxError> {
        let format = self.looks.status(status.standing);
        let shape = format!("{} ", status_style::of(status.standing).shape);
        let line_break = if notes.is_empty() { "" } else { "\n" };
        let words = format!("{}{line_break}", status.words);
        let pieces = [
            (&format.mark, shape.as_str()),
            (&format.words, words.as_str()),
            (&self.looks.plain, notes),
        ];
        sheet::write_rich(self.sheet, (self.row, 3), &pieces, &format.cell)
    }
}

/// What the number of a row says that goes on from the one above.
const CONTINUED: &str = "（続き）";

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
    status: Option<StatusText>,
    notes: String,
}

struct StatusText {
    standing: Standing,
    words: String,
}

impl Texts {
    fn of(row: &Row<'_>) -> Self {
        let own = row.initiative;
        let [results, target, notes] = match &row.repost {
            Some(repost) => [repost.line.as_str(), "", ""],
            None => [&*own.results, &*own.target, &*own.notes],
        };
        let [title_room, ..] = ROOM;
        let mut title = one_line(row.title);
        let mut owner = one_line(&row.owner_line().unwrap_or_default());
        // What takes more than a few lines must be cut into rows, as the title is.
        if measure::line_starts(&owner, title_room).len() > MOST_LINES / 4 {
            title = format!("{title}\n{owner}");
            owner.clear();
        }
        Self {
            number: row.number.full_width(),
            title,
            owner,
            results: trimmed(results),
            target: trimmed(target),
            status: row.status.as_ref().map(|status| StatusText {
                standing: status.standing,
                words: one_line(&status.words),
            }),
            notes: trimmed(notes),
        }
    }

    /// The four columns, each cut into rows.
    fn cut(&self) -> [ColumnText<'_>; 4] {
        let [title, results, target, notes] = ROOM;
        let lines = |text: &str, room| match text {
            "" => 0,
            _ => measure::line_starts(text, room).len(),
        };
        let number = format!("{}{CONTINUED}", self.number);
        let number = lines(&number, title);
        let owner = lines(&self.owner, title);
        // The shape and the blank after it stand before the words.
        let words = |status: &StatusText| lines(&format!("　　{}", status.words), notes);
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
