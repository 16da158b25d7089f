//! The PDF as other programs read it, and input that no printer likes.

use std::{ops::ControlFlow, path::PathBuf};

use furikaeri::{
    export::{
        pdf::{self, Options, Orientation, PdfError},
        sample_plan,
    },
    form::Slot,
    plan::{Edit, Plan},
};
use proptest::prelude::*;

use crate::support::{
    arbitrary,
    disk::write,
    paper::{cells, export, lay_out, outline, read_by},
    plans::{
        Building as _, after, forms, id, node, notes, plan_in, real, results, set, slot, small,
        target,
    },
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
    let plan = real();
    let mut rest = &*text;
    for entry in plan.rows() {
        let node = entry.node;
        let number = entry.number().printed(plan.form());
        let mut pieces = vec![number, node.title.clone()];
        let level = plan.level(node);
        let axes: Vec<_> = level.axes().map(|axis| axis.key).collect();
        match plan.repost_source(node) {
            Some(source) => {
                let status = level.choice_line(source, plan.review(), &axes);
                let number = plan.number(source.id).expect("it is in the plan");
                let number = number.printed(plan.form());
                let line = level.repost_line(&level.name, &number);
                pieces.push(format!("{line}再掲元：{}", status.unwrap_or_default()));
            }
            None => {
                let status = level.choice_line(node, plan.review(), &axes);
                pieces.extend([results(), target()].map(|at| node.text(at).to_owned()));
                pieces.extend([status.unwrap_or_default(), node.text(notes()).to_owned()]);
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
        pdf::write(&outline(&real(), None), &Options::default(), &mut watch)
    };
    for last in [0, 1] {
        assert!(matches!(stop_at(last), Err(PdfError::Stopped)), "{last}");
    }
}

/// The small plan with one initiative made worse.
fn with(texts: &[(Slot, &str)]) -> Plan {
    let edits: Vec<Edit> = texts
        .iter()
        .map(|(at, text)| set(id(3), *at, text))
        .collect();
    after(&small(), &edits)
}

#[test]
fn what_no_printer_likes_is_printed_all_the_same() {
    let long = "港区民の皆様へ、".repeat(12_500);
    let bullets = "・会議を開催：１回\n".repeat(1_000);
    let digits = "１".repeat(5_000);
    let hostile = "=cmd|' /C calc'!A0\n</td><script>alert(1)</script>\n\u{202e}さかさま\u{200f}\n\u{0}\u{1b}[31m";
    for text in [&*long, &*bullets, &*digits, hostile, "\n\n\n", "   "] {
        let plan = with(&[(results(), text), (notes(), text)]);
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
    let plan = with(&[(Slot::TITLE, &long)]);
    export(&plan, &Options::default());
    let mut about = real().about().clone();
    about.organisation = long;
    export(
        &Plan::empty(about, real().form().clone()),
        &Options {
            cover: true,
            ..Options::default()
        },
    );
}

#[test]
fn what_the_font_lacks_is_named() {
    let plan = with(&[(Slot::TITLE, "👨‍👩‍👧 𠮷野家 😀 \u{e000} שלום")]);
    let pdf = export(&plan, &Options::default());
    let mut lacks: Vec<char> = "שלום\u{e000}👧👨👩😀𠮷".chars().collect();
    lacks.sort_unstable();
    assert_eq!(pdf.missing, lacks);
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path().join("絵文字.pdf"), &pdf.bytes);
    if let Some(text) = read_by("pdftotext", &["-raw"], &path, &["-"]) {
        assert!(text.contains("𠮷野家"), "{text}");
    }
}

#[test]
fn who_copies_a_text_gets_the_characters_that_the_font_lacks() {
    let pdf = export(
        &with(&[(Slot::TITLE, "𠮷野家の😀と👧"), (notes(), "𠀋と👧")]),
        &Options::default(),
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path().join("外字.pdf"), &pdf.bytes);
    if let Some(text) = read_by("pdftotext", &["-raw"], &path, &["-"]) {
        assert!(text.contains("𠮷野家の😀と👧"), "{text}");
        assert!(text.contains("𠀋と👧"), "{text}");
        assert!(!text.contains('〓'), "the sign is for the eye: {text}");
    }
    // Whoever reads the tags without what is written beside a glyph finds the sign, never a
    // character that is not meant, and all that stands behind it.
    if let Some(tree) = read_by("pdfinfo", &["-struct-text"], &path, &[]) {
        let said: String = tree
            .lines()
            .map(|line| line.trim().trim_matches('"'))
            .collect();
        assert!(said.contains("〓野家の〓と〓"), "{tree}");
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

/// Plans of the other forms that are built in, in which something is said everywhere.
fn others() -> Vec<Plan> {
    let forms = forms();
    let issue = node("issue", id(2))
        .numbered(1)
        .titled("防災")
        .with(slot("awareness"), "課題");
    let pillar = node("pillar", id(1))
        .numbered(1)
        .titled("安全")
        .holding([issue]);
    let ward = plan_in(&forms[1], vec![pillar, node("issue", id(3)).numbered(2)]);
    let values = [(slot("goal"), "住み続けたいまち".to_owned())];
    let project = |bits: u64, rating: &str| {
        let project = node("project", id(bits)).numbered(1).titled("訓練");
        project
            .with(slot("budget"), "1,234")
            .with(slot("midyear/rating"), rating)
    };
    let measure = node("measure", id(2)).numbered(1);
    let measure = measure.holding([project(3, "a"), project(4, "c"), project(5, "")]);
    let policy = node("policy", id(1))
        .numbered(1)
        .titled("安全")
        .holding([measure]);
    let kpi = |bits: u64, rating: &str| {
        let kpi = node("kpi", id(bits)).numbered(1).titled("転入者数");
        kpi.with(slot("verification/rating"), rating)
    };
    let measure = node("measure", id(2))
        .numbered(1)
        .holding([kpi(3, "unknown")]);
    let goal = node("goal", id(1))
        .numbered(1)
        .holding([measure, kpi(4, "missed")]);
    vec![
        ward.with_values(values.into_iter().collect()),
        plan_in(&forms[2], vec![policy]),
        plan_in(&forms[3], vec![goal]),
    ]
}

#[test]
fn plans_of_other_forms_are_tagged_from_the_first_heading_to_the_last_cell() {
    // Headings of three levels, tables, those of them that have a head, rows of their bodies.
    let expected = [
        // No cover: nothing is counted. The plan as a whole, and the rows in a pillar and beside it.
        [1, 2, 0, 3, 2, 6 + 2],
        // Answers, bars, sums, the plan as a whole, three rows.
        [1, 5, 1, 5, 4, 1 + 2 + 3 + 1 + 3],
        // Answers, bars, the plan as a whole, a row in a heading below and one beside it.
        [1, 4, 1, 5, 4, 1 + 2 + 3 + 2],
    ];
    for (plan, expected) in others().iter().zip(expected) {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            cover: true,
            ..Options::default()
        };
        let pdf = export(plan, &options);
        let path = write(folder.path().join("計画.pdf"), &pdf.bytes);
        let Some(tree) = read_by("pdfinfo", &["-struct-text"], &path, &[]) else {
            return;
        };
        let tags = |tag: &str| {
            let lines = tree.lines().map(str::trim);
            lines
                .filter(|line| line.split([' ', '(']).next() == Some(tag))
                .count()
        };
        let [heads, rows] = ["THead", "TR"].map(tags);
        let [one, two, three, tables] = ["H1", "H2", "H3", "Table"].map(tags);
        let found = [one, two, three, tables, heads, rows - heads];
        assert_eq!(found, expected, "{tree}");
    }
}

#[test]
fn every_form_can_be_printed_empty() {
    for form in forms() {
        let plan = sample_plan(form.clone());
        for orientation in [Orientation::Landscape, Orientation::Portrait] {
            let options = Options {
                orientation,
                blank: true,
                ..Options::default()
            };
            let pages = lay_out(&plan, None, &options);
            assert_eq!(pages.title, form.name);
            assert!(export(&plan, &options).bytes.starts_with(b"%PDF"));
        }
    }
}
