//! What two sides disagree about, and what can be decided.

use crate::plan::{
    field::{Field, Value},
    id::Id,
    kind::Kind,
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
    /// The node; `None` for the plan's heading and for the order of the issues.
    pub at: Option<Id>,
    pub dispute: Dispute,
}

/// What each version says; `None` if it does not have the node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dispute {
    /// One side deleted the node with everything in it, the other went on working on it or on
    /// something in it. It stays in the merged plan until somebody decides that it goes.
    Deletion { by: Version },
    /// Its parent.
    Home(Versions<Option<Id>>),
    /// A field.
    Value(Versions<Option<Value>>),
    /// The order of the node's children of one kind, as far as both sides have them there.
    Order(Kind, Versions<Vec<Id>>),
}

/// What a clash is about: the same question for as long as the same three plans are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question {
    pub at: Option<Id>,
    pub matter: Matter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    Deletion,
    Home,
    Value(Field),
    Order(Kind),
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
                    Matter::Value(value.field())
                }
                // There is no dispute without a version, so nothing asks for this.
                (None, None, None) => Matter::Value(Field::Number),
            },
            Dispute::Order(kind, _) => Matter::Order(*kind),
        };
        Question {
            at: self.at,
            matter,
        }
    }

    /// Whether a decision answers this.
    pub fn allows(&self, decision: &Decision) -> bool {
        match (&self.dispute, decision) {
            (Dispute::Deletion { .. } | Dispute::Order(..), Decision::Take(_)) => true,
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
