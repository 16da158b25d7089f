//! The CSV as a spreadsheet reads it: one fact in every cell, each in its column, nothing private,
//! nothing that a spreadsheet would change.

use std::{path::Path, process::Command};

use furikaeri::{
    export::csv,
    form::Slot,
    plan::{Edit, Node, Plan},
};

use crate::support::{
    disk,
    need::Need,
    paper::{csv_of, outline},
    plans::{
        BEHIND, Building as _, OFF_TARGET, after, form_of, id, issue, key, node, plan_in, plan_of,
        real, reform, reform_item, set, slot, small,
    },
};

/// What stands first in a table of the built-in form.
const HEAD: &str = "経営課題番号,経営課題,戦略番号,戦略,具体的取組番号,具体的取組,担当,\
    実績,目標,見込,進捗,課題・改善策,再掲元";

fn text(plan: &Plan, section: Option<&str>) -> String {
    let bytes = csv::write(&outline(plan, section));
    let bytes = bytes.unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(bytes).expect("the CSV is UTF-8")
}

/// All rows, the headings first.
fn table(plan: &Plan, section: Option<&str>) -> Vec<Vec<String>> {
    let text = text(plan, section);
    let text = text.strip_prefix('\u{feff}').expect("Excel wants the mark");
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records();
    rows.map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect()
}

fn rows(plan: &Plan, section: Option<&str>) -> Vec<Vec<String>> {
    table(plan, section).split_off(1)
}

fn head(plan: &Plan) -> Vec<String> {
    table(plan, None).remove(0)
}

