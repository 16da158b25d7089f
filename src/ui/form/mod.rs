//! The form view: the selected issue or strategy as the printed table of four columns, written
//! in place. It is the same text as in the editor, not a copy.

mod heights;
mod status_cell;

use std::sync::Arc;

use egui::{Align, Frame, Layout, Margin, RichText, Stroke, Ui, UiBuilder};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::{
    app::{App, action::Action},
    plan::{Id, Initiative, Kind, Node, Number, Plan, TextField},
};

use super::{
    editor::field::{self, Look},
    theme::{self, size, space},
    words,
};

/// A row of the table.
#[derive(Debug, Clone)]
enum Line {
    Strategy(Number, String),
    Initiative(Number, Arc<Initiative>),
}

/// The shares of the width that the four columns begin with, as on paper.
const SHARES: [f32; 4] = [0.17, 0.30, 0.23, 0.30];

/// Room around the text of a cell.
const MARGIN: Margin = Margin::symmetric(8, 6);

/// Draws the form of the selected node.
pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(part) = app
        .view
        .selected
        .and_then(|id| part_of(app.document.plan(), id))
    else {
        ui.add_space(space::XL);
        ui.vertical_centered(|ui| ui.label("左の一覧から、経営課題か戦略を選んでください"));
        return;
    };
    let lines = lines(app.document.plan(), part);
    Frame::new()
        .inner_margin(Margin::symmetric(space::XL as i8, space::M as i8))
        .show(ui, |ui| {
            heading(app, ui, part);
            if lines.is_empty() {
                let weak = theme::palette(ui).weak;
                ui.label(RichText::new("まだ具体的取組がありません").color(weak));
            } else {
                table(app, ui, part, &lines, actions);
            }
        });
}

/// The issue or strategy whose form is shown while `id` is selected.
pub fn part_of(plan: &Plan, id: Id) -> Option<Id> {
    match plan.node(id)?.kind() {
        Kind::Issue | Kind::Strategy => Some(id),
        Kind::Initiative => plan.parent(id),
    }
}

fn lines(plan: &Plan, part: Id) -> Vec<Line> {
    let number = plan.number(part).unwrap_or_default();
    let of = |number: Number, list: &[Arc<Initiative>]| -> Vec<Line> {
        let line = |initiative: &Arc<Initiative>| {
            let number = Number {
                initiative: Some(initiative.number),
                ..number
            };
            Line::Initiative(number, Arc::clone(initiative))
        };
        list.iter().map(line).collect()
    };
    match plan.node(part) {
        Some(Node::Strategy(strategy)) => of(number, &strategy.initiatives),
        Some(Node::Issue(issue)) => {
            let mut lines = Vec::new();
            for strategy in &issue.strategies {
                let number = Number {
                    strategy: Some(strategy.number),
                    ..number
                };
                lines.push(Line::Strategy(number, strategy.title.clone()));
                lines.extend(of(number, &strategy.initiatives));
            }
            lines.extend(of(number, &issue.initiatives));
            lines
        }
        _ => Vec::new(),
    }
}

fn heading(app: &App, ui: &mut Ui, part: Id) {
    let plan = app.document.plan();
    let title = plan.node(part).map(|node| node.title()).unwrap_or_default();
    let name = words::node_name(plan, part);
    let text = if name == title {
        name
    } else {
        format!("{name}　{}", words::title_or_none(title))
    };
    ui.label(RichText::new(text).text_style(egui::TextStyle::Heading));
    ui.add_space(space::XS);
}

