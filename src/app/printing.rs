//! From 「印刷…」 to what was done: opening the preview, asking for printers, sending the pages.

use std::sync::Arc;

use crate::{
    export::{self, Format},
    ui::words,
};

use super::{
    App,
    dialog::{Dialog, ExportForm},
    files::FileRequest,
    jobs::Report,
    notice::Notice,
    preview::{Preview, Sheets},
    print::{self, Order},
};

impl App {
    /// Shows the pages as they will be printed, and asks the system for its printers.
    pub(super) fn preview_pages(&mut self, ctx: &egui::Context) {
        let (_, options) = self.last_export;
        let (selected, tab) = (self.view.selected, self.view.tab);
        let form = ExportForm::new((Format::Pdf, options), selected, tab);
        self.notice = None;
        self.preview = Some(Preview::new(form));
        self.jobs.start(ctx, || Report::Printers(print::printers()));
    }

    /// Asks which characters of the part that is about to be exported as PDF the typeface lacks, so
    /// that she knows before.
    pub(super) fn look_for_missing(&mut self, ctx: &egui::Context) {
        let Some(Dialog::Export(export)) = &mut self.dialog else {
            return;
        };
        let scope = export.scope;
        if export.format != Format::Pdf || export.asked == Some(scope) {
            return;
        }
        export.asked = Some(scope);
        let section = export.section(self.document.plan());
        let (plan, form) = (self.document.plan().clone(), self.form.clone());
        self.jobs.start(ctx, move || {
            let missing = export::missing(&plan, section, &form).unwrap_or_default();
            Report::Missing(scope, export::missing_in_words(&missing))
        });
    }

    /// Sends the pages on the screen to the chosen printer; where there is none, opens them in the
    /// program that the system has for PDF.
    pub(super) fn print(&mut self, ctx: &egui::Context) {
        let Some(preview) = &mut self.preview else {
            return;
        };
        let Some(sheets) = preview.sheets().map(Arc::clone) else {
            return;
        };
        let section = preview.form.section(self.document.plan());
        let title = words::export_stem(self.document.plan().about(), section);
        let (copies, grey) = (preview.copies, preview.form.options.grey);
        let printer = preview.printer.clone();
        self.last_export.1 = preview.form.options;
        self.notice = Some(Notice::busy(words::PRINTING.to_owned()));
        self.jobs.start(ctx, move || {
            Report::Printed(match printer {
                Some(printer) => {
                    let order = Order {
                        pdf: &sheets.pdf,
                        title: &title,
                        copies,
                        grey,
                    };
                    let sent = print::send(&printer, &order);
                    sent.map(|id| words::printed(&printer, copies, sheets.pages, id.as_deref()))
                        .map_err(|error| format!("印刷できませんでした。{error}"))
                }
                None => view(&sheets, &title),
            })
        });
    }

    /// Saves what is on the screen as a PDF.
    pub(super) fn export_preview(&mut self) {
        let Some(preview) = &self.preview else {
            return;
        };
        let options = preview.form.options;
        self.last_export = (Format::Pdf, options);
        let request = FileRequest::Export {
            format: Format::Pdf,
            options,
            section: preview.form.section(self.document.plan()),
        };
        self.ask_for_file(request);
    }
}

fn view(sheets: &Sheets, title: &str) -> Result<String, String> {
    let path = print::as_file(&sheets.pdf, title).map_err(|error| {
        format!(
            "PDF を開けませんでした（{error}）。「PDF に書き出す」で保存してから開いてください。"
        )
    })?;
    opener::open(&path).map_err(|error| words::not_opened(&path, &error))?;
    Ok(words::VIEWER_OPENED.to_owned())
}