#[test]
fn a_row_has_every_field_in_its_column_and_no_private_note() {
    assert_eq!(head(&small()).join(","), HEAD);
    let rows = rows(&small(), None);
    assert_eq!(
        rows,
        [
            [
                "1",
                "安全",
                "1",
                "地域防災",
                "1",
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
                "1",
                "地域防災",
                "2",
                "防災訓練（再掲）",
                "",
                "",
                "",
                "",
                "",
                "",
                "具体的取組1-1-1",
            ],
            [
                "",
                "改革の取組",
                "",
                "",
                "1",
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
        "\u{feff}{HEAD}\r\n1,安全,1,地域防災,1,防災訓練,防災担当,\"・訓練：１回\n・会議：２回\",\
         参加者：100人以上,達成見込,予定通りでない,\"「秋」に\"\"延期\"\"した。\",\r\n"
    );
    assert_eq!(text, expected);
}

/// A plan of one initiative in the unnumbered part.
fn plan_with(initiative: Node) -> Plan {
    let part = reform(id(100)).titled("=改革");
    plan_of(vec![part.holding([initiative])])
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_quoted_in_every_column_of_texts() {
    let formula = "=HYPERLINK(\"http://example.com\")";
    let plan = plan_with(
        reform_item(id(1), 1)
            .titled(formula)
            .owned_by(formula)
            .with_results(formula)
            .with_target(formula)
            .with_notes(formula),
    );
    let row = rows(&plan, None).remove(0);
    let quoted = format!("'{formula}");
    let [title, owner, results, target, notes] = [5, 6, 7, 8, 11].map(|column| &row[column]);
    for cell in [title, owner, results, target, notes] {
        assert_eq!(*cell, quoted);
    }
    assert_eq!(row[1], "'=改革");
    assert_eq!(row[4], "1", "a number is no formula");
}

#[test]
fn a_repost_has_no_status_even_if_one_was_set_before_it_became_one() {
    let own = reform_item(id(1), 1)
        .with_outlook(OFF_TARGET)
        .with_progress(BEHIND);
    let row = rows(&plan_with(own.clone()), None).remove(0);
    assert_eq!(row[9..11], ["未達成見込", "予定通りでない"]);
    // Its source is gone: the status is still not its own.
    let row = rows(&plan_with(own.repeating(id(99))), None).remove(0);
    assert_eq!(row[9..13], ["", "", "", ""]);
}

#[test]
fn a_section_without_initiatives_has_no_rows() {
    assert_eq!(rows(&small(), Some("1-2")), Vec::<Vec<String>>::new());
}

#[test]
fn what_is_said_at_two_reviews_stands_side_by_side() {
    let later = after(
        &small(),
        &[set(id(7), slot("year_end/results"), "春の実績")],
    );
    let heads = head(&later);
    assert_eq!(
        heads[7..],
        [
            "中間振り返り実績",
            "期末振り返り実績",
            "目標",
            "中間振り返り見込",
            "期末振り返り見込",
            "中間振り返り進捗",
            "期末振り返り進捗",
            "中間振り返り課題・改善策",
            "期末振り返り課題・改善策",
            "再掲元",
        ]
    );
    let rows = rows(&later, None);
    assert_eq!(rows[0][7..9], ["・訓練：１回\n・会議：２回", ""]);
    assert_eq!(rows[2][7..9], ["", "春の実績"]);
    // The one that is open has begun, whatever is said.
    let mut about = small().about().clone();
    about.review = key("year_end");
    let opened = after(&small(), &[Edit::About(about)]);
    assert_eq!(
        head(&opened)[7..9],
        ["中間振り返り実績", "期末振り返り実績"]
    );
    // Of one alone, it need not be said which it is.
    let only = plan_of(vec![issue(id(1), 1)]);
    assert_eq!(head(&only).join(","), HEAD);
}

/// Two levels that ask the same, an amount, a level without numbers, and one that is not printed.
const FORM: &str = r#"(
    name: "試し",
    reviews: [(key: "once", name: "振り返り")],
    levels: [
        (key: "goal", name: "目標", at_top: true, number: (pattern: "{n}"),
            fields: [
                (key: "rating", heading: "評価", kind: Choice(choices: [
                    (key: "a", words: "Ａ：順調", short: "Ａ", grade: Good),
                    (key: "none", words: "評価できない", short: "－"),
                ]), each_review: true),
                (key: "reason", heading: "理由", kind: Text),
            ]),
        (key: "step", name: "手立て", under: ["goal"], number: (pattern: "{above}-({n})"),
            fields: [
                (key: "rating", heading: "評価", kind: Text),
                (key: "budget", heading: "予算額", kind: Amount(unit: "千円")),
                (key: "number", heading: "番号", kind: Text),
            ],
            columns: [(heading: "手立て", share: 1, fields: ["title", "rating", "budget"])],
            repost: "{name}{number}の再掲"),
        (key: "other", name: "手立て", under: ["goal"],
            fields: [(key: "reason", heading: "予算額", kind: Text)],
            columns: [(heading: "手立て", share: 1, fields: ["title"])]),
    ],
)"#;

#[test]
fn the_columns_are_those_of_the_form() {
    let form = form_of(FORM);
    let step = |bits, number| node("step", id(bits)).numbered(number);
    let other = node("other", id(5)).with(slot("reason"), "多め");
    let goal = node("goal", id(1)).numbered(1).titled("安全");
    let goal = goal
        .with(slot("once/rating"), "none")
        .with(slot("reason"), "秋");
    let plan = plan_in(
        &form,
        vec![
            goal.holding([
                step(2, 1)
                    .titled("訓練")
                    .with(slot("budget"), "△1,234")
                    .with(slot("number"), "2-1"),
                step(3, 2).titled("会議").with(slot("budget"), "約百"),
                step(4, 3).with(slot("budget"), "99").repeating(id(5)),
                other,
            ]),
        ],
    );
    assert_eq!(
        table(&plan, None),
        [
            [
                "目標番号",
                "目標",
                "手立て番号",
                "手立て",
                "担当",
                "目標評価",
                "理由",
                "手立て評価",
                "予算額",
                "番号",
                "再掲元",
            ],
            ["1", "安全", "", "", "", "'－", "秋", "", "", "", ""],
            [
                "1", "安全", "1", "訓練", "", "", "", "", "-1234", "'2-1", ""
            ],
            ["1", "安全", "2", "会議", "", "", "", "", "約百", "", ""],
            [
                "1",
                "安全",
                "3",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "手立て「（名称なし）」"
            ],
            [
                "1",
                "安全",
                "",
                "（名称なし）",
                "",
                "",
                "",
                "",
                "多め",
                "",
                ""
            ],
        ]
    );
}

#[test]
fn a_number_that_is_missing_is_no_part_without_one() {
    let plan = small();
    let edits = [
        Edit::Number {
            id: id(1),
            number: None,
        },
        set(id(1), Slot::TITLE, ""),
        set(id(6), Slot::TITLE, ""),
    ];
    let rows = rows(&after(&plan, &edits), None);
    assert_eq!(rows[0][..3], ["（番号なし）", "", "1"]);
    assert_eq!(rows[2][..3], ["", "（名称なし）", ""]);
}

/// The cells of a file.
fn cells(file: &[u8]) -> Vec<Vec<String>> {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file);
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

/// What a spreadsheet makes of a file when it opens it and saves it again as it is shown, with
/// Japanese settings, reading dates and numbers wherever it can.
fn opened_and_saved(folder: &Path, name: &str, file: &[u8]) -> Vec<Vec<String>> {
    let path = disk::write(folder.join(name), file);
    let saved = folder.join("saved");
    let output = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}/profile",
            folder.display()
        ))
        .args([
            "--headless",
            "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,1041,false,true",
        ])
        .args([
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,1041,false,true",
        ])
        .arg("--outdir")
        .args([&saved, &path])
        .output()
        .expect("LibreOffice is there");
    assert!(output.status.success(), "{output:?}");
    cells(&disk::read(&saved.join(name)))
}

#[test]
fn no_cell_is_changed_by_opening_it_in_a_spreadsheet() {
    if !Need::LibreOffice.is_met() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let ward = csv_of(&real());
    assert_eq!(
        opened_and_saved(folder.path(), "計画.csv", &ward),
        cells(&ward)
    );
    let awkward = [
        "2-1",
        "1-1-1",
        "１－１",
        "1/2",
        "007",
        "１２",
        "1,234",
        "57.20",
        "57.2%",
        "5７％",
        "10月",
        "10月31日",
        "令和3年10月31日",
        "R3.10.31",
        "平成元年",
        "31-Oct",
        "Oct 2021",
        "10:30",
        "10時30分",
        "1e5",
        "(5)",
        "True",
        "12",
        "57.2",
        "1.50",
        "12345678901234567",
        "￥100",
        "1 1/2",
        "'2-1",
        "=1+1",
        "+1",
        "-1",
        "2021/10",
        "3.10",
    ];
    let titled = |(title, n): (&&str, u32)| reform_item(id(100 + u64::from(n)), n).titled(title);
    let part = reform(id(100)).titled("改革");
    let plan = plan_of(vec![part.holding(awkward.iter().zip(1..).map(titled))]);
    let file = csv_of(&plan);
    assert_eq!(
        opened_and_saved(folder.path(), "題.csv", &file),
        cells(&file)
    );
}
