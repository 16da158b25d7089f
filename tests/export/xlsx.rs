//! The workbook as spreadsheets take it: read back by another library, and by LibreOffice.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    path::Path,
    process::Command,
};

use calamine::{Data, Range, Reader, Xlsx};
use furikaeri::{
    export::{
        record, status_style,
        xlsx::{self, DATA_SHEET},
    },
    plan::{About, Initiative, Issue, Plan},
};

use crate::support::{
    awkward::{self, as_exported},
    need::Need,
    paper::{form, outline},
    plans::{id, plan_of, real, small},
    shapes::Shape,
};

fn bytes(plan: &Plan, section: Option<&str>) -> Vec<u8> {
    xlsx::write(&outline(plan, section, &form())).unwrap_or_else(|error| panic!("{error}"))
}

struct Book(Xlsx<Cursor<Vec<u8>>>);

fn book(plan: &Plan, section: Option<&str>) -> Book {
    let bytes = Cursor::new(bytes(plan, section));
    Book(Xlsx::new(bytes).unwrap_or_else(|error| panic!("{error}")))
}

impl Book {
    fn names(&self) -> Vec<String> {
        self.0.sheet_names()
    }

    fn sheet(&mut self, name: &str) -> Range<Data> {
        let sheet = self.0.worksheet_range(name);
        sheet.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The texts of a sheet by rows; a number must be asked for in another way.
    fn texts(&mut self, name: &str) -> Vec<Vec<String>> {
        let sheet = self.sheet(name);
        sheet
            .rows()
            .map(|row| row.iter().map(cell).collect())
            .collect()
    }
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        other => panic!("{other:?} is neither a text nor a number"),
    }
}

/// The files in the archive that a workbook is.
fn entries(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut entries = BTreeMap::new();
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("XML in UTF-8");
        entries.insert(name, text);
    }
    entries
}

fn sheets(plan: &Plan) -> Vec<String> {
    let entries = entries(bytes(plan, None)).into_iter();
    let sheets = entries.filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    sheets.map(|(_, text)| text).collect()
}

#[test]
fn there_is_a_sheet_for_each_issue_and_one_for_programs() {
    let names = book(&real(), None).names();
    let expected = [
        "経営課題１",
        "経営課題２",
        "経営課題３",
        "経営課題４",
        "経営課題５",
        "経営課題６",
        "改革",
        DATA_SHEET,
    ];
    assert_eq!(names, expected);
    assert_eq!(
        book(&real(), Some("2-1")).names(),
        ["経営課題２", DATA_SHEET]
    );
    let issue = |bits: u64, number| Issue {
        id: id(bits),
        number,
        title: "[a]:*?/\\'".to_owned(),
        strategies: Vec::new(),
        initiatives: Vec::new(),
    };
    let numbers = [Some(u32::MAX), Some(u32::MAX), None, None];
    let issues = (1..).zip(numbers).map(|(n, number)| issue(n, number));
    let names = book(&plan_of(issues.collect()), None).names();
    let expected = [
        "経営課題４２９４９６７２９５",
        "経営課題４２９４９６７２９５（2）",
        "改革",
        "改革（2）",
        DATA_SHEET,
    ];
    assert_eq!(names, expected);
    assert_eq!(
        book(&Plan::empty(About::default()), None).names(),
        [DATA_SHEET]
    );
}

#[test]
fn the_data_sheet_has_every_cell_of_the_plan() {
    let plan = real();
    let sheet = book(&plan, None).sheet(DATA_SHEET);
    let mut rows = sheet.rows();
    let head: Vec<String> = rows.next().expect("a head").iter().map(cell).collect();
    assert_eq!(head, record::HEADER);
    for (entry, row) in plan.entries().zip(rows.by_ref()) {
        let expected = record::of(&plan, &entry);
        let found: Vec<String> = row.iter().map(cell).collect();
        assert_eq!(found, expected);
        // Numbers are numbers, and 2-1 is none.
        let is_number = matches!(row[0], Data::Float(_));
        assert_eq!(is_number, entry.issue.number.is_some());
        assert!(row[1..].iter().all(|cell| !matches!(cell, Data::Float(_))));
    }
    assert_eq!(rows.count(), 0);
    assert_eq!(sheet.height(), 1 + 49);
}

