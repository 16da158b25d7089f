//! Forms that came back, as spreadsheets and people leave them.

use std::{collections::BTreeSet, sync::Arc};

use furikaeri::{
    export::handout::{self, Comment, Options},
    form::{Form, Kind, Slot},
    import::returned::{self, CollectError, Doubt, Reason, Remark, Returned},
    plan::{
        Change, Edit, Id, Node, Plan, Value, differences,
        handout::{Round, Stage, extract},
    },
    storage::format,
};

use proptest::prelude::*;

use crate::support::{
    arbitrary, awkward,
    plans::{
        BEHIND, Building as _, after, form_of, id, key, node, notes, numbered, outlook, plan_in,
        progress, real, results, set, slot,
    },
    sections::{DAY, OWNERS, Parts, form, hand_out, handed_out, owned, read, row_of},
};

const OWNER: &str = OWNERS[0];

/// The form of the first section, and the ids of its initiatives.
fn first() -> (Plan, Vec<u8>, Vec<Id>) {
    let plan = handed_out();
    let bytes = form(&plan, OWNER);
    let own = plan.rows().map(|entry| entry.node);
    let own = own.filter(|it| it.owner == OWNER && !it.is_repost());
    let ids = own.map(|it| it.id).collect();
    (plan, bytes, ids)
}

fn all_yes(returned: &Returned) -> BTreeSet<usize> {
    (0..returned.questions.len()).collect()
}

/// What the section changed, as texts of fields.
fn changes(returned: &Returned) -> Vec<(Option<Id>, Value)> {
    let plan = returned.plan(&BTreeSet::new());
    let all = differences(&returned.base, &plan).into_iter();
    all.map(|it| match it.change {
        Change::Value { new, .. } => (it.at, new),
        other => panic!("{other:?}"),
    })
    .collect()
}

fn doubts(returned: &Returned) -> Vec<Doubt> {
    returned
        .questions
        .iter()
        .map(|it| it.doubt.clone())
        .collect()
}

#[test]
fn a_form_that_nobody_filled_in_changes_nothing() {
    let plan = handed_out();
    for owner in OWNERS {
        let returned = read(&form(&plan, owner));
        assert_eq!(returned.owner, owner);
        assert_eq!(returned.remarks, [], "{owner}");
        assert_eq!(doubts(&returned), [], "{owner}");
        let merged = returned.merge_into(&plan, &BTreeSet::new());
        assert_eq!(*merged.expect("it is this plan's").plan(), plan, "{owner}");
    }
}

#[test]
fn awkward_texts_come_back_to_the_letter() {
    for text in awkward::LINES {
        let mut plan = awkward::plan_with(text);
        let ids: Vec<Id> = plan.top().iter().map(|node| node.id).collect();
        plan.apply(&furikaeri::plan::handout::assign(&plan, &ids, OWNER))
            .expect("it fits");
        let plan = hand_out(plan);
        let returned = read(&form(&plan, OWNER));
        assert_eq!(changes(&returned), [], "{text:?}");
        assert_eq!(returned.remarks, [], "{text:?}");
        assert_eq!(doubts(&returned), [], "{text:?}");
    }
}

