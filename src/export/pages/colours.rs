//! The colours of print: those of the light theme, on white paper. A test beside the theme compares
//! the states' colours with the screen's.

use crate::{export::status_style, plan::Standing};

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

const fn rgb(hex: u32) -> Rgb {
    let [_, red, green, blue] = hex.to_be_bytes();
    Rgb(red, green, blue)
}

/// Darker than on the screen: thin strokes lose weight on paper.
pub const TEXT: Rgb = rgb(0x1A1917);
pub const WEAK: Rgb = rgb(0x5E5952);
pub const HAIRLINE: Rgb = rgb(0x8B8377);
/// The ground of a table's head.
pub const HEAD: Rgb = rgb(0xEFECE6);
/// The bar beside the heading of a chapter.
pub const ACCENT: Rgb = rgb(0x2F4A8C);

/// A state's colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusColours {
    /// Shapes and bars.
    pub mark: Rgb,
    /// Words.
    pub ink: Rgb,
    /// The ground of the words.
    pub tint: Rgb,
}

/// The colours of a state.
pub const fn standing(standing: Standing) -> StatusColours {
    let style = status_style::of(standing);
    StatusColours {
        mark: Rgb::of(style.mark),
        ink: Rgb::of(style.ink),
        tint: Rgb::of(style.tint),
    }
}

impl Rgb {
    const fn of([red, green, blue]: [u8; 3]) -> Self {
        Self(red, green, blue)
    }

    /// The grey of the same lightness.
    pub fn grey(self) -> u8 {
        let linear = |channel: u8| (f32::from(channel) / 255.0).powf(2.2);
        let light = 0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2);
        // The cast saturates, and the value is between 0 and 255.
        (light.powf(1.0 / 2.2) * 255.0).round() as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_that_differ_in_colour_stay_apart_in_grey() {
        let mut greys: Vec<u8> = Standing::ALL
            .into_iter()
            .filter(|state| *state != Standing::NotRated)
            .map(|state| standing(state).mark.grey())
            .collect();
        greys.sort_unstable();
        for pair in greys.windows(2) {
            assert!(pair[1] - pair[0] >= 8, "{greys:?}");
        }
    }

    #[test]
    fn black_and_white_stay_what_they_are() {
        assert_eq!(Rgb(0, 0, 0).grey(), 0);
        assert_eq!(Rgb(255, 255, 255).grey(), 255);
    }
}
