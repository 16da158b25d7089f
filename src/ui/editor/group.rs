//! What stands in a node: the table of it, and what can be added.

use std::sync::Arc;

use egui::{Align, Layout, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::{
    form::{Form, Key, Level},
    plan::{Id, Node, title_or_none},
    session::Session,
    ui::Wish,
    ui::{
        theme::{self, size, space},
        widgets::status_mark,
    },
};

use super::field;

/// Draws the table of all that stands in a node, and buttons to add to it.
pub fn show(session: &Session, ui: &mut Ui, node: &Arc<Node>, wishes: &mut Vec<Wish>) {
    let nodes: Vec<&Arc<Node>> = node.below().collect();
    if nodes.is_empty() {
        let weak = theme::palette(ui).weak;
        ui.label(RichText::new("まだ何も入っていません").color(weak));
    } else {
        rows(session, ui, node.level, &nodes, wishes);
    }
    ui.add_space(space::M);
    add_buttons(session.form(), ui, Some((node.id, node.level)), wishes);
}

/// A button for each level of which a new node is offered in a node, or at the top.
pub fn add_buttons(form: &Form, ui: &mut Ui, parent: Option<(Id, Key)>, wishes: &mut Vec<Wish>) {
    let (id, level) = parent.unzip();
    ui.horizontal_wrapped(|ui| {
        for level in super::offered(form, level) {
            if ui.button(super::add_name(level)).clicked() {
                super::add(level.key, id, wishes);
            }
        }
    });
}

/// Which columns there are besides number and title.
#[derive(Debug, Clone, Copy)]
struct Columns {
    owner: bool,
    status: bool,
}

fn rows(session: &Session, ui: &mut Ui, above: Key, nodes: &[&Arc<Node>], wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let form = session.form();
    let below = form.levels_below(above);
    let columns = Columns {
        // A column in which nobody is named would only take room from the others.
        owner: nodes.iter().any(|node| !node.owner.is_empty()),
        status: below.iter().any(|level| level.is_assessed()),
    };
    let name = names_of_rows(&below);
    let heads = [
        ("番号", true),
        (&name, true),
        ("担当", columns.owner),
        (form.status_name(), columns.status),
    ];
    let title_width = (ui.available_width() * 0.36).clamp(180.0, 420.0);
    let height = (ui.available_height() - space::XL * 3.0).max(size::TABLE_ROW * 6.0);
    let frame = egui::Frame::new()
        .fill(palette.field)
        .stroke(egui::Stroke::new(1.0, palette.hairline))
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(space::S as i8, space::XS as i8));
    let title = if columns.status {
        Column::initial(title_width).at_least(140.0)
    } else {
        Column::remainder().at_least(140.0)
    };
    frame.show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(size::TABLE_WIDTH));
        ui.spacing_mut().item_spacing.y = 0.0;
        TableBuilder::new(ui)
            .id_salt("contents")
            .sense(Sense::click())
            .resizable(true)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::initial(84.0).at_least(72.0).clip(true))
            .column(title.clip(true))
            .columns(
                Column::initial(90.0).at_least(60.0).clip(true),
                usize::from(columns.owner),
            )
            .columns(
                Column::remainder().at_least(160.0).clip(true),
                usize::from(columns.status),
            )
            .max_scroll_height(height)
            .auto_shrink([false, true])
            .header(size::TABLE_ROW, |mut header| {
                for (name, _) in heads.into_iter().filter(|(_, is_there)| *is_there) {
                    header.col(|ui| {
                        field::label(ui, name);
                    });
                }
            })
            .body(|body| {
                body.rows(size::TABLE_ROW, nodes.len(), |row| {
                    if let Some(node) = nodes.get(row.index()) {
                        table_row(session, row, node, columns, wishes);
                    }
                });
            });
    });
}

/// What people call the rows of these levels: 具体的取組, or several names.
fn names_of_rows(levels: &[&Level]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for level in levels.iter().filter(|level| level.is_row()) {
        if !names.contains(&level.name.as_str()) {
            names.push(&level.name);
        }
    }
    match names.as_slice() {
        [] => "名称".to_owned(),
        names => names.join("・"),
    }
}

fn table_row(
    session: &Session,
    mut row: TableRow<'_, '_>,
    node: &Arc<Node>,
    columns: Columns,
    wishes: &mut Vec<Wish>,
) {
    row.set_overline(true);
    let plan = session.document().plan();
    let level = plan.level(node);
    let number = plan.number(node.id).unwrap_or_default().listed(plan.form());
    let text = |text: &str| match level.is_row() {
        true => RichText::new(text),
        false => RichText::new(text).family(theme::bold()),
    };
    row.col(|ui| {
        let number = text(&number);
        ui.label(match level.is_row() {
            true => number.color(theme::palette(ui).weak),
            false => number,
        });
    });
    row.col(|ui| {
        let title = title_or_none(&node.title);
        ui.add(egui::Label::new(text(title)).truncate());
    });
    if columns.owner {
        row.col(|ui| {
            ui.add(egui::Label::new(&node.owner).truncate());
        });
    }
    if columns.status {
        row.col(|ui| {
            if level.is_assessed() {
                status_cell(session, ui, level, node);
            }
        });
    }
    let mut name = format!("{}{number} {}", level.name, node.title);
    if level.is_assessed() {
        let status = status_mark::in_words(level, plan.shown(node));
        name = format!("{name}、{status}");
    }
    let response = row.response();
    if response.clicked() {
        wishes.push(Wish::Show(Some(node.id)));
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
}

fn status_cell(session: &Session, ui: &mut Ui, level: &Level, node: &Node) {
    let plan = session.document().plan();
    let palette = theme::palette(ui);
    let shown = plan.shown(node);
    let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(size::MARK + 4.0), Sense::hover());
    status_mark::paint(ui.painter(), palette, rect.center(), shown);
    let axes: Vec<Key> = level.axes().map(|field| field.key).collect();
    let said = if node.is_repost() {
        plan.repost_line(node)
    } else {
        level.choice_line(node, plan.review(), &axes)
    };
    let said = said.map(|line| line.trim_matches(['【', '】']).to_owned());
    let text = said.unwrap_or_else(|| status_mark::in_words(level, shown));
    let standing = plan.standing(node);
    let ink = if standing.is_bad() {
        palette.standing(standing).ink
    } else {
        palette.weak
    };
    ui.add(egui::Label::new(RichText::new(text).color(ink)).truncate());
}
