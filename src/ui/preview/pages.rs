//! The pages, large, one below the other.

use egui::{
    Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit, pos2, vec2,
};

use crate::app::{
    App,
    preview::{Preview, Spot, Wish, Zoom},
};

use super::super::theme::{self, space};

/// Points of the screen for a point of paper, where a page is as large as on paper.
const TRUE_SIZE: f32 = 96.0 / 72.0;

pub fn show(app: &mut App, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let Some(preview) = &mut app.preview else {
        return;
    };
    let Some((count, size)) = preview.sheets().map(|sheets| (sheets.pages, sheets.size)) else {
        return waiting(preview, ui);
    };
    let room = ui.available_size() - Vec2::splat(space::XL * 2.0);
    let ratio = size.1 / size.0;
    let width = match preview.zoom {
        Zoom::Page => room.x.min(room.y / ratio),
        Zoom::Width => room.x,
        Zoom::Times(times) => size.0 * TRUE_SIZE * times,
    };
    let page = vec2(width.max(80.0), width.max(80.0) * ratio);
    preview.shown_times = page.x / (size.0 * TRUE_SIZE);
    let step = page.y + space::L;
    let area = match preview.zoom {
        Zoom::Times(_) => ScrollArea::both(),
        Zoom::Page | Zoom::Width => ScrollArea::vertical(),
    };
    let mut area = area.auto_shrink(false).id_salt("pages");
    if let Some(to) = preview.scroll_to.take() {
        area = area.vertical_scroll_offset(to as f32 * step);
        preview.page = to;
    }
    area.show_viewport(ui, |ui, sight| {
        let height = count as f32 * step + space::XL * 2.0 - space::L;
        let all = vec2((page.x + space::XL * 2.0).max(ui.available_width()), height);
        let (rect, _) = ui.allocate_exact_size(all, Sense::hover());
        let first = ((sight.top() - space::XL) / step).floor().max(0.0) as usize;
        let last = ((sight.bottom() - space::XL) / step).floor().max(0.0) as usize;
        for n in first..=last.min(count.saturating_sub(1)) {
            let left = rect.center().x - page.x / 2.0;
            let top = rect.top() + space::XL + n as f32 * step;
            one(
                preview,
                ui,
                n,
                Rect::from_min_size(pos2(left, top), page),
                wishes,
            );
        }
        // The page in the middle of what is seen is the page that she is on.
        let middle = ((sight.center().y - space::XL) / step).floor().max(0.0) as usize;
        let middle = middle.min(count.saturating_sub(1));
        if preview.page != middle {
            preview.page = middle;
            ui.ctx().request_repaint();
        }
    });
}

fn one(preview: &Preview, ui: &Ui, page: usize, rect: Rect, wishes: &mut Vec<Wish>) {
    let spot = Spot {
        page,
        is_thumbnail: false,
    };
    paint(preview, ui, spot, rect, wishes);
    let name = format!("{} ページ目の紙面", page + 1);
    let response = ui.interact(rect, ui.scope_id().with(("page", page)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Image, true, &name));
}

/// Draws the picture of a page, or blank paper until there is one, and wishes for it in this size.
pub fn paint(preview: &Preview, ui: &Ui, spot: Spot, rect: Rect, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, theme::PAPER);
    if let Some(picture) = preview.picture(spot) {
        let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(picture.id(), rect, all, theme::UNTINTED);
    }
    let line = Stroke::new(1.0, palette.hairline);
    painter.rect_stroke(rect, 0.0, line, StrokeKind::Outside);
    let side = ui.input(|input| input.max_texture_side) as f32;
    let limit = side.min(side * rect.width() / rect.height());
    let width = (rect.width() * ui.ctx().pixels_per_point()).round();
    let width = width.clamp(1.0, limit) as u16;
    wishes.push(Wish { spot, width });
}

fn waiting(preview: &Preview, ui: &mut Ui) {
    ui.centered_and_justified(|ui| match (preview.failure(), preview.progress()) {
        (Some(failure), _) => ui.label(failure),
        (None, Some(percent)) => ui.label(format!("紙面を作っています… {percent} %")),
        (None, None) => ui.label("紙面を作っています…"),
    });
}
