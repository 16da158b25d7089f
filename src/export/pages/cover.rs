//! The first page: how the whole stands, as a table of answers and a bar for each node in which others
//! stand, and what amounts add up to. What it says is in `outline::cover`.

use crate::{
    export::outline::{
        counts::TOTAL,
        cover::{self, Bar, Counts, Cover, CoverSums, Table},
        words::CONTINUED,
    },
    form::full_width,
    plan::Standing,
};

use super::{
    Role, Tag, clean, colours,
    document::{self, BODY, BOLD, SMALL, TITLE},
    flow::{Flow, Style},
    grid::{Grid, GridRow},
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
/// A count in a column that has no room for one in large figures.
const NARROW_COUNT: Style = Style {
    size: 13.0,
    leading: 18.0,
    ..COUNT
};
const TINY: Style = Style {
    size: 6.5,
    leading: 8.0,
    bold: false,
    ink: colours::TEXT,
};
const TOP_ROW: f32 = 17.0;
const LOWER_ROW: f32 = 13.5;
/// The width of one column of counts.
const NUMBERS: f32 = 35.0;

/// Puts the cover on the first page, and on as many more as its bars take.
pub fn put(cover: &Cover<'_>, sheet: &mut Sheet) {
    sheet.head(1, cover.title, TITLE, (0.0, 2.0));
    sheet.put_headings(0.0);
    sheet.paragraph(&cover.summary, PLAIN);
    sheet.y += 14.0;
    for (n, counts) in cover.counted.iter().enumerate() {
        if n > 0 {
            sheet.y += GAP;
        }
        put_counts(counts, sheet);
    }
    if let Some(sums) = &cover.sums {
        put_sums(sums, sheet);
    }
}

/// The tables, and the chart beside or below them.
fn put_counts(counts: &Counts<'_>, sheet: &mut Sheet) {
    let (left, width) = (sheet.left(), sheet.width());
    let is_beside = width > 600.0 && !counts.bars.is_empty();
    let narrow = if width > 600.0 { 286.0 } else { width };
    let heights = counts
        .tables
        .iter()
        .map(|table| Matrix::of(table, (left, narrow), sheet).height());
    let high: f32 = heights.sum();
    if high > sheet.remaining() && !sheet.is_at_top() {
        sheet.new_page();
    }
    let (page, top) = (sheet.pages.len(), sheet.y);
    for (n, table) in counts.tables.iter().enumerate() {
        if n > 0 {
            sheet.y += GAP / 2.0;
        }
        matrix(table, (left, narrow), sheet);
    }
    let bottom = sheet.y;
    if counts.bars.is_empty() {
        return;
    }
    if is_beside && sheet.pages.len() == page {
        sheet.y = top;
        let left = left + narrow + GAP;
        chart(counts, (left, width - narrow - GAP), sheet);
        if sheet.pages.len() == page {
            sheet.y = sheet.y.max(bottom);
        }
    } else {
        sheet.y += GAP;
        chart(counts, (left, width), sheet);
    }
}

/// What amounts add up to, over the whole width.
fn put_sums(sums: &CoverSums, sheet: &mut Sheet) {
    sheet.head(2, sums.heading, HEADING, (GAP, 4.0));
    let columns: Vec<&str> = [&sums.names]
        .into_iter()
        .chain(&sums.columns)
        .map(|it| &**it)
        .collect();
    // What has a name needs more room than a number.
    let all = (columns.len() + 1) as f64;
    let shares: Vec<f64> = (0..columns.len())
        .map(|n| if n == 0 { 2.0 / all } else { 1.0 / all })
        .collect();
    let edges = sheet.edges(&shares);
    let continued = format!("{}{CONTINUED}", sums.heading);
    let mut grid = Grid::new(edges, &columns, &continued, (BOLD, SMALL), sheet);
    let lines = sums
        .lines
        .iter()
        .map(|(name, is_at_top, line)| (&**name, *is_at_top, line));
    for (name, is_at_top, line) in lines.chain([(TOTAL, true, &sums.total)]) {
        let style = if is_at_top { BOLD } else { BODY };
        let mut cells = Vec::new();
        for (n, text) in [name]
            .into_iter()
            .chain(line.iter().map(|it| &**it))
            .enumerate()
        {
            let mut flow = Flow::default();
            let width = grid.width(n, 1);
            flow.add(text, width, style, &mut sheet.faces);
            if n > 0 {
                flow.align_right(width);
            }
            let role = if n == 0 {
                Role::RowHeading
            } else {
                Role::Cell { columns: 1 }
            };
            cells.push(document::cell(n, 1, role, flow));
        }
        let row = GridRow {
            cells,
            name: CONTINUED.to_owned(),
            below: 0.0,
        };
        grid.row(&row, sheet);
    }
    if let Some(unread) = &sums.unread {
        sheet.paragraph(unread, SMALL);
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

/// How a table of answers is laid out.
struct Matrix {
    left: f32,
    width: f32,
    head: f32,
    row: f32,
    rows: usize,
    column: f32,
    columns: usize,
}

/// The width of the column with the names of the rows.
const SIDE: f32 = 74.0;

impl Matrix {
    fn of(table: &Table<'_>, (left, width): (f32, f32), sheet: &mut Sheet) -> Self {
        let columns = table.columns.len().max(1);
        let column = (width - SIDE) / columns as f32;
        let mut highest = |texts: &mut dyn Iterator<Item = &str>, width: f32| {
            let mut highest: f32 = 0.0;
            for text in texts {
                let mut flow = Flow::default();
                flow.add_title(text, width, LABEL, &mut sheet.faces);
                highest = highest.max(flow.height());
            }
            highest + 10.0
        };
        let head = highest(&mut table.columns.iter().copied(), column - 12.0);
        let names = table
            .rows
            .iter()
            .map(|row| row.name.unwrap_or(cover::CORNER));
        let row = highest(&mut names.into_iter(), SIDE - 12.0);
        Self {
            left,
            width,
            head: head.max(34.0),
            row: row.max(156.0 / table.rows.len().max(2) as f32),
            rows: table.rows.len(),
            column,
            columns,
        }
    }

    /// With the heading above it and the line below it.
    fn height(&self) -> f32 {
        let above = HEADING.leading + 4.0;
        above + self.head + self.row * self.rows as f32 + 5.0 + SMALL.leading
    }

    fn lines(&self, top: f32, sheet: &mut Sheet) {
        let (left, right) = (self.left, self.left + self.width);
        let bottom = top + self.head + self.row * self.rows as f32;
        sheet.hairline((left, top), (right, top));
        for n in 0..=self.rows {
            let y = top + self.head + self.row * n as f32;
            sheet.hairline((left, y), (right, y));
        }
        sheet.hairline((left, top), (left, bottom));
        for n in 0..=self.columns {
            let x = left + SIDE + self.column * n as f32;
            sheet.hairline((x, top), (x, bottom));
        }
    }
}

/// The choices of two axes against each other, or of one, and what is not assessed.
fn matrix(answers: &Table<'_>, (left, width): (f32, f32), sheet: &mut Sheet) {
    heading(&answers.heading, left, sheet);
    let matrix = Matrix::of(answers, (left, width), sheet);
    let (column, head, high) = (matrix.column, matrix.head, matrix.row);
    let table = sheet.node(None, Role::Table);
    let row = sheet.node(Some(table), Role::TableHead);
    let row = sheet.node(Some(row), Role::Row);
    let top = sheet.y;
    sheet.rect((left, top), (width, head), colours::HEAD);
    let corner = ((left + 4.0, top), (SIDE - 8.0, head));
    // Where there is one row only, it has no other name.
    let has_names = answers.rows.iter().any(|row| row.name.is_some());
    let says = if has_names { cover::CORNER } else { "" };
    cell(row, Role::ColumnHeading, says, corner, PLAIN, sheet);
    for (n, says) in answers.columns.iter().enumerate() {
        let x = left + SIDE + column * n as f32 + 6.0;
        let bounds = ((x, top), (column - 12.0, head));
        cell(row, Role::ColumnHeading, says, bounds, LABEL, sheet);
    }
    let style = if column < 64.0 { NARROW_COUNT } else { COUNT };
    let body = sheet.node(Some(table), Role::TableBody);
    for (n, of_row) in answers.rows.iter().enumerate() {
        let row = sheet.node(Some(body), Role::Row);
        let y = top + head + high * n as f32;
        sheet.rect((left, y), (SIDE, high), colours::HEAD);
        let bounds = ((left + 6.0, y), (SIDE - 12.0, high));
        let name = of_row.name.unwrap_or(cover::CORNER);
        cell(row, Role::RowHeading, name, bounds, LABEL, sheet);
        for (n, (standing, count)) in of_row.cells.iter().enumerate() {
            let x = left + SIDE + column * n as f32;
            let colours = colours::standing(*standing);
            sheet.rect((x, y), (column, high), colours.tint);
            let mark = Mark::Standing(*standing).draw((x + 13.0, y + 13.0), 9.0);
            for draw in mark {
                sheet.draw(Tag::Decoration, draw);
            }
            let style = Style {
                ink: colours.ink,
                ..style
            };
            let bounds = ((x, y), (column, high));
            let says = number(*count);
            cell(row, Role::Cell { columns: 1 }, &says, bounds, style, sheet);
        }
    }
    matrix.lines(top, sheet);
    sheet.y = top + head + high * answers.rows.len() as f32 + 5.0;
    if let Some(says) = &answers.unset {
        let node = sheet.node(None, Role::Paragraph);
        sheet.text(Tag::Node(node), (left, sheet.y), says, SMALL);
        sheet.y += SMALL.leading;
    }
}

/// One bar for each node in which others stand, and its counts by state.
fn chart(of: &Counts<'_>, (left, width): (f32, f32), sheet: &mut Sheet) {
    heading(&of.heading, left, sheet);
    // What stands at the top counts at least what stands in it.
    let longest = of.bars.iter().map(|bar| bar.tally.total());
    let counts = left + width - NUMBERS * of.standings.len() as f32;
    let name = ((counts - left) * 0.7).min(230.0);
    let chart = Chart {
        left,
        right: left + width,
        bar: left + name + 6.0,
        counts,
        standings: &of.standings,
        unit: (counts - left - name - 14.0) / longest.max().unwrap_or(1).max(1) as f32,
    };
    let table = sheet.node(None, Role::Table);
    chart.head(&of.names, table, sheet);
    let body = sheet.node(Some(table), Role::TableBody);
    for bar in &of.bars {
        chart.row(body, bar, sheet);
    }
    sheet.hairline((left, sheet.y), (left + width, sheet.y));
}

/// The positions of the chart's columns.
struct Chart<'a> {
    standings: &'a [(Standing, String)],
    left: f32,
    right: f32,
    bar: f32,
    counts: f32,
    /// The length of bar that stands for one that is counted.
    unit: f32,
}

impl Chart<'_> {
    fn head(&self, names: &str, table: usize, sheet: &mut Sheet) {
        const HIGH: f32 = 34.0;
        let head = sheet.node(Some(table), Role::TableHead);
        let row = sheet.node(Some(head), Role::Row);
        let y = sheet.y;
        let heading = sheet.node(Some(row), Role::ColumnHeading);
        let heading = sheet.node(Some(heading), Role::Paragraph);
        let at = (self.left, y + HIGH - SMALL.leading - 3.0);
        sheet.text(Tag::Node(heading), at, names, SMALL);
        for (n, (standing, says)) in self.standings.iter().enumerate() {
            let x = self.counts + NUMBERS * n as f32;
            for draw in Mark::Standing(*standing).draw((x + NUMBERS / 2.0, y + 5.0), 7.0) {
                sheet.draw(Tag::Decoration, draw);
            }
            let bounds = ((x + 1.0, y + 9.0), (NUMBERS - 2.0, HIGH - 9.0));
            cell(row, Role::ColumnHeading, says, bounds, TINY, sheet);
        }
        sheet.y += HIGH;
    }

    fn row(&self, body: usize, bar: &Bar, sheet: &mut Sheet) {
        let (high, style) = if bar.is_at_top {
            (TOP_ROW, LABEL)
        } else {
            (LOWER_ROW, SMALL)
        };
        let indent = if bar.is_at_top { 0.0 } else { 8.0 };
        let room = self.bar - self.left - indent - 6.0;
        let says = clean::one_line(&bar.name, &mut sheet.faces);
        let mut name = Flow::default();
        name.add_title(&says, room, style, &mut sheet.faces);
        // A row of one bar, on which a long name takes as many lines as it needs.
        let line = high;
        let high = line - style.leading + name.height().max(style.leading);
        if high > sheet.remaining() && !sheet.is_at_top() {
            sheet.new_page();
        }
        let y = sheet.y;
        if bar.is_at_top {
            sheet.hairline((self.left, y), (self.right, y));
        }
        let row = sheet.node(Some(body), Role::Row);
        let heading = sheet.node(Some(row), Role::RowHeading);
        let heading = sheet.node(Some(heading), Role::Paragraph);
        let mut name_at = y + (line - style.leading) / 2.0;
        for line in &name.lines {
            sheet.line(Tag::Node(heading), (self.left + indent, name_at), line);
            name_at += line.height;
        }
        let mut x = self.bar;
        for (n, (standing, _)) in self.standings.iter().enumerate() {
            let standing = *standing;
            let count = bar.tally.count(standing);
            let length = self.unit * count as f32;
            if count > 0 {
                // A white gap keeps neighbours apart where their greys are near.
                let size = (
                    (length - 0.6).max(0.4),
                    line - if bar.is_at_top { 8.0 } else { 7.0 },
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
