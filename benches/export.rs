//! How long a plan takes to become a PDF. The targets, for two cores: 1,000 initiatives 0.6 s,
//! 10,000 in 6 s, and linear in between.
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
    export::{
        self, Options,
        outline::Outline,
        pages::{self, faces::Faces},
    },
    plan::Plan,
    storage::builtin,
};

use support::generate;

const SIZES: [usize; 2] = [1_000, 10_000];

fn main() {
    divan::main();
}

#[divan::bench]
fn pdf_of_the_ward(bencher: Bencher) {
    pdf_of(
        bencher,
        &builtin::plan().expect("the ward's plan is built in"),
    );
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn pdf_of_initiatives(bencher: Bencher, initiatives: usize) {
    pdf_of(bencher, &generate::plan(initiatives));
}

/// The pages without the file.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn pages_of_initiatives(bencher: Bencher, initiatives: usize) {
    let plan = generate::plan(initiatives);
    bencher.bench_local(|| {
        let faces = Faces::new().expect("the fonts are built in");
        let outline = Outline::whole(black_box(&plan));
        pages::lay_out(&outline, &Options::default(), faces, &mut export::go_on)
    });
}

fn pdf_of(bencher: Bencher, plan: &Plan) {
    bencher.bench_local(|| {
        let options = Options::default();
        export::print(black_box(plan), None, &options, &mut export::go_on)
    });
}
