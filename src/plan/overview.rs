//! The whole plan at a glance: counts, what needs attention, and what is still empty, as plain
//! data from one pass over the plan.
//!
//! The set behind each number is a list of `pick::Pick`. Words and colours are not here, and neither
//! is remembering an overview until the plan changes.

use std::{collections::HashMap, sync::Arc};

use crate::form::{Form, Key, Needed};

use super::{
    id::Id,
    matrix::Matrix,
    model::{Node, Plan},
    number::Number,
    owners::{OwnerGaps, Owners},
    status::Standing,
    sums::Sums,
    tally::Tally,
};

/// How a plan stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overview {
    /// One for each of the levels that are assessed, in the order of the form.
    pub counted: Vec<Counted>,
    pub sums: Sums,
    /// One for each node at the top, in the order of the document.
    pub groups: Vec<Arc<Group>>,
    /// All of which something is not good, the worst first, then in the order of the document.
    pub attention: Vec<Attention>,
    /// Owners in the order in which they come in the plan; what has no owner comes last.
    pub gaps: Vec<OwnerGaps>,
    /// With which form and at which review all of this was counted.
    form: Arc<Form>,
    review: Key,
}

/// How the nodes of a level stand, together with those of all levels that are counted with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    pub level: Key,
    pub tally: Tally,
    /// One table of both axes, or one row for each axis.
    pub matrices: Vec<Matrix>,
}

/// A node at the top with the counts of all that is in it, itself included.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub node: Arc<Node>,
    pub number: Number,
    /// As in the whole plan.
    pub counted: Vec<Counted>,
    pub sums: Sums,
    /// The nodes right in it that may hold others.
    pub below: Vec<Below>,
    /// In the order in which the whole plan lists them.
    pub attention: Vec<Attention>,
    /// Whether a missing owner is a gap, only the whole plan knows.
    gaps: Vec<OwnerGaps>,
}

/// A node right below one at the top, with the counts of all that is in it, itself included.
#[derive(Debug, Clone, PartialEq)]
pub struct Below {
    pub node: Arc<Node>,
    pub number: Number,
    /// As in the whole plan.
    pub counted: Vec<Counted>,
    pub sums: Sums,
}

/// A node of which something is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attention {
    pub id: Id,
    pub standing: Standing,
}

impl Overview {
    /// Looks at every node once.
    pub fn of(plan: &Plan) -> Self {
        Self::default().after_changes(plan)
    }

    /// The overview of the plan as it is now, when this one is of the plan as it was. It looks
    /// only into nodes at the top in which something has changed: reading the texts of 100,000
    /// nodes, to see whether they are empty, would take longer than a frame at every keystroke.
    pub fn after_changes(&self, plan: &Plan) -> Self {
        let is_same_form = Arc::ptr_eq(&self.form, plan.form()) && self.review == plan.review();
        let known = self.groups.iter().filter(|_| is_same_form);
        let known: HashMap<Id, &Arc<Group>> = known.map(|it| (it.node.id, it)).collect();
        let counter = Counter::new(plan);
        let group = |node: &Arc<Node>| match known.get(&node.id) {
            Some(group) if Arc::ptr_eq(&group.node, node) => Arc::clone(group),
            _ => Arc::new(counter.group(node)),
        };
        counter.overview(plan.top().iter().map(group).collect())
    }

    /// How that part of a plan stands whose nodes are kept.
    pub fn of_part(plan: &Plan, keeps: &dyn Fn(Id) -> bool) -> Self {
        let counter = Counter {
            keeps: Some(keeps),
            ..Counter::new(plan)
        };
        let kept = plan.top().iter().filter(|node| keeps(node.id));
        counter.overview(kept.map(|node| Arc::new(counter.group(node))).collect())
    }

    /// All that is counted, whatever its level.
    pub fn total(&self) -> Tally {
        total(&self.counted)
    }

    /// Whether anybody is named as owner, so that a missing owner is a gap.
    pub fn has_owners(&self) -> bool {
        self.gaps.iter().any(|owner| !owner.owner.is_empty())
    }
}

impl Group {
    /// All that is counted, whatever its level.
    pub fn total(&self) -> Tally {
        total(&self.counted)
    }
}

impl Below {
    /// All that is counted, whatever its level.
    pub fn total(&self) -> Tally {
        total(&self.counted)
    }
}

fn total(counted: &[Counted]) -> Tally {
    let mut total = Tally::default();
    for level in counted {
        total += level.tally;
    }
    total
}

/// What counting in one plan needs to know of its form.
struct Counter<'a> {
    plan: &'a Plan,
    /// What is looked at; everything where `None`.
    keeps: Option<&'a dyn Fn(Id) -> bool>,
    /// Counts of nothing.
    empty: Vec<Counted>,
    no_sums: Sums,
    /// For each level that is assessed, the place where it is counted.
    places: Vec<(Key, usize)>,
}

