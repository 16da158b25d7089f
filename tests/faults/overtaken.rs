//! Somebody saves while a command is at it, whatever the file is called on its command line: what
//! they saved stays, and the command says so.

use std::{
    fs,
    os::unix::fs::symlink,
    process::{Command, Stdio},
};

use super::{
    commands::{calls_of, strace, traced},
    orders::{Desk, Order, Template, order},
    shares::stopped,
};
use crate::support::{
    disk,
    program::{EXECUTABLE, finish},
    shares::signal,
};

const TO: &[&str] = &["plan.ron"];

const ORDERS: [Order; 8] = [
    order(&["check", "./plan.ron", "--fix"], TO),
    order(&["check", "link.ron", "--fix"], TO),
    order(&["handout", "link.ron", "--to", "forms"], TO),
    order(&["collect", "plan.ron", "returned.xlsx"], TO),
    order(
        &["collect", "plan.ron", "returned.xlsx", "--to", "link.ron"],
        TO,
    ),
    order(
        &[
            "merge",
            "base.ron",
            "plan.ron",
            "theirs.ron",
            "--to",
            "./plan.ron",
        ],
        TO,
    ),
    order(
        &[
            "merge",
            "base.ron",
            "plan.ron",
            "theirs.ron",
            "--to",
            "../share/plan.ron",
        ],
        TO,
    ),
    order(
        &[
            "merge",
            "base.ron",
            "./plan.ron",
            "theirs.ron",
            "--to",
            "link.ron",
        ],
        TO,
    ),
];

#[test]
fn what_somebody_saves_while_a_command_is_at_it_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("record");
    let template = Template::make();
    let desk = Desk::at(folder.path());
    for order in ORDERS {
        let lay = || {
            desk.lay(&template);
            symlink("plan.ron", desk.folder.join("link.ron")).expect("a new link");
        };
        lay();
        let Some(end) = traced(&desk, order, &record) else {
            return;
        };
        // All that it has to read is read by the time that it writes.
        let calls = calls_of(&end.record);
        let first = calls
            .iter()
            .find(|call| call.changes_the_disk())
            .expect("it writes");
        lay();
        let _none_yet = fs::remove_file(&record);
        let mut command = desk.command(order, &strace(&first.fault("signal=STOP"), &record));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let child = command.spawn().expect("strace is there");
        let process = stopped(&record);
        let mut somebody = Command::new(EXECUTABLE);
        somebody
            .args(["check", "plan.ron", "--fix"])
            .current_dir(&desk.folder);
        let saved = finish(&mut somebody);
        assert_eq!((saved.status, &*saved.errors), (Some(0), ""), "{order:?}");
        let theirs = disk::read(&desk.folder.join("plan.ron"));
        signal("CONT", process);
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}: {order:?}");
        assert!(
            said.contains("ほかの人がこのファイルを保存しています"),
            "{said}: {order:?}"
        );
        assert_eq!(
            disk::read(&desk.folder.join("plan.ron")),
            theirs,
            "{order:?}"
        );
        assert!(!desk.folder.join("forms").exists(), "{order:?}");
    }
}
