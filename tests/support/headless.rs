//! A session without a window, whose jobs are done when a test says so: any order of events can be
//! played, and nothing has to be waited for.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use furikaeri::{
    form::Slot,
    plan::{Id, Node, Plan},
    session::{
        Action, Answer, Document, Effect, Hands, Moment, Prompt, Session, World, document::Draft,
        jobs::Kind, keeping::Kept, world::Work,
    },
    storage::files,
};
use jiff::{ToSpan, civil, tz::TimeZone};

use super::plans::{self, notes, numbered, set};

/// Someone at a desk without a screen.
pub struct Headless {
    pub session: Session,
    /// Seconds since the beginning.
    clock: f64,
    /// What nobody has done yet, in the order in which it was asked for.
    work: Arc<Mutex<Vec<Work>>>,
    /// What the world was asked to do since it was looked at last.
    pub effects: Vec<Effect>,
}

/// What is asked over the window, in a word.
pub fn name_of(prompt: &Prompt) -> &'static str {
    match prompt {
        Prompt::Unsaved(_) => "unsaved",
        Prompt::StillSaving(_) => "still saving",
        Prompt::StillBusy(_) => "still busy",
        Prompt::ChangedOnDisk(_) => "changed on disk",
        Prompt::Clashes => "clashes",
        Prompt::Recovery => "recovery",
        Prompt::Replace(..) => "replace",
        Prompt::Failure(_) => "failure",
        Prompt::NotSaved(_) => "not saved",
        Prompt::Path(..) => "path",
        Prompt::Doubts => "doubts",
        Prompt::Collected => "collected",
        Prompt::Measures(_) => "measures",
        Prompt::Fill(_) => "fill",
        Prompt::KeyList => "key list",
        Prompt::HandOut => "hand out",
        Prompt::PlanInfo => "plan info",
        Prompt::ChooseForm(..) => "choose a form",
        Prompt::LoseParts(_) => "lose parts",
        Prompt::ChangeForm(_) => "change the form",
        _ => "another",
    }
}

impl Headless {
    pub fn with(plan: Plan) -> Self {
        Self::at(None, plan)
    }

    /// With a folder for unsaved work and earlier versions.
    pub fn keeping_below(local: &Path, plan: Plan) -> Self {
        Self::at(Some(local.to_owned()), plan)
    }

    fn at(local: Option<PathBuf>, plan: Plan) -> Self {
        let work: Arc<Mutex<Vec<Work>>> = Arc::default();
        let basket = Arc::clone(&work);
        let hands = Hands::new(move |job| basket.lock().expect("the work").push(job));
        let world = World {
            local,
            hands,
            ..World::default()
        };
        let session = Session::new(Document::new(plan), world, moment(0.0));
        let mut headless = Self {
            session,
            clock: 0.0,
            work,
            effects: Vec::new(),
        };
        headless.tick();
        headless.finish_all();
        headless
    }

    /// The plan in a file, opened.
    pub fn with_file(path: &Path) -> Self {
        let mut headless = Self::with(plans::plan_of(Vec::new()));
        headless.open(path);
        headless
    }

    pub fn open(&mut self, path: &Path) {
        self.act(Action::OpenPath(path.to_owned()));
        self.finish_all();
    }

    pub fn act(&mut self, action: Action) {
        let effects = self.session.act(moment(self.clock), action);
        self.effects.extend(effects);
    }

    fn tick(&mut self) {
        let effects = self.session.tick(moment(self.clock));
        self.effects.extend(effects);
    }

    /// Time passes.
    pub fn wait(&mut self, seconds: f64) {
        self.clock += seconds;
        self.tick();
    }

    /// What is under way, the oldest first.
    pub fn under_way(&self) -> Vec<Kind> {
        self.session
            .jobs()
            .running()
            .map(|job| job.begin.kind)
            .collect()
    }

    fn take(&mut self, kind: Kind) -> Work {
        let at = self.under_way().iter().position(|it| *it == kind);
        let at = at.unwrap_or_else(|| panic!("no {kind:?} among {:?}", self.under_way()));
        self.work.lock().expect("the work").remove(at)
    }

    /// The oldest job of this kind is done, and reported.
    pub fn finish(&mut self, kind: Kind) {
        let work = self.take(kind);
        work();
        self.tick();
    }

