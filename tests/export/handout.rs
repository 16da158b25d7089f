//! The workbook that is handed out to an owner.

use std::sync::Arc;

use furikaeri::{
    export::handout::{self, HandoutError, Options, file_name},
    form::{Form, Kind, Slot},
    plan::{Edit, Plan},
};

use crate::support::{
    plans::{Building as _, after, form_of, id, key, node, numbered, plan_in, set, slot},
    sections::{OWNERS, Parts, form as handout_of, handed_out, owned, row_of},
};

#[test]
fn a_handout_has_the_initiatives_of_its_owner_only_and_no_private_notes() {
    let plan = handed_out();
    let memo = set(numbered(&plan, "1-1-1"), Slot::MEMO, "部長へ確認");
    let plan = after(&plan, &[memo]);
    for owner in OWNERS {
        let mut parts = Parts::of(&handout_of(&plan, owner));
        let texts = parts.part("xl/sharedStrings.xml");
        for entry in plan.rows() {
            let node = entry.node;
            let is_there = texts.contains(&node.id.to_string());
            let is_own = node.owner == owner && !node.is_repost();
            let number = entry.number().half_width(plan.form());
            assert_eq!(is_there, is_own, "{owner} {number}");
        }
        assert!(!texts.contains("部長へ確認"));
        assert!(texts.contains("提出期限：令和３年１１月１９日"));
    }
}

#[test]
fn only_the_cells_to_fill_in_can_be_edited_and_there_is_no_password() {
    let plan = handed_out();
    let bytes = handout_of(&plan, OWNERS[0]);
    let row = row_of(&bytes, numbered(&plan, "1-1-1"));
    let mut parts = Parts::of(&bytes);
    let styles = parts.part("xl/styles.xml").clone();
    let looks = styles.split("<cellXfs").nth(1).expect("looks");
    let looks: Vec<&str> = looks.split("<xf ").skip(1).collect();
    let sheet = parts.part("xl/worksheets/sheet1.xml").clone();
    let is_open = |column: char| {
        let cell = sheet.split(&format!("r=\"{column}{row}\" s=\"")).nth(1);
        let style = cell
            .and_then(|cell| cell.split('"').next())
            .expect("a cell");
        looks[style.parse::<usize>().expect("a number")].contains("locked=\"0\"")
    };
    let open: String = ('A'..='J').filter(|column| is_open(*column)).collect();
    assert_eq!(open, "EFGH");
    let protection = sheet
        .split("<sheetProtection")
        .nth(1)
        .expect("it is protected");
    let protection = protection.split('>').next().expect("a tag");
    assert!(protection.contains("sheet=\"1\"") && !protection.contains("password"));
    assert_eq!(sheet.matches("<dataValidation ").count(), {
        let rows = plan.rows().filter(|it| it.node.owner == OWNERS[0]);
        rows.count() * 2
    });
    assert!(
        parts
            .part("xl/workbook.xml")
            .contains("state=\"veryHidden\"")
    );
}

#[test]
fn the_lists_have_the_words_of_the_form() {
    let words = "達成, または \"ほぼ\" 達成見込";
    let plan = handed_out();
    let mut form = Form::clone(plan.form());
    for field in form.levels.iter_mut().flat_map(|level| &mut level.fields) {
        if let Kind::Choice { choices, .. } = &mut field.kind {
            words.clone_into(&mut choices[0].words);
        }
    }
    let plan = after(&plan, &[Edit::Form(Arc::new(form))]);
    let bytes = handout_of(&plan, OWNERS[0]);
    let mut parts = Parts::of(&bytes);
    assert!(parts.part("xl/sharedStrings.xml").contains(words));
    let returned = crate::support::sections::read(&bytes);
    assert_eq!(returned.remarks, []);
}

#[test]
fn the_same_plan_gives_the_same_handout() {
    let plan = handed_out();
    assert_eq!(handout_of(&plan, OWNERS[0]), handout_of(&plan, OWNERS[0]));
}

#[test]
fn files_are_named_as_they_are_listed() {
    let plan = handed_out();
    let name = |owner: &str| file_name(&plan, owner, "xlsx");
    assert_eq!(name(OWNERS[0]), "01_総務課_令和３年度中間振り返り.xlsx");
    assert_eq!(
        name(OWNERS[7]),
        "08_広聴広報担当_令和３年度中間振り返り.xlsx"
    );
    assert_eq!(name(" a/b:c. "), "00_a_b_c_令和３年度中間振り返り.xlsx");
}

#[test]
fn there_is_no_handout_without_initiatives_or_before_handing_out() {
    let write = |plan: &Plan, owner: &str| handout::write(plan, owner, &Options::default());
    let nobody = write(&handed_out(), "ない担当");
    assert!(
        matches!(nobody, Err(HandoutError::Nothing(_))),
        "{nobody:?}"
    );
    let early = write(&owned(), OWNERS[0]);
    assert!(matches!(early, Err(HandoutError::NoId)), "{early:?}");
}

