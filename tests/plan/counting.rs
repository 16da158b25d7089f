//! Counting and wording on the ward's real plan, where the right answers are printed.

use furikaeri::plan::{Shown, Standing, Tally};
use furikaeri::storage::builtin;

use crate::support::plans::{numbered, real};

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
        let expected = Tally {
            good,
            behind,
            off_target,
            reposts,
            ..Tally::default()
        };
        assert_eq!(plan.tally(node), expected, "{number}");
    }
}

#[test]
fn the_whole_plan_has_48_initiatives_and_one_repost() {
    let plan = real();
    let mut whole = Tally::default();
    for issue in plan.issues() {
        let node = plan.node(issue.id).expect("in the plan");
        whole += plan.tally(node);
    }
    assert_eq!((whole.total(), whole.reposts), (48, 1));
    let counts = Standing::ALL.map(|standing| whole.count(standing));
    assert_eq!(counts, [40, 5, 3, 0, 0]);
    let all = plan.entries().map(|entry| entry.initiative);
    assert_eq!(Tally::of(all), whole, "the parts make the whole");
}

#[test]
fn an_initiative_is_shown_as_it_stands_and_a_repost_as_its_source_stands() {
    let plan = real();
    let cases = [
        ("1-1-1", Shown::Own(Standing::Good)),
        ("2-1-3", Shown::Own(Standing::Behind)),
        ("1-1-4", Shown::Own(Standing::OffTarget)),
        ("改革-1", Shown::Own(Standing::OffTarget)),
        ("3-3-1", Shown::Repost(Some(Standing::Good))),
    ];
    for (number, shown) in cases {
        let initiative = plan.initiative(numbered(&plan, number)).expect(number);
        assert_eq!(plan.shown(initiative), shown, "{number}");
    }
}

#[test]
fn the_form_says_a_status_in_the_words_of_its_part() {
    let plan = real();
    let form = builtin::form().unwrap_or_else(|error| panic!("{error}"));
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
        let entry = plan.entry(numbered(&plan, number)).expect(number);
        let wording = form.wording(entry.number());
        let said = wording.status_line(entry.initiative.status);
        assert_eq!(said.as_deref(), line, "{number}");
    }
}

#[test]
fn a_repost_names_the_number_of_its_source() {
    let plan = real();
    let form = builtin::form().unwrap_or_else(|error| panic!("{error}"));
    let repost = plan.initiative(numbered(&plan, "3-3-1")).expect("3-3-1");
    let source = plan.repost_source(repost).expect("its source is there");
    let number = plan.number(source.id).expect("the source has a number");
    assert_eq!(form.repost_line(number), "具体的取組３－１－２の再掲");
}
