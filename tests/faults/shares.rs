//! Every command on shares that refuse, that hang, and that do things their own way.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Child, Stdio},
    time::{Duration, SystemTime},
};

use furikaeri::storage::{
    atomic,
    files::{self, OpenReason, Outcome, SaveReason},
};

use super::{
    commands::{Call, End, assert_said, calls_of, is_turn, strace, traced},
    inject::{is_traced, new},
    orders::{Desk, Now, ORDERS, Order, Template},
};
use crate::support::{
    disk,
    files::written,
    need::Need,
    plans::small,
    program::Run,
    shares::{Kind, Share, signal},
};

/// Runs every command on a share, and checks how it ended and what became of the file.
fn on_a_share(kind: Kind, check: impl Fn(&Run, Now, &str)) {
    let Some(share) = Share::mount(kind) else {
        return;
    };
    let template = Template::make();
    let local = tempfile::tempdir().expect("a folder");
    let (writable, seen) = match kind {
        // What nobody may write to is laid where the server has it.
        Kind::READ_ONLY | Kind::WITHOUT_RENAMING => (share.behind(), share.behind()),
        _ => (share.path(), share.behind()),
    };
    let lay = Desk::on(&writable.join("desk"), &seen.join("desk"), local.path());
    let desk = Desk::on(&share.path().join("desk"), &seen.join("desk"), local.path());
    // The stick knows no Japanese names, which the forms have.
    let fits = |order: &Order| kind != Kind::Fat || order.words[0] != "handout";
    for order in ORDERS.into_iter().filter(fits) {
        let context = format!("{:?} on {kind:?}", order.words);
        lay.lay(&template);
        let run = desk.run(order);
        let now = desk.outcome(&template, order, &context);
        check(&run, now, &context);
        let mut left = disk::names(&seen.join("desk"));
        // What was open just now is taken away by renaming it here, or not for a moment; a sweep
        // takes it later.
        let may_stay = |name: &str| match kind {
            Kind::WITHOUT_RENAMING => true,
            Kind::Smb => is_turn(name),
            _ => false,
        };
        left.retain(|name| name.starts_with(".furikaeri") && !may_stay(name));
        assert_eq!(left, [""; 0], "{context}");
    }
}

#[test]
fn every_command_writes_on_a_share_that_keeps_neither_mode_nor_owner_and_says_so_once() {
    on_a_share(Kind::WITHOUT_MODES, |run, now, context| {
        assert_eq!((run.status, now), (Some(0), Now::New), "{run:?}: {context}");
        let said = run
            .errors
            .matches("アクセス権を引き継げませんでした")
            .count();
        assert_eq!(said, 1, "{run:?}: {context}");
    });
}

#[test]
fn every_command_writes_on_a_stick() {
    on_a_share(Kind::Fat, |run, now, context| {
        assert_eq!((run.status, now), (Some(0), Now::New), "{run:?}: {context}");
        // It has one mode and one owner for all: nothing is lost.
        assert_eq!(run.errors, "", "{context}");
    });
}

#[test]
fn every_command_writes_on_a_windows_share() {
    on_a_share(Kind::Smb, |run, now, context| {
        assert_eq!((run.status, now), (Some(0), Now::New), "{run:?}: {context}");
        assert_eq!(run.errors, "", "{context}");
    });
}

#[test]
fn a_share_that_refuses_keeps_every_file_as_it_was() {
    for kind in [Kind::READ_ONLY, Kind::WITHOUT_RENAMING] {
        on_a_share(kind, |run, now, context| {
            assert_eq!((run.status, now), (Some(1), Now::Old), "{run:?}: {context}");
            assert_eq!(run.errors.lines().count(), 1, "{run:?}: {context}");
        });
    }
}

/// The server takes the file away and then refuses the new name to what is open, to a virus scanner
/// for instance.
#[test]
fn what_a_windows_share_has_taken_away_is_put_back() {
    let Some(share) = Share::mount(Kind::Smb) else {
        return;
    };
    let path = share.path().join("plan.ron");
    atomic::replace(&path, b"old", |_| Ok(())).expect("room");
    atomic::replace(&path, b"new", |_| open_temp_of(&path)).expect("it is put back");
    assert_eq!(disk::read(&share.behind().join("plan.ron")), b"new");
}

