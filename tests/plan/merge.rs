//! Merging what two people made of one plan, in examples.

use furikaeri::plan::{
    Clash, Decision, DecisionError, Dispute, Edit, Kind, Matter, MergeError, Merged, Outlook, Plan,
    Progress, Question, TextField, Value, Version, Versions, merge,
};

use crate::support::{
    plans::{after, id, plan_of, small},
    wishes::empty_branch,
};

fn text(node: u64, field: TextField, text: &str) -> Edit {
    Edit::Text {
        id: id(node),
        field,
        text: text.to_owned(),
    }
}

fn notes(node: u64, words: &str) -> Edit {
    text(node, TextField::Notes, words)
}

fn add(parent: u64, position: usize, kind: Kind, new: u64) -> Edit {
    Edit::Insert {
        parent: Some(id(parent)),
        position,
        branch: empty_branch(kind, id(new)),
    }
}

fn remove(node: u64) -> Edit {
    Edit::Remove { id: id(node) }
}

fn move_to(node: u64, parent: u64, position: usize) -> Edit {
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
fn merged(ours: &[Edit], theirs: &[Edit]) -> Merged {
    let base = small();
    merge(&base, &after(&base, ours), &after(&base, theirs))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn questions(merged: &Merged) -> Vec<Question> {
    merged.clashes().iter().map(Clash::question).collect()
}

fn about(node: u64, matter: Matter) -> Question {
    let at = Some(id(node));
    Question { at, matter }
}

fn children(plan: &Plan, node: u64) -> Vec<u64> {
    let node = plan.node(id(node)).expect("the node is there");
    let ids = node.children().into_iter();
    ids.map(|it| u64::from_str_radix(&it.to_string(), 16).expect("hexadecimal"))
        .collect()
}

#[test]
fn what_does_not_clash_is_taken_from_both() {
    let cases: &[(&[Edit], &[Edit])] = &[
        // Two fields of one initiative, and the two axes of its status.
        (&[notes(3, "春に実施")], &[text(3, TextField::Results, "")]),
        (
            &[Edit::Outlook {
                id: id(3),
                outlook: Some(Outlook::OffTarget),
            }],
            &[Edit::Progress {
                id: id(3),
                progress: Some(Progress::OnSchedule),
            }],
        ),
        // Work here, another place there.
        (&[notes(3, "春に実施")], &[move_to(3, 6, 0)]),
        (
            &[text(2, TextField::Title, "防災")],
            &[notes(4, "春に実施")],
        ),
        // Both did the same.
        (&[notes(3, "春に実施")], &[notes(3, "春に実施")]),
        (&[remove(2)], &[remove(2)]),
        (&[move_to(4, 2, 0)], &[move_to(4, 2, 0)]),
        (&[remove(4)], &[remove(2)]),
        // A deleted node that the other side left alone.
        (&[remove(2)], &[notes(7, "春に実施")]),
        // One moves an initiative away, the other deletes what it stood in … without it.
        (&[move_to(4, 2, 0)], &[add(2, 2, Kind::Initiative, 8)]),
        // Equal numbers are data.
        (
            &[add(2, 2, Kind::Initiative, 8)],
            &[add(2, 2, Kind::Initiative, 9)],
        ),
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
    assert_eq!(both.plan().initiative(id(7)).expect("7").notes, "春に実施");
}

#[test]
fn what_was_taken_from_the_other_side_is_listed() {
    let both = merged(
        &[notes(3, "春に実施")],
        &[text(3, TextField::Results, ""), remove(5)],
    );
    let taken: Vec<_> = both.taken().into_iter().map(|it| it.at).collect();
    assert_eq!(taken, [Some(id(3)), Some(id(5))]);
}

#[test]
fn one_field_written_in_two_ways_is_asked_about_and_ours_until_then() {
    let mut both = merged(&[notes(3, "春に実施")], &[notes(3, "冬に実施")]);
    let value = |words: &str| Some(Value::Text(TextField::Notes, words.to_owned()));
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
    let held = |both: &Merged| both.plan().initiative(id(3)).expect("3").notes.clone();
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
    let mut both = merged(&[move_to(3, 6, 0)], &[move_to(3, 5, 0)]);
    let question = about(3, Matter::Home);
    assert_eq!(questions(&both), [question]);
    let refused = both.decide([(question, Decision::Text("どこか".to_owned()))]);
    assert_eq!(refused, Err(DecisionError::NoAnswer));
    assert_eq!(children(both.plan(), 6), [3, 7]);
    both.decide([(question, Decision::Take(Version::Theirs))])
        .expect("it is an answer");
    assert_eq!(children(both.plan(), 6), [7]);
    assert_eq!(children(both.plan(), 5), [3]);
}

#[test]
fn work_on_what_the_other_side_deleted_keeps_the_whole_branch() {
    let works: &[&[Edit]] = &[
        &[notes(3, "春に実施")],
        &[text(2, TextField::Title, "防災")],
        &[add(2, 1, Kind::Initiative, 8)],
        &[move_to(7, 2, 0)],
        &[move_to(4, 2, 0)],
        &[repost(7, Some(4))],
    ];
    for work in works {
        for (ours, theirs, deleted_by) in [
            (*work, &[remove(2)][..], Version::Theirs),
            (&[remove(2)][..], *work, Version::Ours),
        ] {
            let mut both = merged(ours, theirs);
            let question = about(2, Matter::Deletion);
            assert_eq!(questions(&both), [question], "{work:?}");
            let edited = after(&small(), work);
            assert_eq!(both.plan(), &edited, "all of it stays: {work:?}");

            both.decide([(question, Decision::Take(deleted_by))])
                .expect("it is an answer");
            for gone in [2, 3, 4, 8] {
                assert!(!both.plan().contains(id(gone)), "{gone} {work:?}");
            }
            // What only stood in it for one side is back where the other side has it.
            assert!(both.plan().contains(id(7)), "{work:?}");

            both.decide([(question, Decision::Take(Version::Base))])
                .expect("it is an answer");
            assert_eq!(both.plan().initiative(id(3)), small().initiative(id(3)));
            assert_eq!(both.plan().node(id(2)).expect("2").title(), "地域防災");
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
    let mut both = merged(&[move_to(7, 5, 0), remove(6)], &[remove(5)]);
    // Theirs deleted 5 into which ours moved 7; ours deleted 6 in which theirs left 7.
    assert_eq!(questions(&both), [about(5, Matter::Deletion)]);
    both.decide([(about(5, Matter::Deletion), Decision::Take(Version::Theirs))])
        .expect("it is an answer");
    assert!(both.plan().contains(id(7)));
}

/// Strategy 2 of a plan with the initiatives 3 to 6 and the strategy 7.
pub fn sorted() -> Plan {
    let mut plan = plan_of(Vec::new());
    plan.apply(&Edit::Insert {
        parent: None,
        position: 0,
        branch: empty_branch(Kind::Issue, id(1)),
    })
    .expect("it fits");
    let strategies = [add(1, 0, Kind::Strategy, 2), add(1, 1, Kind::Strategy, 7)];
    let initiatives = (0..4).map(|at| add(2, at, Kind::Initiative, 3 + at as u64));
    let edits: Vec<Edit> = strategies.into_iter().chain(initiatives).collect();
    after(&plan, &edits)
}

#[test]
fn siblings_stand_as_both_sides_want_them() {
    let new = |at, new| add(2, at, Kind::Initiative, new);
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
    let question = about(2, Matter::Order(Kind::Initiative));
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
    let source = |both: &Merged, node| both.plan().initiative(id(node)).expect("it").repost_of;
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
    let reposts = Matter::Value(furikaeri::plan::Field::Repost);
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
    let source = |node| both.plan().initiative(id(node)).expect("it").repost_of;
    assert_eq!((source(3), source(7)), (Some(id(7)), None));
}

#[test]
fn plans_that_are_no_versions_of_one_are_refused() {
    let base = plan_of(Vec::new());
    let with = |kind| {
        let top = Edit::Insert {
            parent: None,
            position: 0,
            branch: empty_branch(Kind::Issue, id(1)),
        };
        after(&base, &[top, add(1, 0, kind, 2)])
    };
    let result = merge(&base, &with(Kind::Strategy), &with(Kind::Initiative));
    assert_eq!(result.err(), Some(MergeError::OtherKind(id(2))));
}
