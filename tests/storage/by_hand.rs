//! Mistakes that people make when they edit a plan's file in a text editor: each is named with its
//! place and its field, in words that say what to write instead.

use furikaeri::{
    plan::PlanError,
    storage::{
        Broken,
        format::{self, ReadError},
    },
};

use crate::support::{
    files::{change, changed, place_at, refused, small_file},
    plans::{id, small},
};

#[test]
fn a_mistake_made_by_hand_is_named_with_its_place() {
    let without_year = changed("    fiscal_year: 2021,\n", "");
    let end = without_year.trim_end().strip_suffix(')').expect("its end");
    let without_year = format!("{end}|)\n");
    // No line break at the end: it looks like a file cut off, but it has its end.
    let without_last_line_break = without_year.trim_end().to_owned();
    let with_one_more = small_file().trim_end().to_owned() + "|)";
    let with_another_end = small_file().trim_end().to_owned() + "|\n)";
    let without_title = change(
        changed("title: \"安全\",", ""),
        "        ),\n        (",
        "        |),\n        (",
    );
    let twice = changed(
        "\"target\": \"参加者：100人以上\",",
        "\"target\": \"参加者：100人以上\", \"target\": \"101人\",|",
    );
    // A file with a | where it is wrong, and pieces of what is said of it.
    let cases: &[(String, &[&str])] = &[
        (
            changed("owner:", "|section:"),
            &["「section」という項目はありません", "children[0].section"],
        ),
        (
            changed("nodes:", "|title: \"港区\",\n    nodes:"),
            &["「title」という項目はありません"],
        ),
        (with_one_more, &["余分な文字があります"]),
        (without_last_line_break, &["「fiscal_year」がありません"]),
        (without_year, &["「fiscal_year」がありません"]),
        (without_title, &["「title」がありません、場所は nodes[0]"]),
        (
            changed("number: 1,", "number: 1, |number: 2,"),
            &["「number」が二つあります"],
        ),
        (
            changed(" \"midyear\"", "| midyear"),
            &["文字は \" で囲んで書きます、場所は review"],
        ),
        (
            changed("\"issue\"", "\"|Issue\""),
            &["キーは半角の小文字", "Issue", "nodes[0].level"],
        ),
        (
            changed("\"midyear/results\"", "\"|midyear/実績\""),
            &["キーは半角の小文字", "実績", "values"],
        ),
        (
            changed("\"midyear/results\"", "\"|title\""),
            &["「title」は欄のキーに使えません"],
        ),
        (twice, &["「target」が二つあります"]),
        (
            changed("Targets", "|Target"),
            &[
                "「Target」は使えません",
                "Text、Targets、Choice、Amount",
                "form.levels[2].fields[1].kind",
            ],
        ),
        (
            changed("needed: Always", "needed: |Sometimes"),
            &["「Sometimes」は使えません", "Never、Always、WhenBad"],
        ),
        (
            changed("share: 17", "share: |70000"),
            &["数が大きすぎる", "columns[0].share"],
        ),
        (
            changed("2021", "|70000"),
            &["数が大きすぎる", "fiscal_year"],
        ),
        (changed("number: 1", "number: -|1"), &["0 より小さい数です"]),
        (
            changed("number: 1", "number: |4294967296"),
            &["数が大きすぎる", "nodes[0].number"],
        ),
        (
            changed("number: 1", &format!("number: |{}", "9".repeat(99))),
            &["数が大きすぎる"],
        ),
        (
            changed("number: 1", "number: 1|.5"),
            &["ここに , が要ります"],
        ),
        (
            changed("number: 1", "number:| \"1\""),
            &["ここには数を半角で書きます"],
        ),
        (
            changed("number: 1", "number:| １"),
            &["ここには数を半角で書きます"],
        ),
        (
            changed(" \"安全\"", "| 安全"),
            &["文字は \" で囲んで書きます、場所は nodes[0].title"],
        ),
        (
            changed(" \"安全\"", "| 12"),
            &["文字は \" で囲んで書きます"],
        ),
        (
            changed("\"安全\"", "\"|安\\全\""),
            &["\\ の後の文字が正しくありません"],
        ),
        (
            changed("\"安全\",\n            ", "\"安全\"\n            |"),
            &["ここに , が要ります"],
        ),
        (
            changed("title:", "title| ="),
            &["項目の名前の後に : が要ります"],
        ),
        (
            changed("title:", "title|："),
            &["項目の名前の後に : が要ります"],
        ),
        (
            changed("\"0000000000000001", "\"|１"),
            &["id は 16 桁の 16 進数で書きます", "１"],
        ),
        (
            changed(" \"0000000000000002\"", "| 2"),
            &["文字は \" で囲んで書きます", "children[0].id"],
        ),
        (
            changed("nodes:", "as_of: \"|2021-13-01\", nodes:"),
            &["日付は 2021-10-31 のように書きます", "as_of"],
        ),
        (
            changed("nodes:", "as_of: \"|R3.10.31\", nodes:"),
            &["日付は 2021-10-31 のように書きます"],
        ),
        (
            changed("nodes: [", "nodes:| ("),
            &["ここに [ が要ります、場所は nodes。"],
        ),
        (
            changed("nodes: [\n        (", "nodes: [\n        |["),
            &["ここに ( が要ります"],
        ),
        (with_another_end, &["余分な文字があります"]),
        (
            changed("    ],\n    form", "    ]|],\n    form"),
            &["ここに , が要ります"],
        ),
    ];
    for (marked, pieces) in cases {
        let at = marked.find('|').expect("a mark");
        let file = marked.replacen('|', "", 1);
        let error = refused(file.as_bytes());
        let said = error.to_string();
        let ReadError::Syntax(Broken { place, .. }) = error else {
            panic!("{error}:\n{file}");
        };
        assert_eq!(place, place_at(&file, at), "{said}");
        assert!(said.starts_with(&format!("{place}：")), "{said}");
        assert!(said.ends_with("直してから開いてください。"), "{said}");
        for piece in *pieces {
            assert!(said.contains(piece), "「{piece}」がない: {said}");
        }
    }
}

