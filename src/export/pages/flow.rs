//! Texts as lines with their indents, ready to be put in a cell or under a heading.

use std::ops::Range;

use super::{
    clean,
    colours::Rgb,
    faces::Faces,
    lines::{self, Kind},
    marks::Mark,
};

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    pub size: f32,
    /// From one line to the next.
    pub leading: f32,
    pub bold: bool,
    pub ink: Rgb,
}

/// A line that is drawn along a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    Through,
    Under,
}

/// One line, not yet on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowLine {
    /// Distance from where its cell's text begins.
    pub indent: f32,
    pub width: f32,
    pub height: f32,
    pub text: String,
    pub style: Style,
    /// Which paragraph of its cell it belongs to.
    pub paragraph: usize,
    /// A shape before the first line of a paragraph.
    pub mark: Option<Mark>,
    /// As in `lines::Line`.
    ends_well: bool,
    ends_phrase: bool,
    /// A tint behind it.
    pub ground: Option<Rgb>,
    /// Lines along parts of its text.
    pub strokes: Vec<(Stroke, Range<usize>)>,
}

/// Lines that are not on a page yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flow {
    pub lines: Vec<FlowLine>,
    paragraphs: usize,
}

/// Room for a shape before a text.
const MARK_ROOM: f32 = 13.0;
/// A second line stands under the text of a bullet, not under the bullet, unless that would take
/// more than this fraction of the width.
const MOST_INDENT: f32 = 0.25;
/// A title of more lines than this is broken like any text.
const SHORT: usize = 4;
/// The height of an empty line, as a fraction of the leading.
const EMPTY_LINE: f32 = 0.5;

impl Flow {
    /// Adds a text: each of its paragraphs with a hanging indent if it begins with a bullet.
    pub fn add(&mut self, text: &str, width: f32, style: Style, faces: &mut Faces) {
        for paragraph in clean::paragraphs(text, faces) {
            self.hanging(&paragraph, width, style, faces);
        }
    }

    /// Adds a text in runs, as `add` does, with a line along those that are marked.
    pub fn add_runs<'a>(
        &mut self,
        runs: impl IntoIterator<Item = (&'a str, bool)>,
        stroke: Stroke,
        width: f32,
        style: Style,
        faces: &mut Faces,
    ) {
        // Each run is cleaned by itself, so that its place in the cleaned text is known.
        let mut paragraphs = vec![(String::new(), Vec::new())];
        for (run, is_marked) in runs {
            for (n, text) in run.split(clean::ends_paragraph).enumerate() {
                if n > 0 {
                    paragraphs.push((String::new(), Vec::new()));
                }
                if let Some((whole, marked)) = paragraphs.last_mut() {
                    let begin = whole.len();
                    whole.push_str(&clean::one_line(text, faces));
                    if is_marked {
                        marked.push(begin..whole.len());
                    }
                }
            }
        }
        while paragraphs.len() > 1 && paragraphs.last().is_some_and(|(last, _)| last.is_empty()) {
            paragraphs.pop();
        }
        for (paragraph, marked) in paragraphs {
            let begin = self.lines.len();
            self.hanging(&paragraph, width, style, faces);
            let mut at = 0;
            for line in self.lines.iter_mut().skip(begin) {
                let end = at + line.text.len();
                let on_it = marked
                    .iter()
                    .map(|range| range.start.max(at)..range.end.min(end))
                    .filter(|range| !range.is_empty());
                line.strokes = on_it
                    .map(|range| (stroke, range.start - at..range.end - at))
                    .collect();
                at = end;
            }
        }
    }

    fn hanging(&mut self, paragraph: &str, width: f32, style: Style, faces: &mut Faces) {
        let hang = faces.width(bullet(paragraph), style.size, style.bold);
        let hang = if hang > width * MOST_INDENT {
            0.0
        } else {
            hang
        };
        self.paragraph(paragraph, Kind::Text, (0.0, hang), width, style, faces);
    }