/// A level that is filled in and has such in it, fields of the office, and an amount.
const FORM: &str = r#"(
    name: "試し",
    reviews: [(key: "once", name: "振り返り")],
    levels: [
        (key: "goal", name: "目標", at_top: true, number: (pattern: "{n}"),
            fields: [
                (key: "aim", heading: "めざす姿", kind: Text),
                (key: "rating", heading: "自己評価", kind: Choice(choices: [
                    (key: "a", words: "Ａ：順調", short: "Ａ", grade: Good),
                    (key: "b", words: "Ｂ：遅れ", short: "Ｂ", grade: Bad),
                ]), each_review: true),
                (key: "office", heading: "事務局の評価", kind: Text, each_review: true, filled_by: Office),
            ],
            columns: [(heading: "目標", share: 1, fields: ["title", "rating"])]),
        (key: "step", name: "手立て", under: ["goal"],
            fields: [
                (key: "done", heading: "取組結果", kind: Text, each_review: true),
                (key: "spent", heading: "決算額", kind: Amount(unit: "千円"), each_review: true),
            ],
            columns: [(heading: "手立て", share: 1, fields: ["title", "done", "spent"])]),
        (key: "note", name: "参考", under: ["goal"],
            columns: [(heading: "参考", share: 1, fields: ["title"])]),
    ],
)"#;

/// Goal 1 with a step of the same section and one of another, and a goal of the other section.
fn other_plan() -> Plan {
    let form = form_of(FORM);
    let step = |bits, title| node("step", id(bits)).titled(title);
    let own = step(2, "訓練")
        .owned_by("総務課")
        .with(slot("once/done"), "・一回");
    let other = step(3, "会議")
        .owned_by("防災課")
        .with(slot("once/done"), "秘密");
    let goal = |bits, number| node("goal", id(bits)).numbered(number).titled("安全");
    let first = goal(1, 1)
        .owned_by("総務課")
        .with(slot("aim"), "誰もが安心")
        .with(slot("once/rating"), "b")
        .with(slot("once/office"), "もう少し")
        .holding([
            own.with(slot("once/spent"), "1,200"),
            node("note", id(5)),
            other,
        ]);
    let second = goal(4, 2)
        .owned_by("防災課")
        .holding([step(6, "見回り").owned_by("総務課")]);
    let plan = plan_in(&form, vec![first, second]);
    let owners = ["総務課".to_owned(), "防災課".to_owned()];
    let day = crate::support::sections::DAY;
    let round = plan
        .round()
        .clone()
        .handed_out(&owners, day, None, id(0xF0));
    plan.with_round(round)
}

/// The cells of the sheet to fill in, row by row, without those that are empty.
fn rows_of(bytes: &[u8]) -> Vec<Vec<String>> {
    let book = furikaeri::import::book::Book::read(bytes).expect("a workbook");
    let sheet = &book.sheets[0];
    let row = |row| {
        sheet
            .row(row)
            .map(|(_, cell)| cell.text.text.clone())
            .collect()
    };
    sheet.rows().into_iter().map(row).collect()
}

#[test]
fn a_workbook_follows_the_form() {
    let bytes = handout_of(&other_plan(), "総務課");
    let rows = rows_of(&bytes);
    let expected = [
        vec!["・自己評価は、欄を選ぶと右に出る▼から選びます。消すには Delete キーを押します。"],
        vec![
            "・欄の中の改行は Alt＋Enter です。高さが足りないときは、行の境目を引いて広げられます。",
        ],
        vec![
            "・記入したら、ファイルの形式（.xlsx）を変えずに保存して返送してください。ファイル名は変えても構いません。",
        ],
        vec![
            "番号",
            "目標",
            "めざす姿",
            "事務局の評価",
            "これまでの内容（参考）",
            "自己評価",
            "確認のお願い",
            "id",
        ],
        vec![
            "1",
            "安全",
            "誰もが安心",
            "もう少し",
            "【Ｂ：遅れ】",
            "Ｂ：遅れ",
            "0000000000000001",
        ],
        vec![
            "番号",
            "手立て",
            "これまでの内容（参考）",
            "取組結果",
            "決算額",
            "確認のお願い",
            "id",
        ],
        vec![
            "訓練",
            "・一回\n決算額：1,200千円",
            "・一回",
            "1,200",
            "0000000000000002",
        ],
        vec!["目標2　安全"],
        vec![
            "番号",
            "手立て",
            "これまでの内容（参考）",
            "取組結果",
            "決算額",
            "確認のお願い",
            "id",
        ],
        vec!["見回り", "0000000000000006"],
    ];
    assert_eq!(rows[3..], expected);
    assert!(
        !Parts::of(&bytes)
            .part("xl/sharedStrings.xml")
            .contains("秘密")
    );
    // What is asked begins in the same column for all levels.
    let mut parts = Parts::of(&bytes);
    let sheet = parts.part("xl/worksheets/sheet1.xml").clone();
    assert_eq!(sheet.matches("<dataValidation ").count(), 1);
    for at in ["F8", "F10", "G10"] {
        assert!(sheet.contains(&format!("<c r=\"{at}\"")), "{at}");
    }
}

#[test]
fn a_plan_of_any_form_that_nobody_filled_in_comes_back_as_it_was() {
    let plan = other_plan();
    for owner in ["総務課", "防災課"] {
        let returned = crate::support::sections::read(&handout_of(&plan, owner));
        assert_eq!(returned.remarks, [], "{owner}");
        assert_eq!(returned.questions, [], "{owner}");
        let merged = returned.merge_into(&plan, &[].into()).expect("its plan");
        assert_eq!(*merged.plan(), plan);
    }
    assert_eq!(plan.form().first_review(), key("once"));
}
