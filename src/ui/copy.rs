//! What is on the screen as tab-separated text, which Excel takes apart into cells.

use crate::{
    plan::{Entry, Id, Node, Plan, Tally},
    session::Session,
    ui::View,
};

use super::{Tab, form, words};

/// The table that is shown: counts in the overview, the form's columns elsewhere.
pub fn table(session: &Session, view: &View) -> String {
    match view.tab {
        Tab::Overview => counts(view),
        _ => rows(session, view),
    }
}

fn counts(view: &View) -> String {
    let mut text = line(&[
        "番号",
        "経営課題・戦略",
        "件数",
        "順調",
        "予定通りでない",
        "未達成見込",
        "未達成見込・予定通りでない",
        "未評価",
        "再掲",
    ]);
    let mut add = |number: &str, title: &str, tally: &Tally| {
        let numbers = [
            tally.total(),
            tally.good,
            tally.behind,
            tally.off_target,
            tally.both_bad,
            tally.unassessed,
            tally.reposts,
        ];
        let numbers = numbers.map(|number| number.to_string());
        let mut cells = vec![number, title];
        cells.extend(numbers.iter().map(String::as_str));
        text.push_str(&line(&cells));
    };
    let overview = view.overview.overview();
    add("", "全体", &overview.total);
    for group in &overview.groups {
        add(&group.number.half_width(), &group.issue.title, &group.tally);
        for strategy in &group.strategies {
            let number = strategy.number.half_width();
            add(&number, &strategy.strategy.title, &strategy.tally);
        }
    }
    text
}

fn rows(session: &Session, view: &View) -> String {
    let plan = session.document().plan();
    let Some(part) = form::part_of(plan, view) else {
        return String::new();
    };
    let wording = session
        .form()
        .wording(plan.number(part).unwrap_or_default());
    let mut text = line(&[
        "番号",
        &wording.initiative,
        words::field(crate::plan::TextField::Owner),
        &wording.results,
        &wording.target,
        "達成状況",
        words::field(crate::plan::TextField::Notes),
    ]);
    for entry in entries(plan, part) {
        let initiative = entry.initiative;
        let source = initiative.repost_of.and_then(|id| plan.number(id));
        let (results, target, notes) = match source {
            Some(source) => (session.form().repost_line(source), "", ""),
            None => (
                initiative.results.clone(),
                initiative.target.as_str(),
                initiative.notes.as_str(),
            ),
        };
        let status = match source {
            Some(_) => None,
            None => wording.status_line(initiative.status),
        };
        text.push_str(&line(&[
            &entry.number().half_width(),
            &initiative.title,
            &initiative.owner,
            &results,
            target,
            status.as_deref().unwrap_or_default(),
            notes,
        ]));
    }
    text
}

fn entries(plan: &Plan, part: Id) -> impl Iterator<Item = Entry<'_>> {
    let ids: Vec<Id> = match plan.node(part) {
        Some(node @ (Node::Issue(_) | Node::Strategy(_))) => {
            node.initiatives().map(|initiative| initiative.id).collect()
        }
        _ => Vec::new(),
    };
    ids.into_iter().filter_map(|id| plan.entry(id))
}

/// One line of cells. A cell with a line break, a tab or a quotation mark is quoted, as Excel
/// does it itself; one that looks like a formula is made a text.
fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join("\t") + "\r\n"
}

fn quoted(cell: &str) -> String {
    let cell = crate::export::csv::quote_formula(cell.to_owned());
    if cell.contains(['\n', '\t', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
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
            (&["=1+1"], "'=1+1\r\n"),
        ];
        for (cells, text) in cases {
            assert_eq!(line(cells), text);
        }
    }
}
