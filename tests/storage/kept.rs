//! What is kept on this PC can be seen and removed, for one plan and for all, and nobody else can
//! read it.

use std::path::{Path, PathBuf};

use furikaeri::{
    plan::Edit,
    storage::{
        backups::{BUDGET, Backups},
        journal::{self, Identity, Journal},
        kept::{self, Amount, Kept},
    },
};
use jiff::Zoned;

use crate::support::{
    disk,
    plans::{id, real, small},
};

const PLAN: &str = "/共有/計画.ron";
const OTHER: &str = "/共有/別の計画.ron";

fn now() -> Zoned {
    "2021-10-31T14:30:00+09:00[Asia/Tokyo]"
        .parse()
        .expect("a time")
}

fn keep(local: &Path, file: &str, content: &str) {
    let backups = Backups::below(local, BUDGET);
    let kept = backups.keep(Path::new(file), content.as_bytes(), &now());
    kept.expect("room");
}

/// A session with unsaved work in it.
fn work(local: &Path, identity: Identity) -> Journal {
    let journal = Journal::open(local, identity, &small(), None).expect("room");
    let written = journal.write::<Edit>(&real(), &[], now().timestamp());
    written.expect("room");
    journal
}

fn counts(kept: &Kept) -> (Option<&Path>, usize, usize) {
    (kept.file.as_deref(), kept.backups.count, kept.work.count)
}

/// Two backups and a dead session of one plan, a backup of another, work of one that was never
/// saved; and a living session, which is returned.
fn a_full_folder(local: &Path) -> Journal {
    keep(local, PLAN, "甲");
    keep(local, PLAN, "乙乙");
    keep(local, OTHER, "丙丙丙");
    drop(work(local, Identity::File(PLAN.into())));
    drop(work(local, Identity::Unsaved(id(9))));
    work(local, Identity::File(PLAN.into()))
}

#[test]
fn what_is_kept_is_listed_with_its_size_by_plan() {
    let local = tempfile::tempdir().expect("a folder");
    assert_eq!(kept::all(local.path()), []);
    let _living = a_full_folder(local.path());
    let plan = kept::of(local.path(), Path::new(PLAN));
    assert_eq!(counts(&plan), (Some(Path::new(PLAN)), 2, 1));
    assert_eq!(plan.backups, Amount { count: 2, bytes: 9 });
    assert!(plan.work.bytes > 0);
    assert_eq!(plan.total().count, 3);
    assert_eq!(plan.total().bytes, plan.work.bytes + 9);
    // The same file, called otherwise.
    let again = kept::of(local.path(), Path::new("/共有/../共有/./計画.ron"));
    assert_eq!(again.total(), plan.total());

    let all = kept::all(local.path());
    let mut found: Vec<_> = all.iter().map(counts).collect();
    found.sort();
    let expected = [
        (None, 0, 1),
        (Some(Path::new(OTHER)), 1, 0),
        (Some(Path::new(PLAN)), 2, 1),
    ];
    assert_eq!(found, expected);
    let sizes: Vec<u64> = all.iter().map(|kept| kept.total().bytes).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
}

#[test]
fn what_is_kept_of_one_plan_goes_and_the_rest_stays() {
    let local = tempfile::tempdir().expect("a folder");
    let living = a_full_folder(local.path());
    let removed = kept::of(local.path(), Path::new(PLAN)).remove();
    removed.unwrap_or_else(|error| panic!("{error}"));
    let plan = kept::of(local.path(), Path::new(PLAN));
    assert_eq!(counts(&plan), (Some(Path::new(PLAN)), 0, 0));
    assert_eq!(kept::all(local.path()).len(), 2);
    // What a living process keeps is its own.
    drop(living);
    let plan = kept::of(local.path(), Path::new(PLAN));
    assert_eq!(counts(&plan), (Some(Path::new(PLAN)), 0, 1));
}

#[test]
fn all_of_it_goes() {
    let local = tempfile::tempdir().expect("a folder");
    drop(a_full_folder(local.path()));
    for kept in kept::all(local.path()) {
        kept.remove().unwrap_or_else(|error| panic!("{error}"));
    }
    assert_eq!(kept::all(local.path()), []);
    for folder in disk::names(local.path()) {
        assert_eq!(disk::names(&local.path().join(folder)), [""; 0]);
    }
}

/// It was looked at, and then somebody took the work up.
#[test]
fn work_that_somebody_has_taken_up_is_not_removed() {
    let local = tempfile::tempdir().expect("a folder");
    drop(work(local.path(), Identity::File(PLAN.into())));
    let seen = kept::of(local.path(), Path::new(PLAN));
    assert_eq!(seen.work.count, 1);
    let offered = journal::leftovers(local.path());
    assert_eq!(offered.len(), 1);
    seen.remove().unwrap_or_else(|error| panic!("{error}"));
    assert!(offered[0].read::<Edit>().is_ok());
}

#[cfg(unix)]
#[test]
fn nobody_else_can_look_into_what_is_kept() {
    fn below(folder: &Path) -> Vec<PathBuf> {
        let paths = disk::names(folder)
            .into_iter()
            .map(|name| folder.join(name));
        paths
            .flat_map(|path| match path.is_dir() {
                true => [vec![path.clone()], below(&path)].concat(),
                false => vec![path],
            })
            .collect()
    }
    let local = tempfile::tempdir().expect("a folder");
    // As an older program may have made it.
    for name in ["backups", "recovery"] {
        std::fs::create_dir(local.path().join(name)).expect("room");
        disk::set_mode(&local.path().join(name), 0o755);
    }
    let _living = a_full_folder(local.path());
    let found = below(local.path());
    assert!(found.len() > 12, "{found:?}");
    for path in found {
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(disk::mode(&path), mode, "{path:?}");
    }
}