#[test]
fn a_tree_that_is_no_plan_is_refused_with_the_id_that_is_wrong() {
    let (two, three, four) = (id(2), id(3), id(4));
    let cases = [
        (
            changed(&three.to_string(), &two.to_string()),
            PlanError::DuplicateId(two),
        ),
        // 4 repeats 3; now 3 is 4, which repeats itself.
        (
            change(
                changed(&three.to_string(), &id(9).to_string()),
                &three.to_string(),
                &four.to_string(),
            ),
            PlanError::CircularRepost(four),
        ),
    ];
    for (file, wrong) in cases {
        let error = refused(file.as_bytes());
        assert_eq!(error, ReadError::Plan(wrong.clone()));
        let said = error.to_string();
        assert!(said.contains(&wrong.to_string()), "{said}");
        assert!(said.contains("テキストエディターで直してから"), "{said}");
    }
}

#[test]
fn a_tree_that_its_form_does_not_know_is_refused_with_what_is_wrong() {
    let cases = [
        (
            changed("level: \"strategy\"", "level: \"policy\""),
            "様式に「policy」という階層がありません（id 0000000000000002）",
        ),
        (
            changed("level: \"strategy\"", "level: \"issue\""),
            "様式では「経営課題」をここに置けません（id 0000000000000002）",
        ),
        (
            changed("review: \"midyear\"", "review: \"spring\""),
            "様式に「spring」という振り返りがありません",
        ),
    ];
    for (file, said) in cases {
        let error = refused(file.as_bytes()).to_string();
        assert!(error.starts_with(said), "{error}");
    }
}

/// Whatever a form lacks, a plan that can be shown is opened, and nothing of it is lost.
#[test]
fn a_plan_is_opened_however_its_form_contradicts_itself() {
    let files = [
        ("a column of nothing", changed("\"outlook\",", "\"mood\",")),
        ("no width", changed("share: 17", "share: 0")),
        (
            "two fields of one key",
            changed("key: \"progress\"", "key: \"outlook\""),
        ),
        (
            "an answer that is gone",
            changed("key: \"on_target\"", "key: \"met\""),
        ),
        (
            "a field that is gone",
            changed("key: \"results\"", "key: \"gains\""),
        ),
        (
            "a level in itself",
            changed(
                "\"strategy\",\n                ],",
                "\"initiative\",\"strategy\",\n                ],",
            ),
        ),
        (
            "judges nothing",
            changed("judges: \"target\"", "judges: \"goal\""),
        ),
    ];
    for (name, file) in files {
        let plan = format::read(file.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let faults = plan.form().faults();
        let is_sound = matches!(name, "an answer that is gone");
        assert_eq!(faults.is_empty(), is_sound, "{name}: {faults:?}");
        assert_eq!(plan.top(), small().top(), "{name}");
        let bytes = format::write(&plan).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(format::verify(&bytes, &plan).is_ok(), "{name}");
    }
}

#[test]
fn a_file_without_the_line_that_says_nothing_to_people_opens() {
    let file = changed("#![enable(implicit_some)]\n", "");
    assert_eq!(format::read(file.as_bytes()), Ok(small()));
}
