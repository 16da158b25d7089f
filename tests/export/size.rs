//! What would take too much memory is refused before anything is made, in a sentence.

use furikaeri::{
    export::{self, Format, Options},
    form::Slot,
    plan::{Id, Plan},
};

use crate::support::{
    plans::{after, results, set},
    shapes::{Shape, id_of},
};

const MEGABYTE: usize = 1_000_000;

fn with_long_text(plan: &Plan, id: Id, at: Slot) -> Plan {
    let text = "長い文。".repeat(MEGABYTE / "長い文。".len());
    after(plan, &[set(id, at, &text)])
}

/// Why it is refused; nothing is made of what is not.
fn refused(format: Format, plan: &Plan, options: &Options) -> String {
    match export::write(format, plan, None, options, &mut export::go_on) {
        Err(error) => error.to_string(),
        Ok(exported) => panic!("{} bytes were made", exported.bytes.len()),
    }
}

/// A table for programs says the titles above an initiative in each of its rows.
#[test]
fn a_long_title_above_many_rows_is_refused() {
    let plan = Shape::AllInOne.plan(400);
    let strategy = plan.parent(id_of(0)).expect("a strategy");
    let plan = with_long_text(&plan, strategy, Slot::TITLE);
    let sentence = |format: &str| {
        format!(
            "{format} にするには約 1.3 GB のメモリーが要ります（1 GB まで）。\
             経営課題や戦略ごとに、範囲を分けて書き出してください。"
        )
    };
    for (format, name) in [(Format::Csv, "CSV"), (Format::Xlsx, "Excel")] {
        assert_eq!(refused(format, &plan, &Options::default()), sentence(name));
    }
}

/// Printed with its contents, a repost says all that its source says.
#[test]
fn many_reposts_of_a_long_text_are_refused() {
    let plan = with_long_text(&Shape::ChainedBack.plan(300), id_of(299), results());
    let options = Options {
        full_reposts: true,
        ..Options::default()
    };
    let reason = refused(Format::Pdf, &plan, &options);
    assert!(reason.starts_with("PDF にするには約 1.3 GB"), "{reason}");
}
