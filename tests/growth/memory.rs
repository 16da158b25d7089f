//! How much memory an export takes: for whatever more there is in a plan, no more than is counted
//! before it begins.

use furikaeri::{
    export::{self, Format, Options, outline::Outline, size},
    plan::Plan,
};

use crate::{
    peak::peak_of,
    plans::{notes, results, set, target},
    shapes::{Shape, id_of},
};

/// A plan of this size, and one four times as large.
fn two_sizes(smaller: u64, plan: impl Fn(u64) -> Plan) -> [Plan; 2] {
    [smaller, 4 * smaller].map(plan)
}

/// Texts of so many lines, in few initiatives.
fn long_texts(lines: u64) -> Plan {
    let mut plan = Shape::AllInOne.plan(4);
    for n in 0..4 {
        for at in [results(), target(), notes()] {
            let lines =
                (0..lines).map(|line| format!("・{line}回目の訓練を行い、区民が参加した。\n"));
            let text: String = lines.collect();
            plan.apply(&set(id_of(n), at, &text)).expect("it is there");
        }
    }
    plan
}

#[test]
fn an_export_takes_no_more_memory_than_is_counted_beforehand() {
    let mut plans: Vec<(String, [Plan; 2])> = Vec::new();
    for shape in Shape::ALL {
        plans.push((shape.to_string(), two_sizes(100, |count| shape.plan(count))));
    }
    plans.push(("long texts".to_owned(), two_sizes(250, long_texts)));
    let mut too_little = String::new();
    for format in Format::ALL {
        for (name, [small, large]) in &plans {
            let small = counted_and_taken(format, small);
            let large = counted_and_taken(format, large);
            let (counted, taken) = (large.0 - small.0, large.1.saturating_sub(small.1));
            let line = format!("{format:?}, {name}: {taken} bytes more, {counted} counted\n");
            print!("{line}");
            if taken > counted {
                too_little.push_str(&line);
            }
        }
    }
    assert!(
        too_little.is_empty(),
        "too little is counted:\n{too_little}"
    );
}

fn counted_and_taken(format: Format, plan: &Plan) -> (usize, usize) {
    let options = Options::default();
    let outline = Outline::of(plan, None).expect("the whole plan");
    let counted = size::needed(format, &outline);
    let export = || export::write(format, plan, None, &options, &mut export::go_on);
    let (exported, taken) = peak_of(export);
    exported.unwrap_or_else(|error| panic!("{format:?}: {error}"));
    assert!(
        taken <= counted,
        "{format:?}: {taken} bytes, {counted} counted"
    );
    (counted, taken)
}
