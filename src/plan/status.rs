//! How a node stands: the state that comes from the grades of its answers, the same everywhere.
//!
//! Its words come from the choices of the form (`words.rs`), colours and shapes are the interface's.

use enum_map::Enum;
use strum::VariantArray;

use crate::form::{Field, Grade, Key, Level};

use super::model::{Node, Plan};

/// The states that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum, VariantArray)]
pub enum Standing {
    /// Everything that is judged is good.
    Good,
    /// Something is not as it should be; nothing is said to be bad.
    Concern,
    /// One thing is bad.
    Bad,
    /// One thing is bad, and another one is not good either.
    Worst,
    /// Nothing is said not to be good, and at least one answer is missing.
    Unassessed,
    /// Everything is answered, and nothing of it is a judgement (評価できない).
    NotRated,
}

impl Standing {
    /// All of them, good first: the order in which they are listed and counted.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.as_array().expect("all of them");

    /// The state that answers make, each of them its grade; `None` is one that is missing.
    pub fn of(answers: impl IntoIterator<Item = Option<Option<Grade>>>) -> Self {
        let mut grades = Grades::default();
        for answer in answers {
            match answer {
                None => grades.unanswered += 1,
                Some(Some(Grade::Good)) => grades.good += 1,
                Some(Some(Grade::Concern)) => grades.concern += 1,
                Some(Some(Grade::Bad)) => grades.bad += 1,
                Some(None) => {}
            }
        }
        grades.standing()
    }

    /// Whether something is not good, so that countermeasures are expected.
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::Concern | Self::Bad | Self::Worst)
    }
}

/// The grades of a node's answers as far as they are read.
#[derive(Debug, Clone, Copy, Default)]
struct Grades {
    bad: usize,
    concern: usize,
    good: usize,
    unanswered: usize,
}

impl Level {
    /// The state that a node of this level has in a review. A bad answer is shown even while others
    /// are missing.
    pub(super) fn standing(&self, node: &Node, review: Key) -> Standing {
        let answer = |axis: &Field| Some(axis.choice(node.text(axis.slot(review)))?.grade);
        Standing::of(self.axes().map(answer))
    }
}

impl Grades {
    const fn standing(self) -> Standing {
        match self {
            Self { bad: 2.., .. } => Standing::Worst,
            Self {
                bad: 1,
                concern: 1..,
                ..
            } => Standing::Worst,
            Self { bad: 1, .. } => Standing::Bad,
            Self { concern: 1.., .. } => Standing::Concern,
            Self {
                unanswered: 1.., ..
            } => Standing::Unassessed,
            Self { good: 1.., .. } => Standing::Good,
            _ => Standing::NotRated,
        }
    }
}

impl Plan {
    /// How a node stands in the open review. What is not assessed at all is not rated.
    pub fn standing(&self, node: &Node) -> Standing {
        self.level(node).standing(node, self.review())
    }

    /// Whether a node is one of those that are assessed and counted.
    pub fn is_counted(&self, node: &Node) -> bool {
        !node.is_repost() && self.level(node).is_assessed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grades_make_one_of_six_states() {
        let cases = [
            ((0, 0, 2, 0), Standing::Good),
            ((0, 1, 1, 0), Standing::Concern),
            ((1, 0, 1, 0), Standing::Bad),
            ((1, 1, 0, 0), Standing::Worst),
            ((2, 0, 0, 0), Standing::Worst),
            ((1, 0, 0, 1), Standing::Bad),
            ((0, 1, 0, 1), Standing::Concern),
            ((0, 0, 1, 1), Standing::Unassessed),
            ((0, 0, 0, 2), Standing::Unassessed),
            ((0, 0, 1, 0), Standing::Good),
            ((0, 0, 0, 0), Standing::NotRated),
        ];
        for ((bad, concern, good, unanswered), standing) in cases {
            let grades = Grades {
                bad,
                concern,
                good,
                unanswered,
            };
            assert_eq!(grades.standing(), standing, "{grades:?}");
        }
    }
}
