//! The whole plan at a glance: counts, what needs attention, and what is still empty, as plain
//! data from one pass over the plan.
//!
//! The set behind each number is a list of `pick::Pick`. Words, colours and the wordings of the
//! axes are not here, nor is remembering an overview until the plan changes.

use std::{collections::HashMap, sync::Arc};

use super::{
    gap::{Gap, Gaps},
    id::Id,
    model::{Entry, Initiative, Issue, Plan, Strategy},
    number::Number,
    status::{Outlook, Progress, Standing, Status},
    tally::Tally,
};

/// How a plan stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overview {
    pub total: Tally,
    pub matrix: Matrix,
    /// One for each issue, in the order of the document; the unnumbered part is one of them.
    pub groups: Vec<Group>,
    /// All that is off target or behind, the worst first, then in the order of the document.
    pub attention: Vec<Attention>,
    /// Owners in order of their first initiative; initiatives without an owner come last.
    pub gaps: Vec<OwnerGaps>,
}

/// Counted initiatives by both axes, so reposts are not in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Matrix {
    cells: [[usize; 3]; 3],
}

/// An issue with its counts. They are those of its strategies and of its direct initiatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub issue: Arc<Issue>,
    pub number: Number,
    pub tally: Tally,
    pub strategies: Vec<StrategyGroup>,
}

/// A strategy with its counts.
#[derive(Debug, Clone, PartialEq)]
pub struct StrategyGroup {
    pub strategy: Arc<Strategy>,
    pub number: Number,
    pub tally: Tally,
}

/// An initiative that is off target or behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Attention {
    pub initiative: Arc<Initiative>,
    pub number: Number,
    pub standing: Standing,
}

/// What one owner has still to fill in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnerGaps {
    /// Without blanks around it; empty for initiatives that have no owner.
    pub owner: String,
    /// All initiatives of this owner, reposts apart, whether or not they lack something.
    pub counted: usize,
    /// Those that lack something, in the order of the document.
    pub lacks: Vec<(Id, Gaps)>,
    by_gap: [usize; Gap::ALL.len()],
}

impl Overview {
    /// Looks at every initiative once.
    pub fn of(plan: &Plan) -> Self {
        let mut overview = Self::default();
        let mut owners = Owners::default();
        for issue in plan.issues() {
            let number = Number {
                issue: issue.number,
                ..Number::default()
            };
            let mut group = Group {
                issue: Arc::clone(issue),
                number,
                tally: Tally::default(),
                strategies: Vec::with_capacity(issue.strategies.len()),
            };
            for strategy in &issue.strategies {
                let mut tally = Tally::default();
                for initiative in &strategy.initiatives {
                    let strategy = Some(strategy);
                    let entry = Entry {
                        issue,
                        strategy,
                        initiative,
                    };
                    overview.look_at(entry, &mut tally, &mut owners);
                }
                group.tally += tally;
                group.strategies.push(StrategyGroup {
                    strategy: Arc::clone(strategy),
                    number: Number {
                        strategy: Some(strategy.number),
                        ..number
                    },
                    tally,
                });
            }
            for initiative in &issue.initiatives {
                let entry = Entry {
                    issue,
                    strategy: None,
                    initiative,
                };
                overview.look_at(entry, &mut group.tally, &mut owners);
            }
            overview.total += group.tally;
            overview.groups.push(group);
        }
        // The sort is stable: what is equally bad stays in the order of the document.
        overview.attention.sort_by_key(|it| urgency(it.standing));
        overview.gaps = owners.listed();
        overview
    }

    fn look_at<'a>(&mut self, entry: Entry<'a>, tally: &mut Tally, owners: &mut Owners<'a>) {
        let initiative = entry.initiative;
        tally.add(initiative);
        if initiative.repost_of.is_some() {
            return;
        }
        self.matrix.add(initiative.status);
        owners.add(initiative);
        let standing = initiative.status.standing();
        if standing.is_bad() {
            self.attention.push(Attention {
                initiative: Arc::clone(initiative),
                number: entry.number(),
                standing,
            });
        }
    }
}

/// The smaller, the worse.
fn urgency(standing: Standing) -> u8 {
    match standing {
        Standing::BothBad => 0,
        Standing::OffTarget => 1,
        Standing::Behind => 2,
        Standing::Unassessed => 3,
        Standing::Good => 4,
    }
}

impl Matrix {
    /// How many have exactly these values; `None` is an axis that is unset.
    pub fn count(&self, outlook: Option<Outlook>, progress: Option<Progress>) -> usize {
        self.cells[row(outlook)][column(progress)]
    }

