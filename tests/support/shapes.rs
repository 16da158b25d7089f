//! Plans in the four shapes in which one can grow.

use std::{fmt, sync::Arc};

use furikaeri::plan::{
    About, Id, Initiative, Issue, Outlook, Plan, Progress, Review, Status, Strategy,
};

/// In what a plan is large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As many issues as initiatives.
    Flat,
    /// As many strategies as initiatives, in one issue.
    Deep,
    /// Every initiative repeats the one before.
    Chained,
    /// The same, where every initiative repeats the one behind.
    ChainedBack,
    /// All initiatives in one strategy.
    AllInOne,
}

impl Shape {
    pub const ALL: [Self; 5] = [
        Self::Flat,
        Self::Deep,
        Self::Chained,
        Self::ChainedBack,
        Self::AllInOne,
    ];

    /// Those without reposts.
    pub const TREES: [Self; 3] = [Self::Flat, Self::Deep, Self::AllInOne];
    /// Those with a list or a way as long as the plan is large.
    pub const LONG: [Self; 2] = [Self::ChainedBack, Self::AllInOne];

    /// A plan of so many initiatives.
    pub fn plan(self, count: u64) -> Plan {
        let initiatives = (0..count).map(|n| Arc::new(self.initiative(n, count)));
        let issues = match self {
            Self::Flat => initiatives
                .zip(0..)
                .map(|(initiative, n)| issue(n, Vec::new(), vec![initiative]))
                .collect(),
            Self::Deep => {
                let alone = initiatives.zip(0..);
                let strategies = alone.map(|(initiative, n)| strategy(n, vec![initiative]));
                vec![issue(0, strategies.collect(), Vec::new())]
            }
            Self::Chained | Self::ChainedBack => {
                let all: Vec<Arc<Initiative>> = initiatives.collect();
                let strategies = (0..).zip(all.chunks(10));
                let strategies = strategies.map(|(n, chunk)| strategy(n, chunk.to_vec()));
                vec![issue(0, strategies.collect(), Vec::new())]
            }
            Self::AllInOne => {
                let strategy = strategy(0, initiatives.collect());
                vec![issue(0, vec![strategy], Vec::new())]
            }
        };
        let about = About {
            organisation: "港区".to_owned(),
            fiscal_year: 2021,
            review: Review::MidYear,
            as_of: None,
        };
        Plan::new(about, issues).expect("the ids differ")
    }

    fn initiative(self, n: u64, count: u64) -> Initiative {
        let (outlook, progress) = match n % 3 {
            0 => (None, None),
            1 => (Some(Outlook::OnTarget), Some(Progress::OnSchedule)),
            _ => (Some(Outlook::OffTarget), Some(Progress::Behind)),
        };
        Initiative {
            title: format!("取組{n}"),
            owner: format!("担当{n}"),
            // Something to be found by the checks, and to be put right.
            results: "1２回".to_owned(),
            target: "3回".to_owned(),
            notes: "未".to_owned(),
            status: Status { outlook, progress },
            repost_of: match self {
                Self::Chained => n.checked_sub(1).map(id_of),
                Self::ChainedBack => (n + 1 < count).then(|| id_of(n + 1)),
                Self::Flat | Self::Deep | Self::AllInOne => None,
            },
            ..Initiative::new(id_of(n), number(n))
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// The id of the initiative at a place.
pub fn id_of(n: u64) -> Id {
    scattered(3 * n)
}

/// As ids are: in no order.
fn scattered(n: u64) -> Id {
    Id::from_bits((n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

fn number(n: u64) -> u32 {
    u32::try_from(n + 1).expect("a plan is not that large")
}

fn strategy(n: u64, initiatives: Vec<Arc<Initiative>>) -> Arc<Strategy> {
    Arc::new(Strategy {
        id: scattered(3 * n + 1),
        number: number(n),
        title: "戦略".to_owned(),
        initiatives,
    })
}

fn issue(n: u64, strategies: Vec<Arc<Strategy>>, initiatives: Vec<Arc<Initiative>>) -> Arc<Issue> {
    Arc::new(Issue {
        id: scattered(3 * n + 2),
        number: Some(number(n)),
        title: "課題".to_owned(),
        strategies,
        initiatives,
    })
}
