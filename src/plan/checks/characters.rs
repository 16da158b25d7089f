//! Characters that the font or Shift_JIS cannot carry.

use std::sync::{Arc, LazyLock};

use super::{Fix, Rule, Text};

/// A set of characters. Cloning is O(1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharSet(Arc<[u64]>);

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
        Self(bits.into())
    }

    pub fn contains(&self, c: char) -> bool {
        let c = u32::from(c);
        let bits = self.0.get(c as usize / 64);
        bits.is_some_and(|bits| bits >> (c % 64) & 1 == 1)
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
    for (at, c) in text.text.char_indices() {
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

/// Marks that only affect how others are shown; printing drops them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{3099}' | '\u{309a}')
}
