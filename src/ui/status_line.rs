//! The thin line at the bottom: which file, whether it is safe, what was just done, the zoom.

use egui::{Align, Label, Layout, RichText, Ui};

use crate::session::{Action, Session, keeping::Kept, notice::Notice, words};

use super::{
    Wish,
    command::Command,
    theme::{self, space},
};

/// Draws the line.
pub fn show(session: &Session, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let small = |text: &str| RichText::new(text).size(theme::SMALL);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let name = ui.label(small(&words::document_name(session.document())).family(theme::bold()));
        if let Some(path) = session.document().path() {
            name.on_hover_text(path.display().to_string());
        }
        let is_unsaved = session.document().is_unsaved();
        let mut state = words::saved_state(session.document());
        let mut ink = palette.weak;
        if is_unsaved {
            let kept = session.kept();
            state.push_str(&words::kept(&kept));
            // Unsaved work that is kept is nothing to be alarmed at.
            ink = match kept {
                Kept::Failed => palette.danger,
                _ => palette.text,
            };
        }
        ui.label(small(&state).color(ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let zoom = format!("{} %", (ui.ctx().zoom_factor() * 100.0).round());
            ui.label(small(&zoom).color(palette.weak))
                .on_hover_text("表示の大きさ（Ctrl++ / Ctrl+- / Ctrl+0）");
            if let Some(counts) = session.checking().counts() {
                let all = counts.total();
                if all > 0 && session.pages().is_none() {
                    let link = ui.add(egui::Link::new(small(&format!("点検 {all}"))));
                    if link.on_hover_text(counts.to_string()).clicked() {
                        wishes.push(Wish::Run(Command::ShowChecks));
                    }
                }
            }
            ui.add_space(space::M);
            if let Some(busy) = session.busy() {
                if let Some(task) = busy.stop
                    && ui.add(egui::Link::new(small("中止"))).clicked()
                {
                    task.stop();
                }
                ui.add(Label::new(small(&busy.text)).truncate());
            } else if let Some(notice) = session.notice() {
                told(ui, notice, wishes);
            }
        });
    });
}

/// What was done last, with the way to the file that it is about.
fn told(ui: &mut Ui, notice: &Notice, wishes: &mut Vec<Wish>) {
    let small = |text: &str| RichText::new(text).size(theme::SMALL);
    if ui.add(egui::Link::new(small("閉じる"))).clicked() {
        wishes.push(Action::DismissNotice.into());
    }
    if let Some(path) = &notice.file {
        let folder = path.parent().unwrap_or(path);
        for (name, target) in [("フォルダーを開く", folder), ("開く", path.as_path())] {
            if ui.add(egui::Link::new(small(name))).clicked() {
                wishes.push(Action::OpenOutside(target.to_owned()).into());
            }
        }
    }
    ui.add(Label::new(small(&notice.text)).truncate());
}
