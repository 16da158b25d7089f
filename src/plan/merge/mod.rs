//! Two people changed one plan: this puts what both did into one plan, node by node and property
//! by property.
//!
//! What only one of them changed is taken; what both changed alike is no question. What both
//! changed differently is a [`Clash`], and until somebody decides it the merged plan holds what
//! *ours* says. The one exception is a node that one side deleted and the other went on with: it
//! stays, whoever deleted it, until somebody decides that it goes. Nothing vanishes but what one
//! side deleted and the other left alone, with everything in it.
//!
//! The steps, each in a file: which nodes stay (`survival.rs`), under which parent (`home.rs`) and
//! in which order (`order.rs`), and what they say (`contents.rs`). Decisions are not edits of the
//! merged plan: the merge is done again with them, so that the result is always a plan.
//!
//! The form is one thing, like a text. Where one side changed it and the other one did what only
//! the old form has a place for, that is a question too, and until it is answered the merged plan
//! has a form that has a place for everything.
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

use crate::form::{Field, Form, MAX_DEPTH, Slot};

use super::{
    difference::{Difference, differences},
    id::Id,
    index::Index,
    model::{Node, Plan},
    property::{Heading, Property, Value},
    sound::PlanError,
};

pub use clash::{Clash, Decision, DecisionError, Dispute, Matter, Question, Version, Versions};

