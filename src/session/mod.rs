//! The life of an open plan, without a window.
//!
//! A [`Session`] has one plan open and owns everything that happens to it. It lives by three calls:
//!
//! - [`Session::act`] takes what the user wants ([`Action`]);
//! - [`Session::tick`] takes what jobs report and does what time demands: what was typed goes into
//!   the plan, unsaved work is kept, the checks look at what has changed;
//! - both return what the world has to do now ([`Effect`]): wake me later, show a file dialog, close.
//!
//! In between it is a value that can be read: the [`Document`], what lies over the window
//! ([`Session::prompt`]), what goes on ([`Session::busy`]), what was done ([`Session::notice`]).
//! Views read it; nothing but an action changes it.
//!
//! # Who does what
//!
//! | file | what is in it |
//! |---|---|
//! | `action`, `effect`, `world` | what goes in, what comes out, what is lent |
//! | `document`, `history` | the plan, what is being typed, and every step with its inverse |
//! | `jobs`, `reports` | slow work on other threads, and what its end does |
//! | `prompt`, `answering` | what is asked over the window, one thing at a time, and what an answer does |
//! | `files`, `saving` | opening, file names, saving and leaving |
//! | `keeping`, `recovering`, `forgetting` | unsaved work on this PC, offering it after a crash, and what is kept seen and removed |
//! | `watching`, `merging` | what others do to the file, and putting both together |
//! | `versions` | earlier versions, compared with and taken back |
//! | `collecting`, `importing` | workbooks out and back, tables of others |
//! | `exporting`, `preview`, `sample`, `print` | files for others, pages, pages of a form, printers |
//! | `checking` | what the checks find, and putting it right |
//! | `editing`, `structure` | edits of nodes: adding, moving, removing |
//! | `cells` | several cells of a table emptied or filled at once |
//! | `forms`, `form_words` | which form a plan has, changing it, and taking another one |
//! | `notice`, `words` | what is said |
//!
//! # What always holds here
//!
//! 1. Nothing here knows egui; time, identity, threads and the way to be woken come in ([`World`]).
//! 2. A report is taken for the plan that its job was begun for, never for what happens to be open.
//! 3. What a job reports replaces nothing that is asked, typed or decided: it waits its turn.
//! 4. Nothing that touches a file of others runs on the thread that calls `act` and `tick`
//!    (`storage/awaited` checks it in every test).

pub mod action;
mod answering;
pub mod cells;
pub mod checking;
pub mod collecting;
pub mod document;
mod editing;
pub mod effect;
pub mod exporting;
pub mod files;
mod forgetting;
pub mod form_words;
pub mod forms;
pub mod history;
pub mod id;
pub mod importing;
pub mod jobs;
pub mod keeping;
pub mod merging;
pub mod notice;
pub mod preview;
pub mod print;
pub mod prompt;
pub mod recovering;
mod reports;
mod sample;
mod saving;
pub mod structure;
pub mod versions;
pub mod watching;
pub mod words;
pub mod world;

use std::{path::PathBuf, sync::Arc, time::Duration};

use crate::{
    export::{Format, Options},
    form::Form,
    plan::handout,
    storage::awaited::awaited,
};

pub use action::{Action, Answer};
pub use document::Document;
pub use effect::{Effect, FileWish};
pub use id::{DocumentId, Revision};
pub use jobs::message_of;
pub use prompt::{Pending, Prompt, PromptId};
pub use world::{Hands, Moment, Wake, World};

use checking::Checking;
use collecting::Collecting;
use document::Work;
use exporting::Missing;
use jobs::{Begin, JobId, Jobs, Kind, Task};
use keeping::Keeper;
use merging::Merging;
use notice::Notice;
use preview::Preview;
use print::Printer;
use prompt::{Prompts, Turn};
use recovering::{Found, Recovering};
use reports::Report;
use saving::Save;
use versions::Versions;
use watching::{Claimed, Outside, Watcher};

/// An open plan and everything that happens to it.
#[derive(Debug)]
pub struct Session {
    world: World,
    now: Moment,
    jobs: Jobs,
    effects: Vec<Effect>,
    prompts: Prompts,
    notice: Option<Notice>,
    // The plan.
    document: Document,
    document_id: DocumentId,
    /// When something was typed last.
    typed_at: f64,
    checking: Checking,
    versions: Versions,
    // Its file.
    opening: Option<JobId>,
    saves: Vec<Save>,
    /// The save that made the file its home.
    home_is_from: Option<JobId>,
    /// What waits for a save to succeed, and since when.
    after_save: Option<Pending>,
    waits_since: Option<f64>,
    /// What waits for exports and hand-outs to be done.
    after_jobs: Option<Pending>,
    /// The work that she said may be dropped.
    discarded: Option<Work>,
    keeper: Keeper,
    watcher: Option<Watcher>,
    outside: Option<Outside>,
    claimed: Claimed,
    recent: Vec<PathBuf>,
    // Others' work on its way into the plan.
    merging: Option<Merging>,
    /// In which field of the form's editor was typed last, and the work after it.
    form_typed: Option<(u64, Work)>,
    collecting: Collecting,
    found: Vec<Found>,
    recovering: Option<Recovering>,
    /// Found, and put off.
    put_off: Vec<Found>,
    // Out of the program.
    last_export: (Format, Options),
    missing: Option<Missing>,
    preview: Option<Preview>,
    /// The pages of a form that is looked at.
    sample: Option<Preview>,
    printers: Option<Vec<Printer>>,
}

