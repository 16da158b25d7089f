//! What several tests need: plans, files and disks, the program, a window without a screen.

pub mod arbitrary;
pub mod awkward;
pub mod desk;
pub mod disk;
pub mod files;
pub mod paper;
pub mod plans;
pub mod program;
pub mod sections;
pub mod snapshot;
pub mod wishes;

/// Says that something is not tested here, and why, past the test's capture.
pub fn left_out(what: &str, reason: &str) {
    use std::io::Write;
    let _nobody_listens = writeln!(std::io::stderr(), "LEFT OUT: {what}: {reason}");
}
