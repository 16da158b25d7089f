//! The rows of a table as a plan.
//!
//! A row says of some levels what it stands in (`place.rs`), and of the lowest one what it is about.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use crate::{
    export::{
        csv::unmarked,
        record::{self, Column, Columns, Fact, choice_word},
    },
    form::{Choice, Field, Form, Key, Kind, Level},
    plan::{About, Node, Plan, target::amount},
    storage::new_id,
};

use super::{
    Mapping, Meaning, Table, TableError,
    place::Places,
    reposts::{Repost, repeat},
    way::{Given, numbered},
};

/// A plan made of a table.
#[derive(Debug, Clone)]
pub struct Taken {
    pub plan: Plan,
    /// What she should look at, in the order of the rows.
    pub unclear: Vec<Unclear>,
}

/// Something in a row that was not understood. It is left out or left as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// Counted from 1.
    pub row: usize,
    pub meaning: Meaning,
    pub text: String,
}

/// Makes a plan of a table. Every node is new: a table has no ids.
///
/// # Errors
/// When no column holds the titles.
pub fn plan(
    table: &Table,
    mapping: &Mapping,
    about: About,
    form: &Arc<Form>,
) -> Result<Taken, TableError> {
    let groups = record::groups(form);
    let mut rows = groups
        .iter()
        .filter(|group| group.iter().any(|level| level.is_row()));
    let has_title = rows.any(|group| {
        let first = group.first().map_or(Key::NONE, |level| level.key);
        mapping.has(Meaning::Fact(Fact::Title(first)))
    });
    if !has_title {
        return Err(TableError::NoTitle(form.row_name()));
    }
    let mut tree = Tree {
        mapping,
        review: about.review,
        columns: columns(form),
        places: Places::new(mapping, form, groups),
        reposts: Vec::new(),
        unclear: Vec::new(),
    };
    for (n, row) in table.rows.iter().enumerate().skip(mapping.head) {
        tree.row(n + 1, row);
    }
    let nodes = tree.places.into_nodes();
    let mut plan = Plan::new(about, Arc::clone(form), nodes)?;
    let mut unclear = tree.unclear;
    let lost = repeat(&mut plan, tree.reposts).into_iter();
    unclear.extend(lost.map(|repost| Unclear {
        row: repost.row,
        meaning: Meaning::Fact(Fact::Repost),
        text: repost.source,
    }));
    unclear.sort_by_key(|it| it.row);
    Ok(Taken { plan, unclear })
}

/// All columns that a record may have.
fn columns(form: &Form) -> HashMap<Fact, Column> {
    let reviews: Vec<Key> = form.reviews.iter().map(|review| review.key).collect();
    let all = [Columns::with(form, &[]), Columns::with(form, &reviews)];
    let columns = all.iter().flat_map(Columns::iter);
    columns
        .map(|column| (column.fact, column.clone()))
        .collect()
}

struct Tree<'a> {
    mapping: &'a Mapping,
    /// The review that is open.
    review: Key,
    columns: HashMap<Fact, Column>,
    places: Places<'a>,
    reposts: Vec<Repost>,
    unclear: Vec<Unclear>,
}

impl<'a> Tree<'a> {
    fn row(&mut self, n: usize, row: &[String]) {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let given = match self.places.heading(row) {
            Some(heading) => heading,
            None => self.given(row),
        };
        let Some(placed) = self.places.place(&given) else {
            return;
        };
        for meaning in placed.unclear {
            self.not_clear(n, row, meaning);
        }
        if given.is_heading {
            return;
        }
        let level = placed.level;
        let mut node = Node::new(new_id(), level.key);
        self.contents(n, row, level, &mut node);
        self.places.fill(node);
    }

    /// What a row says of the levels.
    fn given(&self, row: &[String]) -> Given {
        let cell = |meaning| unmarked(self.mapping.cell(row, meaning));
        let facts = |fact| cell(Meaning::Fact(fact)).to_owned();
        let form = self.places.form();
        // Where numbers have columns of their own, a title is what it says.
        let is_number = |it: &Option<Meaning>| {
            matches!(it, Some(Meaning::Number | Meaning::Fact(Fact::Number(_))))
        };
        let has_numbers = self.mapping.columns.iter().any(is_number);
        let levels = self.places.groups().map(|group| {
            let title = facts(Fact::Title(group));
            let level = form.level(group);
            let may_have_number = !has_numbers && level.number.has_own();
            match numbered(&title, &level.name).filter(|_| may_have_number) {
                Some((number, title)) => (number.to_owned(), title.to_owned()),
                None => (facts(Fact::Number(group)), title),
            }
        });
        let says = |column: &Option<Meaning>| {
            let meaning = (*column)?;
            let is_of_levels = matches!(
                meaning,
                Meaning::Number | Meaning::Fact(Fact::Number(_) | Fact::Title(_))
            );
            (!is_of_levels && !cell(meaning).trim().is_empty()).then_some(meaning)
        };
        Given {
            levels: levels.collect(),
            number: cell(Meaning::Number).to_owned(),
            others: self.mapping.columns.iter().filter_map(says).collect(),
            is_heading: false,
        }
    }

