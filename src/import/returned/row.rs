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
    plan::{Edit, Id, Outlook, Progress, Status, TextField},
};

use super::{
    Remark,
    columns::{Columns, INPUTS},
};

/// What the locked cells of each row were handed out with.
pub struct Expected {
    previous: HashMap<Id, String>,
    comments: HashMap<Id, String>,
}

impl Expected {
    pub fn of(origin: &Origin, outline: &Outline<'_>) -> Self {
        let rows = outline.tables().flat_map(|table| &table.rows);
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

    /// Where a row stands, by its first cell.
    pub fn place(row: u32) -> String {
        reference((row, 0))
    }

    pub fn missing_headings(&mut self, columns: &Columns) {
        for name in columns.lost(&self.origin.form) {
            let remark = Remark::Heading(name.to_owned());
            if !self.remarks.contains(&remark) {
                self.remarks.push(remark);
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
        let has = |column| !columns.text(self.sheet, row, column).trim().is_empty();
        let has_input = INPUTS.into_iter().any(has);
        let (number, title) = (has(column::NUMBER), has(column::TITLE));
        title && number || (title || number) && has_input
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
        let texts = |column| match column {
            column::NUMBER => Some(&number),
            column::TITLE => Some(&initiative.title),
            column::TARGET => Some(&initiative.target),
            column::PREVIOUS => expected.previous.get(&id).or(Some(&nothing)),
            column::COMMENT => expected.comments.get(&id).or(Some(&nothing)),
            _ => None,
        };
        let sheet = self.sheet;
        self.others(row, |place| match columns.at(place) {
            None => false,
            Some(column) => match texts(column).map(|text| shown(text)) {
                // What is too long to be shown is locked, and says so.
                Some(Some(text)) => text == sheet.text((row, place)),
                Some(None) | None => true,
            },
        });
        for column in [column::NUMBER, column::TITLE, column::TARGET] {
            if let Some(place) = columns.place(column) {
                self.look_at((row, place));
            }
        }
    }

    /// The edits that make an initiative what it was handed out as.
    pub fn as_handed_out(&self, id: Id) -> Vec<Edit> {
        let initiative = self.origin.base.initiative(id);
        initiative.map_or(Vec::new(), |it| {
            let Status { outlook, progress } = it.status;
            let text = |field| Edit::Text {
                id,
                field,
                text: it.text(field).to_owned(),
            };
            vec![
                text(TextField::Results),
                Edit::Outlook { id, outlook },
                Edit::Progress { id, progress },
                text(TextField::Notes),
            ]
        })
    }

    /// The edits that make an initiative what its row says. A cell that says what it was handed out
    /// with changes nothing, whatever the plan's own text is.
    ///
    /// `like` is a node whose words for a status are those of the row.
    pub fn contents(&mut self, row: u32, columns: &Columns, id: Id, like: Id) -> Vec<Edit> {
        let initiative = self.origin.base.initiative(id);
        let mut edits = Vec::new();
        for (column, field) in [
            (column::RESULTS, TextField::Results),
            (column::NOTES, TextField::Notes),
        ] {
            let Some(place) = columns.place(column) else {
                continue;
            };
            self.look_at((row, place));
            let text = self.sheet.text((row, place));
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
        let outlooks = Outlook::ALL.map(|it| (wording.outlook(it), it));
        if let Some(outlook) = self.choice(
            columns.place(column::OUTLOOK).map(|place| (row, place)),
            outlooks,
        ) && outlook != status.outlook
        {
            edits.push(Edit::Outlook { id, outlook });
        }
        let progresses = Progress::ALL.map(|it| (wording.progress(it), it));
        if let Some(progress) = self.choice(
            columns.place(column::PROGRESS).map(|place| (row, place)),
            progresses,
        ) && progress != status.progress
        {
            edits.push(Edit::Progress { id, progress });
        }
        edits
    }

    /// What was chosen; `None` where the cell says something else, or is not there.
    fn choice<T: Copy>(
        &mut self,
        at: Option<(u32, u16)>,
        words: [(&str, T); 2],
    ) -> Option<Option<T>> {
        let at = at?;
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

    /// Says what somebody did to the look of a cell.
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