/// A cell as Excel writes it: its attributes, what is inside, and what it says.
#[test]
fn cells_are_read_as_excel_writes_them() {
    let shared = [
        ("<si><t>一</t></si>", "一"),
        (
            "<si><r><t xml:space=\"preserve\">一 </t></r><r><rPr><b/></rPr><t>二</t></r></si>",
            "一 二",
        ),
        (
            "<si><t>課題</t><rPh sb=\"0\" eb=\"2\"><t>カダイ</t></rPh><phoneticPr fontId=\"1\"/></si>",
            "課題",
        ),
        ("<si><t>一_x000D_\n二&#10;三</t></si>", "一\n二\n三"),
        ("<si><t>_x005F_x000D_&amp;&lt;</t></si>", "_x000D_&<"),
        ("<si/>", ""),
    ];
    let direct = [
        ("t=\"inlineStr\"", "<is><t>直接</t></is>", "直接"),
        (
            "t=\"inlineStr\"",
            "<is><r><t>一</t></r><rPh sb=\"0\" eb=\"1\"><t>イチ</t></rPh></is>",
            "一",
        ),
        ("", "<v>1.5E3</v>", "1500"),
        ("", "<v>57.2</v>", "57.2"),
        ("t=\"b\"", "<v>1</v>", "TRUE"),
        ("", "", ""),
    ];
    let (_, bytes, ids) = first();
    let at = format!("H{}", row_of(&bytes, ids[0]));
    let mut cases = Vec::new();
    for (text, expected) in shared {
        let mut parts = Parts::of(&bytes);
        let number = parts.share(text);
        parts.set(&at, "t=\"s\"", &format!("<v>{number}</v>"));
        cases.push((parts, text, expected));
    }
    for (attributes, inside, expected) in direct {
        let mut parts = Parts::of(&bytes);
        parts.set(&at, attributes, inside);
        cases.push((parts, inside, expected));
    }
    for (parts, written, expected) in cases {
        let returned = read(&parts.bytes());
        let plan = returned.plan(&BTreeSet::new());
        assert_eq!(plan.text(Some(ids[0]), notes()), expected, "{written}");
        assert_eq!(returned.remarks, [], "{written}");
    }
}

#[test]
fn a_day_and_a_formula_are_taken_and_said() {
    let (_, bytes, ids) = first();
    let row = row_of(&bytes, ids[0]);
    let mut parts = Parts::of(&bytes);
    let styles = parts.part("xl/styles.xml");
    let count = styles.split("<cellXfs").nth(1).expect("looks");
    let count = count
        .split("</cellXfs>")
        .next()
        .expect("an end")
        .matches("<xf ")
        .count();
    *styles = styles.replace(
        "</cellXfs>",
        "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\"/></cellXfs>",
    );
    parts.set(
        &format!("H{row}"),
        &format!("s=\"{count}\""),
        "<v>44500</v>",
    );
    parts.set(
        &format!("E{row}"),
        "t=\"str\"",
        "<f>A1&amp;\"x\"</f><v>計算</v>",
    );
    let returned = read(&parts.bytes());
    assert_eq!(
        changes(&returned),
        [
            (Some(ids[0]), Value::Text(results(), "計算".to_owned())),
            (Some(ids[0]), Value::Text(notes(), "2021-10-31".to_owned())),
        ]
    );
    let says = |remark: &Remark| match remark {
        Remark::Formula { text, .. } | Remark::Day { text, .. } => text.clone(),
        other => panic!("{other:?}"),
    };
    let said: Vec<String> = returned.remarks.iter().map(says).collect();
    assert_eq!(said, ["計算", "2021-10-31"]);
}

#[test]
fn a_formula_that_nobody_has_computed_empties_nothing() {
    let (_, bytes, ids) = first();
    let mut parts = Parts::of(&bytes);
    parts.set(&format!("E{}", row_of(&bytes, ids[0])), "", "<f>1+1</f>");
    let returned = read(&parts.bytes());
    assert_eq!(changes(&returned), []);
    let is_said = |remark: &Remark| matches!(remark, Remark::NoResult { .. });
    assert!(
        returned.remarks.iter().any(is_said),
        "{:?}",
        returned.remarks
    );
}

