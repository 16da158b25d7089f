//! What the commands make of the ward's plan is what was accepted: the printed pages as they look,
//! the workbook of a section, the findings, and what is said of a handful of edits.
//!
//! They are given files of the first version, some changed by hand (`support/by_hand.rs`), so that
//! this holds whatever a plan becomes inside the program.

use std::{ffi::OsString, path::Path};

use furikaeri::storage::{builtin, format};

use crate::support::{
    by_hand::{ByHand, WARD},
    contact::assert_pages_accepted,
    disk,
    program::{Run, run},
    snapshot::assert_accepted,
    workbook::described,
};

/// Runs a command on files: `@計画.ron` is that file in the folder.
fn command(folder: &Path, arguments: &[&str]) -> Run {
    let argument = |said: &&str| match said.strip_prefix('@') {
        Some(name) => folder.join(name).into_os_string(),
        None => OsString::from(said),
    };
    run(&arguments.iter().map(argument).collect::<Vec<_>>())
}

/// A folder with a plan's files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, file) in files {
        disk::write(folder.path().join(name), file.as_bytes());
    }
    folder
}

#[test]
fn the_file_is_that_of_the_plan_that_is_built_in() {
    let is_same = format::read(WARD.as_bytes()) == builtin::plan();
    assert!(is_same, "the plan that is built in has become another");
}

#[test]
fn the_printed_pages_look_as_they_did() {
    let folder = folder(&[("計画.ron", WARD)]);
    for (name, more) in [
        ("ward-landscape.png", &[][..]),
        ("ward-portrait.png", &["--portrait"][..]),
    ] {
        let export = ["export", "@計画.ron", "--to", "@計画.pdf"];
        command(folder.path(), &[&export, more].concat()).assert_quiet_success();
        let pdf = disk::read(&folder.path().join("計画.pdf"));
        assert_pages_accepted(name, pdf, !more.is_empty());
    }
}

#[test]
fn the_findings_are_what_they_were() {
    let folder = folder(&[("計画.ron", WARD)]);
    for (name, more) in [
        ("ward-check.txt", &[][..]),
        ("ward-check.json", &["--format", "json"][..]),
    ] {
        let found = command(folder.path(), &[&["check", "@計画.ron"], more].concat());
        assert_eq!((found.status, &*found.errors), (Some(1), ""));
        assert_accepted(name, &found.output);
    }
}

#[test]
fn what_a_handful_of_edits_changed_is_what_it_was() {
    let edited = a_handful_of_edits().file();
    let folder = folder(&[("４月.ron", WARD), ("５月.ron", &edited)]);
    let changes = ["changes", "@４月.ron", "@５月.ron", "--to"];
    command(folder.path(), &[&changes[..], &["@表.html"]].concat()).assert_quiet_success();
    let page = disk::read(&folder.path().join("表.html"));
    let page = String::from_utf8(page).expect("the page is UTF-8");
    let (head, rest) = page.split_once("<style>").expect("the page has a style");
    let (_, rest) = rest.split_once("</style>").expect("and its end");
    assert_accepted("ward-edited.html", &format!("{head}<style></style>{rest}"));
    command(folder.path(), &[&changes[..], &["@表.pdf"]].concat()).assert_quiet_success();
    let pdf = disk::read(&folder.path().join("表.pdf"));
    assert_pages_accepted("ward-edited.png", pdf, false);
}

fn a_handful_of_edits() -> ByHand {
    let mut plan = ByHand::ward();
    // Texts: one changed, one added, and the title of a strategy.
    plan.change("人と人とのつながりづくり", "：１４件", "：１５件");
    plan.write(
        "地域活動の活性化",
        "notes",
        "・秋に実施した。\n・春にも実施する。",
    );
    plan.change("防犯対策の強化", "防犯対策の強化", "防犯・安全対策の強化");
    // Both sides of a status.
    let title = "ひと・まち・まなびをつなぐ生涯学習の推進";
    plan.change(title, "outlook: OffTarget", "outlook: OnTarget");
    plan.change(
        "地域防災の活動支援",
        "progress: Behind",
        "progress: OnSchedule",
    );
    // A number.
    plan.change("防災広報・啓発", "number: 5,", "number: 15,");
    // Moved within a strategy, and into another.
    let moved = plan.take("がん検診・特定健康診査の受診率の向上");
    plan.put_before("区民の健康増進", &moved);
    let moved = plan.take("青少年の健全育成の推進");
    plan.put_after("子育て支援情報の提供", &moved);
    // Added and deleted.
    let added = "(\n\
        id: \"00000000000000a1\",\n\
        number: 3,\n\
        title: \"水辺のにぎわい\",\n\
        results: \"・社会実験：２回\",\n\
        target: \"来場者：500人以上\",\n\
        status: (progress: Behind),\n\
        ),";
    plan.put_after("港区の魅力発掘・創出", added);
    plan.take("こどもの貧困対策の推進");
    plan
}

const OWNER: &str = "総務課";

#[test]
fn the_workbook_of_a_section_is_what_it_was() {
    let mut plan = ByHand::ward();
    // A plan that was handed out before keeps its id; only the third version says so.
    plan.replace("format: 1,", "format: 3,");
    plan.below(
        "as_of: \"2021-10-31\",",
        "round: (id: \"00000000000000f0\"),",
    );
    for title in [
        "人と人とのつながりづくり",
        "ひと・まち・まなびをつなぐ生涯学習の推進",
        "地域防災の活動支援",
        // Repeats another, and is not handed out.
        "高齢者等要援護者の見守り支援",
        "窓口業務におけるサービスの向上",
        // Has no number, and other words.
        "歳入の確保（独自財源の確保）",
    ] {
        plan.write(title, "owner", OWNER);
    }
    plan.write("歳出等の削減", "owner", "協働まちづくり推進課");
    let folder = folder(&[("計画.ron", &plan.file())]);
    let handed_out = command(
        folder.path(),
        &[
            "handout",
            "@計画.ron",
            "--to",
            "@配布",
            "--due",
            "2021-11-19",
            "--owner",
            OWNER,
        ],
    );
    assert_eq!((handed_out.status, &*handed_out.errors), (Some(0), ""));
    let names = disk::names(&folder.path().join("配布"));
    let [name] = &names[..] else {
        panic!("{names:?}");
    };
    let bytes = disk::read(&folder.path().join("配布").join(name));
    let said = format!("{name}\n{}", described(&bytes));
    assert_accepted("ward-handout.txt", &said);
}
