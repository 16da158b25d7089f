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
        record::Columns,
        status_style,
        xlsx::{self, DATA_SHEET, SUMS_SHEET},
    },
    plan::{About, Edit, Entry, Plan},
};

use crate::support::{
    awkward::{self, as_exported},
    need::Need,
    paper::outline,
    plans::{
        Building as _, about_in, after, form, form_of, id, initiative, issue, key, node, notes,
        plan_in, plan_of, real, reform, results, set, set_plan, slot, small, target,
    },
    shapes::Shape,
};

fn bytes(plan: &Plan, section: Option<&str>) -> Vec<u8> {
    xlsx::write(&outline(plan, section)).unwrap_or_else(|error| panic!("{error}"))
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

/// What a node says in its record.
fn record_of(plan: &Plan, entry: &Entry<'_>) -> Vec<String> {
    let cells = Columns::of(plan).cells(plan, entry).into_iter();
    cells.map(|cell| cell.text).collect()
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
    let top = [
        issue(id(1), u32::MAX),
        issue(id(2), u32::MAX),
        reform(id(3)),
        reform(id(4)),
    ];
    let top = top.map(|node| node.titled("[a]:*?/\\'"));
    let names = book(&plan_of(top.to_vec()), None).names();
    let expected = [
        "経営課題４２９４９６７２９５",
        "経営課題４２９４９６７２９５（2）",
        "改革",
        "改革（2）",
        DATA_SHEET,
    ];
    assert_eq!(names, expected);
    assert_eq!(
        book(&Plan::empty(about_in(&form()), form()), None).names(),
        [DATA_SHEET]
    );
}

#[test]
fn the_data_sheet_has_every_cell_of_the_plan() {
    let plan = real();
    let sheet = book(&plan, None).sheet(DATA_SHEET);
    let mut rows = sheet.rows();
    let head: Vec<String> = rows.next().expect("a head").iter().map(cell).collect();
    assert!(
        Columns::of(&plan)
            .heads()
            .eq(head.iter().map(String::as_str))
    );
    for (entry, row) in plan.rows().zip(rows.by_ref()) {
        let found: Vec<String> = row.iter().map(cell).collect();
        assert_eq!(found, record_of(&plan, &entry));
        // Numbers are numbers, and a part without one has none.
        let is_number = row.iter().map(|cell| matches!(cell, Data::Float(_)));
        let has_number = entry.top().number.is_some();
        let has_strategy = entry.depth() > 1;
        let mut expected = vec![has_number, false, has_strategy, false, true];
        expected.resize(13, false);
        assert_eq!(is_number.collect::<Vec<_>>(), expected);
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
    for entry in plan.rows() {
        let number = entry.number();
        let sheet = plan.number(entry.top().id).expect("it").name(&form);
        let rows = book.texts(&sheet);
        let node = entry.node;
        let title = format!("{}\n{}", number.printed(&form), node.title);
        let row = rows.iter().find(|row| row[0] == title);
        let row = row.unwrap_or_else(|| panic!("{title} is not in {sheet}"));
        if node.is_repost() {
            continue;
        }
        assert_eq!(row[1], node.text(results()).trim());
        assert_eq!(row[2], node.text(target()).trim());
        let shape = status_style::of(plan.standing(node)).shape;
        let axes = ["outlook", "progress"].map(key);
        let words = plan.level(node).choice_line(node, plan.review(), &axes);
        let status = format!("{shape} {}", words.expect("all are assessed"));
        let achievement = format!("{status}\n{}", node.text(notes()).trim());
        assert_eq!(row[3], achievement.trim());
    }
}

#[test]
fn sheets_print_landscape_as_wide_as_the_paper_with_their_head_on_every_page() {
    let plan = real();
    let sheets = sheets(&plan);
    let count = sheets.len();
    for (n, sheet) in sheets.into_iter().enumerate() {
        assert!(sheet.contains("orientation=\"landscape\""));
        assert!(sheet.contains("paperSize=\"9\""));
        // The last one, for programs, is so wide that it could not be read.
        assert_eq!(sheet.contains("fitToHeight=\"0\""), n + 1 < count);
        assert_eq!(sheet.contains("scale=\"65\""), n + 1 == count);
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
    // What goes on on a page beside another says what it is about: the initiative's number and title.
    assert!(workbook.contains("データ!$E:$F,データ!$1:$1"), "{workbook}");
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
            ..about_in(&form())
        };
        bytes(&Plan::empty(about, form()), None);
    }
}

/// A sheet of many rows is written as it grows, and says the same.
#[test]
fn a_sheet_of_thousands_of_rows_says_all_of_them() {
    const COUNT: u64 = 2_001;
    let plan = Shape::AllInOne.plan(COUNT);
    let mut book = book(&plan, None);
    let data = book.texts(DATA_SHEET);
    let expected = plan.rows().map(|entry| record_of(&plan, &entry));
    for (row, record) in data.iter().skip(1).zip(expected) {
        assert_eq!(*row, record);
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
            assert_eq!([&row[0], &row[2], &row[4]], ["1", "1", "1"]);
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
    let first = initiative(id(1), 9)
        .with_results("=1+1")
        .with_target("_x0041_")
        .with_notes("<r><t>一</t></r>");
    plan = after(
        &plan,
        &[Edit::Insert {
            parent: Some(plan.top()[0].id),
            position: 99,
            branch: first.into(),
        }],
    );
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
    let expected: Vec<Vec<String>> = plan.rows().map(|entry| record_of(&plan, &entry)).collect();
    assert_eq!(rows, expected);
    assert!(folder.path().join("計画-経営課題１.csv").exists());
}

/// A plan as a whole that says something, rows in rows with columns of their own, an amount.
const FORM: &str = r#"(
    name: "試し",
    reviews: [(key: "once", name: "振り返り")],
    plan: [(key: "aim", heading: "使命", kind: Text)],
    levels: [
        (key: "goal", name: "目標", at_top: true, number: (pattern: "{n}")),
        (key: "step", name: "手立て", under: ["goal"], number: (pattern: "{above}-{n}"),
            fields: [
                (key: "rating", heading: "評価", kind: Choice(choices: [
                    (key: "a", words: "順調", grade: Good), (key: "b", words: "遅れ", grade: Bad),
                ]), each_review: true),
                (key: "budget", heading: "予算額", kind: Amount(unit: "千円")),
            ],
            columns: [
                (heading: "手立て", share: 1, fields: ["title"]),
                (heading: "評価", share: 1, fields: ["rating"]),
                (heading: "予算額", share: 2, fields: ["budget"]),
            ],
            repost: "{name}{number}の再掲"),
        (key: "work", name: "事業", under: ["step"],
            fields: [(key: "done", heading: "結果", kind: Text)],
            columns: [
                (heading: "事業", share: 3, fields: ["title"]),
                (heading: "結果", share: 1, fields: ["done"]),
            ]),
    ],
)"#;

fn other_plan() -> Plan {
    let step = |bits, number: u32, title, budget| {
        let step = node("step", id(bits)).numbered(number).titled(title);
        step.with(slot("budget"), budget)
    };
    let work = node("work", id(4))
        .titled("研修")
        .with(slot("done"), "二回");
    let goal = |bits, number| node("goal", id(bits)).numbered(number).titled("安全");
    let goals = vec![
        goal(1, 1).holding([
            step(2, 1, "訓練", "1,200")
                .with(slot("once/rating"), "b")
                .holding([work]),
            step(3, 2, "備蓄", "△200"),
            step(5, 3, "訓練", "").repeating(id(2)),
        ]),
        goal(6, 2).holding([step(7, 1, "見回り", "約百"), step(8, 2, "声かけ", "50")]),
    ];
    let plan = plan_in(&form_of(FORM), goals);
    after(&plan, &[set_plan(slot("aim"), "区民のために")])
}

#[test]
fn the_sheets_follow_the_form() {
    let plan = other_plan();
    let mut book = book(&plan, None);
    let expected = ["計画全体", "目標1", "目標2", SUMS_SHEET, DATA_SHEET];
    assert_eq!(book.names(), expected);
    assert_eq!(
        book.texts("計画全体")[1..],
        [["計画全体", ""], ["使命", "区民のために"]]
    );
    // The edges of both kinds of tables: the second column of works begins within one of steps.
    let rows = book.texts("目標1");
    let expected = [
        ["目標1　安全", "", "", ""],
        ["手立て", "評価", "予算額", ""],
        ["1-1\n訓練", "◆ 【遅れ】", "1,200千円", ""],
        ["事業", "", "", "結果"],
        ["研修", "", "", "二回"],
        ["手立て", "評価", "予算額", ""],
        ["1-2\n備蓄", "○ 未評価", "△200千円", ""],
        ["1-3\n訓練", "手立て1-1の再掲\n再掲元：【遅れ】", "", ""],
    ];
    assert_eq!(rows[1..], expected);
    let sheet = &entries(bytes(&plan, None))["xl/worksheets/sheet2.xml"];
    assert!(sheet.contains("<mergeCell ref=\"A5:C5\"/>"), "{sheet}");
}

#[test]
fn sums_are_formulas_over_the_data() {
    let plan = other_plan();
    let sheets = entries(bytes(&plan, None));
    let sheet = &sheets["xl/worksheets/sheet4.xml"];
    for (at, formula, value) in [
        ("B4", "SUM(データ!$H$2:$H$5)", "1000"),
        ("B5", "SUM(データ!$H$6:$H$7)", "50"),
        ("B6", "SUM(データ!$H$2:$H$7)", "1050"),
    ] {
        let cell = sheet.split(&format!("<c r=\"{at}\"")).nth(1).expect(at);
        let cell = cell.split("</c>").next().expect("an end");
        assert!(
            cell.contains(&format!("<f>{formula}</f><v>{value}</v>")),
            "{at}: {cell}"
        );
    }
    let mut book = book(&plan, None);
    let data = book.sheet(DATA_SHEET);
    assert_eq!(cell(data.get((0, 7)).expect("a head")), "予算額");
    assert_eq!(data.get((3, 7)), Some(&Data::Float(-200.0)));
    // What is no number is a text there, and is said; a repost is never added again.
    assert_eq!(data.get((5, 7)), Some(&Data::String("約百".to_owned())));
    let sums = book.texts(SUMS_SHEET);
    assert_eq!(
        sums.last().expect("a row")[0],
        "数として読めない金額が1件あります。計には入っていません。"
    );
}

#[test]
fn rows_at_the_top_stand_on_one_sheet() {
    let form = form_of(
        r#"(
        name: "一覧", reviews: [(key: "once", name: "振り返り")],
        levels: [(key: "row", name: "事業：一覧/表", at_top: true,
            columns: [(heading: "事業", share: 1, fields: ["title"])])],
    )"#,
    );
    let row = |bits, title| node("row", id(bits)).titled(title);
    let plan = plan_in(&form, vec![row(1, "訓練"), row(2, "備蓄")]);
    let mut book = book(&plan, None);
    assert_eq!(book.names(), ["事業：一覧_表", DATA_SHEET]);
    assert_eq!(
        book.texts("事業：一覧_表")[1..],
        [["事業"], ["訓練"], ["備蓄"]]
    );
}

/// What a part without a number says in many rows can be put together again.
#[test]
fn a_record_that_goes_on_below_says_of_what() {
    let long = "長い文章。".repeat(10_000);
    let plan = small();
    let plan = after(&plan, &[set(id(7), results(), &long)]);
    let data = book(&plan, None).texts(DATA_SHEET);
    let rows: Vec<&Vec<String>> = data.iter().skip(3).collect();
    assert_eq!(rows.len(), 2);
    for row in &rows {
        assert_eq!(row[..5], ["", "改革の取組", "", "", "1"]);
    }
    assert_eq!(format!("{}{}", rows[0][7], rows[1][7]), long);
}
