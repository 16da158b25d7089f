//! How a state looks in files: colours, a character for its shape, and its name.
//!
//! The colours are those of the light theme and the names those of the window; a test compares
//! them, since exports may not name the window. The words for it on the
//! printed form are in the form.

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
    /// What the state is called where it is counted.
    pub name: &'static str,
}

/// The looks of a state.
pub const fn of(standing: Standing) -> StatusStyle {
    match standing {
        Standing::Good => style('●', "順調", 0x0C5755, 0x0C5755, 0xDFEEEC),
        Standing::Behind => style('▲', "予定通りでない", 0xB47000, 0x7E4F00, 0xFBEED2),
        Standing::OffTarget => style('◆', "未達成見込", 0xB82321, 0xA81E1C, 0xFBE3DF),
        Standing::BothBad => style(
            '■',
            "未達成見込・予定通りでない",
            0x48001D,
            0x5A0A2B,
            0xF3D9E3,
        ),
        Standing::Unassessed => style('○', "未評価", 0x736F6C, 0x5C5854, 0xEBE8E2),
    }
}

const fn style(shape: char, name: &'static str, mark: u32, ink: u32, tint: u32) -> StatusStyle {
    StatusStyle {
        mark: rgb(mark),
        ink: rgb(ink),
        tint: rgb(tint),
        shape,
        name,
    }
}

const fn rgb(hex: u32) -> [u8; 3] {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}
