//! The pages as they will be printed, before they are printed: what was chosen, the finished PDF,
//! and pictures of its pages, made on a thread of their own.
//!
//! Drawing them on the screen is `ui/preview`; sending them to a printer is `print`.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use crate::{
    export::{
        self, ExportError, Options, missing_in_words,
        pdf::PdfError,
        raster::{self, Picture, Raster},
    },
    plan::{Form, Plan, Section},
};

use super::{dialog::ExportForm, jobs::Task, print::Printer};

/// How large pages are shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Zoom {
    /// A whole page is to be seen.
    Page,
    /// As wide as there is room.
    Width,
    /// Times its size on paper.
    Times(f32),
}

/// A picture of a page: which, and whether it is the small one at the side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    pub page: usize,
    pub is_thumbnail: bool,
}

/// A picture that the screen has use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    pub spot: Spot,
    /// In pixels.
    pub width: u16,
}

/// Everything behind the preview.
pub struct Preview {
    pub form: ExportForm,
    pub zoom: Zoom,
    /// How large the pages are on the screen, times their size on paper.
    pub shown_times: f32,
    /// The page in sight.
    pub page: usize,
    /// The page to scroll to in this frame.
    pub scroll_to: Option<usize>,
    /// `None` until the system has answered.
    pub printers: Option<Vec<Printer>>,
    pub printer: Option<String>,
    pub copies: u32,
    /// What is shown.
    shown: Option<Shown>,
    /// What is being made, if anything is.
    making: Option<Work>,
    failure: Option<String>,
    made: Option<(Option<Section>, Options)>,
}

/// A finished PDF on the screen.
struct Shown {
    sheets: Arc<Sheets>,
    work: Work,
    wishes: Vec<Wish>,
    pictures: HashMap<Spot, (u16, egui::TextureHandle)>,
}

/// A finished PDF.
#[derive(Debug)]
pub struct Sheets {
    pub pdf: Arc<Vec<u8>>,
    pub pages: usize,
    /// Width and height of a page, in points.
    pub size: (f32, f32),
    /// What the typeface lacks, in a sentence.
    pub missing: Option<String>,
}

/// The thread that makes a PDF and then pictures of its pages. It ends when this is dropped.
struct Work {
    task: Arc<Task>,
    wishes: Sender<Vec<Wish>>,
    news: Receiver<News>,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.task.stop();
    }
}

enum News {
    Made(Sheets),
    Failed(String),
    Drawn(Wish, Picture),
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = f.debug_struct("Preview");
        text.field("form", &self.form).field("page", &self.page);
        text.finish_non_exhaustive()
    }
}

impl Preview {
    pub fn new(form: ExportForm) -> Self {
        Self {
            form,
            zoom: Zoom::Page,
            shown_times: 1.0,
            page: 0,
            scroll_to: None,
            printers: None,
            printer: None,
            copies: 1,
            shown: None,
            making: None,
            failure: None,
            made: None,
        }
    }

    /// Makes the pages anew where something else was chosen. What is shown stays until they are
    /// there.
    pub fn refresh(&mut self, ctx: &egui::Context, plan: &Plan, form: &Form) {
        let wanted = (self.form.section(plan), self.form.options);
        if self.made == Some(wanted) {
            return;
        }
        self.made = Some(wanted);
        self.failure = None;
        let (section, options) = wanted;
        self.making = Some(start(ctx, plan.clone(), section, form.clone(), options));
    }

    /// Takes what the threads have made.
    pub fn take_news(&mut self, ctx: &egui::Context) {
        if let Some(work) = &self.making
            && let Ok(news) = work.news.try_recv()
        {
            self.take_first(news);
        }
        if let Some(shown) = &mut self.shown {
            while let Ok(news) = shown.work.news.try_recv() {
                shown.take(ctx, news);
            }
        }
    }

    /// The first thing that a thread says is that it has made a PDF, or why it has not.
    fn take_first(&mut self, news: News) {
        let Some(work) = self.making.take() else {
            return;
        };
        match news {
            News::Made(sheets) => {
                self.page = self.page.min(sheets.pages.saturating_sub(1));
                self.scroll_to = Some(self.page);
                self.shown = Some(Shown {
                    sheets: Arc::new(sheets),
                    work,
                    wishes: Vec::new(),
                    pictures: HashMap::new(),
                });
            }
            News::Failed(message) => {
                self.shown = None;
                self.failure = Some(message);
            }
            News::Drawn(..) => {}
        }
    }

    /// Waits until nothing is being made or drawn, so that a test need not sleep.
    pub fn wait(&mut self, ctx: &egui::Context) {
        if let Some(work) = &self.making
            && let Ok(news) = work.news.recv()
        {
            self.take_first(news);
        }
        while let Some(shown) = &mut self.shown
            && shown.is_waiting()
            && let Ok(news) = shown.work.news.recv()
        {
            shown.take(ctx, news);
        }
    }

