//! The colours of the light and the dark theme, each also in high contrast.
//!
//! Text has a contrast of at least 4.5:1 on its ground and shapes 3:1 (WCAG 2.2). The five status
//! colours can be told apart by people who lack one kind of cone, and on a grey print; their
//! shapes say the same again, and they alone part what is not rated from what is not assessed. The
//! tests below compute all of it.

use egui::{Color32, Theme};

use crate::plan::Standing;

/// The colours of one theme.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// Panels beside the work.
    pub panel: Color32,
    /// Fields, tables, menus.
    pub field: Color32,
    pub hairline: Color32,
    /// The border of things that can be clicked or typed in.
    pub border: Color32,
    pub text: Color32,
    pub weak: Color32,
    /// Selection, focus and links; nothing else.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    pub selected: Color32,
    pub hovered: Color32,
    /// What undoing has just changed.
    pub marked: Color32,
    /// Over what a search has found; see-through.
    pub hit: Color32,
    pub danger: Color32,
    good: StatusColours,
    concern: StatusColours,
    bad: StatusColours,
    worst: StatusColours,
    unassessed: StatusColours,
}

/// A state's colours.
#[derive(Debug, Clone, Copy)]
pub struct StatusColours {
    /// Shapes and bars.
    pub mark: Color32,
    /// Words.
    pub ink: Color32,
    /// The ground of a chip with those words.
    pub tint: Color32,
}

impl Palette {
    pub const fn standing(&self, standing: Standing) -> StatusColours {
        match standing {
            Standing::Good => self.good,
            Standing::Concern => self.concern,
            Standing::Bad => self.bad,
            Standing::Worst => self.worst,
            Standing::Unassessed | Standing::NotRated => self.unassessed,
        }
    }
}

/// The palette of a theme.
pub const fn of(theme: Theme, high_contrast: bool) -> &'static Palette {
    match (theme, high_contrast) {
        (Theme::Light, false) => &LIGHT,
        (Theme::Dark, false) => &DARK,
        (Theme::Light, true) => &LIGHT_CONTRAST,
        (Theme::Dark, true) => &DARK_CONTRAST,
    }
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// A colour through which the text under it is read.
const fn over(hex: u32, alpha: u8) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgba_premultiplied(
        part(red, alpha),
        part(green, alpha),
        part(blue, alpha),
        alpha,
    )
}

const fn part(channel: u8, alpha: u8) -> u8 {
    (channel as u16 * alpha as u16 / 255) as u8
}

const fn status(mark: u32, ink: u32, tint: u32) -> StatusColours {
    StatusColours {
        mark: rgb(mark),
        ink: rgb(ink),
        tint: rgb(tint),
    }
}

const LIGHT: Palette = Palette {
    ground: rgb(0xF6F4F0),
    panel: rgb(0xEFECE6),
    field: rgb(0xFFFFFF),
    hairline: rgb(0xDDD8CF),
    border: rgb(0x8B8377),
    text: rgb(0x22201D),
    weak: rgb(0x5E5952),
    accent: rgb(0x2F4A8C),
    on_accent: rgb(0xFFFFFF),
    selected: rgb(0xD9E0F2),
    hovered: rgb(0xE5E1D9),
    marked: rgb(0xFFF1B8),
    hit: over(0xFFC400, 90),
    danger: rgb(0xA32A1E),
    good: status(0x0C5755, 0x0C5755, 0xDFEEEC),
    concern: status(0xB47000, 0x7E4F00, 0xFBEED2),
    bad: status(0xB82321, 0xA81E1C, 0xFBE3DF),
    worst: status(0x48001D, 0x5A0A2B, 0xF3D9E3),
    unassessed: status(0x736F6C, 0x5C5854, 0xEBE8E2),
};

const DARK: Palette = Palette {
    ground: rgb(0x21201E),
    panel: rgb(0x2A2825),
    field: rgb(0x191816),
    hairline: rgb(0x3E3B36),
    border: rgb(0x857E74),
    text: rgb(0xEDEAE4),
    weak: rgb(0xB7B1A8),
    accent: rgb(0xA3B6F2),
    on_accent: rgb(0x141C33),
    selected: rgb(0x354063),
    hovered: rgb(0x383531),
    marked: rgb(0x4A411E),
    hit: over(0xFFD24A, 70),
    danger: rgb(0xF29686),
    good: status(0x43D5D3, 0x7ADEDB, 0x163836),
    concern: status(0xFED274, 0xFED274, 0x403212),
    bad: status(0xFE6F40, 0xFF9A78, 0x4A2114),
    worst: status(0xCC6CA4, 0xE9A3CC, 0x471B36),
    unassessed: status(0xAEAEA8, 0xBDBDB7, 0x383531),
};

const LIGHT_CONTRAST: Palette = Palette {
    ground: rgb(0xFFFFFF),
    panel: rgb(0xFFFFFF),
    hairline: rgb(0x000000),
    border: rgb(0x000000),
    text: rgb(0x000000),
    weak: rgb(0x000000),
    accent: rgb(0x0022AA),
    selected: rgb(0xD9E6FF),
    hovered: rgb(0xE6E6E6),
    marked: rgb(0xFFF08A),
    hit: over(0xFFC400, 110),
    danger: rgb(0x8A0000),
    good: status(0x0C5755, 0x003B39, 0xFFFFFF),
    concern: status(0xB47000, 0x5C3600, 0xFFFFFF),
    bad: status(0xB82321, 0x8A0A08, 0xFFFFFF),
    worst: status(0x48001D, 0x48001D, 0xFFFFFF),
    unassessed: status(0x736F6C, 0x3A3734, 0xFFFFFF),
    ..LIGHT
};

