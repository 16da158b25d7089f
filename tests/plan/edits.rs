//! Editing by example: what a ward's clerk does to the plan, and what the plan refuses.

use std::sync::Arc;

use furikaeri::form::{Form, Slot};
use furikaeri::plan::{Edit, EditError, Id, Node, Plan, PlanError};

use crate::support::{
    plans::{
        BEHIND, Building as _, ON_SCHEDULE, form, id, ids, initiative, issue, key, node, notes,
        numbered, outlook, plan_of, progress, real, results, set, set_plan, slot, small, strategy,
    },
    wishes::empty_branch,
};

fn done(plan: &mut Plan, edit: &Edit) -> Edit {
    plan.apply(edit)
        .unwrap_or_else(|error| panic!("{edit:?}: {error}"))
}

fn number(plan: &Plan, id: Id) -> String {
    let number = plan.number(id).expect("the node is in the plan");
    number.half_width(plan.form())
}

/// The numbers of the rows in a node, in order.
fn rows_in(plan: &Plan, id: Id) -> Vec<String> {
    let node = plan.node(id).expect("the node is in the plan");
    plan.rows_in(node).map(|row| number(plan, row.id)).collect()
}

#[test]
fn an_initiative_moved_to_another_strategy_keeps_its_id_its_own_number_and_its_texts() {
    let mut plan = real();
    let before = plan.clone();
    let initiative = numbered(&plan, "2-1-3");
    let edit = Edit::Move {
        id: initiative,
        parent: Some(numbered(&plan, "2-2")),
        position: 0,
    };
    let inverse = done(&mut plan, &edit);

    assert_eq!(number(&plan, initiative), "2-2-3");
    assert_eq!(plan.node(initiative), before.node(initiative));
    let parent = numbered(&plan, "2-2");
    assert_eq!(plan.children(Some(parent))[0].id, initiative);
    assert_eq!(
        rows_in(&plan, numbered(&plan, "2-1")),
        ["2-1-1", "2-1-2", "2-1-4", "2-1-5", "2-1-6"]
    );

    done(&mut plan, &inverse);
    assert_eq!(plan, before);
}

#[test]
fn a_move_among_siblings_counts_positions_without_the_node_itself() {
    let cases = [
        (0, ["2-1-3", "2-1-1", "2-1-2", "2-1-4", "2-1-5", "2-1-6"]),
        (2, ["2-1-1", "2-1-2", "2-1-3", "2-1-4", "2-1-5", "2-1-6"]),
        (3, ["2-1-1", "2-1-2", "2-1-4", "2-1-3", "2-1-5", "2-1-6"]),
        // Past the end is the end.
        (99, ["2-1-1", "2-1-2", "2-1-4", "2-1-5", "2-1-6", "2-1-3"]),
    ];
    for (position, order) in cases {
        let mut plan = real();
        let strategy = numbered(&plan, "2-1");
        let edit = Edit::Move {
            id: numbered(&plan, "2-1-3"),
            parent: Some(strategy),
            position,
        };
        done(&mut plan, &edit);
        assert_eq!(rows_in(&plan, strategy), order, "位置 {position}");
    }
}

#[test]
fn renumbering_changes_the_number_and_nothing_else() {
    let mut plan = real();
    let before = ids(&plan);
    let strategy = numbered(&plan, "2-1");
    let edit = Edit::Number {
        id: strategy,
        number: Some(9),
    };
    done(&mut plan, &edit);
    assert_eq!(ids(&plan), before, "ids and order stay");
    assert_eq!(
        rows_in(&plan, strategy),
        ["2-9-1", "2-9-2", "2-9-3", "2-9-4", "2-9-5", "2-9-6"],
        "a strategy's number is in the numbers of all that stands in it"
    );
}

