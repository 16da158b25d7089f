//! A table of the form: the columns of a level, a row for each of its nodes, and the headings
//! between them.

use std::sync::Arc;

use egui::{Align, FontId, Frame, Layout, RichText, Stroke, Ui, UiBuilder, text::LayoutJob};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::{
    form::{Key, Level, Slot},
    plan::{Id, Node, Plan, title_or_none},
    session::Session,
    ui::{
        View, Wish,
        theme::{self, size, space},
    },
};

use super::{
    Line,
    cell::{self, Cells, MARGIN},
    heights,
};

/// A table.
#[derive(Debug)]
pub struct Table<'a> {
    pub level: &'a Level,
    pub lines: Vec<Line<'a>>,
    cells: Vec<Cells<'a>>,
    /// The cells of a row, by what stands in them first.
    pub slots: Vec<Slot>,
}

/// Where a table is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub part: Option<Id>,
    /// Whether it scrolls by itself; otherwise others scroll with it.
    pub is_alone: bool,
    /// Whether the selected row is to be brought on screen.
    pub scrolls_to_selected: bool,
}

/// The least width of a column, where there is room for it.
const LEAST: f32 = 110.0;
/// What a heading of a column needs for each line after the first.
const HEAD_LINE: f32 = 18.0;

impl<'a> Table<'a> {
    /// A table without lines.
    pub fn new(level: &'a Level, review: Key) -> Self {
        let columns = level.columns.iter();
        let cells: Vec<_> = columns
            .map(|column| Cells::of(level, column, review))
            .collect();
        let items = cells.iter().flat_map(|of| {
            let slots = of.items.iter().map(|item| item.slots(of.review));
            slots.filter_map(|slots| slots.first().copied())
        });
        Self {
            level,
            lines: Vec::new(),
            slots: items.collect(),
            cells,
        }
    }

    /// All that is said in these cells of a row, one fact after the other: some hold several questions.
    pub fn facts(&self, cells: &[Slot]) -> Vec<Slot> {
        let items = self.cells.iter().flat_map(|of| {
            let items = of.items.iter();
            items.map(|item| item.slots(of.review))
        });
        let wanted = items.filter(|slots| slots.first().is_some_and(|at| cells.contains(at)));
        wanted.flatten().collect()
    }

