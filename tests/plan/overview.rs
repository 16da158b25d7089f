//! The overview of the ward's real plan, where the right answers are printed, and of plans of other
//! forms. What holds for the overview of every plan is in `overview_laws.rs`.

use std::sync::Arc;

use furikaeri::form::{Form, Key, Slot};
use furikaeri::plan::{
    Edit, Gap, Gaps, Id, Lack, Matrix, Overview, Pick, Plan, Selection, Standing, Tally, Why,
    gap_name,
};

use crate::support::plans::{
    BEHIND, Building, OFF_TARGET, ON_SCHEDULE, ON_TARGET, about_in, form, form_of, id, key, node,
    notes, numbered, outlook, plan_in, progress, real, results, set, slot, small, target,
};

/// Both answers, and none.
fn outlooks() -> [Option<Key>; 3] {
    [Some(key(ON_TARGET)), Some(key(OFF_TARGET)), None]
}

fn progresses() -> [Option<Key>; 3] {
    [Some(key(ON_SCHEDULE)), Some(key(BEHIND)), None]
}

/// The numbers of nodes, as people write them.
fn numbers(plan: &Plan, ids: impl IntoIterator<Item = Id>) -> Vec<String> {
    let number = |id| {
        let number = plan.number(id).expect("in the plan");
        number.half_width(plan.form())
    };
    ids.into_iter().map(number).collect()
}

/// Every cell of the matrix.
fn cells(matrix: &Matrix) -> [[usize; 3]; 3] {
    outlooks().map(|outlook| progresses().map(|progress| matrix.count(outlook, progress)))
}

/// 良好, 遅れ, 未達成見込, 再掲.
fn counts(tally: Tally) -> [usize; 4] {
    let count = |standing| tally.count(standing);
    [
        count(Standing::Good),
        count(Standing::Concern),
        count(Standing::Bad),
        tally.reposts,
    ]
}

#[test]
fn the_real_plan_counts_what_its_slides_show() {
    let overview = Overview::of(&real());
    let total = overview.total();
    assert_eq!(counts(total), [40, 5, 3, 1]);
    assert_eq!((total.total(), total.bad()), (48, 8));
    let [counted] = &overview.counted[..] else {
        panic!("both parts of the plan are counted together: {overview:?}");
    };
    assert_eq!(counted.tally, total);
    let [matrix] = &counted.matrices[..] else {
        panic!("two axes make one table: {counted:?}");
    };
    assert_eq!(matrix.rows(), Some(key("outlook")));
    assert_eq!(matrix.columns(), key("progress"));
    assert_eq!(cells(matrix), [[40, 5, 0], [3, 0, 0], [0, 0, 0]]);
    let good = matrix.share(outlooks()[0], progresses()[0]);
    assert_eq!(
        good,
        Some(40.0 / 48.0),
        "the repost is no part of the whole"
    );
    assert!(overview.sums.is_empty(), "the form has no amounts");
}

#[test]
fn every_issue_and_strategy_of_the_real_plan_has_its_own_counts() {
    let plan = real();
    let overview = Overview::of(&plan);
    let groups = overview.groups.iter();
    let issues: Vec<_> = groups
        .clone()
        .map(|group| (group.number.half_width(plan.form()), counts(group.total())))
        .collect();
    let expected = [
        ("1", [7, 0, 1, 0]),
        ("2", [5, 4, 0, 0]),
        ("3", [13, 0, 0, 1]),
        ("4", [4, 1, 1, 0]),
        ("5", [4, 0, 0, 0]),
        ("6", [5, 0, 0, 0]),
        ("改革", [2, 0, 1, 0]),
    ]
    .map(|(number, counts)| (number.to_owned(), counts));
    assert_eq!(issues, expected);

    let strategies = groups.flat_map(|group| &group.below);
    assert_eq!(strategies.clone().count(), 19);
    for (number, expected) in [
        ("1-1", [3, 0, 1, 0]),
        ("2-1", [2, 4, 0, 0]),
        ("3-3", [6, 0, 0, 1]),
        ("4-1", [1, 1, 1, 0]),
    ] {
        let mut strategies = strategies.clone();
        let strategy = strategies.find(|it| it.number.half_width(plan.form()) == number);
        assert_eq!(
            strategy.map(|it| counts(it.total())),
            Some(expected),
            "{number}"
        );
    }
}