    /// What a row says of what it is about.
    fn contents(&mut self, n: usize, row: &[String], level: &'a Level, node: &mut Node) {
        let mapping = self.mapping;
        for meaning in mapping.columns.iter().flatten().copied() {
            let text = unmarked(mapping.cell(row, meaning));
            if text.is_empty() {
                continue;
            }
            let is_clear = match meaning {
                Meaning::Number | Meaning::Fact(Fact::Number(_) | Fact::Title(_)) => true,
                Meaning::Fact(Fact::Owner) => {
                    text.clone_into(&mut node.owner);
                    true
                }
                Meaning::Fact(Fact::Repost) => {
                    let source = text.trim().to_owned();
                    if !source.is_empty() {
                        let id = node.id;
                        self.reposts.push(Repost { row: n, id, source });
                    }
                    true
                }
                Meaning::Fact(fact @ Fact::Answer { review, .. }) => {
                    let review = review.unwrap_or(self.review);
                    let column = self.columns.get(&fact);
                    match column.and_then(|column| column.field(level)) {
                        Some(field) => answer(node, field, review, text),
                        None => text.trim().is_empty(),
                    }
                }
                Meaning::Printed { level: of, column } => {
                    self.printed(level, (of, column), text, node)
                }
            };
            if !is_clear {
                self.not_clear(n, row, meaning);
            }
        }
    }

    /// Takes a cell as the form prints it: choices in words, and a text. Whether anything was
    /// understood.
    fn printed(&self, level: &Level, column: (Key, usize), text: &str, node: &mut Node) -> bool {
        let form = self.places.form();
        let heading = form
            .level(column.0)
            .columns
            .get(column.1)
            .map(|it| &it.heading);
        let mut columns = level.columns.iter();
        let Some(column) = columns.find(|it| Some(&it.heading) == heading) else {
            return text.trim().is_empty();
        };
        let fields = || column.fields.iter().filter_map(|key| level.field(*key));
        let mut is_understood = text.trim().is_empty();
        for field in fields() {
            // Of words that begin alike, the longest is said.
            let said = field
                .choices()
                .iter()
                .filter(|choice| text.contains(&*choice.words));
            if let Some(choice) = said.max_by_key(|choice| choice.words.len()) {
                is_understood = true;
                let slot = field.slot(self.review);
                node.values.set(slot, choice.key.to_string());
            }
        }
        let rest = match text.split_once('】') {
            Some((_, rest)) if is_understood => rest.trim_start_matches('\n'),
            _ if is_understood => "",
            _ => text,
        };
        if let Some(field) = fields().find(|field| field.is_written()) {
            let slot = field.slot(self.review);
            if node.values.get(slot).is_empty() {
                node.values.set(slot, rest.to_owned());
            }
        }
        is_understood
    }

    fn not_clear(&mut self, row: usize, cells: &[String], meaning: Meaning) {
        let text = self.mapping.cell(cells, meaning).to_owned();
        self.unclear.push(Unclear { row, meaning, text });
    }
}

/// The choice that is meant by a word, in the words of the form or of what is exported.
pub fn choice_in<'a>(field: &'a Field, said: &str) -> Option<&'a Choice> {
    let said = said.trim();
    let choices = field.choices();
    let own = choices.iter().find(|choice| {
        choice_word(field, &choice.key.text()).is_some_and(|word| word.trim() == said)
    });
    own.or_else(|| choices.iter().find(|choice| choice.words.trim() == said))
}

/// Writes an answer, and says whether it is understood. What is not is kept as it stands.
fn answer(node: &mut Node, field: &Field, review: Key, text: &str) -> bool {
    let slot = field.slot(review);
    let (text, is_clear): (Cow<'_, str>, bool) = match &field.kind {
        Kind::Text | Kind::Targets { .. } => (text.into(), true),
        Kind::Amount { .. } => (
            text.into(),
            text.trim().is_empty() || amount(text).is_some(),
        ),
        Kind::Choice { .. } => {
            let said = text.trim();
            let chosen = choice_in(field, said);
            match chosen {
                Some(choice) => (choice.key.to_string().into(), true),
                None => (text.into(), said.is_empty()),
            }
        }
    };
    node.values.set(slot, text.into_owned());
    is_clear
}
