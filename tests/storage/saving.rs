//! Saving to real files: the new file or the old one, whole, and never anything beside it.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use furikaeri::{
    plan::Plan,
    storage::{
        Fingerprint, atomic,
        backups::{BUDGET, Backups},
        files::{self, SaveError},
    },
};
use jiff::Zoned;

use crate::support::{
    disk,
    files::{small_file, written},
    plans::{real, small},
};

fn save(path: &Path, plan: &Plan) -> Fingerprint {
    files::save(path, plan, None).unwrap_or_else(|error| panic!("{error}"))
}

fn open(path: &Path) -> files::Opened {
    files::open(path).unwrap_or_else(|error| panic!("{error}"))
}

/// Saving fails with these words, and leaves everything in the folder as it was.
fn assert_refused(path: &Path, folder: &Path, expected: Option<Fingerprint>, piece: &str) {
    let names = disk::names(folder);
    let before = fs::read(path).ok();
    let Err(error) = files::save(path, &real(), expected) else {
        panic!("{path:?} に保存できてしまった");
    };
    assert_says(&error, path, piece);
    assert_eq!(fs::read(path).ok(), before, "the old file is whole");
    assert_eq!(disk::names(folder), names, "nothing is left behind");
}

/// A message has what is wrong on its first line, what is safe on the next, and then the path.
fn assert_says(error: &SaveError, path: &Path, piece: &str) {
    let said = error.to_string();
    let lines: Vec<&str> = said.lines().collect();
    let [wrong, safe, last] = lines[..] else {
        panic!("三行ではない: {said}");
    };
    assert!(wrong.starts_with("保存できませんでした。"), "{said}");
    assert!(wrong.contains(piece), "「{piece}」がない: {said}");
    assert_eq!(safe, "編集中の内容はこの画面に残っています。");
    assert_eq!(last, path.display().to_string());
}

#[test]
fn what_was_saved_opens_again_and_may_be_saved_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("令和３年度 港区.ron");
    let first = save(&path, &small());
    let opened = open(&path);
    assert_eq!(opened.plan, small());
    assert_eq!(opened.fingerprint, first, "saving and opening agree on it");

    let second = files::save(&path, &real(), Some(first)).unwrap_or_else(|e| panic!("{e}"));
    assert_ne!(second, first);
    assert_eq!(disk::read(&path), written(&real()).as_bytes());
    files::save(&path, &small(), Some(second)).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(open(&path).plan, small());
    assert_eq!(disk::names(folder.path()), ["令和３年度 港区.ron"]);
}

#[test]
fn what_somebody_else_saved_meanwhile_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    let mine = save(&path, &small());
    disk::write(
        path.clone(),
        small_file().replace("訓練", "演習").as_bytes(),
    );
    assert_refused(
        &path,
        folder.path(),
        Some(mine),
        "ほかの人がこのファイルを保存しています",
    );

    // Told to replace it whatever it is, it does.
    save(&path, &small());
    assert_eq!(open(&path).plan, small());
}

#[test]
fn a_file_that_was_deleted_meanwhile_is_written_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    let mine = save(&path, &small());
    fs::remove_file(&path).expect("the file is there");
    let saved = files::save(&path, &real(), Some(mine));
    assert_eq!(
        saved.map_err(|e| e.to_string()),
        Ok(open(&path).fingerprint)
    );
}

#[test]
fn a_write_protected_file_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = disk::write(folder.path().join("計画.ron"), small_file().as_bytes());
    let set_readonly = |readonly| {
        let mut permissions = fs::metadata(&path).expect("the file").permissions();
        permissions.set_readonly(readonly);
        fs::set_permissions(&path, permissions).expect("the file is ours");
    };
    set_readonly(true);
    assert_refused(&path, folder.path(), None, "読み取り専用かもしれません");
    set_readonly(false);
}