    /// Adds a title. Its lines end with phrases, or else are about as long as each other, so that
    /// no character is alone on the last one; neither makes it longer.
    pub fn add_title(&mut self, text: &str, width: f32, style: Style, faces: &mut Faces) {
        let full = Self::of(text, Kind::Text, width, style, faces);
        let count = full.lines.len();
        let is_short = (2..=SHORT).contains(&count);
        let phrases = is_short.then(|| Self::of(text, Kind::Title, width, style, faces));
        let title = phrases
            .filter(|it| it.lines.len() <= count && it.lines.iter().all(|line| line.ends_phrase));
        let title = match title {
            Some(title) => title,
            None if is_short => Self::balanced(text, full, width, style, faces),
            None => full,
        };
        self.lines
            .extend(title.lines.into_iter().map(|line| FlowLine {
                paragraph: self.paragraphs + line.paragraph,
                ..line
            }));
        self.paragraphs += title.paragraphs;
    }

    fn of(text: &str, kind: Kind, width: f32, style: Style, faces: &mut Faces) -> Self {
        let mut flow = Self::default();
        for paragraph in clean::paragraphs(text, faces) {
            flow.paragraph(&paragraph, kind, (0.0, 0.0), width, style, faces);
        }
        flow
    }

    /// The narrowest setting that breaks no worse and takes no more lines.
    fn balanced(text: &str, full: Self, width: f32, style: Style, faces: &mut Faces) -> Self {
        let ends_badly = |flow: &Self| flow.lines.iter().filter(|it| !it.ends_well).count();
        let all: f32 = full.lines.iter().map(|line| line.width).sum();
        let mut narrow = all / full.lines.len().max(1) as f32;
        while narrow < width {
            let tried = Self::of(text, Kind::Text, narrow, style, faces);
            if tried.lines.len() <= full.lines.len() && ends_badly(&tried) <= ends_badly(&full) {
                return tried;
            }
            narrow += style.size / 2.0;
        }
        full
    }

    /// Adds a text where one after a shape stands, without a shape. Its lines end with phrases.
    pub fn add_indented(&mut self, text: &str, width: f32, style: Style, faces: &mut Faces) {
        let text = clean::one_line(text, faces);
        let indents = (MARK_ROOM, MARK_ROOM);
        self.paragraph(&text, Kind::Title, indents, width, style, faces);
    }

    /// Adds a text after a shape, on a ground of its own.
    pub fn add_marked(
        &mut self,
        text: &str,
        (mark, ground): (Mark, Option<Rgb>),
        width: f32,
        style: Style,
        faces: &mut Faces,
    ) {
        let begin = self.lines.len();
        let text = clean::one_line(text, faces);
        let indents = (MARK_ROOM, MARK_ROOM);
        self.paragraph(&text, Kind::Text, indents, width, style, faces);
        let mut mark = Some(mark);
        for line in self.lines.iter_mut().skip(begin) {
            line.ground = ground;
            line.mark = mark.take();
        }
    }

    /// Adds vertical space.
    pub fn space(&mut self, height: f32) {
        let style = self.lines.last().map(|line| line.style);
        let Some(style) = style else { return };
        self.lines.push(FlowLine {
            indent: 0.0,
            width: 0.0,
            height,
            text: String::new(),
            style,
            paragraph: self.paragraphs,
            mark: None,
            ends_well: true,
            ends_phrase: true,
            ground: None,
            strokes: Vec::new(),
        });
        self.paragraphs += 1;
    }

    /// Moves its lines to the right end of this width.
    pub fn align_right(&mut self, width: f32) {
        for line in &mut self.lines {
            line.indent = (width - line.width).max(line.indent);
        }
    }

    pub fn height(&self) -> f32 {
        self.lines.iter().map(|line| line.height).sum()
    }

