//! The pages before they are printed: what is chosen at the left, the pages small beside it and
//! large at the right. What is behind it is `session/preview`.

mod pages;
mod settings;
mod thumbnails;

use std::{collections::HashMap, sync::Arc};

use egui::{
    CentralPanel, ColorImage, Context, Frame, Key, Margin, Panel, Popup, RichText, TextureHandle,
    TextureOptions, Ui,
};

use crate::{
    export::{Format, raster::Picture},
    plan::Id,
    session::{
        Action, Session,
        action::Order,
        preview::{PagePlace, PageWish, Preview, Sheets},
    },
};

use super::{
    Tab, View, Wish,
    dialogs::ExportDialog,
    status_line,
    theme::{self, size, space},
};

/// Width of the column of choices.
const SETTINGS: f32 = 320.0;
/// Width of the column of small pages.
const THUMBNAILS: f32 = 150.0;

/// How large pages are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Zoom {
    /// A whole page is to be seen.
    #[default]
    Page,
    /// As wide as there is room.
    Width,
    /// Times its size on paper.
    Times(f32),
}

/// What is chosen and looked at.
#[derive(Default)]
pub struct PreviewState {
    /// Which part is printed, and how; `None` before the first time.
    dialog: Option<ExportDialog>,
    zoom: Zoom,
    /// How large the pages are on the screen, times their size on paper.
    shown_times: f32,
    /// The page in sight.
    page: usize,
    /// The page to scroll to in this frame.
    scroll_to: Option<usize>,
    /// Where she wants it printed; until she chooses, on the usual printer.
    printer: Option<String>,
    copies: u32,
    /// What the pictures are of.
    sheets: Option<Arc<Sheets>>,
    textures: HashMap<PagePlace, (Arc<Picture>, TextureHandle)>,
}

impl std::fmt::Debug for PreviewState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = f.debug_struct("PreviewState");
        text.field("page", &self.page).finish_non_exhaustive()
    }
}

impl PreviewState {
    /// The preview as it opens, and what it shows first.
    pub fn open(&mut self, session: &Session, selected: Option<Id>, tab: Tab) -> Order {
        let mut dialog = ExportDialog::new(session, selected, tab);
        dialog.format = Format::Pdf;
        let order = dialog.order(session.document().plan());
        *self = Self {
            dialog: Some(dialog),
            shown_times: 1.0,
            copies: 1,
            ..Self::default()
        };
        order
    }

    /// Follows what was made: other sheets begin at the page that she was on.
    fn follow(&mut self, pages: &Preview) {
        let is_same = match (&self.sheets, pages.sheets()) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            self.sheets = pages.sheets().cloned();
            self.textures.clear();
            let last = self.last_page();
            self.page = self.page.min(last);
            self.scroll_to = Some(self.page);
        }
    }

    fn last_page(&self) -> usize {
        let pages = self.sheets.as_ref().map_or(0, |sheets| sheets.pages);
        pages.saturating_sub(1)
    }

    /// Shows the pages so many times as large as now.
    fn magnify(&mut self, by: f32) {
        self.zoom = Zoom::Times((self.shown_times * by).clamp(0.2, 5.0));
        self.scroll_to = Some(self.page);
    }

    /// The picture of a page for the screen, in whatever size there is one.
    fn texture(
        &mut self,
        ctx: &Context,
        pages: &Preview,
        place: PagePlace,
    ) -> Option<&TextureHandle> {
        let picture = pages.picture(place)?;
        let is_there = |(known, _): &(Arc<Picture>, TextureHandle)| Arc::ptr_eq(known, picture);
        if !self.textures.get(&place).is_some_and(is_there) {
            let size = [picture.width, picture.height];
            let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
            let texture = ctx.load_texture("page", image, TextureOptions::LINEAR);
            self.textures.insert(place, (Arc::clone(picture), texture));
        }
        self.textures.get(&place).map(|(_, texture)| texture)
    }
}

/// Draws the preview over the whole window.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let Some(pages) = session.pages() else {
        return;
    };
    view.preview.follow(pages);
    let palette = theme::palette(ui);
    // Asked before the widgets take their Escape: closing a list is not closing the preview.
    let is_free = session.prompt().is_none()
        && !Popup::is_any_open(ui.ctx())
        && !ui.ctx().text_edit_focused();
    let bar = Frame::new()
        .fill(palette.panel)
        .inner_margin(Margin::symmetric(space::M as i8, 0));
    Panel::top("preview_bar")
        .exact_size(size::TOP_BAR)
        .frame(bar)
        .show(ui, |ui| heading(&mut view.preview, ui, wishes));
    Panel::bottom("status_line")
        .exact_size(size::STATUS_LINE)
        .frame(bar)
        .show(ui, |ui| status_line::show(session, ui, wishes));
    Panel::left("preview_settings")
        .resizable(false)
        .exact_size(SETTINGS)
        .frame(Frame::new().fill(palette.panel).inner_margin(space::L))
        .show(ui, |ui| {
            settings::show(session, &mut view.preview, ui, wishes)
        });
    let mut of_use: Vec<PageWish> = Vec::new();
    Panel::left("preview_thumbnails")
        .resizable(false)
        .exact_size(THUMBNAILS)
        .frame(Frame::new().fill(palette.ground))
        .show(ui, |ui| {
            thumbnails::show(pages, &mut view.preview, ui, &mut of_use)
        });
    CentralPanel::default()
        .frame(Frame::new().fill(palette.ground))
        .show(ui, |ui| {
            pages::show(pages, &mut view.preview, ui, &mut of_use)
        });
    // A page that is read comes before one that is only recognised.
    of_use.sort_by_key(|wish| wish.place.is_thumbnail);
    let is_of_use = |place: &PagePlace| of_use.iter().any(|wish| wish.place == *place);
    view.preview.textures.retain(|place, _| is_of_use(place));
    if !pages.is_wished(&of_use) {
        wishes.push(Action::DrawPages(of_use).into());
    }
    if is_free {
        keys(&mut view.preview, ui, wishes);
    }
}

/// Draws the pages of a form as wide as there is room.
pub fn sample(pages: &Preview, state: &mut PreviewState, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    state.follow(pages);
    state.zoom = Zoom::Width;
    let mut of_use: Vec<PageWish> = Vec::new();
    pages::show(pages, state, ui, &mut of_use);
    let is_of_use = |place: &PagePlace| of_use.iter().any(|wish| wish.place == *place);
    state.textures.retain(|place, _| is_of_use(place));
    if !pages.is_wished(&of_use) {
        wishes.push(Action::DrawSample(of_use).into());
    }
}

fn heading(preview: &mut PreviewState, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.label(
            RichText::new("印刷")
                .size(theme::SUBHEADING)
                .family(theme::bold()),
        );
        ui.add_space(space::L);
        if let Some(sheets) = &preview.sheets {
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
            wishes.push(Action::ClosePreview.into());
        }
    });
}

fn keys(preview: &mut PreviewState, ui: &Ui, wishes: &mut Vec<Wish>) {
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if pressed(Key::Escape) {
        wishes.push(Action::ClosePreview.into());
    }
    let last = preview.last_page();
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
