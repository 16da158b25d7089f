//! Tables that others made, and our own that come back.

use std::fs;

use furikaeri::{
    export::{Format, Options, go_on, write, xlsx::DATA_SHEET},
    import::{
        book::BookError,
        table::{Mapping, Meaning, Table, TableError, Taken, Unclear, plan},
    },
    plan::{About, Outlook, Plan, Progress, Standing},
    storage::builtin,
};
use proptest::prelude::*;

use crate::support::{
    arbitrary, awkward,
    paper::csv_of,
    plans::real,
    sections::{OWNERS, Parts, form, handed_out},
};

fn taken(table: &Table, mapping: &Mapping) -> Taken {
    let form = builtin::form().expect("the form is built in");
    plan(table, mapping, About::default(), &form).unwrap_or_else(|error| panic!("{error}"))
}

fn guessed(table: &Table) -> Mapping {
    Mapping::guess(table, &builtin::form().expect("the form is built in"))
}

fn comes_back(plan: &Plan) {
    let bytes = csv_of(plan);
    let table = Table::read(&bytes, None).expect("a table");
    let back = taken(&table, &guessed(&table));
    assert_eq!(back.unclear, []);
    let again = csv_of(&back.plan);
    assert_eq!(String::from_utf8(again), String::from_utf8(bytes));
}

#[test]
fn our_own_csv_comes_back_to_the_letter() {
    comes_back(&real());
    for text in awkward::LINES {
        comes_back(&awkward::plan_with(text));
    }
}

proptest! {
    #[test]
    fn the_csv_of_any_plan_comes_back_to_the_letter(plan in arbitrary::plan()) {
        comes_back(&plan);
    }
}

#[test]
fn our_own_workbook_comes_back() {
    let form = builtin::form().expect("the form is built in");
    let plan = real();
    let options = Options::default();
    let exported = write(Format::Xlsx, &plan, None, &form, &options, &mut go_on);
    let table = Table::read(&exported.expect("a workbook").bytes, Some(DATA_SHEET));
    let table = table.expect("a table");
    let back = taken(&table, &guessed(&table));
    assert_eq!(csv_of(&back.plan), csv_of(&plan));
}

#[test]
fn a_wards_own_table_becomes_a_plan() {
    let pasted = "令和３年度 振り返り\t\t\t\t\t\t\n\
        経営課題\t戦略\t番号\t取組名\t担当課\t実績\t達成状況\n\
        安全\t防災\t１－１－１\t訓練\t総務課\t\"・一回\n・二回\"\t【目標達成見込、取組予定通り進捗していない】\n\
        \t\t\t備蓄\t\t水\t検討中\n\
        \t見守り\t1-2-1\t声かけ\t\t\t\n\
        福祉\t相談\t\t窓口\t\t\t\n";
    let table = Table::pasted(pasted).expect("a table");
    let mapping = guessed(&table);
    assert_eq!(mapping.head, 2);
    let Taken { plan, unclear } = taken(&table, &mapping);
    let found: Vec<(String, &str)> = plan
        .nodes()
        .map(|(number, node)| (number.half_width(), node.title()))
        .collect();
    let expected = [
        ("1", "安全"),
        ("1-1", "防災"),
        ("1-1-1", "訓練"),
        ("1-1-2", "備蓄"),
        ("1-2", "見守り"),
        ("1-2-1", "声かけ"),
        ("2", "福祉"),
        ("2-1", "相談"),
        ("2-1-1", "窓口"),
    ];
    let expected = expected.map(|(number, title)| (number.to_owned(), title));
    assert_eq!(found, expected);
    let first = plan.entries().next().expect("it").initiative;
    assert_eq!(
        (first.owner.as_str(), first.results.as_str()),
        ("総務課", "・一回\n・二回")
    );
    assert_eq!(first.status.outlook, Some(Outlook::OnTarget));
    assert_eq!(first.status.progress, Some(Progress::Behind));
    assert_eq!(first.status.standing(), Standing::Behind);
    let status = Unclear {
        row: 4,
        meaning: Meaning::Status,
        text: "検討中".to_owned(),
    };
    assert_eq!(unclear, [status]);
}

