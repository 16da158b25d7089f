//! The printed form before it is a PDF: what stands on which page, and that nothing is lost.

use furikaeri::{
    export::pages::{Draw, Options, Orientation, Pages, Role, Tag, Text, faces::Faces, paragraphs},
    plan::{Edit, Entry, Outlook, Plan, TextField},
};
use proptest::prelude::*;

use crate::support::{
    arbitrary,
    paper::{cells, form, lay_out},
    plans::{numbered, real, small},
};

const PORTRAIT: Options = Options {
    orientation: Orientation::Portrait,
    grey: false,
    cover: false,
    only_attention: false,
    full_reposts: false,
    date: None,
};

const LANDSCAPE: Options = Options {
    orientation: Orientation::Landscape,
    ..PORTRAIT
};

/// What the cells of an initiative have to say, paragraph by paragraph.
fn expected(plan: &Plan, entry: &Entry<'_>, full_reposts: bool) -> Vec<String> {
    let (initiative, form) = (entry.initiative, form());
    let or_none = |title: &str| match title.trim() {
        "" => "（名称なし）".to_owned(),
        _ => title.to_owned(),
    };
    let mut texts = vec![entry.number().full_width(), or_none(&initiative.title)];
    if !initiative.owner.trim().is_empty() {
        texts.push(format!("担当：{}", initiative.owner.trim()));
    }
    let mut shown = Some((entry.number(), initiative));
    if initiative.repost_of.is_some() {
        let source = plan.repost_source(initiative);
        let source = source.and_then(|source| Some((plan.number(source.id)?, source)));
        texts.push(match source {
            Some((number, _)) => form.repost_line(number),
            None => "再掲元が見つかりません".to_owned(),
        });
        shown = source;
    }
    if let Some((number, initiative)) = shown {
        let line = form.wording(number).status_line(initiative.status);
        let line = line.unwrap_or_else(|| "未評価".to_owned());
        let (line, is_full) = match entry.initiative.repost_of {
            Some(_) => (format!("再掲元：{line}"), full_reposts),
            None => (line, true),
        };
        if is_full {
            texts.extend([initiative.results.clone(), initiative.target.clone()]);
        }
        texts.push(line);
        if is_full && !initiative.notes.trim().is_empty() {
            texts.push(initiative.notes.clone());
        }
    }
    let mut faces = Faces::new().expect("the fonts are built in");
    let all = texts.iter().flat_map(|text| paragraphs(text, &mut faces));
    all.filter(|text| !text.is_empty()).collect()
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
    let full = options.full_reposts;
    let all = plan
        .entries()
        .flat_map(|entry| expected(plan, &entry, full));
    assert_eq!(cells(&pages), all.collect::<Vec<_>>());
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
        Edit::Text {
            id: source,
            field: TextField::Results,
            text: "・相談：4,500件".to_owned(),
        },
        Edit::Outlook {
            id: source,
            outlook: Some(Outlook::OffTarget),
        },
        Edit::Number {
            id: strategy,
            number: Some(7),
        },
    ];
    plan.apply(&Edit::Group(edits.to_vec())).expect("it fits");
    let section = "3-3-1".parse().ok();
    let says = |options| cells(&lay_out(&plan, section, options));
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
    let bad = |entry: &Entry<'_>| {
        entry.initiative.repost_of.is_none() && entry.initiative.status.standing().is_bad()
    };
    let all = plan.entries().filter(bad);
    let all = all.flat_map(|entry| expected(&plan, &entry, false));
    let printed = cells(&lay_out(&plan, None, &attention));
    assert_eq!(printed, all.collect::<Vec<_>>());

    for section in ["2", "2-1", "2-1-3", "改革"] {
        let section = section.parse().expect("a section");
        let pages = lay_out(&plan, Some(section), &LANDSCAPE);
        let all = plan.entries().filter(|entry| section.holds(entry));
        let all = all.flat_map(|entry| expected(&plan, &entry, false));
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
