//! Work that was not saved survives the program; earlier versions can be taken back.

use std::{
    fs,
    path::{Path, PathBuf},
};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{Queryable as _, by};
use furikaeri::{
    form::Slot,
    session::{Action, keeping},
    storage::{files, journal},
    ui::Tab,
};

use crate::support::{
    desk::Desk,
    paper,
    plans::{notes, real, set},
};

const CTRL: Modifiers = Modifiers::COMMAND;

fn office() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    files::save(&path, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    (folder, path)
}

fn start(folder: &Path) -> Desk {
    let mut desk = Desk::keeping_below(&folder.join("local"), real());
    desk.act(Action::LookForLeftovers);
    desk.finish_jobs();
    desk
}

/// Lets the keys rest until the work is kept.
fn pause(desk: &mut Desk) {
    for _ in 0..12 {
        desk.rest();
    }
    desk.finish_jobs();
    assert!(desk.is_kept());
    assert!(desk.shows("未保存の変更があります（この PC に控えあり）"));
}

/// A session that ends without a word, as when the plug is pulled.
fn broken_session(folder: &Path, path: &Path) {
    let mut desk = start(folder);
    desk.open(path);
    desk.go_to("2-1-3");
    desk.enter_field("課題・改善策");
    desk.press(CTRL, Key::A);
    desk.type_text("まだ保存していない");
    pause(&mut desk);
}

#[test]
fn work_that_was_not_saved_is_offered_with_what_it_changes_and_can_be_undone_after() {
    let (folder, path) = office();
    broken_session(folder.path(), &path);
    let mut desk = start(folder.path());
    assert!(desk.shows("保存されていない編集内容が残っています"));
    assert!(desk.shows("計画.ron"));
    assert!(desk.shows("具体的取組２－１－３"));
    // Nothing has happened yet.
    assert!(*desk.plan() == real());
    desk.click(Role::Button, "復元する");
    desk.finish_jobs();
    assert_eq!(desk.node("2-1-3").text(notes()), "まだ保存していない");
    assert_eq!(desk.session().document().path(), Some(path.as_path()));
    assert!(desk.session().document().is_unsaved());
    // The file is claimed again, as when it is opened.
    let mut other = start(folder.path());
    other.open(&path);
    assert!(other.shows("から開いています"));
    drop(other);
    assert_eq!(desk.view().tab, Tab::Changes);
    assert!(desk.shows("まだ保存していない"));
    assert_eq!(
        desk.next_undo().as_deref(),
        Some("課題・改善策の編集（２－１－３）")
    );
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    let saved = files::open(&path).expect("the file").plan;
    assert!(saved == *desk.plan());
    desk.press(CTRL, Key::Z);
    assert!(*desk.plan() == real());
    // As it was saved, it is offered no more.
    desk.press(CTRL, Key::Y);
    desk.finish_jobs();
    drop(desk);
    let again = start(folder.path());
    assert!(!again.shows("残っています"), "offered again");
}

#[test]
fn work_on_a_file_that_somebody_has_saved_meanwhile_is_merged() {
    let (folder, path) = office();
    broken_session(folder.path(), &path);
    let mut opened = files::open(&path).expect("the file");
    let id = opened.plan.top()[0].id;
    let edit = set(id, Slot::TITLE, "相手が直した名称");
    opened.plan.apply(&edit).expect("an edit");
    files::save(&path, &opened.plan, Some(opened.fingerprint)).expect("a save");
    let mut desk = start(folder.path());
    desk.click(Role::Button, "復元する");
    desk.finish_jobs();
    assert_eq!(desk.node("2-1-3").text(notes()), "まだ保存していない");
    assert_eq!(desk.plan().top()[0].title, "相手が直した名称");
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    let saved = files::open(&path).expect("the file").plan;
    assert!(saved == *desk.plan());
}

#[test]
fn work_can_be_left_for_later_or_given_up() {
    let (folder, path) = office();
    broken_session(folder.path(), &path);
    let mut desk = start(folder.path());
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(*desk.plan() == real());
    drop(desk);
    let mut desk = start(folder.path());
    desk.click(Role::Button, "破棄する");
    drop(desk);
    assert!(!start(folder.path()).shows("残っています"));
}

#[test]
fn saved_work_and_work_that_is_being_composed_is_not_kept() {
    let (folder, path) = office();
    let local = folder.path().join("local");
    let mut desk = start(folder.path());
    desk.open(&path);
    desk.go_to("2-1-3");
    desk.enter_field("課題・改善策");
    desk.preedit("へんかんちゅう");
    for _ in 0..12 {
        desk.rest();
    }
    assert!(!desk.is_kept());
    desk.commit("変換中");
    pause(&mut desk);
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    desk.rest();
    desk.finish_jobs();
    assert!(!desk.is_kept());
    drop(desk);
    assert_eq!(journal::leftovers(&local).len(), 0);
}

