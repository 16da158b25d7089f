//! Tables that others made, and our own that come back.

use std::fs;

use furikaeri::{
    export::{Format, Options, go_on, record::Fact, write, xlsx::DATA_SHEET},
    form::Slot,
    import::{
        book::BookError,
        table::{Mapping, Meaning, Table, TableError, Taken, Unclear, name, plan},
    },
    plan::{About, Edit, Node, Plan, Standing},
};
use proptest::prelude::*;

use crate::support::{
    arbitrary, awkward,
    paper::csv_of,
    plans::{
        BEHIND, Building as _, ON_TARGET, about_in, after, form, form_of, id, key, node, notes,
        outlook, plan_in, progress, real, results, set, slot, small,
    },
    sections::{OWNERS, Parts, form as handout_of, handed_out},
};

fn taken(table: &Table, mapping: &Mapping) -> Taken {
    let taken = plan(table, mapping, about_in(&form()), &form());
    taken.unwrap_or_else(|error| panic!("{error}"))
}

fn guessed(table: &Table) -> Mapping {
    Mapping::guess(table, &form())
}

/// Takes the CSV of a plan and sees that it makes the same one; what was not understood.
fn comes_back(plan: &Plan) -> Vec<Unclear> {
    let bytes = csv_of(plan);
    let table = Table::read(&bytes, None).expect("a table");
    let mapping = Mapping::guess(&table, plan.form());
    let back = furikaeri::import::table::plan(&table, &mapping, plan.about().clone(), plan.form());
    let back = back.unwrap_or_else(|error| panic!("{error}"));
    let again = csv_of(&back.plan);
    let [again, bytes] = [again, bytes].map(|it| String::from_utf8(it).expect("UTF-8"));
    assert_eq!(again, bytes);
    back.unclear
}

#[test]
fn our_own_csv_comes_back_to_the_letter() {
    assert_eq!(comes_back(&real()), []);
    for text in awkward::LINES {
        assert_eq!(comes_back(&awkward::plan_with(text)), [], "{text}");
    }
    let both = [
        set(id(7), slot("year_end/results"), "2-1"),
        set(id(3), slot("year_end/outlook"), ON_TARGET),
        Edit::Number {
            id: id(5),
            number: None,
        },
        set(id(6), Slot::TITLE, ""),
    ];
    assert_eq!(comes_back(&after(&small(), &both)), []);
}

proptest! {
    #[test]
    fn the_csv_of_any_plan_of_any_form_comes_back_to_the_letter(plan in arbitrary::tidy_plan()) {
        // Amounts may say anything, and who reads them says which are no numbers.
        let unclear = comes_back(&plan);
        let is_answer = |it: &Unclear| matches!(it.meaning, Meaning::Fact(Fact::Answer { .. }));
        prop_assert!(unclear.iter().all(is_answer), "{:?}", unclear);
    }

    /// Also where it says what its form does not know.
    #[test]
    fn no_csv_loses_anything_on_its_way(plan in arbitrary::plan()) {
        comes_back(&plan);
    }
}

#[test]
fn our_own_workbook_comes_back() {
    let plan = real();
    let exported = write(Format::Xlsx, &plan, None, &Options::default(), &mut go_on);
    let table = Table::read(&exported.expect("a workbook").bytes, Some(DATA_SHEET));
    let table = table.expect("a table");
    let back = taken(&table, &guessed(&table));
    assert_eq!(csv_of(&back.plan), csv_of(&plan));
}

