//! The cells of the tables in sight as a grid: what stands beside and below what.

use std::{collections::HashSet, sync::Arc};

use crate::{
    form::Slot,
    plan::{Id, Node, Plan},
    session::cells::{Area, has_cell},
};

use super::table::Table;

/// A cell: a text of a row, or questions that follow each other, by the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub id: Id,
    pub at: Slot,
}

/// A way from one cell to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Left,
    Right,
    Up,
    Down,
    /// To the right, and from the end of a row to the beginning of the next.
    Next,
    Previous,
    /// To the beginning and the end of a row, and of a column.
    RowStart,
    RowEnd,
    ColumnStart,
    ColumnEnd,
}

/// A block of cells of one table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    pub rows: Vec<Id>,
    /// The cells in each.
    pub columns: Vec<Slot>,
    /// All that is said in these, one fact after the other.
    pub facts: Vec<Slot>,
    drawn: HashSet<Id>,
}

impl Block {
    pub fn contains(&self, cell: Cell) -> bool {
        self.drawn.contains(&cell.id) && self.columns.contains(&cell.at)
    }

    /// All facts of all rows.
    pub fn all(&self) -> Vec<(Id, Slot)> {
        let rows = self.rows.iter();
        rows.flat_map(|id| self.facts.iter().map(|at| (*id, *at)))
            .collect()
    }
}

/// All tables in sight.
#[derive(Debug, Clone, Copy)]
pub struct Grid<'a> {
    pub plan: &'a Plan,
    pub tables: &'a [Table<'a>],
}

#[derive(Debug, Clone, Copy)]
struct Row<'a> {
    table: usize,
    columns: &'a [Slot],
    node: &'a Arc<Node>,
}

impl<'a> Grid<'a> {
    fn rows(&self) -> Vec<Row<'a>> {
        let tables = self.tables.iter().enumerate();
        let rows = tables.flat_map(|(n, table)| {
            let nodes = table.lines.iter().filter_map(|line| line.row());
            nodes.map(move |node| Row {
                table: n,
                columns: &table.slots,
                node,
            })
        });
        rows.collect()
    }

    fn has(&self, row: &Row<'_>, at: Slot) -> bool {
        row.columns.contains(&at) && has_cell(self.plan, row.node.id, at)
    }

    /// The cells that a row has, from the left.
    fn cells(&self, row: Row<'a>) -> impl DoubleEndedIterator<Item = Cell> {
        let columns = row.columns.iter().copied();
        let there = columns.filter(move |at| self.has(&row, *at));
        there.map(move |at| Cell {
            id: row.node.id,
            at,
        })
    }

    /// Whether the cell is there.
    pub fn contains(&self, cell: Cell) -> bool {
        let rows = self.rows();
        let mut found = rows.iter().filter(|row| row.node.id == cell.id);
        found.any(|row| self.has(row, cell.at))
    }

    /// The first cell of a row, or of all.
    pub fn first(&self, of: Option<Id>) -> Option<Cell> {
        let rows = self.rows();
        let row = rows.iter().find(|row| of == Some(row.node.id));
        self.cells(*row.or(rows.first())?).next()
    }

    /// Where a step leads. `at` is the column that it goes up or down in.
    pub fn step(&self, from: Cell, step: Step, at: Slot) -> Option<Cell> {
        let rows = self.rows();
        let here = rows.iter().position(|row| row.node.id == from.id)?;
        let row = *rows.get(here)?;
        let beside = |step: Step| {
            let cells: Vec<Cell> = self.cells(row).collect();
            let n = cells.iter().position(|cell| *cell == from)?;
            let to = match step {
                Step::Left => n.checked_sub(1)?,
                Step::RowStart => 0,
                Step::RowEnd => cells.len().checked_sub(1)?,
                _ => n + 1,
            };
            cells.get(to).copied()
        };
        let (above, below) = (
            rows.get(..here).unwrap_or_default(),
            rows.get(here + 1..).unwrap_or_default(),
        );
        let in_column = |row: &&Row<'a>| self.has(row, self.column_of(row, (at, &rows, here)));
        let cell = |row: &Row<'a>| Cell {
            id: row.node.id,
            at: self.column_of(row, (at, &rows, here)),
        };
        let is_near = |row: &&Row<'a>| row.table == rows.get(here).map_or(0, |here| here.table);
        match step {
            Step::Left | Step::Right | Step::RowStart | Step::RowEnd => beside(step),
            Step::Up => above.iter().rev().find(in_column).map(cell),
            Step::Down => below.iter().find(in_column).map(cell),
            Step::ColumnStart => rows.iter().filter(is_near).find(in_column).map(cell),
            Step::ColumnEnd => rows.iter().rev().filter(is_near).find(in_column).map(cell),
            Step::Next => {
                let next = || self.cells(*below.first()?).next();
                beside(Step::Right).or_else(next)
            }
            Step::Previous => {
                let previous = || self.cells(*above.last()?).next_back();
                beside(Step::Left).or_else(previous)
            }
        }
    }

    /// The column of a row that goes on another one's; in another table the one as far to the right.
    fn column_of(&self, row: &Row<'_>, (at, rows, here): (Slot, &[Row<'_>], usize)) -> Slot {
        if row.columns.contains(&at) {
            return at;
        }
        let columns = rows.get(here).map_or(&[][..], |row| row.columns);
        let n = columns.iter().position(|column| *column == at);
        let last = row.columns.last();
        let same = n.and_then(|n| row.columns.get(n));
        same.or(last).copied().unwrap_or(at)
    }

    /// The cells between two of one table; of two the second alone.
    pub fn block(&self, one: Cell, other: Cell) -> Block {
        let rows = self.rows();
        let place = |cell: Cell| rows.iter().position(|row| row.node.id == cell.id);
        let (Some(from), Some(to)) = (place(one), place(other)) else {
            return Block::default();
        };
        let table = |n: usize| rows.get(n).map(|row| row.table);
        if table(from) != table(to) {
            return self.block(other, other);
        }
        let Some(table) = table(to).and_then(|n| self.tables.get(n)) else {
            return Block::default();
        };
        let column = |cell: Cell| table.slots.iter().position(|at| *at == cell.at);
        let columns = column(one).zip(column(other)).and_then(|(one, other)| {
            table
                .slots
                .get(one.min(other)..=one.max(other))
                .map(<[Slot]>::to_vec)
        });
        let columns = columns.unwrap_or_default();
        let between = rows.get(from.min(to)..=from.max(to)).unwrap_or_default();
        let rows: Vec<Id> = between.iter().map(|row| row.node.id).collect();
        Block {
            facts: table.facts(&columns),
            columns,
            drawn: rows.iter().copied().collect(),
            rows,
        }
    }

    /// Where cells are put that are pasted into this block: from its corner on, as far as there is
    /// room.
    pub fn area(&self, block: &Block) -> Option<Area> {
        let corner = Cell {
            id: *block.rows.first()?,
            at: *block.columns.first()?,
        };
        let rows = self.rows();
        let here = rows.iter().position(|row| row.node.id == corner.id)?;
        let table = rows.get(here)?.table;
        let below = rows
            .get(here..)?
            .iter()
            .take_while(|row| row.table == table);
        let table = self.tables.get(table)?;
        let first = table.slots.iter().position(|at| *at == corner.at)?;
        Some(Area {
            rows: below.map(|row| row.node.id).collect(),
            columns: table.facts(table.slots.get(first..)?),
            selected: (block.rows.len(), block.facts.len()),
        })
    }
}
