//! Any sound form: one to four levels with any grammar, every kind of field, patterns of numbers,
//! columns of one review or of all of them side by side.
//!
//! A form is drawn without knowing itself (an [`Index`] chooses among what there will be) and put
//! together afterwards, so that proptest can make it smaller.

use std::sync::Arc;

use furikaeri::form::{
    Choice, Column, Field, Filler, Form, Grade, Key, Kind, Level, Needed, Numbering, Review, Width,
};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select},
};

use crate::support::plans::key;

/// Any form in which nothing contradicts anything.
pub fn form() -> impl Strategy<Value = Arc<Form>> {
    let parts = (
        word(),
        vec(word(), 1..4),
        vec(field(), 0..3),
        vec(level(), 1..5),
    );
    parts.prop_map(|(name, reviews, plan, levels)| {
        let reviews = reviews.into_iter().enumerate();
        let reviews = reviews.map(|(at, name)| Review {
            key: key(&format!("r{at}")),
            name: format!("{name}{}", LETTERS[at]),
        });
        let mut form = Form {
            name,
            reviews: reviews.collect(),
            plan: fields(plan),
            levels: Vec::new(),
        };
        let last = levels.len() - 1;
        for (at, seed) in levels.into_iter().enumerate() {
            let level = seed.level(&form, at == last);
            form.levels.push(level);
        }
        assert_eq!(form.faults(), []);
        Arc::new(form)
    })
}

/// What tells words apart.
const LETTERS: [char; 4] = ['Ａ', 'Ｂ', 'Ｃ', 'Ｄ'];

/// One line of a few characters, as it is and as a form should not have it.
fn word() -> impl Strategy<Value = String> {
    let common = [
        "目標",
        "評価",
        "実績",
        "課題認識",
        "主な戦略",
        "備考",
        "取組",
    ];
    let awkward = "\"'\\#,:;<&=＝（)·①％一𠮷";
    let character = prop_oneof![
        1 => select(awkward.chars().collect::<Vec<_>>()),
        3 => proptest::char::range('ぁ', '龠'),
    ];
    prop_oneof![
        1 => select(common.to_vec()).prop_map(str::to_owned),
        1 => vec(character, 1..6).prop_map(String::from_iter),
    ]
}

/// Now and then nothing.
fn short_word() -> impl Strategy<Value = String> {
    option::of(word()).prop_map(Option::unwrap_or_default)
}

/// Any field that is alone at its level; its key is given where it stands.
fn field() -> impl Strategy<Value = Field> {
    let filled_by = select(vec![Filler::Section, Filler::Office]);
    let needed = select(vec![Needed::Never, Needed::Always, Needed::WhenBad]);
    let words = (word(), short_word(), short_word());
    (words, kind(), any::<bool>(), filled_by, needed).prop_map(
        |((heading, short, question), kind, each_review, filled_by, needed)| Field {
            key: Key::NONE,
            heading,
            short,
            question,
            kind,
            each_review,
            filled_by,
            needed,
        },
    )
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        2 => Just(Kind::Text),
        2 => choices(0..3).prop_map(|marks| Kind::Targets { marks }),
        3 => (choices(1..4), any::<bool>()).prop_map(|(choices, judges)| Kind::Choice {
            choices,
            // Of which targets is found out where they are.
            judges: judges.then_some(Key::NONE),
        }),
        2 => short_word().prop_map(|unit| Kind::Amount { unit }),
    ]
}

