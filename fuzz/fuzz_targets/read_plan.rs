//! Any bytes: refused with a reason, or a plan that is written and read back the same.
#![no_main]

use furikaeri::storage::format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(plan) = format::read(bytes) else {
        return;
    };
    let written = format::write(&plan).expect("what was read can be written");
    let back = format::read(&written).expect("what was written can be read");
    assert_eq!(back, plan);
});
