//! Fields that should be filled in and are not; what counts as empty is `gap.rs`.

use std::fmt::Display;

use crate::form::{Choice, Field, Grade, Level, Needed, Slot};

use super::super::{
    gap::{Gap, Gaps, is_blank},
    id::Id,
    model::Node,
    values::Values,
};
use super::{Context, Finding, Rule};

pub fn check(node: &Node, context: &Context, findings: &mut Vec<Finding>) {
    let plan = &context.plan;
    let level = plan.level(node);
    let id = Some(node.id);
    for gap in Gaps::of(plan, node, context.owners_in_use).iter() {
        let name = level.gap_name(gap);
        findings.push(match gap {
            Gap::Title => empty(id, Slot::TITLE, name),
            Gap::Owner => empty(id, Slot::OWNER, name),
            Gap::Status => {
                let is_unanswered = |axis: &&Field| axis.choice(plan.answer(node, axis)).is_none();
                let at = level.axes().find(is_unanswered).map(|axis| plan.slot(axis));
                let explanation = format!("{name}が選ばれていません。");
                let at = at.unwrap_or(Slot::TITLE);
                Finding::of_whole(Rule::Empty, id, at, "", explanation)
            }
            Gap::Field(key) => {
                let Some(field) = level.field(key) else {
                    continue;
                };
                let at = plan.slot(field);
                if field.needed == Needed::WhenBad {
                    let bad = bad_answers(level, |axis| plan.answer(node, axis));
                    let explanation = format!("{bad}なのに、{name}がありません。");
                    Finding::of_whole(Rule::MissingNotes, id, at, "", explanation)
                } else {
                    empty(id, at, name)
                }
            }
        });
    }
}

/// The answers that are not good: 「未達成見込・予定通りでない」.
fn bad_answers<'a>(level: &'a Level, answer: impl Fn(&Field) -> &'a str) -> String {
    let is_bad = |it: &&Choice| matches!(it.grade, Some(Grade::Bad | Grade::Concern));
    let answers = level.axes().filter_map(|axis| axis.choice(answer(axis)));
    let bad: Vec<&str> = answers.filter(is_bad).map(Choice::short).collect();
    format!("「{}」", bad.join("・"))
}

/// What the plan as a whole leaves empty. It has no state in which something may be bad.
pub fn check_plan_wide(values: &Values, context: &Context, findings: &mut Vec<Finding>) {
    let fields = context.plan.form().fields(None).iter();
    for field in fields.filter(|field| field.needed == Needed::Always) {
        let at = context.plan.slot(field);
        if is_blank(values.get(at)) {
            findings.push(empty(None, at, field.short()));
        }
    }
}

fn empty(node: Option<Id>, at: Slot, name: impl Display) -> Finding {
    let explanation = format!("{name}がありません。");
    Finding::of_whole(Rule::Empty, node, at, "", explanation)
}
