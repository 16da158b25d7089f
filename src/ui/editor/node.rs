//! The page of a node: its number and title, what its level asks, and what stands in it.

use std::sync::Arc;

use egui::Ui;

use crate::{
    form::{Level, Slot},
    plan::Node,
    session::Session,
    ui::theme::{self, size, space},
    ui::{View, Wish},
};

use super::{
    field::{self, Look, Subject},
    fields::{self, Holder},
    group, number, repost,
};

/// Draws a node.
pub fn show(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    node: &Arc<Node>,
    wishes: &mut Vec<Wish>,
) {
    let plan = session.document().plan();
    let level = plan.level(node);
    head(session, view, ui, node, level, wishes);
    if level.is_filled_in() {
        ui.add_space(space::S);
        let holder = Holder {
            plan,
            node: Some(node),
        };
        if node.is_repost() {
            repost::show(session, view, ui, node, wishes);
            ui.add_space(space::M);
            fields::memo(session, view, ui, holder, wishes);
        } else {
            fields::show(session, view, ui, holder, wishes);
        }
    }
    if plan.form().levels_in(Some(level.key)).next().is_some() {
        ui.add_space(space::M);
        group::show(session, ui, node, wishes);
    }
}

/// The width of the field for the section in charge.
const OWNER_WIDTH: f32 = 200.0;

fn head(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    node: &Node,
    level: &Level,
    wishes: &mut Vec<Wish>,
) {
    ui.horizontal(|ui| {
        // The number stands in the middle of the row from its first widget on.
        ui.set_min_height(size::TITLE_ROW);
        if level.number.has_own() {
            number::show(session, view, ui, node, wishes);
        }
        let look = Look {
            font_size: theme::HEADING,
            is_bold: true,
            max_width: if level.is_filled_in() {
                // As wide as both columns below it.
                size::MEASURE * 2.0 + space::XL
            } else {
                size::MEASURE
            },
            ..Look::LINE
        };
        let hint = format!("{}の名称", level.short());
        let title = Subject::of(node, Slot::TITLE, "名称").hint(&hint);
        field::show(session, view, ui, title, look, wishes);
    });
    if !level.has_owner() {
        return;
    }
    ui.horizontal(|ui| {
        field::label(ui, "担当");
        let owner = Subject::of(node, Slot::OWNER, "担当").hint("担当課など");
        let look = Look {
            max_width: OWNER_WIDTH,
            ..Look::LINE
        };
        field::show(session, view, ui, owner, look, wishes);
    });
}
