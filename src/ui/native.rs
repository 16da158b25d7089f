//! The window inside eframe: what that asks for, the system's file dialogs, and what is remembered
//! between runs (the window, recent files, the theme; never plan data).

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    export::{Format, Options},
    session::{Action, FileWish, World, files::Purpose, words},
    storage::place,
};

use super::{Window, theme};

const SETTINGS: &str = "settings";

/// What is remembered between runs beside what eframe remembers itself.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    recent: Vec<PathBuf>,
    theme: Option<egui::ThemePreference>,
    high_contrast: bool,
    /// The extension of the format exported last, and whether it was without colours.
    export: Option<(String, bool)>,
    zoom: Option<f32>,
}

/// The window as eframe runs it.
#[derive(Debug)]
pub struct Native(Window);

/// The surroundings of a session on this PC.
pub fn world() -> World {
    World {
        local: place::local_folder(),
        has_file_dialogs: has_file_dialogs(),
        ..World::default()
    }
}

impl Native {
    /// Takes up what was remembered.
    pub fn new(mut window: Window, creation: &eframe::CreationContext<'_>) -> Self {
        let settings: Settings = creation
            .storage
            .and_then(|storage| eframe::get_value(storage, SETTINGS))
            .unwrap_or_default();
        let ctx = &creation.egui_ctx;
        let view = window.view_mut();
        if let Some(theme) = settings.theme {
            view.set_theme(theme);
            ctx.set_theme(theme);
        }
        view.high_contrast = settings.high_contrast;
        theme::set_high_contrast(ctx, settings.high_contrast);
        let export = settings.export.and_then(|(extension, grey)| {
            let options = Options {
                grey,
                ..Options::default()
            };
            Some((Format::from_extension(extension.as_ref())?, options))
        });
        let export = export.unwrap_or(window.session().last_export());
        let session = window.session_mut();
        session.remember_from_before(settings.recent, export);
        if let Some(zoom) = settings.zoom {
            ctx.set_zoom_factor(zoom);
        }
        window.act(ctx, Action::LookForLeftovers);
        Self(window)
    }
}

impl eframe::App for Native {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.0.logic(ctx);
        for wish in self.0.take_file_wishes() {
            let answer = file_dialog(&wish, frame);
            let session = self.0.session_mut();
            session.await_file(wish, answer);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.0.ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.0.session_mut().end();
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        let (session, view) = (self.0.session(), self.0.view());
        let (format, options) = session.last_export();
        let settings = Settings {
            recent: session.recent().to_vec(),
            theme: Some(view.theme()),
            high_contrast: view.high_contrast,
            export: Some((format.extension().to_owned(), options.grey)),
            zoom: Some(view.zoom),
        };
        eframe::set_value(storage, SETTINGS, &settings);
    }
}

/// Opens the system's file dialog; the answer is waited for on another thread.
fn file_dialog(
    wish: &FileWish,
    frame: &eframe::Frame,
) -> impl FnOnce() -> Vec<PathBuf> + Send + use<> {
    let FileWish {
        purpose,
        name,
        folder,
        ..
    } = wish;
    let mut dialog = rfd::AsyncFileDialog::new()
        .set_title(words::purpose_title(purpose))
        .set_parent(frame);
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    dialog = match purpose {
        Purpose::OpenPlan => dialog
            .add_filter(words::PLAN_FILES, &["ron"])
            .add_filter(words::ALL_FILES, &["*"]),
        Purpose::Form(_) => dialog
            .add_filter(words::FORM_FILES, &["ron"])
            .add_filter(words::ALL_FILES, &["*"]),
        Purpose::SavePlan => dialog
            .add_filter(words::PLAN_FILES, &["ron"])
            .set_file_name(name),
        Purpose::HandOut(_) => dialog,
        Purpose::Table => dialog
            .add_filter(words::TABLES, &["xlsx", "csv"])
            .add_filter(words::ALL_FILES, &["*"]),
        Purpose::Collect => dialog
            .add_filter(words::WORKBOOKS, &["xlsx", "ron"])
            .add_filter(words::ALL_FILES, &["*"]),
        Purpose::SendBack(_) => dialog
            .add_filter(words::WORKBOOKS, &["xlsx"])
            .set_file_name(name),
        Purpose::Changes => dialog
            .add_filter(words::format(Format::Pdf), &[Format::Pdf.extension()])
            .add_filter(words::format(Format::Html), &[Format::Html.extension()])
            .set_file_name(name),
        Purpose::Export(order) => dialog
            .add_filter(words::format(order.format), &[order.format.extension()])
            .set_file_name(name),
    };
    // The dialog is made here, on the UI thread, as macOS wants it; only the waiting is not.
    type Answer = std::pin::Pin<Box<dyn Future<Output = Vec<rfd::FileHandle>> + Send>>;
    let one = |file: Option<rfd::FileHandle>| file.into_iter().collect();
    let answer: Answer = match purpose {
        Purpose::OpenPlan | Purpose::Table | Purpose::Form(_) => {
            Box::pin(async move { one(dialog.pick_file().await) })
        }
        Purpose::HandOut(_) => Box::pin(async move { one(dialog.pick_folder().await) }),
        Purpose::Collect => Box::pin(async move { dialog.pick_files().await.unwrap_or_default() }),
        Purpose::SavePlan | Purpose::SendBack(_) | Purpose::Changes | Purpose::Export(_) => {
            Box::pin(async move { one(dialog.save_file().await) })
        }
    };
    move || {
        let files = pollster::block_on(answer);
        files.iter().map(|file| file.path().to_owned()).collect()
    }
}

/// Whether the system can show a file dialog. Windows and macOS always can; elsewhere it takes a
/// desktop portal or zenity, and without either the answer would look like a cancel.
fn has_file_dialogs() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    let in_path = |program: &str| {
        std::env::var_os("PATH").is_some_and(|path| {
            std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
        })
    };
    let has_portal = || {
        let data = std::env::var_os("XDG_DATA_DIRS").unwrap_or_else(|| "/usr/share".into());
        std::env::split_paths(&data).any(|folder| {
            let portals = folder.join("xdg-desktop-portal/portals");
            std::fs::read_dir(portals).is_ok_and(|mut portals| portals.next().is_some())
        })
    };
    in_path("zenity") || has_portal()
}