#[test]
fn what_no_field_can_hold_is_said() {
    let (_, bytes, ids) = first();
    let row = row_of(&bytes, ids[0]);
    let mut parts = Parts::of(&bytes);
    let marked = "<is><r><t>残る</t></r><r><rPr><strike/><color rgb=\"FF22201D\"/></rPr><t>消す</t></r>\
        <r><rPr><color rgb=\"FFFF0000\"/></rPr><t>赤字</t></r></is>";
    parts.set(&format!("E{row}"), "t=\"inlineStr\"", marked);
    parts.type_in(&format!("F{row}"), "だいたい達成");
    parts.type_in(&format!("B{row}"), "別の名称");
    parts.type_in("A1", "表題を変えた");
    let relations = "xl/worksheets/_rels/sheet1.xml.rels";
    parts.0.insert(
        relations.to_owned(),
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"c\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"../comments1.xml\"/></Relationships>".to_owned(),
    );
    parts.0.insert(
        "xl/comments1.xml".to_owned(),
        format!("<comments><commentList><comment ref=\"H{row}\"><text><r><t>確認中</t></r></text></comment></commentList></comments>"),
    );
    let returned = read(&parts.bytes());
    let place = |column: &str| format!("{column}{row}");
    let text = |text: &str| text.to_owned();
    let expected = [
        Remark::Text {
            place: text("A1"),
            text: text("表題を変えた"),
        },
        Remark::Struck {
            place: place("E"),
            text: text("消す"),
        },
        Remark::Coloured {
            place: place("E"),
            text: text("赤字"),
        },
        Remark::Choice {
            place: place("F"),
            name: text("達成状況"),
            text: text("だいたい達成"),
        },
        Remark::Text {
            place: place("B"),
            text: text("別の名称"),
        },
        Remark::Note {
            place: format!("記入!H{row}"),
            text: text("確認中"),
        },
    ];
    assert_eq!(returned.remarks, expected);
    let said = Value::Text(results(), text("残る消す赤字"));
    assert_eq!(changes(&returned), [(Some(ids[0]), said)]);
}

#[test]
fn a_row_that_is_gone_is_asked_about() {
    let (plan, bytes, ids) = first();
    let mut parts = Parts::of(&bytes);
    parts.delete_row(row_of(&bytes, ids[1]));
    let returned = read(&parts.bytes());
    assert_eq!(doubts(&returned), [Doubt::Missing { id: ids[1] }]);
    assert_eq!(returned.plan(&BTreeSet::new()), returned.base);
    let merged = returned
        .merge_into(&plan, &all_yes(&returned))
        .expect("it is this plan's");
    assert_eq!(*merged.plan(), after(&plan, &[Edit::Remove { id: ids[1] }]));
}

#[test]
fn rows_without_their_ids_are_recognised_and_asked_about() {
    let (_, bytes, ids) = first();
    let row = row_of(&bytes, ids[0]);
    let mut parts = Parts::of(&bytes);
    parts.type_in(&format!("J{row}"), "");
    parts.type_in(&format!("H{row}"), "新しい課題");
    let returned = read(&parts.bytes());
    let place = format!("A{row}");
    assert_eq!(doubts(&returned), [Doubt::Recognised { place, id: ids[0] }]);
    assert_eq!(changes(&returned), []);
    let plan = returned.plan(&all_yes(&returned));
    assert_eq!(plan.text(Some(ids[0]), notes()), "新しい課題");
}

#[test]
fn a_column_without_its_heading_is_not_guessed() {
    let (_, bytes, ids) = first();
    let mut parts = Parts::of(&bytes);
    let row = row_of(&bytes, ids[0]);
    let shared = parts.part("xl/sharedStrings.xml");
    *shared = shared.replace("<t>課題・改善策</t>", "<t>所見</t>");
    parts.type_in(&format!("H{row}"), "どの欄の言葉か分からない");
    let returned = read(&parts.bytes());
    assert_eq!(changes(&returned), []);
    let heading = Remark::Heading("課題・改善策".to_owned());
    assert!(returned.remarks.contains(&heading));
    let text = Remark::Text {
        place: format!("H{row}"),
        text: "どの欄の言葉か分からない".to_owned(),
    };
    assert!(returned.remarks.contains(&text));
}

