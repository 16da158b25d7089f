//! How long the formats that are tables take. The target, for two cores: a workbook of 10,000
//! initiatives in 1.5 s.
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
    export::{self, Format},
    storage::builtin,
};

use support::generate;

const LARGE: usize = 10_000;

fn main() {
    divan::main();
}

#[divan::bench(args = Format::ALL, sample_count = 20)]
fn export_10_000(bencher: Bencher, format: Format) {
    let plan = generate::plan(LARGE);
    bencher.bench(|| {
        export::write(
            format,
            black_box(&plan),
            None,
            &export::Options::default(),
            &mut export::go_on,
        )
    });
}

#[divan::bench(args = Format::ALL)]
fn export_the_ward(bencher: Bencher, format: Format) {
    let plan = builtin::plan().expect("the ward's plan is built in");
    bencher.bench(|| {
        export::write(
            format,
            black_box(&plan),
            None,
            &export::Options::default(),
            &mut export::go_on,
        )
    });
}
