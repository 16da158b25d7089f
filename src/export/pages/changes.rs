//! 新旧対照表 on paper: a table for each part of the plan in which something changed, what went
//! struck out, what came underlined. What changed is found by `export/changes`.

use crate::{
    export::changes::{
        Names,
        table::{self, Entry, Piece},
        words::EMPTY,
    },
    plan::{Form, Plan},
};

use super::{
    Orientation, Pages, Role, colours,
    document::{BODY, BOLD, ISSUE, SMALL, TITLE, cell},
    faces::Faces,
    flow::{Flow, Stroke, Style},
    foot,
    sheet::Sheet,
    table::{Cell, Row, Table},
    words,
};

/// The shares of the columns in the width: what it is, before, after.
const SHARES: [f32; 3] = [1.0, 3.0, 3.0];
const COLUMNS: usize = SHARES.len();

/// Lays out what changed from `old` to `new`.
pub fn lay_out_changes(
    old: &Plan,
    new: &Plan,
    names: Names<'_>,
    form: &Form,
    faces: Faces,
) -> Pages {
    let changes = table::Table::of(old, new, form);
    let mut sheet = Sheet::new(Orientation::Landscape, faces);
    let title = format!("{}　{}", words::CHANGES, words::plan_name(new.about()));
    sheet.head(1, &title, TITLE, (0.0, 0.0));
    sheet.put_headings(0.0);
    if changes.parts.is_empty() {
        sheet.paragraph(words::NO_CHANGES, BODY);
    }
    let [before, after] = names.headings();
    for part in &changes.parts {
        sheet.head(2, &part.heading, ISSUE, (18.0, 6.0));
        let continued = format!("{}{}", part.heading, words::CONTINUED);
        let headings = ["項目", &before, &after];
        let styles = (BOLD, SMALL);
        let mut table = Table::new(edges(&sheet), &headings, &continued, styles, &mut sheet);
        for entry in &part.entries {
            for row in rows(entry, &table, &mut sheet) {
                table.row(&row, &mut sheet);
            }
        }
    }
    foot::finish(sheet, &title, &title)
}

fn edges(sheet: &Sheet) -> Vec<f32> {
    let all: f32 = SHARES.iter().sum();
    let mut at = sheet.left();
    let mut edges = vec![at];
    for share in SHARES {
        at += sheet.width() * share / all;
        edges.push(at);
    }
    edges
}

/// A node: its name across the table, and its fields below.
fn rows(entry: &Entry, table: &Table, sheet: &mut Sheet) -> Vec<Row> {
    let mut name = entry.name.clone();
    if let Some(fate) = entry.fate {
        name = format!("{name}　【{}】", fate.name());
    }
    let mut heading = Flow::default();
    heading.add(&name, table.width(0, COLUMNS), BOLD, &mut sheet.faces);
    let columns = u32::try_from(COLUMNS).unwrap_or(u32::MAX);
    let role = Role::GroupHeading { columns };
    let mut rows = vec![Row {
        cells: vec![cell(0, COLUMNS, role, heading)],
        name: String::new(),
        below: 0.0,
    }];
    for row in &entry.rows {
        let mut item = Flow::default();
        item.add_title(&row.item, table.width(0, 1), BODY, &mut sheet.faces);
        rows.push(Row {
            cells: vec![
                cell(0, 1, Role::RowHeading, item),
                side(1, &row.old, Stroke::Through, table, sheet),
                side(2, &row.new, Stroke::Under, table, sheet),
            ],
            name: format!("{}{}", row.item, words::CONTINUED),
            below: 0.0,
        });
    }
    // A name is not left alone at the foot of a page.
    let below = rows.get(1).map_or(0.0, Row::height);
    if let Some(heading) = rows.first_mut() {
        heading.below = below.min(sheet.whole() / 3.0);
    }
    rows
}

fn side(column: usize, pieces: &[Piece], stroke: Stroke, table: &Table, sheet: &mut Sheet) -> Cell {
    const NOTHING: Style = Style {
        ink: colours::WEAK,
        ..BODY
    };
    let mut flow = Flow::default();
    let (width, faces) = (table.width(column, 1), &mut sheet.faces);
    if pieces.is_empty() {
        flow.add(EMPTY, width, NOTHING, faces);
    } else {
        let pieces = pieces.iter().map(|piece| (&*piece.text, piece.is_changed));
        flow.add_pieces(pieces, stroke, width, BODY, faces);
    }
    cell(column, 1, Role::Cell { columns: 1 }, flow)
}
