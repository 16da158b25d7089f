//! A report belongs to the plan that its job was begun for, whatever is open by then.

use std::path::{Path, PathBuf};

use furikaeri::{
    plan::{Measure, Plan},
    session::{Action, Answer, Prompt, action::HandOutOrder, files::Purpose, jobs::Kind},
    storage::files,
};

use crate::support::{
    headless::{Headless, saved, somebody_else},
    plans::{key, real, small, target},
    sections,
};

/// A folder with the plans A and B in it.
fn office() -> (tempfile::TempDir, PathBuf, PathBuf) {
    office_with(real())
}

fn office_with(plan: Plan) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let [a, b] = ["A.ron", "B.ron"].map(|name| folder.path().join(name));
    files::save(&a, &plan, None).unwrap_or_else(|error| panic!("{error}"));
    files::save(&b, &small(), None).unwrap_or_else(|error| panic!("{error}"));
    (folder, a, b)
}

/// Leaves A for B while a job for A is under way.
fn leave_for(desk: &mut Headless, b: &Path) {
    desk.act(Action::OpenPath(b.to_owned()));
    desk.finish(Kind::Open);
    assert_eq!(desk.path(), Some(b));
}

#[test]
fn a_save_that_ends_after_another_plan_was_opened_is_about_its_own_file() {
    let (_folder, a, b) = office();
    let mut desk = Headless::with_file(&a);
    desk.write_notes("2-1-3", "Aの改善策");
    desk.act(Action::Save);
    desk.act(Action::OpenPath(b.clone()));
    // It waits for the share, and then she does not any more.
    assert_eq!(desk.asked(), None);
    desk.wait(3.5);
    assert_eq!(desk.asked(), Some("still saving"));
    desk.answer(Answer::Discard);
    desk.finish(Kind::Open);
    assert_eq!(desk.path(), Some(b.as_path()));
    desk.finish(Kind::Save);
    assert_eq!(desk.path(), Some(b.as_path()), "B bears A's path");
    assert_eq!(desk.notice(), "A.ron の保存が終わりました");
    desk.write_notes("1-1-1", "Bの改善策");
    desk.act(Action::Save);
    desk.finish_all();
    assert!(saved(&b) == *desk.plan());
    let a = Headless::with_file(&a);
    assert_eq!(a.notes("2-1-3"), "Aの改善策");
}

#[test]
fn a_plan_is_opened_when_the_save_that_it_waited_for_has_ended() {
    let (_folder, a, b) = office();
    let mut desk = Headless::with_file(&a);
    desk.write_notes("2-1-3", "Aの改善策");
    desk.act(Action::Save);
    desk.act(Action::OpenPath(b.clone()));
    assert_eq!(desk.path(), Some(a.as_path()));
    desk.finish_all();
    assert_eq!(desk.path(), Some(b.as_path()));
    assert_eq!(desk.asked(), None);
    assert!(saved(&a) != real());
}

#[test]
fn what_others_saved_in_a_plan_that_was_left_is_not_taken_into_the_next() {
    let (_folder, a, b) = office();
    let mut desk = Headless::with_file(&a);
    somebody_else(&a, "2-1-3", "相手の改善策");
    desk.act(Action::TakeIn);
    leave_for(&mut desk, &b);
    desk.finish_all();
    assert!(*desk.plan() == small());
    assert!(!desk.is_unsaved());
}

#[test]
fn a_hand_out_is_recorded_in_the_plan_that_was_handed_out_or_nowhere() {
    let (folder, a, b) = office_with(sections::owned());
    let mut desk = Headless::with_file(&a);
    desk.act(Action::AskToHandOut);
    let order = HandOutOrder {
        owners: vec!["総務課".to_owned()],
        due: None,
        extracts: false,
    };
    desk.answer(Answer::HandOut(order));
    let forms = folder.path().join("配布");
    desk.answer(Answer::Path(forms.to_string_lossy().into_owned()));
    leave_for(&mut desk, &b);
    desk.finish_all();
    assert!(*desk.plan() == small(), "B was handed out");
    assert!(desk.notice().contains("配布の記録は残していません"));
}

#[test]
fn a_dialog_stays_with_its_plan_until_it_is_answered() {
    let (_folder, a, b) = office();
    let mut desk = Headless::with_file(&a);
    desk.act(Action::OpenPath(b.clone()));
    // While it is read she writes a measured value.
    let id = desk.id("1-1-1");
    desk.act(Action::Ask(Prompt::Measures(id)));
    let asked = desk.session.prompt().expect("a dialog").0;
    desk.finish(Kind::Open);
    assert_eq!(desk.asked(), Some("measures"), "typed in vain");
    assert_eq!(desk.path(), Some(a.as_path()));
    let value = Measure {
        measured: "57.2%".to_owned(),
        ..Measure::new(target(), key("midyear"), "目標")
    };
    desk.answer(Answer::Measures(vec![value.clone()]));
    // Now B has its turn, and A is not saved.
    assert_eq!(desk.node("1-1-1").measures, std::slice::from_ref(&value));
    assert_eq!(desk.asked(), Some("unsaved"));
    desk.answer(Answer::Save);
    desk.finish_all();
    assert_eq!(desk.path(), Some(b.as_path()));
    let a = Headless::with_file(&a);
    assert_eq!(a.node("1-1-1").measures, std::slice::from_ref(&value));
    // An answer to the old dialog does nothing to B.
    desk.act(Action::Answer(asked, Answer::Measures(vec![value])));
    assert!(*desk.plan() == small());
}

#[test]
fn a_file_name_that_was_asked_for_the_plan_before_is_not_used() {
    let (folder, a, b) = office();
    let mut desk = Headless::with_file(&a);
    desk.act(Action::SaveAs);
    let asked = desk.session.prompt().map(|(_, prompt)| prompt.clone());
    assert!(matches!(asked, Some(Prompt::Path(Purpose::SavePlan, _))));
    let new = folder.path().join("新しい");
    desk.answer(Answer::Path(new.to_string_lossy().into_owned()));
    // It is looked whether there is such a file; the share takes its time.
    leave_for(&mut desk, &b);
    desk.finish_all();
    assert_eq!(desk.path(), Some(b.as_path()));
    assert!(!new.with_extension("ron").exists());
    assert!(desk.notice().contains("取りやめました"));
}

#[test]
fn of_two_plans_that_are_opened_the_one_asked_for_last_is_shown() {
    let (_folder, a, b) = office();
    let mut desk = Headless::with(small());
    desk.act(Action::OpenPath(a));
    desk.act(Action::OpenPath(b.clone()));
    desk.finish_newest(Kind::Open);
    desk.finish_all();
    assert_eq!(desk.path(), Some(b.as_path()));
}
