//! Finding a node by its id, and what stands around it.

use std::sync::Arc;

use super::{
    id::Id,
    model::{Entry, Initiative, Node, Plan, ids},
    number::Number,
};

/// Where a node stands: positions among its siblings, from the issue down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    Issue(usize),
    Strategy(usize, usize),
    /// In a strategy of an issue.
    Initiative(usize, usize, usize),
    /// Directly in an issue.
    Direct(usize, usize),
}

impl Plan {
    pub fn contains(&self, id: Id) -> bool {
        self.places.contains(id)
    }

    /// The node in which `id` stands; `None` for issues and for ids the plan does not have.
    pub fn parent(&self, id: Id) -> Option<Id> {
        self.places.parent(id).flatten()
    }

    pub fn node(&self, id: Id) -> Option<Node<'_>> {
        Some(match self.path(id)? {
            Path::Issue(i) => Node::Issue(self.issues.get(i)?),
            Path::Strategy(i, s) => Node::Strategy(self.issues.get(i)?.strategies.get(s)?),
            Path::Initiative(i, s, n) => {
                let strategy = self.issues.get(i)?.strategies.get(s)?;
                Node::Initiative(strategy.initiatives.get(n)?)
            }
            Path::Direct(i, n) => Node::Initiative(self.issues.get(i)?.initiatives.get(n)?),
        })
    }

    pub fn initiative(&self, id: Id) -> Option<&Arc<Initiative>> {
        self.node(id)?.initiative()
    }

    /// The whole number of a node, e.g. 2-1-3.
    pub fn number(&self, id: Id) -> Option<Number> {
        let path = self.path(id)?;
        let (Path::Issue(i) | Path::Strategy(i, _) | Path::Initiative(i, ..) | Path::Direct(i, _)) =
            path;
        let issue = self.issues.get(i)?;
        let mut number = Number {
            issue: issue.number,
            ..Number::default()
        };
        match path {
            Path::Issue(_) => {}
            Path::Strategy(_, s) => number.strategy = Some(issue.strategies.get(s)?.number),
            Path::Initiative(_, s, n) => {
                let strategy = issue.strategies.get(s)?;
                number.strategy = Some(strategy.number);
                number.initiative = Some(strategy.initiatives.get(n)?.number);
            }
            Path::Direct(_, n) => number.initiative = Some(issue.initiatives.get(n)?.number),
        }
        Some(number)
    }

    /// An initiative with what it stands in.
    pub fn entry(&self, id: Id) -> Option<Entry<'_>> {
        match self.path(id)? {
            Path::Initiative(i, s, n) => {
                let issue = self.issues.get(i)?;
                let strategy = issue.strategies.get(s)?;
                Some(Entry {
                    issue,
                    strategy: Some(strategy),
                    initiative: strategy.initiatives.get(n)?,
                })
            }
            Path::Direct(i, n) => {
                let issue = self.issues.get(i)?;
                Some(Entry {
                    issue,
                    strategy: None,
                    initiative: issue.initiatives.get(n)?,
                })
            }
            Path::Issue(_) | Path::Strategy(..) => None,
        }
    }

    /// The siblings of a node that are of its kind, itself included, in order.
    pub fn siblings(&self, id: Id) -> Vec<Id> {
        let of_issue = |i: usize| self.issues.get(i).map(Arc::as_ref);
        let siblings = match self.path(id) {
            Some(Path::Issue(_)) => Some(ids(&self.issues)),
            Some(Path::Strategy(i, _)) => of_issue(i).map(|issue| ids(&issue.strategies)),
            Some(Path::Direct(i, _)) => of_issue(i).map(|issue| ids(&issue.initiatives)),
            Some(Path::Initiative(i, s, _)) => of_issue(i)
                .and_then(|issue| issue.strategies.get(s))
                .map(|strategy| ids(&strategy.initiatives)),
            None => None,
        };
        siblings.unwrap_or_default()
    }

    /// Where among all issues one stands.
    pub(super) fn issue_position(&self, id: Id) -> Option<usize> {
        self.places.position(id, &self.issues)
    }

    pub(super) fn path(&self, id: Id) -> Option<Path> {
        let places = &self.places;
        let Some(parent) = places.parent(id)? else {
            return Some(Path::Issue(self.issue_position(id)?));
        };
        if let Some(issue) = places.parent(parent)? {
            let i = self.issue_position(issue)?;
            let strategies = &self.issues.get(i)?.strategies;
            let s = places.position(parent, strategies)?;
            let n = places.position(id, &strategies.get(s)?.initiatives)?;
            return Some(Path::Initiative(i, s, n));
        }
        let i = self.issue_position(parent)?;
        let issue = self.issues.get(i)?;
        match places.position(id, &issue.strategies) {
            Some(s) => Some(Path::Strategy(i, s)),
            None => Some(Path::Direct(i, places.position(id, &issue.initiatives)?)),
        }
    }
}
