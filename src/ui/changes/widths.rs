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
    let (old, new) = (letters(old), letters(new));
    let is_paired = old.len() == new.len();
    let mut others = new.iter();
    let mut runs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for letter in &old {
        let stays = others.next() == Some(letter) && is_paired;
        let is_one = !stays && letter.chars().next().and_then(width) == Some(from);
        match runs.last_mut().filter(|_| goes_on) {
            Some(run) if is_one => run.push_str(letter),
            _ if is_one => runs.push((*letter).to_owned()),
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

/// The characters of a text, each with its sound mark: in half width that is one of its own.
fn letters(text: &str) -> Vec<&str> {
    let is_mark = |c: char| matches!(c, '\u{ff9e}' | '\u{ff9f}' | '\u{3099}' | '\u{309a}');
    let starts = text.char_indices().filter(|(_, c)| !is_mark(*c));
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let spans = starts.iter().zip(ends);
    spans
        .filter_map(|(&start, end)| text.get(start..end))
        .collect()
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
