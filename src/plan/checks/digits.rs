//! Digits of both widths in one number, and digits of a width other than the plan's.

use crate::form::Width;

use super::super::style::Digits;
use super::{Fix, Rule, Text, numerals::Numeral};

pub fn check(text: &mut Text<'_>, numerals: &[Numeral], digits: Option<Digits>) {
    for numeral in numerals {
        let written = numeral.text(text.text);
        let width = digits.map(|digits| wanted(digits, numeral.digits()));
        if numeral.is_mixed() {
            // 202１ and R3.８ are names. The plan's width is for what is counted; a name that mixes
            // both becomes half width.
            let is_word = numeral.is_name(text.text) && !numeral.is_year(text.text);
            let width = width.filter(|_| !is_word).unwrap_or(Width::Half);
            let replacement = in_width(written, width);
            let explanation = format!("「{written}」に全角と半角の数字が混じっています。");
            let fix = Some(Fix::Replace(replacement));
            text.find(Rule::MixedDigits, numeral.range.clone(), explanation, fix);
            continue;
        }
        let Some(width) = width else { continue };
        let is_wanted = match width {
            Width::Half => numeral.full == 0,
            Width::Full => numeral.half == 0,
        };
        if !is_wanted && !numeral.is_name(text.text) {
            let name = match width {
                Width::Half => "半角",
                Width::Full => "全角",
            };
            let explanation = format!("数字「{written}」は{name}で書く決まりです。");
            let fix = Some(Fix::Replace(in_width(written, width)));
            text.find(Rule::DigitWidth, numeral.range.clone(), explanation, fix);
        }
    }
}

const fn wanted(digits: Digits, count: usize) -> Width {
    match (digits, count) {
        (Digits::Half, _) => Width::Half,
        (Digits::SingleFull, 1) | (Digits::Full, _) => Width::Full,
        (Digits::SingleFull, _) => Width::Half,
    }
}

/// The number with its digits in this width. Full-width points and commas between half-width digits
/// follow; half-width ones are fine anywhere.
fn in_width(numeral: &str, width: Width) -> String {
    let change = |c: char| {
        let changed = match (width, c) {
            (Width::Half, '０'..='９' | '，' | '．') => u32::from(c) - 0xFEE0,
            (Width::Full, '0'..='9') => u32::from(c) + 0xFEE0,
            _ => return c,
        };
        char::from_u32(changed).unwrap_or(c)
    };
    numeral.chars().map(change).collect()
}
