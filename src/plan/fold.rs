//! Folds text for searching: what a reader takes for the same text becomes the same text.
//!
//! Width, case and kana form, dashes and the long vowel mark, blanks and line breaks make no
//! difference: `１2` is `12`, `ﾊﾞﾘｱ` is `ばりあ`, `㈱` is `(株)`. A folded text is for comparing only
//! and is never shown or stored in a file.
//!
//! What is not here: readings (`ぼうさい` does not find 防災), old and new forms of a kanji (澤 and
//! 沢), and `ヷ ヸ ヹ ヺ`, which have no hiragana of their own.

use std::{collections::HashSet, ops::Range};

use unicode_normalization::{
    IsNormalized, UnicodeNormalization as _,
    char::{canonical_combining_class, decompose_compatible},
    is_nfc_quick,
};

use crate::form::is_dash;

/// A folded text that remembers where each part of it came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// In order; a part of the original that folds to nothing has no piece.
    pieces: Vec<Piece>,
}

/// The smallest part that is folded on its own: a character with the marks that combine with it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the folded text.
    begin: usize,
    original: Range<usize>,
}

/// Folds a text and remembers the way back to it.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    fold_pieces(text, &mut folded.text, |begin, original| {
        folded.pieces.push(Piece { begin, original });
    });
    folded
}

/// The folded text alone, for comparing.
pub fn folded(text: &str) -> String {
    let mut folded = String::new();
    fold_onto(&mut folded, text);
    folded
}

/// Appends the folded text alone, for what is only searched and not shown.
pub(super) fn fold_onto(out: &mut String, text: &str) {
    fold_pieces(text, out, |_, _| {});
}

impl Folded {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where the original says what `query` says, as byte ranges of the original on character
    /// boundaries, in order and without overlaps. A character of which only a part matches (the 株
    /// of ㈱) counts as a whole. An empty query is found nowhere.
    pub fn find_all(&self, query: &Self) -> Vec<Range<usize>> {
        if query.is_empty() {
            return Vec::new();
        }
        let hits = self.text.match_indices(query.as_str());
        let originals = hits.filter_map(|(begin, hit)| {
            let first = self.piece_at(begin)?;
            let last = self.piece_at(begin + hit.len() - 1)?;
            Some(first.original.start..last.original.end)
        });
        united(originals)
    }

    fn piece_at(&self, position: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.begin <= position);
        self.pieces.get(after.checked_sub(1)?)
    }
}

/// The words of a query, folded, each once. A query can have none without being empty.
pub(super) fn words(query: &str) -> Vec<String> {
    let mut known = HashSet::new();
    let words = query.split_whitespace().map(folded);
    words
        .filter(|word| !word.is_empty() && known.insert(word.clone()))
        .collect()
}

/// Where a text says any of the query's words, as byte ranges on character boundaries, in order and
/// without overlaps.
pub fn highlights(text: &str, query: &str) -> Vec<Range<usize>> {
    let text = fold(text);
    let mut ranges: Vec<Range<usize>> = query
        .split_whitespace()
        .flat_map(|word| text.find_all(&fold(word)))
        .collect();
    ranges.sort_unstable_by_key(|range| range.start);
    united(ranges)
}

/// The ranges in order of their start, with those that overlap joined.
fn united(ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut united: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match united.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => united.push(range),
        }
    }
    united
}

fn fold_pieces(text: &str, out: &mut String, mut piece: impl FnMut(usize, Range<usize>)) {
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let mut end = start + first.len_utf8();
        let mut is_single = true;
        while let Some((at, next)) = chars.next_if(|&(_, next)| joins(next)) {
            end = at + next.len_utf8();
            is_single = false;
        }
        let begin = out.len();
        if is_single && is_plain(first) {
            push(out, first);
        } else {
            let whole = text.get(start..end).unwrap_or_default();
            for c in whole.chars().map(combining).nfkc() {
                push(out, c);
            }
        }
        if out.len() > begin {
            piece(begin, start..end);
        }
    }
}

/// Whether NFKC leaves this character alone and never joins it to the one before. For speed
/// only those of them are listed that make up nearly all of a plan.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '、'..='】' | '一'..='鿿')
}

