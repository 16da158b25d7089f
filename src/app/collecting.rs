//! Handing forms out to the sections, taking in what comes back, one step of undo for each form,
//! and asking where a form does not tell for certain. What forms are is `export/handout` and
//! `import/returned`.

use std::{
    collections::{BTreeSet, VecDeque},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    export::handout::{self as form_of, Comment, Options},
    import::returned::{self, Returned, ReturnedError},
    plan::{
        Edit, Field, Form, Id, Merged, Plan, TextField,
        handout::{self, Round, Stage},
    },
    storage::new_id,
    ui::words,
};

use super::{
    App,
    dialog::{AssignForm, Dialog, HandOutForm, SendBackForm},
    files::put,
    history::Target,
    jobs::{Report, Task},
    merging::{Merging, Source},
    notice::Notice,
};

/// A form that came back and is not taken in yet.
#[derive(Debug)]
pub struct Incoming {
    pub path: PathBuf,
    pub returned: Returned,
    /// The questions that are answered with yes, by their place in the list.
    pub yes: BTreeSet<usize>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub file: String,
    pub said: String,
    /// What she should know, though nothing is to be decided.
    pub remarks: Vec<String>,
    pub is_taken: bool,
}

/// Forms on their way into the plan.
#[derive(Debug, Default)]
pub struct Collecting {
    waiting: VecDeque<Incoming>,
    /// The form whose questions are asked.
    pub asking: Option<Incoming>,
    pub outcomes: Vec<Outcome>,
}

/// A file as it was read.
pub type Read = (PathBuf, Result<Returned, ReturnedError>);

impl App {
    /// Asks which sections get their forms.
    pub(super) fn ask_to_hand_out(&mut self) {
        let plan = self.document.plan();
        let owners = handout::owners(plan).into_iter();
        let named = owners.filter(|it| !it.owner.is_empty() && it.tally.total() > 0);
        let owners: Vec<(String, bool)> = named.map(|it| (it.owner, true)).collect();
        if owners.is_empty() {
            self.dialog = Some(Dialog::Assign(AssignForm {
                is_for_handing_out: true,
                ..AssignForm::new(plan)
            }));
            return;
        }
        let due = plan.round().due;
        self.dialog = Some(Dialog::HandOut(HandOutForm {
            owners,
            due: due.map_or_else(String::new, |due| due.to_string()),
            extracts: false,
        }));
    }

    /// Writes the forms of the chosen sections into a folder, and records that they went out.
    pub(super) fn hand_out(&mut self, ctx: &egui::Context, folder: PathBuf, wish: &HandOutForm) {
        if let Err(error) = self.document.end_typing() {
            return self.fail(words::edit_failed(&error));
        }
        let plan = self.document.plan().clone();
        let round = plan.round().clone();
        let owners = wish.chosen();
        let due = wish.due().unwrap_or_default();
        let round = round.handed_out(&owners, today(), due, new_id());
        let (form, extracts) = (self.form.clone(), wish.extracts);
        self.notice = Some(Notice::busy(words::HANDING_OUT.to_owned()));
        self.jobs.start(ctx, move || {
            let plan = plan.with_round(round.clone());
            let written = write_forms(&plan, &owners, &form, extracts, &folder);
            Report::HandedOut(folder, Box::new(round), written)
        });
    }

    pub(super) fn were_handed_out(
        &mut self,
        folder: &Path,
        round: Round,
        written: Result<usize, String>,
    ) {
        self.notice = None;
        match written {
            Ok(count) => {
                self.record_round(round, words::HAND_OUT);
                let text = words::handed_out(count);
                self.notice = Some(Notice::file(text, folder.join("")));
            }
            Err(message) => self.fail(message),
        }
    }

    pub(super) fn record_round(&mut self, round: Round, label: &str) {
        if let Err(error) = self
            .document
            .edit_as(Edit::Round(round), Target::PLAN, label)
        {
            self.fail(words::edit_failed(&error));
        }
    }

