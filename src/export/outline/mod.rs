//! What is said of a plan, or of a section of it, in the order of the document: headings, rows and
//! the words in them, states, and what was left out.
//!
//! Every format draws this, so that the same words stand in all of them; a format decides only how
//! they look. Nothing here knows of a format.
//!
//! | file | what is in it |
//! |---|---|
//! | `choose` | which issues, strategies and initiatives of a plan are in it |
//! | `counts` | how many initiatives are in which state, for the formats that say so |
//! | `states` | the words of each state, written once |
//! | `words` | the words that are not the form's |
//!
//! The CSV and the sheet for programs hold a record for each initiative instead (`record`); which
//! initiatives these are is decided here too, by a [`Scope`].

mod choose;
pub mod counts;
mod states;
pub mod words;

use std::sync::Arc;

use crate::plan::{
    About, Entry, Form, Initiative, Issue, Number, Plan, Section, Standing, Strategy, Tally,
    Wording,
};

/// How much of a plan is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    /// `None` is the whole plan.
    pub section: Option<Section>,
    /// Only what is off target or behind.
    pub only_attention: bool,
    /// Reposts with the contents of their sources, below the line that says where these stand.
    pub full_reposts: bool,
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
    pub only: Option<&'static str>,
    pub chapters: Vec<Chapter<'a>>,
    plan: &'a Plan,
    form: &'a Form,
}

/// An issue.
#[derive(Debug)]
pub struct Chapter<'a> {
    pub issue: &'a Arc<Issue>,
    pub number: Number,
    /// `経営課題１　区民主体のまちづくり`; the unnumbered part by its title alone.
    pub heading: String,
    pub wording: &'a Wording,
    /// At least one: those of its strategies, then that of the initiatives which stand in none.
    pub tables: Vec<Table<'a>>,
}

/// The rows under one heading.
#[derive(Debug)]
pub struct Table<'a> {
    /// `None` where they stand right under the chapter's heading.
    pub strategy: Option<Heading<'a>>,
    /// Without a row it says [`words::NO_ROWS`].
    pub rows: Vec<Row<'a>>,
}

/// The heading of a strategy.
#[derive(Debug)]
pub struct Heading<'a> {
    pub strategy: &'a Arc<Strategy>,
    pub number: Number,
    /// `戦略１－１　豊かなコミュニティの促進`.
    pub text: String,
}

/// An initiative.
#[derive(Debug)]
pub struct Row<'a> {
    pub initiative: &'a Arc<Initiative>,
    pub number: Number,
    pub title: &'a str,
    /// What is said first of a repost.
    pub repost: Option<Repost<'a>>,
    /// Of a repost its source's, and `None` where the repost's line stands for them.
    pub contents: Option<Contents<'a>>,
    /// `None` for a repost whose source is gone.
    pub status: Option<StatusLine>,
}

/// What stands in the columns beside the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents<'a> {
    pub results: &'a str,
    pub target: &'a str,
    /// Below the state.
    pub notes: &'a str,
}

/// What a repost says of its source.
#[derive(Debug)]
pub struct Repost<'a> {
    /// `具体的取組３－１－２の再掲`.
    pub line: String,
    pub source: Option<&'a Arc<Initiative>>,
}

/// A state in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusLine {
    /// `【目標達成見込、取組予定通り進捗している】`; of a repost `再掲元：【…】`.
    pub words: Arc<str>,
    /// The state in which the row is counted, and whose shape and colour it bears. A repost is not
    /// counted and bears neither: whoever counts colours counts its source already.
    pub counted: Option<Standing>,
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
        self.as_of.as_deref().into_iter().chain(self.only)
    }

    /// What is said in place of chapters where there are none, although the plan has some.
    pub fn nothing(&self) -> Option<&'static str> {
        (self.chapters.is_empty() && self.only.is_some()).then_some(words::NO_ATTENTION)
    }

    /// The tables of all chapters.
    pub fn tables(&self) -> impl Iterator<Item = &Table<'a>> {
        self.chapters.iter().flat_map(|chapter| &chapter.tables)
    }

    /// The initiatives of all rows, each with what it stands in.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'a>> {
        self.chapters.iter().flat_map(|chapter| {
            chapter.tables.iter().flat_map(move |table| {
                table.rows.iter().map(move |row| Entry {
                    issue: chapter.issue,
                    strategy: table.strategy.as_ref().map(|heading| heading.strategy),
                    initiative: row.initiative,
                })
            })
        })
    }

    pub const fn plan(&self) -> &'a Plan {
        self.plan
    }

    pub fn about(&self) -> &'a About {
        self.plan.about()
    }

    /// How wide the four columns are, as shares of their sum. None is nothing: a column without
    /// room could not be drawn.
    pub fn shares(&self) -> [f64; 4] {
        let (a, b, c, d) = self.form.widths;
        let shares = [a, b, c, d].map(|share| f64::from(share.max(1)));
        let all: f64 = shares.iter().sum();
        shares.map(|share| share / all)
    }
}

impl<'a> Chapter<'a> {
    /// The headings of the four columns.
    pub fn columns(&self) -> [&'a str; 4] {
        let Wording {
            initiative,
            results,
            target,
            achievement,
            ..
        } = self.wording;
        [initiative, results, target, achievement]
    }

    /// Its rows by state.
    pub fn tally(&self) -> Tally {
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        Tally::of(rows.map(|row| row.initiative))
    }
}

impl Row<'_> {
    /// `担当：防災担当`, where somebody is named.
    pub fn owner(&self) -> Option<String> {
        let owner = self.initiative.owner.trim();
        (!owner.is_empty()).then(|| format!("{}{owner}", words::OWNER))
    }
}
