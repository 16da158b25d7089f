//! What the columns of a table mean.

use strum::VariantArray;

use crate::{export::record, plan::Form};

use super::Table;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Meaning {
    IssueNumber,
    Issue,
    StrategyNumber,
    Strategy,
    Number,
    Title,
    Owner,
    Results,
    Target,
    Outlook,
    Progress,
    /// Both axes in one cell, as the form prints them.
    Status,
    Notes,
    /// The number of the initiative that this one repeats.
    Repost,
}

/// How a table is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// So many rows stand above the first initiative.
    pub head: usize,
    /// For each column what it means; `None` for one that is left.
    pub columns: Vec<Option<Meaning>>,
    /// An empty cell for an issue or a strategy says that it is the one above, as cells that are
    /// joined do.
    pub fills_down: bool,
}

impl Meaning {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.as_array().expect("all of them");

    /// What people call it; for those that this program exports, the heading of that column.
    pub const fn name(self) -> &'static str {
        match self {
            Self::IssueNumber => "経営課題番号",
            Self::Issue => "経営課題",
            Self::StrategyNumber => "戦略番号",
            Self::Strategy => "戦略",
            Self::Number => "取組番号",
            Self::Title => "具体的取組",
            Self::Owner => "担当",
            Self::Results => "現状の主な取組実績",
            Self::Target => "目標",
            Self::Outlook => "目標の見込",
            Self::Progress => "取組の進捗",
            Self::Status => "達成状況",
            Self::Notes => "課題・改善策",
            Self::Repost => "再掲元",
        }
    }

    /// What a heading says; `None` for one that nobody knows.
    fn of(heading: &str, form: &Form) -> Option<Self> {
        let heading = heading.replace(['\n', ' ', '　'], "");
        let is = |name: &str| heading == name.replace(['\n', ' ', '　'], "");
        if let Some(meaning) = Self::ALL.into_iter().find(|it| is(it.name())) {
            return Some(meaning);
        }
        for wording in [&form.numbered, &form.unnumbered] {
            for (name, meaning) in [
                (&wording.initiative, Self::Title),
                (&wording.results, Self::Results),
                (&wording.target, Self::Target),
                (&wording.achievement, Self::Status),
            ] {
                if is(name) {
                    return Some(meaning);
                }
            }
        }
        let others = [
            ("番号", Self::Number),
            ("No", Self::Number),
            ("No.", Self::Number),
            ("取組", Self::Title),
            ("取組名", Self::Title),
            ("取組内容", Self::Title),
            ("担当課", Self::Owner),
            ("所管", Self::Owner),
            ("実績", Self::Results),
            ("取組実績", Self::Results),
            ("指標", Self::Target),
            ("課題", Self::Notes),
            ("改善策", Self::Notes),
        ];
        others
            .into_iter()
            .find(|(name, _)| is(name))
            .map(|(_, it)| it)
    }
}

impl Mapping {
    /// What the table's own headings say: the row of the first twenty in which most are known.
    /// A table without such a row means nothing yet.
    pub fn guess(table: &Table, form: &Form) -> Self {
        let known = |row: &Vec<String>| -> Vec<Option<Meaning>> {
            let mut taken = Vec::new();
            let meanings = row.iter().map(|cell| {
                let meaning = Meaning::of(cell, form);
                let meaning = meaning.filter(|meaning| !taken.contains(meaning));
                taken.extend(meaning);
                meaning
            });
            meanings.collect()
        };
        let rows = table.rows.iter().take(20).map(known).enumerate();
        let count = |columns: &[Option<Meaning>]| columns.iter().flatten().count();
        let best = rows.rev().max_by_key(|(_, columns)| count(columns));
        match best.filter(|(_, columns)| count(columns) >= 2) {
            Some((at, columns)) => Self {
                head: at + 1,
                fills_down: !is_own(table.rows.get(at)),
                columns,
            },
            None => Self {
                head: 0,
                columns: vec![None; table.width()],
                fills_down: true,
            },
        }
    }

    /// The cell of a row with this meaning; an empty one where there is none.
    pub fn cell<'a>(&self, row: &'a [String], meaning: Meaning) -> &'a str {
        let column = self.columns.iter().position(|it| *it == Some(meaning));
        column.and_then(|at| row.get(at)).map_or("", String::as_str)
    }

    pub fn has(&self, meaning: Meaning) -> bool {
        self.columns.contains(&Some(meaning))
    }
}

/// Whether these are the headings of a table that this program exports: there, an empty cell is
/// empty.
pub fn is_own(head: Option<&Vec<String>>) -> bool {
    head.is_some_and(|head| head.iter().eq(record::HEADER.iter()))
}
