//! The overview of the ward's real plan, where the right answers are printed, and what holds for
//! the overview of every plan: above all that each number leads to as many initiatives.

use std::sync::Arc;

use furikaeri::plan::{
    Branch, Edit, Gap, Id, Initiative, Matrix, Outlook, Overview, Pick, Plan, Progress, Selection,
    Standing, Status, Tally, TextField, Why,
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::support::{
    arbitrary, plans,
    plans::{numbered, real, small},
    wishes,
};

const OUTLOOKS: [Option<Outlook>; 3] = [Some(Outlook::OnTarget), Some(Outlook::OffTarget), None];
const PROGRESSES: [Option<Progress>; 3] =
    [Some(Progress::OnSchedule), Some(Progress::Behind), None];

/// How many initiatives all of these picks hold for.
fn held(plan: &Plan, picks: &[Pick]) -> usize {
    Selection::new(plan, picks).entries().count()
}

/// The numbers of initiatives, as people write them.
fn numbers(plan: &Plan, ids: impl IntoIterator<Item = Id>) -> Vec<String> {
    let number = |id| plan.number(id).expect("in the plan").half_width();
    ids.into_iter().map(number).collect()
}

/// Every cell of the matrix.
fn cells(matrix: &Matrix) -> [[usize; 3]; 3] {
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

/// Any plan in which several initiatives share an owner, some write it with blanks, and some have
/// none; now and then nobody has one.
fn plan_with_owners() -> impl Strategy<Value = Plan> {
    let owners = prop_oneof![
        4 => vec(select(vec!["", "　", "防災担当", " 防災担当", "総務課"]), 40),
        1 => vec(select(vec!["", " "]), 40),
    ];
    (arbitrary::plan(), owners).prop_map(|(mut plan, owners)| {
        let ids: Vec<Id> = plan.entries().map(|entry| entry.initiative.id).collect();
        for (id, owner) in ids.into_iter().zip(owners) {
            let (field, text) = (TextField::Owner, owner.to_owned());
            let edit = Edit::Text { id, field, text };
            plan.apply(&edit).expect("an initiative has an owner");
        }
        plan
    })
}

/// Every number of an overview, with the picks it is a link to.
fn links(overview: &Overview) -> Vec<(usize, Vec<Pick>)> {
    let mut links = tally_links(overview.total, None);
    for group in &overview.groups {
        let issue = group.issue.id;
        links.extend(tally_links(group.tally, Some(issue)));
        let place = |pick| vec![Pick::In(issue), pick];
        links.push((group.attention.len(), place(Pick::Attention)));
        links.extend(axes(&group.matrix).map(|(count, pick)| (count, place(pick))));
        for part in &group.strategies {
            links.extend(tally_links(part.tally, Some(part.strategy.id)));
        }
    }
    links.extend(axes(&overview.matrix).map(|(count, pick)| (count, vec![pick])));
    let unset = overview.matrix.unset();
    links.push((unset, vec![Pick::Gap(Gap::Status)]));
    links.push((overview.attention.len(), vec![Pick::Attention]));
    for group in &overview.gaps {
        let owner = || Pick::Owner(group.owner.clone());
        links.push((group.counted, vec![owner(), Pick::Counted]));
        links.push((group.lacks.len(), vec![owner(), Pick::Incomplete]));
        let by_gap = Gap::ALL.map(|gap| (group.count(gap), vec![owner(), Pick::Gap(gap)]));
        links.extend(by_gap);
    }
    links
}

fn axes(matrix: &Matrix) -> impl Iterator<Item = (usize, Pick)> {
    OUTLOOKS.into_iter().flat_map(move |outlook| {
        let pick = move |progress| Pick::Axes { outlook, progress };
        PROGRESSES.map(|progress| (matrix.count(outlook, progress), pick(progress)))
    })
}

fn tally_links(tally: Tally, within: Option<Id>) -> Vec<(usize, Vec<Pick>)> {
    let mut links = vec![
        (tally.total(), Pick::Counted),
        (tally.reposts, Pick::Repost),
        (tally.bad(), Pick::Attention),
    ];
    links.extend(Standing::ALL.map(|standing| (tally.count(standing), Pick::Standing(standing))));
    let place = |pick| within.map(Pick::In).into_iter().chain([pick]).collect();
    let placed = links.into_iter().map(|(count, pick)| (count, place(pick)));
    placed.collect()
}

/// All numbers but those of reposts, with whatever is listed.
fn without_reposts(overview: &Overview) -> impl PartialEq + std::fmt::Debug + use<> {
    let bare = |tally: Tally| Tally {
        reposts: 0,
        ..tally
    };
    let groups = overview.groups.iter();
    let groups: Vec<_> = groups
        .map(|group| {
            let parts = group.strategies.iter();
            let parts: Vec<_> = parts.map(|it| (it.strategy.id, bare(it.tally))).collect();
            (group.issue.id, bare(group.tally), parts)
        })
        .collect();
    (
        bare(overview.total),
        overview.matrix,
        groups,
        overview.attention.clone(),
        overview.gaps.clone(),
    )
}

#[test]
fn each_number_of_the_real_plan_leads_to_as_many_initiatives() {
    let plan = real();
    for (count, picks) in links(&Overview::of(&plan)) {
        assert_eq!(held(&plan, &picks), count, "{picks:?}");
    }
}

proptest! {
    #[test]
    fn each_number_leads_to_as_many_initiatives(plan in plan_with_owners()) {
        for (count, picks) in links(&Overview::of(&plan)) {
            prop_assert_eq!(held(&plan, &picks), count, "{:?}", picks);
        }
    }

    #[test]
    fn each_number_shows_every_initiative_of_its_scope_once(plan in plan_with_owners()) {
        for (count, picks) in links(&Overview::of(&plan)) {
            let working = Selection::new(&plan, &picks).working();
            prop_assert_eq!(working.counted.len(), count, "{:?}", picks);

            let is_scope = |pick: &&Pick| matches!(pick, Pick::In(_) | Pick::Owner(_));
            let scope: Vec<Pick> = picks.iter().filter(is_scope).cloned().collect();
            let expected = Selection::new(&plan, &scope).entries();
            let mut expected: Vec<Id> = expected.map(|entry| entry.initiative.id).collect();
            let left_out = working.left_out.iter().map(|(id, _)| *id);
            let mut shown: Vec<Id> = working.counted.into_iter().chain(left_out).collect();
            expected.sort_unstable();
            shown.sort_unstable();
            prop_assert_eq!(shown, expected, "{:?}", picks);

            for (id, why) in working.left_out {
                let initiative = plan.initiative(id).expect("it is in the plan");
                let is_repost = initiative.repost_of.is_some();
                prop_assert_eq!(why == Why::Repost, is_repost, "{:?}", picks);
            }
        }
    }

    #[test]
    fn the_parts_make_the_whole(plan in plan_with_owners()) {
        let overview = Overview::of(&plan);
        let mut whole = Tally::default();
        prop_assert_eq!(overview.groups.len(), plan.issues().len());
        for (group, issue) in overview.groups.iter().zip(plan.issues()) {
            prop_assert_eq!(Some(group.number), plan.number(issue.id));
            let mut tally = Tally::of(&issue.initiatives);
            prop_assert_eq!(group.strategies.len(), issue.strategies.len());
            for (part, strategy) in group.strategies.iter().zip(&issue.strategies) {
                prop_assert_eq!(Some(part.number), plan.number(strategy.id));
                tally += part.tally;
            }
            prop_assert_eq!(group.tally, tally);
            whole += tally;
        }
        prop_assert_eq!(overview.total, whole);

        let matrix = overview.matrix;
        let rated = cells(&matrix).iter().take(2).flat_map(|row| &row[..2]).sum::<usize>();
        prop_assert_eq!(rated + matrix.unset(), whole.total());
        let shares = OUTLOOKS.iter().flat_map(|outlook| {
            PROGRESSES.iter().filter_map(|progress| matrix.share(*outlook, *progress))
        });
        let expected = if whole.total() == 0 { 0.0 } else { 1.0 };
        prop_assert!((shares.sum::<f64>() - expected).abs() < 1e-9);

        let counted = overview.gaps.iter().map(|owner| owner.counted);
        prop_assert_eq!(counted.sum::<usize>(), whole.total());
    }

    #[test]
    fn after_changes_the_overview_is_that_of_the_plan_as_it_is(
        first in plan_with_owners(),
        day in vec(wishes::wish(), 1..12),
    ) {
        let mut plan = first;
        let mut overview = Overview::of(&plan);
        for wish in &day {
            let edit = wish.edit(&plan);
            // An edit that does not fit changes nothing, which is a case as well.
            let _ = plan.apply(&edit);
            overview = overview.after_changes(&plan);
            prop_assert_eq!(&overview, &Overview::of(&plan));
        }
    }

    #[test]
    fn what_is_listed_stands_in_its_order(plan in plan_with_owners()) {
        let overview = Overview::of(&plan);
        let place = |id| plan.entries().position(|entry| entry.initiative.id == id);
        let severity = |standing| match standing {
            Standing::BothBad => 0,
            Standing::OffTarget => 1,
            Standing::Behind => 2,
            Standing::Good | Standing::Unassessed => panic!("this needs no attention"),
        };
        let listed = overview.attention.iter();
        let order = listed.map(|it| (severity(it.standing), place(it.id)));
        prop_assert!(order.is_sorted(), "{:?}", overview.attention);
        for it in &overview.attention {
            let repost_of = plan.initiative(it.id).map(|initiative| initiative.repost_of);
            prop_assert_eq!(repost_of, Some(None));
            prop_assert_eq!(Some(it.number), plan.number(it.id));
        }

        let first = |owner: &str| {
            let counted = |entry: &Initiative| entry.repost_of.is_none();
            let its = |it: &Initiative| counted(it) && it.owner.trim() == owner;
            plan.entries().position(|entry| its(entry.initiative))
        };
        let owners = overview.gaps.iter().map(|it| (it.owner.is_empty(), first(&it.owner)));
        prop_assert!(owners.is_sorted_by(|a, b| a < b), "{:?}", overview.gaps);
        for owner in &overview.gaps {
            let order = owner.lacks.iter().map(|(id, _)| place(*id));
            prop_assert!(order.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn a_repost_changes_no_count_but_that_of_reposts(
        plan in plan_with_owners(),
        outlook in arbitrary::outlook(),
        progress in arbitrary::progress(),
        owner in select(vec!["", "防災担当", "ほかの担当"]),
    ) {
        let before = Overview::of(&plan);
        let sources: Vec<Id> = plan.entries().map(|entry| entry.initiative.id).collect();
        // Whatever it repeats, in whichever issue it stands, and whatever was typed in it.
        for (source, home) in sources.iter().zip(plan.issues().iter().cycle().skip(1)) {
            let repost = Initiative {
                repost_of: Some(*source),
                owner: owner.to_owned(),
                status: Status { outlook, progress },
                ..Initiative::new(Id::from_bits(0xDEAD), 1)
            };
            let mut with_repost = plan.clone();
            let inserted = with_repost.apply(&Edit::Insert {
                parent: Some(home.id),
                position: 0,
                branch: Branch::Initiative(Arc::new(repost)),
            });
            prop_assert!(inserted.is_ok());
            let after = Overview::of(&with_repost);
            prop_assert_eq!(without_reposts(&after), without_reposts(&before));
            prop_assert_eq!(after.total.reposts, before.total.reposts + 1);
        }
    }
}
