//! All integration tests, one binary: linking egui once is enough.

mod plan {
    mod transcription;
}
