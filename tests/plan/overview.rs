//! The overview of the ward's real plan, where the right answers are printed. What holds for the
//! overview of every plan is in `overview_laws.rs`.

use furikaeri::plan::{
    Edit, Gap, Id, Matrix, Outlook, Overview, Pick, Plan, Progress, Selection, Standing, Tally,
    TextField, Why,
};

use crate::support::{
    plans,
    plans::{numbered, real, small},
};

pub const OUTLOOKS: [Option<Outlook>; 3] =
    [Some(Outlook::OnTarget), Some(Outlook::OffTarget), None];
pub const PROGRESSES: [Option<Progress>; 3] =
    [Some(Progress::OnSchedule), Some(Progress::Behind), None];

/// The numbers of initiatives, as people write them.
fn numbers(plan: &Plan, ids: impl IntoIterator<Item = Id>) -> Vec<String> {
    let number = |id| plan.number(id).expect("in the plan").half_width();
    ids.into_iter().map(number).collect()
}

/// Every cell of the matrix.
pub fn cells(matrix: &Matrix) -> [[usize; 3]; 3] {
    OUTLOOKS.map(|outlook| PROGRESSES.map(|progress| matrix.count(outlook, progress)))
}

#[test]
fn the_real_plan_counts_what_its_slides_show() {
    let overview = Overview::of(&real());
    let total = Tally {
        good: 40,
        behind: 5,
        off_target: 3,
        reposts: 1,
        ..Tally::default()
    };
    assert_eq!(overview.total, total);
    assert_eq!((total.total(), total.bad()), (48, 8));
    assert_eq!(cells(&overview.matrix), [[40, 5, 0], [3, 0, 0], [0, 0, 0]]);
    let good = overview.matrix.share(OUTLOOKS[0], PROGRESSES[0]);
    assert_eq!(
        good,
        Some(40.0 / 48.0),
        "the repost is no part of the whole"
    );
}

#[test]
fn every_issue_and_strategy_of_the_real_plan_has_its_own_counts() {
    let overview = Overview::of(&real());
    // 良好, 遅れ, 未達成見込, 再掲.
    let counts = |tally: Tally| [tally.good, tally.behind, tally.off_target, tally.reposts];
    let groups = overview.groups.iter();
    let issues: Vec<_> = groups
        .clone()
        .map(|group| (group.number.half_width(), counts(group.tally)))
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

    let strategies = groups.flat_map(|group| &group.strategies);
    assert_eq!(strategies.clone().count(), 19);
    for (number, expected) in [
        ("1-1", [3, 0, 1, 0]),
        ("2-1", [2, 4, 0, 0]),
        ("3-3", [6, 0, 0, 1]),
        ("4-1", [1, 1, 1, 0]),
    ] {
        let mut strategies = strategies.clone();
        let strategy = strategies.find(|it| it.number.half_width() == number);
        assert_eq!(
            strategy.map(|it| counts(it.tally)),
            Some(expected),
            "{number}"
        );
    }
}