    /// Reads forms that came back, off the UI thread. A folder stands for the files in it.
    pub(super) fn collect(&mut self, ctx: &egui::Context, paths: Vec<PathBuf>) {
        if let Err(error) = self.document.end_typing() {
            return self.fail(words::edit_failed(&error));
        }
        let task = Arc::new(Task::default());
        self.notice = Some(Notice::watched(words::COLLECTING, Arc::clone(&task)));
        let window = ctx.clone();
        self.jobs.start(ctx, move || {
            let files = files_in(paths);
            let count = files.len();
            let mut read = Vec::new();
            for (n, path) in files.into_iter().enumerate() {
                if task.is_stopped() {
                    break;
                }
                let returned = returned::open(&path);
                read.push((path, returned));
                task.advance(&window, (n + 1) * 100 / count.max(1));
            }
            Report::Collected(read)
        });
    }

    /// Takes in what was read, file by file.
    pub(super) fn were_read(&mut self, ctx: &egui::Context, read: Vec<Read>) {
        self.notice = None;
        self.collecting = Collecting::default();
        if read.is_empty() {
            self.notice = Some(Notice::done(words::NO_FORMS.to_owned()));
        }
        for (path, returned) in read {
            match returned {
                Ok(returned) => self.collecting.waiting.push_back(Incoming {
                    path,
                    returned,
                    yes: BTreeSet::new(),
                }),
                Err(error) => self.collecting.outcomes.push(Outcome {
                    file: words::file_name(&path),
                    said: error.reason.to_string(),
                    remarks: Vec::new(),
                    is_taken: false,
                }),
            }
        }
        self.next_form(ctx);
    }

    fn next_form(&mut self, ctx: &egui::Context) {
        let Some(incoming) = self.collecting.waiting.pop_front() else {
            if !self.collecting.outcomes.is_empty() {
                self.dialog = Some(Dialog::Collected);
            }
            return;
        };
        if incoming.returned.questions.is_empty() {
            self.merge_form(ctx, incoming);
        } else {
            self.collecting.asking = Some(incoming);
            self.dialog = Some(Dialog::Questions);
        }
    }

    /// The questions of a form are answered.
    pub(super) fn answer_questions(&mut self, ctx: &egui::Context) {
        if let Some(incoming) = self.collecting.asking.take() {
            self.merge_form(ctx, incoming);
        }
    }

    fn merge_form(&mut self, ctx: &egui::Context, incoming: Incoming) {
        let Incoming { returned, yes, .. } = &incoming;
        match returned.merge_into(self.document.plan(), yes) {
            Ok(merged) if merged.clashes().is_empty() => self.take_form(ctx, &merged, incoming),
            Ok(merged) => {
                let source = Source::Section(Box::new(incoming));
                self.merging = Some(Merging::new(merged, source));
                self.dialog = Some(Dialog::Clashes);
            }
            Err(error) => {
                let said = error.to_string();
                self.note_outcome(&incoming, said, false);
                self.next_form(ctx);
            }
        }
    }

    /// A form without open questions goes into the plan, as one step.
    pub(super) fn take_form(&mut self, ctx: &egui::Context, merged: &Merged, incoming: Incoming) {
        let count = merged.taken().len();
        let edit = incoming.returned.take_in(merged, today());
        let label = words::form_taken(&incoming.returned.owner);
        match self.document.edit_as(edit, Target::PLAN, &label) {
            Ok(()) => self.note_outcome(&incoming, words::taken(count), true),
            Err(error) => self.note_outcome(&incoming, error.to_string(), false),
        }
        self.view.keep_selection_valid(self.document.plan());
        self.next_form(ctx);
    }

    /// She leaves a form for later: it is back, and nothing of it is in the plan.
    pub(super) fn leave_form(&mut self, ctx: &egui::Context, incoming: Incoming) {
        let owner = incoming.returned.owner.clone();
        let round = self.document.plan().round().clone();
        if round.id == Some(incoming.returned.plan_id) {
            let round = round.with_step(&owner, Stage::Returned, today());
            self.record_round(round, words::RETURNED);
        }
        self.note_outcome(&incoming, words::LEFT.to_owned(), false);
        self.next_form(ctx);
    }

    fn note_outcome(&mut self, incoming: &Incoming, said: String, is_taken: bool) {
        let returned = &incoming.returned;
        let is_older = returned.is_older(self.document.plan());
        let older = is_older.then(|| words::OLDER_FORM.to_owned());
        let remarks = returned.remarks.iter().map(ToString::to_string);
        self.collecting.outcomes.push(Outcome {
            file: format!("{}（{}）", words::file_name(&incoming.path), returned.owner),
            said,
            remarks: older.into_iter().chain(remarks).collect(),
            is_taken,
        });
    }

