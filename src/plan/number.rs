//! Numbers of issues, strategies and initiatives, as printed (１－１－３) and as typed (1-1-3).
//!
//! A number is data, not a position: the real plan has 6-2-1 and 6-2-3 and no 6-2-2.

/// The key of the unnumbered part in sections and exports (「市政改革プラン３．０」に基づく取組等).
pub const UNNUMBERED: &str = "改革";

/// The number of a node, from its issue down. An issue without a number is the reform part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Number {
    /// `None` in the unnumbered part.
    pub issue: Option<u32>,
    pub strategy: Option<u32>,
    pub initiative: Option<u32>,
}

impl Number {
    /// As in files and on the command line: `2`, `2-1`, `2-1-3`, `改革`, `改革-1`.
    pub fn half_width(&self) -> String {
        let head = self
            .issue
            .map_or_else(|| UNNUMBERED.to_owned(), |n| n.to_string());
        let mut text = head;
        for part in [self.strategy, self.initiative].into_iter().flatten() {
            text.push('-');
            text.push_str(&part.to_string());
        }
        text
    }

    /// As printed: `２`, `２－１`, `２－１－３`, `改革`, `改革－１`.
    pub fn full_width(&self) -> String {
        full_width(&self.half_width())
    }
}

/// ASCII digits and hyphens as their full-width forms; everything else as it is.
pub fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' => char::from_u32(u32::from(c) - 0x30 + 0xFF10).unwrap_or(c),
            '-' => '－',
            _ => c,
        })
        .collect()
}

/// Full-width digits and the hyphens and dashes that Japanese keyboards give, as ASCII.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
            _ if is_dash(c) => '-',
            _ => c,
        })
        .collect()
}

/// The hyphens and dashes that people type for the one in 1-1.
pub(super) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '－' | '−' | '‐' | '‑' | '–' | '—' | '―' | 'ー' | 'ｰ'
    )
}

/// A number as somebody typed it in a number field: digits of either width, blanks around them.
pub fn parse(text: &str) -> Option<u32> {
    let text = half_width(text.trim());
    let all_digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_full_width_and_filed_half_width() {
        let initiative = Number {
            issue: Some(2),
            strategy: Some(1),
            initiative: Some(13),
        };
        assert_eq!(initiative.full_width(), "２－１－１３");
        assert_eq!(initiative.half_width(), "2-1-13");
        let reform = Number {
            issue: None,
            strategy: None,
            initiative: Some(1),
        };
        assert_eq!(reform.full_width(), "改革－１");
        assert_eq!(reform.half_width(), "改革-1");
    }

    #[test]
    fn a_typed_number_may_have_either_width() {
        assert_eq!(parse(" １2 "), Some(12));
        for wrong in ["", "１－２", "+3", "三", "99999999999"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
