//! A node as one record: the columns of the CSV and of the data sheet, one fact in each.
//!
//! Which columns there are follows from the form and from the reviews that have begun. Levels of the
//! same name share theirs where a row tells them apart, and so do fields of the same short name.
//! Texts are as typed. What a format must do to them (quoting, splitting) is its own affair.

use std::{borrow::Cow, collections::HashMap};

use crate::{
    form::{Field, Form, Key, Kind, Level},
    plan::{Entry, NO_TITLE, Node, Plan, target::amount, title_or_none},
};

use super::outline::{Outline, Part};

/// Who fills it in.
const OWNER: &str = "担当";
/// What it repeats.
const REPOST: &str = "再掲元";
/// After the name of a level.
const NUMBER: &str = "番号";
/// Stands for a number that is missing, since what has no number at all bears none here either.
pub const NO_NUMBER: &str = "（番号なし）";

/// What stands in a column. Levels and fields that share one are named by the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The own part of the number of what is of this level.
    Number(Key),
    /// Its title.
    Title(Key),
    Owner,
    /// What it says in a field: what is planned once, or at a review; `None` is the one that is
    /// open.
    Answer {
        level: Key,
        field: Key,
        review: Option<Key>,
    },
    /// The name of what it repeats.
    Repost,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub head: String,
    pub fact: Fact,
    /// The levels that have it, each with the field that it is of that level.
    of: Vec<(Key, Key)>,
}

/// The columns of a form's records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// Whether the text is a number as spreadsheets write it.
    pub is_number: bool,
}

impl Cell {
    fn text(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            is_number: false,
        }
    }

    const fn number(text: String) -> Self {
        Self {
            text,
            is_number: true,
        }
    }
}

impl Columns {
    /// The columns of a plan's records.
    pub fn of(plan: &Plan) -> Self {
        Self::with(plan.form(), &begun(plan))
    }

    /// The columns of a form when these reviews have begun.
    pub fn with(form: &Form, begun: &[Key]) -> Self {
        let groups = groups(form);
        let mut columns = Vec::new();
        for group in &groups {
            let Some(first) = group.first() else { continue };
            let of: Vec<_> = group.iter().map(|level| (level.key, Key::NONE)).collect();
            if group.iter().any(|level| level.number.has_own()) {
                columns.push(Column {
                    head: format!("{}{NUMBER}", first.name),
                    fact: Fact::Number(first.key),
                    of: of.clone(),
                });
            }
            columns.push(Column {
                head: first.name.clone(),
                fact: Fact::Title(first.key),
                of,
            });
        }
        let of_all = |head: &str, fact| Column {
            head: head.to_owned(),
            fact,
            of: Vec::new(),
        };
        if form.has_owners() {
            columns.push(of_all(OWNER, Fact::Owner));
        }
        let repost = of_all(REPOST, Fact::Repost);
        let taken = columns.iter().chain([&repost]).map(|it| it.head.clone());
        for answer in answers(&groups, taken.collect()) {
            columns.extend(answer.columns(form, begun));
        }
        if form.levels.iter().any(Level::can_repeat) {
            columns.push(repost);
        }
        Self(columns)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Column> {
        self.0.iter()
    }

    pub fn heads(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|column| column.head.as_str())
    }

    /// The cells of a node, one for each column.
    pub fn cells(&self, plan: &Plan, entry: &Entry<'_>) -> Vec<Cell> {
        self.0
            .iter()
            .map(|column| column.cell(plan, entry))
            .collect()
    }
}

impl Column {
    /// The field that it is of a level.
    pub fn field<'a>(&self, level: &'a Level) -> Option<&'a Field> {
        let (_, field) = self.of.iter().find(|(of, _)| *of == level.key)?;
        level.field(*field)
    }

    /// The levels that share it.
    pub fn levels(&self) -> impl Iterator<Item = Key> {
        self.of.iter().map(|(level, _)| *level)
    }

    fn cell(&self, plan: &Plan, entry: &Entry<'_>) -> Cell {
        let node = entry.node;
        let bearer = || {
            let mut path = entry.path();
            path.find(|node| self.of.iter().any(|(level, _)| *level == node.level))
        };
        let has_number = |node: &Node| plan.level(node).number.has_own();
        match self.fact {
            Fact::Number(_) => match bearer() {
                Some(node) if has_number(node) => {
                    let number = node.number.map(|number| Cell::number(number.to_string()));
                    number.unwrap_or_else(|| Cell::text(NO_NUMBER))
                }
                Some(_) | None => Cell::default(),
            },
            Fact::Title(_) => bearer().map_or_else(Cell::default, |node| {
                // What had neither a number nor a title would not be seen to be there.
                let is_seen = has_number(node) || !node.title.trim().is_empty();
                Cell::text(if is_seen { &node.title } else { NO_TITLE })
            }),
            Fact::Owner => Cell::text(&node.owner),
            Fact::Answer { review, .. } => {
                let field = self.field(plan.level(node));
                let review = review.unwrap_or(plan.review());
                field.map_or_else(Cell::default, |field| answer(node, field, review))
            }
            Fact::Repost => {
                let source = node.repost_of.and_then(|id| plan.entry(id));
                // A heading under which nothing has a record is not in the table.
                let source = source.filter(|source| {
                    let mut all = source.node.with_below();
                    all.any(|node| has_record(plan.level(node)))
                });
                source.map_or_else(Cell::default, |it| Cell::text(&name_of(plan, &it)))
            }
        }
    }
}

