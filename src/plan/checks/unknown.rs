//! What is said though the form has no place for it: another form, or another version of it, had one.
//!
//! It is kept, shown and never printed, until she decides what becomes of it.

use crate::form::{Choice, Field, Kind, Level};

use super::super::{id::Id, model::Node, target::amount, values::Values};
use super::{Context, Finding, Rule, Text};

/// Texts without a field, answers that are no choice, and amounts that are no number.
pub fn check(
    node: Option<Id>,
    fields: &[Field],
    values: &Values,
    context: &Context,
    findings: &mut Vec<Finding>,
) {
    let form = context.plan.form();
    for (at, text) in values.iter() {
        let of_slot =
            |field: &&Field| field.key == at.field && form.slots(field).any(|it| it == at);
        let Some(field) = fields.iter().find(of_slot) else {
            let explanation =
                format!("様式に「{at}」という欄がないため、この内容は印刷されません。");
            let rule = Rule::UnknownField;
            findings.push(Finding::of_whole(rule, node, at, text, explanation));
            continue;
        };
        match &field.kind {
            Kind::Choice { choices, .. } if !has(choices, text) => {
                let heading = &field.heading;
                let explanation =
                    format!("「{text}」は{heading}の選択肢にありません。選び直してください。");
                let rule = Rule::UnknownChoice;
                findings.push(Finding::of_whole(rule, node, at, text, explanation));
            }
            Kind::Amount { .. } if amount(text).is_none() => {
                let name = field.short();
                let explanation =
                    format!("{name}の「{text}」は数として読めないため、合計に入りません。");
                let mut found = Text {
                    node,
                    at,
                    text,
                    findings,
                };
                found.find(Rule::NotANumber, 0..text.len(), explanation, None);
            }
            Kind::Text | Kind::Targets { .. } | Kind::Choice { .. } | Kind::Amount { .. } => {}
        }
    }
}

/// Criteria that are marked with what their field does not have.
pub fn check_marks(node: &Node, level: &Level, findings: &mut Vec<Finding>) {
    for measure in node.measures.iter().filter(|it| !it.mark.is_empty()) {
        let (at, mark) = (measure.target, &measure.mark);
        let is_known = match level.field(at.field).map(|field| &field.kind) {
            Some(Kind::Targets { marks }) => has(marks, mark),
            // Its values are found to belong to nothing.
            _ => true,
        };
        if !is_known {
            let explanation = format!(
                "「{mark}」という評価は様式にありません（{}）。選び直してください。",
                measure.criterion
            );
            let rule = Rule::UnknownMark;
            findings.push(Finding::of_whole(
                rule,
                Some(node.id),
                at,
                mark,
                explanation,
            ));
        }
    }
}

fn has(choices: &[Choice], key: &str) -> bool {
    choices.iter().any(|choice| choice.key == *key)
}
