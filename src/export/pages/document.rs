//! The order of things: title, what the plan as a whole says, headings, their tables.

use crate::{
    export::outline::{self, Chapter, Item, Outline, Part, Row, State, Table, words},
    plan::Standing,
};

use super::{
    Options, Pages, Progress, Role, Step, Stopped, Watch, clean, colours, cover,
    faces::Faces,
    flow::{Flow, Style},
    foot,
    grid::{Grid, GridCell, GridRow},
    marks::Mark,
    sheet::Sheet,
};

pub(super) const BODY: Style = Style {
    size: 9.0,
    leading: 13.0,
    bold: false,
    ink: colours::TEXT,
};
pub(super) const BOLD: Style = Style { bold: true, ..BODY };
pub(super) const SMALL: Style = Style {
    size: 7.5,
    leading: 11.5,
    bold: false,
    ink: colours::WEAK,
};
const NUMBER: Style = Style {
    bold: true,
    size: 8.0,
    leading: 12.0,
    ink: colours::WEAK,
};
pub(super) const TITLE: Style = Style {
    size: 17.0,
    leading: 24.0,
    ..BOLD
};
pub(super) const CHAPTER: Style = Style {
    size: 13.0,
    leading: 19.0,
    ..BOLD
};
const SECTION: Style = Style {
    size: 10.5,
    leading: 15.0,
    ..BOLD
};
const LOWER: Style = Style {
    size: 9.5,
    leading: 14.0,
    ..BOLD
};
/// Between a table and what stands above it under the same heading.
const TABLES_APART: f32 = 13.0;
/// The shares of what the plan as a whole is asked, and of what it says.
const WHOLE_SHARES: [f64; 2] = [0.2, 0.8];
/// So much of a title stands for a number where there is none.
const NAME: usize = 6;
/// How many rows are laid out before the watcher is asked again.
const STRIDE: usize = 64;

/// Lays out what is said of a plan.
///
/// # Errors
/// When the watcher stops it.
pub fn lay_out(
    outline: &Outline<'_>,
    options: &Options,
    faces: Faces,
    watch: Watch<'_>,
) -> Result<Pages, Stopped> {
    let mut layout = Layout {
        sheet: Sheet::new(options.orientation, faces),
        outline,
        chapters_apart: outline.only.is_none(),
        done: 0,
        of: outline.rows().count(),
        watch,
    };
    layout.title(options)?;
    layout.whole();
    if matches!(outline.parts.first(), Some(Part::Table(_))) {
        layout.sheet.y += TABLES_APART;
    }
    layout.parts(&outline.parts)?;
    if let Some(nothing) = outline.nothing() {
        layout.remark(&nothing);
    }
    Ok(layout.finish())
}

struct Layout<'a, 'w> {
    sheet: Sheet,
    outline: &'a Outline<'a>,
    /// Chapters begin a page of their own.
    chapters_apart: bool,
    done: usize,
    of: usize,
    watch: Watch<'w>,
}

impl Layout<'_, '_> {
    /// The title, over the first chapter or on a cover of its own.
    fn title(&mut self, options: &Options) -> Result<(), Stopped> {
        self.tell()?;
        let (outline, sheet) = (self.outline, &mut self.sheet);
        let cover = options.cover.then(|| outline.cover());
        let cover = cover.filter(|cover| !cover.is_empty());
        let remarks: Vec<&str> = if let Some(cover) = cover {
            cover::put(&cover, sheet);
            sheet.is_cover = true;
            // The cover counts the whole plan; what is limited is what follows.
            outline.only.as_deref().into_iter().collect()
        } else {
            sheet.head(1, &outline.title(), TITLE, (0.0, 0.0));
            sheet.put_headings(0.0);
            outline.remarks().collect()
        };
        if !remarks.is_empty() {
            if sheet.is_cover {
                sheet.new_page();
            }
            sheet.paragraph(&remarks.join("　"), SMALL);
        }
        Ok(())
    }

