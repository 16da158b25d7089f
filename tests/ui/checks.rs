//! 点検: what is found, the way to the very words, putting right, leaving; targets and their values.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{Queryable as _, by};
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

/// The button of the question, not one of the list behind it.
fn confirm(desk: &mut Desk) {
    let all = by().role(Role::Button).label("すべて直す");
    desk.harness.get(all).click();
    desk.harness.run();
}

fn choose_kind(desk: &mut Desk, rule: Rule) {
    desk.click(Role::ComboBox, "点検の種類");
    desk.click(Role::Button, &format!("{}（", rule.name()));
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
    choose_kind(&mut desk, Rule::MixedDigits);
    let mixed = count(&desk, Rule::MixedDigits);
    assert!(mixed > 10);
    desk.click(Role::Button, "か所をまとめて直す…");
    assert!(desk.shows(&format!("{mixed} か所を直します")));
    assert!(*desk.plan() == before);
    confirm(&mut desk);
    assert_eq!(count(&desk, Rule::MixedDigits), 0);
    assert_eq!(desk.next_undo().as_deref(), Some("点検の修正"));
    desk.press(CTRL, Key::Z);
    assert!(*desk.plan() == before);
}

#[test]
fn a_finding_is_left_with_a_reason_that_the_plan_keeps() {
    let mut desk = open();
    choose_kind(&mut desk, Rule::NumberGap);
    desk.click(Role::Button, "そのままにする：");
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
fn what_is_worst_is_listed_first_and_by_kind() {
    let desk = open();
    let checks = desk.session().checking().checks().expect("checked");
    let mut rules: Vec<Rule> = checks.findings().map(|it| it.rule).collect();
    rules.sort_by_key(|rule| (rule.severity(), *rule));
    rules.dedup();
    assert!(rules.len() > 2);
    let y = |rule: &Rule| {
        let name = format!("{}をすべて選ぶ", rule.name());
        desk.find(Role::CheckBox, &name).map(|it| it.rect().top())
    };
    let shown: Vec<f32> = rules.iter().map_while(y).collect();
    assert!(!shown.is_empty() && shown.is_sorted());
}

#[test]
fn a_kind_is_fixed_or_left_as_one_step() {
    let mut desk = open();
    let before = desk.plan().clone();
    let all = desk.session().checking().counts().expect("checked").total();
    let mixed = count(&desk, Rule::MixedDigits);
    let name = Rule::MixedDigits.name();
    desk.click(Role::Button, &format!("{name}をすべて直す"));
    confirm(&mut desk);
    assert_eq!(count(&desk, Rule::MixedDigits), 0);
    desk.press(CTRL, Key::Z);
    desk.click(Role::Button, &format!("{name}をすべてそのままにする"));
    assert!(desk.shows(&format!("{mixed} 件の指摘をそのままにする")));
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(count(&desk, Rule::MixedDigits), 0);
    let counts = desk.session().checking().counts().expect("checked");
    assert_eq!((counts.total(), counts.ignored), (all - mixed, mixed));
    desk.press(CTRL, Key::Z);
    assert!(*desk.plan() == before);
}

#[test]
fn what_is_ticked_is_fixed_or_left_and_nothing_else() {
    let mut desk = open();
    let mixed = count(&desk, Rule::MixedDigits);
    desk.click_first(Role::CheckBox, "選ぶ：具体的取組１－１－３");
    desk.click(Role::Button, "選んだ 1 か所を直す…");
    confirm(&mut desk);
    assert_eq!(count(&desk, Rule::MixedDigits), mixed - 1);
    // What is fixed is ticked no more.
    assert!(desk.find(Role::Button, "選んだ").is_none());
    let name = format!("{}をすべて選ぶ", Rule::MixedDigits.name());
    desk.click(Role::CheckBox, &name);
    desk.click_first(Role::CheckBox, "選ぶ：");
    let rest = mixed - 2;
    desk.click(
        Role::Button,
        &format!("選んだ {rest} か所をそのままにする…"),
    );
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(count(&desk, Rule::MixedDigits), 1);
}

#[test]
fn f8_goes_on_from_what_is_open() {
    let mut desk = open();
    let next = |desk: &mut Desk| {
        desk.press(Modifiers::NONE, Key::F8);
        desk.selected()
    };
    desk.click_first(Role::Link, "誤り：具体的取組１－１－３");
    assert_eq!(next(&mut desk), "1-1-3");
    // She went elsewhere in the meantime.
    desk.go_to("2-1-1");
    let from_there = next(&mut desk);
    assert!(from_there.starts_with(['2', '3']), "{from_there}");
    // The finding that is fixed is not skipped over.
    let at = desk.selected();
    desk.press(Modifiers::SHIFT, Key::F8);
    assert!(desk.selected() < at);
}

#[test]
fn which_sign_is_full_width_is_said_in_words() {
    let desk = open();
    assert!(desk.shows("全角「１」→ 半角"));
}

#[test]
fn a_wavy_line_is_explained_and_fixed_at_the_cursor() {
    let mut desk = Desk::with(with("1-1-1", results(), "・2１団体が参加"));
    desk.finish_jobs();
    desk.go_to("1-1-1");
    let field = "現状の主な取組実績";
    desk.enter_field(field);
    // At the end nothing is odd.
    desk.press(CTRL, Key::Period);
    assert!(desk.shows("ここに指摘はありません"));
    desk.press(CTRL, Key::Home);
    for _ in 0..2 {
        desk.press(Modifiers::NONE, Key::ArrowRight);
    }
    desk.press(CTRL, Key::Period);
    let fix = by().role(Role::Button).label("直す");
    assert!(desk.shows("「2１」に全角と半角の数字が混じっています。"));
    assert!(desk.harness.get(fix).is_focused());
    // Left, the cursor is where it was.
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(
        desk.harness
            .query(by().role(Role::Button).label("直す"))
            .is_none()
    );
    assert!(desk.field(field).is_focused());
    desk.press(CTRL, Key::Period);
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.node("1-1-1").text(results()), "・21団体が参加");
    assert_eq!(desk.next_undo().as_deref(), Some("点検の修正"));
    // Behind what was fixed.
    assert!(desk.field(field).is_focused());
    desk.type_text("の");
    desk.rest();
    assert_eq!(desk.node("1-1-1").text(results()), "・21の団体が参加");
}