#[test]
fn what_needs_attention_in_the_real_plan_comes_worst_first() {
    let plan = real();
    let attention = Overview::of(&plan).attention;
    let listed = numbers(&plan, attention.iter().map(|it| it.id));
    let listed: Vec<_> = listed
        .into_iter()
        .zip(attention.iter().map(|it| it.standing))
        .collect();
    let expected = [
        ("1-1-4", Standing::Bad),
        ("4-1-3", Standing::Bad),
        ("改革-1", Standing::Bad),
        ("2-1-1", Standing::Concern),
        ("2-1-2", Standing::Concern),
        ("2-1-3", Standing::Concern),
        ("2-1-4", Standing::Concern),
        ("4-1-2", Standing::Concern),
    ]
    .map(|(number, standing)| (number.to_owned(), standing));
    assert_eq!(listed, expected);
    let note = attention.first().map(|it| it.note(&plan));
    let line = "生涯学習活動は、コロナ禍による影響により、また今後の収束の見通しも立たないため、\
                活動の再開が見込みづらい。そのため、プロセス指標を測定する区民モニターアンケートで、\
                コロナ禍の収束した際の意識の設問であることを注記する。";
    assert_eq!(note, Some(line));
}

#[test]
fn the_first_line_of_notes_is_the_first_with_something_in_it() {
    let cases = [
        ("中止した。\n再開は未定。", "中止した。"),
        ("\n　\n ・中止した。 \n", "・中止した。"),
        (" \n", ""),
        ("", ""),
    ];
    for (text, line) in cases {
        let mut plan = small();
        plan.apply(&set(id(3), notes(), text)).expect("it fits");
        let attention = Overview::of(&plan).attention;
        let [behind] = attention[..] else {
            panic!("only 1-1-1 is behind: {attention:?}");
        };
        assert_eq!(behind.note(&plan), line, "{text:?}");
    }
}

#[test]
fn what_is_off_target_and_behind_is_worse_than_either() {
    let mut plan = real();
    let id = numbered(&plan, "4-1-2");
    plan.apply(&set(id, outlook(), OFF_TARGET))
        .expect("it fits");
    let attention = Overview::of(&plan).attention;
    let first = attention.first().expect("there is something");
    assert_eq!((first.id, first.standing), (id, Standing::Worst));
}

#[test]
fn the_real_plan_lacks_nothing_though_it_names_no_owner() {
    let overview = Overview::of(&real());
    let [nobody] = &overview.gaps[..] else {
        panic!("one group without an owner: {:?}", overview.gaps);
    };
    assert_eq!((&*nobody.owner, nobody.counted), ("", 48));
    assert_eq!(nobody.lacks, []);
    assert!(!overview.has_owners());
}

#[test]
fn gaps_are_listed_by_owner_and_those_without_one_come_last() {
    let mut plan = real();
    let mut type_in = |number, at, text: &str| {
        let id = numbered(&plan, number);
        plan.apply(&set(id, at, text)).expect("it fits");
    };
    type_in("1-1-2", Slot::OWNER, "防災担当");
    type_in("1-1-3", Slot::OWNER, "総務課");
    type_in("1-1-4", Slot::OWNER, "　防災担当\n");
    type_in("1-1-2", results(), " ");
    type_in("1-1-4", target(), "");
    type_in("1-1-4", notes(), "\n");

    let overview = Overview::of(&plan);
    assert!(overview.has_owners());
    let gaps = overview.gaps;
    let listed: Vec<_> = gaps
        .iter()
        .map(|it| (&*it.owner, it.counted, it.lacks.len(), it.count(Gap::Owner)))
        .collect();
    let expected = [("防災担当", 2, 2, 0), ("総務課", 1, 0, 0), ("", 45, 45, 45)];
    assert_eq!(listed, expected);
    let what = |lack: &Lack| -> Vec<&str> {
        let node = plan.node(lack.id).expect("in the plan");
        let level = plan.level(node);
        let gaps = Gaps::of(&plan, node, true).iter();
        gaps.map(|gap| level.gap_name(gap)).collect()
    };
    let lacks: Vec<_> = gaps[0]
        .lacks
        .iter()
        .map(|lack| (numbers(&plan, [lack.id]).concat(), what(lack)))
        .collect();
    assert_eq!(
        lacks,
        [
            ("1-1-2".to_owned(), vec!["実績"]),
            ("1-1-4".to_owned(), vec!["目標", "課題・改善策"]),
        ]
    );
}

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

