//! The rows of the tree as plain data.

use std::sync::Arc;

use crate::{
    plan::{Id, Initiative, Issue, Kind, Node, Number, Plan, Shown, Strategy, Tally},
    ui::View,
};

/// The node of a row.
#[derive(Debug, Clone)]
pub enum RowNode {
    Issue(Arc<Issue>),
    Strategy(Arc<Strategy>),
    Initiative(Arc<Initiative>),
}

/// What a row shows of the state of things.
#[derive(Debug, Clone, Copy)]
pub enum RowStatus {
    Own(Shown),
    Inside(Tally),
}

/// One visible row.
#[derive(Debug, Clone)]
pub struct Row {
    pub node: RowNode,
    pub number: Number,
    /// 0 for issues.
    pub depth: usize,
    /// Whether it is unfolded; `None` where there is nothing inside.
    pub expanded: Option<bool>,
    pub status: RowStatus,
    /// Place among its siblings, from 1, and their count, for screen readers.
    pub place: (usize, usize),
}

impl Row {
    pub fn id(&self) -> Id {
        match &self.node {
            RowNode::Issue(issue) => issue.id,
            RowNode::Strategy(strategy) => strategy.id,
            RowNode::Initiative(initiative) => initiative.id,
        }
    }

    pub fn kind(&self) -> Kind {
        match self.node {
            RowNode::Issue(_) => Kind::Issue,
            RowNode::Strategy(_) => Kind::Strategy,
            RowNode::Initiative(_) => Kind::Initiative,
        }
    }

    pub fn title(&self) -> &str {
        match &self.node {
            RowNode::Issue(issue) => &issue.title,
            RowNode::Strategy(strategy) => &strategy.title,
            RowNode::Initiative(initiative) => &initiative.title,
        }
    }

    /// The number as it stands in the row; the unnumbered part itself has none.
    pub fn number_text(&self) -> String {
        match (self.number.issue, self.number.initiative) {
            (None, None) => String::new(),
            _ => self.number.full_width(),
        }
    }
}

/// All rows that are not folded away.
pub fn rows(plan: &Plan, view: &View) -> Vec<Row> {
    let mut rows = Vec::new();
    let issues = plan.issues().len();
    for (i, issue) in plan.issues().iter().enumerate() {
        if !view.filter.leaves(issue.id) {
            continue;
        }
        let number = Number {
            issue: issue.number,
            ..Number::default()
        };
        let inside = issue.strategies.len() + issue.initiatives.len();
        let expanded = (inside > 0).then(|| view.is_expanded(issue.id));
        rows.push(Row {
            node: RowNode::Issue(Arc::clone(issue)),
            number,
            depth: 0,
            expanded,
            status: RowStatus::Inside(plan.tally(Node::Issue(issue))),
            place: (i + 1, issues),
        });
        if expanded != Some(true) {
            continue;
        }
        for (s, strategy) in issue.strategies.iter().enumerate() {
            if !view.filter.leaves(strategy.id) {
                continue;
            }
            let number = Number {
                strategy: Some(strategy.number),
                ..number
            };
            let has_any = !strategy.initiatives.is_empty();
            let expanded = has_any.then(|| view.is_expanded(strategy.id));
            rows.push(Row {
                node: RowNode::Strategy(Arc::clone(strategy)),
                number,
                depth: 1,
                expanded,
                status: RowStatus::Inside(plan.tally(Node::Strategy(strategy))),
                place: (s + 1, inside),
            });
            if expanded == Some(true) {
                push_initiatives(&mut rows, (plan, view), &strategy.initiatives, number, 2, 0);
            }
        }
        let before = issue.strategies.len();
        push_initiatives(
            &mut rows,
            (plan, view),
            &issue.initiatives,
            number,
            1,
            before,
        );
    }
    rows
}

fn push_initiatives(
    rows: &mut Vec<Row>,
    (plan, view): (&Plan, &View),
    initiatives: &[Arc<Initiative>],
    parent: Number,
    depth: usize,
    siblings_before: usize,
) {
    let count = siblings_before + initiatives.len();
    for (n, initiative) in initiatives.iter().enumerate() {
        if !view.filter.leaves(initiative.id) {
            continue;
        }
        rows.push(Row {
            node: RowNode::Initiative(Arc::clone(initiative)),
            number: Number {
                initiative: Some(initiative.number),
                ..parent
            },
            depth,
            expanded: None,
            status: RowStatus::Own(plan.shown(initiative)),
            place: (siblings_before + n + 1, count),
        });
    }
}
