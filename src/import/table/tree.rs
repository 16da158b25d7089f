//! The rows of a table as a plan.

use std::sync::Arc;

use crate::{
    export::csv::starts_formula,
    plan::{
        About, Form, Initiative, Issue, Number, Outlook, Plan, Progress, Status, Strategy,
        UNNUMBERED, half_width, parse_number,
    },
    storage::new_id,
};

use super::{
    Mapping, Meaning, Table, TableError,
    reposts::{Repost, repeat},
};

/// A plan made of a table.
#[derive(Debug, Clone)]
pub struct Taken {
    pub plan: Plan,
    /// What she should look at, in the order of the rows.
    pub unclear: Vec<Unclear>,
}

/// Something in a row that was not understood. It is left out or left as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// Counted from 1.
    pub row: usize,
    pub meaning: Meaning,
    pub text: String,
}

/// Makes a plan of a table. Every node is new: a table has no ids.
///
/// # Errors
/// When no column holds the titles.
pub fn plan(
    table: &Table,
    mapping: &Mapping,
    about: About,
    form: &Form,
) -> Result<Taken, TableError> {
    if !mapping.has(Meaning::Title) {
        return Err(TableError::NoTitle);
    }
    let mut tree = Tree {
        mapping,
        form,
        issues: Vec::new(),
        greatest: None,
        reposts: Vec::new(),
        unclear: Vec::new(),
    };
    for (n, row) in table.rows.iter().enumerate().skip(mapping.head) {
        tree.row(n + 1, row);
    }
    let issues = tree.issues.into_iter().map(Arc::new).collect();
    let mut plan = Plan::new(about, issues)?;
    let mut unclear = tree.unclear;
    let lost = repeat(&mut plan, tree.reposts).into_iter();
    unclear.extend(lost.map(|repost| Unclear {
        row: repost.row,
        meaning: Meaning::Repost,
        text: repost.source,
    }));
    unclear.sort_by_key(|it| it.row);
    Ok(Taken { plan, unclear })
}

struct Tree<'a> {
    mapping: &'a Mapping,
    form: &'a Form,
    issues: Vec<Issue>,
    /// The greatest number of an issue so far.
    greatest: Option<u32>,
    reposts: Vec<Repost>,
    unclear: Vec<Unclear>,
}

