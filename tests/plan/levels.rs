//! The overview of a plan in which several levels are assessed, on one axis and on three, and amounts
//! are added up.

use std::sync::Arc;

use furikaeri::form::Form;
use furikaeri::plan::{
    Edit, Gap, Gaps, Id, Node, Overview, Pick, Plan, Selection, Standing, Sums, gap_name,
};

use crate::support::plans::{Building, about_in, form_of, id, key, node, plan_in, slot};

/// Goals that are rated, with measures in them that are judged on three axes and have a budget.
fn rated() -> Arc<Form> {
    form_of(
        r#"(
    name: "評価",
    reviews: [(key: "r5", name: "令和５年度"), (key: "r6", name: "令和６年度")],
    levels: [
        (
            key: "goal",
            name: "目標",
            at_top: true,
            number: (pattern: "{n}"),
            fields: [
                (
                    key: "rating",
                    heading: "総合評価",
                    short: "評価",
                    kind: Choice(choices: [
                        (key: "a", words: "Ａ", grade: Good),
                        (key: "b", words: "Ｂ", grade: Concern),
                        (key: "c", words: "Ｃ", grade: Bad),
                        (key: "none", words: "評価できない", short: "－"),
                    ]),
                    each_review: true,
                    needed: Always,
                    filled_by: Office,
                ),
            ],
        ),
        (
            key: "measure",
            name: "施策",
            under: ["goal"],
            number: (pattern: "{above}-{n}"),
            fields: [
                (key: "need", heading: "必要性", kind: Choice(choices: [(key: "yes", words: "ある", grade: Good), (key: "no", words: "ない", grade: Bad)])),
                (key: "effect", heading: "有効性", kind: Choice(choices: [(key: "yes", words: "ある", grade: Good), (key: "no", words: "ない", grade: Bad)])),
                (key: "cost", heading: "効率性", kind: Choice(choices: [(key: "yes", words: "ある", grade: Good), (key: "no", words: "ない", grade: Bad)])),
                (key: "kind", heading: "区分", kind: Choice(choices: [(key: "new", words: "新規"), (key: "old", words: "継続")]), needed: Always),
                (key: "budget", heading: "予算額", kind: Amount(unit: "千円"), needed: Always),
                (key: "spent", heading: "決算額", kind: Amount(unit: "千円"), each_review: true),
            ],
            columns: [(heading: "施策", share: 1, fields: ["title", "budget"])],
            repost: "{number}の再掲",
        ),
    ],
)"#,
    )
}

/// 1 (Ａ) with 1-1, 1-2, 1-3, which repeats 1-1, and 2 (no rating in the first year) with 2-1.
fn rated_plan() -> Plan {
    let axes = |node: Node, answers: [&str; 3]| {
        ["need", "effect", "cost"]
            .into_iter()
            .zip(answers)
            .fold(node, |node, (axis, answer)| node.with(slot(axis), answer))
    };
    let measure = |bits, number| node("measure", id(bits)).numbered(number).titled("施策");
    let first = axes(measure(11, 1), ["yes", "no", "no"])
        .with(slot("budget"), "1,200")
        .with(slot("r5/spent"), "１，０００")
        .with(slot("r6/spent"), "50.5")
        .with(slot("kind"), "new");
    let second = axes(measure(12, 2), ["yes", "yes", ""])
        .with(slot("budget"), "約300")
        .with(slot("r5/spent"), "△１００");
    let repost = measure(13, 3).repeating(id(11)).with(slot("budget"), "9");
    let third = axes(measure(21, 1), ["yes", "yes", "yes"]).with(slot("budget"), "800");
    plan_in(
        &rated(),
        vec![
            node("goal", id(1))
                .numbered(1)
                .titled("安全")
                .with(slot("r5/rating"), "a")
                .with(slot("r6/rating"), "c")
                .holding([first, second, repost]),
            node("goal", id(2))
                .numbered(2)
                .with(slot("r6/rating"), "none")
                .holding([third]),
        ],
    )
}

#[test]
fn levels_of_different_names_are_counted_apart() {
    let plan = rated_plan();
    let overview = Overview::of(&plan);
    let levels: Vec<_> = overview
        .counted
        .iter()
        .map(|it| (it.level, it.tally.total()))
        .collect();
    assert_eq!(levels, [(key("goal"), 2), (key("measure"), 3)]);
    let [goals, measures] = &overview.counted[..] else {
        panic!("two levels: {overview:?}");
    };
    assert_eq!(goals.tally.count(Standing::Good), 1);
    assert_eq!(goals.tally.count(Standing::Unassessed), 1);
    let standings = [Standing::Good, Standing::Worst, Standing::Unassessed];
    assert_eq!(standings.map(|it| measures.tally.count(it)), [1, 1, 1]);
    assert_eq!(measures.tally.reposts, 1);
    assert_eq!((overview.total().total(), overview.total().reposts), (5, 1));
    // Both are numbers of one group, apart as well; the first goal is one of what it counts.
    let first: Vec<usize> = overview.groups[0]
        .counted
        .iter()
        .map(|it| it.tally.total())
        .collect();
    assert_eq!(first, [1, 2]);
    let ids: Vec<Id> = overview.attention.iter().map(|it| it.id).collect();
    assert_eq!(ids, [id(11)]);

    let only = [Pick::Level(key("goal")), Pick::Counted];
    let goals: Vec<Id> = Selection::new(&plan, &only)
        .entries()
        .map(|it| it.node.id)
        .collect();
    assert_eq!(goals, [id(1), id(2)]);
}

