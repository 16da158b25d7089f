//! Texts that were accepted once, and are compared line by line ever after.
//!
//! They lie beside the accepted pictures, and are accepted in the same way: `UPDATE_SNAPSHOTS=1`.

use std::{env, fs, path::Path};

use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// Lines of a difference that are shown; more would not be read.
const SHOWN: usize = 40;

/// Compares a text with the accepted one of this name.
pub fn assert_accepted(name: &str, text: &str) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"));
    let path = folder.join(name);
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, text).unwrap_or_else(|error| panic!("{name}: {error}"));
        return;
    }
    let accepted = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (old, new): (Vec<&str>, Vec<&str>) = (accepted.lines().collect(), text.lines().collect());
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new)
        .into_iter()
        .flat_map(|step| step.iter_changes(&old, &new).collect::<Vec<_>>())
        .filter(|change| change.tag() != ChangeTag::Equal)
        .map(|change| format!("{}{}", change.tag(), change.value()))
        .collect::<Vec<String>>();
    let shown = changes.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    assert!(
        changes.is_empty(),
        "{name}: {} lines differ\n{}",
        changes.len(),
        shown.join("\n")
    );
    assert!(accepted == text, "{name}: the ends of lines differ");
}
