//! `furikaeri changes` as people call it.

use std::path::{Path, PathBuf};

use furikaeri::{plan::Plan, storage::files};

use crate::support::{
    disk,
    plans::{after, numbered, real, results, set},
    program::{Run, run},
};

fn save(folder: &Path, name: &str, plan: &Plan) -> PathBuf {
    let path = folder.join(name);
    files::save(&path, plan, None).unwrap_or_else(|error| panic!("{error}"));
    path
}

/// The ward's plan in September and in October.
fn two_plans(folder: &Path) -> [PathBuf; 2] {
    let results = set(
        numbered(&real(), "1-1-1"),
        results(),
        "・啓発や情報発信：１５件",
    );
    [
        save(folder, "９月.ron", &real()),
        save(folder, "１０月.ron", &after(&real(), &[results])),
    ]
}

fn changes(old: &Path, new: &Path, to: &Path, more: &[&str]) -> Run {
    let mut arguments = vec!["changes".as_ref(), old, new, "--to".as_ref(), to];
    arguments.extend(more.iter().map(Path::new));
    run(&arguments)
}

#[test]
fn what_changed_is_written_as_the_name_of_the_file_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let [old, new] = two_plans(folder.path());
    let page = folder.path().join("新旧対照表.html");
    changes(&old, &new, &page, &[]).assert_quiet_success();
    let page = String::from_utf8(disk::read(&page)).expect("UTF-8");
    for piece in ["旧（９月）", "新（１０月）", "<ins>：１５件</ins>"] {
        assert!(page.contains(piece), "「{piece}」がない: {page}");
    }
    for (name, more) in [("色.PDF", &[][..]), ("灰.pdf", &["--grey"][..])] {
        let to = folder.path().join(name);
        changes(&old, &new, &to, more).assert_quiet_success();
        assert!(disk::read(&to).starts_with(b"%PDF-"));
    }
}

#[test]
fn a_plan_that_cannot_be_read_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let [old, _] = two_plans(folder.path());
    let broken = disk::write(folder.path().join("壊れた.ron"), b"(");
    let to = folder.path().join("表.pdf");
    changes(&old, &broken, &to, &[]).assert_refused(1, &["開けませんでした", "壊れた.ron"]);
    assert!(!to.exists());
    let nowhere = folder.path().join("ない/表.pdf");
    changes(&old, &old, &nowhere, &[])
        .assert_refused(1, &["書き出せませんでした", "フォルダーがありません"]);
}

#[test]
fn a_command_line_that_says_too_little_is_refused() {
    for (arguments, piece) in [
        (&["changes"][..], "計画のファイルを二つ"),
        (&["changes", "旧.ron", "--to", "表.pdf"], "旧、新の順"),
        (&["changes", "旧.ron", "新.ron"], "--to で指定して"),
        (
            &["changes", "旧.ron", "新.ron", "--to", "表.xlsx"],
            ".html か .pdf で終わる",
        ),
        (
            &["changes", "旧.ron", "新.ron", "--to", "表.html", "--grey"],
            "--grey は .pdf に",
        ),
        (
            &["changes", "旧.ron", "新.ron", "余り.ron", "--to", "表.pdf"],
            "余分な指定があります：余り.ron",
        ),
    ] {
        run(arguments).assert_refused(2, &[piece]);
    }
}