#[test]
fn numbers_before_titles_are_numbers() {
    let pasted = "経営課題\t戦略\t取組名\n\
        経営課題２　安全\t２－３　防災\t２－３－１．訓練\n\
        \t\t10の備蓄\n\
        福祉\t見守り\t2-1-4 声かけ\n";
    let table = Table::pasted(pasted).expect("a table");
    let Taken { plan, unclear } = taken(&table, &guessed(&table));
    let found: Vec<String> = plan
        .nodes()
        .map(|it| format!("{} {}", it.number().half_width(plan.form()), it.node.title))
        .collect();
    let expected = [
        "2 安全",
        "2-3 防災",
        "2-3-1 訓練",
        "2-3-2 10の備蓄",
        "2 福祉",
        "2-1 見守り",
        "2-1-4 声かけ",
    ];
    assert_eq!(found, expected);
    assert_eq!(unclear, []);
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
        .map(|it| (it.number().half_width(plan.form()), &*it.node.title))
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
    let first = plan.rows().next().expect("it").node;
    assert_eq!(
        (&*first.owner, first.text(results())),
        ("総務課", "・一回\n・二回")
    );
    assert_eq!(first.text(outlook()), ON_TARGET);
    assert_eq!(first.text(progress()), BEHIND);
    assert_eq!(plan.standing(first), Standing::Concern);
    let printed = Meaning::Printed {
        level: key("initiative"),
        column: 3,
    };
    let status = Unclear {
        row: 4,
        meaning: printed,
        text: "検討中".to_owned(),
    };
    assert_eq!(unclear, [status]);
    assert_eq!(name(plan.form(), printed), "達成状況と課題・改善策");
    // It is kept beside the state that it might be.
    let second = plan.rows().nth(1).expect("it").node;
    assert_eq!(
        (second.text(outlook()), second.text(notes())),
        ("", "検討中")
    );
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
    let numbers = plan.nodes().map(|it| it.number().half_width(plan.form()));
    assert_eq!(numbers.collect::<Vec<_>>(), ["2", "2-3", "2-3-1"]);
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
    let error = plan(&table, &guessed(&table), about_in(&form()), &form());
    let error = error.expect_err("it has no titles").to_string();
    assert_eq!(error, "どの列が「具体的取組」かを指定してください。");
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
    let mut parts = Parts::of(&handout_of(&handed_out(), OWNERS[0]));
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
    let title = |id| taken.plan.node(id).map(|node| &*node.title);
    let reposts: Vec<(&str, Option<&str>)> = taken
        .plan
        .rows()
        .map(|it| (&*it.node.title, it.node.repost_of.and_then(title)))
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

/// The whole numbers say what the rows stand in.
#[test]
fn one_column_of_whole_numbers_makes_a_tree() {
    let pasted =
        "番号\t取組名\n１－１－１\t訓練\n1-1-2\t備蓄\n1-2-1\t声かけ\n2-1\t窓口\n改革－１\t節約\n";
    let table = Table::pasted(pasted).expect("a table");
    let Taken { plan, unclear } = taken(&table, &guessed(&table));
    assert_eq!(unclear, []);
    let numbers = plan.nodes().map(|it| it.number().half_width(plan.form()));
    let expected = [
        "1", "1-1", "1-1-1", "1-1-2", "1-2", "1-2-1", "2", "2-1", "改革", "改革-1",
    ];
    assert_eq!(numbers.collect::<Vec<_>>(), expected);
}

const FORM: &str = r#"(
    name: "総合戦略",
    reviews: [(key: "first", name: "一年目"), (key: "second", name: "二年目")],
    levels: [
        (key: "goal", name: "基本目標", at_top: true, number: (pattern: "{n}"),
            fields: [(key: "reason", heading: "ねらい", kind: Text)]),
        (key: "kpi", name: "指標", under: ["goal"],
            fields: [
                (key: "base", heading: "基準値", kind: Text),
                (key: "value", heading: "実績値", kind: Text, each_review: true),
                (key: "rating", heading: "評価", kind: Choice(choices: [
                    (key: "a", words: "Ａ：順調", short: "Ａ", grade: Good),
                    (key: "b", words: "Ｂ：遅れ", short: "Ｂ", grade: Bad),
                ]), each_review: true),
                (key: "cost", heading: "事業費", kind: Amount(unit: "千円"), each_review: true),
            ],
            columns: [(heading: "指標", share: 1, fields: ["title", "base", "value", "rating", "cost"])]),
    ],
)"#;

#[test]
fn a_table_becomes_a_plan_of_any_form() {
    let form = form_of(FORM);
    let text = "基本目標,ねらい,指標名,基準値,実績値,評価,二年目評価,事業費\r\n\
        しごと,働く場,,,,,,\r\n\
        ,,起業数,10件,12件,Ａ：順調,Ｂ,\"1,200\"\r\n\
        ,,就業率,55%,,Ｃ,,約百\r\n\
        くらし,,人口,,,,,\r\n";
    let table = Table::read(text.as_bytes(), None).expect("a table");
    let mapping = Mapping::guess(&table, &form);
    let taken = plan(&table, &mapping, about_in(&form), &form).expect("a plan");
    let goal = |number, title| node("goal", id(0)).numbered(number).titled(title);
    let kpi = |title| node("kpi", id(0)).titled(title);
    let first = kpi("起業数")
        .with(slot("base"), "10件")
        .with(slot("first/value"), "12件")
        .with(slot("first/rating"), "a")
        .with(slot("second/rating"), "b")
        .with(slot("first/cost"), "1,200");
    let second = kpi("就業率")
        .with(slot("base"), "55%")
        .with(slot("first/rating"), "Ｃ")
        .with(slot("first/cost"), "約百");
    let expected = [
        goal(1, "しごと").with(slot("reason"), "働く場"),
        first,
        second,
        goal(2, "くらし"),
        kpi("人口"),
    ];
    let found = taken.plan.nodes().map(|it| Node {
        id: id(0),
        ..it.node.without_children()
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
    // What is no answer stands there all the same, and is said.
    let unclear = taken
        .unclear
        .iter()
        .map(|it| (it.row, name(&form, it.meaning), &*it.text));
    let expected = [
        (4, "評価".to_owned(), "Ｃ"),
        (4, "事業費".to_owned(), "約百"),
    ];
    assert_eq!(unclear.collect::<Vec<_>>(), expected);
}

/// An answer in a row of a level that does not ask for it is said, and nothing else is lost.
#[test]
fn what_has_no_place_in_the_form_is_said() {
    let form = form_of(FORM);
    let plan_of_one = plan_in(
        &form,
        vec![node("goal", id(1)).numbered(1).titled("しごと")],
    );
    let text = String::from_utf8(csv_of(&plan_of_one)).expect("UTF-8");
    let heads = text.lines().next().expect("a row");
    assert_eq!(
        heads.trim_start_matches('\u{feff}'),
        "基本目標番号,基本目標,指標,担当,ねらい,基準値,実績値,評価,事業費"
    );
    let text = format!("{heads}\r\n1,しごと,,,働く場,10件,,,\r\n");
    let table = Table::read(text.as_bytes(), None).expect("a table");
    let mapping = Mapping::guess(&table, &form);
    let about = About {
        as_of: None,
        ..about_in(&form)
    };
    let taken = plan(&table, &mapping, about, &form).expect("a plan");
    let unclear: Vec<&str> = taken.unclear.iter().map(|it| &*it.text).collect();
    assert_eq!(unclear, ["10件"]);
    assert_eq!(taken.plan.top()[0].text(slot("reason")), "働く場");
}
