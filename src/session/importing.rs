//! A new plan from a table of another origin: reading it, and taking it over with its columns
//! mapped. Which column means what is hers to say, in `ui/dialogs`.

use std::{path::PathBuf, sync::Arc};

use crate::{
    import::table::{self, Mapping, Table},
    plan::{About, Plan},
};

use super::{
    Session,
    document::Document,
    jobs::Kind,
    prompt::{Pending, Prompt},
    reports::Report,
    words,
};

impl Session {
    /// The heading of a plan that is made of a table: where and for when is most likely the same
    /// as in the open plan, up to which day is not.
    pub fn about_of_import(&self) -> About {
        About {
            as_of: None,
            ..self.document.plan().about().clone()
        }
    }

    /// Reads a table's file.
    pub(super) fn read_table(&mut self, path: PathBuf) {
        let begin = self.begin(Kind::Table).saying(words::opening(&path));
        self.start(begin, move || {
            let table = Table::open(&path, None).map_err(|error| words::no_table(&error, &path));
            Report::Table(table.map(Arc::new))
        });
    }

    pub(super) fn on_table_read(&mut self, table: Result<Arc<Table>, String>) {
        match table {
            Ok(table) => self.ask(Prompt::Import(table)),
            Err(message) => self.fail(message),
        }
    }

    /// Takes the mapped table over as a new plan.
    pub(super) fn import(&mut self, table: &Table, mapping: &Mapping, about: About) {
        match table::plan(table, mapping, about, self.form()) {
            Ok(taken) => self.settle(Pending::Take(Box::new(taken.plan))),
            Err(error) => self.fail(error.to_string()),
        }
    }

    /// Shows a plan that has no file yet and is not saved: what was done to get it is a step that can
    /// be undone.
    pub(super) fn show_unsaved(&mut self, plan: &Plan, label: &str, note: String) {
        let nothing = Plan::empty(plan.about().clone(), Arc::clone(plan.form()));
        self.show(Document::new(nothing));
        let replaced = self.document.replace(plan, label);
        if self.check_edit(replaced) {
            // It is true until she goes on.
            self.say_of_step(note);
        }
    }
}