fn choices(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Choice>> {
    let grade = option::of(select(vec![Grade::Good, Grade::Concern, Grade::Bad]));
    vec((word(), option::of(word()), grade), count).prop_map(|choices| {
        let choices = choices.into_iter().enumerate();
        let choice = |(at, (words, short, grade)): (usize, (String, Option<String>, _))| Choice {
            key: key(&format!("c{at}")),
            words: format!("{words}{}", LETTERS[at]),
            short: short.map_or_else(String::new, |short| format!("{short}{}", LETTERS[at])),
            grade,
        };
        choices.map(choice).collect()
    })
}

/// Fields that stand together, each with a key of its own.
fn fields(mut fields: Vec<Field>) -> Vec<Field> {
    for (at, field) in fields.iter_mut().enumerate() {
        field.key = key(&format!("f{at}"));
    }
    agree(&mut fields);
    fields
}

/// What a field says of others at its level is so.
fn agree(fields: &mut [Field]) {
    let targets: Vec<Key> = fields
        .iter()
        .filter(|field| field.is_targets())
        .map(|field| field.key)
        .collect();
    let has_axis = fields.iter().any(Field::is_axis);
    for field in fields {
        if field.needed == Needed::WhenBad && !has_axis {
            field.needed = Needed::Never;
        }
        if let Kind::Choice { judges, .. } = &mut field.kind {
            *judges = judges.and_then(|wanted| {
                let first = targets.first().copied();
                targets.contains(&wanted).then_some(wanted).or(first)
            });
        }
    }
}

/// A level before it is known what stands above it.
#[derive(Debug, Clone)]
struct LevelSeed {
    name: String,
    has_new_name: bool,
    short: String,
    at_top: bool,
    /// For each level before it, whether it may stand in that one.
    under: [bool; 4],
    pattern: Index,
    width: Width,
    heading: String,
    fields: Vec<Field>,
    repost: String,
    columns: Columns,
}

#[derive(Debug, Clone)]
struct Columns {
    is_row: bool,
    names: Vec<(String, u16)>,
    /// For the title, the owner and each field: in which column it stands.
    places: Vec<Index>,
    has_owner: bool,
    /// Whether the reviews stand side by side.
    are_all: bool,
}

fn level() -> impl Strategy<Value = LevelSeed> {
    let headings = vec![
        "{name}{number}　{title}",
        "{title}",
        "{number} {title}",
        "■",
    ];
    let reposts = vec!["", "{name}{number}の再掲", "再掲"];
    let names = vec((word(), 1..=1000_u16), 1..5);
    let places = vec(any::<Index>(), 8);
    let columns = (any::<bool>(), names, places, any::<bool>(), any::<bool>()).prop_map(
        |(is_row, names, places, has_owner, are_all)| Columns {
            is_row,
            names,
            places,
            has_owner,
            are_all,
        },
    );
    let names = (word(), any::<bool>(), short_word());
    let grammar = (any::<bool>(), any::<[bool; 4]>());
    let numbering = (any::<Index>(), select(vec![Width::Half, Width::Full]));
    (
        names,
        grammar,
        numbering,
        select(headings),
        vec(field(), 0..6),
        select(reposts),
        columns,
    )
        .prop_map(
            |(names, (at_top, under), (pattern, width), heading, fields, repost, columns)| {
                let (name, has_new_name, short) = names;
                LevelSeed {
                    name,
                    has_new_name,
                    short,
                    at_top,
                    under,
                    pattern,
                    width,
                    heading: heading.to_owned(),
                    fields,
                    repost: repost.to_owned(),
                    columns,
                }
            },
        )
}

impl LevelSeed {
    /// The level, which comes after those that the form has.
    fn level(self, form: &Form, is_last: bool) -> Level {
        let before = form.levels.iter().zip(self.under);
        let mut under: Vec<&Level> = before
            .filter(|(_, it)| *it)
            .map(|(level, _)| level)
            .collect();
        if !self.at_top && under.is_empty() {
            under.extend(form.levels.last());
        }
        let is_numbered = under.iter().any(|level| !level.number.pattern.is_empty());
        let mut patterns = vec!["{n}", "第{n}", "", "改革"];
        if is_numbered {
            patterns.extend(["{above}-{n}", "{above}-({n})", "{above}.{n}", "{above}の"]);
        }
        let fields = fields(self.fields);
        let is_row = is_last || self.columns.is_row;
        let above = form.levels.last().filter(|_| !self.has_new_name);
        Level {
            key: key(&format!("l{}", form.levels.len())),
            name: above.map_or(self.name, |above| above.name.clone()),
            short: self.short,
            at_top: self.at_top || form.levels.is_empty(),
            under: under.iter().map(|level| level.key).collect(),
            number: Numbering {
                pattern: (*self.pattern.get(&patterns)).to_owned(),
                width: self.width,
            },
            heading: self.heading,
            columns: match is_row {
                true => self.columns.columns(form, &fields),
                false => Vec::new(),
            },
            fields,
            repost: self.repost,
        }
    }
}

impl Columns {
    fn columns(self, form: &Form, fields: &[Field]) -> Vec<Column> {
        let mut columns: Vec<Column> = self.names.into_iter().map(column).collect();
        let owner = self.has_owner.then(|| key("owner"));
        let all = [key("title")].into_iter().chain(owner);
        let all = all.chain(fields.iter().map(|field| field.key));
        for (key, place) in all.zip(self.places) {
            let at = place.index(columns.len());
            columns[at].fields.push(key);
        }
        columns.retain(|column| !column.fields.is_empty());
        if !self.are_all {
            return columns;
        }
        let is_reviewed = |key: &Key| fields.iter().any(|it| it.key == *key && it.each_review);
        let side_by_side = |column: Column| -> Vec<Column> {
            if !column.fields.iter().all(is_reviewed) {
                return vec![column];
            }
            let reviews = form.reviews.iter();
            let of_review = |review: &Review| Column {
                review: Some(review.key),
                ..column.clone()
            };
            reviews.map(of_review).collect()
        };
        columns.into_iter().flat_map(side_by_side).collect()
    }
}

fn column((heading, share): (String, u16)) -> Column {
    Column {
        heading,
        share,
        fields: Vec::new(),
        review: None,
    }
}

/// What somebody wants another of a form; an [`Index`] chooses among what the form has. What fits
/// the old form fits the new one, unless a level that is used is taken away.
#[derive(Debug, Clone)]
pub enum Change {
    Name(String),
    LevelName(Index, String),
    Heading(Index, Index, String),
    AddField(Index, Field),
    RemoveField(Index, Index),
    Words(Index, Index, String),
    AddLevel(Index),
    RemoveLevel(Index),
}

pub fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        word().prop_map(Change::Name),
        (at(), word()).prop_map(|(level, name)| Change::LevelName(level, name)),
        (at(), at(), word()).prop_map(|(level, field, name)| Change::Heading(level, field, name)),
        (at(), field()).prop_map(|(level, field)| Change::AddField(level, field)),
        (at(), at()).prop_map(|(level, field)| Change::RemoveField(level, field)),
        (at(), at(), word()).prop_map(|(level, field, words)| Change::Words(level, field, words)),
        at().prop_map(Change::AddLevel),
        at().prop_map(Change::RemoveLevel),
    ]
}

