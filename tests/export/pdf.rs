//! The PDF as other programs read it, and input that no printer likes.

use std::{ops::ControlFlow, path::PathBuf, sync::Arc};

use furikaeri::{
    export::pdf::{self, Options, Orientation, PdfError},
    plan::{Initiative, Plan},
};
use proptest::prelude::*;

use crate::support::{
    arbitrary,
    disk::write,
    paper::{cells, export, form, lay_out, outline, read_by},
    plans::{real, small},
};

/// The real plan as a file, in a folder that goes with the value.
fn real_file(options: &Options) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("港区.pdf");
    let path = write(path, &export(&real(), options).bytes);
    (folder, path)
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_text_of_every_initiative_can_be_read_in_order() {
    let (_folder, path) = real_file(&Options::default());
    let Some(text) = read_by("pdftotext", &["-raw"], &path, &["-"]) else {
        return;
    };
    let text = without_blanks(&text);
    let (plan, form) = (real(), form());
    let mut rest = &*text;
    for entry in plan.entries() {
        let initiative = entry.initiative;
        let number = entry.number();
        let mut pieces = vec![number.full_width(), initiative.title.clone()];
        match initiative.repost_of.and_then(|source| plan.number(source)) {
            Some(source) => {
                let original = initiative.repost_of.and_then(|id| plan.initiative(id));
                let status = original.map(|it| it.status).unwrap_or_default();
                let status = form.wording(source).status_line(status);
                let status = status.unwrap_or_default();
                pieces.push(format!("{}再掲元：{status}", form.repost_line(source)));
            }
            None => {
                let status = form.wording(number).status_line(initiative.status);
                pieces.extend([initiative.results.clone(), initiative.target.clone()]);
                pieces.extend([status.unwrap_or_default(), initiative.notes.clone()]);
            }
        }
        let whole = without_blanks(&pieces.concat());
        let Some((_, after)) = rest.split_once(&*whole) else {
            panic!("{} is not in {rest}", whole);
        };
        rest = after;
    }
}

#[test]
fn it_is_tagged_a4_with_its_fonts_in_it() {
    for orientation in [Orientation::Landscape, Orientation::Portrait] {
        let options = Options {
            orientation,
            cover: true,
            ..Options::default()
        };
        let (_folder, path) = real_file(&options);
        if let Some(info) = read_by("pdfinfo", &["-isodates"], &path, &[]) {
            let says = |name: &str, value: &str| {
                let line = info.lines().find(|line| line.starts_with(name));
                assert!(
                    line.is_some_and(|line| line.contains(value)),
                    "{name}: {info}"
                );
            };
            says("Title:", "大阪市港区　令和３年度　中間振り返り");
            says("Tagged:", "yes");
            says("Page size:", "(A4)");
            says("CreationDate:", "2021-10-3");
        }
        if let Some(fonts) = read_by("pdffonts", &[], &path, &[]) {
            let fonts: Vec<&str> = fonts.lines().skip(2).collect();
            assert_eq!(fonts.len(), 2, "{fonts:?}");
            for font in fonts {
                // The columns end in: embedded, subset, Unicode, object.
                assert!(font.contains("BIZUDPGothic"), "{font}");
                assert!(font.contains(" yes yes yes "), "{font}");
            }
        }
        if let Some(said) = read_by("qpdf", &["--check"], &path, &[]) {
            assert!(
                said.contains("No syntax or stream encoding errors"),
                "{said}"
            );
        }
    }
}

#[test]
fn a_screen_reader_finds_headings_and_a_table_with_its_heads() {
    let (_folder, path) = real_file(&Options::default());
    let Some(tree) = read_by("pdfinfo", &["-struct-text"], &path, &[]) else {
        return;
    };
    let count = |tag: &str| {
        tree.lines()
            .filter(|line| line.trim().starts_with(tag))
            .count()
    };
    assert_eq!(
        (count("H1"), count("H2"), count("H3")),
        (1, 7, 19),
        "{tree}"
    );
    // A table for each strategy and for the reform part, each with one head in the structure.
    assert_eq!((count("Table"), count("THead")), (20, 20), "{tree}");
    assert_eq!(count("TR"), 20 + 49);
    // Four columns in each head; a heading for each row, three cells beside it, or one for the repost.
    assert_eq!(
        (count("TH") - count("THead"), count("TD")),
        (20 * 4 + 49, 48 * 3 + 1)
    );
}

