//! Opening, saving, exporting and closing: the flows around the open plan's file.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    export::{self, ExportError, Format, Options, Watch, handout, pdf::PdfError},
    plan::{About, Form, Plan, Section},
    storage::{
        Fingerprint, atomic,
        backups::{self, Backups},
        copies,
        files::{self, Attempt, Opened, SaveReason},
        format,
    },
    ui::words,
};

use super::{
    App,
    dialog::{Dialog, HandOutForm, Pending, SendBackForm},
    document::{Document, Home},
    history::Stamp,
    jobs::{Exported, Report, Task},
    notice::Notice,
    versions::Versions,
};

/// A file name that is wanted from the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileRequest {
    OpenPlan,
    SavePlan,
    /// 新旧対照表 of the plan and the version that it is compared with.
    Changes,
    /// The folder in which the sections' forms are put.
    HandOut(HandOutForm),
    SendBack(SendBackForm),
    /// A table that becomes a plan.
    Table,
    /// Forms that came back, or a folder of them.
    Collect,
    Export {
        format: Format,
        options: Options,
        section: Option<Section>,
    },
}

impl FileRequest {
    /// Whether a file that has the name already would be replaced.
    pub fn is_for_writing(&self) -> bool {
        matches!(
            self,
            Self::SavePlan | Self::Changes | Self::SendBack(_) | Self::Export { .. }
        )
    }
}

/// Most recent files first; more would not be looked at.
const RECENT_FILES: usize = 8;

impl App {
    /// Does what waited, or asks first where work would be lost.
    pub(super) fn settle(&mut self, ctx: &egui::Context, pending: Pending) {
        let stamp = self.document.history().stamp();
        let may_be_dropped = self.discarded == Some(stamp) && self.document.draft().is_none();
        if self.document.is_unsaved() && !may_be_dropped {
            self.dialog = Some(Dialog::Unsaved(pending));
        } else {
            self.proceed(ctx, pending);
        }
    }

