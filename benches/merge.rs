//! How long comparing and merging take. The target, for two cores: 10,000 with 10,000 initiatives
//! in 200 ms, and two long cells of a table while somebody looks.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot run has nothing to measure"
)]

mod support {
    pub mod generate;
}

use divan::{Bencher, black_box};
use furikaeri::{
    form::Slot,
    plan::{Edit, Id, Plan, differences, merge, text_difference},
    storage::format,
};

use support::generate;

const LARGE: usize = 10_000;

fn main() {
    divan::main();
}

/// The plan as another file of it is read: nothing is shared.
fn read_again(plan: &Plan) -> Plan {
    let bytes = format::write(plan).expect("the plan can be written");
    format::read(&bytes).expect("the plan can be read")
}

/// The plan with one field of each of these initiatives written anew.
fn edited(plan: &Plan, ids: &[Id], at: Slot, text: &str) -> Plan {
    let mut plan = plan.clone();
    for id in ids {
        let edit = Edit::Text {
            id: Some(*id),
            at,
            text: text.to_owned(),
        };
        plan.apply(&edit).expect("the initiative is there");
    }
    plan
}

fn results(plan: &Plan) -> Slot {
    Slot::at(plan.review(), generate::key("results"))
}

fn initiatives(plan: &Plan) -> Vec<Id> {
    plan.rows().map(|entry| entry.node.id).collect()
}

/// Three versions as files: every second initiative is edited on one side, every third on the
/// other, in different fields.
fn three() -> (Plan, Plan, Plan) {
    let base = generate::plan(LARGE);
    let ids = initiatives(&base);
    let every = |n| -> Vec<Id> { ids.iter().copied().step_by(n).collect() };
    let ours = edited(&base, &every(2), results(&base), "・訓練：２回");
    let theirs = edited(
        &base,
        &every(3),
        Slot::once(generate::key("target")),
        "３回以上",
    );
    (base.clone(), read_again(&ours), read_again(&theirs))
}

#[divan::bench(sample_count = 20)]
fn merge_10_000_read_from_three_files(bencher: Bencher) {
    let (base, ours, theirs) = three();
    bencher.bench(|| merge(black_box(&base), black_box(&ours), black_box(&theirs)));
}

/// Every initiative is written in two ways.
#[divan::bench(sample_count = 20)]
fn merge_10_000_that_all_clash(bencher: Bencher) {
    let base = generate::plan(LARGE);
    let ids = initiatives(&base);
    let ours = edited(&base, &ids, results(&base), "・訓練：２回");
    let theirs = edited(&base, &ids, results(&base), "・訓練：３回");
    bencher.bench(|| merge(black_box(&base), black_box(&ours), black_box(&theirs)));
}

#[divan::bench(sample_count = 20)]
fn differences_10_000_read_from_two_files(bencher: Bencher) {
    let (_, ours, theirs) = three();
    bencher.bench(|| differences(black_box(&ours), black_box(&theirs)));
}

#[divan::bench]
fn differences_10_000_one_edit(bencher: Bencher) {
    let base = generate::plan(LARGE);
    let id = *initiatives(&base).last().expect("there are initiatives");
    let after = edited(&base, &[id], results(&base), "・訓練：２回");
    bencher.bench(|| differences(black_box(&base), black_box(&after)));
}

/// Two texts of that many characters that have little in common but their letters.
#[divan::bench(args = [500, 2_000, 20_000])]
fn text_difference_of_other_texts(bencher: Bencher, length: usize) {
    let plan = generate::plan(400);
    let texts = |skipped: usize| -> String {
        let entries = plan.rows().skip(skipped);
        let at = results(&plan);
        let characters = entries.flat_map(|entry| entry.node.text(at).chars());
        characters.take(length).collect()
    };
    let (old, new) = (texts(0), texts(25));
    assert_eq!(new.chars().count(), length, "the ward has written enough");
    bencher.bench(|| text_difference(black_box(&old), black_box(&new)).len());
}
