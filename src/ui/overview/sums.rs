//! The sums of the amounts that a form asks for, of the whole plan and of each part of it.

use egui::{Align, Grid, Label, Layout, RichText, ScrollArea, Ui};

use crate::{
    plan::{Sum, Sums},
    session::Session,
    ui::{
        View,
        theme::{self, space},
    },
};

/// Draws nothing where the form has no amounts.
pub fn show(session: &Session, view: &View, ui: &mut Ui) {
    let overview = super::shown_overview(view);
    if overview.sums.is_empty() {
        return;
    }
    let form = session.document().plan().form();
    super::card(ui, "合計", |ui| {
        let grid = Grid::new("sums")
            .striped(true)
            .spacing([space::L, space::XS]);
        let area = ScrollArea::horizontal().id_salt("sums");
        area.show(ui, |ui| {
            grid.show(ui, |ui| {
                ui.label("");
                for sum in overview.sums.iter() {
                    let name = sum.name(form);
                    ui.label(RichText::new(name).color(theme::palette(ui).weak));
                }
                ui.end_row();
                row(ui, "全体", &overview.sums);
                for group in &overview.groups {
                    let name = group.number.heading(form, &group.node.title);
                    row(ui, &name, &group.sums);
                }
            })
        });
    });
    ui.add_space(space::M);
}

fn row(ui: &mut Ui, name: &str, sums: &Sums) {
    ui.add(Label::new(name).extend());
    for sum in sums.iter() {
        let layout = Layout::right_to_left(Align::Center);
        ui.with_layout(layout, |ui| ui.label(figure(sum)));
    }
    ui.end_row();
}

/// The sum, and how many could not be added.
fn figure(sum: &Sum) -> String {
    match sum.unread {
        0 => sum.figure(),
        unread => format!("{}（ほか数でないもの {unread} 件）", sum.figure()),
    }
}
