//! Explanations that say something was not done, while the answers say that all is well.
//!
//! Explanations are the texts that must be there where something is not good. Of the answers only
//! those are looked at that judge no target: one may be reached though something was not done.

use crate::form::{Field, Grade, Kind, Needed};

use super::super::model::Node;
use super::{Context, Finding, Rule, Text};

const NOT_DONE: [&str; 7] = [
    "未実施",
    "未着手",
    "実施できていない",
    "実施できなかった",
    "実施していない",
    "着手できていない",
    "予定より遅れ",
];

/// What may follow and take it back: 未実施の場合は, 未実施はなし.
const TAKEN_BACK: [&str; 6] = ["の場合", "はな", "なし", "とならな", "にならな", "を防"];

pub fn check(node: &Node, context: &Context, findings: &mut Vec<Finding>) {
    let plan = &context.plan;
    let level = plan.level(node);
    let good = level.axes().find_map(|axis| {
        let choice = axis.choice(plan.answer(node, axis))?;
        let is_good = !judges_targets(&axis.kind) && choice.grade == Some(Grade::Good);
        is_good.then(|| (axis.heading.as_str(), choice.short()))
    });
    let Some(good) = good else { return };
    let is_explanation = |it: &&Field| it.is_written() && it.needed == Needed::WhenBad;
    for field in level.fields.iter().filter(is_explanation) {
        let at = plan.slot(field);
        let mut text = Text {
            node: Some(node.id),
            at,
            text: node.text(at),
            findings,
        };
        check_text(&mut text, good);
    }
}

const fn judges_targets(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Choice {
            judges: Some(_),
            ..
        }
    )
}

fn check_text(text: &mut Text<'_>, (axis, good): (&str, &str)) {
    for word in NOT_DONE {
        for (at, _) in text.text.match_indices(word) {
            let end = at + word.len();
            let after = text.text.get(end..).unwrap_or_default();
            if TAKEN_BACK.iter().any(|back| after.starts_with(back)) {
                continue;
            }
            let explanation = format!("「{word}」とありますが、{axis}は「{good}」になっています。");
            text.find(Rule::NotesContradict, at..end, explanation, None);
        }
    }
}
