//! What several tests share: plans, files and disks, the program, a window without a screen.

pub mod arbitrary;
pub mod awkward;
pub mod contact;
pub mod desk;
pub mod disk;
pub mod files;
pub mod headless;
pub mod memory;
pub mod need;
pub mod paper;
pub mod plans;
pub mod program;
pub mod sections;
#[allow(dead_code, reason = "the tests of growth need more of it")]
pub mod shapes;
#[cfg(target_os = "linux")]
pub mod shares;
pub mod snapshot;
pub mod source;
pub mod wishes;
pub mod workbook;
