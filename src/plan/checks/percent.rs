//! Percent signs of a width other than the plan's.

use crate::form::Width;

use super::{Fix, Rule, Text};

pub fn check(text: &mut Text<'_>, width: Width) {
    let (other, wanted, name) = match width {
        Width::Half => ('％', '%', "半角"),
        Width::Full => ('%', '％', "全角"),
    };
    for (at, sign) in text.text.match_indices(other) {
        // Without a number before it the sign is a word; with a letter after it, part of an
        // address.
        let after = text.text.get(at + sign.len()..).unwrap_or_default();
        let before = text.text.get(..at).unwrap_or_default().trim_end();
        if before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'))
            && !after.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            let explanation = format!("「{sign}」は{name}の「{wanted}」で書く決まりです。");
            let fix = Some(Fix::Replace(wanted.to_string()));
            text.find(Rule::PercentWidth, at..at + sign.len(), explanation, fix);
        }
    }
}
