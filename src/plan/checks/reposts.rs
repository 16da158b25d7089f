//! Reposts whose source is missing or is itself a repost, and reposts in words only.
//!
//! Circular reposts are not looked for: neither a file nor an edit can bring one into a plan.

use super::super::{
    model::{Initiative, Plan},
    text_field::TextField,
};
use super::{Finding, Fix, Place, Rule, Text};

/// What the repost refers to; the rest of a repost is not looked at.
pub fn check_reference(plan: &Plan, repost: &Initiative, findings: &mut Vec<Finding>) {
    let Some(source) = repost.repost_of else {
        return;
    };
    let find = |rule, explanation| Finding::new(rule, repost.id, Place::Repost, explanation);
    match plan.initiative(source) {
        None => findings.push(find(
            Rule::RepostLost,
            "再掲元の取組がありません。選び直すか、再掲をやめてください。",
        )),
        Some(found) if found.repost_of.is_some() => {
            let mut finding = find(
                Rule::RepostOfRepost,
                "再掲元も再掲です。内容のある取組を再掲元にしてください。",
            );
            finding.fix = plan.repost_source(repost).map(|root| Fix::Repost(root.id));
            findings.push(finding);
        }
        Some(_) => {}
    }
}

/// `具体的取組３－１－２の再掲` typed into a cell: it does not follow when its source changes.
pub fn check_words(initiative: &Initiative, findings: &mut Vec<Finding>) {
    const OF: &str = "の再掲";
    for (field, written) in [
        (TextField::Results, &initiative.results),
        (TextField::Target, &initiative.target),
        (TextField::Notes, &initiative.notes),
    ] {
        let mut text = Text {
            node: initiative.id,
            field,
            text: written,
            findings,
        };
        for (at, _) in written.match_indices(OF) {
            let before = written.get(..at).unwrap_or_default();
            let number = before.trim_end_matches(|c: char| {
                matches!(c, '0'..='9' | '０'..='９') || super::super::number::is_dash(c)
            });
            let reference = before.get(number.len()..).unwrap_or_default();
            let is_number = reference.chars().filter(|c| c.is_numeric()).count() >= 2;
            if is_number {
                let explanation = "再掲が文字で書かれています。「再掲」の設定にすると、番号と内容が再掲元に従います。";
                let range = number.len()..at + OF.len();
                text.find(Rule::RepostInWords, range, explanation.to_owned(), None);
            }
        }
    }
}
