//! Colours, sizes and type: the only place that has any. Light first, dark its equal.
//!
//! Text has a contrast of at least 4.5:1 on its ground and shapes 3:1 (WCAG 2.2); the test below
//! computes it. Status colours also differ in lightness, for grey printing.

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke,
    Style, TextStyle, Theme, Vec2, style::ImeComposition,
};

use crate::plan::Standing;

/// Distances between things.
pub mod space {
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 12.0;
    pub const L: f32 = 16.0;
    pub const XL: f32 = 24.0;
}

/// Heights and widths.
pub mod size {
    pub const TREE_ROW: f32 = 30.0;
    pub const TREE_INDENT: f32 = 16.0;
    pub const TREE_WIDTH: f32 = 340.0;
    pub const TREE_MIN: f32 = 220.0;
    pub const TABLE_ROW: f32 = 34.0;
    /// Wider, and the eye loses the row between its first cell and its last.
    pub const TABLE_WIDTH: f32 = 1240.0;
    pub const CONTROL: f32 = 30.0;
    pub const MARK: f32 = 11.0;
    pub const STATUS_LINE: f32 = 28.0;
    pub const TOP_BAR: f32 = 44.0;
    /// About 45 full-width characters, so that a line of a field can be read.
    pub const MEASURE: f32 = 656.0;
    /// From this width on the editor has two columns.
    pub const TWO_COLUMNS: f32 = 860.0;
    pub const DIALOG: f32 = 480.0;
    /// Thickness of the focus ring.
    pub const FOCUS: f32 = 2.0;
}

/// The bold cut of the typeface.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Text of labels and of what is less important.
pub const SMALL: f32 = 12.0;
/// Text.
pub const BODY: f32 = 14.0;
/// Headings of parts.
pub const SUBHEADING: f32 = 16.0;
/// The heading of what is on screen.
pub const HEADING: f32 = 20.0;

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
    /// The field that undoing has just changed.
    pub marked: Color32,
    pub danger: Color32,
    good: StatusColours,
    behind: StatusColours,
    off_target: StatusColours,
    both_bad: StatusColours,
    unassessed: StatusColours,
}

/// A state's colours.
#[derive(Debug, Clone, Copy)]
pub struct StatusColours {
    /// Shapes and words.
    pub ink: Color32,
    /// The ground of a chip with those words.
    pub tint: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const fn status(ink: u32, tint: u32) -> StatusColours {
    StatusColours {
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
    marked: rgb(0xFFF6D6),
    danger: rgb(0xA32A1E),
    good: status(0x276F5F, 0xE2F0EC),
    behind: status(0x945F00, 0xFBEED2),
    off_target: status(0xB83A12, 0xFBE5DC),
    both_bad: status(0x7A0F3F, 0xF6DDE7),
    unassessed: status(0x67625B, 0xEBE8E2),
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
    danger: rgb(0xF29686),
    good: status(0x6FC7B2, 0x1F3731),
    behind: status(0xE8B54D, 0x403212),
    off_target: status(0xF59066, 0x472618),
    both_bad: status(0xF58FB6, 0x471B30),
    unassessed: status(0xAEA89F, 0x383531),
};

/// The colours of the theme in use.
pub fn palette(ui: &egui::Ui) -> &'static Palette {
    of(ui.ctx().theme())
}

const fn of(theme: Theme) -> &'static Palette {
    match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

impl Palette {
    pub const fn standing(&self, standing: Standing) -> StatusColours {
        match standing {
            Standing::Good => self.good,
            Standing::Behind => self.behind,
            Standing::OffTarget => self.off_target,
            Standing::BothBad => self.both_bad,
            Standing::Unassessed => self.unassessed,
        }
    }
}

/// Puts the typeface and both themes in `ctx`.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style(theme));
    }
}

/// The frame of dialogs, with more room inside than a menu's.
pub fn dialog_frame(ctx: &Context) -> egui::Frame {
    egui::Frame::window(&ctx.global_style()).inner_margin(Margin::same(space::XL as i8))
}

/// BIZ UDPGothic, alone: the same glyphs on every machine.
fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let cuts: [(&str, &[u8]); 2] = [
        (
            "regular",
            include_bytes!("../../assets/fonts/BIZUDPGothic-Regular.ttf"),
        ),
        (
            "bold",
            include_bytes!("../../assets/fonts/BIZUDPGothic-Bold.ttf"),
        ),
    ];
    for (name, bytes) in cuts {
        let data = FontData::from_static(bytes);
        fonts.font_data.insert(name.to_owned(), data.into());
    }
    let regular = vec!["regular".to_owned()];
    fonts
        .families
        .insert(FontFamily::Proportional, regular.clone());
    fonts.families.insert(FontFamily::Monospace, regular);
    fonts.families.insert(bold(), vec!["bold".to_owned()]);
    fonts
}

