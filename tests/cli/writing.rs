//! What a command writes to, and what it says of it.

use std::{fs, path::Path, process::Command};

use furikaeri::storage::{
    backups::{BUDGET, Backups},
    files,
};

use crate::support::{
    disk,
    plans::{after, numbered, real, results, set},
    program::{EXECUTABLE, LOCAL, Run, finish},
};

fn save(path: &Path) {
    files::save(path, &real(), None).unwrap_or_else(|error| panic!("{error}"));
}

/// Runs the program in a folder.
fn run_in(folder: &Path, words: &[&str]) -> Run {
    let mut command = Command::new(EXECUTABLE);
    finish(command.args(words).current_dir(folder))
}

#[test]
fn a_plan_is_not_replaced_by_what_is_made_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    save(&here.join("計画.ron"));
    let before = disk::read(&here.join("計画.ron"));
    for name in ["計画.csv", "計画.pdf"] {
        fs::hard_link(here.join("計画.ron"), here.join(name)).expect("a new link");
    }
    for words in [
        &["export", "計画.ron", "--to", "./計画.csv"][..],
        &["changes", "計画.ron", "計画.ron", "--to", "計画.pdf"],
    ] {
        run_in(here, words)
            .assert_refused(1, &["読み込むファイルと同じです", "何も書き出していません"]);
    }
    for name in disk::names(here) {
        assert_eq!(disk::read(&here.join(&name)), before, "{name}");
    }
}

#[test]
fn what_a_command_replaces_is_kept_as_what_the_window_replaces() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let local = tempfile::tempdir().expect("a folder");
    let backups = Backups::below(&local.path().join("furikaeri"), BUDGET);
    fs::create_dir(here.join("中")).expect("room");
    for (n, name) in ["計画.ron", "./計画.ron", "中/../計画.ron"]
        .iter()
        .enumerate()
    {
        save(&here.join("計画.ron"));
        let mut command = Command::new(EXECUTABLE);
        command.args(["check", name, "--fix"]).current_dir(here);
        let run = finish(command.env(LOCAL, local.path()));
        assert_eq!(run.errors, "", "{run:?}");
        let kept = backups.list(&here.join("計画.ron"));
        assert_eq!(
            kept.len(),
            1,
            "the same content once, after {} times",
            n + 1
        );
        assert_eq!(kept[0].open().expect("a plan").plan, real());
    }
}

#[test]
fn what_git_gives_a_merge_to_write_is_no_plan_to_be_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let local = tempfile::tempdir().expect("a folder");
    for name in ["元.ron", ".merge_file_aB3xY9", "相手.ron"] {
        save(&folder.path().join(name));
    }
    let theirs = after(
        &real(),
        &[set(numbered(&real(), "1-1-1"), results(), "・相手の実績")],
    );
    files::save(&folder.path().join("相手.ron"), &theirs, None).expect("room");
    files::save(&folder.path().join("元.ron"), &real(), None).expect("room");
    let mut command = Command::new(EXECUTABLE);
    let words = ["merge", "元.ron", ".merge_file_aB3xY9", "相手.ron", "--to"];
    command
        .args(words)
        .arg(".merge_file_aB3xY9")
        .current_dir(folder.path());
    let run = finish(command.env(LOCAL, local.path()));
    run.assert_quiet_success();
    assert_eq!(disk::names(local.path()), [""; 0]);
}

#[cfg(unix)]
mod unix {
    use std::{
        fs,
        io::{BufRead, BufReader},
        process::{Command, Stdio},
    };

    use furikaeri::storage::{Fingerprint, files};

    use super::{run_in, save};
    use crate::support::{
        disk,
        plans::real,
        program::{EXECUTABLE, LOCAL},
    };

    #[test]
    fn another_name_that_keeps_the_old_content_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        for words in [
            &["check", "計画.ron", "--fix"][..],
            &["export", "計画.ron", "--to", "表.csv"],
        ] {
            let target = if words[0] == "check" {
                "計画.ron"
            } else {
                "表.csv"
            };
            save(&here.join("計画.ron"));
            disk::write(here.join("表.csv"), b"");
            let _none_yet = fs::remove_file(here.join("別名"));
            fs::hard_link(here.join(target), here.join("別名")).expect("a new link");
            let before = disk::read(&here.join("別名"));
            let run = run_in(here, words);
            assert!(run.errors.contains("ハードリンク"), "{run:?}");
            assert_eq!(run.errors.lines().count(), 1, "{run:?}");
            assert_eq!(disk::read(&here.join("別名")), before);
            assert_ne!(disk::read(&here.join(target)), before);
        }
    }

    #[test]
    fn what_is_no_file_is_neither_read_nor_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        save(&here.join("計画.ron"));
        for special in disk::specials(here) {
            let kind = fs::metadata(&special).expect("it is there").file_type();
            let name = special
                .file_name()
                .and_then(|name| name.to_str())
                .expect("a name");
            let link = here.join("link.pdf");
            let _none_yet = fs::remove_file(&link);
            std::os::unix::fs::symlink(&special, &link).expect("a new link");
            for words in [
                &["check", name][..],
                &["check", name, "--fix"],
                &["export", name, "--to", "表.csv"],
                &["export", "計画.ron", "--to", "表.csv", "--form", name],
                &["export", "計画.ron", "--to", "link.pdf"],
                &["changes", name, "計画.ron", "--to", "表.pdf"],
                &["changes", "計画.ron", "計画.ron", "--to", "link.pdf"],
                &["merge", "計画.ron", "計画.ron", name, "--to", "出力.ron"],
                &["merge", name, "計画.ron", "計画.ron", "--to", "出力.ron"],
                &["merge", "計画.ron", "計画.ron", "計画.ron", "--to", name],
                &["handout", name, "--to", "配布"],
            ] {
                run_in(here, words).assert_refused(1, &["普通のファイルではありません"]);
            }
            let now = fs::metadata(&special).expect("it is there").file_type();
            assert_eq!(now, kind, "{name} was replaced");
        }
    }

    #[test]
    fn a_command_waits_for_somebody_who_is_just_replacing_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("計画.ron");
        save(&path);
        let key = Fingerprint::of("計画.ron".as_bytes());
        let turn = folder.path().join(format!(".furikaeri-{key}.tmp"));
        let theirs = fs::File::create(turn).expect("room");
        theirs.try_lock().expect("nobody else has it");
        let mut command = Command::new(EXECUTABLE);
        command.args(["check", "--fix"]).arg(&path);
        command.env(LOCAL, folder.path().join("手元"));
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut said = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let first = said.next().expect("a line").expect("text");
        assert!(first.contains("1 秒後にもう一度書き込みます"), "{first}");
        assert_eq!(files::open(&path).expect("a plan").plan, real());
        drop(theirs);
        assert!(child.wait().is_ok());
        assert!(said.next().is_none());
        assert_ne!(files::open(&path).expect("a plan").plan, real());
    }
}
