//! A node cut out of a plan, or ready to be put into one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    id::Id,
    kind::Kind,
    model::{Initiative, Issue, Strategy},
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

    /// The ids of all its nodes.
    pub(super) fn ids(&self) -> Vec<Id> {
        let of_strategy = |strategy: &Strategy| {
            let below = strategy.initiatives.iter().map(|initiative| initiative.id);
            std::iter::once(strategy.id)
                .chain(below)
                .collect::<Vec<_>>()
        };
        match self {
            Self::Issue(issue) => {
                let mut ids = vec![issue.id];
                ids.extend(issue.strategies.iter().flat_map(|s| of_strategy(s)));
                ids.extend(issue.initiatives.iter().map(|initiative| initiative.id));
                ids
            }
            Self::Strategy(strategy) => of_strategy(strategy),
            Self::Initiative(initiative) => vec![initiative.id],
        }
    }
}
