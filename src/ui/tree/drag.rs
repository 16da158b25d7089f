//! Dragging a row elsewhere: shows where it would go, and asks for the move when it is dropped.

use egui::{CursorIcon, Rect, Stroke, StrokeKind, Ui, pos2};

use crate::{
    form::Key,
    plan::{Id, Plan},
    session::{Action, Session},
    ui::{
        View, Wish,
        theme::{self, size, space},
    },
};

use super::rows::Row;

/// Where a dragged node would go.
struct Drop {
    parent: Option<Id>,
    position: usize,
    /// The row it is shown at: a line above or below it, or a frame around it.
    row: usize,
    shown: Shown,
}

enum Shown {
    Above,
    Below,
    Into,
}

/// Shows the drop while something is dragged; `place` gives the rectangle of a row.
pub fn show(
    session: &Session,
    view: &mut View,
    ui: &Ui,
    place: &impl Fn(usize) -> Rect,
    wishes: &mut Vec<Wish>,
) {
    let Some(dragged) = view.tree.dragged else {
        return;
    };
    let drop = ui
        .ctx()
        .pointer_interact_pos()
        .filter(|at| ui.clip_rect().contains(*at))
        .and_then(|at| find(session, view, dragged, at.y, place));
    let is_released = ui.input(|input| !input.pointer.any_down());
    if is_released || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        view.tree.dragged = None;
        if let Some(drop) = drop.filter(|_| is_released) {
            wishes.push(
                Action::Move {
                    id: dragged,
                    parent: drop.parent,
                    position: drop.position,
                }
                .into(),
            );
        }
        return;
    }
    let Some(drop) = drop else {
        ui.ctx().set_cursor_icon(CursorIcon::NotAllowed);
        return;
    };
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let rect = place(drop.row).shrink2(egui::vec2(space::S, 0.0));
    let stroke = Stroke::new(size::FOCUS, theme::palette(ui).accent);
    let line = |y: f32| {
        let ends = [pos2(rect.left(), y), pos2(rect.right(), y)];
        ui.painter().line_segment(ends, stroke);
    };
    match drop.shown {
        Shown::Above => line(rect.top()),
        Shown::Below => line(rect.bottom()),
        Shown::Into => {
            ui.painter()
                .rect_stroke(rect, 5.0, stroke, StrokeKind::Inside);
        }
    }
}

fn find(
    session: &Session,
    view: &View,
    dragged: Id,
    y: f32,
    place: &impl Fn(usize) -> Rect,
) -> Option<Drop> {
    let plan = session.document().plan();
    let rows = view.tree.rows();
    let top = place(0).top();
    let n = ((y - top) / size::TREE_ROW).floor();
    // Below the last row is after it.
    let n = (n.max(0.0) as usize).min(rows.len().checked_sub(1)?);
    let row = rows.get(n)?;
    let in_upper_half = y < place(n).center().y;
    let level = plan.node(dragged)?.level;
    let over = row.id()?;
    if over == dragged || plan.ancestors(over).any(|id| id == dragged) {
        return None;
    }
    let here = plan.node(over)?.level;
    let (beside_it, in_it) = (
        plan.can_hold(plan.parent(over), level),
        plan.can_hold(Some(over), level),
    );
    match (beside_it, in_it) {
        // Where both are possible, it goes beside what is like it, and into anything else.
        (true, false) => beside(plan, dragged, row, n, in_upper_half),
        (true, true) if here == level => beside(plan, dragged, row, n, in_upper_half),
        (_, true) if !skips(plan, over, level) => into(plan, row, n),
        _ => None,
    }
}

/// Whether what is dragged there would stand beside nodes of a level that could hold it: a heading
/// that has other headings holds its rows in them.
fn skips(plan: &Plan, parent: Id, level: Key) -> bool {
    let mut children = plan.children(Some(parent)).iter();
    children.any(|child| plan.form().can_hold(Some(child.level), level))
}

/// Before or after a node.
fn beside(plan: &Plan, dragged: Id, row: &Row, n: usize, in_upper_half: bool) -> Option<Drop> {
    let over = row.id()?;
    let siblings = plan.siblings(over);
    let at = siblings.iter().position(|&id| id == over)?;
    let mut position = if in_upper_half { at } else { at + 1 };
    // Positions count without the node that moves.
    if siblings.iter().take(position).any(|&id| id == dragged) {
        position -= 1;
    }
    // Below an unfolded node the line would stand before its contents; a frame is clearer there.
    let shown = match (in_upper_half, row.expanded) {
        (true, _) => Shown::Above,
        (false, Some(true)) => Shown::Into,
        (false, _) => Shown::Below,
    };
    Some(Drop {
        parent: plan.parent(over),
        position,
        row: n,
        shown,
    })
}

/// Into a node, at the end.
fn into(plan: &Plan, row: &Row, n: usize) -> Option<Drop> {
    let parent = row.id()?;
    Some(Drop {
        parent: Some(parent),
        position: plan.children(Some(parent)).len(),
        row: n,
        shown: Shown::Into,
    })
}