impl Tree<'_> {
    fn cell(&self, row: &[String], meaning: Meaning) -> String {
        unquoted(self.mapping.cell(row, meaning)).to_owned()
    }

    fn row(&mut self, n: usize, row: &[String]) {
        if row.iter().all(|cell| cell.trim().is_empty()) || self.heading(row) {
            return;
        }
        self.issue(n, row);
        self.strategy(n, row);
        let initiative = self.initiative(n, row);
        let Some(issue) = self.issues.last_mut() else {
            return;
        };
        let is_direct = !self.mapping.fills_down
            && self.mapping.cell(row, Meaning::StrategyNumber).is_empty()
            && self.mapping.cell(row, Meaning::Strategy).is_empty();
        match issue.strategies.last_mut().filter(|_| !is_direct) {
            Some(strategy) => Arc::make_mut(strategy).initiatives.push(initiative.into()),
            None => issue.initiatives.push(initiative.into()),
        }
    }

    /// A row that is nothing but a heading of the form: `経営課題１　…`, `戦略１－１　…`.
    fn heading(&mut self, row: &[String]) -> bool {
        if !self.mapping.fills_down {
            return false;
        }
        let mut texts = row.iter().filter(|cell| !cell.trim().is_empty());
        let (Some(text), None) = (texts.next(), texts.next()) else {
            return false;
        };
        let text = text.trim();
        let parts = |name: &str| {
            let rest = text.strip_prefix(name)?.trim_start();
            let is_number = |c: char| {
                half_width(&c.to_string()).contains(|c: char| c.is_ascii_digit() || c == '-')
            };
            let end = rest.find(|c| !is_number(c)).unwrap_or(rest.len());
            let (number, title) = rest.split_at_checked(end)?;
            let number = half_width(number);
            let number = parse_number(number.rsplit('-').next()?)?;
            Some((number, title.trim().to_owned()))
        };
        if let Some((number, title)) = parts("経営課題") {
            self.begin_issue(Some(number), title);
            return true;
        }
        match (parts("戦略"), self.issues.last_mut()) {
            (Some((number, title)), Some(issue)) => {
                issue.strategies.push(new_strategy(number, title));
                true
            }
            _ => false,
        }
    }

    /// Begins a new issue where the row is of another one than the row above.
    fn issue(&mut self, n: usize, row: &[String]) {
        let number = half_width(self.mapping.cell(row, Meaning::IssueNumber).trim());
        let title = self.cell(row, Meaning::Issue);
        let is_silent = number.is_empty() && title.trim().is_empty();
        let last = self.issues.last();
        if is_silent && self.mapping.fills_down && last.is_some() {
            return;
        }
        let next = self.greatest.unwrap_or_default().saturating_add(1);
        let same_title = last.is_some_and(|last| last.title == title);
        let read = parse_number(&number);
        let bears = match number.as_str() {
            UNNUMBERED => None,
            // Without numbers, issues are told apart by their titles.
            "" if same_title => last.and_then(|last| last.number),
            "" => Some(next),
            _ => read.or(Some(next)),
        };
        // Strategies stand before what stands in none.
        let begins_strategy = !self.mapping.cell(row, Meaning::StrategyNumber).is_empty();
        let is_same = last.is_some_and(|last| {
            let is_over = begins_strategy && !last.initiatives.is_empty();
            last.number == bears
                && (same_title || title.is_empty() && self.mapping.fills_down)
                && !is_over
        });
        if read.is_none() && !number.is_empty() && number != UNNUMBERED {
            self.not_clear(n, row, Meaning::IssueNumber);
        }
        if !is_same {
            self.begin_issue(bears, title);
        }
    }

    fn begin_issue(&mut self, number: Option<u32>, title: String) {
        self.greatest = self.greatest.max(number);
        self.issues.push(new_issue(number, title));
    }

    fn strategy(&mut self, n: usize, row: &[String]) {
        let number = half_width(self.mapping.cell(row, Meaning::StrategyNumber).trim());
        let title = self.cell(row, Meaning::Strategy);
        if number.is_empty() && title.is_empty() {
            return;
        }
        let read = number.rsplit('-').next().and_then(parse_number);
        if read.is_none() && !number.is_empty() {
            self.not_clear(n, row, Meaning::StrategyNumber);
        }
        let fills_down = self.mapping.fills_down;
        let Some(issue) = self.issues.last_mut() else {
            return;
        };
        let next = u32::try_from(issue.strategies.len() + 1).unwrap_or(u32::MAX);
        let is_same = issue.strategies.last().is_some_and(|last| {
            let same_title = last.title == title || title.is_empty() && fills_down;
            same_title && read.is_none_or(|number| number == last.number)
        });
        if !is_same {
            issue
                .strategies
                .push(new_strategy(read.unwrap_or(next), title));
        }
    }

    fn initiative(&mut self, n: usize, row: &[String]) -> Initiative {
        let id = new_id();
        let number = half_width(self.mapping.cell(row, Meaning::Number).trim());
        let read = number.rsplit('-').next().and_then(parse_number);
        if read.is_none() && !number.is_empty() {
            self.not_clear(n, row, Meaning::Number);
        }
        let place = self
            .issues
            .last()
            .map_or(0, |issue| match issue.strategies.last() {
                Some(strategy) => strategy.initiatives.len(),
                None => issue.initiatives.len(),
            });
        let next = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let source = half_width(self.mapping.cell(row, Meaning::Repost).trim());
        if !source.is_empty() {
            self.reposts.push(Repost { row: n, id, source });
        }
        Initiative {
            title: self.cell(row, Meaning::Title),
            owner: self.cell(row, Meaning::Owner),
            results: self.cell(row, Meaning::Results),
            target: self.cell(row, Meaning::Target),
            status: self.status(n, row),
            notes: self.cell(row, Meaning::Notes),
            ..Initiative::new(id, read.unwrap_or(next))
        }
    }

    fn status(&mut self, n: usize, row: &[String]) -> Status {
        let issue = self.issues.last().and_then(|issue| issue.number);
        let wording = self.form.wording(Number {
            issue,
            ..Number::default()
        });
        let words = Outlook::ALL.map(|it| (wording.outlook(it), it));
        let own = [
            ("達成見込", Outlook::OnTarget),
            ("未達成見込", Outlook::OffTarget),
        ];
        let outlook = self.axis(n, row, Meaning::Outlook, &[own, words]);
        let words = Progress::ALL.map(|it| (wording.progress(it), it));
        let own = [
            ("予定通り", Progress::OnSchedule),
            ("予定通りでない", Progress::Behind),
        ];
        let progress = self.axis(n, row, Meaning::Progress, &[own, words]);
        let both = self.mapping.cell(row, Meaning::Status);
        let said = Status {
            outlook: Outlook::ALL
                .into_iter()
                .find(|it| both.contains(wording.outlook(*it))),
            progress: Progress::ALL
                .into_iter()
                .find(|it| both.contains(wording.progress(*it))),
        };
        if said.is_unset() && !both.trim().is_empty() {
            self.not_clear(n, row, Meaning::Status);
        }
        Status {
            outlook: outlook.or(said.outlook),
            progress: progress.or(said.progress),
        }
    }

    fn axis<T: Copy>(
        &mut self,
        n: usize,
        row: &[String],
        meaning: Meaning,
        words: &[[(&str, T); 2]],
    ) -> Option<T> {
        let text = self.mapping.cell(row, meaning).trim();
        let mut words = words.iter().flatten();
        let found = words.find(|(word, _)| *word == text).map(|(_, it)| *it);
        if found.is_none() && !text.is_empty() {
            self.not_clear(n, row, meaning);
        }
        found
    }

    fn not_clear(&mut self, row: usize, cells: &[String], meaning: Meaning) {
        let text = self.mapping.cell(cells, meaning).to_owned();
        self.unclear.push(Unclear { row, meaning, text });
    }
}

fn new_issue(number: Option<u32>, title: String) -> Issue {
    Issue {
        id: new_id(),
        number,
        title,
        strategies: Vec::new(),
        initiatives: Vec::new(),
    }
}

fn new_strategy(number: u32, title: String) -> Arc<Strategy> {
    Arc::new(Strategy {
        id: new_id(),
        number,
        title,
        initiatives: Vec::new(),
    })
}

/// The apostrophe that an export puts before what a spreadsheet would take for a formula.
fn unquoted(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if starts_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}
