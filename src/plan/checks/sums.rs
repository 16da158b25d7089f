//! Amounts whose parts do not add up to the total beside them.
//!
//! The parts are the criteria of targets with sums of money and without a comparator (the
//! breakdown), or the lines of one text above a line that says 合計.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::super::{
    id::Id,
    target::{Amount, Bound, Comparator, Understanding, criteria},
};
use super::{Finding, Rule, Text, Written};

const MONEY: [&str; 5] = ["円", "千円", "万円", "百万円", "億円"];
const TOTALS: [&str; 4] = ["目標額", "合計", "総額", "総計"];

pub fn check(node: Option<Id>, written: &[Written<'_>], findings: &mut Vec<Finding>) {
    // Reading a target takes a while, and few plans have sums of money in one.
    let has_total = |it: &Written<'_>| TOTALS.iter().any(|word| it.text.contains(word));
    if !written.iter().any(has_total) {
        return;
    }
    let open = || written.iter().filter(|it| it.is_open);
    let all: Vec<_> = open().map(|it| (it, parts(it.text))).collect();
    for (it, own) in &all {
        for total in totals(it.text) {
            let is_of_targets = total.is_target && !it.field.is_targets();
            let targets = all
                .iter()
                .filter(|(it, _)| is_of_targets && it.field.is_targets());
            let own = (!is_of_targets).then_some(own).into_iter();
            let mut sums = own
                .chain(targets.map(|(_, parts)| parts))
                .filter_map(|parts| parts.get(&total.amount.unit)?.sum_of_several())
                .peekable();
            let unit = total.amount.unit.clone();
            let Some(value) = sums.peek().copied() else {
                continue;
            };
            if sums.any(|sum| sum == total.amount.value) {
                continue;
            }
            let sum = Amount { value, unit };
            let explanation = format!("内訳の合計は {sum} で、「{}」と合いません。", total.amount);
            let mut text = Text {
                node,
                at: it.at,
                text: it.text,
                findings,
            };
            text.find(Rule::Sum, total.range, explanation, None);
        }
    }
}

struct Total {
    range: std::ops::Range<usize>,
    amount: Amount,
    /// Whether it is the total of what the target asks for, in whichever text it was found.
    is_target: bool,
}

fn amounts(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &str, Amount)> {
    criteria(text).into_iter().filter_map(|criterion| {
        let Understanding::Goal(goal) = criterion.understanding else {
            return None;
        };
        let Bound::Amount(amount) = goal.bound else {
            return None;
        };
        let is_money = MONEY.contains(&amount.unit.as_str());
        (is_money && goal.comparator == Comparator::Plain).then_some((
            criterion.range,
            criterion.text,
            amount,
        ))
    })
}

/// How many parts there are in one unit, and what they come to.
struct Parts {
    count: usize,
    /// `None` for more than a number can hold.
    sum: Option<Decimal>,
}

impl Parts {
    /// One alone is no breakdown.
    fn sum_of_several(&self) -> Option<Decimal> {
        self.sum.filter(|_| self.count >= 2)
    }
}

fn parts(text: &str) -> HashMap<String, Parts> {
    let amounts = amounts(text).filter(|(_, text, _)| !TOTALS.iter().any(|it| text.contains(it)));
    let mut parts: HashMap<String, Parts> = HashMap::new();
    for (.., amount) in amounts {
        let of_unit = parts.entry(amount.unit).or_insert(Parts {
            count: 0,
            sum: Some(Decimal::ZERO),
        });
        of_unit.count += 1;
        of_unit.sum = of_unit.sum.and_then(|sum| sum.checked_add(amount.value));
    }
    parts
}

fn totals(text: &str) -> impl Iterator<Item = Total> {
    amounts(text).filter_map(|(range, text, amount)| {
        let is_total = TOTALS.iter().any(|word| text.contains(word));
        is_total.then(|| Total {
            range,
            amount,
            is_target: text.contains("目標額"),
        })
    })
}