#[test]
fn an_earlier_version_is_compared_with_and_one_thing_is_taken_back() {
    let (folder, path) = office();
    let mut desk = start(folder.path());
    desk.open(&path);
    for text in ["一度目", "二度目"] {
        desk.go_to("2-1-3");
        desk.enter_field("課題・改善策");
        desk.press(CTRL, Key::A);
        desk.type_text(text);
        desk.press(CTRL, Key::S);
        desk.finish_jobs();
    }
    desk.press(CTRL, Key::Num5);
    desk.finish_jobs();
    // All is saved: what was done since it was opened is of interest.
    assert!(desk.shows("1 か所が変わっています"));
    desk.click(Role::Button, "最後に保存した内容");
    assert!(desk.shows("最後に保存した内容から何も変わっていません"));
    assert_eq!(desk.session().versions().backups.len(), 2);
    desk.click(Role::ComboBox, "以前の版");
    let is_version = by()
        .role(Role::Button)
        .predicate(|node| node.label().is_some_and(|it| it.ends_with("までの版")));
    let oldest = desk.harness.get_all(is_version).last();
    oldest.expect("two versions").click();
    desk.harness.run();
    desk.finish_jobs();
    assert!(desk.shows("1 か所が変わっています"));
    desk.click(Role::Button, "新旧対照表に書き出す…");
    let pdf = folder.path().join("新旧.pdf");
    desk.field("ファイルの場所").focus();
    desk.harness.run();
    desk.press(CTRL, Key::A);
    desk.type_text(&pdf.to_string_lossy());
    desk.press(Modifiers::NONE, Key::Enter);
    desk.finish_jobs();
    if let Some(text) = paper::read_by("pdftotext", &[], &pdf, &["-"]) {
        assert!(text.contains("二度目") && text.contains("津波避難ビル"));
    }
    desk.click(Role::Button, "戻す：具体的取組２－１－３");
    assert!(*desk.plan() == real());
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.node("2-1-3").text(notes()), "二度目");
    // Another plan has no business with the versions of this one.
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    let another = folder.path().join("別の計画.ron");
    files::save(&another, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    desk.open(&another);
    desk.press(CTRL, Key::Num5);
    desk.finish_jobs();
    assert!(desk.shows("開いたときの内容から何も変わっていません"));
    desk.go_to("2-1-3");
    desk.type_in("課題・改善策", "まだ保存していない");
    desk.press(CTRL, Key::Num5);
    assert!(
        desk.shows("1 か所が変わっています"),
        "what there is to be saved"
    );
    assert_eq!(desk.session().versions().backups.len(), 0);
}

#[test]
fn in_place_of_a_plan_that_cannot_be_read_its_earlier_versions_are_offered() {
    let (folder, path) = office();
    let mut desk = start(folder.path());
    desk.open(&path);
    desk.go_to("2-1-3");
    desk.type_in("課題・改善策", "書き足したこと");
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    fs::write(&path, "(format: 1, 途中で切れた").expect("broken");
    let mut desk = start(folder.path());
    desk.act(Action::OpenPath(path.clone()));
    desk.finish_jobs();
    assert!(desk.shows("開けませんでした"));
    desk.click_first(Role::Button, "までの版を開く");
    desk.finish_jobs();
    assert!(*desk.plan() == real());
    assert!(desk.session().document().is_unsaved(), "it has no file yet");
    assert!(desk.shows("保存するときに場所を選んでください"));
    let broken = fs::read_to_string(&path).expect("the file");
    assert!(broken.contains("途中で切れた"), "what is there is left");
}

#[test]
fn a_workbook_is_no_plan_and_what_to_do_with_it_is_asked() {
    let (folder, path) = office();
    let mut desk = start(folder.path());
    let workbook = path.with_extension("xlsx");
    fs::write(&workbook, "").expect("a file");
    desk.act(Action::OpenPath(workbook));
    desk.finish_jobs();
    desk.get(Role::Button, "回収した様式として取り込む");
    desk.click(Role::Button, "表から新しい計画を作る…");
    desk.finish_jobs();
    assert!(desk.session().prompt().is_some(), "the table is looked at");
}

/// The process that breaks, and the folder it is in.
const BREAKS: &str = "FURIKAERI_TEST_BREAKS_IN";

#[test]
fn a_program_that_breaks_keeps_the_work_first() {
    // What is kept in an emergency is one plan for a process, so it takes a process of its own.
    if let Some(folder) = std::env::var_os(BREAKS) {
        let folder = PathBuf::from(folder);
        let mut desk = start(&folder);
        desk.open(&folder.join("計画.ron"));
        desk.go_to("2-1-3");
        desk.type_in("課題・改善策", "書きかけ");
        // Into the plan, but not yet into the journal.
        desk.rest();
        assert!(!desk.is_kept());
        assert!(keeping::keep_in_emergency());
        std::process::abort();
    }
    let (folder, _path) = office();
    let name = "ui::recovery::a_program_that_breaks_keeps_the_work_first";
    let broken = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", name, "--nocapture"])
        .env(BREAKS, folder.path())
        .output()
        .expect("this program again");
    assert!(!broken.status.success());
    let mut desk = start(folder.path());
    desk.click(Role::Button, "復元する");
    desk.finish_jobs();
    assert!(desk.node("2-1-3").text(notes()).ends_with("書きかけ"));
}
