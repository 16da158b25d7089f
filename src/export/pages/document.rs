//! The order of things: title, headings of issues and strategies, their tables.

use crate::{
    export::outline::{Chapter, Contents, Outline, Row, StatusLine, Table, words},
    plan::Standing,
};

use super::{
    Options, Pages, Progress, Role, Step, Stopped, Watch, colours, cover,
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
const STRATEGY: Style = Style {
    size: 10.5,
    leading: 15.0,
    ..BOLD
};
/// How many initiatives are laid out before the watcher is asked again.
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
        of: outline.entries().count(),
        watch,
    };
    layout.title(options)?;
    for chapter in &outline.chapters {
        layout.chapter(chapter)?;
    }
    if let Some(nothing) = outline.nothing() {
        layout.remark(nothing);
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
        let remarks: Vec<&str> = if options.cover {
            cover::put(&outline.cover(), sheet);
            sheet.is_cover = true;
            // The cover counts the whole plan; what is limited is what follows.
            outline.only.into_iter().collect()
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

    fn chapter(&mut self, chapter: &Chapter<'_>) -> Result<(), Stopped> {
        // A chapter begins a page, unless half of one is still free: council members are handed
        // single issues, and nobody wants a page with one row.
        let half_free = self.sheet.remaining() > self.sheet.whole() / 2.0;
        if self.sheet.is_cover || (self.chapters_apart && !half_free) {
            self.sheet.new_page();
        }
        let begins_with_rows = matches!(&chapter.tables[..], [Table { strategy: None, .. }, ..]);
        let after = if begins_with_rows { 8.0 } else { 3.0 };
        self.sheet.head(2, &chapter.heading, CHAPTER, (24.0, after));
        for table in &chapter.tables {
            match &table.strategy {
                Some(heading) => self.sheet.head(3, &heading.text, STRATEGY, (13.0, 5.0)),
                None if begins_with_rows => {}
                None => self.sheet.y += 13.0,
            }
            self.table(chapter, table)?;
        }
        Ok(())
    }

    /// A line in place of a table.
    fn remark(&mut self, text: &str) {
        let sheet = &mut self.sheet;
        sheet.put_headings(BODY.leading);
        sheet.paragraph(text, BODY);
    }

    fn table(&mut self, chapter: &Chapter<'_>, table: &Table<'_>) -> Result<(), Stopped> {
        if table.rows.is_empty() {
            self.remark(words::NO_ROWS);
            return Ok(());
        }
        let heading = table.strategy.as_ref().map(|heading| &heading.text);
        let heading = heading.unwrap_or(&chapter.heading);
        let continued = format!("{heading}{}", words::CONTINUED);
        let edges = self.sheet.edges(self.outline.shares());
        let styles = (BOLD, SMALL);
        let columns = chapter.columns();
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
        let number = row.number.full_width();
        let faces = &mut self.sheet.faces;
        let mut first = Flow::default();
        let width = grid.width(0, 1);
        first.add(&number, width, NUMBER, faces);
        first.add_title(row.title, width, BOLD, faces);
        if let Some(owner) = row.owner() {
            first.add(&owner, width, SMALL, faces);
        }
        let mut cells = vec![cell(0, 1, Role::RowHeading, first)];
        match &row.contents {
            Some(contents) => cells.extend(self.contents(row, contents, grid)),
            None => cells.push(self.repost(row, grid)),
        }
        GridRow {
            cells,
            name: number + words::CONTINUED,
            below: 0.0,
        }
    }

    /// Results, target and achievement; of a repost those of its source, with the line that says
    /// so above the results.
    fn contents(&mut self, row: &Row<'_>, contents: &Contents<'_>, grid: &Grid) -> [GridCell; 3] {
        let faces = &mut self.sheet.faces;
        let [mut results, mut target, mut achievement] = <[Flow; 3]>::default();
        let width = grid.width(1, 1);
        if let Some(repost) = &row.repost {
            results.add_marked(&repost.line, (Mark::Repost, None), width, BODY, faces);
            results.space(4.0);
        }
        results.add(contents.results, width, BODY, faces);
        target.add(contents.target, grid.width(2, 1), BODY, faces);
        let width = grid.width(3, 1);
        if let Some(status) = &row.status {
            add_status(&mut achievement, status, width, faces);
        }
        if !contents.notes.trim().is_empty() {
            achievement.space(4.0);
            achievement.add(contents.notes, width, BODY, faces);
        }
        [
            cell(1, 1, Role::Cell { columns: 1 }, results),
            cell(2, 1, Role::Cell { columns: 1 }, target),
            cell(3, 1, Role::Cell { columns: 1 }, achievement),
        ]
    }

    /// The line that says where the contents stand, in place of them, and the state there.
    fn repost(&mut self, row: &Row<'_>, grid: &Grid) -> GridCell {
        let mut flow = Flow::default();
        let (width, faces) = (grid.width(1, 3), &mut self.sheet.faces);
        if let Some(repost) = &row.repost {
            flow.add_marked(&repost.line, (Mark::Repost, None), width, BODY, faces);
        }
        if let Some(status) = &row.status {
            add_status(&mut flow, status, width, faces);
        }
        cell(1, 3, Role::Cell { columns: 3 }, flow)
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

/// A state with its shape and its colours; that of a repost with neither.
fn add_status(flow: &mut Flow, status: &StatusLine, width: f32, faces: &mut Faces) {
    let Some(standing) = status.counted else {
        let style = Style {
            ink: colours::WEAK,
            ..BODY
        };
        flow.add_indented(&status.words, width, style, faces);
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
    flow.add_marked(&status.words, mark, width, style, faces);
}

pub(super) const fn cell(column: usize, columns: usize, role: Role, flow: Flow) -> GridCell {
    GridCell {
        column,
        columns,
        role,
        flow,
    }
}
