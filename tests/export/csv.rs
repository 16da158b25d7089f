//! The CSV as a spreadsheet reads it: every cell in its column, nothing private, no formula.

use std::sync::Arc;

use furikaeri::{
    export::csv::{self, HEADER},
    plan::{Initiative, Issue, Plan, Status},
};

use crate::support::{
    paper::{form, outline},
    plans::{id, plan_of, small},
};

fn text(plan: &Plan, section: Option<&str>) -> String {
    let bytes = csv::write(plan, outline(plan, section, &form()).entries());
    let bytes = bytes.unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(bytes).expect("the CSV is UTF-8")
}

fn rows(plan: &Plan, section: Option<&str>) -> Vec<Vec<String>> {
    let text = text(plan, section);
    let text = text.strip_prefix('\u{feff}').expect("Excel wants the mark");
    ::csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_row_has_every_field_in_its_column_and_no_private_note() {
    let rows = rows(&small(), None);
    assert_eq!(
        rows,
        [
            [
                "1",
                "安全",
                "1-1",
                "地域防災",
                "1-1-1",
                "防災訓練",
                "防災担当",
                "・訓練：１回\n・会議：２回",
                "参加者：100人以上",
                "達成見込",
                "予定通りでない",
                "「秋」に\"延期\"した。",
                "",
            ],
            [
                "1",
                "安全",
                "1-1",
                "地域防災",
                "1-1-2",
                "防災訓練（再掲）",
                "",
                "",
                "",
                "",
                "",
                "",
                "1-1-1",
            ],
            [
                "改革",
                "改革の取組",
                "",
                "",
                "改革-1",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                ""
            ],
        ]
    );
    assert!(!text(&small(), None).contains("部長へ確認"));
}

#[test]
fn the_text_is_what_excel_and_rfc_4180_want() {
    let text = text(&small(), Some("1-1-1"));
    let expected = format!(
        "\u{feff}{}\r\n1,安全,1-1,地域防災,1-1-1,防災訓練,防災担当,\"・訓練：１回\n・会議：２回\",\
         参加者：100人以上,達成見込,予定通りでない,\"「秋」に\"\"延期\"\"した。\",\r\n",
        HEADER.join(",")
    );
    assert_eq!(text, expected);
}

/// A plan of one initiative in the unnumbered part.
fn plan_with(initiative: Initiative) -> Plan {
    plan_of(vec![Issue {
        id: id(100),
        number: None,
        title: "=改革".to_owned(),
        strategies: Vec::new(),
        initiatives: vec![Arc::new(initiative)],
    }])
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_quoted_in_every_column_of_texts() {
    let formula = "=HYPERLINK(\"http://example.com\")".to_owned();
    let plan = plan_with(Initiative {
        title: formula.clone(),
        owner: formula.clone(),
        results: formula.clone(),
        target: formula.clone(),
        notes: formula.clone(),
        ..Initiative::new(id(1), 1)
    });
    let row = rows(&plan, None).remove(0);
    let quoted = format!("'{formula}");
    let [title, owner, results, target, notes] = [5, 6, 7, 8, 11].map(|column| &row[column]);
    for cell in [title, owner, results, target, notes] {
        assert_eq!(*cell, quoted);
    }
    assert_eq!(row[1], "'=改革");
    assert_eq!(row[4], "改革-1", "a number is no formula");
}

#[test]
fn a_repost_has_no_status_even_if_one_was_set_before_it_became_one() {
    let mut repost = Initiative::new(id(1), 1);
    repost.status = Status {
        outlook: Some(furikaeri::plan::Outlook::OffTarget),
        progress: Some(furikaeri::plan::Progress::Behind),
    };
    let own = rows(&plan_with(repost.clone()), None).remove(0);
    assert_eq!(own[9..11], ["未達成見込", "予定通りでない"]);
    // Its source is gone: the status is still not its own.
    repost.repost_of = Some(id(99));
    let row = rows(&plan_with(repost), None).remove(0);
    assert_eq!(row[9..13], ["", "", "", ""]);
}

#[test]
fn a_section_without_initiatives_has_no_rows() {
    assert_eq!(rows(&small(), Some("1-2")), Vec::<Vec<String>>::new());
}
