//! Where the columns of a form stand: a section may have put others between them, or have taken
//! some away. A column whose heading is gone is not read; what stands there may be anything.

use std::collections::HashMap;

use crate::{
    export::handout::sheet::{self as form_sheet, column},
    import::book::Sheet,
    plan::{Form, Wording},
};

/// For each column of the form, in its order, where it stands in the sheet.
#[derive(Debug, Clone, Copy)]
pub struct Columns([Option<u16>; 10]);

/// Those that a section fills in.
pub const INPUTS: [u16; 4] = [
    column::RESULTS,
    column::OUTLOOK,
    column::PROGRESS,
    column::NOTES,
];

impl Columns {
    /// Reads a row of headings; `None` for any other row.
    pub fn find(sheet: &Sheet, row: u32, form: &Form) -> Option<Self> {
        let cells: HashMap<&str, u16> = sheet
            .row(row)
            .map(|(column, cell)| (cell.text.text.trim(), column))
            .collect();
        cells.get(form_sheet::NUMBER)?;
        let place = |wording: &Wording| {
            let mut places = [None; 10];
            for ((name, _), place) in form_sheet::names(wording).iter().zip(&mut places) {
                *place = cells.get(name.trim()).copied();
            }
            places
        };
        let places = [&form.numbered, &form.unnumbered].map(place);
        let count = |places: &[Option<u16>; 10]| places.iter().flatten().count();
        let best = places.into_iter().max_by_key(count)?;
        // The number alone is not enough: a cell of a table can say that too.
        (count(&best) >= 2).then_some(Self(best))
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

    /// The headings that are gone. Without the hidden column every row is asked about, so that one
    /// need not be named.
    pub fn lost<'a>(&self, form: &'a Form) -> Vec<&'a str> {
        let names = form_sheet::names(&form.numbered).into_iter();
        let lost = names.filter(|(_, it)| *it != column::ID && self.place(*it).is_none());
        lost.map(|(name, _)| name).collect()
    }
}
