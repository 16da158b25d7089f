//! Every order of events: whatever ends, fails, is asked or typed first, nothing is lost without a
//! word, nothing gets into another plan's file, and no question is taken away.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use furikaeri::{
    plan::Plan,
    session::{Action, Answer, Prompt, PromptId, jobs::Kind},
    storage::files,
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::support::{
    headless::{Headless, saved, somebody_else},
    plans::{id, notes, numbered, real, small},
};

#[derive(Debug, Clone, Copy)]
enum Event {
    /// She types, or types and leaves the field.
    Type,
    Write,
    SaveKey,
    /// The oldest job ends, or breaks off.
    JobEnds,
    JobBreaks,
    /// The newest save ends first.
    NewestSaveEnds,
    DialogOpens,
    Quits,
    OpensTheOther,
    TakesIn,
    FileChanges,
    FileGoesAway,
    ComesBack,
    TimePasses,
    /// The answers to what is asked, the harmless one first.
    Cancels,
    Agrees,
    Drops,
    Waits,
}

const EVENTS: [Event; 18] = [
    Event::Type,
    Event::Write,
    Event::SaveKey,
    Event::JobEnds,
    Event::JobBreaks,
    Event::NewestSaveEnds,
    Event::DialogOpens,
    Event::Quits,
    Event::OpensTheOther,
    Event::TakesIn,
    Event::FileChanges,
    Event::FileGoesAway,
    Event::ComesBack,
    Event::TimePasses,
    Event::Cancels,
    Event::Agrees,
    Event::Drops,
    Event::Waits,
];

/// The two plans, by a number that only one of them has.
fn is_small(plan: &Plan) -> bool {
    plan.contains(id(6))
}

/// The initiative that she writes, and one that others write.
fn hers(plan: &Plan) -> &'static str {
    if is_small(plan) { "1-1-1" } else { "2-1-3" }
}

fn notes_of(plan: &Plan) -> String {
    let id = numbered(plan, hers(plan));
    plan.text(Some(id), notes()).to_owned()
}

struct Story {
    desk: Headless,
    local: PathBuf,
    /// Of each plan: its file.
    files: BTreeMap<bool, PathBuf>,
    /// Of each plan: the last text that she wrote, unless she has said that it may go.
    written: BTreeMap<bool, String>,
    count: usize,
    has_closed: bool,
}

impl Story {
    fn begin(folder: &Path) -> Self {
        let local = folder.join("local");
        let files = BTreeMap::from([(false, folder.join("A.ron")), (true, folder.join("B.ron"))]);
        for (plan, path) in [real(), small()].iter().zip(files.values()) {
            files::save(path, plan, None).unwrap_or_else(|error| panic!("{error}"));
        }
        let mut desk = Headless::keeping_below(&local, real());
        desk.open(&files[&false]);
        Self {
            desk,
            local,
            files,
            written: BTreeMap::new(),
            count: 0,
            has_closed: false,
        }
    }

    fn path(&self) -> PathBuf {
        self.files[&is_small(self.desk.plan())].clone()
    }

    fn prompt(&self) -> Option<PromptId> {
        self.desk.session.prompt().map(|(id, _)| id)
    }

    fn next_text(&mut self) -> String {
        self.count += 1;
        let text = format!("{}番目の改善策", self.count);
        self.written
            .insert(is_small(self.desk.plan()), text.clone());
        text
    }