    /// Does what waited; unsaved work is settled by now.
    pub(super) fn proceed(&mut self, ctx: &egui::Context, pending: Pending) {
        match pending {
            Pending::New => {
                let about = self.document.plan().about().clone();
                let about = About {
                    as_of: None,
                    ..about
                };
                self.show(ctx, Document::new(Plan::empty(about)));
            }
            Pending::Open => self.ask_for_file(FileRequest::OpenPlan),
            Pending::OpenPath(path) => self.open(ctx, path),
            Pending::Show(path, opened) => self.show_opened(ctx, path, *opened),
            Pending::Take(plan) => self.show_imported(ctx, &plan),
            Pending::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
    }

    /// Reads a file off the UI thread; the plan on screen stays until it is read.
    pub fn open(&mut self, ctx: &egui::Context, path: PathBuf) {
        self.notice = Some(Notice::busy(words::opening(&path)));
        self.jobs.start(ctx, move || {
            let result = files::open(&path);
            let copies = match &result {
                Ok(_) => tidy_up(&path),
                Err(_) => Vec::new(),
            };
            Report::Opened(path, result, copies)
        });
    }

    /// Saves where the plan came from, or asks where.
    pub(super) fn save(&mut self, ctx: &egui::Context) {
        match self.document.home().cloned() {
            Some(home) => self.write(ctx, home.path, Some(home.fingerprint)),
            None => self.ask_for_file(FileRequest::SavePlan),
        }
    }

    fn write(&mut self, ctx: &egui::Context, path: PathBuf, expected: Option<Fingerprint>) {
        if self.saving {
            // One save at a time; what came meanwhile is saved right after.
            self.save_again = true;
            return;
        }
        let stamp = match self.document.begin_save() {
            Ok(stamp) => stamp,
            Err(error) => return self.fail(error.to_string()),
        };
        self.saving = true;
        let retry = Arc::new(Task::default());
        self.notice = Some(Notice::retried(words::SAVING, Arc::clone(&retry)));
        let plan = self.document.plan().clone();
        let backups = self.keeper.local.as_deref();
        let backups = backups.map(|local| Backups::below(local, backups::BUDGET));
        let window = ctx.clone();
        self.jobs.start(ctx, move || {
            let now = jiff::Zoned::now();
            let backups = backups.as_ref().map(|backups| (backups, &now));
            let mut wait = |attempt: Attempt| retry.wait(&window, attempt.pause);
            let result = files::save_with(&path, &plan, expected, backups, &mut wait);
            Report::Saved(path, stamp, plan, result)
        });
    }

    /// Replaces the file although somebody else has changed it; she was asked.
    pub(super) fn overwrite(&mut self, ctx: &egui::Context, path: PathBuf) {
        self.write(ctx, path, None);
    }

    /// Uses a file name that was chosen.
    pub(super) fn use_path(&mut self, ctx: &egui::Context, request: FileRequest, path: PathBuf) {
        match request {
            FileRequest::OpenPlan => self.open(ctx, path),
            FileRequest::SavePlan => self.write(ctx, with_extension(path, "ron"), None),
            FileRequest::HandOut(form) => self.hand_out(ctx, path, &form),
            FileRequest::SendBack(form) => self.send_back(ctx, path, form),
            FileRequest::Collect => self.collect(ctx, vec![path]),
            FileRequest::Table => self.read_table(ctx, path),
            FileRequest::Changes => self.export_changes(ctx, with_extension(path, "pdf")),
            FileRequest::Export {
                format,
                options,
                section,
            } => {
                let path = with_extension(path, format.extension());
                if let Err(error) = self.document.end_typing() {
                    return self.fail(error.to_string());
                }
                let (plan, form) = (self.document.plan().clone(), self.form.clone());
                let task = Arc::new(Task::default());
                self.notice = Some(Notice::watched(words::EXPORTING, Arc::clone(&task)));
                let window = ctx.clone();
                self.jobs.start(ctx, move || {
                    let mut watch = task.watch(&window);
                    let what = (format, section, &options);
                    let result = write_export(&plan, &form, what, &path, &mut watch);
                    Report::Exported(path, result)
                });
            }
        }
    }

    /// The name that is proposed for a new file.
    pub fn proposed_name(&self, request: &FileRequest) -> String {
        match request {
            FileRequest::OpenPlan => String::new(),
            FileRequest::SavePlan => match self.document.path().and_then(Path::file_name) {
                Some(name) => name.to_string_lossy().into_owned(),
                None => format!(
                    "{}.ron",
                    words::plan_file_stem(self.document.plan().about())
                ),
            },
            FileRequest::Collect | FileRequest::Table => String::new(),
            FileRequest::HandOut(_) => {
                let stem = words::plan_file_stem(self.document.plan().about());
                format!("{stem}_配布")
            }
            FileRequest::SendBack(form) => {
                let name = handout::file_name(self.document.plan(), &form.owner, "xlsx");
                format!("差戻し_{name}")
            }
            FileRequest::Changes => {
                let stem = words::plan_file_stem(self.document.plan().about());
                format!("{stem}_新旧対照表.pdf")
            }
            FileRequest::Export {
                format, section, ..
            } => {
                let stem = words::export_stem(self.document.plan().about(), *section);
                format!("{stem}.{}", format.extension())
            }
        }
    }

    /// The folder in which a file dialog begins.
    pub fn proposed_folder(&self) -> Option<PathBuf> {
        let here = self
            .document
            .path()
            .or(self.recent.first().map(PathBuf::as_path));
        here.and_then(Path::parent).map(Path::to_owned)
    }

    /// Takes what a job reports.
    pub(super) fn take_report(&mut self, ctx: &egui::Context, report: Report) {
        match report {
            Report::Picked(FileRequest::Collect, paths) if !paths.is_empty() => {
                self.collect(ctx, paths);
            }
            Report::Picked(request, paths) => match paths.into_iter().next() {
                Some(path) => self.use_path(ctx, request, path),
                None => self.after_save = None,
            },
            Report::HandedOut(folder, round, written) => {
                self.were_handed_out(&folder, *round, written);
            }
            Report::Collected(read) => self.were_read(ctx, read),
            Report::Opened(path, Ok(opened), copies) => {
                let copies = (!copies.is_empty()).then(|| words::conflict_copies(&copies));
                self.notice = copies.map(Notice::done);
                // Whatever was typed while the file was read must not be lost.
                self.settle(ctx, Pending::Show(path, Box::new(opened)));
            }
            Report::Opened(path, Err(error), _) => {
                self.notice = None;
                // A share that is away for a moment is no reason to forget the file.
                if matches!(error.reason, files::OpenReason::NotFound) {
                    self.recent.retain(|recent| *recent != path);
                }
                self.fail(error.to_string());
            }
            Report::Saved(path, stamp, plan, Ok(saved)) => {
                self.saving = false;
                // The status line says so where it says whether the work is safe.
                self.notice = None;
                if !saved.remarks.is_empty() {
                    let remarks = saved.remarks.iter().map(ToString::to_string);
                    let remarks: Vec<String> = remarks.collect();
                    self.notice = Some(Notice::done(remarks.join(" ")));
                }
                self.is_in_file(ctx, path, stamp, plan, saved.fingerprint);
                self.go_on_after_save(ctx);
            }
            Report::Saved(path, stamp, plan, Err(error)) => {
                self.saving = false;
                self.save_again = false;
                self.notice = None;
                match error.reason {
                    SaveReason::ChangedOnDisk => {
                        self.dialog = Some(Dialog::ChangedOnDisk(path));
                        return;
                    }
                    // It is written; only whether it outlives a power cut is not known.
                    SaveReason::NotSynced { fingerprint, .. } => {
                        self.is_in_file(ctx, path, stamp, plan, fingerprint);
                    }
                    _ => {}
                }
                self.after_save = None;
                self.dialog = Some(Dialog::NotSaved(error.to_string()));
            }
            Report::Kept(generation, stamp, kept) => self.work_was_kept(generation, stamp, kept),
            Report::Forgotten => {}
            Report::Leftovers(found, unreadable) => self.take_leftovers(found, unreadable),
            Report::OpenedForRecovery(path, opened, found) => {
                self.recover_from(ctx, path, opened, *found);
            }
            Report::Theirs(Ok(theirs), after) => self.merge_with(ctx, *theirs, after),
            Report::Theirs(Err(error), _) => {
                self.notice = None;
                self.after_save = None;
                self.fail(error.to_string());
            }
            Report::Outside(expected, outside) => self.saw_outside(expected, outside),
            Report::Claimed(path, claim) => self.was_claimed(&path, claim),
            Report::Backups(path, backups) => self.found_backups(&path, backups),
            Report::OpenedBackup(backup, plan) => self.opened_backup(backup, plan),
            Report::Table(table) => self.was_read(table),
            Report::Checked(checks) => self.was_checked(checks),
            Report::Broken(why) => {
                self.notice = None;
                self.saving = false;
                self.fail(words::broken(&why));
            }
            Report::Exported(_, Ok(Exported::Stopped)) => {
                self.notice = Some(Notice::done(words::EXPORT_STOPPED.to_owned()));
            }
            Report::Exported(path, Ok(Exported::Written { missing })) => {
                let mut text = words::exported(&path);
                if let Some(missing) = missing {
                    text = format!("{text}（{missing}）");
                }
                self.notice = Some(Notice::file(text, path));
            }
            Report::Missing(scope, missing) => {
                if let Some(Dialog::Export(form)) = &mut self.dialog {
                    form.missing = Some((scope, missing));
                }
            }
            Report::Printers(printers) => {
                if let Some(preview) = &mut self.preview {
                    preview.found_printers(printers);
                }
            }
            Report::Printed(result) => {
                self.notice = None;
                match result {
                    Ok(done) => self.notice = Some(Notice::done(done)),
                    Err(message) => self.fail(message),
                }
            }
            Report::OpenedOutside(Ok(())) => {}
            Report::OpenedOutside(Err(message)) => self.fail(message),
            Report::Exported(_, Err(message)) => {
                self.notice = None;
                self.fail(message);
            }
        }
    }

    /// Opens a file or a folder in the program that the system has for it.
    pub(super) fn open_outside(&mut self, ctx: &egui::Context, path: PathBuf) {
        self.jobs.start(ctx, move || {
            let result = opener::open(&path).map_err(|error| words::not_opened(&path, &error));
            Report::OpenedOutside(result)
        });
    }

    fn go_on_after_save(&mut self, ctx: &egui::Context) {
        if std::mem::take(&mut self.save_again) && self.document.is_unsaved() {
            return self.save(ctx);
        }
        if let Some(pending) = self.after_save.take() {
            self.settle(ctx, pending);
        }
    }

    /// Notes that the file holds this plan.
    fn is_in_file(
        &mut self,
        ctx: &egui::Context,
        path: PathBuf,
        stamp: Stamp,
        plan: Plan,
        fingerprint: Fingerprint,
    ) {
        let is_other = self.document.path() != Some(path.as_path());
        self.remember(&path);
        let saved_at = jiff::Zoned::now().strftime("%H:%M").to_string();
        let home = Home {
            path,
            fingerprint,
            saved_at: Some(saved_at),
        };
        self.document.saved(stamp, plan, home);
        self.outside = None;
        self.watch_file(ctx);
        if is_other {
            self.claim_file(ctx);
        }
    }

    fn show_opened(&mut self, ctx: &egui::Context, path: PathBuf, opened: Opened) {
        self.remember(&path);
        let document = Document::from_file(opened.plan, path, opened.fingerprint);
        self.show(ctx, document);
    }

    /// Puts another plan on the screen.
    pub(super) fn show(&mut self, ctx: &egui::Context, document: Document) {
        let generation = self.view.generation + 1;
        self.view = crate::ui::View::of(document.plan());
        self.view.generation = generation;
        self.discarded = None;
        self.stop_keeping();
        self.outside = None;
        // Its backups and findings are not those of another plan.
        self.versions = Versions::default();
        self.checking.begin_anew();
        self.document = document;
        self.watch_file(ctx);
        self.claim_file(ctx);
    }

    pub(super) fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|recent| *recent != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT_FILES);
    }

    /// Says once that something failed.
    pub(super) fn fail(&mut self, message: String) {
        self.dialog = Some(Dialog::Failure(message));
    }
}

