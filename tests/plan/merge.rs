//! Merging what two people made of one plan, in examples.

use std::sync::Arc;

use furikaeri::form::{Form, Slot};
use furikaeri::plan::{
    Clash, Decision, DecisionError, Dispute, Edit, Matter, MergeError, Merged, Plan, Property,
    Question, Value, Version, Versions, merge,
};

use crate::support::{
    plans::{
        self, OFF_TARGET, ON_SCHEDULE, after, form, id, key, outlook, plan_of, progress, results,
        set, set_plan, slot, small,
    },
    wishes::empty_branch,
};

pub fn text(node: u64, at: Slot, text: &str) -> Edit {
    set(id(node), at, text)
}

pub fn notes(node: u64, words: &str) -> Edit {
    text(node, plans::notes(), words)
}

pub fn add(parent: u64, position: usize, level: &str, new: u64) -> Edit {
    Edit::Insert {
        parent: Some(id(parent)),
        position,
        branch: empty_branch(key(level), id(new)),
    }
}

fn remove(node: u64) -> Edit {
    Edit::Remove { id: id(node) }
}

pub fn move_to(node: u64, parent: u64, position: usize) -> Edit {
    Edit::Move {
        id: id(node),
        parent: Some(id(parent)),
        position,
    }
}

fn repost(node: u64, source: Option<u64>) -> Edit {
    Edit::Repost {
        id: id(node),
        source: source.map(id),
    }
}

/// What two people come to who begin with the small plan.
pub fn merged(ours: &[Edit], theirs: &[Edit]) -> Merged {
    merged_from(&small(), ours, theirs)
}

fn merged_from(base: &Plan, ours: &[Edit], theirs: &[Edit]) -> Merged {
    merge(base, &after(base, ours), &after(base, theirs)).unwrap_or_else(|error| panic!("{error}"))
}

/// The small plan with the strategy 8, and with the initiative 9 in strategy 5.
fn wider() -> Plan {
    after(
        &small(),
        &[add(1, 2, "strategy", 8), add(5, 0, "initiative", 9)],
    )
}

pub fn questions(merged: &Merged) -> Vec<Question> {
    merged.clashes().iter().map(Clash::question).collect()
}

pub fn about(node: u64, matter: Matter) -> Question {
    let at = Some(id(node));
    Question { at, matter }
}

pub fn children(plan: &Plan, node: u64) -> Vec<u64> {
    let ids = plan.children(Some(id(node))).iter().map(|node| node.id);
    ids.map(|it| u64::from_str_radix(&it.to_string(), 16).expect("hexadecimal"))
        .collect()
}

/// The built-in form with something changed.
pub fn form_with(change: impl FnOnce(&mut Form)) -> Edit {
    let mut form = Form::clone(&form());
    change(&mut form);
    Edit::Form(Arc::new(form))
}

#[test]
fn what_does_not_clash_is_taken_from_both() {
    let cases: &[(&[Edit], &[Edit])] = &[
        // Two fields of one initiative, and the two axes of its state.
        (&[notes(3, "春に実施")], &[text(3, results(), "")]),
        (
            &[text(3, outlook(), OFF_TARGET)],
            &[text(3, progress(), ON_SCHEDULE)],
        ),
        // What is said in fields of which the form knows nothing, and of the plan as a whole.
        (
            &[text(3, slot("gone"), "一"), set_plan(slot("gone"), "一")],
            &[text(3, slot("lost"), "二"), set_plan(slot("lost"), "二")],
        ),
        // Work here, another place there.
        (&[notes(3, "春に実施")], &[move_to(3, 5, 0)]),
        // Another form here, words there, also in a field that the form does not have any more.
        (
            &[form_with(|form| form.levels[0].name = "柱".to_owned())],
            &[notes(3, "春に実施"), remove(5)],
        ),
        (
            &[form_with(|form| form.levels[2].fields.truncate(4))],
            &[notes(3, "春に実施")],
        ),
        (&[text(2, Slot::TITLE, "防災")], &[notes(4, "春に実施")]),
        // Both did the same.
        (&[notes(3, "春に実施")], &[notes(3, "春に実施")]),
        (&[remove(2)], &[remove(2)]),
        (&[move_to(4, 2, 0)], &[move_to(4, 2, 0)]),
        (&[remove(4)], &[remove(2)]),
        // A deleted node that the other side left alone.
        (&[remove(2)], &[notes(7, "春に実施")]),
        // One moves an initiative away, the other deletes what it stood in … without it.
        (&[move_to(4, 2, 0)], &[add(2, 2, "initiative", 8)]),
        // Equal numbers are data.
        (&[add(2, 2, "initiative", 8)], &[add(2, 2, "initiative", 9)]),
    ];
    for (ours, theirs) in cases {
        let both = merged(ours, theirs);
        assert_eq!(both.clashes(), [], "{ours:?} {theirs:?}");
        let reversed = merged(theirs, ours);
        assert_eq!(both.plan(), reversed.plan(), "{ours:?} {theirs:?}");
        for edits in [ours, theirs] {
            // Done already, so that doing it again changes nothing.
            let again: Vec<Edit> = edits
                .iter()
                .filter(|edit| !matches!(edit, Edit::Insert { .. } | Edit::Remove { .. }))
                .cloned()
                .collect();
            if edits.len() == 1 && !matches!(edits[0], Edit::Move { .. }) {
                assert_eq!(after(both.plan(), &again), *both.plan(), "{edits:?}");
            }
        }
    }
    let both = merged(&[remove(2)], &[notes(7, "春に実施")]);
    assert!(
        [2, 3, 4]
            .iter()
            .all(|&gone| !both.plan().contains(id(gone)))
    );
    assert_eq!(both.plan().text(Some(id(7)), plans::notes()), "春に実施");
}

