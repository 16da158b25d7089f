//! Adding, moving and taking away by the levels of the form, without a window.

use std::sync::Arc;

use furikaeri::{
    form::{Form, Key, Kind, Slot},
    plan::{Edit, Plan},
    session::{Action, Effect, structure, words},
};

use crate::support::{
    headless::Headless,
    plans::{
        Building as _, form, forms, id, initiative, issue, key, numbered, outlook, plan_in,
        plan_of, reform, set, small, strategy,
    },
};

/// The numbers of all nodes, in the order of the document.
fn numbers(plan: &Plan) -> String {
    let form = plan.form();
    let numbers = plan.nodes().map(|entry| entry.number().half_width(form));
    numbers.collect::<Vec<_>>().join(" ")
}

/// Adds a node near another one; the number that it gets.
fn added(desk: &mut Headless, level: &str, near: Option<&str>) -> String {
    let near = near.map(|number| desk.id(number));
    desk.act(Action::Add(key(level), near));
    new_number(desk)
}

fn new_number(desk: &mut Headless) -> String {
    let effects = desk.take_effects();
    let new = effects.iter().find_map(|effect| match effect {
        Effect::Added(id) | Effect::Copied(id) => Some(*id),
        _ => None,
    });
    let number = new.and_then(|id| desk.plan().number(id));
    number.map_or_else(
        || "nothing".to_owned(),
        |it| it.half_width(desk.plan().form()),
    )
}

#[test]
fn what_is_added_stands_near_with_the_next_number() {
    let cases = [
        ("issue", None, "2"),
        ("issue", Some("1-1-1"), "2"),
        ("issue", Some("改革-1"), "2"),
        ("strategy", Some("1-1-2"), "1-3"),
        ("strategy", Some("1"), "1-3"),
        ("strategy", Some("改革"), "nothing"),
        ("strategy", None, "nothing"),
        ("initiative", Some("1-1-1"), "1-1-3"),
        ("initiative", Some("1-2"), "1-2-1"),
        // Into the last strategy, so that it does not come before what is there.
        ("initiative", Some("1"), "1-2-1"),
        ("initiative", Some("改革-1"), "nothing"),
        ("reform_item", Some("改革"), "改革-2"),
        ("reform_item", Some("1-1-1"), "nothing"),
        ("reform", Some("1-1-1"), "改革"),
    ];
    for (level, near, number) in cases {
        let mut desk = Headless::with(small());
        assert_eq!(added(&mut desk, level, near), number, "{level} at {near:?}");
    }
    let mut desk = Headless::with(small());
    added(&mut desk, "initiative", Some("1-1-1"));
    assert_eq!(
        numbers(desk.plan()),
        "1 1-1 1-1-1 1-1-3 1-1-2 1-2 改革 改革-1"
    );
    assert_eq!(desk.next_undo(), Some("具体的取組の追加（１－１－３）"));
}

#[test]
fn what_has_to_come_between_is_added_with_it_as_one_step() {
    let mut strict = Form::clone(&form());
    let initiatives = strict
        .levels
        .iter_mut()
        .filter(|it| it.key == key("initiative"));
    initiatives.for_each(|level| level.under = vec![key("strategy")]);
    let mut desk = Headless::with(plan_in(&Arc::new(strict), vec![issue(id(1), 1)]));
    let before = desk.plan().clone();
    assert_eq!(added(&mut desk, "initiative", Some("1")), "1-1-1");
    assert_eq!(numbers(desk.plan()), "1 1-1 1-1-1");
    desk.act(Action::Undo);
    assert!(*desk.plan() == before);
}

#[test]
fn a_whole_branch_is_renumbered_with_all_that_stands_in_it() {
    let strategies = [
        strategy(id(2), 2).holding([initiative(id(3), 1), initiative(id(4), 4)]),
        strategy(id(5), 3).holding([initiative(id(6), 2)]),
    ];
    let plan = plan_of(vec![issue(id(1), 1).holding(strategies)]);
    let siblings = structure::renumbering(&plan, id(4));
    assert_eq!(siblings, [(id(4), 4, 2)]);
    let branch = structure::renumbering_branch(&plan, id(4));
    let all = [(id(2), 2, 1), (id(5), 3, 2), (id(4), 4, 2), (id(6), 2, 1)];
    assert_eq!(branch, all);
}

#[test]
fn only_levels_that_have_a_place_are_offered() {
    let plan = small();
    let offered = |near: Option<&str>| -> String {
        let levels = structure::addable(&plan, near.map(|it| numbered(&plan, it)));
        words::level_names(&levels).join("、")
    };
    assert_eq!(offered(None), "経営課題、経営課題（改革）");
    assert_eq!(
        offered(Some("1-1")),
        "経営課題、戦略、具体的取組、経営課題（改革）"
    );
    assert_eq!(
        offered(Some("改革-1")),
        "経営課題、経営課題（改革）、具体的取組"
    );
}

#[test]
fn the_next_one_is_of_the_same_level() {
    let mut desk = Headless::with(small());
    for (near, number) in [
        ("1-1-2", "1-1-3"),
        ("1-2", "1-3"),
        ("改革-1", "改革-2"),
        ("1", "2"),
    ] {
        desk.act(Action::AddNext(Some(desk.id(near))));
        assert_eq!(new_number(&mut desk), number);
    }
    for form in forms() {
        let mut desk = Headless::with(plan_in(&form, Vec::new()));
        desk.act(Action::AddNext(None));
        let [only] = desk.plan().top() else {
            panic!("one node")
        };
        let first = form.levels_in(None).next().expect("it is sound");
        assert_eq!(only.level, first.key, "{}", form.name);
    }
}