/// Takes away what saves that broke off have left beside the file, and tells which other files
/// look like copies of it that a conflict has made.
fn tidy_up(path: &Path) -> Vec<PathBuf> {
    if let Some(folder) = path.parent() {
        atomic::sweep(folder, std::time::SystemTime::now());
    }
    copies::conflict_copies(path).unwrap_or_default()
}

/// What the typeface lacked, in a sentence; `None` inside where she stopped it.
fn write_export(
    plan: &Plan,
    form: &Form,
    (format, section, options): (Format, Option<Section>, &Options),
    path: &Path,
    watch: Watch<'_>,
) -> Result<Exported, String> {
    let exported = match export::write(format, plan, section, form, options, watch) {
        Ok(exported) => exported,
        Err(ExportError::Pdf(PdfError::Stopped)) => return Ok(Exported::Stopped),
        Err(error) => return Err(format!("書き出せませんでした。{error}")),
    };
    put(path, &exported.bytes)?;
    let missing = export::missing_in_words(&exported.missing);
    Ok(Exported::Written { missing })
}

/// Writes an exported file, as safely as a plan is saved.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    atomic::replace(path, bytes, |_| Ok(())).map_err(|error| {
        let reason = files::save_reason(error);
        words::export_failed(&reason, path)
    })
}

/// A name without an extension gets one; another extension is what she wanted.
fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_some() {
        path
    } else {
        path.with_extension(extension)
    }
}

/// The newest format that this program reads, for 「furikaeri について」.
pub const FORMAT: u32 = format::VERSION;