    /// What the plan as a whole says: what it is, and beside it what is said.
    fn whole(&mut self) {
        if self.outline.whole.is_empty() {
            return;
        }
        self.leave_cover();
        let sheet = &mut self.sheet;
        sheet.head(2, words::WHOLE, CHAPTER, (24.0, 8.0));
        let continued = format!("{}{}", words::WHOLE, words::CONTINUED);
        let edges = sheet.edges(&WHOLE_SHARES);
        let mut grid = Grid::new(edges, &[], &continued, (BOLD, SMALL), sheet);
        for cell in &self.outline.whole {
            let mut heading = Flow::default();
            heading.add_title(cell.heading, grid.width(0, 1), BOLD, &mut sheet.faces);
            let mut flow = Flow::default();
            add_items(&mut flow, &cell.items, grid.width(1, 1), &mut sheet.faces);
            let row = GridRow {
                cells: vec![
                    self::cell(0, 1, Role::RowHeading, heading),
                    self::cell(1, 1, Role::Cell { columns: 1 }, flow),
                ],
                name: words::CONTINUED.to_owned(),
                below: 0.0,
            };
            grid.row(&row, sheet);
        }
    }

    fn leave_cover(&mut self) {
        if self.sheet.is_cover {
            self.sheet.new_page();
        }
    }

