//! Unsaved work outlives the process that it was typed in, and nothing else does.

use std::{fs, path::Path};

use furikaeri::{
    plan::{Edit, Id, Plan},
    storage::{
        Fingerprint, files,
        journal::{self, Identity, Journal, Recovered},
    },
};
use jiff::Timestamp;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(unix)]
use crate::support::program::while_a_process_starts;
use crate::support::{
    arbitrary, disk,
    files::written,
    plans::{id, real, results, set, small},
};

/// A step as the window's history might have it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Step {
    label: String,
    redo: Edit,
    undo: Edit,
    target: Option<Id>,
}

/// The plan with a text changed, and the step that did it.
fn typed(plan: &Plan, text: &str) -> (Plan, Step) {
    let redo = set(id(3), results(), text);
    let mut plan = plan.clone();
    let undo = plan.apply(&redo).expect("the edit fits");
    let step = Step {
        label: "実績の変更".to_owned(),
        redo,
        undo,
        target: Some(id(3)),
    };
    (plan, step)
}

fn when() -> Timestamp {
    "2021-10-31T05:32:00Z".parse().expect("a time")
}

fn file() -> Identity {
    Identity::File("/共有/令和３年度/計画.ron".into())
}

fn open(local: &Path, identity: Identity) -> Journal {
    let bytes = written(&small());
    let fingerprint = Fingerprint::of(bytes.as_bytes());
    Journal::open(local, identity, &small(), Some(fingerprint)).expect("a session begins")
}

/// The only leftover.
fn recovered(local: &Path) -> Recovered<Step> {
    let [leftover] = &journal::leftovers(local)[..] else {
        panic!("not one leftover");
    };
    leftover.read().unwrap_or_else(|error| panic!("{error}"))
}

fn sessions(local: &Path) -> Vec<String> {
    disk::names(&local.join("recovery"))
}

#[test]
fn what_was_written_last_is_found_after_the_process_died() {
    for identity in [file(), Identity::Unsaved(id(9))] {
        let local = tempfile::tempdir().expect("a folder");
        let journal = open(local.path(), identity.clone());
        let (earlier, first) = typed(&small(), "・訓練：\n２回");
        let (plan, second) = typed(&earlier, "\"３回\"\u{2028}// 手順 []");
        let steps = [first, second];
        journal.write(&earlier, &steps[..1], when()).expect("room");
        journal.write(&plan, &steps, when()).expect("room");
        // What a process holds is let go of when it dies, as it is here.
        drop(journal);

        let found = recovered(local.path());
        assert_eq!(found.identity, identity);
        assert_eq!(found.plan, plan);
        assert_eq!(found.base, Some(small()));
        let base = Fingerprint::of(written(&small()).as_bytes());
        assert_eq!(found.fingerprint, Some(base));
        assert_eq!(found.steps, steps);
        assert_eq!(found.when, when());
    }
}

#[test]
fn the_steps_that_were_recovered_undo_the_work() {
    let local = tempfile::tempdir().expect("a folder");
    let journal = open(local.path(), file());
    let (mut plan, first) = typed(&small(), "１回");
    let redo = Edit::Group(vec![Edit::Remove { id: id(4) }, Edit::Remove { id: id(1) }]);
    let undo = plan.apply(&redo).expect("the edit fits");
    let second = Step {
        label: "削除".to_owned(),
        redo,
        undo,
        target: None,
    };
    journal
        .write(&plan, &[first, second], when())
        .expect("room");
    drop(journal);

    let mut found = recovered(local.path());
    for step in found.steps.iter().rev() {
        found.plan.apply(&step.undo).expect("the step fits");
    }
    assert_eq!(found.plan, small());
}

#[test]
fn the_work_of_a_living_process_is_nobody_elses() {
    let local = tempfile::tempdir().expect("a folder");
    let journal = open(local.path(), file());
    journal.write::<Step>(&real(), &[], when()).expect("room");
    assert!(journal::leftovers(local.path()).is_empty());
    drop(journal);

    let held = journal::leftovers(local.path());
    assert_eq!(held.len(), 1);
    assert!(
        journal::leftovers(local.path()).is_empty(),
        "it is offered once at a time"
    );
}

#[cfg(unix)]
#[test]
fn work_is_let_go_of_at_once_even_while_another_process_is_being_started() {
    let local = tempfile::tempdir().expect("a folder");
    let journal = open(local.path(), file());
    journal.write::<Step>(&real(), &[], when()).expect("room");
    let found = while_a_process_starts(|| {
        drop(journal);
        [(); 2].map(|()| journal::leftovers(local.path()).len())
    });
    assert_eq!(found, [1, 1]);
}

