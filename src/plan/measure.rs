//! What is kept beside a criterion of a target: her own reading of it, and what was measured.
//!
//! All of it is text as she typed it; numbers and dates are read from it when they are needed
//! (`target`, `judgement`). The target itself is never changed by any of this.

use serde::{Deserialize, Serialize};

use crate::form::{Key, Slot};

use super::text::{self, with_lf};

/// Values for one criterion of one of a node's targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Where the target is that has the criterion.
    pub target: Slot,
    /// The review at which it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Key>,
    /// The criterion that the values belong to: its whole text as it stood when they were given.
    ///
    /// They belong to a criterion that still says the same, apart from widths and blanks, wherever
    /// in the target it is. Once it says something else they belong to none until she decides
    /// again, so that no change of order ever moves a value to another criterion.
    #[serde(with = "text")]
    pub criterion: String,
    /// Her reading, in the words of a target (`55%以上`), where the program's is wrong or missing.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub reading: String,
    /// The measured value, e.g. `57.2%`.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub measured: String,
    /// Last year's value.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub previous: String,
    /// The day up to which the measured value counts, e.g. `10月末`.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub as_of: String,
    /// What it is marked with, where the form marks criteria: the key of a choice, or nothing.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub mark: String,
}

impl Measure {
    /// Nothing yet for a criterion.
    pub fn new(target: Slot, review: Key, criterion: &str) -> Self {
        Self {
            target,
            review: (review != Key::NONE).then_some(review),
            criterion: criterion.to_owned(),
            reading: String::new(),
            measured: String::new(),
            previous: String::new(),
            as_of: String::new(),
            mark: String::new(),
        }
    }

    pub(super) fn with_lf(self) -> Self {
        Self {
            target: self.target,
            review: self.review,
            criterion: with_lf(self.criterion),
            reading: with_lf(self.reading),
            measured: with_lf(self.measured),
            previous: with_lf(self.previous),
            as_of: with_lf(self.as_of),
            mark: with_lf(self.mark),
        }
    }
}
