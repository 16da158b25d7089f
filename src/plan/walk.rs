//! Walking a plan: every node in the order of the document, and the way up from one.

use std::{iter::once, sync::Arc};

use super::{
    id::Id,
    model::{Initiative, Node, Plan},
    number::Number,
};

impl Plan {
    /// Every node with its whole number, in the order of the document.
    pub fn nodes(&self) -> impl Iterator<Item = (Number, Node<'_>)> {
        self.issues().iter().flat_map(|issue| {
            let of_issue = Number {
                issue: issue.number,
                ..Number::default()
            };
            let in_strategies = issue.strategies.iter().flat_map(move |strategy| {
                let of_strategy = Number {
                    strategy: Some(strategy.number),
                    ..of_issue
                };
                let below = numbered(of_strategy, &strategy.initiatives);
                once((of_strategy, Node::Strategy(strategy))).chain(below)
            });
            once((of_issue, Node::Issue(issue)))
                .chain(in_strategies)
                .chain(numbered(of_issue, &issue.initiatives))
        })
    }

    /// The ancestors of a node, the nearest first.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.parent(id), |&above| self.parent(above))
    }
}

impl<'a> Node<'a> {
    /// All nodes in it, itself left out, in the order of the document.
    pub(super) fn below(self) -> Box<dyn Iterator<Item = Self> + 'a> {
        let initiatives = |all: &'a [Arc<Initiative>]| all.iter().map(Node::Initiative);
        match self {
            Self::Issue(issue) => {
                let strategies = issue.strategies.iter();
                let inside = strategies.flat_map(move |strategy| {
                    once(Node::Strategy(strategy)).chain(initiatives(&strategy.initiatives))
                });
                Box::new(inside.chain(initiatives(&issue.initiatives)))
            }
            Self::Strategy(strategy) => Box::new(initiatives(&strategy.initiatives)),
            Self::Initiative(_) => Box::new(std::iter::empty()),
        }
    }
}

fn numbered(
    above: Number,
    initiatives: &[Arc<Initiative>],
) -> impl Iterator<Item = (Number, Node<'_>)> {
    initiatives.iter().map(move |initiative| {
        let number = Number {
            initiative: Some(initiative.number),
            ..above
        };
        (number, Node::Initiative(initiative))
    })
}
