//! `furikaeri handout` and `furikaeri collect`.

use std::path::{Path, PathBuf};

use furikaeri::{
    plan::{Plan, handout::Stage},
    storage::files,
};

use crate::support::{
    disk,
    plans::{after, notes, numbered, real, set},
    program::{Run, run},
    sections::{OWNERS, Parts, owned, row_of},
};

fn save(folder: &Path, plan: &Plan) -> PathBuf {
    let path = folder.join("計画.ron");
    files::save(&path, plan, None).unwrap_or_else(|error| panic!("{error}"));
    path
}

fn open(path: &Path) -> Plan {
    files::open(path)
        .unwrap_or_else(|error| panic!("{error}"))
        .plan
}

fn hand_out(plan: &Path, to: &Path, more: &[&str]) -> Run {
    let mut arguments = vec![
        "handout".as_ref(),
        plan.as_os_str(),
        "--to".as_ref(),
        to.as_os_str(),
    ];
    arguments.extend(more.iter().map(std::ffi::OsStr::new));
    run(&arguments)
}

fn collect(plan: &Path, forms: &[PathBuf], to: Option<&Path>) -> Run {
    let mut arguments = vec!["collect".as_ref(), plan.as_os_str()];
    arguments.extend(forms.iter().map(|form| form.as_os_str()));
    if let Some(to) = to {
        arguments.extend(["--to".as_ref(), to.as_os_str()]);
    }
    run(&arguments)
}

/// A section fills in the notes of its first initiative.
fn fill_in(path: &Path, plan: &Plan, number: &str, text: &str) {
    let bytes = std::fs::read(path).expect("the form is there");
    let mut parts = Parts::of(&bytes);
    parts.type_in(
        &format!("H{}", row_of(&bytes, numbered(plan, number))),
        text,
    );
    disk::write(path.to_owned(), &parts.bytes());
}

#[test]
fn forms_go_out_come_back_and_are_in_the_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = save(folder.path(), &owned());
    let to = folder.path().join("配布");
    let run = hand_out(&path, &to, &["--due", "2021-11-19", "--ron"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let names = disk::names(&to);
    assert_eq!(names.len(), 16);
    assert_eq!(names[1], "01_総務課_令和３年度中間振り返り.xlsx");
    let out = open(&path);
    assert_eq!(out.round().owners.len(), OWNERS.len());
    assert!(
        out.round()
            .owners
            .iter()
            .all(|it| it.stage() == Stage::HandedOut)
    );
    assert_eq!(
        out.round().due.map(|due| due.to_string()).as_deref(),
        Some("2021-11-19")
    );

    let forms: Vec<PathBuf> = names
        .iter()
        .filter(|it| it.ends_with("xlsx"))
        .map(|it| to.join(it))
        .collect();
    fill_in(&forms[0], &out, "1-1-1", "春に実施");
    let before = std::fs::read(&path).expect("the plan");
    let result = folder.path().join("結果.ron");
    let run = collect(&path, &forms, Some(&result));
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(std::fs::read(&path).expect("the plan"), before);
    let taken = open(&result);
    let first = numbered(&taken, "1-1-1");
    assert_eq!(taken.text(Some(first), notes()), "春に実施");
    assert!(
        taken
            .round()
            .owners
            .iter()
            .all(|it| it.stage() == Stage::TakenIn)
    );
}

#[test]
fn what_people_have_to_decide_is_listed_and_the_plan_is_untouched() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = save(folder.path(), &owned());
    let to = folder.path().join("配布");
    assert_eq!(
        hand_out(&path, &to, &["--owner", OWNERS[0]]).status,
        Some(0)
    );
    let form = to.join(&disk::names(&to)[0]);
    let plan = open(&path);
    fill_in(&form, &plan, "1-1-1", "春に実施");
    let notes = set(numbered(&plan, "1-1-1"), notes(), "冬に実施");
    let path = save(folder.path(), &after(&plan, &[notes]));
    let before = std::fs::read(&path).expect("the plan");
    let wrong = disk::write(folder.path().join("別.xlsx"), b"%PDF-1.7");
    let run = collect(&path, &[form, wrong], None);
    assert_eq!(run.status, Some(1), "{run:?}");
    for words in [
        "課題・改善策",
        "計画：冬に実施",
        "総務課：春に実施",
        "Excel のファイル（.xlsx）ではありません",
    ] {
        assert!(run.output.contains(words), "「{words}」がない: {run:?}");
    }
    assert!(run.errors.contains("2個のうち2個"), "{run:?}");
    assert_eq!(std::fs::read(&path).expect("the plan"), before);
}

#[test]
fn a_form_that_is_there_already_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = save(folder.path(), &owned());
    let to = folder.path().join("配布");
    assert_eq!(
        hand_out(&path, &to, &["--owner", OWNERS[0]]).status,
        Some(0)
    );
    let before = std::fs::read(&path).expect("the plan");
    let names = disk::names(&to);
    hand_out(&path, &to, &[]).assert_refused(1, &["上書きしません", &names[0]]);
    assert_eq!(disk::names(&to), names);
    assert_eq!(std::fs::read(&path).expect("the plan"), before);
}

#[test]
fn what_cannot_be_handed_out_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = save(folder.path(), &real());
    let to = folder.path().join("配布");
    hand_out(&path, &to, &[]).assert_refused(1, &["担当に記入してもらうものがありません"]);
    hand_out(&path, &to, &["--owner", "ない"]).assert_refused(1, &["「ない」"]);
    hand_out(&path, &to, &["--due", "来週"]).assert_refused(2, &["--due"]);
    run(&["handout", "計画.ron"]).assert_refused(2, &["--to"]);
    run(&["collect", "計画.ron"]).assert_refused(2, &["返送されたファイル"]);
    assert!(!to.exists());
}

#[test]
fn a_return_is_not_replaced_by_the_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = save(folder.path(), &owned());
    let to = folder.path().join("配布");
    assert_eq!(hand_out(&path, &to, &[]).status, Some(0));
    let returned = to.join("01_総務課_令和３年度中間振り返り.xlsx");
    let before = disk::read(&returned);
    let run = collect(&path, std::slice::from_ref(&returned), Some(&returned));
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.errors.contains("読み込むファイルと同じです"), "{run:?}");
    assert_eq!(disk::read(&returned), before);
}
