//! The overview: answers at a glance, and every number leads to what it counts.

use egui::{
    Key, Modifiers,
    accesskit::{Role, Toggled},
};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use crate::support::{
    desk::Desk,
    plans::{
        self, Building as _, ON_SCHEDULE, ON_TARGET, id, initiative, issue, outlook, progress, set,
    },
};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn overview() -> Desk {
    let mut desk = Desk::with_the_real_plan();
    desk.press(CTRL, Key::Num1);
    desk
}

/// The numbers of the initiatives that the tree shows.
fn in_the_tree(desk: &Desk) -> Vec<String> {
    let rows = desk.harness.query_all(by().role(Role::TreeItem));
    rows.filter_map(|row| row.accesskit_node().label())
        .filter(|name| name.starts_with("具体的取組"))
        .filter_map(|name| name.split(' ').next().map(str::to_owned))
        .map(|name| name.replace("具体的取組", ""))
        .collect()
}

#[test]
fn it_opens_with_the_plan_and_says_how_it_stands() {
    let desk = overview();
    for text in [
        "48 件のうち",
        "要対応 8 件",
        "最も多いのは 経営課題２　安全・安心・快適なまちづくり（9 件中 4 件）",
        "達成見込・予定通り、40 件、83 %",
        "達成見込・予定通りでない、5 件、10 %",
        "未達成見込・予定通り、3 件、6 %",
        "未達成見込・予定通りでない、0 件、0 %",
        "再掲（数えない） 1 件",
        "未入力の欄はありません",
    ] {
        assert!(desk.shows(text), "{text}");
    }
}

#[test]
fn every_bar_has_a_name_and_its_numbers() {
    let desk = overview();
    for name in [
        "２ 安全・安心・快適なまちづくり、順調 5 件、予定通りでない 4 件、9 件中",
        "３－３ セーフティーネットの充実、順調 6 件、6 件中",
        "「市政改革プラン３．０」に基づく取組等、順調 2 件、未達成見込 1 件、3 件中",
    ] {
        desk.harness.get_by_role_and_label(Role::Link, name);
    }
}

#[test]
fn what_needs_attention_is_listed_worst_first_and_opens() {
    let mut desk = overview();
    let rows = desk.harness.query_all(by().role(Role::Link));
    let names: Vec<String> = rows
        .filter_map(|row| row.accesskit_node().label())
        .collect();
    let order = [
        "１－１－４ ",
        "４－１－３ ",
        "改革－１ ",
        "２－１－１ ",
        "４－１－２ ",
    ];
    let places = order.map(|number| {
        let at = names.iter().position(|name| name.starts_with(number));
        at.unwrap_or_else(|| panic!("{number} is not listed"))
    });
    assert!(places.is_sorted(), "{places:?}");
    desk.click(
        Role::Link,
        "４－１－３ 青少年の健全育成の推進、未達成見込、新型コロナウイルス",
    );
    assert_eq!(desk.selected(), "4-1-3");
    assert!(desk.shows("課題・改善策"), "the editor is open");
}

#[test]
fn a_number_filters_the_tree_to_what_it_counts_and_escape_takes_it_back() {
    let mut desk = overview();
    desk.click(Role::Link, "達成見込・予定通りでない、5 件");
    let behind = [
        "２－１－１",
        "２－１－２",
        "２－１－３",
        "２－１－４",
        "４－１－２",
    ];
    assert_eq!(in_the_tree(&desk), behind);
    assert!(desk.shows("5 件"));
    desk.press(NONE, Key::Escape);
    assert!(!desk.view().filter.is_on());
    desk.click(Role::Link, "再掲（数えない） 1 件");
    assert_eq!(in_the_tree(&desk), ["３－３－１"]);
}

fn is_lit(desk: &Desk, chip: &str) -> bool {
    let named = by().role(Role::Button).label(chip);
    let mut chips = desk.harness.query_all(named);
    chips.any(|chip| chip.accesskit_node().toggled() == Some(Toggled::True))
}

