//! Whatever system call of a save goes wrong, the file is the old or the new one, whole.

use std::{process::Command, sync::Mutex};

use furikaeri::storage::{
    Fingerprint,
    atomic::Loss,
    files::{self, Attempt, Outcome, Remark, SaveReason},
};

use super::inject::{Call, Desk, End, for_each, is_the_saver, is_traced, new};
use crate::support::{
    disk,
    files::{small_file, written},
    need::{Need, left_out},
    plans::real,
};

#[test]
fn a_save_in_a_process_of_its_own() {
    if is_the_saver() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::in_folder(folder.path().to_owned());
    if desk.calls().is_none() {
        return;
    }
    assert!(desk.has_backup());
    desk.assert_swept("nothing went wrong");
}

#[test]
fn a_save_that_is_killed_at_any_call_leaves_the_old_or_the_new_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = Desk::in_folder(folder.path().join("first"));
    let Some(calls) = first.calls() else {
        return;
    };
    let outcomes = Mutex::new(Vec::new());
    for_each(folder.path(), &calls, |desk, call| {
        desk.killed_at(call, || {});
        let is_new = desk.is_new(&call.line);
        assert!(desk.has_backup() || !is_new, "no backup: {}", call.line);
        desk.assert_swept(&call.line);
        outcomes.lock().expect("whole").push(is_new);
    });
    let outcomes = outcomes.into_inner().expect("whole");
    assert_eq!(outcomes.len(), calls.len());
    assert!(outcomes.contains(&true) && outcomes.contains(&false));
}

#[test]
fn a_save_in_which_any_call_fails_is_made_whole_or_says_why_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = Desk::in_folder(folder.path().join("first"));
    let Some(calls) = first.calls() else {
        return;
    };
    // What closes a file is not asked how it went: all was synced before. What closes a folder is,
    // by Rust's own library, which panics on an error that no Linux file system gives.
    let fallible: Vec<Call> = calls
        .into_iter()
        .filter(|call| call.name != "close")
        .collect();
    let errors = [
        ("ENOSPC", "ディスクの空きが足りません"),
        ("EIO", "書き込み中に失敗しました（"),
        ("EACCES", "書き込む権限がありません"),
    ];
    for (error, piece) in errors {
        let ends = Mutex::new(Vec::new());
        for_each(folder.path(), &fallible, |desk, call| {
            let context = format!("{error} from {}", call.line);
            let end = desk.failing_at(call, error, "");
            let is_new = desk.is_new(&context);
            match &end {
                End::Killed | End::Untraced(_) => panic!("it died: {context}"),
                End::Saved(said) => {
                    assert!(is_new, "it was not saved: {context}");
                    let is_said = said.contains("控えを残せませんでした");
                    assert!(desk.has_backup() || is_said, "no backup: {context}");
                }
                End::Failed(said) => {
                    let unsure = said.contains("確かめられませんでした");
                    assert_eq!(is_new, unsure, "{said}: {context}");
                    assert!(unsure || said.contains(piece), "{said}: {context}");
                    assert_eq!(said.lines().count(), 3, "{said}: {context}");
                }
            }
            desk.assert_swept(&context);
            ends.lock().expect("whole").push(end);
        });
        let ends = ends.into_inner().expect("whole");
        assert_eq!(ends.len(), fallible.len());
        let any = |wanted: fn(&End) -> bool| ends.iter().any(wanted);
        assert!(any(
            |end| matches!(end, End::Failed(said) if !said.contains("確かめられません"))
        ));
        assert!(any(
            |end| matches!(end, End::Failed(said) if said.contains("確かめられません"))
        ));
        assert!(any(
            |end| matches!(end, End::Saved(said) if said.contains("控えを残せ"))
        ));
    }
}

