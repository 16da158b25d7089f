//! Plans' files as texts, and damage done to them.

use furikaeri::plan::Plan;
use furikaeri::storage::format::{self, Place, ReadError};

use super::plans::small;

/// A plan's file as it is written.
pub fn written(plan: &Plan) -> String {
    let bytes = format::write(plan).unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(bytes).expect("a plan's file is UTF-8")
}

pub fn small_file() -> String {
    written(&small())
}

/// Why these bytes are no plan.
pub fn refused(bytes: &[u8]) -> ReadError {
    match format::read(bytes) {
        Err(error) => error,
        Ok(plan) => panic!("計画として読めてしまった: {plan:?}"),
    }
}

/// The small plan's file with one thing changed.
pub fn changed(from: &str, to: &str) -> String {
    change(small_file(), from, to)
}

pub fn change(file: String, from: &str, to: &str) -> String {
    assert!(file.contains(from), "「{from}」がない:\n{file}");
    file.replacen(from, to, 1)
}

/// The line and column of a byte, as an editor shows them.
pub fn place_at(file: &str, at: usize) -> Place {
    let before = &file[..at];
    Place {
        line: before.matches('\n').count() + 1,
        column: before.chars().rev().take_while(|c| *c != '\n').count() + 1,
    }
}
