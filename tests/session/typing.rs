//! What is typed is kept while it is typed, and the status line says exactly what is true.

use furikaeri::{
    plan::Plan,
    session::{Action, document::Draft, jobs::Kind, keeping::Kept, words},
    storage::journal::{self, Recovered},
};

use crate::support::{
    headless::Headless,
    plans::{notes, numbered, real},
};

/// The work that is on this PC, as after a crash.
fn on_this_pc(local: &std::path::Path) -> Option<Plan> {
    let work = std::fs::read_dir(local.join("recovery")).ok()?;
    let mut work = work.flatten().map(|entry| entry.path().join("work.ron"));
    let work = work.find(|path| path.exists())?;
    Some(crate::support::headless::saved(&work))
}

fn notes_of(plan: &Plan, number: &str) -> String {
    let id = numbered(plan, number);
    plan.text(Some(id), notes()).to_owned()
}

#[test]
fn of_a_minute_of_steady_typing_no_more_than_three_seconds_are_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let local = folder.path().join("local");
    let mut desk = Headless::keeping_below(&local, real());
    let mut text = String::new();
    let mut typed_at = Vec::new();
    let mut now = 0.0;
    // Five characters a second, with no pause in which anything would be committed.
    while now < 60.0 {
        text.push('字');
        typed_at.push(now);
        desk.type_notes("2-1-3", &text);
        desk.wait(0.2);
        now += 0.2;
        if desk.under_way().contains(&Kind::Keep) {
            desk.finish(Kind::Keep);
        }
        let kept = on_this_pc(&local).map(|plan| notes_of(&plan, "2-1-3").chars().count());
        let lost = typed_at
            .get(kept.unwrap_or(0))
            .map_or(0.0, |first| now - first);
        assert!(lost <= 3.0, "{lost} s of typing would be lost at {now} s");
    }
    assert_ne!(desk.notes("2-1-3"), text, "typing has not ended");
}

#[test]
fn recovered_typing_can_be_undone_in_one_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let local = folder.path().join("local");
    let mut desk = Headless::keeping_below(&local, real());
    let before = desk.notes("2-1-3").to_owned();
    for text in ["書", "書き", "書きか", "書きかけ"] {
        desk.type_notes("2-1-3", text);
        desk.wait(0.6);
    }
    desk.wait(0.6);
    desk.finish(Kind::Keep);
    drop(desk);
    let leftovers = journal::leftovers(&local);
    let work: Recovered<furikaeri::session::history::Step> = leftovers[0]
        .read()
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(notes_of(&work.plan, "2-1-3"), "書きかけ");
    assert_eq!(work.steps.len(), 1);
    let mut plan = work.plan;
    plan.apply(&work.steps[0].undo).expect("the step fits");
    assert_eq!(notes_of(&plan, "2-1-3"), before);
}

#[test]
fn decided_text_is_kept_and_composed_text_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let local = folder.path().join("local");
    let mut desk = Headless::keeping_below(&local, real());
    let id = desk.id("2-1-3");
    let before = desk.notes("2-1-3").to_owned();
    let from = before.chars().count();
    let compose = |desk: &mut Headless, decided: &str, composed: &str| {
        let begin = from + decided.chars().count();
        desk.act(Action::Type(Draft {
            id: Some(id),
            at: notes(),
            text: format!("{before}{decided}{composed}"),
            composed: Some(begin..begin + composed.chars().count()),
        }));
    };
    compose(&mut desk, "", "へん");
    assert!(!desk.is_unsaved(), "nothing is decided yet");
    // Decided, and the next is composed right away, as from a fast hand.
    compose(&mut desk, "変換して", "つぎ");
    desk.wait(0.1);
    desk.wait(2.1);
    desk.finish(Kind::Keep);
    let kept = on_this_pc(&local).expect("kept work");
    assert_eq!(notes_of(&kept, "2-1-3"), format!("{before}変換して"));
    assert!(desk.is_kept());
    // The field still shows what is composed.
    let shown = desk.session.document().draft_of(Some(id), notes());
    assert_eq!(shown, Some(format!("{before}変換してつぎ").as_str()));
}

#[test]
fn the_status_line_says_what_is_on_this_pc_and_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let local = folder.path().join("local");
    let mut desk = Headless::keeping_below(&local, real());
    let says = |desk: &Headless| words::kept(&desk.session.kept());
    desk.type_notes("2-1-3", "一");
    assert_eq!(says(&desk), "");
    desk.wait(0.1);
    desk.wait(1.2);
    desk.finish(Kind::Keep);
    assert_eq!(says(&desk), "（この PC に控えあり）");
    desk.type_notes("2-1-3", "一二");
    assert_eq!(says(&desk), "（08:30:01 までの控えあり）");
    // The folder cannot be written any more.
    std::fs::remove_dir_all(&local).expect("removed");
    std::fs::write(&local, "").expect("a file in its place");
    desk.wait(0.1);
    desk.wait(1.2);
    desk.finish(Kind::Keep);
    assert_eq!(desk.session.kept(), Kept::Failed);
    assert_eq!(says(&desk), "（控えを残せていません）");
    // It is tried again by itself.
    std::fs::remove_file(&local).expect("removed");
    desk.wait(2.0);
    desk.wait(2.0);
    desk.finish_all();
    assert!(desk.is_kept(), "in a folder of its own again");
}

#[test]
fn typing_that_goes_into_the_plan_is_still_what_was_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Headless::keeping_below(&folder.path().join("local"), real());
    for text in ["一", "一二", "一二三", "一二三四"] {
        desk.type_notes("2-1-3", text);
        desk.wait(0.7);
    }
    desk.finish(Kind::Keep);
    assert!(desk.is_kept());
    desk.wait(0.5);
    assert_eq!(desk.notes("2-1-3"), "一二三四", "the keys rested");
    assert!(desk.is_kept());
}