#[test]
fn a_row_that_was_copied_is_asked_about() {
    let (_, bytes, ids) = first();
    let (one, other) = (row_of(&bytes, ids[0]), row_of(&bytes, ids[1]));
    let mut parts = Parts::of(&bytes);
    parts.type_in(&format!("E{one}"), "一行目の実績");
    parts.type_in(&format!("J{other}"), &ids[0].to_string());
    parts.type_in(&format!("A{other}"), "");
    parts.type_in(&format!("H{other}"), "二行目の課題");
    let returned = read(&parts.bytes());
    let place = format!("A{other}");
    let twice = Doubt::Twice { place, id: ids[0] };
    assert_eq!(doubts(&returned), [twice, Doubt::Missing { id: ids[1] }]);
    let said = |yes: &BTreeSet<usize>| {
        let plan = returned.plan(yes);
        plan.text(Some(ids[0]), results()).to_owned()
    };
    assert_eq!(said(&[].into()), "一行目の実績");
    assert_eq!(
        said(&[0].into()),
        returned.base.text(Some(ids[1]), results())
    );
}

#[test]
fn a_row_of_the_sections_own_is_asked_about() {
    let (_, bytes, ids) = first();
    let row = row_of(&bytes, ids[0]);
    let mut parts = Parts::of(&bytes);
    parts.type_in(&format!("J{row}"), "");
    parts.type_in(&format!("A{row}"), "９－９－９");
    parts.type_in(&format!("B{row}"), "新しい取組");
    let returned = read(&parts.bytes());
    let added = Doubt::Added {
        place: format!("A{row}"),
        number: "９－９－９".to_owned(),
        title: "新しい取組".to_owned(),
    };
    assert_eq!(doubts(&returned), [added, Doubt::Missing { id: ids[0] }]);
    let plan = returned.plan(&[0].into());
    let new = plan.rows().find(|it| it.node.title == "新しい取組");
    let new = new.expect("she said yes").node;
    assert_eq!((new.number, new.owner.as_str()), (Some(9), OWNER));
    let target = slot("target");
    for said in [results(), target] {
        assert_eq!(new.text(said), returned.base.text(Some(ids[0]), said));
    }
}

#[test]
fn rows_in_another_order_are_asked_about() {
    let (_, bytes, ids) = first();
    let mut parts = Parts::of(&bytes);
    parts.swap_rows(row_of(&bytes, ids[0]), row_of(&bytes, ids[1]));
    let returned = read(&parts.bytes());
    let parent = returned.base.parent(ids[0]);
    assert_eq!(doubts(&returned), [Doubt::Reordered { parent }]);
    assert_eq!(changes(&returned), []);
    let plan = returned.plan(&all_yes(&returned));
    assert_eq!(plan.siblings(ids[0])[..2], [ids[1], ids[0]]);
}

#[test]
fn a_form_of_another_plan_or_an_older_one_is_said_to_be_so() {
    let (plan, bytes, ids) = first();
    let returned = read(&bytes);
    let merge = |plan: &Plan| returned.merge_into(plan, &BTreeSet::new()).map(drop);
    assert_eq!(merge(&real()), Err(CollectError::OtherPlan));
    let mut next_year = plan.clone();
    let mut about = plan.about().clone();
    about.fiscal_year += 1;
    next_year.apply(&Edit::About(about)).expect("it fits");
    assert_eq!(merge(&next_year), Err(CollectError::OtherReview));
    assert!(!returned.is_older(&plan));
    let again = hand_out(plan.clone());
    assert!(returned.is_older(&again));
    // What was edited since is kept, whichever form she takes in.
    let edit = set(ids[0], progress(), BEHIND);
    let edited = after(&again, &[edit]);
    let merged = returned
        .merge_into(&edited, &BTreeSet::new())
        .expect("it is this plan's");
    assert_eq!(*merged.plan(), edited);
}

