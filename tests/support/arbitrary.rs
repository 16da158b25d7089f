//! Any plan at all of any form at all, for laws that hold for every plan.
//!
//! | what | how |
//! |---|---|
//! | any sound form, and another of it | [`form`], [`Change`] |
//! | any plan of the built-in or any other form | [`plan`]; of one form [`plan_of`] |
//! | the same where it says only what its form asks for | [`tidy_plan`] |
//! | texts | [`text`], [`typed_text`] |
//! | what is said of a field | [`Answer::text`] |
//!
//! Nodes are drawn before it is known what their form is: an [`Index`] chooses among what it has.

mod forms;

use std::sync::Arc;

use furikaeri::form::{Field, Form, Key, Level, Slot, Width};
use furikaeri::plan::{
    About, Digits, Id, Ignored, Measure, Node, Plan, Style, Values, Word,
    handout::{Extract, Owner, Round, Stage, Step},
    with_lf,
};
use jiff::civil::Date;
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select},
};

use super::plans;
pub use forms::{Change, change, form};

/// A text as a plan holds it: any character but CR, for which a plan has LF. What the file format
/// could stumble over comes often; NUL and other control characters come too.
pub fn text() -> impl Strategy<Value = String> {
    typed_text().prop_map(with_lf)
}

/// A text as somebody types or pastes it.
pub fn typed_text() -> impl Strategy<Value = String> {
    let awkward = "\"\\#\n\r\t 　'(){}[],:・①０％－r𠮷\u{0}\u{7f}\u{feff}\u{2028}\u{200b}";
    let character = prop_oneof![
        3 => select(awkward.chars().collect::<Vec<_>>()),
        2 => proptest::char::range('ぁ', '龠'),
        1 => any::<char>(),
    ];
    prop_oneof![
        1 => Just(String::new()),
        4 => vec(character, 0..16).prop_map(String::from_iter),
    ]
}

/// What somebody wants the plan to say of itself, whatever its form.
#[derive(Debug, Clone)]
pub struct AboutSeed {
    organisation: String,
    fiscal_year: u16,
    review: Index,
    as_of: Option<Date>,
}

pub fn about() -> impl Strategy<Value = AboutSeed> {
    let date = (any::<i16>(), 1..=12i8, 1..=28i8)
        .prop_filter_map("a year of the calendar", |(year, month, day)| {
            Date::new(year, month, day).ok()
        });
    let parts = (typed_text(), any::<u16>(), any::<Index>(), option::of(date));
    parts.prop_map(|(organisation, fiscal_year, review, as_of)| AboutSeed {
        organisation,
        fiscal_year,
        review,
        as_of,
    })
}

impl AboutSeed {
    /// In one of the reviews of this form.
    pub fn of(self, form: &Form) -> About {
        About {
            organisation: self.organisation,
            fiscal_year: self.fiscal_year,
            review: self.review.get(&form.reviews).key,
            as_of: self.as_of,
        }
    }
}

/// What somebody types beside a criterion of one of a node's targets.
#[derive(Debug, Clone)]
pub struct MeasureSeed {
    target: Index,
    review: Option<Index>,
    mark: Index,
    texts: [String; 5],
}

pub fn typed_measures() -> impl Strategy<Value = Vec<MeasureSeed>> {
    let texts = [
        typed_text(),
        typed_text(),
        typed_text(),
        typed_text(),
        typed_text(),
    ];
    let review = option::weighted(0.8, any::<Index>());
    let measure = (any::<Index>(), review, any::<Index>(), texts).prop_map(
        |(target, review, mark, texts)| MeasureSeed {
            target,
            review,
            mark,
            texts,
        },
    );
    vec(measure, 0..3)
}

impl MeasureSeed {
    /// Of a node of this level; where it has no targets, of some that it does not have.
    pub fn of(self, form: &Form, level: &Level) -> Measure {
        let targets: Vec<&Field> = level.fields.iter().filter(|it| it.is_targets()).collect();
        let target = (!targets.is_empty()).then(|| *self.target.get(&targets));
        let slots = target.map(|target| form.slots(target).collect::<Vec<_>>());
        let marks = target.map_or(&[][..], Field::choices_or_marks);
        let mark = match self.mark.index(marks.len() + 1) {
            0 => String::new(),
            n => marks[n - 1].key.to_string(),
        };
        let [criterion, reading, measured, previous, as_of] = self.texts;
        Measure {
            target: slots.map_or_else(unknown, |slots| *self.target.get(&slots)),
            review: self.review.map(|review| review.get(&form.reviews).key),
            criterion,
            reading,
            measured,
            previous,
            as_of,
            mark,
        }
    }

    fn with_lf(self) -> Self {
        Self {
            texts: self.texts.map(with_lf),
            ..self
        }
    }
}