    /// `count` as a part of all that are counted, from 0 to 1; `None` where nothing is counted.
    pub fn share(&self, outlook: Option<Outlook>, progress: Option<Progress>) -> Option<f64> {
        let total = self.total();
        (total > 0).then(|| self.count(outlook, progress) as f64 / total as f64)
    }

    /// All that are outside the 2×2, since an axis is unset. These are those with `Gap::Status`,
    /// and more than `Tally::unassessed` where one axis is bad and the other one unset.
    pub fn unset(&self) -> usize {
        let rated = self.cells.iter().take(2).flat_map(|row| row.iter().take(2));
        self.total() - rated.sum::<usize>()
    }

    pub fn total(&self) -> usize {
        self.cells.iter().flatten().sum()
    }

    fn add(&mut self, status: Status) {
        self.cells[row(status.outlook)][column(status.progress)] += 1;
    }
}

const fn row(outlook: Option<Outlook>) -> usize {
    match outlook {
        Some(Outlook::OnTarget) => 0,
        Some(Outlook::OffTarget) => 1,
        None => 2,
    }
}

const fn column(progress: Option<Progress>) -> usize {
    match progress {
        Some(Progress::OnSchedule) => 0,
        Some(Progress::Behind) => 1,
        None => 2,
    }
}

impl Attention {
    /// The first line of the notes in which something stands; empty where there is none.
    pub fn note(&self) -> &str {
        let mut lines = self.initiative.notes.lines().map(str::trim);
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    }
}

impl OwnerGaps {
    /// How many of this owner's initiatives have this gap.
    pub fn count(&self, gap: Gap) -> usize {
        self.by_gap[gap as usize]
    }

    fn add(&mut self, id: Id, gaps: Gaps) {
        for gap in gaps.iter() {
            self.by_gap[gap as usize] += 1;
        }
        self.lacks.push((id, gaps));
    }
}

/// The owners met so far, each with its place in the order of appearance.
#[derive(Default)]
struct Owners<'a> {
    met: HashMap<&'a str, (usize, OwnerGaps)>,
}

impl<'a> Owners<'a> {
    fn add(&mut self, initiative: &'a Initiative) {
        let owner = initiative.owner.trim();
        let place = self.met.len();
        let (_, found) = self.met.entry(owner).or_insert_with(|| {
            let owner = owner.to_owned();
            let new = OwnerGaps {
                owner,
                ..OwnerGaps::default()
            };
            (place, new)
        });
        found.counted += 1;
        // Until the end of the plan, anybody without an owner may turn out to lack one.
        let gaps = Gaps::of(initiative, true);
        if !gaps.is_empty() {
            found.add(initiative.id, gaps);
        }
    }

    fn listed(mut self) -> Vec<OwnerGaps> {
        let owners_in_use = self.met.keys().any(|owner| !owner.is_empty());
        if let Some((_, nobody)) = self.met.get_mut("")
            && !owners_in_use
        {
            let lacks = std::mem::take(&mut nobody.lacks);
            nobody.by_gap = Default::default();
            for (id, gaps) in lacks {
                let gaps = gaps.without(Gap::Owner);
                if !gaps.is_empty() {
                    nobody.add(id, gaps);
                }
            }
        }
        let mut owners: Vec<_> = self.met.into_values().collect();
        owners.sort_unstable_by_key(|(place, group)| (group.owner.is_empty(), *place));
        owners.into_iter().map(|(_, group)| group).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_the_notes_is_the_first_with_something_in_it() {
        let cases = [
            ("中止した。\n再開は未定。", "中止した。"),
            ("\n　\n ・中止した。 \n", "・中止した。"),
            (" \n", ""),
            ("", ""),
        ];
        for (notes, line) in cases {
            let attention = Attention {
                initiative: Arc::new(Initiative {
                    notes: notes.to_owned(),
                    ..Initiative::new(Id::from_bits(1), 1)
                }),
                number: Number::default(),
                standing: Standing::Behind,
            };
            assert_eq!(attention.note(), line, "{notes:?}");
        }
    }

    #[test]
    fn a_share_of_nothing_is_no_share() {
        let (on_target, behind) = (Some(Outlook::OnTarget), Some(Progress::Behind));
        let mut matrix = Matrix::default();
        assert_eq!(matrix.share(on_target, behind), None);
        let mut add = |outlook, progress| matrix.add(Status { outlook, progress });
        add(on_target, behind);
        add(on_target, None);
        add(None, behind);
        add(None, None);
        assert_eq!(matrix.share(on_target, behind), Some(0.25));
        assert_eq!(matrix.share(Some(Outlook::OffTarget), behind), Some(0.0));
        assert_eq!((matrix.unset(), matrix.total()), (3, 4));
    }
}
