//! The window with plans of other forms: fields at any level and of the plan as a whole, amounts,
//! marks, more choices, rows in rows.

use std::sync::Arc;

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use furikaeri::{
    form::{Form, Slot},
    plan::{Plan, Standing},
    ui::Tab,
};

use crate::support::{
    desk::Desk,
    plans::{Building as _, form_of, forms, id, node, plan_in, slot},
};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn built_in(name: &str) -> Arc<Form> {
    let form = forms().into_iter().find(|form| form.name == name);
    form.unwrap_or_else(|| panic!("no form {name}"))
}

/// Two 経営課題 in the form of the wards since 令和５年度.
fn ward() -> Plan {
    let issue = |n: u64| node("issue", id(n)).numbered(n as u32);
    let safe = issue(1)
        .titled("防災")
        .with(slot("awareness"), "高齢化が進んでいる。")
        .with(
            slot("outcome"),
            "訓練の参加者：100人以上\n備蓄の点検：年２回",
        );
    plan_in(
        &built_in("区運営方針"),
        vec![safe, issue(2).titled("子育て")],
    )
}

/// A form with an amount at every level, two kinds of rows and both reviews side by side.
fn wide() -> Arc<Form> {
    form_of(
        r#"(
            name: "試し",
            reviews: [(key: "mid", name: "中間"), (key: "end", name: "期末")],
            levels: [
                (
                    key: "goal", name: "基本目標", at_top: true, number: (pattern: "{n}"),
                    fields: [
                        (key: "aim", heading: "ねらい", kind: Text),
                        (key: "budget", heading: "予算額", kind: Amount(unit: "千円")),
                    ],
                ),
                (
                    key: "step", name: "施策", under: ["goal"], number: (pattern: "{above}-{n}"),
                    fields: [
                        (key: "sort", heading: "区分", kind: Choice(choices: [
                            (key: "new", words: "新規"), (key: "old", words: "継続"),
                        ])),
                        (key: "content", heading: "内容", kind: Text),
                        (key: "rating", heading: "評価", each_review: true, kind: Choice(choices: [
                            (key: "a", words: "Ａ　計画を上回る", short: "Ａ", grade: Good),
                            (key: "b", words: "Ｂ　計画どおり", short: "Ｂ", grade: Good),
                            (key: "c", words: "Ｃ　計画を下回る", short: "Ｃ", grade: Concern),
                            (key: "d", words: "Ｄ　大きく下回る", short: "Ｄ", grade: Bad),
                            (key: "none", words: "評価できない", short: "－"),
                        ])),
                        (key: "result", heading: "実績", kind: Text, each_review: true),
                        (key: "budget", heading: "予算額", kind: Amount(unit: "千円")),
                    ],
                    columns: [
                        (heading: "施策", share: 20, fields: ["title"]),
                        (heading: "内容と予算", share: 30, fields: ["sort", "content", "budget"]),
                        (heading: "中間", share: 25, fields: ["rating", "result"], review: "mid"),
                        (heading: "期末", share: 25, fields: ["result"], review: "end"),
                    ],
                ),
                (
                    key: "work", name: "事業", under: ["step"], number: (pattern: "{above}-({n})"),
                    fields: [(key: "how", heading: "進め方", kind: Text)],
                    columns: [
                        (heading: "事業", share: 1, fields: ["title", "owner"]),
                        (heading: "進め方", share: 2, fields: ["how"]),
                    ],
                ),
            ],
        )"#,
    )
}

fn steps() -> Plan {
    let step = |n: u64, rating: &str, budget: &str| {
        node("step", id(10 + n))
            .numbered(n as u32)
            .titled(&format!("施策その{n}"))
            .with(slot("mid/rating"), rating)
            .with(slot("budget"), budget)
    };
    let work = node("work", id(20)).numbered(1).titled("説明会");
    let goal = node("goal", id(1))
        .numbered(1)
        .titled("まちづくり")
        .holding([
            step(1, "a", "1,200").holding([work]),
            step(2, "d", "300"),
            step(3, "", "未定"),
        ]);
    plan_in(&wide(), vec![goal])
}

#[test]
fn what_the_plan_as_a_whole_says_has_a_page_before_all_others() {
    let mut desk = Desk::with(ward());
    assert_eq!(desk.view().selected, None);
    let rows = desk.harness.get_all_by_role(Role::TreeItem);
    let first = rows.into_iter().next().expect("a row");
    let name = first.accesskit_node().label().expect("a name");
    assert!(name.starts_with("計画全体"), "{name}");
    desk.type_in("使命（どのような役割を担うのか）", "暮らしを支える");
    desk.rest();
    assert_eq!(desk.plan().values().get(slot("mission")), "暮らしを支える");
    desk.go_to("2");
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.plan().values().get(slot("mission")), "");
    assert_eq!(desk.view().selected, None, "undoing goes there");
    desk.tree().focus();
    desk.press(NONE, Key::ArrowDown);
    assert_eq!(desk.selected(), "1");
    desk.press(NONE, Key::ArrowUp);
    assert_eq!(desk.view().selected, None);
}

#[test]
fn a_form_that_asks_nothing_of_the_plan_has_no_such_page() {
    let desk = Desk::with_the_real_plan();
    assert!(desk.find(Role::TreeItem, "計画全体").is_none());
}

