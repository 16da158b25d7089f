//! What can be linked to on a page: headings and rows, by what they are called.

use std::collections::HashMap;

use crate::{
    export::outline::{Outline, Part},
    form::{Form, Key},
    plan::{Entry, Id},
};

/// The ids of headings and rows, from their numbers: a link to a row survives a change of titles.
#[derive(Default)]
pub struct Anchors {
    by_node: HashMap<Id, String>,
    uses: HashMap<String, u32>,
}

impl Anchors {
    pub fn of(outline: &Outline<'_>) -> Self {
        let mut anchors = Self::default();
        anchors.add_all(&outline.parts, outline.form());
        anchors
    }

    fn add_all(&mut self, parts: &[Part<'_>], form: &Form) {
        for part in parts {
            match part {
                Part::Chapter(chapter) => {
                    self.add(&chapter.entry, form);
                    self.add_all(&chapter.parts, form);
                }
                Part::Table(table) => {
                    for row in &table.rows {
                        self.add(&row.entry, form);
                    }
                }
                Part::Nothing(_) => {}
            }
        }
    }

    /// The level of a node and the parts of its number; what bears none is named by its level. What
    /// has a heading and a row is where its heading is.
    fn add(&mut self, entry: &Entry<'_>, form: &Form) {
        if self.by_node.contains_key(&entry.node.id) {
            return;
        }
        let mut name = first_called_so(form, entry.node.level).to_string();
        for node in entry.path() {
            let has_own = form.level(node.level).number.has_own();
            match node.number.filter(|_| has_own) {
                Some(number) => name += &format!("-{number}"),
                None => name += &format!("-{}", node.level),
            }
        }
        let uses = self.uses.entry(name.clone()).or_default();
        *uses += 1;
        // Numbers are data, so two nodes may bear the same one; ids of a page may not.
        let name = match *uses {
            1 => name,
            n => format!("{name}_{n}"),
        };
        self.by_node.insert(entry.node.id, name);
    }

    pub fn get(&self, id: Id) -> Option<&str> {
        self.by_node.get(&id).map(String::as_str)
    }
}

/// The first level that has the same name: to its readers they are one.
fn first_called_so(form: &Form, level: Key) -> Key {
    let name = &form.level(level).name;
    let first = form.levels.iter().find(|it| it.name == *name);
    first.map_or(level, |it| it.key)
}
