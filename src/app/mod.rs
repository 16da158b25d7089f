//! The window's life: the open plan, commands, history, background work, closing.
//!
//! Each frame the views are drawn from this state and return actions; the actions are carried
//! out afterwards, here and nowhere else (`run.rs`).

mod act;
pub mod action;
mod answer;
pub mod checking;
pub mod collecting;
pub mod command;
pub mod dialog;
pub mod document;
pub mod files;
pub mod history;
pub mod importing;
mod jobs;
pub mod keeping;
pub mod merging;
pub mod notice;
pub mod preview;
pub mod print;
mod printing;
pub mod recovering;
mod run;
pub mod structure;
pub mod versions;
pub mod watching;
pub mod window;

use std::path::PathBuf;

use egui::{Event, ImeEvent, ViewportCommand};

use crate::{
    export::{Format, Options},
    plan::Form,
    ui::{self, View},
};

pub use jobs::message_of;

use action::Action;
use checking::Checking;
use collecting::Collecting;
use command::Command;
use dialog::{Dialog, Pending};
use document::Document;
use files::FileRequest;
use jobs::{Jobs, Report};
use keeping::Keeper;
use merging::Merging;
use notice::Notice;
use preview::Preview;
use recovering::Found;
use versions::Versions;
use watching::{Claimed, Outside, Watcher};

/// What was typed goes into the plan after this many seconds without a key.
const IDLE_SECONDS: f64 = 0.8;

/// Everything behind the window.
#[derive(Debug)]
pub struct App {
    pub document: Document,
    pub form: Form,
    pub view: View,
    pub dialog: Option<Dialog>,
    pub notice: Option<Notice>,
    /// The pages that are about to be printed, over everything else.
    pub preview: Option<Preview>,
    /// A merge in which something is to be decided.
    pub merging: Option<Merging>,
    /// Unsaved work of other runs that is offered.
    pub found: Vec<Found>,
    /// Keeps unsaved work in this user's local data folder.
    pub keeper: Keeper,
    /// What has become of the file outside of this program.
    pub outside: Option<Outside>,
    /// Who has the file open.
    pub claimed: Claimed,
    /// Other versions of the plan, to compare with.
    pub versions: Versions,
    /// What the checks find.
    pub checking: Checking,
    /// Forms on their way into the plan.
    pub collecting: Collecting,
    watcher: Option<Watcher>,
    /// Files opened or saved, the last one first.
    pub recent: Vec<PathBuf>,
    pub theme: egui::ThemePreference,
    pub high_contrast: bool,
    /// The format chosen last, and how it was printed.
    pub last_export: (Format, Options),
    /// Whether the system can show a file dialog; otherwise a path is typed in the window.
    pub has_native_dialogs: bool,
    file_request: Option<FileRequest>,
    jobs: Jobs,
    saving: bool,
    save_again: bool,
    /// The state of the plan that she said may be dropped.
    discarded: Option<history::Stamp>,
    /// What waits for a save to succeed.
    after_save: Option<Pending>,
    may_close: bool,
    title: String,
}

impl App {
    /// Puts the typeface, the styles and the habits of this program in a context; once, before
    /// the first frame.
    pub fn prepare(ctx: &egui::Context) {
        ui::theme::install(ctx);
        ctx.set_theme(egui::ThemePreference::Light);
        // Zooming is in the command table, with a limit and a place in the menu.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
    }

    /// An app with this plan on the screen.
    pub fn new(document: Document, form: Form) -> Self {
        Self {
            view: View::of(document.plan()),
            document,
            form,
            dialog: None,
            notice: None,
            preview: None,
            merging: None,
            found: Vec::new(),
            keeper: Keeper::default(),
            outside: None,
            claimed: Claimed::default(),
            versions: Versions::default(),
            checking: Checking::default(),
            collecting: Collecting::default(),
            watcher: None,
            recent: Vec::new(),
            theme: egui::ThemePreference::Light,
            high_contrast: false,
            last_export: (Format::Pdf, Options::default()),
            has_native_dialogs: false,
            file_request: None,
            jobs: Jobs::default(),
            saving: false,
            save_again: false,
            discarded: None,
            after_save: None,
            may_close: false,
            title: String::new(),
        }
    }

