//! 新旧対照表 on paper: what is struck out and underlined, and the file as other programs read it.

use furikaeri::{
    export::{
        changes::{Names, pdf},
        pages::{Draw, Item, Pages, Role, Tag, Text, faces::Faces, lay_out_changes},
        pdf::Pdf,
    },
    form::Slot,
    plan::{Edit, Plan},
};
use proptest::{collection::vec, prelude::*};

use crate::support::{
    arbitrary,
    disk::write,
    paper::{cells, read_by},
    plans::{after, id, notes, real, results, set, small, target},
    wishes,
};

const NAMES: Names<'_> = Names {
    old: "９月",
    new: "",
};

fn text(node: u64, at: Slot, text: &str) -> Edit {
    set(id(node), at, text)
}

fn export(old: &Plan, new: &Plan, grey: bool) -> Pdf {
    pdf::write(old, new, NAMES, grey).unwrap_or_else(|error| panic!("{error}"))
}

fn lay_out(old: &Plan, new: &Plan) -> Pages {
    let faces = Faces::new().expect("the fonts are built in");
    lay_out_changes(old, new, NAMES, faces)
}

/// Every initiative's results are others, so that the table takes many pages.
fn all_changed() -> Plan {
    let plan = real();
    let rows = plan.rows().map(|entry| entry.node);
    let edits = rows.map(|node| {
        let before = node.text(results());
        set(node.id, results(), &format!("・改めた実績\n{before}"))
    });
    let edits: Vec<Edit> = edits.collect();
    after(&plan, &edits)
}

