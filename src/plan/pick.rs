//! The set behind a number: picks say which initiatives a number of the overview stands for, so
//! that the tree can be filtered to just those and the number can show its working.
//!
//! The numbers are made in `overview.rs`; free text is searched elsewhere.

use super::{
    gap::{Gap, Gaps},
    id::Id,
    model::{Entry, Plan},
    status::{Outlook, Progress, Standing},
};

/// One condition. Several of them must all hold: `In` an issue and `Standing` behind.
///
/// A repost is never counted, so only `Repost`, `Owner` and `In` can hold for one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Pick {
    /// Everything but reposts.
    Counted,
    Repost,
    Standing(Standing),
    /// Exactly these values; `None` is an axis that is unset.
    Axes {
        outlook: Option<Outlook>,
        progress: Option<Progress>,
    },
    /// Off target or behind.
    Attention,
    Gap(Gap),
    /// At least one gap, whichever.
    Incomplete,
    /// This owner, without the blanks around it; empty for those without one.
    Owner(String),
    /// In this issue or strategy, or this very initiative.
    In(Id),
}

/// Picks made ready to be applied to one plan.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    plan: &'a Plan,
    picks: &'a [Pick],
    owners_in_use: bool,
}

/// How a number came about: together, every initiative of its scope, each once.
///
/// The scope is what `In` and `Owner` hold; the other picks count or leave out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Working {
    pub counted: Vec<Id>,
    pub left_out: Vec<(Id, Why)>,
}

/// Why an initiative was not counted.
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

    /// Whether all picks hold. Without picks they hold for everything, reposts included.
    pub fn holds(&self, entry: &Entry<'_>) -> bool {
        self.picks.iter().all(|pick| self.pick_holds(pick, entry))
    }

    /// Those for which they hold, in the order of the document.
    pub fn entries(self) -> impl Iterator<Item = Entry<'a>> {
        self.plan.entries().filter(move |entry| self.holds(entry))
    }

    /// What was counted, and what in the same scope was not, and why.
    pub fn working(&self) -> Working {
        let mut working = Working::default();
        for entry in self.plan.entries() {
            let fails = |pick: &&Pick| !self.pick_holds(pick, &entry);
            if self.picks.iter().filter(fails).any(Pick::is_scope) {
                continue;
            }
            let id = entry.initiative.id;
            match self.picks.iter().find(fails) {
                Some(pick) => working.left_out.push((id, pick.why_not(&entry))),
                None => working.counted.push(id),
            }
        }
        working
    }

    fn pick_holds(&self, pick: &Pick, entry: &Entry<'_>) -> bool {
        let initiative = entry.initiative;
        let status = initiative.status;
        let is_repost = initiative.repost_of.is_some();
        match pick {
            Pick::Counted => !is_repost,
            Pick::Repost => is_repost,
            Pick::Standing(standing) => !is_repost && status.standing() == *standing,
            Pick::Axes { outlook, progress } => {
                !is_repost && (status.outlook, status.progress) == (*outlook, *progress)
            }
            Pick::Attention => !is_repost && status.standing().is_bad(),
            Pick::Gap(gap) => Gaps::of(initiative, self.owners_in_use).contains(*gap),
            Pick::Incomplete => !Gaps::of(initiative, self.owners_in_use).is_empty(),
            Pick::Owner(owner) => initiative.owner.trim() == owner.trim(),
            Pick::In(id) => {
                let strategy = entry.strategy.map(|strategy| strategy.id);
                entry.issue.id == *id || strategy == Some(*id) || initiative.id == *id
            }
        }
    }
}

impl Pick {
    const fn is_scope(&self) -> bool {
        matches!(self, Self::In(_) | Self::Owner(_))
    }

    /// Why this pick, which does not hold, does not.
    fn why_not(&self, entry: &Entry<'_>) -> Why {
        let status = entry.initiative.status;
        let is_unknown = match self {
            Self::Standing(_) | Self::Attention => status.standing() == Standing::Unassessed,
            Self::Axes { outlook, progress } => {
                (outlook.is_some() && status.outlook.is_none())
                    || (progress.is_some() && status.progress.is_none())
            }
            _ => false,
        };
        if entry.initiative.repost_of.is_some() {
            Why::Repost
        } else if is_unknown {
            Why::Unassessed
        } else {
            Why::Differs
        }
    }
}
