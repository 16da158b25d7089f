//! An initiative as one record: the columns of the CSV and of the data sheet.
//!
//! Texts are as typed. What a format must do to them (quoting, splitting) is its own affair.

use crate::plan::{Entry, Number, Outlook, Plan, Progress};

/// The names of the columns.
pub const HEADER: [&str; 13] = [
    "経営課題番号",
    "経営課題",
    "戦略番号",
    "戦略",
    "取組番号",
    "具体的取組",
    "担当",
    "現状の主な取組実績",
    "目標",
    "目標の見込",
    "取組の進捗",
    "課題・改善策",
    "再掲元",
];

/// The cells of an initiative, in the order of [`HEADER`].
pub fn of(plan: &Plan, entry: &Entry<'_>) -> [String; HEADER.len()] {
    let number = entry.number();
    let issue_number = Number {
        issue: number.issue,
        ..Number::default()
    };
    let strategy_number = entry.strategy.map(|_| Number {
        initiative: None,
        ..number
    });
    let initiative = entry.initiative;
    let source = initiative.repost_of.and_then(|id| plan.number(id));
    // A repost repeats its source; what it might still hold itself is not its content.
    let own = initiative.repost_of.is_none();
    let outlook = match initiative.status.outlook.filter(|_| own) {
        Some(Outlook::OnTarget) => "達成見込",
        Some(Outlook::OffTarget) => "未達成見込",
        None => "",
    };
    let progress = match initiative.status.progress.filter(|_| own) {
        Some(Progress::OnSchedule) => "予定通り",
        Some(Progress::Behind) => "予定通りでない",
        None => "",
    };
    [
        issue_number.half_width(),
        entry.issue.title.clone(),
        strategy_number.map_or_else(String::new, |number| number.half_width()),
        entry.strategy.map_or_else(String::new, |s| s.title.clone()),
        number.half_width(),
        initiative.title.clone(),
        initiative.owner.clone(),
        initiative.results.clone(),
        initiative.target.clone(),
        outlook.to_owned(),
        progress.to_owned(),
        initiative.notes.clone(),
        source.map_or_else(String::new, |number| number.half_width()),
    ]
}