#[test]
fn what_was_taken_from_the_other_side_is_listed() {
    let both = merged(
        &[notes(3, "春に実施")],
        &[text(3, results(), ""), remove(5)],
    );
    let taken: Vec<_> = both.taken().into_iter().map(|it| it.at).collect();
    assert_eq!(taken, [Some(id(3)), Some(id(5))]);
}

#[test]
fn one_field_written_in_two_ways_is_asked_about_and_ours_until_then() {
    let mut both = merged(&[notes(3, "春に実施")], &[notes(3, "冬に実施")]);
    let value = |words: &str| Some(Value::Text(plans::notes(), words.to_owned()));
    let expected = Clash {
        at: Some(id(3)),
        dispute: Dispute::Value(Versions {
            base: value("「秋」に\"延期\"した。"),
            ours: value("春に実施"),
            theirs: value("冬に実施"),
        }),
    };
    assert_eq!(both.clashes(), [expected]);
    let question = both.clashes()[0].question();
    let cases = [
        (Decision::Take(Version::Theirs), "冬に実施"),
        (Decision::Take(Version::Base), "「秋」に\"延期\"した。"),
        (
            Decision::Text("春と冬に\r\n実施".to_owned()),
            "春と冬に\n実施",
        ),
        (Decision::Take(Version::Ours), "春に実施"),
    ];
    let held = |both: &Merged| {
        let notes = both.plan().text(Some(id(3)), plans::notes());
        notes.to_owned()
    };
    assert_eq!(held(&both), "春に実施");
    for (decision, expected) in cases {
        both.decide([(question, decision)])
            .expect("it is an answer");
        assert_eq!(held(&both), expected);
        assert_eq!(both.clashes(), []);
    }
    let other = about(7, Matter::Deletion);
    let refused = both.decide([(other, Decision::Take(Version::Ours))]);
    assert_eq!(refused, Err(DecisionError::NotOpen));
}

#[test]
fn an_answer_has_to_fit_the_question() {
    let mut both = merged(&[move_to(3, 1, 0)], &[move_to(3, 5, 0)]);
    let question = about(3, Matter::Home);
    assert_eq!(questions(&both), [question]);
    let refused = both.decide([(question, Decision::Text("どこか".to_owned()))]);
    assert_eq!(refused, Err(DecisionError::NoAnswer));
    assert_eq!(children(both.plan(), 1), [3, 2, 5]);
    both.decide([(question, Decision::Take(Version::Theirs))])
        .expect("it is an answer");
    assert_eq!(children(both.plan(), 1), [2, 5]);
    assert_eq!(children(both.plan(), 5), [3]);
}

#[test]
fn a_text_of_ones_own_is_no_answer_where_one_of_several_is_asked_for() {
    let mut both = merged(&[text(3, outlook(), OFF_TARGET)], &[text(3, outlook(), "")]);
    let clash = both.clashes()[0].clone();
    let own = Decision::Text("たぶん".to_owned());
    assert!(!both.allows(&clash, &own));
    let refused = both.decide([(clash.question(), own)]);
    assert_eq!(refused, Err(DecisionError::NoAnswer));
    // Where the form says nothing, anything can be said.
    let both = merged(
        &[text(3, slot("gone"), "一")],
        &[text(3, slot("gone"), "二")],
    );
    assert!(both.allows(&both.clashes()[0], &Decision::Text("三".to_owned())));
}