    /// Whether something happens that is not hers: no prompt may go by it.
    fn play(&mut self, event: Event) {
        let before = self.prompt();
        let is_asked = before.is_some();
        let plan_before = is_small(self.desk.plan());
        match event {
            // A dialog has the keys for itself.
            Event::Type | Event::Write | Event::SaveKey | Event::TakesIn if is_asked => return,
            Event::Type => {
                let text = self.next_text();
                self.desk.type_notes(hers(self.desk.plan()), &text);
            }
            Event::Write => {
                let text = self.next_text();
                self.desk.write_notes(hers(self.desk.plan()), &text);
            }
            Event::SaveKey => self.desk.act(Action::Save),
            Event::JobEnds => {
                if let Some(kind) = self.desk.under_way().first().copied() {
                    self.desk.finish(kind);
                }
            }
            Event::JobBreaks => {
                if let Some(kind) = self.desk.under_way().first().copied() {
                    self.desk.break_off(kind);
                }
            }
            Event::NewestSaveEnds => {
                if self.desk.under_way().contains(&Kind::Save) {
                    self.desk.finish_newest(Kind::Save);
                }
            }
            Event::DialogOpens => self.desk.act(Action::Ask(Prompt::PlanInfo)),
            Event::Quits => self.desk.act(Action::Quit),
            Event::OpensTheOther => {
                let other = self.files[&!plan_before].clone();
                self.desk.act(Action::OpenPath(other));
            }
            Event::TakesIn => self.desk.act(Action::TakeIn),
            Event::FileChanges => {
                let path = self.path();
                let others = if is_small(self.desk.plan()) {
                    "改革-1"
                } else {
                    "1-1-1"
                };
                if path.exists() {
                    somebody_else(&path, others, &format!("相手の{}", self.count));
                }
            }
            Event::FileGoesAway => {
                let path = self.path();
                if path.exists() {
                    // What others delete is not lost by this program.
                    let which = is_small(self.desk.plan());
                    let gone = notes_of(&saved(&path));
                    if self.written.get(&which) == Some(&gone) {
                        self.written.remove(&which);
                    }
                    std::fs::remove_file(path).expect("removed");
                }
            }
            Event::ComesBack => self.desk.act(Action::LookAtFile),
            Event::TimePasses => self.desk.wait(3.5),
            Event::Cancels | Event::Agrees | Event::Drops | Event::Waits => {
                return self.reply(event);
            }
        }
        self.look(before, event);
    }

    fn reply(&mut self, event: Event) {
        let Some((asked, prompt)) = self.desk.session.prompt() else {
            return;
        };
        let answer = match (event, prompt) {
            (Event::Agrees, Prompt::Unsaved(_)) => Answer::Save,
            (Event::Agrees, Prompt::ChangedOnDisk(_)) => Answer::TakeIn,
            (Event::Waits, Prompt::StillSaving(_) | Prompt::StillBusy(_)) => Answer::Wait,
            (Event::Drops, Prompt::Unsaved(_)) => {
                self.written.remove(&is_small(self.desk.plan()));
                Answer::Discard
            }
            (Event::Drops, Prompt::StillSaving(_)) => Answer::Discard,
            (Event::Cancels, _) => Answer::Cancel,
            _ => return,
        };
        self.desk.act(Action::Answer(asked, answer));
        self.look(None, event);
    }

    /// What always holds.
    fn look(&mut self, before: Option<PromptId>, event: Event) {
        if let Some(before) = before {
            assert_eq!(
                self.prompt(),
                Some(before),
                "{event:?} took a question away"
            );
        }
        let plan = self.desk.plan();
        let which = is_small(plan);
        assert_eq!(
            self.desk.path(),
            Some(self.files[&which].as_path()),
            "{event:?}"
        );
        for (which, path) in &self.files {
            if path.exists() {
                assert_eq!(is_small(&saved(path)), *which, "{event:?}: another's file");
            }
        }
        if self.desk.has_closed() {
            self.has_closed = true;
        }
    }

    /// Everything ends that is under way; then all that she wrote is somewhere.
    fn end(mut self) {
        while !self.has_closed {
            if let Some(kind) = self.desk.under_way().first().copied() {
                self.desk.finish(kind);
            } else if self.desk.asked().is_some() {
                self.desk.answer(Answer::Cancel);
            } else {
                break;
            }
            if self.desk.has_closed() {
                self.has_closed = true;
            }
        }
        let mut places: Vec<Plan> = Vec::new();
        if !self.has_closed {
            let (plan, draft) = (
                self.desk.plan().clone(),
                self.desk.session.document().draft(),
            );
            let text = draft.map(|draft| draft.text.clone());
            let which = is_small(&plan);
            if let (Some(text), Some(written)) = (text, self.written.get(&which)) {
                assert_eq!(text, *written);
                self.written.remove(&which);
            }
            places.push(plan);
        }
        places.extend(
            self.files
                .values()
                .filter(|path| path.exists())
                .map(|path| saved(path)),
        );
        let kept = std::fs::read_dir(self.local.join("recovery"));
        let kept = kept.into_iter().flatten().flatten();
        let kept = kept.map(|entry| entry.path().join("work.ron"));
        places.extend(kept.filter(|path| path.exists()).map(|path| saved(&path)));
        for (which, text) in &self.written {
            let mut here = places.iter().filter(|plan| is_small(plan) == *which);
            assert!(
                here.any(|plan| notes_of(plan) == *text),
                "「{text}」 is nowhere"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn nothing_is_lost_or_misplaced_in_any_order(events in vec(select(&EVENTS[..]), 1..24)) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut story = Story::begin(folder.path());
        for event in events {
            if !story.has_closed {
                story.play(event);
            }
        }
        story.end();
    }
}
