//! Amounts whose parts do not add up to the total beside them.
//!
//! The parts are the criteria of a target with sums of money and without a comparator (the
//! breakdown), or the lines of one text above a line that says 合計.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::super::{
    model::Initiative,
    target::{Amount, Bound, Comparator, Understanding, criteria},
    text_field::TextField,
};
use super::{Finding, Rule, Text};

const MONEY: [&str; 5] = ["円", "千円", "万円", "百万円", "億円"];
const TOTALS: [&str; 4] = ["目標額", "合計", "総額", "総計"];

pub fn check(initiative: &Initiative, findings: &mut Vec<Finding>) {
    let texts = [
        (TextField::Target, &initiative.target),
        (TextField::Results, &initiative.results),
    ];
    // Reading a target takes a while, and few plans have sums of money in one.
    let has_total = |(_, text): &(_, &String)| TOTALS.iter().any(|word| text.contains(word));
    if !texts.iter().any(has_total) {
        return;
    }
    let target_parts = parts(&initiative.target);
    let result_parts = parts(&initiative.results);
    for (field, text) in texts {
        for total in totals(text) {
            let parts = match (field, total.is_target) {
                (TextField::Target, _) | (_, true) => &target_parts,
                _ => &result_parts,
            };
            let unit = total.amount.unit.clone();
            let Some(Parts {
                count,
                sum: Some(sum),
            }) = parts.get(&unit)
            else {
                continue;
            };
            if *count < 2 || *sum == total.amount.value {
                continue;
            }
            let sum = Amount { value: *sum, unit };
            let explanation = format!("内訳の合計は {sum} で、「{}」と合いません。", total.amount);
            let mut text = Text {
                node: initiative.id,
                field,
                text,
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
