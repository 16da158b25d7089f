//! What a job reports never replaces what is asked or decided; a broken job is answered for.

use std::path::{Path, PathBuf};

use furikaeri::{
    plan::Measure,
    session::{Action, Answer, Effect, Prompt, World, action::HandOutOrder, jobs::Kind},
    storage::{files, journal},
};

use crate::support::{
    headless::{Headless, saved, somebody_else},
    plans::{key, real, small, target},
    sections,
};

fn office() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    files::save(&path, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    (folder, path)
}

/// The folder of a plan goes away, so that it cannot be saved.
fn take_away(path: &Path) {
    std::fs::remove_file(path).expect("removed");
    std::fs::remove_dir(path.parent().expect("a folder")).expect("removed");
}

fn measure(desk: &mut Headless, number: &str) {
    let id = desk.id(number);
    desk.act(Action::Ask(Prompt::Measures(id)));
}

#[test]
fn a_save_that_fails_waits_until_what_is_typed_is_answered() {
    let (_folder, path) = office();
    let mut desk = Headless::with_file(&path);
    desk.write_notes("2-1-3", "自分の改善策");
    desk.act(Action::Save);
    measure(&mut desk, "1-1-1");
    take_away(&path);
    desk.finish(Kind::Save);
    assert_eq!(desk.asked(), Some("measures"));
    let value = Measure {
        measured: "57.2%".to_owned(),
        ..Measure::new(target(), key("midyear"), "目標")
    };
    desk.answer(Answer::Measures(vec![value.clone()]));
    assert_eq!(desk.node("1-1-1").measures, [value]);
    assert_eq!(desk.asked(), Some("not saved"));
    assert!(desk.message().contains("保存できませんでした"));
}

#[test]
fn workbooks_that_come_back_wait_behind_a_question() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = sections::handed_out();
    let mut desk = Headless::with(plan.clone());
    let workbook = folder.path().join("総務課.xlsx");
    std::fs::write(&workbook, sections::form(&plan, "総務課")).expect("a file");
    desk.act(Action::Collect(vec![workbook]));
    desk.act(Action::Ask(Prompt::PlanInfo));
    desk.finish(Kind::Collect);
    assert_eq!(desk.asked(), Some("plan info"));
    desk.answer(Answer::Cancel);
    assert_eq!(desk.asked(), Some("collected"));
    assert!(desk.session.collecting().outcomes()[0].is_taken);
}

#[test]
fn an_error_at_the_start_does_not_take_the_offer_to_recover_away() {
    let (folder, path) = office();
    let local = folder.path().join("local");
    let mut broken = Headless::keeping_below(&local, real());
    broken.open(&path);
    broken.write_notes("2-1-3", "書きかけ");
    broken.wait(0.1);
    broken.wait(1.5);
    broken.finish_all();
    assert!(broken.is_kept());
    drop(broken);
    for error_first in [true, false] {
        let mut desk = Headless::keeping_below(&local, real());
        desk.act(Action::LookForLeftovers);
        desk.act(Action::OpenPath(folder.path().join("ない.ron")));
        let kinds = if error_first {
            [Kind::Open, Kind::Leftovers]
        } else {
            [Kind::Leftovers, Kind::Open]
        };
        for kind in kinds {
            desk.finish(kind);
        }
        let mut asked = Vec::new();
        while let Some(prompt) = desk.asked() {
            asked.push(prompt);
            desk.answer(Answer::Cancel);
        }
        asked.sort_unstable();
        assert_eq!(asked, ["failure", "recovery"]);
    }
    assert_eq!(journal::leftovers(&local).len(), 1);
}

#[test]
fn a_merge_that_is_being_decided_is_not_replaced() {
    let (_folder, path) = office();
    let mut desk = Headless::with_file(&path);
    desk.write_notes("2-1-3", "自分の案");
    somebody_else(&path, "2-1-3", "相手の案");
    desk.act(Action::TakeIn);
    // Twice: the second report comes while the first is decided.
    desk.act(Action::TakeIn);
    desk.finish(Kind::TakeIn);
    assert_eq!(desk.asked(), Some("clashes"));
    let decided = desk.session.prompt().expect("a question").0;
    desk.finish(Kind::TakeIn);
    assert_eq!(desk.session.prompt().expect("a question").0, decided);
}

#[test]
fn keeping_that_breaks_once_is_tried_again() {
    let (folder, path) = office();
    let mut desk = Headless::keeping_below(&folder.path().join("local"), real());
    desk.open(&path);
    desk.write_notes("2-1-3", "書きかけ");
    desk.wait(0.1);
    desk.wait(1.5);
    desk.break_off(Kind::Keep);
    assert!(!desk.is_kept());
    assert!(desk.notice().contains("控えを残せませんでした"));
    assert_eq!(desk.asked(), None, "it is in nobody's way");
    desk.wait(1.5);
    desk.finish(Kind::Keep);
    assert!(desk.is_kept());
}

#[test]
fn a_save_that_breaks_is_said_and_no_two_saves_of_a_file_run_at_once() {
    let (_folder, path) = office();
    let mut desk = Headless::with_file(&path);
    desk.write_notes("2-1-3", "一");
    desk.act(Action::Save);
    // Something else breaks meanwhile.
    desk.act(Action::Ask(Prompt::Export));
    desk.act(Action::LookForMissing(None));
    desk.break_off(Kind::Missing);
    desk.answer(Answer::Cancel);
    assert_eq!(desk.asked(), Some("failure"));
    desk.answer(Answer::Cancel);
    desk.write_notes("2-1-3", "二");
    desk.act(Action::Save);
    let saves = |desk: &Headless| {
        let under_way = desk.under_way();
        under_way.iter().filter(|it| **it == Kind::Save).count()
    };
    assert_eq!(saves(&desk), 1);
    desk.break_off(Kind::Save);
    assert_eq!(desk.asked(), Some("not saved"));
    assert!(desk.is_unsaved());
    desk.answer(Answer::Cancel);
    desk.act(Action::Save);
    desk.finish_all();
    assert!(saved(&path) == *desk.plan());
}

