//! Who has a file open is said to the next, and a dead process stands in nobody's way.

use std::{fs, path::Path};

use furikaeri::storage::lock::{Claim, Holder, Lock, beside, claim};

use crate::support::disk;

fn holder(user: &str) -> Holder {
    Holder {
        user: user.to_owned(),
        pc: "港区-PC１２".to_owned(),
        since: "2021-10-31T05:32:00Z".parse().expect("a time"),
        process: 4711,
    }
}

fn ours(file: &Path, me: &Holder) -> Lock {
    match claim(file, me) {
        Claim::Ours(lock) => lock,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_second_to_open_a_file_learns_who_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("計画.ron");
    let first = ours(&file, &holder("佐藤"));
    for _ in 0..2 {
        let Claim::Theirs(Some(who)) = claim(&file, &holder("鈴木")) else {
            panic!("佐藤 has it");
        };
        assert_eq!(who, holder("佐藤"));
    }
    assert_eq!(disk::names(folder.path()), ["~$計画.ron.lock"]);
    drop(first);
    assert_eq!(disk::names(folder.path()), [""; 0], "nothing is left");
    drop(ours(&file, &holder("鈴木")));
    assert_eq!(disk::names(folder.path()), [""; 0]);
}

#[test]
fn who_may_read_and_write_the_plan_may_do_so_with_the_name_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = disk::write(folder.path().join("計画.ron"), b"");
    let sidecar = beside(&file).expect("a name");
    for mode in [0o600, 0o640, 0o660, 0o666, 0o604] {
        disk::set_mode(&file, mode);
        let lock = ours(&file, &holder("佐藤"));
        assert_eq!(disk::mode(&sidecar), mode, "{mode:o}");
        lock.release().expect("it is taken away");
        assert_eq!(disk::names(folder.path()), ["計画.ron"]);
        // What a dead process left, whoever could read that.
        disk::write(sidecar.clone(), b"");
        disk::set_mode(&sidecar, 0o644);
        let lock = ours(&file, &holder("鈴木"));
        assert_eq!(disk::mode(&sidecar), mode, "{mode:o}");
        lock.release().expect("it is taken away");
    }
}

#[test]
fn a_name_that_somebody_else_has_taken_away_is_no_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("計画.ron");
    let lock = ours(&file, &holder("佐藤"));
    fs::remove_file(beside(&file).expect("a name")).expect("ours");
    let other = ours(&file, &holder("鈴木"));
    lock.release().expect("there is nothing to take away");
    assert_eq!(disk::names(folder.path()), ["~$計画.ron.lock"]);
    other.release().expect("it is taken away");
    assert_eq!(disk::names(folder.path()), [""; 0]);
}

#[test]
fn what_a_dead_process_left_stands_in_nobodys_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("計画.ron");
    for left in [
        ron::to_string(&holder("佐藤"))
            .expect("a line")
            .into_bytes(),
        b"\xff\xff".to_vec(),
        vec![b' '; 100_000],
    ] {
        fs::write(beside(&file).expect("a name"), left).expect("room");
        let lock = ours(&file, &holder("鈴木"));
        let Claim::Theirs(Some(who)) = claim(&file, &holder("高橋")) else {
            panic!("鈴木 has it");
        };
        assert_eq!(who, holder("鈴木"));
        drop(lock);
        assert_eq!(disk::names(folder.path()), [""; 0]);
    }
}

#[test]
fn a_place_where_nothing_can_be_written_stops_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    for file in ["ない/計画.ron", "..", &"長".repeat(84)] {
        let claimed = claim(&folder.path().join(file), &holder("佐藤"));
        assert!(matches!(claimed, Claim::Unknown(_)), "{file}: {claimed:?}");
    }
    assert_eq!(disk::names(folder.path()), [""; 0]);
}

#[test]
fn this_process_has_a_name() {
    let me = Holder::this(holder("").since);
    assert!(!me.pc.is_empty());
    assert_eq!(me.process, std::process::id());
}