/// How somebody wants the plan to be written.
pub fn typed_style() -> impl Strategy<Value = Style> {
    let digits = select(vec![Digits::Half, Digits::SingleFull, Digits::Full]);
    let percent = select(vec![Width::Half, Width::Full]);
    let word = (typed_text(), typed_text()).prop_map(|(not, but)| Word { not, but });
    let node = option::weighted(0.9, any::<u64>().prop_map(Id::from_bits));
    let ignored = (node, [typed_text(), typed_text(), typed_text()]).prop_map(
        |(node, [code, quote, reason])| Ignored {
            node,
            code,
            quote,
            reason,
        },
    );
    (
        option::of(digits),
        percent,
        vec(word, 0..3),
        vec(ignored, 0..3),
    )
        .prop_map(|(digits, percent, words, ignored)| Style {
            digits,
            percent,
            words,
            ignored,
        })
}

/// What somebody wants to be known of handing out.
pub fn typed_round() -> impl Strategy<Value = Round> {
    let date = || (2000..2100i16, 1..=12i8, 1..=28i8);
    let date = move || date().prop_filter_map("a day", |(y, m, d)| Date::new(y, m, d).ok());
    let step = (select(Stage::ALL.to_vec()), date()).prop_map(|(stage, on)| Step { stage, on });
    let owner = (typed_text(), vec(step, 0..3)).prop_map(|(name, steps)| Owner { name, steps });
    let extract = (typed_text(), any::<u32>()).prop_map(|(owner, edition)| Extract {
        owner,
        edition,
        nodes: Vec::new(),
    });
    let id = option::of(any::<u64>().prop_map(Id::from_bits));
    (
        id,
        option::of(date()),
        vec(owner, 0..3),
        option::of(extract),
    )
        .prop_map(|(id, due, owners, extract)| Round {
            id,
            due,
            owners,
            extract,
        })
}

/// What somebody answers, whatever is asked.
#[derive(Debug, Clone)]
pub struct Answer {
    text: String,
    choice: Index,
    amount: String,
    is_of_its_kind: bool,
}

pub fn answer() -> impl Strategy<Value = Answer> {
    let amounts = vec![
        "",
        "0",
        "12",
        "1,234",
        "－5",
        "１２３",
        "0.5",
        "△7",
        "千円",
        "約3",
    ];
    let parts = (
        typed_text(),
        any::<Index>(),
        select(amounts),
        prop::bool::weighted(0.9),
    );
    parts.prop_map(|(text, choice, amount, is_of_its_kind)| Answer {
        text,
        choice,
        amount: amount.to_owned(),
        is_of_its_kind,
    })
}

impl Answer {
    /// What is said in this field: most often what can be said there. A choice may be one that the
    /// field does not have, as when its form has become another.
    pub fn text(&self, field: Option<&Field>) -> String {
        if self.is_of_its_kind {
            self.tidy_text(field)
        } else {
            self.text.clone()
        }
    }

    /// The same, and always what can be said there.
    fn tidy_text(&self, field: Option<&Field>) -> String {
        match field {
            Some(field) if field.is_choice() => {
                let choices = field.choices();
                match self.choice.index(choices.len() + 1) {
                    0 => String::new(),
                    n => choices[n - 1].key.to_string(),
                }
            }
            Some(field) if field.is_amount() => self.amount.clone(),
            _ => self.text.clone(),
        }
    }
}

/// A node before it is known what its form is.
#[derive(Debug, Clone)]
struct Seed {
    level: Index,
    number: Option<u32>,
    texts: [String; 3],
    answers: Vec<Answer>,
    /// Said in a field that no form has.
    unknown: Option<String>,
    measures: Vec<MeasureSeed>,
    /// Whether it is a repost, and of which before it.
    source: Option<Index>,
    children: Vec<Seed>,
}

/// A field that no form has.
fn unknown() -> Slot {
    plans::slot("gone")
}

fn seed(depth: u32) -> BoxedStrategy<Seed> {
    let measures = typed_measures().prop_map(|measures| -> Vec<_> {
        measures.into_iter().map(MeasureSeed::with_lf).collect()
    });
    let children = match depth {
        0 => Just(Vec::new()).boxed(),
        _ => vec(seed(depth - 1), 0..4).boxed(),
    };
    let parts = (
        any::<Index>(),
        option::weighted(0.9, any::<u32>()),
        [text(), text(), text()],
        vec(answer(), 1..8),
        option::weighted(0.1, text()),
        prop_oneof![3 => Just(Vec::new()), 1 => measures],
        option::weighted(0.2, any::<Index>()),
        children,
    );
    parts
        .prop_map(
            |(level, number, texts, answers, unknown, measures, source, children)| Seed {
                level,
                number,
                texts,
                answers,
                unknown,
                measures,
                source,
                children,
            },
        )
        .boxed()
}

/// A plan before it is known what its form is.
#[derive(Debug, Clone)]
struct PlanSeed {
    about: AboutSeed,
    style: Style,
    round: Round,
    answers: Vec<Answer>,
    unknown: Option<String>,
    nodes: Vec<Seed>,
    ids: u64,
}

