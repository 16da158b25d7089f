//! How many nodes are in which state, and what amounts add up to: tables of the outline's own rows.

use crate::{
    form::{Form, Kind, Level},
    plan::{Node, Plan, Standing, Sum, Sums, Tally, target::Amount},
};

use super::{Chapter, Outline, Part, Row, words::level_names};

/// The rows of an outline by state: of one level, and of all that are counted with it.
#[derive(Debug)]
pub struct Counts<'a> {
    /// A part of a heading bears the name of the whole in the table, so this says which part it is.
    pub caption: String,
    /// What the lines are, over the column with their names.
    pub names: String,
    /// The states that there can be, and what they are called.
    pub standings: Vec<(Standing, String)>,
    /// Each heading at the top, and the rows in it.
    pub lines: Vec<(&'a str, Tally)>,
    pub total: Tally,
    /// What is said of the reposts, where there are any.
    pub reposts: Option<String>,
}

/// What the amounts in the rows of an outline add up to.
#[derive(Debug)]
pub struct SumTable<'a> {
    pub caption: String,
    /// As of [`Counts`].
    pub names: String,
    /// `予算額（千円）`.
    pub columns: Vec<String>,
    /// Each heading at the top, and the sums of the rows in it. Empty where nothing was added.
    pub lines: Vec<(&'a str, Vec<String>)>,
    pub total: Vec<String>,
    /// What is said of amounts that are no numbers, where there are any.
    pub unread: Option<String>,
}

/// What the last line is called.
pub const TOTAL: &str = "計";

impl Outline<'_> {
    /// Its rows by state, for each of the levels that are counted apart.
    pub fn counts(&self) -> Vec<Counts<'_>> {
        let form = self.form();
        let levels = form.assessed().filter(|level| !level.columns.is_empty());
        levels.map(|level| self.counts_of(level)).collect()
    }

    fn counts_of<'a>(&'a self, level: &'a Level) -> Counts<'a> {
        let (plan, form) = (self.plan(), self.form());
        let is_counted = |row: &&Row<'_>| {
            let its = row.level();
            its.is_assessed() && form.first_of_name(its).key == level.key
        };
        let tally = |rows: Vec<&Row<'_>>| {
            let mut tally = Tally::default();
            for row in rows.into_iter().filter(is_counted) {
                tally.add(plan, row.entry.node);
            }
            tally
        };
        let (name, status) = (&level.name, level.status_name());
        let total = tally(self.rows().collect());
        let reposts = total.reposts;
        Counts {
            caption: match &self.section {
                Some(section) => format!("{name}の数（{section}、{status}別）"),
                None => format!("{name}の数（{status}別）"),
            },
            names: self.names_at_top(name),
            standings: words_of(level),
            lines: self.lines(|row| is_counted(&row), tally),
            total,
            reposts: (reposts > 0)
                .then(|| format!("ほかに再掲が{reposts}件あります。計には入っていません。")),
        }
    }

    /// What its amounts add up to; nothing where the form has none.
    pub fn sums(&self) -> Option<SumTable<'_>> {
        let plan = self.plan();
        let sum =
            |rows: Vec<&Row<'_>>| Sums::of_nodes(plan, rows.into_iter().map(|row| row.entry.node));
        let total = sum(self.rows().collect());
        let columns = sum_names(plan, &total);
        if columns.is_empty() {
            return None;
        }
        let has_amounts = |row: &Row<'_>| {
            let fields = &row.level().fields;
            fields
                .iter()
                .any(|field| matches!(field.kind, Kind::Amount { .. }))
        };
        let first = self.form().rows().next().map_or("", |level| &level.name);
        Some(SumTable {
            caption: match &self.section {
                Some(section) => format!("{SUMS}（{section}）"),
                None => SUMS.to_owned(),
            },
            names: self.names_at_top(first),
            columns,
            lines: self.lines(has_amounts, |rows| printed(plan, &sum(rows))),
            unread: unread(plan, &total),
            total: printed(plan, &total),
        })
    }

    /// Something for each heading at the top under which such rows could stand; nothing where all
    /// that is counted are the headings themselves.
    fn lines<'a, T>(
        &'a self,
        is_meant: impl Fn(&Row<'a>) -> bool,
        of: impl Fn(Vec<&'a Row<'a>>) -> T,
    ) -> Vec<(&'a str, T)> {
        let own = |chapter: &Chapter<'_>, row: &Row<'_>| row.entry.node.id == chapter.entry.node.id;
        let chapters = self.parts.iter().filter_map(|part| match part {
            Part::Chapter(chapter) => Some((part, chapter)),
            Part::Table(_) | Part::Nothing(_) => None,
        });
        let rows = |part: &'a Part<'a>| {
            part.tables()
                .flat_map(|table| &table.rows)
                .collect::<Vec<_>>()
        };
        let chapters: Vec<_> = chapters
            .map(|(part, chapter)| (chapter, rows(part)))
            .collect();
        let holds_more = chapters.iter().any(|(chapter, rows)| {
            rows.is_empty() || rows.iter().any(|row| is_meant(row) && !own(chapter, row))
        });
        let chapters = chapters.into_iter().filter(|_| holds_more);
        chapters
            .map(|(chapter, rows)| (&*chapter.heading, of(rows)))
            .collect()
    }

    /// What the headings at the top are called; where there are none, as what is counted.
    fn names_at_top(&self, counted: &str) -> String {
        let levels = self.parts.iter().filter_map(|part| match part {
            Part::Chapter(chapter) => Some(self.form().level(chapter.entry.node.level)),
            Part::Table(_) | Part::Nothing(_) => None,
        });
        match level_names(levels, "・") {
            names if names.is_empty() => counted.to_owned(),
            names => names,
        }
    }
}