#[test]
fn where_the_content_is_that_cannot_be_put_back_is_said_and_no_sweep_takes_it() {
    let Some(share) = Share::mount(Kind::Smb) else {
        return;
    };
    let path = share.path().join("plan.ron");
    atomic::replace(&path, written(&small()).as_bytes(), |_| Ok(())).expect("room");
    // Under the name itself, a file is opened to see that it is gone, and to write it once more.
    let fault = format!("-P {} --inject=openat:error=EIO:when=2+", path.display());
    let record = tempfile::NamedTempFile::new().expect("room");
    if !is_traced(&fault, record.path()) {
        return;
    }
    let content = written(&new());
    let replaced = atomic::replace(&path, content.as_bytes(), |_| open_temp_of(&path));
    let reason = files::save_reason(replaced.expect_err("it cannot be put back"));
    assert_eq!(reason.outcome(), Outcome::Unsure);
    let SaveReason::Gone {
        holds: Some(left), ..
    } = &reason
    else {
        panic!("{reason:?}");
    };
    let name = left
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    assert!(reason.to_string().contains(&name), "{reason}");
    assert_eq!(disk::names(&share.behind()), std::slice::from_ref(&name));
    assert_eq!(disk::read(&share.behind().join(&name)), content.as_bytes());

    let later = SystemTime::now() + Duration::from_secs(24 * 60 * 60);
    assert_eq!(
        atomic::sweep(&share.path(), later),
        0,
        "it is all that is left"
    );
    let looked_for = share.behind().join("plan.ron");
    let error = files::open(&looked_for).expect_err("it is gone");
    assert!(
        matches!(&error.reason, OpenReason::Left(it) if it.ends_with(&name)),
        "{error}"
    );
    // Under its name again, it is the plan.
    fs::rename(share.behind().join(&name), &looked_for).expect("ours");
    assert_eq!(files::open(&looked_for).expect("a plan").plan, new());
}

/// Opens the temp file that is to replace a file, and leaves it open.
fn open_temp_of(path: &Path) -> std::io::Result<()> {
    let left = atomic::left_of(path);
    let [temp] = &left[..] else {
        panic!("one temp file: {left:?}");
    };
    std::mem::forget(fs::File::open(temp)?);
    Ok(())
}

#[test]
fn a_share_that_hangs_and_then_breaks_off_leaves_every_file_whole() {
    if !Need::Strace.is_met() {
        return;
    }
    let template = Template::make();
    for order in ORDERS {
        let local = tempfile::tempdir().expect("a folder");
        let record = local.path().join("record");
        let desk = Desk::at(local.path());
        desk.lay(&template);
        let Some(end) = traced(&desk, order, &record) else {
            return;
        };
        // It hangs when a file has been looked at but not opened, and after each step to the new one.
        let is_step = |call: &Call| {
            ["fsync", "unlink"].contains(&&*call.name) || call.name.starts_with("rename")
        };
        let calls = calls_of(&end.record);
        let steps = calls.iter().skip(1).filter(|call| is_step(call));
        for call in calls.first().into_iter().chain(steps) {
            let Some(share) = Share::mount(Kind::Plain(&[])) else {
                return;
            };
            let (folder, seen) = (share.path().join("desk"), share.behind().join("desk"));
            let desk = Desk::on(&folder, &seen, &local.path().join("local"));
            desk.lay(&template);
            let context = format!("{:?} hangs after {}", order.words, call.matter);
            let _none_yet = fs::remove_file(&record);
            let mut command = desk.command(order, &strace(&call.fault("signal=STOP"), &record));
            command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::piped());
            let child = command.spawn().expect("strace is there");
            let process = stopped(&record);
            share.stop();
            signal("CONT", process);
            let end = break_off_when_waited_for(child, &share);
            let now = desk.outcome(&template, order, &context);
            let has_backup = order.replaces != ["plan.ron"] || desk.has_backup(&template);
            assert_said(now, &end, has_backup, &context);
        }
    }
}

/// Waits until the command is stopped, as strace writes down; its number.
pub fn stopped(record: &Path) -> u32 {
    loop {
        let text = fs::read_to_string(record).unwrap_or_default();
        let line = text
            .lines()
            .find(|line| line.contains("--- stopped by SIGSTOP"));
        if let Some(line) = line {
            let number = line
                .split(' ')
                .next()
                .and_then(|number| number.parse().ok());
            return number.unwrap_or_else(|| panic!("{line}"));
        }
        let process = text.split(' ').next().unwrap_or_default();
        let has_ended = text.contains(&format!("{process} +++ exited"));
        assert!(process.is_empty() || !has_ended, "it has ended before");
        std::thread::yield_now();
    }
}

/// The share breaks off as soon as the command waits for it; if it never does, it ends by itself.
fn break_off_when_waited_for(mut child: Child, share: &Share) -> End {
    loop {
        if share.is_waited_for() {
            share.break_off();
            break;
        }
        if child.try_wait().expect("a child").is_some() {
            break;
        }
        std::thread::yield_now();
    }
    let mut errors = String::new();
    let mut pipe = child.stderr.take().expect("a pipe");
    pipe.read_to_string(&mut errors).expect("text");
    End {
        status: child.wait().expect("a child"),
        errors,
        record: String::new(),
    }
}
