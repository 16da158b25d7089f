//! Cells that are put into others: what changes where, and what does not fit, before it is done.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui};
use egui_extras::{Column, TableBuilder};

use crate::{
    plan::Plan,
    session::{
        Answer, Session,
        cells::{Change, Filling, Misfit},
    },
    ui::theme::{self, size, space},
};

use super::{buttons, title};

/// Wide enough for what was there beside what comes.
pub const WIDTH: f32 = 860.0;
/// So high is the list of what changes, at most.
const HEIGHT: f32 = 300.0;
/// What does not fit is listed so far, the rest counted.
const MISFITS: usize = 6;

pub fn show(session: &Session, ui: &mut Ui, filling: &Filling) -> Option<Answer> {
    let plan = session.document().plan();
    title(ui, "表を貼り付ける");
    if !filling.changes.is_empty() {
        ui.label(format!("{} か所が変わります。", filling.changes.len()));
        changes(plan, ui, &filling.changes);
        ui.add_space(space::S);
    }
    misfits(plan, ui, &filling.misfits);
    if filling.changes.is_empty() {
        ui.label("変わるところはありません。");
        return buttons(ui, &[("閉じる", Answer::Cancel)]);
    }
    let mut choices = vec![("貼り付ける", Answer::Confirm)];
    if filling.as_one.is_some() {
        choices.push(("一つの欄に入れる", Answer::AsOne));
    }
    choices.push(("キャンセル", Answer::Cancel));
    buttons(ui, &choices)
}

fn changes(plan: &Plan, ui: &mut Ui, changes: &[Change]) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        TableBuilder::new(ui)
            .id_salt("filled")
            .column(Column::initial(220.0).clip(true))
            .columns(Column::remainder().clip(true), 2)
            .cell_layout(Layout::left_to_right(Align::Center))
            .max_scroll_height(HEIGHT)
            .auto_shrink([false, true])
            .header(size::TABLE_ROW, |mut header| {
                for name in ["場所", "今の内容", "貼り付ける内容"] {
                    header.col(|ui| {
                        let weak = theme::palette(ui).weak;
                        ui.label(RichText::new(name).size(theme::SMALL).color(weak));
                    });
                }
            })
            .body(|body| {
                body.rows(size::TABLE_ROW, changes.len(), |mut row| {
                    let Some(change) = changes.get(row.index()) else {
                        return;
                    };
                    row.set_overline(true);
                    let before = plan.text(Some(change.id), change.at);
                    for text in [
                        place(plan, change),
                        in_words(plan, change, before),
                        in_words(plan, change, &change.text),
                    ] {
                        row.col(|ui| {
                            let label = Label::new(text.replace('\n', " ")).truncate();
                            ui.add(label).on_hover_text(text);
                        });
                    }
                });
            });
    });
}

/// `２－１－３ 実績`.
fn place(plan: &Plan, change: &Change) -> String {
    let name = plan.slot_name(Some(change.id), change.at);
    format!("{} {name}", plan.short_name(change.id))
}

/// A text as it is read; of one that is empty that it is.
fn in_words(plan: &Plan, change: &Change, text: &str) -> String {
    let field = plan.field_of(Some(change.id), change.at);
    match field.map(|field| field.in_words(text)) {
        _ if text.is_empty() => "（なし）".to_owned(),
        Some(words) => words.into_owned(),
        None => text.to_owned(),
    }
}

fn misfits(plan: &Plan, ui: &mut Ui, misfits: &[Misfit]) {
    if misfits.is_empty() {
        return;
    }
    let danger = theme::palette(ui).danger;
    ui.label(RichText::new("次のものは入りません。").color(danger));
    ScrollArea::vertical().max_height(140.0).show(ui, |ui| {
        for misfit in misfits.iter().take(MISFITS) {
            ui.label(said(plan, misfit));
        }
        if misfits.len() > MISFITS {
            ui.label(format!("ほか {} か所", misfits.len() - MISFITS));
        }
    });
}

fn said(plan: &Plan, misfit: &Misfit) -> String {
    match misfit {
        Misfit::NoChoice { id, at, said } => {
            let name = plan.slot_name(Some(*id), *at);
            let said: String = said.replace('\n', " ").chars().take(24).collect();
            let number = plan.short_name(*id);
            format!("・{number} {name}：「{said}」は選択肢にありません")
        }
        Misfit::NoCell { id, at } => {
            let name = plan.slot_name(Some(*id), *at);
            format!("・{} {name}：再掲のため書けません", plan.short_name(*id))
        }
        Misfit::Rows(rows) => format!("・表の終わりを越える {rows} 行"),
        Misfit::Columns(columns) => format!("・表の右の端を越える {columns} 列"),
    }
}
