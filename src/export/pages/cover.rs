//! The first page: how the whole stands, as a table of both axes and a bar for each issue and
//! strategy. What it says is in `outline::counts`.

use crate::{
    export::{
        outline::counts::{self, Bar, Cover, MatrixTable},
        status_style,
    },
    plan::{Standing, full_width},
};

use super::{
    Role, Tag, clean, colours,
    document::{SMALL, TITLE},
    flow::{Flow, Style},
    marks::Mark,
    sheet::Sheet,
};

const GAP: f32 = 28.0;
const COUNT: Style = Style {
    size: 22.0,
    leading: 30.0,
    bold: true,
    ink: colours::TEXT,
};
const HEADING: Style = Style {
    size: 11.0,
    leading: 16.0,
    ..COUNT
};
const LABEL: Style = Style {
    size: 8.5,
    leading: 12.0,
    ..COUNT
};
const PLAIN: Style = Style {
    bold: false,
    ..LABEL
};
const TINY: Style = Style {
    size: 6.5,
    leading: 8.0,
    bold: false,
    ink: colours::TEXT,
};
const ISSUE_ROW: f32 = 17.0;
const STRATEGY_ROW: f32 = 13.5;
/// The width of one column of counts.
const NUMBERS: f32 = 35.0;

/// Puts the cover on the first page, and on as many more as its bars take.
pub fn put(cover: &Cover<'_>, sheet: &mut Sheet) {
    sheet.head(1, cover.title, TITLE, (0.0, 2.0));
    sheet.put_headings(0.0);
    sheet.paragraph(&cover.summary, PLAIN);
    sheet.y += 14.0;
    let (left, width, top) = (sheet.left(), sheet.width(), sheet.y);
    if width > 600.0 {
        let narrow = 286.0;
        matrix(&cover.matrix, (left, narrow), sheet);
        sheet.y = top;
        let left = left + narrow + GAP;
        chart(&cover.bars, (left, width - narrow - GAP), sheet);
    } else {
        matrix(&cover.matrix, (left, width), sheet);
        sheet.y += GAP;
        chart(&cover.bars, (left, width), sheet);
    }
}

fn number(count: usize) -> String {
    full_width(&count.to_string())
}

/// Puts a heading at once: two of them stand side by side, so neither can wait for what it heads.
fn heading(text: &str, x: f32, sheet: &mut Sheet) {
    let role = Role::Heading {
        level: 2,
        title: text.to_owned(),
    };
    let node = sheet.node(None, role);
    sheet.text(Tag::Node(node), (x, sheet.y), text, HEADING);
    sheet.y += HEADING.leading + 4.0;
}

/// A table cell with a short text in its middle, on as many lines as that takes.
fn cell(
    row: usize,
    role: Role,
    text: &str,
    ((x, y), (width, height)): ((f32, f32), (f32, f32)),
    style: Style,
    sheet: &mut Sheet,
) {
    let node = sheet.node(Some(row), role);
    let node = sheet.node(Some(node), Role::Paragraph);
    let mut flow = Flow::default();
    flow.add_title(text, width, style, &mut sheet.faces);
    let mut y = y + (height - flow.height()) / 2.0;
    for line in &flow.lines {
        let x = x + (width - line.width) / 2.0;
        sheet.line(Tag::Node(node), (x, y), line);
        y += line.height;
    }
}

/// Both axes, two by two, and what is not assessed.
fn matrix(matrix: &MatrixTable<'_>, (left, width): (f32, f32), sheet: &mut Sheet) {
    const SIDE: f32 = 74.0;
    const HEAD: f32 = 34.0;
    const HIGH: f32 = 78.0;
    heading(counts::MATRIX, left, sheet);
    let table = sheet.node(None, Role::Table);
    let head = sheet.node(Some(table), Role::TableHead);
    let row = sheet.node(Some(head), Role::Row);
    let column = (width - SIDE) / 2.0;
    let top = sheet.y;
    sheet.rect((left, top), (width, HEAD), colours::HEAD);
    let corner = ((left + 4.0, top), (SIDE - 8.0, HEAD));
    let says = counts::MATRIX_CORNER;
    cell(row, Role::ColumnHeading, says, corner, PLAIN, sheet);
    for (n, says) in matrix.columns.into_iter().enumerate() {
        let x = left + SIDE + column * n as f32 + 6.0;
        let bounds = ((x, top), (column - 12.0, HEAD));
        cell(row, Role::ColumnHeading, says, bounds, LABEL, sheet);
    }
    let body = sheet.node(Some(table), Role::TableBody);
    for (n, of_outlook) in matrix.rows.iter().enumerate() {
        let row = sheet.node(Some(body), Role::Row);
        let y = top + HEAD + HIGH * n as f32;
        sheet.rect((left, y), (SIDE, HIGH), colours::HEAD);
        let bounds = ((left + 6.0, y), (SIDE - 12.0, HIGH));
        cell(row, Role::RowHeading, of_outlook.name, bounds, LABEL, sheet);
        for (n, (standing, count)) in of_outlook.cells.into_iter().enumerate() {
            let x = left + SIDE + column * n as f32;
            let colours = colours::standing(standing);
            sheet.rect((x, y), (column, HIGH), colours.tint);
            let mark = Mark::Standing(standing).draw((x + 13.0, y + 13.0), 9.0);
            for draw in mark {
                sheet.draw(Tag::Decoration, draw);
            }
            let style = Style {
                ink: colours.ink,
                ..COUNT
            };
            let bounds = ((x, y), (column, HIGH));
            let says = number(count);
            cell(row, Role::Cell { columns: 1 }, &says, bounds, style, sheet);
        }
    }
    let bottom = top + HEAD + 2.0 * HIGH;
    for y in [top, top + HEAD, top + HEAD + HIGH, bottom] {
        sheet.hairline((left, y), (left + width, y));
    }
    for x in [left, left + SIDE, left + SIDE + column, left + width] {
        sheet.hairline((x, top), (x, bottom));
    }
    sheet.y = bottom + 5.0;
    if let Some(says) = &matrix.unset {
        let node = sheet.node(None, Role::Paragraph);
        sheet.text(Tag::Node(node), (left, sheet.y), says, SMALL);
        sheet.y += SMALL.leading;
    }
}

