//! A row of a form: what its cells say about an initiative.

use std::collections::HashMap;

use crate::{
    export::{
        handout::{
            origin::Origin,
            sheet::{self as form_sheet, column, shown},
        },
        outline::Outline,
        xlsx::sheet::{INK_RGB, INPUT_RGB},
    },
    import::book::{Cell, Sheet, reference},
    plan::{Edit, Form, Id, Outlook, Progress, TextField, Wording},
};

use super::Remark;

/// Where the fields of a row stand; a section may have put columns between them.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    pub number: u16,
    pub title: u16,
    pub target: u16,
    pub results: u16,
    pub outlook: u16,
    pub progress: u16,
    pub notes: u16,
    pub id: u16,
    previous: u16,
    comment: u16,
    /// The headings that were not found, by their columns as handed out.
    lost: u16,
}

impl Columns {
    /// Reads a row of headings; `None` for any other row.
    pub fn find(sheet: &Sheet, row: u32, form: &Form) -> Option<Self> {
        let cells: HashMap<&str, u16> = sheet
            .row(row)
            .map(|(column, cell)| (cell.text.text.trim(), column))
            .collect();
        cells.get(form_sheet::NUMBER)?;
        let wordings = [&form.numbered, &form.unnumbered];
        let has = |wording: &&Wording| {
            let names = form_sheet::names(wording);
            let found = names
                .iter()
                .filter(|(name, _)| cells.contains_key(name.trim()));
            found.count()
        };
        let wording = wordings.into_iter().max_by_key(has)?;
        // One heading more than the number: a row of a table can hold a word like that too.
        if has(&wording) < 2 {
            return None;
        }
        let mut lost = 0;
        let mut at = |wanted: u16| {
            let names = form_sheet::names(wording);
            let name = names.iter().find(|(_, column)| *column == wanted);
            let found = name.and_then(|(name, _)| cells.get(name.trim()));
            found.copied().unwrap_or_else(|| {
                lost |= 1 << wanted;
                wanted
            })
        };
        Some(Self {
            number: at(column::NUMBER),
            title: at(column::TITLE),
            target: at(column::TARGET),
            results: at(column::RESULTS),
            outlook: at(column::OUTLOOK),
            progress: at(column::PROGRESS),
            notes: at(column::NOTES),
            previous: at(column::PREVIOUS),
            comment: at(column::COMMENT),
            id: at(column::ID),
            lost,
        })
    }

    const fn inputs(&self) -> [u16; 4] {
        [self.results, self.outlook, self.progress, self.notes]
    }
}

/// What the locked cells of each row were handed out with.
pub struct Expected {
    previous: HashMap<Id, String>,
    comments: HashMap<Id, String>,
}

impl Expected {
    pub fn of(origin: &Origin, outline: &Outline<'_>) -> Self {
        let rows = outline.groups().flat_map(|group| &group.rows);
        Self {
            previous: rows
                .map(|row| (row.initiative.id, form_sheet::previous(row)))
                .collect(),
            comments: origin.comments.iter().cloned().collect(),
        }
    }
}

/// Reading the rows of a sheet, and what is to be said of them.
pub struct Reading<'a> {
    origin: &'a Origin,
    sheet: &'a Sheet,
    pub remarks: Vec<Remark>,
}

impl<'a> Reading<'a> {
    pub const fn new(origin: &'a Origin, sheet: &'a Sheet) -> Self {
        Self {
            origin,
            sheet,
            remarks: Vec::new(),
        }
    }

    pub fn place(&self, row: u32, column: u16) -> String {
        reference((row, column))
    }

    pub fn missing_headings(&mut self, columns: &Columns) {
        let names = form_sheet::names(&self.origin.form.numbered);
        for (name, column) in names {
            let is_lost = columns.lost & (1 << column) != 0;
            // Without the hidden column every row is asked about.
            if is_lost && column != column::ID {
                let remark = Remark::Heading(name.to_owned());
                if !self.remarks.contains(&remark) {
                    self.remarks.push(remark);
                }
            }
        }
    }

    /// Says of every text in a row where it is not expected.
    pub fn others(&mut self, row: u32, is_expected: impl Fn(u16) -> bool) {
        for (column, cell) in self.sheet.row(row) {
            if !is_expected(column) {
                self.remarks.push(Remark::Text {
                    place: reference((row, column)),
                    text: cell.text.text.clone(),
                });
            }
        }
    }

    /// Whether a row without an id looks like an initiative's: it has a title or something that
    /// was filled in, and not only one text somewhere.
    pub fn is_row(&self, row: u32, columns: &Columns) -> bool {
        let has = |column: u16| !self.sheet.text((row, column)).trim().is_empty();
        let inputs = columns.inputs().into_iter().filter(|&it| has(it)).count();
        has(columns.title) && (has(columns.number) || inputs > 0)
            || has(columns.number) && inputs > 0
    }

