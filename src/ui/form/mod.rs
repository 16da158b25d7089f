//! The form view: the selected issue or strategy as the printed table of four columns, written
//! in place. It is the same text as in the editor, not a copy.

mod heights;
mod status_cell;

use std::sync::Arc;

use egui::{Align, Frame, Layout, Margin, RichText, Stroke, Ui, UiBuilder};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::{
    plan::{Form, Id, Initiative, Kind, Node, Number, Plan, TextField},
    session::Session,
    ui::{View, Wish},
};

use super::{
    editor::field::{self, Look, Subject},
    theme::{self, size, space},
    words,
};

/// A row of the table.
#[derive(Debug, Clone)]
enum Line {
    Strategy(Number, String),
    Initiative(Number, Arc<Initiative>),
}

/// Room around the text of a cell.
const MARGIN: Margin = Margin::symmetric(8, 6);

/// Draws the form of the selected node.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    field::follow_selection(view, ui);
    let Some(part) = shown_part(session.document().plan(), view) else {
        ui.add_space(space::XL);
        ui.vertical_centered(|ui| ui.label("左の一覧から、経営課題か戦略を選んでください"));
        return;
    };
    let lines = lines(session.document().plan(), part);
    Frame::new()
        .inner_margin(Margin::symmetric(space::XL as i8, space::M as i8))
        .show(ui, |ui| {
            heading(session, ui, part);
            if lines.is_empty() {
                let weak = theme::palette(ui).weak;
                ui.label(RichText::new("まだ具体的取組がありません").color(weak));
            } else {
                table(session, view, ui, part, &lines, wishes);
            }
        });
}

/// The issue or strategy whose form is shown. One that is shown stays while an initiative of it is
/// selected, wherever that is written in it.
pub fn part_of(plan: &Plan, view: &View) -> Option<Id> {
    let selected = view.selected?;
    match plan.node(selected)?.kind() {
        Kind::Issue | Kind::Strategy => Some(selected),
        Kind::Initiative => {
            let above: Vec<Id> = plan.ancestors(selected).collect();
            let shown = view.form_part;
            // From one issue to the next, another issue as a whole.
            let is_issue = |id: Id| plan.node(id).is_some_and(|node| node.kind() == Kind::Issue);
            let other = match shown {
                Some(shown) if is_issue(shown) => above.last(),
                _ => above.first(),
            };
            shown
                .filter(|shown| above.contains(shown))
                .or(other.copied())
        }
    }
}

fn shown_part(plan: &Plan, view: &mut View) -> Option<Id> {
    view.form_part = part_of(plan, view);
    view.form_part
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

fn heading(session: &Session, ui: &mut Ui, part: Id) {
    let plan = session.document().plan();
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

fn table(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    part: Id,
    lines: &[Line],
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    let number = session.document().plan().number(part).unwrap_or_default();
    let wording = session.form().wording(number).clone();
    let width = ui.available_width() - space::L;
    let wanted = std::mem::take(&mut view.scroll_form) || view.scroll_to_mark;
    let scroll_to = view
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
            // In a window of another width the columns are as the form says again.
            .id_salt(("form", part, (width / 40.0) as u32))
            .resizable(true)
            .cell_layout(Layout::top_down(Align::Min))
            .auto_shrink([false, false]);
        let shares = shares(session.form());
        for (n, share) in shares.into_iter().enumerate() {
            let column = if n + 1 == shares.len() {
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
                let scrolled = egui::vec2(0.0, -view.scroll_by);
                body.ui_mut().scroll_with_delta(scrolled);
                let widths: Vec<f32> = body.widths().to_vec();
                let heights: Vec<f32> = lines
                    .iter()
                    .map(|line| heights::of(session, body.ui_mut(), line, &widths))
                    .collect();
                body.heterogeneous_rows(heights.into_iter(), |mut row| {
                    row.set_overline(true);
                    match lines.get(row.index()) {
                        Some(Line::Strategy(number, title)) => strategy(&mut row, *number, title),
                        Some(Line::Initiative(number, initiative)) => {
                            self::row(session, view, &mut row, *number, initiative, wishes);
                        }
                        None => {}
                    }
                });
            });
    });
}

/// Title, results, target, and where it stands.
const COLUMNS: usize = 4;

/// The shares of the width that the columns begin with, as on paper.
fn shares(form: &Form) -> [f32; COLUMNS] {
    let (title, results, target, achievement) = form.widths;
    let widths = [title, results, target, achievement].map(f32::from);
    let all: f32 = widths.iter().sum();
    widths.map(|width| width / all.max(1.0))
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
    for _ in 1..COLUMNS {
        row.col(|_| {});
    }
}

fn row(
    session: &Session,
    view: &mut View,
    row: &mut TableRow<'_, '_>,
    number: Number,
    initiative: &Arc<Initiative>,
    wishes: &mut Vec<Wish>,
) {
    let wording = session.form().wording(number);
    // The row that is written in is the row that commands act on.
    row.set_selected(view.selected == Some(initiative.id));
    row.col(|ui| {
        Frame::new().inner_margin(MARGIN).show(ui, |ui| {
            let number = RichText::new(number.full_width())
                .size(theme::SMALL)
                .color(theme::palette(ui).weak);
            if ui.add(egui::Link::new(number)).clicked() {
                wishes.push(Wish::Enter(initiative.id));
            }
        });
        let at = (&**initiative, TextField::Title);
        cell(session, view, ui, at, &wording.initiative, wishes);
    });
    if initiative.repost_of.is_some() {
        return repost(session, row, initiative, wishes);
    }
    for (text, name) in [
        (TextField::Results, &wording.results),
        (TextField::Target, &wording.target),
    ] {
        row.col(|ui| cell(session, view, ui, (initiative, text), name, wishes));
    }
    row.col(|ui| {
        Frame::new().inner_margin(MARGIN).show(ui, |ui| {
            let status = status_cell::show(ui, initiative, wording, wishes);
            if status.clicked() || status.gained_focus() {
                view.select_in_place(session.document().plan(), initiative.id);
            }
        });
        let name = words::field(TextField::Notes);
        let at = (&**initiative, TextField::Notes);
        cell(session, view, ui, at, name, wishes);
    });
}

/// A repost has one line in place of its contents, and the way to them.
fn repost(
    session: &Session,
    row: &mut TableRow<'_, '_>,
    initiative: &Initiative,
    wishes: &mut Vec<Wish>,
) {
    let plan = session.document().plan();
    let source = plan.repost_source(initiative).map(|source| source.id);
    row.col(|ui| {
        Frame::new().inner_margin(MARGIN).show(ui, |ui| {
            match source.and_then(|id| plan.number(id)).zip(source) {
                Some((number, id)) => {
                    if ui.link(session.form().repost_line(number)).clicked() {
                        wishes.push(Wish::Select(id));
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
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    (initiative, text): (&Initiative, TextField),
    name: &str,
    wishes: &mut Vec<Wish>,
) {
    let look = Look {
        lines: Some(1),
        is_framed: false,
        fills_height: true,
        is_bold: text == TextField::Title,
        ..Look::LINE
    };
    let plan = session.document().plan();
    let number = plan.number(initiative.id).unwrap_or_default();
    let name = format!("{} {name}", number.full_width());
    let subject = Subject::of(initiative, text, &name);
    let response = field::show(session, view, ui, subject, look, wishes);
    if response.gained_focus() {
        view.select_in_place(plan, initiative.id);
    }
}

impl Line {
    fn id(&self) -> Option<Id> {
        match self {
            Self::Strategy(..) => None,
            Self::Initiative(_, initiative) => Some(initiative.id),
        }
    }
}
