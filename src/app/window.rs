//! The app in a real window: what eframe asks for, the system's file dialogs, and what is
//! remembered between runs (the window, recent files, the theme; never plan data).

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    export::{Format, Options},
    storage::place,
    ui::words,
};

use super::{App, files::FileRequest};

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

/// The app as eframe runs it.
#[derive(Debug)]
pub struct Window(App);

impl Window {
    /// Takes up what was remembered.
    pub fn new(mut app: App, creation: &eframe::CreationContext<'_>) -> Self {
        let settings: Settings = creation
            .storage
            .and_then(|storage| eframe::get_value(storage, SETTINGS))
            .unwrap_or_default();
        app.recent = settings.recent;
        if let Some(theme) = settings.theme {
            app.theme = theme;
            creation.egui_ctx.set_theme(theme);
        }
        app.high_contrast = settings.high_contrast;
        crate::ui::theme::set_high_contrast(&creation.egui_ctx, settings.high_contrast);
        if let Some((extension, grey)) = settings.export
            && let Some(format) = Format::from_extension(extension.as_ref())
        {
            let options = Options {
                grey,
                ..Options::default()
            };
            app.last_export = (format, options);
        }
        if let Some(zoom) = settings.zoom {
            creation.egui_ctx.set_zoom_factor(zoom);
        }
        app.has_native_dialogs = has_native_dialogs();
        app.keeper.local = place::local_folder();
        app.look_for_leftovers(&creation.egui_ctx);
        Self(app)
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.0.logic(ctx);
        if let Some(request) = self.0.take_file_request() {
            let (name, folder) = (self.0.proposed_name(&request), self.0.proposed_folder());
            let answer = native_dialog(&request, name, folder, frame);
            self.0.await_file(ctx, request, answer);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.0.ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.0.end();
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        let settings = Settings {
            recent: self.0.recent.clone(),
            theme: Some(self.0.theme),
            high_contrast: self.0.high_contrast,
            export: {
                let (format, options) = self.0.last_export;
                Some((format.extension().to_owned(), options.grey))
            },
            zoom: Some(self.0.view.zoom),
        };
        eframe::set_value(storage, SETTINGS, &settings);
    }
}

/// Opens the system's file dialog; the answer is waited for on another thread.
fn native_dialog(
    request: &FileRequest,
    name: String,
    folder: Option<PathBuf>,
    frame: &eframe::Frame,
) -> impl FnOnce() -> Vec<PathBuf> + Send + use<> {
    let mut dialog = rfd::AsyncFileDialog::new()
        .set_title(words::file_request_title(request))
        .set_parent(frame);
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    dialog = match request {
        FileRequest::OpenPlan => dialog
            .add_filter(words::PLAN_FILES, &["ron"])
            .add_filter(words::ALL_FILES, &["*"]),
        FileRequest::SavePlan => dialog
            .add_filter(words::PLAN_FILES, &["ron"])
            .set_file_name(name),
        FileRequest::HandOut(_) => dialog,
        FileRequest::Table => dialog
            .add_filter(words::TABLES, &["xlsx", "csv"])
            .add_filter(words::ALL_FILES, &["*"]),
        FileRequest::Collect => dialog
            .add_filter(words::FORMS, &["xlsx", "ron"])
            .add_filter(words::ALL_FILES, &["*"]),
        FileRequest::SendBack(_) => dialog
            .add_filter(words::FORMS, &["xlsx"])
            .set_file_name(name),
        FileRequest::Changes => dialog
            .add_filter(words::format(Format::Pdf), &[Format::Pdf.extension()])
            .add_filter(words::format(Format::Html), &[Format::Html.extension()])
            .set_file_name(name),
        FileRequest::Export { format, .. } => dialog
            .add_filter(words::format(*format), &[format.extension()])
            .set_file_name(name),
    };
    // The dialog is made here, on the UI thread, as macOS wants it; only the waiting is not.
    type Answer = std::pin::Pin<Box<dyn Future<Output = Vec<rfd::FileHandle>> + Send>>;
    let one = |file: Option<rfd::FileHandle>| file.into_iter().collect();
    let answer: Answer = match request {
        FileRequest::OpenPlan | FileRequest::Table => {
            Box::pin(async move { one(dialog.pick_file().await) })
        }
        FileRequest::HandOut(_) => Box::pin(async move { one(dialog.pick_folder().await) }),
        FileRequest::Collect => {
            Box::pin(async move { dialog.pick_files().await.unwrap_or_default() })
        }
        FileRequest::SavePlan
        | FileRequest::SendBack(_)
        | FileRequest::Changes
        | FileRequest::Export { .. } => Box::pin(async move { one(dialog.save_file().await) }),
    };
    move || {
        let files = pollster::block_on(answer);
        files.iter().map(|file| file.path().to_owned()).collect()
    }
}

/// Whether the system can show a file dialog. Windows and macOS always can; elsewhere it takes a
/// desktop portal or zenity, and without either the answer would look like a cancel.
fn has_native_dialogs() -> bool {
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
