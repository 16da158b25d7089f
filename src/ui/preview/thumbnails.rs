//! The pages, small: where she is, and a way to another page.

use egui::{
    Align2, FontId, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit, pos2,
    vec2,
};

use crate::session::preview::{PagePlace, PageWish, Preview};

use super::{
    super::theme::{self, size, space},
    PreviewState, pages as paper_pages,
};

pub fn show(pages: &Preview, preview: &mut PreviewState, ui: &mut Ui, of_use: &mut Vec<PageWish>) {
    let Some((count, paper)) = pages.sheets().map(|sheets| (sheets.pages, sheets.size)) else {
        return;
    };
    let palette = theme::palette(ui);
    let room = ui.available_width() - space::XL * 2.0;
    // A page that stands is as high as one that lies is wide.
    let scale = room / paper.0.max(paper.1);
    let page = vec2(paper.0, paper.1) * scale;
    let number = theme::SMALL + space::S;
    let step = page.y + number + space::S;
    ScrollArea::vertical()
        .auto_shrink(false)
        .id_salt("thumbnails")
        .show_viewport(ui, |ui, sight| {
            let all = vec2(ui.available_width(), count as f32 * step + space::L);
            let (rect, _) = ui.allocate_exact_size(all, Sense::hover());
            let first = (sight.top() / step).floor().max(0.0) as usize;
            let last = (sight.bottom() / step).ceil().max(0.0) as usize;
            for n in first..last.min(count) {
                let left = rect.left() + space::XL + (room - page.x) / 2.0;
                let top = rect.top() + space::L + n as f32 * step;
                let place = Rect::from_min_size(pos2(left, top), page);
                let spot = PagePlace {
                    page: n,
                    is_thumbnail: true,
                };
                paper_pages::paint(pages, preview, ui, spot, place, of_use);
                let is_here = preview.page == n;
                let click =
                    ui.interact(place, ui.scope_id().with(("thumbnail", n)), Sense::click());
                let name = format!("{} ページ目", n + 1);
                click.widget_info(|| {
                    WidgetInfo::selected(accesskit::Role::ListBoxOption, true, is_here, &name)
                });
                let (ink, line) = if is_here || click.has_focus() {
                    (palette.accent, size::FOCUS)
                } else if click.hovered() {
                    (palette.weak, 1.0)
                } else {
                    (palette.weak, 0.0)
                };
                let outline = Stroke::new(line, ink);
                let painter = ui.painter();
                painter.rect_stroke(place, 0.0, outline, StrokeKind::Outside);
                let font = FontId::proportional(theme::SMALL);
                let below = place.center_bottom() + vec2(0.0, space::XS);
                let text = (n + 1).to_string();
                painter.text(below, Align2::CENTER_TOP, text, font, ink);
                if click.clicked() {
                    preview.scroll_to = Some(n);
                }
            }
        });
}
