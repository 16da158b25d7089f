//! Every format says the same words, in the order of the outline, and counts the same states.
//!
//! What is said is taken from the outline; what a format says is read back by another program.

use std::{io::Cursor, sync::Arc};

use calamine::{Data, Reader, Xlsx};
use furikaeri::{
    export::{
        csv, html, markdown,
        outline::{Chapter, Outline, Row, Scope, words},
        pages::{self, Draw, Orientation, faces::Faces, standing_colours},
        pdf, status_style,
        xlsx::{self, DATA_SHEET},
    },
    import::book::Book,
    plan::{About, Initiative, Issue, Overview, Plan, Standing, Strategy as PlanStrategy},
};
use proptest::prelude::*;
use scraper::{Html, Selector};

use crate::support::{
    arbitrary,
    awkward::{as_exported, squeezed},
    disk,
    paper::{form, lay_out, read_by},
    plans::real,
};

/// All that an outline says, in order. The headings of columns are not here: formats say them in
/// different places.
fn said(outline: &Outline<'_>) -> Vec<String> {
    let mut texts = vec![outline.title()];
    texts.extend(
        outline
            .remarks()
            .chain(outline.nothing())
            .map(str::to_owned),
    );
    for chapter in &outline.chapters {
        texts.push(chapter.heading.clone());
        for table in &chapter.tables {
            texts.extend(table.strategy.as_ref().map(|heading| heading.text.clone()));
            if table.rows.is_empty() {
                texts.push(words::NO_ROWS.to_owned());
            }
            texts.extend(table.rows.iter().flat_map(said_of));
        }
    }
    texts
}

fn said_of(row: &Row<'_>) -> Vec<String> {
    let mut texts = vec![row.number.full_width(), row.title.to_owned()];
    texts.extend(row.owner());
    texts.extend(row.repost.as_ref().map(|repost| repost.line.clone()));
    let contents = row.contents.as_ref();
    texts.extend(contents.map(|it| it.results.to_owned()));
    texts.extend(contents.map(|it| it.target.to_owned()));
    texts.extend(row.status.as_ref().map(|status| status.words.to_string()));
    texts.extend(contents.map(|it| it.notes.to_owned()));
    texts
}

