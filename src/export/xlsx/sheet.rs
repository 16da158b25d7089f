//! What both kinds of sheets share: how cells look, and writing a text that is never anything
//! but that text.

use std::borrow::Cow;

use enum_map::EnumMap;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::{
    export::{csv, status_style},
    plan::Standing,
};

/// Excel's limit, in the units of UTF-16.
pub const CELL_LIMIT: usize = 32_767;

/// In every Windows since 10, and made to be read easily. Its characters are of two widths only, as
/// in the typefaces that stand in for it, so that the height of a row can be computed.
const TYPEFACE: &str = "BIZ UDゴシック";
/// What is written in a cell looks like this; another colour is somebody else's.
pub const INK_RGB: u32 = 0x22201D;
/// The ground of a cell that is to be filled in.
pub const INPUT_RGB: u32 = 0xFFF8DC;
const INK: Color = Color::RGB(INK_RGB);
const WEAK: Color = Color::RGB(0x5E5952);
const LINE: Color = Color::RGB(0x8B8377);
const HEAD: Color = Color::RGB(0xEFECE6);

/// A4.
const PAPER: u8 = 9;

/// How cells look. Made once: a format costs more than a cell.
pub struct Looks {
    pub title: Format,
    pub subtitle: Format,
    pub strategy: Format,
    pub head: Format,
    pub cell: TextFormat,
    /// What is only there for reference.
    pub reference: TextFormat,
    /// What is to be filled in: not locked, and text whatever is typed.
    pub input: TextFormat,
    /// The number above a title, and the owner below it.
    pub small: Format,
    pub bold: Format,
    pub plain: Format,
    pub status: EnumMap<Standing, StatusFormat>,
    pub data_head: Format,
    pub data: TextFormat,
    /// A sum.
    pub sum: Format,
}

/// Cells with text.
pub struct TextFormat {
    usual: Format,
    /// For texts that Excel would take for something else if they were typed.
    quoted: Format,
}

/// A state's cell, and the words in it.
pub struct StatusFormat {
    pub cell: Format,
    pub mark: Format,
    pub words: Format,
}

impl Looks {
    pub fn new() -> Self {
        let plain = Format::new()
            .set_font_name(TYPEFACE)
            .set_font_size(10)
            .set_font_color(INK);
        let data = plain.clone().set_align(FormatAlign::Top).set_text_wrap();
        // The indent keeps the text off the line beside it.
        let framed = data
            .clone()
            .set_align(FormatAlign::Left)
            .set_indent(1)
            .set_border(FormatBorder::Thin)
            .set_border_color(LINE);
        let heading = plain
            .clone()
            .set_bold()
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        Self {
            title: heading.clone().set_font_size(14),
            subtitle: plain
                .clone()
                .set_font_color(WEAK)
                .set_align(FormatAlign::VerticalCenter),
            strategy: heading
                .clone()
                .set_font_size(11)
                .set_indent(1)
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE),
            head: heading
                .clone()
                .set_indent(1)
                .set_background_color(HEAD)
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE),
            small: plain.clone().set_font_size(9).set_font_color(WEAK),
            bold: plain.clone().set_bold(),
            status: EnumMap::from_fn(|standing| {
                let style = status_style::of(standing);
                let inked = |rgb| plain.clone().set_bold().set_font_color(colour(rgb));
                StatusFormat {
                    cell: framed.clone().set_background_color(colour(style.tint)),
                    mark: inked(style.mark),
                    words: inked(style.ink),
                }
            }),
            reference: TextFormat::new(framed.clone().set_font_color(WEAK)),
            input: TextFormat::new(
                framed
                    .clone()
                    .set_background_color(Color::RGB(INPUT_RGB))
                    .set_num_format("@")
                    .set_unlocked(),
            ),
            cell: TextFormat::new(framed),
            data_head: data.clone().set_bold().set_background_color(HEAD),
            sum: data.clone().set_num_format("#,##0.###"),
            data: TextFormat::new(data),
            plain,
        }
    }
}

