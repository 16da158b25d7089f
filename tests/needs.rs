//! What a machine lacks is left out aloud, and fails a full run: this is the test of
//! `support/need.rs`, by this binary once more with nothing on its PATH.

use std::{
    fs,
    process::{Command, Output},
};

use strum::VariantArray as _;

use crate::support::need::Need;

/// Tells the other process what it is to need; without it, it is an ordinary run.
const NEED: &str = "FURIKAERI_NEEDS_NEED";
const HERE: &str = "needs::what_is_missing_is_left_out_aloud";

#[test]
fn what_is_missing_is_left_out_aloud() {
    if let Ok(need) = std::env::var(NEED) {
        let need = Need::VARIANTS.iter().find(|it| format!("{it:?}") == need);
        // Twice: what is said once is enough.
        for _ in 0..2 {
            let is_met = need.expect("one of them").is_met();
            println!("MET {is_met}");
        }
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for need in Need::VARIANTS.iter().filter(|need| **need != Need::Root) {
        let list = folder.path().join(format!("{need:?}"));
        let run = |is_full: bool| {
            let mut test = Command::new(std::env::current_exe().expect("this program"));
            test.args(["--exact", HERE, "--nocapture"])
                .env("PATH", "/nowhere")
                .env("FURIKAERI_LEFT_OUT", &list)
                .env_remove("FURIKAERI_FULL")
                .env(NEED, format!("{need:?}"));
            if is_full {
                test.env("FURIKAERI_FULL", "1");
            }
            test.output().expect("this program once more")
        };
        let said = |output: &Output| {
            let streams = [&output.stdout, &output.stderr];
            streams.map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        };

        let alone = run(false);
        let [output, errors] = said(&alone);
        assert!(alone.status.success(), "{need:?}: {alone:?}");
        assert!(output.contains("1 passed") && output.contains("MET false"));
        let line = errors.lines().find(|line| line.starts_with("LEFT OUT"));
        let line = line.unwrap_or_else(|| panic!("{need:?} is left out in silence: {errors}"));
        assert!(line.contains(HERE), "{line}");
        let counted = fs::read_to_string(&list).expect("a list");
        assert_eq!(counted, format!("{line}\n"), "{need:?}");

        let full = run(true);
        let [output, errors] = said(&full);
        match need {
            Need::LibreOffice => assert!(full.status.success(), "{full:?}"),
            // The driver is no program, and tests/run looks for it itself.
            Need::Driver => assert!(output.contains("MET true"), "{output}"),
            _ => {
                assert!(!full.status.success(), "{need:?} may be missing");
                assert!(errors.contains("tests/run"), "{errors}");
            }
        }
    }
}
