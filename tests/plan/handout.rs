//! Who fills in what, and how far each has come.

use std::collections::HashSet;

use furikaeri::plan::{
    Id, Node, Plan,
    handout::{Owner, Round, Stage, assign, extract, is_filled_in_by, owners, part, reminder},
    merge,
};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::support::{
    arbitrary,
    plans::{
        Building, after, form_of, id, node, numbered, plan_in, real, results, row_ids, set, slot,
        small,
    },
    sections::{DAY, OWNERS, handed_out, owned},
};

fn own(plan: &Plan, owner: &str) -> Vec<Id> {
    let nodes = plan.nodes().map(|entry| entry.node);
    let own = nodes.filter(|node| {
        let has_owner = plan.level(node).has_owner() && !node.is_repost();
        has_owner && node.owner.trim() == owner.trim()
    });
    own.map(|node| node.id).collect()
}

proptest! {
    /// Whatever the plan: what a section sends back unchanged changes nothing, though it has only
    /// a part of the plan.
    #[test]
    fn a_part_that_comes_back_as_it_went_out_changes_nothing(plan in arbitrary::plan()) {
        for state in owners(&plan) {
            let part = part(&plan, &state.owner);
            let merged = merge(&part, &plan, &part).expect("parts of one plan");
            prop_assert_eq!(merged.clashes(), &[]);
            prop_assert_eq!(merged.plan(), &plan);
            prop_assert_eq!(own(&part, &state.owner), own(&plan, &state.owner));
            for entry in part.nodes() {
                prop_assert!(entry.node.memo.is_empty());
                let mut inside = entry.node.with_below();
                prop_assert!(inside.any(|node| is_filled_in_by(&plan, node, &state.owner)));
            }
        }
    }

    #[test]
    fn everything_belongs_to_one_section(plan in arbitrary::plan()) {
        let states = owners(&plan);
        let counted: usize = states.iter().map(|it| it.gaps.counted).sum();
        // A list that names a section twice gives it its rows once.
        let names: HashSet<&str> = states.iter().map(|it| it.owner.as_str()).collect();
        let own: usize = names.into_iter().map(|name| own(&plan, name).len()).sum();
        prop_assert_eq!(counted, own);
        let has_owner = |node: &Node| plan.level(node).has_owner() && !node.is_repost();
        let all = || plan.nodes().filter(|it| has_owner(it.node));
        prop_assert_eq!(counted, all().count());
        let assessed = all().filter(|it| plan.level(it.node).is_assessed());
        let tallied: usize = states.iter().map(|it| it.tally.total()).sum();
        prop_assert_eq!(tallied, assessed.count());
    }
}

#[test]
fn many_initiatives_are_given_to_a_section_at_once() {
    let mut plan = real();
    let strategy = numbered(&plan, "1-1");
    let one = numbered(&plan, "2-1-1");
    let inverse = plan.apply(&assign(&plan, &[strategy, one], "防災担当"));
    let children = plan.node(strategy).expect("it").children.iter();
    let mut expected: Vec<Id> = children.map(|child| child.id).collect();
    expected.push(one);
    assert_eq!(own(&plan, "防災担当"), expected);
    plan.apply(&inverse.expect("it fits"))
        .expect("an inverse fits");
    assert_eq!(plan, real());
}

#[test]
fn the_matrix_has_every_section_with_its_state_and_its_dates() {
    let plan = handed_out();
    let states = owners(&plan);
    let names: Vec<&str> = states.iter().map(|it| it.owner.as_str()).collect();
    assert_eq!(names, OWNERS);
    let first = &states[0];
    assert_eq!(
        (first.stage, first.date(Stage::HandedOut)),
        (Stage::HandedOut, Some(DAY))
    );
    assert_eq!(first.date(Stage::TakenIn), None);
    assert_eq!(first.tally.total(), own(&plan, OWNERS[0]).len());
    let later = Date::constant(2021, 11, 9);
    let round = plan
        .round()
        .clone()
        .with_step(OWNERS[0], Stage::TakenIn, later);
    let states = owners(&plan.with_round(round));
    assert_eq!(states[0].stage, Stage::TakenIn);
    assert_eq!(states[0].date(Stage::TakenIn), Some(later));
    assert_eq!(states[1].stage, Stage::HandedOut);
}

#[test]
fn a_section_that_is_only_listed_and_initiatives_of_nobody_are_there_too() {
    let listed = Owner {
        name: "総務課".to_owned(),
        steps: Vec::new(),
    };
    let round = Round {
        owners: vec![listed],
        ..Round::default()
    };
    let states = owners(&small().with_round(round));
    let found: Vec<_> = states
        .iter()
        .map(|it| (it.owner.as_str(), it.is_listed, it.stage, it.tally.total()))
        .collect();
    let none = Stage::NotHandedOut;
    assert_eq!(
        found,
        [
            ("総務課", true, none, 0),
            ("防災担当", false, none, 1),
            ("", false, none, 1)
        ]
    );
}

#[test]
fn a_form_goes_out_and_back_in_editions() {
    let owner = || vec![OWNERS[0].to_owned()];
    let round = owned().round().clone();
    assert_eq!(round.edition(OWNERS[0]), 0);
    let round = round.handed_out(&owner(), DAY, None, id(1));
    let stage = |round: &Round| round.owner(OWNERS[0]).map(Owner::stage);
    assert_eq!((round.id, round.edition(OWNERS[0])), (Some(id(1)), 1));
    assert_eq!(stage(&round), Some(Stage::HandedOut));
    let round = round.with_step(OWNERS[0], Stage::TakenIn, DAY);
    let round = round.handed_out(&owner(), DAY, None, id(2));
    assert_eq!(stage(&round), Some(Stage::SentBack));
    // A plan keeps its id, or its forms would be strangers.
    assert_eq!((round.id, round.edition(OWNERS[0])), (Some(id(1)), 2));
    assert_eq!(round.edition(OWNERS[1]), 0);
}

