//! Going from finding to finding, in the order of the document.

use std::cmp::Ordering;

use crate::{
    plan::{Id, Plan, checks::Finding},
    session::{Action, Session, words},
    ui::{View, Wish},
};

/// The finding that was gone to last, and which of all it was: its place is known after it is fixed.
#[derive(Debug, Clone)]
pub struct Stand {
    finding: Finding,
    at: usize,
}

impl super::ChecksState {
    /// Whether this is the finding that was gone to last.
    pub fn is_at(&self, finding: &Finding) -> bool {
        self.at.as_ref().is_some_and(|at| at.finding == *finding)
    }
}

/// Remembers that she went to a finding, from wherever.
pub fn go_to(session: &Session, view: &mut View, finding: &Finding) {
    let checks = session.checking().checks();
    let at = checks.and_then(|checks| checks.findings().position(|it| it == finding));
    view.checks.at = at.map(|at| Stand {
        finding: finding.clone(),
        at,
    });
}

/// The next finding (`1`) or the one before (`-1`): from the one that was gone to last as long as
/// its node is open, and else from the node that is.
pub fn step(session: &Session, view: &View, by: isize, wishes: &mut Vec<Wish>) {
    let Some(checks) = session.checking().checks() else {
        return;
    };
    let findings: Vec<&Finding> = checks.findings().collect();
    let next = match place(session.document().plan(), view, &findings) {
        Place::At(n) => n.checked_add_signed(by),
        Place::Before(n) if by > 0 => Some(n),
        Place::Before(n) => n.checked_sub(1),
    };
    if let Some((at, finding)) = next.and_then(|next| Some((next, *findings.get(next)?))) {
        let text = words::at_finding(at + 1, findings.len(), &finding.explanation);
        wishes.push(Wish::ShowFinding(finding.clone()));
        wishes.push(Action::Say(text).into());
    }
}

/// Where she is among the findings.
enum Place {
    At(usize),
    Before(usize),
}

fn place(plan: &Plan, view: &View, findings: &[&Finding]) -> Place {
    let last = view.checks.at.as_ref();
    if let Some(last) = last.filter(|last| last.finding.node == view.selected) {
        let same = findings.iter().position(|it| **it == last.finding);
        return same.map_or(Place::Before(last.at.min(findings.len())), Place::At);
    }
    let is_before = |finding: &&&Finding| order(plan, finding.node, view.selected).is_lt();
    Place::Before(findings.iter().take_while(is_before).count())
}

/// Which of two is read first; the plan as a whole is before all nodes.
fn order(plan: &Plan, one: Option<Id>, other: Option<Id>) -> Ordering {
    let path = |id: Option<Id>| id.and_then(|id| plan.path(id));
    path(one).cmp(&path(other))
}