#[test]
fn a_removed_strategy_comes_back_with_everything_in_it() {
    let mut plan = real();
    let before = plan.clone();
    let strategy = numbered(&plan, "3-1");
    let gone: Vec<Id> = rows_in(&plan, strategy)
        .iter()
        .map(|number| numbered(&plan, number))
        .collect();
    let inverse = done(&mut plan, &Edit::Remove { id: strategy });
    assert!(!plan.contains(strategy));
    assert!(!gone.is_empty() && gone.iter().all(|id| !plan.contains(*id)));
    let repost = plan.node(numbered(&plan, "3-3-1")).expect("it stays");
    assert_eq!(plan.repost_source(repost), None, "its source is gone");

    done(&mut plan, &inverse);
    assert_eq!(plan, before);
    assert!(gone.iter().all(|id| plan.contains(*id)));
}

#[test]
fn marking_an_initiative_behind_leaves_the_other_axis_alone() {
    let mut plan = small();
    let edit = set(id(3), progress(), ON_SCHEDULE);
    let answers = |plan: &Plan| -> [String; 2] {
        [outlook(), progress()].map(|at| plan.text(Some(id(3)), at).to_owned())
    };
    let [before, was] = answers(&plan);
    assert_eq!(was, BEHIND);
    done(&mut plan, &edit);
    assert_eq!(answers(&plan), [before, ON_SCHEDULE.to_owned()]);
}

#[test]
fn a_text_pasted_from_elsewhere_keeps_its_lines_and_nothing_of_their_endings() {
    let mut plan = small();
    let edit = set(id(3), results(), "・一\r\n・二\r・三");
    let inverse = done(&mut plan, &edit);
    assert_eq!(plan.text(Some(id(3)), results()), "・一\n・二\n・三");
    done(&mut plan, &inverse);
    assert_eq!(plan, small());
}

#[test]
fn a_node_is_refused_where_its_form_has_no_place_for_it() {
    // In `small`: 1 is an issue, 2 a strategy, 3 an initiative, 6 the part without a number; 99 is
    // nothing.
    let cases = [
        ("issue", Some(1)),
        ("issue", Some(2)),
        ("issue", Some(3)),
        ("strategy", None),
        ("strategy", Some(2)),
        ("strategy", Some(3)),
        ("strategy", Some(6)),
        ("initiative", None),
        ("initiative", Some(3)),
        ("initiative", Some(6)),
        ("initiative", Some(99)),
        ("reform_item", Some(1)),
        ("reform_item", Some(2)),
    ];
    let plan = small();
    let node_of = |level| match level {
        "issue" => id(1),
        "strategy" => id(5),
        "initiative" => id(3),
        _ => id(7),
    };
    for (level, parent) in cases {
        let parent = parent.map(id);
        assert!(!plan.can_hold(parent, key(level)), "{level} {parent:?}");
        let new = Edit::Insert {
            parent,
            position: 0,
            branch: empty_branch(key(level), id(50)),
        };
        let moved = Edit::Move {
            id: node_of(level),
            parent,
            position: 0,
        };
        for (edit, subject) in [(new, id(50)), (moved, node_of(level))] {
            let mut edited = plan.clone();
            let error = edited.apply(&edit).expect_err("there is no such place");
            let is_about = match &error {
                EditError::WrongPlace(id) => *id,
                EditError::Plan(PlanError::WrongPlace { id, .. }) => *id,
                _ => panic!("{error}"),
            };
            assert_eq!(is_about, subject, "{edit:?}");
            assert_eq!(edited, plan);
        }
    }
}

#[test]
fn what_is_inserted_is_of_levels_that_the_form_has_and_stands_as_they_may() {
    let level = |level: &str, bits| node(level, id(bits));
    let cases = [
        (
            level("chapter", 50),
            PlanError::NoSuchLevel {
                id: id(50),
                level: key("chapter"),
            },
        ),
        (
            strategy(id(50), 1).holding([issue(id(51), 1)]),
            PlanError::WrongPlace {
                id: id(51),
                level: "経営課題".to_owned(),
            },
        ),
    ];
    for (branch, expected) in cases {
        let mut plan = small();
        let edit = Edit::Insert {
            parent: Some(id(1)),
            position: 0,
            branch: Arc::new(branch),
        };
        assert_eq!(plan.apply(&edit), Err(EditError::Plan(expected)));
        assert_eq!(plan, small());
    }
}

