//! The order of things: title, headings of issues and strategies, their tables.

use std::sync::Arc;

use crate::plan::{Entry, Form, Initiative, Issue, Number, Plan, Section, Standing};

use super::{
    Options, Pages, Progress, Role, Step, Stopped, Watch, colours, cover,
    faces::Faces,
    flow::{Flow, Style},
    foot,
    marks::Mark,
    sheet::Sheet,
    table::{Cell, Row, Table},
    words,
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
pub(super) const ISSUE: Style = Style {
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

/// Lays out a plan, or a section of it.
///
/// # Errors
/// When the watcher stops it.
pub fn lay_out(
    plan: &Plan,
    section: Option<Section>,
    form: &Form,
    options: &Options,
    faces: Faces,
    watch: Watch<'_>,
) -> Result<Pages, Stopped> {
    let chosen = |entry: &Entry<'_>| {
        section.is_none_or(|section| section.holds(entry))
            && (!options.only_attention || needs_attention(entry.initiative))
    };
    let mut layout = Layout {
        sheet: Sheet::new(options.orientation, faces),
        plan,
        form,
        issues_apart: !options.only_attention,
        full_reposts: options.full_reposts,
        done: 0,
        of: plan.entries().filter(|entry| chosen(entry)).count(),
        watch,
    };
    let keeps_empty = section.is_none() && !options.only_attention;
    layout.title(options)?;
    for issue in plan.issues() {
        layout.issue(issue, &chosen, keeps_empty)?;
    }
    if layout.of == 0 && !keeps_empty {
        let words = if options.only_attention {
            words::NO_ATTENTION
        } else {
            words::NOTHING
        };
        layout.remark(words);
    }
    Ok(layout.finish())
}

fn needs_attention(initiative: &Initiative) -> bool {
    initiative.repost_of.is_none() && initiative.status.standing().is_bad()
}

struct Layout<'a, 'w> {
    sheet: Sheet,
    plan: &'a Plan,
    form: &'a Form,
    /// Issues begin a page of their own.
    issues_apart: bool,
    full_reposts: bool,
    done: usize,
    of: usize,
    watch: Watch<'w>,
}

impl Layout<'_, '_> {
    /// The title, over the first issue or on a cover of its own.
    fn title(&mut self, options: &Options) -> Result<(), Stopped> {
        self.tell()?;
        let about = self.plan.about();
        let sheet = &mut self.sheet;
        if options.cover {
            cover::put(self.plan, self.form, sheet);
            sheet.is_cover = true;
            return Ok(());
        }
        sheet.head(1, &words::plan_name(about), TITLE, (0.0, 0.0));
        sheet.put_headings(0.0);
        let mut lines: Vec<String> = words::as_of(about).into_iter().collect();
        if options.only_attention {
            lines.push(words::ONLY_ATTENTION.to_owned());
        }
        if !lines.is_empty() {
            sheet.paragraph(&lines.join("　"), SMALL);
        }
        Ok(())
    }

    fn issue(
        &mut self,
        issue: &Arc<Issue>,
        chosen: &impl Fn(&Entry<'_>) -> bool,
        keeps_empty: bool,
    ) -> Result<(), Stopped> {
        let number = Number {
            issue: issue.number,
            ..Number::default()
        };
        let entry = |strategy, initiative| Entry {
            issue,
            strategy,
            initiative,
        };
        let direct = issue.initiatives.iter();
        let direct: Vec<_> = direct.filter(|it| chosen(&entry(None, *it))).collect();
        let mut strategies = Vec::new();
        for strategy in &issue.strategies {
            let rows = strategy.initiatives.iter();
            let rows: Vec<_> = rows
                .filter(|it| chosen(&entry(Some(strategy), *it)))
                .collect();
            if keeps_empty || !rows.is_empty() {
                strategies.push((strategy, rows));
            }
        }
        if direct.is_empty() && strategies.is_empty() && !keeps_empty {
            return Ok(());
        }
        // An issue begins a page, unless half of one is still free: council members are handed
        // single issues, and nobody wants a page with one row.
        let half_free = self.sheet.remaining() > self.sheet.whole() / 2.0;
        if self.sheet.is_cover || (self.issues_apart && !half_free) {
            self.sheet.new_page();
        }
        let name = words::heading(words::ISSUE, number, &issue.title);
        let after = if strategies.is_empty() { 8.0 } else { 3.0 };
        self.sheet.head(2, &name, ISSUE, (24.0, after));
        let has_strategies = !strategies.is_empty();
        for (strategy, rows) in strategies {
            let number = Number {
                strategy: Some(strategy.number),
                ..number
            };
            let name = words::heading(words::STRATEGY, number, &strategy.title);
            self.sheet.head(3, &name, STRATEGY, (13.0, 5.0));
            if rows.is_empty() {
                self.remark(words::NOTHING);
            } else {
                self.table(number, &name, &rows)?;
            }
        }
        if !direct.is_empty() {
            self.sheet.y += if has_strategies { 13.0 } else { 0.0 };
            self.table(number, &name, &direct)?;
        } else if !has_strategies {
            self.remark(words::NOTHING);
        }
        Ok(())
    }

    /// A line in place of a table.
    fn remark(&mut self, text: &str) {
        let sheet = &mut self.sheet;
        sheet.put_headings(BODY.leading);
        sheet.paragraph(text, BODY);
    }

    fn table(
        &mut self,
        part: Number,
        name: &str,
        initiatives: &[&Arc<Initiative>],
    ) -> Result<(), Stopped> {
        let wording = self.form.wording(part);
        let headings: [&str; 4] = [
            &wording.initiative,
            &wording.results,
            &wording.target,
            &wording.achievement,
        ];
        let continued = format!("{name}{}", words::CONTINUED);
        let edges = self.edges();
        let styles = (BOLD, SMALL);
        let mut table = Table::new(edges, &headings, &continued, styles, &mut self.sheet);
        for initiative in initiatives {
            let number = Number {
                initiative: Some(initiative.number),
                ..part
            };
            let row = self.row(number, initiative, &table);
            table.row(&row, &mut self.sheet);
            self.done += 1;
            if self.done.is_multiple_of(STRIDE) {
                self.tell()?;
            }
        }
        Ok(())
    }

    fn row(&mut self, number: Number, initiative: &Initiative, table: &Table) -> Row {
        let name = number.full_width();
        let faces = &mut self.sheet.faces;
        let mut first = Flow::default();
        let width = table.width(0, 1);
        first.add(&name, width, NUMBER, faces);
        first.add_title(title_or_none(&initiative.title), width, BOLD, faces);
        if !initiative.owner.trim().is_empty() {
            let owner = format!("{}{}", words::OWNER, initiative.owner);
            first.add(&owner, width, SMALL, faces);
        }
        let mut cells = vec![cell(0, 1, Role::RowHeading, first)];
        if initiative.repost_of.is_some() {
            cells.extend(self.repost(initiative, table));
        } else {
            cells.extend(self.contents(number, initiative, None, table));
        }
        Row {
            cells,
            name: name + words::CONTINUED,
            below: 0.0,
        }
    }

    /// Results, target and achievement; of a repost those of its source, with the line that says
    /// so above the results.
    fn contents(
        &mut self,
        number: Number,
        initiative: &Initiative,
        repost: Option<&str>,
        table: &Table,
    ) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (column, text) in [(1, &initiative.results), (2, &initiative.target)] {
            let mut flow = Flow::default();
            let (width, faces) = (table.width(column, 1), &mut self.sheet.faces);
            if let Some(line) = repost.filter(|_| column == 1) {
                flow.add_marked(line, (Mark::Repost, None), width, BODY, faces);
                flow.space(4.0);
            }
            flow.add(text, width, BODY, faces);
            cells.push(cell(column, 1, Role::Cell { columns: 1 }, flow));
        }
        cells.push(self.achievement(number, initiative, table));
        cells
    }

    /// The line that says where the contents stand, in place of them or above them.
    fn repost(&mut self, initiative: &Initiative, table: &Table) -> Vec<Cell> {
        let plan = self.plan;
        let source = plan.repost_source(initiative);
        let source = source.and_then(|source| Some((plan.number(source.id)?, source)));
        let line = match source {
            Some((number, _)) => self.form.repost_line(number),
            None => words::LOST_SOURCE.to_owned(),
        };
        if let Some((number, source)) = source.filter(|_| self.full_reposts) {
            return self.contents(number, source, Some(&line), table);
        }
        let mut flow = Flow::default();
        let (width, faces) = (table.width(1, 3), &mut self.sheet.faces);
        flow.add_marked(&line, (Mark::Repost, None), width, BODY, faces);
        vec![cell(1, 3, Role::Cell { columns: 3 }, flow)]
    }

    fn achievement(&mut self, number: Number, initiative: &Initiative, table: &Table) -> Cell {
        let status = initiative.status;
        let standing = status.standing();
        let colours = colours::standing(standing);
        // Good is quiet: no ground, so that what needs attention is seen first.
        let ground = (standing != Standing::Good).then_some(colours.tint);
        let line = self.form.wording(number).status_line(status);
        let line = line.unwrap_or_else(|| words::NOT_ASSESSED.to_owned());
        let style = Style {
            ink: colours.ink,
            ..BOLD
        };
        let mut flow = Flow::default();
        let (width, faces) = (table.width(3, 1), &mut self.sheet.faces);
        let mark = (Mark::Standing(standing), ground);
        flow.add_marked(&line, mark, width, style, faces);
        if !initiative.notes.trim().is_empty() {
            flow.space(4.0);
            flow.add(&initiative.notes, width, BODY, faces);
        }
        cell(3, 1, Role::Cell { columns: 1 }, flow)
    }

    /// Where the columns begin and end, by the form's shares.
    fn edges(&self) -> Vec<f32> {
        let (a, b, c, d) = self.form.widths;
        // A share of nothing would be a column without room.
        let shares = [a, b, c, d].map(|share| f32::from(share.max(1)));
        let all: f32 = shares.iter().sum();
        let mut at = self.sheet.left();
        let mut edges = vec![at];
        for share in shares {
            at += self.sheet.width() * share / all;
            edges.push(at);
        }
        edges
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
        let about = self.plan.about();
        let title = words::plan_name(about);
        let foot = match words::as_of(about) {
            Some(as_of) => format!("{title}　{as_of}"),
            None => title.clone(),
        };
        foot::finish(self.sheet, &title, &foot)
    }
}

fn title_or_none(title: &str) -> &str {
    if title.trim().is_empty() {
        words::NO_TITLE
    } else {
        title
    }
}

pub(super) const fn cell(column: usize, columns: usize, role: Role, flow: Flow) -> Cell {
    Cell {
        column,
        columns,
        role,
        flow,
    }
}