/// The printed form's headings stand in rows of their own.
#[test]
fn headings_in_rows_of_their_own_are_read() {
    let pasted = "経営課題２　くらし\t\t\n具体的取組\t担当\t目標\n戦略２－３　住まい\t\t\n相談\t総務課\t10件\n";
    let table = Table::pasted(pasted).expect("a table");
    let mut mapping = guessed(&table);
    assert_eq!(mapping.head, 2);
    mapping.head = 0;
    // She says that the headings in the second row are no initiative by taking it out.
    let rows = table.rows.iter().enumerate().filter(|(n, _)| *n != 1);
    let table = Table {
        rows: rows.map(|(_, row)| row.clone()).collect(),
    };
    let plan = taken(&table, &mapping).plan;
    let numbers: Vec<String> = plan
        .nodes()
        .map(|(number, _)| number.half_width())
        .collect();
    assert_eq!(numbers, ["2", "2-3", "2-3-1"]);
}

#[test]
fn shift_jis_is_read_and_what_is_no_table_is_refused() {
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("具体的取組,担当\r\n訓練,総務課\r\n");
    let table = Table::read(&bytes, None).expect("a table");
    assert_eq!(table.rows[1], ["訓練", "総務課"]);
    let refused = |bytes: &[u8]| match Table::read(bytes, None) {
        Err(error) => error,
        Ok(table) => panic!("{table:?}"),
    };
    assert!(matches!(refused(b""), TableError::Empty));
    assert!(matches!(
        refused(&[0xFF, 0xFE, 0xFD, 0x80]),
        TableError::Encoding
    ));
    assert!(matches!(
        refused("a\n".repeat(30_000).as_bytes()),
        TableError::TooLarge
    ));
    assert!(matches!(
        refused(",".repeat(1_000).as_bytes()),
        TableError::TooLarge
    ));
    let table = Table::pasted("一\t二\n").expect("a table");
    let form = builtin::form().expect("the form is built in");
    let error = plan(&table, &guessed(&table), About::default(), &form);
    assert!(matches!(error, Err(TableError::NoTitle)));
}

#[test]
fn a_file_is_limited_before_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("表.csv");
    let file = fs::File::create(&path).expect("there is room");
    // On a disk it takes no room, and in memory it would take all there is.
    file.set_len(1 << 42).expect("a file may have holes");
    assert!(matches!(Table::open(&path, None), Err(TableError::TooLong)));
    let error = Table::open(&path, None).expect_err("it is too large");
    assert_eq!(
        error.to_string(),
        "大きすぎて読み込めません（32 MB まで）。余分な行や列を消してください。"
    );
    assert!(matches!(
        Table::open(folder.path(), None),
        Err(TableError::NoFile)
    ));
    let missing = folder.path().join("ない.csv");
    assert!(matches!(
        Table::open(&missing, None),
        Err(TableError::Io(_))
    ));
    fs::write(&path, "具体的取組\r\n訓練\r\n").expect("there is room");
    let table = Table::open(&path, None).expect("a table");
    assert_eq!(table.rows[1], ["訓練"]);
}

#[test]
fn cells_that_share_a_text_are_counted_each() {
    let mut parts = Parts::of(&form(&handed_out(), OWNERS[0]));
    let number = parts.share(&format!("<si><t>{}</t></si>", "あ".repeat(300_000)));
    let row = format!("<row><c t=\"s\"><v>{number}</v></c></row>");
    *parts.part("xl/worksheets/sheet1.xml") = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        row.repeat(1_000)
    );
    let error = Table::read(&parts.bytes(), None).expect_err("it is too much");
    assert!(
        matches!(error, TableError::Book(BookError::TooLarge)),
        "{error}"
    );
}

#[test]
fn reposts_of_a_table_prefer_what_has_contents_and_never_go_round() {
    let rows = [
        ("一", "1", "2"),
        ("二", "2", "3"),
        ("三", "3", "1"),
        ("四", "2", "2"),
        ("五", "5", "5"),
    ];
    let mut text = "具体的取組,取組番号,再掲元\r\n".to_owned();
    for (title, number, source) in rows {
        text += &format!("{title},{number},1-{source}\r\n");
    }
    let table = Table::read(text.as_bytes(), None).expect("a table");
    let taken = taken(&table, &guessed(&table));
    let title = |id| taken.plan.node(id).map(|node| node.title());
    let reposts: Vec<(&str, Option<&str>)> = taken
        .plan
        .entries()
        .map(|it| {
            (
                &*it.initiative.title,
                it.initiative.repost_of.and_then(title),
            )
        })
        .collect();
    let expected = [
        ("一", Some("二")),
        ("二", Some("三")),
        ("三", None),
        ("四", Some("二")),
        ("五", None),
    ];
    assert_eq!(reposts, expected);
    let unclear: Vec<usize> = taken.unclear.iter().map(|it| it.row).collect();
    assert_eq!(unclear, [4, 6]);
}
