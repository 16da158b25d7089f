//! Files and paper for others: exporting, the pages of the preview to a printer or a file, and what
//! the typeface lacks. Making the pages is `preview.rs`; the formats are `export`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    export::{self, ExportError, Format, Options, Watch, pdf::PdfError},
    plan::{Plan, Section},
    storage::{atomic, awaited::touches_files, files},
};

use super::{
    Session,
    action::Order,
    files::Purpose,
    id::Revision,
    jobs::{Job, Kind, Task},
    notice::Notice,
    preview::{Preview, Sheets},
    print,
    reports::Report,
    words,
};

/// How an export ended.
#[derive(Debug)]
pub enum Exported {
    Written {
        /// What the typeface lacked, in a sentence.
        missing: Option<String>,
    },
    /// She stopped it; there is no file.
    Stopped,
}

/// Which characters of a part the typeface lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub section: Option<Section>,
    pub of: Revision,
    /// In a sentence; `None` inside where it lacks none. `None` outside while it is looked for.
    pub found: Option<Option<String>>,
}

impl Session {
    /// The format chosen last, and how it was printed.
    pub fn last_export(&self) -> (Format, Options) {
        self.last_export
    }

    /// Which characters of this part the typeface lacks, in a sentence, once that is known.
    pub fn missing(&self, section: Option<&Section>) -> Option<&str> {
        let missing = self.missing.as_ref()?;
        let is_it = missing.section.as_ref() == section && missing.of == self.revision();
        missing.found.as_ref()?.as_deref().filter(|_| is_it)
    }

    /// Whether that was looked for already.
    pub fn is_missing_known(&self, section: Option<&Section>) -> bool {
        let of = self.revision();
        let missing = self.missing.as_ref();
        missing.is_some_and(|missing| missing.section.as_ref() == section && missing.of == of)
    }

    pub(super) fn ask_where_to_export(&mut self, order: Order) {
        self.last_export = (order.format, order.options);
        self.ask_for_file(Purpose::Export(order));
    }

    pub(super) fn export(&mut self, path: PathBuf, order: Order) {
        if !self.end_typing() {
            return;
        }
        let plan = self.document.plan().clone();
        let task = Task::new(self.world.wake.clone());
        let begin = self.begin(Kind::Export).watched(words::EXPORTING, &task);
        self.start(begin, move || {
            let result = write(&plan, &order, &path, &mut task.watch());
            Report::Exported(path, result)
        });
    }

    pub(super) fn on_exported(&mut self, path: PathBuf, result: Result<Exported, String>) {
        match result {
            Ok(Exported::Stopped) => self.say(words::EXPORT_STOPPED),
            Ok(Exported::Written { missing }) => {
                let mut text = words::exported(&path);
                if let Some(missing) = missing {
                    text = format!("{text}（{missing}）");
                }
                self.notice = Some(Notice::file(text, path));
            }
            Err(message) => self.fail(message),
        }
    }

    /// Asks which characters of a part the typeface lacks, so that she knows before it is exported.
    pub(super) fn look_for_missing(&mut self, section: Option<Section>) {
        if self.is_missing_known(section.as_ref()) {
            return;
        }
        let missing = Missing {
            section,
            of: self.revision(),
            found: None,
        };
        self.missing = Some(missing.clone());
        let plan = self.document.plan().clone();
        self.start(self.begin(Kind::Missing), move || {
            let found = export::missing(&plan, missing.section.clone()).unwrap_or_default();
            Report::Missing(Missing {
                found: Some(export::missing_in_words(&found)),
                ..missing
            })
        });
    }

    pub(super) fn on_missing(&mut self, job: &Job, found: Missing) {
        let is_wanted = |it: &Missing| it.section == found.section && it.of == found.of;
        if job.begin.of == self.document_id && self.missing.as_ref().is_some_and(is_wanted) {
            self.missing = Some(found);
        }
    }

    /// Shows the pages as they will be printed, and asks the system for its printers.
    pub(super) fn preview(&mut self, order: Order) {
        if !self.end_typing() {
            return;
        }
        self.notice = None;
        self.printers = None;
        self.preview = Some(Preview::default());
        self.repaginate(order);
        let printers = self.world.printers;
        self.start(self.begin(Kind::Printers), move || {
            Report::Printers(printers())
        });
    }

    /// The printers of the system; `None` until it has answered.
    pub fn printers(&self) -> Option<&[print::Printer]> {
        self.printers.as_deref()
    }

    /// Sends the pages on the screen to a printer; without one, opens them in the program that the
    /// system has for PDF.
    pub(super) fn print(&mut self, printer: Option<String>, copies: u32) {
        let Some((order, sheets)) = self.pages_to_go() else {
            return;
        };
        self.last_export.1 = order.options;
        let title = words::export_stem(self.document.plan(), order.section.as_ref());
        let grey = order.options.grey;
        let begin = self.begin(Kind::Print).saying(words::PRINTING);
        self.start(begin, move || {
            Report::Printed(match printer {
                Some(printer) => {
                    let order = print::Order {
                        pdf: &sheets.pdf,
                        title: &title,
                        copies,
                        grey,
                    };
                    let sent = print::send(&printer, &order);
                    sent.map(|id| words::printed(&printer, copies, sheets.pages, id.as_deref()))
                        .map_err(|error| words::not_printed(&error))
                }
                None => view(&sheets, &title),
            })
        });
    }

    /// Saves what is on the screen as a PDF.
    pub(super) fn export_pages(&mut self) {
        if let Some((order, _)) = self.pages_to_go() {
            self.ask_where_to_export(Order {
                format: Format::Pdf,
                ..order
            });
        }
    }

    /// The pages that are shown, where they are what was chosen.
    fn pages_to_go(&self) -> Option<(Order, Arc<Sheets>)> {
        let preview = self.preview.as_ref()?;
        Some((preview.order()?, Arc::clone(preview.sheets()?)))
    }
}

/// What the typeface lacked, in a sentence; or that she stopped it.
fn write(plan: &Plan, order: &Order, path: &Path, watch: Watch<'_>) -> Result<Exported, String> {
    let Order {
        section,
        format,
        options,
    } = order;
    let exported = match export::write(*format, plan, section.clone(), options, watch) {
        Ok(exported) => exported,
        Err(ExportError::Pdf(PdfError::Stopped)) => return Ok(Exported::Stopped),
        Err(error) => return Err(words::not_exported(&error)),
    };
    put(path, &exported.bytes)?;
    let missing = export::missing_in_words(&exported.missing);
    Ok(Exported::Written { missing })
}

/// Writes an exported file, as safely as a plan is saved.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    touches_files();
    atomic::replace(path, bytes, |_| Ok(())).map_err(|error| {
        let reason = files::save_reason(error);
        words::export_failed(&reason, path)
    })
}

fn view(sheets: &Sheets, title: &str) -> Result<String, String> {
    let path =
        print::as_file(&sheets.pdf, title).map_err(|error| words::pages_not_opened(&error))?;
    opener::open(&path).map_err(|error| words::not_opened(&path, &error))?;
    Ok(words::VIEWER_OPENED.to_owned())
}
