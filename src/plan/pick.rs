//! The set behind a number: picks say which nodes a number of the overview stands for, so that the
//! tree can be filtered to just those and the number can show its working.
//!
//! The numbers are made in `overview.rs`; free text is searched elsewhere.

use crate::form::{Key, Level};

use super::{
    gap::{Gap, Gaps},
    id::Id,
    model::{Node, Plan},
    status::Standing,
    walk::Entry,
};

/// One condition. Several of them must all hold: `In` a heading and `Standing` bad.
///
/// Only nodes that are filled in are asked for, never headings alone. A repost is never counted, so
/// only `Repost`, `Level`, `Owner` and `In` can hold for one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Pick {
    /// All that are assessed but reposts.
    Counted,
    Repost,
    Standing(Standing),
    /// Exactly these choices in these fields; `None` is a field that is unset.
    Answers(Vec<(Key, Option<Key>)>),
    /// At least one of these fields is unset.
    Unset(Vec<Key>),
    /// Something is not good.
    Attention,
    Gap(Gap),
    /// At least one gap, whichever.
    Incomplete,
    /// Of this level, or of one that is counted with it.
    Level(Key),
    /// This owner, without the blanks around it; empty for those without one.
    Owner(String),
    /// In this node, or this very one.
    In(Id),
}

/// Picks made ready to be applied to one plan.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    plan: &'a Plan,
    picks: &'a [Pick],
    owners_in_use: bool,
}

/// How a number came about: together, every node of its scope, each once.
///
/// The scope is what `In`, `Owner` and `Level` hold, and what is assessed where picks ask for that;
/// the other picks count or leave out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Working {
    pub counted: Vec<Id>,
    pub left_out: Vec<(Id, Why)>,
}

/// Why a node was not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// It is counted where its source stands.
    Repost,
    /// It is not assessed, so it is not known whether it belongs there.
    Unassessed,
    /// It is known, and it is not what was asked for.
    Differs,
}

impl<'a> Selection<'a> {
    pub fn new(plan: &'a Plan, picks: &'a [Pick]) -> Self {
        // Only these need to know, and finding out may take a walk through the whole plan.
        let asks_for_owners = |pick| matches!(pick, &Pick::Gap(Gap::Owner) | &Pick::Incomplete);
        Self {
            plan,
            picks,
            owners_in_use: picks.iter().any(asks_for_owners) && plan.has_owners(),
        }
    }

    /// Whether all picks hold. Without picks they hold for everything that is filled in, reposts
    /// included.
    pub fn holds(&self, entry: &Entry<'_>) -> bool {
        self.plan.level(entry.node).is_filled_in()
            && self.picks.iter().all(|pick| self.pick_holds(pick, entry))
    }

    /// Those for which they hold, in the order of the document.
    pub fn entries(self) -> impl Iterator<Item = Entry<'a>> {
        self.plan.nodes().filter(move |entry| self.holds(entry))
    }

    /// What was counted, and what in the same scope was not, and why.
    pub fn working(&self) -> Working {
        let mut working = Working::default();
        let asks_for_state = self.picks.iter().any(Pick::asks_for_state);
        for entry in self.plan.nodes() {
            let level = self.plan.level(entry.node);
            if !level.is_filled_in() || (asks_for_state && !level.is_assessed()) {
                continue;
            }
            let fails = |pick: &&Pick| !self.pick_holds(pick, &entry);
            if self.picks.iter().filter(fails).any(Pick::is_scope) {
                continue;
            }
            let id = entry.node.id;
            match self.picks.iter().find(fails) {
                Some(pick) => working.left_out.push((id, self.why_not(pick, entry.node))),
                None => working.counted.push(id),
            }
        }
        working
    }

    fn pick_holds(&self, pick: &Pick, entry: &Entry<'_>) -> bool {
        let node = entry.node;
        let is_counted = self.plan.is_counted(node);
        match pick {
            Pick::Counted => is_counted,
            Pick::Repost => node.is_repost() && self.plan.level(node).is_assessed(),
            Pick::Standing(standing) => is_counted && self.plan.standing(node) == *standing,
            Pick::Answers(answers) => {
                let is_answer = |(field, choice)| self.answer(node, field) == Some(choice);
                is_counted && answers.iter().copied().all(is_answer)
            }
            Pick::Unset(fields) => {
                let is_unset = |field: &Key| self.answer(node, *field) == Some(None);
                is_counted && fields.iter().any(is_unset)
            }
            Pick::Attention => is_counted && self.plan.standing(node).is_bad(),
            Pick::Gap(gap) => Gaps::of(self.plan, node, self.owners_in_use).contains(*gap),
            Pick::Incomplete => !Gaps::of(self.plan, node, self.owners_in_use).is_empty(),
            Pick::Level(key) => {
                let form = self.plan.form();
                let counted_with = |level: &Level| form.first_of_name(level).key;
                counted_with(self.plan.level(node)) == counted_with(form.level(*key))
            }
            Pick::Owner(owner) => self.plan.owner(node) == owner.trim(),
            Pick::In(id) => entry.path().any(|node| node.id == *id),
        }
    }

    /// Why this pick, which does not hold, does not.
    fn why_not(&self, pick: &Pick, node: &Node) -> Why {
        let is_unknown = match pick {
            Pick::Standing(_) | Pick::Attention => self.plan.standing(node) == Standing::Unassessed,
            Pick::Answers(answers) => {
                let mut asked = answers.iter().filter(|(_, choice)| choice.is_some());
                asked.any(|(field, _)| self.answer(node, *field) == Some(None))
            }
            _ => false,
        };
        if node.is_repost() {
            Why::Repost
        } else if is_unknown {
            Why::Unassessed
        } else {
            Why::Differs
        }
    }

    /// What a node has chosen in one of its fields; `None` where it has no such field.
    fn answer(&self, node: &Node, field: Key) -> Option<Option<Key>> {
        let field = self.plan.level(node).field(field)?;
        let choice = field.choice(self.plan.answer(node, field));
        Some(choice.map(|choice| choice.key))
    }
}

impl Pick {
    const fn is_scope(&self) -> bool {
        matches!(self, Self::In(_) | Self::Owner(_) | Self::Level(_))
    }

    /// Whether it can only be said of what is assessed.
    const fn asks_for_state(&self) -> bool {
        match self {
            Self::Counted
            | Self::Repost
            | Self::Standing(_)
            | Self::Answers(_)
            | Self::Unset(_)
            | Self::Attention => true,
            Self::Gap(_) | Self::Incomplete | Self::Level(_) | Self::Owner(_) | Self::In(_) => {
                false
            }
        }
    }
}
