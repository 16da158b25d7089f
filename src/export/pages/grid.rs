//! A table as it is put on pages: columns, a head that is repeated, rows that stay whole on one
//! page or, if they are longer than one, are split between lines.

use super::{
    Role, Tag,
    colours::{self, Rgb},
    flow::{Flow, FlowLine, Style},
    sheet::Sheet,
};

/// Room between a cell's border and its text.
pub const PAD_X: f32 = 6.0;
const PAD_Y: f32 = 5.0;
/// A row that must be split begins on a page that has room for this much of it.
const LEAST: f32 = 80.0;
/// A tint stands out from its text by this much.
const BLEED: f32 = 3.0;

/// One cell of a row.
pub struct GridCell {
    /// The first of the columns it covers, and how many.
    pub column: usize,
    pub columns: usize,
    pub role: Role,
    pub flow: Flow,
}

/// A row.
pub struct GridRow {
    pub cells: Vec<GridCell>,
    /// What the first column is headed with on every further page.
    pub name: String,
    /// The height of what must follow on the same page.
    pub below: f32,
}

/// A table on the page.
pub struct Grid {
    /// Where the columns begin, and where the last one ends.
    edges: Vec<f32>,
    head: Vec<Flow>,
    head_height: f32,
    /// What stands over the head on every further page.
    continued: Flow,
    small: Style,
    /// The table's node, once the head is on a page.
    table: Option<usize>,
    /// The node of the body that rows are put in.
    body: Option<usize>,
    /// What stands below the head on every further page: the group that the rows are in.
    group: Option<Flow>,
}

impl Grid {
    /// A table with these columns and their headings, or without any. Nothing is drawn before its
    /// first row.
    pub fn new(
        edges: Vec<f32>,
        headings: &[&str],
        continued: &str,
        (style, small): (Style, Style),
        sheet: &mut Sheet,
    ) -> Self {
        let mut head = Vec::new();
        for (column, heading) in headings.iter().enumerate() {
            let mut flow = Flow::default();
            let width = width(&edges, column, 1);
            flow.add_title(heading, width, style, &mut sheet.faces);
            head.push(flow);
        }
        let highest = head.iter().map(Flow::height).fold(0.0, f32::max);
        let mut over = Flow::default();
        over.add(continued, sheet.width(), small, &mut sheet.faces);
        // One line is enough to say where the reader is.
        over.lines.truncate(1);
        Self {
            edges,
            head,
            // A form with endless headings still leaves room for the rows.
            head_height: match headings {
                [] => 0.0,
                _ => (highest + 2.0 * PAD_Y - 2.0).min(sheet.whole() / 3.0),
            },
            continued: over,
            small,
            table: None,
            body: None,
            group: None,
        }
    }

    /// How wide the text of a cell may be.
    pub fn width(&self, column: usize, columns: usize) -> f32 {
        width(&self.edges, column, columns)
    }

    /// Puts the first row of a group of rows, which says what they are about: they are a body of their
    /// own, and on every further page stand under its name.
    pub fn group(&mut self, heading: &GridRow, name: &str, style: Style, sheet: &mut Sheet) {
        self.body = None;
        self.group = None;
        self.row(heading, sheet);
        let mut flow = Flow::default();
        let width = self.width(0, self.columns());
        flow.add(name, width, style, &mut sheet.faces);
        flow.lines.truncate(1);
        self.group = Some(flow);
    }

    /// Puts a row on the page, or on the next ones.
    pub fn row(&mut self, row: &GridRow, sheet: &mut Sheet) {
        let height = row.height() + row.below;
        let group = self.group.as_ref().map_or(0.0, group_height);
        let repeated = self.head_height + self.continued.height() + group;
        let table = match self.table {
            Some(table) => {
                let fits_a_page = height + repeated <= sheet.whole();
                let room = sheet.remaining();
                if height > room && (fits_a_page || room < LEAST) {
                    self.turn(sheet);
                }
                table
            }
            None => {
                let together = sheet.waiting_height() + self.head_height + height;
                let first = if together <= sheet.whole() {
                    height
                } else {
                    height.min(LEAST)
                };
                sheet.put_headings(self.head_height + first);
                // Without headings waiting, the table itself may be too low on the page.
                if self.head_height + first > sheet.remaining() && !sheet.is_at_top() {
                    sheet.new_page();
                }
                let table = sheet.node(None, Role::Table);
                self.put_head(Some(table), sheet);
                self.table = Some(table);
                table
            }
        };
        let body = match self.body {
            Some(body) => body,
            None => sheet.node(Some(table), Role::TableBody),
        };
        self.body = Some(body);
        self.put_row(row, body, sheet);
    }

    /// Continues on the next page, below a repeated head.
    fn turn(&self, sheet: &mut Sheet) {
        sheet.new_page();
        for line in &self.continued.lines {
            sheet.line(Tag::Furniture, (sheet.left(), sheet.y), line);
            sheet.y += line.height;
        }
        self.put_head(None, sheet);
        let Some(group) = &self.group else {
            return;
        };
        let top = sheet.y;
        for line in &group.lines {
            let at = (self.edge(0) + PAD_X, top + PAD_Y);
            sheet.line(Tag::Furniture, at, line);
        }
        sheet.y = top + group_height(group);
        self.close(top, &[0, self.columns()], sheet);
    }