#[test]
fn an_extract_knows_what_it_was_cut_out_of_and_has_no_private_notes() {
    let plan =
        small().with_round(Round::default().handed_out(&["防災担当".to_owned()], DAY, None, id(9)));
    let extract = extract(&plan, "防災担当");
    assert_eq!(row_ids(&extract), [id(3)]);
    let round = extract.round();
    let origin = round.extract.as_ref().expect("it is an extract");
    assert_eq!((round.id, origin.edition), (Some(id(9)), 1));
    assert_eq!(origin.nodes, extract.top());
    assert!(!format!("{extract:?}").contains("部長へ確認"));
}

#[test]
fn a_reminder_says_what_is_missing_until_when() {
    let plan = handed_out();
    let one = own(&plan, OWNERS[2])[0];
    let plan = after(&plan, &[set(one, results(), "")]);
    let text = reminder(&plan, OWNERS[2]);
    let number = plan.number(one).expect("it").printed(plan.form());
    for words in [
        "防災担当 御中",
        "令和３年度　中間振り返り",
        "令和３年１１月１９日",
        &number,
        "（実績",
        "\n担当の取組：",
    ] {
        assert!(text.contains(words), "「{words}」がない:\n{text}");
    }
    assert_eq!(reminder(&plan, "ない担当"), "");
}

/// Policies, which have sections of their own, and projects in them; the office rates both.
fn nested() -> Plan {
    let form = form_of(
        r#"(
    name: "評価",
    reviews: [(key: "r5", name: "令和５年度")],
    plan: [(key: "mission", heading: "使命", kind: Text)],
    levels: [
        (
            key: "policy",
            name: "施策",
            at_top: true,
            number: (pattern: "{n}"),
            fields: [
                (key: "state", heading: "現状", kind: Text, needed: Always),
                (key: "goal", heading: "方針", kind: Text, filled_by: Office),
            ],
            columns: [(heading: "施策", share: 1, fields: ["title", "state", "goal"])],
        ),
        (
            key: "project",
            name: "事業",
            under: ["policy"],
            number: (pattern: "{above}-{n}"),
            fields: [
                (key: "results", heading: "実績", kind: Text, each_review: true, needed: Always),
                (key: "rating", heading: "評価", kind: Choice(choices: [(key: "a", words: "Ａ", grade: Good), (key: "b", words: "Ｂ", grade: Bad)]), filled_by: Office, needed: Always),
            ],
            columns: [(heading: "事業", share: 1, fields: ["title", "results", "rating"])],
            repost: "{number}の再掲",
        ),
    ],
)"#,
    );
    let project = |bits, owner: &str| {
        let project = node("project", id(bits)).titled("訓練").owned_by(owner);
        project.numbered(u32::try_from(bits % 10).expect("a digit"))
    };
    let policy = node("policy", id(1))
        .numbered(1)
        .titled("安全")
        .owned_by("企画課")
        .with_memo("内緒")
        .with(slot("state"), "企画課の文")
        .with(slot("goal"), "区の方針");
    let policy = policy.holding([
        project(11, "防災担当").with(slot("rating"), "b"),
        project(12, "総務課"),
        project(13, "防災担当").repeating(id(12)),
    ]);
    let other = node("policy", id(2)).titled("健康").owned_by("防災担当");
    let plan = plan_in(&form, vec![policy, other.holding([project(21, "総務課")])]);
    plan.with_values(
        [(slot("mission"), "使命の文".to_owned())]
            .into_iter()
            .collect(),
    )
}

#[test]
fn a_row_above_one_of_a_section_says_only_what_the_office_says() {
    let plan = nested();
    let ids = |part: &Plan| -> Vec<Id> { part.nodes().map(|entry| entry.node.id).collect() };
    let bousai = part(&plan, "防災担当");
    assert_eq!(ids(&bousai), [id(1), id(11), id(2)]);
    let above = bousai.node(id(1)).expect("it");
    assert_eq!((&*above.title, &*above.memo), ("安全", ""));
    assert_eq!(
        (above.text(slot("state")), above.text(slot("goal"))),
        ("", "区の方針")
    );
    assert_eq!(bousai.node(id(11)).expect("it").text(slot("rating")), "b");
    assert!(bousai.values().is_empty());

    let kikaku = part(&plan, "企画課");
    assert_eq!(ids(&kikaku), [id(1)]);
    assert_eq!(
        kikaku.node(id(1)).expect("it").text(slot("state")),
        "企画課の文"
    );
    assert_eq!(ids(&part(&plan, "総務課")), [id(1), id(12), id(2), id(21)]);
}

#[test]
fn a_section_is_reminded_of_what_it_fills_in_itself() {
    let text = reminder(&nested(), "防災担当");
    assert!(text.contains("担当の施策・事業：2件"), "{text}");
    assert!(
        text.contains("・1-1　訓練（実績）"),
        "the rating is the office's:\n{text}"
    );
    assert!(text.contains("・健康（現状）"), "{text}");
}