fn table(app: &mut App, ui: &mut Ui, part: Id, lines: &[Line], actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let number = app.document.plan().number(part).unwrap_or_default();
    let wording = app.form.wording(number).clone();
    let width = ui.available_width() - space::L;
    let wanted = std::mem::take(&mut app.view.scroll_form) || app.view.scroll_to_mark;
    let scroll_to = app
        .view
        .selected
        .filter(|_| wanted)
        .and_then(|id| lines.iter().position(|line| line.id() == Some(id)));
    // 「目標（取組によりめざす指標）」 needs two lines where there is little room.
    let head = if width < 860.0 {
        size::TABLE_ROW + 18.0
    } else {
        size::TABLE_ROW
    };
    let frame = Frame::new()
        .fill(palette.field)
        .stroke(Stroke::new(1.0, palette.border));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        let mut table = TableBuilder::new(ui)
            .id_salt(("form", part))
            .resizable(true)
            .cell_layout(Layout::top_down(Align::Min))
            .auto_shrink([false, false]);
        for (n, share) in SHARES.into_iter().enumerate() {
            let column = if n + 1 == SHARES.len() {
                Column::remainder()
            } else {
                Column::initial(width * share)
            };
            table = table.column(column.at_least(110.0).clip(true));
        }
        if let Some(row) = scroll_to {
            table = table.scroll_to_row(row, None);
        }
        table
            .header(head, |mut header| {
                for name in [
                    &wording.initiative,
                    &wording.results,
                    &wording.target,
                    &wording.achievement,
                ] {
                    header.col(|ui| {
                        Frame::new().inner_margin(MARGIN).show(ui, |ui| {
                            let name = RichText::new(name).family(theme::bold());
                            ui.add(egui::Label::new(name).wrap());
                        });
                    });
                }
            })
            .body(|mut body| {
                let scrolled = egui::vec2(0.0, -app.view.scroll_by);
                body.ui_mut().scroll_with_delta(scrolled);
                let widths: Vec<f32> = body.widths().to_vec();
                let heights: Vec<f32> = lines
                    .iter()
                    .map(|line| heights::of(app, body.ui_mut(), line, &widths))
                    .collect();
                body.heterogeneous_rows(heights.into_iter(), |mut row| {
                    row.set_overline(true);
                    match lines.get(row.index()) {
                        Some(Line::Strategy(number, title)) => strategy(&mut row, *number, title),
                        Some(Line::Initiative(number, initiative)) => {
                            self::row(app, &mut row, *number, initiative, actions);
                        }
                        None => {}
                    }
                });
            });
    });
}

fn strategy(row: &mut TableRow<'_, '_>, number: Number, title: &str) {
    let text = format!(
        "戦略{}　{}",
        number.full_width(),
        words::title_or_none(title)
    );
    row.col(|ui| {
        let palette = theme::palette(ui);
        // The heading runs over all four columns.
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
    for _ in 1..SHARES.len() {
        row.col(|_| {});
    }
}

fn row(
    app: &mut App,
    row: &mut TableRow<'_, '_>,
    number: Number,
    initiative: &Arc<Initiative>,
    actions: &mut Vec<Action>,
) {
    let wording = app.form.wording(number).clone();
    row.col(|ui| {
        Frame::new().inner_margin(MARGIN).show(ui, |ui| {
            let number = RichText::new(number.full_width())
                .size(theme::SMALL)
                .color(theme::palette(ui).weak);
            if ui.add(egui::Link::new(number)).clicked() {
                actions.push(Action::Enter(initiative.id));
            }
        });
        cell(
            app,
            ui,
            initiative,
            TextField::Title,
            &wording.initiative,
            actions,
        );
    });
    if initiative.repost_of.is_some() {
        return repost(app, row, initiative, actions);
    }
    row.col(|ui| {
        cell(
            app,
            ui,
            initiative,
            TextField::Results,
            &wording.results,
            actions,
        )
    });
    row.col(|ui| {
        cell(
            app,
            ui,
            initiative,
            TextField::Target,
            &wording.target,
            actions,
        )
    });
    row.col(|ui| {
        Frame::new().inner_margin(MARGIN).show(ui, |ui| {
            status_cell::show(ui, initiative, &wording, actions);
        });
        let name = words::field(TextField::Notes);
        cell(app, ui, initiative, TextField::Notes, name, actions);
    });
}

/// A repost has one line in place of its contents, and the way to them.
fn repost(
    app: &App,
    row: &mut TableRow<'_, '_>,
    initiative: &Initiative,
    actions: &mut Vec<Action>,
) {
    let plan = app.document.plan();
    let source = plan.repost_source(initiative).map(|source| source.id);
    row.col(|ui| {
        Frame::new().inner_margin(MARGIN).show(ui, |ui| {
            match source.and_then(|id| plan.number(id)).zip(source) {
                Some((number, id)) => {
                    if ui.link(app.form.repost_line(number)).clicked() {
                        actions.push(Action::Select(id));
                    }
                }
                None => {
                    ui.label("再掲元が見つかりません");
                }
            }
        });
    });
    row.col(|_| {});
    row.col(|_| {});
}

fn cell(
    app: &mut App,
    ui: &mut Ui,
    initiative: &Initiative,
    text: TextField,
    name: &str,
    actions: &mut Vec<Action>,
) {
    let look = Look {
        lines: Some(1),
        is_framed: false,
        fills_height: true,
        is_bold: text == TextField::Title,
        ..Look::LINE
    };
    let number = app
        .document
        .plan()
        .number(initiative.id)
        .unwrap_or_default();
    let name = format!("{} {name}", number.full_width());
    let at = (initiative.id, text);
    field::show(app, ui, at, initiative.text(text), &name, look, actions);
}

impl Line {
    fn id(&self) -> Option<Id> {
        match self {
            Self::Strategy(..) => None,
            Self::Initiative(_, initiative) => Some(initiative.id),
        }
    }
}
