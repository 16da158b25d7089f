//! Notes that say something was not done, while the status says that all is going to plan.

use super::super::{model::Initiative, status::Progress, text_field::TextField};
use super::{Finding, Rule, Text};

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

pub fn check(initiative: &Initiative, findings: &mut Vec<Finding>) {
    if initiative.status.progress != Some(Progress::OnSchedule) {
        return;
    }
    let mut text = Text {
        node: initiative.id,
        field: TextField::Notes,
        text: &initiative.notes,
        findings,
    };
    for word in NOT_DONE {
        for (at, _) in text.text.match_indices(word) {
            let end = at + word.len();
            let after = text.text.get(end..).unwrap_or_default();
            if TAKEN_BACK.iter().any(|back| after.starts_with(back)) {
                continue;
            }
            let explanation = format!("「{word}」とありますが、進捗は予定通りになっています。");
            text.find(Rule::NotesContradict, at..end, explanation, None);
        }
    }
}
