//! A share that does not answer: she is told, nothing waits in silence, and who goes on typing
//! stays.

use std::path::PathBuf;

use furikaeri::{
    session::{Action, Answer, jobs::Kind},
    storage::{files, journal},
};

use crate::support::{
    headless::{Headless, saved, somebody_else},
    plans::{real, small},
};

fn office() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let [a, b] = ["A.ron", "B.ron"].map(|name| folder.path().join(name));
    files::save(&a, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    files::save(&b, &small(), None).unwrap_or_else(|error| panic!("{error}"));
    (folder, a, b)
}

/// She has saved, and written more since; the save hangs.
fn hanging(a: &std::path::Path) -> Headless {
    let mut desk = Headless::with_file(a);
    desk.write_notes("2-1-3", "一");
    desk.act(Action::Save);
    desk.write_notes("2-1-3", "二");
    desk
}

#[test]
fn quitting_by_saving_again_is_asked_about_when_it_takes_long() {
    let (_folder, a, _) = office();
    let mut desk = hanging(&a);
    desk.wait(0.1);
    desk.act(Action::Quit);
    assert_eq!(desk.asked(), Some("unsaved"));
    desk.answer(Answer::Save);
    let busy = desk.session.busy().expect("something goes on").text;
    assert!(busy.contains("終わったら終了します"), "{busy}");
    desk.wait(3.5);
    assert_eq!(desk.asked(), Some("still saving"));
    desk.answer(Answer::Wait);
    desk.finish_all();
    assert!(desk.has_closed());
    assert!(saved(&a) == *desk.plan());
}

#[test]
fn asking_to_quit_once_more_asks_at_once() {
    let (_folder, a, _) = office();
    let mut desk = hanging(&a);
    desk.wait(0.1);
    desk.act(Action::Quit);
    desk.answer(Answer::Save);
    desk.act(Action::Quit);
    assert_eq!(desk.asked(), Some("still saving"));
}

#[test]
fn who_goes_on_typing_has_not_left() {
    let (_folder, a, b) = office();
    for leave in [Action::Quit, Action::OpenPath(b.clone())] {
        let mut desk = Headless::with_file(&a);
        desk.write_notes("2-1-3", "一");
        desk.act(Action::Save);
        desk.wait(0.1);
        desk.act(leave);
        desk.wait(0.5);
        desk.type_notes("1-1-1", "書きながら待つ");
        desk.wait(4.0);
        assert_eq!(desk.asked(), None, "a question in the middle of a word");
        desk.finish_all();
        assert!(!desk.has_closed());
        assert_eq!(desk.path(), Some(a.as_path()));
        assert_eq!(desk.notes("1-1-1"), "書きながら待つ");
    }
}

#[test]
fn a_save_that_ends_while_she_is_asked_about_it_lets_her_go_on() {
    let (_folder, a, b) = office();
    let mut desk = Headless::with_file(&a);
    desk.write_notes("2-1-3", "一");
    desk.act(Action::Save);
    desk.act(Action::OpenPath(b.clone()));
    desk.wait(3.5);
    assert_eq!(desk.asked(), Some("still saving"));
    desk.finish(Kind::Save);
    assert!(!desk.session.is_saving());
    desk.answer(Answer::Wait);
    desk.finish_all();
    assert_eq!(desk.path(), Some(b.as_path()));
}

/// Work on A that a crash has left.
fn crash(local: &std::path::Path, a: &std::path::Path) {
    let mut desk = Headless::keeping_below(local, real());
    desk.open(a);
    desk.write_notes("2-1-3", "書きかけ");
    desk.wait(0.1);
    desk.wait(1.5);
    desk.finish_all();
    assert!(desk.is_kept());
}

#[test]
fn work_is_recovered_though_its_file_does_not_answer() {
    let (folder, a, _) = office();
    let local = folder.path().join("local");
    crash(&local, &a);
    somebody_else(&a, "1-1-1", "相手の改善策");
    let mut desk = Headless::keeping_below(&local, small());
    desk.act(Action::LookForLeftovers);
    desk.finish(Kind::Leftovers);
    desk.answer(Answer::Confirm);
    desk.wait(3.5);
    assert_eq!(desk.notes("2-1-3"), "書きかけ");
    assert_eq!(desk.path(), Some(a.as_path()));
    // The file answers after all: that is about nothing any more. Saving sees what others did.
    desk.finish_all();
    assert_eq!(desk.notes("2-1-3"), "書きかけ");
    desk.act(Action::Save);
    desk.finish_all();
    assert_eq!(desk.asked(), Some("changed on disk"));
    desk.answer(Answer::TakeIn);
    desk.finish_all();
    assert_eq!(desk.notes("1-1-1"), "相手の改善策");
    assert!(saved(&a) == *desk.plan());
}

#[test]
fn recovering_asks_about_what_was_written_meanwhile() {
    let (folder, a, b) = office();
    let local = folder.path().join("local");
    crash(&local, &a);
    let mut desk = Headless::keeping_below(&local, small());
    desk.open(&b);
    desk.act(Action::LookForLeftovers);
    desk.finish(Kind::Leftovers);
    desk.answer(Answer::Confirm);
    desk.write_notes("1-1-1", "その間に書いたもの");
    desk.finish(Kind::Recover);
    assert_eq!(desk.asked(), Some("unsaved"));
    desk.answer(Answer::Cancel);
    assert_eq!(desk.path(), Some(b.as_path()));
    assert_eq!(desk.notes("1-1-1"), "その間に書いたもの");
    drop(desk);
    assert!(
        !journal::leftovers(&local).is_empty(),
        "it is offered again"
    );
}

#[test]
fn work_that_was_put_off_is_offered_when_its_file_is_opened() {
    let (folder, a, b) = office();
    let local = folder.path().join("local");
    crash(&local, &a);
    let mut desk = Headless::keeping_below(&local, small());
    desk.act(Action::LookForLeftovers);
    desk.finish(Kind::Leftovers);
    desk.answer(Answer::Cancel);
    desk.open(&b);
    assert_eq!(desk.asked(), None);
    desk.open(&a);
    assert_eq!(desk.asked(), Some("recovery"));
    desk.answer(Answer::Confirm);
    desk.finish_all();
    assert_eq!(desk.notes("2-1-3"), "書きかけ");
}
