//! The findings as lines, by kind, made anew only when they are others.

use std::collections::HashSet;

use crate::{
    plan::checks::{Finding, Rule},
    session::{Revision, Session},
    ui::{View, memo::Memo},
};

use super::{steps::Stand, ticks::Ticks};

/// What the tab shows.
#[derive(Debug, Default)]
pub struct ChecksState {
    /// Only this rule.
    pub rule: Option<Rule>,
    pub shows_ignored: bool,
    /// The finding that was gone to last.
    pub at: Option<Stand>,
    /// What is to be fixed or left together. All of it is in the list.
    pub ticks: Ticks,
    listing: Memo<(Option<Revision>, Option<Rule>, bool), Listing>,
}

/// The findings that are asked for.
#[derive(Debug, Default)]
pub struct Listing {
    /// By kind, the worst first; of a kind in the order of the document.
    pub kinds: Vec<Kind>,
    /// What is drawn, one under the other.
    pub lines: Vec<Line>,
    /// The rules of which something was found, with how often.
    pub rules: Vec<(Rule, usize)>,
    /// How many of all have a fix.
    pub fixable: usize,
}

/// The findings of a rule.
#[derive(Debug)]
pub struct Kind {
    pub rule: Rule,
    pub rows: Vec<Row>,
    /// How many are not left as they are, and how many of these have a fix.
    pub open: usize,
    pub fixable: usize,
}

/// A finding in the list.
#[derive(Debug)]
pub struct Row {
    pub finding: Finding,
    /// Why it is left as it is; `None` where it is not.
    pub ignored: Option<String>,
}

/// A line of the list: the heading of a kind, or one of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Heading(usize),
    Row(usize, usize),
}

impl Kind {
    fn of(rule: Rule) -> Self {
        Self {
            rule,
            rows: Vec::new(),
            open: 0,
            fixable: 0,
        }
    }

    /// Those that are not left as they are.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        let rows = self.rows.iter().filter(|row| row.ignored.is_none());
        rows.map(|row| &row.finding)
    }
}

impl ChecksState {
    pub fn listing(&self) -> &Listing {
        self.listing.get()
    }

    /// Those that are ticked, in the order of the list; all of it where none is.
    pub fn chosen(&self) -> Vec<Finding> {
        let open = self.listing().kinds.iter().flat_map(Kind::open);
        let is_chosen = |it: &&Finding| self.ticks.count() == 0 || self.ticks.contains(it);
        open.filter(is_chosen).cloned().collect()
    }

    /// Ticks a line of the list, or takes its tick away; a heading's is that of all its rows.
    pub fn tick(&mut self, line: Line, on: bool) {
        let (Line::Heading(kind) | Line::Row(kind, _)) = line;
        let Some(kind) = self.listing.get().kinds.get(kind) else {
            return;
        };
        match line {
            Line::Heading(_) => self.ticks.set(kind.open().cloned(), on),
            Line::Row(_, row) => {
                let row = kind.rows.get(row).map(|row| row.finding.clone());
                self.ticks.set(row.into_iter(), on);
            }
        }
    }
}

/// Makes the lines anew where the findings or what is asked for are others.
pub fn refresh(session: &Session, view: &mut View) {
    let Some(checks) = session.checking().checks() else {
        return;
    };
    let state = &mut view.checks;
    let (rule, shows_ignored) = (state.rule, state.shows_ignored);
    let key = (session.checking().checked(), rule, shows_ignored);
    let is_new = state.listing.refresh(key, |_| {
        let mut listing = Listing::default();
        for finding in checks.findings() {
            match listing.rules.iter_mut().find(|(of, _)| *of == finding.rule) {
                Some((_, count)) => *count += 1,
                None => listing.rules.push((finding.rule, 1)),
            }
            listing.add(rule, finding, None);
        }
        if shows_ignored {
            for (finding, why) in checks.ignored() {
                listing.add(rule, finding, Some(why.to_owned()));
            }
        }
        listing.in_order()
    });
    if is_new && state.ticks.count() > 0 {
        let open = state.listing.get().kinds.iter().flat_map(Kind::open);
        let there: HashSet<&Finding> = open.collect();
        state.ticks.keep(&there);
    }
}

impl Listing {
    fn add(&mut self, asked_for: Option<Rule>, finding: &Finding, ignored: Option<String>) {
        let rule = finding.rule;
        if asked_for.is_some_and(|asked_for| asked_for != rule) {
            return;
        }
        let kind = match self.kinds.iter().position(|kind| kind.rule == rule) {
            Some(at) => self.kinds.get_mut(at),
            None => {
                self.kinds.push(Kind::of(rule));
                self.kinds.last_mut()
            }
        };
        let Some(kind) = kind else { return };
        if ignored.is_none() {
            kind.open += 1;
            kind.fixable += usize::from(finding.fix.is_some());
        }
        kind.rows.push(Row {
            finding: finding.clone(),
            ignored,
        });
    }

    fn in_order(mut self) -> Self {
        let order = |rule: Rule| (rule.severity(), rule);
        self.rules.sort_by_key(|(rule, _)| order(*rule));
        self.kinds.sort_by_key(|kind| order(kind.rule));
        self.fixable = self.kinds.iter().map(|kind| kind.fixable).sum();
        for (n, kind) in self.kinds.iter().enumerate() {
            self.lines.push(Line::Heading(n));
            let rows = 0..kind.rows.len();
            self.lines.extend(rows.map(|row| Line::Row(n, row)));
        }
        self
    }
}