#[test]
fn one_axis_makes_a_row_and_three_axes_make_three() {
    let overview = Overview::of(&rated_plan());
    let [rating] = &overview.counted[0].matrices[..] else {
        panic!("one axis: {overview:?}");
    };
    assert_eq!((rating.rows(), rating.columns()), (None, key("rating")));
    let counts = ["a", "b", "c", "none"].map(|choice| rating.count(None, Some(key(choice))));
    assert_eq!(counts, [1, 0, 0, 0]);
    assert_eq!((rating.unset(), rating.total()), (1, 2));
    assert_eq!(
        rating.pick(None, None),
        Pick::Answers(vec![(key("rating"), None)])
    );

    let rows = overview.counted[1].matrices.iter();
    let rows: Vec<_> = rows
        .map(|row| {
            let count = |choice| row.count(None, Some(key(choice)));
            (row.columns(), [count("yes"), count("no"), row.unset()])
        })
        .collect();
    assert_eq!(
        rows,
        [
            (key("need"), [3, 0, 0]),
            (key("effect"), [2, 1, 0]),
            (key("cost"), [1, 1, 1]),
        ]
    );
}

#[test]
fn another_review_and_another_form_are_counted_anew() {
    let mut plan = rated_plan();
    let before = Overview::of(&plan);
    let mut about = about_in(plan.form());
    about.review = key("r6");
    plan.apply(&Edit::About(about))
        .expect("a review of the form");
    let after = before.after_changes(&plan);
    assert_eq!(after, Overview::of(&plan));
    let goals = after.counted[0].tally;
    assert_eq!(
        (goals.count(Standing::Bad), goals.count(Standing::NotRated)),
        (1, 1)
    );

    let mut other = Form::clone(plan.form());
    other.levels[1].fields.retain(|field| !field.is_axis());
    plan.apply(&Edit::Form(Arc::new(other))).expect("a form");
    let after = after.after_changes(&plan);
    assert_eq!(after, Overview::of(&plan));
    assert_eq!(after.counted.len(), 1);
}

#[test]
fn only_what_the_form_asks_for_is_missing() {
    let plan = rated_plan();
    let names = |bits| -> Vec<&str> {
        let node = plan.node(id(bits)).expect("it");
        let level = plan.level(node);
        Gaps::of(&plan, node, true)
            .iter()
            .map(|gap| level.gap_name(gap))
            .collect()
    };
    assert_eq!(names(1), Vec::<&str>::new());
    assert_eq!(
        names(2),
        ["名称", "評価"],
        "the office has no owner, and one axis its own name"
    );
    assert_eq!(
        names(11),
        ["担当"],
        "the axes of a measure need not be answered"
    );
    assert_eq!(names(12), ["担当", "区分"], "what is no number is no gap");
    assert_eq!(names(13), Vec::<&str>::new());
    assert_eq!(names(21), ["担当", "区分"]);
    let all = Gap::all(plan.form());
    let all: Vec<&str> = all
        .into_iter()
        .map(|gap| gap_name(plan.form(), gap))
        .collect();
    assert_eq!(all, ["名称", "担当", "評価", "区分", "予算額"]);
}

#[test]
fn amounts_are_added_up_and_what_is_no_number_is_said() {
    let plan = rated_plan();
    let overview = Overview::of(&plan);
    let said = |sums: &Sums| -> Vec<String> {
        let sums = sums.iter();
        sums.map(|it| format!("{} {} {}+{}", it.slot, it.total, it.added, it.unread))
            .collect()
    };
    let whole = ["budget 2000 2+1", "r5/spent 900 2+0", "r6/spent 50.5 1+0"];
    assert_eq!(said(&overview.sums), whole);
    assert_eq!(
        said(&overview.groups[0].sums),
        ["budget 1200 1+1", "r5/spent 900 2+0", "r6/spent 50.5 1+0"]
    );
    let sum = overview
        .sums
        .get(plan.form(), key("measure"), slot("budget"));
    assert_eq!(sum.map(|sum| sum.added), Some(2));
    assert_eq!(
        overview.sums.get(plan.form(), key("goal"), slot("budget")),
        None
    );
}
