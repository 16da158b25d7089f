//! The tree: issues, strategies, initiatives.
//!
//! Nodes stand behind `Arc`, so a snapshot of a plan of any size is a few reference counts.
//! Finding a node is `find.rs`, changing a plan `edit.rs`, counting `tally.rs`.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::{
    about::About,
    handout::Round,
    id::Id,
    kind::Kind,
    measure::Measure,
    number::Number,
    places::{HasId, Places},
    reposts::Ends,
    status::Status,
    style::Style,
    text,
};

/// 具体的取組. Line breaks in its texts are LF (`with_lf`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Initiative {
    pub id: Id,
    /// The last part of １－１－３.
    pub number: u32,
    #[serde(with = "text")]
    pub title: String,
    /// 担当: the section that fills it in.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// 現状の主な取組実績.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub results: String,
    /// 目標（取組によりめざす指標）.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub target: String,
    /// 達成状況.
    #[serde(default, skip_serializing_if = "Status::is_unset")]
    pub status: Status,
    /// 課題・改善策.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// A private note; never exported.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub memo: String,
    /// 再掲: the initiative whose contents and status this one repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repost_of: Option<Id>,
    /// Readings and measured values of the criteria in its target.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
}

/// 戦略.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
    pub id: Id,
    /// The second part of １－１.
    pub number: u32,
    #[serde(with = "text")]
    pub title: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub initiatives: Vec<Arc<Initiative>>,
}

/// 経営課題.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    pub id: Id,
    /// `None` in the unnumbered part (「市政改革プラン３．０」に基づく取組等).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    #[serde(with = "text")]
    pub title: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strategies: Vec<Arc<Strategy>>,
    /// Initiatives outside any strategy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub initiatives: Vec<Arc<Initiative>>,
}

impl Initiative {
    /// An initiative with nothing in it yet.
    pub fn new(id: Id, number: u32) -> Self {
        Self {
            id,
            number,
            title: String::new(),
            owner: String::new(),
            results: String::new(),
            target: String::new(),
            status: Status::default(),
            notes: String::new(),
            memo: String::new(),
            repost_of: None,
            measures: Vec::new(),
        }
    }
}

/// A yearly plan and its review. Cloning is O(1).
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) about: Arc<About>,
    pub(super) style: Arc<Style>,
    pub(super) round: Arc<Round>,
    pub(super) issues: Arc<Vec<Arc<Issue>>>,
    /// Derivable, as is what follows, but without it every lookup would walk the whole tree.
    pub(super) places: Arc<Places>,
    /// Where reposts lead, once somebody has asked.
    pub(super) ends: Arc<OnceLock<Ends>>,
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.about == other.about
            && self.style == other.style
            && self.round == other.round
            && self.issues == other.issues
    }
}

/// Why a tree is not a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Two nodes with one identity: an edit to one could land in the other.
    #[error("同じ id が二つあります（{0}）")]
    DuplicateId(Id),
    /// An initiative that repeats itself, directly or in a circle.
    #[error("再掲が自分自身に戻っています（id {0}）")]
    CircularRepost(Id),
}

/// One node of the tree.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    Issue(&'a Arc<Issue>),
    Strategy(&'a Arc<Strategy>),
    Initiative(&'a Arc<Initiative>),
}

/// An initiative together with what it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    pub issue: &'a Arc<Issue>,
    pub strategy: Option<&'a Arc<Strategy>>,
    pub initiative: &'a Arc<Initiative>,
}

impl Entry<'_> {
    /// Its whole number, e.g. 2-1-3.
    pub fn number(&self) -> Number {
        Number {
            issue: self.issue.number,
            strategy: self.strategy.map(|strategy| strategy.number),
            initiative: Some(self.initiative.number),
        }
    }
}

impl<'a> Node<'a> {
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

