//! The form view: the selected heading as the printed tables, written in place. It is the same text
//! as in the editor, not a copy.
//!
//! What stands below a heading becomes [`Line`]s; rows of one level that follow each other are a
//! table with the columns of that level, together with the headings between them.
//!
//! It is written in as a spreadsheet is: `grid` knows which cell is where, `selection` which of them
//! are selected or written in, `keys` what keys do there.

mod cell;
mod grid;
mod heights;
mod keys;
mod selection;
mod status_cell;
mod table;

use std::sync::Arc;

use egui::{Frame, Margin, RichText, ScrollArea, Ui};

use crate::{
    form::{Column, Form, Level, Slot},
    plan::{Id, Node, Plan},
    session::Session,
    ui::{Focus, View, Wish},
};

use super::{
    editor,
    theme::{self, space},
};

use grid::{Cell, Grid};
use selection::Mode;
use table::{Place, Table};

pub use grid::Block;
pub use selection::FormState;

/// A line of a table.
#[derive(Debug, Clone, Copy)]
enum Line<'a> {
    Heading(&'a Arc<Node>),
    Row(&'a Arc<Node>),
}

/// Draws the form of the selected node.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    // The keys that are on their way to a cell have left the one before already.
    if !view.form.takes_keys {
        editor::caret::follow_selection(view, ui);
    }
    let plan = session.document().plan();
    view.form_part = part_of(plan, view);
    let part = view.form_part;
    let lines = lines(plan, part);
    let has_page = part.is_none() && view.selected.is_none() && !plan.form().plan.is_empty();
    if plan.top().is_empty() && !has_page {
        return editor::empty(session, view, ui, wishes);
    }
    if part.is_none() && lines.is_empty() && !has_page {
        ui.add_space(space::XL);
        let text = format!(
            "左の一覧から、{}を選んでください",
            heading_names(plan.form())
        );
        ui.vertical_centered(|ui| ui.label(text));
        return;
    }
    let margin = Margin::symmetric(space::XL as i8, space::M as i8);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        let title = match part.and_then(|part| plan.entry(part)) {
            Some(entry) => entry.number().heading(plan.form(), &entry.node.title),
            None => editor::WHOLE.to_owned(),
        };
        ui.label(RichText::new(title).text_style(egui::TextStyle::Heading));
        ui.add_space(space::XS);
        let tables = tables(plan, part, &lines);
        let grid = Grid {
            plan,
            tables: &tables,
        };
        take_keys(session, view, ui, grid);
        keys::handle(session, view, ui, grid, wishes);
        let corners = view.form.corners().filter(|_| view.form.is_block());
        let block = corners.map(|(one, other)| grid.block(one, other));
        view.form.block = block.unwrap_or_default();
        let place = Place {
            part,
            is_alone: tables.len() == 1 && !has_page,
            scrolls_to_selected: std::mem::take(&mut view.scroll_form) || view.scroll_to_mark,
        };
        match tables.as_slice() {
            [only] if place.is_alone => only.show(session, view, ui, place, wishes),
            _ => several(session, view, ui, (place, has_page), &tables, wishes),
        }
    });
}

/// The keys go where a command has sent them: to a text, or to the first of the selected row. A cell
/// that has lost them is not written in any more, unless a dialog only lies over it.
fn take_keys(session: &Session, view: &mut View, ui: &Ui, grid: Grid<'_>) {
    let sent = view
        .focus_field
        .and_then(|(id, at)| Some(Cell { id: id?, at }));
    let sent = sent.filter(|cell| grid.contains(*cell));
    let is_asked = view.focus == Some(Focus::FirstField) && view.selected.is_some();
    let first = is_asked.then(|| {
        let last = view.form.cell();
        let last = last.filter(|cell| view.selected == Some(cell.id) && grid.contains(*cell));
        last.or_else(|| grid.first(view.selected))
    });
    if let Some(cell) = sent.or(first.flatten()) {
        view.focus_field = None;
        view.focus = view.focus.filter(|focus| *focus != Focus::FirstField);
        let is_written = matches!(view.form.mode(), Mode::Written { .. });
        view.form.select(cell);
        view.form.comes_in_sight = true;
        view.scroll_form = true;
        view.select_in_place(session.document().plan(), cell.id);
        let text = session.document().plan().text(Some(cell.id), cell.at);
        if sent.is_some() && is_written {
            let end = text.chars().count();
            editor::caret::enter(view, ui.ctx(), (Some(cell.id), cell.at), end);
            view.form.write(text.to_owned(), false);
        }
        return;
    }
    let Some(cell) = view.form.cell().filter(|_| !view.form.takes_keys) else {
        return;
    };
    let widget = editor::caret::widget_of(view, Some(cell.id), cell.at);
    let has_keys = ui.memory(|memory| memory.has_focus(widget));
    let is_covered = session.prompt().is_some() || view.palette.is_some() || view.was_covered;
    if !has_keys && !is_covered {
        view.form.leave();
    }
}

