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

/// The brackets that are open, the last one last.
#[derive(Default)]
struct Opened {
    all: Vec<Open>,
    /// How many there are of each pair, so that nobody looks for one in vain.
    of_pair: [usize; PAIRS.len()],
}

pub fn check(text: &mut Text<'_>) {
    let mut open = Opened::default();
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
    for left in open.all {
        unclosed(text, &left);
    }
}

/// True of nearly every character in a plan, so that most are skipped at once.
fn is_never_bracket(c: char) -> bool {
    matches!(c, 'ぁ'..='鿿')
}

impl Opened {
    fn push(&mut self, open: Open) {
        if let Some(count) = self.of_pair.get_mut(open.pair) {
            *count += 1;
        }
        self.all.push(open);
    }

    fn pop(&mut self) -> Option<Open> {
        let open = self.all.pop()?;
        if let Some(count) = self.of_pair.get_mut(open.pair) {
            *count -= 1;
        }
        Some(open)
    }

    fn has(&self, pair: usize) -> bool {
        self.of_pair.get(pair).is_some_and(|count| *count > 0)
    }
}

fn close(text: &mut Text<'_>, open: &mut Opened, at: usize, bracket: char, pair: usize) {
    if !open.has(pair) {
        if !is_enumerator(text.text, at) {
            let explanation = format!("「{bracket}」に対応する始まりの括弧がありません。");
            let range = at..at + bracket.len_utf8();
            text.find(Rule::BracketPair, range, explanation, None);
        }
        return;
    }
    let mut within = Vec::new();
    let opening = loop {
        match open.pop() {
            Some(opening) if opening.pair == pair => break opening,
            Some(left) => within.push(left),
            None => return,
        }
    };
    for left in within.iter().rev() {
        unclosed(text, left);
    }
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
    // From the bracket on backwards, and no further than needed: there may be many in a line.
    let line = before.chars().rev().take_while(|c| *c != '\n');
    let mut letters = line.skip_while(|c| c.is_whitespace()).peekable();
    let mut count = 0;
    while count < 3 && letters.next_if(|c| c.is_alphanumeric()).is_some() {
        count += 1;
    }
    (1..=2).contains(&count) && letters.all(char::is_whitespace)
}
