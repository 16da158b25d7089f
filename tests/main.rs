//! All integration tests, one binary: linking egui once is enough.

mod support;

mod plan {
    mod transcription;
}
mod ui {
    mod editing;
    mod files;
    mod ime;
    mod pictures;
    mod structure;
    mod tree;
    mod undo;
}