#[test]
fn an_issue_is_shown_as_the_form() {
    let plan = small();
    let rows = book(&plan, None).texts("経営課題１");
    let expected = [
        ["港区　令和３年度　中間振り返り", "", "", ""],
        ["経営課題１　安全", "", "", ""],
        [
            "具体的取組",
            "現状の主な取組実績",
            "目標（取組によりめざす指標）",
            "達成状況と課題・改善策",
        ],
        ["戦略１－１　地域防災", "", "", ""],
        [
            "１－１－１\n防災訓練\n担当：防災担当",
            "・訓練：１回\n・会議：２回",
            "参加者：100人以上",
            "▲ 【目標達成見込、取組予定通り進捗していない】\n「秋」に\"延期\"した。",
        ],
        [
            "１－１－２\n防災訓練（再掲）",
            "具体的取組１－１－１の再掲",
            "",
            "再掲元：【目標達成見込、取組予定通り進捗していない】",
        ],
        ["戦略１－２　（名称なし）", "", "", ""],
        ["具体的取組はありません。", "", "", ""],
    ];
    assert_eq!(rows, expected);
    let reform = book(&plan, None).texts("改革");
    assert_eq!(reform[1][0], "改革の取組");
    assert_eq!(reform[2][2], "目標");
    assert_eq!(reform[3], ["改革－１\n（名称なし）", "", "", "○ 未評価"]);
    for text in rows.iter().chain(&reform).flatten() {
        assert!(!text.contains("部長へ確認"));
    }
}

#[test]
fn every_initiative_of_the_plan_stands_in_its_form() {
    let plan = real();
    let form = form();
    let mut book = book(&plan, None);
    for entry in plan.entries() {
        let number = entry.number();
        let sheet = match number.issue {
            Some(issue) => format!(
                "経営課題{}",
                furikaeri::plan::full_width(&issue.to_string())
            ),
            None => "改革".to_owned(),
        };
        let rows = book.texts(&sheet);
        let initiative = entry.initiative;
        let title = format!("{}\n{}", number.full_width(), initiative.title);
        let row = rows.iter().find(|row| row[0] == title);
        let row = row.unwrap_or_else(|| panic!("{title} is not in {sheet}"));
        if initiative.repost_of.is_some() {
            continue;
        }
        assert_eq!(row[1], initiative.results.trim());
        assert_eq!(row[2], initiative.target.trim());
        let shape = status_style::of(initiative.status.standing()).shape;
        let words = form.wording(number).status_line(initiative.status);
        let status = format!("{shape} {}", words.expect("all are assessed"));
        let achievement = format!("{status}\n{}", initiative.notes.trim());
        assert_eq!(row[3], achievement.trim());
    }
}

#[test]
fn sheets_print_landscape_as_wide_as_the_paper_with_their_head_on_every_page() {
    let plan = real();
    for sheet in sheets(&plan) {
        assert!(sheet.contains("orientation=\"landscape\""));
        assert!(sheet.contains("paperSize=\"9\"") && sheet.contains("fitToHeight=\"0\""));
        assert!(sheet.contains("state=\"frozen\""));
        assert!(!sheet.contains("<f>"), "there is no formula");
        for height in sheet.split(" ht=\"").skip(1) {
            let height: f64 = height
                .split('"')
                .next()
                .unwrap_or_default()
                .parse()
                .expect("points");
            assert!((10.0..=409.5).contains(&height), "{height}");
        }
    }
    let workbook = &entries(bytes(&plan, None))["xl/workbook.xml"];
    assert_eq!(workbook.matches("_xlnm.Print_Titles").count(), 8);
    assert!(workbook.contains("経営課題１!$3:$3") || workbook.contains("'経営課題１'!$3:$3"));
}

#[test]
fn the_same_plan_is_the_same_file() {
    let first = bytes(&real(), None);
    assert!(first == bytes(&real(), None));
    let core = &entries(first)["docProps/core.xml"];
    assert!(core.contains("2021-10-31T00:00:00Z"), "{core}");
    assert!(core.contains("大阪市港区　令和３年度　中間振り返り"));
    // A year that Excel does not know is no reason to fail.
    for fiscal_year in [0, 1899, 9999, u16::MAX] {
        let about = About {
            fiscal_year,
            as_of: None,
            ..About::default()
        };
        bytes(&Plan::empty(about), None);
    }
}

/// A sheet of many rows is written as it grows, and says the same.
#[test]
fn a_sheet_of_thousands_of_rows_says_all_of_them() {
    const COUNT: u64 = 2_001;
    let plan = Shape::AllInOne.plan(COUNT);
    let mut book = book(&plan, None);
    let data = book.texts(DATA_SHEET);
    let expected = plan.entries().map(|entry| record::of(&plan, &entry));
    for (row, record) in data.iter().skip(1).zip(expected) {
        // The first is a number in the sheet.
        assert_eq!(row.get(1..), record.get(1..));
    }
    assert_eq!(data.len() as u64, COUNT + 1);
    let form = book.texts("経営課題１");
    let titles = form.iter().filter(|row| row[0].contains("取組"));
    // The heading of the column is one of them.
    assert_eq!(titles.count() as u64, COUNT + 1);
}

