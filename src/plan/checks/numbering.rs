//! Numbers of siblings: used twice, or left out.

use super::super::id::Id;
use super::{Finding, Place, Rule};

/// Siblings with their own numbers, in the order of the document.
pub fn check(siblings: impl Iterator<Item = (Id, Option<u32>)>, findings: &mut Vec<Finding>) {
    let mut numbered: Vec<(u32, Id)> = siblings
        .filter_map(|(id, number)| Some((number?, id)))
        .collect();
    // The sort is stable: of two with the same number, the first in the document is not the
    // duplicate.
    numbered.sort_by_key(|&(number, _)| number);
    let mut before = 0;
    for (n, &(number, id)) in numbered.iter().enumerate() {
        let mut find = |rule, explanation: String| {
            findings.push(Finding::new(rule, id, Place::Number, &explanation));
        };
        if n > 0 && number == before {
            find(Rule::NumberTwice, format!("番号 {number} が二つあります。"));
        } else if number > before.saturating_add(1) {
            let missing = match number - before {
                2 => format!("{}", number - 1),
                _ => format!("{} から {}", before + 1, number - 1),
            };
            find(
                Rule::NumberGap,
                format!("{number} の前に番号 {missing} がありません。"),
            );
        }
        before = number;
    }
}
