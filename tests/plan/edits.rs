//! Editing by example: what a ward's clerk does to the plan, and what the plan refuses.

use std::sync::Arc;

use furikaeri::plan::{
    Branch, Edit, EditError, Id, Initiative, Kind, Plan, PlanError, Progress, TextField,
};

use crate::support::{
    plans::{empty_strategy, id, ids, numbered, plan_of, real, small},
    wishes::{branch, empty_branch},
};

fn done(plan: &mut Plan, edit: &Edit) -> Edit {
    plan.apply(edit)
        .unwrap_or_else(|error| panic!("{edit:?}: {error}"))
}

/// The numbers of the initiatives in a node, in order.
fn initiatives_in(plan: &Plan, id: Id) -> Vec<String> {
    let node = plan.node(id).expect("the node is in the plan");
    node.initiatives()
        .filter_map(|initiative| Some(plan.number(initiative.id)?.half_width()))
        .collect()
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

    let number = plan.number(initiative).map(|number| number.half_width());
    assert_eq!(number.as_deref(), Some("2-2-3"));
    assert_eq!(plan.initiative(initiative), before.initiative(initiative));
    let first = plan
        .node(numbered(&plan, "2-2"))
        .map(|node| node.children()[0]);
    assert_eq!(first, Some(initiative));
    assert_eq!(
        initiatives_in(&plan, numbered(&plan, "2-1")),
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
        assert_eq!(initiatives_in(&plan, strategy), order, "位置 {position}");
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
        initiatives_in(&plan, strategy),
        ["2-9-1", "2-9-2", "2-9-3", "2-9-4", "2-9-5", "2-9-6"],
        "a strategy's number is in the numbers of all that stands in it"
    );
}

#[test]
fn a_removed_strategy_comes_back_with_everything_in_it() {
    let mut plan = real();
    let before = plan.clone();
    let strategy = numbered(&plan, "3-1");
    let gone: Vec<Id> = initiatives_in(&plan, strategy)
        .iter()
        .map(|number| numbered(&plan, number))
        .collect();
    let inverse = done(&mut plan, &Edit::Remove { id: strategy });
    assert!(!plan.contains(strategy));
    assert!(!gone.is_empty() && gone.iter().all(|id| !plan.contains(*id)));
    let repost = plan.entry(numbered(&plan, "3-3-1")).expect("it stays");
    assert_eq!(
        plan.repost_source(repost.initiative),
        None,
        "its source is gone"
    );

    done(&mut plan, &inverse);
    assert_eq!(plan, before);
    assert!(gone.iter().all(|id| plan.contains(*id)));
}

#[test]
fn marking_an_initiative_behind_leaves_the_other_axis_alone() {
    let mut plan = small();
    let edit = Edit::Progress {
        id: id(3),
        progress: Some(Progress::OnSchedule),
    };
    let before = plan.initiative(id(3)).expect("in the plan").status;
    done(&mut plan, &edit);
    let after = plan.initiative(id(3)).expect("in the plan").status;
    assert_eq!(after.outlook, before.outlook);
    assert_eq!(after.progress, Some(Progress::OnSchedule));
}

#[test]
fn a_text_pasted_from_elsewhere_keeps_its_lines_and_nothing_of_their_endings() {
    let mut plan = small();
    let edit = Edit::Text {
        id: id(3),
        field: TextField::Results,
        text: "・一\r\n・二\r・三".to_owned(),
    };
    let inverse = done(&mut plan, &edit);
    let results = plan.initiative(id(3)).map(|i| i.results.as_str());
    assert_eq!(results, Some("・一\n・二\n・三"));
    done(&mut plan, &inverse);
    assert_eq!(plan, small());
}

