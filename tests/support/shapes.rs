//! Plans in the four shapes in which one can grow.

use std::fmt;

use furikaeri::plan::{Id, Node, Plan};

use super::plans::{self, BEHIND, Building as _, OFF_TARGET, ON_SCHEDULE, ON_TARGET, plan_of};

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
        let initiatives = (0..count).map(|n| self.initiative(n, count));
        plan_of(match self {
            Self::Flat => initiatives
                .zip(0..)
                .map(|(initiative, n)| issue(n, vec![initiative]))
                .collect(),
            Self::Deep => {
                let alone = initiatives.zip(0..);
                let strategies = alone.map(|(initiative, n)| strategy(n, vec![initiative]));
                vec![issue(0, strategies.collect())]
            }
            Self::Chained | Self::ChainedBack => {
                let all: Vec<Node> = initiatives.collect();
                let strategies = (0..).zip(all.chunks(10));
                let strategies = strategies.map(|(n, chunk)| strategy(n, chunk.to_vec()));
                vec![issue(0, strategies.collect())]
            }
            Self::AllInOne => {
                let strategy = strategy(0, initiatives.collect());
                vec![issue(0, vec![strategy])]
            }
        })
    }

    fn initiative(self, n: u64, count: u64) -> Node {
        let (outlook, progress) = match n % 3 {
            0 => ("", ""),
            1 => (ON_TARGET, ON_SCHEDULE),
            _ => (OFF_TARGET, BEHIND),
        };
        let source = match self {
            Self::Chained => n.checked_sub(1).map(id_of),
            Self::ChainedBack => (n + 1 < count).then(|| id_of(n + 1)),
            Self::Flat | Self::Deep | Self::AllInOne => None,
        };
        let initiative = plans::initiative(id_of(n), number(n))
            .titled(&format!("取組{n}"))
            .owned_by(&format!("担当{n}"))
            // Something to be found by the checks, and to be put right.
            .with_results("1２回")
            .with_target("3回")
            .with_notes("未")
            .with_outlook(outlook)
            .with_progress(progress);
        Node {
            repost_of: source,
            ..initiative
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

fn strategy(n: u64, initiatives: Vec<Node>) -> Node {
    let strategy = plans::strategy(scattered(3 * n + 1), number(n));
    strategy.titled("戦略").holding(initiatives)
}

fn issue(n: u64, children: Vec<Node>) -> Node {
    let issue = plans::issue(scattered(3 * n + 2), number(n));
    issue.titled("課題").holding(children)
}
