//! The tree: what its rows say, and moving in it with the keyboard alone.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::{desk::Desk, plans};

const NONE: Modifiers = Modifiers::NONE;

#[test]
fn rows_say_number_title_state_and_what_is_inside() {
    let desk = Desk::with_the_real_plan();
    for name in [
        "経営課題１ 区民主体のまちづくり、8 件、未達成見込 1 件",
        "戦略１－１ 豊かなコミュニティの促進、4 件、未達成見込 1 件",
        "具体的取組１－１－１ 人と人とのつながりづくり、順調",
        "具体的取組１－１－４ ひと・まち・まなびをつなぐ生涯学習の推進、未達成見込、点検 2 件",
        "具体的取組２－１－３ 津波避難ビルの確保、予定通りでない",
    ] {
        let row = desk.harness.get_by_role_and_label(Role::TreeItem, name);
        let level = name.matches('－').count() + 1;
        assert_eq!(row.accesskit_node().level(), Some(level), "{name}");
    }
}

#[test]
fn the_plan_is_walked_through_with_the_arrow_keys() {
    let mut desk = Desk::with_the_real_plan();
    desk.tree().focus();
    desk.harness.run();
    let walk = [
        (Key::ArrowDown, "1-1"),
        (Key::ArrowDown, "1-1-1"),
        (Key::ArrowDown, "1-1-2"),
        (Key::ArrowUp, "1-1-1"),
        // To the strategy, fold it, and on to the issue.
        (Key::ArrowLeft, "1-1"),
        (Key::ArrowLeft, "1-1"),
        (Key::ArrowDown, "1-2"),
        (Key::ArrowUp, "1-1"),
        (Key::ArrowRight, "1-1"),
        (Key::ArrowRight, "1-1-1"),
        (Key::End, "改革-3"),
        (Key::Home, "1"),
    ];
    for (n, (key, number)) in walk.into_iter().enumerate() {
        desk.press(NONE, key);
        assert_eq!(desk.selected(), number, "step {n}: {key:?}");
    }
}

#[test]
fn a_page_goes_as_far_as_the_window_is_high_and_back() {
    let mut desk = Desk::with_the_real_plan();
    desk.tree().focus();
    desk.harness.run();
    let rows_in_sight = desk.harness.get_all_by_role(Role::TreeItem).count();
    desk.press(NONE, Key::PageDown);
    let rows = plans::row_ids(desk.plan());
    let at = rows.iter().position(|id| Some(*id) == desk.view().selected);
    // Some of the rows passed over are issues and strategies.
    let passed = at.expect("an initiative");
    assert!(
        passed > rows_in_sight / 2 && passed < rows_in_sight,
        "{passed} of {rows_in_sight}"
    );
    desk.press(NONE, Key::PageUp);
    assert_eq!(desk.selected(), "1");
}

#[test]
fn the_selected_row_is_always_in_sight() {
    let mut desk = Desk::with_the_real_plan();
    for number in ["6-2-3", "1-1-1", "4-1-3", "改革-3"] {
        let title = desk.node(number).title.clone();
        if number == "改革-3" {
            desk.tree().focus();
            desk.press(NONE, Key::End);
        } else {
            desk.go_to(number);
        }
        let row = desk.get(Role::TreeItem, &title);
        let window = desk.tree().rect();
        assert!(window.contains_rect(row.rect().shrink(1.0)), "{number}");
    }
}

#[test]
fn typing_a_number_goes_there_and_unfolds_what_hid_it() {
    let mut desk = Desk::with_the_real_plan();
    desk.menu("表示", "すべて折りたたむ");
    assert!(desk.find(Role::TreeItem, "津波避難ビルの確保").is_none());
    desk.go_to("2-1-3");
    assert!(desk.find(Role::TreeItem, "津波避難ビルの確保").is_some());
    desk.rest();
    desk.type_text("２－１");
    assert_eq!(desk.selected(), "2-1");
}

#[test]
fn enter_goes_to_the_first_field_and_f6_back_and_forth() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.press(NONE, Key::Enter);
    assert!(desk.field("名称").is_focused());
    desk.press(NONE, Key::F6);
    assert!(desk.tree().is_focused());
    desk.press(NONE, Key::F6);
    assert!(desk.field("名称").is_focused());
}

#[test]
fn folding_everything_leaves_the_issues_and_a_visible_selection() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.menu("表示", "すべて折りたたむ");
    assert_eq!(desk.harness.get_all_by_role(Role::TreeItem).count(), 7);
    assert_eq!(desk.selected(), "2");
    desk.menu("表示", "すべて展開");
    assert!(desk.find(Role::TreeItem, "津波避難ビルの確保").is_some());
}

#[test]
fn every_thing_in_the_window_can_be_reached_with_tab() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    let mut wanted = vec![
        "ファイル",
        "保存",
        "取組を追加",
        "計画の一覧",
        "番号",
        "名称",
        "担当",
        "現状の主な取組実績",
        "目標（取組によりめざす指標）",
        // The choices of a question are one stop.
        "目標は達成できそうですか",
        "取組は予定通り進んでいますか",
        "課題・改善策",
        "メモ（内部用。印刷や書き出しには出ません）",
    ];
    for _ in 0..60 {
        desk.press(NONE, Key::Tab);
        let focused = desk.harness.root().accesskit_node().tree_state.focus();
        let name = focused.and_then(|node| node.label());
        wanted.retain(|wanted| name.as_deref() != Some(*wanted));
    }
    assert_eq!(wanted, Vec::<&str>::new(), "never had the focus");
}
