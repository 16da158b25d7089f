//! The command line: what it says of itself, and how it refuses what it cannot understand.

use crate::support::program::{Run, run};

#[test]
fn help_and_version_are_said_on_standard_output() {
    for flag in ["--help", "-h"] {
        let Run {
            status,
            output,
            errors,
        } = run(&[flag]);
        assert_eq!((status, &*errors), (Some(0), ""));
        for piece in [
            "使い方",
            "export",
            "merge",
            "changes",
            "--to",
            "--format",
            "--section",
            "--form",
            "--grey",
            "--portrait",
            "--cover",
            "--only-attention",
            "--full-reposts",
            "check",
            "--fix",
            "--renderer",
            "終了コード",
        ] {
            assert!(output.contains(piece), "「{piece}」がない: {output}");
        }
    }
    for flag in ["--version", "-V"] {
        let Run {
            status,
            output,
            errors,
        } = run(&[flag]);
        let version = concat!("furikaeri ", env!("CARGO_PKG_VERSION"), "\n");
        assert_eq!((status, &*output, &*errors), (Some(0), version, ""));
    }
    // Asking for help helps, whatever stands beside it.
    assert_eq!(run(&["export", "--help"]).status, Some(0));
}

#[test]
fn a_command_line_that_cannot_be_understood_is_one_sentence_and_exit_status_2() {
    let cases: &[(&[&str], &str)] = &[
        (&["export"], "書き出す計画のファイルを指定してください"),
        (
            &["export", "計画.ron"],
            "書き出し先を --to で指定してください",
        ),
        (
            &["export", "計画.ron", "--to"],
            "--to の後に値を指定してください",
        ),
        (
            &["export", "--to", "出力.csv"],
            "書き出す計画のファイルを指定してください",
        ),
        (
            &["export", "計画.ron", "--to", "出力.docx"],
            "のどれかで終わるように",
        ),
        (
            &["export", "計画.ron", "--to", "出力"],
            ".pdf、.csv、.xlsx、.html、.md のどれか",
        ),
        (
            &["export", "計画.ron", "--to", "-"],
            "標準出力への書き出しには --format を",
        ),
        (
            &["export", "計画.ron", "--to", "-", "--format", "docx"],
            "pdf、csv、xlsx、html、md のどれかです：docx",
        ),
        (
            &["export", "計画.ron", "--to", "出力.csv", "--format", "html"],
            "--format は --to - と一緒に使います",
        ),
        (
            &["export", "計画.ron", "--to", "出力.csv", "--section"],
            "--section の後に値を",
        ),
        (
            &["export", "計画.ron", "--to", "出力.csv", "--section", "2-"],
            "「2-」は範囲として読めません",
        ),
        (
            &["export", "計画.ron", "--to", "出力.csv", "--section", ""],
            "範囲として読めません",
        ),
        (
            &["export", "計画.ron", "--to", "出力.csv", "--section", "1 2"],
            "「1 2」は範囲",
        ),
        (
            &["export", "一.ron", "二.ron", "--to", "出力.csv"],
            "余分な指定があります：二.ron",
        ),
        (
            &[
                "export",
                "計画.ron",
                "--to",
                "出力.csv",
                "--renderer",
                "glow",
            ],
            "画面を開くときに",
        ),
        (
            &["export", "計画.ron", "--to", "出力.csv", "--grey"],
            "--grey は .pdf に",
        ),
        (
            &["export", "計画.ron", "--to", "出力.xlsx", "--cover"],
            "--cover は .pdf に",
        ),
        (
            &["export", "計画.ron", "--to", "出力.pdf", "--form"],
            "--form の後に値を",
        ),
        (&["計画.ron", "--grey"], "export と一緒に使います"),
        (&["計画.ron", "--form", "f.ron"], "export と一緒に使います"),
        (&["--to", "出力.csv"], "export と一緒に使います"),
        (&["計画.ron", "--section", "2"], "export と一緒に使います"),
        (&["--format", "csv"], "export と一緒に使います"),
        (&["一.ron", "二.ron"], "余分な指定があります：二.ron"),
        (&["--renderer", "metal"], "glow か wgpu です：metal"),
        (&["--renderer"], "--renderer の後に値を指定してください"),
        (&["--verbose"], "知らない指定です：--verbose"),
        (&["export", "-x"], "知らない指定です：-x"),
        (&["merge"], "三つ指定してください"),
        (&["merge", "元.ron", "自分.ron", "--to", "出力.ron"], "三つ"),
        (
            &["merge", "元.ron", "自分.ron", "相手.ron"],
            "書き出し先を --to で指定してください",
        ),
        (
            &["merge", "元.ron", "自分.ron", "相手.ron", "他.ron"],
            "余分な指定があります：他.ron",
        ),
        (&["merge", "--grey"], "知らない指定です：--grey"),
        // The sentence stays on one line, whatever the argument is.
        (&["--知らない\n指定"], "知らない指定です"),
    ];
    for (arguments, piece) in cases {
        run(arguments).assert_refused(2, &[piece, "使い方：furikaeri --help"]);
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_refused_without_a_panic() {
    use std::{ffi::OsString, os::unix::ffi::OsStringExt};

    let broken = || OsString::from_vec(b"\xff\xfe".to_vec());
    let text = |argument: &str| OsString::from(argument);
    let section = [
        text("export"),
        text("計画.ron"),
        text("--to"),
        text("出力.csv"),
        text("--section"),
        broken(),
    ];
    run(&section).assert_refused(2, &["--section の値を文字として読めません"]);
    // A file may have such a name; here there is none.
    let missing = [text("export"), broken(), text("--to"), text("出力.csv")];
    run(&missing).assert_refused(1, &["ファイルが見つかりません"]);
}
