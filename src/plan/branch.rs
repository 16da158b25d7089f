//! A node cut out of a plan, or ready to be put into one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    id::Id,
    kind::Kind,
    model::{Initiative, Issue, Node, Strategy},
};

/// A node with everything below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Branch {
    Issue(Arc<Issue>),
    Strategy(Arc<Strategy>),
    Initiative(Arc<Initiative>),
}

impl Branch {
    pub fn id(&self) -> Id {
        match self {
            Self::Issue(issue) => issue.id,
            Self::Strategy(strategy) => strategy.id,
            Self::Initiative(initiative) => initiative.id,
        }
    }

    pub fn kind(&self) -> Kind {
        match self {
            Self::Issue(_) => Kind::Issue,
            Self::Strategy(_) => Kind::Strategy,
            Self::Initiative(_) => Kind::Initiative,
        }
    }

    pub(super) fn node(&self) -> Node<'_> {
        match self {
            Self::Issue(issue) => Node::Issue(issue),
            Self::Strategy(strategy) => Node::Strategy(strategy),
            Self::Initiative(initiative) => Node::Initiative(initiative),
        }
    }

    /// The ids of all its nodes.
    pub(super) fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        let node = self.node();
        std::iter::once(node)
            .chain(node.below())
            .map(|node| node.id())
    }
}

impl From<Node<'_>> for Branch {
    fn from(node: Node<'_>) -> Self {
        match node {
            Node::Issue(issue) => Self::Issue(Arc::clone(issue)),
            Node::Strategy(strategy) => Self::Strategy(Arc::clone(strategy)),
            Node::Initiative(initiative) => Self::Initiative(Arc::clone(initiative)),
        }
    }
}