#[test]
fn a_file_that_another_program_holds_is_tried_again_and_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::in_folder(folder.path().to_owned());
    let Some(calls) = desk.calls() else {
        return;
    };
    let last = calls.iter().rfind(|call| call.name.starts_with("rename"));
    let last = last.expect("the new file gets its name");

    let twice = format!("..{}", last.ordinal + 1);
    let End::Saved(said) = desk.failing_at(last, "EBUSY", &twice) else {
        panic!("the third attempt is free");
    };
    assert_eq!(said, "2 回目は 1 秒後\n3 回目は 1 秒後\n");
    assert!(desk.is_new("the third attempt is free"));

    let End::Failed(said) = desk.failing_at(last, "EBUSY", "+") else {
        panic!("it is never free");
    };
    let pauses = said.lines().filter(|line| line.contains("回目は")).count();
    assert_eq!(pauses, 6, "{said}");
    assert!(
        said.contains("ほかのプログラムがこのファイルを使っています"),
        "{said}"
    );
    assert!(!desk.is_new("it is never free"));
    desk.assert_swept("it is never free");
}

#[test]
fn what_somebody_else_saved_during_a_pause_is_not_overwritten() {
    if !Need::Disks.is_met() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::in_folder(folder.path().to_owned());
    desk.lay();
    let path = desk.plan();
    // Nothing can be renamed over a file on which another one is mounted.
    let other = disk::write(folder.path().join("other"), small_file().as_bytes());
    let mount = Command::new("mount")
        .arg("--bind")
        .args([&other, &path])
        .output()
        .expect("mount is there");
    if !mount.status.success() {
        let reason = String::from_utf8_lossy(&mount.stderr);
        return left_out("the right to mount", &reason);
    }
    let mut pauses = Vec::new();
    let mut wait = |attempt: Attempt| {
        pauses.push(attempt.number);
        let umount = Command::new("umount").arg(&path).output();
        assert!(umount.is_ok_and(|output| output.status.success()));
        disk::write(path.clone(), written(&real()).as_bytes());
        true
    };
    let expected = Some(Fingerprint::of(small_file().as_bytes()));
    let error = files::save_with(&desk.plan(), &new(), expected, None, &mut wait)
        .expect_err("somebody else has saved");
    assert!(matches!(error.reason, SaveReason::ChangedOnDisk), "{error}");
    assert_eq!(pauses, [2]);
    assert_eq!(disk::read(&path), written(&real()).as_bytes());
    assert_eq!(disk::names(&desk.share()), ["計画.ron"]);
}

#[test]
fn an_owner_that_cannot_be_kept_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::in_folder(folder.path().to_owned());
    desk.lay();
    if let Err(error) = std::os::unix::fs::chown(desk.plan(), Some(4711), None) {
        return left_out("the right to give a file away", &error.to_string());
    }
    let fault = "--inject=fchown:error=EPERM";
    if !is_traced(fault, &folder.path().join("record")) {
        return;
    }
    let saved = files::save_with(&desk.plan(), &new(), None, None, &mut |_| false);
    let remarks = saved.expect("it is saved").remarks;
    assert!(
        matches!(remarks[..], [Remark::Lost(Loss::Owner)]),
        "{remarks:?}"
    );
    assert!(desk.is_new("the owner is not kept"));
}

#[test]
fn a_place_that_knows_no_syncing_of_folders_is_saved_on() {
    for (error, is_unknown) in [
        ("EOPNOTSUPP", true),
        ("ENOSYS", true),
        ("EINVAL", true),
        ("EPERM", true),
        ("EIO", false),
        ("ENOSPC", false),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Desk::in_folder(folder.path().to_owned());
        desk.lay();
        // The first is of the file.
        let fault = format!("--inject=fsync:error={error}:when=2");
        let saved = std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let record = folder.path().join("record");
                is_traced(&fault, &record).then(|| files::save(&desk.plan(), &new(), None))
            });
            thread.join().expect("no panic")
        });
        let Some(saved) = saved else {
            return;
        };
        assert!(desk.is_new(error));
        match saved {
            Ok(_) => assert!(is_unknown, "{error}"),
            Err(failed) => {
                assert!(!is_unknown, "{failed}");
                assert_eq!(failed.reason.outcome(), Outcome::New, "{failed}");
                let said = failed.to_string();
                assert!(
                    said.starts_with("保存を終えられませんでした。新しい内容は書きましたが"),
                    "{said}"
                );
            }
        }
    }
}