#[test]
fn a_place_where_no_file_can_be_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let file = disk::write(here.join("計画.ron"), b"");
    let missing = here.join("ない/計画.ron");
    assert_refused(&missing, here, None, "保存先のフォルダーがありません");
    assert_refused(
        &file.join("計画.ron"),
        here,
        None,
        "保存先のフォルダーがありません",
    );
    assert_refused(here, here, None, "同じ名前のフォルダーがあります");
}

#[test]
fn what_dead_saves_left_is_swept_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let left = disk::write(here.join(".furikaeri-aB3xY9.tmp"), b"(");
    let alive = fs::File::create(here.join(".furikaeri-living.tmp")).expect("a new file");
    alive.try_lock().expect("nobody else has it");
    let others = [
        ".furikaeri-aB3xY9",
        ".furikaeri-a b.tmp",
        "furikaeri-aB3xY9.tmp",
        "計画.ron",
    ];
    for name in others {
        disk::write(here.join(name), b"");
    }
    fs::create_dir(here.join(".furikaeri-folder.tmp")).expect("a new folder");

    let now = SystemTime::now();
    assert_eq!(atomic::sweep(here, now), 0, "a save may be at it");
    assert!(left.exists());
    let later = now + Duration::from_secs(2 * 60 * 60);
    assert_eq!(atomic::sweep(here, later), 1);
    assert!(!left.exists());
    let mut expected = others.to_vec();
    expected.extend([".furikaeri-folder.tmp", ".furikaeri-living.tmp"]);
    expected.sort_unstable();
    assert_eq!(disk::names(here), expected);
    assert_eq!(atomic::sweep(&here.join("ない"), later), 0);
}

/// On some shares the old file can be gone before the new one has its name.
#[test]
fn what_may_be_all_that_is_left_of_a_file_is_not_swept_and_can_be_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    save(&path, &small());
    // As a process leaves it that dies just before the new file gets its name.
    let mut left = Vec::new();
    let content = written(&real());
    let died = atomic::prepare(&path, content.as_bytes(), |_| {
        left = atomic::left_of(&path);
        Err(std::io::ErrorKind::Other.into())
    });
    assert!(died.is_err());
    let [left] = &left[..] else {
        panic!("one temp file: {left:?}");
    };
    disk::write(left.clone(), content.as_bytes());
    let other = folder.path().join("別の計画.ron");
    assert_eq!(
        atomic::left_of(&other),
        [""; 0].map(std::path::PathBuf::from)
    );

    let later = SystemTime::now() + Duration::from_secs(2 * 60 * 60);
    fs::rename(&path, &other).expect("ours");
    assert_eq!(atomic::sweep(folder.path(), later), 0);
    let error = files::open(&path).expect_err("it is gone");
    let files::OpenReason::Left(found) = &error.reason else {
        panic!("{error}");
    };
    assert_eq!(found, left);
    let name = left
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    assert!(error.to_string().contains(&name), "{error}");
    assert_eq!(open(found).plan, real());

    // Once there is a file of that name, it is needless.
    fs::rename(&other, &path).expect("ours");
    assert_eq!(atomic::sweep(folder.path(), later), 1);
    assert_eq!(disk::names(folder.path()), ["計画.ron"]);
}

#[test]
fn a_file_that_was_not_there_when_it_was_asked_for_is_not_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    let expected = files::Expected::as_it_is(&path).expect("nothing is there");
    assert_eq!(expected, files::Expected::Nothing);
    let save_over = |plan: Plan| files::save_over(&path, &plan, expected, None, &mut |_| false);
    save_over(small()).unwrap_or_else(|error| panic!("{error}"));
    let error = save_over(real()).expect_err("somebody else has made it");
    assert!(
        matches!(error.reason, files::SaveReason::Appeared),
        "{error}"
    );
    assert_eq!(open(&path).plan, small());
    let expected = files::Expected::as_it_is(&path).expect("it is there");
    assert_eq!(expected, files::Expected::Content(open(&path).fingerprint));
    assert_eq!(disk::names(folder.path()), ["計画.ron"]);
}

