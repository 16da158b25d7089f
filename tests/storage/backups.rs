//! What a file held before it was saved can be had back.

use std::path::Path;

use furikaeri::storage::{
    backups::{BUDGET, Backup, Backups, kept, within},
    files::{self, Remark},
};
use jiff::{Timestamp, ToSpan, Zoned, tz::TimeZone};

use crate::support::{
    disk,
    plans::{real, small},
};

fn at(time: &str) -> Timestamp {
    time.parse()
        .unwrap_or_else(|error| panic!("{time}: {error}"))
}

/// Half past two in the afternoon in 大阪, so many minutes later.
fn minutes_later(minutes: i64) -> Zoned {
    let begin: Zoned = "2021-10-31T14:30:00+09:00[Asia/Tokyo]"
        .parse()
        .expect("a time");
    begin.saturating_add(minutes.minutes())
}

/// What each backup holds, the newest first.
fn contents(backups: &[Backup]) -> Vec<String> {
    let text = |backup: &Backup| String::from_utf8(disk::read(&backup.path)).expect("text");
    backups.iter().map(text).collect()
}

#[test]
fn of_one_file_the_recent_then_the_days_then_the_months_are_kept() {
    let day = |n: i64| at("2021-10-31T05:00:00Z") - (n * 24).hours();
    // The times that there are, and which of them are let go.
    let cases: [(&str, Vec<Timestamp>, &[usize]); 6] = [
        ("none", vec![], &[]),
        (
            "ten in an hour",
            (0..10)
                .map(|n| at("2021-10-31T05:00:00Z") - n.minutes())
                .collect(),
            &[],
        ),
        (
            "thirteen on one day",
            (0..13)
                .map(|n| at("2021-10-31T05:00:00Z") - n.minutes())
                .collect(),
            &[10, 11, 12],
        ),
        ("one a day for a month", (0..31).map(day).collect(), &[]),
        // 30 days back is 1 October; of September only the last day is kept.
        (
            "one a day for longer",
            (0..35).map(day).collect(),
            &[32, 33, 34],
        ),
        (
            "days are those of the office",
            // Eleven times; the last two are 2021-10-31 00:30 and 2021-10-30 23:30 in Japan, one
            // day in London.
            (0..10)
                .map(|n| at("2021-10-30T18:00:00Z") - n.minutes())
                .chain([at("2021-10-30T15:30:00Z"), at("2021-10-30T14:30:00Z")])
                .collect(),
            &[10],
        ),
    ];
    let zone = TimeZone::get("Asia/Tokyo").expect("the zone is known");
    for (name, times, gone) in cases {
        let expected: Vec<bool> = (0..times.len()).map(|n| !gone.contains(&n)).collect();
        assert_eq!(kept(&times, &zone), expected, "{name}");
    }
}

#[test]
fn in_the_budget_the_oldest_of_the_most_crowded_goes_first() {
    let shelf = |sizes: &[(i64, u64)]| -> Vec<(Timestamp, u64)> {
        let of = |&(second, bytes)| (Timestamp::from_second(second).expect("a time"), bytes);
        sizes.iter().map(of).collect()
    };
    let many = shelf(&[(9, 10), (8, 10), (7, 10), (6, 10)]);
    let few = shelf(&[(5, 10), (1, 10)]);
    let one = shelf(&[(2, 30)]);
    let cases = [
        (vec![], 0, vec![]),
        (vec![many.clone(), few.clone()], 60, vec![4, 2]),
        (vec![many.clone(), few.clone()], 59, vec![3, 2]),
        (vec![many.clone(), few.clone()], 40, vec![2, 2]),
        // As many in each: the oldest of all goes.
        (vec![many.clone(), few.clone()], 39, vec![2, 1]),
        (vec![few.clone(), one.clone()], 40, vec![1, 1]),
        (vec![one, few], 10, vec![0, 1]),
        (vec![many], 0, vec![0]),
    ];
    for (files, budget, expected) in cases {
        assert_eq!(within(&files, budget), expected, "{files:?} in {budget}");
    }
}

