//! The commands that add a node: one for each kind of node that the plan's form has, by the names of
//! its levels, from the lowest up.

use crate::{
    form::{Form, Key, Level},
    plan::{Id, Plan},
    session::structure,
};

use super::Command;

impl Command {
    /// Which kind of node it adds, counted from the lowest.
    pub(super) const fn nth(self) -> Option<usize> {
        match self {
            Self::AddFirst => Some(0),
            Self::AddSecond => Some(1),
            Self::AddThird => Some(2),
            Self::AddFourth => Some(3),
            Self::AddFifth => Some(4),
            Self::AddSixth => Some(5),
            _ => None,
        }
    }

    /// A level of the name that it adds a node of; `None` where the form has not so many.
    pub(super) fn names_what(self, form: &Form) -> Option<&Level> {
        form.names().rev().nth(self.nth()?)
    }

    /// The level of this name of which a node can stand near the selected one.
    pub fn level_to_add(self, plan: &Plan, selected: Option<Id>) -> Option<Key> {
        let form = plan.form();
        let name = &self.names_what(form)?.name;
        let same = form.levels.iter().filter(|level| level.name == *name);
        let fits = |level: &&Level| structure::way_to(plan, level.key, selected).is_some();
        let found: Vec<Key> = same.filter(fits).map(|level| level.key).collect();
        // Where two levels of this name could stand, another one of what is there is meant.
        let near = selected.and_then(|id| plan.entry(id));
        let is_near = |key: &&Key| {
            let mut path = near.iter().flat_map(|entry| entry.path());
            path.any(|node| node.level == **key)
        };
        found.iter().find(is_near).or(found.first()).copied()
    }
}
