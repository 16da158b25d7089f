//! Forms' files: each comes back as it was, and what is no form is refused with its place.

use furikaeri::storage::forms::{self, FormReason};
use proptest::prelude::*;

use crate::support::{
    arbitrary, disk,
    files::{change, written},
    plans::{form, forms as built_in, small},
};

const FORM: &str = include_str!("../../assets/forms/minato.ron");

fn refused(file: &str) -> String {
    match forms::read(file.as_bytes()) {
        Err(error) => error.to_string(),
        Ok(form) => panic!("様式として読めてしまった: {form:?}"),
    }
}

proptest! {
    #[test]
    fn every_form_comes_back_as_it_was(form in arbitrary::form()) {
        let bytes = forms::write(&form).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let back = forms::read(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&back, &*form);
        prop_assert_eq!(forms::write(&back).ok(), Some(bytes));
    }
}

#[test]
fn a_form_that_is_built_in_comes_back_as_it_was() {
    for form in built_in() {
        let bytes = forms::write(&form).unwrap_or_else(|error| panic!("{error}"));
        let edited = format!(
            "\u{feff}{}",
            String::from_utf8_lossy(&bytes).replace('\n', "\r\n")
        );
        let back = forms::read(edited.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(back, *form);
    }
}

/// Last year's plan is the form for this year's.
#[test]
fn a_plans_file_gives_its_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = disk::write(folder.path().join("計画.ron"), written(&small()).as_bytes());
    let opened = forms::open(&path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(opened, *form());
}

#[test]
fn a_mistake_in_a_form_is_named_with_its_place() {
    let line = |before: &str| {
        let at = FORM.find(before).expect(before);
        FORM[..at].matches('\n').count() + 1
    };
    let cases = [
        (
            "needed: Always",
            "needed: Often",
            "「Often」は使えません（Never、Always、WhenBad のどれかです）、場所は levels[2].fields[0].needed",
        ),
        (
            "share: 17",
            "width: 17",
            "「width」という項目はありません、場所は levels[2].columns[0].width",
        ),
        (
            "key: \"strategy\"",
            "key: \"戦略\"",
            "キーは半角の小文字・数字・_ で 12 文字まで、小文字で始めます（\"戦略\" は使えません）",
        ),
        (
            "heading: \"達成状況（取組の進捗）\",",
            "",
            "「heading」がありません",
        ),
    ];
    for (from, to, said) in cases {
        let error = refused(&change(FORM.to_owned(), from, to));
        assert!(error.contains(said), "{error}");
        assert!(
            error.ends_with("テキストエディターで直してください。"),
            "{error}"
        );
        if !to.is_empty() {
            let place = format!("{} 行 ", line(from));
            assert!(error.starts_with(&place), "{place}: {error}");
        }
    }
}

#[test]
fn what_is_no_form_is_refused_in_words() {
    let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode(FORM);
    let cases: [(&[u8], &str); 5] = [
        (b"", "ファイルが空です"),
        (&shift_jis, "文字コードが UTF-8 ではありません"),
        ("会議の記録です。".as_bytes(), "1 行 1 文字目"),
        (b"(format: 1)", "「organisation」がありません"),
        (b"(format: 9)", "新しい版の furikaeri"),
    ];
    for (bytes, said) in cases {
        let error = forms::read(bytes).expect_err(said).to_string();
        assert!(error.contains(said), "{error}");
    }
    let deep = change(
        FORM.to_owned(),
        "levels: [",
        &format!("levels: {}", "[".repeat(10_000)),
    );
    assert!(refused(&deep).contains(" 行 "));
}

#[test]
fn a_form_that_contradicts_itself_is_refused_with_all_that_is_wrong() {
    let file = FORM.replace("share: 17", "share: 0");
    let error = forms::read(file.as_bytes()).expect_err("it is not sound");
    assert!(matches!(&error, FormReason::Unsound(faults) if faults.len() == 2));
    let lines: Vec<String> = error.to_string().lines().map(str::to_owned).collect();
    assert_eq!(lines[0], "様式に矛盾があります。");
    assert!(
        lines[1].starts_with("・階層「具体的取組」（3 番目）の列「具体的取組」：列の幅が 0 です。")
    );
    assert_eq!(lines.len(), 3, "{lines:?}");
}
