//! Plans of any size, of the ward's own texts, about 1,000 bytes an initiative in the file. Usually
//! there are 10 initiatives in a strategy and 4 strategies in an issue.

use std::sync::Arc;

use furikaeri::{
    form::Key,
    plan::{About, Id, Node, Plan},
    storage::builtin,
};

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
    let texts: Vec<&Node> = ward.rows().map(|entry| &**entry.node).collect();
    let [issue, strategy, initiative] = ["issue", "strategy", "initiative"].map(key);
    let mut ids = (1_u64..).map(|n| Id::from_bits(n.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
    let mut next_id = || ids.next().expect("there are enough numbers");
    let mut texts = texts.into_iter().cycle();
    let mut left = initiatives;
    let mut issues = Vec::new();
    for of_issue in (1..).take(initiatives.div_ceil(in_issue)) {
        let strategies = (1..)
            .take(left.div_ceil(shape.initiatives).min(shape.strategies))
            .map(|of_strategy| {
                let count = left.min(shape.initiatives);
                left -= count;
                let initiatives = (1..)
                    .take(count)
                    .zip(texts.by_ref())
                    .map(|(number, text)| {
                        Arc::new(Node {
                            id: next_id(),
                            level: initiative,
                            number: Some(number),
                            repost_of: None,
                            ..text.clone()
                        })
                    })
                    .collect();
                Arc::new(Node {
                    number: Some(of_strategy),
                    title: "自然災害から命を守る取組の推進".to_owned(),
                    children: initiatives,
                    ..Node::new(next_id(), strategy)
                })
            })
            .collect();
        issues.push(Arc::new(Node {
            number: Some(of_issue),
            title: "安全・安心・快適に暮らせるまちづくり".to_owned(),
            children: strategies,
            ..Node::new(next_id(), issue)
        }));
    }
    let about = About {
        organisation: "大阪市港区".to_owned(),
        fiscal_year: 2021,
        review: ward.review(),
        as_of: None,
    };
    Plan::new(about, Arc::clone(ward.form()), issues).expect("the ids differ")
}

/// A key of the ward's form.
pub fn key(text: &str) -> Key {
    text.parse().expect("a key")
}
