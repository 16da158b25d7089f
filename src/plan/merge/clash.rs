//! What two sides disagree about, and what can be decided.

use crate::plan::{
    id::Id,
    property::{Property, Value},
};

use super::MergeError;

/// One of the three plans of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// What both sides began with.
    Base,
    Ours,
    Theirs,
}

/// One thing in each of the three plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions<T> {
    pub base: T,
    pub ours: T,
    pub theirs: T,
}

impl<T> Versions<T> {
    pub fn map<U>(self, f: impl Fn(T) -> U) -> Versions<U> {
        Versions {
            base: f(self.base),
            ours: f(self.ours),
            theirs: f(self.theirs),
        }
    }

    pub const fn as_ref(&self) -> Versions<&T> {
        Versions {
            base: &self.base,
            ours: &self.ours,
            theirs: &self.theirs,
        }
    }

    pub fn get(self, version: Version) -> T {
        match version {
            Version::Base => self.base,
            Version::Ours => self.ours,
            Version::Theirs => self.theirs,
        }
    }
}

/// Something about which both sides disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The node; `None` for the plan's heading and for the order at the top.
    pub at: Option<Id>,
    pub dispute: Dispute,
}

/// What each version says; `None` if it does not have the node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dispute {
    /// One side deleted the node with everything in it, the other went on working on it or on
    /// something in it. It stays in the merged plan until somebody decides that it goes.
    Deletion { by: Version },
    /// Its parent; in a version that has it, `None` is the top.
    Home(Versions<Option<Option<Id>>>),
    /// Something that it says.
    Value(Versions<Option<Value>>),
    /// The order of what stands in it, as far as both sides have it there.
    Order(Versions<Vec<Id>>),
}

/// What a clash is about: the same question for as long as the same three plans are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question {
    pub at: Option<Id>,
    pub matter: Matter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matter {
    Deletion,
    Home,
    Value(Property),
    Order,
}

impl Matter {
    /// In which order what is asked about one node is listed.
    pub(super) const fn rank(self) -> usize {
        match self {
            Self::Deletion => 0,
            Self::Home => 1,
            Self::Value(_) => 2,
            Self::Order => 3,
        }
    }
}

/// What somebody decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// As it is in this version. For a node that was deleted, the base's version is the node as it
    /// was before either side changed anything.
    Take(Version),
    /// A text of their own.
    Text(String),
}

/// A decision cannot be accepted. Earlier decisions stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    #[error("この食い違いは、もうありません。一覧を確かめてください。")]
    NotOpen,
    #[error("この食い違いは、その方法では決められません。ほかの案を選んでください。")]
    NoAnswer,
    #[error(transparent)]
    Merge(#[from] MergeError),
}

impl Clash {
    pub const fn question(&self) -> Question {
        let matter = match &self.dispute {
            Dispute::Deletion { .. } => Matter::Deletion,
            Dispute::Home(_) => Matter::Home,
            Dispute::Value(Versions { base, ours, theirs }) => match (ours, theirs, base) {
                (Some(value), _, _) | (_, Some(value), _) | (_, _, Some(value)) => {
                    Matter::Value(value.property())
                }
                // There is no dispute without a version, so nothing asks for this.
                (None, None, None) => Matter::Value(Property::Number),
            },
            Dispute::Order(_) => Matter::Order,
        };
        Question {
            at: self.at,
            matter,
        }
    }

    /// Whether a decision can answer this, whatever field it is about.
    pub(super) fn allows(&self, decision: &Decision) -> bool {
        match (&self.dispute, decision) {
            (Dispute::Deletion { .. } | Dispute::Order(_), Decision::Take(_)) => true,
            (Dispute::Home(homes), Decision::Take(version)) => homes.get(*version).is_some(),
            (Dispute::Value(values), Decision::Take(version)) => {
                values.as_ref().get(*version).is_some()
            }
            (Dispute::Value(values), Decision::Text(_)) => {
                matches!(values.ours, Some(Value::Text(..)))
            }
            (_, Decision::Text(_)) => false,
        }
    }
}
