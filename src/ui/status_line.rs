//! The thin line at the bottom: which file, whether it is safe, what was just done, the zoom.

use egui::{Align, Label, Layout, RichText, Ui};

use crate::app::{App, action::Action, command::Command};

use super::{
    theme::{self, space},
    words,
};

/// Draws the line.
pub fn show(app: &App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let small = |text: &str| RichText::new(text).size(theme::SMALL);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let name = ui.label(small(&words::document_name(&app.document)).family(theme::bold()));
        if let Some(path) = app.document.path() {
            name.on_hover_text(path.display().to_string());
        }
        let ink = if app.document.is_unsaved() {
            palette.danger
        } else {
            palette.weak
        };
        let mut state = words::saved_state(&app.document);
        if app.document.is_unsaved() && app.is_kept() {
            state.push_str(words::KEPT);
        }
        ui.label(small(&state).color(ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let zoom = format!("{} %", (ui.ctx().zoom_factor() * 100.0).round());
            ui.label(small(&zoom).color(palette.weak))
                .on_hover_text("表示の大きさ（Ctrl++ / Ctrl+- / Ctrl+0）");
            if let Some(counts) = app.checking.counts() {
                let all = counts.errors + counts.warnings + counts.notices;
                if all > 0 && app.preview.is_none() {
                    let link = ui.add(egui::Link::new(small(&format!("点検 {all}"))));
                    if link.on_hover_text(counts.to_string()).clicked() {
                        actions.push(Action::Run(Command::ShowChecks));
                    }
                }
            }
            if let Some(notice) = &app.notice {
                ui.add_space(space::M);
                if !notice.is_busy && ui.add(egui::Link::new(small("閉じる"))).clicked() {
                    actions.push(Action::DismissNotice);
                }
                if let Some(path) = &notice.file {
                    let folder = path.parent().unwrap_or(path);
                    for (name, target) in [("フォルダーを開く", folder), ("開く", path.as_path())]
                    {
                        if ui.add(egui::Link::new(small(name))).clicked() {
                            actions.push(Action::OpenOutside(target.to_owned()));
                        }
                    }
                }
                if let Some(task) = notice.stoppable()
                    && ui.add(egui::Link::new(small("中止"))).clicked()
                {
                    task.stop();
                }
                let text = notice.in_words();
                ui.add(Label::new(small(&text)).truncate());
            }
        });
    });
}
