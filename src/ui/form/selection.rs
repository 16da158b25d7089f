//! Which cells of the form are selected, and what is done in the one that has the keys.

use super::grid::{Block, Cell};
use crate::form::Slot;

/// What is done in the cell that has the keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Mode {
    /// It is taken as a whole: arrows go on from it, what is typed replaces what it says.
    #[default]
    Whole,
    /// Its text is written in.
    Written {
        /// What it said, for Escape.
        before: String,
        /// Whether what is typed has replaced that.
        replaces: bool,
    },
    /// Its choices are open, and Enter chooses this one, counted from 1.
    Answered(usize),
}

/// What the form remembers of cells.
#[derive(Debug, Default)]
pub struct FormState {
    cell: Option<Cell>,
    /// The other corner of what is selected.
    anchor: Option<Cell>,
    mode: Mode,
    /// The column in which a run of Tab began; Enter goes back to it.
    tab_from: Option<Slot>,
    /// The keys are to go to the cell, once it is drawn.
    pub takes_keys: bool,
    /// It comes in sight then.
    pub comes_in_sight: bool,
    /// The mouse goes over cells to select them.
    pub is_dragged: bool,
    /// What is selected, where it is more than one cell.
    pub block: Block,
}

impl FormState {
    /// The cell that has the keys, or had them last.
    pub fn cell(&self) -> Option<Cell> {
        self.cell
    }

    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    pub fn is_at(&self, cell: Cell) -> bool {
        self.cell == Some(cell)
    }

    pub fn is_written(&self, cell: Cell) -> bool {
        self.is_at(cell) && matches!(self.mode, Mode::Written { .. })
    }

    /// The choice that Enter would choose, where choices of this cell are open.
    pub fn answered(&self, cell: Cell) -> Option<usize> {
        match self.mode {
            Mode::Answered(n) if self.is_at(cell) => Some(n),
            _ => None,
        }
    }

    /// The corners of what is selected.
    pub fn corners(&self) -> Option<(Cell, Cell)> {
        let cell = self.cell?;
        Some((self.anchor.unwrap_or(cell), cell))
    }

    pub fn is_block(&self) -> bool {
        self.anchor.is_some_and(|anchor| Some(anchor) != self.cell)
    }

    pub fn tab_from(&self) -> Option<Slot> {
        self.tab_from
    }

    /// Selects a cell; the keys go to it.
    pub fn select(&mut self, cell: Cell) {
        self.arrive(cell);
        self.takes_keys = true;
    }

    /// The keys have come to a cell.
    pub fn arrive(&mut self, cell: Cell) {
        self.cell = Some(cell);
        self.anchor = Some(cell);
        self.mode = Mode::Whole;
        self.tab_from = None;
    }

    /// Goes on to a cell by Tab.
    pub fn tab_to(&mut self, cell: Cell) {
        let from = self.tab_from.or(self.cell.map(|cell| cell.at));
        self.select(cell);
        self.tab_from = from;
    }

    /// Selects all cells up to this one.
    pub fn extend(&mut self, to: Cell) {
        let anchor = self.anchor.or(self.cell).unwrap_or(to);
        self.select(to);
        self.anchor = Some(anchor);
    }

    /// Only the cell that has the keys is selected.
    pub fn reduce(&mut self) {
        self.anchor = self.cell;
    }

    /// Its text is written in from now on.
    pub fn write(&mut self, before: String, replaces: bool) {
        self.anchor = self.cell;
        self.mode = Mode::Written { before, replaces };
    }

    /// Its choices are open, and Enter chooses this one.
    pub fn answer(&mut self, n: usize) {
        self.anchor = self.cell;
        self.mode = Mode::Answered(n);
    }

    /// It is taken as a whole again.
    pub fn leave(&mut self) {
        self.mode = Mode::Whole;
    }
}
