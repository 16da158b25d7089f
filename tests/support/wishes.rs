//! Any edit at all: a wish is drawn without a plan, and becomes an edit of the plan at hand. Some
//! wishes cannot be granted (a node that is not there, a strategy in a strategy); that is meant.

use std::sync::Arc;

use furikaeri::plan::{
    About, Branch, Edit, Id, Initiative, Issue, Kind, Measure, Node, Outlook, Plan, Progress,
    Style, TextField, handout::Round,
};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select},
};

use super::{arbitrary, plans};

/// What somebody wants done; an `Index` chooses among the nodes of whatever plan it is.
#[derive(Debug, Clone)]
pub enum Wish {
    Text(Index, TextField, String),
    Number(Index, Option<u32>),
    Outlook(Index, Option<Outlook>),
    Progress(Index, Option<Progress>),
    Repost(Index, Option<Index>),
    Measures(Index, Vec<Measure>),
    About(About),
    Style(Style),
    Round(Round),
    /// Something new, with nothing in it.
    Add(Index, usize, Kind, u64),
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
    use TextField::*;
    let at = any::<Index>;
    let position = 0..4usize;
    let field = select(vec![Title, Owner, Results, Target, Notes, Memo]);
    let kind = select(vec![Kind::Issue, Kind::Strategy, Kind::Initiative]);
    prop_oneof![
        (at(), field, arbitrary::typed_text())
            .prop_map(|(at, field, text)| Wish::Text(at, field, text)),
        (at(), option::of(any::<u32>())).prop_map(|(at, number)| Wish::Number(at, number)),
        (at(), arbitrary::outlook()).prop_map(|(at, outlook)| Wish::Outlook(at, outlook)),
        (at(), arbitrary::progress()).prop_map(|(at, progress)| Wish::Progress(at, progress)),
        (at(), option::of(at())).prop_map(|(at, source)| Wish::Repost(at, source)),
        (at(), arbitrary::typed_measures()).prop_map(|(at, values)| Wish::Measures(at, values)),
        arbitrary::about().prop_map(Wish::About),
        arbitrary::typed_style().prop_map(Wish::Style),
        arbitrary::typed_round().prop_map(Wish::Round),
        (at(), position.clone(), kind, any::<u64>())
            .prop_map(|(parent, position, kind, bits)| Wish::Add(parent, position, kind, bits)),
        (at(), at()).prop_map(|(parent, node)| Wish::AddAgain(parent, node)),
        at().prop_map(Wish::Remove),
        (at(), at(), position).prop_map(|(at, parent, position)| Wish::Move(at, parent, position)),
    ]
}

impl Wish {
    /// The edit that would do it to this plan.
    pub fn edit(&self, plan: &Plan) -> Edit {
        match self {
            Self::Text(at, field, text) => Edit::Text {
                id: node(plan, *at),
                field: *field,
                text: text.clone(),
            },
            Self::Number(at, number) => Edit::Number {
                id: node(plan, *at),
                number: *number,
            },
            Self::Outlook(at, outlook) => Edit::Outlook {
                id: node(plan, *at),
                outlook: *outlook,
            },
            Self::Progress(at, progress) => Edit::Progress {
                id: node(plan, *at),
                progress: *progress,
            },
            Self::Repost(at, source) => Edit::Repost {
                id: node(plan, *at),
                source: source.map(|source| node(plan, source)),
            },
            Self::Measures(at, measures) => Edit::Measures {
                id: node(plan, *at),
                measures: measures.clone(),
            },
            Self::About(about) => Edit::About(about.clone()),
            Self::Style(style) => Edit::Style(style.clone()),
            Self::Round(round) => Edit::Round(round.clone()),
            Self::Add(at, position, kind, bits) => Edit::Insert {
                parent: parent(plan, *at),
                position: *position,
                branch: empty_branch(*kind, Id::from_bits(*bits)),
            },
            Self::AddAgain(at, source) => Edit::Insert {
                parent: parent(plan, *at),
                position: 0,
                branch: match plan.node(node(plan, *source)) {
                    Some(node) => branch(node),
                    None => empty_branch(Kind::Issue, plans::id(0)),
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

/// A node of the plan with all that stands in it.
pub fn branch(node: Node<'_>) -> Branch {
    match node {
        Node::Issue(issue) => Branch::Issue(Arc::clone(issue)),
        Node::Strategy(strategy) => Branch::Strategy(Arc::clone(strategy)),
        Node::Initiative(initiative) => Branch::Initiative(Arc::clone(initiative)),
    }
}

pub fn empty_branch(kind: Kind, id: Id) -> Branch {
    match kind {
        Kind::Issue => Branch::Issue(Arc::new(Issue {
            id,
            number: Some(1),
            title: String::new(),
            strategies: Vec::new(),
            initiatives: Vec::new(),
        })),
        Kind::Strategy => Branch::Strategy(plans::empty_strategy(id, 1)),
        Kind::Initiative => Branch::Initiative(Arc::new(Initiative::new(id, 1))),
    }
}
