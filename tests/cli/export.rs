//! `furikaeri export`, as an office's nightly job runs it: the real executable, no display.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use furikaeri::{
    export::Format,
    form::{Form, Kind},
    plan::Edit,
    storage::{files, forms},
};

use crate::support::{
    disk,
    plans::{after, form, key, notes, real, results, small, target},
    program::{EXECUTABLE, Run, export, run},
};

const HEADER: &str = "経営課題番号,経営課題,戦略番号,戦略,具体的取組番号,具体的取組,担当,\
実績,目標,見込,進捗,課題・改善策,再掲元";

/// A folder with the ward's plan in it.
fn office() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("令和３年度 港区.ron");
    files::save(&plan, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    (folder, plan)
}

/// The rows of a CSV by their numbers (`2-1-3`, of the part without one `-1`), each by the names of
/// its columns.
fn rows(path: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let bytes = disk::read(path);
    let text = std::str::from_utf8(&bytes).expect("the CSV is UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("Excel wants the mark");
    assert_eq!(text.split("\r\n").next(), Some(HEADER));
    let rows: Vec<BTreeMap<String, String>> = csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect();
    let count = rows.len();
    let number = |row: &BTreeMap<String, String>| {
        let parts = ["経営課題番号", "戦略番号", "具体的取組番号"].map(|it| row[it].as_str());
        parts.join("-")
    };
    let by_number = rows.into_iter().map(|row| (number(&row), row));
    let by_number = BTreeMap::from_iter(by_number);
    assert_eq!(by_number.len(), count, "one row per initiative");
    by_number
}

#[test]
fn a_section_has_the_rows_that_its_number_says() {
    let (folder, plan) = office();
    let cases: &[(Option<&str>, usize, &[&str])] = &[
        (None, 49, &["1-1-1", "6-2-3", "--3"]),
        (Some("2"), 9, &["2-1-1", "2-3-1", "2-4-1"]),
        (
            Some("2-1"),
            6,
            &["2-1-1", "2-1-2", "2-1-3", "2-1-4", "2-1-5", "2-1-6"],
        ),
        (Some("2-1-3"), 1, &["2-1-3"]),
        (Some("２－１"), 6, &["2-1-6"]),
        (Some("3"), 14, &["3-3-1"]),
        (Some("改革"), 3, &["--1", "--2", "--3"]),
        (Some("改革-1"), 1, &["--1"]),
    ];
    for (section, count, some) in cases {
        let target = folder.path().join("出力 (1).csv");
        export(&plan, &target, *section).assert_quiet_success();
        let rows = rows(&target);
        assert_eq!(rows.len(), *count, "{section:?}");
        for number in *some {
            assert!(rows.contains_key(*number), "{section:?} に {number} がない");
        }
    }
}

#[test]
fn the_cells_are_those_of_the_plan() {
    let (folder, plan) = office();
    let file = folder.path().join("全体.csv");
    export(&plan, &file, None).assert_quiet_success();
    let rows = rows(&file);
    // The number, a column, its cell.
    let cases = [
        ("2-1-3", "経営課題番号", "2"),
        ("2-1-3", "戦略番号", "1"),
        ("2-1-3", "具体的取組", "津波避難ビルの確保"),
        ("2-1-3", "見込", "達成見込"),
        ("2-1-3", "進捗", "予定通りでない"),
        ("1-1-4", "見込", "未達成見込"),
        ("1-1-4", "進捗", "予定通り"),
        // The reform part says 取組内容実施見込 for the same.
        ("--1", "見込", "未達成見込"),
        ("--1", "進捗", "予定通り"),
        ("--1", "経営課題番号", ""),
        ("--1", "戦略番号", ""),
        ("--1", "戦略", ""),
        ("3-3-1", "再掲元", "具体的取組3-1-2"),
        ("3-3-1", "見込", ""),
        ("3-3-1", "進捗", ""),
        ("1-1-1", "再掲元", ""),
        ("1-1-1", "担当", ""),
    ];
    for (number, column, cell) in cases {
        assert_eq!(rows[number][column], cell, "{number} {column}");
    }
    let plan = real();
    for entry in plan.rows() {
        let number = entry
            .number()
            .half_width(plan.form())
            .replace("改革-", "--");
        let row = &rows[&number];
        // Bullets and paragraphs are lines within one cell.
        assert_eq!(row["実績"], entry.node.text(results()));
        assert_eq!(row["目標"], entry.node.text(target()));
        assert_eq!(row["課題・改善策"], entry.node.text(notes()));
        assert_eq!(row["経営課題"], entry.top().title);
    }
    let lines = |row: &BTreeMap<String, String>| row["実績"].lines().count();
    assert!(
        rows.values().any(|row| lines(row) > 3),
        "some have several lines"
    );
}

#[test]
fn a_name_that_ends_in_pdf_gets_a_pdf() {
    let (folder, plan) = office();
    let here = folder.path();
    let (colour, grey) = (here.join("港区.pdf"), here.join("港区 白黒.PDF"));
    export(&plan, &colour, Some("2-1")).assert_quiet_success();
    let arguments = ["export".as_ref(), plan.as_os_str(), "--grey".as_ref()];
    let rest = ["--to".as_ref(), grey.as_os_str(), "--section".as_ref()];
    let arguments: Vec<&OsStr> = [&arguments[..], &rest, &["2-1".as_ref()]].concat();
    run(&arguments).assert_quiet_success();
    let (colour, grey) = (disk::read(&colour), disk::read(&grey));
    assert!(colour.starts_with(b"%PDF-1.7") && grey.starts_with(b"%PDF-1.7"));
    assert_ne!(colour, grey);
}

#[test]
fn characters_that_the_font_lacks_are_named_and_the_pdf_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, target) = (
        folder.path().join("計画.ron"),
        folder.path().join("出力.pdf"),
    );
    let mut about = small().about().clone();
    about.organisation = "𠮷野区😀".to_owned();
    let rare = after(&small(), &[Edit::About(about)]);
    files::save(&plan, &rare, None).unwrap_or_else(|error| panic!("{error}"));
    let run = export(&plan, &target, None);
    assert_eq!(run.status, Some(0), "{run:?}");
    let sentence = "furikaeri: 書体にない文字を〓で表しました：😀 (U+1F600)、𠮷 (U+20BB7)\n";
    assert_eq!((&*run.output, &*run.errors), ("", sentence));
    assert!(disk::read(&target).starts_with(b"%PDF"));
}

