//! Colours, sizes and type: the only place that has any. The colours are in `colours.rs`.

mod colours;

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke,
    Style, TextStyle, Theme, Vec2, style::ImeComposition,
};

use crate::{plan::Standing, storage::builtin};

pub use colours::{Palette, StatusColours, of as palette_of};

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
    /// The row of a number and a title, as high as the field of the title.
    pub const TITLE_ROW: f32 = 43.0;
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
    pub const TABS: f32 = 36.0;
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

/// The face of quotes: a full-width sign is twice as wide in it as a half-width one.
pub fn widths() -> FontFamily {
    FontFamily::Name("widths".into())
}

/// Text of labels and of what is less important.
pub const SMALL: f32 = 12.0;
/// Text.
pub const BODY: f32 = 14.0;
/// Headings of parts.
pub const SUBHEADING: f32 = 16.0;
/// The heading of what is on screen.
pub const HEADING: f32 = 20.0;

/// The few numbers that answer the question of the screen.
pub const DISPLAY: f32 = 28.0;

/// Printed pages are on white paper in every theme.
pub const PAPER: Color32 = Color32::WHITE;
/// Pictures are shown in their own colours.
pub const UNTINTED: Color32 = Color32::WHITE;

/// The colours of the theme in use.
pub fn palette(ui: &egui::Ui) -> &'static Palette {
    colours::of(ui.ctx().theme(), is_high_contrast(ui.ctx()))
}

/// Puts the typeface and both themes in `ctx`.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    set_high_contrast(ctx, false);
}

/// Whether both themes have the colours of high contrast.
pub fn is_high_contrast(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(contrast_id()))
        .unwrap_or(false)
}

/// Gives both themes the colours of high contrast, or their usual ones.
pub fn set_high_contrast(ctx: &Context, on: bool) {
    ctx.data_mut(|data| data.insert_temp(contrast_id(), on));
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style(theme, colours::of(theme, on)));
    }
}

fn contrast_id() -> egui::Id {
    egui::Id::unique("high_contrast")
}

/// The frame of dialogs, with more room inside than a menu's.
pub fn dialog_frame(ctx: &Context) -> egui::Frame {
    egui::Frame::window(&ctx.global_style()).inner_margin(Margin::same(space::XL as i8))
}

/// BIZ UDPGothic and its sister, alone: the same glyphs on every machine.
fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let cuts = [
        ("regular", builtin::FONT_REGULAR),
        ("bold", builtin::FONT_BOLD),
        ("widths", builtin::FONT_WIDTHS),
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
    let quotes = vec!["widths".to_owned(), "regular".to_owned()];
    fonts.families.insert(widths(), quotes);
    fonts.families.insert(bold(), vec!["bold".to_owned()]);
    fonts
}

fn style(theme: Theme, palette: &Palette) -> Style {
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
    // A bar that is always there and in the colour of text: fields and tracks are both white.
    style.spacing.scroll = egui::style::ScrollStyle {
        bar_width: 10.0,
        floating_width: 10.0,
        floating_allocated_width: 12.0,
        foreground_color: true,
        dormant_handle_opacity: 0.35,
        interact_handle_opacity: 0.5,
        active_handle_opacity: 0.6,
        ..egui::style::ScrollStyle::floating()
    };
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
    visuals.warn_fg_color = palette.standing(Standing::Concern).ink;
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