/// The words along which a line is drawn: at their height, and where it stands.
fn stroked(pages: &Pages) -> Vec<(&'static str, String)> {
    let mut faces = Faces::new().expect("the fonts are built in");
    let mut found = Vec::new();
    for page in &pages.pages {
        let mut last: Option<&Text> = None;
        for Item { draw, .. } in &page.items {
            match (draw, last) {
                (Draw::Text(text), _) => last = Some(text),
                // A line is as thick as nothing else that is drawn.
                (
                    Draw::Rect {
                        x,
                        y,
                        width,
                        height,
                        ..
                    },
                    Some(text),
                ) if *height == 0.7 => {
                    let mut at = text.x;
                    let under: String = text
                        .text
                        .chars()
                        .filter(|c| {
                            let begin = at;
                            at += faces.width(&c.to_string(), text.size, text.bold);
                            begin > x - 0.01 && at < x + width + 0.01
                        })
                        .collect();
                    let how = if *y < text.baseline { "旧" } else { "新" };
                    assert!((y - text.baseline).abs() < text.size, "it is of that line");
                    found.push((how, under));
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn what_went_is_struck_out_and_what_came_is_underlined() {
    let new = after(
        &small(),
        &[
            text(3, target(), "参加者：120人以上"),
            text(3, results(), "・訓練：１回\n・会議：３回"),
            text(3, notes(), ""),
            text(7, Slot::TITLE, "広報"),
        ],
    );
    let pages = lay_out(&small(), &new);
    let expected = [
        ("旧", "２"),
        ("新", "３"),
        ("旧", "100"),
        ("新", "120"),
        ("旧", "「秋」に\"延期\"した。"),
        ("新", "広報"),
    ];
    let expected = expected.map(|(how, words)| (how, words.to_owned()));
    assert_eq!(stroked(&pages), expected);
    let cells = cells(&pages).join("|");
    for piece in [
        "具体的取組１－１－１「防災訓練」",
        "・訓練：１回|・会議：２回|・訓練：１回|・会議：３回",
        "参加者：100人以上|参加者：120人以上",
        "（空欄）",
    ] {
        assert!(cells.contains(piece), "「{piece}」がない: {cells}");
    }
}

#[test]
fn a_change_over_several_lines_is_marked_on_each() {
    let long = "区民と協働した取組を進める。".repeat(12);
    let new = after(&small(), &[text(7, results(), &long)]);
    let marked = stroked(&lay_out(&small(), &new));
    assert!(marked.len() > 2, "{marked:?}");
    assert!(marked.iter().all(|(how, _)| *how == "新"));
    let words: String = marked.into_iter().map(|(_, words)| words).collect();
    assert_eq!(words, long);
}

/// One initiative takes several pages.
#[test]
fn every_page_begins_with_the_name_of_what_its_rows_are_about() {
    let new = all_changed();
    let long = "・一行目の説明を長く書いたもの\n".repeat(90);
    let new = after(
        &new,
        &[set(
            new.rows().next().expect("a row").node.id,
            notes(),
            &long,
        )],
    );
    let pages = lay_out(&real(), &new);
    let mut names = 0;
    for page in pages.pages.iter().skip(1) {
        let texts = page.items.iter().filter_map(|item| match &item.draw {
            Draw::Text(text) => Some((item.tag, text.text.as_str())),
            _ => None,
        });
        let texts: Vec<_> = texts.collect();
        let is_heading =
            |(_, text): &&(Tag, &str)| text.contains("具体的取組") || text.contains("戦略");
        // The line over the head, the head, and what comes first below it.
        let Some((tag, name)) = texts.iter().skip(1).find(is_heading) else {
            panic!("{texts:?}");
        };
        let is_repeated = name.ends_with("（続き）");
        assert_eq!(is_repeated, matches!(tag, Tag::Furniture), "{name}");
        let place = texts.iter().position(|(_, text)| text == name);
        assert!(place.is_some_and(|place| place <= 4), "{texts:?}");
        names += usize::from(is_repeated);
    }
    assert!(names >= 2, "{names}");
    // Each initiative is a body of its own, which begins with its name.
    let bodies = pages.nodes.iter().filter(|it| it.role == Role::TableBody);
    let headings = pages
        .nodes
        .iter()
        .filter(|it| matches!(it.role, Role::GroupHeading { .. }));
    assert_eq!(bodies.count(), headings.count());
}

#[test]
fn each_page_says_what_its_columns_are() {
    let pages = lay_out(&real(), &all_changed());
    assert!(pages.pages.len() > 5, "{}", pages.pages.len());
    for (n, page) in pages.pages.iter().enumerate() {
        let texts: Vec<&str> = page
            .items
            .iter()
            .filter_map(|item| match &item.draw {
                Draw::Text(text) => Some(&*text.text),
                _ => None,
            })
            .collect();
        for heading in ["項目", "旧（９月）", "新"] {
            assert!(texts.contains(&heading), "page {}: {texts:?}", n + 1);
        }
        // A name is never the last thing of a page's table.
        let in_table = page.items.iter().rev().find_map(|item| match item.tag {
            Tag::Node(node) => Some(node),
            _ => None,
        });
        let cell = in_table.and_then(|node| pages.nodes[node].parent);
        let is_name =
            cell.is_some_and(|cell| matches!(pages.nodes[cell].role, Role::GroupHeading { .. }));
        assert!(!is_name, "page {}", n + 1);
    }
}

#[test]
fn other_programs_read_it_in_order_and_with_its_tags() {
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = export(&real(), &all_changed(), false);
    let path = write(folder.path().join("新旧対照表.pdf"), &pdf.bytes);
    if let Some(text) = read_by("pdftotext", &["-raw"], &path, &["-"]) {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut rest = &*text;
        for entry in real().rows() {
            let title: String = entry.node.title.split_whitespace().collect();
            let Some((_, after)) = rest.split_once(&*title) else {
                panic!("「{title}」がない: {rest}");
            };
            rest = after;
        }
        assert!(text.contains("新旧対照表大阪市港区令和３年度中間振り返り"));
    }
    if let Some(info) = read_by("pdfinfo", &["-isodates"], &path, &[]) {
        for piece in ["Tagged:          yes", "(A4)", "2021-10-3", "新旧対照表"] {
            assert!(info.contains(piece), "「{piece}」がない: {info}");
        }
    }
    if let Some(tree) = read_by("pdfinfo", &["-struct"], &path, &[]) {
        let count = |tag: &str| {
            let lines = tree.lines().map(str::trim);
            lines
                .filter(|line| line.split([' ', ':']).next() == Some(tag))
                .count()
        };
        // A table for each issue and the reform part; a name and a field for each initiative.
        assert_eq!(
            (count("Table"), count("H1"), count("H2")),
            (7, 1, 7),
            "{tree}"
        );
        assert_eq!(count("TR"), 7 + 2 * 49);
        assert_eq!((count("TH"), count("TD")), (7 * 3 + 2 * 49, 2 * 49));
    }
    if let Some(said) = read_by("qpdf", &["--check"], &path, &[]) {
        assert!(
            said.contains("No syntax or stream encoding errors"),
            "{said}"
        );
    }
}

#[test]
fn the_same_plans_are_the_same_file_and_grey_is_another() {
    let new = after(&small(), &[text(7, Slot::TITLE, "広報")]);
    let colour = export(&small(), &new, false);
    assert_eq!(colour, export(&small(), &new, false));
    assert_ne!(colour.bytes, export(&small(), &new, true).bytes);
    assert_eq!(colour.pages, 1);
    let none = cells(&lay_out(&small(), &small()));
    assert_eq!(none, [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_two_plans_can_be_compared_on_paper(
        old in arbitrary::plan(),
        wishes in vec(wishes::wish(), 0..8),
        grey: bool,
    ) {
        let mut new = old.clone();
        for wish in &wishes {
            let _ = new.apply(&wish.edit(&new));
        }
        let pdf = pdf::write(&old, &new, Names::default(), grey);
        prop_assert!(pdf.is_ok(), "{}", pdf.map(|_| ()).unwrap_err());
    }
}