#[test]
fn a_private_note_leaves_the_office_in_no_export() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("計画.ron");
    files::save(&plan, &small(), None).unwrap_or_else(|error| panic!("{error}"));
    let text = |path: &Path| String::from_utf8_lossy(&disk::read(path)).into_owned();
    assert!(text(&plan).contains("部長へ確認"), "the plan's file has it");
    // What a workbook holds is compressed; its cells are looked at in tests/export/xlsx.rs.
    for format in [Format::Csv, Format::Html, Format::Markdown] {
        let target = folder
            .path()
            .join("出力")
            .with_extension(format.extension());
        export(&plan, &target, None).assert_quiet_success();
        assert!(text(&target).contains("防災訓練"), "{format:?}");
        assert!(!text(&target).contains("部長へ確認"), "{format:?}");
    }
}

#[test]
fn the_name_says_the_format_and_standard_output_is_told_it() {
    let (folder, plan) = office();
    let beginnings: [(Format, &[u8]); 5] = [
        (Format::Pdf, b"%PDF-1."),
        (Format::Csv, "\u{feff}経営課題番号,".as_bytes()),
        (Format::Xlsx, b"PK\x03\x04"),
        (Format::Html, b"<!DOCTYPE html>"),
        (Format::Markdown, "# 大阪市港区".as_bytes()),
    ];
    assert_eq!(beginnings.map(|(format, _)| format), Format::ALL);
    for (format, beginning) in beginnings {
        let extension = format.extension();
        let target = folder
            .path()
            .join(format!("出力.{}", extension.to_uppercase()));
        export(&plan, &target, Some("2-1")).assert_quiet_success();
        let written = disk::read(&target);
        assert!(written.starts_with(beginning), "{format:?}");

        let output = Command::new(EXECUTABLE)
            .arg("export")
            .arg(&plan)
            .args(["--to", "-", "--format", extension, "--section", "2-1"])
            .output()
            .expect("the program runs");
        assert!(output.status.success() && output.stderr.is_empty());
        assert!(output.stdout == written, "{format:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_told_of_in_one_sentence() {
    let (_folder, plan) = office();
    let mut child = Command::new(EXECUTABLE)
        .arg("export")
        .arg(&plan)
        .args(["--to", "-", "--format", "html"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let finished = child.wait_with_output().expect("the program ends");
    let errors = String::from_utf8(finished.stderr).expect("the program speaks UTF-8");
    assert_eq!(finished.status.code(), Some(1), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(
        errors.contains("標準出力に書き出せませんでした"),
        "{errors}"
    );
}

#[test]
fn a_target_that_is_there_is_replaced_whole_or_not_at_all() {
    let (folder, plan) = office();
    let old = "前の書き出し".repeat(100_000);
    let target = disk::write(folder.path().join("出力.csv"), old.as_bytes());
    let names = disk::names(folder.path());

    export(&plan, &target, Some("9-9")).assert_refused(1, &["範囲「9-9」はこの計画にありません"]);
    assert_eq!(disk::read(&target), old.as_bytes());
    export(&plan, &target, Some("2-1-3")).assert_quiet_success();
    assert_eq!(
        rows(&target).len(),
        1,
        "nothing of the longer old file is left"
    );
    assert_eq!(disk::names(folder.path()), names);
}

#[test]
fn a_failure_is_one_sentence_and_exit_status_1() {
    let (folder, plan) = office();
    let here = folder.path();
    let target = here.join("出力.csv");
    let not_a_plan = disk::write(here.join("会議録.ron"), "本日の議題".as_bytes());
    let missing_folder = here.join("ない/出力.csv");
    let folder_as_target = here.join("フォルダー.csv");
    std::fs::create_dir(&folder_as_target).expect("a new folder");
    let cases: &[(&Path, &Path, Option<&str>, &[&str])] = &[
        (
            &here.join("ない.ron"),
            &target,
            None,
            &["ファイルが見つかりません", "ない.ron"],
        ),
        (here, &target, None, &["これはフォルダーです"]),
        (
            &not_a_plan,
            &target,
            None,
            &["計画のファイルではありません", "会議録.ron"],
        ),
        (
            &plan,
            &target,
            Some("9"),
            &["範囲「9」はこの計画にありません"],
        ),
        (
            &plan,
            &target,
            Some("2-1-9"),
            &["範囲「2-1-9」はこの計画にありません"],
        ),
        (
            &plan,
            &missing_folder,
            None,
            &["フォルダーがありません", "出力.csv"],
        ),
        (
            &plan,
            &folder_as_target,
            None,
            &["同じ名前のフォルダーがあります"],
        ),
    ];
    let names = disk::names(here);
    for (plan, target, section, pieces) in cases {
        export(plan, target, *section).assert_refused(1, pieces);
        assert_eq!(disk::names(here), names, "nothing is left behind");
    }
}

/// A form's file: the built-in form with a change.
fn form_file(folder: &Path, change: impl FnOnce(&mut Form)) -> PathBuf {
    let mut form = form().as_ref().clone();
    change(&mut form);
    let bytes = forms::write(&form).expect("RON");
    disk::write(folder.join("様式.ron"), &bytes)
}

fn export_by(plan: &Path, form: &Path, target: &Path) -> Run {
    let words = ["export".as_ref(), plan, "--to".as_ref(), target];
    run(&[&words[..], &["--form".as_ref(), form]].concat())
}

#[test]
fn another_form_prints_what_has_the_same_keys_and_names_what_it_has_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let plan = here.join("計画.ron");
    files::save(&plan, &small(), None).unwrap_or_else(|error| panic!("{error}"));
    let before = disk::read(&plan);
    let target = here.join("出力.md");
    let text = || String::from_utf8(disk::read(&target)).expect("UTF-8");
    let level = Some(key("initiative"));
    let renamed = form_file(here, |form| {
        let level = form.level_mut(key("initiative")).expect("a level");
        "これまでの実績".clone_into(&mut level.columns[1].heading);
    });
    export_by(&plan, &renamed, &target).assert_quiet_success();
    assert!(text().contains("これまでの実績"), "{}", text());
    assert!(text().contains("「秋」に"), "{}", text());
    let without = form_file(here, |form| {
        form.remove_field(level, key("notes"));
        let progress = form.field_mut(level, key("progress")).expect("a field");
        if let Kind::Choice { choices, .. } = &mut progress.kind {
            choices.pop();
        }
    });
    let run = export_by(&plan, &without, &target);
    assert_eq!((run.status, &*run.output), (Some(0), ""), "{run:?}");
    assert_eq!(
        run.errors,
        "furikaeri: 指定した様式にないものは書き出していません：\
         具体的取組の欄「達成状況（取組の進捗）」の「取組予定通り進捗していない」、\
         具体的取組の欄「課題・改善策」\n"
    );
    assert!(!text().contains("「秋」に"), "{}", text());
    // A level that it does not have is printed by the plan's own form.
    let less = form_file(here, |form| {
        form.remove_level(key("reform"));
        form.remove_level(key("reform_item"));
    });
    let run = export_by(&plan, &less, &target);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(
        run.errors,
        "furikaeri: 指定した様式にない階層は、計画の様式のまま書き出しました：\
         階層「経営課題」、階層「具体的取組」\n"
    );
    assert!(text().contains("改革の取組"), "{}", text());
    assert_eq!(disk::read(&plan), before, "the plan has another form");
}

#[test]
fn a_form_that_contradicts_itself_prints_nothing() {
    let (folder, plan) = office();
    let target = folder.path().join("出力.md");
    let form = form_file(folder.path(), |form| form.levels[2].columns[0].share = 0);
    export_by(&plan, &form, &target).assert_refused(1, &["様式に矛盾があります", "列の幅が 0"]);
    assert!(!target.exists());
}

/// The super-user may read and write everything; where a test runs as one, the program does not.
#[cfg(unix)]
#[test]
fn what_this_user_may_not_read_or_write_is_refused() {
    use std::os::unix::process::CommandExt;

    use crate::support::program::finish;

    let (folder, plan) = office();
    let here = folder.path();
    // Another user must be able to come this far, and to run the program.
    disk::set_mode(here, 0o755);
    let executable = here.join("furikaeri");
    // Another process copies it: a file that this one has open for writing, be it for a moment
    // and in another test's child, cannot be run.
    let copied = Command::new("cp")
        .args([EXECUTABLE.as_ref(), executable.as_os_str()])
        .status();
    assert!(copied.is_ok_and(|status| status.success()));
    let secret = here.join("秘密.ron");
    std::fs::copy(&plan, &secret).expect("a copy of the plan");
    disk::set_mode(&secret, 0o000);
    let is_super_user = std::fs::read(&secret).is_ok();
    disk::set_mode(&plan, 0o644);
    let closed = here.join("閉");
    std::fs::create_dir(&closed).expect("a new folder");
    disk::set_mode(&closed, 0o555);

    let run = |plan: &Path, target: &Path| {
        let mut command = Command::new(&executable);
        command.arg("export").arg(plan).arg("--to").arg(target);
        if is_super_user {
            command.uid(65534).gid(65534);
        }
        finish(&mut command)
    };
    let target = closed.join("出力.csv");
    run(&secret, &target).assert_refused(1, &["読む権限がありません", "秘密.ron"]);
    run(&plan, &target).assert_refused(1, &["書き込む権限がありません", "出力.csv"]);
    assert_eq!(disk::names(&closed), Vec::<String>::new());
    disk::set_mode(&closed, 0o755);
}
