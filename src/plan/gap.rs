//! What is still to be filled in: the cells of the form that an initiative leaves empty.
//!
//! Whether a filled cell makes sense is not asked here; `owners.rs` lists gaps by owner.

use enum_map::Enum;
use strum::VariantArray;

use super::model::{Initiative, Plan};

/// A cell that should be filled in and is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum, VariantArray)]
pub enum Gap {
    Title,
    /// No owner, in a plan in which others have one. A plan without any owner leaves the cell empty
    /// on purpose, as the ward's printed one does.
    Owner,
    Results,
    Target,
    /// At least one axis is unset, even if the other one is bad.
    Status,
    /// An axis is bad, and nothing is said about it.
    Notes,
}

impl Gap {
    /// What it is a gap of.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "名称",
            Self::Owner => "担当",
            Self::Results => "実績",
            Self::Target => "目標",
            Self::Status => "達成状況",
            Self::Notes => "課題・改善策",
        }
    }

    /// All of them, in the order of the form's cells.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.as_array().expect("all of them");
}

/// The gaps of one initiative: a set in one byte, since a new plan has gaps in every row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gaps(u8);

impl Gaps {
    /// What an initiative lacks. A repost lacks nothing: its source is to be filled in.
    pub fn of(initiative: &Initiative, owners_in_use: bool) -> Self {
        if initiative.repost_of.is_some() {
            return Self::default();
        }
        let status = initiative.status;
        let is_missing = |gap| match gap {
            Gap::Title => is_blank(&initiative.title),
            Gap::Owner => owners_in_use && is_blank(&initiative.owner),
            Gap::Results => is_blank(&initiative.results),
            Gap::Target => is_blank(&initiative.target),
            Gap::Status => status.outlook.is_none() || status.progress.is_none(),
            Gap::Notes => status.standing().is_bad() && is_blank(&initiative.notes),
        };
        let missing = Gap::ALL.into_iter().filter(|gap| is_missing(*gap));
        Self(missing.fold(0, |set, gap| set | bit(gap)))
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub const fn contains(self, gap: Gap) -> bool {
        self.0 & bit(gap) != 0
    }

    /// In the order of the form's cells.
    pub fn iter(self) -> impl Iterator<Item = Gap> {
        Gap::ALL.into_iter().filter(move |gap| self.contains(*gap))
    }

    pub(super) const fn without(self, gap: Gap) -> Self {
        Self(self.0 & !bit(gap))
    }
}

const fn bit(gap: Gap) -> u8 {
    1 << gap as u8
}

/// Only blanks, full-width ones included. Stops at the first letter.
fn is_blank(text: &str) -> bool {
    text.trim_start().is_empty()
}

impl Plan {
    /// Whether anybody is named as owner, so that a missing owner is a gap.
    pub fn has_owners(&self) -> bool {
        let owned = |initiative: &Initiative| {
            initiative.repost_of.is_none() && !is_blank(&initiative.owner)
        };
        self.entries().any(|entry| owned(entry.initiative))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Id, Outlook, Progress, Status};

    fn gaps(change: impl FnOnce(&mut Initiative)) -> Vec<Gap> {
        let mut initiative = Initiative {
            title: "防災訓練".to_owned(),
            owner: "防災担当".to_owned(),
            results: "・１回".to_owned(),
            target: "２回以上".to_owned(),
            status: Status {
                outlook: Some(Outlook::OffTarget),
                progress: Some(Progress::OnSchedule),
            },
            notes: "延期した。".to_owned(),
            ..Initiative::new(Id::from_bits(1), 1)
        };
        change(&mut initiative);
        Gaps::of(&initiative, true).iter().collect()
    }

    #[test]
    fn each_empty_cell_is_a_gap_and_blanks_fill_nothing() {
        assert_eq!(gaps(|_| ()), []);
        assert_eq!(gaps(|it| it.title.clear()), [Gap::Title]);
        assert_eq!(gaps(|it| it.owner = "　".to_owned()), [Gap::Owner]);
        assert_eq!(gaps(|it| it.results = " \n\t".to_owned()), [Gap::Results]);
        assert_eq!(gaps(|it| it.target.clear()), [Gap::Target]);
        assert_eq!(gaps(|it| it.notes = "\n　\n".to_owned()), [Gap::Notes]);
        assert_eq!(gaps(|it| it.status.progress = None), [Gap::Status]);
    }

    #[test]
    fn notes_are_asked_for_only_where_a_status_is_bad() {
        let without_notes = |outlook, progress| {
            gaps(|it| {
                it.notes.clear();
                it.status = Status { outlook, progress };
            })
        };
        let good = (Some(Outlook::OnTarget), Some(Progress::OnSchedule));
        assert_eq!(without_notes(good.0, good.1), []);
        assert_eq!(without_notes(None, None), [Gap::Status]);
        let behind = Some(Progress::Behind);
        assert_eq!(without_notes(good.0, behind), [Gap::Notes]);
        assert_eq!(without_notes(None, behind), [Gap::Status, Gap::Notes]);
    }

    #[test]
    fn a_repost_lacks_nothing() {
        let mut repost = Initiative::new(Id::from_bits(1), 1);
        assert_eq!(Gaps::of(&repost, false).iter().count(), 4);
        repost.repost_of = Some(Id::from_bits(2));
        assert!(Gaps::of(&repost, true).is_empty());
    }
}