impl Session {
    /// A session with this plan open.
    pub fn new(document: Document, world: World, now: Moment) -> Self {
        Self {
            jobs: Jobs::new(world.hands.clone(), world.wake.clone()),
            world,
            now,
            effects: Vec::new(),
            prompts: Prompts::default(),
            notice: None,
            document,
            document_id: DocumentId::default(),
            typed_at: 0.0,
            checking: Checking::default(),
            versions: Versions::default(),
            opening: None,
            saves: Vec::new(),
            home_is_from: None,
            after_save: None,
            waits_since: None,
            after_jobs: None,
            discarded: None,
            keeper: Keeper::default(),
            watcher: None,
            outside: None,
            claimed: Claimed::default(),
            recent: Vec::new(),
            merging: None,
            form_typed: None,
            collecting: Collecting::default(),
            found: Vec::new(),
            recovering: None,
            put_off: Vec::new(),
            last_export: (Format::Pdf, Options::default()),
            missing: None,
            preview: None,
            sample: None,
            printers: None,
        }
    }

    /// Carries out what is wanted.
    pub fn act(&mut self, now: Moment, action: Action) -> Vec<Effect> {
        let _awaited = awaited();
        self.now = now;
        self.carry_out(action);
        self.take_turns();
        std::mem::take(&mut self.effects)
    }

    /// Takes what jobs report and does what time demands. To be called when woken, and whenever a
    /// window is drawn.
    pub fn tick(&mut self, now: Moment) -> Vec<Effect> {
        let _awaited = awaited();
        self.now = now;
        while let Some(received) = self.jobs.take() {
            self.on_received(received);
        }
        self.take_news_of_pages();
        self.ask_about_slow_save();
        self.recover_without_file();
        self.take_turns();
        self.rest_keys();
        self.keep_work();
        self.check();
        self.watch_for_stalls();
        std::mem::take(&mut self.effects)
    }

    /// Waits until no job runs, so that a test need not sleep.
    pub fn finish_jobs(&mut self, now: Moment) -> Vec<Effect> {
        self.now = now;
        while let Some(received) = self.jobs.wait() {
            self.on_received(received);
            self.take_turns();
        }
        self.wait_for_pages();
        std::mem::take(&mut self.effects)
    }

    /// The end: what was kept for a crash is no longer needed, and the file is let go.
    pub fn end(&mut self) {
        let _awaited = awaited();
        self.stop_keeping();
        self.watcher = None;
        self.release_claim_and_wait();
    }

    /// The open plan.
    pub fn document(&self) -> &Document {
        &self.document
    }

    pub fn document_id(&self) -> DocumentId {
        self.document_id
    }

    /// Which state of which plan is open; what was derived from it is fresh while it stands.
    pub fn revision(&self) -> Revision {
        Revision {
            document: self.document_id,
            change: self.document.changes(),
            save: self.document.saves(),
        }
    }

    /// The form of the open plan.
    pub fn form(&self) -> &Arc<Form> {
        self.document.plan().form()
    }

    /// What goes on on other threads.
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    pub fn world(&self) -> &World {
        &self.world
    }

    /// Files opened or saved, the last one first.
    pub fn recent(&self) -> &[PathBuf] {
        &self.recent
    }

    /// Takes up what was remembered of an earlier run.
    pub fn remember_from_before(&mut self, recent: Vec<PathBuf>, export: (Format, Options)) {
        self.recent = recent;
        self.last_export = export;
    }

