//! 配布と回収: forms go out, come back, and are taken in; who is missing is seen.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{Queryable as _, by};
use furikaeri::{form::Slot, plan::handout::Stage, storage::files};

use crate::support::{
    desk::Desk,
    disk,
    plans::{numbered, results, set},
};

const CTRL: Modifiers = Modifiers::COMMAND;

fn answer_path(desk: &mut Desk, path: &Path, verb: &str) {
    desk.field("ファイルの場所").focus();
    desk.harness.run();
    desk.press(CTRL, Key::A);
    desk.type_text(&path.to_string_lossy());
    let button = by().role(Role::Button).label(verb);
    let buttons = desk.harness.get_all(button);
    buttons.last().expect(verb).click();
    desk.harness.run();
    desk.finish_jobs();
}

/// The forms of two sections in a folder, with files for furikaeri beside them.
fn handed_out() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::with_the_real_plan();
    desk.press(CTRL, Key::Num6);
    assert!(desk.shows("まだ配布していません"));
    desk.click(Role::Button, "担当を割り当てる…");
    for (strategy, owner) in [("戦略２－１", "防災担当"), ("戦略１－１", "協働まちづくり")]
    {
        let field = desk.harness.get_all(by().predicate(move |node| {
            node.role() == Role::TextInput
                && node
                    .labelled_by()
                    .any(|label| label.value().is_some_and(|name| name.starts_with(strategy)))
        }));
        field.last().expect(strategy).focus();
        desk.harness.run();
        desk.type_text(owner);
    }
    desk.click(Role::Button, "この担当にする");
    assert_eq!(desk.node("2-1-3").owner, "防災担当");
    assert_eq!(desk.node("1-1-1").owner, "協働まちづくり");
    desk.click(Role::Button, "様式を配布…");
    desk.type_in(
        "提出期限（例：令和3年11月19日。空欄でも構いません）",
        "2021/11/19",
    );
    desk.click(Role::CheckBox, "furikaeri 用のファイル");
    desk.click(Role::Button, "フォルダーを選ぶ…");
    answer_path(&mut desk, &folder.path().join("配布"), "作る");
    (folder, desk)
}

fn extract_of(folder: &Path, owner: &str) -> PathBuf {
    let here = folder.join("配布");
    let names = disk::names(&here);
    let name = names
        .iter()
        .find(|name| name.contains(owner) && name.ends_with(".ron"));
    here.join(name.expect(owner))
}

/// A section writes into its file.
fn fill_in(path: &Path, at: Slot, text: &str) {
    let mut opened = files::open(path).unwrap_or_else(|error| panic!("{error}"));
    let edit = set(numbered(&opened.plan, "2-1-3"), at, text);
    opened.plan.apply(&edit).expect("a text");
    files::save(path, &opened.plan, Some(opened.fingerprint))
        .unwrap_or_else(|error| panic!("{error}"));
}

fn stage(desk: &Desk, owner: &str) -> Stage {
    desk.plan().round().owner(owner).expect(owner).stage()
}

#[test]
fn forms_go_out_and_who_has_not_answered_is_seen() {
    let (folder, mut desk) = handed_out();
    assert!(desk.shows("2 担当のうち 2 担当から戻っていません"));
    assert!(desk.shows("提出期限　令和"));
    let names = disk::names(&folder.path().join("配布"));
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!(stage(&desk, "防災担当"), Stage::HandedOut);
    desk.click(Role::Button, "防災担当への督促の文をコピー");
    assert!(desk.shows("督促の文をコピーしました"));
    // Handing out is a step like any other.
    assert_eq!(desk.next_undo().as_deref(), Some("様式の配布"));
    // The same folder again: nothing is replaced.
    let before: Vec<Vec<u8>> = names
        .iter()
        .map(|name| disk::read(&folder.path().join("配布").join(name)))
        .collect();
    desk.click(Role::Button, "様式を配布…");
    desk.click(Role::Button, "フォルダーを選ぶ…");
    answer_path(&mut desk, &folder.path().join("配布"), "作る");
    assert!(desk.shows("同じ名前のファイルがあります"));
    let after: Vec<Vec<u8>> = names
        .iter()
        .map(|name| disk::read(&folder.path().join("配布").join(name)))
        .collect();
    assert_eq!(before, after);
}