const DARK_CONTRAST: Palette = Palette {
    ground: rgb(0x000000),
    panel: rgb(0x000000),
    field: rgb(0x000000),
    hairline: rgb(0xFFFFFF),
    border: rgb(0xFFFFFF),
    text: rgb(0xFFFFFF),
    weak: rgb(0xFFFFFF),
    accent: rgb(0xFFE600),
    on_accent: rgb(0x000000),
    selected: rgb(0x1F3A8A),
    hovered: rgb(0x333333),
    marked: rgb(0x5A4C00),
    hit: over(0xFFE600, 90),
    danger: rgb(0xFFB0A0),
    good: status(0x43D5D3, 0x7AF0EE, 0x000000),
    concern: status(0xFED274, 0xFED274, 0x000000),
    bad: status(0xFE6F40, 0xFFAD90, 0x000000),
    worst: status(0xCC6CA4, 0xFFB8E2, 0x000000),
    unassessed: status(0xAEAEA8, 0xE0E0DA, 0x000000),
};

#[cfg(test)]
mod tests {
    use palette::{
        IntoColor, Lab, LinSrgb, Srgb,
        color_difference::{Ciede2000, Wcag21RelativeContrast},
    };

    use super::*;

    fn linear(colour: Color32) -> LinSrgb {
        Srgb::new(colour.r(), colour.g(), colour.b())
            .into_format::<f32>()
            .into_linear()
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let srgb = |colour| Srgb::from_linear(linear(colour));
        srgb(a).relative_contrast(srgb(b))
    }

    fn all() -> [(&'static str, &'static Palette); 4] {
        [
            ("light", of(Theme::Light, false)),
            ("dark", of(Theme::Dark, false)),
            ("light, high contrast", of(Theme::Light, true)),
            ("dark, high contrast", of(Theme::Dark, true)),
        ]
    }

    #[test]
    fn text_and_shapes_stand_out_from_their_ground_in_every_theme() {
        for (name, p) in all() {
            let mut pairs = Vec::new();
            for ground in [p.ground, p.panel, p.field, p.hovered, p.selected, p.marked] {
                pairs.push((p.text, ground, 4.5));
                pairs.push((p.weak, ground, 4.5));
            }
            for ground in [p.ground, p.panel, p.field] {
                pairs.push((p.accent, ground, 4.5));
                pairs.push((p.danger, ground, 4.5));
                pairs.push((p.border, ground, 3.0));
            }
            pairs.push((p.on_accent, p.accent, 4.5));
            for standing in Standing::ALL {
                let colours = p.standing(standing);
                pairs.push((colours.ink, colours.tint, 4.5));
                pairs.push((colours.mark, colours.tint, 3.0));
                for ground in [p.ground, p.panel, p.field, p.hovered, p.selected] {
                    pairs.push((colours.ink, ground, 4.5));
                    pairs.push((colours.mark, ground, 3.0));
                }
            }
            for (front, ground, least) in pairs {
                let found = contrast(front, ground);
                assert!(
                    found >= least,
                    "{name}: {front:?} on {ground:?}: {found:.2}"
                );
            }
        }
    }

    #[test]
    fn high_contrast_is_at_least_seven_to_one() {
        for (name, p) in &all()[2..] {
            for standing in Standing::ALL {
                let found = contrast(p.standing(standing).ink, p.field);
                assert!(found >= 7.0, "{name}: {standing:?}: {found:.2}");
            }
            assert!(contrast(p.text, p.field) >= 7.0 && contrast(p.weak, p.field) >= 7.0);
        }
    }

    #[test]
    fn print_has_the_colours_of_the_light_theme() {
        for standing in Standing::ALL {
            let screen = LIGHT.standing(standing);
            let print = crate::export::pages::standing_colours(standing);
            let pairs = [
                (screen.mark, print.mark),
                (screen.ink, print.ink),
                (screen.tint, print.tint),
            ];
            for (screen, print) in pairs {
                let print = Color32::from_rgb(print.0, print.1, print.2);
                assert_eq!(screen, print, "{standing:?}");
            }
        }
    }

    /// A way of seeing: linear RGB as somebody sees it.
    type Sight = [[f32; 3]; 3];

    /// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
    /// Vision Deficiency" (2009), severity 1.0; and the luminance of a grey print.
    const SIGHTS: [(&str, Sight); 5] = [
        ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
        ("grey", [[0.2126, 0.7152, 0.0722]; 3]),
    ];

    fn seen(colour: Color32, sight: &Sight) -> Lab {
        let c = linear(colour);
        let [r, g, b] = sight.map(|row| {
            let value = row[0] * c.red + row[1] * c.green + row[2] * c.blue;
            value.clamp(0.0, 1.0)
        });
        LinSrgb::new(r, g, b).into_color()
    }

    #[test]
    fn states_differ_for_every_kind_of_eye_and_in_grey() {
        for (name, p) in all() {
            for (sight_name, sight) in &SIGHTS {
                // 2.3 is just noticeable side by side; small shapes apart need more.
                let least = if *sight_name == "grey" { 4.5 } else { 7.5 };
                let coloured = || {
                    let all = Standing::ALL.into_iter();
                    all.filter(|standing| *standing != Standing::NotRated)
                };
                for (n, a) in coloured().enumerate() {
                    for b in coloured().skip(n + 1) {
                        let see = |standing| seen(p.standing(standing).mark, sight);
                        let found = see(a).difference(see(b));
                        assert!(
                            found >= least,
                            "{name}, {sight_name}: {a:?} and {b:?}: {found:.1}"
                        );
                    }
                }
            }
        }
    }
}
