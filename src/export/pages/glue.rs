//! What holds together on a line: numbers with what belongs to them, and words in full-width
//! letters. It is tested by the lines that result, in `lines.rs`.

use std::ops::Range;

/// The ranges within which no line breaks if it can be helped: numbers with what belongs to them,
/// and words in full-width letters.
pub fn glued(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let end = if is_digit(c) {
            let end = number_end(text, at);
            at..end + unit_length(text.get(end..).unwrap_or_default())
        } else if is_letter(c) {
            at..word_end(text, at)
        } else {
            continue;
        };
        // What stands before a number may belong to it, as 第 does.
        let before = text.get(..at).unwrap_or_default();
        let prefix = PREFIXES.iter().find(|prefix| before.ends_with(**prefix));
        let start = match prefix {
            Some(prefix) if is_digit(c) => at - prefix.len(),
            _ => at,
        };
        while rest.next_if(|(at, _)| *at < end.end).is_some() {}
        ranges.push(start..end.end);
    }
    ranges
}

const PREFIXES: [&str; 11] = [
    "第", "約", "計", "延べ", "令和", "平成", "昭和", "西暦", "各", "全", "→",
];

const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

const fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' | 'À'..='ɏ')
}

/// Whether a character stands between the digits of one number, date, time or ratio.
const fn joins_digits(c: char) -> bool {
    matches!(
        c,
        ',' | '.' | '，' | '．' | ':' | '：' | '/' | '／' | '-' | '－' | '−' | '‐'
    )
}

fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut letters = text.get(start..).unwrap_or_default().chars().peekable();
    while let Some(c) = letters.next() {
        let next_is_digit = letters.peek().is_some_and(|next| is_digit(*next));
        if !(is_digit(c) || joins_digits(c) && next_is_digit) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut letters = text.get(start..).unwrap_or_default().chars().peekable();
    while let Some(c) = letters.next() {
        let next_is_letter = letters.peek().is_some_and(|next| is_letter(*next));
        let joins = matches!(c, '-' | '－' | '‐' | '\'' | '’' | '&' | '＆') && next_is_letter;
        if !is_letter(c) && !is_digit(c) && !joins {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Units of several characters. Any single kanji or letter is taken for a unit.
const UNITS: [&str; 44] = [
    "ポイント",
    "パーセント",
    "キロメートル",
    "センチメートル",
    "メートル",
    "キログラム",
    "キロ",
    "グラム",
    "リットル",
    "トン",
    "ヘクタール",
    "ページ",
    "セット",
    "コース",
    "チーム",
    "グループ",
    "か所",
    "カ所",
    "ヵ所",
    "ヶ所",
    "ケ所",
    "か月",
    "カ月",
    "ヵ月",
    "ヶ月",
    "ケ月",
    "か年",
    "カ年",
    "か国",
    "カ国",
    "箇所",
    "団体",
    "個人",
    "世帯",
    "校区",
    "年度",
    "年間",
    "年生",
    "週間",
    "日間",
    "時間",
    "分間",
    "回目",
    "つ",
];

/// The length in bytes of the unit that begins the text after a number; 0 where there is none.
fn unit_length(after: &str) -> usize {
    let mut length = 0;
    let mut rest = after;
    // ３百万円, 10千円: the kanji that are numbers themselves, then the unit.
    while let Some(c) = rest.chars().next().filter(|c| "十百千万億兆".contains(*c)) {
        length += c.len_utf8();
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    let long = UNITS.iter().filter(|unit| rest.starts_with(**unit));
    if let Some(unit) = long.max_by_key(|unit| unit.len()) {
        return length + unit.len();
    }
    match rest.chars().next() {
        Some(c) if is_letter(c) => length + word_end(rest, 0),
        Some(c) if is_kanji(c) || is_sign(c) => length + c.len_utf8(),
        _ => length,
    }
}

pub const fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// ％ and the like, and units that are one sign, as ㎡.
const fn is_sign(c: char) -> bool {
    matches!(
        c,
        '%' | '％' | '‰' | '°' | '℃' | '′' | '″' | '\u{3300}'..='\u{33FF}'
    )
}