#[test]
fn a_number_shows_its_working() {
    let plan = real();
    let within = |number| Pick::In(numbered(&plan, number));
    let picks = [within("2-1"), Pick::Standing(Standing::Concern)];
    let working = Selection::new(&plan, &picks).working();
    let counted = numbers(&plan, working.counted);
    assert_eq!(counted, ["2-1-1", "2-1-2", "2-1-3", "2-1-4"]);
    let (left_out, reasons): (Vec<Id>, Vec<Why>) = working.left_out.into_iter().unzip();
    assert_eq!(numbers(&plan, left_out), ["2-1-5", "2-1-6"]);
    assert_eq!(reasons, [Why::Differs, Why::Differs]);

    let picks = [within("3"), Pick::Counted];
    let working = Selection::new(&plan, &picks).working();
    assert_eq!(working.counted.len(), 13);
    let repost = numbered(&plan, "3-3-1");
    assert_eq!(working.left_out, [(repost, Why::Repost)]);
}

#[test]
fn what_is_not_assessed_is_left_out_only_where_a_status_was_asked_for() {
    // 1-1-1 is behind, 1-1-2 repeats it, 改革-1 has nothing in it.
    let reform = id(7);
    let mut plan = small();
    let why = |plan: &Plan, pick| {
        let picks = [pick];
        let mut left_out = Selection::new(plan, &picks).working().left_out.into_iter();
        left_out.find(|(id, _)| *id == reform).map(|(_, why)| why)
    };
    let axes = |outlook: Option<Key>, progress: Option<Key>| {
        Pick::Answers(vec![(key("outlook"), outlook), (key("progress"), progress)])
    };
    let (off_target, behind) = (Some(key(OFF_TARGET)), Some(key(BEHIND)));
    let cases = [
        (Pick::Standing(Standing::Good), Some(Why::Unassessed)),
        (Pick::Attention, Some(Why::Unassessed)),
        (axes(off_target, behind), Some(Why::Unassessed)),
        (axes(None, behind), Some(Why::Unassessed)),
        (Pick::Standing(Standing::Unassessed), None),
        (axes(None, None), None),
        (Pick::Unset(vec![key("progress")]), None),
        (Pick::Gap(Gap::Field(key("notes"))), Some(Why::Differs)),
        (Pick::Repost, Some(Why::Differs)),
        (Pick::Counted, None),
    ];
    for (pick, reason) in cases {
        let said = format!("{pick:?}");
        assert_eq!(why(&plan, pick), reason, "{said}");
    }

    // That the other axis is unset says nothing about the one that was asked for.
    plan.apply(&set(reform, progress(), ON_SCHEDULE))
        .expect("it fits");
    assert_eq!(why(&plan, axes(None, behind)), Some(Why::Differs));
    let on_schedule = Some(key(ON_SCHEDULE));
    assert_eq!(
        why(&plan, axes(off_target, on_schedule)),
        Some(Why::Unassessed)
    );
}

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
    let axes = |node: furikaeri::plan::Node, answers: [&str; 3]| {
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
    let said = |sums: &furikaeri::plan::Sums| -> Vec<String> {
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
