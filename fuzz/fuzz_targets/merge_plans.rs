//! What two people did to a plan, or to its form: merged into a plan that can be saved, whatever is
//! decided.
#![no_main]

use std::sync::Arc;

use furikaeri::{
    form::{Form, Key, Slot},
    plan::{Decision, DecisionError, Edit, Id, MergeError, Node, Plan, Version, merge},
    storage::format,
};
use libfuzzer_sys::{
    arbitrary::{self, Arbitrary},
    fuzz_target,
};

#[path = "../../tests/support/plans.rs"]
#[allow(dead_code, reason = "the tests need more of it")]
mod plans;

/// What somebody wants done; a number chooses among what there is in whatever plan it is.
#[derive(Debug, Arbitrary)]
enum Wish {
    /// In one of the fields of a node, or in its title, owner or memo.
    Say(u8, u8, String),
    /// One of the answers of such a field.
    Choose(u8, u8, u8),
    SayOfPlan(u8, String),
    Number(u8, Option<u8>),
    Repost(u8, Option<u8>),
    Organisation(String),
    FieldName(u8, u8, String),
    RemoveField(u8, u8),
    Add(u8, u8, u8, u8),
    Remove(u8),
    Move(u8, u8, u8),
}

/// One of these, if there are any.
fn among<T>(all: &[T], at: u8) -> Option<&T> {
    all.get(usize::from(at) % all.len().max(1))
}

/// Where something can be said at a level, or of the plan as a whole, and a field that is gone.
fn slots(plan: &Plan, level: Option<Key>) -> Vec<Slot> {
    let fields = plan.form().fields(level).iter();
    let mut slots: Vec<Slot> = fields.flat_map(|field| plan.form().slots(field)).collect();
    slots.push(plans::slot("gone"));
    if level.is_some() {
        slots.extend(Slot::OF_EVERY_NODE);
    }
    slots
}

impl Wish {
    fn edit(&self, plan: &Plan) -> Option<Edit> {
        let ids = plans::ids(plan);
        let node = |at: u8| {
            let at = usize::from(at) % (ids.len() + 1);
            ids.get(at).copied().unwrap_or(Id::from_bits(0xDEAD))
        };
        let parent = |at: u8| (at > 0).then(|| node(at - 1));
        let slot = |id: Id, at: u8| {
            let level = plan.node(id).map(|node| node.level);
            among(&slots(plan, level), at).copied()
        };
        Some(match self {
            Self::Say(at, field, text) => {
                let id = node(*at);
                plans::set(id, slot(id, *field)?, text)
            }
            Self::Choose(at, field, choice) => {
                let id = node(*at);
                let at = slot(id, *field)?;
                let choices = plan.field_of(Some(id), at)?.choices();
                plans::set(id, at, among(choices, *choice)?.key.text().as_str())
            }
            Self::SayOfPlan(field, text) => {
                plans::set_plan(*among(&slots(plan, None), *field)?, text)
            }
            Self::Number(at, number) => Edit::Number {
                id: node(*at),
                number: number.map(u32::from),
            },
            Self::Repost(at, source) => Edit::Repost {
                id: node(*at),
                source: source.map(node),
            },
            Self::Organisation(name) => {
                let mut about = plan.about().clone();
                about.organisation.clone_from(name);
                Edit::About(about)
            }
            Self::FieldName(level, field, name) => in_form(plan, |form| {
                let level = among(&form.levels, *level)?.key;
                let field = among(form.fields(Some(level)), *field)?.key;
                form.field_mut(Some(level), field)?.heading = name.clone();
                Some(())
            })?,
            Self::RemoveField(level, field) => in_form(plan, |form| {
                let level = among(&form.levels, *level)?.key;
                let field = among(form.fields(Some(level)), *field)?.key;
                form.remove_field(Some(level), field);
                Some(())
            })?,
            Self::Add(at, position, level, bits) => Edit::Insert {
                parent: parent(*at),
                position: usize::from(*position),
                branch: {
                    let level = among(&plan.form().levels, *level)?.key;
                    let mut node = Node::new(Id::from_bits(u64::from(*bits)), level);
                    node.number = Some(1);
                    Arc::new(node)
                },
            },
            Self::Remove(at) => Edit::Remove { id: node(*at) },
            Self::Move(at, to, position) => Edit::Move {
                id: node(*at),
                parent: parent(*to),
                position: usize::from(*position),
            },
        })
    }
}

/// The edit that changes something in the plan's form.
fn in_form(plan: &Plan, change: impl FnOnce(&mut Form) -> Option<()>) -> Option<Edit> {
    let mut form = Form::clone(plan.form());
    change(&mut form)?;
    Some(Edit::Form(Arc::new(form)))
}

fn after(plan: &Plan, wishes: &[Wish]) -> Plan {
    let mut plan = plan.clone();
    for wish in wishes {
        // Not every wish can be granted.
        if let Some(edit) = wish.edit(&plan) {
            let _ = plan.apply(&edit);
        }
    }
    plan
}

/// One of the plans to begin with: the small one, or an empty one of another form.
fn start(which: u8) -> Plan {
    let forms = plans::forms();
    match among(&forms, which) {
        Some(form) if form != &plans::form() => plans::plan_in(form, Vec::new()),
        _ => plans::small(),
    }
}

fn assert_can_be_saved(plan: &Plan) {
    let written = format::write(plan).expect("a merged plan can be written");
    format::verify(&written, plan).expect("and is read back the same");
}

fuzz_target!(|input: (u8, Vec<Wish>, Vec<Wish>, Vec<Wish>)| {
    let (which, before, our_wishes, their_wishes) = input;
    let base = after(&start(which), &before);
    let ours = after(&base, &our_wishes);
    let theirs = after(&base, &their_wishes);
    let same = merge(&base, &ours, &base).expect("only one side did anything");
    assert!(same.clashes().is_empty());
    assert_eq!(*same.plan(), ours);
    // Both may have made something new with one id.
    let (Ok(mut merged), Ok(turned)) = (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours))
    else {
        return;
    };
    assert_can_be_saved(merged.plan());
    assert_eq!(merged.clashes().len(), turned.clashes().len());
    if merged.clashes().is_empty() {
        assert_eq!(merged.plan(), turned.plan());
    }
    for version in [Version::Theirs, Version::Base, Version::Ours] {
        let decision = Decision::Take(version);
        let open = merged.clashes().iter();
        let open = open.filter(|clash| merged.allows(clash, &decision));
        let decisions: Vec<_> = open
            .map(|clash| (clash.question(), decision.clone()))
            .collect();
        match merged.decide(decisions) {
            // No form may have a place for what this comes to; then nothing is decided.
            Ok(()) | Err(DecisionError::Merge(MergeError::Form(_))) => {}
            Err(error) => panic!("each is an answer: {error}"),
        }
        assert_can_be_saved(merged.plan());
    }
});
