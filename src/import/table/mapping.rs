//! What the columns of a table mean.

use crate::{
    export::{
        csv::unmarked,
        record::{Column, Columns, Fact, groups},
    },
    form::{Form, Key, Level, Slot},
};

use super::Table;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// What a record of this program has too.
    Fact(Fact),
    /// The whole number of what the row is about, as it is printed: 2-1-3.
    Number,
    /// A printed column in which judgements stand before a text: 【目標達成見込】課題…. The level and
    /// the column's place; levels that share their other columns share these by their headings.
    Printed { level: Key, column: usize },
}

/// How a table is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// So many rows stand above the first one that is read.
    pub head: usize,
    /// For each column what it means; `None` for one that is left.
    pub columns: Vec<Option<Meaning>>,
    /// Where nothing is said of what a row stands in, it is the same as in the row above, as cells
    /// that are joined say it.
    pub fills_down: bool,
}

/// A meaning that a column may have, and what people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub meaning: Meaning,
    pub name: String,
}

const NUMBER: &str = "番号";

/// All that a column may mean, in the order in which it is offered.
pub fn offers(form: &Form) -> Vec<Offer> {
    let facts = |columns: &Columns| -> Vec<Offer> {
        let offer = |column: &Column| Offer {
            meaning: Meaning::Fact(column.fact),
            name: column.head.clone(),
        };
        columns.iter().map(offer).collect()
    };
    let mut offers = facts(&Columns::with(form, &[]));
    offers.push(Offer {
        meaning: Meaning::Number,
        name: NUMBER.to_owned(),
    });
    offers.extend(printed(form));
    let reviews: Vec<Key> = form.reviews.iter().map(|review| review.key).collect();
    for offer in facts(&Columns::with(form, &reviews)) {
        if offers.iter().all(|it| it.meaning != offer.meaning) {
            offers.push(offer);
        }
    }
    offers
}

/// What a column is called that means this.
pub fn name(form: &Form, meaning: Meaning) -> String {
    let found = offers(form).into_iter().find(|it| it.meaning == meaning);
    found.map_or_else(String::new, |offer| offer.name)
}

/// The printed columns in which choices stand together with something else.
fn printed(form: &Form) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    for group in groups(form) {
        let mut headings: Vec<&str> = Vec::new();
        for level in group {
            for (at, column) in level.columns.iter().enumerate() {
                let mut fields = column.fields.iter().filter_map(|key| level.field(*key));
                let is_mixed = column.fields.len() > 1 && fields.any(|field| field.is_choice());
                if is_mixed && !headings.contains(&column.heading.as_str()) {
                    headings.push(&column.heading);
                    offers.push(Offer {
                        meaning: Meaning::Printed {
                            level: level.key,
                            column: at,
                        },
                        name: column.heading.clone(),
                    });
                }
            }
        }
    }
    offers
}

/// What is said of headings: the names by which each meaning is known.
struct Known<'a> {
    form: &'a Form,
    offers: Vec<Offer>,
    /// Other names of what is offered.
    others: Vec<(String, Meaning)>,
}

impl<'a> Known<'a> {
    fn of(form: &'a Form) -> Self {
        let mut others: Vec<(String, Meaning)> = Vec::new();
        for column in Columns::with(form, &[]).iter() {
            let meaning = Meaning::Fact(column.fact);
            for level in column.levels().map(|key| form.level(key)) {
                for name in names(column, level) {
                    others.push((name.to_owned(), meaning));
                }
            }
        }
        Self {
            form,
            offers: offers(form),
            others,
        }
    }

    /// What a heading says; `None` for one that nobody knows.
    fn meaning(&self, heading: &str) -> Option<Meaning> {
        let exact = self.offers.iter().find(|offer| offer.name == heading);
        if let Some(offer) = exact {
            return Some(offer.meaning);
        }
        let heading = plain(heading);
        let short = heading.strip_suffix("名称").or(heading.strip_suffix('名'));
        self.named(&heading)
            .or_else(|| short.and_then(|name| self.named(name)))
            .or_else(|| self.usual(&heading))
            .or_else(|| self.alike(short.unwrap_or(&heading)))
    }

    /// Words that offices use, whatever their form is.
    fn usual(&self, heading: &str) -> Option<Meaning> {
        if let "No" | "No." | "NO" | "№" = heading {
            return Some(Meaning::Number);
        }
        if let Some(name) = heading.strip_suffix(NUMBER).filter(|name| !name.is_empty()) {
            let title = self.named(name).or_else(|| self.alike(name));
            let Some(Meaning::Fact(Fact::Title(level))) = title else {
                return None;
            };
            let number = Meaning::Fact(Fact::Number(level));
            return self
                .offers
                .iter()
                .any(|it| it.meaning == number)
                .then_some(number);
        }
        let fact = match heading {
            _ if heading.contains("担当") || heading.contains("所管") => Fact::Owner,
            _ if heading.contains("再掲") => Fact::Repost,
            _ => return None,
        };
        let meaning = Meaning::Fact(fact);
        self.offers
            .iter()
            .any(|it| it.meaning == meaning)
            .then_some(meaning)
    }

    /// All names, each with what it means.
    fn names(&self) -> impl Iterator<Item = (&str, Meaning)> {
        let others = self
            .others
            .iter()
            .map(|(name, meaning)| (name.as_str(), *meaning));
        let offers = self
            .offers
            .iter()
            .map(|offer| (offer.name.as_str(), offer.meaning));
        offers.chain(others)
    }