    fn paragraph(
        &mut self,
        text: &str,
        kind: Kind,
        (first, rest): (f32, f32),
        width: f32,
        style: Style,
        faces: &mut Faces,
    ) {
        let face = faces.face(style.bold);
        let mut measure = |c| {
            if clean::is_selector(c) {
                0.0
            } else {
                face.glyph(c).advance * style.size
            }
        };
        let widths = (width - first, width - rest);
        let mut broken = lines::break_lines(text, kind, widths, &mut measure);
        if matches!(kind, Kind::Text) {
            lines::keep_company(text, &mut broken, widths, style.size, measure);
        }
        for (n, line) in broken.into_iter().enumerate() {
            let text = text.get(line.range).unwrap_or_default();
            self.lines.push(FlowLine {
                indent: if n == 0 { first } else { rest },
                width: line.width,
                height: if text.is_empty() {
                    style.leading * EMPTY_LINE
                } else {
                    style.leading
                },
                text: text.to_owned(),
                style,
                paragraph: self.paragraphs,
                mark: None,
                ends_well: line.ends_well,
                ends_phrase: line.ends_phrase,
                ground: None,
                strokes: Vec::new(),
            });
        }
        self.paragraphs += 1;
    }
}

/// What stands before the text of a bullet: ・, ①, ※, （１）, １． and blanks around them.
fn bullet(paragraph: &str) -> &str {
    let rest = paragraph.trim_start_matches([' ', '　']);
    let blanks = paragraph.len() - rest.len();
    let mut letters = rest.char_indices();
    let Some((_, first)) = letters.next() else {
        return "";
    };
    let end = match first {
        '・' | '･' | '●' | '○' | '◎' | '■' | '□' | '◆' | '◇' | '▼' | '▲' | '△' | '▽' | '※'
        | '★' | '☆' | '→' | '⇒' | '•' | '-' | '－' | '＊' | '*' => first.len_utf8(),
        '①'..='⑳' | '㉑'..='㉟' | '㋐'..='㋾' | 'Ⓐ'..='ⓩ' => first.len_utf8(),
        '（' | '(' => match rest.find(['）', ')']) {
            Some(at)
                if rest
                    .get(..at)
                    .is_some_and(|inner| inner.chars().count() <= 3) =>
            {
                at + rest
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(0, char::len_utf8)
            }
            _ => return "",
        },
        '0'..='9' | '０'..='９' => {
            let digits = |c: char| matches!(c, '0'..='9' | '０'..='９');
            let after = rest.trim_start_matches(digits);
            let digits = rest.len() - after.len();
            match after.chars().next() {
                // ６．２％ is a number, not the sixth of a list.
                Some(c @ ('．' | '.' | '）' | ')'))
                    if digits <= 6 && !after.chars().nth(1).is_some_and(|c| c.is_numeric()) =>
                {
                    digits + c.len_utf8()
                }
                _ => return "",
            }
        }
        _ => return "",
    };
    let blanks_after = rest.get(end..).map_or(0, |after| {
        after.len() - after.trim_start_matches([' ', '　']).len()
    });
    paragraph
        .get(..blanks + end + blanks_after)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bullet_is_what_stands_before_the_text() {
        let cases = [
            ("・啓発：１４件", "・"),
            ("①講座の参加者", "①"),
            ("　※ 中止", "　※ "),
            ("（１）会議", "（１）"),
            ("（概ね小学校区）で", ""),
            ("１．会議", "１．"),
            ("１．５倍", ""),
            ("１０月に開催", ""),
            ("啓発", ""),
            ("", ""),
            ("　", ""),
        ];
        for (paragraph, mark) in cases {
            assert_eq!(bullet(paragraph), mark, "{paragraph}");
        }
    }

    #[test]
    fn the_second_line_of_a_bullet_stands_under_its_text() {
        let mut faces = Faces::new().expect("the fonts are built in");
        let style = Style {
            size: 10.0,
            leading: 14.0,
            bold: false,
            ink: Rgb(0, 0, 0),
        };
        let mut flow = Flow::default();
        flow.add(
            "・啓発や情報発信、活動支援など\n次",
            80.0,
            style,
            &mut faces,
        );
        let indents: Vec<f32> = flow.lines.iter().map(|line| line.indent).collect();
        assert_eq!(indents, [0.0, 5.0, 5.0, 0.0]);
        let numbers: Vec<usize> = flow.lines.iter().map(|line| line.paragraph).collect();
        assert_eq!(numbers, [0, 0, 0, 1]);
    }
}