/// What a node is called where another repeats it: `具体的取組3-1-2`; a part without a number by its
/// title.
pub fn name_of(plan: &Plan, entry: &Entry<'_>) -> String {
    let level = plan.level(entry.node);
    let number = match level.number.has_own() {
        true => entry.number().half_width(plan.form()),
        false => format!("「{}」", title_or_none(&entry.node.title)),
    };
    format!("{}{number}", level.name)
}

/// The nodes of an outline that have a record: its rows, and the headings in whose fields something
/// can be said.
pub fn entries<'a>(outline: &Outline<'a>) -> Vec<Entry<'a>> {
    fn add<'a>(plan: &Plan, parts: &[Part<'a>], entries: &mut Vec<Entry<'a>>) {
        for part in parts {
            match part {
                Part::Chapter(chapter) => {
                    let level = plan.level(chapter.entry.node);
                    if !level.is_row() && has_record(level) {
                        entries.push(chapter.entry.clone());
                    }
                    add(plan, &chapter.parts, entries);
                }
                Part::Table(table) => {
                    entries.extend(table.rows.iter().map(|row| row.entry.clone()));
                }
                Part::Nothing(_) => {}
            }
        }
    }
    let mut entries = Vec::new();
    add(outline.plan(), &outline.parts, &mut entries);
    entries
}

/// Whether a node of this level says more than what stands in the records of what is in it.
pub fn has_record(level: &Level) -> bool {
    level.is_row() || !level.fields.is_empty()
}

/// The reviews of which something is said in a record, and the one that is open.
fn begun(plan: &Plan) -> Vec<Key> {
    let form = plan.form();
    let mut begun: Vec<Key> = vec![plan.review()];
    for entry in plan.nodes() {
        if begun.len() > form.reviews.len() {
            break;
        }
        let level = plan.level(entry.node);
        if !has_record(level) {
            continue;
        }
        for field in level.fields.iter().filter(|field| field.each_review) {
            for review in form.reviews.iter().map(|review| review.key) {
                let is_new = !begun.contains(&review);
                if is_new && !answer(entry.node, field, review).text.is_empty() {
                    begun.push(review);
                }
            }
        }
    }
    let reviews = form.reviews.iter().map(|review| review.key);
    reviews.filter(|review| begun.contains(review)).collect()
}

/// What a node says in a field, as it is told to programs.
pub fn answer(node: &Node, field: &Field, review: Key) -> Cell {
    let text = node.text(field.slot(review));
    match &field.kind {
        Kind::Text | Kind::Targets { .. } => Cell::text(text),
        // A repost repeats its source; what it might still hold itself is not its judgement, and
        // would be counted twice.
        Kind::Choice { .. } | Kind::Amount { .. } if node.is_repost() => Cell::default(),
        Kind::Choice { .. } => match choice_word(field, text) {
            Some(word) => Cell::text(&word),
            None => Cell::text(text),
        },
        Kind::Amount { .. } => plain_number(text).map_or_else(|| Cell::text(text), Cell::number),
    }
}

/// The shortest word for a choice that no other choice of the field has.
pub fn choice_word<'a>(field: &'a Field, key: &str) -> Option<Cow<'a, str>> {
    let choice = field.choice(key)?;
    let is_alone = |word: &str| {
        let others = field
            .choices()
            .iter()
            .filter(|other| other.key != choice.key);
        let word = word.trim();
        let mut others = others.map(|other| (other.short(), &other.words, other.key));
        others
            .all(|(short, words, key)| short.trim() != word && words.trim() != word && key != *word)
    };
    let words = [choice.short(), &choice.words];
    let found = words.into_iter().find(|word| is_alone(word));
    Some(match found {
        Some(word) => Cow::Borrowed(word),
        None => Cow::Owned(choice.key.to_string()),
    })
}

/// An amount as spreadsheets write numbers, so far as they can hold it.
fn plain_number(text: &str) -> Option<String> {
    let number = amount(text)?.normalize();
    let number = if number.is_zero() {
        "0".to_owned()
    } else {
        number.to_string()
    };
    let digits = number.strip_prefix('-').unwrap_or(&number);
    is_plain_number(digits).then_some(number)
}

