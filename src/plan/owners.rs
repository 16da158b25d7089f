//! What is still to be filled in, by owner: whom to ask for what.
//!
//! `gap.rs` says what a gap is.

use std::collections::HashMap;

use enum_map::EnumMap;

use super::{
    gap::{Gap, Gaps},
    id::Id,
    model::Initiative,
};

/// What one owner has still to fill in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnerGaps {
    /// Without blanks around it; empty for initiatives that have no owner.
    pub owner: String,
    /// All initiatives of this owner, whether or not they lack something, without reposts.
    pub counted: usize,
    /// Those that lack something, in the order of the document.
    pub lacks: Vec<(Id, Gaps)>,
    by_gap: EnumMap<Gap, usize>,
}

impl OwnerGaps {
    /// How many of this owner's initiatives have this gap.
    pub fn count(&self, gap: Gap) -> usize {
        self.by_gap[gap]
    }

    fn add(&mut self, initiative: &Initiative) {
        self.counted += 1;
        // Until the end of the plan, anybody without an owner may turn out to lack one.
        let gaps = Gaps::of(initiative, true);
        if !gaps.is_empty() {
            self.lacks.push((initiative.id, gaps));
            for gap in gaps.iter() {
                self.by_gap[gap] += 1;
            }
        }
    }

    fn add_all(&mut self, other: &Self) {
        self.counted += other.counted;
        self.lacks.extend_from_slice(&other.lacks);
        for (gap, count) in &mut self.by_gap {
            *count += other.by_gap[gap];
        }
    }

    /// Nobody has an owner, so having none is no gap.
    fn forget_owners(&mut self) {
        self.by_gap[Gap::Owner] = 0;
        self.lacks.retain_mut(|(_, gaps)| {
            *gaps = gaps.without(Gap::Owner);
            !gaps.is_empty()
        });
    }
}

/// The owners met so far, each with its place in the order of appearance.
#[derive(Default)]
pub(super) struct Owners<'a> {
    met: HashMap<&'a str, (usize, OwnerGaps)>,
    /// Initiatives without an owner. Kept apart not only because they come last: looking up an
    /// empty key takes some processors ten times as long as any other.
    nobody: OwnerGaps,
}

impl<'a> Owners<'a> {
    pub(super) fn add(&mut self, initiative: &'a Initiative) {
        self.group(initiative.owner.trim()).add(initiative);
    }

    pub(super) fn add_all(&mut self, groups: &'a [OwnerGaps]) {
        for group in groups {
            self.group(&group.owner).add_all(group);
        }
    }

    fn group(&mut self, owner: &'a str) -> &mut OwnerGaps {
        if owner.is_empty() {
            return &mut self.nobody;
        }
        let place = self.met.len();
        let (_, group) = self.met.entry(owner).or_insert_with(|| {
            let new = OwnerGaps {
                owner: owner.to_owned(),
                ..OwnerGaps::default()
            };
            (place, new)
        });
        group
    }

    /// For a part of the plan, in which it is still open whether having no owner is a gap.
    pub(super) fn of_part(self) -> Vec<OwnerGaps> {
        let mut owners: Vec<_> = self.met.into_values().collect();
        owners.sort_unstable_by_key(|(place, _)| *place);
        let owners = owners.into_iter().map(|(_, group)| group);
        let nobody = Some(self.nobody).filter(|nobody| nobody.counted > 0);
        owners.chain(nobody).collect()
    }

    pub(super) fn of_plan(mut self) -> Vec<OwnerGaps> {
        if self.met.is_empty() {
            self.nobody.forget_owners();
        }
        self.of_part()
    }
}
