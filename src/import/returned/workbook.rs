//! A return's workbook: where its table is, which row is which node.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use crate::{
    export::{
        changes::words::node_name,
        handout::{
            layout::{self, Content, Layout},
            origin::{self, Origin, OriginError},
            sheet::{self as form_sheet, shown},
        },
    },
    form::half_width,
    import::book::{Book, BookError, Sheet, reference},
    plan::{Edit, Entry, Id, Node, Plan, parse_number},
    storage::new_id,
};

use super::{
    Doubt, Question, Reason, Remark, Returned,
    columns::{Columns, Headings},
    remark::beginning,
    row::Reading,
};

pub fn read(bytes: &[u8]) -> Result<Returned, Reason> {
    let book = Book::read(bytes)?;
    let hidden = book.sheets.iter().find(|sheet| sheet.name == origin::SHEET);
    let hidden = hidden.ok_or(OriginError::Missing)?;
    let rows = hidden.rows().into_iter();
    let rows = rows.map(|row| (hidden.text((row, 0)), hidden.text((row, 1))));
    let origin = Origin::read(rows)?;
    let layout = Layout::of(&origin.base, &origin.owner);
    let sheet = table(&book, &layout).ok_or(Reason::NoTable)?;
    let reading = Reading::new(&origin, &layout, sheet);
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
        // Each is a field of a node that the base has.
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
fn table<'a>(book: &'a Book, layout: &Layout) -> Option<&'a Sheet> {
    let headings = Headings::of(layout);
    let has_table = |sheet: &&Sheet| {
        let mut rows = sheet.rows().into_iter();
        rows.any(|row| headings.find(sheet, row).is_some())
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
    /// The rows that do not, each with its columns and what stands last above it.
    later: Vec<(u32, Rc<Columns<'a>>, Option<Id>)>,
    edits: Vec<Edit>,
    questions: Vec<Question>,
}

impl<'a> Reader<'a> {
    /// The nodes that were handed out.
    fn handed_out(&self) -> impl Iterator<Item = Entry<'a>> {
        layout::rows(&self.origin.base, &self.origin.owner)
    }

    fn rows(&mut self) -> Result<(), Reason> {
        let base = &self.origin.base;
        let handed_out: HashSet<Id> = self.handed_out().map(|entry| entry.node.id).collect();
        let above_rows = base
            .nodes()
            .filter(|entry| !handed_out.contains(&entry.node.id));
        let mut headings: HashMap<String, Id> = HashMap::new();
        for entry in above_rows {
            headings.insert(form_sheet::heading(base, &entry), entry.node.id);
        }
        let names = Headings::of(self.reading.layout);
        let mut columns: Option<Rc<Columns<'_>>> = None;
        let mut above = None;
        for row in self.sheet.rows() {
            if self.reading.is_too_much() {
                return Err(BookError::TooLarge.into());
            }
            if let Some(found) = names.find(self.sheet, row) {
                self.reading.missing_headings(&found);
                columns = Some(Rc::new(found));
                continue;
            }
            let first = self.sheet.text((row, 0));
            if let Some(id) = headings.get(first) {
                above = Some(*id);
                self.reading.others(row, |column| column == 0);
                continue;
            }
            let Some(columns) = &columns else {
                let is_own = form_sheet::is_above(self.reading.layout, first);
                self.reading.others(row, |column| column == 0 && is_own);
                continue;
            };
            let id = columns
                .text(self.sheet, row, columns.level, Content::Id)
                .trim();
            let id = id.parse::<Id>().ok();
            match id
                .filter(|id| handed_out.contains(id))
                .and_then(|id| base.entry(id))
            {
                Some(entry) => {
                    above = Some(entry.node.id);
                    self.row_with_id(row, columns, &entry);
                }
                None if self.reading.is_row(row, columns) => {
                    self.later.push((row, Rc::clone(columns), above));
                }
                None => self.reading.others(row, |_| false),
            }
        }
        Ok(())
    }

    fn row_with_id(&mut self, row: u32, columns: &Columns<'a>, entry: &Entry<'a>) {
        let (id, level) = (entry.node.id, entry.node.level);
        let contents = self.reading.contents(row, columns, entry);
        let place = Reading::place(row);
        if self.known.contains_key(&id) {
            self.twice(place, id, contents);
            return;
        }
        self.known.insert(id, row);
        self.order.push(id);
        let number = columns.text(self.sheet, row, level, Content::Number).trim();
        let title = columns.text(self.sheet, row, level, Content::Title);
        let printed = entry.number().printed(self.origin.base.form());
        let says_another = !number.is_empty()
            && half_width(&printed) != half_width(number)
            && !is_title(entry.node, title);
        if says_another {
            let says = format!("{number} {}", title.replace('\n', " "));
            let doubt = Doubt::Renamed { place, id, says };
            let edit = Edit::Group(contents);
            self.questions.push(Question { doubt, edit });
            return;
        }
        self.reading.locked(row, columns, id);
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

    fn rows_without_id(&mut self) {
        let later = std::mem::take(&mut self.later);
        if later.is_empty() {
            return;
        }
        let names = Names::of(&self.origin.base, self.handed_out());
        let mut taken: HashSet<Id> = self.known.keys().copied().collect();
        for (row, columns, above) in later {
            if self.reading.is_too_much() {
                return;
            }
            let text = |content| {
                columns
                    .text(self.sheet, row, columns.level, content)
                    .to_owned()
            };
            let number = text(Content::Number).trim().to_owned();
            let title = text(Content::Title);
            let place = Reading::place(row);
            let known = names.recognise(&number, &title);
            let (doubt, edit) = match known.and_then(|id| self.origin.base.entry(id)) {
                Some(entry) => {
                    let id = entry.node.id;
                    let contents = self.reading.contents(row, &columns, &entry);
                    if !taken.insert(id) {
                        self.twice(place, id, contents);
                        continue;
                    }
                    (Doubt::Recognised { place, id }, Edit::Group(contents))
                }
                None => {
                    let Some(edit) = self.new_node(row, &columns, above, &number, &title) else {
                        self.reading.others(row, |_| false);
                        continue;
                    };
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

    /// The edit that adds what a row says. `None` where nothing above it can hold it.
    fn new_node(
        &mut self,
        row: u32,
        columns: &Columns<'a>,
        above: Option<Id>,
        number: &str,
        title: &str,
    ) -> Option<Edit> {
        let base = &self.origin.base;
        let level = columns.level;
        let places = above
            .into_iter()
            .chain(above.into_iter().flat_map(|id| base.ancestors(id)));
        let mut places = places.map(Some).chain([None]);
        let parent = places.find(|place| base.can_hold(*place, level))?;
        let siblings = base.children(parent);
        let numbering = &base.form().level(level).number;
        let last = half_width(number);
        let last = last
            .rsplit(|c: char| !c.is_ascii_digit())
            .find_map(parse_number);
        let next = u32::try_from(siblings.len() + 1).unwrap_or(u32::MAX);
        let owner = self.origin.owner.clone();
        self.reading.copy(&owner);
        let node = Node {
            number: numbering.has_own().then_some(last.unwrap_or(next)),
            title: title.to_owned(),
            owner,
            ..Node::new(new_id(), level)
        };
        let contents = self.reading.all_contents(row, columns, &node);
        let mut edits = vec![Edit::Insert {
            parent,
            position: siblings.len(),
            branch: Arc::new(node),
        }];
        edits.extend(contents);
        Some(Edit::Group(edits))
    }

    /// Asks about what has no row any more, with all that is in it.
    fn missing(&mut self) {
        let base = &self.origin.base;
        let handed_out: Vec<Entry<'_>> = self.handed_out().collect();
        for entry in handed_out {
            let id = entry.node.id;
            if self.known.contains_key(&id) {
                continue;
            }
            // What is in it would go too.
            if entry
                .node
                .below()
                .any(|node| self.known.contains_key(&node.id))
            {
                let name = node_name(base, id);
                self.reading.remarks.push(Remark::Row(name));
                continue;
            }
            self.questions.push(Question {
                doubt: Doubt::Missing { id },
                edit: Edit::Remove { id },
            });
        }
    }

    /// Whether the rows of what stands in one node are in the order in which they were handed out.
    fn order(&mut self) {
        let base = &self.origin.base;
        let mut parents: Vec<Option<Id>> = Vec::new();
        let mut rows: HashMap<Option<Id>, Vec<Id>> = HashMap::new();
        for id in &self.order {
            let parent = base.parent(*id);
            let wanted = rows.entry(parent).or_default();
            if wanted.is_empty() {
                parents.push(parent);
            }
            wanted.push(*id);
        }
        for parent in parents {
            let wanted = rows.remove(&parent).unwrap_or_default();
            let known: HashSet<Id> = wanted.iter().copied().collect();
            let siblings = base.children(parent).iter().map(|node| node.id);
            let siblings: Vec<Id> = siblings.collect();
            let was = siblings.iter().filter(|id| known.contains(id));
            if was.eq(&wanted) {
                continue;
            }
            // What is no row stays between them where it is.
            let mut next = wanted.iter().copied();
            let order = siblings.iter().filter_map(|id| match known.contains(id) {
                true => next.next(),
                false => Some(*id),
            });
            let moves = order.enumerate().map(|(position, id)| Edit::Move {
                id,
                parent,
                position,
            });
            self.questions.push(Question {
                doubt: Doubt::Reordered { parent },
                edit: Edit::Group(moves.collect()),
            });
        }
    }
}

fn is_title(node: &Node, title: &str) -> bool {
    shown(&node.title).as_deref().map(str::trim) == Some(title.trim())
}

/// By what a row is recognised that has lost its id: the nodes by their numbers, by their titles as
/// they are shown, and by both, each with its place in the plan. Of several, the first.
struct Names {
    by_number: HashMap<String, (usize, Id)>,
    by_title: HashMap<String, (usize, Id)>,
    by_both: HashMap<(String, String), Id>,
}

impl Names {
    fn of<'a>(base: &Plan, rows: impl Iterator<Item = Entry<'a>>) -> Self {
        let mut names = Self {
            by_number: HashMap::new(),
            by_title: HashMap::new(),
            by_both: HashMap::new(),
        };
        for (place, entry) in rows.enumerate() {
            let id = entry.node.id;
            let number = entry.number().half_width(base.form());
            if !number.is_empty() {
                names.by_number.entry(number.clone()).or_insert((place, id));
            }
            let Some(title) = shown(&entry.node.title) else {
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

    /// The node that bears this number and this title, or else one of the two.
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