    /// What the locked cells of a row say that they did not say when it was handed out.
    pub fn locked(&mut self, row: u32, columns: &Columns, id: Id, expected: &Expected) {
        let base = &self.origin.base;
        let Some(initiative) = base.initiative(id) else {
            return;
        };
        let number = base
            .number(id)
            .map(|it| it.full_width())
            .unwrap_or_default();
        let nothing = String::new();
        let texts = [
            (columns.number, &number),
            (columns.title, &initiative.title),
            (columns.target, &initiative.target),
            (
                columns.previous,
                expected.previous.get(&id).unwrap_or(&nothing),
            ),
            (
                columns.comment,
                expected.comments.get(&id).unwrap_or(&nothing),
            ),
        ];
        let sheet = self.sheet;
        self.others(row, |column| {
            if column == columns.id || columns.inputs().contains(&column) {
                return true;
            }
            let text = texts.iter().find(|(it, _)| *it == column);
            text.is_some_and(|(_, text)| match shown(text) {
                Some(text) => text == sheet.text((row, column)),
                None => true,
            })
        });
    }

    /// The edits that make an initiative what its row says. A cell that says what it was handed out
    /// with changes nothing, whatever the plan's own text is.
    ///
    /// `like` is a node whose words for a status are those of the row.
    pub fn contents(&mut self, row: u32, columns: &Columns, id: Id, like: Id) -> Vec<Edit> {
        let initiative = self.origin.base.initiative(id);
        let mut edits = Vec::new();
        for (column, field) in [
            (columns.results, TextField::Results),
            (columns.notes, TextField::Notes),
        ] {
            self.look_at((row, column));
            let text = self.sheet.text((row, column));
            let before = initiative.map_or("", |it| it.text(field));
            if shown(before).is_some_and(|before| before != text) {
                edits.push(Edit::Text {
                    id,
                    field,
                    text: text.to_owned(),
                });
            }
        }
        let number = self.origin.base.number(like).unwrap_or_default();
        let wording = self.origin.form.wording(number);
        let status = initiative.map(|it| it.status).unwrap_or_default();
        let outlooks = [Outlook::OnTarget, Outlook::OffTarget];
        let outlooks = outlooks.map(|it| (wording.outlook(it), it));
        if let Some(outlook) = self.choice((row, columns.outlook), outlooks)
            && outlook != status.outlook
        {
            edits.push(Edit::Outlook { id, outlook });
        }
        let progresses = [Progress::OnSchedule, Progress::Behind];
        let progresses = progresses.map(|it| (wording.progress(it), it));
        if let Some(progress) = self.choice((row, columns.progress), progresses)
            && progress != status.progress
        {
            edits.push(Edit::Progress { id, progress });
        }
        edits
    }

    /// What was chosen; `None` where the cell says something else.
    fn choice<T: Copy>(&mut self, at: (u32, u16), words: [(&str, T); 2]) -> Option<Option<T>> {
        self.look_at(at);
        let text = self.sheet.text(at).trim();
        if text.is_empty() {
            return Some(None);
        }
        let chosen = words.iter().find(|(word, _)| word.trim() == text);
        if chosen.is_none() {
            self.remarks.push(Remark::Status {
                place: reference(at),
                text: text.to_owned(),
            });
        }
        chosen.map(|(_, it)| Some(*it))
    }

    /// Says what somebody did to the look of a cell that was to be filled in.
    fn look_at(&mut self, at: (u32, u16)) {
        let Some(cell) = self.sheet.cells.get(&at) else {
            return;
        };
        let place = || reference(at);
        let text = || cell.text.text.clone();
        let (struck, coloured) = marked(cell);
        let ground = cell.look.fill.as_deref();
        let remarks = [
            (!struck.is_empty()).then(|| Remark::Struck {
                place: place(),
                text: struck,
            }),
            (!coloured.is_empty()).then(|| Remark::Coloured {
                place: place(),
                text: coloured,
            }),
            ground
                .is_some_and(|ground| ground != format!("{INPUT_RGB:06X}"))
                .then(|| Remark::Ground { place: place() }),
            cell.is_formula.then(|| Remark::Formula {
                place: place(),
                text: text(),
            }),
            cell.is_date.then(|| Remark::Day {
                place: place(),
                text: text(),
            }),
        ];
        self.remarks.extend(remarks.into_iter().flatten());
    }
}

/// What of a cell's text is struck through, and what is written in a colour.
fn marked(cell: &Cell) -> (String, String) {
    let is_usual = |colour: &str| colour == format!("{INK_RGB:06X}") || colour == "000000";
    let (mut struck, mut coloured) = (String::new(), String::new());
    for run in &cell.text.runs {
        let ink = run.ink.as_ref().unwrap_or(&cell.look.ink);
        if run.text.trim().is_empty() {
            continue;
        }
        if ink.is_struck {
            struck.push_str(&run.text);
        }
        if ink
            .colour
            .as_deref()
            .is_some_and(|colour| !is_usual(colour))
        {
            coloured.push_str(&run.text);
        }
    }
    (struck, coloured)
}
