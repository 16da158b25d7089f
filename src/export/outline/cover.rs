//! The cover: how the whole plan stands, also where only a section of it follows. It counts the whole
//! plan as the overview on the screen does.

use crate::{
    form::{Choice, Field, Form, Level, full_width},
    plan::{Counted, Matrix, Overview, Plan, Standing, Sums, Tally},
};

use super::{
    Outline,
    counts::{self, holds_others},
    words::level_names,
};

/// What the cover says.
#[derive(Debug)]
pub struct Cover<'a> {
    /// The plan's name.
    pub title: &'a str,
    /// `令和３年１０月３１日時点　具体的取組　４８件（ほかに再掲　１件）`.
    pub summary: String,
    /// For each of the levels that are counted apart.
    pub counted: Vec<Counts<'a>>,
    pub sums: Option<CoverSums>,
}

/// How the nodes of a level stand, and of all that are counted with it.
#[derive(Debug)]
pub struct Counts<'a> {
    /// A table of both axes, or one row for each of them.
    pub tables: Vec<Table<'a>>,
    /// The heading of the bars: `経営課題・戦略ごとの件数`.
    pub heading: String,
    /// The heading of the column with their names.
    pub names: String,
    /// The states that there can be, and what they are called.
    pub standings: Vec<(Standing, String)>,
    /// None where nothing is counted in anything.
    pub bars: Vec<Bar>,
}

/// What stands in the corner of a table.
pub const CORNER: &str = "件数";

/// The choices of one axis against those of another one, or on their own, and what has neither.
#[derive(Debug)]
pub struct Table<'a> {
    pub heading: String,
    pub columns: Vec<&'a str>,
    pub rows: Vec<TableRow<'a>>,
    /// What is said of those in which an axis is unset, where there are any.
    pub unset: Option<String>,
}

/// A row of such a table.
#[derive(Debug)]
pub struct TableRow<'a> {
    /// `None` where there is one row only.
    pub name: Option<&'a str>,
    /// The state that the answers make, and how many are in it.
    pub cells: Vec<(Standing, usize)>,
}

/// A node at the top, or one right in it, with its counts.
#[derive(Debug)]
pub struct Bar {
    /// `１－１　豊かなコミュニティの促進`.
    pub name: String,
    pub is_at_top: bool,
    pub tally: Tally,
}

/// What amounts add up to.
#[derive(Debug)]
pub struct CoverSums {
    pub heading: &'static str,
    pub names: String,
    pub columns: Vec<String>,
    /// As of [`Bar`].
    pub lines: Vec<(String, bool, Vec<String>)>,
    pub total: Vec<String>,
    pub unread: Option<String>,
}

impl Outline<'_> {
    pub fn cover(&self) -> Cover<'_> {
        let (plan, form) = (self.plan(), self.form());
        let overview = Overview::of(plan);
        let mut parts: Vec<String> = self.as_of.iter().cloned().collect();
        parts.extend(
            overview
                .counted
                .iter()
                .map(|counted| summary(form, counted)),
        );
        let counted = overview.counted.iter().enumerate();
        Cover {
            title: &self.name,
            summary: parts.join("　"),
            counted: counted
                .map(|(n, it)| counts_of(plan, &overview, n, it))
                .collect(),
            sums: sums(plan, &overview),
        }
    }
}

impl Cover<'_> {
    /// Whether it says nothing of how the plan stands, since its form asks for no judgement and for no
    /// amount.
    pub fn is_empty(&self) -> bool {
        self.counted.is_empty() && self.sums.is_none()
    }
}

fn summary(form: &Form, counted: &Counted) -> String {
    let tally = counted.tally;
    let mut summary = format!(
        "{}　{}",
        form.level(counted.level).name,
        items(tally.total())
    );
    if tally.reposts > 0 {
        summary += &format!("（ほかに再掲　{}）", items(tally.reposts));
    }
    summary
}

