//! What one section gets: its own initiatives with the headings above them, and nothing else.

use std::sync::Arc;

use crate::plan::model::{Initiative, Issue, Plan, Strategy};

use super::{Extract, Round};

/// The part of a plan that a section fills in. Private notes stay behind, and so do reposts, which
/// are filled in at their source.
pub fn part(plan: &Plan, owner: &str) -> Plan {
    let issues = plan
        .issues()
        .iter()
        .filter_map(|it| issue(it, owner.trim()));
    let issues: Vec<Arc<Issue>> = issues.collect();
    // A part of a plan is a plan: no id occurs twice, and no repost is left.
    let part = Plan::new(plan.about().clone(), issues);
    let part = part.unwrap_or_else(|_| Plan::empty(plan.about().clone()));
    part.with_style(plan.style().clone())
}

/// A section's part as a file of its own, which knows what it was cut out of.
pub fn extract(plan: &Plan, owner: &str) -> Plan {
    let part = part(plan, owner);
    let round = plan.round();
    let extract = Extract {
        owner: owner.trim().to_owned(),
        edition: round.edition(owner),
        issues: part.issues().to_vec(),
    };
    part.with_round(Round {
        id: round.id,
        due: round.due,
        owners: Vec::new(),
        extract: Some(extract),
    })
}

fn issue(issue: &Issue, owner: &str) -> Option<Arc<Issue>> {
    let of_strategy = |strategy: &Arc<Strategy>| {
        let initiatives = initiatives(&strategy.initiatives, owner);
        let strategy = Strategy {
            initiatives,
            ..Strategy::clone(strategy)
        };
        (!strategy.initiatives.is_empty()).then(|| Arc::new(strategy))
    };
    let strategies: Vec<_> = issue.strategies.iter().filter_map(of_strategy).collect();
    let initiatives = initiatives(&issue.initiatives, owner);
    if strategies.is_empty() && initiatives.is_empty() {
        return None;
    }
    Some(Arc::new(Issue {
        id: issue.id,
        number: issue.number,
        title: issue.title.clone(),
        strategies,
        initiatives,
    }))
}

fn initiatives(all: &[Arc<Initiative>], owner: &str) -> Vec<Arc<Initiative>> {
    let own = all
        .iter()
        .filter(|it| it.repost_of.is_none() && it.owner.trim() == owner);
    let own = own.map(|initiative| {
        Arc::new(Initiative {
            memo: String::new(),
            ..Initiative::clone(initiative)
        })
    });
    own.collect()
}
