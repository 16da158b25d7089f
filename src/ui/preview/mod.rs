//! The pages before they are printed: what is chosen at the left, the pages small beside it and
//! large at the right. What is behind it is `app/preview`.

mod pages;
mod settings;
mod thumbnails;

use egui::{CentralPanel, Frame, Key, Margin, Panel, Popup, RichText, Ui};

use crate::app::{App, action::Action, preview::Zoom};

use super::{
    status_line,
    theme::{self, size, space},
};

/// Width of the column of choices.
const SETTINGS: f32 = 320.0;
/// Width of the column of small pages.
const THUMBNAILS: f32 = 150.0;

/// Draws the preview over the whole window.
pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    // Asked before the widgets take their Escape: closing a list is not closing the preview.
    let is_free =
        app.dialog.is_none() && !Popup::is_any_open(ui.ctx()) && !ui.ctx().text_edit_focused();
    let bar = Frame::new()
        .fill(palette.panel)
        .inner_margin(Margin::symmetric(space::M as i8, 0));
    Panel::top("preview_bar")
        .exact_size(size::TOP_BAR)
        .frame(bar)
        .show(ui, |ui| heading(app, ui, actions));
    Panel::bottom("status_line")
        .exact_size(size::STATUS_LINE)
        .frame(bar)
        .show(ui, |ui| status_line::show(app, ui, actions));
    Panel::left("preview_settings")
        .resizable(false)
        .exact_size(SETTINGS)
        .frame(Frame::new().fill(palette.panel).inner_margin(space::L))
        .show(ui, |ui| settings::show(app, ui, actions));
    let mut wishes = Vec::new();
    Panel::left("preview_thumbnails")
        .resizable(false)
        .exact_size(THUMBNAILS)
        .frame(Frame::new().fill(palette.ground))
        .show(ui, |ui| thumbnails::show(app, ui, &mut wishes));
    CentralPanel::default()
        .frame(Frame::new().fill(palette.ground))
        .show(ui, |ui| pages::show(app, ui, &mut wishes));
    // A page that is read comes before one that is only recognised.
    wishes.sort_by_key(|wish| wish.spot.is_thumbnail);
    if let Some(preview) = &mut app.preview {
        preview.wish(wishes);
    }
    if is_free {
        keys(app, ui, actions);
    }
}

fn heading(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let Some(preview) = &mut app.preview else {
        return;
    };
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.label(
            RichText::new("印刷")
                .size(theme::SUBHEADING)
                .family(theme::bold()),
        );
        ui.add_space(space::L);
        if let Some(sheets) = preview.sheets() {
            let here = format!("{}／{} ページ", preview.page + 1, sheets.pages);
            ui.label(here);
            ui.add_space(space::M);
        }
        for (name, zoom) in [("ページ全体", Zoom::Page), ("幅に合わせる", Zoom::Width)] {
            if ui.selectable_label(preview.zoom == zoom, name).clicked() {
                preview.zoom = zoom;
                preview.scroll_to = Some(preview.page);
            }
        }
        for (name, by, help) in [("－", 1.0 / 1.2, "縮小"), ("＋", 1.2, "拡大")] {
            let button = ui.button(name).on_hover_text(format!("紙面を{help}します"));
            button.widget_info(|| {
                egui::WidgetInfo::labeled(
                    egui::accesskit::Role::Button,
                    true,
                    format!("紙面を{help}"),
                )
            });
            if button.clicked() {
                preview.magnify(by);
            }
        }
        ui.label(RichText::new(format!(
            "{} %",
            (preview.shown_times * 100.0).round()
        )));
        let width = 120.0;
        ui.add_space((ui.available_width() - width).max(0.0));
        let close = ui.add_sized([width, size::CONTROL], egui::Button::new("閉じる（Esc）"));
        if close.clicked() {
            actions.push(Action::ClosePreview);
        }
    });
}

fn keys(app: &mut App, ui: &Ui, actions: &mut Vec<Action>) {
    let Some(preview) = &mut app.preview else {
        return;
    };
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if pressed(Key::Escape) {
        actions.push(Action::ClosePreview);
    }
    let last = preview
        .sheets()
        .map_or(0, |sheets| sheets.pages.saturating_sub(1));
    let here = preview.page;
    for (key, page) in [
        (Key::PageDown, here + 1),
        (Key::PageUp, here.saturating_sub(1)),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        if pressed(key) {
            preview.scroll_to = Some(page.min(last));
        }
    }
    let zoom = ui.input(|input| input.zoom_delta());
    if zoom != 1.0 {
        preview.magnify(zoom);
    }
}
