//! Answers against answers: how many have which choice on one or two axes of a level.
//!
//! Two axes make a table, one axis makes a row, and of three and more each makes a row of its own.

use std::sync::Arc;

use crate::form::{Field, Key, Level};

use super::{
    model::{Node, Plan},
    pick::Pick,
};

/// Counted nodes by their answers on one or two axes; `None` is an axis that is unset. Reposts are
/// not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    axes: Arc<Axes>,
    /// Row by row; in each direction those that are unset come last.
    cells: Vec<usize>,
}

#[derive(Debug, PartialEq, Eq)]
struct Axes {
    /// `None` where there is one row only.
    rows: Option<Axis>,
    columns: Axis,
}

#[derive(Debug, PartialEq, Eq)]
struct Axis {
    field: Key,
    choices: Vec<Key>,
}

impl Matrix {
    /// Empty ones for the axes of a level: one of both axes, or one for each axis.
    pub(super) fn of_level(level: &Level) -> Vec<Self> {
        let mut axes = level.axes().map(Axis::of);
        if level.axes().count() == 2
            && let (rows, Some(columns)) = (axes.next(), axes.next())
        {
            return vec![Self::new(rows, columns)];
        }
        axes.map(|axis| Self::new(None, axis)).collect()
    }

    fn new(rows: Option<Axis>, columns: Axis) -> Self {
        let axes = Axes { rows, columns };
        Self {
            cells: vec![0; axes.height() * axes.columns.width()],
            axes: Arc::new(axes),
        }
    }

    /// The field whose choices are the rows; `None` where there is one row only.
    pub fn rows(&self) -> Option<Key> {
        self.axes.rows.as_ref().map(|axis| axis.field)
    }

    /// The field whose choices are the columns.
    pub fn columns(&self) -> Key {
        self.axes.columns.field
    }

    /// How many have exactly these answers. Where there is one row only, `row` is `None`.
    pub fn count(&self, row: Option<Key>, column: Option<Key>) -> usize {
        let cell = self.axes.cell(row, column);
        cell.and_then(|cell| self.cells.get(cell))
            .copied()
            .unwrap_or_default()
    }

    /// `count` as a part of all that are counted, from 0 to 1; `None` where nothing is counted.
    pub fn share(&self, row: Option<Key>, column: Option<Key>) -> Option<f64> {
        let total = self.total();
        (total > 0).then(|| self.count(row, column) as f64 / total as f64)
    }

    /// All that are outside the table, since one of its axes is unset. These are more than those
    /// that are not assessed where one axis is bad and the other one unset.
    pub fn unset(&self) -> usize {
        let answered = |choices: &[Key]| choices.iter().copied().map(Some).collect::<Vec<_>>();
        let rows = self.axes.rows.as_ref();
        let rows = rows.map_or_else(|| vec![None], |axis| answered(&axis.choices));
        let columns = answered(&self.axes.columns.choices);
        let of_row = |row: Option<Key>| columns.iter().map(move |column| self.count(row, *column));
        self.total() - rows.into_iter().flat_map(of_row).sum::<usize>()
    }

    pub fn total(&self) -> usize {
        self.cells.iter().sum()
    }

    /// What `count` stands for.
    pub fn pick(&self, row: Option<Key>, column: Option<Key>) -> Pick {
        let row = self.rows().map(|field| (field, row));
        let answers = row.into_iter().chain([(self.columns(), column)]);
        Pick::Answers(answers.collect())
    }

    /// What `unset` stands for.
    pub fn unset_pick(&self) -> Pick {
        Pick::Unset(self.rows().into_iter().chain([self.columns()]).collect())
    }

    pub(super) fn add(&mut self, plan: &Plan, node: &Node) {
        let level = plan.level(node);
        let answer = |field: Key| {
            let field = level.field(field)?;
            field
                .choice(plan.answer(node, field))
                .map(|choice| choice.key)
        };
        let row = self.rows().and_then(answer);
        let cell = self.axes.cell(row, answer(self.columns()));
        if let Some(count) = cell.and_then(|cell| self.cells.get_mut(cell)) {
            *count += 1;
        }
    }
}

impl Axes {
    fn height(&self) -> usize {
        self.rows.as_ref().map_or(1, Axis::width)
    }

    /// `None` for answers that are no choices of these axes.
    fn cell(&self, row: Option<Key>, column: Option<Key>) -> Option<usize> {
        let row = match &self.rows {
            Some(axis) => axis.position(row)?,
            None => 0,
        };
        Some(row * self.columns.width() + self.columns.position(column)?)
    }
}

impl Axis {
    fn of(field: &Field) -> Self {
        Self {
            field: field.key,
            choices: field.choices().iter().map(|choice| choice.key).collect(),
        }
    }

    /// The choices, and what is unset.
    fn width(&self) -> usize {
        self.choices.len() + 1
    }

    fn position(&self, choice: Option<Key>) -> Option<usize> {
        match choice {
            None => Some(self.choices.len()),
            Some(key) => self.choices.iter().position(|choice| *choice == key),
        }
    }
}

/// Adds the counts of the same axes.
impl std::ops::AddAssign<&Self> for Matrix {
    fn add_assign(&mut self, other: &Self) {
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            *cell += more;
        }
    }
}
