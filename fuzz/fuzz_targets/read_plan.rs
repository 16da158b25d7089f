//! Any bytes: refused with a reason, or a plan that is written and read back the same, and that can
//! be shown, however its form contradicts itself.
#![no_main]

use furikaeri::{
    plan::{Plan, Standing},
    storage::format,
};
use libfuzzer_sys::fuzz_target;

/// All that a form says of a plan's nodes.
fn show(plan: &Plan) {
    let form = plan.form();
    for fault in form.faults() {
        assert!(fault.to_string().ends_with('。'));
    }
    for entry in plan.nodes() {
        let level = plan.level(entry.node);
        let number = entry.number();
        let _ = level.heading(&number.printed(form), &entry.node.title);
        let _ = level.repost_line(&level.name, &number.half_width(form));
        let _ = level.standing_word(plan.standing(entry.node));
        for column in &level.columns {
            let _ = level.choice_line(entry.node, plan.review(), &column.fields);
        }
    }
    for standing in Standing::ALL {
        let _ = form.standing_word(standing);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(plan) = format::read(bytes) else {
        return;
    };
    let written = format::write(&plan).expect("what was read can be written");
    let back = format::read(&written).expect("what was written can be read");
    assert_eq!(back, plan);
    show(&plan);
});
