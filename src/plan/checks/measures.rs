//! Answers that do not fit what was measured, and values that no longer belong to any criterion.

use crate::form::Field;

use super::super::{
    judgement::Contradiction,
    measure::Measure,
    model::{Node, Plan},
};
use super::{Finding, Rule};

pub fn check(node: &Node, plan: &Plan, findings: &mut Vec<Finding>) {
    if node.measures.is_empty() {
        return;
    }
    let level = plan.level(node);
    for field in &level.fields {
        check_answer(node, plan, field, findings);
    }
    for field in level.fields.iter().filter(|field| field.is_targets()) {
        let name = field.short();
        let explanation =
            format!("{name}の文が変わったため、実績値がどの{name}のものか分からなくなっています。");
        for slot in plan.form().slots(field) {
            let strays = node.strays(slot).into_iter();
            findings.extend(strays.map(|it| stray(node, it, explanation.clone())));
        }
    }
    let is_of_targets = |measure: &&Measure| {
        let mut targets = level.fields.iter().filter(|field| field.is_targets());
        targets.any(|field| plan.form().slots(field).any(|slot| slot == measure.target))
    };
    for homeless in node.measures.iter().filter(|it| !is_of_targets(it)) {
        let explanation = "実績値の付いていた欄が様式にありません。".to_owned();
        findings.push(stray(node, homeless, explanation));
    }
}

fn check_answer(node: &Node, plan: &Plan, field: &Field, findings: &mut Vec<Finding>) {
    let Some(contradiction) = plan.contradiction(node, field) else {
        return;
    };
    let answer = field.choice(plan.answer(node, field));
    let answer = answer.map(|choice| choice.short()).unwrap_or_default();
    let targets = plan
        .judged_targets(node, field)
        .map(Field::short)
        .unwrap_or_default();
    let explanation = match contradiction {
        Contradiction::NotMet { criterion, short } => {
            format!(
                "{answer}になっていますが、実績値は{targets}に {short} 足りません（{criterion}）。"
            )
        }
        Contradiction::AllMet => {
            format!("{answer}になっていますが、実績値は{targets}に届いています。")
        }
    };
    let (rule, at) = (Rule::AnswerContradicts, plan.slot(field));
    findings.push(Finding::of_whole(rule, Some(node.id), at, "", explanation));
}

fn stray(node: &Node, measure: &Measure, explanation: String) -> Finding {
    let (rule, quote) = (Rule::StrayMeasure, &measure.criterion);
    Finding::of_whole(rule, Some(node.id), measure.target, quote, explanation)
}