#[test]
fn two_windows_with_one_file_do_not_write_over_each_other() {
    let local = tempfile::tempdir().expect("a folder");
    let journals = [open(local.path(), file()), open(local.path(), file())];
    let plans = [small(), real()];
    for (journal, plan) in journals.iter().zip(&plans) {
        journal.write::<Step>(plan, &[], when()).expect("room");
    }
    drop(journals);
    let leftovers = journal::leftovers(local.path());
    let found = leftovers.iter().map(|leftover| leftover.read::<Step>());
    let mut found: Vec<Plan> = found.map(|found| found.expect("whole").plan).collect();
    found.sort_by_key(|plan| plan.top().len());
    assert_eq!(found, plans);
}

#[test]
fn nothing_is_left_of_work_that_is_safe() {
    let local = tempfile::tempdir().expect("a folder");
    assert!(journal::leftovers(local.path()).is_empty(), "no folder yet");

    let journal = open(local.path(), file());
    journal.write::<Step>(&real(), &[], when()).expect("room");
    journal.clear().expect("it is ours");
    journal.clear().expect("nothing to clear is no fault");
    journal
        .write::<Step>(&small(), &[], when())
        .expect("the session goes on");
    journal.close().expect("it is ours");
    assert_eq!(sessions(local.path()), [""; 0]);

    // A process that dies without unsaved work leaves a folder that the next start sweeps.
    drop(open(local.path(), file()));
    assert_eq!(sessions(local.path()).len(), 1);
    assert!(journal::leftovers(local.path()).is_empty());
    assert_eq!(sessions(local.path()), [""; 0]);

    let journal = open(local.path(), file());
    journal.write::<Step>(&real(), &[], when()).expect("room");
    drop(journal);
    for leftover in journal::leftovers(local.path()) {
        leftover.discard().expect("it is ours");
    }
    assert_eq!(sessions(local.path()), [""; 0]);
}

#[test]
fn a_leftover_can_be_opened_like_any_plan() {
    let local = tempfile::tempdir().expect("a folder");
    let journal = open(local.path(), file());
    let (plan, step) = typed(&small(), "２回");
    journal.write(&plan, &[step], when()).expect("room");
    drop(journal);
    let [leftover] = &journal::leftovers(local.path())[..] else {
        panic!("not one leftover");
    };
    let opened = files::open(&leftover.path()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(opened.plan, plan);
}

#[test]
fn a_damaged_leftover_is_refused_with_a_reason_and_stays() {
    let local = tempfile::tempdir().expect("a folder");
    let journal = open(local.path(), file());
    let (plan, step) = typed(&small(), "２回");
    journal.write(&plan, &[step], when()).expect("room");
    drop(journal);
    let path = journal::leftovers(local.path())[0].path();
    let whole = disk::read(&path);
    for length in (0..whole.len()).step_by(7) {
        disk::write(path.clone(), &whole[..length]);
        let leftovers = journal::leftovers(local.path());
        let error = leftovers[0].read::<Step>().expect_err("it is cut off");
        let said = error.to_string();
        let first = said.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("残っていた編集内容を読めませんでした。"),
            "{said}"
        );
        assert!(said.ends_with(&path.display().to_string()), "{said}");
        assert_eq!(disk::read(&path), &whole[..length], "nothing is changed");
    }

    // What is beside the work costs the work nothing.
    let text = String::from_utf8(whole).expect("text");
    let without_steps = text.replacen("手順 [", "手順 [[", 1);
    disk::write(path.clone(), without_steps.as_bytes());
    fs::write(path.with_file_name("base.ron"), "(").expect("room");
    fs::remove_file(path.with_file_name("alive")).expect("it is there");
    let found = recovered(local.path());
    assert_eq!((found.plan, found.base, found.steps), (plan, None, vec![]));
}

#[cfg(unix)]
#[test]
fn nobody_else_may_look_into_the_unsaved_work() {
    let local = tempfile::tempdir().expect("a folder");
    let _journal = open(local.path(), file());
    assert_eq!(disk::mode(&local.path().join("recovery")), 0o700);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_plan_is_recovered_as_it_was(plan in arbitrary::plan()) {
        let local = tempfile::tempdir().expect("a folder");
        let journal = open(local.path(), file());
        let mut emptied = plan.clone();
        let steps: Vec<Edit> = plan
            .top()
            .iter()
            .map(|node| emptied.apply(&Edit::Remove { id: node.id }).expect("it is there"))
            .collect();
        journal.write(&plan, &steps, when()).expect("room");
        drop(journal);
        let leftovers = journal::leftovers(local.path());
        let found = leftovers[0].read::<Edit>().unwrap_or_else(|error| panic!("{error}"));
        prop_assert_eq!(found.plan, plan);
        prop_assert_eq!(found.steps, steps);
    }
}
