//! Two people changed one plan: this puts what both did into one plan, node by node and field by
//! field.
//!
//! What only one of them changed is taken; what both changed alike is no question. What both
//! changed differently is a [`Clash`], and until somebody decides it the merged plan holds what
//! *ours* says. The one exception is a node that one side deleted and the other went on with: it
//! stays, whoever deleted it, until somebody decides that it goes. Nothing vanishes but what one
//! side deleted and the other left alone, with everything in it.
//!
//! The steps, each in a file: which nodes stay (`survival.rs`), under which parent (`home.rs`) and
//! in which order (`order.rs`), and what they hold (`contents.rs`). Decisions are not edits of the
//! merged plan: the merge is done again with them, so that the result is always a plan.
//!
//! Lines within a text are not merged: two versions of one cell are read side by side by somebody
//! who knows which is right.

mod agreement;
mod clash;
mod contents;
mod home;
mod order;
mod survival;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    difference::{Difference, differences},
    field::Heading,
    id::Id,
    index::{Index, List},
    kind::Kind,
    model::{Issue, Plan, PlanError, Strategy},
};

pub use clash::{Clash, Decision, DecisionError, Dispute, Matter, Question, Version, Versions};

/// Why plans cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// One id is an issue in one plan and an initiative in another, say.
    #[error(
        "同じ id の項目の種類が、計画ごとに違います（{0}）。同じ計画から分かれたファイルかどうか確かめてください。"
    )]
    OtherKind(Id),
    /// Nothing known leads here: each of the plans is a tree, and so is what they make together.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Three plans in one.
#[derive(Debug, Clone)]
pub struct Merged {
    versions: Versions<Plan>,
    decisions: HashMap<Question, Decision>,
    plan: Plan,
    clashes: Vec<Clash>,
}

/// Merges what two sides made of `base`.
///
/// With `ours` and `theirs` swapped, the clashes are the same with their sides swapped, and without
/// clashes the plan is the same.
///
/// # Errors
/// When one id is of different kinds in the plans, so that they are not versions of one plan.
pub fn merge(base: &Plan, ours: &Plan, theirs: &Plan) -> Result<Merged, MergeError> {
    let versions = Versions {
        base: base.clone(),
        ours: ours.clone(),
        theirs: theirs.clone(),
    };
    let decisions = HashMap::new();
    let (plan, clashes) = run(&versions, &decisions)?;
    Ok(Merged {
        versions,
        decisions,
        plan,
        clashes,
    })
}

impl Merged {
    /// The merged plan. For each open clash it holds *ours*, or the node that only one side deleted.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What is still to be decided, in the order of the merged plan.
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }

    /// The plans that were merged.
    pub const fn versions(&self) -> &Versions<Plan> {
        &self.versions
    }

    /// What was taken from the other side: how the merged plan differs from ours.
    pub fn taken(&self) -> Vec<Difference> {
        differences(&self.versions.ours, &self.plan)
    }

    /// Decides clashes that are open, or again those that were decided before. Decided clashes are
    /// no longer listed, with one exception: reposts that would form a circle stay in the list for
    /// as long as they would, whatever is decided about them.
    ///
    /// # Errors
    /// When a question is not open or a decision is no answer to it; then nothing is decided.
    pub fn decide(
        &mut self,
        decisions: impl IntoIterator<Item = (Question, Decision)>,
    ) -> Result<(), DecisionError> {
        let mut all = self.decisions.clone();
        let open = self.clashes.iter().map(|clash| (clash.question(), clash));
        let open: HashMap<Question, &Clash> = open.collect();
        for (question, decision) in decisions {
            let is_decided = self.decisions.contains_key(&question);
            match open.get(&question) {
                Some(clash) if !clash.allows(&decision) => return Err(DecisionError::NoAnswer),
                None if !is_decided => return Err(DecisionError::NotOpen),
                _ => all.insert(question, decision),
            };
        }
        let (plan, clashes) = run(&self.versions, &all)?;
        *self = Self {
            versions: self.versions.clone(),
            decisions: all,
            plan,
            clashes,
        };
        Ok(())
    }
}

fn run(
    versions: &Versions<Plan>,
    decisions: &HashMap<Question, Decision>,
) -> Result<(Plan, Vec<Clash>), MergeError> {
    let work = |reposts| Work {
        versions: versions.as_ref().map(Index::of),
        decisions,
        reposts,
        clashes: Vec::new(),
    };
    match work(Reposts::Free).run() {
        // Each side's reposts lead somewhere; together they may form a circle.
        Err(MergeError::Plan(PlanError::CircularRepost(_))) => work(Reposts::Ours).run(),
        result => result,
    }
}

