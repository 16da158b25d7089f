//! The numbers in a text, and which of them are names that no rule may touch.

use std::ops::Range;

use crate::form::is_dash;

/// A run of digits of either width, with the points and commas inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub half: usize,
    pub full: usize,
}

impl Numeral {
    pub fn digits(&self) -> usize {
        self.half + self.full
    }

    pub fn is_mixed(&self) -> bool {
        self.half > 0 && self.full > 0
    }

    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.clone()).unwrap_or_default()
    }

    /// Whether the number is part of a name: a year, a telephone number, `83（はちさん）運動`,
    /// `レインボーカフェ 3710`, `110番`. Names are written as they are.
    pub fn is_name(&self, text: &str) -> bool {
        let before = text.get(..self.range.start).unwrap_or_default();
        let after = text.get(self.range.end..).unwrap_or_default();
        self.is_year(text)
            || is_joined(before.chars().next_back(), before.chars().rev().nth(1))
            || is_joined(after.chars().next(), after.chars().nth(1))
            || after.starts_with('番') && !after.starts_with("番目")
            || has_reading(after)
            || (self.digits() >= 4 && self.is_plain(text) && !is_counted(after))
    }

    /// Whether it is a year of an era: 令和３年.
    pub fn is_year(&self, text: &str) -> bool {
        let before = text.get(..self.range.start).unwrap_or_default().trim_end();
        ["令和", "平成", "昭和", "大正", "明治"]
            .iter()
            .any(|era| before.ends_with(era))
    }

    /// Whether it contains neither points nor commas.
    pub fn is_plain(&self, text: &str) -> bool {
        self.text(text).chars().count() == self.digits()
    }
}

/// What follows a number that counts something.
const COUNTERS: [&str; 38] = [
    "件",
    "人",
    "名",
    "回",
    "円",
    "千円",
    "万円",
    "百万円",
    "枚",
    "部",
    "冊",
    "台",
    "世帯",
    "団体",
    "箇所",
    "か所",
    "カ所",
    "ヶ所",
    "施設",
    "時間",
    "点",
    "社",
    "校",
    "日",
    "本",
    "組",
    "個",
    "事業",
    "票",
    "頭",
    "食",
    "席",
    "戸",
    "棟",
    "講座",
    "%",
    "％",
    "㎡",
];

/// Whether a text begins with a counter.
pub fn is_counted(after: &str) -> bool {
    let after = after.trim_start();
    COUNTERS.iter().any(|counter| after.starts_with(counter))
}

pub fn numerals(text: &str) -> Vec<Numeral> {
    let mut found: Vec<Numeral> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !is_digit(first) {
            continue;
        }
        let mut numeral = Numeral {
            range: start..start + first.len_utf8(),
            half: 0,
            full: 0,
        };
        numeral.count(first);
        loop {
            match chars.peek().copied() {
                Some((at, c)) if is_digit(c) => {
                    numeral.count(c);
                    numeral.range.end = at + c.len_utf8();
                    chars.next();
                }
                Some((at, c)) if matches!(c, ',' | '.' | '，' | '．') => {
                    let next = text
                        .get(at + c.len_utf8()..)
                        .and_then(|rest| rest.chars().next());
                    if !next.is_some_and(is_digit) {
                        break;
                    }
                    chars.next();
                }
                _ => break,
            }
        }
        found.push(numeral);
    }
    found
}

impl Numeral {
    fn count(&mut self, digit: char) {
        if digit.is_ascii_digit() {
            self.half += 1;
        } else {
            self.full += 1;
        }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// Whether the next character makes the number part of a word: a letter, or a hyphen that joins it
/// to something.
fn is_joined(next: Option<char>, second: Option<char>) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    match next {
        Some(c) if is_letter(c) => true,
        Some(c) if is_dash(c) => second.is_some_and(|c| is_digit(c) || is_letter(c)),
        _ => false,
    }
}

/// `（はちさん）`: how the number is read aloud.
fn has_reading(after: &str) -> bool {
    let Some(inside) = after.strip_prefix(['（', '(']) else {
        return false;
    };
    let rest = inside.trim_start_matches(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー'));
    rest.len() < inside.len() && (rest.is_empty() || rest.starts_with(['）', ')']))
}
