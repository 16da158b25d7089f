//! The pages, large, one below the other.

use egui::{
    Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit, pos2, vec2,
};

use crate::session::preview::{PagePlace, PageWish, Preview};

use super::{
    super::theme::{self, space},
    PreviewState, Zoom,
};

/// Points of the screen for a point of paper, where a page is as large as on paper.
const TRUE_SIZE: f32 = 96.0 / 72.0;

pub fn show(pages: &Preview, preview: &mut PreviewState, ui: &mut Ui, of_use: &mut Vec<PageWish>) {
    let Some((count, size)) = pages.sheets().map(|sheets| (sheets.pages, sheets.size)) else {
        return waiting(pages, ui);
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
            let rect = Rect::from_min_size(pos2(left, top), page);
            one(pages, preview, ui, n, rect, of_use);
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

fn one(
    pages: &Preview,
    preview: &mut PreviewState,
    ui: &Ui,
    page: usize,
    rect: Rect,
    of_use: &mut Vec<PageWish>,
) {
    let place = PagePlace {
        page,
        is_thumbnail: false,
    };
    paint(pages, preview, ui, place, rect, of_use);
    let name = format!("{} ページ目の紙面", page + 1);
    let response = ui.interact(rect, ui.scope_id().with(("page", page)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Image, true, &name));
}

/// Draws the picture of a page, or blank paper until there is one, and wishes for it in this size.
pub fn paint(
    pages: &Preview,
    preview: &mut PreviewState,
    ui: &Ui,
    place: PagePlace,
    rect: Rect,
    of_use: &mut Vec<PageWish>,
) {
    let palette = theme::palette(ui);
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, theme::PAPER);
    if let Some(picture) = preview.texture(ui.ctx(), pages, place) {
        let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(picture.id(), rect, all, theme::UNTINTED);
    }
    let line = Stroke::new(1.0, palette.hairline);
    painter.rect_stroke(rect, 0.0, line, StrokeKind::Outside);
    let side = ui.input(|input| input.max_texture_side) as f32;
    let limit = side.min(side * rect.width() / rect.height());
    let width = (rect.width() * ui.ctx().pixels_per_point()).round();
    let width = width.clamp(1.0, limit) as u16;
    of_use.push(PageWish { place, width });
}

fn waiting(pages: &Preview, ui: &mut Ui) {
    ui.centered_and_justified(|ui| match (pages.failure(), pages.progress()) {
        (Some(failure), _) => ui.label(failure),
        (None, Some(percent)) => ui.label(format!("紙面を作っています… {percent} %")),
        (None, None) => ui.label("紙面を作っています…"),
    });
}
