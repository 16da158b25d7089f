//! Where a paragraph is broken into lines.
//!
//! UAX #14 in its strict reading says where a line may break at all (kinsoku: no 、。」ー・ or
//! small kana at the beginning of a line, no 「（【 at its end). It lets numbers in full width be
//! torn apart (８|０％), so a break is vetoed within a number, between a number and its unit, and
//! within a word in full-width letters. Where a line would be too long all the same, the vetoes
//! yield first, then UAX #14, and kinsoku last.
//!
//! Lines are ragged at the right: in a column of 20 characters, justifying would tear holes.
//! Deliberately absent: hyphenation, and compressing 、 and 「 (half as wide in this font already).

use std::ops::Range;

use icu_segmenter::{LineSegmenter, options::LineBreakOptions};
use unicode_normalization::char::is_combining_mark;

use super::{
    clean::is_selector,
    glue::{glued, is_kanji},
};

/// One line of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The bytes of the paragraph that stand on it, blanks at its end included.
    pub range: Range<usize>,
    /// Without the blanks at its end.
    pub width: f32,
    /// Whether it ends where a line may well end, not just where it had to.
    pub ends_well: bool,
    /// Whether it ends with a phrase, or with the paragraph.
    pub ends_phrase: bool,
}

/// What is being broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines are filled.
    Text,
    /// A title: its lines end with phrases rather than being full.
    Title,
}

/// How good a break is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    /// Within what the reader sees as one character.
    Never,
    /// Against kinsoku.
    Ugly,
    /// Within a word, but not against kinsoku.
    Forced,
    /// Allowed by UAX #14, but it tears a number apart.
    Torn,
    Good,
    /// The end of a phrase; only asked for in titles.
    Phrase,
}

/// Gives a character that would stand alone on the last line company from the line before, where that
/// makes neither another line nor a worse end. `em` is the size of the type.
pub fn keep_company(
    text: &str,
    lines: &mut Vec<Line>,
    (first, rest): (f32, f32),
    em: f32,
    mut measure: impl FnMut(char) -> f32,
) {
    let [.., before, last] = lines.as_slice() else {
        return;
    };
    let is_alone = |line: &str| line.trim_end().chars().count() == 1;
    if !text.get(last.range.clone()).is_some_and(is_alone) {
        return;
    }
    let begin = before.range.start;
    let room = if lines.len() == 2 { first } else { rest };
    let Some(tail) = text.get(begin..) else {
        return;
    };
    for step in 1..=MOST_COMPANY {
        let narrow = room - em * step as f32;
        let tried = break_lines(tail, Kind::Text, (narrow, rest), &mut measure);
        let [one, other] = tried.as_slice() else {
            continue;
        };
        let has_company = tail
            .get(other.range.clone())
            .is_some_and(|it| !is_alone(it));
        if has_company && one.ends_well >= before.ends_well {
            let moved = |line: &Line| Line {
                range: line.range.start + begin..line.range.end + begin,
                ..line.clone()
            };
            let pair = [moved(one), moved(other)];
            lines.truncate(lines.len() - 2);
            lines.extend(pair);
            return;
        }
    }
}

/// So many characters at most go down to one that would be alone.
const MOST_COMPANY: usize = 4;

/// Breaks a paragraph into lines of at most `first`, then `rest`; `measure` tells the width of a
/// character. An empty paragraph is one empty line.
pub fn break_lines(
    text: &str,
    kind: Kind,
    (first, rest): (f32, f32),
    mut measure: impl FnMut(char) -> f32,
) -> Vec<Line> {
    let letters = letters(text, kind, &mut measure);
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some((end, width, quality)) =
        next_line(&letters, start, if start == 0 { first } else { rest })
    {
        let at = |letter: usize| letters.get(letter).map_or(text.len(), |letter| letter.at);
        lines.push(Line {
            range: at(start)..at(end),
            width,
            ends_well: quality >= Break::Good,
            ends_phrase: quality == Break::Phrase || end == letters.len(),
        });
        start = end;
    }
    if lines.is_empty() {
        lines.push(Line {
            range: 0..0,
            width: 0.0,
            ends_well: true,
            ends_phrase: true,
        });
    }
    lines
}

/// A character, where it stands, and how good a break before it is.
struct Letter {
    c: char,
    at: usize,
    width: f32,
    before: Break,
}

fn letters(text: &str, kind: Kind, measure: &mut impl FnMut(char) -> f32) -> Vec<Letter> {
    const RULES: icu_segmenter::LineSegmenterBorrowed<'static> =
        LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let mut allowed = RULES.segment_str(text).peekable();
    let mut glued = glued(text).into_iter().peekable();
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len() / 2);
    let mut last = None;
    // How many brackets are open: what stands in them is one phrase.
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        while allowed.next_if(|&allowed| allowed < at).is_some() {}
        let is_allowed = allowed.peek() == Some(&at);
        while glued.next_if(|range| range.end <= at).is_some() {}
        let is_glued = glued.peek().is_some_and(|range| range.start < at);
        let before = match last {
            None => Break::Never,
            Some(_) if is_selector(c) || is_combining_mark(c) => Break::Never,
            Some(last) if is_ugly(last, c) => Break::Ugly,
            Some(_) if !is_allowed => Break::Forced,
            Some(_) if is_glued => Break::Torn,
            Some(last) if kind == Kind::Title && depth == 0 && ends_phrase(last, c) => {
                Break::Phrase
            }
            Some(_) => Break::Good,
        };
        letters.push(Letter {
            c,
            at,
            width: measure(c),
            before,
        });
        match c {
            '（' | '(' | '「' | '『' | '【' => depth += 1,
            '）' | ')' | '」' | '』' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        last = Some(c);
    }
    letters
}

