//! How long the interface takes for one frame, without the painting, with the tree fully unfolded
//! beside each of the tabs. The target at 100,000 initiatives is 0.5 ms, and at most 1.5 times the
//! real plan.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot run has nothing to measure"
)]

mod support {
    pub mod generate;
}

use divan::Bencher;
use egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, vec2};
use furikaeri::{
    form::Slot,
    plan::{Edit, Plan},
    session::{Action, Document, World},
    storage::builtin,
    ui::{self, Tab},
};

use support::generate;

fn main() {
    divan::main();
}

fn real() -> Plan {
    builtin::plan().expect("the built-in plan")
}

struct Screen {
    ctx: Context,
    window: ui::Window,
    time: f64,
}

impl Screen {
    fn new(plan: Plan, tab: Tab, with_screen_reader: bool) -> Self {
        let ctx = Context::default();
        ui::Window::prepare(&ctx);
        if with_screen_reader {
            ctx.enable_accesskit();
        }
        let mut window = ui::Window::new(Document::new(plan), World::default());
        window.view_mut().tab = tab;
        let mut screen = Self {
            ctx,
            window,
            time: 0.0,
        };
        // The first frames lay out every glyph; later ones find them laid out.
        for _ in 0..4 {
            screen.frame(Vec::new());
        }
        screen
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let window = &mut self.window;
        let mut output = self.ctx.run_ui(input, |ui| {
            window.logic(ui.ctx());
            window.ui(ui);
        });
        output.textures_delta.clear();
    }
}

const VIEWS: [(Tab, bool); 4] = [
    (Tab::Editor, false),
    (Tab::Editor, true),
    (Tab::Overview, false),
    (Tab::Form, false),
];

/// Tab, and whether a screen reader listens.
#[divan::bench(args = VIEWS.map(View))]
fn idle_with_the_real_plan(bencher: Bencher, view: &View) {
    let mut window = Screen::new(real(), view.0.0, view.0.1);
    bencher.bench_local(|| window.frame(Vec::new()));
}

#[divan::bench(args = VIEWS.map(View))]
fn idle_with_100_000(bencher: Bencher, view: &View) {
    let mut window = Screen::new(generate::plan(100_000), view.0.0, view.0.1);
    bencher.bench_local(|| window.frame(Vec::new()));
}

struct View((Tab, bool));

impl std::fmt::Display for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let reader = if self.0.1 { ", screen reader" } else { "" };
        write!(f, "{:?}{reader}", self.0.0)
    }
}

/// Ten minutes of Arrow Down in a row: the selection moves and the tree scrolls.
#[divan::bench]
fn walking_down_100_000(bencher: Bencher) {
    let mut window = Screen::new(generate::plan(100_000), Tab::Editor, false);
    let down = Event::Key {
        key: Key::ArrowDown,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    bencher.bench_local(|| window.frame(vec![down.clone()]));
}

/// The frame after something was typed: whatever follows the plan is made anew.
#[divan::bench]
fn after_an_edit_in_100_000(bencher: Bencher) {
    let plan = generate::plan(100_000);
    let id = plan.rows().next().map(|entry| entry.node.id);
    let mut window = Screen::new(plan, Tab::Editor, false);
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let (at, text) = (Slot::TITLE, n.to_string());
        let edit = Edit::Text { id, at, text };
        let ctx = window.ctx.clone();
        window.window.act(&ctx, Action::Edit(edit));
        window.frame(Vec::new());
    });
}
