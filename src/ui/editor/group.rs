//! The editor of an issue or a strategy: its number and title, and the table of its initiatives.

use std::sync::Arc;

use egui::{Align, Button, Layout, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::{
    plan::{Id, Initiative, Issue, Number, Strategy, TextField},
    session::Session,
    ui::{View, Wish, command::Command},
    ui::{
        theme::{self, size, space},
        widgets::status_mark,
        words,
    },
};

use super::{
    field::{self, Look, Subject},
    number,
};

/// Draws an issue.
pub fn issue(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    issue: &Arc<Issue>,
    wishes: &mut Vec<Wish>,
) {
    let hint = "経営課題の名称";
    head(
        session,
        view,
        ui,
        issue.id,
        ("", issue.number),
        (&issue.title, hint),
        wishes,
    );
    let number = Number {
        issue: issue.number,
        ..Number::default()
    };
    let mut lines = Vec::new();
    for strategy in &issue.strategies {
        let number = Number {
            strategy: Some(strategy.number),
            ..number
        };
        lines.push(Line::Strategy(number, strategy));
        lines.extend(initiatives(number, &strategy.initiatives));
    }
    lines.extend(initiatives(number, &issue.initiatives));
    let add = if issue.number.is_some() {
        Command::AddStrategy
    } else {
        Command::AddInitiative
    };
    table(session, view, ui, &lines, add, wishes);
}

/// Draws a strategy.
pub fn strategy(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    strategy: &Arc<Strategy>,
    wishes: &mut Vec<Wish>,
) {
    let number = session
        .document()
        .plan()
        .number(strategy.id)
        .unwrap_or_default();
    let above = Number {
        strategy: None,
        ..number
    };
    let prefix = format!("{}－", above.full_width());
    let own = Some(strategy.number);
    let hint = "戦略の名称";
    head(
        session,
        view,
        ui,
        strategy.id,
        (&prefix, own),
        (&strategy.title, hint),
        wishes,
    );
    let lines: Vec<Line<'_>> = initiatives(number, &strategy.initiatives).collect();
    table(session, view, ui, &lines, Command::AddInitiative, wishes);
}

/// A row of the table.
enum Line<'a> {
    Strategy(Number, &'a Arc<Strategy>),
    Initiative(Number, &'a Arc<Initiative>),
}

fn initiatives(parent: Number, list: &[Arc<Initiative>]) -> impl Iterator<Item = Line<'_>> {
    list.iter().map(move |initiative| {
        let number = Number {
            initiative: Some(initiative.number),
            ..parent
        };
        Line::Initiative(number, initiative)
    })
}

fn head(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    id: Id,
    (prefix, own): (&str, Option<u32>),
    (title, hint): (&str, &'static str),
    wishes: &mut Vec<Wish>,
) {
    ui.horizontal(|ui| {
        if own.is_some() {
            number::show(view, ui, id, prefix, own, wishes);
        }
        let look = Look {
            font_size: theme::HEADING,
            is_bold: true,
            hint,
            ..Look::LINE
        };
        let subject = Subject {
            id,
            field: TextField::Title,
            value: title,
            name: "名称",
        };
        field::show(session, view, ui, subject, look, wishes);
    });
    ui.add_space(space::M);
}

fn table(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    lines: &[Line<'_>],
    add: Command,
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    if lines.is_empty() {
        ui.label(RichText::new("まだ何も入っていません").color(palette.weak));
    } else {
        rows(session, ui, lines, wishes);
    }
    ui.add_space(space::M);
    let button = Button::new(add.name());
    if ui
        .add_enabled(add.is_enabled(session, view), button)
        .clicked()
    {
        wishes.push(Wish::Run(add));
    }
}

fn rows(session: &Session, ui: &mut Ui, lines: &[Line<'_>], wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    // A column in which nobody is named would only take room from the others.
    let has_owner = |line: &Line<'_>| matches!(line, Line::Initiative(_, i) if !i.owner.is_empty());
    let owner_columns = usize::from(lines.iter().any(has_owner));
    let title_width = (ui.available_width() * 0.36).clamp(180.0, 420.0);
    let height = (ui.available_height() - space::XL * 3.0).max(size::TABLE_ROW * 6.0);
    let frame = egui::Frame::new()
        .fill(palette.field)
        .stroke(egui::Stroke::new(1.0, palette.hairline))
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(space::S as i8, space::XS as i8));
    frame.show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(size::TABLE_WIDTH));
        ui.spacing_mut().item_spacing.y = 0.0;
        TableBuilder::new(ui)
            .id_salt("initiatives")
            .sense(Sense::click())
            .resizable(true)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::initial(84.0).at_least(72.0).clip(true))
            .column(Column::initial(title_width).at_least(140.0).clip(true))
            .columns(
                Column::initial(90.0).at_least(60.0).clip(true),
                owner_columns,
            )
            .column(Column::remainder().at_least(160.0).clip(true))
            .max_scroll_height(height)
            .auto_shrink([false, true])
            .header(size::TABLE_ROW, |mut header| {
                for (name, columns) in [
                    ("番号", 1),
                    ("具体的取組", 1),
                    ("担当", owner_columns),
                    ("達成状況", 1),
                ] {
                    for _ in 0..columns {
                        header.col(|ui| {
                            field::label(ui, name);
                        });
                    }
                }
            })
            .body(|body| {
                body.rows(size::TABLE_ROW, lines.len(), |row| {
                    if let Some(line) = lines.get(row.index()) {
                        table_row(session, row, line, owner_columns, wishes);
                    }
                });
            });
    });
}

