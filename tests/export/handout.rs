//! The workbook that is handed out to an owner.

use furikaeri::{
    export::handout::{self, HandoutError, Options, file_name},
    plan::{Edit, Plan, TextField},
    storage::builtin,
};

use crate::support::{
    plans::{after, numbered},
    sections::{OWNERS, Parts, form as handout_of, handed_out, owned, row_of},
};

#[test]
fn a_handout_has_the_initiatives_of_its_owner_only_and_no_private_notes() {
    let plan = handed_out();
    let memo = Edit::Text {
        id: numbered(&plan, "1-1-1"),
        field: TextField::Memo,
        text: "部長へ確認".to_owned(),
    };
    let plan = after(&plan, &[memo]);
    for owner in OWNERS {
        let mut parts = Parts::of(&handout_of(&plan, owner));
        let texts = parts.part("xl/sharedStrings.xml");
        for entry in plan.entries() {
            let initiative = entry.initiative;
            let is_there = texts.contains(&initiative.id.to_string());
            let is_own = initiative.owner == owner && initiative.repost_of.is_none();
            assert_eq!(is_there, is_own, "{owner} {}", entry.number().half_width());
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
        let rows = plan.entries().filter(|it| it.initiative.owner == OWNERS[0]);
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
    let mut form = builtin::form().expect("the form is built in");
    form.numbered.on_target = "達成, または \"ほぼ\" 達成見込".to_owned();
    let plan = handed_out();
    let bytes = handout::write(&plan, OWNERS[0], &form, &Options::default()).expect("a handout");
    let mut parts = Parts::of(&bytes);
    assert!(
        parts
            .part("xl/sharedStrings.xml")
            .contains("達成, または \"ほぼ\" 達成見込")
    );
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
    let form = builtin::form().expect("the form is built in");
    let write = |plan: &Plan, owner: &str| handout::write(plan, owner, &form, &Options::default());
    let nobody = write(&handed_out(), "ない担当");
    assert!(
        matches!(nobody, Err(HandoutError::Nothing(_))),
        "{nobody:?}"
    );
    let early = write(&owned(), OWNERS[0]);
    assert!(matches!(early, Err(HandoutError::NoId)), "{early:?}");
}
