//! The 2×2 of both axes, and beside it what is not assessed on one of them or both.

use enum_map::{Enum, EnumMap};

use super::status::{Outlook, Progress, Status};

/// Counted initiatives by both axes, so reposts are not in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Matrix {
    cells: EnumMap<Row, EnumMap<Column, usize>>,
}

/// The outlook, unset or not.
#[derive(Debug, Clone, Copy, Enum)]
enum Row {
    OnTarget,
    OffTarget,
    Unset,
}

/// The progress, unset or not.
#[derive(Debug, Clone, Copy, Enum)]
enum Column {
    OnSchedule,
    Behind,
    Unset,
}

impl From<Option<Outlook>> for Row {
    fn from(outlook: Option<Outlook>) -> Self {
        match outlook {
            Some(Outlook::OnTarget) => Self::OnTarget,
            Some(Outlook::OffTarget) => Self::OffTarget,
            None => Self::Unset,
        }
    }
}

impl From<Option<Progress>> for Column {
    fn from(progress: Option<Progress>) -> Self {
        match progress {
            Some(Progress::OnSchedule) => Self::OnSchedule,
            Some(Progress::Behind) => Self::Behind,
            None => Self::Unset,
        }
    }
}

impl Matrix {
    /// How many have exactly these values; `None` is an axis that is unset.
    pub fn count(&self, outlook: Option<Outlook>, progress: Option<Progress>) -> usize {
        self.cells[outlook.into()][progress.into()]
    }

    /// `count` as a part of all that are counted, from 0 to 1; `None` where nothing is counted.
    pub fn share(&self, outlook: Option<Outlook>, progress: Option<Progress>) -> Option<f64> {
        let total = self.total();
        (total > 0).then(|| self.count(outlook, progress) as f64 / total as f64)
    }

    /// All that are outside the 2×2, since an axis is unset. These are those with `Gap::Status`,
    /// and more than `Tally::unassessed` where one axis is bad and the other one unset.
    pub fn unset(&self) -> usize {
        let rated = Outlook::ALL.map(|outlook| {
            let of_both = |progress| self.count(Some(outlook), Some(progress));
            Progress::ALL.map(of_both)
        });
        self.total() - rated.as_flattened().iter().sum::<usize>()
    }

    pub fn total(&self) -> usize {
        self.cells.values().flat_map(EnumMap::values).sum()
    }

    pub(super) fn add(&mut self, status: Status) {
        self.cells[status.outlook.into()][status.progress.into()] += 1;
    }
}

impl std::ops::AddAssign for Matrix {
    fn add_assign(&mut self, other: Self) {
        for (row, cells) in &mut self.cells {
            for (column, cell) in cells {
                *cell += other.cells[row][column];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