#[test]
fn a_name_without_an_extension_gets_one_and_it_is_said_whether_that_file_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    disk::write(here.join("表.pdf"), b"");
    disk::write(here.join("表"), b"");
    for (name, extension, expected, is_there) in [
        ("表", "pdf", "表.pdf", true),
        ("表", "ron", "表.ron", false),
        ("表.pdf", "ron", "表.pdf", true),
        ("表.xlsx", "ron", "表.xlsx", false),
        ("ない/表", "ron", "ない/表.ron", false),
    ] {
        let target = files::with_extension(&here.join(name), extension);
        let path = here.join(expected);
        assert_eq!(target, files::Target { path, is_there }, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_is_the_same_by_whatever_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let path = disk::write(here.join("計画.ron"), b"");
    let other = disk::write(here.join("別.ron"), b"");
    fs::hard_link(&path, here.join("固い.ron")).expect("a new link");
    std::os::unix::fs::symlink("計画.ron", here.join("緩い.ron")).expect("a new link");
    for (name, is_same) in [
        ("計画.ron", true),
        ("./計画.ron", true),
        ("固い.ron", true),
        ("緩い.ron", true),
        ("別.ron", false),
        ("ない.ron", false),
    ] {
        assert_eq!(files::is_same(&path, &here.join(name)), is_same, "{name}");
    }
    assert!(!files::is_same(
        &here.join("ない.ron"),
        &here.join("ない.ron")
    ));
    assert!(files::is_same(&other, &other));
}

#[test]
fn a_save_takes_away_what_a_dead_one_left_beside_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let path = here.join("計画.ron");
    save(&path, &small());
    for (name, hours) in [("aB3xY9", 2), ("aB3xY8", 0)] {
        let left = fs::File::create(here.join(format!(".furikaeri-{name}.tmp"))).expect("room");
        let then = SystemTime::now() - Duration::from_secs(hours * 60 * 60);
        left.set_modified(then).expect("ours");
    }
    let backups = Backups::below(&here.join("手元"), BUDGET);
    // How old a file on a share is, this PC's clock does not tell: here it is years ahead.
    let later = Zoned::now().saturating_add(jiff::Span::new().years(2));
    let kept = Some((&backups, &later));
    let saved = files::save_with(&path, &real(), None, kept, &mut |_| false);
    assert!(saved.is_ok_and(|saved| saved.remarks.is_empty()));
    assert_eq!(
        disk::names(here),
        [".furikaeri-aB3xY8.tmp", "手元", "計画.ron"]
    );
}

#[cfg(unix)]
mod unix {
    use std::{
        fs,
        os::unix::fs::{MetadataExt, symlink},
        path::{Path, PathBuf},
    };

    use furikaeri::{
        plan::Plan,
        storage::{
            Fingerprint,
            atomic::{self, Loss},
            files::{self, Attempt, Expected, Remark, SaveReason, save_reason},
        },
    };

    use super::{assert_refused, open, save};
    use crate::support::{
        disk::{self, TinyDisk},
        files::{small_file, written},
        plans::{form, real, small},
    };

    /// The file that says whose turn it is to replace `計画.ron`.
    fn turn(folder: &Path) -> PathBuf {
        let key = Fingerprint::of("計画.ron".as_bytes());
        folder.join(format!(".furikaeri-{key}.tmp"))
    }

    #[test]
    fn whoever_is_just_replacing_the_file_is_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("計画.ron");
        let mine = save(&path, &small());
        let mut theirs = Some(fs::File::create(turn(folder.path())).expect("room"));
        let held = theirs.as_ref().map(fs::File::try_lock);
        assert!(matches!(held, Some(Ok(()))), "{held:?}");
        let mut pauses = Vec::new();
        let mut wait = |attempt: Attempt| {
            pauses.push(attempt.number);
            // They are done now, and have saved.
            if theirs.take().is_some() {
                disk::write(path.clone(), written(&real()).as_bytes());
            }
            true
        };
        let saved = files::save_with(
            &path,
            &Plan::empty(small().about().clone(), form()),
            Some(mine),
            None,
            &mut wait,
        );
        let error = saved.expect_err("they have saved");
        assert!(matches!(error.reason, SaveReason::ChangedOnDisk), "{error}");
        assert_eq!(pauses, [2]);
        assert_eq!(open(&path).plan, real());

