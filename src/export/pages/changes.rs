//! 新旧対照表 on paper: a table for each chapter in which something changed, with removed text struck
//! out and added text underlined. What changed is found by `export/changes`.

use crate::{
    export::{
        changes::{
            Names,
            table::{ChangedField, ChangedNode, Run, Table},
            words::{EMPTY, ITEM, NO_CHANGES},
        },
        outline::words::CONTINUED,
    },
    plan::Plan,
};

use super::{
    Orientation, Pages, Role, colours,
    document::{BODY, BOLD, CHAPTER, SMALL, TITLE, cell},
    faces::Faces,
    flow::{Flow, Stroke, Style},
    foot,
    grid::{Grid, GridCell, GridRow},
    sheet::Sheet,
};

/// The shares of the columns in the width: what it is, before, after.
const SHARES: [f64; 3] = [1.0 / 7.0, 3.0 / 7.0, 3.0 / 7.0];
const COLUMNS: usize = SHARES.len();

/// Lays out what changed from `old` to `new`.
pub fn lay_out_changes(old: &Plan, new: &Plan, names: Names<'_>, faces: Faces) -> Pages {
    let changes = Table::of(old, new);
    let mut sheet = Sheet::new(Orientation::Landscape, faces);
    sheet.head(1, &changes.title, TITLE, (0.0, 0.0));
    sheet.put_headings(0.0);
    if changes.chapters.is_empty() {
        sheet.paragraph(NO_CHANGES, BODY);
    }
    let [before, after] = names.headings();
    for chapter in &changes.chapters {
        sheet.head(2, &chapter.heading, CHAPTER, (18.0, 6.0));
        let continued = format!("{}{CONTINUED}", chapter.heading);
        let headings = [ITEM, &before, &after];
        let (edges, styles) = (sheet.edges(&SHARES), (BOLD, SMALL));
        let mut grid = Grid::new(edges, &headings, &continued, styles, &mut sheet);
        for node in &chapter.nodes {
            let heading = heading(node, &grid, &mut sheet);
            let rows = rows(node, &grid, &mut sheet);
            // A name is not left alone at the foot of a page.
            let below = rows.first().map_or(0.0, GridRow::height);
            let heading = GridRow {
                below: below.min(sheet.whole() / 3.0),
                ..heading
            };
            let name = format!("{}{CONTINUED}", node.name);
            grid.group(&heading, &name, BOLD, &mut sheet);
            for row in rows {
                grid.row(&row, &mut sheet);
            }
        }
    }
    foot::finish(sheet, &changes.title, &changes.title)
}

/// The name of a node across the table.
fn heading(node: &ChangedNode, grid: &Grid, sheet: &mut Sheet) -> GridRow {
    let mut name = node.name.clone();
    if let Some(fate) = node.fate {
        name = format!("{name}　【{}】", fate.name());
    }
    let mut heading = Flow::default();
    heading.add(&name, grid.width(0, COLUMNS), BOLD, &mut sheet.faces);
    let columns = u32::try_from(COLUMNS).unwrap_or(u32::MAX);
    let role = Role::GroupHeading { columns };
    GridRow {
        cells: vec![cell(0, COLUMNS, role, heading)],
        name: String::new(),
        below: 0.0,
    }
}

/// The fields of a node.
fn rows(node: &ChangedNode, grid: &Grid, sheet: &mut Sheet) -> Vec<GridRow> {
    let field = |field: &ChangedField| {
        let mut item = Flow::default();
        item.add_title(&field.item, grid.width(0, 1), BODY, &mut sheet.faces);
        GridRow {
            cells: vec![
                cell(0, 1, Role::RowHeading, item),
                side(1, &field.old, Stroke::Through, grid, sheet),
                side(2, &field.new, Stroke::Under, grid, sheet),
            ],
            name: format!("{}{CONTINUED}", field.item),
            below: 0.0,
        }
    };
    node.fields.iter().map(field).collect()
}

fn side(column: usize, runs: &[Run], stroke: Stroke, grid: &Grid, sheet: &mut Sheet) -> GridCell {
    const NOTHING: Style = Style {
        ink: colours::WEAK,
        ..BODY
    };
    let mut flow = Flow::default();
    let (width, faces) = (grid.width(column, 1), &mut sheet.faces);
    if runs.is_empty() {
        flow.add(EMPTY, width, NOTHING, faces);
    } else {
        let runs = runs.iter().map(|run| (&*run.text, run.is_changed));
        flow.add_runs(runs, stroke, width, BODY, faces);
    }
    cell(column, 1, Role::Cell { columns: 1 }, flow)
}