#[test]
fn a_form_without_its_hidden_sheet_is_refused_and_one_that_was_tampered_with_too() {
    let (_, bytes, _) = first();
    let mut parts = Parts::of(&bytes);
    let workbook = parts.part("xl/workbook.xml");
    *workbook = workbook.replace("name=\"furikaeri\"", "name=\"Sheet2\"");
    let error = returned::read(&parts.bytes())
        .expect_err("it is not there")
        .to_string();
    assert!(error.contains("配布した様式"), "{error}");
    let mut parts = Parts::of(&bytes);
    let shared = parts.part("xl/sharedStrings.xml");
    let at = shared.find("<si><t>hash</t></si>").expect("the hash");
    let hash = at + "<si><t>hash</t></si><si><t>".len();
    let digit = if &shared[hash..=hash] == "0" {
        "1"
    } else {
        "0"
    };
    shared.replace_range(hash..=hash, digit);
    let error = returned::read(&parts.bytes())
        .expect_err("it was changed")
        .to_string();
    assert!(error.contains("書き換えられて"), "{error}");
}

#[test]
fn a_form_that_goes_back_says_what_is_to_be_changed() {
    let (plan, _, ids) = first();
    let options = Options {
        due: None,
        comments: vec![Comment {
            at: ids[0],
            field: Some(results().field),
            text: "件数を確かめてください".to_owned(),
        }],
    };
    let bytes = handout::write(&plan, OWNER, &options).expect("a form");
    let comment = "【実績】件数を確かめてください";
    assert!(
        Parts::of(&bytes)
            .part("xl/sharedStrings.xml")
            .contains(comment)
    );
    let returned = read(&bytes);
    assert_eq!(
        (returned.remarks.as_slice(), changes(&returned)),
        (&[][..], vec![])
    );
    // The section answers beside the comment.
    let mut parts = Parts::of(&bytes);
    let at = format!("I{}", row_of(&bytes, ids[0]));
    parts.type_in(&at, "直しました");
    let answer = Remark::Text {
        place: at,
        text: "直しました".to_owned(),
    };
    assert_eq!(read(&parts.bytes()).remarks, [answer]);
}

#[test]
fn a_section_with_this_program_sends_its_plan_back() {
    let plan = handed_out();
    let mut own = extract(&plan, OWNER);
    let ids: Vec<Id> = own.rows().map(|entry| entry.node.id).collect();
    let text = set(ids[0], notes(), "新しい課題");
    own.apply(&text).expect("it fits");
    own.apply(&Edit::Remove { id: ids[1] }).expect("it fits");
    let returned = read(&format::write(&own).expect("a file"));
    assert_eq!(doubts(&returned), [Doubt::Missing { id: ids[1] }]);
    let merged = returned
        .merge_into(&plan, &BTreeSet::new())
        .expect("it is this plan's");
    assert_eq!(*merged.plan(), after(&plan, &[text]));
    let error = returned::read(&format::write(&plan).expect("a file"));
    assert!(matches!(error, Err(Reason::NoExtract)));
}

#[test]
fn taking_in_says_so_in_the_plan() {
    let (plan, bytes, _) = first();
    let returned = read(&bytes);
    let merged = returned
        .merge_into(&plan, &BTreeSet::new())
        .expect("it is this plan's");
    let mut taken = plan.clone();
    let inverse = taken
        .apply(&returned.take_in(&merged, DAY))
        .expect("it fits");
    let stage = |plan: &Plan| plan.round().owner(OWNER).map(|owner| owner.stage());
    assert_eq!(stage(&taken), Some(Stage::TakenIn));
    assert_eq!(taken.clone().with_round(Round::default()), owned());
    taken.apply(&inverse).expect("it fits");
    assert_eq!(taken, plan);
    assert_eq!(numbered(&plan, "1-1-1"), numbered(&real(), "1-1-1"));
    assert_ne!(plan.round().id, Some(id(0)));
}