    /// Asks who fills in what.
    pub(super) fn ask_to_assign(&mut self) {
        self.dialog = Some(Dialog::Assign(AssignForm::new(self.document.plan())));
    }

    /// Gives strategies to sections, as one step.
    pub(super) fn assign(&mut self, wish: &AssignForm) {
        let plan = self.document.plan();
        let changed = wish.changed();
        let edits: Vec<Edit> = changed
            .map(|(id, owner)| handout::assign(plan, &[id], owner))
            .filter(|edit| !matches!(edit, Edit::Group(edits) if edits.is_empty()))
            .collect();
        if edits.is_empty() {
            return;
        }
        let group = Edit::Group(edits);
        if let Err(error) = self.document.edit_as(group, Target::PLAN, words::ASSIGN) {
            self.fail(words::edit_failed(&error));
        }
    }

    /// Writes a form that goes back to its section, with what is to be changed, and records it.
    pub(super) fn send_back(&mut self, ctx: &egui::Context, path: PathBuf, wish: SendBackForm) {
        let plan = self.document.plan().clone();
        let round = plan.round().clone();
        let round = round.with_step(&wish.owner, Stage::SentBack, today());
        let form = self.form.clone();
        self.notice = Some(Notice::busy(words::HANDING_OUT.to_owned()));
        self.jobs.start(ctx, move || {
            let plan = plan.with_round(round.clone());
            let options = Options {
                due: None,
                comments: wish.comments(),
            };
            let written = form_of::write(&plan, &wish.owner, &form, &options)
                .map_err(|error| error.to_string())
                .and_then(|bytes| put(&path, &bytes))
                .map(|()| 1);
            let folder = path.parent().unwrap_or(&path).to_owned();
            Report::HandedOut(folder, Box::new(round), written)
        });
    }
}

impl SendBackForm {
    fn comments(&self) -> Vec<Comment> {
        let said = self
            .lines
            .iter()
            .filter(|(_, _, text)| !text.trim().is_empty());
        let comment = |(id, _, text): &(Id, String, String)| Comment {
            at: *id,
            field: Field::Text(TextField::Results),
            text: text.trim().to_owned(),
        };
        said.map(comment).collect()
    }
}

fn today() -> Date {
    jiff::Zoned::now().date()
}

/// All forms are made before the first is written: one that cannot be made stops them all. A file
/// that is there already is never replaced.
fn write_forms(
    plan: &Plan,
    owners: &[String],
    form: &Form,
    extracts: bool,
    folder: &Path,
) -> Result<usize, String> {
    let mut made: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for owner in owners {
        let path = |extension| folder.join(form_of::file_name(plan, owner, extension));
        let options = Options::default();
        let bytes = form_of::write(plan, owner, form, &options);
        made.push((path("xlsx"), bytes.map_err(|error| error.to_string())?));
        if extracts {
            let bytes = form_of::write_extract(plan, owner);
            made.push((path("ron"), bytes.map_err(|error| error.to_string())?));
        }
    }
    if let Some((path, _)) = made
        .iter()
        .find(|(path, _)| path.symlink_metadata().is_ok())
    {
        return Err(words::form_exists(path));
    }
    fs::create_dir_all(folder).map_err(|error| words::no_folder(&error, folder))?;
    for (path, bytes) in &made {
        put(path, bytes)?;
    }
    Ok(made.len())
}

/// The files that are meant: of a folder, the workbooks in it, by name.
fn files_in(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        let Ok(entries) = fs::read_dir(&path) else {
            files.push(path);
            continue;
        };
        let inside = entries.flatten().map(|entry| entry.path());
        let mut inside: Vec<PathBuf> = inside.filter(|path| is_workbook(path)).collect();
        inside.sort();
        files.extend(inside);
    }
    files
}

/// Whether a file looks like a form that came back; Excel's own lock files do not.
pub fn is_workbook(path: &Path) -> bool {
    let is_lock = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    let ending = path.extension().map(|end| end.to_ascii_lowercase());
    !is_lock && ending.is_some_and(|end| ["xlsx", "xlsm", "xls"].iter().any(|it| end == *it))
}
