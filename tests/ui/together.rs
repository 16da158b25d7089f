//! Two people with one file: what others save is seen, taken in, and what clashes is decided.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::NodeT as _;
use furikaeri::{
    plan::{Edit, Plan},
    session::{Action, watching::Outside},
    storage::files,
};

use crate::support::{
    desk::Desk,
    disk,
    plans::{self, numbered, real, set},
};

const CTRL: Modifiers = Modifiers::COMMAND;

fn office() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    files::save(&path, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    (folder, path)
}

fn open(folder: &Path, path: &Path) -> Desk {
    let nothing = plans::plan_of(Vec::new());
    let mut desk = Desk::keeping_below(&folder.join("local"), nothing);
    desk.open(path);
    desk.show(furikaeri::ui::Tab::Editor);
    desk.finish_jobs();
    desk
}

/// Somebody else edits the file and saves it.
fn somebody_else(path: &Path, edit: impl FnOnce(&Plan) -> Edit) {
    let mut opened = files::open(path).unwrap_or_else(|error| panic!("{error}"));
    let edit = edit(&opened.plan);
    opened.plan.apply(&edit).expect("an edit");
    files::save(path, &opened.plan, Some(opened.fingerprint))
        .unwrap_or_else(|error| panic!("{error}"));
}

fn notes(number: &'static str, text: &'static str) -> impl FnOnce(&Plan) -> Edit {
    move |plan| set(numbered(plan, number), plans::notes(), text)
}

/// She comes back to the window.
fn come_back(desk: &mut Desk) {
    desk.harness.event(egui::Event::WindowFocused(true));
    desk.harness.run();
    desk.finish_jobs();
}

#[test]
fn what_somebody_else_saved_is_said_and_taken_in_with_one_click() {
    let (folder, path) = office();
    let mut desk = open(folder.path(), &path);
    come_back(&mut desk);
    assert_eq!(desk.session().outside(), None);
    somebody_else(&path, notes("2-1-3", "相手の改善策"));
    come_back(&mut desk);
    assert_eq!(desk.session().outside(), Some(Outside::Saved));
    assert!(desk.shows("ほかの人がこのファイルを保存しました"));
    desk.go_to("1-1-1");
    desk.type_in("課題・改善策", "自分の改善策");
    desk.click(Role::Link, "取り込む");
    desk.finish_jobs();
    assert!(desk.shows("取り込みました（1 か所）"));
    assert_eq!(desk.node("2-1-3").text(plans::notes()), "相手の改善策");
    assert!(
        desk.node("1-1-1")
            .text(plans::notes())
            .contains("自分の改善策")
    );
    assert_eq!(desk.session().outside(), None);
    // Her own is still to be saved, and saving asks nothing now.
    assert!(desk.session().document().is_unsaved());
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    assert!(!desk.session().document().is_unsaved());
    let saved = files::open(&path).expect("the file").plan;
    assert!(saved == *desk.plan());
    // One step takes back what was taken in.
    desk.press(CTRL, Key::Z);
    assert_ne!(desk.node("2-1-3").text(plans::notes()), "相手の改善策");
}

#[test]
fn a_clash_is_decided_before_anything_is_saved() {
    let (folder, path) = office();
    let mut desk = open(folder.path(), &path);
    desk.go_to("2-1-3");
    desk.enter_field("課題・改善策");
    desk.press(CTRL, Key::A);
    desk.type_text("自分の案");
    somebody_else(&path, notes("2-1-3", "相手の案"));
    let theirs = disk::read(&path);
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    desk.click(Role::Button, "取り込んで保存");
    desk.finish_jobs();
    assert!(desk.shows("同じところを、ほかの人も変えています"));
    assert!(desk.shows("具体的取組２－１－３"));
    let decide = desk.get(Role::Button, "この内容で取り込む");
    assert!(decide.accesskit_node().is_disabled());
    assert_eq!(disk::read(&path), theirs);
    desk.click(Role::RadioButton, "両方を残す");
    desk.click(Role::Button, "この内容で取り込む");
    desk.finish_jobs();
    let saved = files::open(&path).expect("the file").plan;
    assert!(saved == *desk.plan());
    assert_eq!(
        desk.node("2-1-3").text(plans::notes()),
        "自分の案\n相手の案"
    );
    assert!(!desk.session().document().is_unsaved());
}

#[test]
fn giving_up_a_merge_leaves_both_as_they_were() {
    let (folder, path) = office();
    let mut desk = open(folder.path(), &path);
    desk.go_to("2-1-3");
    desk.type_in("課題・改善策", "自分の案");
    somebody_else(&path, notes("2-1-3", "相手の案"));
    let theirs = disk::read(&path);
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    desk.click(Role::Button, "取り込んで保存");
    desk.finish_jobs();
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(desk.session().merging().is_none());
    assert!(desk.node("2-1-3").text(plans::notes()).contains("自分の案"));
    assert!(desk.session().document().is_unsaved());
    assert_eq!(disk::read(&path), theirs);
}

#[test]
fn a_file_that_went_away_is_said() {
    let (folder, path) = office();
    let mut desk = open(folder.path(), &path);
    std::fs::rename(&path, folder.path().join("別の名前.ron")).expect("a rename");
    come_back(&mut desk);
    assert!(desk.shows("ファイルが元の場所にありません"));
    desk.get(Role::Link, "名前を付けて保存…");
}

#[test]
fn news_stands_below_what_is_written_alone_and_can_be_put_aside() {
    let (folder, path) = office();
    let _first = open(folder.path(), &path);
    let mut desk = open(folder.path(), &path);
    desk.go_to("1-1-1");
    let field = |desk: &Desk| desk.field("課題・改善策").rect().top();
    let before = field(&desk);
    somebody_else(&path, notes("2-1-3", "相手の改善策"));
    come_back(&mut desk);
    assert!(desk.shows("ほかの人がこのファイルを保存しました"));
    assert!(!desk.shows("から開いています"), "one at a time");
    desk.click(Role::Link, "閉じる");
    assert!(!desk.shows("ほかの人がこのファイルを保存しました"));
    assert_eq!(field(&desk), before, "nothing has moved");
    come_back(&mut desk);
    assert!(
        !desk.shows("ほかの人がこのファイルを保存しました"),
        "it stays aside"
    );
    desk.act(Action::TakeIn);
    desk.finish_jobs();
    somebody_else(&path, notes("2-1-3", "次の改善策"));
    come_back(&mut desk);
    assert!(
        desk.shows("ほかの人がこのファイルを保存しました"),
        "this is other news"
    );
}

#[test]
fn who_opens_it_second_is_told_who_has_it() {
    let (folder, path) = office();
    let _first = open(folder.path(), &path);
    let second = open(folder.path(), &path);
    assert!(second.shows("から開いています"), "nobody is named");
    drop(second);
    drop(_first);
    let alone = open(folder.path(), &path);
    assert!(!alone.shows("から開いています"));
    drop(alone);
    assert_eq!(disk::names(folder.path()), ["計画.ron"]);
}