/// The plan in another form: without a field and one of the answers, and with a field more.
fn in_a_newer_form(plan: &Plan) -> Plan {
    let mut form = Form::clone(plan.form());
    for level in &mut form.levels {
        let new = level
            .fields
            .iter()
            .find(|field| field.key == notes().field)
            .cloned();
        level.fields.retain(|field| field.key != notes().field);
        for column in &mut level.columns {
            column.fields.retain(|field| *field != notes().field);
        }
        for field in &mut level.fields {
            if let Kind::Choice { choices, .. } = &mut field.kind {
                choices.retain(|choice| choice.key.text().as_str() != BEHIND);
            }
        }
        level.fields.extend(new.map(|field| furikaeri::form::Field {
            key: key("reasons"),
            ..field
        }));
    }
    after(plan, &[Edit::Form(Arc::new(form))])
}

#[test]
fn a_form_of_last_week_comes_back_to_a_plan_with_another_form() {
    let (plan, bytes, ids) = first();
    let mut parts = Parts::of(&bytes);
    let row = row_of(&bytes, ids[0]);
    parts.type_in(&format!("E{row}"), "・三回");
    parts.type_in(&format!("G{row}"), "取組予定通り進捗していない");
    parts.type_in(&format!("H{row}"), "まだ書いた課題");
    let returned = read(&parts.bytes());
    assert_eq!(returned.remarks, []);
    assert_eq!(returned.remarks_in(&plan), []);
    let current = in_a_newer_form(&plan);
    let said: Vec<String> = returned
        .remarks_in(&current)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said,
        [
            "「達成状況（取組の進捗）」の今の選択肢にない答えです「取組予定通り進捗していない」（計画に残します）",
            "今の様式にない欄「課題・改善策」に記入があります「まだ書いた課題」（計画に残します）",
        ]
    );
    // All of it is in the plan, and its form is the plan's own.
    let merged = returned
        .merge_into(&current, &BTreeSet::new())
        .expect("it is this plan's");
    let expected = after(
        &current,
        &[
            set(ids[0], results(), "・三回"),
            set(ids[0], progress(), BEHIND),
            set(ids[0], notes(), "まだ書いた課題"),
        ],
    );
    assert_eq!(*merged.plan(), expected);
}

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
            ],
            columns: [(heading: "目標", share: 1, fields: ["title", "rating"])]),
        (key: "step", name: "手立て", under: ["goal"],
            fields: [
                (key: "done", heading: "取組結果", kind: Text, each_review: true),
                (key: "spent", heading: "決算額", kind: Amount(unit: "千円"), each_review: true),
            ],
            columns: [(heading: "手立て", share: 1, fields: ["title", "done", "spent"])]),
    ],
)"#;

/// Two goals with two steps each, all of one section; the ids are 1 to 6.
fn nested() -> (Plan, Vec<u8>) {
    let form = form_of(FORM);
    let own = |node: Node, title: &str| node.titled(title).owned_by(OWNER);
    let goal = |bits: u64, number, steps: [&str; 2]| {
        let steps = (1..)
            .zip(steps)
            .map(|(n, title)| own(node("step", id(bits + n)), title));
        let goal = own(node("goal", id(bits)).numbered(number), "安全");
        goal.holding(steps.collect::<Vec<_>>())
    };
    let goals = vec![
        goal(1, 1, ["訓練", "備蓄"]),
        goal(4, 2, ["見回り", "声かけ"]),
    ];
    let plan = hand_out(plan_in(&form, goals));
    let bytes = handout::write(&plan, OWNER, &Options::default()).expect("a form");
    (plan, bytes)
}