    /// Shows the pages so many times as large as now.
    pub fn magnify(&mut self, by: f32) {
        self.zoom = Zoom::Times((self.shown_times * by).clamp(0.2, 5.0));
        self.scroll_to = Some(self.page);
    }

    /// The finished pages that are shown.
    pub fn sheets(&self) -> Option<&Arc<Sheets>> {
        self.shown.as_ref().map(|shown| &shown.sheets)
    }

    /// How far the pages that are being made are, in percent.
    pub fn progress(&self) -> Option<usize> {
        self.making.as_ref().map(|work| work.task.figure())
    }

    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Says which pictures the screen has use for, what is most urgent first. Others are dropped.
    pub fn wish(&mut self, wishes: Vec<Wish>) {
        if let Some(shown) = &mut self.shown
            && shown.wishes != wishes
        {
            let is_wished = |spot: &Spot| wishes.iter().any(|wish| wish.spot == *spot);
            shown.pictures.retain(|spot, _| is_wished(spot));
            let missing = wishes.iter().filter(|wish| !shown.has(wish));
            // The thread ends only with this value, so somebody is listening.
            let _ = shown.work.wishes.send(missing.copied().collect());
            shown.wishes = wishes;
        }
    }

    /// The picture of a page, in whatever size there is one.
    pub fn picture(&self, spot: Spot) -> Option<&egui::TextureHandle> {
        let (_, picture) = self.shown.as_ref()?.pictures.get(&spot)?;
        Some(picture)
    }

    /// Takes the printers of the system; the usual one is chosen.
    pub fn found_printers(&mut self, printers: Vec<Printer>) {
        let usual = printers.iter().find(|printer| printer.is_default);
        let usual = usual.or(printers.first());
        self.printer = usual.map(|printer| printer.name.clone());
        self.printers = Some(printers);
    }
}

impl Shown {
    fn has(&self, wish: &Wish) -> bool {
        let picture = self.pictures.get(&wish.spot);
        picture.is_some_and(|(width, _)| *width == wish.width)
    }

    fn is_waiting(&self) -> bool {
        self.wishes.iter().any(|wish| !self.has(wish))
    }

    fn take(&mut self, ctx: &egui::Context, news: News) {
        // It may have scrolled out of sight while it was drawn.
        let News::Drawn(wish, picture) = news else {
            return;
        };
        if !self.wishes.contains(&wish) {
            return;
        }
        let size = [picture.width, picture.height];
        let image = egui::ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
        let texture = ctx.load_texture("page", image, egui::TextureOptions::LINEAR);
        self.pictures.insert(wish.spot, (wish.width, texture));
    }
}

fn start(
    ctx: &egui::Context,
    plan: Plan,
    section: Option<Section>,
    form: Form,
    options: Options,
) -> Work {
    let task = Arc::new(Task::default());
    let (wishes, orders) = channel();
    let (sender, news) = channel();
    let work = Work {
        task: Arc::clone(&task),
        wishes,
        news,
    };
    let ctx = ctx.clone();
    thread::spawn(move || {
        let say = |news| {
            let is_heard = sender.send(news).is_ok();
            ctx.request_repaint();
            is_heard
        };
        let mut watch = task.watch(&ctx);
        match export::print(&plan, section, &form, &options, &mut watch) {
            Ok(pdf) => {
                let (size, missing) = (options.orientation.size(), missing_in_words(&pdf.missing));
                let bytes = Arc::new(pdf.bytes);
                let read = raster::read(Arc::clone(&bytes));
                let sheets = Sheets {
                    pdf: bytes,
                    pages: pdf.pages,
                    size,
                    missing,
                };
                match read {
                    Ok(pdf) => {
                        if say(News::Made(sheets)) {
                            draw(&Raster::new(&pdf), &orders, say);
                        }
                    }
                    Err(error) => _ = say(News::Failed(error.to_string())),
                }
            }
            // Nobody waits for what was stopped.
            Err(ExportError::Pdf(PdfError::Stopped)) => {}
            Err(error) => _ = say(News::Failed(error.to_string())),
        }
    });
    work
}

/// Draws what is wished for, the newest wishes only, until nobody listens any more.
fn draw(raster: &Raster<'_>, orders: &Receiver<Vec<Wish>>, say: impl Fn(News) -> bool) {
    let mut wishes: Vec<Wish> = Vec::new();
    loop {
        if wishes.is_empty() {
            match orders.recv() {
                Ok(newer) => wishes = newer,
                Err(_) => return,
            }
        }
        if let Some(newest) = orders.try_iter().last() {
            wishes = newest;
        }
        if wishes.is_empty() {
            continue;
        }
        let wish = wishes.remove(0);
        if let Some(picture) = raster.draw(wish.spot.page, wish.width)
            && !say(News::Drawn(wish, picture))
        {
            return;
        }
    }
}
