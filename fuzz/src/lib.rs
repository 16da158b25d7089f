//! The rooms that are fuzzed, without the window and the 200 packages that it needs.
//!
//! From the folder above: `cargo +nightly fuzz run read_plan -- -dict=fuzz/read_plan.dict`,
//! `cargo +nightly fuzz run read_form -- -dict=fuzz/read_plan.dict`,
//! `cargo +nightly fuzz run merge_plans` and
//! `cargo +nightly fuzz run read_return -- -dict=fuzz/read_return.dict`. What they find becomes a
//! test in `tests/`.

#[path = "../../src/export/mod.rs"]
pub mod export;
#[path = "../../src/form/mod.rs"]
pub mod form;
#[path = "../../src/import/mod.rs"]
pub mod import;
#[path = "../../src/plan/mod.rs"]
pub mod plan;
#[path = "../../src/storage/mod.rs"]
pub mod storage;
