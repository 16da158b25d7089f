//! The printed form before it is a PDF: what stands on which page, and that nothing is lost.

use furikaeri::{
    export::{
        outline::{Item, Outline, Row},
        pages::{Draw, Options, Orientation, Pages, Role, Tag, Text, faces::Faces, paragraphs},
    },
    form::Form,
    plan::{Edit, Plan, Section},
};
use proptest::prelude::*;

use crate::support::{
    arbitrary,
    paper::{cells, lay_out},
    plans::{
        Building as _, OFF_TARGET, form_of, id, node, numbered, outlook, plan_in, real, results,
        set, slot, small,
    },
};

const PORTRAIT: Options = Options {
    orientation: Orientation::Portrait,
    grey: false,
    cover: false,
    only_attention: false,
    full_reposts: false,
    blank: false,
    date: None,
};

const LANDSCAPE: Options = Options {
    orientation: Orientation::Landscape,
    ..PORTRAIT
};

/// What the cells of a row have to say, paragraph by paragraph.
fn expected(row: &Row<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    for item in row.cells().into_iter().flat_map(|cell| cell.items) {
        match item {
            Item::Title(title) => {
                texts.extend([title.number, title.title.to_owned()]);
                texts.extend(title.owner);
            }
            Item::Repost(repost) => texts.push(repost.line),
            Item::State(state) => texts.push(state.words),
            Item::Text { label, text } => {
                texts.extend(label.map(str::to_owned));
                texts.push(text.into_owned());
            }
        }
    }
    printed(&texts)
}

/// Texts as they are printed, paragraph by paragraph.
fn printed(texts: &[String]) -> Vec<String> {
    let mut faces = Faces::new().expect("the fonts are built in");
    let all = texts.iter().flat_map(|text| paragraphs(text, &mut faces));
    all.filter(|text| !text.is_empty()).collect()
}

/// What the cells of all tables have to say.
fn all_expected(outline: &Outline<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for cell in &outline.whole {
        all.extend(printed(&[cell.heading.to_owned()]));
        let texts = cell.items.iter().map(|item| match item {
            Item::State(state) => state.words.clone(),
            Item::Text { label, text } => format!("{}\n{text}", label.unwrap_or_default()),
            Item::Title(_) | Item::Repost(_) => panic!("the plan has neither"),
        });
        all.extend(printed(&texts.collect::<Vec<_>>()));
    }
    all.extend(outline.rows().flat_map(expected));
    all
}

fn texts(pages: &Pages) -> impl Iterator<Item = (usize, Tag, &Text)> {
    pages.pages.iter().enumerate().flat_map(|(n, page)| {
        page.items.iter().filter_map(move |item| match &item.draw {
            Draw::Text(text) => Some((n, item.tag, text)),
            _ => None,
        })
    })
}

fn assert_nothing_is_lost(plan: &Plan, options: &Options) {
    let pages = lay_out(plan, None, options);
    let outline = Outline::within(plan, &options.scope(None)).expect("there is no section");
    assert_eq!(cells(&pages), all_expected(&outline));
    let (width, height) = pages.size;
    for (page, _, text) in texts(&pages) {
        let inside = text.x >= 30.0 && text.x < width && text.baseline < height - 20.0;
        assert!(inside && text.baseline > 30.0, "page {page}: {text:?}");
    }
}

#[test]
fn the_real_plan_is_whole_and_in_order() {
    for options in [LANDSCAPE, PORTRAIT] {
        assert_nothing_is_lost(&real(), &options);
        let count = lay_out(&real(), None, &options).pages.len();
        assert!((9..=16).contains(&count), "{count} pages");
    }
}

#[test]
fn a_repost_can_be_printed_with_what_its_source_says_now() {
    let full = Options {
        full_reposts: true,
        ..LANDSCAPE
    };
    assert_nothing_is_lost(&real(), &full);
    let mut plan = real();
    let source = numbered(&plan, "3-1-2");
    let strategy = numbered(&plan, "3-1");
    let edits = [
        set(source, results(), "・相談：4,500件"),
        set(source, outlook(), OFF_TARGET),
        Edit::Number {
            id: strategy,
            number: Some(7),
        },
    ];
    plan.apply(&Edit::Group(edits.to_vec())).expect("it fits");
    let says = |options| cells(&lay_out(&plan, "3-3-1".parse().ok(), options));
    let line = "具体的取組３－７－２の再掲";
    let name = ["３－３－１", "高齢者等要援護者の見守り支援"];
    let status = "再掲元：【目標未達成見込、取組予定通り進捗している】";
    assert_eq!(says(&LANDSCAPE), [name[0], name[1], line, status]);
    assert_eq!(
        says(&full),
        [
            name[0],
            name[1],
            line,
            "・相談：4,500件",
            "要援護者からの年間相談延べ件数：4,400件",
            status,
        ]
    );
}

