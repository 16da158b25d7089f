//! A row of a return: what its cells say about a node.

use std::collections::HashSet;

use crate::{
    export::{
        handout::{
            layout::{self, Content, Layout, is_asked},
            origin::Origin,
            sheet::{choice_name, said, shown},
        },
        xlsx::sheet::{INK_RGB, INPUT_RGB},
    },
    form::{Choice, Field, Key, Level},
    import::book::{Cell, Sheet, reference},
    plan::{Edit, Entry, Id, Node, folded},
};

use super::{Remark, columns::Columns, remark::beginning};

/// Of the texts that were handed out, so many bytes are copied for rows that ask for them again and
/// again: a row takes a few bytes in a file, and what it stands for may be long.
const MOST_COPIED: usize = 64 * 1024 * 1024;

/// Reading the rows of a sheet, and what is to be said of them.
pub struct Reading<'a> {
    origin: &'a Origin,
    pub layout: &'a Layout,
    sheet: &'a Sheet,
    pub remarks: Vec<Remark>,
    /// The headings whose loss is said.
    lost: HashSet<&'a str>,
    /// `None` once it is too much.
    copies_left: Option<usize>,
}

impl<'a> Reading<'a> {
    pub fn new(origin: &'a Origin, layout: &'a Layout, sheet: &'a Sheet) -> Self {
        Self {
            origin,
            layout,
            sheet,
            remarks: Vec::new(),
            lost: HashSet::new(),
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

    pub fn missing_headings(&mut self, columns: &Columns<'a>) {
        for name in columns.lost() {
            if self.lost.insert(name) {
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

    /// Whether a row without an id looks like one that was handed out: it has a title or something
    /// that was filled in, and not only one text somewhere.
    pub fn is_row(&self, row: u32, columns: &Columns<'a>) -> bool {
        let level = columns.level;
        let has = |content| {
            !columns
                .text(self.sheet, row, level, content)
                .trim()
                .is_empty()
        };
        let contents = self
            .layout
            .columns(level)
            .iter()
            .map(|column| column.content);
        let has_input = contents
            .filter(|it| matches!(it, Content::Asked(_)))
            .any(has);
        let (number, title) = (has(Content::Number), has(Content::Title));
        title && number || (title || number) && has_input
    }

    /// What the locked cells of a row say that they did not say when it was handed out.
    pub fn locked(&mut self, row: u32, columns: &Columns<'a>, id: Id) {
        let origin = self.origin;
        let Some(entry) = origin.base.entry(id) else {
            return;
        };
        let level = entry.node.level;
        let sheet = self.sheet;
        self.others(row, |place| match columns.at(level, place) {
            None => false,
            Some(Content::Asked(_) | Content::Id) => true,
            Some(content) => {
                let said = said(&origin.base, &entry, content, &origin.comments);
                // What is too long to be shown is locked, and says so.
                shown(&said).is_none_or(|said| said == sheet.text((row, place)))
            }
        });
        for column in self.layout.columns(level) {
            if let Content::Number | Content::Title | Content::Shown(_) = column.content
                && let Some(place) = columns.place(level, column.content)
            {
                self.look_at((row, place));
            }
        }
    }

    /// The edits that make a node what it was handed out as.
    pub fn as_handed_out(&mut self, id: Id) -> Vec<Edit> {
        let origin = self.origin;
        let Some(node) = origin.base.node(id) else {
            return Vec::new();
        };
        let fields = origin
            .base
            .level(node)
            .fields
            .iter()
            .filter(|field| is_asked(field));
        let mut edits = Vec::new();
        for field in fields {
            let at = origin.base.slot(field);
            let text = node.text(at);
            self.copy(text);
            if self.is_too_much() {
                return Vec::new();
            }
            edits.push(Edit::Text {
                id: Some(id),
                at,
                text: text.to_owned(),
            });
        }
        edits
    }

    /// The edits that make a node what its row says. A cell that says what it was handed out with
    /// changes nothing, whatever the plan's own text is.
    pub fn contents(&mut self, row: u32, columns: &Columns<'a>, entry: &Entry<'_>) -> Vec<Edit> {
        let level = self.origin.base.level(entry.node);
        let asked = level.fields.iter().filter(|field| is_asked(field));
        let fields = asked.map(|field| (Content::Asked(field.key), field));
        self.answers(row, columns, level, entry.node, fields.collect())
    }

    /// The edits that make a new node what its row says, also where what was handed out is locked.
    pub fn all_contents(&mut self, row: u32, columns: &Columns<'a>, node: &Node) -> Vec<Edit> {
        let level = self.origin.base.level(node);
        let content = |field: &Field| match is_asked(field) {
            true => Content::Asked(field.key),
            false => Content::Shown(field.key),
        };
        let fields = level.fields.iter().map(|field| (content(field), field));
        self.answers(row, columns, level, node, fields.collect())
    }

    fn answers(
        &mut self,
        row: u32,
        columns: &Columns<'a>,
        level: &Level,
        node: &Node,
        fields: Vec<(Content, &Field)>,
    ) -> Vec<Edit> {
        let review = self.origin.base.review();
        let mut edits = Vec::new();
        for (content, field) in fields {
            let Some(place) = columns.place(level.key, content) else {
                continue;
            };
            self.look_at((row, place));
            let text = self.sheet.text((row, place));
            let before = layout::text(node, field, review);
            self.copy(before);
            if self.is_too_much() {
                return Vec::new();
            }
            let is_changed = shown(before).is_some_and(|before| before != text);
            let is_changed = is_changed && !self.has_no_result((row, place));
            let answer = match field.is_choice() {
                _ if !is_changed => None,
                true => self
                    .chosen((row, place), level, field)
                    .map(|key| key.to_string()),
                false => Some(text.to_owned()),
            };
            if let Some(text) = answer
                && text != node.text(field.slot(review))
            {
                edits.push(Edit::Text {
                    id: Some(node.id),
                    at: field.slot(review),
                    text,
                });
            }
        }
        edits
    }

    /// The key of what was chosen; `None` where the cell says something else.
    fn chosen(&mut self, at: (u32, u16), level: &Level, field: &Field) -> Option<Key> {
        let text = self.sheet.text(at).trim();
        if text.is_empty() {
            return Some(Key::NONE);
        }
        let choices = || field.choices().iter();
        let is_same = |choice: &&Choice| choice.words.trim() == text;
        // Who types it may type it in the other width.
        let is_alike = |choice: &&Choice| folded(choice.words.trim()) == folded(text);
        let chosen = choices().find(is_same);
        let chosen = chosen.or_else(|| choices().find(is_alike));
        if chosen.is_none() {
            self.remarks.push(Remark::Choice {
                place: reference(at),
                name: choice_name(level, field).to_owned(),
                text: beginning(text),
            });
        }
        chosen.map(|choice| choice.key)
    }

    /// Whether a cell is a formula without a result: a program that does not compute has written it.
    fn has_no_result(&self, at: (u32, u16)) -> bool {
        let cell = self.sheet.cells.get(&at);
        cell.is_some_and(|cell| cell.is_formula && cell.text.text.is_empty())
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
            cell.is_formula.then(|| match cell.text.text.is_empty() {
                true => Remark::NoResult { place: place() },
                false => Remark::Formula {
                    place: place(),
                    text: text(),
                },
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
