//! Cells that should be filled in and are not; what counts as empty is `gap.rs`.

use super::super::{
    gap::{Gap, Gaps},
    model::Initiative,
    text_field::TextField,
};
use super::{Finding, Place, Rule};

pub fn check(initiative: &Initiative, owners_in_use: bool, findings: &mut Vec<Finding>) {
    for gap in Gaps::of(initiative, owners_in_use).iter() {
        let (rule, place, explanation) = match gap {
            Gap::Title => (Rule::Empty, text(TextField::Title), "取組名がありません。"),
            Gap::Owner => (Rule::Empty, text(TextField::Owner), "担当がありません。"),
            Gap::Results => (
                Rule::Empty,
                text(TextField::Results),
                "取組実績がありません。",
            ),
            Gap::Target => (Rule::Empty, text(TextField::Target), "目標がありません。"),
            Gap::Status => (Rule::Empty, Place::Status, "達成状況が選ばれていません。"),
            Gap::Notes => (
                Rule::MissingNotes,
                text(TextField::Notes),
                "未達成の見込みか進捗の遅れがあるのに、課題・改善策がありません。",
            ),
        };
        findings.push(Finding::new(rule, initiative.id, place, explanation));
    }
}

fn text(field: TextField) -> Place {
    Place::Text { field, range: 0..0 }
}