#[test]
fn a_copy_has_ids_of_its_own_and_the_next_number() {
    let mut desk = Headless::with(small());
    desk.act(Action::Duplicate(desk.id("1-1")));
    assert_eq!(new_number(&mut desk), "1-3");
    assert_eq!(
        numbers(desk.plan()),
        "1 1-1 1-1-1 1-1-2 1-3 1-3-1 1-3-2 1-2 改革 改革-1"
    );
    assert_eq!(desk.node("1-3-1").values, desk.node("1-1-1").values);
    desk.act(Action::Duplicate(desk.id("改革")));
    assert_eq!(desk.plan().top().last().expect("a copy").number, None);
    desk.act(Action::Undo);
    desk.act(Action::Undo);
    assert!(*desk.plan() == small());
}

#[test]
fn a_node_goes_in_and_out_where_the_form_lets_it() {
    // An initiative directly in an issue, behind a strategy.
    let direct = initiative(id(7), 1).titled("直下");
    let inside = initiative(id(3), 1).titled("中");
    let plan = plan_of(vec![
        issue(id(1), 1).holding([strategy(id(2), 1).holding([inside]), direct]),
        issue(id(4), 2),
    ]);
    let mut desk = Headless::with(plan.clone());
    desk.act(Action::Indent(id(7)));
    // The number 1 is taken there.
    assert_eq!(numbers(desk.plan()), "1 1-1 1-1-1 1-1-2 2");
    assert_eq!(desk.plan().parent(id(7)), Some(id(2)));
    assert_eq!(desk.next_undo(), Some("具体的取組の移動（１－１）"));
    desk.act(Action::Outdent(id(7)));
    assert_eq!(desk.plan().parent(id(7)), Some(id(1)));
    for (action, why) in [
        (Action::Indent(id(4)), "an issue in an issue"),
        (Action::Outdent(id(2)), "a strategy at the top"),
        (Action::Indent(id(2)), "nothing above it"),
        (Action::Outdent(id(1)), "nothing around it"),
    ] {
        let before = desk.plan().clone();
        desk.act(action);
        assert!(*desk.plan() == before, "{why}");
        assert_eq!(desk.asked(), None, "{why}");
    }
}

#[test]
fn what_is_empty_goes_at_once_and_what_is_not_is_asked_about() {
    let mut desk = Headless::with(small());
    desk.act(Action::Remove(desk.id("1-2")));
    assert_eq!(desk.asked(), None);
    assert_eq!(desk.next_undo(), Some("戦略の削除（１－２）"));
    for number in ["1-1", "1-1-1", "1-1-2", "改革"] {
        let mut desk = Headless::with(small());
        desk.act(Action::Remove(desk.id(number)));
        assert_eq!(desk.asked(), Some("another"), "{number}");
    }
}

#[test]
fn only_numbers_of_the_same_level_are_put_in_order() {
    let plan = plan_of(vec![issue(id(1), 3), reform(id(2)), issue(id(3), 7)]);
    let changes = structure::renumbering(&plan, id(3));
    assert_eq!(changes, [(id(1), 3, 1), (id(3), 7, 2)]);
    assert_eq!(structure::renumbering(&plan, id(2)), []);
}

#[test]
fn the_plan_as_a_whole_is_written_in_like_a_node() {
    let [_, ward, ..] = &forms()[..] else {
        panic!("a second form")
    };
    let mut desk = Headless::with(plan_in(ward, Vec::new()));
    let goal = Slot::once(ward.plan[0].key);
    desk.type_in(None, goal, "住み続けたい");
    assert!(desk.is_unsaved());
    desk.type_in(None, goal, "住み続けたい区");
    desk.act(Action::EndTyping);
    assert_eq!(desk.plan().text(None, goal), "住み続けたい区");
    assert_eq!(
        desk.next_undo(),
        Some(format!("{}の編集", ward.plan[0].short()).as_str())
    );
    desk.act(Action::Undo);
    assert_eq!(desk.plan().text(None, goal), "");
    let at_plan = |effect: &Effect| matches!(effect, Effect::Undone(target) if target.id.is_none());
    assert!(desk.take_effects().iter().any(at_plan));
}

#[test]
fn a_choice_is_a_step_of_its_own() {
    let mut desk = Headless::with(small());
    for choice in ["off_target", "on_target", ""] {
        desk.act(Action::Edit(set(id(3), outlook(), choice)));
    }
    assert_eq!(desk.says("1-1-1", outlook()), "");
    assert_eq!(
        desk.next_undo(),
        Some("達成状況（目標の見込）の変更（１－１－１）")
    );
    desk.act(Action::Undo);
    assert_eq!(desk.says("1-1-1", outlook()), "on_target");
    desk.act(Action::Undo);
    assert_eq!(desk.says("1-1-1", outlook()), "off_target");
}

#[test]
fn an_amount_is_one_line() {
    let mut form = form().as_ref().clone();
    let level = Some(key("issue"));
    let cost: Key = form.add_field(level, "決算額");
    let unit = "千円".to_owned();
    form.set_kind(level, cost, Kind::Amount { unit });
    let form = Arc::new(form);
    let mut desk = Headless::with(plan_in(&form, vec![issue(id(1), 1)]));
    desk.type_in(Some(id(1)), Slot::once(cost), "1,200\r\n");
    desk.act(Action::EndTyping);
    assert_eq!(desk.says("1", Slot::once(cost)), "1,200 ");
}

#[test]
fn an_edit_of_what_is_gone_is_refused_in_words() {
    let mut desk = Headless::with(small());
    desk.act(Action::Edit(Edit::Number {
        id: id(99),
        number: Some(1),
    }));
    assert!(desk.message().starts_with("この編集はできませんでした。"));
    assert!(*desk.plan() == small());
}