/// The headings of columns under which something stands. The first one has no place where an
/// initiative is a section.
fn columns<'a>(chapter: &Chapter<'a>, is_table: bool) -> Vec<&'a str> {
    let [initiative, results, target, achievement] = chapter.columns();
    let rows: Vec<_> = chapter.tables.iter().flat_map(|it| &it.rows).collect();
    let mut columns = Vec::new();
    if !rows.is_empty() {
        columns.push(achievement);
        columns.extend(is_table.then_some(initiative));
    }
    if rows.iter().any(|row| row.contents.is_some()) {
        columns.extend([results, target]);
    }
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
    for text in said(outline) {
        let text = plain(&text);
        match rest.split_once(&*text) {
            Some((_, after)) => rest = after,
            None => panic!("{format}: {text} is not in {rest}"),
        }
    }
    for chapter in &outline.chapters {
        for column in columns(chapter, format != "Markdown") {
            assert!(whole.contains(&plain(column)), "{format}: {column}");
        }
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
    // A workbook without issues has no sheet on which to say anything.
    if !outline.chapters.is_empty() {
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

/// What the CSV says of an initiative is what the outline says, where both say it.
fn assert_csv_says(outline: &Outline<'_>) {
    let file = csv::write(outline.plan(), outline.entries());
    let file = file.unwrap_or_else(|error| panic!("{error}"));
    let mut reader = ::csv::Reader::from_reader(&file[3..]);
    let records: Vec<_> = reader.records().map(|it| it.expect("a row")).collect();
    let rows: Vec<_> = outline.tables().flat_map(|table| &table.rows).collect();
    assert_eq!(records.len(), rows.len());
    let cell = |text: &str| csv::quote_formula(text.to_owned());
    for (record, row) in records.iter().zip(rows) {
        assert_eq!(record[4], row.number.half_width());
        assert_eq!(record[5], cell(&row.initiative.title));
        if let (Some(contents), None) = (&row.contents, &row.repost) {
            let expected = [contents.results, contents.target, contents.notes].map(cell);
            assert_eq!([7, 8, 11].map(|column| record[column].to_owned()), expected);
        }
    }
}

/// The outlines of a plan that say something of their own: as it is, with the contents of reposts,
/// and only what needs attention.
fn scopes() -> [Scope; 3] {
    let all = Scope::default();
    [
        all,
        Scope {
            full_reposts: true,
            ..all
        },
        Scope {
            only_attention: true,
            ..all
        },
    ]
}

#[test]
fn the_wards_plan_is_said_in_the_same_words_in_every_format() {
    let (plan, form) = (real(), form());
    for scope in scopes() {
        let outline = Outline::within(&plan, &form, scope).expect("it has no section");
        assert_texts_say(&outline);
        assert_csv_says(&outline);
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
        let outline = Outline::within(&plan, &form, scope).expect(section);
        assert_texts_say(&outline);
        assert_pdf_says(&outline, &pdf::Options::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_plan_is_said_in_the_same_words_in_every_text(plan in arbitrary::plan()) {
        let form = form();
        for scope in scopes() {
            let outline = Outline::within(&plan, &form, scope).expect("it has no section");
            assert_texts_say(&outline);
            assert_csv_says(&outline);
        }
    }

    #[test]
    fn whoever_counts_colours_counts_what_the_overview_counts(plan in arbitrary::plan()) {
        assert_counts(&plan);
    }
}

proptest! {
    // Each case starts another program.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_plan_is_said_in_the_same_words_on_paper(plan in arbitrary::plan(), portrait: bool) {
        let (plan, form) = (legible(&plan), form());
        let orientation = if portrait { Orientation::Portrait } else { Orientation::Landscape };
        let options = pdf::Options { orientation, ..pdf::Options::default() };
        for scope in scopes() {
            let outline = Outline::within(&plan, &form, scope).expect("it has no section");
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
    let text = |text: &String| text.chars().filter(is_legible).collect::<String>();
    let initiative = |it: &Arc<Initiative>| {
        Arc::new(Initiative {
            title: text(&it.title),
            owner: text(&it.owner),
            results: text(&it.results),
            target: text(&it.target),
            notes: text(&it.notes),
            ..(**it).clone()
        })
    };
    let strategy = |it: &Arc<PlanStrategy>| {
        Arc::new(PlanStrategy {
            title: text(&it.title),
            initiatives: it.initiatives.iter().map(initiative).collect(),
            ..(**it).clone()
        })
    };
    let issue = |it: &Arc<Issue>| {
        Arc::new(Issue {
            title: text(&it.title),
            strategies: it.strategies.iter().map(strategy).collect(),
            initiatives: it.initiatives.iter().map(initiative).collect(),
            ..(**it).clone()
        })
    };
    let about = About {
        organisation: text(&plan.about().organisation),
        ..plan.about().clone()
    };
    Plan::new(about, plan.issues().iter().map(issue).collect()).expect("the ids are as they were")
}

/// In every format, as many are in the shape or the colour of a state as the overview counts.
fn assert_counts(plan: &Plan) {
    let form = form();
    let outline = Outline::whole(plan, &form);
    let total = Overview::of(plan).total;
    let expected = Standing::ALL.map(|standing| total.count(standing));

    let book = xlsx::write(&outline).unwrap_or_else(|error| panic!("{error}"));
    let book = Book::read(&book).unwrap_or_else(|error| panic!("{error}"));
    let sheets = book.sheets.iter().filter(|sheet| sheet.name != DATA_SHEET);
    let fills: Vec<&str> = sheets
        .flat_map(|sheet| sheet.cells.values())
        .filter_map(|cell| cell.look.fill.as_deref())
        .collect();
    let cells = Standing::ALL.map(|standing| {
        let [red, green, blue] = status_style::of(standing).tint;
        let tint = format!("{red:02X}{green:02X}{blue:02X}");
        fills.iter().filter(|fill| **fill == tint).count()
    });
    assert_eq!(cells, expected, "coloured cells");

    let page = String::from_utf8(html::write(&outline)).expect("UTF-8");
    let page = Html::parse_document(&page);
    let classes = ["good", "behind", "off-target", "both-bad", "unassessed"];
    let marked = classes.map(|class| {
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
    let drawn = Standing::ALL.map(|standing| {
        let mark = standing_colours(standing).mark;
        inks.iter().filter(|ink| **ink == mark).count()
    });
    assert_eq!(drawn, expected, "shapes on paper");

    let file = String::from_utf8(markdown::write(&outline)).expect("UTF-8");
    let lines = Standing::ALL.map(|standing| {
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
