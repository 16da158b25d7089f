//! A return's workbook: where its table is, which row is which initiative.

use std::collections::{HashMap, HashSet};

use crate::{
    export::{
        handout::{
            origin::{self, Origin, OriginError},
            sheet::{self as form_sheet, column},
        },
        outline::Outline,
    },
    import::book::{Book, BookError, Sheet, reference},
    plan::{Branch, Edit, Id, Initiative, Plan, half_width, parse_number},
    storage::new_id,
};

use super::{
    Doubt, Question, Reason, Remark, Returned,
    columns::{Columns, Headings},
    remark::beginning,
    row::{Expected, Reading},
};

pub fn read(bytes: &[u8]) -> Result<Returned, Reason> {
    let book = Book::read(bytes)?;
    let hidden = book.sheets.iter().find(|sheet| sheet.name == origin::SHEET);
    let hidden = hidden.ok_or(OriginError::Missing)?;
    let rows = hidden.rows().into_iter();
    let rows = rows.map(|row| (hidden.text((row, 0)), hidden.text((row, 1))));
    let origin = Origin::read(rows)?;
    let sheet = table(&book).ok_or(Reason::NoTable)?;
    let reading = Reading::new(&origin, sheet);
    let mut reader = Reader {
        origin: &origin,
        sheet,
        reading,
        known: HashMap::new(),
        order: Vec::new(),
        later: Vec::new(),
        edits: Vec::new(),
        questions: Vec::new(),
    };
    reader.rows()?;
    reader.rows_without_id();
    if reader.reading.is_too_much() {
        return Err(BookError::TooLarge.into());
    }
    reader.missing();
    reader.order();
    let Reader {
        reading,
        edits,
        questions,
        ..
    } = reader;
    let mut remarks = reading.remarks;
    remarks.extend(around(&book, sheet));
    let mut certain = origin.base.clone();
    for edit in &edits {
        // Each is a field of an initiative that the base has.
        let _fits = certain.apply(edit);
    }
    Ok(Returned {
        owner: origin.owner,
        plan_id: origin.plan,
        edition: origin.edition,
        base: origin.base,
        questions,
        remarks,
        certain,
    })
}

/// The sheet to fill in, by its name, or else the first in which a table begins.
fn table(book: &Book) -> Option<&Sheet> {
    let has_table = |sheet: &&Sheet| {
        let mut cells = sheet.cells.values();
        cells.any(|cell| cell.text.text.trim() == form_sheet::NUMBER)
    };
    let visible = || book.sheets.iter().filter(|sheet| !sheet.is_hidden);
    let named = visible().find(|sheet| sheet.name == form_sheet::SHEET);
    named
        .filter(has_table)
        .or_else(|| visible().find(has_table))
}

/// What there is in the workbook beside the table.
fn around(book: &Book, table: &Sheet) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for sheet in &book.sheets {
        let notes = sheet.notes.iter().map(|note| Remark::Note {
            place: format!("{}!{}", sheet.name, reference(note.at)),
            text: beginning(&note.text),
        });
        remarks.extend(notes);
        let is_own = sheet.name == table.name || sheet.name == origin::SHEET;
        if !is_own && let Some(cell) = sheet.cells.values().next() {
            remarks.push(Remark::Sheet {
                name: sheet.name.clone(),
                text: beginning(&cell.text.text),
            });
        }
    }
    remarks.extend(book.has_links.then_some(Remark::Links));
    remarks.extend(book.has_drawings.then_some(Remark::Drawings));
    remarks
}

struct Reader<'a> {
    origin: &'a Origin,
    sheet: &'a Sheet,
    reading: Reading<'a>,
    /// The rows that bear their id.
    known: HashMap<Id, u32>,
    /// The ids in the order of the rows.
    order: Vec<Id>,
    /// The rows that do not, each with its columns and the node in which a new row would stand.
    later: Vec<(u32, Columns, Option<Id>)>,
    edits: Vec<Edit>,
    questions: Vec<Question>,
}

