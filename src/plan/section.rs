//! A part of a plan as people name it: 2, 2-1, 2-1-3, 改革, 改革-1.

use std::{fmt, str::FromStr};

use super::{
    model::{Entry, Plan},
    number::{self, Number, UNNUMBERED},
};

/// A part of a plan, by number. A level that is not given means all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section(Number);

/// The text does not name a section.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "「{0}」は範囲として読めません。2（経営課題）、2-1（戦略）、2-1-3（具体的取組）、改革 のように指定してください"
)]
pub struct ParseSectionError(String);

/// The plan has no such section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("範囲「{0}」はこの計画にありません。")]
pub struct NoSuchSection(pub Section);

impl FromStr for Section {
    type Err = ParseSectionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseSectionError(text.chars().take(40).collect());
        let plain = number::half_width(text.trim());
        let mut parts = plain.split('-');
        let head = parts.next().ok_or_else(wrong)?;
        let rest: Vec<u32> = parts
            .map(|part| number::parse(part).ok_or_else(wrong))
            .collect::<Result<_, _>>()?;
        let number = if head == UNNUMBERED {
            match rest[..] {
                [] => Number::default(),
                [initiative] => Number {
                    initiative: Some(initiative),
                    ..Number::default()
                },
                _ => return Err(wrong()),
            }
        } else {
            let issue = Some(number::parse(head).ok_or_else(wrong)?);
            let (strategy, initiative) = match rest[..] {
                [] => (None, None),
                [strategy] => (Some(strategy), None),
                [strategy, initiative] => (Some(strategy), Some(initiative)),
                _ => return Err(wrong()),
            };
            Number {
                issue,
                strategy,
                initiative,
            }
        };
        Ok(Self(number))
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.half_width())
    }
}

impl Section {
    /// # Errors
    /// When the plan has no such part at all; one that is there may still hold no initiative.
    pub fn require_in(self, plan: &Plan) -> Result<(), NoSuchSection> {
        if self.exists_in(plan) {
            Ok(())
        } else {
            Err(NoSuchSection(self))
        }
    }

    fn exists_in(&self, plan: &Plan) -> bool {
        let Number {
            issue,
            strategy,
            initiative,
        } = self.0;
        let mut issues = plan.issues().iter().filter(|it| it.number == issue);
        match (strategy, initiative) {
            (None, None) => issues.next().is_some(),
            (Some(number), None) => issues
                .flat_map(|issue| &issue.strategies)
                .any(|strategy| strategy.number == number),
            _ => plan.entries().any(|entry| self.holds(&entry)),
        }
    }

    /// The number that was asked for.
    pub fn number(&self) -> Number {
        self.0
    }

    /// Whether an issue or strategy with this number is this part, contains it, or is in it.
    pub fn touches(&self, number: Number) -> bool {
        let agree =
            |asked: Option<u32>, has: Option<u32>| asked.is_none() || has.is_none() || asked == has;
        number.issue == self.0.issue && agree(self.0.strategy, number.strategy)
    }

    /// Whether an initiative is in this part.
    pub fn holds(&self, entry: &Entry<'_>) -> bool {
        let number = entry.number();
        let matches = |asked: Option<u32>, has| asked.is_none() || asked == has;
        number.issue == self.0.issue
            && matches(self.0.strategy, number.strategy)
            && matches(self.0.initiative, number.initiative)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_read_in_either_width() {
        let cases = [
            ("2", "2"),
            ("２", "2"),
            (" 2-1 ", "2-1"),
            ("２－１－３", "2-1-3"),
            ("２ー１", "2-1"),
            ("改革", "改革"),
            ("改革－２", "改革-2"),
        ];
        for (typed, section) in cases {
            let read: Section = typed.parse().expect(typed);
            assert_eq!(read.to_string(), section, "{typed}");
        }
    }

    #[test]
    fn a_section_touches_what_stands_above_and_below_it() {
        let touches = |section: &str, heading: &str| {
            let section: Section = section.parse().expect(section);
            let heading: Section = heading.parse().expect(heading);
            section.touches(heading.number())
        };
        for (section, heading) in [
            ("2", "2-1"),
            ("2-1", "2"),
            ("2-1-3", "2-1"),
            ("改革-1", "改革"),
        ] {
            assert!(touches(section, heading), "{section} {heading}");
        }
        for (section, heading) in [("2", "1"), ("2-1", "2-2"), ("2-1-3", "2-3"), ("改革", "1")] {
            assert!(!touches(section, heading), "{section} {heading}");
        }
    }

    #[test]
    fn what_is_no_section_is_refused() {
        for typed in ["", "-", "2-", "2-1-3-4", "戦略2", "改革-1-2", "2.1", "改"] {
            assert!(typed.parse::<Section>().is_err(), "{typed}");
        }
    }
}