fn table_row(
    session: &Session,
    mut row: TableRow<'_, '_>,
    line: &Line<'_>,
    owner_columns: usize,
    wishes: &mut Vec<Wish>,
) {
    row.set_overline(true);
    let (id, name) = match line {
        Line::Strategy(number, strategy) => {
            let text = |text: &str| RichText::new(text).family(theme::bold());
            row.col(|ui| {
                ui.label(text(&number.full_width()));
            });
            row.col(|ui| {
                let title = words::title_or_none(&strategy.title);
                ui.add(egui::Label::new(text(title)).truncate());
            });
            for _ in 0..=owner_columns {
                row.col(|_| {});
            }
            (
                strategy.id,
                format!("戦略{} {}", number.full_width(), strategy.title),
            )
        }
        Line::Initiative(number, initiative) => {
            let shown = session.document().plan().shown(initiative);
            row.col(|ui| {
                ui.label(RichText::new(number.full_width()).color(theme::palette(ui).weak));
            });
            row.col(|ui| {
                let title = words::title_or_none(&initiative.title);
                ui.add(egui::Label::new(title).truncate());
            });
            for _ in 0..owner_columns {
                row.col(|ui| {
                    ui.add(egui::Label::new(&initiative.owner).truncate());
                });
            }
            row.col(|ui| status_cell(session, ui, *number, initiative));
            let status = status_mark::in_words(shown);
            (
                initiative.id,
                format!(
                    "具体的取組{} {}、{status}",
                    number.full_width(),
                    initiative.title
                ),
            )
        }
    };
    let response = row.response();
    if response.clicked() {
        wishes.push(Wish::Show(id));
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
}

fn status_cell(session: &Session, ui: &mut Ui, number: Number, initiative: &Initiative) {
    let plan = session.document().plan();
    let palette = theme::palette(ui);
    let shown = plan.shown(initiative);
    let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(size::MARK + 4.0), Sense::hover());
    status_mark::paint(ui.painter(), palette, rect.center(), shown);
    let text = match initiative.repost_of {
        Some(source) => match plan.number(source) {
            Some(source) => session.form().repost_line(source),
            None => status_mark::in_words(shown),
        },
        None => session
            .form()
            .wording(number)
            .status_line(initiative.status)
            .map(|line| line.trim_matches(['【', '】']).to_owned())
            .unwrap_or_else(|| status_mark::in_words(shown)),
    };
    let is_bad = initiative.status.standing().is_bad();
    let ink = if is_bad {
        palette.standing(initiative.status.standing()).ink
    } else {
        palette.weak
    };
    ui.add(egui::Label::new(RichText::new(text).color(ink)).truncate());
}
