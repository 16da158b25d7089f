//! `form`, `--form` and the options of paper, with the real executable.

use std::path::Path;

use furikaeri::storage::files;

use crate::support::{
    disk,
    need::Need,
    paper,
    plans::{forms, real},
    program::{Run, run},
    sections::Parts,
};

const FORM: &str = include_str!("../../assets/forms/minato.ron");

fn export(folder: &Path, target: &str, options: &[&str]) -> Run {
    let plan = folder.join("計画.ron");
    if !plan.exists() {
        files::save(&plan, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    }
    let target = folder.join(target);
    let mut arguments = vec!["export".as_ref(), plan.as_os_str(), "--to".as_ref()];
    arguments.push(target.as_os_str());
    arguments.extend(options.iter().map(|option| std::ffi::OsStr::new(*option)));
    run(&arguments)
}

#[test]
fn next_years_form_is_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = FORM
        .replace("現状の主な取組実績", "上半期の取組")
        .replace("目標達成見込\"", "達成できる見込\"")
        .replace("share: 17", "share: 1")
        .replace("share: 30", "share: 1")
        .replace("share: 23", "share: 1");
    let form = disk::write(folder.path().join("R4.ron"), other.as_bytes());
    let form = form.to_str().expect("a path");
    for target in ["o.html", "o.md"] {
        let done = export(folder.path(), target, &["--form", form]);
        assert_eq!(done.status, Some(0), "{}", done.errors);
        let text = String::from_utf8(disk::read(&folder.path().join(target))).expect("UTF-8");
        assert!(text.contains("上半期の取組") && !text.contains("現状の主な取組実績"));
        assert!(text.contains("達成できる見込"));
    }
    let done = export(folder.path(), "o.xlsx", &["--form", form]);
    assert_eq!(done.status, Some(0), "{}", done.errors);
    let mut book = Parts::of(&disk::read(&folder.path().join("o.xlsx")));
    let widths = paper::column_widths(book.part("xl/worksheets/sheet1.xml"));
    assert_eq!(widths.len(), 4);
    assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    let done = export(folder.path(), "o.pdf", &["--form", form, "--portrait"]);
    assert_eq!(done.status, Some(0), "{}", done.errors);
    let pdf = folder.path().join("o.pdf");
    if let Some(text) = paper::read_by("pdftotext", &[], &pdf, &["-"]) {
        assert!(text.contains("上半期の取組"));
    }
    if let Some(about) = paper::read_by("pdfinfo", &[], &pdf, &[]) {
        assert!(about.contains("595.28 x 841.89"), "{about}");
    }
}

#[test]
fn the_options_of_the_window_are_those_of_the_command_line() {
    if !Need::Poppler.is_met() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let pages = |options: &[&str]| {
        let done = export(folder.path(), "o.pdf", options);
        assert_eq!(done.status, Some(0), "{}", done.errors);
        let pdf = folder.path().join("o.pdf");
        paper::read_by("pdftotext", &["-layout"], &pdf, &["-"]).expect("poppler is there")
    };
    let plain = pages(&[]);
    assert!(pages(&["--cover"]).matches('\u{c}').count() > plain.matches('\u{c}').count());
    let attention = pages(&["--only-attention"]);
    assert!(plain.contains("１－１－１") && !attention.contains("１－１－１"));
    assert!(attention.contains("２－１－３"));
    let times = |text: &str| text.matches("要援護者からの年間相談延べ件数").count();
    assert_eq!((times(&plain), times(&pages(&["--full-reposts"]))), (1, 2));
}

