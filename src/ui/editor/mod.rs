//! The editor at the right: what is selected, to be read and written.
//!
//! `node` is the page of a node, `whole` that of the plan as a whole; both draw what the form asks
//! there, `fields` one after the other and a module for each kind of them. `caret` knows where the
//! cursor is and where it goes.

mod amount;
mod bullets;
pub mod caret;
mod choices;
pub mod field;
mod fields;
mod found;
mod group;
mod node;
mod number;
mod question;
mod repost;
mod target;
mod whole;

use std::sync::Arc;

use egui::{Button, Frame, Margin, RichText, ScrollArea, Ui};

use crate::{
    form::{Form, Key, Level},
    plan::Id,
    session::{Action, Session},
    ui::{View, Wish, command::Command},
};

use super::theme::{self, space};

pub use amount::SumsState;
pub use choices::answer;
pub use found::Explaining;
pub use whole::{NAME as WHOLE, fields as whole_fields};

/// Draws the editor of the selected node, or of the plan as a whole.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    caret::follow_selection(view, ui);
    let plan = session.document().plan();
    // A cheap copy of the node: what is drawn below may change what is selected.
    let node = view.selected.and_then(|id| plan.node(id)).map(Arc::clone);
    if node.is_none() && plan.form().plan.is_empty() {
        return empty(session, view, ui, wishes);
    }
    // Each node scrolls by itself, and a new one begins at its top.
    ScrollArea::vertical()
        .id_salt((view.document, view.selected))
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let margin = Margin::symmetric(space::XL as i8, space::L as i8);
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                match &node {
                    Some(node) => {
                        path_to(session, ui, node.id, wishes);
                        node::show(session, view, ui, node, wishes);
                    }
                    None => whole::show(session, view, ui, wishes),
                }
            });
        });
}

/// Where the node stands, as links to what it stands in.
fn path_to(session: &Session, ui: &mut Ui, id: Id, wishes: &mut Vec<Wish>) {
    let plan = session.document().plan();
    let above: Vec<Id> = plan.ancestors(id).collect();
    if above.is_empty() {
        return;
    }
    let palette = theme::palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (n, entry) in above
            .iter()
            .rev()
            .filter_map(|id| plan.entry(*id))
            .enumerate()
        {
            if n > 0 {
                ui.label(RichText::new("＞").size(theme::SMALL).color(palette.weak));
            }
            let text = entry.number().heading(plan.form(), &entry.node.title);
            let text = RichText::new(text).size(theme::SMALL).color(palette.accent);
            if ui.add(egui::Link::new(text)).clicked() {
                wishes.push(Wish::Select(Some(entry.node.id)));
            }
        }
    });
}

/// A plan without anything in it says what to do first.
pub fn empty(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    if session.is_opening() {
        // The plan that was asked for is on its way; the status line says so.
        return;
    }
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).max(space::XL));
        ui.label(
            RichText::new("この計画にはまだ何も入っていません")
                .size(theme::SUBHEADING)
                .family(theme::bold()),
        );
        ui.add_space(space::S);
        let levels = offered(session.form(), None);
        let names: Vec<&str> = levels.iter().map(|level| level.name.as_str()).collect();
        let names = names.join("か");
        ui.label(format!(
            "{names}を加えるところから始めます。保存してある計画は「開く…」で開けます。"
        ));
        ui.add_space(space::L);
        let button = |name: &str| Button::new(name).min_size(egui::vec2(200.0, 32.0));
        for level in levels {
            if ui.add(button(&add_name(level))).clicked() {
                add(level.key, None, wishes);
            }
        }
        for command in [Command::PlanInfo, Command::Open] {
            let is_enabled = command.is_enabled(session, view);
            if ui
                .add_enabled(is_enabled, button(&command.name(session.form())))
                .clicked()
            {
                wishes.push(Wish::Run(command));
            }
        }
    });
}

/// The levels of which a new node is offered at the top, or in a node of this level: of those with
/// one name the first, and in a node none that would skip a level which is offered too. The menu has
/// all.
pub fn offered(form: &Form, parent: Option<Key>) -> Vec<&Level> {
    let levels: Vec<&Level> = form.levels_in(parent).collect();
    let mut offered: Vec<&Level> = Vec::new();
    for &level in &levels {
        let skips = |other: &&Level| parent.is_some() && form.can_hold(Some(other.key), level.key);
        let is_named = offered.iter().any(|other| other.name == level.name);
        if !is_named && !levels.iter().any(skips) {
            offered.push(level);
        }
    }
    offered
}

fn add_name(level: &Level) -> String {
    format!("{}を追加", level.name)
}

/// Asks for a new node in this one, or at the top.
fn add(level: Key, parent: Option<Id>, wishes: &mut Vec<Wish>) {
    wishes.push(Action::EndTyping.into());
    wishes.push(Action::Add(level, parent).into());
}