#[test]
fn what_a_node_says_in_two_ways_is_asked_about_in_the_order_of_the_form() {
    let fields = [
        slot("gone"),
        results(),
        Slot::MEMO,
        outlook(),
        slot("target"),
        Slot::TITLE,
    ];
    let say = |words: &str| fields.map(|at| text(3, at, words));
    let both = merged(&say("一"), &say("二"));
    let asked = [
        Slot::TITLE,
        results(),
        slot("target"),
        outlook(),
        slot("gone"),
        Slot::MEMO,
    ];
    let asked = asked.map(|at| about(3, Matter::Value(Property::Text(at))));
    assert_eq!(questions(&both), asked);
}

#[test]
fn work_on_what_the_other_side_deleted_keeps_the_whole_branch() {
    let works: &[&[Edit]] = &[
        &[notes(3, "春に実施")],
        &[text(2, Slot::TITLE, "防災")],
        &[add(2, 1, "initiative", 10)],
        &[move_to(9, 2, 0)],
        &[move_to(4, 2, 0)],
        &[repost(9, Some(4))],
    ];
    let base = wider();
    for work in works {
        for (ours, theirs, deleted_by) in [
            (*work, &[remove(2)][..], Version::Theirs),
            (&[remove(2)][..], *work, Version::Ours),
        ] {
            let mut both = merged_from(&base, ours, theirs);
            let question = about(2, Matter::Deletion);
            assert_eq!(questions(&both), [question], "{work:?}");
            let edited = after(&base, work);
            assert_eq!(both.plan(), &edited, "all of it stays: {work:?}");

            both.decide([(question, Decision::Take(deleted_by))])
                .expect("it is an answer");
            for gone in [2, 3, 4, 10] {
                assert!(!both.plan().contains(id(gone)), "{gone} {work:?}");
            }
            // What only stood in it for one side is back where the other side has it.
            assert!(both.plan().contains(id(9)), "{work:?}");

            both.decide([(question, Decision::Take(Version::Base))])
                .expect("it is an answer");
            assert_eq!(both.plan().node(id(3)), small().node(id(3)));
            assert_eq!(both.plan().text(Some(id(2)), Slot::TITLE), "地域防災");
        }
    }
}

#[test]
fn what_moved_out_in_time_outlives_the_node_it_stood_in() {
    let both = merged(&[move_to(3, 5, 0)], &[move_to(3, 5, 0), remove(2)]);
    assert_eq!(both.clashes(), []);
    assert_eq!(children(both.plan(), 5), [3]);
    assert!(!both.plan().contains(id(2)));

    // Deleted there, moved here: only the one that moved is asked about.
    let both = merged(&[move_to(3, 5, 0)], &[remove(2)]);
    assert_eq!(questions(&both), [about(3, Matter::Deletion)]);
    assert_eq!(children(both.plan(), 5), [3]);
    assert!(!both.plan().contains(id(2)));
}

#[test]
fn a_node_whose_places_were_all_decided_away_keeps_one() {
    let mut both = merged_from(&wider(), &[move_to(9, 8, 0), remove(5)], &[remove(8)]);
    // Theirs deleted 8 into which ours moved 9; ours deleted 5 in which theirs left 9.
    assert_eq!(questions(&both), [about(8, Matter::Deletion)]);
    both.decide([(about(8, Matter::Deletion), Decision::Take(Version::Theirs))])
        .expect("it is an answer");
    assert!(both.plan().contains(id(9)));
}

/// Strategy 2 of a plan with the initiatives 3 to 6 and the strategy 7.
pub fn sorted() -> Plan {
    let mut plan = plan_of(Vec::new());
    plan.apply(&Edit::Insert {
        parent: None,
        position: 0,
        branch: empty_branch(key("issue"), id(1)),
    })
    .expect("it fits");
    let strategies = [add(1, 0, "strategy", 2), add(1, 1, "strategy", 7)];
    let initiatives = (0..4).map(|at| add(2, at, "initiative", 3 + at as u64));
    let edits: Vec<Edit> = strategies.into_iter().chain(initiatives).collect();
    after(&plan, &edits)
}

