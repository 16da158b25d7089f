//! How tall a row of the form is: as tall as the tallest of its cells at the widths of now.
//!
//! egui keeps laid-out texts from frame to frame, so asking again costs a hash of each text of
//! the part that is shown.

use egui::{FontId, Ui, text::LayoutJob};

use crate::{
    form::Slot,
    plan::Node,
    session::Session,
    ui::{
        theme::{self, size},
        widgets::status_mark,
    },
};

use super::{
    cell::{Cells, Item, LABEL, MARGIN},
    status_cell,
};

/// The height of the number above the title.
const NUMBER: f32 = 34.0;

/// The height of a row.
pub fn of(session: &Session, ui: &Ui, node: &Node, cells: &[Cells<'_>], widths: &[f32]) -> f32 {
    let columns = cells.iter().zip(widths);
    let heights = columns.map(|(cells, width)| {
        let items = cells.items.iter();
        let items = items.map(|item| item_height(session, ui, node, (cells, item), *width));
        items.sum::<f32>()
    });
    let least = if node.is_repost() {
        size::TABLE_ROW
    } else {
        0.0
    };
    heights.fold(least, f32::max)
}

fn item_height(
    session: &Session,
    ui: &Ui,
    node: &Node,
    (cells, item): (&Cells<'_>, &Item<'_>),
    width: f32,
) -> f32 {
    let width = width - MARGIN.sum().x;
    let text = |at: Slot| text_height(session, ui, node, at, width);
    match item {
        Item::Title if cells.level.number.pattern.is_empty() => text(Slot::TITLE),
        Item::Title => NUMBER + text(Slot::TITLE),
        Item::Owner => text(Slot::OWNER),
        Item::Choices(_) | Item::Field(_) if node.is_repost() => 0.0,
        Item::Choices(fields) => {
            let said = status_cell::text(node, fields, cells.review);
            status_mark::chip_height(ui, &said, width) + MARGIN.sum().y
        }
        Item::Field(field) => {
            let label = if cells.has_labels { LABEL } else { 0.0 };
            label + text(field.slot(cells.review))
        }
    }
}

fn text_height(session: &Session, ui: &Ui, node: &Node, at: Slot, width: f32) -> f32 {
    let text = session
        .document()
        .draft_of(Some(node.id), at)
        .unwrap_or_else(|| node.text(at));
    let font = if at == Slot::TITLE {
        FontId::new(theme::BODY, theme::bold())
    } else {
        FontId::proportional(theme::BODY)
    };
    let line_height = theme::BODY + ui.spacing().extra_text_line_spacing;
    let mut job = LayoutJob::simple(text.to_owned(), font, egui::Color32::PLACEHOLDER, width);
    for section in &mut job.sections {
        section.format.line_height = Some(line_height);
    }
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    galley.size().y.max(line_height) + MARGIN.sum().y
}
