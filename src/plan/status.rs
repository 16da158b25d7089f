//! How an initiative stands: two axes as the form asks them, and the one of five states they make.
//!
//! Words for the axes are in the form (`form.rs`), colours and shapes in the interface.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// 目標達成見込 / 目標未達成見込: will the target be met?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, VariantArray)]
pub enum Outlook {
    OnTarget,
    OffTarget,
}

/// 取組予定通り進捗している / していない: is the work on schedule?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, VariantArray)]
pub enum Progress {
    OnSchedule,
    Behind,
}

/// 達成状況: both axes, each of which may not be assessed yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlook: Option<Outlook>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
}

/// The five states that are shown, the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
pub enum Standing {
    /// On target and on schedule.
    Good,
    /// Behind schedule; the target is not said to be missed.
    Behind,
    /// Off target; the work is not said to be behind.
    OffTarget,
    /// Off target and behind.
    BothBad,
    /// Nothing bad is said, and at least one axis is unset.
    Unassessed,
}

impl Outlook {
    /// Both, the good one first.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.as_array().expect("both");
}

impl Progress {
    /// Both, the good one first.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.as_array().expect("both");
}

impl Standing {
    /// All five, good first and unassessed last: the order in which they are listed and counted.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.as_array().expect("all of them");

    /// Whether an axis is bad, so that notes are expected.
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::Behind | Self::OffTarget | Self::BothBad)
    }
}

impl Status {
    /// Neither axis is set.
    pub const fn is_unset(&self) -> bool {
        self.outlook.is_none() && self.progress.is_none()
    }

    /// The state that both axes make. One bad axis is shown even while the other is unset.
    pub const fn standing(&self) -> Standing {
        match (self.outlook, self.progress) {
            (Some(Outlook::OffTarget), Some(Progress::Behind)) => Standing::BothBad,
            (Some(Outlook::OffTarget), _) => Standing::OffTarget,
            (_, Some(Progress::Behind)) => Standing::Behind,
            (Some(Outlook::OnTarget), Some(Progress::OnSchedule)) => Standing::Good,
            _ => Standing::Unassessed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_axes_make_one_of_five_states() {
        use Outlook::*;
        use Progress::*;
        let cases = [
            (Some(OnTarget), Some(OnSchedule), Standing::Good),
            (Some(OnTarget), Some(Behind), Standing::Behind),
            (Some(OffTarget), Some(OnSchedule), Standing::OffTarget),
            (Some(OffTarget), Some(Behind), Standing::BothBad),
            (Some(OffTarget), None, Standing::OffTarget),
            (None, Some(Behind), Standing::Behind),
            (Some(OnTarget), None, Standing::Unassessed),
            (None, Some(OnSchedule), Standing::Unassessed),
            (None, None, Standing::Unassessed),
        ];
        for (outlook, progress, standing) in cases {
            assert_eq!(Status { outlook, progress }.standing(), standing);
        }
    }
}
