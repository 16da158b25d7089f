//! Opening files as they lie on a disk. Whatever is wrong with one, it stays as it is.

use std::path::Path;

use furikaeri::storage::{
    files::{self, OpenError},
    format::{MAX_BYTES, ReadError},
};

use crate::support::{
    disk,
    files::{small_file, written},
    plans::small,
};

fn refused(path: &Path) -> OpenError {
    match files::open(path) {
        Err(error) => error,
        Ok(opened) => panic!("{path:?} が開けてしまった: {opened:?}"),
    }
}

/// A message has what is wrong on its first line, what is safe on the next, and then the path.
fn assert_says(error: &OpenError, piece: &str) {
    let said = error.to_string();
    let lines: Vec<&str> = said.lines().collect();
    let [wrong, safe, path] = lines[..] else {
        panic!("三行ではない: {said}");
    };
    assert!(wrong.starts_with("開けませんでした。"), "{said}");
    assert!(wrong.contains(piece), "「{piece}」がない: {said}");
    assert_eq!(safe, "ファイルには手を加えていません。");
    assert_eq!(path, error.path.display().to_string());
}

#[test]
fn a_saved_plan_opens_whatever_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in [
        "plan.ron",
        "令和３年度 中間振り返り（案）.ron",
        "名前だけ",
        ".隠し",
    ] {
        let path = disk::write(folder.path().join(name), small_file().as_bytes());
        let opened = files::open(&path).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(opened.plan, small(), "{name}");
    }
}

#[test]
fn the_fingerprint_is_that_of_the_file_not_of_the_plan_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let with_mark = format!("\u{feff}{}", small_file());
    let fingerprint = |name, bytes: &str| {
        let path = disk::write(folder.path().join(name), bytes.as_bytes());
        let opened = files::open(&path).unwrap_or_else(|error| panic!("{error}"));
        opened.fingerprint
    };
    let plain = fingerprint("a.ron", &small_file());
    assert_eq!(plain, fingerprint("b.ron", &small_file()));
    assert_ne!(
        plain,
        fingerprint("c.ron", &with_mark),
        "the plan is the same"
    );
}

#[test]
fn a_file_that_is_no_plan_is_refused_and_stays_as_it_was() {
    let (shift_jis, ..) = encoding_rs::SHIFT_JIS.encode("（計画）");
    let newer = small_file().replacen("format: 1", "format: 9", 1);
    let file = written(&small());
    let cases: [(&str, &[u8], &str); 6] = [
        ("0 バイト.ron", b"", "ファイルが空です"),
        (
            "会議録.txt",
            "本日の議題".as_bytes(),
            "計画のファイルではありません",
        ),
        ("シフトJIS.ron", &shift_jis, "Shift_JIS"),
        (
            "写真.ron",
            b"\xff\xd8\xff\xe0\0\x10JFIF",
            "文字として読めません",
        ),
        ("新しい版.ron", newer.as_bytes(), "新しい版の furikaeri"),
        (
            "途中まで.ron",
            &file.as_bytes()[..file.floor_char_boundary(file.len() / 2)],
            "途中で切れています",
        ),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes, piece) in cases {
        let path = disk::write(folder.path().join(name), bytes);
        let error = refused(&path);
        assert_says(&error, piece);
        assert_eq!(error.path, path);
        assert_eq!(disk::read(&path), bytes, "{name}");
    }
    assert_eq!(
        disk::names(folder.path()).len(),
        cases.len(),
        "nothing was added"
    );
}

#[test]
fn what_is_not_there_or_is_a_folder_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = disk::write(folder.path().join("a.ron"), b"");
    assert_says(
        &refused(&folder.path().join("ない.ron")),
        "ファイルが見つかりません",
    );
    assert_says(
        &refused(&folder.path().join("ない/計画.ron")),
        "ファイルが見つかりません",
    );
    assert_says(&refused(folder.path()), "これはフォルダーです");
    assert_says(&refused(&file.join("計画.ron")), "ファイルが見つかりません");
}

#[test]
fn a_file_too_large_for_a_plan_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("巨大.ron");
    let file = std::fs::File::create(&path).expect("a new file");
    // A hole in a file: it takes no room on the disk.
    file.set_len(MAX_BYTES + 1).expect("a sparse file");
    let error = refused(&path);
    assert_says(&error, "ファイルが大きすぎます");
    let files::OpenReason::Read(reason) = error.reason else {
        panic!("{error}");
    };
    assert_eq!(reason, ReadError::TooLarge);
}
