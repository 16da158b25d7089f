//! How long the interface takes for one frame, without the painting: the tree fully unfolded, the
//! cursor in it. The target at 100,000 initiatives is 0.5 ms, and at most 1.5 times the real plan.

mod support {
    pub mod generate;
}

use divan::Bencher;
use egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, vec2};
use furikaeri::{
    app::{App, document::Document},
    plan::Plan,
    storage::builtin,
};

use support::generate;

fn main() {
    divan::main();
}

fn real() -> Plan {
    builtin::plan().expect("the built-in plan")
}

struct Window {
    ctx: Context,
    app: App,
    time: f64,
}

impl Window {
    fn new(plan: Plan, with_screen_reader: bool) -> Self {
        let ctx = Context::default();
        App::prepare(&ctx);
        if with_screen_reader {
            ctx.enable_accesskit();
        }
        let form = builtin::form().expect("the built-in form");
        let app = App::new(Document::new(plan), form);
        let mut window = Self {
            ctx,
            app,
            time: 0.0,
        };
        // The first frames lay out every glyph; later ones find them laid out.
        for _ in 0..4 {
            window.frame(Vec::new());
        }
        window
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.logic(ui.ctx());
            app.ui(ui);
        });
        output.textures_delta.clear();
    }
}

const WITH_SCREEN_READER: [bool; 2] = [false, true];

#[divan::bench(args = WITH_SCREEN_READER)]
fn idle_with_the_real_plan(bencher: Bencher, with_screen_reader: bool) {
    let mut window = Window::new(real(), with_screen_reader);
    bencher.bench_local(|| window.frame(Vec::new()));
}

#[divan::bench(args = WITH_SCREEN_READER)]
fn idle_with_100_000(bencher: Bencher, with_screen_reader: bool) {
    let mut window = Window::new(generate::plan(100_000), with_screen_reader);
    bencher.bench_local(|| window.frame(Vec::new()));
}

/// Ten minutes of Arrow Down in a row: the selection moves and the tree scrolls.
#[divan::bench]
fn walking_down_100_000(bencher: Bencher) {
    let mut window = Window::new(generate::plan(100_000), false);
    let down = Event::Key {
        key: Key::ArrowDown,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    bencher.bench_local(|| window.frame(vec![down.clone()]));
}
