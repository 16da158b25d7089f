//! CSV for Excel: UTF-8 with a byte order mark, RFC 4180, one row per initiative.
//!
//! Private notes are never exported. Writing the file is the caller's.

use crate::plan::{Outlook, Plan, Progress, Section};

/// The first row.
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

/// Why there is no CSV.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    #[error("範囲「{0}」はこの計画にありません。")]
    NoSuchSection(Section),
    #[error("CSV を作れませんでした（{0}）。")]
    Write(#[from] ::csv::Error),
}

/// The initiatives of a plan, or of a section of it, as the bytes of a CSV file.
///
/// # Errors
/// When the plan has no such section.
pub fn write(plan: &Plan, section: Option<Section>) -> Result<Vec<u8>, CsvError> {
    if let Some(section) = section
        && !section.exists_in(plan)
    {
        return Err(CsvError::NoSuchSection(section));
    }
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(HEADER)?;
    let chosen =
        |entry: &crate::plan::Entry<'_>| section.is_none_or(|section| section.holds(entry));
    for entry in plan.entries().filter(chosen) {
        let number = entry.number();
        let issue_number = crate::plan::Number {
            issue: number.issue,
            ..Default::default()
        };
        let strategy_number = entry.strategy.map(|_| crate::plan::Number {
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
        let cells = [
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
        ];
        writer.write_record(cells.map(quote_formula))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error());
    Ok(bytes.map_err(::csv::Error::from)?)
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
///
/// Cells that already begin with apostrophes before such a character get one more, so that an
/// importer can take exactly one away again.
pub fn quote_formula(cell: String) -> String {
    let starts_formula = |c| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r'
        )
    };
    if cell.trim_start_matches('\'').starts_with(starts_formula) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_quoted() {
        let cases = [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("＝SUM(A1)", "'＝SUM(A1)"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("'=1", "''=1"),
            ("'quoted'", "'quoted'"),
            ("・会議 1-2=3", "・会議 1-2=3"),
            ("", ""),
        ];
        for (cell, quoted) in cases {
            assert_eq!(quote_formula(cell.to_owned()), quoted);
        }
    }
}
