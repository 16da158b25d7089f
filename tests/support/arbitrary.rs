//! Any plan at all, for laws that hold for every plan.

use std::sync::Arc;

use furikaeri::plan::{
    About, Digits, Id, Ignored, Initiative, Issue, Measure, Outlook, Plan, Progress, Review,
    Status, Strategy as PlanStrategy, Style, Width, Word,
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

/// What somebody wants the plan to say of itself.
pub fn about() -> impl Strategy<Value = About> {
    let review = select(vec![Review::MidYear, Review::YearEnd]);
    let date = (any::<i16>(), 1..=12i8, 1..=28i8)
        .prop_filter_map("a year of the calendar", |(year, month, day)| {
            Date::new(year, month, day).ok()
        });
    (typed_text(), any::<u16>(), review, option::of(date)).prop_map(
        |(organisation, fiscal_year, review, as_of)| About {
            organisation,
            fiscal_year,
            review,
            as_of,
        },
    )
}

/// What somebody types beside criteria.
pub fn typed_measures() -> impl Strategy<Value = Vec<Measure>> {
    let texts = [
        typed_text(),
        typed_text(),
        typed_text(),
        typed_text(),
        typed_text(),
    ];
    let measure = texts.prop_map(|[criterion, reading, measured, previous, as_of]| Measure {
        criterion,
        reading,
        measured,
        previous,
        as_of,
    });
    vec(measure, 0..3)
}

fn measures() -> impl Strategy<Value = Vec<Measure>> {
    typed_measures().prop_map(|measures| {
        let kept = |measure: Measure| Measure {
            criterion: with_lf(measure.criterion),
            reading: with_lf(measure.reading),
            measured: with_lf(measure.measured),
            previous: with_lf(measure.previous),
            as_of: with_lf(measure.as_of),
        };
        measures.into_iter().map(kept).collect()
    })
}

/// How somebody wants the plan to be written.
pub fn typed_style() -> impl Strategy<Value = Style> {
    let digits = select(vec![Digits::Half, Digits::SingleFull, Digits::Full]);
    let percent = select(vec![Width::Half, Width::Full]);
    let word = (typed_text(), typed_text()).prop_map(|(not, but)| Word { not, but });
    let ignored = (any::<u64>(), [typed_text(), typed_text(), typed_text()]).prop_map(
        |(bits, [code, quote, reason])| Ignored {
            node: Id::from_bits(bits),
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
        issues: Vec::new(),
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

pub fn outlook() -> impl Strategy<Value = Option<Outlook>> {
    select(vec![
        None,
        Some(Outlook::OnTarget),
        Some(Outlook::OffTarget),
    ])
}

pub fn progress() -> impl Strategy<Value = Option<Progress>> {
    select(vec![
        None,
        Some(Progress::OnSchedule),
        Some(Progress::Behind),
    ])
}

/// A plan of up to three issues with strategies, direct initiatives and reposts.
pub fn plan() -> impl Strategy<Value = Plan> {
    let sources = vec(option::weighted(0.2, any::<Index>()), 24);
    let about = about().prop_map(|mut about| {
        about.organisation = with_lf(about.organisation);
        about
    });
    let style = option::of(typed_style()).prop_map(Option::unwrap_or_default);
    let round = option::weighted(0.2, typed_round()).prop_map(Option::unwrap_or_default);
    let issues = vec(issue(), 0..4);
    let parts = (about, style, round, issues, any::<u64>(), sources);
    parts.prop_map(|(about, style, round, issues, seed, sources)| {
        let mut naming = Naming {
            last: seed,
            named: Vec::new(),
            sources: sources.into_iter(),
        };
        let issues = issues.into_iter().map(|issue| naming.name(issue)).collect();
        let plan = Plan::new(about, issues);
        plan.expect("ids differ, and sources stand before their reposts")
            .with_style(style)
            .with_round(round)
    })
}

/// The id is given by `Naming`.
fn initiative() -> impl Strategy<Value = Arc<Initiative>> {
    let texts = [text(), text(), text(), text(), text(), text()];
    let measures = prop_oneof![3 => Just(Vec::new()), 1 => measures()];
    let parts = (any::<u32>(), texts, outlook(), progress(), measures);
    parts.prop_map(|(number, texts, outlook, progress, measures)| {
        let [title, owner, results, target, notes, memo] = texts;
        Arc::new(Initiative {
            title,
            owner,
            results,
            target,
            status: Status { outlook, progress },
            notes,
            memo,
            measures,
            ..Initiative::new(UNNAMED, number)
        })
    })
}

fn strategy() -> impl Strategy<Value = Arc<PlanStrategy>> {
    (any::<u32>(), text(), vec(initiative(), 0..4)).prop_map(|(number, title, initiatives)| {
        Arc::new(PlanStrategy {
            id: UNNAMED,
            number,
            title,
            initiatives,
        })
    })
}

fn issue() -> impl Strategy<Value = Issue> {
    let number = option::weighted(0.8, any::<u32>());
    let (strategies, initiatives) = (vec(strategy(), 0..3), vec(initiative(), 0..3));
    (number, text(), strategies, initiatives).prop_map(
        |(number, title, strategies, initiatives)| Issue {
            id: UNNAMED,
            number,
            title,
            strategies,
            initiatives,
        },
    )
}

const UNNAMED: Id = Id::from_bits(0);

/// Gives every node an id of its own, and every repost a source.
struct Naming {
    last: u64,
    /// The initiatives that have their id.
    named: Vec<Id>,
    /// For each initiative in turn: whether it is a repost, and of which before it.
    sources: std::vec::IntoIter<Option<Index>>,
}

impl Naming {
    fn next_id(&mut self) -> Id {
        // An odd step meets every number once before it meets one twice.
        self.last = self.last.wrapping_add(0x9E37_79B9_7F4A_7C15);
        Id::from_bits(self.last)
    }

    fn name(&mut self, mut issue: Issue) -> Arc<Issue> {
        issue.id = self.next_id();
        for strategy in &mut issue.strategies {
            let strategy = Arc::make_mut(strategy);
            strategy.id = self.next_id();
            self.name_all(&mut strategy.initiatives);
        }
        self.name_all(&mut issue.initiatives);
        Arc::new(issue)
    }

    fn name_all(&mut self, initiatives: &mut [Arc<Initiative>]) {
        for initiative in initiatives {
            let initiative = Arc::make_mut(initiative);
            initiative.id = self.next_id();
            initiative.repost_of = self.sources.next().flatten().map(|source| {
                // With nothing before it, it repeats what is not there: a plan may hold that too.
                if self.named.is_empty() {
                    self.next_id()
                } else {
                    *source.get(&self.named)
                }
            });
            self.named.push(initiative.id);
        }
    }
}
