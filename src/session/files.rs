//! File names that are wanted and what is done with one; opening; putting another plan on the
//! screen. Saving is `saving.rs`.

use std::path::{Path, PathBuf};

use crate::{
    export::handout,
    plan::Plan,
    storage::{
        atomic,
        awaited::touches_files,
        backups::{self, Backup, Backups},
        copies,
        files::{self, OpenError, OpenReason, Opened, Target},
        format,
    },
};

use super::{
    Session,
    action::{HandOutOrder, Order, SendBackOrder},
    collecting::{self, Collecting},
    document::Document,
    effect::{Effect, FileWish},
    forms::FormFor,
    jobs::{Job, Kind},
    prompt::{Pending, Prompt, Turn},
    reports::Report,
    versions::Versions,
    words,
};

/// What a file name is wanted for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    OpenPlan,
    SavePlan,
    /// 新旧対照表 of the plan and the version that it is compared with.
    Changes,
    /// The folder in which the sections' workbooks are put.
    HandOut(HandOutOrder),
    SendBack(SendBackOrder),
    /// A table that becomes a plan.
    Table,
    /// A file with a form.
    Form(FormFor),
    /// Workbooks that came back, or a folder of them.
    Collect,
    Export(Order),
}

impl Purpose {
    /// The extension that a name without one gets, where a file is written.
    fn extension(&self) -> Option<&'static str> {
        match self {
            Self::SavePlan => Some("ron"),
            Self::Changes => Some("pdf"),
            Self::SendBack(_) => Some("xlsx"),
            Self::Export(order) => Some(order.format.extension()),
            Self::OpenPlan | Self::HandOut(_) | Self::Table | Self::Form(_) | Self::Collect => None,
        }
    }

    /// Whether it is about the plan that is open, and means nothing to another.
    const fn is_about_the_plan(&self) -> bool {
        !matches!(
            self,
            Self::OpenPlan | Self::Table | Self::Form(FormFor::NewPlan)
        )
    }
}

/// So many earlier versions are offered in place of a file that cannot be read, the newest first.
const OFFERED_VERSIONS: usize = 3;

/// Most recent files first; more would not be looked at.
const RECENT_FILES: usize = 8;

/// The newest format that this program reads, for 「furikaeri について」.
pub const FORMAT: u32 = format::VERSION;

impl Session {
    /// Asks for a file name: in the system's dialog, or in the window where there is none.
    pub(super) fn ask_for_file(&mut self, purpose: Purpose) {
        let (name, folder) = (self.proposed_name(&purpose), self.proposed_folder());
        if self.world.has_file_dialogs {
            self.effects.push(Effect::AskForFile(FileWish {
                purpose,
                of: self.document_id,
                name,
                folder,
            }));
            return;
        }
        let text = match folder {
            Some(folder) => folder.join(name).to_string_lossy().into_owned(),
            None => name,
        };
        self.ask(Prompt::Path(purpose, text));
    }

    /// Waits for the answer of the system's file dialog.
    pub fn await_file(
        &mut self,
        wish: FileWish,
        answer: impl FnOnce() -> Vec<PathBuf> + Send + 'static,
    ) {
        self.start(self.begin(Kind::Pick), move || {
            Report::Picked(Box::new(wish), answer())
        });
    }

    /// Takes the answer of a file dialog. One about a plan that is not on the screen any more is
    /// about nothing.
    pub(super) fn on_picked(&mut self, wish: FileWish, paths: Vec<PathBuf>) {
        if wish.purpose.is_about_the_plan() && wish.of != self.document_id {
            return self.say(words::OTHER_PLAN);
        }
        match (wish.purpose, paths) {
            (Purpose::SavePlan, paths) if paths.is_empty() => self.after_save = None,
            (Purpose::Collect, paths) if !paths.is_empty() => self.collect(paths),
            (purpose, paths) => {
                if let Some(path) = paths.into_iter().next() {
                    self.look_at_target(purpose, path, false);
                }
            }
        }
    }

    /// Goes on with a name that was chosen or typed. Where a file would be written that nobody has
    /// agreed to replace (the name was typed here, or gets its extension here), it is looked first
    /// whether there is one.
    pub(super) fn look_at_target(&mut self, purpose: Purpose, path: PathBuf, is_typed: bool) {
        let Some(extension) = purpose.extension() else {
            return self.use_path(purpose, path);
        };
        let is_hers = purpose == Purpose::SavePlan && self.document.path() == Some(path.as_path());
        let is_agreed = !is_typed && path.extension().is_some();
        if is_hers || is_agreed {
            return self.use_path(purpose, path);
        }
        let begin = self.begin(Kind::Target).saying(words::LOOKING);
        self.start(begin, move || {
            let target = files::with_extension(&path, extension);
            Report::Target(Box::new(purpose), target)
        });
    }

    /// Whether there is a file of that name is known.
    pub(super) fn on_target(&mut self, job: &Job, purpose: Purpose, target: Target) {
        let Target { path, is_there } = target;
        if job.begin.of != self.document_id {
            self.say(words::OTHER_PLAN);
        } else if is_there {
            self.ask(Prompt::Replace(purpose, path));
        } else {
            self.use_path(purpose, path);
        }
    }