    /// Draws the table.
    pub fn show(
        &self,
        session: &Session,
        view: &mut View,
        ui: &mut Ui,
        place: Place,
        wishes: &mut Vec<Wish>,
    ) {
        let Place { part, is_alone, .. } = place;
        let palette = theme::palette(ui);
        let width = ui.available_width() - space::L;
        let selected = self.lines.iter().position(|line| {
            line.row()
                .is_some_and(|node| view.selected == Some(node.id))
        });
        let scroll_to = selected.filter(|_| place.scrolls_to_selected);
        let shares = shares(self.level);
        let least = LEAST.min(width / shares.len().max(1) as f32 * 0.75);
        let widths = shares.iter().map(|share| (width * share).max(least));
        let head = self.head_height(ui, widths);
        let frame = Frame::new()
            .fill(palette.field)
            .stroke(Stroke::new(1.0, palette.border));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            let mut table = TableBuilder::new(ui)
                // In a window of another width the columns are as the form says again.
                .id_salt(("form", part, (width / 40.0) as u32, &shares_of(self.level)))
                .resizable(true)
                // What is typed waits until the cell that it is for is in sight.
                .animate_scrolling(false)
                .vscroll(is_alone)
                .cell_layout(Layout::top_down(Align::Min))
                .auto_shrink([false, !is_alone]);
            for (n, share) in shares.iter().enumerate() {
                let column = if n + 1 == shares.len() {
                    Column::remainder()
                } else {
                    Column::initial(width * share)
                };
                table = table.column(column.at_least(least).clip(true));
            }
            if let Some(row) = scroll_to {
                table = table.scroll_to_row(row, None);
            }
            table
                .header(head, |mut header| {
                    for column in &self.level.columns {
                        header.col(|ui| {
                            Frame::new().inner_margin(MARGIN).show(ui, |ui| {
                                let name = RichText::new(&column.heading).family(theme::bold());
                                ui.add(egui::Label::new(name).wrap());
                            });
                        });
                    }
                })
                .body(|mut body| {
                    if is_alone {
                        let scrolled = egui::vec2(0.0, -view.scroll_by);
                        body.ui_mut().scroll_with_delta(scrolled);
                    }
                    let widths: Vec<f32> = body.widths().to_vec();
                    let heights: Vec<f32> = self
                        .lines
                        .iter()
                        .map(|line| match line.row() {
                            Some(node) => {
                                let ui = body.ui_mut();
                                heights::of(session, ui, node, &self.cells, &widths)
                            }
                            None => size::TABLE_ROW,
                        })
                        .collect();
                    body.heterogeneous_rows(heights.into_iter(), |mut row| {
                        row.set_overline(true);
                        match self.lines.get(row.index()) {
                            Some(Line::Heading(node)) => {
                                heading(session.document().plan(), &mut row, node, shares.len());
                            }
                            Some(Line::Row(node)) => {
                                self.row(session, view, &mut row, node, wishes);
                            }
                            None => {}
                        }
                    });
                });
        });
    }

    /// The height of the headings: as many lines as the longest needs.
    fn head_height(&self, ui: &Ui, widths: impl Iterator<Item = f32>) -> f32 {
        let columns = self.level.columns.iter().zip(widths);
        let lines = columns.map(|(column, width)| {
            let room = width - MARGIN.sum().x;
            let font = FontId::new(theme::BODY, theme::bold());
            let ink = egui::Color32::PLACEHOLDER;
            let job = LayoutJob::simple(column.heading.clone(), font, ink, room);
            ui.painter().layout_job(job).rows.len()
        });
        let lines = lines.max().unwrap_or(1);
        size::TABLE_ROW + HEAD_LINE * lines.saturating_sub(1) as f32
    }

    fn row(
        &self,
        session: &Session,
        view: &mut View,
        row: &mut TableRow<'_, '_>,
        node: &Arc<Node>,
        wishes: &mut Vec<Wish>,
    ) {
        // The row that is written in is the row that commands act on.
        row.set_selected(view.selected == Some(node.id));
        // The line of a repost stands in the first column that has not its title in it.
        let beside = self
            .level
            .columns
            .iter()
            .position(|it| !super::shows_title(it));
        for (n, cells) in self.cells.iter().enumerate() {
            let says_repost = n == beside.unwrap_or_default();
            row.col(|ui| cell::show(session, view, ui, node, (cells, says_repost), wishes));
        }
    }
}

/// The shares of the width that the columns begin with, as on paper.
fn shares(level: &Level) -> Vec<f32> {
    let shares = level
        .columns
        .iter()
        .map(|column| f32::from(column.share.max(1)));
    let all: f32 = shares.clone().sum();
    shares.map(|share| share / all).collect()
}

/// What else the widths of the columns depend on.
fn shares_of(level: &Level) -> Vec<u16> {
    level.columns.iter().map(|column| column.share).collect()
}

/// A heading runs over all columns.
fn heading(plan: &Plan, row: &mut TableRow<'_, '_>, node: &Node, columns: usize) {
    let number = plan
        .number(node.id)
        .unwrap_or_default()
        .printed(plan.form());
    let text = plan
        .level(node)
        .heading(&number, title_or_none(&node.title));
    row.col(|ui| {
        let palette = theme::palette(ui);
        let mut place = ui.max_rect();
        place.set_right(ui.ctx().content_rect().right());
        let ui = &mut ui.new_child(UiBuilder::new().max_rect(place));
        ui.set_clip_rect(place.intersect(ui.ctx().content_rect()));
        Frame::new().inner_margin(MARGIN).show(ui, |ui| {
            let text = RichText::new(text)
                .family(theme::bold())
                .color(palette.text);
            ui.add(egui::Label::new(text).extend());
        });
    });
    for _ in 1..columns {
        row.col(|_| {});
    }
}
