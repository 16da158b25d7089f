//! The pages of a finished PDF as pictures, for the preview: what is looked at is what is printed.

use std::sync::Arc;

use hayro::{
    RenderCache, RenderSettings,
    hayro_interpret::{InterpreterSettings, util::TransformExt as _},
    hayro_syntax::{Pdf, page::Page},
    kurbo::Affine,
    vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit, color},
};

/// A PDF that is being looked at. Pictures share its cache of glyphs.
pub struct Raster<'a> {
    pdf: &'a Pdf,
    cache: RenderCache<'a>,
    settings: InterpreterSettings,
}

/// A page as pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    /// Four bytes a pixel, row by row; nothing is transparent.
    pub rgba: Vec<u8>,
}

/// The bytes are not a PDF that can be drawn. No plan is known to cause this: they are our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("印刷する紙面を表示できませんでした。PDF に書き出して確かめてください。")]
pub struct RasterError;

/// Reads a finished PDF.
///
/// # Errors
/// When the bytes are not a PDF.
pub fn read(bytes: Arc<Vec<u8>>) -> Result<Pdf, RasterError> {
    Pdf::new(bytes).map_err(|_| RasterError)
}

impl<'a> Raster<'a> {
    pub fn new(pdf: &'a Pdf) -> Self {
        Self {
            pdf,
            cache: RenderCache::new(),
            settings: InterpreterSettings::default(),
        }
    }

    /// The page with this index, this many pixels wide; `None` if there is none, or no such width.
    pub fn draw(&self, page: usize, width: u16) -> Option<Picture> {
        let page: &'a Page<'a> = self.pdf.pages().get(page)?;
        let (w, h) = page.render_dimensions();
        let scale = f32::from(width) / w;
        let height = (h * scale).round();
        if !(1.0..=f32::from(u16::MAX)).contains(&height) {
            return None;
        }
        let mut context = RenderContext::new(width, height as u16);
        let flip = page.initial_transform(true).to_kurbo();
        let transform = Affine::scale(f64::from(scale)) * flip;
        hayro::render_into(
            page,
            &self.cache,
            &self.settings,
            &RenderSettings::default(),
            &mut context,
            transform,
        );
        context.flush();
        let mut pixmap = Pixmap::new(width, height as u16);
        let paper = RasterizerSettings {
            target_init: TargetInit::Clear(color::palette::css::WHITE),
            ..RasterizerSettings::default()
        };
        context.render_with(&mut pixmap, &mut Resources::default(), paper);
        Some(Picture {
            width: usize::from(pixmap.width()),
            height: usize::from(pixmap.height()),
            rgba: pixmap.data_as_u8_slice().to_vec(),
        })
    }
}