/// Whose reposts are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reposts {
    /// Like any other field.
    Free,
    /// Ours, and every one that is not the same on both sides is a clash.
    Ours,
}

struct Work<'a> {
    versions: Versions<Index<'a>>,
    decisions: &'a HashMap<Question, Decision>,
    reposts: Reposts,
    clashes: Vec<Clash>,
}

/// Which nodes the merged plan has.
#[derive(Debug, Default)]
struct Survivors {
    ids: HashSet<Id>,
    /// Those that only one side still has, and for which the version of the base was chosen.
    as_in_base: HashSet<Id>,
}

impl Work<'_> {
    fn run(mut self) -> Result<(Plan, Vec<Clash>), MergeError> {
        self.refuse_other_kinds()?;
        let mut survivors = self.survivors();
        let homes = self.homes(&mut survivors);
        let Heading {
            about,
            style,
            round,
        } = self.heading();
        let mut lists: HashMap<List, HashSet<Id>> = HashMap::new();
        for (id, parent) in homes {
            if let Some(kind) = self.kind(id) {
                lists.entry(List { parent, kind }).or_default().insert(id);
            }
        }
        let mut issues = Vec::new();
        for id in self.order(List::TOP, &lists) {
            issues.extend(self.issue(id, &lists, &survivors));
        }
        let plan = Plan::new(about, issues)?
            .with_style(style)
            .with_round(round);
        let mut clashes = self.clashes;
        let places = (1_usize..).zip(plan.nodes());
        let places: HashMap<Id, usize> = places.map(|(at, (_, node))| (node.id(), at)).collect();
        clashes.sort_by_key(|clash| {
            let place = clash.at.and_then(|id| places.get(&id)).copied();
            (place.unwrap_or_default(), clash.question().matter)
        });
        Ok((plan, clashes))
    }

    fn refuse_other_kinds(&self) -> Result<(), MergeError> {
        let Versions { base, ours, theirs } = &self.versions;
        for (index, others) in [(base, [ours, theirs]), (ours, [theirs, base])] {
            for id in index.ids() {
                let mut others = others.iter().filter_map(|other| other.kind(id));
                if others.any(|kind| Some(kind) != index.kind(id)) {
                    return Err(MergeError::OtherKind(id));
                }
            }
        }
        Ok(())
    }

    fn kind(&self, id: Id) -> Option<Kind> {
        let Versions { base, ours, theirs } = &self.versions;
        let indexes = [ours, theirs, base].into_iter();
        indexes.filter_map(|index| index.kind(id)).next()
    }

    fn issue(
        &mut self,
        id: Id,
        lists: &HashMap<List, HashSet<Id>>,
        survivors: &Survivors,
    ) -> Option<Arc<Issue>> {
        let versions = self.versions.as_ref().map(|index| index.issue(id));
        let mut issue = self.contents(Some(id), versions, survivors)?;
        let [in_strategies, direct] = [Kind::Strategy, Kind::Initiative].map(|kind| {
            let parent = Some(id);
            self.order(List { parent, kind }, lists)
        });
        issue.strategies = in_strategies
            .into_iter()
            .filter_map(|id| self.strategy(id, lists, survivors))
            .collect();
        issue.initiatives = self.initiatives(direct, survivors);
        Some(shared(issue, versions))
    }

    fn strategy(
        &mut self,
        id: Id,
        lists: &HashMap<List, HashSet<Id>>,
        survivors: &Survivors,
    ) -> Option<Arc<Strategy>> {
        let versions = self.versions.as_ref().map(|index| index.strategy(id));
        let mut strategy = self.contents(Some(id), versions, survivors)?;
        let list = List {
            parent: Some(id),
            kind: Kind::Initiative,
        };
        let initiatives = self.order(list, lists);
        strategy.initiatives = self.initiatives(initiatives, survivors);
        Some(shared(strategy, versions))
    }
}

/// A node, shared with a version that is equal to it, so that comparing stays cheap.
fn shared<T: PartialEq>(merged: T, versions: Versions<Option<&Arc<T>>>) -> Arc<T> {
    let Versions { base, ours, theirs } = versions;
    let same = [ours, theirs, base]
        .into_iter()
        .flatten()
        .find(|version| ***version == merged);
    same.map_or_else(|| Arc::new(merged), Arc::clone)
}
