//! Reading a target: which criteria are in it, and what each asks for.
//!
//! The text is never changed and a reading is never stored; it is made from the text whenever it
//! is needed. Whether a measured value meets a criterion is `judgement.rs`.
//!
//! | file | what is in it |
//! |---|---|
//! | `split` | where one criterion ends and the next begins |
//! | `read` | a criterion as a goal |
//! | `amount` | a number with its unit |
//! | `plain` | a text in one width, with the way back |
//!
//! What is not read: goals that stand in the middle of a sentence, fractions in words (半数以上),
//! ranges (40～50%), and dates by which something is to be done. They are shown as not read.

mod amount;
mod plain;
mod read;
mod split;

use std::{fmt, ops::Range};

pub(super) use amount::grouped;
pub use amount::{Amount, amount};
pub(super) use plain::Plain;

/// One criterion of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion<'a> {
    /// Bytes of the target, without the bullet.
    pub range: Range<usize>,
    pub text: &'a str,
    pub understanding: Understanding,
}

/// What the program makes of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understanding {
    Goal(Goal),
    /// It asks for something that has no number (計画の策定).
    Qualitative,
    /// It asks for a number, but the program cannot tell which.
    Unclear,
}

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// What is measured; empty where the text gives nothing but the number.
    pub indicator: String,
    pub comparator: Comparator,
    pub bound: Bound,
    /// What the goal is relative to, where the text says so.
    pub base: Option<Base>,
    /// かつ前年度実績以上: a second condition, against last year.
    pub also: Option<(Comparator, Base)>,
    /// （５点満点）.
    pub out_of: Option<Amount>,
}

/// How a value is compared with the bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparator {
    AtLeast,
    Above,
    AtMost,
    Below,
    /// Not stated, as in `4,400件`. It is met by that much or more.
    Plain,
}

/// What a value is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    Amount(Amount),
    /// All of them: 全地域.
    All(String),
    /// The base itself: 前年度以上.
    Base,
    /// So much more (`AtLeast`) or less (`AtMost`) than the base: 前年同時期の１%増.
    Change(Amount),
}

/// What a goal is relative to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// Verbatim: 前年度実績, 平成 30年度.
    pub text: String,
    /// Whether it is last year's value, which may be entered.
    pub is_past_year: bool,
}

/// The criteria of a target, in order.
pub fn criteria(target: &str) -> Vec<Criterion<'_>> {
    let criterion = |range: Range<usize>| {
        let text = target.get(range.clone())?;
        Some(Criterion {
            range,
            text,
            understanding: read::read(text),
        })
    };
    split::split(target)
        .into_iter()
        .filter_map(criterion)
        .collect()
}

/// Reads a goal that she gave by hand in the words of a target: `55%以上`.
pub fn read_goal(text: &str) -> Option<Goal> {
    match read::read(text) {
        Understanding::Goal(goal) => Some(goal),
        Understanding::Qualitative | Understanding::Unclear => None,
    }
}

impl Goal {
    fn new(comparator: Comparator, bound: Bound) -> Self {
        Self {
            indicator: String::new(),
            comparator,
            bound,
            base: None,
            also: None,
            out_of: None,
        }
    }
}

impl Base {
    fn past_year(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            is_past_year: true,
        }
    }

    fn other(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            is_past_year: false,
        }
    }
}

impl Comparator {
    /// Whether a smaller value is the better one.
    pub const fn is_lower_better(self) -> bool {
        matches!(self, Self::AtMost | Self::Below)
    }

    const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≧ ",
            Self::Above => "> ",
            Self::AtMost => "≦ ",
            Self::Below => "< ",
            Self::Plain => "",
        }
    }
}

/// Without the indicator, as a chip shows it: `≦ 12.9 %、かつ ≦ 前年度実績`.
impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = self.comparator.sign();
        let base = self.base.as_ref().map(|base| base.text.as_str());
        match (&self.bound, base) {
            (Bound::Amount(amount), None) => write!(f, "{sign}{amount}")?,
            (Bound::Amount(amount), Some(base)) => write!(f, "{sign}{amount}（{base}）")?,
            (Bound::All(what), _) => write!(f, "全{what}")?,
            (Bound::Base, base) => write!(f, "{sign}{}", base.unwrap_or_default())?,
            (Bound::Change(by), base) => {
                let more = if self.comparator.is_lower_better() {
                    '-'
                } else {
                    '+'
                };
                write!(f, "{sign}{} {more}{by}", base.unwrap_or_default())?;
            }
        }
        if let Some((comparator, base)) = &self.also {
            write!(f, "、かつ {}{}", comparator.sign(), base.text)?;
        }
        if let Some(most) = &self.out_of {
            write!(f, "（{most}満点）")?;
        }
        Ok(())
    }
}
