//! Commas in large numbers: missing, or in the wrong place.
//!
//! Only in numbers that count something: 2021年度 and 3710 are right as they are.

use super::{
    Fix, Rule, Text,
    numerals::{Numeral, is_counted},
};

pub fn check(text: &mut Text<'_>, numerals: &[Numeral]) {
    for numeral in numerals {
        let written = numeral.text(text.text);
        let after = text.text.get(numeral.range.end..).unwrap_or_default();
        if !is_counted(after) || numeral.is_name(text.text) || written.starts_with(['0', '０']) {
            continue;
        }
        let (whole, rest) = match written.find(['.', '．']) {
            Some(point) => written.split_at(point),
            None => (written, ""),
        };
        if whole.contains([',', '，']) {
            // 6,7月 and 4,5人 are two numbers.
            let groups: Vec<usize> = whole
                .split([',', '，'])
                .map(|group| group.chars().count())
                .collect();
            let is_list = groups.iter().all(|&digits| digits == 1);
            let later = groups.get(1..).unwrap_or_default();
            let is_right = groups.first().is_some_and(|&first| first <= 3)
                && later.iter().all(|&digits| digits == 3);
            if !is_list && !is_right {
                let explanation = format!("「{written}」の桁区切りの位置が違います。");
                text.find(Rule::Thousands, numeral.range.clone(), explanation, None);
            }
        } else if whole.chars().count() >= 4 {
            let explanation = format!("「{written}」に桁区切り（,）がありません。");
            let fix = Some(Fix::Replace(grouped(whole) + rest));
            text.find(Rule::Thousands, numeral.range.clone(), explanation, fix);
        }
    }
}

fn grouped(digits: &str) -> String {
    let count = digits.chars().count();
    let mut grouped = String::with_capacity(digits.len() + count / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (count - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
