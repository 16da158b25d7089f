//! 点検: what is found, the way to the very words, putting right, leaving; targets and their values.

use egui::{Key, Modifiers, accesskit::Role};
use furikaeri::{
    form::Slot,
    plan::{Plan, checks::Rule},
    ui::Tab,
};

use crate::support::{
    desk::Desk,
    plans::{numbered, real, results, set, target},
};

const CTRL: Modifiers = Modifiers::COMMAND;

fn open() -> Desk {
    let mut desk = Desk::with_the_real_plan();
    desk.finish_jobs();
    desk.press(CTRL, Key::Num4);
    desk
}

fn count(desk: &Desk, rule: Rule) -> usize {
    let checks = desk.session().checking().checks().expect("checked");
    checks.findings().filter(|it| it.rule == rule).count()
}

/// The plan with another text in one place.
fn with(number: &str, at: Slot, text: &str) -> Plan {
    let mut plan = real();
    let edit = set(numbered(&plan, number), at, text);
    plan.apply(&edit).expect("a text");
    plan
}

#[test]
fn what_is_found_is_listed_and_its_words_are_selected() {
    let mut desk = open();
    assert!(desk.shows("38 か所を確かめてください"));
    desk.get(Role::Link, "点検 38");
    desk.click_first(Role::Link, "誤り：具体的取組１－１－３");
    assert_eq!(desk.view().tab, Tab::Editor);
    assert_eq!(desk.selected(), "1-1-3");
    // The words are selected: typing replaces just them.
    desk.type_text("21");
    desk.rest();
    desk.finish_jobs();
    assert!(desk.node("1-1-3").text(results()).contains("21団体"));
    assert_eq!(desk.node("1-1-3").text(results()).matches("２1").count(), 0);
    // The finding is gone without anything being asked for.
    assert!(desk.find(Role::Link, "点検 37").is_some());
}

#[test]
fn f8_goes_from_finding_to_finding() {
    let mut desk = Desk::with_the_real_plan();
    desk.finish_jobs();
    let mut seen = Vec::new();
    for _ in 0..3 {
        desk.press(Modifiers::NONE, Key::F8);
        seen.push(desk.selected());
    }
    assert_eq!(seen, ["1-1-2", "1-1-3", "1-1-3"]);
    desk.press(Modifiers::SHIFT, Key::F8);
    desk.press(Modifiers::SHIFT, Key::F8);
    assert_eq!(desk.selected(), "1-1-2");
}

#[test]
fn all_of_a_rule_is_fixed_after_a_preview_and_undone_as_one_step() {
    let mut desk = open();
    let before = desk.plan().clone();
    desk.click(Role::ComboBox, "点検の種類");
    desk.click(Role::Button, Rule::MixedDigits.name());
    let mixed = count(&desk, Rule::MixedDigits);
    assert!(mixed > 10);
    desk.click(Role::Button, "まとめて直す…");
    assert!(desk.shows(&format!("{mixed} か所を直します")));
    assert!(*desk.plan() == before);
    desk.click(Role::Button, "すべて直す");
    assert_eq!(count(&desk, Rule::MixedDigits), 0);
    assert_eq!(desk.next_undo().as_deref(), Some("点検の修正"));
    desk.press(CTRL, Key::Z);
    assert!(*desk.plan() == before);
}

#[test]
fn a_finding_is_left_with_a_reason_that_the_plan_keeps() {
    let mut desk = open();
    desk.click(Role::ComboBox, "点検の種類");
    desk.click(Role::Button, Rule::NumberGap.name());
    desk.click(Role::Button, "そのままにする…");
    desk.type_text("６－２－２は廃止した");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(count(&desk, Rule::NumberGap), 0);
    let ignored = &desk.plan().style().ignored;
    assert_eq!(ignored.len(), 1);
    assert_eq!(ignored[0].reason, "６－２－２は廃止した");
    desk.click(Role::CheckBox, "そのままにした 1 件も表示する");
    assert!(desk.shows("６－２－２は廃止した"));
    desk.click(Role::Button, "もう一度見る");
    assert_eq!(count(&desk, Rule::NumberGap), 1);
}

#[test]
fn the_plan_has_rules_of_its_own() {
    let mut desk = open();
    desk.click(Role::Button, "％ は全角");
    let half = desk
        .plan()
        .rows()
        .filter(|it| it.node.text(target()).contains('%'));
    assert!(half.count() > 0);
    assert!(count(&desk, Rule::PercentWidth) > 0);
    desk.click(Role::Button, "言葉の決まり…");
    desk.type_in(
        "使わない言葉と使う言葉を、一行に一組ずつ書きます（例：取組み→取組）",
        "子ども→こども",
    );
    desk.click(Role::Button, "この決まりにする");
    let words = &desk.plan().style().words;
    assert_eq!(
        (words[0].not.as_str(), words[0].but.as_str()),
        ("子ども", "こども")
    );
    assert!(count(&desk, Rule::Word) > 0);
}

#[test]
fn a_target_is_read_and_compared_with_what_was_measured() {
    let mut desk = Desk::with(with("1-1-1", target(), "回答した割合：55%以上"));
    desk.go_to("1-1-1");
    assert!(desk.shows("回答した割合 ≧ 55 %"));
    desk.click(Role::Link, "実績値を書く…");
    desk.type_in("実績", "52.5%");
    desk.type_in("時点", "10月末");
    // Enter in a line of a dialog is its button.
    desk.press(egui::Modifiers::NONE, egui::Key::Enter);
    assert!(
        desk.shows("実績 52.5%（10月末）：未達成（あと 2.5 ポイント）")
            || desk.shows("未達成（あと 2.5")
    );
    // She said 目標達成見込; the values say otherwise, and nothing is changed for her.
    assert!(desk.shows("実績は目標に"));
    assert_eq!(
        desk.next_undo().as_deref(),
        Some("実績値の変更（１－１－１）")
    );
    // Another target: the value belongs to no criterion any more, and is not lost.
    desk.enter_field("目標（取組によりめざす指標）");
    desk.press(CTRL, Key::A);
    desk.type_text("満足した割合：70%以上");
    desk.rest();
    assert!(!desk.shows("52.5%（10月末）"));
    desk.click(Role::Link, "実績値を直す…");
    assert!(desk.shows("どこにも付いていない値です"));
}

#[test]
fn a_target_without_a_number_and_one_that_cannot_be_read_say_so() {
    let mut desk = Desk::with(with("1-1-1", target(), "計画を策定する"));
    desk.go_to("1-1-1");
    assert!(desk.shows("数値のない目標"));
    let mut desk = Desk::with(with("1-1-1", target(), "割合が概ね 40%～50%の間にあること"));
    desk.go_to("1-1-1");
    assert!(desk.shows("読み取れません"));
}