#[test]
fn what_comes_back_is_taken_in_as_one_step_and_a_clash_is_decided() {
    let (folder, mut desk) = handed_out();
    let form = extract_of(folder.path(), "防災担当");
    fill_in(&form, results(), "・協定を２棟と結んだ");
    let collect = |desk: &mut Desk| {
        desk.menu("ファイル", "返送された様式を取り込む…");
        answer_path(desk, &form, "取り込む");
    };
    collect(&mut desk);
    assert!(desk.shows("1 件の様式を取り込みました"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.node("2-1-3").text(results()), "・協定を２棟と結んだ");
    assert_eq!(stage(&desk, "防災担当"), Stage::TakenIn);
    assert_eq!(
        desk.next_undo().as_deref(),
        Some("防災担当の様式の取り込み")
    );
    desk.press(CTRL, Key::Z);
    assert_ne!(desk.node("2-1-3").text(results()), "・協定を２棟と結んだ");
    // Meanwhile she wrote the same field.
    desk.go_to("2-1-3");
    desk.enter_field("現状の主な取組実績");
    desk.press(CTRL, Key::A);
    desk.type_text("・こちらで書いた実績");
    collect(&mut desk);
    assert!(desk.shows("防災担当の様式と、計画の両方で変わっています"));
    desk.click(Role::Button, "すべて防災担当の内容");
    desk.click(Role::Button, "この内容で取り込む");
    assert_eq!(desk.node("2-1-3").text(results()), "・協定を２棟と結んだ");
}

#[test]
fn a_form_that_is_left_for_later_is_recorded_as_returned() {
    let (folder, mut desk) = handed_out();
    let form = extract_of(folder.path(), "防災担当");
    fill_in(&form, results(), "・協定を２棟と結んだ");
    desk.go_to("2-1-3");
    desk.enter_field("現状の主な取組実績");
    desk.press(CTRL, Key::A);
    desk.type_text("・こちらで書いた実績");
    desk.menu("ファイル", "返送された様式を取り込む…");
    answer_path(&mut desk, &form, "取り込む");
    desk.click(Role::Button, "やめる");
    assert!(desk.shows("まだ取り込んでいません"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.node("2-1-3").text(results()), "・こちらで書いた実績");
    assert_eq!(stage(&desk, "防災担当"), Stage::Returned);
}

#[test]
fn what_is_no_form_is_said_and_nothing_is_changed() {
    let (folder, mut desk) = handed_out();
    let before = desk.plan().clone();
    let bad = disk::write(folder.path().join("写真.xlsx"), b"no workbook");
    desk.menu("ファイル", "返送された様式を取り込む…");
    answer_path(&mut desk, &bad, "取り込む");
    assert!(desk.shows("取り込めなかったファイルが 1 件あります"));
    assert!(desk.shows("写真.xlsx"));
    assert!(*desk.plan() == before);
}

#[test]
fn a_form_goes_back_with_what_is_to_be_changed() {
    let (folder, mut desk) = handed_out();
    desk.press(CTRL, Key::Num6);
    desk.click(Role::Button, "防災担当に差し戻す…");
    desk.type_in(
        "具体的取組２－１－３　津波避難ビルの確保",
        "件数を書いてください",
    );
    desk.click(Role::Button, "場所を選ぶ…");
    let path = folder.path().join("差戻し.xlsx");
    answer_path(&mut desk, &path, "保存");
    assert_eq!(stage(&desk, "防災担当"), Stage::SentBack);
    assert!(disk::read(&path).starts_with(b"PK"));
}
