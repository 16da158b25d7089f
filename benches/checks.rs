//! How long checking a large plan takes. The targets, for two cores: all checks over 10,000
//! initiatives 300 ms, and 1 ms after an edit.
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
    export::pages::faces,
    plan::{
        Digits, Edit, Plan, Style,
        checks::{CharSet, Checks, check, fix_all},
    },
};

use support::generate;

const LARGE: usize = 10_000;

fn main() {
    divan::main();
}

fn font() -> CharSet {
    faces::char_set().expect("the font is built in")
}

/// With a style, so that every rule has something to look for.
fn plan() -> Plan {
    let style = Style {
        digits: Some(Digits::Half),
        ..Style::default()
    };
    generate::plan(LARGE).with_style(style)
}

#[divan::bench(sample_count = 20)]
fn check_10_000(bencher: Bencher) {
    let (plan, font) = (plan(), font());
    bencher.bench(|| {
        let mut checks = Checks::new(font.clone());
        checks.update(black_box(&plan));
        checks
    });
}

#[divan::bench]
fn check_again_after_an_edit_in_10_000(bencher: Bencher) {
    let mut plan = plan();
    let mut checks = Checks::new(font());
    checks.update(&plan);
    let last = plan.rows().last().expect("it holds something").node;
    let written = plan.level(last).fields.iter().find(|it| it.is_written());
    let at = plan.slot(written.expect("something is written"));
    let id = Some(last.id);
    let edits = ["・訓練：2１回", "・訓練：21回"].map(|text| Edit::Text {
        id,
        at,
        text: text.to_owned(),
    });
    let mut turn = edits.iter().cycle();
    bencher.bench_local(|| {
        let edit = turn.next().expect("it goes round");
        plan.apply(edit).expect("the edit fits");
        checks.update(black_box(&plan));
        checks.counts()
    });
}

#[divan::bench(sample_count = 20)]
fn fix_10_000(bencher: Bencher) {
    let plan = plan();
    let findings = check(&plan, &font());
    bencher.bench(|| fix_all(black_box(&plan), &findings));
}

#[divan::bench]
fn characters_of_the_font() -> CharSet {
    font()
}

#[divan::bench]
fn check_the_ward(bencher: Bencher) {
    let plan = furikaeri::storage::builtin::plan().expect("the ward's plan is built in");
    let font = font();
    bencher.bench(|| check(black_box(&plan), &font));
}
