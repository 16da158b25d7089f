//! How a state looks in files: colours, and a character for its shape.
//!
//! The colours are those of the light theme; a test compares them, since exports may not name the
//! window. What a state is called is in the form.

use crate::plan::Standing;

/// The looks of one state. Colours are red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusStyle {
    /// The shape and the bar beside it; 3:1 on white.
    pub mark: [u8; 3],
    /// Words; 4.5:1 on the tint.
    pub ink: [u8; 3],
    /// The ground of the words.
    pub tint: [u8; 3],
    pub shape: char,
}

/// The looks of a state. What is not rated is as quiet as what is not assessed; its shape tells which
/// it is.
pub const fn of(standing: Standing) -> StatusStyle {
    match standing {
        Standing::Good => style('●', 0x0C5755, 0x0C5755, 0xDFEEEC),
        Standing::Concern => style('▲', 0xB47000, 0x7E4F00, 0xFBEED2),
        Standing::Bad => style('◆', 0xB82321, 0xA81E1C, 0xFBE3DF),
        Standing::Worst => style('■', 0x48001D, 0x5A0A2B, 0xF3D9E3),
        Standing::Unassessed => style('○', 0x736F6C, 0x5C5854, 0xEBE8E2),
        Standing::NotRated => style('―', 0x736F6C, 0x5C5854, 0xEBE8E2),
    }
}

const fn style(shape: char, mark: u32, ink: u32, tint: u32) -> StatusStyle {
    StatusStyle {
        mark: rgb(mark),
        ink: rgb(ink),
        tint: rgb(tint),
        shape,
    }
}

const fn rgb(hex: u32) -> [u8; 3] {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}
