//! All integration tests, one binary: linking egui once is enough.
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

mod house;
#[cfg(unix)]
mod needs;
#[cfg(unix)]
mod printing;
mod support;

mod cli {
    mod changes;
    mod check;
    mod export;
    mod forms;
    mod handout;
    mod merge;
    mod usage;
    mod ward;
    mod writing;
}
mod export {
    mod changes;
    mod changes_pdf;
    mod csv;
    mod handout;
    mod html;
    mod laws;
    mod looks;
    mod markdown;
    mod outline;
    mod pages;
    mod pdf;
    mod raster;
    mod same_words;
    mod size;
    mod ward;
    mod widths;
    mod xlsx;
}
#[cfg(target_os = "linux")]
mod faults {
    mod commands;
    mod dying;
    pub mod inject;
    mod orders;
    mod overtaken;
    mod power;
    mod saving;
    mod shares;
    mod unlocked;
}
mod form {
    mod numbers;
    mod sound;
    mod words;
}
mod import {
    mod hostile;
    mod mutated;
    mod returned;
    mod story;
    mod table;
}
mod session {
    mod belonging;
    mod forgetting;
    mod forms;
    mod hanging;
    mod orders;
    mod structure;
    mod turns;
    mod typing;
}
mod plan {
    mod checks;
    mod checks_real_plan;
    mod counting;
    mod difference;
    mod edits;
    mod filter;
    mod gaps;
    mod handout;
    mod judgement;
    mod laws;
    mod levels;
    mod merge;
    mod merge_forms;
    mod merge_laws;
    mod overview;
    mod overview_laws;
    mod refit;
    mod search;
    mod targets;
    mod transcription;
}
mod storage {
    mod backups;
    mod broken;
    mod by_hand;
    mod copies;
    mod fingerprint;
    mod format;
    mod forms;
    mod hostile;
    #[cfg(target_os = "linux")]
    mod inherit;
    mod journal;
    mod kept;
    mod lock;
    mod opening;
    mod place;
    mod readme;
    mod saving;
    mod two_people;
    mod watch;
}
mod ui {
    mod cells;
    mod checks;
    mod commands;
    mod editing;
    mod files;
    mod filter;
    mod form;
    mod form_dialogs;
    mod form_editor;
    mod forms;
    mod ime;
    mod importing;
    mod overview;
    mod pictures;
    mod preview;
    mod recovery;
    mod sections;
    mod structure;
    mod together;
    mod tree;
    mod undo;
    mod writing;
}
