//! The program: reads the command line, then opens the window or runs one headless command.
#![cfg_attr(windows, windows_subsystem = "windows")]

#[cfg(windows)]
mod console;

use std::{
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use furikaeri::{
    cli::{self, Renderer, Request},
    plan::About,
    session::{Action, Document, forms::empty_plan, keeping, message_of},
    storage::builtin,
    ui::{
        Window,
        native::{Native, world},
    },
};

fn main() -> ExitCode {
    let request = cli::parse(std::env::args_os().skip(1));
    #[cfg(windows)]
    if !matches!(request, Ok(Request::Window { .. })) {
        console::attach();
    }
    let request = match request {
        Ok(request) => request,
        Err(error) => {
            cli::complain(&error);
            return ExitCode::from(2);
        }
    };
    match request {
        Request::Help => cli::say(cli::HELP.trim_end()),
        Request::Version => cli::say(concat!("furikaeri ", env!("CARGO_PKG_VERSION"))),
        Request::Export(export) => return cli::guard(|| export.run()),
        Request::Handout(handout) => return cli::guard(|| handout.run()),
        Request::Collect(collect) => return cli::guard(|| collect.run()),
        Request::Merge(merge) => return cli::guard(|| merge.run()),
        Request::Changes(changes) => return cli::guard(|| changes.run()),
        Request::Check(check) => return cli::guard(|| check.run()),
        Request::Form(form) => return cli::guard(|| form.run()),
        Request::Window { plan, renderer } => return open_window(plan, renderer),
    }
    ExitCode::SUCCESS
}

/// The window cannot be opened, with any renderer.
#[derive(Debug, thiserror::Error)]
#[cfg(not(windows))]
#[error(
    "画面を開けませんでした（{0}）。画面のない環境では export を使ってください。Linux では \
     libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1 が必要です（Debian：\
     apt install libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1）"
)]
struct NoWindow(String);

/// The window cannot be opened, with any renderer.
#[derive(Debug, thiserror::Error)]
#[cfg(windows)]
#[error(
    "画面を開けませんでした（{0}）。ほかのプログラムを閉じてもう一度試すか、\
     furikaeri.exe --renderer glow で開いてみてください。"
)]
struct NoWindow(String);

/// The program broke while its window was open.
#[derive(Debug, thiserror::Error)]
#[error("予期しない不具合で終わりました（{why}）。{}", if *.is_kept {
    "編集中の内容は控えに残しました。もう一度起動すると復元できます。"
} else {
    "最後の控えがあれば、もう一度起動すると復元できます。"
})]
struct Broken {
    why: String,
    is_kept: bool,
}

/// Why the window is no longer, or never was, there.
enum RunError {
    NoWindow(String),
    Broken(Broken),
}

/// Says where somebody sees it what went wrong. A program started from the desktop of
/// Windows has no console.
fn tell(error: &dyn std::error::Error) {
    cli::complain(error);
    #[cfg(windows)]
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("furikaeri")
        .set_description(error.to_string())
        .show();
}

fn open_window(plan: Option<PathBuf>, renderer: Option<Renderer>) -> ExitCode {
    let renderers = match renderer {
        Some(renderer) => vec![renderer],
        // A virtual desktop on Windows often has no OpenGL; DirectX 12 has a software renderer.
        None if cfg!(windows) => vec![Renderer::Wgpu, Renderer::Glow],
        None => vec![Renderer::Glow],
    };
    let mut why = String::new();
    for renderer in renderers {
        match run(plan.clone(), renderer) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(RunError::Broken(broken)) => {
                tell(&broken);
                return ExitCode::FAILURE;
            }
            // winit puts its own source file before the reason, which helps nobody here.
            Err(RunError::NoWindow(error)) => {
                why = error.rsplit(": ").next().unwrap_or(&error).to_owned();
            }
        }
    }
    tell(&NoWindow(why));
    ExitCode::FAILURE
}

/// Runs the window until it is closed. A missing X library panics inside winit; before there is
/// a window that is an error like any other.
fn run(plan: Option<PathBuf>, renderer: Renderer) -> Result<(), RunError> {
    let options = options(renderer).map_err(RunError::NoWindow)?;
    let is_kept = Arc::new(AtomicBool::new(false));
    let is_open = Arc::new(AtomicBool::new(false));
    let usual = panic::take_hook();
    let (seen, kept) = (Arc::clone(&is_open), Arc::clone(&is_kept));
    panic::set_hook(Box::new(move |info| {
        if seen.load(Ordering::Relaxed) {
            kept.store(keeping::keep_in_emergency(), Ordering::Relaxed);
            usual(info);
        }
    }));
    let opening = Arc::clone(&is_open);
    let start = move |creation: &eframe::CreationContext<'_>| {
        let window = start(&creation.egui_ctx, plan)?;
        opening.store(true, Ordering::Relaxed);
        let native: Box<dyn eframe::App> = Box::new(Native::new(window, creation));
        Ok(native)
    };
    let run = || eframe::run_native("furikaeri", options, Box::new(start));
    match panic::catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result.map_err(|error| RunError::NoWindow(error.to_string())),
        Err(cause) if is_open.load(Ordering::Relaxed) => Err(RunError::Broken(Broken {
            why: message_of(cause.as_ref()),
            is_kept: is_kept.load(Ordering::Relaxed),
        })),
        Err(cause) => Err(RunError::NoWindow(message_of(cause.as_ref()))),
    }
}

/// A window with the plan that is built in, or with the one that was asked for on its way.
fn start(
    ctx: &egui::Context,
    plan: Option<PathBuf>,
) -> Result<Window, Box<dyn std::error::Error + Send + Sync>> {
    Window::prepare(ctx);
    let Some(path) = plan else {
        let document = Document::new(builtin::plan()?);
        return Ok(Window::new(document, world()));
    };
    let nothing = empty_plan(builtin::form()?, About::default());
    let mut window = Window::new(Document::new(nothing), world());
    window.act(ctx, Action::OpenPath(path));
    Ok(window)
}

fn options(renderer: Renderer) -> Result<eframe::NativeOptions, String> {
    let icon =
        eframe::icon_data::from_png_bytes(include_bytes!("../assets/icon/furikaeri-256.png"))
            .map_err(|error| error.to_string())?;
    Ok(eframe::NativeOptions {
        renderer: eframe_renderer(renderer)?,
        viewport: egui::ViewportBuilder::default()
            .with_app_id("furikaeri")
            .with_title("furikaeri")
            .with_icon(icon)
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([800.0, 520.0])
            .with_drag_and_drop(true),
        // Every glyph comes from the typeface that is built in: the same on every machine.
        system_font_fallback: false,
        ..Default::default()
    })
}

#[cfg(windows)]
fn eframe_renderer(renderer: Renderer) -> Result<eframe::Renderer, String> {
    Ok(match renderer {
        Renderer::Glow => eframe::Renderer::Glow,
        Renderer::Wgpu => eframe::Renderer::Wgpu,
    })
}

#[cfg(not(windows))]
fn eframe_renderer(renderer: Renderer) -> Result<eframe::Renderer, String> {
    match renderer {
        Renderer::Glow => Ok(eframe::Renderer::Glow),
        Renderer::Wgpu => Err("wgpu は Windows 版だけで使えます".to_owned()),
    }
}
