//! Plans for examples, and finding one's way in them by the numbers that people use.

use std::sync::Arc;

use furikaeri::plan::{
    About, Edit, Id, Initiative, Issue, Outlook, Plan, Progress, Review, Status, Strategy,
};
use furikaeri::storage::builtin;

/// The ward's plan, as it is built in.
pub fn real() -> Plan {
    builtin::plan().unwrap_or_else(|error| panic!("港区の計画が読めない: {error}"))
}

pub fn id(bits: u64) -> Id {
    Id::from_bits(bits)
}

/// Issue 1 with the strategies 1-1 (1-1-1 with every field, 1-1-2 a repost of it) and 1-2
/// (empty), and the unnumbered part with 改革-1. The ids are 1 to 7, in the order of the document.
pub fn small() -> Plan {
    let full = Initiative {
        title: "防災訓練".to_owned(),
        owner: "防災担当".to_owned(),
        results: "・訓練：１回\n・会議：２回".to_owned(),
        target: "参加者：100人以上".to_owned(),
        status: Status {
            outlook: Some(Outlook::OnTarget),
            progress: Some(Progress::Behind),
        },
        notes: "「秋」に\"延期\"した。".to_owned(),
        memo: "部長へ確認".to_owned(),
        ..Initiative::new(id(3), 1)
    };
    let repost = Initiative {
        title: "防災訓練（再掲）".to_owned(),
        repost_of: Some(id(3)),
        ..Initiative::new(id(4), 2)
    };
    let first = Strategy {
        id: id(2),
        number: 1,
        title: "地域防災".to_owned(),
        initiatives: vec![Arc::new(full), Arc::new(repost)],
    };
    let numbered = Issue {
        id: id(1),
        number: Some(1),
        title: "安全".to_owned(),
        strategies: vec![Arc::new(first), empty_strategy(id(5), 2)],
        initiatives: Vec::new(),
    };
    let reform = Issue {
        id: id(6),
        number: None,
        title: "改革の取組".to_owned(),
        strategies: Vec::new(),
        initiatives: vec![Arc::new(Initiative::new(id(7), 1))],
    };
    plan_of(vec![numbered, reform])
}

/// The plan after these edits, each of which fits it.
pub fn after(plan: &Plan, edits: &[Edit]) -> Plan {
    let mut plan = plan.clone();
    for edit in edits {
        plan.apply(edit)
            .unwrap_or_else(|error| panic!("{edit:?}: {error}"));
    }
    plan
}

pub fn empty_strategy(id: Id, number: u32) -> Arc<Strategy> {
    Arc::new(Strategy {
        id,
        number,
        title: String::new(),
        initiatives: Vec::new(),
    })
}

pub fn plan_of(issues: Vec<Issue>) -> Plan {
    let about = About {
        organisation: "港区".to_owned(),
        fiscal_year: 2021,
        review: Review::MidYear,
        as_of: None,
    };
    Plan::new(about, issues.into_iter().map(Arc::new).collect()).expect("the ids differ")
}

/// Ids of all nodes, in the order of the document.
pub fn ids(plan: &Plan) -> Vec<Id> {
    let mut ids = Vec::new();
    let mut waiting: Vec<Id> = plan.issues().iter().rev().map(|issue| issue.id).collect();
    while let Some(id) = waiting.pop() {
        ids.push(id);
        let node = plan.node(id).expect("a child is in the plan");
        waiting.extend(node.children().into_iter().rev());
    }
    ids
}

/// The node with this number: `2`, `2-1`, `2-1-3`, `改革-1`.
pub fn numbered(plan: &Plan, number: &str) -> Id {
    let bears_it = |&id: &Id| plan.number(id).is_some_and(|n| n.half_width() == number);
    match ids(plan).into_iter().find(bears_it) {
        Some(id) => id,
        None => panic!("計画に {number} がない"),
    }
}