    fn carry_out(&mut self, action: Action) {
        match action {
            Action::Type(draft) => self.type_text(draft),
            Action::EndTyping => _ = self.end_typing(),
            Action::Edit(edit) => _ = self.edit(edit),
            Action::Fill(area, copied) => self.fill(&area, &copied),
            Action::Put(changes) => self.put(changes),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Add(level, near) => self.add(level, near),
            Action::AddNext(near) => self.add_next(near),
            Action::Duplicate(id) => self.duplicate(id),
            Action::Remove(id) => self.remove_or_ask(id),
            Action::Shift(id, by) => self.shift(id, by),
            Action::Indent(id) => self.indent(id),
            Action::Outdent(id) => self.outdent(id),
            Action::Move {
                id,
                parent,
                position,
            } => self.move_to(id, parent, position),
            Action::ChooseForm(of) => self.ask_on_request(Prompt::ChooseForm(of, None)),
            Action::NewPlan(form) => self.settle(Pending::New(form)),
            Action::SetForm(form) => self.set_form(form),
            Action::TypeForm(form, field) => self.type_form(form, field),
            Action::ChangeForm(form) => self.ask_to_change_form(form),
            Action::Open => self.settle(Pending::Open),
            Action::OpenPath(path) => self.settle(Pending::OpenPath(path)),
            Action::Save => self.save(),
            Action::SaveAs => self.ask_for_file(files::Purpose::SavePlan),
            Action::TakeIn => self.take_in(merging::After::Nothing),
            Action::LookAtFile => self.look_at_file(),
            Action::Picked(wish, paths) => self.on_picked(wish, paths),
            Action::Quit => self.quit(),
            Action::Ask(prompt) => self.ask_on_request(prompt),
            Action::Answer(to, answer) => self.answer(to, answer),
            Action::ListKept => self.list_kept(),
            Action::Say(text) => self.say(text),
            Action::DismissNotice => self.notice = None,
            Action::LookForLeftovers => self.look_for_leftovers(),
            Action::Preview(order) => self.preview(order),
            Action::Repaginate(order) => self.repaginate(order),
            Action::DrawPages(wishes) => self.draw_pages(wishes),
            Action::Print { printer, copies } => self.print(printer, copies),
            Action::ExportPages => self.export_pages(),
            Action::ClosePreview => self.preview = None,
            Action::ShowSample(form) => self.show_sample(form),
            Action::DrawSample(wishes) => self.draw_sample(wishes),
            Action::CloseSample => self.close_sample(),
            Action::LookForMissing(section) => self.look_for_missing(section),
            Action::OpenOutside(path) => self.open_outside(path),
            Action::Fix(finding) => self.fix_one(&finding),
            Action::AskToFix(findings) => self.ask_to_fix(&findings),
            Action::Leave(findings) => self.ignore(&findings, ""),
            Action::Unignore(finding) => self.unignore(&finding),
            Action::Restyle(style) => self.restyle(|now| *now = style, words::STYLE),
            Action::Compare(against) => self.compare(against),
            Action::ListBackups => self.list_backups(),
            Action::Restore(difference) => self.restore(&difference),
            Action::RestoreAll => self.restore_all(),
            Action::ExportChanges => self.ask_for_file(files::Purpose::Changes),
            Action::AskToHandOut => self.ask_to_hand_out(),
            Action::Collect(paths) => self.collect(paths),
            Action::AskForReturns => self.ask_for_file(files::Purpose::Collect),
            Action::CopyReminder(owner) => {
                let text = handout::reminder(self.document.plan(), &owner);
                self.effects.push(Effect::CopyText(text));
                self.say(words::REMINDER_COPIED);
            }
        }
    }

    /// Leaves, or asks first. The window stays open until it is told to close.
    fn quit(&mut self) {
        if !self.end_typing() {
            return;
        }
        let is_asked = |pending: &Option<Pending>| matches!(pending, Some(Pending::Quit));
        if is_asked(&self.after_save) && !self.prompts.is_open() && self.is_saving() {
            // Asked once more, she does not want to wait any longer without a word.
            self.after_save = None;
            self.ask(Prompt::StillSaving(Pending::Quit));
        } else if is_asked(&self.after_save) || is_asked(&self.after_jobs) {
            // It waits already.
        } else if self.prompts.is_open() && !self.may_leave() {
            self.wait_for_turn(Turn::Proceed(Pending::Quit));
        } else {
            self.settle(Pending::Quit);
        }
        if !self.effects.contains(&Effect::Close) {
            self.effects.push(Effect::StayOpen);
        }
    }

    /// What she asks for herself comes at once, or not at all where something is asked already.
    fn ask_on_request(&mut self, prompt: Prompt) {
        if !self.prompts.is_open() && self.end_typing() {
            self.ask(prompt);
        }
    }

    /// What every job is begun with.
    fn begin(&self, kind: Kind) -> Begin {
        Begin {
            kind,
            of: self.document_id,
            since: self.now.clock,
            says: None,
            task: None,
        }
    }

    fn start(&mut self, begin: Begin, work: impl FnOnce() -> Report + Send + 'static) -> JobId {
        if begin.kind.waits_for_file() {
            self.wake_after(jobs::PATIENCE);
        }
        self.jobs.start(begin, work)
    }

    /// Does something nobody waits for on another thread.
    fn let_go(&mut self, work: impl FnOnce() + Send + 'static) {
        self.start(self.begin(Kind::LetGo), move || {
            work();
            Report::LetGo
        });
    }

    fn wake_after(&mut self, seconds: f64) {
        let seconds = Duration::from_secs_f64(seconds.max(0.0));
        self.effects.push(Effect::WakeAfter(seconds));
    }

    /// While a file does not answer, the seconds are counted.
    fn watch_for_stalls(&mut self) {
        let now = self.now.clock;
        if self.jobs.stalled(now).next().is_some() {
            self.wake_after(1.0);
        } else if let Some(left) = self.jobs.may_stall_in(now) {
            self.wake_after(left);
        }
    }
}

impl Begin {
    /// What the status line says meanwhile.
    fn saying(self, text: impl Into<String>) -> Self {
        Self {
            says: Some(text.into()),
            ..self
        }
    }

    /// The same, with how far it is and the way to stop it.
    fn watched(self, text: impl Into<String>, task: &Arc<Task>) -> Self {
        Self {
            task: Some(Arc::clone(task)),
            ..self.saying(text)
        }
    }
}
