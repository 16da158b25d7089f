//! Words that are written in two ways.

use super::super::style::Word;
use super::{Fix, Rule, Text};

/// The noun is written without み, as public bodies write it.
const NOUN: (&str, &str) = ("取組み", "取組");

pub fn check(text: &mut Text<'_>, words: &[Word]) {
    let (not, but) = NOUN;
    for (at, _) in text.text.match_indices(not) {
        if !is_verb(text.text, at, at + not.len()) {
            find(text, at, not, but);
        }
    }
    for word in words {
        if word.not.is_empty() || word.not == word.but {
            continue;
        }
        for (at, _) in text.text.match_indices(word.not.as_str()) {
            if !is_part_of(text.text, at, word) {
                find(text, at, &word.not, &word.but);
            }
        }
    }
}

fn find(text: &mut Text<'_>, at: usize, not: &str, but: &str) {
    let explanation = format!("「{not}」は「{but}」と書く決まりです。");
    let fix = Some(Fix::Replace(but.to_owned()));
    text.find(Rule::Word, at..at + not.len(), explanation, fix);
}

/// 取組みます, 積極的に取組み、: the verb keeps its み.
fn is_verb(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    after.starts_with(['ま', 'た', 'な']) || (before.ends_with('に') && after.starts_with('、'))
}

/// Whether the word is already written as it should be: 子供 within 子供たち.
fn is_part_of(text: &str, at: usize, word: &Word) -> bool {
    word.but
        .match_indices(word.not.as_str())
        .any(|(within, _)| {
            at.checked_sub(within)
                .and_then(|start| text.get(start..))
                .is_some_and(|rest| rest.starts_with(word.but.as_str()))
        })
}
