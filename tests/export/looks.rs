//! The looks of states in files: those of the window, and readable on their ground.

use furikaeri::{export::status_style, plan::Standing, ui::theme};
use palette::{Srgb, color_difference::Wcag21RelativeContrast};

fn contrast(a: [u8; 3], b: [u8; 3]) -> f32 {
    let srgb = |rgb: [u8; 3]| Srgb::<u8>::from(rgb).into_format::<f32>();
    srgb(a).relative_contrast(srgb(b))
}

#[test]
fn a_state_looks_in_a_file_as_it_does_in_the_window() {
    let light = theme::palette_of(egui::Theme::Light, false);
    for standing in Standing::ALL {
        let style = status_style::of(standing);
        let window = light.standing(standing);
        let rgb = |colour: egui::Color32| [colour.r(), colour.g(), colour.b()];
        assert_eq!(style.mark, rgb(window.mark), "{standing:?}");
        assert_eq!(style.ink, rgb(window.ink), "{standing:?}");
        assert_eq!(style.tint, rgb(window.tint), "{standing:?}");
    }
}

#[test]
fn words_and_shapes_stand_out_and_shapes_differ() {
    const WHITE: [u8; 3] = [255; 3];
    let mut shapes = Vec::new();
    for standing in Standing::ALL {
        let style = status_style::of(standing);
        for (ink, ground, least) in [
            (style.ink, style.tint, 4.5),
            (style.ink, WHITE, 4.5),
            (style.mark, style.tint, 3.0),
            (style.mark, WHITE, 3.0),
        ] {
            let found = contrast(ink, ground);
            assert!(found >= least, "{standing:?}: {found:.2} of {least}");
        }
        assert!(!shapes.contains(&style.shape));
        shapes.push(style.shape);
    }
}
