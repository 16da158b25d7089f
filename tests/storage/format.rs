//! The file format keeps every plan to the letter, and changes as little as the plan does.

use std::sync::Arc;

use furikaeri::{
    form::{Form, Key, Level, MAX_DEPTH, Slot},
    plan::{
        Measure, Node,
        handout::{Extract, Round},
    },
    storage::format,
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::support::{
    arbitrary,
    files::written,
    plans::{
        after, form, id, key, notes, numbered, outlook, plan_in, real, results, set, set_plan,
        slot, small,
    },
};

const FILE: &[u8] = include_bytes!("../../plan-data/minato-r3.ron");

proptest! {
    #[test]
    fn every_plan_comes_back_as_it_was_and_is_written_the_same_again(
        plan in arbitrary::plan(),
    ) {
        let text = written(&plan);
        prop_assert!(!text.contains('\r'));
        let back = format::read(text.as_bytes()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(&back, &plan);
        prop_assert!(format::verify(text.as_bytes(), &plan).is_ok());
        prop_assert_eq!(written(&back), text);
    }

    #[test]
    fn line_breaks_and_a_mark_that_an_editor_put_in_do_not_change_the_plan(
        plan in arbitrary::plan(),
    ) {
        let edited = format!("\u{feff}{}", written(&plan).replace('\n', "\r\n"));
        let back = format::read(edited.as_bytes());
        prop_assert_eq!(back.map_err(|e| e.to_string()), Ok(plan));
    }

    /// Whatever damage a file took: it is refused in words, or it is a plan that can be saved.
    #[test]
    fn a_damaged_file_never_panics_and_never_opens_as_what_cannot_be_saved(
        damage in vec((any::<Index>(), 0..3u8, any::<u8>()), 1..6),
    ) {
        // The first issue is enough, and quick.
        let mut bytes = written(&small()).into_bytes();
        for (at, kind, byte) in damage {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        if let Ok(plan) = format::read(&bytes) {
            let text = written(&plan);
            prop_assert_eq!(format::read(text.as_bytes()).ok(), Some(plan));
        }
    }

    /// As above, with what disks and sync programs do to a file as large as a real one: a stretch
    /// of it is gone, is there twice, is somewhere else, or is all NUL.
    #[test]
    fn a_file_with_a_damaged_stretch_is_refused_or_can_be_saved(
        damage in vec((any::<Index>(), 1..5000usize, any::<Index>(), 0..4u8), 1..4),
    ) {
        let mut bytes = FILE.to_vec();
        for (at, length, to, kind) in damage {
            let at = at.index(bytes.len());
            let stretch = at..(at + length).min(bytes.len());
            let taken = match kind {
                0 => Vec::new(),
                1 => bytes[stretch.clone()].repeat(2),
                2 => vec![0; stretch.len()],
                _ => bytes[stretch.clone()].to_vec(),
            };
            let is_moved = kind == 3;
            let cut = bytes.splice(stretch.clone(), if is_moved { Vec::new() } else { taken.clone() });
            drop(cut);
            if is_moved {
                let to = to.index(bytes.len() + 1);
                bytes.splice(to..to, taken);
            }
            prop_assume!(!bytes.is_empty());
        }
        match format::read(&bytes) {
            Ok(plan) => {
                let text = written(&plan);
                prop_assert_eq!(format::read(text.as_bytes()).ok(), Some(plan));
            }
            Err(error) => prop_assert!(error.to_string().chars().count() < 1000, "{}", error),
        }
    }

    #[test]
    fn any_bytes_at_all_are_refused_without_a_panic(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(format::read(&bytes).is_err());
    }
}

#[test]
fn the_plan_in_the_repository_is_as_the_program_writes_it() {
    let file = std::str::from_utf8(FILE).expect("UTF-8");
    assert_eq!(written(&real()), file);
}

#[test]
fn the_plan_in_the_repository_has_the_form_in_the_repository() {
    assert_eq!(real().form(), &form());
}

#[test]
fn the_header_says_first_what_the_file_is() {
    let text = written(&real());
    let head: Vec<&str> = text.lines().take(8).collect();
    assert_eq!(
        head,
        [
            "#![enable(implicit_some)]",
            "(",
            "    format: 1,",
            "    organisation: \"大阪市港区\",",
            "    fiscal_year: 2021,",
            "    review: \"midyear\",",
            "    as_of: \"2021-10-31\",",
            "    nodes: [",
        ]
    );
}

/// Who opens it in a text editor wants to read the plan; the form is for the program.
#[test]
fn the_form_comes_last() {
    let plan = after(&small(), &[set_plan(slot("vision"), "区のめざす姿")]);
    let text = written(&plan);
    let at = |field: &str| text.find(&format!("\n    {field}: ")).expect(field);
    let places = ["organisation", "values", "nodes", "form"].map(at);
    assert!(places.is_sorted(), "{places:?}");
}

/// As deep as a form can make it, in what was handed out too.
#[test]
fn the_deepest_plan_comes_back() {
    let keys: Vec<Key> = (0..MAX_DEPTH).map(|n| key(&format!("level{n}"))).collect();
    let level = |at: usize| Level {
        key: keys[at],
        name: format!("階層{at}"),
        at_top: at == 0,
        under: at
            .checked_sub(1)
            .map(|above| keys[above])
            .into_iter()
            .collect(),
        ..Level::default()
    };
    let form = Form {
        levels: (0..MAX_DEPTH).map(level).collect(),
        ..Form::default()
    };
    let node = (0..MAX_DEPTH)
        .rev()
        .fold(None, |below: Option<Arc<Node>>, at| {
            let mut node = Node::new(id(at as u64), keys[at]);
            node.values
                .set(Slot::at(key("year"), key("field")), "一".to_owned());
            node.measures = vec![Measure::new(slot("target"), key("year"), "10人")];
            node.children = below.into_iter().collect();
            Some(Arc::new(node))
        });
    let node = node.expect("a node");
    let extract = Extract {
        owner: "防災担当".to_owned(),
        edition: 1,
        nodes: vec![Arc::clone(&node)],
    };
    let plan = plan_in(&Arc::new(form), vec![Arc::unwrap_or_clone(node)]).with_round(Round {
        extract: Some(extract),
        ..Round::default()
    });
    assert_eq!(format::read(written(&plan).as_bytes()), Ok(plan));
}

#[test]
fn a_one_word_edit_changes_one_line_of_the_file() {
    let cases = [
        ("1-1-1", results(), "１４件", "１５件"),
        ("2-1-3", Slot::TITLE, "確保", "指定"),
        // The word stands in the second line of a text of several.
        ("1-1-4", results(), "（全 42講座）", "（全 43講座）"),
        ("1-1-4", notes(), "再開し始めた", "再開した"),
        ("1-1-1", outlook(), "on_target", "off_target"),
    ];
    let plan = real();
    let before = written(&plan);
    for (number, slot, word, new) in cases {
        let id = numbered(&plan, number);
        let text = plan.text(Some(id), slot);
        assert!(text.contains(word), "{number} に「{word}」がない: {text}");
        let edited = after(&plan, &[set(id, slot, &text.replacen(word, new, 1))]);
        let now = written(&edited);
        assert_eq!(before.lines().count(), now.lines().count());
        let changed: Vec<(&str, &str)> = before
            .lines()
            .zip(now.lines())
            .filter(|(before, now)| before != now)
            .collect();
        let [(was, is)] = changed[..] else {
            panic!("{number}: {} 行が変わった", changed.len());
        };
        assert_eq!(was.replacen(word, new, 1), is);
    }
}

#[test]
fn a_line_break_within_a_text_is_lf_whatever_the_file_has() {
    let text = written(&small());
    let files = [
        ("CR LF", text.replace('\n', "\r\n")),
        ("CR", text.replace('\n', "\r")),
        ("escaped CR LF", text.replace("１回\n", r"１回\r\n")),
        ("escaped CR", text.replace("１回\n", r"１回\u{d}")),
    ];
    for (name, file) in files {
        assert_ne!(file, text, "{name}");
        let plan = format::read(file.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let text = plan.text(Some(id(3)), results());
        assert_eq!(text, "・訓練：１回\n・会議：２回", "{name}");
        assert_eq!(plan, small(), "{name}");
        assert!(format::verify(written(&plan).as_bytes(), &plan).is_ok());
    }
}

#[test]
fn a_line_break_within_a_word_of_the_form_is_lf_too() {
    let file = written(&small()).replace("中間振り返り", r"中間\r\n振り返り");
    let plan = format::read(file.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plan.form().review_name(key("midyear")), "中間\n振り返り");
    assert!(format::verify(written(&plan).as_bytes(), &plan).is_ok());
}

#[test]
fn a_plan_that_names_no_review_is_at_the_first() {
    let file = written(&small()).replace("    review: \"midyear\",\n", "");
    assert_eq!(format::read(file.as_bytes()), Ok(small()));
}

#[test]
fn reading_back_notices_that_something_else_was_written() {
    let plan = small();
    let other = written(&plan).replace("防災訓練", "防火訓練");
    let half = &written(&plan)[..200];
    for bytes in [other.as_bytes(), half.as_bytes(), b""] {
        let error = format::verify(bytes, &plan).expect_err("it is not this plan");
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    }
}