    /// The newest job of this kind is done, though older ones hang.
    pub fn finish_newest(&mut self, kind: Kind) {
        let at = self.under_way().iter().rposition(|it| *it == kind);
        let work = self
            .work
            .lock()
            .expect("the work")
            .remove(at.expect("a job"));
        work();
        self.tick();
    }

    /// The oldest job of this kind breaks off inside the program.
    pub fn break_off(&mut self, kind: Kind) {
        drop(self.take(kind));
        self.tick();
    }

    /// Everything is done that is under way, and what follows from it.
    pub fn finish_all(&mut self) {
        while let Some(kind) = self.under_way().first().copied() {
            self.finish(kind);
        }
    }

    pub fn plan(&self) -> &Plan {
        self.session.document().plan()
    }

    pub fn path(&self) -> Option<&Path> {
        self.session.document().path()
    }

    pub fn is_unsaved(&self) -> bool {
        self.session.document().is_unsaved()
    }

    pub fn is_kept(&self) -> bool {
        self.session.kept() == Kept::All
    }

    pub fn id(&self, number: &str) -> Id {
        numbered(self.plan(), number)
    }

    pub fn node(&self, number: &str) -> &Node {
        let id = self.id(number);
        self.plan().node(id).expect("it has the number")
    }

    /// What a node says.
    pub fn says(&self, number: &str, at: Slot) -> &str {
        self.node(number).text(at)
    }

    pub fn notes(&self, number: &str) -> &str {
        self.says(number, notes())
    }

    /// What is asked over the window.
    pub fn asked(&self) -> Option<&'static str> {
        self.session.prompt().map(|(_, prompt)| name_of(prompt))
    }

    /// What a message over the window says.
    pub fn message(&self) -> &str {
        match self.session.prompt() {
            Some((_, Prompt::Failure(text) | Prompt::NotSaved(text))) => text,
            other => panic!("no message but {other:?}"),
        }
    }

    /// What the status line says was done.
    pub fn notice(&self) -> &str {
        self.session.notice().map_or("", |notice| &notice.text)
    }

    pub fn answer(&mut self, answer: Answer) {
        let (id, _) = self.session.prompt().expect("a prompt");
        self.act(Action::Answer(id, answer));
    }

    /// Types a text, without leaving the field.
    pub fn type_in(&mut self, id: Option<Id>, at: Slot, text: &str) {
        self.act(Action::Type(Draft {
            id,
            at,
            text: text.to_owned(),
            composed: None,
        }));
    }

    /// Types the notes of an initiative, without leaving the field.
    pub fn type_notes(&mut self, number: &str, text: &str) {
        self.type_in(Some(self.id(number)), notes(), text);
    }

    /// Writes the notes of an initiative.
    pub fn write_notes(&mut self, number: &str, text: &str) {
        self.act(Action::Edit(set(self.id(number), notes(), text)));
    }

    /// What undoing would take back.
    pub fn next_undo(&self) -> Option<&str> {
        let step = self.session.document().history().next_undo();
        step.map(|step| step.label.as_str())
    }

    /// What the window was told to do, emptied.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Whether the window was told to close since it was last asked.
    pub fn has_closed(&mut self) -> bool {
        self.take_effects().contains(&Effect::Close)
    }
}

/// Somebody else writes the notes of an initiative in a file, and saves it.
pub fn somebody_else(path: &Path, number: &str, text: &str) {
    let mut opened = files::open(path).unwrap_or_else(|error| panic!("{error}"));
    let edit = set(numbered(&opened.plan, number), notes(), text);
    opened.plan.apply(&edit).expect("an edit");
    files::save(path, &opened.plan, Some(opened.fingerprint))
        .unwrap_or_else(|error| panic!("{error}"));
}

/// The plan that is in a file.
pub fn saved(path: &Path) -> Plan {
    let opened = files::open(path).unwrap_or_else(|error| panic!("{error}"));
    opened.plan
}

/// A point in time, so many seconds after 8:30 of a working day.
fn moment(clock: f64) -> Moment {
    let begin = civil::date(2021, 11, 1).at(8, 30, 0, 0);
    let begin = begin.to_zoned(TimeZone::UTC).expect("a time");
    Moment {
        clock,
        wall: &begin + ((clock * 1000.0) as i64).milliseconds(),
    }
}