/// Why plans cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    #[error(
        "同じ id の項目の階層が、計画ごとに違います（{0}）。同じ計画から分かれたファイルか、様式が同じかを確かめてください。"
    )]
    OtherLevel(Id),
    #[error(
        "様式が変わっていて、もう一方の変更が収まりません。{0}。どちらかの様式に、その置き場所を足してください。"
    )]
    Form(PlanError),
    /// Each of two forms may allow what the other one forbids.
    #[error(
        "置き場所の変更を合わせると、入れ子が深すぎるか、自分自身の中に置くことになります（id {0}）。どちらかの計画で、もとの場所に戻してください。"
    )]
    NoPlace(Id),
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
/// When one id is of different levels in the plans, so that they are not versions of one plan, and
/// when no form of the three has a place for all that both did.
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

    /// What one side has written in a field that the other side's form does not have any more: it is
    /// kept, and not printed. By node and slot, in the order of the document.
    pub fn out_of_sight(&self) -> Vec<(Option<Id>, Slot)> {
        let Versions { base, ours, theirs } = &self.versions;
        if ours.form() == theirs.form() {
            return Vec::new();
        }
        let is_lost = |at: Option<Id>, slot: Slot| {
            let is_new = self.plan.text(at, slot) != base.text(at, slot);
            let had_place = [ours, theirs]
                .into_iter()
                .any(|side| side.field_of(at, slot).is_some());
            is_new && had_place && self.plan.field_of(at, slot).is_none()
        };
        let plan_wide = self.plan.values().iter().map(|(slot, _)| (None, slot));
        let nodes = self.plan.nodes().flat_map(|entry| {
            let id = Some(entry.node.id);
            entry.node.values.iter().map(move |(slot, _)| (id, slot))
        });
        let all = plan_wide.chain(nodes);
        all.filter(|(at, slot)| is_lost(*at, *slot)).collect()
    }

    /// Whether a decision answers this clash. A text of one's own is no answer where the form asks
    /// for one of several, or for a number.
    pub fn allows(&self, clash: &Clash, decision: &Decision) -> bool {
        let is_written = match (clash.question().matter, decision) {
            (Matter::Value(Property::Text(slot)), Decision::Text(_)) => {
                let field = self.plan.field_of(clash.at, slot);
                field.is_none_or(Field::is_written)
            }
            _ => true,
        };
        is_written && clash.allows(decision)
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
                Some(clash) if !self.allows(clash, &decision) => {
                    return Err(DecisionError::NoAnswer);
                }
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
    /// Like anything else that is said.
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

/// What is known of the merged plan before its nodes are put together.
struct Frame {
    survivors: Survivors,
    siblings: Siblings,
    /// By whose fields the nodes are gone through.
    form: Arc<Form>,
}

/// What stands in each node, and at the top (`None`).
type Siblings = HashMap<Option<Id>, HashSet<Id>>;

impl<'a> Work<'a> {
    fn run(mut self) -> Result<(Plan, Vec<Clash>), MergeError> {
        self.refuse_other_levels()?;
        let mut survivors = self.survivors();
        let homes = self.homes(&mut survivors);
        let mut siblings = Siblings::new();
        for (id, parent) in &homes {
            siblings.entry(*parent).or_default().insert(*id);
        }
        let heading = self.heading();
        let frame = Frame {
            survivors,
            siblings,
            form: Arc::clone(&heading.form),
        };
        let nodes = self.nodes(None, 1, &frame);
        let form = self.fitting_form(&heading, &nodes)?;
        let Heading {
            about,
            form: _,
            values,
            style,
            round,
        } = heading;
        let plan = Plan::new(about, form, nodes)?
            .with_values(values)
            .with_style(style)
            .with_round(round);
        if let Some(id) = homes.keys().find(|id| !plan.contains(**id)) {
            return Err(MergeError::NoPlace(*id));
        }
        let mut clashes = self.clashes;
        let places = (1_usize..).zip(plan.nodes());
        let places: HashMap<Id, usize> = places.map(|(at, entry)| (entry.node.id, at)).collect();
        // What a node says differently stays in the order of the form.
        clashes.sort_by_key(|clash| {
            let place = clash.at.and_then(|id| places.get(&id)).copied();
            (place.unwrap_or_default(), clash.question().matter.rank())
        });
        Ok((plan, clashes))
    }

    fn refuse_other_levels(&self) -> Result<(), MergeError> {
        let Versions { base, ours, theirs } = &self.versions;
        for (index, others) in [(base, [ours, theirs]), (ours, [theirs, base])] {
            for id in index.ids() {
                let mut others = others.iter().filter_map(|other| other.level(id));
                if others.any(|level| Some(level) != index.level(id)) {
                    return Err(MergeError::OtherLevel(id));
                }
            }
        }
        Ok(())
    }

    /// The form of the merged plan. Where it has no place for what both sides did together, one of
    /// the others may have, and which of them it is to be is a question.
    fn fitting_form(
        &mut self,
        heading: &Heading,
        nodes: &[Arc<Node>],
    ) -> Result<Arc<Form>, MergeError> {
        let fits = |form: &Form| form.require(&heading.about, nodes);
        let Err(error) = fits(&heading.form) else {
            return Ok(Arc::clone(&heading.form));
        };
        let matter = Matter::Value(Property::Form);
        let question = Question { at: None, matter };
        let forms = self.versions.as_ref();
        let forms = forms.map(|index| Arc::clone(index.plan().form()));
        let all = [&forms.ours, &forms.theirs, &forms.base];
        let is_open = self.decided(question).is_none();
        let fitting = all.into_iter().find(|form| is_open && fits(form).is_ok());
        let fitting = fitting.cloned().ok_or(MergeError::Form(error))?;
        if !self.clashes.iter().any(|it| it.question() == question) {
            let dispute = Dispute::Value(forms.map(|form| Some(Value::Form(form))));
            self.clashes.push(Clash { at: None, dispute });
        }
        Ok(fitting)
    }

    /// What stands in a node, or at the top (`None`). Nothing is put deeper than a plan can be.
    fn nodes(&mut self, parent: Option<Id>, depth: usize, frame: &Frame) -> Vec<Arc<Node>> {
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        let ids = self.order(parent, &frame.siblings).into_iter();
        ids.filter_map(|id| self.node(id, depth, frame)).collect()
    }

    /// A node with all that stands in it, shared with a version that is equal to it, so that
    /// comparing stays cheap.
    fn node(&mut self, id: Id, depth: usize, frame: &Frame) -> Option<Arc<Node>> {
        let versions = self.versions.as_ref().map(|index| index.node(id));
        let own = self.contents(id, versions, frame)?;
        let children = self.nodes(Some(id), depth + 1, frame);
        let Versions { base, ours, theirs } = versions;
        let is_equal =
            |version: &&Arc<Node>| version.same_values(&own) && version.children == children;
        let versions = [ours, theirs, base].into_iter().flatten();
        if let Some(version) = versions.into_iter().find(is_equal) {
            return Some(Arc::clone(version));
        }
        Some(Arc::new(Node {
            children,
            ..own.without_children()
        }))
    }
}
