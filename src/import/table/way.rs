//! The ways from the top down to the levels of a form, and what a row says of the levels on them.

use crate::{
    form::{Form, Key, Level, MAX_DEPTH, half_width},
    plan::{NO_TITLE, parse_number},
};

use super::Meaning;

/// More ways than any form for people has.
const MOST_WAYS: usize = 1_000;

/// What a row says.
pub struct Given {
    /// Number and title for each group of levels.
    pub levels: Vec<(String, String)>,
    /// A whole number: 2-1-3.
    pub number: String,
    /// What else it says.
    pub others: Vec<Meaning>,
    /// Whether it is a line of the printed form that is nothing but a heading.
    pub is_heading: bool,
}

/// A level on the way down, with the group in which it is.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    pub group: usize,
    pub level: &'a Level,
}

pub type Way<'a> = Vec<Step<'a>>;

impl Given {
    pub fn number(&self, group: usize) -> &str {
        self.levels.get(group).map_or("", |(number, _)| number)
    }

    pub fn title(&self, group: usize) -> &str {
        let title = self
            .levels
            .get(group)
            .map_or("", |(_, title)| title.as_str());
        if title == NO_TITLE { "" } else { title }
    }

    /// Whether anything is said of a group.
    pub fn names(&self, group: usize) -> bool {
        let levels = self.levels.get(group);
        levels.is_some_and(|(number, title)| !number.trim().is_empty() || !title.trim().is_empty())
    }
}

/// A text that begins with a number, as a heading has it: the number and the title after it. A name
/// of its level may stand before the number; without one, a blank or a point has to stand after it,
/// because in `10の取組` the number is a part of the title.
pub fn numbered<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let text = text.trim();
    let named = text.strip_prefix(name).map(str::trim_start);
    let rest = named.unwrap_or(text);
    let is_number = |c: char| {
        half_width(&c.to_string())
            .contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '(' | ')'))
    };
    let end = rest.find(|c| !is_number(c)).unwrap_or(rest.len());
    let (number, title) = rest.split_at_checked(end)?;
    let after = |c: char| c.is_whitespace() || matches!(c, '.' | '．' | '、');
    let is_apart = named.is_some() || title.starts_with(after);
    let is_numbered = is_apart && !parts(number).is_empty();
    is_numbered.then(|| (number, title.trim_start_matches(after).trim_end()))
}

/// By which a group of levels is known.
pub fn first(group: &[&Level]) -> Key {
    group.first().map_or(Key::NONE, |level| level.key)
}

/// Adds all ways that begin with this one.
pub fn add_ways<'a>(
    form: &'a Form,
    groups: &[Vec<&'a Level>],
    way: &mut Way<'a>,
    ways: &mut Vec<Way<'a>>,
) {
    if way.len() >= MAX_DEPTH {
        return;
    }
    let above = way.last().map(|step| step.level.key);
    for level in form.levels_in(above) {
        let has_it = |group: &Vec<&Level>| group.iter().any(|it| it.key == level.key);
        let Some(group) = groups.iter().position(has_it) else {
            continue;
        };
        if ways.len() >= MOST_WAYS {
            return;
        }
        way.push(Step { group, level });
        ways.push(way.clone());
        add_ways(form, groups, way, ways);
        way.pop();
    }
}

/// The digits of a number, part by part.
pub fn parts(number: &str) -> Vec<u32> {
    let number = half_width(number);
    let parts = number.split(|c: char| !c.is_ascii_digit());
    parts
        .filter(|part| !part.is_empty())
        .filter_map(parse_number)
        .collect()
}

/// How badly a way fits a whole number: not at all if it is numbered so.
pub fn whole_misfit(way: &[Step<'_>], number: &str) -> usize {
    let parts = parts(number);
    if number.trim().is_empty() {
        return 0;
    }
    let numbered = way
        .iter()
        .filter(|step| step.level.number.has_own())
        .count();
    let said: String = half_width(number).split_whitespace().collect();
    let mut own = parts.iter().copied();
    let printed = way.iter().fold(String::new(), |above, step| {
        let numbering = &step.level.number;
        let own = if numbering.has_own() {
            own.next()
        } else {
            None
        };
        numbering.fill(&above, own)
    });
    match (printed == said, parts.len()) {
        (true, _) => 0,
        (false, ..=1) => 1,
        (false, count) => 1 + count.abs_diff(numbered),
    }
}