#[test]
fn the_plan_as_a_whole_has_fields_only() {
    let mut plan = small();
    for at in Slot::OF_EVERY_NODE {
        let refused = plan.apply(&set_plan(at, "港区"));
        assert_eq!(refused, Err(EditError::NotOfPlan(at)));
    }
    assert_eq!(plan, small());
    // Also a field of which the form does not know: what is said in it is kept.
    let inverse = done(&mut plan, &set_plan(slot("mission"), "一\r\n二"));
    assert_eq!(plan.text(None, slot("mission")), "一\n二");
    done(&mut plan, &inverse);
    assert_eq!(plan, small());
}

/// The built-in form with something changed.
fn form_with(change: impl FnOnce(&mut Form)) -> Edit {
    let mut form = Form::clone(&form());
    change(&mut form);
    Edit::Form(Arc::new(form))
}

#[test]
fn another_form_keeps_what_is_said_in_fields_that_it_has_not() {
    let mut plan = small();
    let edit = form_with(|form| {
        for level in &mut form.levels {
            level.fields.retain(|field| field.key != notes().field);
            level.columns.pop();
        }
    });
    let inverse = done(&mut plan, &edit);
    assert_eq!(plan.field_of(Some(id(3)), notes()), None);
    assert_eq!(plan.text(Some(id(3)), notes()), "「秋」に\"延期\"した。");
    done(&mut plan, &inverse);
    assert_eq!(plan, small());
    assert!(plan.field_of(Some(id(3)), notes()).is_some());
}

#[test]
fn a_form_that_has_no_place_for_what_the_plan_has_is_refused() {
    let without_level = form_with(|form| form.levels.retain(|it| it.key != key("strategy")));
    let not_at_top = form_with(|form| form.levels[0].at_top = false);
    let without_review = form_with(|form| form.reviews.retain(|it| it.key != key("midyear")));
    let level = "経営課題".to_owned();
    let cases = [
        (
            without_level,
            PlanError::NoSuchLevel {
                id: id(2),
                level: key("strategy"),
            },
        ),
        (not_at_top, PlanError::WrongPlace { id: id(1), level }),
        (without_review, PlanError::NoSuchReview(key("midyear"))),
    ];
    for (edit, expected) in cases {
        let mut plan = small();
        assert_eq!(plan.apply(&edit), Err(EditError::Plan(expected)));
        assert_eq!(plan, small());
    }
}

#[test]
fn a_node_that_is_not_there_cannot_be_edited() {
    let gone = id(99);
    let title = set(gone, Slot::TITLE, "");
    let moved = Edit::Move {
        id: gone,
        parent: None,
        position: 0,
    };
    for edit in [title, moved, Edit::Remove { id: gone }] {
        let error = small().apply(&edit).expect_err("it is not there");
        assert_eq!(error, EditError::NoSuchNode(gone), "{edit:?}");
    }
}

#[test]
fn an_id_that_is_in_use_is_refused_also_deep_in_a_branch() {
    let strategy_with = |initiatives: [u64; 2]| {
        let initiatives = initiatives.map(|bits| initiative(id(bits), 1));
        Arc::new(strategy(id(50), 1).holding(initiatives))
    };
    let plan = small();
    let cases = [
        (Arc::clone(plan.node(id(2)).expect("in the plan")), id(2)),
        (strategy_with([51, 3]), id(3)),
        (strategy_with([51, 51]), id(51)),
        (strategy_with([51, 50]), id(50)),
    ];
    for (branch, twice) in cases {
        let mut edited = plan.clone();
        let edit = Edit::Insert {
            parent: Some(id(1)),
            position: 0,
            branch,
        };
        let error = edited.apply(&edit).expect_err("the id is in use");
        assert_eq!(error, EditError::Plan(PlanError::DuplicateId(twice)));
        assert_eq!(edited, plan);
        assert!(!edited.contains(id(51)), "nothing of the branch is left");
    }
}

