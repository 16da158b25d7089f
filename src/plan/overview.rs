//! The whole plan at a glance: counts, what needs attention, and what is still empty, as plain
//! data from one pass over the plan.
//!
//! The set behind each number is a list of `pick::Pick`. Words, colours and the wordings of the
//! axes are not here, and neither is remembering an overview until the plan changes.

use std::{collections::HashMap, sync::Arc};

use super::{
    id::Id,
    matrix::Matrix,
    model::{Entry, Issue, Plan, Strategy},
    number::Number,
    owners::{OwnerGaps, Owners},
    status::Standing,
    tally::Tally,
};

/// How a plan stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overview {
    pub total: Tally,
    pub matrix: Matrix,
    /// One for each issue, in the order of the document; the unnumbered part is one of them.
    pub groups: Vec<Arc<Group>>,
    /// All that is off target or behind, the worst first, then in the order of the document.
    pub attention: Vec<Attention>,
    /// Owners in order of their first initiative; initiatives without an owner come last.
    pub gaps: Vec<OwnerGaps>,
}

/// An issue with its counts. They are those of its strategies and of its direct initiatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub issue: Arc<Issue>,
    pub number: Number,
    pub tally: Tally,
    pub matrix: Matrix,
    pub strategies: Vec<StrategyGroup>,
    /// In the order in which the whole plan lists them.
    pub attention: Vec<Attention>,
    /// Whether a missing owner is a gap, only the whole plan knows.
    gaps: Vec<OwnerGaps>,
}

/// A strategy with its counts.
#[derive(Debug, Clone, PartialEq)]
pub struct StrategyGroup {
    pub strategy: Arc<Strategy>,
    pub number: Number,
    pub tally: Tally,
}

/// An initiative that is off target or behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attention {
    pub id: Id,
    pub number: Number,
    pub standing: Standing,
}

impl Overview {
    /// Looks at every initiative once.
    pub fn of(plan: &Plan) -> Self {
        Self::default().after_changes(plan)
    }

    /// The overview of the plan as it is now, when this one is of the plan as it was. It looks
    /// only at issues in which something has changed: reading the texts of 100,000 initiatives,
    /// to see whether they are empty, would take longer than a frame at every keystroke.
    pub fn after_changes(&self, plan: &Plan) -> Self {
        let known: HashMap<Id, &Arc<Group>> = self
            .groups
            .iter()
            .map(|group| (group.issue.id, group))
            .collect();
        let group = |issue: &Arc<Issue>| match known.get(&issue.id) {
            Some(group) if Arc::ptr_eq(&group.issue, issue) => Arc::clone(group),
            _ => Arc::new(Group::of(issue)),
        };
        Self::from_groups(plan.issues().iter().map(group).collect())
    }

    fn from_groups(groups: Vec<Arc<Group>>) -> Self {
        let mut overview = Self::default();
        let mut owners = Owners::default();
        for group in &groups {
            overview.total += group.tally;
            overview.matrix += group.matrix;
            overview.attention.extend_from_slice(&group.attention);
            owners.add_all(&group.gaps);
        }
        sort_by_urgency(&mut overview.attention);
        overview.gaps = owners.of_plan();
        overview.groups = groups;
        overview
    }
}

impl Group {
    fn of(issue: &Arc<Issue>) -> Self {
        let number = Number {
            issue: issue.number,
            ..Number::default()
        };
        let mut group = Self {
            issue: Arc::clone(issue),
            number,
            tally: Tally::default(),
            matrix: Matrix::default(),
            strategies: Vec::with_capacity(issue.strategies.len()),
            attention: Vec::new(),
            gaps: Vec::new(),
        };
        let mut owners = Owners::default();
        for strategy in &issue.strategies {
            let mut tally = Tally::default();
            for initiative in &strategy.initiatives {
                tally.add(initiative);
                let strategy = Some(strategy);
                group.look_at(
                    Entry {
                        issue,
                        strategy,
                        initiative,
                    },
                    &mut owners,
                );
            }
            group.tally += tally;
            group.strategies.push(StrategyGroup {
                strategy: Arc::clone(strategy),
                number: Number {
                    strategy: Some(strategy.number),
                    ..number
                },
                tally,
            });
        }
        for initiative in &issue.initiatives {
            group.tally.add(initiative);
            let strategy = None;
            group.look_at(
                Entry {
                    issue,
                    strategy,
                    initiative,
                },
                &mut owners,
            );
        }
        sort_by_urgency(&mut group.attention);
        group.gaps = owners.of_part();
        group
    }

    fn look_at<'a>(&mut self, entry: Entry<'a>, owners: &mut Owners<'a>) {
        let initiative = entry.initiative;
        if initiative.repost_of.is_some() {
            return;
        }
        self.matrix.add(initiative.status);
        owners.add(initiative);
        let standing = initiative.status.standing();
        if standing.is_bad() {
            self.attention.push(Attention {
                id: initiative.id,
                number: entry.number(),
                standing,
            });
        }
    }
}

impl Attention {
    /// The first line of its notes that is not blank; empty if there is none.
    pub fn note<'a>(&self, plan: &'a Plan) -> &'a str {
        let notes = plan.initiative(self.id).map(|it| it.notes.as_str());
        let mut lines = notes.unwrap_or_default().lines().map(str::trim);
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    }
}

/// The worst first. The sort is stable, so what is equally bad keeps its order.
fn sort_by_urgency(attention: &mut [Attention]) {
    attention.sort_by_key(|it| match it.standing {
        Standing::BothBad => 0,
        Standing::OffTarget => 1,
        Standing::Behind => 2,
        Standing::Unassessed => 3,
        Standing::Good => 4,
    });
}