#[test]
fn the_same_plan_is_the_same_file() {
    let colour = export(&real(), &Options::default());
    assert_eq!(colour, export(&real(), &Options::default()));
    let grey = Options {
        grey: true,
        ..Options::default()
    };
    assert_ne!(colour.bytes, export(&real(), &grey).bytes);
    assert!(colour.missing.is_empty());
}

#[test]
fn it_stops_when_it_is_told_to() {
    let stop_at = |last: usize| {
        let mut told = 0;
        let mut watch = |_| {
            told += 1;
            if told > last {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let (plan, form) = (real(), form());
        pdf::write(
            &outline(&plan, None, &form),
            &Options::default(),
            &mut watch,
        )
    };
    for last in [0, 1] {
        assert!(matches!(stop_at(last), Err(PdfError::Stopped)), "{last}");
    }
}

/// The small plan with one initiative made worse.
fn with(change: impl FnOnce(&mut Initiative)) -> Plan {
    let plan = small();
    let mut issues = plan.issues().to_vec();
    let strategies = &mut Arc::make_mut(&mut issues[0]).strategies;
    let initiatives = &mut Arc::make_mut(&mut strategies[0]).initiatives;
    change(Arc::make_mut(&mut initiatives[0]));
    Plan::new(plan.about().clone(), issues).expect("the ids are as they were")
}

#[test]
fn what_no_printer_likes_is_printed_all_the_same() {
    let long = "港区民の皆様へ、".repeat(12_500);
    let bullets = "・会議を開催：１回\n".repeat(1_000);
    let digits = "１".repeat(5_000);
    let hostile = "=cmd|' /C calc'!A0\n</td><script>alert(1)</script>\n\u{202e}さかさま\u{200f}\n\u{0}\u{1b}[31m";
    for text in [&*long, &*bullets, &*digits, hostile, "\n\n\n", "   "] {
        let plan = with(|it| {
            it.results = text.to_owned();
            it.notes = text.to_owned();
        });
        for orientation in [Orientation::Landscape, Orientation::Portrait] {
            let options = Options {
                orientation,
                ..Options::default()
            };
            let printed = cells(&lay_out(&plan, None, &options)).concat();
            let shown: String = text.chars().filter(|c| !c.is_control()).collect();
            let shown = shown.replace(['\u{202e}', '\u{200f}'], "");
            if !shown.trim().is_empty() {
                let times = printed.matches(&*shown).count();
                assert_eq!(times, 2, "in the results and in the notes");
            }
            assert!(!export(&plan, &options).bytes.is_empty());
        }
    }
    let plan = with(|it| it.title = long.clone());
    export(&plan, &Options::default());
    let mut about = real().about().clone();
    about.organisation = long;
    export(
        &Plan::empty(about),
        &Options {
            cover: true,
            ..Options::default()
        },
    );
}

#[test]
fn what_the_font_lacks_is_named() {
    let plan = with(|it| it.title = "👨‍👩‍👧 𠮷野家 😀 \u{e000} שלום".to_owned());
    let pdf = export(&plan, &Options::default());
    let mut lacks: Vec<char> = "שלום\u{e000}👧👨👩😀𠮷".chars().collect();
    lacks.sort_unstable();
    assert_eq!(pdf.missing, lacks);
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path().join("絵文字.pdf"), &pdf.bytes);
    // The sign stands for it on paper; who copies or hears the text still gets the character.
    if let Some(text) = read_by("pdftotext", &["-raw"], &path, &["-"]) {
        assert!(text.contains("𠮷野家"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_plan_becomes_a_file(plan in arbitrary::plan(), grey: bool, cover: bool, portrait: bool) {
        let orientation = if portrait { Orientation::Portrait } else { Orientation::Landscape };
        let options = Options { orientation, grey, cover, ..Options::default() };
        prop_assert!(export(&plan, &options).bytes.starts_with(b"%PDF"));
    }
}
