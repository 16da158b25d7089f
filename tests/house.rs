//! The invariants of `src/lib.rs` that can be read off the source.

use std::path::Path;

use crate::support::source::{self, Name};

/// The rooms from the top of the house down, each with those that it may use. They all stand below
/// it, so that there is no ring, neither of rooms nor of files in different ones. `main.rs` may use
/// whatever it likes, and nobody uses `cli` but `main.rs`.
const HOUSE: [(&str, &[&str]); 8] = [
    (
        "ui",
        &["session", "import", "export", "storage", "plan", "form"],
    ),
    ("session", &["import", "export", "storage", "plan", "form"]),
    ("cli", &["import", "export", "storage", "plan", "form"]),
    ("import", &["export", "storage", "plan", "form"]),
    ("export", &["storage", "plan", "form"]),
    ("storage", &["plan", "form"]),
    ("plan", &["form"]),
    ("form", &[]),
];

/// What draws a window and asks its user for files.
const WINDOW: [&str; 9] = [
    "ecolor",
    "eframe",
    "egui",
    "egui_extras",
    "emath",
    "epaint",
    "rfd",
    "wgpu",
    "winit",
];

/// What has to do with files, other programs, the network, threads and time.
const WORLD: [&str; 12] = [
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "etcetera",
    "getrandom",
    "gethostname",
    "opener",
    "tempfile",
];

/// A module that is longer holds more than one idea.
const LONGEST: usize = 500;

/// What a file does that its place in the house forbids.
fn offences(path: &Path, text: &str) -> Vec<String> {
    let parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
    let here = match parts[..] {
        [file] => file.trim_end_matches(".rs").to_owned(),
        [folder, ..] => folder.to_owned(),
        [] => String::new(),
    };
    let mut offences = Vec::new();
    if !text.starts_with("//! ") {
        offences.push("does not say at its top what it is for".to_owned());
    }
    let lines = text.lines().count();
    if lines > LONGEST {
        offences.push(format!("has {lines} lines"));
    }
    let found = HOUSE.iter().find(|(name, _)| *name == here);
    let below = match (found, &*here) {
        (Some((_, below)), _) => *below,
        // What is beside the rooms: the program.
        (None, "lib" | "main" | "console") => &[],
        (None, _) => {
            offences.push("is in no room of the house".to_owned());
            &[]
        }
    };
    let is_program = found.is_none();
    for name in source::names(path, text) {
        let spelled = name.join("::");
        let is_forbidden = match &name[..] {
            [first, rest @ ..] if first == "crate" && !is_program => {
                let to = rest.first().cloned().unwrap_or_default();
                to != here && !below.contains(&&*to)
            }
            [first, ..] if WINDOW.contains(&&**first) => !is_program && here != "ui",
            _ => ["plan", "form"].contains(&&*here) && is_of_the_world(&name),
        };
        let is_colour = match name.iter().rev().take(2).collect::<Vec<_>>()[..] {
            [last, kind] => kind == "Color32" && last.starts_with("from_"),
            _ => false,
        };
        if is_forbidden {
            offences.push(format!("{here} uses {spelled}"));
        } else if is_colour && !path.starts_with("ui/theme") {
            offences.push(format!("mixes a colour outside the theme: {spelled}"));
        }
    }
    offences
}

fn is_of_the_world(name: &Name) -> bool {
    let spelled = name.join("::") + "::";
    let is_clock = name.len() > 1 && name.last().is_some_and(|last| last == "now");
    let is_output = |name: &String| matches!(&**name, "print" | "println" | "eprint" | "eprintln");
    is_clock
        || name.first().is_some_and(is_output)
        || WORLD
            .iter()
            .any(|it| spelled.starts_with(&format!("{it}::")))
}

#[test]
fn every_file_keeps_to_its_place() {
    let files = source::files();
    assert!(files.len() > HOUSE.len(), "the source has been moved");
    let offences: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let offences = offences(&file.path, &file.text).into_iter();
            offences.map(|offence| format!("src/{} {offence}", file.path.display()))
        })
        .collect();
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn every_arrow_leads_down() {
    for (n, (room, uses)) in HOUSE.iter().enumerate() {
        for used in *uses {
            let is_below = HOUSE[n + 1..].iter().any(|(name, _)| name == used);
            assert!(is_below, "{used} does not stand below {room}");
            assert_ne!(*used, "cli", "only main.rs uses it");
        }
    }
}