    /// Draws the head: as part of the table the first time, as furniture of the page after that.
    fn put_head(&self, table: Option<usize>, sheet: &mut Sheet) {
        let (left, right) = (self.edge(0), self.edge(self.columns()));
        let top = sheet.y;
        if self.head.is_empty() {
            sheet.hairline((left, top), (right, top));
            return;
        }
        let row = table.map(|table| {
            let head = sheet.node(Some(table), Role::TableHead);
            sheet.node(Some(head), Role::Row)
        });
        let size = (right - left, self.head_height);
        sheet.rect((left, top), size, colours::HEAD);
        sheet.hairline((left, top), (right, top));
        for (column, flow) in self.head.iter().enumerate() {
            let tag = match row {
                Some(row) => {
                    let heading = sheet.node(Some(row), Role::ColumnHeading);
                    Tag::Node(sheet.node(Some(heading), Role::Paragraph))
                }
                None => Tag::Furniture,
            };
            let mut y = top + (self.head_height - flow.height()) / 2.0;
            for line in &flow.lines {
                let spare = (self.width(column, 1) - line.width) / 2.0;
                sheet.line(tag, (self.edge(column) + PAD_X + spare, y), line);
                y += line.height;
            }
        }
        sheet.y = top + self.head_height;
        self.close(top, &(0..=self.columns()).collect::<Vec<_>>(), sheet);
    }

    fn put_row(&self, row: &GridRow, body: usize, sheet: &mut Sheet) {
        let node = sheet.node(Some(body), Role::Row);
        let mut cells: Vec<Poured<'_>> = row
            .cells
            .iter()
            .map(|cell| Poured {
                cell,
                node: sheet.node(Some(node), cell.role.clone()),
                next: 0,
                paragraph: None,
            })
            .collect();
        let mut edges: Vec<usize> = row.cells.iter().map(|cell| cell.column).collect();
        edges.push(self.columns());
        let mut is_first = true;
        loop {
            let top = sheet.y;
            let mut lowest = top;
            for poured in &mut cells {
                let x = self.edge(poured.cell.column) + PAD_X;
                let width = self.width(poured.cell.column, poured.cell.columns);
                let mut begin = top + PAD_Y;
                if !is_first && poured.cell.column == 0 {
                    sheet.text(Tag::Furniture, (x, begin), &row.name, self.small);
                    begin += self.small.leading;
                }
                let end = poured.put((x, begin), width, sheet);
                lowest = lowest.max(end + PAD_Y);
            }
            sheet.y = lowest;
            self.close(top, &edges, sheet);
            if cells.iter().all(Poured::is_done) {
                return;
            }
            is_first = false;
            self.turn(sheet);
        }
    }

    /// Draws the borders of what was put between `top` and the sheet's current position.
    fn close(&self, top: f32, edges: &[usize], sheet: &mut Sheet) {
        let bottom = sheet.y;
        let (left, right) = (self.edge(0), self.edge(self.columns()));
        sheet.hairline((left, bottom), (right, bottom));
        for edge in edges {
            let x = self.edge(*edge);
            sheet.hairline((x, top), (x, bottom));
        }
    }

    fn columns(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    fn edge(&self, column: usize) -> f32 {
        self.edges.get(column).copied().unwrap_or_default()
    }
}

/// The height of the line with the name of a group.
fn group_height(group: &Flow) -> f32 {
    group.height() + 2.0 * PAD_Y
}

fn width(edges: &[f32], column: usize, columns: usize) -> f32 {
    let at = |column: usize| edges.get(column).copied().unwrap_or_default();
    // Never zero, whatever the form says.
    (at(column + columns) - at(column) - 2.0 * PAD_X).max(12.0)
}

impl GridRow {
    pub fn height(&self) -> f32 {
        let heights = self.cells.iter().map(|cell| cell.flow.height());
        heights.fold(0.0, f32::max) + 2.0 * PAD_Y
    }
}

/// How much of a cell is on a page already.
struct Poured<'a> {
    cell: &'a GridCell,
    node: usize,
    next: usize,
    /// The paragraph being put, and its node.
    paragraph: Option<(usize, usize)>,
}

impl Poured<'_> {
    fn is_done(&self) -> bool {
        self.next >= self.cell.flow.lines.len()
    }

    /// Puts as many lines as the page has room for, at least one; returns where they end.
    fn put(&mut self, (x, top): (f32, f32), width: f32, sheet: &mut Sheet) -> f32 {
        let lines = self.cell.flow.lines.get(self.next..).unwrap_or_default();
        let bottom = sheet.bottom() - PAD_Y;
        let mut y = top;
        let fitting = lines
            .iter()
            .enumerate()
            .take_while(|(n, line)| {
                y += line.height;
                *n == 0 || y <= bottom + 0.01
            })
            .count();
        let lines = lines.get(..fitting).unwrap_or_default();
        self.grounds(lines, (x, top), width, sheet);
        let mut y = top;
        for line in lines {
            let tag = Tag::Node(self.paragraph(line, sheet));
            sheet.line(tag, (x, y), line);
            y += line.height;
        }
        self.next += fitting;
        y
    }

    /// Draws one tint behind all lines that follow each other on it.
    fn grounds(&self, lines: &[FlowLine], (x, top): (f32, f32), width: f32, sheet: &mut Sheet) {
        let mut y = top;
        for group in lines.chunk_by(|a, b| a.ground == b.ground) {
            let height: f32 = group.iter().map(|line| line.height).sum();
            let ground: Option<Rgb> = group.first().and_then(|line| line.ground);
            if let Some(ground) = ground {
                let at = (x - BLEED, y - BLEED / 2.0);
                sheet.rect(at, (width + 2.0 * BLEED, height + BLEED), ground);
            }
            y += height;
        }
    }

    fn paragraph(&mut self, line: &FlowLine, sheet: &mut Sheet) -> usize {
        match self.paragraph {
            Some((paragraph, node)) if paragraph == line.paragraph => node,
            _ => {
                let node = sheet.node(Some(self.node), Role::Paragraph);
                self.paragraph = Some((line.paragraph, node));
                node
            }
        }
    }
}