fn plan_seed() -> impl Strategy<Value = PlanSeed> {
    let about = about().prop_map(|about| AboutSeed {
        organisation: with_lf(about.organisation),
        ..about
    });
    let style = option::of(typed_style()).prop_map(Option::unwrap_or_default);
    let round = option::weighted(0.2, typed_round()).prop_map(Option::unwrap_or_default);
    let unknown = option::weighted(0.1, text());
    let answers = vec(answer(), 1..4);
    let nodes = vec(seed(2), 0..6);
    (about, style, round, answers, unknown, nodes, any::<u64>()).prop_map(
        |(about, style, round, answers, unknown, nodes, ids)| PlanSeed {
            about,
            style,
            round,
            answers,
            unknown,
            nodes,
            ids,
        },
    )
}

/// The built-in form as often as any other.
fn any_form() -> impl Strategy<Value = Arc<Form>> {
    prop_oneof![Just(plans::form()), form()]
}

/// Any plan of any form. Now and then it says what its form does not ask for: in a field that is
/// gone, or a choice that is.
pub fn plan() -> impl Strategy<Value = Plan> {
    (any_form(), plan_seed()).prop_map(|(form, seed)| seed.plan(&form, false))
}

/// Any plan of this form.
pub fn plan_of(form: Arc<Form>) -> impl Strategy<Value = Plan> {
    plan_seed().prop_map(move |seed| seed.plan(&form, false))
}

/// Any plan of any form that says only what its form asks for.
pub fn tidy_plan() -> impl Strategy<Value = Plan> {
    (any_form(), plan_seed()).prop_map(|(form, seed)| seed.plan(&form, true))
}

impl PlanSeed {
    fn plan(self, form: &Arc<Form>, is_tidy: bool) -> Plan {
        let mut planting = Planting {
            form,
            is_tidy,
            last: self.ids,
            known: Vec::new(),
        };
        let values = planting.values(None, &self.answers, self.unknown);
        let nodes = planting.nodes(None, self.nodes);
        Plan::new(self.about.of(form), Arc::clone(form), nodes)
            .expect("ids differ, and sources stand before their reposts")
            .with_values(values)
            .with_style(self.style)
            .with_round(self.round)
    }
}

/// Makes nodes of a form out of what was drawn.
struct Planting<'a> {
    form: &'a Form,
    is_tidy: bool,
    last: u64,
    /// What may be repeated so far.
    known: Vec<(Id, Key)>,
}

impl Planting<'_> {
    fn next_id(&mut self) -> Id {
        // An odd step meets every number once before it meets one twice.
        self.last = self.last.wrapping_add(0x9E37_79B9_7F4A_7C15);
        Id::from_bits(self.last)
    }

    fn nodes(&mut self, parent: Option<Key>, seeds: Vec<Seed>) -> Vec<Arc<Node>> {
        let levels: Vec<&Level> = self.form.levels_in(parent).collect();
        if levels.is_empty() {
            return Vec::new();
        }
        let nodes = seeds.into_iter().map(|seed| {
            let level = *seed.level.get(&levels);
            Arc::new(self.node(level, seed))
        });
        nodes.collect()
    }

    fn node(&mut self, level: &Level, seed: Seed) -> Node {
        let form = self.form;
        let id = self.next_id();
        let [title, owner, memo] = seed.texts;
        let has_number = level.number.has_own() || !self.is_tidy && seed.unknown.is_some();
        let repost_of = seed.source.filter(|_| level.can_repeat());
        let repost_of = repost_of.and_then(|source| self.source(level, source));
        if level.can_repeat() {
            self.known.push((id, level.key));
        }
        let has_targets = level.fields.iter().any(Field::is_targets);
        let measures = seed.measures.into_iter();
        let measures = measures.filter(|_| has_targets || !self.is_tidy);
        Node {
            id,
            level: level.key,
            number: seed.number.filter(|_| has_number),
            title,
            owner: if level.has_owner() || !self.is_tidy {
                owner
            } else {
                String::new()
            },
            values: self.values(Some(level.key), &seed.answers, seed.unknown),
            memo,
            repost_of,
            measures: measures.map(|it| it.of(form, level)).collect(),
            children: self.nodes(Some(level.key), seed.children),
        }
    }

    fn source(&mut self, level: &Level, source: Index) -> Option<Id> {
        let is_like = |(_, other): &&(Id, Key)| !self.is_tidy || *other == level.key;
        let known: Vec<Id> = self
            .known
            .iter()
            .filter(is_like)
            .map(|(id, _)| *id)
            .collect();
        match known.is_empty() {
            false => Some(*source.get(&known)),
            true if self.is_tidy => None,
            // It repeats what is not there: a plan may hold that too.
            true => Some(self.next_id()),
        }
    }

    /// What is answered in the fields of a level, or of the plan as a whole (`None`).
    fn values(&self, level: Option<Key>, answers: &[Answer], gone: Option<String>) -> Values {
        let fields = self.form.fields(level).iter();
        let slots = fields.flat_map(|field| self.form.slots(field).map(move |it| (field, it)));
        let said = slots
            .zip(answers.iter().cycle())
            .map(|((field, slot), answer)| {
                let text = match self.is_tidy {
                    true => answer.tidy_text(Some(field)),
                    false => answer.text(Some(field)),
                };
                (slot, text)
            });
        let gone = gone.filter(|_| !self.is_tidy);
        said.chain(gone.map(|text| (unknown(), text))).collect()
    }
}
