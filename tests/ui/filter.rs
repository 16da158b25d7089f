//! Searching and filtering the tree, as somebody types and clicks.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use crate::support::desk::Desk;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn numbers(desk: &Desk) -> Vec<String> {
    let rows = desk.harness.query_all(by().role(Role::TreeItem));
    rows.filter_map(|row| row.accesskit_node().label())
        .filter_map(|name| name.strip_prefix("具体的取組").map(str::to_owned))
        .filter_map(|name| name.split(' ').next().map(str::to_owned))
        .collect()
}

#[test]
fn what_is_typed_is_found_whatever_its_width_and_kana() {
    for query in ["ﾊﾞﾘｱﾌﾘｰ", "ばりあふりー", "バリアフリー"] {
        let mut desk = Desk::with_the_real_plan();
        desk.press(CTRL, Key::F);
        desk.type_text(query);
        assert_eq!(numbers(&desk), ["２－３－１"], "{query}");
        assert!(desk.shows("1 件"));
    }
}

#[test]
fn the_next_and_the_previous_hit_are_one_key_away() {
    let mut desk = Desk::with_the_real_plan();
    desk.press(CTRL, Key::F);
    desk.type_text("津波");
    let found = numbers(&desk);
    assert!(found.len() > 1, "{found:?}");
    let mut walked = Vec::new();
    for _ in 0..=found.len() {
        desk.press(NONE, Key::F3);
        walked.push(furikaeri::form::full_width(&desk.selected()));
    }
    assert_eq!(walked[..found.len()], found);
    assert_eq!(walked.last(), found.first(), "and round again");
    desk.press(Modifiers::SHIFT, Key::F3);
    assert_eq!(
        furikaeri::form::full_width(&desk.selected()),
        found[found.len() - 1]
    );
}

#[test]
fn chips_narrow_the_tree_and_say_that_they_do() {
    let mut desk = Desk::with_the_real_plan();
    desk.press(CTRL, Key::F);
    let chip = desk
        .harness
        .get_by_role_and_label(Role::Button, "未達成見込");
    chip.click();
    desk.harness.run();
    assert_eq!(numbers(&desk), ["１－１－４", "４－１－３", "改革－１"]);
    desk.press(NONE, Key::Escape);
    assert!(!desk.view().filter.is_on());
    assert!(numbers(&desk).len() > 3);
}

#[test]
fn changed_is_what_has_changed_since_it_was_opened() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.click(Role::RadioButton, "目標未達成見込");
    desk.press(CTRL, Key::F);
    desk.click(Role::Button, "変更あり");
    assert_eq!(numbers(&desk), ["２－１－３"]);
    desk.press(CTRL, Key::Z);
    assert_eq!(
        numbers(&desk),
        ["２－１－３"],
        "nobody loses what she is writing in"
    );
    desk.click(Role::TreeItem, "戦略２－１");
    assert_eq!(numbers(&desk), Vec::<String>::new());
}

#[test]
fn nothing_found_is_said() {
    let mut desk = Desk::with_the_real_plan();
    desk.press(CTRL, Key::F);
    desk.type_text("存在しない言葉");
    assert!(numbers(&desk).is_empty());
    assert!(desk.shows("0 件"));
}

#[test]
fn what_an_ime_composes_is_not_searched_for_yet() {
    let mut desk = Desk::with_the_real_plan();
    desk.press(CTRL, Key::F);
    let all = numbers(&desk);
    desk.preedit("つなみ");
    assert_eq!(numbers(&desk), all);
    desk.commit("津波");
    assert!(numbers(&desk).len() < all.len());
}

#[test]
fn a_section_in_charge_is_chosen_from_those_that_the_plan_names() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.field("担当").set_text_value_accesskit("危機管理担当");
    desk.harness.run();
    desk.press(CTRL, Key::F);
    desk.click(Role::ComboBox, "担当で絞り込む");
    desk.click(Role::Button, "危機管理担当");
    assert_eq!(numbers(&desk), ["２－１－３"]);
    desk.press(NONE, Key::F3);
    assert_eq!(desk.selected(), "2-1-3");
}

#[test]
fn escape_shows_the_list_as_it_was_before_it_was_narrowed() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("6-2-3");
    let before = desk.get(Role::TreeItem, "具体的取組６－２－３").rect();
    desk.press(CTRL, Key::F);
    desk.type_text("津波");
    desk.press(NONE, Key::F3);
    assert_ne!(desk.selected(), "6-2-3");
    desk.press(NONE, Key::Escape);
    assert!(!desk.view().filter.is_on());
    assert_eq!(desk.selected(), "6-2-3");
    let after = desk.get(Role::TreeItem, "具体的取組６－２－３").rect();
    assert_eq!(before.top(), after.top(), "scrolled as it was");
}

#[test]
fn what_was_written_in_stays_when_the_list_is_whole_again() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("6-2-3");
    desk.press(CTRL, Key::F);
    desk.type_text("津波");
    desk.press(NONE, Key::F3);
    let found = desk.selected();
    desk.type_in("課題・改善策", "追記");
    // The first Escape leaves the text, the second the filter.
    desk.press(NONE, Key::Escape);
    assert!(desk.view().filter.is_on());
    desk.press(NONE, Key::Escape);
    assert!(!desk.view().filter.is_on());
    assert_eq!(desk.selected(), found);
}
