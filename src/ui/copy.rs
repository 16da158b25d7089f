//! What is on the screen as tab-separated text, which Excel takes apart into cells.

use std::borrow::Cow;

use crate::{
    export::{
        csv::{field, marked},
        record::{Columns, answer},
    },
    form::{Level, Slot},
    plan::{Counted, Node, Number, Plan, Sums},
    session::Session,
    ui::View,
};

use super::{
    Tab,
    form::{self, Block},
    overview,
};

/// The table that is shown: counts in the overview, one fact in a cell elsewhere.
pub fn table(session: &Session, view: &View) -> String {
    let plan = session.document().plan();
    match view.tab {
        Tab::Overview => counts(plan, view),
        _ => records(plan, view),
    }
}

/// How many are in which state, and what amounts add up to, for each node in which others stand.
fn counts(plan: &Plan, view: &View) -> String {
    let overview = overview::shown_overview(view);
    let whole = match overview::is_narrowed(view) {
        true => view.filter.words(plan.form()),
        false => "全体".to_owned(),
    };
    let form = plan.form();
    let mut names: Vec<&str> = Vec::new();
    let mut lines: Vec<Vec<String>> = Vec::new();
    let figures = |counted: &[Counted], sums: &Sums| -> Vec<String> {
        let counts = counted.iter().flat_map(|of| {
            let level = form.level(of.level);
            let states = level.standings().map(|standing| of.tally.count(standing));
            let reposts = level.can_repeat().then_some(of.tally.reposts);
            let all: Vec<usize> = std::iter::once(of.tally.total())
                .chain(states)
                .chain(reposts)
                .collect();
            all.into_iter().map(|count| count.to_string())
        });
        counts.chain(sums.iter().map(|sum| sum.figure())).collect()
    };
    let mut add = |node: Option<(&Number, &Node)>, counted: &[Counted], sums: &Sums| {
        let (number, title) = match node {
            Some((number, node)) => (number.half_width(form), node.title.clone()),
            None => (String::new(), whole.clone()),
        };
        lines.push([vec![number, title], figures(counted, sums)].concat());
    };
    add(None, &overview.counted, &overview.sums);
    for group in &overview.groups {
        push_name(&mut names, plan.level(&group.node));
        add(
            Some((&group.number, &group.node)),
            &group.counted,
            &group.sums,
        );
        for below in &group.below {
            push_name(&mut names, plan.level(&below.node));
            add(
                Some((&below.number, &below.node)),
                &below.counted,
                &below.sums,
            );
        }
    }
    let mut head = vec!["番号".to_owned(), names.join("・")];
    for of in &overview.counted {
        let level = form.level(of.level);
        let states = level
            .standings()
            .map(|standing| level.standing_word(standing));
        let reposts = level.can_repeat().then(|| "再掲".to_owned());
        let words = std::iter::once("件数".to_owned())
            .chain(states)
            .chain(reposts);
        head.extend(words.map(|word| match overview.counted.len() {
            1 => word,
            _ => format!("{} {word}", level.name),
        }));
    }
    head.extend(overview.sums.iter().map(|sum| sum.name(form)));
    lines.insert(0, head);
    let lines = lines.iter();
    lines
        .map(|cells| line(cells.iter().map(|cell| marked(cell))))
        .collect()
}

fn push_name<'a>(names: &mut Vec<&'a str>, level: &'a Level) {
    if !names.contains(&level.name.as_str()) {
        names.push(&level.name);
    }
}

/// What is filled in in the part that is shown, as the records of a CSV.
fn records(plan: &Plan, view: &View) -> String {
    let columns = Columns::of(plan);
    let mut text = line(columns.heads().map(marked));
    let part = form::part_of(plan, view).and_then(|part| plan.node(part));
    let nodes: Vec<_> = match part {
        Some(part) => part.with_below().collect(),
        None => plan.nodes().map(|entry| entry.node).collect(),
    };
    let filled_in = nodes
        .into_iter()
        .filter(|node| plan.level(node).is_filled_in());
    for entry in filled_in.filter_map(|node| plan.entry(node.id)) {
        text.push_str(&line(columns.cells(plan, &entry).iter().map(field)));
    }
    text
}

/// Cells of the form, one fact in each.
pub fn cells(plan: &Plan, block: &Block) -> String {
    let mut text = String::new();
    for node in block.rows.iter().filter_map(|id| plan.node(*id)) {
        let cells = block.facts.iter().map(|at| match *at {
            Slot::TITLE | Slot::OWNER => marked(node.text(*at)).into_owned(),
            _ => match plan.field_of(Some(node.id), *at) {
                Some(of) => {
                    field(&answer(node, of, at.review.unwrap_or(plan.review()))).into_owned()
                }
                None => String::new(),
            },
        });
        text.push_str(&line(cells.map(Cow::Owned)));
    }
    // A single cell is a text that may be pasted anywhere.
    match (block.rows.len(), block.facts.len()) {
        (1, 1) => text.trim_end_matches("\r\n").to_owned(),
        _ => text,
    }
}

/// One line of cells. A cell with a line break, a tab or a quotation mark is quoted, as Excel does
/// it itself.
fn line<'a>(cells: impl Iterator<Item = Cow<'a, str>>) -> String {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    cells.join("\t") + "\r\n"
}

fn quoted(cell: &str) -> String {
    if cell.contains(['\n', '\t', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells_when_they_are_pasted() {
        let cases = [
            (&["一", "二"][..], "一\t二\r\n"),
            (&["・一\n・二", "三"], "\"・一\n・二\"\t三\r\n"),
            (&["「\"引用\"」"], "\"「\"\"引用\"\"」\"\r\n"),
            (&["=1+1", "1-1-1"], "'=1+1\t'1-1-1\r\n"),
        ];
        for (cells, text) in cases {
            assert_eq!(line(cells.iter().map(|cell| marked(cell))), text);
        }
    }
}