    /// Uses a file name that was chosen.
    pub(super) fn use_path(&mut self, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::OpenPlan => self.open(path),
            // Her own file is expected to be as she knows it, by whatever name it was chosen.
            Purpose::SavePlan if self.document.path() == Some(path.as_path()) => self.save(),
            Purpose::SavePlan => self.write(path, None),
            Purpose::HandOut(order) => self.hand_out(path, order),
            Purpose::SendBack(order) => self.send_back(path, order),
            Purpose::Collect => self.collect(vec![path]),
            Purpose::Table => self.read_table(path),
            Purpose::Form(of) => self.read_form(of, path),
            Purpose::Changes => self.export_changes(path),
            Purpose::Export(order) => self.export(path, order),
        }
    }

    /// The name that is proposed for a new file.
    fn proposed_name(&self, purpose: &Purpose) -> String {
        let plan = self.document.plan();
        let stem = || words::plan_file_stem(plan);
        match purpose {
            Purpose::OpenPlan | Purpose::Collect | Purpose::Table | Purpose::Form(_) => {
                String::new()
            }
            Purpose::SavePlan => match self.document.path().and_then(Path::file_name) {
                Some(name) => name.to_string_lossy().into_owned(),
                None => format!("{}.ron", stem()),
            },
            Purpose::HandOut(_) => format!("{}_配布", stem()),
            Purpose::SendBack(order) => {
                format!("差戻し_{}", handout::file_name(plan, &order.owner, "xlsx"))
            }
            Purpose::Changes => format!("{}_新旧対照表.pdf", stem()),
            Purpose::Export(order) => {
                let stem = words::export_stem(plan, order.section.as_ref());
                format!("{stem}.{}", order.format.extension())
            }
        }
    }

    /// The folder in which a file dialog begins.
    fn proposed_folder(&self) -> Option<PathBuf> {
        let recent = self.recent.first().map(PathBuf::as_path);
        let here = self.document.path().or(recent);
        here.and_then(Path::parent).map(Path::to_owned)
    }

    /// Reads a file; the plan on the screen stays until it is read. Of several, the one that was
    /// asked for last is shown.
    pub(super) fn open(&mut self, path: PathBuf) {
        if collecting::is_workbook(&path) {
            return self.ask(Prompt::IsWorkbook(path));
        }
        let begin = self.begin(Kind::Open).saying(words::opening(&path));
        let local = self.world.local.clone();
        let job = self.start(begin, move || match files::open(&path) {
            Ok(opened) => {
                let copies = tidy_up(&path);
                Report::Opened(path, Box::new(opened), copies)
            }
            Err(error) => {
                let kept = local.map(|local| Backups::below(&local, backups::BUDGET).list(&path));
                Report::NotOpened(path, error, kept.unwrap_or_default())
            }
        });
        self.opening = Some(job);
    }

    pub(super) fn on_opened(
        &mut self,
        job: &Job,
        path: PathBuf,
        opened: Box<Opened>,
        copies: &[PathBuf],
    ) {
        if self.opening.take_if(|opening| *opening == job.id).is_none() {
            return;
        }
        self.notice = None;
        if !copies.is_empty() {
            self.say(words::conflict_copies(copies));
        }
        // Whatever was typed while the file was read must not be lost.
        self.wait_for_turn(Turn::Opened(path, opened));
    }

    /// Says why, and offers what the file held before.
    pub(super) fn on_not_opened(
        &mut self,
        job: &Job,
        path: &Path,
        error: &OpenError,
        mut kept: Vec<Backup>,
    ) {
        if self.opening.take_if(|opening| *opening == job.id).is_none() {
            return;
        }
        // A share that is away for a moment is no reason to forget the file.
        if matches!(error.reason, OpenReason::NotFound) {
            self.recent.retain(|recent| recent != path);
        }
        if kept.is_empty() {
            return self.fail(error.to_string());
        }
        kept.truncate(OFFERED_VERSIONS);
        self.ask(Prompt::NotOpened(error.to_string(), kept));
    }

    /// Opens an earlier version in place of a file that cannot be read.
    pub(super) fn open_version(&mut self, version: Backup) {
        let begin = self.begin(Kind::OpenBackup).saying(words::LOOKING);
        self.start(begin, move || {
            let plan = version.open().map(|opened| Box::new(opened.plan));
            Report::OpenedVersion(version, plan)
        });
    }

    pub(super) fn on_opened_version(
        &mut self,
        version: Backup,
        plan: Result<Box<Plan>, OpenError>,
    ) {
        match plan {
            Ok(plan) => self.wait_for_turn(Turn::Proceed(Pending::TakeVersion(plan, version))),
            Err(error) => self.fail(error.to_string()),
        }
    }

    /// Opens a file or a folder in the program that the system has for it.
    pub(super) fn open_outside(&mut self, path: PathBuf) {
        self.start(self.begin(Kind::OpenOutside), move || {
            let result = opener::open(&path).map_err(|error| words::not_opened(&path, &error));
            Report::OpenedOutside(result)
        });
    }

    /// Puts another plan on the screen. All that was about the one before ends here.
    pub(super) fn show(&mut self, document: Document) {
        let before = self.document_id;
        self.stop_keeping();
        self.release_claim();
        self.document_id = before.next();
        self.document = document;
        let left = self.prompts.leave(before);
        let had_returns = left.iter().any(Turn::is_about_returns) || !self.collecting.is_done();
        if had_returns {
            self.say(words::RETURNS_LEFT);
        }
        self.discarded = None;
        self.home_is_from = None;
        self.outside = None;
        self.merging = None;
        self.collecting = Collecting::default();
        self.preview = None;
        self.missing = None;
        self.versions = Versions::default();
        self.watch_file();
        self.claim_file();
    }

    pub(super) fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|recent| *recent != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT_FILES);
    }
}

/// Takes away what saves that broke off have left beside the file, and tells which other files
/// look like copies of it that a conflict has made.
fn tidy_up(path: &Path) -> Vec<PathBuf> {
    touches_files();
    if let Some(folder) = path.parent() {
        atomic::sweep(folder, std::time::SystemTime::now());
    }
    copies::conflict_copies(path).unwrap_or_default()
}
