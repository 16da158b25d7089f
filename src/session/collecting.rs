//! Handing workbooks out to the sections, taking in what comes back, one step of undo for each, and
//! asking where one does not tell for certain. What the workbooks are is `export/handout` and
//! `import/returned`.

use std::{
    collections::{BTreeSet, VecDeque},
    fs,
    path::{Path, PathBuf},
};

use jiff::civil::Date;

use crate::{
    export::handout::{self as workbook, Comment, Options},
    import::returned::{self, Returned, ReturnedError},
    plan::{
        Edit, Id, Merged, Plan,
        handout::{self, Owner, Round, Stage, Step},
    },
    storage::awaited::touches_files,
};

use super::{
    Session,
    action::{HandOutOrder, SendBackOrder},
    exporting::put,
    history::Target,
    jobs::{Job, Kind, Task},
    merging::{Merging, Source},
    notice::Notice,
    prompt::{Prompt, Turn},
    reports::Report,
    words,
};

/// A workbook that came back and is not taken in yet.
#[derive(Debug)]
pub struct Incoming {
    pub path: PathBuf,
    pub returned: Returned,
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

/// Workbooks on their way into the plan.
#[derive(Debug, Default)]
pub struct Collecting {
    waiting: VecDeque<Incoming>,
    /// The one whose doubts are asked about.
    asking: Option<Incoming>,
    outcomes: Vec<Outcome>,
}

impl Collecting {
    /// The workbook whose doubts are asked about.
    pub fn asking(&self) -> Option<&Incoming> {
        self.asking.as_ref()
    }

    /// What became of each file.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// Whether none is on its way.
    pub(super) fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.asking.is_none()
    }
}

/// Workbooks that are made: where, and what is recorded of it in the plan.
#[derive(Debug)]
pub struct Made {
    folder: PathBuf,
    going_out: Vec<GoingOut>,
    due: Option<Date>,
    /// By what they know the plan again.
    plan_id: Id,
    on: Date,
    label: &'static str,
}

/// A section whose workbook goes out.
#[derive(Debug)]
struct GoingOut {
    owner: String,
    stage: Stage,
    /// So many steps of it were recorded when it was asked for.
    after: usize,
}

/// A file as it was read.
pub type Read = (PathBuf, Result<Returned, ReturnedError>);

impl Session {
    /// Workbooks on their way into the plan.
    pub fn collecting(&self) -> &Collecting {
        &self.collecting
    }

    /// Asks which sections get their workbooks; where nobody is named, who fills in what.
    pub(super) fn ask_to_hand_out(&mut self) {
        let owners = handout::owners(self.document.plan());
        let anybody = |it: &handout::OwnerState| !it.owner.is_empty() && it.tally.total() > 0;
        let prompt = if owners.iter().any(anybody) {
            Prompt::HandOut
        } else {
            Prompt::Assign {
                is_for_handing_out: true,
            }
        };
        self.ask_on_request(prompt);
    }

    /// Writes the workbooks of the chosen sections into a folder, and records that they went out.
    pub(super) fn hand_out(&mut self, folder: PathBuf, order: HandOutOrder) {
        if !self.end_typing() {
            return;
        }
        let HandOutOrder {
            owners,
            due,
            extracts,
        } = order;
        let made = self.made(folder, owners, Stage::going_out, due, words::HAND_OUT);
        let plan = self.document.plan().clone();
        let begin = self.begin(Kind::HandOut).saying(words::HANDING_OUT);
        self.start(begin, move || {
            let written = write_workbooks(&made.on_plan(plan), &made, extracts);
            Report::HandedOut(made, written)
        });
    }

    /// Writes a workbook that goes back to its section, with what is to be changed, and records it.
    pub(super) fn send_back(&mut self, path: PathBuf, order: SendBackOrder) {
        if !self.end_typing() {
            return;
        }
        let SendBackOrder { owner, comments } = order;
        let folder = path.parent().unwrap_or(&path).to_owned();
        let owners = vec![owner.clone()];
        let made = self.made(folder, owners, |_| Stage::SentBack, None, words::SEND_BACK);
        let plan = self.document.plan().clone();
        let begin = self.begin(Kind::HandOut).saying(words::HANDING_OUT);
        self.start(begin, move || {
            let comments = comments.into_iter().map(|(at, text)| Comment {
                at,
                field: None,
                text,
            });
            let options = Options {
                due: None,
                comments: comments.collect(),
            };
            let written = workbook::write(&made.on_plan(plan), &owner, &options)
                .map_err(|error| error.to_string())
                .and_then(|bytes| put(&path, &bytes))
                .map(|()| 1);
            Report::HandedOut(made, written)
        });
    }

