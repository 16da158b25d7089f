//! What is printed, how, and where.

use egui::{Button, ComboBox, DragValue, RichText, ScrollArea, Ui};

use crate::{
    session::{Action, Session, preview::Preview},
    ui::Wish,
};

use super::{
    super::{
        dialogs::{paper_choice, scope_choice},
        theme::{self, space},
    },
    PreviewState,
};

/// More copies than this are a slip of the finger.
const COPIES: std::ops::RangeInclusive<u32> = 1..=99;

pub fn show(session: &Session, preview: &mut PreviewState, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let plan = session.document().plan();
    let Some(pages) = session.pages() else {
        return;
    };
    ui.spacing_mut().interact_size.y = 24.0;
    ui.spacing_mut().item_spacing.y = space::XS;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let Some(dialog) = &mut preview.dialog else {
            return;
        };
        let before = dialog.order(plan);
        heading(ui, "範囲");
        scope_choice(ui, plan, dialog);
        heading(ui, "紙面");
        paper_choice(ui, plan.form(), &mut dialog.options);
        let order = dialog.order(plan);
        if order != before {
            wishes.push(Action::Repaginate(order).into());
        }
        heading(ui, "プリンター");
        printer(session, preview, ui);
        ui.add_space(space::M);
        if let Some(missing) = pages.sheets().and_then(|sheets| sheets.missing.as_deref()) {
            let ink = theme::palette(ui).danger;
            ui.label(RichText::new(missing).color(ink));
            ui.add_space(space::S);
        }
        buttons(session, pages, preview, ui, wishes);
    });
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(space::M);
    ui.label(RichText::new(text).family(theme::bold()));
}

fn printer(session: &Session, preview: &mut PreviewState, ui: &mut Ui) {
    let weak = theme::palette(ui).weak;
    match session.printers() {
        None => {
            ui.label(RichText::new("プリンターを探しています…").color(weak));
        }
        Some([]) => {
            let note = "この PC から直接使えるプリンターが見つかりません。PDF を開いて、その画面から印刷できます。";
            ui.label(
                RichText::new(note)
                    .color(weak)
                    .line_height(Some(theme::BODY * 1.4)),
            );
        }
        Some(printers) => {
            let usual = printers.iter().find(|printer| printer.is_default);
            let usual = usual
                .or(printers.first())
                .map(|printer| printer.name.clone());
            let chosen = preview.printer.get_or_insert(usual.unwrap_or_default());
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

fn buttons(
    session: &Session,
    pages: &Preview,
    preview: &PreviewState,
    ui: &mut Ui,
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    // What is chosen and what is shown have to be the same before anything is printed.
    let is_ready = pages.sheets().is_some() && pages.progress().is_none();
    let wide = [ui.available_width(), 36.0];
    let name = match session.printers() {
        Some([]) => "PDF を開いて印刷",
        _ => "印刷する",
    };
    let print = Button::new(RichText::new(name).color(palette.on_accent)).fill(palette.accent);
    ui.add_enabled_ui(is_ready, |ui| {
        let can_print = session.printers().is_some();
        ui.add_enabled_ui(can_print, |ui| {
            if ui.add_sized(wide, print).clicked() {
                let print = Action::Print {
                    printer: preview.printer.clone(),
                    copies: preview.copies,
                };
                wishes.push(print.into());
            }
        });
        if ui.add_sized(wide, Button::new("PDF に書き出す…")).clicked() {
            wishes.push(Action::ExportPages.into());
        }
    });
    ui.add_space(space::S);
    ui.label(
        RichText::new("メモは印刷しません")
            .size(theme::SMALL)
            .color(palette.weak),
    );
}