#[test]
fn a_plan_of_another_form_is_begun_in_its_own_words() {
    let mut desk = Desk::with_nothing_of(&wide());
    assert!(desk.shows("基本目標を加えるところから始めます。"));
    desk.click(Role::Button, "基本目標を追加");
    desk.type_text("まちづくり");
    desk.press(NONE, Key::Tab);
    assert_eq!(desk.plan().top()[0].title, "まちづくり");
    desk.click_first(Role::Button, "施策を追加");
    assert_eq!(desk.selected(), "1-1");
}

#[test]
fn each_criterion_is_marked_with_the_marks_of_the_form() {
    let mut desk = Desk::with(ward());
    desk.go_to("1");
    let marks = desk
        .harness
        .get_all(by().role(Role::RadioButton).label("B"));
    marks.into_iter().nth(1).expect("one for each").click();
    desk.harness.run();
    let measures = &desk.node("1").measures;
    let marked: Vec<_> = measures
        .iter()
        .map(|it| (&*it.criterion, &*it.mark))
        .collect();
    assert_eq!(marked, [("備蓄の点検：年２回", "b")]);
    let mark = desk
        .harness
        .get_all(by().role(Role::RadioButton).label("B"));
    mark.into_iter().nth(1).expect("one for each").click();
    desk.harness.run();
    assert_eq!(desk.node("1").measures[0].mark, "", "chosen again, it goes");
}

#[test]
fn a_heading_has_fields_and_says_what_the_amounts_below_it_add_up_to() {
    let mut desk = Desk::with(steps());
    desk.go_to("1");
    desk.type_in("ねらい", "住み続けたい");
    desk.type_in("予算額", "1,600");
    desk.rest();
    assert_eq!(desk.node("1").text(slot("aim")), "住み続けたい");
    assert_eq!(desk.node("1").text(slot("budget")), "1,600");
    assert!(desk.shows("施策の合計 1,500 千円"));
    assert!(
        desk.find(Role::Button, "施策１－２").is_none(),
        "half width"
    );
    assert!(desk.find(Role::Button, "施策1-2 施策その2、Ｄ").is_some());
    desk.go_to("1-3");
    assert!(desk.shows("数として読めないため、合計に入りません"));
}

#[test]
fn one_of_many_choices_is_chosen_and_taken_back() {
    let mut desk = Desk::with(steps());
    desk.go_to("1-3");
    desk.click(Role::RadioButton, "Ｃ　計画を下回る");
    assert_eq!(desk.standing("1-3"), Standing::Concern);
    assert!(desk.shows("【Ｃ　計画を下回る】"));
    assert!(desk.find(Role::TreeItem, "施策1-3 施策その3、Ｃ").is_some());
    desk.click(Role::RadioButton, "評価できない");
    assert_eq!(desk.standing("1-3"), Standing::NotRated);
    assert!(desk.find(Role::TreeItem, "施策1-3 施策その3、－").is_some());
    desk.click(Role::Link, "未評価に戻す");
    assert_eq!(desk.standing("1-3"), Standing::Unassessed);
    desk.click(Role::RadioButton, "新規");
    assert_eq!(desk.node("1-3").text(slot("sort")), "new");
    desk.click(Role::Link, "未記入に戻す");
    assert_eq!(desk.node("1-3").text(slot("sort")), "");
}

#[test]
fn rows_in_rows_are_tables_of_their_own_columns() {
    let mut desk = Desk::with(steps());
    desk.go_to("1");
    desk.show(Tab::Form);
    desk.harness.run();
    for text in ["1　まちづくり", "内容と予算", "進め方", "中間", "期末"] {
        assert!(desk.shows(text), "{text}");
    }
    desk.write_cell("1-1-(1) 進め方", "秋に開く");
    desk.rest();
    assert_eq!(desk.node("1-1-(1)").text(slot("how")), "秋に開く");
    desk.write_cell("1-1-(1) 担当", "総務課");
    desk.rest();
    assert_eq!(desk.node("1-1-(1)").text(Slot::OWNER), "総務課");
    desk.write_cell("1-2 予算額", "0");
    desk.rest();
    assert_eq!(desk.node("1-2").text(slot("budget")), "3000");
    // Both reviews stand side by side, whichever is open.
    desk.write_cell("1-1 実績（期末）", "済んだ");
    desk.rest();
    assert_eq!(desk.node("1-1").text(slot("end/result")), "済んだ");
    assert_eq!(desk.node("1-1").text(slot("mid/result")), "");
}

#[test]
fn the_filter_offers_the_states_of_the_form() {
    let mut desk = Desk::with(steps());
    desk.press(CTRL, Key::F);
    assert!(desk.harness.query_by_label("順調").is_none());
    desk.harness
        .get_by_role_and_label(Role::Button, "Ｄ")
        .click();
    desk.harness.run();
    assert!(desk.find(Role::TreeItem, "施策1-2").is_some());
    assert!(desk.find(Role::TreeItem, "施策1-1").is_none());
}

#[test]
fn a_row_is_dragged_only_where_the_form_has_a_place_for_it() {
    let mut desk = Desk::with(steps());
    let place = |desk: &Desk, name: &str| desk.get(Role::TreeItem, name).rect().center();
    let (from, goal) = (place(&desk, "説明会"), place(&desk, "まちづくり"));
    desk.drag(from, goal);
    assert_eq!(desk.next_undo(), None, "no 事業 right in a 基本目標");
    let (from, step) = (place(&desk, "説明会"), place(&desk, "施策その2"));
    desk.drag(from, step);
    let parent = desk.plan().parent(id(20));
    assert_eq!(parent, Some(id(12)));
}