/// Where the line that begins at `start` ends, how wide it is, and how good a break that is.
fn next_line(letters: &[Letter], start: usize, room: f32) -> Option<(usize, f32, Break)> {
    let line = letters.get(start..).filter(|line| !line.is_empty())?;
    // The best break so far: how good it is, where, and how wide the line is up to it.
    let mut best = (Break::Never, 1, line.first()?.width);
    let (mut width, mut inked) = (0.0, 0.0);
    for (n, letter) in line.iter().enumerate() {
        if n > 0 && letter.before >= best.0 && letter.before > Break::Never {
            best = (letter.before, n, inked);
        }
        width += letter.width;
        if is_blank(letter.c) {
            continue;
        }
        // Blanks hang over the edge, so only ink can be too wide. A hair of tolerance keeps what
        // was measured to fit from being broken by rounding.
        if width > room + 0.01 && best.0 > Break::Never {
            let (quality, end, width) = best;
            return Some((start + end, width, quality));
        }
        inked = width;
    }
    Some((letters.len(), inked, Break::Good))
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '　' | '\u{2000}'..='\u{200A}' | '\u{205F}')
}

/// A break between these would be against kinsoku. UAX #14 knows these rules too, except for
/// hyphens, dashes and slashes in full width; here they keep a forced break from being ugly.
const fn is_ugly(last: char, next: char) -> bool {
    may_not_begin(next) || may_not_end(last)
}

/// May not stand at the beginning of a line (JIS X 4051: 行頭禁則).
const fn may_not_begin(c: char) -> bool {
    matches!(c,
        '、' | '。' | '，' | '．' | ',' | '.' | '､' | '｡' | '」' | '』' | '】' | '）' | '〕' | '］'
        | '｝' | '〉' | '》' | '｣' | '〙' | '〗' | '〟' | '’' | '”' | '»' | ')' | ']' | '}'
        | '・' | '･' | '：' | '；' | '？' | '！' | ':' | ';' | '?' | '!' | '‼' | '⁇' | '⁈' | '⁉'
        | 'ー' | 'ｰ' | '々' | '〻' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '〜' | '～' | '゠' | '–' | '‐'
        | '－' | '／' | '％' | '%' | '‰' | '℃' | '゛' | '゜'
        | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ'
        | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ'
        | 'ㇰ'..='ㇿ' | 'ｧ'..='ｯ' | 'ﾞ' | 'ﾟ')
}

/// May not stand at the end of a line (行末禁則).
const fn may_not_end(c: char) -> bool {
    matches!(
        c,
        '「' | '『'
            | '【'
            | '（'
            | '〔'
            | '［'
            | '｛'
            | '〈'
            | '《'
            | '｢'
            | '〘'
            | '〖'
            | '〝'
            | '‘'
            | '“'
            | '«'
            | '('
            | '['
            | '{'
            | '￥'
            | '¥'
            | '＄'
            | '$'
            | '＃'
            | '№'
    )
}

