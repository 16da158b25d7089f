//! Brackets that are never closed or never opened, and pairs of two widths.

use super::{Fix, Rule, Text};

/// Each half-width pair shares a row with the full-width pair that it may be confused with.
const PAIRS: [(&str, &str); 9] = [
    ("（(", "）)"),
    ("［[", "］]"),
    ("｛{", "｝}"),
    ("「", "」"),
    ("『", "』"),
    ("【", "】"),
    ("〔", "〕"),
    ("《", "》"),
    ("〈", "〉"),
];

struct Open {
    at: usize,
    bracket: char,
    pair: usize,
}

pub fn check(text: &mut Text<'_>) {
    let mut open: Vec<Open> = Vec::new();
    for (at, bracket) in text.text.char_indices() {
        if is_never_bracket(bracket) {
            continue;
        }
        if let Some(pair) = PAIRS
            .iter()
            .position(|(opening, _)| opening.contains(bracket))
        {
            open.push(Open { at, bracket, pair });
        } else if let Some(pair) = PAIRS
            .iter()
            .position(|(_, closing)| closing.contains(bracket))
        {
            close(text, &mut open, at, bracket, pair);
        }
    }
    for left in open {
        unclosed(text, &left);
    }
}

/// True of nearly every character in a plan, so that most are skipped at once.
fn is_never_bracket(c: char) -> bool {
    matches!(c, 'ぁ'..='鿿')
}

fn close(text: &mut Text<'_>, open: &mut Vec<Open>, at: usize, bracket: char, pair: usize) {
    let Some(depth) = open.iter().rposition(|it| it.pair == pair) else {
        if !is_enumerator(text.text, at) {
            let explanation = format!("「{bracket}」に対応する始まりの括弧がありません。");
            let range = at..at + bracket.len_utf8();
            text.find(Rule::BracketPair, range, explanation, None);
        }
        return;
    };
    for left in open.drain(depth + 1..) {
        unclosed(text, &left);
    }
    let Some(opening) = open.pop() else { return };
    if opening.bracket.is_ascii() == bracket.is_ascii() {
        return;
    }
    // Japanese text uses the full-width one.
    let (at, odd) = if bracket.is_ascii() {
        (at, bracket)
    } else {
        (opening.at, opening.bracket)
    };
    let full = char::from_u32(u32::from(odd) + 0xFEE0).unwrap_or(odd);
    let (first, last) = (opening.bracket, bracket);
    let explanation =
        format!("括弧の幅が違います。「{first}」で始まり「{last}」で終わっています。");
    let fix = Some(Fix::Replace(full.to_string()));
    text.find(
        Rule::BracketWidth,
        at..at + odd.len_utf8(),
        explanation,
        fix,
    );
}

fn unclosed(text: &mut Text<'_>, left: &Open) {
    let bracket = left.bracket;
    let explanation = format!("「{bracket}」が閉じていません。");
    let range = left.at..left.at + bracket.len_utf8();
    text.find(Rule::BracketPair, range, explanation, None);
}

/// `1)` and `ア）` at the beginning of a line.
fn is_enumerator(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default().trim();
    let count = line.chars().count();
    (1..=2).contains(&count) && line.chars().all(char::is_alphanumeric)
}