#[test]
fn siblings_stand_as_both_sides_want_them() {
    let new = |at, new| add(2, at, "initiative", new);
    let number = |node, number| Edit::Number {
        id: id(node),
        number: Some(number),
    };
    let cases: Vec<(Vec<Edit>, Vec<Edit>, Vec<u64>)> = vec![
        (vec![move_to(3, 2, 3)], vec![], vec![4, 5, 6, 3]),
        (
            vec![move_to(3, 2, 3)],
            vec![move_to(6, 2, 0)],
            vec![6, 4, 5, 3],
        ),
        (vec![new(1, 8)], vec![new(3, 9)], vec![3, 8, 4, 5, 9, 6]),
        (
            vec![new(4, 8), new(5, 9)],
            vec![new(4, 10)],
            vec![3, 4, 5, 6, 8, 9, 10],
        ),
        // In one place, the smaller number comes first; what one side has added stays together.
        (
            vec![new(4, 8), number(8, 6), new(5, 9)],
            vec![new(4, 10), number(10, 5)],
            vec![3, 4, 5, 6, 10, 8, 9],
        ),
        (vec![new(0, 8)], vec![remove(3)], vec![8, 4, 5, 6]),
        (vec![move_to(4, 7, 0)], vec![new(2, 8)], vec![3, 8, 5, 6]),
        (vec![move_to(3, 2, 3)], vec![new(1, 8)], vec![4, 5, 6, 3, 8]),
    ];
    let base = sorted();
    for (ours, theirs, expected) in cases {
        let (ours, theirs) = (after(&base, &ours), after(&base, &theirs));
        for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
            let both = merge(&base, ours, theirs).expect("they are of one plan");
            assert_eq!(both.clashes(), []);
            assert_eq!(children(both.plan(), 2), expected);
        }
    }
}

#[test]
fn orders_that_contradict_each_other_are_asked_about() {
    let base = sorted();
    // 4 before 3 here, 5 before 4 there, and both leave 3 before 5.
    let ours = after(&base, &[move_to(3, 2, 1)]);
    let theirs = after(&base, &[move_to(4, 2, 2)]);
    let mut both = merge(&base, &ours, &theirs).expect("they are of one plan");
    let question = about(2, Matter::Order);
    assert_eq!(questions(&both), [question]);
    assert_eq!(both.plan(), &ours);
    both.decide([(question, Decision::Take(Version::Theirs))])
        .expect("it is an answer");
    assert_eq!(both.plan(), &theirs);
    both.decide([(question, Decision::Take(Version::Base))])
        .expect("it is an answer");
    assert_eq!(both.plan(), &base);
}

#[test]
fn a_circle_of_reposts_that_both_sides_close_together_is_asked_about() {
    let mut both = merged(
        &[repost(3, Some(7))],
        &[repost(4, None), repost(7, Some(3))],
    );
    let asked: Vec<_> = both.clashes().iter().map(|clash| clash.at).collect();
    assert_eq!(asked, [3, 4, 7].map(|bits| Some(id(bits))));
    let source = |both: &Merged, node| both.plan().node(id(node)).expect("it").repost_of;
    assert_eq!(source(&both, 3), Some(id(7)));
    assert_eq!(source(&both, 7), None);

    // Nobody can decide for the circle; for its opening they can.
    let all: Vec<Question> = questions(&both);
    both.decide(all.iter().map(|it| (*it, Decision::Take(Version::Theirs))))
        .expect("they are answers");
    assert_eq!(both.clashes(), []);
    assert_eq!(source(&both, 3), None);
    assert_eq!(source(&both, 7), Some(id(3)));
}

#[test]
fn a_circle_through_a_node_that_only_one_side_has_is_opened_by_its_old_repost() {
    let mut both = merged(&[repost(3, Some(7)), remove(7)], &[repost(7, Some(3))]);
    let reposts = Matter::Value(Property::Repost);
    let asked = [
        about(3, reposts),
        about(7, Matter::Deletion),
        about(7, reposts),
    ];
    assert_eq!(questions(&both), asked);
    let answers = [Version::Ours, Version::Theirs, Version::Base].map(Decision::Take);
    both.decide(asked.into_iter().zip(answers))
        .expect("they are answers");
    assert_eq!(both.clashes(), []);
    let source = |node| both.plan().node(id(node)).expect("it").repost_of;
    assert_eq!((source(3), source(7)), (Some(id(7)), None));
}

#[test]
fn plans_that_are_no_versions_of_one_are_refused() {
    let base = plan_of(Vec::new());
    let with = |level| {
        let top = Edit::Insert {
            parent: None,
            position: 0,
            branch: empty_branch(key("issue"), id(1)),
        };
        after(&base, &[top, add(1, 0, level, 2)])
    };
    let result = merge(&base, &with("strategy"), &with("initiative"));
    assert_eq!(result.err(), Some(MergeError::OtherLevel(id(2))));
}
