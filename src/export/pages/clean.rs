//! Cleans a text for print: its paragraphs, without invisible characters.
//!
//! Every kind of line break ends a paragraph, and a tab becomes a blank. Control characters and
//! marks that only say how to show others are dropped. Nothing visible is: a character that the font
//! lacks stays in the text and is drawn as 〓. Private-use characters mean nothing on another
//! machine, so they become 〓 in the text too.

use unicode_normalization::char::{compose, is_combining_mark};

pub use crate::plan::checks::is_selector;

use super::faces::Faces;

/// Stands for a character that the font lacks: the printers' mark for a missing type.
pub const GETA: char = '〓';

/// The paragraphs of a text; an empty line is an empty paragraph.
pub fn paragraphs(text: &str, faces: &mut Faces) -> Vec<String> {
    text.trim_end_matches(ends_paragraph)
        .split(ends_paragraph)
        .map(|paragraph| printable(paragraph, faces))
        .collect()
}

/// A text that stands on one line, such as a title.
pub fn one_line(text: &str, faces: &mut Faces) -> String {
    paragraphs(text, faces).join(" ")
}

/// Whether a character ends a paragraph.
pub const fn ends_paragraph(c: char) -> bool {
    matches!(
        c,
        '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn printable(text: &str, faces: &mut Faces) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if is_selector(c) {
            let asked = clean.chars().next_back();
            let has = asked.and_then(|asked| faces.face(false).variant(asked, c));
            if has.is_some() {
                clean.push(c);
            }
            continue;
        }
        if c == '\t' {
            clean.push(' ');
            continue;
        }
        if is_unseen(c) {
            continue;
        }
        // か and a combining ゛ are が: text from file names on a Mac and from some PDFs is like this.
        if is_combining_mark(c)
            && let Some(base) = clean.chars().next_back()
            && let Some(whole) = compose(base, c)
            && faces.face(false).glyph(whole).known
        {
            clean.pop();
            clean.push(whole);
            continue;
        }
        if !faces.face(false).glyph(c).known {
            faces.miss(c);
        }
        clean.push(if is_private(c) { GETA } else { c });
    }
    clean
}

/// Control characters, and what Unicode calls ignorable by default: marks for joining, for the
/// direction of writing, for hyphens, byte order marks, tags.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
}

/// Private-use characters and noncharacters, which PDF/A does not allow.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. | '\u{FDD0}'..='\u{FDEF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_dropped_and_nothing_else() {
        let mut faces = Faces::new().expect("the fonts are built in");
        let cases: &[(&str, &[&str])] = &[
            ("一\n二\u{2028}三\u{2029}四", &["一", "二", "三", "四"]),
            ("一\n\n二\n", &["一", "", "二"]),
            ("", &[""]),
            ("a\u{0}\u{1b}\u{7f}b\tc", &["ab c"]),
            ("\u{feff}\u{202e}港\u{200b}区\u{200f}", &["港区"]),
            ("か\u{3099}は\u{309a}", &["がぱ"]),
            ("𠮷野家😀", &["𠮷野家😀"]),
            ("\u{e000}\u{ffff}", &["〓〓"]),
            ("葛\u{E0100}飾a\u{FE0F}", &["葛\u{E0100}飾a"]),
        ];
        for (text, clean) in cases {
            assert_eq!(paragraphs(text, &mut faces), *clean, "{text:?}");
        }
        assert_eq!(faces.missing(), ['\u{e000}', '\u{ffff}', '😀', '𠮷']);
    }
}
