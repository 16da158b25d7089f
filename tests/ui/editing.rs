//! Editing a node: texts, choices, bullets, reposts, as a person does it.

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use furikaeri::{form::Slot, plan::Standing};

use crate::support::{
    desk::Desk,
    plans::{BEHIND, OFF_TARGET, ON_SCHEDULE, notes, outlook, progress, results, target},
};

const NONE: Modifiers = Modifiers::NONE;

#[test]
fn what_is_typed_is_in_the_plan_when_the_field_is_left() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.type_in("現状の主な取組実績", "\u{3000}追記");
    assert!(
        desk.session().document().is_unsaved(),
        "typing alone is unsaved work"
    );
    assert!(!desk.node("2-1-3").text(results()).contains("追記"));
    desk.press(NONE, Key::Tab);
    assert!(desk.node("2-1-3").text(results()).ends_with("\u{3000}追記"));
    assert_eq!(
        desk.next_undo().as_deref(),
        Some("実績の編集（２－１－３）")
    );
}

#[test]
fn what_is_typed_is_in_the_plan_when_the_keys_rest() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.type_in("課題・改善策", "追記");
    desk.rest();
    assert!(desk.node("2-1-3").text(notes()).ends_with("追記"));
    assert!(desk.field("課題・改善策").is_focused(), "the cursor stays");
}

#[test]
fn going_to_another_node_keeps_what_was_typed() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.type_in("目標（取組によりめざす指標）", "追記");
    desk.click(Role::TreeItem, "福祉避難所の設置運営支援");
    assert_eq!(desk.selected(), "2-1-4");
    assert!(desk.node("2-1-3").text(target()).ends_with("追記"));
    assert!(!desk.node("2-1-4").text(target()).contains("追記"));
}

#[test]
fn the_two_axes_are_chosen_in_the_forms_own_words() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("1-1-1");
    assert!(desk.shows("【目標達成見込、取組予定通り進捗している】"));
    desk.click(Role::RadioButton, "取組予定通り進捗していない");
    assert_eq!(desk.node("1-1-1").text(progress()), BEHIND);
    assert_eq!(desk.standing("1-1-1"), Standing::Concern);
    assert!(desk.shows("【目標達成見込、取組予定通り進捗していない】"));
    assert!(
        desk.shows("課題・改善策を書いてください"),
        "a bad status wants notes"
    );
    desk.click(Role::RadioButton, "目標未達成見込");
    assert_eq!(desk.standing("1-1-1"), Standing::Worst);
    let row = "具体的取組１－１－１ 人と人とのつながりづくり、未達成見込・予定通りでない";
    assert!(desk.find(Role::TreeItem, row).is_some());
}

#[test]
fn an_axis_can_be_taken_back_to_not_assessed() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("1-1-1");
    let first_axis = desk.harness.get_all_by_label("未評価に戻す").next();
    first_axis.expect("a link for each axis").click();
    desk.harness.run();
    assert_eq!(desk.node("1-1-1").text(outlook()), "");
    assert_eq!(desk.node("1-1-1").text(progress()), ON_SCHEDULE);
}

#[test]
fn the_reform_part_has_its_own_wording() {
    let mut desk = Desk::with_the_real_plan();
    desk.tree().focus();
    desk.press(NONE, Key::End);
    assert!(desk.shows("【目標達成見込、取組内容実施見込】"));
    desk.press(NONE, Key::ArrowUp);
    desk.press(NONE, Key::ArrowUp);
    assert!(desk.shows("【目標未達成見込、取組内容実施見込】"));
    assert_eq!(desk.node("改革-1").text(outlook()), OFF_TARGET);
}

#[test]
fn enter_in_a_bullet_list_begins_the_next_bullet() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.enter_field("現状の主な取組実績");
    desk.press(NONE, Key::Enter);
    desk.type_text("二つ目");
    desk.press(NONE, Key::Enter);
    desk.press(NONE, Key::Enter);
    desk.type_text("終わり");
    desk.rest();
    let results = desk.node("2-1-3").text(results());
    assert!(results.ends_with("\n・二つ目\n終わり"), "{results}");
}

#[test]
fn a_repost_shows_its_source_and_leads_there() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("3-3-1");
    assert!(desk.shows("具体的取組３－１－２の再掲"));
    assert!(desk.shows("要援護者からの年間相談延べ件数：4,400件"));
    assert!(
        desk.find(Role::MultilineTextInput, "現状の主な取組実績")
            .is_none()
    );
    desk.click(Role::Button, "再掲元へ移動");
    assert_eq!(desk.selected(), "3-1-2");
}

#[test]
fn an_initiative_becomes_a_repost_and_back_without_losing_its_text() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-4");
    let before = desk.node("2-1-4").text(results()).to_owned();
    desk.menu("編集", "再掲にする…");
    desk.type_text("2-1-3");
    desk.click(Role::Button, "２－１－３");
    assert_eq!(desk.node("2-1-4").repost_of, Some(desk.id("2-1-3")));
    assert!(desk.shows("具体的取組２－１－３の再掲"));
    desk.click(Role::Button, "再掲をやめる");
    assert_eq!(desk.node("2-1-4").text(results()), before);
    assert!(desk.field("現状の主な取組実績").value().is_some());
}

#[test]
fn a_table_row_opens_its_initiative() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2");
    desk.click(
        Role::Button,
        "具体的取組２－１－３ 津波避難ビルの確保、予定通りでない",
    );
    assert_eq!(desk.selected(), "2-1-3");
    desk.click(Role::Link, "戦略２－１");
    assert_eq!(desk.selected(), "2-1");
}

#[test]
fn a_screen_reader_can_set_a_text() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.field("担当").set_text_value_accesskit("危機管理担当");
    desk.harness.run();
    assert_eq!(desk.node("2-1-3").text(Slot::OWNER), "危機管理担当");
}

#[test]
fn what_windows_puts_on_the_clipboard_gets_plain_line_breaks() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.enter_field("課題・改善策");
    desk.harness
        .event(Event::Paste("一行目\r\n二行目".to_owned()));
    desk.harness.run();
    desk.rest();
    assert!(desk.node("2-1-3").text(notes()).ends_with("一行目\n二行目"));
}

#[test]
fn the_cursor_is_back_where_it_was_when_a_dialog_is_left() {
    for (name, tab) in [
        ("課題・改善策", Key::Num2),
        ("２－１－３ 課題・改善策", Key::Num3),
    ] {
        for key in [
            (Modifiers::COMMAND | Modifiers::SHIFT, Key::S),
            (Modifiers::COMMAND, Key::E),
            (Modifiers::COMMAND, Key::P),
        ] {
            let mut desk = Desk::with_the_real_plan();
            desk.go_to("2-1-3");
            desk.press(Modifiers::COMMAND, tab);
            match tab {
                Key::Num3 => desk.write_cell(name, "書きかけ"),
                _ => desk.type_in(name, "書きかけ"),
            }
            desk.press(key.0, key.1);
            desk.finish_jobs();
            desk.press(Modifiers::NONE, Key::Escape);
            desk.type_text("続き");
            desk.press(Modifiers::NONE, Key::F6);
            let notes = desk.node("2-1-3").text(notes());
            assert!(
                notes.ends_with("書きかけ続き"),
                "{name} after {key:?}: {notes}"
            );
        }
    }
}
