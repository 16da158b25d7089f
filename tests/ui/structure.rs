//! Adding, copying, removing, moving and renumbering, each of which can be undone.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::support::{desk::Desk, plans::notes};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// The numbers of the initiatives of a strategy, in order.
fn numbers(desk: &Desk, strategy: &str) -> Vec<String> {
    let plan = desk.plan();
    plan.rows()
        .map(|entry| entry.number().half_width(plan.form()))
        .filter(|number| number.starts_with(&format!("{strategy}-")))
        .collect()
}

#[test]
fn a_new_plan_is_built_with_the_keyboard_alone() {
    let mut desk = Desk::with_an_empty_plan();
    assert!(desk.shows("この計画にはまだ何も入っていません"));
    desk.click(Role::Button, "経営課題を追加");
    desk.type_text("区民主体のまちづくり");
    desk.press(CTRL | Modifiers::SHIFT, Key::Enter);
    desk.type_text("豊かなコミュニティ");
    desk.press(CTRL, Key::Enter);
    desk.type_text("つながりづくり");
    desk.press(CTRL, Key::Enter);
    desk.type_text("地域活動");
    desk.press(NONE, Key::Tab);
    let plan = desk.plan();
    let found: Vec<(String, String)> = plan
        .rows()
        .map(|e| (e.number().half_width(plan.form()), e.node.title.clone()))
        .collect();
    let expected = [("1-1-1", "つながりづくり"), ("1-1-2", "地域活動")];
    assert_eq!(found, expected.map(|(n, t)| (n.to_owned(), t.to_owned())));
    assert_eq!(desk.plan().top()[0].title, "区民主体のまちづくり");
}

#[test]
fn a_new_initiative_gets_the_next_free_number_after_the_selected_one() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("6-2-1");
    desk.menu("編集", "具体的取組を追加");
    assert_eq!(numbers(&desk, "6-2"), ["6-2-1", "6-2-4", "6-2-3"]);
    assert_eq!(desk.selected(), "6-2-4");
    desk.press(CTRL, Key::Z);
    assert_eq!(numbers(&desk, "6-2"), ["6-2-1", "6-2-3"]);
}

#[test]
fn removing_something_with_contents_says_what_goes() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1");
    desk.press(NONE, Key::Delete);
    assert!(desk.shows("戦略２－１ を削除しますか"));
    assert!(desk.shows("中にある具体的取組 6 件も一緒に削除します。"));
    desk.press(NONE, Key::Escape);
    assert_eq!(numbers(&desk, "2-1").len(), 6, "Escape removes nothing");
    desk.tree().focus();
    desk.press(NONE, Key::Delete);
    desk.click(Role::Button, "削除");
    assert_eq!(numbers(&desk, "2-1").len(), 0);
    assert_eq!(desk.selected(), "2-2");
    desk.press(CTRL, Key::Z);
    assert_eq!(numbers(&desk, "2-1").len(), 6);
    assert_eq!(desk.selected(), "2-1");
}

#[test]
fn removing_the_source_of_a_repost_is_said() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("3-1-2");
    desk.press(NONE, Key::Delete);
    assert!(desk.shows("これを再掲している取組が 1 件あり、再掲元がなくなります。"));
    desk.click(Role::Button, "削除");
    desk.go_to("3-3-1");
    assert!(desk.shows("再掲元が見つかりません"));
}

#[test]
fn delete_in_a_text_deletes_a_character_only() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.field("担当").focus();
    desk.harness.run();
    desk.press(NONE, Key::Delete);
    assert!(desk.session().prompt().is_none());
}

#[test]
fn moving_keeps_numbers_and_renumbering_changes_them() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("6-2-3");
    desk.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(numbers(&desk, "6-2"), ["6-2-3", "6-2-1"]);
    desk.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(numbers(&desk, "6-2"), ["6-2-3", "6-2-1"], "already first");
    desk.menu("編集", "番号を振り直す…");
    assert!(desk.shows("３ → １"));
    desk.click(Role::Button, "この並びを振り直す");
    assert_eq!(numbers(&desk, "6-2"), ["6-2-1", "6-2-2"]);
    assert_eq!(desk.next_undo().as_deref(), Some("番号の振り直し"));
    desk.press(CTRL, Key::Z);
    assert_eq!(numbers(&desk, "6-2"), ["6-2-3", "6-2-1"]);
}

#[test]
fn a_number_can_be_typed_in_full_width() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("6-2-3");
    desk.field("番号").focus();
    desk.harness.run();
    desk.press(CTRL, Key::A);
    desk.type_text("２");
    desk.press(NONE, Key::Enter);
    assert_eq!(numbers(&desk, "6-2"), ["6-2-1", "6-2-2"]);
    assert_eq!(
        desk.next_undo().as_deref(),
        Some("番号の変更（６－２－３）")
    );
}

#[test]
fn a_copy_has_the_contents_and_a_number_of_its_own() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.press(CTRL, Key::D);
    assert_eq!(desk.selected(), "2-1-7");
    assert_eq!(
        desk.node("2-1-7").text(notes()),
        desk.node("2-1-3").text(notes())
    );
    assert_ne!(desk.id("2-1-7"), desk.id("2-1-3"));
    let order = [
        "2-1-1", "2-1-2", "2-1-3", "2-1-7", "2-1-4", "2-1-5", "2-1-6",
    ];
    assert_eq!(numbers(&desk, "2-1"), order);
}

#[test]
fn dragging_moves_a_row() {
    let mut desk = Desk::with_the_real_plan();
    let from = desk.get(Role::TreeItem, "１－１－１").rect().center();
    let below = desk
        .get(Role::TreeItem, "１－１－３")
        .rect()
        .center_bottom();
    desk.drag(from, below - egui::vec2(0.0, 3.0));
    assert_eq!(numbers(&desk, "1-1"), ["1-1-2", "1-1-3", "1-1-1", "1-1-4"]);
    // Into another strategy, where its number is taken: it gets the next free one.
    let from = desk.get(Role::TreeItem, "１－１－１").rect().center();
    let strategy = desk.get(Role::TreeItem, "戦略１－２").rect().center();
    let id = desk.id("1-1-1");
    desk.drag(from, strategy);
    assert_eq!(numbers(&desk, "1-2"), ["1-2-1", "1-2-2", "1-2-3", "1-2-4"]);
    assert_eq!(desk.id("1-2-4"), id, "the same initiative");
    desk.press(CTRL, Key::Z);
    desk.press(CTRL, Key::Z);
    assert_eq!(numbers(&desk, "1-1"), ["1-1-1", "1-1-2", "1-1-3", "1-1-4"]);
}

#[test]
fn a_strategy_cannot_be_dropped_in_a_strategy() {
    let mut desk = Desk::with_the_real_plan();
    let from = desk.get(Role::TreeItem, "戦略１－１").rect().center();
    let to = desk.get(Role::TreeItem, "１－２－１").rect().center();
    desk.drag(from, to);
    assert_eq!(desk.next_undo(), None);
}

#[test]
fn the_tools_of_every_day_are_on_the_screen() {
    for (width, height) in [(1024.0, 700.0), (1280.0, 800.0), (3840.0, 2160.0)] {
        let plan = furikaeri::storage::builtin::plan().expect("the built-in plan");
        let desk = Desk::sized(plan, width, height);
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
        for name in ["保存", "元に戻す", "やり直す", "取組を追加", "書き出す…"]
        {
            let tool = desk.harness.get_by_role_and_label(Role::Button, name);
            assert!(
                window.contains_rect(tool.rect()),
                "{name} at {width}×{height}"
            );
        }
    }
}