/// The heading of sums.
pub(super) const SUMS: &str = "金額の合計";

/// The states that a level's nodes can have, and what they are called.
pub(super) fn words_of(level: &Level) -> Vec<(Standing, String)> {
    let standings = level.standings();
    standings
        .map(|standing| (standing, level.standing_word(standing)))
        .collect()
}

/// The sums that are said: of what is planned once, and of the open review.
fn said<'a>(plan: &'a Plan, sums: &'a Sums) -> impl Iterator<Item = &'a Sum> {
    let review = plan.review();
    sums.iter()
        .filter(move |sum| sum.slot.review.is_none_or(|it| it == review))
}

/// What the sums are called: `予算額（千円）`, with the level where another one has such an amount.
pub(super) fn sum_names(plan: &Plan, sums: &Sums) -> Vec<String> {
    let form = plan.form();
    let field = |sum: &Sum| form.level(sum.level).field(sum.slot.field);
    let name = |sum: &Sum| {
        let field = field(sum)?;
        let Kind::Amount { unit } = &field.kind else {
            return None;
        };
        Some(match &**unit {
            unit if field.heading.contains(unit) => field.heading.clone(),
            unit => format!("{}（{unit}）", field.heading),
        })
    };
    let names: Vec<String> = said(plan, sums)
        .map(|sum| name(sum).unwrap_or_default())
        .collect();
    let with_level = said(plan, sums).zip(&names).map(|(sum, name)| {
        let is_only = names.iter().filter(|it| *it == name).count() == 1;
        match is_only {
            true => name.clone(),
            false => format!("{}の{name}", form.level(sum.level).name),
        }
    });
    with_level.collect()
}

/// The sums as they are printed: `1,234`; nothing where nothing was added.
pub(super) fn printed(plan: &Plan, sums: &Sums) -> Vec<String> {
    let printed = |sum: &Sum| match sum.added {
        0 => String::new(),
        _ => Amount {
            value: sum.total,
            unit: String::new(),
        }
        .to_string(),
    };
    said(plan, sums).map(printed).collect()
}

/// What is said of amounts that are no numbers.
pub(super) fn unread(plan: &Plan, sums: &Sums) -> Option<String> {
    let unread: usize = said(plan, sums).map(|sum| sum.unread).sum();
    let say = || format!("数として読めない金額が{unread}件あります。計には入っていません。");
    (unread > 0).then(say)
}

/// Whether something may stand in a node, so that what it counts is not itself alone.
pub(super) fn holds_others(form: &Form, node: &Node) -> bool {
    form.levels_in(Some(node.level)).next().is_some()
}