    fn made(
        &self,
        folder: PathBuf,
        owners: Vec<String>,
        stage: impl Fn(Stage) -> Stage,
        due: Option<Date>,
        label: &'static str,
    ) -> Made {
        let round = self.document.plan().round();
        let going_out = owners.into_iter().map(|owner| {
            let before = round.owner(&owner);
            GoingOut {
                stage: stage(before.map(Owner::stage).unwrap_or_default()),
                after: before.map_or(0, |before| before.steps.len()),
                owner,
            }
        });
        Made {
            folder,
            going_out: going_out.collect(),
            due,
            plan_id: round.id.unwrap_or_else(self.world.new_id),
            on: self.now.wall.date(),
            label,
        }
    }

    /// Records what went out in the plan as it is by now: what was taken in meanwhile stays so.
    pub(super) fn on_handed_out(&mut self, job: &Job, made: Made, written: Result<usize, String>) {
        let count = match written {
            Ok(count) => count,
            Err(message) => return self.fail(message),
        };
        let folder = made.folder.join("");
        if job.begin.of != self.document_id {
            let text = words::handed_out_after_leaving(count);
            self.notice = Some(Notice::file(text, folder));
            return;
        }
        self.end_typing();
        let round = made.recorded_in(self.document.plan().round());
        self.edit_plan(Edit::Round(round), made.label);
        self.notice = Some(Notice::file(words::handed_out(count), folder));
    }

    /// Reads workbooks that came back. A folder stands for the files in it.
    pub(super) fn collect(&mut self, paths: Vec<PathBuf>) {
        if !self.end_typing() {
            return;
        }
        let task = Task::new(self.world.wake.clone());
        let begin = self.begin(Kind::Collect).watched(words::COLLECTING, &task);
        self.start(begin, move || {
            let files = files_in(paths);
            let count = files.len();
            let mut read = Vec::new();
            for (n, path) in files.into_iter().enumerate() {
                if task.is_stopped() {
                    break;
                }
                let returned = returned::open(&path);
                read.push((path, returned));
                task.advance((n + 1) * 100 / count.max(1));
            }
            Report::Collected(read)
        });
    }

    /// Takes in what was read, file by file.
    pub(super) fn take_returns(&mut self, read: Vec<Read>) {
        self.collecting = Collecting::default();
        if read.is_empty() {
            self.say(words::NO_RETURNS);
        }
        for (path, returned) in read {
            match returned {
                Ok(returned) => self
                    .collecting
                    .waiting
                    .push_back(Incoming { path, returned }),
                Err(error) => self.collecting.outcomes.push(Outcome {
                    file: words::file_name(&path),
                    said: error.reason.to_string(),
                    remarks: Vec::new(),
                    is_taken: false,
                }),
            }
        }
        self.next_return();
    }

    pub(super) fn next_return(&mut self) {
        let Some(incoming) = self.collecting.waiting.pop_front() else {
            if !self.collecting.outcomes.is_empty() {
                self.ask(Prompt::Collected);
            }
            return;
        };
        if incoming.returned.questions.is_empty() {
            self.merge_return(incoming, &BTreeSet::new());
        } else {
            self.collecting.asking = Some(incoming);
            self.ask(Prompt::Doubts);
        }
    }

    /// The doubts about a workbook are answered.
    pub(super) fn answer_doubts(&mut self, yes: BTreeSet<usize>) {
        if let Some(incoming) = self.collecting.asking.take() {
            self.merge_return(incoming, &yes);
        }
    }

    pub(super) fn leave_doubts(&mut self) {
        if let Some(incoming) = self.collecting.asking.take() {
            self.leave_return(incoming);
        }
    }

    fn merge_return(&mut self, incoming: Incoming, yes: &BTreeSet<usize>) {
        self.end_typing();
        match incoming.returned.merge_into(self.document.plan(), yes) {
            Ok(merged) if merged.clashes().is_empty() => self.take_return(&merged, incoming),
            Ok(merged) => self.settle_merge(Merging {
                merged,
                source: Source::Section(Box::new(incoming)),
            }),
            Err(error) => {
                self.note_outcome(&incoming, error.to_string(), false);
                self.wait_for_turn(Turn::NextReturn);
            }
        }
    }