#[test]
fn a_row_that_fits_on_a_page_is_on_one_page() {
    for options in [LANDSCAPE, PORTRAIT] {
        let pages = lay_out(&real(), None, &options);
        let row_of = |mut node: usize| loop {
            if pages.nodes[node].role == Role::Row {
                return Some(node);
            }
            node = pages.nodes[node].parent?;
        };
        let mut on_page = std::collections::HashMap::new();
        for (page, tag, text) in texts(&pages) {
            if let Tag::Node(node) = tag
                && let Some(row) = row_of(node)
            {
                let first = *on_page.entry(row).or_insert(page);
                assert_eq!(first, page, "{text:?}");
            }
        }
    }
}

#[test]
fn no_heading_is_alone_at_the_foot_of_a_page() {
    for options in [LANDSCAPE, PORTRAIT] {
        let pages = lay_out(&real(), None, &options);
        // The title, 7 issues, 19 strategies.
        assert_eq!(pages.bookmarks.len(), 27);
        for bookmark in &pages.bookmarks {
            let is_cell = |tag: Tag| match tag {
                Tag::Node(node) => pages.nodes[node]
                    .parent
                    .is_some_and(|cell| pages.nodes[cell].role == Role::Cell { columns: 1 }),
                _ => false,
            };
            let below = texts(&pages).any(|(page, tag, text)| {
                page == bookmark.page && text.baseline > bookmark.y && is_cell(tag)
            });
            assert!(below, "{bookmark:?}");
        }
    }
}

/// The lines of each paragraph, one below the other.
fn lines(pages: &Pages) -> Vec<Vec<&str>> {
    let mut lines = vec![Vec::new(); pages.nodes.len()];
    for (_, tag, text) in texts(pages) {
        if let Tag::Node(node) = tag {
            lines[node].push(&*text.text);
        }
    }
    lines
}

#[test]
fn the_real_plan_has_no_violation_of_kinsoku_and_no_torn_number() {
    let begins =
        "、。，．」』】）〕］｝・：；？！ー々〜～％%ぁぃぅぇぉっゃゅょァィゥェォッャュョヶ";
    let ends = "「『【（〔［｛";
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    for options in [LANDSCAPE, PORTRAIT] {
        let pages = lay_out(&real(), None, &options);
        for paragraph in lines(&pages) {
            for pair in paragraph.windows(2) {
                let last = pair[0].trim_end().chars().last().expect("a line has text");
                let first = pair[1].chars().next().expect("a line has text");
                assert!(!begins.contains(first), "{pair:?}");
                assert!(!ends.contains(last), "{pair:?}");
                let tears = is_digit(last)
                    && !pair[0].ends_with([' ', '　'])
                    && (is_digit(first) || "件回人千円万年月日名％%".contains(first));
                assert!(!tears, "{pair:?}");
            }
        }
    }
}

#[test]
fn only_what_needs_attention_and_only_a_section_can_be_printed() {
    let plan = real();
    let attention = Options {
        only_attention: true,
        ..LANDSCAPE
    };
    let is_bad = |row: &&Row<'_>| {
        let node = row.entry.node;
        !node.is_repost() && plan.standing(node).is_bad()
    };
    let whole = Outline::whole(&plan);
    let all = whole.rows().filter(is_bad).flat_map(expected);
    assert_eq!(
        cells(&lay_out(&plan, None, &attention)),
        all.collect::<Vec<_>>()
    );

    for section in ["2", "2-1", "2-1-3", "改革"] {
        let section: Section = section.parse().expect("a section");
        let pages = lay_out(&plan, Some(section.clone()), &LANDSCAPE);
        let in_it = |row: &&Row<'_>| section.holds(&row.entry, plan.form());
        let all = whole.rows().filter(in_it).flat_map(expected);
        assert_eq!(cells(&pages), all.collect::<Vec<_>>(), "{section}");
    }

    let good = lay_out(&small(), "1-2".parse().ok(), &LANDSCAPE);
    let says = texts(&good).any(|(_, _, text)| text.text.contains("ありません"));
    assert!(says, "an empty section says that it is empty");
}

