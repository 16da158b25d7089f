//! 変更点: how the plan differs from another version of it, and a way back, for one thing or all.

mod entries;
mod widths;

use egui::{Button, ComboBox, Frame, RichText, ScrollArea, Ui};

use crate::session::{Action, Session, versions::Against, words};

pub use entries::{ChangesState, compare, comparison, struck_out};
pub use widths::{in_words as widths_in_words, small as widths_note};

use super::{
    View, Wish,
    theme::{self, space},
};

/// More would not be read here; the tree and the whole version are for that.
const MOST: usize = 200;

/// Draws the tab.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    entries::refresh(session, view, MOST);
    let margin = egui::Margin::same(space::L as i8);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        choice(session, ui, wishes);
        ui.add_space(space::M);
        list(session, view, ui, wishes);
    });
}

fn choice(session: &Session, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let against = &session.against();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.label("比べる相手");
        for (one, name) in [
            (Against::Saved, "最後に保存した内容"),
            (Against::Opened, "開いたときの内容"),
        ] {
            if ui.selectable_label(*against == one, name).clicked() {
                wishes.push(Action::Compare(one).into());
            }
        }
        backups(session, ui, wishes);
    });
}

fn backups(session: &Session, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let chosen = match &session.against() {
        Against::Backup(backup) => words::backup_name(backup),
        Against::Saved | Against::Opened => "以前の版".to_owned(),
    };
    let list = ComboBox::from_id_salt("backups")
        .selected_text(chosen)
        .width(240.0);
    let list = list.show_ui(ui, |ui| {
        if session.versions().backups.is_empty() {
            ui.label("この PC から保存すると、前の内容がここに残ります");
        }
        for backup in &session.versions().backups {
            let one = Against::Backup(backup.clone());
            let name = words::backup_name(backup);
            if ui
                .selectable_label(session.against() == one, name)
                .clicked()
            {
                wishes.push(Action::Compare(one).into());
            }
        }
    });
    list.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, "以前の版")
    });
}

fn list(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let state = view.changes.changes();
    if session.compared().is_none() {
        ui.label("以前の版を読んでいます…");
        return;
    }
    if state.entries.is_empty() {
        let text = match session.against() {
            Against::Saved | Against::Opened if session.document().path().is_none() => {
                "はじめの内容から何も変わっていません。"
            }
            Against::Saved => "最後に保存した内容から何も変わっていません。",
            Against::Opened => "開いたときの内容から何も変わっていません。",
            Against::Backup(_) => "この版と同じ内容です。",
        };
        ui.label(RichText::new(text).color(palette.weak));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let count = format!("{} か所が変わっています", state.count);
        ui.label(RichText::new(count).family(theme::bold()));
        ui.add_space(space::L);
        if ui.button("新旧対照表に書き出す…").clicked() {
            wishes.push(Action::ExportChanges.into());
        }
        let help = "計画全体を、比べている内容と同じにします（元に戻せます）";
        if ui.button("すべて戻す").on_hover_text(help).clicked() {
            wishes.push(Action::RestoreAll.into());
        }
    });
    ui.add_space(space::S);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (n, entry) in state.entries.iter().enumerate() {
            if let Some(heading) = &entry.heading {
                ui.add_space(space::M);
                let text = RichText::new(heading).family(theme::bold());
                match entry.shown {
                    Some(id) => {
                        let link = ui.add(egui::Link::new(text));
                        if link.on_hover_text("この項目を開きます").clicked() {
                            wishes.push(Wish::Show(id));
                        }
                    }
                    None => _ = ui.label(text),
                }
                ui.add_space(space::XS);
            }
            one(ui, n, entry, wishes);
        }
        if state.count > state.entries.len() {
            let rest = state.count - state.entries.len();
            ui.add_space(space::M);
            ui.label(RichText::new(format!("ほか {rest} か所")).color(palette.weak));
        }
        ui.add_space(space::XL);
    });
}

fn one(ui: &mut Ui, n: usize, entry: &entries::Entry, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let frame = Frame::new()
        .fill(palette.field)
        .stroke(egui::Stroke::new(1.0, palette.hairline))
        .inner_margin(space::M);
    ui.push_id(n, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                let name = RichText::new(&entry.field)
                    .size(theme::SMALL)
                    .color(palette.weak);
                ui.label(name);
                let room = ui.available_width() - 64.0;
                ui.add_space(room.max(0.0));
                let back = Button::new(RichText::new("戻す").size(theme::SMALL));
                let back = ui
                    .add(back)
                    .on_hover_text("ここだけを、比べている内容に戻します");
                let name = format!("戻す：{} {}", entry.name, entry.field);
                back.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name)
                });
                if back.clicked() {
                    wishes.push(Action::Restore(entry.difference.clone()).into());
                }
            });
            if !entry.pieces.is_empty() {
                comparison(ui, &entry.pieces);
            }
        });
    });
}