impl<'a> Counter<'a> {
    fn new(plan: &'a Plan) -> Self {
        let form = plan.form();
        let empty = form.assessed().map(|level| Counted {
            level: level.key,
            tally: Tally::default(),
            matrices: Matrix::of_level(level),
        });
        let empty: Vec<Counted> = empty.collect();
        let place = |level: Key| empty.iter().position(|counted| counted.level == level);
        let levels = form.levels.iter().filter(|level| level.is_assessed());
        let places = levels.filter_map(|level| {
            let first = form.first_of_name(level).key;
            Some((level.key, place(first)?))
        });
        Self {
            plan,
            keeps: None,
            places: places.collect(),
            empty,
            no_sums: Sums::empty(form),
        }
    }

    fn overview(&self, groups: Vec<Arc<Group>>) -> Overview {
        let mut overview = Overview {
            counted: self.empty.clone(),
            sums: self.no_sums.clone(),
            form: Arc::clone(self.plan.form()),
            review: self.plan.review(),
            ..Overview::default()
        };
        let mut owners = Owners::default();
        for group in &groups {
            add_all(&mut overview.counted, &group.counted);
            overview.sums += &group.sums;
            overview.attention.extend_from_slice(&group.attention);
            owners.add_all(&group.gaps);
        }
        sort_by_urgency(&mut overview.attention);
        overview.gaps = owners.of_plan();
        overview.groups = groups;
        overview
    }

    fn group(&self, node: &Arc<Node>) -> Group {
        let mut number = Number::default();
        number.push(node.level, node.number);
        let mut group = Group {
            node: Arc::clone(node),
            counted: self.empty.clone(),
            sums: self.no_sums.clone(),
            below: Vec::new(),
            attention: Vec::new(),
            gaps: Vec::new(),
            number,
        };
        self.count(node, &mut group.counted, &mut group.sums);
        for child in node.children.iter().filter(|child| self.keeps(child)) {
            let holds = self
                .plan
                .form()
                .levels_in(Some(child.level))
                .next()
                .is_some();
            if holds {
                let below = self.below(child, group.number.clone());
                add_all(&mut group.counted, &below.counted);
                group.sums += &below.sums;
                group.below.push(below);
            } else {
                self.count(child, &mut group.counted, &mut group.sums);
            }
        }
        let mut owners = Owners::default();
        let own = |node: &&Arc<Node>| !node.is_repost() && self.keeps(node);
        for node in node.with_below().filter(own) {
            let level = self.plan.level(node);
            if level.is_filled_in() {
                owners.add(self.plan, node);
            }
            let standing = self.plan.standing(node);
            if standing.is_bad() {
                let id = node.id;
                group.attention.push(Attention { id, standing });
            }
        }
        sort_by_urgency(&mut group.attention);
        group.gaps = owners.of_part();
        group
    }

    fn below(&self, node: &Arc<Node>, mut number: Number) -> Below {
        number.push(node.level, node.number);
        let mut below = Below {
            node: Arc::clone(node),
            number,
            counted: self.empty.clone(),
            sums: self.no_sums.clone(),
        };
        for node in node.with_below().filter(|node| self.keeps(node)) {
            self.count(node, &mut below.counted, &mut below.sums);
        }
        below
    }

    fn keeps(&self, node: &Node) -> bool {
        self.keeps.is_none_or(|keeps| keeps(node.id))
    }

    /// Counts this very node.
    fn count(&self, node: &Node, counted: &mut [Counted], sums: &mut Sums) {
        sums.add(self.plan, node);
        let mut places = self.places.iter();
        let place = places
            .find(|(level, _)| *level == node.level)
            .map(|(_, at)| at);
        let Some(counted) = place.and_then(|place| counted.get_mut(*place)) else {
            return;
        };
        counted.tally.add(self.plan, node);
        if !node.is_repost() {
            for matrix in &mut counted.matrices {
                matrix.add(self.plan, node);
            }
        }
    }
}

fn add_all(counted: &mut [Counted], more: &[Counted]) {
    for (counted, more) in counted.iter_mut().zip(more) {
        counted.tally += more.tally;
        for (matrix, more) in counted.matrices.iter_mut().zip(&more.matrices) {
            *matrix += more;
        }
    }
}

impl Attention {
    /// The first line that is not blank of what has to be said where something is not good; empty if
    /// there is none.
    pub fn note<'a>(&self, plan: &'a Plan) -> &'a str {
        let Some(node) = plan.node(self.id) else {
            return "";
        };
        let fields = plan.level(node).fields.iter();
        let notes = fields.filter(|it| it.is_written() && it.needed == Needed::WhenBad);
        let lines = notes.flat_map(|field| plan.answer(node, field).lines());
        lines
            .map(str::trim)
            .find(|line| !line.is_empty())
            .unwrap_or_default()
    }
}

/// The worst first. The sort is stable, so what is equally bad keeps its order.
fn sort_by_urgency(attention: &mut [Attention]) {
    attention.sort_by_key(|it| match it.standing {
        Standing::Worst => 0,
        Standing::Bad => 1,
        Standing::Concern => 2,
        Standing::Unassessed => 3,
        Standing::Good => 4,
        Standing::NotRated => 5,
    });
}