    fn named(&self, name: &str) -> Option<Meaning> {
        let mut names = self.names();
        names
            .find(|(it, _)| plain(it) == name)
            .map(|(_, meaning)| meaning)
    }

    /// The only meaning with a name that the heading is part of, or else that is part of it.
    fn alike(&self, heading: &str) -> Option<Meaning> {
        let meanings = |is_alike: &dyn Fn(&str) -> bool| {
            let mut found: Vec<Meaning> = Vec::new();
            for (name, meaning) in self.names() {
                if is_alike(&plain(name)) && !found.contains(&meaning) {
                    found.push(meaning);
                }
            }
            found
        };
        let is_word = |text: &str| text.chars().nth(1).is_some();
        let mut found = meanings(&|name| is_word(heading) && name.contains(heading));
        if found.is_empty() {
            found = meanings(&|name| is_word(name) && heading.contains(name));
        }
        match found[..] {
            [only] => Some(only),
            _ => self.all_in_one(&found),
        }
    }

    /// The printed column in which all of these stand.
    fn all_in_one(&self, meanings: &[Meaning]) -> Option<Meaning> {
        let stands_in = |meaning: Meaning, level: Key, column: usize| match meaning {
            Meaning::Fact(Fact::Answer { field, .. }) => {
                let columns = &self.form.level(level).columns;
                columns
                    .get(column)
                    .is_some_and(|it| it.fields.contains(&field))
            }
            Meaning::Fact(_) | Meaning::Number => false,
            Meaning::Printed { .. } => meaning == Meaning::Printed { level, column },
        };
        let holds_all = |meaning: &Meaning| match *meaning {
            Meaning::Printed { level, column } => {
                meanings.iter().all(|it| stands_in(*it, level, column))
            }
            Meaning::Fact(_) | Meaning::Number => false,
        };
        meanings.iter().copied().find(holds_all)
    }
}

/// The other names of what stands in a column for a level.
fn names<'a>(column: &Column, level: &'a Level) -> Vec<&'a str> {
    let printed_alone = |key: Key| {
        let mut columns = level.columns.iter();
        let alone = columns.find(|column| column.fields == [key]);
        alone.map(|column| column.heading.as_str())
    };
    match column.fact {
        Fact::Title(_) => {
            let alone = printed_alone(Slot::TITLE.field);
            [Some(&*level.name), Some(level.short()), alone]
                .into_iter()
                .flatten()
                .collect()
        }
        Fact::Answer { .. } => column.field(level).map_or_else(Vec::new, |field| {
            let alone = printed_alone(field.key);
            [Some(field.short()), Some(&*field.heading), alone]
                .into_iter()
                .flatten()
                .collect()
        }),
        Fact::Number(_) | Fact::Owner | Fact::Repost => Vec::new(),
    }
}

fn plain(heading: &str) -> String {
    heading.replace(['\n', ' ', '　'], "")
}

impl Mapping {
    /// What the table's own headings say: the row of the first twenty in which most are known.
    /// A table without such a row means nothing yet.
    pub fn guess(table: &Table, form: &Form) -> Self {
        let known = Known::of(form);
        let meanings = |row: &Vec<String>| -> Vec<Option<Meaning>> {
            let mut taken = Vec::new();
            let meanings = row.iter().map(|cell| {
                let meaning = known.meaning(unmarked(cell));
                let meaning = meaning.filter(|meaning| !taken.contains(meaning));
                taken.extend(meaning);
                meaning
            });
            meanings.collect()
        };
        let rows = table.rows.iter().take(20).map(meanings).enumerate();
        let count = |columns: &[Option<Meaning>]| columns.iter().flatten().count();
        let best = rows.rev().max_by_key(|(_, columns)| count(columns));
        let own = best
            .as_ref()
            .and_then(|(at, _)| own(table.rows.get(*at)?, form));
        match best {
            Some((at, _)) if own.is_some() => Self {
                head: at + 1,
                columns: own.unwrap_or_default(),
                fills_down: false,
            },
            Some((at, columns)) if count(&columns) >= 2 => Self {
                head: at + 1,
                columns,
                fills_down: true,
            },
            _ => Self {
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

/// What the columns mean if these are the headings of a table that this program exports: there, an
/// empty cell is empty.
fn own(heads: &[String], form: &Form) -> Option<Vec<Option<Meaning>>> {
    let reviews: Vec<Key> = form.reviews.iter().map(|review| review.key).collect();
    let all = Columns::with(form, &reviews);
    let is_there = |review: &Key| {
        let of_review = |column: &&Column| match column.fact {
            Fact::Answer { review: it, .. } => it == Some(*review),
            Fact::Number(_) | Fact::Title(_) | Fact::Owner | Fact::Repost => false,
        };
        let mut columns = all.iter().filter(of_review);
        columns.any(|column| heads.iter().any(|head| unmarked(head) == column.head))
    };
    let begun: Vec<Key> = reviews.into_iter().filter(is_there).collect();
    let columns = Columns::with(form, &begun);
    let is_own = columns.heads().eq(heads.iter().map(|head| unmarked(head)));
    let facts = columns
        .iter()
        .map(|column| Some(Meaning::Fact(column.fact)));
    is_own.then(|| facts.collect())
}
