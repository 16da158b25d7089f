//! The rooms that are fuzzed, without the window and the 200 packages that it needs.
//!
//! From the folder above: `cargo +nightly fuzz run read_plan -- -dict=fuzz/read_plan.dict` and
//! `cargo +nightly fuzz run merge_plans`. What they find becomes a test in `tests/`.

#[path = "../../src/plan/mod.rs"]
pub mod plan;
#[path = "../../src/storage/mod.rs"]
pub mod storage;