/// One bar for each issue and strategy, and its counts by state.
fn chart(bars: &[Bar], (left, width): (f32, f32), sheet: &mut Sheet) {
    heading(counts::BARS, left, sheet);
    // An issue counts at least what its strategies count.
    let longest = bars.iter().map(|bar| bar.tally.total());
    let counts = left + width - NUMBERS * Standing::ALL.len() as f32;
    let name = ((counts - left) * 0.6).min(210.0);
    let chart = Chart {
        left,
        right: left + width,
        bar: left + name + 6.0,
        counts,
        unit: (counts - left - name - 14.0) / longest.max().unwrap_or(1).max(1) as f32,
    };
    let table = sheet.node(None, Role::Table);
    chart.head(table, sheet);
    let body = sheet.node(Some(table), Role::TableBody);
    for bar in bars {
        chart.row(body, bar, sheet);
    }
    sheet.hairline((left, sheet.y), (left + width, sheet.y));
}

/// The positions of the chart's columns.
struct Chart {
    left: f32,
    right: f32,
    bar: f32,
    counts: f32,
    /// The length of bar that stands for one initiative.
    unit: f32,
}

impl Chart {
    fn head(&self, table: usize, sheet: &mut Sheet) {
        const HIGH: f32 = 34.0;
        let head = sheet.node(Some(table), Role::TableHead);
        let row = sheet.node(Some(head), Role::Row);
        let y = sheet.y;
        let heading = sheet.node(Some(row), Role::ColumnHeading);
        let heading = sheet.node(Some(heading), Role::Paragraph);
        let at = (self.left, y + HIGH - SMALL.leading - 3.0);
        sheet.text(Tag::Node(heading), at, counts::BAR_NAMES, SMALL);
        for (n, standing) in Standing::ALL.into_iter().enumerate() {
            let x = self.counts + NUMBERS * n as f32;
            for draw in Mark::Standing(standing).draw((x + NUMBERS / 2.0, y + 5.0), 7.0) {
                sheet.draw(Tag::Decoration, draw);
            }
            let says = status_style::of(standing).name;
            let bounds = ((x + 1.0, y + 9.0), (NUMBERS - 2.0, HIGH - 9.0));
            cell(row, Role::ColumnHeading, says, bounds, TINY, sheet);
        }
        sheet.y += HIGH;
    }

    fn row(&self, body: usize, bar: &Bar, sheet: &mut Sheet) {
        let (high, style) = if bar.is_issue {
            (ISSUE_ROW, LABEL)
        } else {
            (STRATEGY_ROW, SMALL)
        };
        if high > sheet.remaining() {
            sheet.new_page();
        }
        let y = sheet.y;
        if bar.is_issue {
            sheet.hairline((self.left, y), (self.right, y));
        }
        let row = sheet.node(Some(body), Role::Row);
        let heading = sheet.node(Some(row), Role::RowHeading);
        let heading = sheet.node(Some(heading), Role::Paragraph);
        let indent = if bar.is_issue { 0.0 } else { 8.0 };
        let says = clean::one_line(&bar.name, &mut sheet.faces);
        let room = self.bar - self.left - indent - 6.0;
        let says = shortened(&says, room, style, sheet);
        let at = (self.left + indent, y + (high - style.leading) / 2.0);
        sheet.text(Tag::Node(heading), at, &says, style);
        let mut x = self.bar;
        for (n, standing) in Standing::ALL.into_iter().enumerate() {
            let count = bar.tally.count(standing);
            let length = self.unit * count as f32;
            if count > 0 {
                // A white gap keeps neighbours apart where their greys are near.
                let size = (
                    (length - 0.6).max(0.4),
                    high - if bar.is_issue { 8.0 } else { 7.0 },
                );
                let at = (x, y + (high - size.1) / 2.0);
                sheet.rect(at, size, colours::standing(standing).mark);
                x += length;
            }
            let at = self.counts + NUMBERS * n as f32;
            let (says, ink) = match count {
                0 => ("－".to_owned(), colours::HAIRLINE),
                _ => (number(count), colours::standing(standing).ink),
            };
            let style = Style { ink, ..style };
            let bounds = ((at, y), (NUMBERS, high));
            cell(row, Role::Cell { columns: 1 }, &says, bounds, style, sheet);
        }
        sheet.y += high;
    }
}

/// As much of a text as fits on one line, with … where something is left out.
fn shortened(text: &str, room: f32, style: Style, sheet: &mut Sheet) -> String {
    let faces = &mut sheet.faces;
    if faces.width(text, style.size, style.bold) <= room {
        return text.to_owned();
    }
    let mut left = room - faces.width("…", style.size, style.bold);
    let face = faces.face(style.bold);
    let fits = |c: &char| {
        left -= face.glyph(*c).advance * style.size;
        left >= 0.0
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push('…');
    short
}
