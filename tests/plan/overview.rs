//! The overview of the ward's real plan, where the right answers are printed. Another form is in
//! `levels.rs`; what holds for the overview of every plan is in `overview_laws.rs`.

use furikaeri::form::{Key, Slot};
use furikaeri::plan::{
    Gap, Gaps, Id, Lack, Matrix, Overview, Pick, Plan, Selection, Standing, Tally, Why,
};

use crate::support::plans::{
    BEHIND, OFF_TARGET, ON_SCHEDULE, ON_TARGET, id, key, notes, numbered, outlook, progress, real,
    results, set, small, target,
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