    fn parts(&mut self, parts: &[Part<'_>]) -> Result<(), Stopped> {
        for (n, part) in parts.iter().enumerate() {
            match part {
                Part::Chapter(chapter) => self.chapter(chapter)?,
                Part::Table(table) => {
                    if n > 0 {
                        self.sheet.y += TABLES_APART;
                    }
                    self.table(table)?;
                }
                Part::Nothing(words) => self.remark(words),
            }
        }
        Ok(())
    }

    fn chapter(&mut self, chapter: &Chapter<'_>) -> Result<(), Stopped> {
        let begins_with_rows =
            matches!(&chapter.parts[..], [Part::Table(_) | Part::Nothing(_), ..]);
        let (style, room) = match chapter.depth {
            0 => (CHAPTER, (24.0, if begins_with_rows { 8.0 } else { 3.0 })),
            1 => (SECTION, (13.0, 5.0)),
            _ => (LOWER, (11.0, 5.0)),
        };
        if chapter.depth == 0 {
            // A chapter begins a page, unless a quarter of one is still free: council members are
            // handed single chapters, and nobody wants a hole where the next row would fit.
            let has_room = self.sheet.remaining() > self.sheet.whole() / 4.0;
            if self.sheet.is_cover || (self.chapters_apart && !has_room) {
                self.sheet.new_page();
            }
        }
        let level = u16::try_from(chapter.depth + 2).unwrap_or(u16::MAX);
        self.sheet.head(level, &chapter.heading, style, room);
        self.parts(&chapter.parts)
    }

    /// A line in place of a table.
    fn remark(&mut self, text: &str) {
        let sheet = &mut self.sheet;
        sheet.put_headings(BODY.leading);
        sheet.paragraph(text, BODY);
    }

    fn table(&mut self, table: &Table<'_>) -> Result<(), Stopped> {
        self.leave_cover();
        let heading = match &*table.under {
            "" => &table.level.name,
            under => under,
        };
        let continued = format!("{heading}{}", words::CONTINUED);
        let (columns, shares): (Vec<&str>, Vec<f64>) = table
            .columns()
            .map(|(column, share)| (&*column.heading, share))
            .unzip();
        let edges = self.sheet.edges(&shares);
        let styles = (BOLD, SMALL);
        let mut grid = Grid::new(edges, &columns, &continued, styles, &mut self.sheet);
        for row in &table.rows {
            let row = self.row(row, &grid);
            grid.row(&row, &mut self.sheet);
            self.done += 1;
            if self.done.is_multiple_of(STRIDE) {
                self.tell()?;
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>, grid: &Grid) -> GridRow {
        let faces = &mut self.sheet.faces;
        let mut cells = row.cells();
        // The line of a repost stands for what would be beside it, too, and for all of it.
        let columns = cells.len();
        if row.is_reference()
            && let Some(at) = cells.iter().position(is_repost)
            && !cells.iter().skip(at).any(has_title)
        {
            let beside = cells.split_off(at + 1);
            if let Some(cell) = cells.last_mut() {
                cell.items
                    .extend(beside.into_iter().flat_map(|beside| beside.items));
            }
        }
        let count = cells.len();
        let cell = |(n, cell): (usize, &outline::Cell<'_>)| {
            let over = if n + 1 == count { columns - n } else { 1 };
            let role = match has_title(cell) {
                true => Role::RowHeading,
                false => Role::Cell {
                    columns: u32::try_from(over).unwrap_or(u32::MAX),
                },
            };
            let mut flow = Flow::default();
            add_items(&mut flow, &cell.items, grid.width(n, over), faces);
            self::cell(n, over, role, flow)
        };
        let cells = cells.iter().enumerate().map(cell).collect();
        let name = match row.printed_number() {
            number if number.is_empty() => row.title().chars().take(NAME).collect(),
            number => number,
        };
        GridRow {
            cells,
            name: clean::one_line(&name, &mut self.sheet.faces) + words::CONTINUED,
            below: 0.0,
        }
    }

    fn tell(&mut self) -> Result<(), Stopped> {
        let progress = Progress {
            step: Step::LayingOut,
            done: self.done,
            of: self.of,
        };
        match (self.watch)(progress) {
            std::ops::ControlFlow::Continue(()) => Ok(()),
            std::ops::ControlFlow::Break(()) => Err(Stopped),
        }
    }

    fn finish(mut self) -> Pages {
        self.sheet.put_headings(0.0);
        let title = self.outline.title();
        let foot = match &self.outline.as_of {
            Some(as_of) => format!("{title}　{as_of}"),
            None => title.clone(),
        };
        foot::finish(self.sheet, &title, &foot)
    }
}

fn is_repost(cell: &outline::Cell<'_>) -> bool {
    cell.items
        .iter()
        .any(|item| matches!(item, Item::Repost(_)))
}

fn has_title(cell: &outline::Cell<'_>) -> bool {
    cell.items.iter().any(|item| matches!(item, Item::Title(_)))
}

/// What stands in a cell, one below the other.
fn add_items(flow: &mut Flow, items: &[Item<'_>], width: f32, faces: &mut Faces) {
    for item in items {
        if !matches!(item, Item::State(_)) {
            flow.space(4.0);
        }
        match item {
            Item::Title(title) => {
                if !title.number.is_empty() {
                    flow.add(&title.number, width, NUMBER, faces);
                }
                flow.add_title(title.title, width, BOLD, faces);
                if let Some(owner) = &title.owner {
                    flow.add(owner, width, SMALL, faces);
                }
            }
            Item::Repost(repost) => {
                flow.add_marked(&repost.line, (Mark::Repost, None), width, BODY, faces);
            }
            Item::State(state) => add_state(flow, state, width, faces),
            Item::Text { label, text } => {
                if let Some(label) = label {
                    flow.add(label, width, SMALL, faces);
                }
                flow.add(text, width, BODY, faces);
            }
        }
    }
}

/// A state with its shape and its colours; one that is not counted with neither.
fn add_state(flow: &mut Flow, state: &State, width: f32, faces: &mut Faces) {
    let Some(standing) = state.counted else {
        let style = Style {
            ink: colours::WEAK,
            ..BODY
        };
        flow.add_indented(&state.words, width, style, faces);
        return;
    };
    let colours = colours::standing(standing);
    // Good is quiet: no ground, so that what needs attention is seen first.
    let ground = (standing != Standing::Good).then_some(colours.tint);
    let style = Style {
        ink: colours.ink,
        ..BOLD
    };
    let mark = (Mark::Standing(standing), ground);
    flow.add_marked(&state.words, mark, width, style, faces);
}

pub(super) const fn cell(column: usize, columns: usize, role: Role, flow: Flow) -> GridCell {
    GridCell {
        column,
        columns,
        role,
        flow,
    }
}
