//! Files made to do harm, and files that a power cut has harmed: refused in words, and soon.
//! Nesting without end is in `broken.rs`, one id twice in `by_hand.rs`.

use std::fmt::Write as _;

use furikaeri::{
    plan::PlanError,
    storage::format::{self, ReadError},
};

use crate::support::{
    files::{changed, refused, small_file},
    plans::id,
};

const FORM: &str = include_str!("../../assets/forms/minato.ron");

/// A plan of so many initiatives, each of which repeats the one that `source` says.
fn chain(count: u64, source: impl Fn(u64) -> Option<u64>) -> String {
    let mut initiatives = String::new();
    for n in 1..=count {
        let repost = source(n).map(|source| format!("repost_of: \"{}\"", id(source)));
        let repost = repost.unwrap_or_default();
        let _ = writeln!(
            initiatives,
            "(id: \"{}\", level: \"reform_item\", number: 1, title: \"\", {repost}),",
            id(n)
        );
    }
    format!(
        "(format: 1, organisation: \"\", fiscal_year: 2021, review: \"midyear\", nodes: [\
         (id: \"{}\", level: \"reform\", title: \"\", children: [{initiatives}])], form: {FORM})",
        id(1_000_000)
    )
}

#[test]
fn reposts_that_go_round_are_refused_however_many_they_are() {
    for count in [1, 2, 3, 20_000] {
        let file = chain(count, |n| Some(n % count + 1));
        let error = refused(file.as_bytes());
        assert!(
            matches!(error, ReadError::Plan(PlanError::CircularRepost(_))),
            "{count}: {error}"
        );
    }
    // In a row they end somewhere; that is a plan, if an odd one.
    let file = chain(20_000, |n| (n < 20_000).then_some(n + 1));
    let plan = format::read(file.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert!(format::verify(&format::write(&plan).expect("a plan"), &plan).is_ok());
}

#[test]
fn ids_that_are_there_again_and_again_are_refused() {
    let file = chain(20_000, |_| None).replace(&id(77).to_string(), &id(78).to_string());
    let twice = PlanError::DuplicateId(id(78));
    assert_eq!(refused(file.as_bytes()), ReadError::Plan(twice));
}

#[test]
fn a_text_without_end_is_refused() {
    let endless = format!("\"{}", "あ".repeat(1_000_000));
    let file = changed("\"防災訓練\"", &endless);
    // Where that text ends is the next quotation mark; what comes then is no field.
    assert!(matches!(refused(file.as_bytes()), ReadError::Syntax(_)));
    let (before, _) = file.split_once("あ\",").unwrap_or((&file, ""));
    let cut = before.trim_end_matches(|c| c != 'あ');
    assert!(matches!(refused(cut.as_bytes()), ReadError::CutOff(_)));
}

/// After a power cut, some disks give back as many NUL bytes as were to be written.
#[test]
fn a_file_of_which_a_part_is_nul_is_refused() {
    let file = small_file();
    let nul = |from: usize, to: usize| {
        let mut bytes = file.clone().into_bytes();
        bytes[from..to].fill(0);
        bytes
    };
    let length = file.len();
    let line = file.find("    nodes").expect("a line");
    for bytes in [
        nul(0, length),
        nul(0, 100),
        nul(length / 2, length),
        nul(line, line + 10),
        [file.as_bytes(), &[0; 512]].concat(),
    ] {
        let said = refused(&bytes).to_string();
        assert!(said.contains("。"), "{said}");
    }
}

/// A pipe would be waited for, a device read for ever.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_before_it_is_read() {
    use furikaeri::storage::{
        files::{self, OpenReason},
        forms,
    };

    use crate::support::disk::specials;

    let folder = tempfile::tempdir().expect("a folder");
    let others = ["/dev/zero", "/dev/stdin"].map(std::path::PathBuf::from);
    for path in specials(folder.path()).into_iter().chain(others) {
        let error = files::open(&path).expect_err("no plan");
        assert!(matches!(error.reason, OpenReason::NotAFile), "{error}");
        let error = forms::open(&path).expect_err("no form");
        assert!(
            error.to_string().contains("普通のファイルではありません"),
            "{error}"
        );
    }
}