#[test]
fn what_is_counted_follows_the_filter_and_says_so() {
    let mut desk = overview();
    desk.click(Role::Link, "達成見込・予定通りでない、5 件");
    assert!(desk.shows("「予定通りでない」だけを数えています"));
    assert!(desk.shows("要対応 5 件"));
    assert!(desk.shows("達成見込・予定通りでない、5 件、100 %"));
    assert!(is_lit(&desk, "予定通りでない"), "its chip is lit");
    desk.click(
        Role::Link,
        "２ 安全・安心・快適なまちづくり、予定通りでない 4 件、4 件中",
    );
    assert!(desk.shows("要対応 4 件"), "a number narrows it further");
    let cells = copied(&desk);
    assert!(
        cells.contains("\t２　安全・安心・快適なまちづくり・予定通りでない\t4\t"),
        "{cells}"
    );
    desk.click(Role::Link, "全体を数える（Esc）");
    assert!(desk.shows("要対応 8 件"));
    desk.type_in("検索", "見つからない言葉");
    assert!(desk.shows("絞り込みに合うものはありません"));
}

#[test]
fn with_ties_no_place_is_said_to_be_the_worst() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("4-1-1");
    desk.click(Role::RadioButton, "目標未達成見込");
    desk.go_to("4-2-1");
    desk.click(Role::RadioButton, "目標未達成見込");
    desk.press(CTRL, Key::Num1);
    assert!(desk.shows("要対応 10 件"));
    let words = desk.harness.query_all(by().label_contains("最も多い"));
    assert_eq!(words.count(), 0);
}

#[test]
fn what_nobody_has_assessed_is_not_said_to_need_nothing() {
    let mut plan = plans::plan_of(vec![
        issue(id(1), 1).holding([initiative(id(2), 1), initiative(id(3), 2)]),
    ]);
    plan.apply(&set(id(2), outlook(), ON_TARGET))
        .expect("it fits");
    plan.apply(&set(id(2), progress(), ON_SCHEDULE))
        .expect("it fits");
    let mut desk = Desk::with(plan);
    desk.press(CTRL, Key::Num1);
    assert!(desk.shows("2 件のうち"));
    assert!(desk.shows("がまだ評価されていません"));
    desk.click_first(Role::Link, "未評価 1 件");
    assert_eq!(desk.view().filter.words(desk.plan().form()), "未評価");
}

#[test]
fn it_follows_an_edit() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("1-1-1");
    desk.click(Role::RadioButton, "目標未達成見込");
    desk.press(CTRL, Key::Num1);
    assert!(desk.shows("要対応 9 件"));
    assert!(desk.shows("未達成見込・予定通り、4 件、8 %"));
}

#[test]
fn what_is_empty_is_counted_by_section() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("1-1-1");
    desk.click(Role::RadioButton, "取組予定通り進捗していない");
    desk.press(CTRL, Key::Num1);
    let link = "担当なし・課題・改善策が未入力 1 件";
    // It may lie below the edge of the window; a screen reader gets there all the same.
    desk.get(Role::Link, link).click_accesskit();
    desk.harness.run();
    assert_eq!(in_the_tree(&desk), ["１－１－１"]);
}

#[test]
fn the_legend_is_one_click_away() {
    let mut desk = overview();
    desk.click(Role::Link, "色と形の見方");
    assert!(desk.shows("未達成見込：目標未達成見込"));
    assert!(desk.shows("未評価：見込か進捗がまだ選ばれていない"));
    assert!(desk.shows("再掲：ほかの取組の再掲。色は再掲元のもの。件数には数えない"));
}

#[test]
fn it_is_copied_as_cells() {
    let mut desk = overview();
    desk.press(CTRL | Modifiers::SHIFT, Key::C);
    let text = copied(&desk);
    assert!(
        text.contains("\r\n2\t安全・安心・快適なまちづくり\t9\t5\t4\t0\t0\t0\t0\r\n"),
        "{text}"
    );
}

fn copied(desk: &Desk) -> String {
    let output = furikaeri::ui::copy::table(desk.session(), desk.view());
    assert!(!output.is_empty());
    output
}

#[test]
fn a_presentation_turns_its_pages_with_the_arrows() {
    let mut desk = overview();
    desk.press(NONE, Key::F11);
    assert!(
        desk.find(Role::Tree, "計画の一覧").is_none(),
        "nothing but the work"
    );
    desk.press(NONE, Key::ArrowRight);
    assert!(desk.shows("経営課題１　区民主体のまちづくり"));
    desk.press(NONE, Key::ArrowRight);
    assert!(desk.shows("経営課題２　安全・安心・快適なまちづくり"));
    desk.press(NONE, Key::ArrowLeft);
    desk.press(NONE, Key::ArrowLeft);
    assert!(desk.shows("48 件のうち"));
    desk.press(NONE, Key::Escape);
    assert!(desk.find(Role::Tree, "計画の一覧").is_some());
}
