//! As-of dates: several in one node, one date written in two ways, or one after the review's.
//!
//! An as-of date is a date in brackets of its own (`（8月末）`, `（R3.8末）`) or before 現在 or 時点.
//! Only what the open review says is looked at: other dates are those of other reviews, or say when
//! something is to be measured.

use std::ops::Range;

use jiff::civil::Date;

use crate::form::{Kind, Slot};

use super::super::{about::About, id::Id, target::Plain};
use super::{Finding, Rule, Text, Written, numerals};

struct AsOf<'a> {
    at: Slot,
    /// The whole text, and the date in it.
    whole: &'a str,
    range: Range<usize>,
    text: &'a str,
    day: Day,
}

/// A day as it is written; the end of a month counts as its 31st.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Day {
    year: Option<i16>,
    month: i8,
    day: i8,
}

pub fn check(
    node: Option<Id>,
    written: &[Written<'_>],
    about: &About,
    findings: &mut Vec<Finding>,
) {
    let mut found: Vec<AsOf<'_>> = Vec::new();
    for Written {
        at, text: whole, ..
    } in written.iter().filter(|it| is_looked_at(it))
    {
        found.extend(as_of_dates(whole).map(|(range, text, day)| AsOf {
            at: *at,
            whole,
            range,
            text,
            day,
        }));
    }
    let Some(first) = found.first() else { return };
    let is_mixed = |text: &str| numerals::numerals(text).iter().any(|it| it.is_mixed());
    let is_first_mixed = is_mixed(first.text);
    for date in &found {
        let explanation = if !date.day.may_be(first.day) {
            format!(
                "基準日が「{}」と「{}」で異なります。",
                first.text, date.text
            )
        } else if date.text != first.text && !is_mixed(date.text) && !is_first_mixed {
            format!(
                "同じ基準日が「{}」と「{}」の二通りに書かれています。",
                first.text, date.text
            )
        } else if let Some(review) = about
            .as_of
            .filter(|review| date.day.is_after(*review, about))
        {
            format!(
                "基準日「{}」が振り返りの基準日（{review}）より後です。",
                date.text
            )
        } else {
            continue;
        };
        let mut text = Text {
            node,
            at: date.at,
            text: date.whole,
            findings,
        };
        text.find(Rule::AsOf, date.range.clone(), explanation, None);
    }
}

/// Whether it says what has been done up to the open review.
fn is_looked_at(written: &Written<'_>) -> bool {
    written.is_open && written.field.each_review && matches!(written.field.kind, Kind::Text)
}

impl Day {
    fn may_be(self, other: Self) -> bool {
        let same_year = self.year.is_none() || other.year.is_none() || self.year == other.year;
        same_year && (self.month, self.day) == (other.month, other.day)
    }

    /// Without a year, January to March may be those before the fiscal year, so nothing is
    /// reported.
    fn is_after(self, review: Date, about: &About) -> bool {
        let year = match self.year {
            Some(year) => year,
            None if self.month >= 4 => i16::try_from(about.fiscal_year).unwrap_or(i16::MAX),
            None => return false,
        };
        (year, self.month) > (review.year(), review.month())
            || ((year, self.month) == (review.year(), review.month())
                && self.day > review.day()
                && self.day < END_OF_MONTH)
    }
}

const END_OF_MONTH: i8 = 31;

fn as_of_dates(text: &str) -> impl Iterator<Item = (Range<usize>, &str, Day)> {
    text.match_indices(['末', '在', '点'])
        .filter_map(|(at, c)| {
            let end = at + c.len();
            let (until, needs_brackets) = match c {
                "末" => (end, true),
                _ => {
                    let date = text.get(..end)?;
                    let date = date
                        .strip_suffix("現在")
                        .or_else(|| date.strip_suffix("時点"))?;
                    (date.len(), false)
                }
            };
            let after = text.get(end..).unwrap_or_default();
            if needs_brackets && !after.starts_with(['）', ')']) {
                return None;
            }
            let before = text.get(..until)?;
            let start = before
                .char_indices()
                .rev()
                .take_while(|&(_, c)| is_of_date(c))
                .last()
                .map(|(at, _)| at)?;
            if needs_brackets && !text.get(..start)?.ends_with(['（', '(']) {
                return None;
            }
            let written = before.get(start..)?;
            Some((start..until, written, day(written)?))
        })
}

fn is_of_date(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '.' | '．' | '年' | '月' | '日' | '末' | '度')
        || matches!(
            c,
            'R' | 'H' | 'Ｒ' | 'Ｈ' | '令' | '和' | '平' | '成' | '元'
        )
}

/// `8月末`, `R3.8末`, `令和３年８月31日`.
fn day(written: &str) -> Option<Day> {
    const REIWA_BEFORE_FIRST: i16 = 2018;
    const HEISEI_BEFORE_FIRST: i16 = 1988;
    let plain = Plain::of(written);
    let text = plain.as_str();
    let (era, rest) = [
        ("令和", REIWA_BEFORE_FIRST),
        ("R", REIWA_BEFORE_FIRST),
        ("Ｒ", REIWA_BEFORE_FIRST),
    ]
    .into_iter()
    .chain([
        ("平成", HEISEI_BEFORE_FIRST),
        ("H", HEISEI_BEFORE_FIRST),
        ("Ｈ", HEISEI_BEFORE_FIRST),
    ])
    .find_map(|(name, before)| Some((before, text.strip_prefix(name)?)))
    .map_or((None, text), |(before, rest)| (Some(before), rest));
    let mut parts = rest
        .split(['年', '月', '日', '.', '末'])
        .filter(|part| !part.is_empty());
    let has_year = era.is_some() || text.contains('年');
    let year = if has_year {
        let number: i16 = match parts.next()? {
            "元" => 1,
            digits => digits.parse().ok()?,
        };
        Some(number.checked_add(era.unwrap_or_default())?)
    } else {
        None
    };
    let month = parts
        .next()?
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let day = match parts.next() {
        Some(day) => day.parse().ok()?,
        None if text.ends_with('末') => END_OF_MONTH,
        None => return None,
    };
    Some(Day { year, month, day })
}