fn style(theme: Theme) -> Style {
    let palette = of(theme);
    let mut style = Style {
        visuals: match theme {
            Theme::Light => egui::Visuals::light(),
            Theme::Dark => egui::Visuals::dark(),
        },
        animation_time: 0.0,
        ..Style::default()
    };
    style.text_styles = [
        (TextStyle::Small, FontId::proportional(SMALL)),
        (TextStyle::Body, FontId::proportional(BODY)),
        (TextStyle::Button, FontId::proportional(BODY)),
        (TextStyle::Monospace, FontId::proportional(BODY)),
        (TextStyle::Heading, FontId::new(HEADING, bold())),
    ]
    .into();
    // The typeface's own line height is 1.0 em: too tight for Japanese.
    style.spacing.extra_text_line_spacing = 7.0;
    style.spacing.item_spacing = Vec2::new(space::S, space::S);
    style.spacing.button_padding = Vec2::new(space::M, 5.0);
    style.spacing.interact_size = Vec2::new(40.0, size::CONTROL);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(24);
    style.spacing.menu_width = 320.0;
    style.spacing.tooltip_width = 420.0;
    style.spacing.scroll = egui::style::ScrollStyle::solid();
    style.spacing.scroll.bar_width = 10.0;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.6;
    set_colours(&mut style.visuals, palette);
    style
}

fn set_colours(visuals: &mut egui::Visuals, palette: &Palette) {
    let radius = CornerRadius::same(5);
    visuals.panel_fill = palette.ground;
    visuals.window_fill = palette.field;
    visuals.window_stroke = Stroke::new(1.0, palette.hairline);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.window_shadow = egui::Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(48),
    };
    visuals.popup_shadow = egui::Shadow {
        offset: [0, 2],
        blur: 8,
        spread: 0,
        color: Color32::from_black_alpha(36),
    };
    visuals.extreme_bg_color = palette.field;
    visuals.text_edit_bg_color = Some(palette.field);
    visuals.faint_bg_color = palette.ground;
    visuals.hyperlink_color = palette.accent;
    visuals.warn_fg_color = palette.behind.ink;
    visuals.error_fg_color = palette.danger;
    visuals.weak_text_color = Some(palette.weak);
    visuals.selection.bg_fill = palette.selected;
    visuals.selection.stroke = Stroke::new(size::FOCUS, palette.accent);
    visuals.text_cursor.stroke = Stroke::new(size::FOCUS, palette.accent);
    visuals.text_cursor.blink = false;
    visuals.disabled_alpha = 0.45;
    visuals.ime_composition = ImeComposition {
        legacy_visuals: false,
        active_underline_stroke: Stroke::new(size::FOCUS, palette.accent),
        inactive_underline_stroke: Stroke::new(1.0, palette.weak),
    };
    let widgets = &mut visuals.widgets;
    for widget in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        widget.corner_radius = radius;
        widget.expansion = 0.0;
        widget.fg_stroke = Stroke::new(1.0, palette.text);
        widget.bg_fill = palette.field;
        widget.weak_bg_fill = palette.field;
        widget.bg_stroke = Stroke::new(1.0, palette.border);
    }
    widgets.noninteractive.bg_fill = palette.ground;
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.hairline);
    widgets.hovered.weak_bg_fill = palette.hovered;
    widgets.hovered.bg_fill = palette.hovered;
    widgets.open.weak_bg_fill = palette.hovered;
    // egui shows the widget with the keyboard focus as active: this is the focus ring.
    widgets.active.bg_stroke = Stroke::new(size::FOCUS, palette.accent);
    widgets.active.weak_bg_fill = palette.selected;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: Color32) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_and_shapes_stand_out_from_their_ground_in_both_themes() {
        for theme in [Theme::Light, Theme::Dark] {
            let p = of(theme);
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
                for ground in [p.ground, p.panel, p.field, p.hovered, p.selected] {
                    pairs.push((colours.ink, ground, 3.0));
                }
            }
            for (front, ground, least) in pairs {
                let found = contrast(front, ground);
                assert!(
                    found >= least,
                    "{theme:?}: {front:?} on {ground:?}: {found:.2}"
                );
            }
        }
    }
}
