//! How cells look, so far as somebody may have meant something by it, and what their numbers are.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::{
    BookError,
    xml::{Elements, Piece, attribute, name, number},
};

/// How a text is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ink {
    pub is_struck: bool,
    /// As six digits, or as a word for a colour of the workbook's own; `None` for the usual one.
    pub colour: Option<String>,
}

/// What the number in a cell says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NumberKind {
    #[default]
    Number,
    Percent,
    Date,
}

/// The look of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    pub ink: Ink,
    /// The ground, in the words of [`Ink::colour`].
    pub fill: Option<String>,
    pub number: NumberKind,
}

/// Excel has 65,490.
const MOST_LOOKS: usize = 70_000;

/// The looks of a workbook, by the number that its cells bear.
///
/// # Errors
/// When the part is not XML, or has too many.
pub fn looks(part: &str) -> Result<Vec<Look>, BookError> {
    let mut elements = Elements::of(part);
    let (mut fonts, mut fills) = (Vec::new(), Vec::new());
    let mut formats: HashMap<u32, NumberKind> = HashMap::new();
    let mut looks = Vec::new();
    let mut path: Vec<String> = Vec::new();
    while let Some(piece) = elements.next()? {
        let Piece::Start(element, is_empty) = piece else {
            if let Piece::End(_) = piece {
                path.pop();
            }
            continue;
        };
        let above = path.last().map_or("", String::as_str);
        match (above, name(&element)) {
            ("fonts", "font") => fonts.push(Ink::default()),
            ("font", "strike") => {
                if let Some(ink) = fonts.last_mut() {
                    ink.is_struck = is_on(&element);
                }
            }
            ("font", "color") => {
                if let Some(ink) = fonts.last_mut() {
                    ink.colour = colour(&element);
                }
            }
            ("fills", "fill") => fills.push(None),
            ("patternFill", "fgColor") => {
                if let Some(fill) = fills.last_mut() {
                    *fill = colour(&element);
                }
            }
            ("numFmts", "numFmt") => {
                let code = attribute(&element, "formatCode").unwrap_or_default();
                if let Some(id) = number(&element, "numFmtId") {
                    formats.entry(id).or_insert_with(|| kind_of(&code));
                }
            }
            ("cellXfs", "xf") => {
                let at = |name| number::<usize>(&element, name).unwrap_or_default();
                let format = number::<u32>(&element, "numFmtId").unwrap_or_default();
                let own = formats.get(&format).copied();
                looks.push(Look {
                    ink: fonts.get(at("fontId")).cloned().unwrap_or_default(),
                    fill: fills.get(at("fillId")).cloned().flatten(),
                    number: own.unwrap_or_else(|| built_in(format)),
                });
                if looks.len() > MOST_LOOKS {
                    return Err(BookError::TooLarge);
                }
            }
            _ => {}
        }
        if !is_empty {
            path.push(name(&element).to_owned());
        }
    }
    Ok(looks)
}

/// `<strike/>` and `<strike val="1"/>` say yes.
pub fn is_on(element: &BytesStart<'_>) -> bool {
    !matches!(
        attribute(element, "val").as_deref(),
        Some("0" | "false" | "none")
    )
}

/// A colour; `None` for what is automatic or the usual ink of the workbook's theme.
pub fn colour(element: &BytesStart<'_>) -> Option<String> {
    if let Some(rgb) = attribute(element, "rgb") {
        // Without what stands for its opacity. Each cell has a copy, so it is cut before anything.
        let start = rgb.floor_char_boundary(rgb.len().saturating_sub(6));
        return Some(rgb.get(start..).unwrap_or_default().to_ascii_uppercase());
    }
    // 0 and 1 of a theme are paper and ink, 64 and 65 of the index those of the system.
    let theme = number::<u32>(element, "theme").filter(|theme| *theme > 1);
    let indexed = number::<u32>(element, "indexed").filter(|index| !matches!(index, 8 | 9 | 64..));
    let theme = theme.map(|theme| format!("theme {theme}"));
    theme.or_else(|| indexed.map(|index| format!("indexed {index}")))
}

/// The formats that every spreadsheet has (ECMA-376, 18.8.30), those of Japanese among them.
const fn built_in(id: u32) -> NumberKind {
    match id {
        9 | 10 => NumberKind::Percent,
        14..=17 | 22 | 27..=36 | 50..=58 => NumberKind::Date,
        _ => NumberKind::Number,
    }
}

/// What a format of the workbook's own shows: texts in quotation marks and colours apart.
fn kind_of(code: &str) -> NumberKind {
    let mut is_quoted = false;
    let mut depth = 0_u32;
    let mut bare = String::new();
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\\' | '_' | '*' => drop(characters.next()),
            '[' if !is_quoted => depth += 1,
            ']' if !is_quoted => depth = depth.saturating_sub(1),
            c if !is_quoted && depth == 0 => bare.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    match () {
        () if bare == "general" || bare == "@" => NumberKind::Number,
        () if bare.contains('%') => NumberKind::Percent,
        () if bare.contains(['y', 'd', 'e', 'g']) && !bare.contains(['0', '#']) => NumberKind::Date,
        () if bare.contains('m') && !bare.contains(['0', '#', 'h', 's']) => NumberKind::Date,
        () => NumberKind::Number,
    }
}