/// Several tables, or what the plan as a whole says, scroll together.
fn several(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    (place, has_page): (Place, bool),
    tables: &[Table<'_>],
    wishes: &mut Vec<Wish>,
) {
    let plan = session.document().plan();
    let area = ScrollArea::vertical().id_salt(("forms", place.part));
    area.auto_shrink([false, false]).show(ui, |ui| {
        ui.scroll_with_delta(egui::vec2(0.0, -view.scroll_by));
        if has_page {
            editor::whole_fields(session, view, ui, wishes);
            ui.add_space(space::M);
        }
        for (n, table) in tables.iter().enumerate() {
            ui.push_id(n, |ui| table.show(session, view, ui, place, wishes));
            ui.add_space(space::M);
        }
        if tables.is_empty() && !has_page {
            let weak = theme::palette(ui).weak;
            let text = format!("まだ{}がありません", plan.form().row_name());
            ui.label(RichText::new(text).color(weak));
        }
    });
}

/// The heading whose form is shown; without one, what stands at the top. One that is shown stays
/// while a row in it is selected, wherever that is written.
pub fn part_of(plan: &Plan, view: &View) -> Option<Id> {
    let selected = view.selected?;
    let is_heading = |id: &Id| plan.level_of(*id).is_some_and(|level| !level.is_row());
    if is_heading(&selected) {
        return Some(selected);
    }
    let above: Vec<Id> = plan.ancestors(selected).filter(is_heading).collect();
    let shown = view.form_part;
    // From one heading at the top to the next, another one as a whole.
    let is_at_top = |id: Id| plan.contains(id) && plan.parent(id).is_none();
    let other = match shown {
        Some(shown) if is_at_top(shown) => above.last(),
        _ => above.first(),
    };
    let shown = shown.filter(|shown| above.contains(shown));
    shown.or(other.copied())
}

/// All that stands below a heading; of what stands at the top the rows, with what is below them.
fn lines(plan: &Plan, part: Option<Id>) -> Vec<Line<'_>> {
    let line = |node| Line::of(plan, node);
    match part.map(|part| plan.node(part)) {
        Some(part) => part
            .into_iter()
            .flat_map(|part| part.below())
            .map(line)
            .collect(),
        None => {
            let rows = plan.top().iter().filter(|node| plan.level(node).is_row());
            rows.flat_map(Node::with_below).map(line).collect()
        }
    }
}

/// The tables in which these lines stand.
fn tables<'a>(plan: &'a Plan, part: Option<Id>, lines: &[Line<'a>]) -> Vec<Table<'a>> {
    let mut tables: Vec<Table<'a>> = Vec::new();
    // Headings go with the row that follows.
    let mut headings: Vec<Line<'a>> = Vec::new();
    for &line in lines {
        let Line::Row(node) = line else {
            headings.push(line);
            continue;
        };
        let level = plan.level(node);
        if tables
            .last()
            .is_none_or(|table| table.level.key != level.key)
        {
            tables.push(Table::new(level, plan.review()));
        }
        if let Some(table) = tables.last_mut() {
            table.lines.append(&mut headings);
            if !level.columns.iter().any(shows_title) {
                table.lines.push(Line::Heading(node));
            }
            table.lines.push(line);
        }
    }
    if headings.is_empty() {
        return tables;
    }
    if tables.is_empty()
        && let Some(level) = row_level(plan, part, &headings)
    {
        tables.push(Table::new(level, plan.review()));
    }
    if let Some(table) = tables.last_mut() {
        table.lines.append(&mut headings);
    }
    tables
}

/// The level of the rows that headings without any would hold.
fn row_level<'a>(plan: &'a Plan, part: Option<Id>, headings: &[Line<'a>]) -> Option<&'a Level> {
    let above = part.and_then(|part| plan.node(part));
    let nodes = headings.iter().map(|line| line.node()).chain(above);
    let mut levels = nodes.flat_map(|node| plan.form().levels_in(Some(node.level)));
    levels.find(|level| level.is_row())
}

/// Whether the title of a row stands in a column. Where it stands in none, it is a heading above.
fn shows_title(column: &Column) -> bool {
    column.fields.contains(&Slot::TITLE.field)
}

/// What people call what has a form: 経営課題か戦略.
fn heading_names(form: &Form) -> String {
    let headings = form.names().filter(|level| !level.is_row());
    let names: Vec<&str> = headings.map(|level| level.name.as_str()).collect();
    names.join("か")
}

impl<'a> Line<'a> {
    fn of(plan: &Plan, node: &'a Arc<Node>) -> Self {
        if plan.level(node).is_row() {
            Self::Row(node)
        } else {
            Self::Heading(node)
        }
    }

    const fn node(self) -> &'a Arc<Node> {
        match self {
            Self::Heading(node) | Self::Row(node) => node,
        }
    }

    fn row(self) -> Option<&'a Arc<Node>> {
        match self {
            Self::Heading(_) => None,
            Self::Row(node) => Some(node),
        }
    }
}