#[test]
fn a_node_is_refused_where_its_kind_cannot_stand() {
    use Kind::*;
    // In `small`: 1 is an issue, 2 a strategy, 3 an initiative; 99 is nothing.
    let cases = [
        (Issue, Some(1)),
        (Issue, Some(2)),
        (Issue, Some(3)),
        (Strategy, None),
        (Strategy, Some(2)),
        (Strategy, Some(3)),
        (Initiative, None),
        (Initiative, Some(3)),
        (Initiative, Some(99)),
    ];
    let plan = small();
    let node_of = |kind| match kind {
        Issue => id(6),
        Strategy => id(5),
        Initiative => id(7),
    };
    for (kind, parent) in cases {
        let parent = parent.map(id);
        assert!(!plan.can_hold(parent, kind), "{kind:?} {parent:?}");
        let new = Edit::Insert {
            parent,
            position: 0,
            branch: empty_branch(kind, id(50)),
        };
        let moved = Edit::Move {
            id: node_of(kind),
            parent,
            position: 0,
        };
        for (edit, subject) in [(new, id(50)), (moved, node_of(kind))] {
            let mut edited = plan.clone();
            let error = edited.apply(&edit).expect_err("there is no such place");
            assert_eq!(error, EditError::WrongPlace(subject), "{edit:?}");
            assert_eq!(edited, plan);
        }
    }
}

#[test]
fn a_field_that_a_node_does_not_have_is_refused() {
    let owner = |id| Edit::Text {
        id,
        field: TextField::Owner,
        text: "総務".to_owned(),
    };
    let number = |id| Edit::Number { id, number: None };
    let progress = |id| Edit::Progress { id, progress: None };
    let repost = |id| Edit::Repost { id, source: None };
    let cases = [
        owner(id(1)),
        owner(id(2)),
        // Only an issue may be without a number.
        number(id(2)),
        number(id(3)),
        progress(id(1)),
        repost(id(2)),
    ];
    for edit in cases {
        let mut plan = small();
        let subject = edit.subject().expect("the edit is about a node");
        let error = plan.apply(&edit).expect_err("there is no such field");
        assert_eq!(error, EditError::NoSuchField(subject), "{edit:?}");
        assert_eq!(plan, small());
    }
    assert!(small().apply(&number(id(1))).is_ok());
}

#[test]
fn a_node_that_is_not_there_cannot_be_edited() {
    let gone = id(99);
    let title = Edit::Text {
        id: gone,
        field: TextField::Title,
        text: String::new(),
    };
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
        let mut strategy = Arc::unwrap_or_clone(empty_strategy(id(50), 1));
        strategy.initiatives = initiatives
            .map(|bits| Arc::new(Initiative::new(id(bits), 1)))
            .to_vec();
        Branch::Strategy(Arc::new(strategy))
    };
    let plan = small();
    let cases = [
        (branch(plan.node(id(2)).expect("in the plan")), id(2)),
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
        let mut initiative = Initiative::new(id(bits), 1);
        initiative.repost_of = (bits + 1 < 100 + length).then(|| id(bits + 1));
        let edit = Edit::Insert {
            parent: Some(id(5)),
            position: usize::MAX,
            branch: Branch::Initiative(Arc::new(initiative)),
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
        let start = plan.initiative(id(100)).expect("in the plan");
        let source = plan.repost_source(start).map(|source| source.id);
        assert_eq!(source, (length > 1).then_some(last), "{length} 件の再掲");
    }
}

#[test]
fn what_is_inserted_may_not_close_a_circle_of_reposts_either() {
    let mut plan = plan_of(Vec::new());
    let mut waiting = Initiative::new(id(2), 1);
    // Its source is not there yet: removed, or still to come.
    waiting.repost_of = Some(id(3));
    let Branch::Issue(issue) = empty_branch(Kind::Issue, id(1)) else {
        unreachable!("an issue was asked for");
    };
    let insert = |parent: Option<Id>, branch| Edit::Insert {
        parent,
        position: 0,
        branch,
    };
    done(&mut plan, &insert(None, Branch::Issue(issue)));
    let first = Branch::Initiative(Arc::new(waiting));
    done(&mut plan, &insert(Some(id(1)), first));

    let before = plan.clone();
    let mut closing = Initiative::new(id(3), 2);
    closing.repost_of = Some(id(2));
    let closing = insert(Some(id(1)), Branch::Initiative(Arc::new(closing)));
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
            let initiative = plan.initiative(id).expect("in the plan");
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