    /// A workbook about which nothing is open goes into the plan, as one step.
    pub(super) fn take_return(&mut self, merged: &Merged, incoming: Incoming) {
        let count = merged.taken().len();
        let edit = incoming.returned.take_in(merged, self.now.wall.date());
        let label = words::return_taken(&incoming.returned.owner);
        match self.document.edit_as(edit, Target::PLAN, &label) {
            Ok(()) => self.note_outcome(&incoming, words::taken(count), true),
            Err(error) => self.note_outcome(&incoming, error.to_string(), false),
        }
        self.wait_for_turn(Turn::NextReturn);
    }

    /// She leaves a workbook for later: it is back, and nothing of it is in the plan.
    pub(super) fn leave_return(&mut self, incoming: Incoming) {
        let round = self.document.plan().round().clone();
        if round.id == Some(incoming.returned.plan_id) {
            let owner = &incoming.returned.owner;
            let round = round.with_step(owner, Stage::Returned, self.now.wall.date());
            self.edit_plan(Edit::Round(round), words::RETURNED);
        }
        self.note_outcome(&incoming, words::LEFT.to_owned(), false);
        self.wait_for_turn(Turn::NextReturn);
    }

    fn note_outcome(&mut self, incoming: &Incoming, said: String, is_taken: bool) {
        let returned = &incoming.returned;
        let is_older = returned.is_older(self.document.plan());
        let older = is_older.then(|| words::OLDER_RETURN.to_owned());
        let remarks = returned.remarks_in(self.document.plan());
        let remarks = remarks.iter().map(ToString::to_string);
        self.collecting.outcomes.push(Outcome {
            file: format!("{}（{}）", words::file_name(&incoming.path), returned.owner),
            said,
            remarks: older.into_iter().chain(remarks).collect(),
            is_taken,
        });
    }

    /// Gives nodes to sections, as one step.
    pub(super) fn assign(&mut self, lines: &[(Id, String)]) {
        let plan = self.document.plan();
        let edits: Vec<Edit> = lines
            .iter()
            .map(|(id, owner)| handout::assign(plan, &[*id], owner))
            .filter(|edit| !matches!(edit, Edit::Group(edits) if edits.is_empty()))
            .collect();
        if !edits.is_empty() {
            self.edit_plan(Edit::Group(edits), words::ASSIGN);
        }
    }
}

impl Made {
    /// The plan as the workbooks are made of it: with their going out recorded in it.
    fn on_plan(&self, plan: Plan) -> Plan {
        let round = self.recorded_in(plan.round());
        plan.with_round(round)
    }

    /// A round with what goes out in it, at the moment when it was asked for: a workbook that was
    /// taken in since stays taken in.
    fn recorded_in(&self, round: &Round) -> Round {
        let round = Round {
            id: round.id.or(Some(self.plan_id)),
            due: self.due.or(round.due),
            ..round.clone()
        };
        self.going_out.iter().fold(round, |round, it| {
            let step = Step {
                stage: it.stage,
                on: self.on,
            };
            round.with_step_after(&it.owner, it.after, step)
        })
    }
}

/// All workbooks are made before the first is written: one that cannot be made stops them all. A
/// file that is there already is never replaced.
fn write_workbooks(plan: &Plan, made: &Made, extracts: bool) -> Result<usize, String> {
    let folder = &made.folder;
    let owners = made.going_out.iter().map(|it| it.owner.as_str());
    let mut made: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for owner in owners {
        let path = |extension| folder.join(workbook::file_name(plan, owner, extension));
        let options = Options::default();
        let bytes = workbook::write(plan, owner, &options);
        made.push((path("xlsx"), bytes.map_err(|error| error.to_string())?));
        if extracts {
            let bytes = workbook::write_extract(plan, owner);
            made.push((path("ron"), bytes.map_err(|error| error.to_string())?));
        }
    }
    if let Some((path, _)) = made
        .iter()
        .find(|(path, _)| path.symlink_metadata().is_ok())
    {
        return Err(words::workbook_exists(path));
    }
    fs::create_dir_all(folder).map_err(|error| words::no_folder(&error, folder))?;
    for (path, bytes) in &made {
        put(path, bytes)?;
    }
    Ok(made.len())
}

/// The files that are meant: of a folder, the workbooks in it, by name.
fn files_in(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    touches_files();
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

/// Whether a file looks like a workbook that came back; Excel's own lock files do not.
pub fn is_workbook(path: &Path) -> bool {
    let is_lock = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    let ending = path.extension().map(|end| end.to_ascii_lowercase());
    !is_lock && ending.is_some_and(|end| ["xlsx", "xlsm", "xls"].iter().any(|it| end == *it))
}