fn counts_of<'a>(plan: &'a Plan, overview: &Overview, n: usize, counted: &Counted) -> Counts<'a> {
    let form = &**plan.form();
    let level = form.level(counted.level);
    let tally = |counted: &[Counted]| counted.get(n).map(|it| it.tally).unwrap_or_default();
    let mut bars = Vec::new();
    for (name, is_at_top, of) in named(plan, overview) {
        let tally = tally(of.0);
        bars.push(Bar {
            name,
            is_at_top,
            tally,
        });
    }
    let names = names(plan, overview);
    let several = overview.counted.len() > 1;
    let of = if several {
        format!("（{}）", level.name)
    } else {
        String::new()
    };
    Counts {
        tables: counted
            .matrices
            .iter()
            .map(|it| Table::of(it, level, several))
            .collect(),
        heading: format!("{names}ごとの件数{of}"),
        names,
        standings: counts::words_of(level),
        bars,
    }
}

/// A node in which others may stand: its name, whether it is at the top, and what is counted in it.
type Named<'o> = (String, bool, (&'o [Counted], &'o Sums));

fn named<'o>(plan: &Plan, overview: &'o Overview) -> Vec<Named<'o>> {
    let form = plan.form();
    let mut all = Vec::new();
    let groups = overview.groups.iter();
    for group in groups.filter(|group| holds_others(form, &group.node)) {
        let name = group.number.short_heading(form, &group.node.title);
        all.push((name, true, (&*group.counted, &group.sums)));
        for below in &group.below {
            let name = below.number.short_heading(form, &below.node.title);
            all.push((name, false, (&*below.counted, &below.sums)));
        }
    }
    all
}

/// What the nodes are called in which others may stand: `経営課題・戦略`.
fn names(plan: &Plan, overview: &Overview) -> String {
    let form = plan.form();
    let groups = overview
        .groups
        .iter()
        .filter(|group| holds_others(form, &group.node));
    let tops = groups.clone().map(|group| &group.node);
    let below = groups
        .flat_map(|group| &group.below)
        .map(|below| &below.node);
    level_names(tops.chain(below).map(|node| form.level(node.level)), "・")
}

fn sums(plan: &Plan, overview: &Overview) -> Option<CoverSums> {
    let columns = counts::sum_names(plan, &overview.sums);
    if columns.is_empty() {
        return None;
    }
    let lines = named(plan, overview).into_iter();
    let lines =
        lines.map(|(name, is_at_top, (_, sums))| (name, is_at_top, counts::printed(plan, sums)));
    Some(CoverSums {
        heading: counts::SUMS,
        names: names(plan, overview),
        columns,
        lines: lines.collect(),
        total: counts::printed(plan, &overview.sums),
        unread: counts::unread(plan, &overview.sums),
    })
}

impl<'a> Table<'a> {
    fn of(matrix: &Matrix, level: &'a Level, names_level: bool) -> Self {
        let choices = |field: &'a Field| -> &'a [Choice] { field.choices() };
        let rows = matrix.rows().and_then(|key| level.field(key));
        let columns = level.field(matrix.columns());
        let count = |row: Option<&Choice>, column: &Choice| {
            let grades = row
                .map(|row| Some(row.grade))
                .into_iter()
                .chain([Some(column.grade)]);
            let count = matrix.count(row.map(|row| row.key), Some(column.key));
            (Standing::of(grades), count)
        };
        let columns_of = columns.map(choices).unwrap_or_default();
        let row = |row: Option<&'a Choice>| TableRow {
            name: row.map(|row| &*row.words),
            cells: columns_of.iter().map(|column| count(row, column)).collect(),
        };
        let status = match (rows, columns) {
            (None, Some(only)) => &only.heading,
            _ => level.status_name(),
        };
        let unset = matrix.unset();
        Self {
            heading: match names_level {
                true => format!("{status}（{}）", level.name),
                false => status.to_owned(),
            },
            columns: columns_of.iter().map(|column| &*column.words).collect(),
            rows: match rows {
                Some(rows) => choices(rows).iter().map(|it| row(Some(it))).collect(),
                None => vec![row(None)],
            },
            unset: (unset > 0).then(|| format!("ほかに、{status}が未記入のもの　{}", items(unset))),
        }
    }
}

/// `４８件`.
fn items(count: usize) -> String {
    format!("{}件", full_width(&count.to_string()))
}
