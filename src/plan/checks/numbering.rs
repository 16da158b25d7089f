//! Numbers of siblings of one level: used twice, or left out.

use std::{collections::BTreeMap, sync::Arc};

use crate::form::{Form, Key};

use super::super::{id::Id, model::Node};
use super::{Finding, Place, Rule};

/// Siblings in the order of the document.
pub fn check(siblings: &[Arc<Node>], form: &Form, findings: &mut Vec<Finding>) {
    let mut levels: BTreeMap<Key, Vec<(u32, Id)>> = BTreeMap::new();
    for node in siblings {
        if let Some(number) = node.number
            && form.level(node.level).number.has_own()
        {
            levels
                .entry(node.level)
                .or_default()
                .push((number, node.id));
        }
    }
    levels
        .into_values()
        .for_each(|numbered| check_level(numbered, findings));
}

fn check_level(mut numbered: Vec<(u32, Id)>, findings: &mut Vec<Finding>) {
    // The sort is stable: of two with the same number, the first in the document is not the
    // duplicate.
    numbered.sort_by_key(|&(number, _)| number);
    let mut before = 0;
    for (n, &(number, id)) in numbered.iter().enumerate() {
        let mut find = |rule, explanation: String| {
            findings.push(Finding::new(rule, Some(id), Place::Number, explanation));
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
