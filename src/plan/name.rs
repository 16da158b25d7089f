//! What a node is called: 戦略２－１ by level and number, and its title or what stands for one.

use crate::form::{Form, Level};

use super::number::Number;

/// Stands for a title that is empty.
pub const NO_TITLE: &str = "（名称なし）";

/// A title, or what stands for one.
pub fn title_or_none(title: &str) -> &str {
    match title.trim() {
        "" => NO_TITLE,
        _ => title,
    }
}

impl Number {
    /// The level of the nodes that bear such a number.
    pub fn level<'a>(&self, form: &'a Form) -> &'a Level {
        form.level(self.level_key())
    }

    /// Whether it stands for a part that bears no number itself.
    pub fn is_unnumbered(&self, form: &Form) -> bool {
        !self.level(form).number.has_own()
    }

    /// As it stands in a list of nodes: what bears no number itself has none.
    pub fn listed(&self, form: &Form) -> String {
        if self.is_unnumbered(form) {
            return String::new();
        }
        self.printed(form)
    }

    /// Level and number: `経営課題２`, `戦略２－１`, `具体的取組２－１－３`; a part without a number by
    /// what stands for one (`改革`), or by its level.
    pub fn name(&self, form: &Form) -> String {
        let printed = self.printed(form);
        if printed.is_empty() {
            return self.level(form).name.clone();
        }
        if self.is_unnumbered(form) {
            return printed;
        }
        format!("{}{printed}", self.level(form).name)
    }

    /// The same with a title: `戦略２－１　防災対策の強化`; a part without a number by its title alone.
    pub fn heading(&self, form: &Form, title: &str) -> String {
        self.with_title(form, &self.name(form), title)
    }

    /// The number with a title, where the level is plain: `２－１　防災対策の強化`.
    pub fn short_heading(&self, form: &Form, title: &str) -> String {
        self.with_title(form, &self.printed(form), title)
    }

    fn with_title(&self, form: &Form, name: &str, title: &str) -> String {
        let title = title_or_none(title);
        if self.is_unnumbered(form) {
            return title.to_owned();
        }
        format!("{name}　{title}")
    }
}
