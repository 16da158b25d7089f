//! `furikaeri check`, as the executable.

use std::{ffi::OsStr, path::Path};

use furikaeri::plan::{Digits, Plan, Style};
use furikaeri::storage::{files, format};
use serde_json::Value;

use crate::support::{
    disk,
    plans::{numbered, real, results, target},
    program::{Run, run},
};

const FILE: &[u8] = include_bytes!("../../plan-data/minato-r3.ron");

fn check(plan: &Path, options: &[&str]) -> Run {
    let mut arguments = vec![OsStr::new("check"), plan.as_os_str()];
    arguments.extend(options.iter().map(OsStr::new));
    run(&arguments)
}

fn saved(folder: &Path, plan: &Plan) -> std::path::PathBuf {
    let bytes = format::write(plan).expect("a plan can be written");
    disk::write(folder.join("計画.ron"), &bytes)
}

#[test]
fn the_wards_plan_has_errors_and_they_are_listed_by_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = disk::write(folder.path().join("計画.ron"), FILE);
    let run = check(&plan, &[]);
    assert_eq!((run.status, &*run.errors), (Some(1), ""));
    let lines: Vec<&str> = run.output.lines().collect();
    assert_eq!(lines.len(), 39, "{}", run.output);
    assert_eq!(
        lines[1],
        "1-1-3 実績: [誤り] 「2１」に全角と半角の数字が混じっています。→「21」 (mixed-digits)"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("改革-1 実績: [誤り] 内訳の合計は 15,468 千円"))
    );
    assert_eq!(lines[38], "誤り 15、要確認 4、表記 19。");
    assert_eq!(disk::read(&plan), FILE, "checking changes nothing");
}

#[test]
fn json_has_every_finding_with_its_place_in_characters() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = disk::write(folder.path().join("計画.ron"), FILE);
    let run = check(&plan, &["--format", "json"]);
    assert_eq!((run.status, &*run.errors), (Some(1), ""));
    let report: Value = serde_json::from_str(&run.output).expect("JSON");
    for (field, count) in [
        ("format", 1),
        ("errors", 15),
        ("warnings", 4),
        ("notices", 19),
        ("ignored", 0),
        ("fixed", 0),
    ] {
        assert_eq!(report[field], count, "{field}");
    }
    let findings = report["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), 38);
    let real = real();
    let id = numbered(&real, "1-1-3");
    let expected = serde_json::json!({
        "rule": "mixed-digits",
        "severity": "error",
        "number": "1-1-3",
        "id": id.to_string(),
        "field": "results",
        "start": 36,
        "end": 38,
        "quote": "2１",
        "message": "「2１」に全角と半角の数字が混じっています。",
        "fix": "21",
    });
    assert_eq!(findings[1], expected);
    let results = real.text(Some(id), results());
    let quote: String = results.chars().skip(36).take(2).collect();
    assert_eq!(quote, "2１");
    let gap = findings.iter().find(|it| it["rule"] == "number-gap");
    let gap = gap.and_then(Value::as_object).expect("6-2-2 is left out");
    assert!(
        !gap.contains_key("start") && !gap.contains_key("fix"),
        "{gap:?}"
    );
}

#[test]
fn fixing_saves_the_plan_in_its_style_and_leaves_what_needs_a_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let style = Style {
        digits: Some(Digits::Half),
        ..Style::default()
    };
    let path = saved(folder.path(), &real().with_style(style));
    let run = check(&path, &["--fix"]);
    assert_eq!((run.status, &*run.errors), (Some(1), ""));
    let last: Vec<&str> = run.output.lines().rev().take(2).collect();
    assert_eq!(last[0], "誤り 2、要確認 1、表記 0。");
    assert!(last[1].ends_with(" か所を直しました。"), "{}", last[1]);
    let fixed = files::open(&path).expect("a plan").plan;
    let id = numbered(&fixed, "1-1-3");
    let target = fixed.text(Some(id), target());
    assert!(target.ends_with("延べ60団体・個人以上"), "{target}");
    assert_eq!(disk::names(folder.path()), ["計画.ron"]);
    // Once more, there is nothing to fix and nothing is written.
    let before = disk::read(&path);
    let again = check(&path, &["--fix"]);
    assert!(
        again.output.contains("\n0 か所を直しました。\n"),
        "{}",
        again.output
    );
    assert_eq!(disk::read(&path), before);
}

#[test]
fn a_plan_without_errors_passes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = saved(
        folder.path(),
        &Plan::empty(real().about().clone(), real().form().clone()),
    );
    let run = check(&path, &[]);
    assert_eq!(
        (run.status, &*run.output, &*run.errors),
        (Some(0), "指摘はありません。\n", "")
    );
    // What is only a matter of style is no error.
    let small = saved(folder.path(), &crate::support::plans::small());
    assert_eq!(check(&small, &[]).status, Some(0));
}

#[test]
fn what_cannot_be_checked_is_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    check(&folder.path().join("ない.ron"), &[]).assert_refused(1, &["見つかりません"]);
    let cases: &[(&[&str], &str)] = &[
        (&["check"], "点検する計画のファイルを指定してください"),
        (
            &["check", "計画.ron", "--format", "csv"],
            "text か json です：csv",
        ),
        (
            &["check", "甲.ron", "乙.ron"],
            "余分な指定があります：乙.ron",
        ),
        (&["check", "計画.ron", "--grey"], "知らない指定です：--grey"),
        (&["--fix"], "--fix は check と一緒に使います"),
    ];
    for (arguments, piece) in cases {
        run(arguments).assert_refused(2, &[piece]);
    }
}
