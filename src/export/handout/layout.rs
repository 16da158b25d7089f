//! The columns of a handout: what stands in them for each level whose nodes are asked about, by the
//! keys of its fields.
//!
//! A level's columns have headings of their own above its rows, but what is to be filled in begins in
//! the same column for all of them.

use std::sync::Arc;

use crate::{
    form::{Field, Filler, Form, Key, Level, Needed, Slot},
    plan::{Entry, Node, Plan, handout::is_filled_in_by},
};

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    Number,
    Title,
    /// A field that is only shown: what is planned once, and what the office says.
    Shown(Key),
    /// What the section said before.
    Previous,
    /// A field that the section fills in.
    Asked(Key),
    Comment,
    /// Hidden.
    Id,
}

/// A column of a level.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub content: Content,
    pub heading: String,
    /// Where it stands in the sheet.
    pub place: u16,
    /// In half-width characters.
    pub width: f64,
}

/// The answers to choose from for a field of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub level: Key,
    pub field: Key,
    pub words: Vec<String>,
}

/// The columns of a handout.
#[derive(Debug, Clone)]
pub struct Layout {
    form: Arc<Form>,
    levels: Vec<(Key, Vec<Column>)>,
    /// Of each column of the sheet, in half-width characters.
    pub widths: Vec<f64>,
    pub lists: Vec<List>,
}

const NUMBER: &str = "番号";
const PREVIOUS: &str = "これまでの内容（参考）";
const COMMENT: &str = "確認のお願い";
const ID: &str = "id";

/// Whether the section fills a field in at each review; what is planned once is the office's to
/// change.
pub fn is_asked(field: &Field) -> bool {
    field.filled_by == Filler::Section && field.each_review
}

/// The rows of a handout: what the section fills in.
pub fn rows<'a>(base: &'a Plan, owner: &str) -> impl Iterator<Item = Entry<'a>> {
    base.nodes()
        .filter(move |entry| is_filled_in_by(base, entry.node, owner))
}

impl Layout {
    /// The columns for what a section has to fill in.
    pub fn of(base: &Plan, owner: &str) -> Self {
        let form = base.form();
        let is_there = |level: &&Level| rows(base, owner).any(|it| it.node.level == level.key);
        let levels: Vec<&Level> = form.levels.iter().filter(is_there).collect();
        let most = |is_meant: fn(&Field) -> bool| {
            let counts = levels
                .iter()
                .map(|it| it.fields.iter().filter(|it| is_meant(it)).count());
            counts.max().unwrap_or_default()
        };
        let (shown, asked) = (most(|field| !is_asked(field)), most(is_asked));
        let columns = levels
            .iter()
            .map(|level| (level.key, columns(level, shown, asked)));
        let levels: Vec<(Key, Vec<Column>)> = columns.collect();
        let mut widths = Vec::new();
        for column in levels.iter().flat_map(|(_, columns)| columns) {
            let place = usize::from(column.place);
            if widths.len() <= place {
                widths.resize(place + 1, 0.0);
            }
            if let Some(width) = widths.get_mut(place) {
                *width = column.width.max(*width);
            }
        }
        Self {
            form: Arc::clone(form),
            levels,
            widths,
            lists: lists(form),
        }
    }

    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The levels whose nodes are asked about, each with its columns.
    pub fn levels(&self) -> impl Iterator<Item = (Key, &[Column])> {
        self.levels
            .iter()
            .map(|(level, columns)| (*level, columns.as_slice()))
    }

    /// The columns of a level.
    pub fn columns(&self, level: Key) -> &[Column] {
        let mut levels = self.levels();
        levels
            .find(|(it, _)| *it == level)
            .map_or(&[], |(_, columns)| columns)
    }

    /// The list to choose from for a field, by its place among all lists.
    pub fn list(&self, level: Key, field: Key) -> Option<(usize, &List)> {
        let mut lists = self.lists.iter().enumerate();
        lists.find(|(_, list)| list.level == level && list.field == field)
    }

    /// The place of the column for what is asked about a row; the one before the last.
    pub fn comments(&self) -> u16 {
        self.place(Content::Comment)
    }

    /// The place of the last column.
    pub fn ids(&self) -> u16 {
        self.place(Content::Id)
    }

    fn place(&self, content: Content) -> u16 {
        let mut columns = self.levels.iter().flat_map(|(_, columns)| columns);
        columns
            .find(|it| it.content == content)
            .map_or(0, |it| it.place)
    }
}

/// The columns of a level where so many fields are shown and asked for at most.
fn columns(level: &Level, shown: usize, asked: usize) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut add = |content, heading: &str, place: usize, width| {
        // A heading tells what stands below it, so no two may be the same.
        let numbered = (2..).map(|n| format!("{heading}（{n}）"));
        let mut headings = std::iter::once(heading.to_owned()).chain(numbered);
        let is_free = |it: &String| {
            columns
                .iter()
                .all(|other| other.heading.trim() != it.trim())
        };
        let heading = headings.find(is_free).unwrap_or_default();
        columns.push(Column {
            content,
            heading,
            place: u16::try_from(place).unwrap_or(u16::MAX),
            width,
        });
    };
    add(Content::Number, NUMBER, 0, 8.0);
    add(Content::Title, title_heading(level), 1, 22.0);
    let first = 2;
    let fields = level.fields.iter().filter(|field| !is_asked(field));
    for (n, field) in fields.enumerate() {
        let width = if field.is_written() {
            30.0
        } else {
            width_of_answer(field)
        };
        add(Content::Shown(field.key), &field.heading, first + n, width);
    }
    let first = first + shown;
    let fields = level.fields.iter().filter(|field| is_asked(field));
    for (n, field) in fields.enumerate() {
        if n == 0 {
            add(Content::Previous, PREVIOUS, first, 34.0);
        }
        add(
            Content::Asked(field.key),
            &field.heading,
            first + 1 + n,
            width_of_answer(field),
        );
    }
    let first = first + asked + usize::from(asked > 0);
    add(Content::Comment, COMMENT, first, 30.0);
    add(Content::Id, ID, first + 1, 18.0);
    columns
}

/// What must always be written has more room than what need not.
fn width_of_answer(field: &Field) -> f64 {
    match (field.is_written(), field.needed) {
        (true, Needed::Always) => 48.0,
        (true, Needed::WhenBad | Needed::Never) => 42.0,
        (false, _) if field.is_choice() => 20.0,
        (false, _) => 14.0,
    }
}

/// What stands over the titles: as it is printed.
fn title_heading(level: &Level) -> &str {
    let mut columns = level.columns.iter();
    let alone = columns.find(|column| column.fields == [Slot::TITLE.field]);
    alone.map_or(&level.name, |column| &column.heading)
}

/// A list for each choice that sections make.
fn lists(form: &Form) -> Vec<List> {
    let mut lists = Vec::new();
    for level in &form.levels {
        for field in level
            .fields
            .iter()
            .filter(|field| field.is_choice() && is_asked(field))
        {
            lists.push(List {
                level: level.key,
                field: field.key,
                words: field
                    .choices()
                    .iter()
                    .map(|choice| choice.words.clone())
                    .collect(),
            });
        }
    }
    lists
}

/// What a field says, as it stands in a cell: a choice in its words.
pub fn text<'a>(node: &'a Node, field: &'a Field, review: Key) -> &'a str {
    let text = node.text(field.slot(review));
    field.choice(text).map_or(text, |choice| &choice.words)
}