impl Reader<'_> {
    fn rows(&mut self) -> Result<(), Reason> {
        let base = &self.origin.base;
        let outline = Outline::of(base, None, &self.origin.form).map_err(|_| Reason::NoTable)?;
        let mut headings: HashMap<String, Id> = HashMap::new();
        for chapter in &outline.chapters {
            headings.insert(form_sheet::line(&chapter.heading), chapter.issue.id);
            for strategy in chapter.tables.iter().filter_map(|it| it.strategy.as_ref()) {
                headings.insert(form_sheet::line(&strategy.text), strategy.strategy.id);
            }
        }
        let expected = Expected::of(self.origin, &outline);
        let names = Headings::of(&self.origin.form);
        let mut columns = None;
        let mut above = None;
        for row in self.sheet.rows() {
            if self.reading.is_too_much() {
                return Err(BookError::TooLarge.into());
            }
            if let Some(found) = Columns::find(self.sheet, row, &names) {
                self.reading.missing_headings(&found);
                columns = Some(found);
                continue;
            }
            let first = self.sheet.text((row, 0));
            if let Some(id) = headings.get(first) {
                above = Some(*id);
                self.reading.others(row, |column| column == 0);
                continue;
            }
            let Some(columns) = columns else {
                let is_own = form_sheet::is_above(first);
                self.reading.others(row, |column| column == 0 && is_own);
                continue;
            };
            let id = columns.text(self.sheet, row, column::ID).trim();
            let id = id.parse::<Id>().ok();
            match id.filter(|id| base.initiative(*id).is_some()) {
                Some(id) => {
                    above = base.parent(id).or(above);
                    self.row_with_id(row, &columns, id, &expected);
                }
                None if self.reading.is_row(row, &columns) => {
                    self.later.push((row, columns, above));
                }
                None => self.reading.others(row, |_| false),
            }
        }
        Ok(())
    }

    fn row_with_id(&mut self, row: u32, columns: &Columns, id: Id, expected: &Expected) {
        let contents = self.reading.contents(row, columns, id, id);
        let place = Reading::place(row);
        if self.known.contains_key(&id) {
            self.twice(place, id, contents);
            return;
        }
        self.known.insert(id, row);
        self.order.push(id);
        let number = columns.text(self.sheet, row, column::NUMBER);
        let title = columns.text(self.sheet, row, column::TITLE);
        let base = &self.origin.base;
        let says_another = !number.trim().is_empty()
            && base.number(id).map(|it| it.half_width()) != Some(half_width(number.trim()))
            && !self.is_title(id, title);
        if says_another {
            let says = format!("{} {}", number.trim(), title.replace('\n', " "));
            let doubt = Doubt::Renamed { place, id, says };
            let edit = Edit::Group(contents);
            self.questions.push(Question { doubt, edit });
            return;
        }
        self.reading.locked(row, columns, id, expected);
        self.edits.extend(contents);
    }

    /// A second row, which takes the place of the first one if she says so.
    fn twice(&mut self, place: String, id: Id, contents: Vec<Edit>) {
        let mut edits = self.reading.as_handed_out(id);
        edits.extend(contents);
        self.questions.push(Question {
            doubt: Doubt::Twice { place, id },
            edit: Edit::Group(edits),
        });
    }

    fn is_title(&self, id: Id, title: &str) -> bool {
        let own = self.origin.base.node(id).map(|node| node.title());
        own.and_then(form_sheet::shown).as_deref().map(str::trim) == Some(title.trim())
    }

    fn rows_without_id(&mut self) {
        let later = std::mem::take(&mut self.later);
        if later.is_empty() {
            return;
        }
        let names = Names::of(&self.origin.base);
        let mut taken: HashSet<Id> = self.known.keys().copied().collect();
        for (row, columns, above) in later {
            if self.reading.is_too_much() {
                return;
            }
            let number = columns.text(self.sheet, row, column::NUMBER).trim();
            let number = number.to_owned();
            let title = columns.text(self.sheet, row, column::TITLE).to_owned();
            let place = Reading::place(row);
            let (doubt, edit) = match names.recognise(&number, &title) {
                Some(id) => {
                    let contents = self.reading.contents(row, &columns, id, id);
                    if !taken.insert(id) {
                        self.twice(place, id, contents);
                        continue;
                    }
                    (Doubt::Recognised { place, id }, Edit::Group(contents))
                }
                None => {
                    let edit = self.new_initiative(row, &columns, above, &number, &title);
                    let doubt = Doubt::Added {
                        place,
                        number,
                        title,
                    };
                    (doubt, edit)
                }
            };
            self.questions.push(Question { doubt, edit });
        }
        self.known
            .extend(taken.into_iter().map(|id| (id, u32::MAX)));
    }

    fn new_initiative(
        &mut self,
        row: u32,
        columns: &Columns,
        above: Option<Id>,
        number: &str,
        title: &str,
    ) -> Edit {
        let id = new_id();
        let last = half_width(number);
        let last = last.rsplit('-').next().and_then(parse_number);
        let base = &self.origin.base;
        let siblings = above.and_then(|above| base.node(above));
        let siblings = siblings.map_or(0, |node| node.count());
        let next = u32::try_from(siblings + 1).unwrap_or(u32::MAX);
        self.reading.copy(&self.origin.owner);
        let mut edits = vec![Edit::Insert {
            parent: above,
            position: siblings,
            branch: Branch::Initiative(
                Initiative {
                    title: title.to_owned(),
                    owner: self.origin.owner.clone(),
                    target: columns.text(self.sheet, row, column::TARGET).to_owned(),
                    ..Initiative::new(id, last.unwrap_or(next))
                }
                .into(),
            ),
        }];
        edits.extend(self.reading.contents(row, columns, id, above.unwrap_or(id)));
        Edit::Group(edits)
    }

    fn missing(&mut self) {
        for entry in self.origin.base.entries() {
            let id = entry.initiative.id;
            if !self.known.contains_key(&id) {
                self.questions.push(Question {
                    doubt: Doubt::Missing { id },
                    edit: Edit::Remove { id },
                });
            }
        }
    }

    /// Whether the rows of one strategy stand in the order in which they were handed out.
    fn order(&mut self) {
        let base = &self.origin.base;
        let mut parents: Vec<Id> = Vec::new();
        let mut rows: HashMap<Id, Vec<Id>> = HashMap::new();
        for id in &self.order {
            let Some(parent) = base.parent(*id) else {
                continue;
            };
            let wanted = rows.entry(parent).or_default();
            if wanted.is_empty() {
                parents.push(parent);
            }
            wanted.push(*id);
        }
        for parent in parents {
            let wanted = rows.remove(&parent).unwrap_or_default();
            let Some(first) = wanted.first() else {
                continue;
            };
            let known: HashSet<Id> = wanted.iter().copied().collect();
            let mut was = base.siblings(*first);
            was.retain(|id| known.contains(id));
            if was == wanted {
                continue;
            }
            let moves = wanted.iter().enumerate().map(|(position, &id)| Edit::Move {
                id,
                parent: Some(parent),
                position,
            });
            self.questions.push(Question {
                doubt: Doubt::Reordered { parent },
                edit: Edit::Group(moves.collect()),
            });
        }
    }
}

