//! The invariants of `src/lib.rs` that can be read off the source.

use std::{fs, path::Path};

/// The lines of code, without comments, of every file below a folder, with their places.
fn code_below(folder: &Path) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the source") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            lines.extend(code_below(&path));
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        // What follows this line is a module of tests.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (n, line) in code.lines().enumerate() {
            if !line.trim_start().starts_with("//") {
                lines.push((format!("{}:{}", path.display(), n + 1), line.to_owned()));
            }
        }
    }
    lines
}

fn source() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))
}

#[test]
fn the_domain_the_files_and_what_goes_out_and_in_know_no_window() {
    for room in ["plan", "storage", "export", "import"] {
        let lines = code_below(&source().join(room));
        assert!(!lines.is_empty(), "{room} has been moved");
        for (place, line) in lines {
            for name in ["egui", "eframe", "rfd"] {
                assert!(!line.contains(name), "{place} names {name}: {line}");
            }
        }
    }
}

#[test]
fn the_domain_does_no_io_and_knows_no_clock() {
    for (place, line) in code_below(&source().join("plan")) {
        for name in [
            "std::fs",
            "std::io",
            "SystemTime",
            "Zoned::now",
            "Instant::now",
        ] {
            assert!(!line.contains(name), "{place} uses {name}: {line}");
        }
    }
}

#[test]
fn colours_are_mixed_in_the_theme_only() {
    let rooms = ["ui", "app"].map(|room| code_below(&source().join(room)));
    for (place, line) in rooms.into_iter().flatten() {
        if !place.contains("theme") {
            assert!(!line.contains("Color32::from_"), "{place}: {line}");
        }
    }
}
