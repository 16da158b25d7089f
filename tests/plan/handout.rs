//! Who fills in what, and how far each has come.

use furikaeri::plan::{
    Edit, Id, Plan,
    handout::{Owner, Round, Stage, assign, extract, owners, part, reminder},
    merge,
};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::support::{
    arbitrary,
    plans::{after, id, numbered, real, small},
    sections::{DAY, OWNERS, handed_out, owned},
};

fn own(plan: &Plan, owner: &str) -> Vec<Id> {
    let entries = plan.entries().map(|entry| entry.initiative);
    let own = entries.filter(|it| it.repost_of.is_none() && it.owner.trim() == owner.trim());
    own.map(|it| it.id).collect()
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
            let ids: Vec<Id> = part.entries().map(|entry| entry.initiative.id).collect();
            prop_assert_eq!(ids, own(&plan, &state.owner));
            prop_assert!(part.entries().all(|entry| entry.initiative.memo.is_empty()));
        }
    }

    #[test]
    fn every_initiative_belongs_to_one_section(plan in arbitrary::plan()) {
        let states = owners(&plan);
        let counted: usize = states.iter().map(|it| it.tally.total()).sum();
        let all = plan.entries().filter(|it| it.initiative.repost_of.is_none());
        prop_assert_eq!(counted, all.count());
    }
}

#[test]
fn many_initiatives_are_given_to_a_section_at_once() {
    let mut plan = real();
    let strategy = numbered(&plan, "1-1");
    let one = numbered(&plan, "2-1-1");
    let inverse = plan.apply(&assign(&plan, &[strategy, one], "防災担当"));
    let mut expected = plan.node(strategy).expect("it").children();
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
    let ids: Vec<Id> = extract.entries().map(|entry| entry.initiative.id).collect();
    assert_eq!(ids, [id(3)]);
    let round = extract.round();
    let origin = round.extract.as_ref().expect("it is an extract");
    assert_eq!((round.id, origin.edition), (Some(id(9)), 1));
    assert_eq!(origin.issues, extract.issues());
    assert!(!format!("{extract:?}").contains("部長へ確認"));
}

#[test]
fn a_reminder_says_what_is_missing_until_when() {
    let plan = handed_out();
    let one = own(&plan, OWNERS[2])[0];
    let empty = Edit::Text {
        id: one,
        field: furikaeri::plan::TextField::Results,
        text: String::new(),
    };
    let plan = after(&plan, &[empty]);
    let text = reminder(&plan, OWNERS[2]);
    let number = plan.number(one).expect("it").full_width();
    for words in [
        "防災担当 御中",
        "令和３年度　中間振り返り",
        "令和３年１１月１９日",
        &number,
        "（実績",
    ] {
        assert!(text.contains(words), "「{words}」がない:\n{text}");
    }
    assert_eq!(reminder(&plan, "ない担当"), "");
}
