//! What holds for the overview of every plan: above all that each number leads to as many
//! initiatives, and that a repost is never one of them.

use std::sync::Arc;

use furikaeri::plan::{
    Branch, Edit, Gap, Id, Initiative, Matrix, Overview, Pick, Plan, Selection, Standing, Status,
    Tally, TextField, Why,
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::overview::{OUTLOOKS, PROGRESSES, cells};
use crate::support::{arbitrary, plans::real, wishes};

/// How many initiatives all of these picks hold for.
fn held(plan: &Plan, picks: &[Pick]) -> usize {
    Selection::new(plan, picks).entries().count()
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
