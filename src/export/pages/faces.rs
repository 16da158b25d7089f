//! The two cuts of the font: the glyph and the width of a character.

use std::collections::BTreeSet;

use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    charmap::{Charmap, MapVariant},
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};

use crate::{plan::checks::CharSet, storage::builtin};

use super::clean::{GETA, is_selector};

/// The font that is built in cannot be read; a mistake in the program, found by a test.
#[derive(Debug, Clone, thiserror::Error)]
#[error("組み込みの書体が読めません（{0}）。")]
pub struct FaceError(String);

/// How a character is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub id: u32,
    /// As a fraction of the font size.
    pub advance: f32,
    /// Whether the font has the character; if not, the glyph is that of 〓.
    pub known: bool,
}

/// One cut of the font.
pub struct Face {
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f32,
    geta: GlyphId,
    /// In BIZ UDPGothic Regular (not Bold) ≤ has the shape of ≥, and ≥ that of ≤.
    has_signs_swapped: bool,
    /// Glyphs by character, for those that a plan is made of: looking one up in the font takes
    /// ten times as long.
    known: Vec<Option<Glyph>>,
}

/// Both cuts, and the characters that were asked for but are missing.
pub struct Faces {
    regular: Face,
    bold: Face,
    missing: BTreeSet<char>,
}

impl Faces {
    /// The built-in cuts.
    ///
    /// # Errors
    /// When the built-in files are not fonts, which a test rules out.
    pub fn new() -> Result<Self, FaceError> {
        Ok(Self {
            regular: Face {
                has_signs_swapped: true,
                ..Face::new(builtin::FONT_REGULAR)?
            },
            bold: Face::new(builtin::FONT_BOLD)?,
            missing: BTreeSet::new(),
        })
    }

    pub fn face(&mut self, bold: bool) -> &mut Face {
        if bold {
            &mut self.bold
        } else {
            &mut self.regular
        }
    }

    /// The width of a text on one line.
    pub fn width(&mut self, text: &str, size: f32, bold: bool) -> f32 {
        let face = self.face(bold);
        let seen = text.chars().filter(|c| !is_selector(*c));
        seen.map(|c| face.glyph(c).advance).sum::<f32>() * size
    }

    /// Remembers a character that is shown by a sign.
    pub(super) fn miss(&mut self, c: char) {
        self.missing.insert(c);
    }

    /// The characters that were asked for but are missing, in order.
    pub fn missing(&self) -> Vec<char> {
        self.missing.iter().copied().collect()
    }
}

/// The characters that can be printed, for the checks.
///
/// # Errors
/// As for [`Faces::new`].
pub fn char_set() -> Result<CharSet, FaceError> {
    let face = Face::new(builtin::FONT_REGULAR)?;
    let characters = CharSet::of(|c| face.charmap.map(c).is_some_and(|id| id != GlyphId::NOTDEF));
    let variants = face.charmap.variant_mappings();
    let variants = variants
        .filter_map(|(c, selector, _)| Some((char::from_u32(c)?, char::from_u32(selector)?)));
    Ok(characters.with_variants(variants))
}

impl Face {
    fn new(bytes: &'static [u8]) -> Result<Self, FaceError> {
        let font = FontRef::new(bytes).map_err(|error| FaceError(error.to_string()))?;
        let charmap = font.charmap();
        let geta = charmap
            .map(GETA)
            .ok_or_else(|| FaceError(format!("{GETA} がない")))?;
        Ok(Self {
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units: f32::from(
                font.metrics(Size::unscaled(), LocationRef::default())
                    .units_per_em,
            ),
            charmap,
            geta,
            has_signs_swapped: false,
            known: vec![None; 0x1_0000],
        })
    }

    /// How a character is drawn.
    pub fn glyph(&mut self, c: char) -> Glyph {
        // Characters up to U+FFFF are remembered; those above are rare.
        if let Some(Some(glyph)) = self.known.get(c as usize) {
            return *glyph;
        }
        let glyph = self.look_up(c);
        if let Some(known) = self.known.get_mut(c as usize) {
            *known = Some(glyph);
        }
        glyph
    }

    /// The glyph for a kanji in the shape that a selector asks for, if the font has that.
    pub fn variant(&self, c: char, selector: char) -> Option<Glyph> {
        match self.charmap.map_variant(c, selector)? {
            MapVariant::UseDefault => Some(self.look_up(c)),
            MapVariant::Variant(id) => Some(self.measured(id, true)),
        }
    }

    fn look_up(&self, c: char) -> Glyph {
        let c = match c {
            '≤' if self.has_signs_swapped => '≥',
            '≥' if self.has_signs_swapped => '≤',
            c => c,
        };
        match self.charmap.map(c).filter(|id| *id != GlyphId::NOTDEF) {
            Some(id) => self.measured(id, true),
            None => self.measured(self.geta, false),
        }
    }

    fn measured(&self, id: GlyphId, known: bool) -> Glyph {
        let advance = self.metrics.advance_width(id).unwrap_or(self.units);
        Glyph {
            id: id.to_u32(),
            advance: advance / self.units,
            known,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_font_lacks_is_the_printers_sign() {
        let mut faces = Faces::new().expect("the fonts are built in");
        for bold in [false, true] {
            let face = faces.face(bold);
            assert!(face.glyph('港').known);
            let (rare, geta) = (face.glyph('𠮷'), face.glyph(GETA));
            assert!(!rare.known && geta.known);
            assert_eq!((rare.id, rare.advance), (geta.id, geta.advance));
        }
    }

    #[test]
    fn less_is_not_printed_as_more() {
        let mut faces = Faces::new().expect("the fonts are built in");
        let raw = |c| faces.regular.charmap.map(c).map(GlyphId::to_u32);
        let (less, more) = (raw('≤'), raw('≥'));
        let regular = faces.face(false);
        assert_eq!(Some(regular.glyph('≥').id), less);
        assert_eq!(Some(regular.glyph('≤').id), more);
    }

    #[test]
    fn the_names_of_people_keep_the_shape_that_was_asked_for() {
        let faces = Faces::new().expect("the fonts are built in");
        let face = &faces.regular;
        let (plain, shaped) = (face.look_up('葛'), face.variant('葛', '\u{E0100}'));
        assert!(shaped.is_some_and(|shaped| shaped.known));
        assert!(plain.known);
        assert_eq!(face.variant('a', '\u{E0100}'), None);
    }
}
