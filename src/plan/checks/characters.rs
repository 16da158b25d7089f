//! Characters that the font or Shift_JIS cannot carry.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use super::{Fix, Rule, Text};

/// A set of characters, and of shapes of them that are asked for by a selector. Cloning is O(1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharSet {
    bits: Arc<[u64]>,
    variants: Arc<HashSet<(char, char)>>,
}

/// Every character that Unicode has assigned so far is below this one, apart from selectors.
const END: u32 = 0x4_0000;

impl CharSet {
    /// The characters for which `has` is true; it is called once for each.
    pub fn of(mut has: impl FnMut(char) -> bool) -> Self {
        let mut bits = vec![0; END as usize / 64];
        for (c, word) in (0..END)
            .zip(0..)
            .filter_map(|(n, at)| Some((char::from_u32(n)?, at / 64)))
        {
            if has(c)
                && let Some(bits) = bits.get_mut(word)
            {
                *bits |= 1_u64 << (u32::from(c) % 64);
            }
        }
        Self {
            bits: bits.into(),
            variants: Arc::default(),
        }
    }

    /// The same characters, with these shapes: a character and the selector behind it.
    pub fn with_variants(self, variants: impl IntoIterator<Item = (char, char)>) -> Self {
        Self {
            variants: Arc::new(variants.into_iter().collect()),
            ..self
        }
    }

    pub fn contains(&self, c: char) -> bool {
        let c = u32::from(c);
        let bits = self.bits.get(c as usize / 64);
        bits.is_some_and(|bits| bits >> (c % 64) & 1 == 1)
    }

    fn has_variant(&self, c: char, selector: char) -> bool {
        self.variants.contains(&(c, selector))
    }
}

/// Every character of Shift_JIS as Windows knows it. It is made by decoding all codes once, because
/// encoding each text with the library takes hundreds of times as long.
static SHIFT_JIS: LazyLock<CharSet> = LazyLock::new(|| {
    let mut known = std::collections::HashSet::new();
    let codes =
        (0x81..=0xFCu8).flat_map(|lead| (0x40..=0xFCu8).map(move |trail| vec![lead, trail]));
    for code in codes.chain((0..=0xFFu8).map(|byte| vec![byte])) {
        let text =
            encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&code);
        if let Some(text) = text {
            known.extend(text.chars());
        }
    }
    CharSet::of(|c| known.contains(&c))
});

pub fn check(text: &mut Text<'_>, font: &CharSet) {
    let mut last = None;
    for (at, c) in text.text.char_indices() {
        let asked = last.replace((at, c));
        if is_selector(c) {
            check_variant(text, font, asked, (at, c));
            continue;
        }
        let is_seen = !c.is_control() && !is_unseen(c);
        // BIZ UDPGothic Regular draws these two the wrong way round.
        let japanese = match c {
            '≤' => Some("≦"),
            '≥' => Some("≧"),
            _ => None,
        };
        if let Some(sign) = japanese {
            let explanation = format!(
                "「{c}」は画面で逆向きに見え、Shift_JIS にもありません。「{sign}」を使います。"
            );
            let fix = Some(Fix::Replace(sign.to_owned()));
            text.find(Rule::ShiftJis, at..at + c.len_utf8(), explanation, fix);
        } else if is_seen && !font.contains(c) {
            let explanation = format!("「{c}」は印刷の書体になく、「〓」になります。");
            text.find(Rule::Font, at..at + c.len_utf8(), explanation, None);
        } else if !c.is_control() && !SHIFT_JIS.contains(c) {
            let code = u32::from(c);
            let explanation = format!(
                "「{c}」（U+{code:04X}）は Shift_JIS にないため、他のシステムで文字化けします。"
            );
            text.find(Rule::ShiftJis, at..at + c.len_utf8(), explanation, None);
        }
    }
}

/// A shape that the font has is printed as it was asked for. It is not looked for in Shift_JIS
/// either: there the name of a person keeps its character and loses only the shape.
fn check_variant(
    text: &mut Text<'_>,
    font: &CharSet,
    asked: Option<(usize, char)>,
    (at, selector): (usize, char),
) {
    let Some((from, c)) = asked.filter(|(_, c)| font.contains(*c)) else {
        return;
    };
    if !font.has_variant(c, selector) {
        let code = u32::from(selector);
        let explanation = format!(
            "「{c}」に指定された字体（U+{code:04X}）は印刷の書体になく、標準の字体になります。"
        );
        let range = from..at + selector.len_utf8();
        text.find(Rule::Font, range, explanation, None);
    }
}

/// Signs that ask for a shape of the character before them.
pub const fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Marks that only affect how others are shown; printing drops them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}' | '\u{3099}' | '\u{309a}')
}
