//! Writing all day: going on without the mouse, from text to text and from node to node.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use furikaeri::session::Prompt;

use crate::support::{
    desk::Desk,
    plans::{BEHIND, OFF_TARGET, notes, outlook, progress},
};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

const RESULTS: &str = "現状の主な取組実績";
const NOTES: &str = "課題・改善策";

/// What has the focus, by its name.
fn focused(desk: &Desk) -> String {
    let all = desk.harness.query_all(by().predicate(|_| true));
    let mut focused = all.filter(|node| node.is_focused());
    let node = focused.next().expect("a focus");
    node.accesskit_node().label().unwrap_or_default()
}

#[test]
fn the_cursor_goes_on_to_the_same_text_of_the_next_node() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.type_in(NOTES, "一");
    desk.press(CTRL, Key::PageDown);
    assert_eq!(desk.selected(), "2-1-4");
    desk.type_text("二");
    desk.press(CTRL, Key::PageUp);
    desk.press(CTRL, Key::PageUp);
    desk.type_text("三");
    desk.press(NONE, Key::Tab);
    for (number, said) in [("2-1-2", "三"), ("2-1-3", "一"), ("2-1-4", "二")] {
        assert!(desk.node(number).text(notes()).ends_with(said), "{number}");
    }
}

#[test]
fn what_has_not_the_text_is_passed_by() {
    let mut desk = Desk::with_the_real_plan();
    // 3-3-1 is a repost and says what its source says.
    desk.go_to("3-3-2");
    desk.enter_field(RESULTS);
    desk.press(CTRL, Key::PageUp);
    assert_eq!(desk.selected(), "3-2-1");
    desk.press(CTRL, Key::PageDown);
    assert_eq!(desk.selected(), "3-3-2");
    assert_eq!(focused(&desk), RESULTS);
    // Before the first she stays where she is.
    desk.go_to("1-1-1");
    desk.enter_field(RESULTS);
    desk.press(CTRL, Key::PageUp);
    assert_eq!(desk.selected(), "1-1-1");
    assert_eq!(focused(&desk), RESULTS);
}

#[test]
fn the_keys_to_the_end_of_a_text_lead_beyond_it() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.enter_field(NOTES);
    desk.press(CTRL, Key::ArrowUp);
    assert_eq!(desk.selected(), "2-1-3", "first to the beginning");
    desk.press(CTRL, Key::ArrowUp);
    assert_eq!(desk.selected(), "2-1-2");
    assert_eq!(focused(&desk), NOTES);
    desk.press(CTRL, Key::End);
    desk.press(CTRL, Key::ArrowDown);
    assert_eq!(desk.selected(), "2-1-3");
    // Not while an IME composes.
    desk.press(CTRL, Key::End);
    desk.preedit("に");
    desk.press(CTRL, Key::ArrowDown);
    assert_eq!(desk.selected(), "2-1-3");
}

#[test]
fn a_question_is_one_stop_and_is_answered_by_keys() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-4");
    desk.enter_field("目標（取組によりめざす指標）");
    desk.press(NONE, Key::Tab);
    assert_eq!(focused(&desk), "目標は達成できそうですか");
    desk.press(NONE, Key::ArrowRight);
    assert_eq!(desk.node("2-1-4").text(outlook()), OFF_TARGET);
    desk.press(NONE, Key::ArrowRight);
    assert_eq!(
        desk.node("2-1-4").text(outlook()),
        OFF_TARGET,
        "the last one"
    );
    desk.press(NONE, Key::ArrowLeft);
    assert_ne!(desk.node("2-1-4").text(outlook()), OFF_TARGET);
    desk.press(NONE, Key::Tab);
    desk.press(NONE, Key::ArrowRight);
    assert_eq!(desk.node("2-1-4").text(progress()), BEHIND);
    desk.press(NONE, Key::Tab);
    assert_eq!(focused(&desk), NOTES);
}

#[test]
fn digits_answer_the_questions_that_follow_each_other() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-4");
    desk.click(Role::RadioButton, "目標達成見込");
    for digit in ["2", "４"] {
        desk.type_text(digit);
    }
    assert_eq!(desk.node("2-1-4").text(outlook()), OFF_TARGET);
    assert_eq!(desk.node("2-1-4").text(progress()), BEHIND);
    // A digit that is none of them is nothing.
    desk.type_text("7");
    desk.press(CTRL, Key::PageDown);
    assert_eq!(desk.selected(), "2-1-5");
    desk.type_text("2");
    assert_eq!(desk.node("2-1-5").text(outlook()), OFF_TARGET);
}

#[test]
fn an_answer_is_taken_back_only_on_purpose() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("1-1-1");
    desk.click(Role::RadioButton, "目標達成見込");
    let before = desk.node("1-1-1").text(outlook()).to_owned();
    for key in [Key::ArrowLeft, Key::Space, Key::ArrowLeft, Key::Enter] {
        desk.press(NONE, key);
        assert_eq!(desk.node("1-1-1").text(outlook()), before, "{key:?}");
    }
    desk.press(NONE, Key::Delete);
    assert_eq!(desk.node("1-1-1").text(outlook()), "");
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.node("1-1-1").text(outlook()), before);
}

#[test]
fn measured_values_are_written_without_the_mouse() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.enter_field("目標（取組によりめざす指標）");
    desk.press(CTRL, Key::M);
    let asked = desk.session().prompt().map(|(_, prompt)| prompt);
    assert!(matches!(asked, Some(Prompt::Measures(_))));
}