#[test]
fn a_form_that_cannot_be_used_is_one_sentence_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: &[(&str, &[&str])] = &[
        ("", &["様式を開けませんでした", "様式.ron"]),
        ("(name: \"x\"", &["1 行 "]),
        (
            &FORM.replace("repost:", "reposts:"),
            &["「reposts」という項目はありません"],
        ),
        (
            &FORM.replace("share: 23", "share: 0"),
            &[
                "様式に矛盾があります",
                "列「目標（取組によりめざす指標）」",
                "列の幅が 0 です",
            ],
        ),
        (
            &FORM.replace("share: 23", "share: -1"),
            &["行", "0 より小さい数です", "levels[2].columns[2].share"],
        ),
    ];
    for (text, pieces) in cases {
        let form = disk::write(folder.path().join("様式.ron"), text.as_bytes());
        let form = form.to_str().expect("a path");
        export(folder.path(), "o.pdf", &["--form", form]).assert_refused(1, pieces);
    }
    let sjis = [0x83, 0x5c, 0x83, 0x7e];
    let form = disk::write(folder.path().join("様式.ron"), &sjis);
    let form = form.to_str().expect("a path");
    export(folder.path(), "o.pdf", &["--form", form]).assert_refused(1, &["UTF-8"]);
    let missing = export(folder.path(), "o.pdf", &["--form", "ない.ron"]);
    missing.assert_refused(1, &["ファイルが見つかりません", "ない.ron"]);
    assert!(!folder.path().join("o.pdf").exists());
}

#[test]
fn each_form_that_is_built_in_can_be_used() {
    let folder = tempfile::tempdir().expect("a folder");
    for form in forms() {
        let bytes = furikaeri::storage::forms::write(&form).expect("a form");
        let path = disk::write(folder.path().join("様式.ron"), &bytes);
        let done = run(&["form".as_ref(), path.as_os_str()]);
        assert_eq!((done.status, done.errors.as_str()), (Some(0), ""));
        let said = format!("様式「{}」は使えます。\n階層：", form.name);
        assert!(done.output.starts_with(&said), "{}", done.output);
        let review = form.review_name(form.first_review());
        assert!(done.output.contains(review), "{}", done.output);
    }
}

#[test]
fn a_form_that_contradicts_itself_is_listed_fault_by_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = FORM
        .replace("under: [\"reform\"]", "under: [\"改革\"]")
        .replacen("\"outlook\", \"progress\"", "\"outlook\", \"mood\"", 1);
    let path = folder.path().join("様式.ron");
    let check = |file: &str| {
        disk::write(path.clone(), file.as_bytes());
        run(&["form".as_ref(), path.as_os_str()])
    };
    check(&file).assert_refused(
        1,
        &[
            "キーは半角の小文字",
            "（\"改革\" は使えません）",
            "様式.ron",
        ],
    );
    let done = check(&file.replace("[\"改革\"]", "[\"kaikaku\"]"));
    assert_eq!((done.status, done.errors.as_str()), (Some(1), ""));
    let lines: Vec<&str> = done.output.lines().collect();
    let [column, parent, nowhere, number, count] = lines[..] else {
        panic!("{}", done.output);
    };
    assert!(column.starts_with(
        "階層「具体的取組」（3 番目）の列「達成状況と課題・改善策」：キー「mood」の欄"
    ));
    assert!(parent.starts_with("階層「具体的取組」（5 番目）：キー「kaikaku」の階層がない"));
    assert!(nowhere.contains("計画のどこにも置けません"));
    assert!(number.contains("{above}"));
    assert_eq!(count, "直すところ：4 件");
}

/// The form is in the plan, so the plan will do.
#[test]
fn the_form_in_a_plan_is_looked_at_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("計画.ron");
    files::save(&plan, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    let done = run(&["form".as_ref(), plan.as_os_str()]);
    assert_eq!(done.status, Some(0), "{}", done.errors);
    assert!(
        done.output.contains("経営課題、戦略、具体的取組"),
        "{}",
        done.output
    );
    run(&["form", "ない.ron"]).assert_refused(1, &["ファイルが見つかりません", "ない.ron"]);
    run(&["form"]).assert_refused(2, &["確かめる様式のファイルを指定してください"]);
}
