//! How much more work a larger plan makes: four times as large, about four times as much.
//!
//! Work is counted and never timed: `counted.rs` has the instructions of each operation counted, so
//! that a busy machine makes no difference and nothing that grows with the square of something
//! hides. `operations.rs` has what is done with a plan, `texts.rs` with one text, `imports.rs` what is
//! read of other programs. `memory.rs` counts bytes instead.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used,
    unsafe_code,
    reason = "a test says what went wrong by panicking, and to its parent by printing"
)]

mod counted;
mod imports;
mod memory;
mod operations;
mod texts;

#[path = "../support/need.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod need;
#[path = "../support/memory.rs"]
mod peak;
#[path = "../support/plans.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod plans;
#[path = "../support/sections.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod sections;
#[path = "../support/shapes.rs"]
mod shapes;
