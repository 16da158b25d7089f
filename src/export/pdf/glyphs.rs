//! A line as glyphs, and what they say to whoever copies or hears the text.
//!
//! A file says once for each glyph what it stands for. Where one stands for something else (〓 for any
//! character that the typeface lacks, one shape for two characters), krilla writes beside it what is
//! meant. Readers take that for the whole of a tag, so such a glyph is a stretch of its own.

use std::ops::Range;

use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::export::pages::{
    GETA,
    faces::{Face, Glyph},
    is_selector,
};

/// A cut of the typeface in the file that is written.
pub struct Cut {
    pub font: Font,
    /// By its number, what a glyph stands for: the first text that was drawn with it.
    said: Vec<Option<Box<str>>>,
}

/// Glyphs that are in one tag.
#[derive(Default)]
pub struct Stretch {
    pub glyphs: Vec<KrillaGlyph>,
    /// As a fraction of the font size.
    pub width: f32,
    /// Whether it is one glyph that stands for something else in this file.
    pub is_apart: bool,
}

impl Cut {
    /// A cut in which 〓 stands for itself, before it stands for anything else.
    pub fn new(font: Font, face: &mut Face) -> Self {
        let mut cut = Self {
            font,
            said: Vec::new(),
        };
        cut.says(face.glyph(GETA), GETA.encode_utf8(&mut [0; 4]));
        cut
    }

    /// A text in stretches: one glyph for each character, one for a kanji and the selector of its
    /// shape.
    pub fn stretches(&mut self, text: &str, face: &mut Face) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut letters = text.char_indices().peekable();
        while let Some((at, c)) = letters.next() {
            let mut glyph = face.glyph(c);
            let mut end = at + c.len_utf8();
            if let Some((_, selector)) = letters.next_if(|(_, next)| is_selector(*next)) {
                end += selector.len_utf8();
                glyph = face.variant(c, selector).unwrap_or(glyph);
            }
            let is_apart = !self.says(glyph, text.get(at..end).unwrap_or_default());
            let stretch = match stretches.pop_if(|last| !last.is_apart && !is_apart) {
                Some(last) => last,
                None => Stretch {
                    glyphs: Vec::with_capacity(if is_apart { 1 } else { text.len() / 3 + 1 }),
                    is_apart,
                    ..Stretch::default()
                },
            };
            stretches.push(stretch.with(glyph, at..end));
        }
        stretches
    }

    /// Whether a glyph stands for this text in this file. What is drawn first with it decides.
    fn says(&mut self, glyph: Glyph, text: &str) -> bool {
        let at = glyph.id as usize;
        if at >= self.said.len() {
            self.said.resize(at + 1, None);
        }
        let said = self.said.get_mut(at);
        said.is_some_and(|said| **said.get_or_insert_with(|| text.into()) == *text)
    }
}

impl Stretch {
    fn with(mut self, glyph: Glyph, stands_for: Range<usize>) -> Self {
        let (id, advance) = (GlyphId::new(glyph.id), glyph.advance);
        self.glyphs.push(KrillaGlyph::new(
            id, advance, 0.0, 0.0, 0.0, stands_for, None,
        ));
        self.width += advance;
        self
    }
}