/// Whether a character joins the one before it: a voicing mark of either width, any other combining
/// mark, a variation selector, a vowel or final consonant of Hangul.
fn joins(c: char) -> bool {
    if is_plain(c) {
        return false;
    }
    if is_variation_selector(c) {
        return true;
    }
    let mut first = None;
    decompose_compatible(combining(c), |part| {
        first.get_or_insert(part);
    });
    first.is_some_and(|first| {
        canonical_combining_class(first) != 0
            || is_nfc_quick(std::iter::once(first)) == IsNormalized::Maybe
    })
}

/// Standalone voicing marks as combining ones, because か゛ is typed for が.
fn combining(c: char) -> char {
    match c {
        '゛' => '\u{3099}',
        '゜' => '\u{309a}',
        _ => c,
    }
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// What NFKC keeps apart though a reader does not.
fn push(out: &mut String, c: char) {
    match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => out.push(hiragana(c)),
        // Wrapped lines and the blanks that lay out a cell fall inside words.
        _ if c.is_whitespace() || c.is_control() => {}
        // Nobody sees them: soft hyphen, zero-width blanks and joiners, a stray byte order mark.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
        _ if is_variation_selector(c) => {}
        _ if is_dash(c) => out.push('-'),
        // Of the two wave dashes, NFKC makes only the full-width tilde a tilde.
        '〜' => out.push('~'),
        _ => out.extend(c.to_lowercase()),
    }
}