/// A phrase ends between these, as far as that can be told from two characters: after a particle,
/// and where the script changes (認知症支援｜ネットワークの｜充実), but not within 見守り支援.
const fn ends_phrase(last: char, next: char) -> bool {
    const fn is_hiragana(c: char) -> bool {
        matches!(c, 'ぁ'..='ゟ')
    }
    const fn is_particle(c: char) -> bool {
        matches!(
            c,
            'の' | 'を' | 'に' | 'で' | 'と' | 'は' | 'が' | 'も' | 'や' | 'へ' | 'な'
        )
    }
    const fn is_katakana(c: char) -> bool {
        matches!(c, 'ァ'..='ヿ')
    }
    may_not_end(next)
        || matches!(
            last,
            '・' | '、' | '。' | '，' | '」' | '）' | ')' | ' ' | '　' | '／'
        )
        || is_particle(last) && !is_hiragana(next)
        || is_katakana(last) && is_kanji(next)
        || is_kanji(last) && is_katakana(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Full-width characters are 1 wide, others 0.5.
    fn broken(text: &str, width: f32) -> Vec<&str> {
        let measure = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
        let lines = break_lines(text, Kind::Text, (width, width), measure);
        lines
            .into_iter()
            .map(|line| text.get(line.range).expect("lines end between characters"))
            .collect()
    }

    #[test]
    fn no_line_begins_or_ends_against_kinsoku() {
        let cases: &[(&str, f32, &[&str])] = &[
            ("地域の、見守り。", 3.0, &["地域", "の、見", "守り。"]),
            ("港区「見守り」隊", 3.0, &["港区", "「見守", "り」隊"]),
            ("講座・研修", 2.0, &["講", "座・", "研修"]),
            ("サービスをする", 2.0, &["サー", "ビス", "をす", "る"]),
            ("シティチャレンジ", 3.0, &["シティ", "チャレ", "ンジ"]),
            ("人々の町", 1.0, &["人", "々", "の", "町"]),
            ("人々の町", 2.0, &["人々", "の町"]),
            ("あった", 2.0, &["あっ", "た"]),
            ("（一）（二）", 4.0, &["（一）", "（二）"]),
            ("十月～三月", 3.0, &["十月～", "三月"]),
            ("十月～三月", 2.0, &["十", "月～", "三月"]),
            ("啓発や情報：良", 5.0, &["啓発や情", "報：良"]),
        ];
        for (text, width, lines) in cases {
            assert_eq!(broken(text, *width), *lines, "{text} in {width}");
        }
    }

    #[test]
    fn a_number_stays_whole_and_with_its_unit() {
        let cases: &[(&str, f32, &[&str])] = &[
            ("割合：８０％以上", 5.0, &["割合：", "８０％以上"]),
            ("割合：８０％以上", 6.0, &["割合：８０％", "以上"]),
            ("割合：55%以上", 4.0, &["割合：", "55%以上"]),
            ("割合は2１団体", 5.0, &["割合は", "2１団体"]),
            (
                "予算は１３,８７７千円",
                6.0,
                &["予算は", "１３,８７７", "千円"],
            ),
            ("予算は１３,８７７千円", 8.0, &["予算は", "１３,８７７千円"]),
            ("予算は１．５億円", 6.0, &["予算は", "１．５億円"]),
            ("参加者が延べ６0人", 5.0, &["参加者が", "延べ６0人"]),
            ("会議を第１回", 5.0, &["会議を", "第１回"]),
            ("今は令和３年度末", 4.0, &["今は", "令和３年", "度末"]),
            ("今は令和３年度末", 5.0, &["今は", "令和３年度", "末"]),
            ("場所は３か所ある", 5.0, &["場所は", "３か所ある"]),
            ("広さ２０㎡と", 4.0, &["広さ", "２０㎡と"]),
            ("具体的３－１－２", 6.0, &["具体的", "３－１－２"]),
        ];
        for (text, width, lines) in cases {
            assert_eq!(broken(text, *width), *lines, "{text} in {width}");
        }
    }

    #[test]
    fn words_stay_whole_where_a_line_has_room_for_them() {
        let cases: &[(&str, f32, &[&str])] = &[
            ("区のＳＮＳで", 4.0, &["区の", "ＳＮＳで"]),
            ("区のtwitterで", 5.0, &["区の", "twitterで"]),
            ("at the ward office", 4.0, &["at the ", "ward ", "office"]),
            ("無料Wi-Fiを", 3.0, &["無料", "Wi-Fi", "を"]),
            ("https://www", 3.0, &["https:", "//www"]),
            ("ＡＢＣＤＥＦ", 4.0, &["ＡＢＣＤ", "ＥＦ"]),
        ];
        for (text, width, lines) in cases {
            assert_eq!(broken(text, *width), *lines, "{text} in {width}");
        }
    }

    #[test]
    fn the_lines_of_a_title_end_with_phrases() {
        let cases: &[(&str, f32, &[&str])] = &[
            (
                "認知症支援ネットワークの充実",
                11.0,
                &["認知症支援", "ネットワークの充実"],
            ),
            (
                "高齢者等要援護者の見守り支援",
                12.0,
                &["高齢者等要援護者の", "見守り支援"],
            ),
            ("目標（取組の指標）", 8.0, &["目標", "（取組の指標）"]),
            ("歳入の確保", 9.0, &["歳入の確保"]),
        ];
        for (title, width, lines) in cases {
            let broken = break_lines(title, Kind::Title, (*width, *width), |_| 1.0);
            let broken: Vec<&str> = broken
                .into_iter()
                .filter_map(|line| title.get(line.range))
                .collect();
            assert_eq!(broken, *lines, "{title} in {width}");
        }
    }

    #[test]
    fn the_narrowest_line_holds_one_character() {
        assert_eq!(broken("、、、", 0.1), ["、", "、", "、"]);
        assert_eq!(broken("が\u{3099}あ", 0.1), ["が\u{3099}", "あ"]);
        assert_eq!(broken("", 3.0), [""]);
        assert_eq!(broken("    ", 1.0), ["    "]);
    }

    #[test]
    fn blanks_at_the_end_of_a_line_take_no_room() {
        assert_eq!(broken("港区　　　の町", 2.0), ["港区　　　", "の町"]);
        let lines = break_lines("ab  ", Kind::Text, (9.0, 9.0), |_| 1.0);
        assert_eq!(lines.first().map(|line| line.width), Some(2.0));
    }
}
