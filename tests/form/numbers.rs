//! Numbers by the patterns of a form, as people write and say them.

use std::sync::Arc;

use furikaeri::form::{Form, Width};

use crate::support::plans::{
    Building, forms, id, initiative, issue, node, plan_in, plan_of, reform, reform_item, strategy,
};

/// The form that is built in by this name.
fn form_of(name: &str) -> Arc<Form> {
    let mut forms = forms().into_iter();
    forms
        .find(|form| form.name == name)
        .expect("it is built in")
}

/// Half and full width or whatever is printed, and the heading, of each node in order.
fn numbers(plan: &furikaeri::plan::Plan) -> Vec<(String, String)> {
    let form = plan.form();
    let of = |number: furikaeri::plan::Number| (number.half_width(form), number.printed(form));
    plan.nodes().map(|entry| of(entry.number())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(half, printed): &(&str, &str)| ((*half).to_owned(), (*printed).to_owned());
    expected.iter().map(owned).collect()
}

#[test]
fn the_built_in_form_numbers_three_levels_and_a_part_without_a_number() {
    let first = strategy(id(2), 1).holding([initiative(id(3), 3)]);
    let numbered = issue(id(1), 2).holding([first, initiative(id(4), 4)]);
    let reform = reform(id(5)).holding([reform_item(id(6), 1)]);
    let expected = pairs(&[
        ("2", "２"),
        ("2-1", "２－１"),
        ("2-1-3", "２－１－３"),
        ("2-4", "２－４"),
        ("改革", "改革"),
        ("改革-1", "改革－１"),
    ]);
    assert_eq!(numbers(&plan_of(vec![numbered, reform])), expected);
}

#[test]
fn a_wards_issues_are_numbered_with_or_without_a_pillar() {
    let form = form_of("区運営方針");
    let pillar = node("pillar", id(1)).numbered(1);
    let pillar = pillar.holding([node("issue", id(2)).numbered(2)]);
    let plan = plan_in(&form, vec![pillar, node("issue", id(3)).numbered(3)]);
    let expected = pairs(&[("1", "1"), ("1-(2)", "1-(2)"), ("3", "3")]);
    assert_eq!(numbers(&plan), expected);
    let level = form.level("issue".parse().expect("a key"));
    assert_eq!(level.heading("1-(2)", "防災"), "経営課題1-(2)　防災");
}

#[test]
fn the_same_numbers_are_printed_in_full_width_where_the_form_says_so() {
    let mut form = Form::clone(&form_of("区運営方針"));
    for level in &mut form.levels {
        level.number.width = Width::Full;
    }
    let pillar = node("pillar", id(1)).numbered(1);
    let pillar = pillar.holding([node("issue", id(2)).numbered(12)]);
    let plan = plan_in(&Arc::new(form), vec![pillar]);
    let expected = pairs(&[("1", "１"), ("1-(12)", "１－（１２）")]);
    assert_eq!(numbers(&plan), expected);
}
