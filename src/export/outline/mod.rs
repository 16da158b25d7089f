//! What is said of a plan, or of a section of it, in the order of the document: headings, rows and
//! the words in them, states, and what was left out.
//!
//! Every format draws this, so that the same words stand in all of them; a format decides only how
//! they look. Nothing here knows of a format.
//!
//! | file | what is in it |
//! |---|---|
//! | `choose` | which nodes of a plan are in it, and how they become headings and tables |
//! | `cells` | what stands in the columns of a row, and what the plan as a whole says |
//! | `counts` | how many nodes are in which state, and sums, for the formats that say so |
//! | `cover` | the same of the whole plan, at a glance |
//! | `words` | the words that are not the form's |
//!
//! The CSV and the sheet for programs hold a record for each row instead (`record`); which rows
//! these are is decided here too, by a [`Scope`].

mod cells;
mod choose;
pub mod counts;
pub mod cover;
pub mod words;

use crate::{
    form::{Column, Form, Level, Slot},
    plan::{About, Entry, Number, Plan, Section, title_or_none},
};

pub use cells::{Cell, Item, Repost, State, Title};

/// How much of a plan is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// `None` is the whole plan.
    pub section: Option<Section>,
    /// Only what is judged not to be good.
    pub only_attention: bool,
    /// Reposts with the contents of their sources, below the line that says where these stand.
    pub full_reposts: bool,
    /// As a form to be filled in: boxes in place of what is not chosen, and no word for what is not
    /// there.
    pub blank: bool,
}

/// What is said of a plan.
#[derive(Debug)]
pub struct Outline<'a> {
    /// `大阪市港区　令和３年度　中間振り返り`.
    pub name: String,
    /// `戦略２－１`; `None` for the whole plan.
    pub section: Option<String>,
    /// `令和３年１０月３１日時点`.
    pub as_of: Option<String>,
    /// What the rows are limited to, where they are not all that the section has.
    pub only: Option<String>,
    /// What the plan as a whole says, which stands before all else. Empty where only a part of the
    /// plan is asked for.
    pub whole: Vec<Cell<'a>>,
    pub parts: Vec<Part<'a>>,
    view: View<'a>,
}

/// Of what, and in which way it is said.
#[derive(Debug, Clone, Copy)]
struct View<'a> {
    plan: &'a Plan,
    full_reposts: bool,
    blank: bool,
}

/// What stands under a heading, or at the top.
#[derive(Debug)]
pub enum Part<'a> {
    Chapter(Chapter<'a>),
    Table(Table<'a>),
    /// What is said where no row stands.
    Nothing(String),
}

/// A heading, and what stands under it.
#[derive(Debug)]
pub struct Chapter<'a> {
    /// The node whose heading it is, with what it stands in.
    pub entry: Entry<'a>,
    /// `経営課題１　区民主体のまちづくり`; the unnumbered part by its title alone.
    pub heading: String,
    /// How many headings stand above it.
    pub depth: usize,
    pub parts: Vec<Part<'a>>,
}

/// Rows of one level that follow each other.
#[derive(Debug)]
pub struct Table<'a> {
    pub level: &'a Level,
    /// The heading of what its rows stand in; empty at the top.
    pub under: String,
    /// At least one.
    pub rows: Vec<Row<'a>>,
}

/// A node that is a row.
#[derive(Debug)]
pub struct Row<'a> {
    /// The node with what it stands in.
    pub entry: Entry<'a>,
    view: View<'a>,
}

impl<'a> Outline<'a> {
    /// `大阪市港区　令和３年度　中間振り返り　戦略２－１`.
    pub fn title(&self) -> String {
        match &self.section {
            Some(section) => format!("{}　{section}", self.name),
            None => self.name.clone(),
        }
    }

    /// What stands below the title: the day up to which it counts, and what was left out.
    pub fn remarks(&self) -> impl Iterator<Item = &str> {
        self.as_of
            .as_deref()
            .into_iter()
            .chain(self.only.as_deref())
    }