#[test]
fn the_cover_counts_as_the_overview_does() {
    let options = Options {
        cover: true,
        ..LANDSCAPE
    };
    let pages = lay_out(&real(), None, &options);
    let first: Vec<&str> = texts(&pages)
        .filter(|(page, ..)| *page == 0)
        .map(|(.., text)| &*text.text)
        .collect();
    for count in ["４０", "５", "３", "０"] {
        assert!(first.contains(&count), "{count} is missing: {first:?}");
    }
    let says = first
        .iter()
        .any(|text| text.contains("具体的取組　４８件（ほかに再掲　１件）"));
    assert!(says, "{first:?}");
    // The bars' table has all issues and strategies; the rows of the form begin after it.
    assert_eq!(pages.bookmarks.get(1).map(|issue| issue.page), Some(1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_text_of_any_plan_is_printed_once(
        plan in arbitrary::plan(),
        portrait: bool,
        full_reposts: bool,
    ) {
        let orientation = if portrait { PORTRAIT } else { LANDSCAPE };
        let options = Options {
            full_reposts,
            ..orientation
        };
        assert_nothing_is_lost(&plan, &options);
    }
}

/// A form with so many columns, each of this share.
fn form_with(shares: &[u16]) -> std::sync::Arc<Form> {
    let field = |n: usize| format!("(key: \"f{n}\", heading: \"{n} 番目の欄\", kind: Text),");
    let column = |(n, share): (usize, &u16)| {
        format!("(heading: \"{n} 番目\", share: {share}, fields: [\"f{n}\"]),")
    };
    let fields: String = (0..shares.len()).map(field).collect();
    let columns: String = shares.iter().enumerate().map(column).collect();
    form_of(&format!(
        "(name: \"表\", reviews: [(key: \"mid\", name: \"中間\")], levels: [(
            key: \"row\", name: \"行\", at_top: true, number: (pattern: \"{{n}}\"),
            fields: [{fields}], columns: [{columns}],
        )])"
    ))
}

#[test]
fn any_number_of_columns_of_any_share_can_be_read() {
    for shares in [
        &[1][..],
        &[1, 1000],
        &[1000, 1, 1, 1, 1],
        &[3, 1, 4, 1, 5, 9, 2, 6],
        &[1; 20],
        &[
            1000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        ],
    ] {
        let form = form_with(shares);
        let mut row = node("row", id(1)).numbered(1);
        for n in 0..shares.len() {
            row = row.with(
                slot(&format!("f{n}")),
                "避難所の運営訓練を１２回おこなった。",
            );
        }
        let plan = plan_in(&form, vec![row]);
        for options in [LANDSCAPE, PORTRAIT] {
            assert_nothing_is_lost(&plan, &options);
            let pages = lay_out(&plan, None, &options);
            let mut edges: Vec<f32> = pages.pages[0]
                .items
                .iter()
                .filter_map(|item| match item.draw {
                    Draw::Rect {
                        x, width, height, ..
                    } if width < 1.0 && height > 1.0 => Some(x),
                    _ => None,
                })
                .collect();
            edges.sort_by(f32::total_cmp);
            edges.dedup_by(|a, b| (*a - *b).abs() < 0.1);
            assert_eq!(edges.len(), shares.len() + 1, "{shares:?}");
            let (width, _) = pages.size;
            let least = 48.0_f32.min((width - 80.0) / shares.len() as f32) - 0.1;
            for pair in edges.windows(2) {
                assert!(pair[1] - pair[0] >= least, "{shares:?}: {edges:?}");
            }
        }
    }
}

/// The texts of each paragraph, line by line.
fn lines_of(pages: &Pages) -> Vec<Vec<String>> {
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    for (_, tag, text) in texts(pages) {
        let Tag::Node(node) = tag else { continue };
        match found.iter_mut().find(|(of, _)| *of == node) {
            Some((_, lines)) => lines.push(text.text.clone()),
            None => found.push((node, vec![text.text.clone()])),
        }
    }
    found.into_iter().map(|(_, lines)| lines).collect()
}

#[test]
fn no_character_stands_alone_on_a_last_line() {
    for options in [PORTRAIT, LANDSCAPE] {
        let pages = lay_out(&real(), None, &options);
        let alone = lines_of(&pages).into_iter().filter(|lines| {
            let last = lines.last().map_or(0, |last| last.trim().chars().count());
            lines.len() > 1 && last == 1
        });
        assert_eq!(alone.collect::<Vec<_>>(), Vec::<Vec<String>>::new());
    }
}

#[test]
fn no_title_is_cut_on_the_cover() {
    let cover = Options {
        cover: true,
        ..LANDSCAPE
    };
    let plan = real();
    let pages = lay_out(&plan, None, &cover);
    let said = lines_of(&pages).into_iter().map(|lines| lines.concat());
    let said: Vec<String> = said.collect();
    let headings = plan.nodes().filter(|it| !it.is_row(plan.form()));
    for heading in headings {
        let title = &heading.node.title;
        assert!(
            said.iter().any(|it| it.ends_with(title.as_str())),
            "{title}"
        );
    }
    assert!(said.iter().all(|it| !it.contains('…')));
}
