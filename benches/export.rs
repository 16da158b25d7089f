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

use std::ops::ControlFlow;

use divan::{Bencher, black_box};
use furikaeri::{
    export::{
        pages::{self, faces::Faces},
        pdf::{self, Options},
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
    let form = builtin::form().expect("the form is built in");
    bencher.bench_local(|| {
        let faces = Faces::new().expect("the fonts are built in");
        let mut go_on = |_| ControlFlow::Continue(());
        pages::lay_out(
            black_box(&plan),
            None,
            &form,
            &Options::default(),
            faces,
            &mut go_on,
        )
    });
}

fn pdf_of(bencher: Bencher, plan: &Plan) {
    let form = builtin::form().expect("the form is built in");
    bencher.bench_local(|| {
        let mut go_on = |_| ControlFlow::Continue(());
        pdf::write(
            black_box(plan),
            None,
            &form,
            &Options::default(),
            &mut go_on,
        )
    });
}
