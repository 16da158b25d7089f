//! Files that are no plan this program can read: each is refused with what is wrong, in Japanese,
//! with the place where there is one. Mistakes made in a text editor are in `by_hand.rs`.

use furikaeri::storage::format::{self, MAX_BYTES, ReadError};

use crate::support::files::{change, changed, place_at, refused, small_file};

#[test]
fn what_is_not_a_plan_is_called_that() {
    let newest = format!("(format: {}, nodes: [])", u32::MAX);
    let cases: &[(&str, &[u8], ReadError)] = &[
        ("0 bytes", b"", ReadError::Empty),
        ("blanks", "\u{feff} \r\n\t　\n".as_bytes(), ReadError::Empty),
        (
            "a sentence",
            "会議の記録です。".as_bytes(),
            ReadError::NotAPlan,
        ),
        (
            "JSON",
            br#"{"format": 1, "nodes": []}"#,
            ReadError::NotAPlan,
        ),
        (
            "other RON",
            b"(window: (width: 1, height: 2))",
            ReadError::NotAPlan,
        ),
        ("a number", b"42", ReadError::NotAPlan),
        (
            "HTML",
            b"<!DOCTYPE html><p>format: 1</p>",
            ReadError::NotAPlan,
        ),
        (
            "a mark in a text",
            b"(title: \"format: 1\")",
            ReadError::NotAPlan,
        ),
        (
            "a picture",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            ReadError::NotText,
        ),
        ("NUL bytes", &[0; 4096], ReadError::NotAPlan),
        (
            "newest format",
            newest.as_bytes(),
            ReadError::NewerFormat { found: u32::MAX },
        ),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(refused(bytes), *expected, "{name}");
    }
}

#[test]
fn a_plan_in_another_encoding_is_refused() {
    let file = small_file();
    let (shift_jis, _, unmappable) = encoding_rs::SHIFT_JIS.encode(&file);
    assert!(
        !unmappable,
        "the small plan has only characters of Shift_JIS"
    );
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(file.encode_utf16());
        units.flat_map(to_bytes).collect()
    };
    assert_eq!(refused(&shift_jis), ReadError::ShiftJis);
    assert_eq!(refused(&utf16(u16::to_le_bytes)), ReadError::NotText);
    assert_eq!(refused(&utf16(u16::to_be_bytes)), ReadError::NotText);
}

#[test]
fn a_newer_format_is_recognised_however_much_of_it_is_unknown() {
    let found = |format| ReadError::NewerFormat { found: format };
    let cases = [
        ("only the number", changed("format: 1", "format: 9"), 9),
        (
            "a new field",
            changed("format: 1,", "format: 9,\n    sections: [\"総務\"],"),
            9,
        ),
        (
            "new syntax",
            changed("format: 1,", "format: 7,\n    owner: <総務> => @@,"),
            7,
        ),
        (
            "a new extension",
            small_file().replacen("format: 1", "format: 9", 1).replacen(
                "implicit_some",
                "brand_new_extension",
                1,
            ),
            9,
        ),
        (
            "fields renamed",
            small_file()
                .replacen("format: 1", "format: 12", 1)
                .replace("nodes:", "chapters:"),
            12,
        ),
        (
            "nested deeper",
            changed(
                "format: 1,",
                &format!("format: 9, tree: {}", "[".repeat(100)),
            ),
            9,
        ),
    ];
    for (name, file, format) in cases {
        assert_eq!(refused(file.as_bytes()), found(format), "{name}");
    }
}

/// Whatever its version: those of before had three, and this one begins at 1 again.
#[test]
fn a_file_from_before_there_were_forms_says_so() {
    for format in 1..=3 {
        let file = format!(
            "#![enable(implicit_some)]\n(\n    format: {format},\n    organisation: \"港区\",\n    \
             fiscal_year: 2021,\n    review: MidYear,\n    issues: [\n    ],\n)\n"
        );
        let error = refused(file.as_bytes());
        assert_eq!(error, ReadError::WithoutForm, "{error}");
        assert!(error.to_string().contains("CSV に書き出し"), "{error}");
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let file = small_file();
    // What is after the last parenthesis is only the end of its line.
    let last = file.rfind(')').expect("a plan ends with a parenthesis");
    let format_line_end = file.find("1,").expect("the format's number") + 1;
    let mut cut_off = 0;
    for (at, _) in file.char_indices().filter(|(at, _)| *at <= last) {
        let error = refused(&file.as_bytes()[..at]);
        match error {
            ReadError::CutOff(_) => cut_off += 1,
            ReadError::Empty => assert_eq!(at, 0),
            ReadError::NotAPlan => assert!(at < format_line_end, "{at}: {error}"),
            // A word was cut: 「Tex」is no kind. The place is the word's.
            ReadError::Syntax(_) => {}
            other => panic!("{at}: {other}"),
        }
    }
    let most = file.chars().count() * 8 / 10;
    assert!(cut_off > most, "{cut_off} 箇所だけが「途中で切れています」");
    assert!(format::read(&file.as_bytes()[..=last]).is_ok());
}

#[test]
fn a_file_cut_off_within_a_character_is_refused() {
    let file = small_file();
    let at = file.find("防災").expect("the small plan's strategy") + 1;
    assert_eq!(refused(&file.as_bytes()[..at]), ReadError::NotText);
}

#[test]
fn a_file_cut_off_says_where_the_last_thing_in_it_stands() {
    let file = small_file();
    // The characters before the cut, with a | before the last thing that could be read.
    let cases = [
        "title: |\"地域",
        "review: |\"midy",
        "fiscal_year: |20",
        "    nodes: |[",
    ];
    for marked in cases {
        let (before, last) = marked.split_once('|').expect("a mark");
        let start = file.find(&marked.replace('|', "")).expect(marked) + before.len();
        let error = refused(&file.as_bytes()[..start + last.len()]);
        assert_eq!(error, ReadError::CutOff(place_at(&file, start)), "{marked}");
        assert!(error.to_string().contains("途中で切れています"), "{error}");
    }
}

#[test]
fn nesting_without_end_is_refused_before_the_stack_is_full() {
    let openings = ["(", "[", "{", "Some(", "(a:", "{1:", "/*", "r#"];
    for opening in openings {
        let deep = opening.repeat(10_000);
        assert_eq!(refused(deep.as_bytes()), ReadError::NotAPlan, "{opening}");
        // Where nodes stand, where a number stands, and in a field that no plan has.
        for place in ["nodes: [", "number: ", "x: "] {
            let field = if place == "x: " { "as_of: " } else { place };
            let file = changed("nodes: [", "as_of: None, nodes: [");
            let file = change(file, field, &format!("{place}{deep}"));
            let error = refused(file.as_bytes()).to_string();
            assert!(error.contains(" 行 "), "{opening} in {place}: {error}");
        }
    }
}

#[test]
fn a_file_far_too_large_for_a_plan_is_refused_unread() {
    let size = usize::try_from(MAX_BYTES).expect("a 64-bit machine") + 1;
    let error = refused(&vec![b' '; size]);
    assert_eq!(error, ReadError::TooLarge);
    assert!(error.to_string().contains("256 MB"));
}