        // What somebody left when they died is in nobody's way, and is taken away.
        assert!(turn(folder.path()).exists());
        save(&path, &small());
        assert_eq!(disk::names(folder.path()), ["計画.ron"]);
    }

    #[test]
    fn whoever_never_ends_replacing_the_file_is_not_overtaken() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("計画.ron");
        save(&path, &small());
        let theirs = fs::File::create(turn(folder.path())).expect("room");
        theirs.try_lock().expect("nobody else has it");
        let mut pauses = 0;
        let mut wait = |_| {
            pauses += 1;
            true
        };
        let error = files::save_with(&path, &real(), None, None, &mut wait);
        let error = error.expect_err("it is not our turn");
        assert!(matches!(error.reason, SaveReason::InUse), "{error}");
        assert_eq!(pauses, 6);
        assert_eq!(open(&path).plan, small());
    }

    #[test]
    fn a_file_keeps_the_mode_it_had() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = disk::write(folder.path().join("計画.ron"), small_file().as_bytes());
        for mode in [0o640, 0o600, 0o666, 0o200] {
            disk::set_mode(&path, mode);
            save(&path, &real());
            assert_eq!(disk::mode(&path), mode, "{mode:o}");
        }
    }

    #[test]
    fn what_is_this_users_alone_stays_so_whoever_could_read_the_old_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = disk::write(folder.path().join("控え.ron"), b"old");
        disk::set_mode(&path, 0o644);
        for content in [b"new", b"old"] {
            atomic::replace_private(&path, content).expect("room");
            assert_eq!(
                (disk::mode(&path), disk::read(&path)),
                (0o600, content.to_vec())
            );
        }
    }

    #[test]
    fn another_name_of_the_file_keeps_the_old_content_and_that_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("計画.ron");
        let other = folder.path().join("別名.ron");
        save(&path, &small());
        fs::hard_link(&path, &other).expect("a new link");
        let saved = files::save_with(&path, &real(), None, None, &mut |_| false);
        let remarks = saved.expect("it is saved").remarks;
        assert!(
            matches!(remarks[..], [Remark::Lost(Loss::OtherNames)]),
            "{remarks:?}"
        );
        assert_eq!((open(&path).plan, open(&other).plan), (real(), small()));
    }

    #[test]
    fn the_owner_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("計画.ron");
        save(&path, &small());
        let mine = fs::metadata(&path).expect("the file").uid();
        // Only root may give a file away; for anybody else the owner stays the same anyway.
        let owner = if mine == 0 { 4711 } else { mine };
        std::os::unix::fs::chown(&path, Some(owner), None).expect("ours to give");
        let saved = files::save_with(&path, &real(), None, None, &mut |_| false);
        let remarks = saved.expect("it is saved").remarks;
        assert!(remarks.is_empty(), "{remarks:?}");
        assert_eq!(fs::metadata(&path).expect("the file").uid(), owner);
    }

    #[test]
    fn a_new_file_has_the_mode_of_any_new_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let usual = disk::write(folder.path().join("ほか"), b"");
        let path = folder.path().join("計画.ron");
        save(&path, &small());
        assert_eq!(disk::mode(&path), disk::mode(&usual));
    }

    #[test]
    fn a_link_stays_a_link_and_what_it_stands_for_is_saved() {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        fs::create_dir(here.join("共有")).expect("a new folder");
        let target = here.join("共有/計画.ron");
        let links = [
            // A relative link is relative to where it stands, not to where the program was called.
            ("相対.ron", Path::new("共有/計画.ron").to_owned()),
            ("絶対.ron", target.clone()),
            ("鎖.ron", Path::new("./相対.ron").to_owned()),
            ("共有/上から.ron", Path::new("../鎖.ron").to_owned()),
        ];
        for (name, to) in &links {
            symlink(to, here.join(name)).expect("a new link");
        }
        for (name, to) in &links {
            for there_already in [false, true] {
                if there_already {
                    disk::write(target.clone(), small_file().as_bytes());
                    disk::set_mode(&target, 0o640);
                }
                let saved = save(&here.join(name), &real());
                assert_eq!(fs::read_link(here.join(name)).ok().as_ref(), Some(to));
                assert_eq!(open(&target).fingerprint, saved, "{name}");
                if there_already {
                    assert_eq!(disk::mode(&target), 0o640, "{name}");
                }
            }
            fs::remove_file(&target).expect("it was saved");
        }
        assert_eq!(
            disk::names(here),
            ["共有", "相対.ron", "絶対.ron", "鎖.ron"]
        );
        assert_eq!(disk::names(&here.join("共有")), ["上から.ron"]);
    }

    #[test]
    fn what_is_no_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let specials = disk::specials(folder.path());
        for (n, special) in specials.into_iter().enumerate() {
            let link = folder.path().join(format!("{n}.ron"));
            symlink(&special, &link).expect("a new link");
            let before = fs::metadata(&special).expect("it is there").file_type();
            for path in [&special, &link] {
                let error = files::save(path, &real(), None).expect_err("no file");
                assert!(matches!(error.reason, SaveReason::NotAFile), "{error}");
                let error = files::put(path, b"x", Expected::Anything, &mut |_| false);
                assert!(matches!(error, Err(SaveReason::NotAFile)), "{error:?}");
                let error = Expected::as_it_is(path).map_err(save_reason);
                assert!(matches!(error, Err(SaveReason::NotAFile)), "{error:?}");
            }
            assert_eq!(
                fs::metadata(&special).expect("it is there").file_type(),
                before
            );
        }
        let names = disk::names(folder.path());
        assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
    }

    #[test]
    fn links_that_go_round_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        symlink("二.ron", here.join("一.ron")).expect("a new link");
        symlink("一.ron", here.join("二.ron")).expect("a new link");
        assert_refused(
            &here.join("一.ron"),
            here,
            None,
            "シンボリックリンクが循環しています",
        );
    }

    #[test]
    fn a_link_to_a_place_that_is_not_there_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        let link = here.join("計画.ron");
        symlink("ない/計画.ron", &link).expect("a new link");
        assert_refused(&link, here, None, "保存先のフォルダーがありません");
    }

    #[test]
    fn a_full_disk_keeps_the_old_file_and_no_piece_of_the_new() {
        let Some(disk) = TinyDisk::mount() else {
            return;
        };
        let path = disk.path().join("計画.ron");
        let mine = save(&path, &small());
        assert_refused(
            &path,
            &disk.path(),
            Some(mine),
            "ディスクの空きが足りません",
        );
        let new = disk.path().join("新しい計画.ron");
        assert_refused(&new, &disk.path(), None, "ディスクの空きが足りません");

        // What fits is saved as ever: the disk was given back what the attempts had taken.
        assert!(files::save(&path, &small(), Some(mine)).is_ok());
        assert_eq!(open(&path).plan, small());
    }

    #[test]
    fn a_write_protected_disk_is_left_alone() {
        let Some(disk) = TinyDisk::mount() else {
            return;
        };
        let path = disk.path().join("計画.ron");
        let mine = save(&path, &small());
        disk.write_protect();
        assert_refused(
            &path,
            &disk.path(),
            Some(mine),
            "このフォルダーは書き込みできません",
        );
        assert_eq!(open(&path).plan, small(), "it can still be read");
    }
}
