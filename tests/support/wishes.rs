//! Any edit at all: a wish is drawn without a plan, and becomes an edit of the plan at hand. Some
//! wishes cannot be granted (a node that is not there, a level in itself); that is meant.

use std::sync::Arc;

use furikaeri::form::{Key, Slot};
use furikaeri::plan::{Edit, Id, Node, Plan, Style, handout::Round};
use proptest::{collection::vec, option, prelude::*, sample::Index};

use super::{
    arbitrary::{self, AboutSeed, Answer, Change, MeasureSeed},
    plans,
};

/// What somebody wants done; an `Index` chooses among what there is in whatever plan it is.
#[derive(Debug, Clone)]
pub enum Wish {
    /// In one of the fields of a node, or in its title, owner or memo.
    Say(Index, Index, Answer),
    SayOfPlan(Index, Answer),
    Number(Index, Option<u32>),
    Repost(Index, Option<Index>),
    Measures(Index, Vec<MeasureSeed>),
    About(AboutSeed),
    Form(Change),
    Style(Style),
    Round(Round),
    /// Something new of one of the levels, with nothing in it.
    Add(Index, usize, Index, u64),
    /// What is there already, once more and with the same id.
    AddAgain(Index, Index),
    Remove(Index),
    Move(Index, Index, usize),
    All(Vec<Wish>),
}

pub fn wish() -> impl Strategy<Value = Wish> {
    // Whatever the wish, it is part of a group now and then.
    prop_oneof![
        5 => single(),
        1 => vec(single(), 0..5).prop_map(Wish::All),
    ]
}

fn single() -> impl Strategy<Value = Wish> {
    let at = any::<Index>;
    let position = 0..4usize;
    prop_oneof![
        4 => (at(), at(), arbitrary::answer())
            .prop_map(|(at, slot, answer)| Wish::Say(at, slot, answer)),
        1 => (at(), arbitrary::answer()).prop_map(|(slot, answer)| Wish::SayOfPlan(slot, answer)),
        1 => (at(), option::of(any::<u32>())).prop_map(|(at, number)| Wish::Number(at, number)),
        1 => (at(), option::of(at())).prop_map(|(at, source)| Wish::Repost(at, source)),
        1 => (at(), arbitrary::typed_measures())
            .prop_map(|(at, values)| Wish::Measures(at, values)),
        1 => arbitrary::about().prop_map(Wish::About),
        1 => arbitrary::change().prop_map(Wish::Form),
        1 => arbitrary::typed_style().prop_map(Wish::Style),
        1 => arbitrary::typed_round().prop_map(Wish::Round),
        2 => (at(), position.clone(), at(), any::<u64>())
            .prop_map(|(parent, position, level, bits)| Wish::Add(parent, position, level, bits)),
        1 => (at(), at()).prop_map(|(parent, node)| Wish::AddAgain(parent, node)),
        1 => at().prop_map(Wish::Remove),
        1 => (at(), at(), position)
            .prop_map(|(at, parent, position)| Wish::Move(at, parent, position)),
    ]
}

impl Wish {
    /// The edit that would do it to this plan.
    pub fn edit(&self, plan: &Plan) -> Edit {
        match self {
            Self::Say(at, slot, answer) => {
                let id = node(plan, *at);
                let level = plan.node(id).map(|node| node.level);
                let at = *slot.get(&slots(plan, level));
                let text = answer.text(plan.field_of(Some(id), at));
                Edit::Text {
                    id: Some(id),
                    at,
                    text,
                }
            }
            Self::SayOfPlan(slot, answer) => {
                let at = *slot.get(&slots(plan, None));
                let text = answer.text(plan.field_of(None, at));
                Edit::Text { id: None, at, text }
            }
            Self::Number(at, number) => Edit::Number {
                id: node(plan, *at),
                number: *number,
            },
            Self::Repost(at, source) => Edit::Repost {
                id: node(plan, *at),
                source: source.map(|source| node(plan, source)),
            },
            Self::Measures(at, measures) => {
                let id = node(plan, *at);
                let level = plan
                    .form()
                    .level(plan.node(id).map_or(Key::NONE, |it| it.level));
                let measures = measures.iter().cloned();
                Edit::Measures {
                    id,
                    measures: measures.map(|it| it.of(plan.form(), level)).collect(),
                }
            }
            Self::About(about) => Edit::About(about.clone().of(plan.form())),
            Self::Form(change) => Edit::Form(Arc::new(change.of(plan.form()))),
            Self::Style(style) => Edit::Style(style.clone()),
            Self::Round(round) => Edit::Round(round.clone()),
            Self::Add(at, position, level, bits) => Edit::Insert {
                parent: parent(plan, *at),
                position: *position,
                branch: empty_branch(level.get(&plan.form().levels).key, Id::from_bits(*bits)),
            },
            Self::AddAgain(at, source) => Edit::Insert {
                parent: parent(plan, *at),
                position: 0,
                branch: match plan.node(node(plan, *source)) {
                    Some(node) => Arc::clone(node),
                    None => empty_branch(plan.form().levels[0].key, plans::id(0)),
                },
            },
            Self::Remove(at) => Edit::Remove {
                id: node(plan, *at),
            },
            Self::Move(at, to, position) => Edit::Move {
                id: node(plan, *at),
                parent: parent(plan, *to),
                position: *position,
            },
            Self::All(wishes) => Edit::Group(wishes.iter().map(|wish| wish.edit(plan)).collect()),
        }
    }
}

/// One of the plan's nodes, or an id that it does not have.
fn node(plan: &Plan, index: Index) -> Id {
    let mut ids = plans::ids(plan);
    ids.push(plans::id(0xDEAD));
    *index.get(&ids)
}

/// Somewhere to put a node: in one of the plan's nodes, or at the top.
fn parent(plan: &Plan, index: Index) -> Option<Id> {
    let mut places: Vec<Option<Id>> = plans::ids(plan).into_iter().map(Some).collect();
    places.push(None);
    *index.get(&places)
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

/// A node with nothing in it and the number 1.
pub fn empty_branch(level: Key, id: Id) -> Arc<Node> {
    let number = Some(1);
    Arc::new(Node {
        number,
        ..Node::new(id, level)
    })
}
