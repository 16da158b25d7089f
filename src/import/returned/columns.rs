//! Where the columns of a form stand: a section may have put others between them, or have taken
//! some away. A column whose heading is gone is not read; what stands there may be anything.

use std::collections::HashMap;

use crate::{
    export::handout::sheet::{self as form_sheet, column},
    import::book::Sheet,
    plan::Form,
};

/// The headings of a form, each with the columns that it stands over: of the numbered part, and of
/// the other one.
pub struct Headings<'a>(HashMap<&'a str, [Vec<u16>; 2]>);

impl<'a> Headings<'a> {
    pub fn of(form: &'a Form) -> Self {
        let mut columns: HashMap<&str, [Vec<u16>; 2]> = HashMap::new();
        let [numbered, unnumbered] = [&form.numbered, &form.unnumbered].map(form_sheet::names);
        for (name, column) in numbered {
            let [of_numbered, _] = columns.entry(name.trim()).or_default();
            of_numbered.push(column);
        }
        for (name, column) in unnumbered {
            let [_, of_unnumbered] = columns.entry(name.trim()).or_default();
            of_unnumbered.push(column);
        }
        Self(columns)
    }
}

/// For each column of the form, in its order, where it stands in the sheet.
#[derive(Debug, Clone, Copy)]
pub struct Columns([Option<u16>; COLUMNS]);

pub const COLUMNS: usize = 10;

/// Those that a section fills in.
pub const INPUTS: [u16; 4] = [
    column::RESULTS,
    column::OUTLOOK,
    column::PROGRESS,
    column::NOTES,
];

impl Columns {
    /// Reads a row of headings; `None` for any other row.
    pub fn find(sheet: &Sheet, row: u32, headings: &Headings<'_>) -> Option<Self> {
        let mut places = [[None; COLUMNS]; 2];
        for (place, cell) in sheet.row(row) {
            let Some(columns) = headings.0.get(cell.text.text.trim()) else {
                continue;
            };
            for (columns, places) in columns.iter().zip(&mut places) {
                for column in columns {
                    if let Some(column) = places.get_mut(usize::from(*column)) {
                        *column = Some(place);
                    }
                }
            }
        }
        let count = |places: &[Option<u16>; COLUMNS]| places.iter().flatten().count();
        let best = places.into_iter().max_by_key(count)?;
        let best = Self(best);
        // The number alone is not enough: a cell of a table can say that too.
        (best.place(column::NUMBER).is_some() && count(&best.0) >= 2).then_some(best)
    }

    /// Where a column of the form stands; `None` where its heading is gone.
    pub fn place(&self, column: u16) -> Option<u16> {
        self.0.get(usize::from(column)).copied().flatten()
    }

    /// Which column of the form stands here.
    pub fn at(&self, place: u16) -> Option<u16> {
        let columns = (0..).zip(self.0);
        columns
            .filter(|(_, it)| *it == Some(place))
            .map(|(column, _)| column)
            .next()
    }

    /// What a row says in a column of the form; nothing where its heading is gone.
    pub fn text<'a>(&self, sheet: &'a Sheet, row: u32, column: u16) -> &'a str {
        self.place(column)
            .map_or("", |place| sheet.text((row, place)))
    }

    /// The headings that are gone, each with its column. Without the hidden column every row is asked
    /// about, so that one need not be named.
    pub fn lost<'a>(&self, form: &'a Form) -> impl Iterator<Item = (&'a str, u16)> {
        let names = form_sheet::names(&form.numbered).into_iter();
        names.filter(|(_, it)| *it != column::ID && self.place(*it).is_none())
    }
}
