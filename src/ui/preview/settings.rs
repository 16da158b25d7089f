//! What is printed, how, and where.

use egui::{Button, ComboBox, DragValue, RichText, ScrollArea, Ui};

use crate::app::{App, action::Action, preview::Preview};

use super::super::{
    dialogs::{paper_choice, scope_choice},
    theme::{self, space},
};

/// More copies than this are a slip of the finger.
const COPIES: std::ops::RangeInclusive<u32> = 1..=99;

pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let plan = app.document.plan().clone();
    let Some(preview) = &mut app.preview else {
        return;
    };
    ui.spacing_mut().interact_size.y = 24.0;
    ui.spacing_mut().item_spacing.y = space::XS;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        heading(ui, "範囲");
        scope_choice(ui, &plan, &mut preview.form);
        heading(ui, "紙面");
        paper_choice(ui, &mut preview.form.options);
        heading(ui, "プリンター");
        printer(preview, ui);
        ui.add_space(space::M);
        if let Some(missing) = preview
            .sheets()
            .and_then(|sheets| sheets.missing.as_deref())
        {
            let ink = theme::palette(ui).danger;
            ui.label(RichText::new(missing).color(ink));
            ui.add_space(space::S);
        }
        buttons(preview, ui, actions);
    });
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(space::M);
    ui.label(RichText::new(text).family(theme::bold()));
}

fn printer(preview: &mut Preview, ui: &mut Ui) {
    let weak = theme::palette(ui).weak;
    match &preview.printers {
        None => {
            ui.label(RichText::new("プリンターを探しています…").color(weak));
        }
        Some(printers) if printers.is_empty() => {
            let note = "この PC から直接使えるプリンターが見つかりません。PDF を開いて、その画面から印刷できます。";
            ui.label(
                RichText::new(note)
                    .color(weak)
                    .line_height(Some(theme::BODY * 1.4)),
            );
        }
        Some(printers) => {
            let chosen = preview.printer.get_or_insert_default();
            let list = ComboBox::from_id_salt("printer")
                .selected_text(chosen.as_str())
                .width(ui.available_width())
                .truncate();
            let response = list.show_ui(ui, |ui| {
                for printer in printers {
                    let name = if printer.is_default {
                        format!("{}（いつもの）", printer.name)
                    } else {
                        printer.name.clone()
                    };
                    ui.selectable_value(chosen, printer.name.clone(), name);
                }
            });
            response.response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, "プリンター")
            });
            ui.horizontal(|ui| {
                let label = ui.label("部数");
                ui.add(
                    DragValue::new(&mut preview.copies)
                        .range(COPIES)
                        .suffix(" 部"),
                )
                .labelled_by(label.id);
            });
        }
    }
}

fn buttons(preview: &Preview, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    // What is chosen and what is shown have to be the same before anything is printed.
    let is_ready = preview.sheets().is_some() && preview.progress().is_none();
    let wide = [ui.available_width(), 36.0];
    let name = match &preview.printers {
        Some(printers) if printers.is_empty() => "PDF を開いて印刷",
        _ => "印刷する",
    };
    let print = Button::new(RichText::new(name).color(palette.on_accent)).fill(palette.accent);
    ui.add_enabled_ui(is_ready, |ui| {
        let can_print = preview.printers.is_some();
        ui.add_enabled_ui(can_print, |ui| {
            if ui.add_sized(wide, print).clicked() {
                actions.push(Action::Print);
            }
        });
        if ui.add_sized(wide, Button::new("PDF に書き出す…")).clicked() {
            actions.push(Action::ExportPreview);
        }
    });
    ui.add_space(space::S);
    ui.label(
        RichText::new("メモは印刷しません")
            .size(theme::SMALL)
            .color(palette.weak),
    );
}