impl TextFormat {
    fn new(usual: Format) -> Self {
        Self {
            quoted: usual.clone().set_quote_prefix(),
            usual,
        }
    }

    /// How a cell with this text looks.
    pub fn of(&self, text: &str) -> &Format {
        // An apostrophe at the beginning would vanish when the cell is edited.
        match csv::is_taken_for_another(text) || text.starts_with('\'') {
            true => &self.quoted,
            false => &self.usual,
        }
    }
}

fn colour([red, green, blue]: [u8; 3]) -> Color {
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}

/// Writes a text that the caller has made printable.
pub fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if looks_like_markup(text) {
        return write_rich(sheet, (row, column), &[(&Format::default(), text)], format);
    }
    sheet.write_string_with_format(row, column, text, format)?;
    Ok(())
}

/// The library takes such a text for its own markup and would write it as it is. A rich text of
/// one run is escaped.
pub fn looks_like_markup(text: &str) -> bool {
    text.starts_with("<r>") && text.ends_with("</r>")
}

/// Writes a text in runs that look differently. Empty runs are left out.
pub fn write_rich(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    runs: &[(&Format, &str)],
    format: &Format,
) -> Result<(), XlsxError> {
    let escaped: Vec<(&Format, Cow<'_, str>)> = runs
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(format, text)| (*format, without_escapes(text)))
        .collect();
    let runs: Vec<(&Format, &str)> = escaped
        .iter()
        .map(|(format, text)| (*format, text.as_ref()))
        .collect();
    match runs.is_empty() {
        true => sheet.write_blank(row, column, format)?,
        false => sheet.write_rich_string_with_format(row, column, &runs, format)?,
    };
    Ok(())
}

/// Excel reads `_x0041_` as A. The library minds that in plain texts only.
fn without_escapes(text: &str) -> Cow<'_, str> {
    let is_escape = |at: usize| {
        let code = text.get(at + 2..at + 6);
        let is_code = code.is_some_and(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        is_code && text.get(at + 6..).is_some_and(|rest| rest.starts_with('_'))
    };
    let mut escapes = text
        .match_indices("_x")
        .map(|(at, _)| at)
        .filter(|at| is_escape(*at))
        .peekable();
    if escapes.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 6);
    let mut done = 0;
    for at in escapes {
        result.push_str(text.get(done..at).unwrap_or_default());
        result.push_str("_x005F");
        done = at;
    }
    result.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(result)
}

/// A4 landscape, as wide as the paper, with the page's number; `head` is on every page.
pub fn set_up_print(sheet: &mut Worksheet, head: u32) -> Result<(), XlsxError> {
    sheet
        .set_paper_size(PAPER)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&C&P／&N")
        .set_repeat_rows(head, head)?;
    Ok(())
}

/// The smallest scale, in percent, at which texts of 10 points are read without a glass, and how many
/// half-width characters then stand in the width of the paper.
const SMALLEST: u16 = 65;
const READABLE: f64 = 225.0;

/// As [`set_up_print`], for columns of these widths. More than can be read in the width of the paper
/// go on on pages beside it, with those that say what a row is about on each.
pub fn set_up_wide_print(
    sheet: &mut Worksheet,
    head: u32,
    widths: &[f64],
    names: Option<(u16, u16)>,
) -> Result<(), XlsxError> {
    set_up_print(sheet, head)?;
    if widths.iter().sum::<f64>() > READABLE {
        sheet.set_print_scale(SMALLEST).set_page_order(false);
        if let Some((first, last)) = names {
            sheet.set_repeat_columns(first, last)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_would_decode_is_escaped() {
        assert_eq!(without_escapes("_x0041_"), "_x005F_x0041_");
        assert_eq!(without_escapes("一_xあ_x00_ _x004"), "一_xあ_x00_ _x004");
        assert_eq!(
            without_escapes("_x000a__x000A_"),
            "_x005F_x000a__x005F_x000A_"
        );
    }
}
