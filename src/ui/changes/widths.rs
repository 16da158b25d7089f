//! What differs only in width, in words: a screen reader says nothing of it, and the eye may miss it.

use egui::{RichText, Ui};
use unicode_normalization::UnicodeNormalization as _;

use crate::form::Width;

use super::{
    super::theme,
    entries::{Kind, Piece},
};

/// More than these say nothing more.
const MOST: usize = 3;

/// What is replaced by the same in another width: `全角「２」→ 半角`. Empty where nothing is.
pub fn in_words(pieces: &[Piece]) -> String {
    let mut changes: Vec<String> = Vec::new();
    for pair in pieces.windows(2) {
        let [old, new] = pair else { continue };
        if (old.kind, new.kind) != (Kind::Removed, Kind::Added) || !is_same(&old.text, &new.text) {
            continue;
        }
        for (width, from, to) in [(Width::Full, "全角", "半角"), (Width::Half, "半角", "全角")]
        {
            let changed = changed(&old.text, &new.text, width);
            let words = format!("{from}{}→ {to}", changed.concat());
            if !changed.is_empty() && !changes.contains(&words) {
                changes.push(words);
            }
        }
    }
    if changes.len() > MOST {
        changes.truncate(MOST);
        changes.push("など".to_owned());
    }
    changes.join("　")
}

/// The words beside or below a comparison.
pub fn small(ui: &Ui, words: String) -> RichText {
    let text = RichText::new(words).size(theme::SMALL);
    text.family(theme::widths()).color(theme::palette(ui).weak)
}

/// The characters of this width that the new text has in the other, run by run: `「７」「４６６」`.
fn changed(old: &str, new: &str, from: Width) -> Vec<String> {
    // A sound mark is a character of its own in half width only: then all of it has changed.
    let is_paired = old.chars().count() == new.chars().count();
    let mut others = new.chars();
    let mut runs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for c in old.chars() {
        let stays = is_paired && others.next() == Some(c);
        let is_one = !stays && width(c) == Some(from);
        match runs.last_mut().filter(|_| goes_on) {
            Some(run) if is_one => run.push(c),
            _ if is_one => runs.push(c.to_string()),
            _ => {}
        }
        goes_on = is_one;
    }
    let words = |run: String| match run.trim() {
        "" => "の空白".to_owned(),
        _ => format!("「{run}」"),
    };
    runs.into_iter().map(words).collect()
}

/// Whether two texts are the same but for the width of their characters.
fn is_same(old: &str, new: &str) -> bool {
    old.chars().chain(new.chars()).all(|c| width(c).is_some()) && old.nfkc().eq(new.nfkc())
}

/// The width of a character that exists in two.
const fn width(c: char) -> Option<Width> {
    match c {
        ' '..='~' | '\u{a2}' | '\u{a3}' | '\u{a5}' | '\u{ac}' | '\u{ff61}'..='\u{ff9f}' => {
            Some(Width::Half)
        }
        '\u{3000}'..='\u{3002}'
        | '「'
        | '」'
        | '\u{3099}'..='\u{309c}'
        | '\u{30a0}'..='\u{30ff}'
        | '\u{ff01}'..='\u{ff5e}'
        | '\u{ffe0}'..='\u{ffe5}' => Some(Width::Full),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::entries::compare;
    use super::*;

    #[test]
    fn what_differs_in_width_is_said_and_nothing_else() {
        let cases = [
            ("２1団体", "21団体", "全角「２」→ 半角"),
            ("７5,４６６千円", "75,466千円", "全角「７」「４６６」→ 半角"),
            ("満足度：50％", "満足度：50%", "全角「％」→ 半角"),
            ("ﾊﾞス", "バス", "半角「ﾊﾞ」→ 全角"),
            ("港区　役所", "港区 役所", "全角の空白→ 半角"),
            ("①", "1", ""),
            ("取組み", "取組", ""),
            ("50%", "60%", ""),
        ];
        for (old, new, words) in cases {
            assert_eq!(in_words(&compare(old, new)), words, "{old} {new}");
        }
    }
}
