//! Plans of any size, of the ward's own texts, about 1,000 bytes an initiative in the file. Usually
//! there are 10 initiatives in a strategy and 4 strategies in an issue.

use std::sync::Arc;

use furikaeri::plan::{About, Id, Initiative, Issue, Plan, Review, Strategy};
use furikaeri::storage::builtin;

/// In what a plan is large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// In a strategy.
    pub initiatives: usize,
    /// In an issue.
    pub strategies: usize,
}

impl Shape {
    pub const USUAL: Self = Self {
        initiatives: 10,
        strategies: 4,
    };
}

/// A plan with this many initiatives. The same size is the same plan.
pub fn plan(initiatives: usize) -> Plan {
    shaped(initiatives, Shape::USUAL)
}

/// A plan with this many initiatives in this shape.
pub fn shaped(initiatives: usize, shape: Shape) -> Plan {
    let in_issue = shape.strategies.saturating_mul(shape.initiatives);
    let ward = builtin::plan().expect("the ward's plan is built in");
    let texts: Vec<&Initiative> = ward.entries().map(|entry| &**entry.initiative).collect();
    let mut ids = (1_u64..).map(|n| Id::from_bits(n.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
    let mut next_id = || ids.next().expect("there are enough numbers");
    let mut texts = texts.into_iter().cycle();
    let mut left = initiatives;
    let mut issues = Vec::new();
    for issue in (1..).take(initiatives.div_ceil(in_issue)) {
        let strategies = (1..)
            .take(left.div_ceil(shape.initiatives).min(shape.strategies))
            .map(|number| {
                let count = left.min(shape.initiatives);
                left -= count;
                let initiatives = (1..)
                    .take(count)
                    .zip(texts.by_ref())
                    .map(|(number, text)| {
                        Arc::new(Initiative {
                            number,
                            repost_of: None,
                            id: next_id(),
                            ..text.clone()
                        })
                    })
                    .collect();
                Arc::new(Strategy {
                    id: next_id(),
                    number,
                    title: "自然災害から命を守る取組の推進".to_owned(),
                    initiatives,
                })
            })
            .collect();
        issues.push(Arc::new(Issue {
            id: next_id(),
            number: Some(issue),
            title: "安全・安心・快適に暮らせるまちづくり".to_owned(),
            strategies,
            initiatives: Vec::new(),
        }));
    }
    let about = About {
        organisation: "大阪市港区".to_owned(),
        fiscal_year: 2021,
        review: Review::MidYear,
        as_of: None,
    };
    Plan::new(about, issues).expect("the ids differ")
}
