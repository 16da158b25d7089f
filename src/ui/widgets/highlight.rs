//! Text in which what is searched for stands out.

use egui::{
    Color32, FontId, Ui,
    text::{LayoutJob, TextFormat},
};

use crate::{plan::highlights, ui::theme};

/// A text laid out as a text field does it, with every hit of the query on a marked ground.
pub fn job(ui: &Ui, text: &str, query: &str, font: FontId, ink: Color32) -> LayoutJob {
    let marked = theme::palette(ui).marked;
    let line_height = font.size + ui.spacing().extra_text_line_spacing;
    let format = |background| TextFormat {
        background,
        line_height: Some(line_height),
        ..TextFormat::simple(font.clone(), ink)
    };
    let mut job = LayoutJob {
        // Hiding blanks at the end feels odd while typing them.
        keep_trailing_whitespace: true,
        ..LayoutJob::default()
    };
    let mut at = 0;
    for hit in highlights(text, query) {
        if let (Some(before), Some(found)) = (text.get(at..hit.start), text.get(hit.clone())) {
            job.append(before, 0.0, format(Color32::TRANSPARENT));
            job.append(found, 0.0, format(marked));
            at = hit.end;
        }
    }
    if let Some(rest) = text.get(at..) {
        job.append(rest, 0.0, format(Color32::TRANSPARENT));
    }
    job
}
