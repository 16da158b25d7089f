//! Every format says the same words, in the order of the outline, and counts the same states.
//!
//! What is said is taken from the outline; what a format says is read back by another program.

use std::{io::Cursor, sync::Arc};

use calamine::{Data, Reader, Xlsx};
use furikaeri::{
    export::{
        html, markdown,
        outline::{Cell, Item, Outline, Part, Row, Scope, words},
        pages::{self, Draw, Orientation, faces::Faces, standing_colours},
        pdf, status_style,
        xlsx::{self, DATA_SHEET},
    },
    import::book::Book,
    plan::{About, Node, Overview, Plan, Standing, Values},
};
use proptest::prelude::*;
use scraper::{Html, Selector};

use crate::support::{
    arbitrary,
    awkward::{as_exported, squeezed},
    disk,
    paper::{lay_out, read_by},
    plans::{form, real},
};

/// All that an outline says, in order. The headings of columns are not here: formats say them in
/// different places. Where a row is a section, its title is its heading and so comes first.
fn said(outline: &Outline<'_>, is_table: bool) -> Vec<String> {
    let mut texts = vec![outline.title()];
    texts.extend(outline.remarks().map(str::to_owned));
    texts.extend(outline.nothing());
    if !outline.whole.is_empty() {
        texts.push(words::WHOLE.to_owned());
    }
    for cell in &outline.whole {
        texts.push(cell.heading.to_owned());
        texts.extend(said_in(cell));
    }
    add_said(&outline.parts, is_table, &mut texts);
    texts
}

fn add_said(parts: &[Part<'_>], is_table: bool, texts: &mut Vec<String>) {
    for part in parts {
        match part {
            Part::Chapter(chapter) => {
                texts.push(chapter.heading.clone());
                add_said(&chapter.parts, is_table, texts);
            }
            Part::Table(table) => {
                let rows = table.rows.iter();
                texts.extend(rows.flat_map(|row| said_of(row, is_table)));
            }
            Part::Nothing(words) => texts.push(words.clone()),
        }
    }
}

fn said_of(row: &Row<'_>, is_table: bool) -> Vec<String> {
    let mut cells = row.cells();
    if !is_table {
        let is_first = |item: &Item<'_>| match item {
            Item::Title(_) => 0,
            Item::Repost(_) => 1,
            Item::State(_) | Item::Text { .. } => 2,
        };
        let mut items: Vec<_> = cells.drain(..).flat_map(|cell| cell.items).collect();
        items.sort_by_key(is_first);
        let heading = "";
        cells.push(Cell { heading, items });
    }
    cells.iter().flat_map(said_in).collect()
}

fn said_in(cell: &Cell<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    for item in &cell.items {
        match item {
            Item::Title(title) => {
                texts.extend([title.number.clone(), title.title.to_owned()]);
                texts.extend(title.owner.clone());
            }
            Item::Repost(repost) => texts.push(repost.line.clone()),
            Item::State(state) => texts.push(state.words.clone()),
            Item::Text { label, text } => {
                texts.extend(label.map(str::to_owned));
                texts.push(text.clone().into_owned());
            }
        }
    }
    texts
}

/// The headings of columns under which something stands. That of a title has no place where a row
/// is a section.
fn columns<'a>(outline: &Outline<'a>, is_table: bool) -> Vec<&'a str> {
    let mut columns = Vec::new();
    for row in outline.rows() {
        for cell in row.cells() {
            let is_more = |item: &Item<'_>| !matches!(item, Item::Title(_) | Item::Repost(_));
            if is_table || cell.items.iter().any(is_more) {
                columns.push(cell.heading);
            }
        }
    }
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// That a format says all of it, after both are made `plain`.
fn assert_says(
    format: &str,
    outline: &Outline<'_>,
    found: &str,
    plain: &mut dyn FnMut(&str) -> String,
) {
    let whole = plain(found);
    let mut rest = &*whole;
    let is_table = format != "Markdown";
    for text in said(outline, is_table) {
        let text = plain(&text);
        match rest.split_once(&*text) {
            Some((_, after)) => rest = after,
            None => panic!("{format}: {text} is not in {rest}"),
        }
    }
    for column in columns(outline, is_table) {
        assert!(whole.contains(&plain(column)), "{format}: {column}");
    }
}

/// What a browser shows.
fn of_html(outline: &Outline<'_>) -> String {
    let page = String::from_utf8(html::write(outline)).expect("UTF-8");
    let page = Html::parse_document(&page);
    let body = Selector::parse("body").expect("a selector");
    let body = page.select(&body).next().expect("there is a body");
    body.text().collect()
}