#[test]
fn rows_in_rows_are_read_by_the_keys_of_their_levels() {
    let (_, bytes) = nested();
    let mut parts = Parts::of(&bytes);
    // Goal 1 stands in row 8, with the headings of its steps below it.
    assert_eq!(
        [1, 2, 3, 4, 5, 6].map(|bits| row_of(&bytes, id(bits))),
        [8, 10, 11, 13, 15, 16]
    );
    parts.type_in("E8", "Ｂ：遅れ");
    parts.type_in("E10", "・三回");
    parts.type_in("F16", "1,200");
    parts.type_in("E13", "まあまあ");
    let returned = read(&parts.bytes());
    let text = |at: &str, text: &str| Value::Text(slot(at), text.to_owned());
    assert_eq!(
        changes(&returned),
        [
            (Some(id(1)), text("once/rating", "b")),
            (Some(id(2)), text("once/done", "・三回")),
            (Some(id(6)), text("once/spent", "1,200")),
        ]
    );
    let said: Vec<String> = returned.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["E13：自己評価の選択肢にない言葉です「まあまあ」（配布時のままにします）"]
    );
}

#[test]
fn a_row_in_which_others_stand_does_not_go_alone() {
    let (_, bytes) = nested();
    let mut parts = Parts::of(&bytes);
    parts.delete_row(8);
    parts.delete_row(15);
    let returned = read(&parts.bytes());
    assert_eq!(doubts(&returned), [Doubt::Missing { id: id(5) }]);
    let said: Vec<String> = returned.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["目標1「安全」の行がありません。その内容は配布時のままにします"]
    );
    let mut parts = Parts::of(&bytes);
    for row in [13, 15, 16] {
        parts.delete_row(row);
    }
    let gone = [4, 5, 6].map(|bits| Doubt::Missing { id: id(bits) });
    let returned = read(&parts.bytes());
    assert_eq!(doubts(&returned), gone);
    assert_eq!(returned.plan(&all_yes(&returned)).top().len(), 1);
}

#[test]
fn new_rows_come_where_their_level_may_stand() {
    let (_, bytes) = nested();
    let mut parts = Parts::of(&bytes);
    // The goal and the second step of another one become new ones.
    parts.type_in("A13", "7");
    parts.type_in("B13", "新しい目標");
    parts.type_in("C13", "めざす");
    parts.type_in("H13", "");
    parts.type_in("B11", "新しい手立て");
    parts.type_in("E11", "・済");
    parts.type_in("H11", "");
    let returned = read(&parts.bytes());
    let plan = returned.plan(&all_yes(&returned));
    let found: Vec<(String, String)> = plan
        .nodes()
        .map(|it| (it.number().half_width(plan.form()), it.node.title.clone()))
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
    // The goal that has lost its row stays, since its steps have not.
    let expected = [
        ("1", "安全"),
        ("", "訓練"),
        ("", "新しい手立て"),
        ("2", "安全"),
        ("", "見回り"),
        ("", "声かけ"),
        ("7", "新しい目標"),
    ];
    assert_eq!(found, expected);
    let new = plan
        .nodes()
        .find(|it| it.node.title == "新しい目標")
        .expect("it")
        .node;
    assert_eq!((&*new.owner, new.text(slot("aim"))), (OWNER, "めざす"));
    assert_eq!(plan.text(Some(id(1)), Slot::TITLE), "安全");
    assert_eq!(outlook(), slot("midyear/outlook"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_plan_of_any_form_that_nobody_filled_in_comes_back_as_it_was(plan in arbitrary::plan()) {
        let mut plan = plan.with_round(Round::default());
        let top: Vec<Id> = plan.top().iter().map(|node| node.id).collect();
        plan.apply(&furikaeri::plan::handout::assign(&plan, &top, OWNER)).expect("it fits");
        let plan = hand_out(plan);
        let bytes = match handout::write(&plan, OWNER, &Options::default()) {
            Err(handout::HandoutError::Nothing(_)) => return Ok(()),
            bytes => bytes.expect("a form"),
        };
        let returned = read(&bytes);
        prop_assert_eq!(changes(&returned), []);
        prop_assert_eq!(&returned.remarks, &[]);
        prop_assert_eq!(doubts(&returned), []);
        let merged = returned.merge_into(&plan, &BTreeSet::new()).expect("it is this plan's");
        prop_assert_eq!(merged.plan(), &plan);
    }
}