#[test]
fn a_wavy_line_is_left_at_the_cursor() {
    let mut desk = Desk::with(with("1-1-1", results(), "・2１団体が参加"));
    desk.finish_jobs();
    desk.go_to("1-1-1");
    desk.enter_field("現状の主な取組実績");
    desk.press(CTRL, Key::Home);
    desk.press(Modifiers::NONE, Key::ArrowRight);
    desk.press(CTRL, Key::Period);
    desk.click(Role::Button, "そのままにする");
    assert_eq!(desk.plan().style().ignored.len(), 1);
    assert_eq!(desk.node("1-1-1").text(results()), "・2１団体が参加");
    assert!(desk.field("現状の主な取組実績").is_focused());
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

#[test]
fn a_wavy_line_is_explained_where_it_is_pointed_at() {
    let mut desk = Desk::with(with("1-1-1", results(), "・2１団体が参加"));
    desk.finish_jobs();
    desk.go_to("1-1-1");
    let field = desk.field("現状の主な取組実績").rect();
    let words = field.left_top() + egui::vec2(34.0, 18.0);
    desk.harness.hover_at(words);
    desk.harness.run();
    // The tooltip waits for a moment in which the mouse rests.
    desk.harness.run_steps(8);
    assert!(desk.shows("「2１」に全角と半角の数字が混じっています。"));
    desk.harness
        .get(by().role(Role::Button).label("直す"))
        .click();
    desk.harness.run();
    assert_eq!(desk.node("1-1-1").text(results()), "・21団体が参加");
}

#[test]
fn quotes_show_which_sign_is_twice_as_wide() {
    let desk = open();
    let width = |text: &str| {
        let font = egui::FontId::new(14.0, egui::FontFamily::Name("widths".into()));
        let laid_out = |fonts: &mut egui::epaint::FontsView<'_>| {
            fonts.layout_no_wrap(text.to_owned(), font.clone(), egui::Color32::BLACK)
        };
        desk.harness.ctx.fonts_mut(laid_out).size().x
    };
    for (full, half) in [
        ("２", "2"),
        ("％", "%"),
        ("（", "("),
        ("カ", "ｶ"),
        ("　", " "),
    ] {
        assert_eq!(width(full), 2.0 * width(half), "{full}{half}");
    }
    assert_eq!(width("港区"), width("２２"));
}
