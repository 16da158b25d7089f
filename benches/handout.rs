//! How long handing out and collecting take. The targets, for two cores: 8 forms of the ward's
//! plan in 300 ms, the 192 files of 24 wards read and merged in 3 s.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot run has nothing to measure"
)]

use divan::{Bencher, black_box};
use furikaeri::{
    export::handout::{self, Options},
    import::returned,
    plan::{Id, Node, Plan, handout as rounds},
    storage::builtin,
};
use jiff::civil::Date;

const OWNERS: usize = 8;
const WARDS: usize = 24;
const DAY: Date = Date::constant(2021, 11, 1);

fn main() {
    divan::main();
}

/// The ward's plan, its headings given to eight sections in turn and handed out.
fn handed_out() -> (Plan, Vec<String>) {
    let mut plan = builtin::plan().expect("the ward's plan is built in");
    let owners: Vec<String> = (1..=OWNERS).map(|n| format!("第{n}担当")).collect();
    let holds_rows = |node: &&Node| node.children.iter().any(|it| plan.level(it).is_row());
    let all = plan.nodes().map(|entry| &**entry.node);
    let ids: Vec<Id> = all.filter(holds_rows).map(|node| node.id).collect();
    for (id, owner) in ids.into_iter().zip(owners.iter().cycle()) {
        let edit = rounds::assign(&plan, &[id], owner);
        plan.apply(&edit).expect("it is there");
    }
    let round = plan.round().clone();
    let round = round.handed_out(&owners, DAY, None, Id::from_bits(1));
    (plan.with_round(round), owners)
}

fn forms(plan: &Plan, owners: &[String]) -> Vec<Vec<u8>> {
    let options = Options::default();
    let write = |owner| handout::write(plan, owner, &options).expect("a form");
    owners.iter().map(|owner| write(owner)).collect()
}

#[divan::bench(sample_count = 20)]
fn hand_out_8_forms_of_the_ward(bencher: Bencher) {
    let (plan, owners) = handed_out();
    bencher.bench(|| forms(black_box(&plan), &owners));
}

#[divan::bench(sample_count = 5)]
fn collect_8_forms_of_24_wards(bencher: Bencher) {
    let (plan, owners) = handed_out();
    let forms = forms(&plan, &owners);
    bencher.bench(|| {
        for _ in 0..WARDS {
            let mut plan = plan.clone();
            for bytes in &forms {
                let returned = returned::read(black_box(bytes)).expect("a form");
                let merged = returned.merge_into(&plan, &[].into()).expect("its plan");
                plan.apply(&returned.take_in(&merged, DAY))
                    .expect("it fits");
            }
        }
    });
}
