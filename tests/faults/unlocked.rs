//! A share that knows no locks: what is written there has to do, and nobody is kept out.

use std::fs;

use furikaeri::{
    plan::Edit,
    storage::{
        files::{self, SaveReason},
        journal::{self, Identity, Journal},
        lock::{Claim, Holder, beside, claim},
    },
};
use jiff::{SignedDuration, Timestamp};

use super::inject::{is_traced, new, now};
use crate::support::{disk, plans::small};

fn holder(user: &str, since: Timestamp) -> Holder {
    Holder {
        user: user.to_owned(),
        pc: "MNT-0123".to_owned(),
        since,
        process: 4711,
    }
}

/// From here on, this thread can lock nothing.
fn without_locks() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("record");
    if !is_traced("--inject=flock:error=ENOLCK", &record) {
        return None;
    }
    let probe = fs::File::create(folder.path().join("probe")).expect("room");
    assert!(
        matches!(probe.try_lock(), Err(fs::TryLockError::Error(_))),
        "locks still work"
    );
    Some(folder)
}

#[test]
fn without_locks_an_entry_is_believed_for_a_working_day() {
    let Some(folder) = without_locks() else {
        return;
    };
    let share = folder.path().join("共有");
    fs::create_dir(&share).expect("room");
    let file = share.join("計画.ron");
    let sidecar = beside(&file).expect("a name");
    let begin = now().timestamp();
    let entry = holder("佐藤", begin);
    let leave_entry = || {
        let line = ron::to_string(&entry).expect("a line");
        disk::write(sidecar.clone(), line.as_bytes());
    };
    for (hours, is_believed) in [(0, true), (11, true), (12, false), (24 * 365, false)] {
        leave_entry();
        let me = holder("鈴木", begin + SignedDuration::from_hours(hours));
        match claim(&file, &me) {
            Claim::PerhapsTheirs(who) if is_believed => {
                assert_eq!(who, entry);
                let line = ron::to_string(&entry).expect("a line");
                assert_eq!(
                    disk::read(&sidecar),
                    line.as_bytes(),
                    "it is left as it was"
                );
            }
            Claim::Ours(lock) if !is_believed => {
                drop(lock);
                assert_eq!(disk::names(&share), [""; 0]);
            }
            other => panic!("after {hours} hours: {other:?}"),
        }
    }
    // What this process wrote itself, or nobody, is in nobody's way.
    leave_entry();
    for _ in 0..2 {
        let Claim::Ours(lock) = claim(&file, &entry) else {
            panic!("nobody else has it");
        };
        drop(lock);
        assert_eq!(disk::names(&share), [""; 0]);
    }
}

#[test]
fn without_locks_unsaved_work_is_rather_offered_twice_than_never() {
    let Some(folder) = without_locks() else {
        return;
    };
    let identity = Identity::File("/共有/計画.ron".into());
    let journal = Journal::open(folder.path(), identity, &small(), None).expect("room");
    let write = || journal.write::<Edit>(&new(), &[], now().timestamp());
    assert!(journal::leftovers(folder.path()).is_empty());
    write().expect("a session without work is not swept while it may be alive");
    assert_eq!(journal::leftovers(folder.path()).len(), 1);
}

#[test]
fn without_locks_a_plan_is_saved_as_well_and_nothing_is_left() {
    let Some(folder) = without_locks() else {
        return;
    };
    let share = folder.path().join("共有");
    fs::create_dir(&share).expect("room");
    let path = share.join("計画.ron");
    let first = files::save(&path, &small(), None).unwrap_or_else(|error| panic!("{error}"));
    let second = files::save(&path, &new(), Some(first)).unwrap_or_else(|error| panic!("{error}"));
    let error = files::save(&path, &small(), Some(first)).expect_err("it has changed");
    assert!(matches!(error.reason, SaveReason::ChangedOnDisk), "{error}");
    assert_eq!(second, files::open(&path).expect("a plan").fingerprint);
    assert_eq!(disk::names(&share), ["計画.ron"]);
}
