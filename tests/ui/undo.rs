//! Undo and redo: labelled, unlimited, and what changed is on the screen afterwards.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use furikaeri::ui::Tab;

use crate::support::{
    desk::Desk,
    plans::{notes, target},
};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

#[test]
fn the_menu_says_what_would_be_undone_and_undoing_goes_there() {
    let mut desk = Desk::with_the_real_plan();
    let before = desk.node("2-1-3").text(target()).to_owned();
    desk.go_to("2-1-3");
    desk.type_in("目標（取組によりめざす指標）", "追記");
    desk.go_to("6-2-3");
    desk.menu("編集", "元に戻す：目標の編集（２－１－３）");
    assert_eq!(desk.selected(), "2-1-3");
    assert_eq!(desk.node("2-1-3").text(target()), before);
    let field = desk.field("目標（取組によりめざす指標）");
    assert_eq!(field.value().as_deref(), Some(before.as_str()));
    desk.go_to("1-1-1");
    desk.press(CTRL, Key::Y);
    assert_eq!(desk.selected(), "2-1-3");
    assert_eq!(desk.node("2-1-3").text(target()), format!("{before}追記"));
}

#[test]
fn one_visit_to_a_field_is_one_step() {
    let mut desk = Desk::with_the_real_plan();
    let before = desk.node("2-1-3").text(notes()).to_owned();
    desk.go_to("2-1-3");
    desk.type_in("課題・改善策", "一");
    desk.rest();
    desk.type_text("二");
    desk.rest();
    desk.type_text("三");
    desk.press(NONE, Key::Tab);
    assert_eq!(desk.node("2-1-3").text(notes()), format!("{before}一二三"));
    desk.tree().focus();
    desk.harness.run();
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.node("2-1-3").text(notes()), before);
    assert!(
        !desk.session().document().is_unsaved(),
        "back to where it was opened"
    );
}

#[test]
fn in_a_field_undo_goes_back_in_the_text_first() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.click(Role::RadioButton, "目標未達成見込");
    let before = desk.node("2-1-3").text(notes()).to_owned();
    desk.type_in("課題・改善策", "一");
    desk.rest();
    desk.type_text("二");
    desk.rest();
    desk.press(CTRL, Key::Z);
    desk.rest();
    assert_eq!(desk.node("2-1-3").text(notes()), format!("{before}一"));
    desk.press(CTRL, Key::Z);
    desk.rest();
    assert_eq!(desk.node("2-1-3").text(notes()), before);
    // The field has nothing left to undo; now the status before it is next.
    assert_eq!(
        desk.next_undo().as_deref(),
        Some("達成状況（目標の見込）の変更（２－１－３）")
    );
}

#[test]
fn a_field_never_brings_back_what_undoing_took_away() {
    let mut desk = Desk::with_the_real_plan();
    let before = desk.node("2-1-3").text(notes()).to_owned();
    desk.go_to("2-1-3");
    desk.type_in("課題・改善策", "追記");
    desk.menu("編集", "元に戻す");
    assert_eq!(desk.node("2-1-3").text(notes()), before);
    desk.field("課題・改善策").focus();
    desk.harness.run();
    desk.press(CTRL, Key::Z);
    desk.rest();
    assert_eq!(desk.node("2-1-3").text(notes()), before);
}

#[test]
fn a_new_edit_ends_redoing() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.click(Role::RadioButton, "目標未達成見込");
    desk.press(CTRL, Key::Z);
    assert!(desk.session().document().history().next_redo().is_some());
    desk.click(Role::RadioButton, "取組予定通り進捗している");
    assert!(desk.session().document().history().next_redo().is_none());
}

#[test]
fn fifty_steps_are_all_undone_and_all_redone() {
    let mut desk = Desk::with_the_real_plan();
    let original = desk.plan().clone();
    desk.go_to("2-1-3");
    for _ in 0..25 {
        desk.click(Role::RadioButton, "目標未達成見込");
        desk.click(Role::RadioButton, "目標達成見込");
    }
    let edited = desk.plan().clone();
    for _ in 0..50 {
        desk.press(CTRL, Key::Z);
    }
    assert_eq!(*desk.plan(), original);
    assert!(desk.session().document().history().next_undo().is_none());
    for _ in 0..50 {
        desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    }
    assert_eq!(*desk.plan(), edited);
}

#[test]
fn the_palette_finds_a_command_by_name() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    desk.type_text("複製");
    desk.press(NONE, Key::Enter);
    assert_eq!(
        desk.next_undo().as_deref(),
        Some("具体的取組の追加（２－１－７）")
    );
    assert!(
        desk.harness.query_by_label("操作の名前").is_none(),
        "closed"
    );
}

#[test]
fn undo_stays_where_she_is_and_says_what_has_changed() {
    for (key, tab) in [
        (Key::Num1, Tab::Overview),
        (Key::Num4, Tab::Checks),
        (Key::Num5, Tab::Changes),
        (Key::Num6, Tab::Sections),
    ] {
        let mut desk = Desk::with_the_real_plan();
        desk.go_to("2-1-3");
        desk.click(Role::RadioButton, "目標未達成見込");
        desk.press(CTRL, key);
        desk.press(CTRL, Key::Z);
        assert_eq!(desk.view().tab, tab);
        assert_eq!(desk.selected(), "2-1-3");
        assert!(desk.shows("元に戻しました：達成状況（目標の見込）の変更（２－１－３）"));
        desk.press(CTRL, Key::Y);
        assert_eq!(desk.view().tab, tab);
        assert!(desk.shows("やり直しました：達成状況（目標の見込）の変更（２－１－３）"));
    }
}

#[test]
fn what_a_text_has_undone_by_itself_can_be_done_again() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    let before = desk.node("2-1-3").text(notes()).to_owned();
    let emptied = |desk: &mut Desk| {
        desk.enter_field("課題・改善策");
        desk.press(CTRL, Key::A);
        desk.press(NONE, Key::Delete);
        desk.press(CTRL, Key::Z);
        assert_eq!(desk.field("課題・改善策").value(), Some(before.clone()));
    };
    emptied(&mut desk);
    desk.menu("編集", "やり直す");
    assert_eq!(desk.field("課題・改善策").value(), Some(String::new()));
    assert!(desk.field("課題・改善策").is_focused());
    desk.press(CTRL, Key::Z);
    desk.press(CTRL, Key::Y);
    assert_eq!(desk.field("課題・改善策").value(), Some(String::new()));
    desk.press(NONE, Key::Tab);
    assert_eq!(desk.node("2-1-3").text(notes()), "");
}