#[test]
fn what_a_save_replaces_can_be_had_back() {
    let (share, local) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let path = share.path().join("計画.ron");
    let backups = Backups::below(local.path(), BUDGET);
    let mut fingerprint = None;
    for (n, plan) in [small(), real(), small(), small()].iter().enumerate() {
        let now = minutes_later(n as i64);
        let saved = files::save_with(
            &path,
            plan,
            fingerprint,
            Some((&backups, &now)),
            &mut |_| false,
        );
        let saved = saved.unwrap_or_else(|error| panic!("{error}"));
        assert!(saved.remarks.is_empty(), "{:?}", saved.remarks);
        fingerprint = Some(saved.fingerprint);
    }
    // The first save replaced nothing and the last nothing else.
    let found = backups.list(&path);
    let times: Vec<Timestamp> = found.iter().map(|backup| backup.when).collect();
    assert_eq!(
        times,
        [minutes_later(2).timestamp(), minutes_later(1).timestamp()]
    );
    let plans = found
        .iter()
        .map(|backup| backup.open().expect("a plan").plan);
    assert_eq!(plans.collect::<Vec<_>>(), [real(), small()]);
    assert_eq!(
        disk::names(share.path()),
        ["計画.ron"],
        "nothing on the share"
    );
}

#[test]
fn the_same_content_is_kept_once() {
    let local = tempfile::tempdir().expect("a folder");
    let backups = Backups::below(local.path(), BUDGET);
    let path = Path::new("/共有/計画.ron");
    for (n, content) in ["甲", "乙", "甲"].iter().enumerate() {
        backups
            .keep(path, content.as_bytes(), &minutes_later(n as i64))
            .expect("room");
    }
    let found = backups.list(path);
    assert_eq!(contents(&found), ["甲", "乙"]);
    assert_eq!(found[0].when, minutes_later(2).timestamp());
    assert!(backups.list(Path::new("/共有/別の計画.ron")).is_empty());
}

#[test]
fn what_is_too_much_is_let_go_of_but_never_the_newest() {
    let local = tempfile::tempdir().expect("a folder");
    let backups = Backups::below(local.path(), 8);
    let (crowded, other) = (Path::new("/共有/甲.ron"), Path::new("/共有/乙.ron"));
    for (n, content) in ["い__", "ろ__", "は__"].iter().enumerate() {
        backups
            .keep(crowded, content.as_bytes(), &minutes_later(n as i64))
            .expect("room");
    }
    assert_eq!(contents(&backups.list(crowded)), ["は__"]);
    let large = "この内容だけで予算を超える";
    backups
        .keep(other, large.as_bytes(), &minutes_later(9))
        .expect("room");
    assert_eq!(contents(&backups.list(other)), [large]);
    assert!(backups.list(crowded).is_empty());

    // Twelve on one day: the ten most recent stay.
    let backups = Backups::below(local.path(), BUDGET);
    for n in 0..12 {
        let content = format!("{n}");
        backups
            .keep(crowded, content.as_bytes(), &minutes_later(20 + n))
            .expect("room");
    }
    let expected: Vec<String> = (2..12).rev().map(|n| n.to_string()).collect();
    assert_eq!(contents(&backups.list(crowded)), expected);
}

#[test]
fn a_backup_that_cannot_be_kept_is_said_and_stops_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    files::save(&path, &small(), None).unwrap_or_else(|error| panic!("{error}"));
    // The data folder is a file.
    let backups = Backups::below(&path, BUDGET);
    let now = minutes_later(0);
    let saved = files::save_with(&path, &real(), None, Some((&backups, &now)), &mut |_| false);
    let remarks = saved.expect("it is saved").remarks;
    let [remark @ Remark::NoBackup(_)] = &remarks[..] else {
        panic!("{remarks:?}");
    };
    assert!(
        remark.to_string().starts_with("保存しましたが、"),
        "{remark}"
    );
    assert_eq!(files::open(&path).expect("a plan").plan, real());
}

#[cfg(unix)]
#[test]
fn a_full_data_folder_keeps_no_piece_of_a_backup() {
    use crate::support::disk::TinyDisk;
    let Some(local) = TinyDisk::mount() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    files::save(&path, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    let backups = Backups::below(&local.path(), BUDGET);
    let now = minutes_later(0);
    for _ in 0..2 {
        let saved = files::save_with(&path, &small(), None, Some((&backups, &now)), &mut |_| {
            false
        });
        let remarks = saved.expect("it is saved").remarks;
        assert!(matches!(remarks[..], [Remark::NoBackup(_)]), "{remarks:?}");
        assert_eq!(files::open(&path).expect("a plan").plan, small());
        let shelf = disk::names(&local.path().join("backups"));
        let [shelf] = &shelf[..] else {
            panic!("{shelf:?}");
        };
        let shelf = local.path().join("backups").join(shelf);
        assert_eq!(disk::names(&shelf), [""; 0], "no piece of it");
        files::save(&path, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    }
}
