//! A number with its unit: 55 %, 4,400 件, 60 団体・個人.

use std::fmt;

use rust_decimal::Decimal;

use crate::form::is_dash;

use super::plain::Plain;

/// A number with its unit. Decimal, so that 57.2 less 55 is 2.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    pub value: Decimal,
    /// `%`, `件`, `千円`; empty where none is said.
    pub unit: String,
}

/// What a number without a comparator is counted in; anything else may be part of a name (２次避難).
const UNITS: [&str; 42] = [
    "%",
    "ポイント",
    "件",
    "回",
    "人",
    "名",
    "団体",
    "地域",
    "区",
    "校",
    "校下",
    "園",
    "箇所",
    "か所",
    "カ所",
    "ヶ所",
    "ヵ所",
    "個所",
    "施設",
    "社",
    "店",
    "点",
    "円",
    "千円",
    "万円",
    "百万円",
    "億円",
    "部",
    "枚",
    "台",
    "講座",
    "組",
    "世帯",
    "事業",
    "事業者",
    "冊",
    "時間",
    "日",
    "本",
    "種類",
    "㎡",
    "団体・個人",
];

/// A unit is a short word; longer ones are a sentence that goes on.
const LONGEST_UNIT: usize = 8;

impl Amount {
    /// Reads `57.2%`, `約 3,000件`, `１２０人`: a number with its unit and nothing else.
    pub fn read(text: &str) -> Option<Self> {
        let plain = Plain::of(text);
        let (start, amount) = Self::at_end(plain.as_str())?;
        let before = plain.as_str().get(..start)?;
        matches!(before, "" | "約" | "延べ" | "のべ" | "計" | "合計" | "年間").then_some(amount)
    }

    /// The amount at the end of a plain text, and where it begins.
    pub(super) fn at_end(plain: &str) -> Option<(usize, Self)> {
        let before_unit = plain.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = plain.strip_prefix(before_unit)?;
        let is_date = unit.starts_with('月');
        let is_word = unit.chars().count() <= LONGEST_UNIT && unit.chars().all(may_be_in_unit);
        if is_date || !is_word {
            return None;
        }
        let before = before_unit.trim_end_matches(|c: char| matches!(c, '0'..='9' | ',' | '.'));
        let digits = before_unit.strip_prefix(before)?;
        let skipped = digits.len() - digits.trim_start_matches([',', '.']).len();
        let value = digits.get(skipped..)?.replace(',', "").parse().ok()?;
        let unit = unit.to_owned();
        Some((before.len() + skipped, Self { value, unit }))
    }

    /// Whether it is counted in something that amounts are usually counted in.
    pub(super) fn has_usual_unit(&self) -> bool {
        UNITS.contains(&self.unit.as_str())
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(self.value))?;
        if self.unit.is_empty() {
            return Ok(());
        }
        write!(f, " {}", self.unit)
    }
}

/// `15877` as `15,877`.
pub fn grouped(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (whole, rest) = match text.split_once('.') {
        Some((whole, rest)) => (whole, format!(".{rest}")),
        None => (&*text, String::new()),
    };
    let digits = whole.trim_start_matches('-');
    let mut grouped = String::from(if digits.len() < whole.len() { "-" } else { "" });
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + &rest
}

/// The number that the answer to a field of amounts is: `1,234`, `△５６．７`. Nothing else may stand
/// there, and commas only where they part thousands: what is added up is not guessed at.
pub fn amount(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let without_sign = text.strip_prefix(|c| matches!(c, '△' | '▲') || is_dash(c));
    let plain = Plain::of(without_sign.unwrap_or(text));
    let plain = plain.as_str();
    let (whole, rest) = plain.split_once('.').unwrap_or((plain, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_grouped = groups.all(|group| group.len() == 3 && is_number(group));
    if !is_number(first)
        || !is_grouped
        || !is_number(rest)
        || first.len() > 3 && whole.contains(',')
    {
        return None;
    }
    let value: Decimal = plain.replace(',', "").parse().ok()?;
    Some(if without_sign.is_some() {
        -value
    } else {
        value
    })
}

/// Units are written in kanji, katakana and signs, apart from 3か所 and 5つ.
fn may_be_in_unit(c: char) -> bool {
    matches!(c, '%' | '・' | 'か' | 'つ' | '㎡' | '々' | 'ー')
        || c.is_ascii_alphabetic()
        || matches!(c, 'ァ'..='ヺ' | '一'..='鿿')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_to_fields_of_amounts_are_numbers_or_nothing() {
        let cases = [
            ("0", Some("0")),
            ("1,234", Some("1234")),
            (" １，２３４．５ ", Some("1234.5")),
            ("1234567", Some("1234567")),
            ("△1,234", Some("-1234")),
            ("▲ 12", Some("-12")),
            ("－１２", Some("-12")),
            ("-0.5", Some("-0.5")),
            ("", None),
            ("△", None),
            ("--1", None),
            ("1,23", None),
            ("1234,567", None),
            ("1,,234", None),
            (".5", None),
            ("5.", None),
            ("1_000", None),
            ("12千円", None),
            ("約12", None),
            ("99999999999999999999999999999999", None),
        ];
        for (typed, read) in cases {
            let amount = amount(typed).map(|amount| amount.to_string());
            assert_eq!(amount.as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn measured_values_are_read_as_they_are_typed() {
        let cases = [
            ("57.2%", Some("57.2 %")),
            ("５７．２％", Some("57.2 %")),
            ("約 3,000件", Some("3,000 件")),
            ("延べ１２０人", Some("120 人")),
            ("12", Some("12")),
            ("1３,８７７千円", Some("13,877 千円")),
            ("3か所", Some("3 か所")),
            ("60団体・個人", Some("60 団体・個人")),
            ("1234567.50円", Some("1,234,567.5 円")),
            ("", None),
            ("未集計", None),
            ("3校中2校", None),
            ("10月末", None),
            ("5件（8月末）", None),
        ];
        for (typed, read) in cases {
            let amount = Amount::read(typed).map(|amount| amount.to_string());
            assert_eq!(amount.as_deref(), read, "{typed}");
        }
    }
}