/// Whether a spreadsheet takes a text for a number and writes it as it stands.
pub fn is_plain_number(text: &str) -> bool {
    /// What a spreadsheet can tell apart.
    const DIGITS: usize = 15;
    let (whole, rest) = text.split_once('.').unwrap_or((text, "1"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    are_digits(whole)
        && are_digits(rest)
        && !rest.ends_with('0')
        && (whole == "0" || !whole.starts_with('0'))
        && text.len() <= DIGITS
}

/// The levels that share columns: those of one name, unless a row could not tell them apart, since
/// one may stand in the other or both stand in the same place with the same kind of number.
pub fn groups(form: &Form) -> Vec<Vec<&Level>> {
    let mut groups: Vec<Vec<&Level>> = Vec::new();
    for level in &form.levels {
        let shares = |group: &&mut Vec<&Level>| {
            let mut all = group.iter();
            all.all(|other| other.name == level.name && are_told_apart(form, other, level))
        };
        match groups.iter_mut().find(shares) {
            Some(group) => group.push(level),
            None => groups.push(vec![level]),
        }
    }
    groups
}

fn are_told_apart(form: &Form, one: &Level, other: &Level) -> bool {
    let places = form
        .levels
        .iter()
        .map(|level| Some(level.key))
        .chain([None]);
    let mut both =
        places.filter(|place| form.can_hold(*place, one.key) && form.can_hold(*place, other.key));
    let are_numbered_alike = one.number.has_own() == other.number.has_own();
    let are_alike = are_numbered_alike && both.next().is_some();
    !(are_alike || is_above(form, one, other) || is_above(form, other, one))
}

/// Whether a node of one level may stand above one of the other, however far.
fn is_above(form: &Form, one: &Level, other: &Level) -> bool {
    let mut seen: Vec<Key> = Vec::new();
    let mut open: Vec<Key> = other.under.clone();
    while let Some(level) = open.pop() {
        if level == one.key {
            return true;
        }
        if !seen.contains(&level) {
            seen.push(level);
            open.extend(&form.level(level).under);
        }
    }
    false
}

/// A field, or several of one short name, in a column of its own for each review.
struct Answer<'a> {
    head: String,
    fields: Vec<(&'a Level, &'a Field)>,
}

impl Answer<'_> {
    fn columns(self, form: &Form, begun: &[Key]) -> Vec<Column> {
        let Some((level, field)) = self.fields.first() else {
            return Vec::new();
        };
        let of = self
            .fields
            .iter()
            .map(|(level, field)| (level.key, field.key));
        let of: Vec<(Key, Key)> = of.collect();
        let column = |review: Option<Key>| Column {
            head: match review {
                Some(review) => format!("{}{}", form.review_name(review), self.head),
                None => self.head.clone(),
            },
            fact: Fact::Answer {
                level: level.key,
                field: field.key,
                review,
            },
            of: of.clone(),
        };
        match begun {
            [_, _, ..] if field.each_review => begun.iter().map(|it| column(Some(*it))).collect(),
            _ => vec![column(None)],
        }
    }
}

/// The fields of all levels, each under its short name; where others are called so too, with the
/// name of its level in front, and so on until none is called like another.
fn answers<'a>(groups: &[Vec<&'a Level>], taken: Vec<String>) -> Vec<Answer<'a>> {
    let mut answers: Vec<(usize, Answer<'a>)> = Vec::new();
    for (group, levels) in groups.iter().enumerate() {
        for &level in levels {
            for field in &level.fields {
                let shares = |(of, answer): &&mut (usize, Answer<'a>)| {
                    let same = |other: &Field| {
                        other.short() == field.short() && other.each_review == field.each_review
                    };
                    *of == group
                        && answer.fields.iter().all(|(it, _)| it.key != level.key)
                        && answer.fields.first().is_some_and(|(_, other)| same(other))
                };
                match answers.iter_mut().find(shares) {
                    Some((_, answer)) => answer.fields.push((level, field)),
                    None => answers.push((
                        group,
                        Answer {
                            head: field.short().to_owned(),
                            fields: vec![(level, field)],
                        },
                    )),
                }
            }
        }
    }
    let mut answers: Vec<Answer<'a>> = answers.into_iter().map(|(_, answer)| answer).collect();
    for longer in [
        |level: &Level, field: &Field| format!("{}{}", level.name, field.short()),
        |level: &Level, field: &Field| format!("{}{}", level.name, field.heading),
        |level: &Level, field: &Field| {
            format!(
                "{}{}（{}/{}）",
                level.name, field.heading, level.key, field.key
            )
        },
    ] {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let heads = answers.iter().map(|answer| &answer.head);
        for head in heads.chain(&taken) {
            *counts.entry(head.clone()).or_default() += 1;
        }
        for answer in &mut answers {
            let is_taken = counts.get(&answer.head).is_some_and(|&count| count > 1);
            if let (true, Some((level, field))) = (is_taken, answer.fields.first()) {
                answer.head = longer(level, field);
            }
        }
    }
    answers
}
