//! Counting and wording on the ward's real plan, where the right answers are printed.

use furikaeri::form::Key;
use furikaeri::plan::{Shown, Standing, Tally};

use crate::support::plans::{key, numbered, real};

#[test]
fn every_part_of_the_plan_counts_what_its_slides_show() {
    let plan = real();
    // 良好, 遅れ, 未達成見込, 再掲; nothing is both behind and off target, nothing unassessed.
    let cases = [
        ("1", [7, 0, 1, 0]),
        ("2", [5, 4, 0, 0]),
        ("3", [13, 0, 0, 1]),
        ("2-1", [2, 4, 0, 0]),
        ("3-3", [6, 0, 0, 1]),
        ("4-1", [1, 1, 1, 0]),
        ("改革", [2, 0, 1, 0]),
        ("2-1-3", [0, 1, 0, 0]),
        ("3-3-1", [0, 0, 0, 1]),
    ];
    for (number, [good, behind, off_target, reposts]) in cases {
        let node = plan.node(numbered(&plan, number)).expect("in the plan");
        let tally = plan.tally(node);
        let counts = Standing::ALL.map(|standing| tally.count(standing));
        assert_eq!(counts, [good, behind, off_target, 0, 0, 0], "{number}");
        assert_eq!(tally.reposts, reposts, "{number}");
    }
}

#[test]
fn the_whole_plan_has_48_initiatives_and_one_repost() {
    let plan = real();
    let mut whole = Tally::default();
    for top in plan.top() {
        whole += plan.tally(top);
    }
    assert_eq!((whole.total(), whole.reposts), (48, 1));
    let counts = Standing::ALL.map(|standing| whole.count(standing));
    assert_eq!(counts, [40, 5, 3, 0, 0, 0]);
    let mut all = Tally::default();
    for row in plan.rows() {
        all.add(&plan, row.node);
    }
    assert_eq!(all, whole, "the parts make the whole");
}

#[test]
fn an_initiative_is_shown_as_it_stands_and_a_repost_as_its_source_stands() {
    let plan = real();
    let cases = [
        ("1-1-1", Shown::Own(Standing::Good)),
        ("2-1-3", Shown::Own(Standing::Concern)),
        ("1-1-4", Shown::Own(Standing::Bad)),
        ("改革-1", Shown::Own(Standing::Bad)),
        ("3-3-1", Shown::Repost(Some(Standing::Good))),
    ];
    for (number, shown) in cases {
        let node = plan.node(numbered(&plan, number)).expect(number);
        assert_eq!(plan.shown(node), shown, "{number}");
    }
}

#[test]
fn states_bear_the_words_of_the_form() {
    let plan = real();
    let words: Vec<String> = plan
        .form()
        .standings()
        .map(|it| plan.form().standing_word(it))
        .collect();
    assert_eq!(
        words,
        [
            "順調",
            "予定通りでない",
            "未達成見込",
            "未達成見込・予定通りでない",
            "未評価"
        ]
    );
}

#[test]
fn the_form_says_a_status_in_the_words_of_its_part() {
    let plan = real();
    let axes: Vec<Key> = ["outlook", "progress"].map(key).into();
    let cases = [
        ("1-1-1", Some("【目標達成見込、取組予定通り進捗している】")),
        (
            "2-1-3",
            Some("【目標達成見込、取組予定通り進捗していない】"),
        ),
        (
            "4-1-3",
            Some("【目標未達成見込、取組予定通り進捗している】"),
        ),
        ("改革-1", Some("【目標未達成見込、取組内容実施見込】")),
        ("改革-2", Some("【目標達成見込、取組内容実施見込】")),
        ("3-3-1", None),
    ];
    for (number, line) in cases {
        let node = plan.node(numbered(&plan, number)).expect(number);
        let said = plan.level(node).choice_line(node, plan.review(), &axes);
        assert_eq!(said.as_deref(), line, "{number}");
    }
}

#[test]
fn a_repost_names_the_number_of_its_source() {
    let plan = real();
    let repost = plan.node(numbered(&plan, "3-3-1")).expect("3-3-1");
    let source = plan.repost_source(repost).expect("its source is there");
    let number = plan.number(source.id).expect("the source has a number");
    let form = plan.form();
    let line = plan
        .level(repost)
        .repost_line(&plan.level(source).name, &number.printed(form));
    assert_eq!(line, "具体的取組３－１－２の再掲");
}
