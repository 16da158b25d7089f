//! The tree: issues, strategies, initiatives, and finding one's way in it.
//!
//! Nodes stand behind `Arc`, so a snapshot of a plan of any size is four reference counts.
//! Changing a plan is `edit.rs`; counting is `tally.rs`.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    about::About, handout::Round, id::Id, kind::Kind, measure::Measure, number::Number,
    status::Status, style::Style, text,
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
    /// The parent of every node, `None` for issues. Derivable, but without it every lookup would
    /// walk the whole tree (3 ms at 100,000 initiatives, against 0.02 ms).
    pub(super) parents: Arc<HashMap<Id, Option<Id>>>,
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

/// Where a node is: its place among its siblings, from the issue down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    Issue(usize),
    Strategy(usize, usize),
    /// In a strategy of an issue.
    Initiative(usize, usize, usize),
    /// Directly in an issue.
    Direct(usize, usize),
}

/// An initiative together with its ancestors.
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

    /// Ids of the nodes directly below, in order: strategies first, then direct initiatives.
    pub fn children(&self) -> Vec<Id> {
        match self {
            Self::Issue(issue) => issue
                .strategies
                .iter()
                .map(|strategy| strategy.id)
                .chain(issue.initiatives.iter().map(|initiative| initiative.id))
                .collect(),
            Self::Strategy(strategy) => strategy
                .initiatives
                .iter()
                .map(|initiative| initiative.id)
                .collect(),
            Self::Initiative(_) => Vec::new(),
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

impl Plan {
    /// A plan of these issues.
    ///
    /// # Errors
    /// When two nodes share an id, or reposts go round in a circle.
    pub fn new(about: About, issues: Vec<Arc<Issue>>) -> Result<Self, PlanError> {
        let mut plan = Self {
            about: Arc::new(about),
            style: Arc::default(),
            round: Arc::default(),
            issues: Arc::new(issues),
            parents: Arc::default(),
        };
        let mut parents = HashMap::new();
        for issue in plan.issues.iter() {
            add_issue(&mut parents, issue)?;
        }
        plan.parents = Arc::new(parents);
        plan.refuse_circular_reposts()?;
        Ok(plan)
    }

    /// A plan without issues.
    pub fn empty(about: About) -> Self {
        Self {
            about: Arc::new(about),
            style: Arc::default(),
            round: Arc::default(),
            issues: Arc::default(),
            parents: Arc::default(),
        }
    }

    pub fn about(&self) -> &About {
        &self.about
    }

    pub fn issues(&self) -> &[Arc<Issue>] {
        &self.issues
    }

    pub fn contains(&self, id: Id) -> bool {
        self.parents.contains_key(&id)
    }

    /// The parent of `id`; `None` for issues and for ids the plan does not have.
    pub fn parent(&self, id: Id) -> Option<Id> {
        self.parents.get(&id).copied().flatten()
    }

    pub fn node(&self, id: Id) -> Option<Node<'_>> {
        self.node_at(self.path(id)?)
    }

    pub fn initiative(&self, id: Id) -> Option<&Arc<Initiative>> {
        self.node(id)?.initiative()
    }

    /// The initiative that a repost repeats. A repost of a repost leads to the one with contents.
    pub fn repost_source(&self, initiative: &Initiative) -> Option<&Arc<Initiative>> {
        let mut source = self.initiative(initiative.repost_of?)?;
        // This ends: neither a file nor an edit can bring a circle into the plan.
        while let Some(next) = source.repost_of {
            source = self.initiative(next)?;
        }
        Some(source)
    }

    /// The whole number of a node, e.g. 2-1-3.
    pub fn number(&self, id: Id) -> Option<Number> {
        let number = match self.path(id)? {
            Path::Issue(i) => Number {
                issue: self.issues.get(i)?.number,
                ..Number::default()
            },
            Path::Strategy(i, s) => {
                let issue = self.issues.get(i)?;
                Number {
                    issue: issue.number,
                    strategy: Some(issue.strategies.get(s)?.number),
                    initiative: None,
                }
            }
            Path::Initiative(..) | Path::Direct(..) => self.entry(id)?.number(),
        };
        Some(number)
    }

    /// An initiative with its ancestors.
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

    /// The siblings of a node that are of its kind, itself included, in order.
    pub fn siblings(&self, id: Id) -> Vec<Id> {
        let Some(kind) = self.node(id).map(|node| node.kind()) else {
            return Vec::new();
        };
        let siblings = match self.parent(id).and_then(|parent| self.node(parent)) {
            Some(parent) => parent.children(),
            None => self.issues.iter().map(|issue| issue.id).collect(),
        };
        let same_kind = |&sibling: &Id| self.node(sibling).map(|node| node.kind()) == Some(kind);
        siblings.into_iter().filter(same_kind).collect()
    }

    pub(super) fn path(&self, id: Id) -> Option<Path> {
        let Some(parent) = *self.parents.get(&id)? else {
            return Some(Path::Issue(self.issue_position(id)?));
        };
        if let Some(issue) = *self.parents.get(&parent)? {
            let i = self.issue_position(issue)?;
            let strategies = &self.issues.get(i)?.strategies;
            let s = strategies.iter().position(|s| s.id == parent)?;
            let initiatives = &strategies.get(s)?.initiatives;
            let n = initiatives.iter().position(|n| n.id == id)?;
            return Some(Path::Initiative(i, s, n));
        }
        let i = self.issue_position(parent)?;
        let issue = self.issues.get(i)?;
        match issue.strategies.iter().position(|s| s.id == id) {
            Some(s) => Some(Path::Strategy(i, s)),
            None => {
                let n = issue.initiatives.iter().position(|n| n.id == id)?;
                Some(Path::Direct(i, n))
            }
        }
    }

    fn issue_position(&self, id: Id) -> Option<usize> {
        self.issues.iter().position(|issue| issue.id == id)
    }

    fn node_at(&self, path: Path) -> Option<Node<'_>> {
        Some(match path {
            Path::Issue(i) => Node::Issue(self.issues.get(i)?),
            Path::Strategy(i, s) => Node::Strategy(self.issues.get(i)?.strategies.get(s)?),
            Path::Initiative(i, s, n) => {
                let strategy = self.issues.get(i)?.strategies.get(s)?;
                Node::Initiative(strategy.initiatives.get(n)?)
            }
            Path::Direct(i, n) => Node::Initiative(self.issues.get(i)?.initiatives.get(n)?),
        })
    }

    fn refuse_circular_reposts(&self) -> Result<(), PlanError> {
        let reposts: HashMap<Id, Id> = self
            .entries()
            .filter_map(|entry| Some((entry.initiative.id, entry.initiative.repost_of?)))
            .collect();
        let mut known_to_end = HashSet::new();
        for &start in reposts.keys() {
            let mut chain = HashSet::new();
            let mut at = start;
            while !known_to_end.contains(&at) {
                let Some(&next) = reposts.get(&at) else {
                    break;
                };
                if !chain.insert(at) {
                    return Err(PlanError::CircularRepost(start));
                }
                at = next;
            }
            known_to_end.extend(chain);
        }
        Ok(())
    }
}

pub(super) fn add_issue(
    parents: &mut HashMap<Id, Option<Id>>,
    issue: &Issue,
) -> Result<(), PlanError> {
    add(parents, issue.id, None)?;
    for strategy in &issue.strategies {
        add_strategy(parents, strategy, issue.id)?;
    }
    for initiative in &issue.initiatives {
        add(parents, initiative.id, Some(issue.id))?;
    }
    Ok(())
}

pub(super) fn add_strategy(
    parents: &mut HashMap<Id, Option<Id>>,
    strategy: &Strategy,
    issue: Id,
) -> Result<(), PlanError> {
    add(parents, strategy.id, Some(issue))?;
    for initiative in &strategy.initiatives {
        add(parents, initiative.id, Some(strategy.id))?;
    }
    Ok(())
}

pub(super) fn add(
    parents: &mut HashMap<Id, Option<Id>>,
    id: Id,
    parent: Option<Id>,
) -> Result<(), PlanError> {
    match parents.insert(id, parent) {
        Some(_) => Err(PlanError::DuplicateId(id)),
        None => Ok(()),
    }
}
