//! What two people did to a plan: merged into a plan that can be saved, whatever is decided.
#![no_main]

use std::sync::Arc;

use furikaeri::{
    plan::{
        Branch, Decision, Edit, Id, Initiative, Issue, Outlook, Plan, Progress, Strategy,
        TextField, Version, merge,
    },
    storage::format,
};
use libfuzzer_sys::{
    arbitrary::{self, Arbitrary},
    fuzz_target,
};

#[path = "../../tests/support/plans.rs"]
#[allow(dead_code, reason = "the tests need more of it")]
mod plans;

/// What somebody wants done; a number chooses among the nodes of whatever plan it is.
#[derive(Debug, Arbitrary)]
enum Wish {
    Text(u8, u8, String),
    Number(u8, Option<u8>),
    Outlook(u8, Option<bool>),
    Progress(u8, Option<bool>),
    Repost(u8, Option<u8>),
    Organisation(String),
    Add(u8, u8, u8, u8),
    Remove(u8),
    Move(u8, u8, u8),
}

impl Wish {
    fn edit(&self, plan: &Plan) -> Edit {
        let ids = plans::ids(plan);
        let node = |at: u8| {
            let at = usize::from(at) % (ids.len() + 1);
            ids.get(at).copied().unwrap_or(Id::from_bits(0xDEAD))
        };
        let parent = |at: u8| (at > 0).then(|| node(at - 1));
        match self {
            Self::Text(at, field, text) => Edit::Text {
                id: node(*at),
                field: match field % 6 {
                    0 => TextField::Title,
                    1 => TextField::Owner,
                    2 => TextField::Results,
                    3 => TextField::Target,
                    4 => TextField::Notes,
                    _ => TextField::Memo,
                },
                text: text.clone(),
            },
            Self::Number(at, number) => Edit::Number {
                id: node(*at),
                number: number.map(u32::from),
            },
            Self::Outlook(at, is_good) => Edit::Outlook {
                id: node(*at),
                outlook: is_good.map(|is_good| match is_good {
                    true => Outlook::OnTarget,
                    false => Outlook::OffTarget,
                }),
            },
            Self::Progress(at, is_good) => Edit::Progress {
                id: node(*at),
                progress: is_good.map(|is_good| match is_good {
                    true => Progress::OnSchedule,
                    false => Progress::Behind,
                }),
            },
            Self::Repost(at, source) => Edit::Repost {
                id: node(*at),
                source: source.map(node),
            },
            Self::Organisation(name) => {
                let mut about = plan.about().clone();
                about.organisation.clone_from(name);
                Edit::About(about)
            }
            Self::Add(at, position, kind, bits) => Edit::Insert {
                parent: parent(*at),
                position: usize::from(*position),
                branch: empty(*kind, Id::from_bits(u64::from(*bits))),
            },
            Self::Remove(at) => Edit::Remove { id: node(*at) },
            Self::Move(at, to, position) => Edit::Move {
                id: node(*at),
                parent: parent(*to),
                position: usize::from(*position),
            },
        }
    }
}

fn empty(kind: u8, id: Id) -> Branch {
    match kind % 3 {
        0 => Branch::Issue(Arc::new(Issue {
            id,
            number: Some(1),
            title: String::new(),
            strategies: Vec::new(),
            initiatives: Vec::new(),
        })),
        1 => Branch::Strategy(Arc::new(Strategy {
            id,
            number: 1,
            title: String::new(),
            initiatives: Vec::new(),
        })),
        _ => Branch::Initiative(Arc::new(Initiative::new(id, 1))),
    }
}

fn after(plan: &Plan, wishes: &[Wish]) -> Plan {
    let mut plan = plan.clone();
    for wish in wishes {
        // Not every wish can be granted.
        let _ = plan.apply(&wish.edit(&plan));
    }
    plan
}

fn assert_can_be_saved(plan: &Plan) {
    let written = format::write(plan).expect("a merged plan can be written");
    format::verify(&written, plan).expect("and is read back the same");
}

fuzz_target!(|wishes: (Vec<Wish>, Vec<Wish>, Vec<Wish>)| {
    let base = after(&plans::small(), &wishes.0);
    let ours = after(&base, &wishes.1);
    let theirs = after(&base, &wishes.2);
    let same = merge(&base, &ours, &base).expect("only one side did anything");
    assert!(same.clashes().is_empty());
    assert_eq!(*same.plan(), ours);
    // Both may have made something new with one id.
    let (Ok(mut merged), Ok(turned)) = (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours))
    else {
        return;
    };
    assert_can_be_saved(merged.plan());
    assert_eq!(merged.clashes().len(), turned.clashes().len());
    if merged.clashes().is_empty() {
        assert_eq!(merged.plan(), turned.plan());
    }
    for version in [Version::Theirs, Version::Base, Version::Ours] {
        let decision = Decision::Take(version);
        let open = merged.clashes().iter();
        let open = open.filter(|clash| clash.allows(&decision));
        let decisions: Vec<_> = open
            .map(|clash| (clash.question(), decision.clone()))
            .collect();
        merged.decide(decisions).expect("each is an answer");
        assert_can_be_saved(merged.plan());
    }
});