#[test]
fn what_needs_attention_in_the_real_plan_comes_worst_first() {
    let plan = real();
    let attention = Overview::of(&plan).attention;
    let listed: Vec<_> = attention
        .iter()
        .map(|it| (it.number.half_width(), it.standing))
        .collect();
    let expected = [
        ("1-1-4", Standing::OffTarget),
        ("4-1-3", Standing::OffTarget),
        ("改革-1", Standing::OffTarget),
        ("2-1-1", Standing::Behind),
        ("2-1-2", Standing::Behind),
        ("2-1-3", Standing::Behind),
        ("2-1-4", Standing::Behind),
        ("4-1-2", Standing::Behind),
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
    for (notes, line) in cases {
        let mut plan = small();
        let edit = Edit::Text {
            id: plans::id(3),
            field: TextField::Notes,
            text: notes.to_owned(),
        };
        plan.apply(&edit).expect("it fits");
        let attention = Overview::of(&plan).attention;
        let [behind] = attention[..] else {
            panic!("only 1-1-1 is behind: {attention:?}");
        };
        assert_eq!(behind.note(&plan), line, "{notes:?}");
    }
}

#[test]
fn what_is_off_target_and_behind_is_worse_than_either() {
    let mut plan = real();
    let id = numbered(&plan, "4-1-2");
    let outlook = Some(Outlook::OffTarget);
    plan.apply(&Edit::Outlook { id, outlook }).expect("it fits");
    let attention = Overview::of(&plan).attention;
    let first = attention.first().expect("there is something");
    assert_eq!(first.number.half_width(), "4-1-2");
    assert_eq!(first.standing, Standing::BothBad);
}

#[test]
fn the_real_plan_lacks_nothing_though_it_names_no_owner() {
    let overview = Overview::of(&real());
    let [nobody] = &overview.gaps[..] else {
        panic!("one group without an owner: {:?}", overview.gaps);
    };
    assert_eq!((&*nobody.owner, nobody.counted), ("", 48));
    assert_eq!(nobody.lacks, []);
}

#[test]
fn gaps_are_listed_by_owner_and_those_without_one_come_last() {
    let mut plan = real();
    let mut type_in = |number, field, text: &str| {
        let id = numbered(&plan, number);
        let text = text.to_owned();
        let edit = Edit::Text { id, field, text };
        plan.apply(&edit).expect("it fits");
    };
    type_in("1-1-2", TextField::Owner, "防災担当");
    type_in("1-1-3", TextField::Owner, "総務課");
    type_in("1-1-4", TextField::Owner, "　防災担当\n");
    type_in("1-1-2", TextField::Results, " ");
    type_in("1-1-4", TextField::Target, "");
    type_in("1-1-4", TextField::Notes, "\n");

    let gaps = Overview::of(&plan).gaps;
    let listed: Vec<_> = gaps
        .iter()
        .map(|it| (&*it.owner, it.counted, it.lacks.len(), it.count(Gap::Owner)))
        .collect();
    let expected = [("防災担当", 2, 2, 0), ("総務課", 1, 0, 0), ("", 45, 45, 45)];
    assert_eq!(listed, expected);
    let lacks: Vec<_> = gaps[0]
        .lacks
        .iter()
        .map(|(id, gaps)| (numbers(&plan, [*id]), gaps.iter().collect::<Vec<_>>()))
        .collect();
    assert_eq!(
        lacks,
        [
            (vec!["1-1-2".to_owned()], vec![Gap::Results]),
            (vec!["1-1-4".to_owned()], vec![Gap::Target, Gap::Notes]),
        ]
    );
}

#[test]
fn a_number_shows_its_working() {
    let plan = real();
    let within = |number| Pick::In(numbered(&plan, number));
    let picks = [within("2-1"), Pick::Standing(Standing::Behind)];
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
    const REFORM: Id = Id::from_bits(7);
    let mut plan = small();
    let why = |plan: &Plan, pick| {
        let picks = [pick];
        let mut left_out = Selection::new(plan, &picks).working().left_out.into_iter();
        left_out.find(|(id, _)| *id == REFORM).map(|(_, why)| why)
    };
    let axes = |outlook, progress| Pick::Axes { outlook, progress };
    let (off_target, behind) = (Some(Outlook::OffTarget), Some(Progress::Behind));
    let cases = [
        (Pick::Standing(Standing::Good), Some(Why::Unassessed)),
        (Pick::Attention, Some(Why::Unassessed)),
        (axes(off_target, behind), Some(Why::Unassessed)),
        (axes(None, behind), Some(Why::Unassessed)),
        (Pick::Standing(Standing::Unassessed), None),
        (axes(None, None), None),
        (Pick::Gap(Gap::Notes), Some(Why::Differs)),
        (Pick::Repost, Some(Why::Differs)),
        (Pick::Counted, None),
    ];
    for (pick, reason) in cases {
        let said = format!("{pick:?}");
        assert_eq!(why(&plan, pick), reason, "{said}");
    }

    // That the other axis is unset says nothing about the one that was asked for.
    let progress = Some(Progress::OnSchedule);
    plan.apply(&Edit::Progress {
        id: REFORM,
        progress,
    })
    .expect("it fits");
    assert_eq!(why(&plan, axes(None, behind)), Some(Why::Differs));
    assert_eq!(
        why(&plan, axes(off_target, progress)),
        Some(Why::Unassessed)
    );
}
