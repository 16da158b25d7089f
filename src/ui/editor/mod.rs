//! The editor at the right: what is selected, to be read and written.

mod bullets;
pub mod field;
mod group;
mod initiative;
mod number;
mod repost;
mod status;
mod target;

use egui::{Button, Frame, Margin, RichText, ScrollArea, Ui};

use crate::{
    plan::{Id, Node},
    session::Session,
    ui::{View, Wish, command::Command},
};

use super::{
    theme::{self, space},
    words,
};

/// Draws the editor of the selected node.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    field::follow_selection(view, ui);
    let selected = view
        .selected
        .filter(|&id| session.document().plan().contains(id));
    let Some(id) = selected else {
        return empty(session, view, ui, wishes);
    };
    // Each node scrolls by itself, and a new one begins at its top.
    ScrollArea::vertical()
        .id_salt((view.document, id))
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let margin = Margin::symmetric(space::XL as i8, space::L as i8);
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                path_to(session, ui, id, wishes);
                // A cheap copy of the node: the views below also need the app.
                match session.document().plan().node(id) {
                    Some(Node::Issue(issue)) => {
                        let issue = issue.clone();
                        group::issue(session, view, ui, &issue, wishes);
                    }
                    Some(Node::Strategy(strategy)) => {
                        let strategy = strategy.clone();
                        group::strategy(session, view, ui, &strategy, wishes);
                    }
                    Some(Node::Initiative(initiative)) => {
                        let initiative = initiative.clone();
                        initiative::show(session, view, ui, &initiative, wishes);
                    }
                    None => {}
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
        for (n, &id) in above.iter().rev().enumerate() {
            if n > 0 {
                ui.label(RichText::new("＞").size(theme::SMALL).color(palette.weak));
            }
            let title = plan.node(id).map(|node| node.title()).unwrap_or_default();
            let name = words::node_name(plan, id);
            let text = if name == title {
                name
            } else {
                format!("{name}　{}", words::title_or_none(title))
            };
            let text = RichText::new(text).size(theme::SMALL).color(palette.accent);
            if ui.add(egui::Link::new(text)).clicked() {
                wishes.push(Wish::Select(id));
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
        ui.label("経営課題を加えるところから始めます。保存してある計画は「開く…」で開けます。");
        ui.add_space(space::L);
        for command in [Command::AddIssue, Command::PlanInfo, Command::Open] {
            let button = Button::new(command.name()).min_size(egui::vec2(200.0, 32.0));
            if ui
                .add_enabled(command.is_enabled(session, view), button)
                .clicked()
            {
                wishes.push(Wish::Run(command));
            }
        }
    });
}
