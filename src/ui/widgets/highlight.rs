//! Text in which what is searched for stands out.

use egui::{
    Color32, Ui,
    text::{LayoutJob, TextFormat},
};

use crate::{plan::highlights, ui::theme};

/// A text with every hit of the query on a marked ground.
pub fn job(ui: &Ui, text: &str, query: &str, simple: &TextFormat) -> LayoutJob {
    let marked = theme::palette(ui).marked;
    let format = |background| TextFormat {
        background,
        ..simple.clone()
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
