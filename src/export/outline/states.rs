//! States in words. There are few of them and many rows, so each is written once.

use std::{collections::HashMap, sync::Arc};

use crate::plan::{Form, Number, Status};

use super::words;

/// The states of an outline.
pub struct States<'a> {
    form: &'a Form,
    known: HashMap<Key, Arc<str>>,
}

/// Whether it is a numbered part's wording, whether a repost says it, and the state.
type Key = (bool, bool, Status);

impl<'a> States<'a> {
    pub fn of(form: &'a Form) -> Self {
        Self {
            form,
            known: HashMap::new(),
        }
    }

    /// The state of the initiative with this number: `【目標達成見込、取組予定通り進捗している】`.
    pub fn own(&mut self, number: Number, status: Status) -> Arc<str> {
        self.words(number, status, false)
    }

    /// What a repost of it says: `再掲元：【…】`.
    pub fn of_source(&mut self, number: Number, status: Status) -> Arc<str> {
        self.words(number, status, true)
    }

    fn words(&mut self, number: Number, status: Status, is_of_source: bool) -> Arc<str> {
        let key = (number.issue.is_some(), is_of_source, status);
        let words = self.known.entry(key).or_insert_with(|| {
            let line = self.form.wording(number).status_line(status);
            let line = line.unwrap_or_else(|| words::UNASSESSED.to_owned());
            let before = if is_of_source { words::OF_SOURCE } else { "" };
            format!("{before}{line}").into()
        });
        Arc::clone(words)
    }
}