    /// What is said in place of everything where nothing is left of it.
    pub fn nothing(&self) -> Option<String> {
        let is_empty = self.parts.is_empty() && self.only.is_some();
        is_empty.then(|| words::no_attention(self.form()))
    }

    /// All tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table<'a>> {
        let mut tables = Vec::new();
        collect_tables(&self.parts, &mut tables);
        tables.into_iter()
    }

    /// All headings, in order, whatever they stand in.
    pub fn chapters(&self) -> impl Iterator<Item = &Chapter<'a>> {
        let mut chapters = Vec::new();
        collect_chapters(&self.parts, &mut chapters);
        chapters.into_iter()
    }

    /// All rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row<'a>> {
        self.tables().flat_map(|table| &table.rows)
    }

    /// The nodes of all rows, each with what it stands in.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'a>> {
        self.rows().map(|row| row.entry.clone())
    }

    pub const fn plan(&self) -> &'a Plan {
        self.view.plan
    }

    pub fn form(&self) -> &'a Form {
        self.view.plan.form()
    }

    pub fn about(&self) -> &'a About {
        self.view.plan.about()
    }
}

fn collect_tables<'o, 'a>(parts: &'o [Part<'a>], tables: &mut Vec<&'o Table<'a>>) {
    for part in parts {
        match part {
            Part::Chapter(chapter) => collect_tables(&chapter.parts, tables),
            Part::Table(table) => tables.push(table),
            Part::Nothing(_) => {}
        }
    }
}

fn collect_chapters<'o, 'a>(parts: &'o [Part<'a>], chapters: &mut Vec<&'o Chapter<'a>>) {
    for part in parts {
        if let Part::Chapter(chapter) = part {
            chapters.push(chapter);
            collect_chapters(&chapter.parts, chapters);
        }
    }
}

impl<'a> Part<'a> {
    /// All tables in it, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table<'a>> {
        let mut tables = Vec::new();
        collect_tables(std::slice::from_ref(self), &mut tables);
        tables.into_iter()
    }
}

impl<'a> Table<'a> {
    /// Its columns with their shares of its width, which are 1 together.
    pub fn columns(&self) -> impl Iterator<Item = (&'a Column, f64)> {
        shares(self.level)
    }

    /// What it is called where it is listed: `戦略１－１　豊かなコミュニティの促進の具体的取組`.
    pub fn name(&self) -> String {
        match &*self.under {
            "" => self.level.name.clone(),
            under => format!("{under}の{}", self.level.name),
        }
    }
}

/// The columns of a level with their shares of the width, which are 1 together.
pub fn shares(level: &Level) -> impl Iterator<Item = (&Column, f64)> {
    // None is nothing: a column without room could not be drawn.
    let share = |column: &Column| f64::from(column.share.max(1));
    let all: f64 = level.columns.iter().map(share).sum();
    level
        .columns
        .iter()
        .map(move |column| (column, share(column) / all))
}

impl<'a> Row<'a> {
    pub fn level(&self) -> &'a Level {
        self.view.plan.level(self.entry.node)
    }

    pub fn number(&self) -> Number {
        self.entry.number()
    }

    /// As it is printed; empty where its level has no numbers.
    pub fn printed_number(&self) -> String {
        self.number().printed(self.view.plan.form())
    }

    /// Its title, or what stands for one.
    pub fn title(&self) -> &'a str {
        let title = &self.entry.node.title;
        if self.view.blank {
            title
        } else {
            title_or_none(title)
        }
    }

    /// `担当：防災担当`, where somebody is named.
    pub fn owner(&self) -> Option<String> {
        let owner = self.entry.node.owner.trim();
        (!owner.is_empty()).then(|| format!("{}{owner}", words::OWNER))
    }
}

/// Whether one of a level's columns has the title in it. Where none has, it is a heading.
fn shows_title(level: &Level) -> bool {
    level.columns.iter().any(Column::shows_title)
}

impl Column {
    /// Whether the title stands in it.
    fn shows_title(&self) -> bool {
        self.fields.contains(&Slot::TITLE.field)
    }
}
