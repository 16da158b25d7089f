//! Reposts whose source is missing or is itself a repost, and reposts in words only.
//!
//! Circular reposts are not looked for: neither a file nor an edit can bring one into a plan.

use crate::form::{Level, is_dash};

use super::super::{
    id::Id,
    model::{Node, Plan},
};
use super::{Finding, Fix, Place, Rule, Text, Written};

/// What the repost refers to; the rest of a repost is not looked at.
pub fn check_reference(plan: &Plan, repost: &Node, findings: &mut Vec<Finding>) {
    let Some(source) = repost.repost_of else {
        return;
    };
    let find = |rule, explanation: &str| {
        Finding::new(rule, Some(repost.id), Place::Repost, explanation.to_owned())
    };
    match plan.node(source) {
        None => findings.push(find(
            Rule::RepostLost,
            "再掲元がありません。選び直すか、再掲をやめてください。",
        )),
        Some(found) if found.is_repost() => {
            let mut finding = find(
                Rule::RepostOfRepost,
                "再掲元も再掲です。内容のあるものを再掲元にしてください。",
            );
            finding.fix = plan.repost_source(repost).map(|root| Fix::Repost(root.id));
            findings.push(finding);
        }
        Some(_) => {}
    }
}

/// A line that stands for a repost (`３－１－２の再掲`), typed into a text: it does not follow when its
/// source changes.
pub fn check_words(
    node: Option<Id>,
    level: &Level,
    written: &[Written<'_>],
    findings: &mut Vec<Finding>,
) {
    // What follows the number there.
    let Some((_, of)) = level
        .repost
        .rsplit_once("{number}")
        .filter(|(_, of)| !of.is_empty())
    else {
        return;
    };
    for Written { at, text, .. } in written {
        let mut found = Text {
            node,
            at: *at,
            text,
            findings,
        };
        for (end, _) in text.match_indices(of) {
            let before = text.get(..end).unwrap_or_default();
            let rest = before.trim_end_matches(is_of_number);
            let number = before.get(rest.len()..).unwrap_or_default();
            let start = end - number.trim_start_matches(is_bracket).len();
            let is_number = number.chars().filter(|c| c.is_numeric()).count() >= 2;
            if is_number {
                let explanation = "再掲が文字で書かれています。「再掲」の設定にすると、番号と内容が再掲元に従います。";
                let range = start..end + of.len();
                found.find(Rule::RepostInWords, range, explanation.to_owned(), None);
            }
        }
    }
}

fn is_of_number(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９') || is_dash(c) || is_bracket(c)
}

const fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）')
}