    /// What happens whether or not anything is drawn: reports, closing, the title. A minimised
    /// window gets only this.
    pub fn logic(&mut self, ctx: &egui::Context) {
        for report in self.jobs.take_reports() {
            self.take_report(ctx, report);
        }
        if let Some(preview) = &mut self.preview {
            preview.take_news(ctx);
        }
        self.watch_typing(ctx);
        self.keep_work(ctx);
        self.check(ctx);
        // Coming back from elsewhere is when she wants to know what others did.
        if ctx.input(|input| input.events.contains(&Event::WindowFocused(true))) {
            self.look_at_file(ctx);
        }
        self.answer_close_request(ctx);
        let title = ui::words::window_title(&self.document);
        if self.title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Draws the window and carries out what was asked for.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.run_shortcuts(&ctx);
        let mut actions = Vec::new();
        ui::show(self, ui, &mut actions);
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let dropped = dropped.iter().map(|file| file.path().to_owned());
        let (forms, plans): (Vec<PathBuf>, Vec<PathBuf>) =
            dropped.partition(|path| collecting::is_workbook(path));
        actions.extend(plans.into_iter().map(Action::Open));
        if !forms.is_empty() {
            actions.push(Action::Collect(forms));
        }
        for action in actions {
            self.act(&ctx, action);
        }
        self.look_for_missing(&ctx);
        if let Some(preview) = &mut self.preview {
            preview.refresh(&ctx, self.document.plan(), &self.form);
        }
    }

    /// Waits for background work, so that a test need not sleep.
    pub fn finish_jobs(&mut self, ctx: &egui::Context) {
        while let Some(report) = self.jobs.wait() {
            self.take_report(ctx, report);
        }
        if let Some(preview) = &mut self.preview {
            preview.wait(ctx);
        }
    }

    /// The file dialog that the window should open now, if any.
    pub fn take_file_request(&mut self) -> Option<FileRequest> {
        self.file_request.take()
    }

    /// Waits for the answer to a file dialog off the UI thread.
    pub fn await_file(
        &mut self,
        ctx: &egui::Context,
        request: FileRequest,
        answer: impl FnOnce() -> Vec<PathBuf> + Send + 'static,
    ) {
        self.jobs
            .start(ctx, move || Report::Picked(request, answer()));
    }

    /// The window is closed: what was kept for a crash is no longer needed.
    pub fn end(&mut self) {
        self.stop_keeping();
        self.watcher = None;
        self.claimed = Claimed::default();
    }

    /// Whether something goes on that a spinner should show.
    pub fn is_busy(&self) -> bool {
        self.notice.as_ref().is_some_and(|notice| notice.is_busy)
    }

    /// Follows the IME and puts what was typed in the plan when the keys rest.
    fn watch_typing(&mut self, ctx: &egui::Context) {
        self.view.ime_event = false;
        ctx.input(|input| {
            for event in &input.events {
                if let Event::Ime(event) = event {
                    self.view.ime_event = true;
                    match event {
                        ImeEvent::Preedit { text, .. } => self.view.composing = !text.is_empty(),
                        ImeEvent::Commit(_) => self.view.composing = false,
                        _ => {}
                    }
                }
            }
        });
        // An IME that is dismissed by a click elsewhere may send nothing more.
        if !ctx.text_edit_focused() {
            self.view.composing = false;
        }
        if self.document.draft().is_none() || self.view.composing {
            return;
        }
        let now = ctx.input(|input| input.time);
        let left = self.view.changed_at + IDLE_SECONDS - now;
        if left > 0.0 {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
        } else if let Err(error) = self.document.commit_draft() {
            self.fail(ui::words::edit_failed(&error));
        }
    }

    fn answer_close_request(&mut self, ctx: &egui::Context) {
        if self.may_close || !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        if self.document.is_unsaved() || self.saving {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            // The question must be seen, minimised or behind other windows.
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
            if self.saving {
                self.after_save = Some(Pending::Quit);
            } else {
                self.settle(ctx, Pending::Quit);
            }
        }
    }

    /// Keys of the command table. None while a dialog is open or an IME composes.
    fn run_shortcuts(&mut self, ctx: &egui::Context) {
        if self.dialog.is_some() || self.view.palette.is_some() || self.view.composing {
            return;
        }
        let field = self.view.field_undo;
        for (command, shortcut) in command::shortcuts() {
            // A field that has something of its own to undo does so first, word by word.
            if (command == Command::Undo && field.can_undo)
                || (command == Command::Redo && field.can_redo)
            {
                continue;
            }
            if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
                self.run(ctx, command);
            }
        }
    }
}
