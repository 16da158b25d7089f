//! A row of a return: what its cells say about an initiative.

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
    plan::{Edit, Id, Outlook, Progress, Status, TextField, Wording},
};

use super::{
    Remark,
    columns::{COLUMNS, Columns, INPUTS},
    remark::beginning,
};

/// Of the texts that were handed out, so many bytes are copied for rows that ask for them again and
/// again: a row takes a few bytes in a file, and what it stands for may be long.
const MOST_COPIED: usize = 64 * 1024 * 1024;

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

/// The words for each axis, as they are compared.
#[derive(Clone, Copy)]
struct Words<'a> {
    outlooks: [(&'a str, Outlook); 2],
    progresses: [(&'a str, Progress); 2],
}

impl<'a> Words<'a> {
    fn of(wording: &'a Wording) -> Self {
        let outlooks = [Outlook::OnTarget, Outlook::OffTarget];
        let progresses = [Progress::OnSchedule, Progress::Behind];
        Self {
            outlooks: outlooks.map(|it| (wording.outlook(it).trim(), it)),
            progresses: progresses.map(|it| (wording.progress(it).trim(), it)),
        }
    }
}

/// Reading the rows of a sheet, and what is to be said of them.
pub struct Reading<'a> {
    origin: &'a Origin,
    sheet: &'a Sheet,
    pub remarks: Vec<Remark>,
    /// Whether the loss of each column's heading is said.
    lost: [bool; COLUMNS],
    /// The words for a state, of the numbered part and of the other one.
    words: [Words<'a>; 2],
    /// `None` once it is too much.
    copies_left: Option<usize>,
}

impl<'a> Reading<'a> {
    pub fn new(origin: &'a Origin, sheet: &'a Sheet) -> Self {
        Self {
            origin,
            sheet,
            remarks: Vec::new(),
            lost: [false; COLUMNS],
            words: [&origin.form.numbered, &origin.form.unnumbered].map(Words::of),
            copies_left: Some(MOST_COPIED),
        }
    }

    /// Counts a text that is copied.
    pub fn copy(&mut self, text: &str) {
        self.copies_left = self.copies_left.and_then(|it| it.checked_sub(text.len()));
    }

    /// Whether more was copied than any handout needs; what was read since is not whole.
    pub const fn is_too_much(&self) -> bool {
        self.copies_left.is_none()
    }

    /// Where a row stands, by its first cell.
    pub fn place(row: u32) -> String {
        reference((row, 0))
    }

    pub fn missing_headings(&mut self, columns: &Columns) {
        for (name, column) in columns.lost(&self.origin.form) {
            let Some(is_said) = self.lost.get_mut(usize::from(column)) else {
                continue;
            };
            if !std::mem::replace(is_said, true) {
                self.remarks.push(Remark::Heading(name.to_owned()));
            }
        }
    }

    /// Says of every text in a row where it is not expected.
    pub fn others(&mut self, row: u32, is_expected: impl Fn(u16) -> bool) {
        for (column, cell) in self.sheet.row(row) {
            if !is_expected(column) {
                self.remarks.push(Remark::Text {
                    place: reference((row, column)),
                    text: beginning(&cell.text.text),
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
    pub fn as_handed_out(&mut self, id: Id) -> Vec<Edit> {
        let origin = self.origin;
        let Some(initiative) = origin.base.initiative(id) else {
            return Vec::new();
        };
        self.copy(&initiative.results);
        self.copy(&initiative.notes);
        if self.is_too_much() {
            return Vec::new();
        }
        let Status { outlook, progress } = initiative.status;
        let text = |field| Edit::Text {
            id,
            field,
            text: initiative.text(field).to_owned(),
        };
        vec![
            text(TextField::Results),
            Edit::Outlook { id, outlook },
            Edit::Progress { id, progress },
            text(TextField::Notes),
        ]
    }

    /// The edits that make an initiative what its row says. A cell that says what it was handed out
    /// with changes nothing, whatever the plan's own text is.
    ///
    /// `like` is a node whose words for a status are those of the row.
    pub fn contents(&mut self, row: u32, columns: &Columns, id: Id, like: Id) -> Vec<Edit> {
        let origin = self.origin;
        let initiative = origin.base.initiative(id);
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
            self.copy(before);
            if self.is_too_much() {
                return Vec::new();
            }
            if shown(before).is_some_and(|before| before != text) {
                edits.push(Edit::Text {
                    id,
                    field,
                    text: text.to_owned(),
                });
            }
        }
        let number = self.origin.base.number(like).unwrap_or_default();
        let [numbered, unnumbered] = self.words;
        let words = number.issue.map_or(unnumbered, |_| numbered);
        let status = initiative.map(|it| it.status).unwrap_or_default();
        let at = |column| columns.place(column).map(|place| (row, place));
        if let Some(outlook) = self.choice(at(column::OUTLOOK), words.outlooks)
            && outlook != status.outlook
        {
            edits.push(Edit::Outlook { id, outlook });
        }
        if let Some(progress) = self.choice(at(column::PROGRESS), words.progresses)
            && progress != status.progress
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
        let chosen = words.iter().find(|(word, _)| *word == text);
        if chosen.is_none() {
            self.remarks.push(Remark::Status {
                place: reference(at),
                text: beginning(text),
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
        let text = || beginning(&cell.text.text);
        let (struck, coloured) = marked(cell);
        let ground = cell.look.fill.as_deref();
        let remarks = [
            (!struck.is_empty()).then(|| Remark::Struck {
                place: place(),
                text: beginning(&struck),
            }),
            (!coloured.is_empty()).then(|| Remark::Coloured {
                place: place(),
                text: beginning(&coloured),
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
