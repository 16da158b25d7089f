//! What is kept beside a criterion of a target: her own reading of it, and what was measured.
//!
//! All of it is text as she typed it; numbers and dates are read from it when they are needed
//! (`target`, `judgement`). The target itself is never changed by any of this.

use serde::{Deserialize, Serialize};

use super::text::{self, with_lf};

/// Values for one criterion of an initiative's target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
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
}

impl Measure {
    pub(super) fn with_lf(self) -> Self {
        Self {
            criterion: with_lf(self.criterion),
            reading: with_lf(self.reading),
            measured: with_lf(self.measured),
            previous: with_lf(self.previous),
            as_of: with_lf(self.as_of),
        }
    }
}