/// A key that the others do not have.
fn new_key(begin: &str, known: impl Iterator<Item = Key> + Clone) -> Key {
    let mut keys = (0..).map(|n: usize| key(&format!("{begin}{n}")));
    let is_new = |key: &Key| !known.clone().any(|it| it == *key);
    keys.find(is_new).expect("there is no end of them")
}

impl Change {
    /// The form after it, or as it was where that would contradict itself.
    pub fn of(&self, form: &Form) -> Form {
        let mut changed = form.clone();
        self.make(&mut changed);
        if form.faults().is_empty() && !changed.faults().is_empty() {
            changed.clone_from(form);
        }
        changed
    }

    fn make(&self, form: &mut Form) {
        match self {
            Self::Name(name) => form.name.clone_from(name),
            Self::LevelName(level, name) => {
                let at = level.index(form.levels.len());
                form.levels[at].name.clone_from(name);
            }
            Self::Heading(level, field, heading) => {
                if let Some(field) = field_of(fields_of(form, *level), *field) {
                    field.heading.clone_from(heading);
                }
            }
            Self::AddField(level, field) => {
                let fields = fields_of(form, *level);
                let key = new_key("f", fields.iter().map(|field| field.key));
                fields.push(Field {
                    key,
                    ..field.clone()
                });
                agree(fields);
            }
            Self::RemoveField(level, field) => {
                let fields = fields_of(form, *level);
                let Some(gone) = field_of(fields, *field).map(|field| field.key) else {
                    return;
                };
                fields.retain(|field| field.key != gone);
                agree(fields);
                let level = level.index(form.levels.len() + 1);
                for level in form.levels.iter_mut().skip(level).take(1) {
                    for column in &mut level.columns {
                        column.fields.retain(|field| *field != gone);
                    }
                    level.columns.retain(|column| !column.fields.is_empty());
                }
            }
            Self::Words(level, field, words) => {
                let field = field_of(fields_of(form, *level), *field);
                if let Some(Kind::Choice { choices, .. }) = field.map(|field| &mut field.kind) {
                    for (choice, letter) in choices.iter_mut().zip(LETTERS) {
                        choice.words = format!("{words}{letter}");
                        choice.short.clear();
                    }
                }
            }
            Self::AddLevel(under) => {
                let above = under.index(form.levels.len());
                let level = Level {
                    key: new_key("l", form.levels.iter().map(|level| level.key)),
                    name: "新しい階層".to_owned(),
                    under: vec![form.levels[above].key],
                    heading: "{title}".to_owned(),
                    ..Level::default()
                };
                form.levels.insert(above + 1, level);
            }
            Self::RemoveLevel(level) => {
                let gone = form.levels.remove(level.index(form.levels.len())).key;
                for level in &mut form.levels {
                    level.under.retain(|above| *above != gone);
                }
            }
        }
    }
}

/// The fields of one of the levels, or those of the plan as a whole, which come last.
fn fields_of(form: &mut Form, level: Index) -> &mut Vec<Field> {
    let at = level.index(form.levels.len() + 1);
    match form.levels.get_mut(at) {
        Some(level) => &mut level.fields,
        None => &mut form.plan,
    }
}

fn field_of(fields: &mut [Field], field: Index) -> Option<&mut Field> {
    let at = (!fields.is_empty()).then(|| field.index(fields.len()))?;
    fields.get_mut(at)
}