/// The hiragana of a katakana: Unicode has them in the same order.
fn hiragana(katakana: char) -> char {
    char::from_u32(u32::from(katakana) - 0x60).unwrap_or(katakana)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All characters but the unassigned, the private and most ideographs.
    fn all_chars() -> impl Iterator<Item = char> {
        ('\0'..='\u{1ffff}')
            .chain('\u{2f800}'..='\u{2fa1f}')
            .chain('\u{e0100}'..='\u{e01ef}')
    }

    #[test]
    fn a_text_is_found_however_it_is_written() {
        let cases: [(&str, &str, &[&str]); 42] = [
            // Width.
            ("12", "会議１2箇所、１２回", &["１2", "１２"]),
            ("１２", "12と１1", &["12"]),
            (
                "youtube",
                "YouTubeとＹｏｕＴｕｂｅ",
                &["YouTube", "ＹｏｕＴｕｂｅ"],
            ),
            ("５０%", "50％以上", &["50％"]),
            ("(再掲)", "訓練（再掲）", &["（再掲）"]),
            // Kana.
            ("ﾊﾞﾘｱﾌﾘｰ", "バリアフリー化", &["バリアフリー"]),
            ("バリアフリー", "ﾊﾞﾘｱﾌﾘｰ化", &["ﾊﾞﾘｱﾌﾘｰ"]),
            (
                "ばりあふりー",
                "バリアフリー・ﾊﾞﾘｱﾌﾘｰ",
                &["バリアフリー", "ﾊﾞﾘｱﾌﾘｰ"],
            ),
            ("ゆーちゅーぶ", "ユーチューブ", &["ユーチューブ"]),
            ("ヴァ", "ゔぁ", &["ゔぁ"]),
            ("パ", "ﾊﾟﾝとハン", &["ﾊﾟ"]),
            ("ハ", "バザー", &[]),
            ("ヾ", "ゞ", &["ゞ"]),
            // No readings.
            ("ぼうさい", "防災", &[]),
            // Voicing marks that combine, and that stand alone.
            ("が", "か\u{3099}っこう", &["か\u{3099}"]),
            ("か\u{3099}", "学校がある", &["が"]),
            ("がっこう", "か゛っこう", &["か゛っこう"]),
            ("か", "か\u{3099}", &[]),
            ("é", "cafe\u{301}", &["e\u{301}"]),
            // Characters that stand for several: a part of one is all of it.
            ("(株)", "㈱港", &["㈱"]),
            ("㈱", "（株）港", &["（株）"]),
            ("株", "㈱港と株", &["㈱", "株"]),
            ("式", "㍿", &["㍿"]),
            ("100m2", "１００㎡", &["１００㎡"]),
            ("m", "㎡", &["㎡"]),
            ("1", "⑪", &["⑪"]),
            ("12", "⑪２", &["⑪２"]),
            ("キロ", "㌔", &["㌔"]),
            // Dashes.
            (
                "2-1",
                "２－１、２ー１、2−1、２‐１、2—1、ﾒ２ｰ１",
                &["２－１", "２ー１", "2−1", "２‐１", "2—1", "２ｰ１"],
            ),
            ("１０〜２０", "10～20", &["10～20"]),
            // Line breaks and blanks.
            (
                "地域活動協議会",
                "・地域活動\n　協議会の",
                &["地域活動\n　協議会"],
            ),
            ("年1回", "(年 1回）", &["年 1回"]),
            ("活動", "地域\n活動", &["活動"]),
            ("地域", "地域\n活動", &["地域"]),
            ("港", "\u{feff}港\u{200b}", &["港"]),
            // What comes in pieces stays whole.
            ("🎉", "祭り🎉🎊", &["🎉"]),
            ("👨\u{200d}👩", "👨\u{200d}👩\u{200d}👧", &["👨\u{200d}👩"]),
            ("葛城", "葛\u{e0100}城", &["葛\u{e0100}城"]),
            ("𠮷野", "𠮷野家", &["𠮷野"]),
            (
                "한국",
                "\u{1112}\u{1161}\u{11ab}국",
                &["\u{1112}\u{1161}\u{11ab}국"],
            ),
            // Apart from each other.
            ("ああ", "あああああ", &["ああ", "ああ"]),
            ("", "防災", &[]),
        ];
        for (query, text, expected) in cases {
            let ranges = fold(text).find_all(&fold(query)).into_iter();
            let found: Vec<&str> = ranges.filter_map(|range| text.get(range)).collect();
            assert_eq!(found, expected, "{query} in {text}");
        }
    }

    #[test]
    fn what_is_passed_by_as_plain_is_plain() {
        for c in all_chars().filter(|&c| is_plain(c)) {
            assert!(std::iter::once(c).eq(std::iter::once(c).nfkc()), "{c:?}");
            assert_eq!(canonical_combining_class(c), 0, "{c:?}");
            let quick = is_nfc_quick(std::iter::once(c));
            assert_eq!(quick, IsNormalized::Yes, "{c:?}");
        }
    }

    #[test]
    fn pieces_are_folded_as_the_whole_would_be() {
        // Every character after one that it could join, and after itself.
        for c in all_chars() {
            for text in [format!("か{c}"), format!("e{c}{c}"), format!("\u{1112}{c}")] {
                let mut whole = String::new();
                text.chars()
                    .map(combining)
                    .nfkc()
                    .for_each(|c| push(&mut whole, c));
                assert_eq!(fold(&text).as_str(), whole, "{text:?}");
            }
        }
    }

    #[test]
    fn the_way_back_leads_to_what_was_folded() {
        for c in all_chars() {
            let text = format!("港{c}区");
            let folded = fold(&text);
            let ends = [folded.find_all(&fold("港")), folded.find_all(&fold("区"))];
            assert!(
                ends[0].first().is_some_and(|range| range.start == 0),
                "{c:?}"
            );
            assert!(
                ends[1].last().is_some_and(|range| range.end == text.len()),
                "{c:?}"
            );
        }
    }

    #[test]
    fn words_are_folded_and_counted_once() {
        let cases: [(&str, &[&str]); 5] = [
            ("ＨＰ　１２　hp", &["hp", "12"]),
            (" ー ", &["-"]),
            ("", &[]),
            (" 　\n", &[]),
            ("\u{200b}\u{feff}", &[]),
        ];
        for (query, expected) in cases {
            assert_eq!(words(query), expected, "{query:?}");
        }
    }

    #[test]
    fn every_word_is_highlighted_and_overlaps_are_one() {
        let cases: [(&str, &str, &[&str]); 7] = [
            ("訓練 防災", "防災訓練と防災教育", &["防災", "訓練", "防災"]),
            ("防災 防災訓", "防災訓練", &["防災訓"]),
            ("防災訓 災訓練", "防災訓練", &["防災訓練"]),
            ("ない 訓練", "防災訓練", &["訓練"]),
            ("株 会", "㈱と会社", &["㈱", "会"]),
            ("( 株", "㈱", &["㈱"]),
            ("", "防災", &[]),
        ];
        for (query, text, expected) in cases {
            let ranges = highlights(text, query).into_iter();
            let found: Vec<&str> = ranges.filter_map(|range| text.get(range)).collect();
            assert_eq!(found, expected, "{query} in {text}");
        }
    }
}
