//! What holds for the overview of every plan of every form: above all that each number leads to as
//! many nodes, and that a repost is never one of them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use furikaeri::form::{Form, Key, Level, Needed, Slot};
use furikaeri::plan::{
    Counted, Edit, Gap, Gaps, Id, Matrix, Node, Overview, Pick, Plan, Selection, Standing, Sums,
    Tally, Why, amount,
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::support::{
    arbitrary,
    plans::{id, real, set},
    wishes,
};

/// How many nodes all of these picks hold for.
fn held(plan: &Plan, picks: &[Pick]) -> usize {
    Selection::new(plan, picks).entries().count()
}

/// Any plan in which several nodes share an owner, some write it with blanks, and some have none;
/// now and then nobody has one.
fn plan_with_owners() -> impl Strategy<Value = Plan> {
    let owners = prop_oneof![
        4 => vec(select(vec!["", "　", "防災担当", " 防災担当", "総務課"]), 40),
        1 => vec(select(vec!["", " "]), 40),
    ];
    (arbitrary::plan(), owners).prop_map(|(mut plan, owners)| {
        let ids: Vec<Id> = plan.nodes().map(|entry| entry.node.id).collect();
        for (id, owner) in ids.into_iter().zip(owners) {
            plan.apply(&set(id, Slot::OWNER, owner))
                .expect("every node has an owner");
        }
        plan
    })
}

/// Every number of an overview, with the picks it is a link to.
fn links(plan: &Plan, overview: &Overview) -> Vec<(usize, Vec<Pick>)> {
    let form = plan.form();
    let mut links = counted_links(form, &overview.counted, None);
    links.extend(tally_links(overview.total(), &[]));
    for group in &overview.groups {
        let within = Pick::In(group.node.id);
        links.extend(counted_links(form, &group.counted, Some(&within)));
        links.extend(tally_links(group.total(), std::slice::from_ref(&within)));
        links.push((group.attention.len(), vec![within, Pick::Attention]));
        for below in &group.below {
            let within = Pick::In(below.node.id);
            links.extend(counted_links(form, &below.counted, Some(&within)));
            links.extend(tally_links(below.total(), &[within]));
        }
    }
    links.push((overview.attention.len(), vec![Pick::Attention]));
    for owner in &overview.gaps {
        let of_owner = |pick| vec![Pick::Owner(owner.owner.clone()), pick];
        links.push((owner.lacks.len(), of_owner(Pick::Incomplete)));
        let by_gap = Gap::all(form).into_iter();
        links.extend(by_gap.map(|gap| (owner.count(gap), of_owner(Pick::Gap(gap)))));
    }
    links
}

fn counted_links(
    form: &Form,
    counted: &[Counted],
    within: Option<&Pick>,
) -> Vec<(usize, Vec<Pick>)> {
    let mut links = Vec::new();
    for counted in counted {
        let level = Pick::Level(counted.level);
        let scope: Vec<Pick> = within.into_iter().cloned().chain([level]).collect();
        links.extend(tally_links(counted.tally, &scope));
        for matrix in &counted.matrices {
            let cells = cells(form.level(counted.level), matrix);
            let cells =
                cells.map(|(row, column)| (matrix.count(row, column), matrix.pick(row, column)));
            let unset = (matrix.unset(), matrix.unset_pick());
            for (count, pick) in cells.chain([unset]) {
                links.push((count, [scope.clone(), vec![pick]].concat()));
            }
        }
    }
    links
}

/// Every cell of a table, those of what is unset included.
fn cells(level: &Level, matrix: &Matrix) -> impl Iterator<Item = (Option<Key>, Option<Key>)> {
    let answers = |field: Key| -> Vec<Option<Key>> {
        let choices = level.field(field).expect("an axis").choices().iter();
        choices
            .map(|choice| Some(choice.key))
            .chain([None])
            .collect()
    };
    let rows = matrix.rows().map_or_else(|| vec![None], answers);
    let columns = answers(matrix.columns());
    rows.into_iter()
        .flat_map(move |row| columns.clone().into_iter().map(move |column| (row, column)))
}

fn tally_links(tally: Tally, scope: &[Pick]) -> Vec<(usize, Vec<Pick>)> {
    let mut links = vec![
        (tally.total(), Pick::Counted),
        (tally.reposts, Pick::Repost),
        (tally.bad(), Pick::Attention),
    ];
    links.extend(Standing::ALL.map(|standing| (tally.count(standing), Pick::Standing(standing))));
    let place = |pick| scope.iter().cloned().chain([pick]).collect();
    let placed = links.into_iter().map(|(count, pick)| (count, place(pick)));
    placed.collect()
}

/// All numbers but those of reposts, with whatever is listed.
fn without_reposts(overview: &Overview) -> impl PartialEq + std::fmt::Debug + use<> {
    let bare = |counted: &[Counted]| -> Vec<_> {
        let bare = counted.iter().map(|it| {
            let counts = Standing::ALL.map(|standing| it.tally.count(standing));
            (it.level, counts, it.matrices.clone())
        });
        bare.collect()
    };
    let groups = overview.groups.iter();
    let groups: Vec<_> = groups
        .map(|group| {
            let below = group.below.iter().map(|it| (it.node.id, bare(&it.counted)));
            let below: Vec<_> = below.filter(|(id, _)| *id != REPOST).collect();
            (
                group.node.id,
                bare(&group.counted),
                group.sums.clone(),
                below,
            )
        })
        .collect();
    (
        bare(&overview.counted),
        overview.sums.clone(),
        groups,
        overview.attention.clone(),
        overview.gaps.clone(),
    )
}

const REPOST: Id = Id::from_bits(0xDEAD);

/// What a node of the plan says, read by nothing but the form: the grades of its answers.
fn naive_standing(plan: &Plan, node: &Node) -> Standing {
    use furikaeri::form::Grade;
    let level = plan.form().find_level(node.level).expect("its level");
    let axes = level
        .fields
        .iter()
        .filter(|it| it.choices().iter().any(|it| it.grade.is_some()));
    let answers: Vec<Option<Option<Grade>>> = axes
        .map(|axis| {
            let review = axis.each_review.then_some(plan.about().review);
            let text = node.text(Slot {
                review,
                field: axis.key,
            });
            let choice = axis
                .choices()
                .iter()
                .find(|choice| choice.key.to_string() == text);
            choice.map(|choice| choice.grade)
        })
        .collect();
    let count = |answer: Option<Option<Grade>>| answers.iter().filter(|it| **it == answer).count();
    let (bad, concern) = (
        count(Some(Some(Grade::Bad))),
        count(Some(Some(Grade::Concern))),
    );
    if bad > 1 || (bad == 1 && concern > 0) {
        Standing::Worst
    } else if bad == 1 {
        Standing::Bad
    } else if concern > 0 {
        Standing::Concern
    } else if count(None) > 0 {
        Standing::Unassessed
    } else if count(Some(Some(Grade::Good))) > 0 {
        Standing::Good
    } else {
        Standing::NotRated
    }
}

/// All nodes, by a walk of its own.
fn naive_nodes(siblings: &[Arc<Node>]) -> Vec<&Arc<Node>> {
    let mut all = Vec::new();
    for node in siblings {
        all.push(node);
        all.extend(naive_nodes(&node.children));
    }
    all
}

#[test]
fn each_number_of_the_real_plan_leads_to_as_many_initiatives() {
    let plan = real();
    for (count, picks) in links(&plan, &Overview::of(&plan)) {
        assert_eq!(held(&plan, &picks), count, "{picks:?}");
    }
}

proptest! {
    #[test]
    fn each_number_leads_to_as_many_nodes(plan in plan_with_owners()) {
        for (count, picks) in links(&plan, &Overview::of(&plan)) {
            prop_assert_eq!(held(&plan, &picks), count, "{:?}", picks);
        }
    }

    #[test]
    fn counting_one_by_one_comes_to_the_same(plan in plan_with_owners()) {
        let overview = Overview::of(&plan);
        let form = plan.form();
        let counted = |level: &Level| form.first_of_name(level).key;
        let mut expected: BTreeMap<(Key, &str), usize> = BTreeMap::new();
        for node in naive_nodes(plan.top()) {
            let level = form.level(node.level);
            if level.fields.iter().any(|field| field.is_axis()) {
                let standing = naive_standing(&plan, node);
                let at = Standing::ALL.iter().position(|it| *it == standing).expect("one of all");
                let name = ["good", "concern", "bad", "worst", "unassessed", "not rated"][at];
                let name = if node.repost_of.is_some() { "repost" } else { name };
                *expected.entry((counted(level), name)).or_default() += 1;
            }
        }
        let mut found = BTreeMap::new();
        for counted in &overview.counted {
            let names = ["good", "concern", "bad", "worst", "unassessed", "not rated"];
            let counts = Standing::ALL.map(|it| counted.tally.count(it));
            let counts = names.into_iter().zip(counts).chain([("repost", counted.tally.reposts)]);
            found.extend(counts.filter(|(_, n)| *n > 0).map(|(name, n)| ((counted.level, name), n)));
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn adding_one_by_one_comes_to_the_same(plan in plan_with_owners()) {
        let sums = Sums::of_plan(&plan);
        prop_assert_eq!(&Overview::of(&plan).sums, &sums);
        for sum in sums.iter() {
            let name = &plan.form().level(sum.level).name;
            let texts = naive_nodes(plan.top()).into_iter().filter(|node| {
                let level = plan.level(node);
                let sum_of_it = sums.get(plan.form(), level.key, sum.slot);
                !node.is_repost() && level.name == *name && sum_of_it == Some(sum)
            });
            let texts: Vec<&str> = texts.map(|node| node.text(sum.slot).trim()).collect();
            let texts = texts.into_iter().filter(|text| !text.is_empty());
            let (read, unread): (Vec<_>, Vec<_>) = texts.map(amount).partition(Option::is_some);
            prop_assert_eq!((read.len(), unread.len()), (sum.added, sum.unread));
            prop_assert_eq!(read.into_iter().flatten().sum::<rust_decimal::Decimal>(), sum.total);
        }
    }

    #[test]
    fn gaps_are_what_the_form_says(plan in plan_with_owners()) {
        let in_use = plan.has_owners();
        let overview = Overview::of(&plan);
        prop_assert_eq!(overview.has_owners(), in_use);
        let all = Gap::all(plan.form());
        let lacking: HashSet<Id> =
            overview.gaps.iter().flat_map(|it| &it.lacks).map(|lack| lack.id).collect();
        for node in naive_nodes(plan.top()) {
            let gaps: Vec<Gap> = Gaps::of(&plan, node, in_use).iter().collect();
            prop_assert_eq!(lacking.contains(&node.id), !gaps.is_empty());
            prop_assert!(gaps.iter().all(|gap| all.contains(gap)));
            let once: HashSet<&Gap> = gaps.iter().collect();
            prop_assert_eq!(once.len(), gaps.len());
            for field in &plan.level(node).fields {
                let text = plan.answer(node, field);
                let is_empty = if field.is_choice() {
                    field.choice(text).is_none()
                } else {
                    text.trim().is_empty()
                };
                let is_asked = match field.needed {
                    Needed::Never => false,
                    Needed::Always => true,
                    Needed::WhenBad => naive_standing(&plan, node).is_bad(),
                };
                let is_missing = is_empty && is_asked && !node.is_repost();
                if !field.is_axis() {
                    prop_assert_eq!(gaps.contains(&Gap::Field(field.key)), is_missing);
                } else if is_missing {
                    prop_assert!(gaps.contains(&Gap::Status));
                }
            }
        }
    }

    #[test]
    fn each_number_shows_every_node_of_its_scope_once(plan in plan_with_owners()) {
        for (count, picks) in links(&plan, &Overview::of(&plan)) {
            let working = Selection::new(&plan, &picks).working();
            prop_assert_eq!(working.counted.len(), count, "{:?}", picks);

            let is_scope =
                |pick: &&Pick| matches!(pick, Pick::In(_) | Pick::Owner(_) | Pick::Level(_));
            let scope: Vec<Pick> = picks.iter().filter(is_scope).cloned().collect();
            let asks_for_state = |pick: &Pick| !matches!(
                pick,
                Pick::In(_) | Pick::Owner(_) | Pick::Level(_) | Pick::Gap(_) | Pick::Incomplete
            );
            let is_about_state = picks.iter().any(asks_for_state);
            let expected = Selection::new(&plan, &scope).entries();
            let expected = expected
                .filter(|it| !is_about_state || plan.level(it.node).is_assessed());
            let mut expected: Vec<Id> = expected.map(|entry| entry.node.id).collect();
            let left_out = working.left_out.iter().map(|(id, _)| *id);
            let mut shown: Vec<Id> = working.counted.into_iter().chain(left_out).collect();
            expected.sort_unstable();
            shown.sort_unstable();
            prop_assert_eq!(shown, expected, "{:?}", picks);

            for (id, why) in working.left_out {
                let node = plan.node(id).expect("it is in the plan");
                prop_assert_eq!(why == Why::Repost, node.is_repost(), "{:?}", picks);
            }
        }
    }

    #[test]
    fn the_parts_make_the_whole(plan in plan_with_owners()) {
        let overview = Overview::of(&plan);
        let mut whole = Tally::default();
        prop_assert_eq!(overview.groups.len(), plan.top().len());
        for (group, top) in overview.groups.iter().zip(plan.top()) {
            prop_assert_eq!(Some(group.number.clone()), plan.number(top.id));
            prop_assert_eq!(group.total(), plan.tally(top));
            prop_assert_eq!(&group.sums, &Sums::of(&plan, top));
            whole += group.total();
            let holds = |node: &&Arc<Node>| plan.form().levels_in(Some(node.level)).count() > 0;
            let holding: Vec<&Arc<Node>> = top.children.iter().filter(holds).collect();
            prop_assert_eq!(group.below.len(), holding.len());
            for (below, node) in group.below.iter().zip(holding) {
                prop_assert_eq!(Some(below.number.clone()), plan.number(node.id));
                prop_assert_eq!(below.total(), plan.tally(node));
                prop_assert_eq!(&below.sums, &Sums::of(&plan, node));
            }
        }
        prop_assert_eq!(overview.total(), whole);

        for counted in &overview.counted {
            let level = plan.form().level(counted.level);
            for matrix in &counted.matrices {
                prop_assert_eq!(matrix.total(), counted.tally.total());
                let is_set = |(row, column): &(Option<Key>, Option<Key>)| {
                    column.is_some() && row.is_some() == matrix.rows().is_some()
                };
                let rated = cells(level, matrix).filter(is_set);
                let rated: usize = rated.map(|(row, column)| matrix.count(row, column)).sum();
                prop_assert_eq!(rated + matrix.unset(), counted.tally.total());
                let shares = cells(level, matrix).filter_map(|(row, column)| {
                    matrix.share(row, column)
                });
                let expected = if matrix.total() == 0 { 0.0 } else { 1.0 };
                prop_assert!((shares.sum::<f64>() - expected).abs() < 1e-9);
            }
        }

        let counted: usize = overview.gaps.iter().map(|owner| owner.counted).sum();
        let filled_in = naive_nodes(plan.top()).into_iter().filter(|node| {
            plan.level(node).is_filled_in() && !node.is_repost()
        });
        prop_assert_eq!(counted, filled_in.count());
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
        let place = |id| plan.nodes().position(|entry| entry.node.id == id);
        let severity = |standing| match standing {
            Standing::Worst => 0,
            Standing::Bad => 1,
            Standing::Concern => 2,
            Standing::Good | Standing::Unassessed | Standing::NotRated => {
                panic!("this needs no attention")
            }
        };
        let listed = overview.attention.iter();
        let order = listed.map(|it| (severity(it.standing), place(it.id)));
        prop_assert!(order.is_sorted(), "{:?}", overview.attention);
        for it in &overview.attention {
            let node = plan.node(it.id).expect("in the plan");
            prop_assert!(plan.is_counted(node));
        }

        let first = |owner: &str| {
            let its = |node: &Node| {
                let level = plan.level(node);
                let is_asked = level.is_filled_in() && !node.is_repost();
                let name = if level.has_owner() { node.owner.trim() } else { "" };
                is_asked && name == owner
            };
            plan.nodes().position(|entry| its(entry.node))
        };
        let owners = overview.gaps.iter().map(|it| (it.owner.is_empty(), first(&it.owner)));
        prop_assert!(owners.is_sorted_by(|a, b| a < b), "{:?}", overview.gaps);
        for owner in &overview.gaps {
            let order = owner.lacks.iter().map(|lack| place(lack.id));
            prop_assert!(order.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn a_repost_changes_no_count_but_that_of_reposts(
        plan in plan_with_owners(),
        answers in vec(arbitrary::answer(), 1..4),
        owner in select(vec!["", "防災担当", "ほかの担当"]),
    ) {
        let before = Overview::of(&plan);
        let nodes: Vec<&Arc<Node>> = plan.nodes().map(|entry| entry.node).collect();
        // Whatever it repeats, wherever it stands, and whatever was typed in it.
        for (source, home) in nodes.iter().zip(nodes.iter().cycle().skip(1)) {
            for level in plan.form().levels_in(Some(home.level)) {
                let mut repost = Node::new(REPOST, level.key);
                repost.repost_of = Some(source.id);
                repost.owner = owner.to_owned();
                let fields = level.fields.iter().flat_map(|field| {
                    plan.form().slots(field).map(move |slot| (field, slot))
                });
                let said = fields.zip(answers.iter().cycle());
                repost.values = said
                    .map(|((field, slot), answer)| (slot, answer.text(Some(field))))
                    .collect();
                let mut with_repost = plan.clone();
                let inserted = with_repost.apply(&Edit::Insert {
                    parent: Some(home.id),
                    position: 0,
                    branch: Arc::new(repost),
                });
                prop_assert!(inserted.is_ok());
                let after = Overview::of(&with_repost);
                prop_assert_eq!(without_reposts(&after), without_reposts(&before));
                let one_more = usize::from(level.is_assessed());
                prop_assert_eq!(
                    after.total().reposts,
                    before.total().reposts + one_more
                );
            }
        }
    }
}

#[test]
fn a_level_that_is_judged_otherwise_is_counted_apart() {
    let mut form = Form::clone(real().form());
    let reform = form
        .levels
        .iter_mut()
        .find(|level| level.key.text().as_str() == "reform_item");
    reform
        .expect("it")
        .fields
        .retain(|field| field.key.text().as_str() != "progress");
    let plan =
        crate::support::plans::plan_in(&Arc::new(form), vec![crate::support::plans::reform(id(1))]);
    let levels: Vec<String> = Overview::of(&plan)
        .counted
        .iter()
        .map(|it| it.level.to_string())
        .collect();
    assert_eq!(levels, ["initiative", "reform_item"]);
}
