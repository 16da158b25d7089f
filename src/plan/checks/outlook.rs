//! An outlook that does not fit what was measured, and values that no longer belong to any
//! criterion.

use super::super::{
    about::Review, judgement::Contradiction, model::Initiative, text_field::TextField,
};
use super::{Finding, Place, Rule};

pub fn check(initiative: &Initiative, review: Review, findings: &mut Vec<Finding>) {
    if let Some(contradiction) = initiative.contradiction(review) {
        let explanation = match contradiction {
            Contradiction::NotMet { criterion, short } => {
                format!(
                    "達成見込になっていますが、実績値は目標に {short} 足りません（{criterion}）。"
                )
            }
            Contradiction::AllMet => {
                "未達成見込になっていますが、実績値は目標に届いています。".to_owned()
            }
        };
        let rule = Rule::OutlookContradicts;
        findings.push(Finding::new(
            rule,
            initiative.id,
            Place::Status,
            &explanation,
        ));
    }
    for stray in initiative.stray_measures() {
        let place = Place::Text {
            field: TextField::Target,
            range: 0..0,
        };
        let explanation =
            "目標の文が変わったため、実績値がどの目標のものか分からなくなっています。";
        let mut finding = Finding::new(Rule::StrayMeasure, initiative.id, place, explanation);
        finding.quote.clone_from(&stray.criterion);
        findings.push(finding);
    }
}
