//! Where the columns of a handout stand: a section may have put others between them, or have taken
//! some away. A column whose heading is gone is not read; what stands there may be anything.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use crate::{
    export::handout::layout::{Column, Content, Layout},
    form::Key,
    import::book::Sheet,
};

/// The headings of a handout.
pub struct Headings<'a> {
    layout: &'a Layout,
    known: HashSet<&'a str>,
}

impl<'a> Headings<'a> {
    pub fn of(layout: &'a Layout) -> Self {
        let columns = layout.levels().flat_map(|(_, columns)| columns);
        Self {
            layout,
            known: columns.map(|column| column.heading.trim()).collect(),
        }
    }

    /// Reads a row of headings; `None` for any other row.
    pub fn find(&self, sheet: &Sheet, row: u32) -> Option<Columns<'a>> {
        let mut places: HashMap<&'a str, u16> = HashMap::new();
        for (place, cell) in sheet.row(row) {
            if let Some(heading) = self.known.get(cell.text.text.trim()) {
                places.insert(heading, place);
            }
        }
        // The number alone is not enough: a cell of a table can say that too.
        if places.len() < 2 {
            return None;
        }
        // The level of which the most is there and the least is missing.
        let fits = |columns: &[Column]| {
            let known = columns
                .iter()
                .filter(|it| places.contains_key(it.heading.trim()));
            let known = known.count();
            (known, Reverse(columns.len() - known))
        };
        let levels: Vec<_> = self.layout.levels().collect();
        let (of_level, _) = levels
            .iter()
            .rev()
            .max_by_key(|(_, columns)| fits(columns))?;
        let of_level = *of_level;
        let columns = Columns {
            layout: self.layout,
            level: of_level,
            places,
        };
        let has_number = columns.place(of_level, Content::Number).is_some();
        has_number.then_some(columns)
    }
}

/// Where the headings of a handout stand in a row of a sheet.
#[derive(Clone)]
pub struct Columns<'a> {
    layout: &'a Layout,
    /// The level whose headings they are.
    pub level: Key,
    places: HashMap<&'a str, u16>,
}

impl<'a> Columns<'a> {
    /// Where a column stands for rows of a level; `None` where its heading is gone.
    pub fn place(&self, level: Key, content: Content) -> Option<u16> {
        let columns = self.layout.columns(level);
        let column = columns.iter().find(|column| column.content == content)?;
        self.places.get(column.heading.trim()).copied()
    }

    /// Which column stands here for rows of a level.
    pub fn at(&self, level: Key, place: u16) -> Option<Content> {
        let columns = self.layout.columns(level);
        let stands_here = |column: &&Column| self.places.get(column.heading.trim()) == Some(&place);
        columns
            .iter()
            .find(stands_here)
            .map(|column| column.content)
    }

    /// What a row says in a column; nothing where its heading is gone.
    pub fn text<'s>(&self, sheet: &'s Sheet, row: u32, level: Key, content: Content) -> &'s str {
        let place = self.place(level, content);
        place.map_or("", |place| sheet.text((row, place)))
    }

    /// The headings that are gone. Without the hidden column every row is asked about, so that one
    /// need not be named.
    pub fn lost(&self) -> impl Iterator<Item = &'a str> {
        let columns = self.layout.columns(self.level).iter();
        let is_lost = |column: &&Column| {
            column.content != Content::Id && !self.places.contains_key(column.heading.trim())
        };
        columns
            .filter(is_lost)
            .map(|column| column.heading.as_str())
    }
}
