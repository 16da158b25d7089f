//! Merging where somebody changed the form: whatever fits neither form is asked about or refused, and
//! nothing is lost.

use furikaeri::form::{Form, Slot};
use furikaeri::plan::{
    Decision, DecisionError, Edit, Matter, MergeError, PlanError, Property, Question, Version,
    merge,
};

use super::merge::{about, add, children, form_with, merged, move_to, notes, questions, text};
use crate::support::{
    plans::{self, after, form, id, key, small},
    wishes::empty_branch,
};

const FORM: Question = Question {
    at: None,
    matter: Matter::Value(Property::Form),
};

#[test]
fn a_form_that_both_changed_is_one_question() {
    let named = |name: &str| form_with(|form| form.name = name.to_owned());
    let mut both = merged(&[named("甲")], &[named("乙"), notes(3, "春に実施")]);
    assert_eq!(questions(&both), [FORM]);
    assert_eq!(both.plan().form().name, "甲");
    assert_eq!(both.plan().text(Some(id(3)), plans::notes()), "春に実施");
    for (version, name) in [
        (Version::Theirs, "乙"),
        (Version::Base, form().name.as_str()),
        (Version::Ours, "甲"),
    ] {
        both.decide([(FORM, Decision::Take(version))])
            .expect("it is an answer");
        assert_eq!(both.plan().form().name, name);
        assert_eq!(both.clashes(), []);
    }
}

/// A form in which nothing may stand directly in an issue but strategies.
fn without_direct_ones() -> Edit {
    form_with(|form| form.levels[2].under.retain(|it| *it == key("strategy")))
}

#[test]
fn what_the_others_form_has_no_place_for_is_a_question() {
    for is_ours in [true, false] {
        let (strict, work) = (without_direct_ones(), add(1, 0, "initiative", 8));
        let mut both = match is_ours {
            true => merged(&[strict], &[work]),
            false => merged(&[work], &[strict]),
        };
        assert_eq!(questions(&both), [FORM]);
        assert_eq!(children(both.plan(), 1), [8, 2, 5]);
        assert_eq!(both.plan().form(), &form());
        let (strict, loose) = match is_ours {
            true => (Version::Ours, Version::Theirs),
            false => (Version::Theirs, Version::Ours),
        };
        let place = PlanError::WrongPlace {
            id: id(8),
            level: "具体的取組".to_owned(),
        };
        let refused = both.decide([(FORM, Decision::Take(strict))]);
        assert_eq!(refused, Err(DecisionError::Merge(MergeError::Form(place))));
        assert_eq!(questions(&both), [FORM], "it is still open");
        both.decide([(FORM, Decision::Take(loose))])
            .expect("it is an answer");
        assert_eq!(both.clashes(), []);
        assert_eq!(children(both.plan(), 1), [8, 2, 5]);
    }
}

#[test]
fn what_no_form_has_a_place_for_is_not_merged() {
    let looser = form_with(|form| {
        form.levels[1].under.push(key("reform"));
        form.levels[2].under.retain(|it| *it == key("strategy"));
    });
    let base = small();
    let ours = after(&base, &[looser, add(6, 0, "strategy", 9)]);
    let theirs = after(&base, &[add(1, 0, "initiative", 8)]);
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let refused = merge(&base, ours, theirs).expect_err("neither form has a place for both");
        assert!(matches!(refused, MergeError::Form(_)), "{refused}");
    }
}

/// Each of the forms is sound; what both did under them together would stand in itself.
#[test]
fn nothing_comes_to_stand_in_itself() {
    let base = after(
        &small(),
        &[form_with(|form| {
            form.levels[1].at_top = true;
        })],
    );
    let base = after(
        &base,
        &[Edit::Move {
            id: id(5),
            parent: None,
            position: 0,
        }],
    );
    let turned = |form: &mut Form| {
        form.levels[0].under.push(key("strategy"));
        form.levels[1].at_top = true;
        form.levels[1].under.clear();
    };
    let ours = after(&base, &[move_to(5, 1, 0)]);
    let theirs = after(
        &base,
        &[
            Edit::Move {
                id: id(2),
                parent: None,
                position: 0,
            },
            form_with(turned),
            move_to(1, 5, 0),
        ],
    );
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let refused = merge(&base, ours, theirs).expect_err("1 in 5 in 1");
        assert!(
            matches!(refused, MergeError::NoPlace(_) | MergeError::Form(_)),
            "{refused}"
        );
    }
}

#[test]
fn a_node_may_come_from_the_top_and_go_there() {
    let loose = form_with(|form| form.levels[1].at_top = true);
    let base = after(&small(), &[loose]);
    let to_top = |node| Edit::Move {
        id: id(node),
        parent: None,
        position: 0,
    };
    let ours = after(&base, &[to_top(5)]);
    let theirs = after(&base, &[text(5, Slot::TITLE, "地域")]);
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let both = merge(&base, ours, theirs).expect("they are of one plan");
        assert_eq!(both.clashes(), []);
        assert_eq!(both.plan().parent(id(5)), None);
        assert_eq!(both.plan().text(Some(id(5)), Slot::TITLE), "地域");
    }
    // Two places, of which one is the top.
    let base = after(&base, &[add(1, 0, "initiative", 8)]);
    let with_second = after(
        &base,
        &[Edit::Insert {
            parent: None,
            position: 0,
            branch: empty_branch(key("issue"), id(9)),
        }],
    );
    let (ours, theirs) = (
        after(&with_second, &[to_top(5)]),
        after(&with_second, &[move_to(5, 9, 0)]),
    );
    let mut both = merge(&with_second, &ours, &theirs).expect("they are of one plan");
    assert_eq!(questions(&both), [about(5, Matter::Home)]);
    for (version, parent) in [
        (Version::Theirs, Some(9)),
        (Version::Ours, None),
        (Version::Base, Some(1)),
    ] {
        both.decide([(about(5, Matter::Home), Decision::Take(version))])
            .expect("it is an answer");
        assert_eq!(both.plan().parent(id(5)), parent.map(id));
    }
}

#[test]
fn what_is_written_in_a_field_that_the_other_has_taken_away_is_kept_and_said() {
    let without = form_with(|form| {
        form.levels[2]
            .fields
            .retain(|field| field.key != key("notes"));
        for column in &mut form.levels[2].columns {
            column.fields.retain(|field| *field != key("notes"));
        }
    });
    let written = plans::set(id(3), plans::notes(), "新しい対策");
    for both in [
        merged(
            std::slice::from_ref(&without),
            std::slice::from_ref(&written),
        ),
        merged(&[written], &[without]),
    ] {
        assert_eq!(both.clashes(), []);
        assert_eq!(both.plan().text(Some(id(3)), plans::notes()), "新しい対策");
        assert_eq!(both.out_of_sight(), [(Some(id(3)), plans::notes())]);
    }
    let nothing = merged(&[plans::set(id(3), plans::notes(), "同じ様式")], &[]);
    assert_eq!(nothing.out_of_sight(), []);
}