#[test]
fn what_is_forbidden_is_found_however_it_is_written() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("ui/a.rs", "use crate::session::Session;", &[]),
        (
            "main.rs",
            "use furikaeri::{cli, ui}; use egui::Context;",
            &[],
        ),
        ("plan/a.rs", "use super::{Id, merge::{self, *}};", &[]),
        (
            "plan/a.rs",
            "pub(crate) fn f() {} pub(in crate::plan) fn g() {}",
            &[],
        ),
        (
            "plan/a.rs",
            "/// As in [`crate::ui`].\nfn f(now: u8) { g(now); }",
            &[],
        ),
        (
            "plan/a.rs",
            "#[cfg(test)] mod tests { use crate::storage::builtin; }",
            &[],
        ),
        (
            "plan/a.rs",
            "use crate::{plan::Id, storage::{self, format}};",
            &[
                "plan uses crate::storage",
                "plan uses crate::storage::format",
            ],
        ),
        (
            "storage/a/mod.rs",
            "use super::super::export::csv as table;",
            &["storage uses crate::export::csv"],
        ),
        (
            "storage/mod.rs",
            "mod a { use super::super::session::Session; }",
            &["storage uses crate::session::Session"],
        ),
        (
            "export/a.rs",
            "fn f() -> String { format!(\"{}\", [crate::ui::words::SAVE]) }",
            &["export uses crate::ui::words::SAVE"],
        ),
        (
            "export/a.rs",
            "macro_rules! m { ($a:ident: $b:ty) => { $crate::session::job($a, egui::Id::NULL) } }",
            &[
                "export uses crate::session::job",
                "export uses egui::Id::NULL",
            ],
        ),
        (
            "import/a.rs",
            "#[derive(crate::ui::View)] struct A { b: Vec<crate::cli::B> }",
            &["import uses crate::ui::View", "import uses crate::cli::B"],
        ),
        ("session/a.rs", "use crate::*;", &["session uses crate::*"]),
        (
            "session/mod.rs",
            "fn f(ctx: &egui::Context) { rfd::open(); }",
            &["session uses egui::Context", "session uses rfd::open"],
        ),
        ("cli/mod.rs", "extern crate eframe;", &["cli uses eframe"]),
        (
            "cli/a.rs",
            "use crate::session::Job;",
            &["cli uses crate::session::Job"],
        ),
        (
            "ui/a.rs",
            "use crate::cli::Request;",
            &["ui uses crate::cli::Request"],
        ),
        ("shed/a.rs", "", &["is in no room of the house"]),
        (
            "plan/a.rs",
            "use std::{fmt, fs as files, time::Instant}; fn f() { println!(); }",
            &[
                "plan uses std::fs",
                "plan uses std::time::Instant",
                "plan uses println",
            ],
        ),
        (
            "plan/a.rs",
            "fn f() { Zoned::now(); }",
            &["plan uses Zoned::now"],
        ),
        (
            "ui/a.rs",
            "const RED: Color32 = Color32::from_rgb(255, 0, 0);",
            &["mixes a colour outside the theme: Color32::from_rgb"],
        ),
        (
            "ui/theme/a.rs",
            "const RED: C = Color32::from_rgb(1, 0, 0);",
            &[],
        ),
    ];
    for (path, code, expected) in cases {
        let text = format!("//! A module.\n{code}");
        assert_eq!(
            offences(Path::new(path), &text),
            *expected,
            "{path}: {code}"
        );
    }
    let long = format!("//! A module.\n{}", "\n".repeat(LONGEST));
    assert_eq!(offences(Path::new("plan/a.rs"), &long), ["has 501 lines"]);
    let silent = offences(Path::new("plan/a.rs"), "use super::Id;");
    assert_eq!(silent, ["does not say at its top what it is for"]);
}
