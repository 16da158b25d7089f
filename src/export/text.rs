//! Texts as other programs take them: without characters that no file may hold, and as paragraphs
//! and lists.

use std::borrow::Cow;

/// A text without control characters, which neither XML nor HTML may hold. They are not seen in
/// the window either. Tabs and line breaks stay.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_forbidden) {
        Cow::Owned(text.chars().filter(|c| !is_forbidden(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn is_forbidden(c: char) -> bool {
    let is_noncharacter =
        matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF) || matches!(c, '\u{FDD0}'..='\u{FDEF}');
    is_noncharacter || (c.is_control() && !matches!(c, '\t' | '\n'))
}

/// Lines of a text that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block<'a> {
    /// Lines of one paragraph; an empty line ends it.
    Paragraph(Vec<&'a str>),
    /// Lines after ・, without it.
    Bullets(Vec<&'a str>),
    /// Lines after another sign (①, ※ …), which says something and so stays with its line.
    Marked(Vec<&'a str>),
}

/// The paragraphs and lists of a text, in order.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut is_new = true;
    for line in text.lines() {
        let content = line.trim();
        if content.is_empty() {
            is_new = true;
            continue;
        }
        let next = if let Some(rest) = content.strip_prefix('・') {
            Block::Bullets(vec![rest.trim_start()])
        } else if content.starts_with(is_sign) {
            Block::Marked(vec![content])
        } else {
            Block::Paragraph(vec![line.trim_end()])
        };
        match (blocks.last_mut(), next) {
            (Some(Block::Bullets(lines)), Block::Bullets(more))
            | (Some(Block::Marked(lines)), Block::Marked(more)) => lines.extend(more),
            (Some(Block::Paragraph(lines)), Block::Paragraph(more)) if !is_new => {
                lines.extend(more);
            }
            (_, next) => blocks.push(next),
        }
        is_new = false;
    }
    blocks
}

fn is_sign(c: char) -> bool {
    matches!(c, '●' | '○' | '■' | '◆' | '※' | '①'..='⑳')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_marks_of_direction_stay() {
        assert_eq!(printable("一\u{0}二\u{1b}\u{7f}\u{85}\u{fffe}三"), "一二三");
        assert_eq!(
            printable("一\t\n\u{202e}\u{200f}🎉"),
            "一\t\n\u{202e}\u{200f}🎉"
        );
    }

    #[test]
    fn lines_that_belong_together_are_one_block() {
        use Block::*;
        let text = "前文\n続き\n\n別の段落\n・一つ目\n ・　二つ目\n①目標\n②目標\n後文";
        let expected = [
            Paragraph(vec!["前文", "続き"]),
            Paragraph(vec!["別の段落"]),
            Bullets(vec!["一つ目", "二つ目"]),
            Marked(vec!["①目標", "②目標"]),
            Paragraph(vec!["後文"]),
        ];
        assert_eq!(blocks(text), expected);
        assert_eq!(blocks(" \n　\n"), []);
    }
}
