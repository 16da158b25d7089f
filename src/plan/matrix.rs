//! The 2×2 of both axes, and beside it what is not assessed on one of them or both.

use super::status::{Outlook, Progress, Status};

/// Counted initiatives by both axes, so reposts are not in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Matrix {
    cells: [[usize; 3]; 3],
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

    pub(super) fn add(&mut self, status: Status) {
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

impl std::ops::AddAssign for Matrix {
    fn add_assign(&mut self, other: Self) {
        let cells = self.cells.iter_mut().flatten();
        for (cell, other) in cells.zip(other.cells.iter().flatten()) {
            *cell += other;
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