/// What stands in the cells, row by row. The sheet for programs is a table of its own.
fn of_xlsx(outline: &Outline<'_>) -> String {
    let book = xlsx::write(outline).unwrap_or_else(|error| panic!("{error}"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).expect("a workbook");
    let mut found = String::new();
    for name in book.sheet_names() {
        if name == DATA_SHEET {
            continue;
        }
        let sheet = book.worksheet_range(&name).expect("the sheet is there");
        for cell in sheet.rows().flatten() {
            match cell {
                Data::Empty => {}
                Data::String(text) => found.push_str(text),
                // Sums are numbers; what they add up is said as text.
                Data::Float(_) | Data::Int(_) => {}
                other => panic!("{other:?} is no text"),
            }
        }
    }
    found
}

/// What poppler reads, if it is installed.
fn of_pdf(outline: &Outline<'_>, options: &pdf::Options) -> Option<String> {
    let mut go_on = furikaeri::export::go_on;
    let pdf = pdf::write(outline, options, &mut go_on).unwrap_or_else(|error| panic!("{error}"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = disk::write(folder.path().join("計画.pdf"), &pdf.bytes);
    read_by("pdftotext", &["-raw"], &path, &["-"])
}

/// That the formats which are read as texts say what the outline says.
fn assert_texts_say(outline: &Outline<'_>) {
    // Bullets are the list's, not the text's.
    let mut shown = |text: &str| squeezed(&as_exported(text)).replace('・', "");
    assert_says("HTML", outline, &of_html(outline), &mut shown);
    let mut typed = |text: &str| squeezed(&as_exported(text)).replace(['・', '-', '\\'], "");
    let file = String::from_utf8(markdown::write(outline)).expect("UTF-8");
    assert_says("Markdown", outline, &file, &mut typed);
}

/// That the workbook says it.
fn assert_workbook_says(outline: &Outline<'_>) {
    // A workbook without issues has no sheet on which to say anything.
    if !outline.parts.is_empty() {
        let mut in_cells = |text: &str| squeezed(&as_exported(text));
        assert_says("XLSX", outline, &of_xlsx(outline), &mut in_cells);
    }
}

fn assert_pdf_says(outline: &Outline<'_>, options: &pdf::Options) {
    let mut faces = Faces::new().expect("the fonts are built in");
    let mut printed = |text: &str| squeezed(&pages::paragraphs(text, &mut faces).concat());
    if let Some(found) = of_pdf(outline, options) {
        assert_says("PDF", outline, &found, &mut printed);
    }
}

/// The outlines of a plan that say something of their own: as it is, with the contents of reposts,
/// and only what needs attention.
fn scopes() -> [Scope; 3] {
    [
        Scope::default(),
        Scope {
            full_reposts: true,
            ..Scope::default()
        },
        Scope {
            only_attention: true,
            ..Scope::default()
        },
    ]
}

#[test]
fn the_wards_plan_is_said_in_the_same_words_in_every_format() {
    let plan = real();
    for scope in scopes() {
        let outline = Outline::within(&plan, &scope).expect("it has no section");
        assert_texts_say(&outline);
        assert_workbook_says(&outline);
        for orientation in [Orientation::Landscape, Orientation::Portrait] {
            let options = pdf::Options {
                orientation,
                ..pdf::Options::default()
            };
            assert_pdf_says(&outline, &options);
        }
    }
    for section in ["3-3", "2-1-3", "改革"] {
        let scope = Scope {
            section: section.parse().ok(),
            ..Scope::default()
        };
        let outline = Outline::within(&plan, &scope).expect(section);
        assert_texts_say(&outline);
        assert_workbook_says(&outline);
        assert_pdf_says(&outline, &pdf::Options::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_plan_is_said_in_the_same_words_in_every_text(plan in arbitrary::plan()) {
        for scope in scopes() {
            let outline = Outline::within(&plan, &scope).expect("it has no section");
            assert_texts_say(&outline);
        }
    }

    /// In columns as wide as those of the built-in form, so that no text is cut into rows.
    #[test]
    fn any_plan_is_said_in_the_same_words_in_a_workbook(plan in arbitrary::plan_of(form())) {
        for scope in scopes() {
            let outline = Outline::within(&plan, &scope).expect("it has no section");
            assert_workbook_says(&outline);
        }
    }

    #[test]
    fn whoever_counts_colours_counts_what_the_overview_counts(
        plan in arbitrary::plan_of(form()),
    ) {
        assert_counts(&plan);
    }
}

proptest! {
    // Each case starts another program.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_plan_is_said_in_the_same_words_on_paper(plan in arbitrary::plan(), portrait: bool) {
        let plan = legible(&plan);
        let orientation = if portrait { Orientation::Portrait } else { Orientation::Landscape };
        let options = pdf::Options { orientation, ..pdf::Options::default() };
        for scope in scopes() {
            let outline = Outline::within(&plan, &scope).expect("it has no section");
            assert_pdf_says(&outline, &options);
        }
    }
}

/// A plan with only those of its characters that stand on paper from left to right, each for
/// itself, so that poppler reads back what was written.
fn legible(plan: &Plan) -> Plan {
    let is_legible = |c: &char| {
        matches!(c, '\n' | '　' | '・' | '－' | '％' | '!'..='~' | '０'..='９')
            || matches!(c, 'ぁ'..='ゖ' | '一'..='龠')
    };
    let text = |text: &str| text.chars().filter(is_legible).collect::<String>();
    let about = About {
        organisation: text(&plan.about().organisation),
        ..plan.about().clone()
    };
    let nodes = plan.top().iter().map(|node| legible_node(node, &text));
    let new = Plan::new(about, Arc::clone(plan.form()), nodes.collect());
    let new = new.expect("the ids are as they were");
    new.with_values(legible_values(plan.values(), &text))
}

fn legible_node(node: &Arc<Node>, text: &dyn Fn(&str) -> String) -> Arc<Node> {
    let children = node.children.iter().map(|child| legible_node(child, text));
    Arc::new(Node {
        title: text(&node.title),
        owner: text(&node.owner),
        values: legible_values(&node.values, text),
        measures: Vec::new(),
        children: children.collect(),
        ..(**node).clone()
    })
}

/// A key of a choice is legible as it is.
fn legible_values(values: &Values, text: &dyn Fn(&str) -> String) -> Values {
    values
        .iter()
        .map(|(slot, value)| (slot, text(value)))
        .collect()
}

/// In every format, as many are in the shape or the colour of a state as the overview counts. That is
/// so where all answers from which the state comes stand in one line, as in the built-in form.
fn assert_counts(plan: &Plan) {
    let outline = Outline::whole(plan);
    let total = Overview::of(plan).total();
    let standings: Vec<Standing> = plan.form().standings().collect();
    let of_all = |count: &dyn Fn(Standing) -> usize| -> Vec<usize> {
        standings.iter().map(|standing| count(*standing)).collect()
    };
    let expected = of_all(&|standing| total.count(standing));

    let book = xlsx::write(&outline).unwrap_or_else(|error| panic!("{error}"));
    let book = Book::read(&book).unwrap_or_else(|error| panic!("{error}"));
    let sheets = book.sheets.iter().filter(|sheet| sheet.name != DATA_SHEET);
    let fills: Vec<&str> = sheets
        .flat_map(|sheet| sheet.cells.values())
        .filter_map(|cell| cell.look.fill.as_deref())
        .collect();
    let cells = of_all(&|standing| {
        let [red, green, blue] = status_style::of(standing).tint;
        let tint = format!("{red:02X}{green:02X}{blue:02X}");
        fills.iter().filter(|fill| **fill == tint).count()
    });
    assert_eq!(cells, expected, "coloured cells");

    let page = String::from_utf8(html::write(&outline)).expect("UTF-8");
    let page = Html::parse_document(&page);
    let marked = of_all(&|standing| {
        let class = format!("{standing:?}").to_lowercase();
        let selector = Selector::parse(&format!(".form .{class}")).expect("a selector");
        page.select(&selector).count()
    });
    assert_eq!(marked, expected, "coloured states of the page");

    let options = pdf::Options::default();
    let pages = lay_out(plan, None, &options);
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let inks: Vec<_> = items
        .filter_map(|item| match &item.draw {
            Draw::Disc { fill, .. } | Draw::Polygon { fill, .. } => Some(*fill),
            Draw::Ring { ink, .. } => Some(*ink),
            Draw::Text(_) | Draw::Rect { .. } | Draw::Path { .. } => None,
        })
        .collect();
    let drawn = of_all(&|standing| {
        let mark = standing_colours(standing).mark;
        inks.iter().filter(|ink| **ink == mark).count()
    });
    assert_eq!(drawn, expected, "shapes on paper");

    let file = String::from_utf8(markdown::write(&outline)).expect("UTF-8");
    let lines = of_all(&|standing| {
        let shape = format!("{} ", status_style::of(standing).shape);
        let states = file.lines().filter(|line| {
            let words = line.strip_prefix(&*shape);
            words.is_some_and(|words| words.starts_with('【') || words == words::UNASSESSED)
        });
        states.count()
    });
    assert_eq!(lines, expected, "states of the text");
}

#[test]
fn the_counts_of_the_wards_plan_are_those_of_its_colours() {
    assert_counts(&real());
}