    pub fn title(&self) -> &'a str {
        match self {
            Self::Issue(issue) => &issue.title,
            Self::Strategy(strategy) => &strategy.title,
            Self::Initiative(initiative) => &initiative.title,
        }
    }

    /// Its own part of its number; `None` for the unnumbered issue.
    pub fn own_number(&self) -> Option<u32> {
        match self {
            Self::Issue(issue) => issue.number,
            Self::Strategy(strategy) => Some(strategy.number),
            Self::Initiative(initiative) => Some(initiative.number),
        }
    }

    pub fn initiative(&self) -> Option<&'a Arc<Initiative>> {
        match *self {
            Self::Initiative(initiative) => Some(initiative),
            Self::Issue(_) | Self::Strategy(_) => None,
        }
    }

    /// Whether both are one node behind one pointer: then nothing in them differs.
    pub(super) fn is_shared(self, other: Node<'_>) -> bool {
        match (self, other) {
            (Self::Issue(one), Node::Issue(other)) => Arc::ptr_eq(one, other),
            (Self::Strategy(one), Node::Strategy(other)) => Arc::ptr_eq(one, other),
            (Self::Initiative(one), Node::Initiative(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }

    /// Ids of the nodes right below, in order: strategies first, then direct initiatives.
    pub fn children(&self) -> Vec<Id> {
        let mut children = self.members(Kind::Strategy);
        children.extend(self.members(Kind::Initiative));
        children
    }

    /// How many nodes stand right below.
    pub fn count(&self) -> usize {
        match self {
            Self::Issue(issue) => issue.strategies.len() + issue.initiatives.len(),
            Self::Strategy(strategy) => strategy.initiatives.len(),
            Self::Initiative(_) => 0,
        }
    }

    /// Ids of the nodes right below that are of one kind, in order.
    pub(super) fn members(&self, kind: Kind) -> Vec<Id> {
        match (self, kind) {
            (Self::Issue(issue), Kind::Strategy) => ids(&issue.strategies),
            (Self::Issue(issue), Kind::Initiative) => ids(&issue.initiatives),
            (Self::Strategy(strategy), Kind::Initiative) => ids(&strategy.initiatives),
            _ => Vec::new(),
        }
    }

    /// All initiatives in it, itself included, in order.
    pub fn initiatives(&self) -> Box<dyn Iterator<Item = &'a Arc<Initiative>> + 'a> {
        match *self {
            Self::Issue(issue) => Box::new(
                issue
                    .strategies
                    .iter()
                    .flat_map(|strategy| &strategy.initiatives)
                    .chain(&issue.initiatives),
            ),
            Self::Strategy(strategy) => Box::new(strategy.initiatives.iter()),
            Self::Initiative(initiative) => Box::new(std::iter::once(initiative)),
        }
    }
}

/// The ids of siblings, in order.
pub(super) fn ids<T: HasId>(siblings: &[Arc<T>]) -> Vec<Id> {
    siblings.iter().map(|sibling| sibling.id()).collect()
}

impl Plan {
    /// A plan of these issues.
    ///
    /// # Errors
    /// When two nodes share an id, or reposts go round in a circle.
    pub fn new(about: About, issues: Vec<Arc<Issue>>) -> Result<Self, PlanError> {
        let places = Places::of(&issues)?;
        let plan = Self {
            issues: Arc::new(issues),
            places: Arc::new(places),
            ..Self::empty(about)
        };
        let ends = Ends::of(plan.entries().map(|entry| entry.initiative))?;
        Ok(Self {
            ends: Arc::new(OnceLock::from(ends)),
            ..plan
        })
    }

    /// A plan without issues.
    pub fn empty(about: About) -> Self {
        Self {
            about: Arc::new(about),
            style: Arc::default(),
            round: Arc::default(),
            issues: Arc::default(),
            places: Arc::default(),
            ends: Arc::default(),
        }
    }

    pub fn about(&self) -> &About {
        &self.about
    }

    pub fn issues(&self) -> &[Arc<Issue>] {
        &self.issues
    }

    /// Every initiative in the order of the document.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.issues.iter().flat_map(|issue| {
            let in_strategies = issue.strategies.iter().flat_map(move |strategy| {
                strategy.initiatives.iter().map(move |initiative| Entry {
                    issue,
                    strategy: Some(strategy),
                    initiative,
                })
            });
            let direct = issue.initiatives.iter().map(move |initiative| Entry {
                issue,
                strategy: None,
                initiative,
            });
            in_strategies.chain(direct)
        })
    }
}