/// A plan whose one strategy holds these initiatives, each a repost of the next.
fn chain_of_reposts(length: u64) -> Plan {
    let mut plan = small();
    for bits in 100..100 + length {
        let initiative = Node {
            repost_of: (bits + 1 < 100 + length).then(|| id(bits + 1)),
            ..initiative(id(bits), 1)
        };
        let edit = Edit::Insert {
            parent: Some(id(5)),
            position: usize::MAX,
            branch: Arc::new(initiative),
        };
        done(&mut plan, &edit);
    }
    plan
}

#[test]
fn a_repost_that_leads_back_to_itself_is_refused_however_long_the_way() {
    for length in [1, 2, 3, 8, 9, 10, 40] {
        let mut plan = chain_of_reposts(length);
        let last = id(100 + length - 1);
        let before = plan.clone();
        let edit = Edit::Repost {
            id: last,
            source: Some(id(100)),
        };
        let error = plan.apply(&edit).expect_err("the circle would be closed");
        assert_eq!(error, EditError::Plan(PlanError::CircularRepost(last)));
        assert_eq!(plan, before);
        let start = plan.node(id(100)).expect("in the plan");
        let source = plan.repost_source(start).map(|source| source.id);
        assert_eq!(source, (length > 1).then_some(last), "{length} 件の再掲");
    }
}

#[test]
fn what_is_inserted_may_not_close_a_circle_of_reposts_either() {
    let mut plan = plan_of(Vec::new());
    // Its source is not there yet: removed, or still to come.
    let waiting = initiative(id(2), 1).repeating(id(3));
    let insert = |parent: Option<Id>, node| Edit::Insert {
        parent,
        position: 0,
        branch: Arc::new(node),
    };
    done(&mut plan, &insert(None, issue(id(1), 1)));
    done(&mut plan, &insert(Some(id(1)), waiting));

    let before = plan.clone();
    let closing = insert(Some(id(1)), initiative(id(3), 2).repeating(id(2)));
    let error = plan
        .apply(&closing)
        .expect_err("2 and 3 would repeat each other");
    assert_eq!(error, EditError::Plan(PlanError::CircularRepost(id(3))));
    assert_eq!(plan, before);
}

/// On the way through a group, reposts may go round; when all of it is done, none may.
#[test]
fn a_group_is_looked_at_for_circles_when_all_of_it_is_done() {
    let chain = chain_of_reposts(3);
    let [first, second, third] = [100, 101, 102].map(id);
    let leads = |id, source| Edit::Repost { id, source };
    let turned = [
        leads(third, Some(second)),
        leads(second, Some(first)),
        leads(first, None),
    ];
    let mut plan = chain.clone();
    let inverse = done(&mut plan, &Edit::Group(turned.to_vec()));
    let ends = |plan: &Plan| {
        [first, second, third].map(|id| {
            let initiative = plan.node(id).expect("in the plan");
            plan.repost_source(initiative).map(|source| source.id)
        })
    };
    assert_eq!(ends(&plan), [None, Some(first), Some(first)]);
    done(&mut plan, &inverse);
    assert_eq!(plan, chain);
    assert_eq!(ends(&plan), [Some(third), Some(third), None]);
    let mut goes_round = turned.to_vec();
    goes_round.pop();
    let refused = plan.apply(&Edit::Group(goes_round));
    assert!(matches!(
        refused,
        Err(EditError::Plan(PlanError::CircularRepost(_)))
    ));
    assert_eq!(plan, chain);
    assert_eq!(ends(&plan), [Some(third), Some(third), None]);
}