#[test]
fn closing_another_dialog_does_not_take_back_that_she_quits() {
    let (_folder, path) = office();
    let mut desk = Headless::with_file(&path);
    desk.write_notes("2-1-3", "自分の改善策");
    desk.act(Action::Save);
    desk.act(Action::Quit);
    assert!(!desk.has_closed());
    desk.act(Action::Ask(Prompt::PlanInfo));
    desk.answer(Answer::Cancel);
    desk.finish(Kind::Save);
    assert!(desk.has_closed());
}

#[test]
fn saving_elsewhere_goes_through_while_a_save_hangs() {
    let (folder, path) = office();
    let mut desk = Headless::with_file(&path);
    desk.write_notes("2-1-3", "自分の改善策");
    desk.act(Action::Save);
    desk.act(Action::Quit);
    desk.wait(4.0);
    assert_eq!(desk.asked(), Some("still saving"));
    desk.answer(Answer::ChooseFile);
    let elsewhere = folder.path().join("手元.ron");
    desk.answer(Answer::Path(elsewhere.to_string_lossy().into_owned()));
    desk.finish(Kind::Target);
    desk.finish_newest(Kind::Save);
    assert!(saved(&elsewhere) == *desk.plan());
    assert_eq!(desk.path(), Some(elsewhere.as_path()));
    // The one that hangs is still of this plan; it may end or not.
    desk.finish(Kind::Save);
    assert_eq!(
        desk.path(),
        Some(elsewhere.as_path()),
        "its old place came back"
    );
    assert!(desk.has_closed());
}

#[test]
fn quitting_while_workbooks_are_made_asks() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    files::save(&path, &sections::owned(), None).unwrap_or_else(|error| panic!("{error}"));
    let hand_out = |desk: &mut Headless, name: &str| {
        desk.act(Action::AskToHandOut);
        desk.answer(Answer::HandOut(HandOutOrder {
            owners: vec!["総務課".to_owned()],
            due: None,
            extracts: false,
        }));
        let forms = folder.path().join(name);
        desk.answer(Answer::Path(forms.to_string_lossy().into_owned()));
    };
    let mut desk = Headless::with_file(&path);
    hand_out(&mut desk, "一");
    desk.act(Action::Quit);
    assert_eq!(desk.asked(), Some("still busy"));
    desk.answer(Answer::Wait);
    desk.finish(Kind::HandOut);
    // It is recorded in the plan, which is not saved by that.
    assert_eq!(desk.asked(), Some("unsaved"));
    desk.answer(Answer::Discard);
    assert!(desk.has_closed());
}

#[test]
fn a_workbook_taken_in_while_others_are_made_stays_taken_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = sections::handed_out();
    let mut desk = Headless::with(plan.clone());
    let workbook = folder.path().join("総務課.xlsx");
    std::fs::write(&workbook, sections::form(&plan, "総務課")).expect("a file");
    desk.act(Action::AskToHandOut);
    desk.answer(Answer::HandOut(HandOutOrder {
        owners: vec!["総務課".to_owned(), "防災担当".to_owned()],
        due: None,
        extracts: false,
    }));
    let forms = folder.path().join("配布");
    desk.answer(Answer::Path(forms.to_string_lossy().into_owned()));
    desk.act(Action::Collect(vec![workbook]));
    desk.finish(Kind::Collect);
    desk.answer(Answer::Cancel);
    desk.finish(Kind::HandOut);
    let stage = |owner: &str| {
        let round = desk.plan().round();
        round.owner(owner).expect(owner).stage().name()
    };
    assert_eq!(stage("総務課"), "取込済");
    assert_eq!(stage("防災担当"), "配布済");
    assert_eq!(desk.plan().round().edition("総務課"), 2);
}

#[test]
fn a_hung_file_is_said_after_three_seconds_and_nothing_else_waits() {
    let (folder, path) = office();
    let mut desk = Headless::keeping_below(&folder.path().join("local"), small());
    desk.act(Action::OpenPath(path));
    assert!(
        desk.take_effects()
            .iter()
            .any(|it| matches!(it, Effect::WakeAfter(_)))
    );
    desk.wait(3.2);
    let busy = desk.session.busy().expect("something goes on").text;
    assert!(busy.contains("3 秒応答していません"), "{busy}");
    desk.write_notes("1-1-1", "続けて書く");
    desk.wait(0.1);
    desk.wait(1.5);
    desk.finish(Kind::Keep);
    assert!(desk.is_kept());
    desk.act(Action::Quit);
    assert_eq!(desk.asked(), Some("unsaved"));
    desk.answer(Answer::Discard);
    assert!(desk.has_closed());
}

#[test]
fn without_its_printers_the_preview_says_so_once() {
    let world = World::default();
    assert!(!world.has_file_dialogs);
    let mut desk = Headless::with(small());
    let order = furikaeri::session::action::Order {
        section: None,
        format: furikaeri::export::Format::Pdf,
        options: furikaeri::export::Options::default(),
    };
    desk.act(Action::Preview(order));
    desk.break_off(Kind::Printers);
    assert_eq!(desk.asked(), Some("failure"));
    assert!(desk.session.pages().is_some());
}
