//! What the README says of the file is so.

use std::collections::BTreeSet;

use furikaeri::{
    form::{Kind, Needed},
    storage::format,
};

use crate::support::{
    files::{place_at, written},
    plans::id,
};

const README: &str = include_str!("../../README.md");

/// The chapter about the file.
fn chapter() -> &'static str {
    let (_, chapter) = README.split_once("## The file\n").expect("a chapter");
    chapter.split("\n## ").next().expect("its end")
}

fn example() -> &'static str {
    let (_, example) = chapter().split_once("```ron\n").expect("an example");
    example.split("```").next().expect("its end")
}

/// The names of fields that a file has: what stands before a colon.
fn names(file: &str) -> BTreeSet<&str> {
    let lines = file.lines().flat_map(|line| line.split(['(', ',']));
    let names = lines.filter_map(|piece| piece.split_once(':'));
    let names = names.map(|(name, _)| name.trim());
    let is_name = |name: &&str| {
        let letter = |b: u8| b.is_ascii_lowercase() || b == b'_';
        !name.is_empty() && name.bytes().all(letter)
    };
    names.filter(is_name).collect()
}

#[test]
fn the_example_is_a_plan_with_a_sound_form() {
    let plan = format::read(example().as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.form().faults(), []);
    assert_eq!(plan.nodes().count(), 3);
    let back = written(&plan);
    assert_eq!(format::read(back.as_bytes()), Ok(plan.clone()));
    // What it says of the plan is as the program writes it; lists of the form are shorter by hand.
    let (head, _) = example()
        .split_once("    style: (")
        .expect("after the nodes");
    assert!(back.starts_with(head), "{back}");
    let project = plan.node(id(0xb1)).expect("in the plan");
    assert_eq!(plan.level(project).name, "具体的な事業");
}

/// Whoever adds a field to the file describes it.
#[test]
fn every_field_is_in_the_example_and_is_described() {
    let plan = format::read(example().as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let (_, tables) = chapter().rsplit_once("```").expect("after the example");
    let file = written(&plan);
    let names = names(&file);
    assert!(names.len() > 50, "{names:?}");
    for name in names {
        let described = [
            format!("`{name}`"),
            format!("({name}: "),
            format!(", {name}: "),
        ];
        let is_described = described.iter().any(|it| tables.contains(it.as_str()));
        assert!(is_described, "{name} is not described");
    }
    let fields: Vec<_> = plan
        .form()
        .levels
        .iter()
        .flat_map(|level| &level.fields)
        .collect();
    let has = |is: fn(&Kind) -> bool| fields.iter().any(|field| is(&field.kind));
    assert!(has(|kind| matches!(kind, Kind::Text)));
    assert!(has(
        |kind| matches!(kind, Kind::Targets { marks } if !marks.is_empty())
    ));
    assert!(has(|kind| matches!(
        kind,
        Kind::Choice {
            judges: Some(_),
            ..
        }
    )));
    assert!(has(|kind| matches!(kind, Kind::Amount { .. })));
    assert!(fields.iter().any(|field| field.needed == Needed::WhenBad));
}

/// What a person would do: a mistake in the example is found where it is.
#[test]
fn a_mistake_in_the_example_is_named_with_its_line() {
    let broken = example().replacen("share: 15", "width: 15", 1);
    let error = format::read(broken.as_bytes()).expect_err("no such field");
    let at = broken.find("width: 15").expect("it is there");
    assert!(
        error
            .to_string()
            .starts_with(&place_at(&broken, at).to_string()),
        "{error}"
    );
}