/// By what a row is recognised that has lost its id: the initiatives by their numbers, by their
/// titles as they are shown, and by both, each with its place in the plan. Of several, the first.
struct Names {
    by_number: HashMap<String, (usize, Id)>,
    by_title: HashMap<String, (usize, Id)>,
    by_both: HashMap<(String, String), Id>,
}

impl Names {
    fn of(base: &Plan) -> Self {
        let mut names = Self {
            by_number: HashMap::new(),
            by_title: HashMap::new(),
            by_both: HashMap::new(),
        };
        for (place, entry) in base.entries().enumerate() {
            let id = entry.initiative.id;
            let number = entry.number().half_width();
            names.by_number.entry(number.clone()).or_insert((place, id));
            let Some(title) = form_sheet::shown(&entry.initiative.title) else {
                continue;
            };
            let title = title.trim().to_owned();
            if !title.is_empty() {
                names.by_title.entry(title.clone()).or_insert((place, id));
                names.by_both.entry((number, title)).or_insert(id);
            }
        }
        names
    }

    /// The initiative that bears this number and this title, or else one of the two.
    fn recognise(&self, number: &str, title: &str) -> Option<Id> {
        let number = half_width(number.trim());
        let title = title.trim();
        let by_number = self.by_number.get(&number).copied();
        let by_title = self.by_title.get(title).copied();
        let both = (number, title.to_owned());
        self.by_both.get(&both).copied().or_else(|| {
            let first = by_number.into_iter().chain(by_title).min();
            first.map(|(_, id)| id)
        })
    }
}
