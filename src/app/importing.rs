//! A new plan from a table of another origin: reading it, mapping its columns, taking it over.

use std::path::PathBuf;

use crate::{
    import::table::{self, Mapping, Table, Taken},
    plan::{About, Form, Plan},
    ui::words,
};

use super::{
    App,
    dialog::{Dialog, Pending},
    document::Document,
    jobs::Report,
    notice::Notice,
};

/// A table on its way to a plan.
#[derive(Debug, Clone, Default)]
pub struct ImportForm {
    /// Cells as they were pasted, until there is a table.
    pub pasted: String,
    pub table: Option<Table>,
    pub mapping: Mapping,
    /// What this mapping makes of the table; made anew when it is another.
    taken: Option<(Mapping, Result<Taken, String>)>,
}

impl ImportForm {
    fn of(table: Table, form: &Form) -> Self {
        let mut mapping = Mapping::guess(&table, form);
        mapping.columns.resize(table.width(), None);
        Self {
            mapping,
            table: Some(table),
            ..Self::default()
        }
    }

    /// What the table becomes with the columns as they are mapped now.
    pub fn taken(&mut self, about: &About, form: &Form) -> Option<&Result<Taken, String>> {
        let table = self.table.as_ref()?;
        let is_fresh = self
            .taken
            .as_ref()
            .is_some_and(|(of, _)| *of == self.mapping);
        if !is_fresh {
            let taken = table::plan(table, &self.mapping, about.clone(), form);
            let taken = taken.map_err(|error| error.to_string());
            self.taken = Some((self.mapping.clone(), taken));
        }
        self.taken.as_ref().map(|(_, taken)| taken)
    }
}

impl App {
    /// The heading of a plan that is made of a table: where and for when is most likely the same
    /// as in the open plan, up to which day is not.
    pub fn about_of_import(&self) -> About {
        About {
            as_of: None,
            ..self.document.plan().about().clone()
        }
    }

    /// Reads a table's file, off the UI thread.
    pub(super) fn read_table(&mut self, ctx: &egui::Context, path: PathBuf) {
        self.notice = Some(Notice::busy(words::opening(&path)));
        self.jobs.start(ctx, move || {
            let table = Table::open(&path, None).map_err(|error| words::no_table(&error, &path));
            Report::Table(table.map(Box::new))
        });
    }

    pub(super) fn was_read(&mut self, table: Result<Box<Table>, String>) {
        self.notice = None;
        match table {
            Ok(table) => {
                let form = ImportForm::of(*table, &self.form);
                self.dialog = Some(Dialog::Import(Box::new(form)));
            }
            Err(message) => self.fail(message),
        }
    }

    /// Goes on with the cells that were pasted, or takes the mapped table over as a new plan.
    pub(super) fn import(&mut self, ctx: &egui::Context, mut form: ImportForm) {
        if form.table.is_none() {
            let table = Table::pasted(&form.pasted).map(Box::new);
            return self.was_read(table.map_err(|error| error.to_string()));
        }
        let about = self.about_of_import();
        match form.taken(&about, &self.form) {
            Some(Ok(taken)) => {
                let plan = taken.plan.clone();
                self.settle(ctx, Pending::Take(Box::new(plan)));
            }
            Some(Err(message)) => {
                let message = message.clone();
                self.fail(message);
            }
            None => {}
        }
    }

    /// Shows a plan that was made of a table; it has no file yet and is not saved.
    pub(super) fn show_imported(&mut self, ctx: &egui::Context, plan: &Plan) {
        let about = plan.about().clone();
        self.show(ctx, Document::new(Plan::empty(about)));
        if let Err(error) = self.document.replace(plan, words::IMPORT) {
            self.fail(words::edit_failed(&error));
        }
        self.view.keep_selection_valid(self.document.plan());
        self.notice = Some(Notice::done(words::IMPORTED.to_owned()));
    }
}
