//! The pages as they will be printed, before they are printed: the finished PDF, and pictures of its
//! pages, made on a thread of their own.
//!
//! Showing them is `ui/preview`, sending them to a printer `print`.

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
        self, ExportError, missing_in_words,
        pdf::PdfError,
        raster::{self, Picture, Raster},
    },
    plan::Plan,
};

use super::{Session, action::Order, id::Revision, jobs::Task, world::Wake};

/// A picture of a page: which, and whether it is the small one at the side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PagePlace {
    pub page: usize,
    pub is_thumbnail: bool,
}

/// A picture that the screen has use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageWish {
    pub place: PagePlace,
    /// In pixels.
    pub width: u16,
}

/// Everything behind the preview.
#[derive(Default)]
pub struct Preview {
    /// What is shown.
    shown: Option<Shown>,
    /// What is being made, if anything is.
    making: Option<Work>,
    failure: Option<String>,
    made: Option<(Order, Revision)>,
}

/// A finished PDF on the screen.
struct Shown {
    sheets: Arc<Sheets>,
    work: Work,
    wishes: Vec<PageWish>,
    pictures: HashMap<PagePlace, (u16, Arc<Picture>)>,
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
    wishes: Sender<Vec<PageWish>>,
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
    Drawn(PageWish, Picture),
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = f.debug_struct("Preview");
        text.field("made", &self.made).finish_non_exhaustive()
    }
}

impl Session {
    /// The pages that are about to be printed, while they are looked at.
    pub fn pages(&self) -> Option<&Preview> {
        self.preview.as_ref()
    }

    /// Makes the pages anew where something else was chosen. What is shown stays until they are
    /// there.
    pub(super) fn repaginate(&mut self, order: Order) {
        let wanted = Some((order.clone(), self.revision()));
        if let Some(preview) = &mut self.preview
            && preview.made != wanted
        {
            preview.made = wanted;
            let plan = self.document.plan().clone();
            preview.make(&self.world.wake, plan, order);
        }
    }

    pub(super) fn draw_pages(&mut self, wishes: Vec<PageWish>) {
        if let Some(preview) = &mut self.preview {
            preview.wish(wishes);
        }
    }

    /// Takes what the threads have made.
    pub(super) fn take_news_of_pages(&mut self) {
        for preview in [&mut self.preview, &mut self.sample].into_iter().flatten() {
            preview.take_news();
        }
    }

    /// Waits until nothing is being made or drawn, so that a test need not sleep.
    pub(super) fn wait_for_pages(&mut self) {
        for preview in [&mut self.preview, &mut self.sample].into_iter().flatten() {
            preview.wait();
        }
    }
}

impl Preview {
    /// Makes the pages of a plan. What is shown stays until they are there.
    pub(super) fn make(&mut self, wake: &Wake, plan: Plan, order: Order) {
        self.failure = None;
        self.making = Some(start(wake, plan, order));
    }

    /// What was chosen.
    pub(super) fn order(&self) -> Option<Order> {
        self.made.as_ref().map(|(order, _)| order.clone())
    }

    fn take_news(&mut self) {
        if let Some(work) = &self.making
            && let Ok(news) = work.news.try_recv()
        {
            self.take_first(news);
        }
        if let Some(shown) = &mut self.shown {
            while let Ok(news) = shown.work.news.try_recv() {
                shown.take(news);
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

    fn wait(&mut self) {
        if let Some(work) = &self.making
            && let Ok(news) = work.news.recv()
        {
            self.take_first(news);
        }
        while let Some(shown) = &mut self.shown
            && shown.is_waiting()
            && let Ok(news) = shown.work.news.recv()
        {
            shown.take(news);
        }
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

    /// Notes which pictures the screen has use for, what is most urgent first. Others are dropped.
    pub(super) fn wish(&mut self, wishes: Vec<PageWish>) {
        if let Some(shown) = &mut self.shown
            && shown.wishes != wishes
        {
            let is_wished = |place: &PagePlace| wishes.iter().any(|wish| wish.place == *place);
            shown.pictures.retain(|place, _| is_wished(place));
            let missing = wishes.iter().filter(|wish| !shown.has(wish));
            // The thread ends only with this value, so somebody is listening.
            let _somebody_listens = shown.work.wishes.send(missing.copied().collect());
            shown.wishes = wishes;
        }
    }

    /// The picture of a page, in whatever size there is one.
    pub fn picture(&self, place: PagePlace) -> Option<&Arc<Picture>> {
        let (_, picture) = self.shown.as_ref()?.pictures.get(&place)?;
        Some(picture)
    }

    /// Whether these pictures were asked for already.
    pub fn is_wished(&self, wishes: &[PageWish]) -> bool {
        let shown = self.shown.as_ref();
        shown.is_none_or(|shown| shown.wishes == wishes)
    }
}

impl Shown {
    fn has(&self, wish: &PageWish) -> bool {
        let picture = self.pictures.get(&wish.place);
        picture.is_some_and(|(width, _)| *width == wish.width)
    }

    fn is_waiting(&self) -> bool {
        self.wishes.iter().any(|wish| !self.has(wish))
    }

    fn take(&mut self, news: News) {
        // It may have scrolled out of sight while it was drawn.
        if let News::Drawn(wish, picture) = news
            && self.wishes.contains(&wish)
        {
            let picture = (wish.width, Arc::new(picture));
            self.pictures.insert(wish.place, picture);
        }
    }
}

fn start(wake: &Wake, plan: Plan, order: Order) -> Work {
    let task = Task::new(wake.clone());
    let (wishes, orders) = channel();
    let (sender, news) = channel();
    let work = Work {
        task: Arc::clone(&task),
        wishes,
        news,
    };
    let wake = wake.clone();
    thread::spawn(move || {
        let say = |news| {
            let is_heard = sender.send(news).is_ok();
            wake.call();
            is_heard
        };
        let Order {
            section, options, ..
        } = order;
        match export::print(&plan, section, &options, &mut task.watch()) {
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
fn draw(raster: &Raster<'_>, orders: &Receiver<Vec<PageWish>>, say: impl Fn(News) -> bool) {
    let mut wishes: Vec<PageWish> = Vec::new();
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
        if let Some(picture) = raster.draw(wish.place.page, wish.width)
            && !say(News::Drawn(wish, picture))
        {
            return;
        }
    }
}
