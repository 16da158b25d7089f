//! What is missing in a plan of the built-in form. What is missing in plans of every form is in
//! `overview_laws.rs`.

use furikaeri::form::Slot;
use furikaeri::plan::{Gap, Gaps, gap_name};

use crate::support::plans::{
    BEHIND, Building, OFF_TARGET, ON_SCHEDULE, ON_TARGET, form, id, node, notes, outlook, plan_in,
    progress, results, target,
};

#[test]
fn all_that_can_be_missing_is_named_in_the_order_of_the_form() {
    let form = form();
    let names: Vec<&str> = Gap::all(&form)
        .into_iter()
        .map(|gap| gap_name(&form, gap))
        .collect();
    assert_eq!(
        names,
        ["名称", "担当", "実績", "目標", "達成状況", "課題・改善策"]
    );
}

#[test]
fn each_empty_cell_is_a_gap_and_blanks_fill_nothing() {
    let full = node("initiative", id(1))
        .titled("防災訓練")
        .owned_by("防災担当")
        .with_results("・１回")
        .with_target("２回以上")
        .with_outlook(OFF_TARGET)
        .with_progress(ON_SCHEDULE)
        .with_notes("延期した。");
    let issue = || node("issue", id(2)).numbered(1);
    let gaps = |at: Slot, text: &str| {
        let plan = plan_in(
            &form(),
            vec![issue().holding([full.clone().with(at, text)])],
        );
        let node = plan.node(id(1)).expect("it");
        Gaps::of(&plan, node, true)
            .iter()
            .map(|gap| gap_name(&form(), gap).to_owned())
            .collect()
    };
    let none: Vec<String> = gaps(Slot::MEMO, "");
    assert_eq!(none, Vec::<String>::new());
    let cases = [
        (Slot::TITLE, "", "名称"),
        (Slot::OWNER, "　", "担当"),
        (results(), " \n\t", "実績"),
        (target(), "", "目標"),
        (notes(), "\n　\n", "課題・改善策"),
        (progress(), "", "達成状況"),
        (outlook(), "an_answer_that_is_gone", "達成状況"),
    ];
    for (at, text, gap) in cases {
        assert_eq!(gaps(at, text), [gap], "{at}");
    }
}

#[test]
fn notes_are_asked_for_only_where_a_status_is_bad() {
    let cases: [(_, _, &[&str]); 5] = [
        (ON_TARGET, ON_SCHEDULE, &[]),
        ("", "", &["達成状況"]),
        (ON_TARGET, BEHIND, &["課題・改善策"]),
        ("", BEHIND, &["達成状況", "課題・改善策"]),
        (OFF_TARGET, "", &["達成状況", "課題・改善策"]),
    ];
    for (outlook, progress, expected) in cases {
        let without_notes = node("initiative", id(1))
            .titled("防災訓練")
            .with_results("・１回")
            .with_target("２回以上")
            .with_outlook(outlook)
            .with_progress(progress);
        let plan = plan_in(&form(), vec![node("issue", id(2)).holding([without_notes])]);
        let gaps = Gaps::of(&plan, plan.node(id(1)).expect("it"), false);
        let names: Vec<_> = gaps.iter().map(|gap| gap_name(plan.form(), gap)).collect();
        assert_eq!(names, expected, "{outlook} {progress}");
        assert_eq!(gaps.is_empty(), expected.is_empty());
    }
}

#[test]
fn a_repost_and_a_heading_lack_nothing() {
    let repost = node("initiative", id(2)).repeating(id(1));
    let plan = plan_in(
        &form(),
        vec![node("issue", id(3)).holding([node("initiative", id(1)), repost])],
    );
    let gaps = |bits| {
        Gaps::of(&plan, plan.node(id(bits)).expect("it"), true)
            .iter()
            .count()
    };
    assert_eq!([gaps(1), gaps(2), gaps(3)], [5, 0, 0]);
}
