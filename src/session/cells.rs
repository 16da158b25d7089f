//! Several cells of a table of the form at once, as one step: emptied, answered, or filled with what was
//! copied elsewhere. Of that, what would change and what does not fit is shown before it is done.

use crate::{
    form::Slot,
    import::table::{Table, choice_in},
    plan::{Edit, Id, Plan},
};

use super::{
    Session,
    document::as_kept,
    history::{Spot, Target},
    prompt::Prompt,
    words,
};

/// Where cells are put: rows from the first one down, and in each the same texts and answers from the
/// first one on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    pub rows: Vec<Id>,
    pub columns: Vec<Slot>,
    /// How many rows and columns of it are selected: all of those get a single cell.
    pub selected: (usize, usize),
}

/// What becomes of cells that are put somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filling {
    pub changes: Vec<Change>,
    pub misfits: Vec<Misfit>,
    /// What becomes of the first cell, where lines are not rows but one text.
    pub as_one: Option<Change>,
}

/// A cell that gets another text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub id: Id,
    pub at: Slot,
    /// As the plan keeps it: of a choice its key.
    pub text: String,
}

/// What does not fit and is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// A word that is none of the choices.
    NoChoice { id: Id, at: Slot, said: String },
    /// The row has no such cell: what a repost says is its source's to say.
    NoCell { id: Id, at: Slot },
    /// Beyond the last row, so many.
    Rows(usize),
    /// Beyond the last column, so many.
    Columns(usize),
}

/// Whether a row has a cell for this text.
pub fn has_cell(plan: &Plan, id: Id, at: Slot) -> bool {
    let is_repost = plan.node(id).is_none_or(|node| node.is_repost());
    matches!(at, Slot::TITLE | Slot::OWNER) || !is_repost && plan.field_of(Some(id), at).is_some()
}

impl Filling {
    /// What becomes of these cells there.
    pub fn of(plan: &Plan, area: &Area, table: &Table) -> Self {
        let single = match table.rows.as_slice() {
            [row] if row.len() == 1 => row.first(),
            _ => None,
        };
        let (height, width) = match single {
            Some(_) => area.selected,
            None => (table.rows.len(), table.width()),
        };
        let mut filling = Self::default();
        for (n, &id) in area.rows.iter().take(height).enumerate() {
            for (m, &at) in area.columns.iter().take(width).enumerate() {
                let row = table.rows.get(n);
                if let Some(said) = single.or_else(|| row?.get(m)) {
                    filling.put(plan, (id, at), said);
                }
            }
        }
        filling.as_one = Self::one_text(plan, area, table);
        let beyond = |all: usize, there: usize| all.checked_sub(there).filter(|more| *more > 0);
        let rows = beyond(height, area.rows.len()).map(Misfit::Rows);
        let columns = beyond(width, area.columns.len()).map(Misfit::Columns);
        filling.misfits.extend(rows.into_iter().chain(columns));
        filling
    }

    /// Lines that are one below the other may come from a letter and not from a column.
    fn one_text(plan: &Plan, area: &Area, table: &Table) -> Option<Change> {
        let is_column = table.rows.len() > 1 && table.width() == 1;
        let (id, at) = (*area.rows.first()?, *area.columns.first()?);
        let is_text = plan
            .field_of(Some(id), at)
            .is_some_and(|field| field.is_written());
        let lines: Vec<&str> = table.rows.iter().flatten().map(String::as_str).collect();
        let change = || Change {
            id,
            at,
            text: lines.join("\n"),
        };
        (is_column && is_text && has_cell(plan, id, at)).then(change)
    }

    fn put(&mut self, plan: &Plan, (id, at): (Id, Slot), said: &str) {
        if !has_cell(plan, id, at) {
            if !said.is_empty() {
                self.misfits.push(Misfit::NoCell { id, at });
            }
            return;
        }
        let field = plan.field_of(Some(id), at);
        let text = match field.filter(|field| field.is_choice()) {
            Some(_) if said.trim().is_empty() => String::new(),
            Some(field) => {
                // As it is printed, too.
                let word = said.trim().trim_matches(['【', '】']);
                let Some(choice) = choice_in(field, word) else {
                    let said = said.to_owned();
                    return self.misfits.push(Misfit::NoChoice { id, at, said });
                };
                choice.key.to_string()
            }
            None => as_kept(plan, (Some(id), at), said.to_owned()),
        };
        if text != plan.text(Some(id), at) {
            self.changes.push(Change { id, at, text });
        }
    }
}

impl Session {
    /// Puts what was copied elsewhere into cells. More than one are shown and asked about.
    pub(super) fn fill(&mut self, area: &Area, copied: &str) {
        if !self.end_typing() {
            return;
        }
        let table = match Table::copied(copied) {
            Ok(table) => table,
            Err(error) => return self.fail(error.to_string()),
        };
        let filling = Filling::of(self.document.plan(), area, &table);
        match (filling.changes.as_slice(), filling.misfits.as_slice()) {
            ([], []) => self.say(words::SAME_CELLS),
            ([_], []) => self.take_cells(filling.changes, words::filled),
            _ => self.ask(Prompt::Fill(Box::new(filling))),
        }
    }

    /// Empties cells, or gives all of them the same answer.
    pub(super) fn put(&mut self, mut changes: Vec<Change>) {
        if !self.end_typing() {
            return;
        }
        let plan = self.document.plan();
        changes.retain(|Change { id, at, text }| {
            has_cell(plan, *id, *at) && plan.text(Some(*id), *at) != text
        });
        let label = match changes.iter().all(|change| change.text.is_empty()) {
            true => words::emptied,
            false => words::answered,
        };
        self.take_cells(changes, label);
    }

    /// Changes cells as one step.
    pub(super) fn take_cells(&mut self, changes: Vec<Change>, label: fn(usize) -> String) {
        let Some(first) = changes.first() else {
            return;
        };
        let target = Target {
            id: Some(first.id),
            spot: Spot::Text(first.at),
        };
        let label = label(changes.len());
        let edits = changes
            .into_iter()
            .map(|Change { id, at, text }| Edit::Text {
                id: Some(id),
                at,
                text,
            });
        let mut edits: Vec<Edit> = edits.collect();
        match (edits.pop(), edits.is_empty()) {
            // One alone is called what it is about.
            (Some(only), true) => _ = self.edit(only),
            (last, _) => {
                edits.extend(last);
                self.edit_as(Edit::Group(edits), target, &label);
            }
        }
    }
}