#[test]
fn any_text_is_read_back_as_it_was_typed() {
    for line in awkward::LINES {
        let plan = awkward::plan_with(line);
        let expected = as_exported(line);
        let mut book = book(&plan, None);
        let data = book.texts(DATA_SHEET);
        assert_eq!(data.len(), 2, "{line}");
        for column in [1, 3, 5, 6, 7, 8, 11] {
            assert_eq!(data[1][column], expected, "{line}");
        }
        let form = book.texts("経営課題１");
        assert_eq!(form[1][0], format!("経営課題１　{expected}"));
        let row = form.last().expect("a row");
        assert_eq!(row[1..3], [expected.clone(), expected.clone()]);
        assert!(
            row[0].contains(&expected) && row[3].ends_with(&expected),
            "{line}"
        );
    }
}

#[test]
fn a_text_that_looks_like_a_formula_is_none_and_stays_none_when_it_is_edited() {
    for line in [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@x",
        "＝SUM(A1)",
        "'=1",
        "\tx",
    ] {
        let plan = awkward::plan_with(line);
        let entries = entries(bytes(&plan, None));
        let styles = &entries["xl/styles.xml"];
        assert!(styles.contains("quotePrefix=\"1\""), "{line}");
        for (name, text) in &entries {
            assert!(!text.contains("<f>"), "{line}: {name}");
        }
    }
    let styles = &entries(bytes(&awkward::plan_with("無事"), None))["xl/styles.xml"];
    assert!(!styles.contains("quotePrefix"));
}

/// The texts of a column, joined.
fn joined(rows: &[Vec<String>], column: usize) -> String {
    rows.iter().map(|row| row[column].as_str()).collect()
}

#[test]
fn a_text_that_is_too_long_for_a_cell_goes_on_below() {
    let markup = format!("<r>{}</r>", "&".repeat(99_000));
    for long in ["長い文章。".repeat(20_000), "🎉".repeat(50_000), markup] {
        let plan = awkward::plan_with(&long);
        let mut book = book(&plan, None);
        let data = book.texts(DATA_SHEET).split_off(1);
        assert!(data.len() > 1);
        for column in [1, 3, 5, 6, 7, 8, 11] {
            assert!(joined(&data, column) == long, "column {column}");
        }
        for (n, row) in data.iter().enumerate() {
            assert_eq!([&row[0], &row[2], &row[4]], ["1", "1-1", "1-1-1"]);
            let status = if n == 0 { "未達成見込" } else { "" };
            assert_eq!(row[9], status, "a state is counted once");
        }
        let form = book.texts("経営課題１");
        assert!(joined(&form, 1).ends_with(&long));
        assert!(joined(&form, 2).ends_with(&long));
        assert!(
            form.iter()
                .any(|row| row[0].starts_with("１－１－１（続き）"))
        );
        for sheet in sheets(&plan) {
            for height in sheet.split(" ht=\"").skip(1) {
                let height = height.split('"').next().unwrap_or_default();
                assert!(height.parse::<f64>().expect("points") <= 409.5, "{height}");
            }
        }
    }
}

#[test]
fn a_thousand_bullets_are_all_in_the_form() {
    let bullets: Vec<String> = (1..=1_000).map(|n| format!("・項目{n}")).collect();
    let bullets = bullets.join("\n");
    let plan = awkward::plan_with(&bullets);
    let form = book(&plan, None).texts("経営課題１");
    let lines = form.iter().flat_map(|row| row[1].lines());
    let shown: Vec<&str> = lines.filter(|line| line.starts_with('・')).collect();
    assert_eq!(shown.join("\n"), bullets);
}

/// Runs LibreOffice, which must be alone in its folder.
fn libreoffice(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("soffice");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    command.arg(profile).arg("--headless").args(arguments);
    command
        .arg("--outdir")
        .arg(folder)
        .arg(folder.join("計画.xlsx"));
    let output = command.output().expect("LibreOffice is there");
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn libreoffice_reads_what_the_plan_says() {
    if !Need::LibreOffice.is_met() {
        return;
    }
    let mut plan = real();
    let first = Initiative {
        results: "=1+1".to_owned(),
        target: "_x0041_".to_owned(),
        notes: "<r><t>一</t></r>".to_owned(),
        ..Initiative::new(id(1), 9)
    };
    let mut issues: Vec<Issue> = plan.issues().iter().map(|it| (**it).clone()).collect();
    issues[0].initiatives.push(first.into());
    plan = plan_of(issues);
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("計画.xlsx"), bytes(&plan, None)).expect("there is room");
    // Comma, quotes, UTF-8; every sheet to a file of its own.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    libreoffice(folder.path(), &["--convert-to", filter]);
    let file = folder.path().join("計画-データ.csv");
    let mut reader = csv::Reader::from_path(file).unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    let expected: Vec<Vec<String>> = plan
        .entries()
        .map(|entry| record::of(&plan, &entry).to_vec())
        .collect();
    assert_eq!(rows, expected);
    assert!(folder.path().join("計画-経営課題１.csv").exists());
}
