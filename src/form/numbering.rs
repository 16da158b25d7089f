//! Numbers as they are printed (１－１－３) and as they are typed (1-1-3), by a pattern for each level.

use serde::{Deserialize, Serialize};

use super::text;

/// How the nodes of a level are numbered. The default has no numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    /// `{n}` stands for the node's own number, `{above}` for the number of what it stands in:
    /// `{above}-{n}`, `{above}-({n})`. Without `{n}` its nodes have no number of their own, and the
    /// rest is how they are named among numbers (改革).
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub pattern: String,
    /// In which width it is printed.
    #[serde(default, skip_serializing_if = "Width::is_default")]
    pub width: Width,
}

/// The width of a character.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Width {
    #[default]
    Half,
    Full,
}

impl Width {
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// A number in this width.
    pub fn of(self, text: &str) -> String {
        match self {
            Self::Full => full_width(text),
            Self::Half => half_width(text),
        }
    }
}

impl Numbering {
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether its nodes have a number of their own.
    pub fn has_own(&self) -> bool {
        self.pattern.contains("{n}")
    }

    /// The pattern where this is above; where nothing is, nothing is joined to it.
    fn below(&self, above: &str) -> &str {
        let is_alone = above.is_empty() && self.has_own() && self.pattern.contains("{above}");
        if is_alone { "{n}" } else { &self.pattern }
    }

    /// What stands before and after a node's own part of its number, given the number of what it
    /// stands in: `2-1-` and nothing, `1-(` and `)`.
    pub fn around(&self, above: &str) -> (String, &str) {
        let (before, after) = self.below(above).split_once("{n}").unwrap_or_default();
        (put_above(before, above), after)
    }

    /// The number of a node in half width, given that of what it stands in.
    pub fn fill(&self, above: &str, own: Option<u32>) -> String {
        let own = own.map_or_else(String::new, |own| own.to_string());
        let filled = put_above(self.below(above), above);
        filled
            .replace("{n}", &own)
            .trim_start_matches('-')
            .to_owned()
    }
}

/// A pattern with what is above put in once, whatever it says: each time more would multiply it from
/// level to level.
fn put_above(pattern: &str, above: &str) -> String {
    pattern.replacen("{above}", above, 1).replace("{above}", "")
}

/// ASCII digits, hyphens and brackets as their full-width forms; everything else as it is.
pub fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' => char::from_u32(u32::from(c) - 0x30 + 0xFF10).unwrap_or(c),
            '-' => '－',
            '(' => '（',
            ')' => '）',
            _ => c,
        })
        .collect()
}

/// Full-width digits and brackets, and the hyphens and dashes that Japanese keyboards give, as ASCII.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
            '（' => '(',
            '）' => ')',
            _ if is_dash(c) => '-',
            _ => c,
        })
        .collect()
}

/// The hyphens and dashes that people type for the one in 1-1.
pub fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '－' | '−' | '‐' | '‑' | '–' | '—' | '―' | 'ー' | 'ｰ'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_follows_its_pattern() {
        let cases = [
            ("{n}", "", Some(2), "2"),
            ("{above}-{n}", "2-1", Some(3), "2-1-3"),
            ("{above}-({n})", "1", Some(2), "1-(2)"),
            ("{above}-{n}", "", Some(3), "3"),
            ("{above}-({n})", "", Some(2), "2"),
            ("改革", "", None, "改革"),
            ("{above}-{n}", "改革", Some(1), "改革-1"),
            ("", "1", Some(1), ""),
        ];
        for (pattern, above, own, number) in cases {
            let numbering = Numbering {
                pattern: pattern.to_owned(),
                width: Width::Full,
            };
            assert_eq!(numbering.fill(above, own), number, "{pattern}");
        }
    }

    #[test]
    fn what_stands_around_the_own_part_is_known() {
        let numbering = |pattern: &str| Numbering {
            pattern: pattern.to_owned(),
            width: Width::Half,
        };
        let around = |pattern, above| {
            let numbering = numbering(pattern);
            let (before, after) = numbering.around(above);
            format!("{before}…{after}")
        };
        assert_eq!(around("{above}-{n}", "2-1"), "2-1-…");
        assert_eq!(around("{above}-({n})", "1"), "1-(…)");
        assert_eq!(around("{above}-{n}", ""), "…");
    }

    #[test]
    fn either_width_can_be_had() {
        assert_eq!(full_width("1-(2)"), "１－（２）");
        assert_eq!(half_width("１ー（２）"), "1-(2)");
    }
}
