//! Typing Japanese: what an IME composes is not the user's decision yet, so nothing may happen
//! with it. The sequences are those that winit hands to egui.

use egui::{Key, Modifiers};

use crate::support::{desk::Desk, plans::results};

const RESULTS: &str = "現状の主な取組実績";

fn at_2_1_3() -> Desk {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.enter_field(RESULTS);
    desk
}

#[test]
fn a_composition_reaches_the_plan_only_when_it_is_decided() {
    let mut desk = at_2_1_3();
    let before = desk.node("2-1-3").text(results()).to_owned();
    for preedit in ["ｔ", "ちょ", "ちょうせい", "調整"] {
        desk.preedit(preedit);
        // However long she thinks about which characters to choose.
        desk.rest();
        assert_eq!(desk.node("2-1-3").text(results()), before, "{preedit}");
        assert_eq!(desk.next_undo(), None, "{preedit}");
    }
    desk.commit("調整");
    desk.rest();
    assert_eq!(desk.node("2-1-3").text(results()), format!("{before}調整"));
    assert!(desk.next_undo().is_some());
}

#[test]
fn a_composition_that_is_given_up_leaves_no_trace() {
    let mut desk = at_2_1_3();
    let before = desk.node("2-1-3").text(results()).to_owned();
    desk.preedit("ちょうせい");
    desk.preedit("");
    desk.rest();
    assert_eq!(desk.node("2-1-3").text(results()), before);
    assert!(!desk.session().document().is_unsaved());
}

#[test]
fn no_key_does_anything_else_while_composing() {
    let mut desk = at_2_1_3();
    desk.type_text("一");
    desk.rest();
    desk.preedit("に");
    for (modifiers, key) in [
        (Modifiers::COMMAND, Key::Z),
        (Modifiers::COMMAND, Key::D),
        (Modifiers::ALT, Key::ArrowDown),
        (Modifiers::NONE, Key::F6),
        (Modifiers::COMMAND, Key::S),
    ] {
        desk.press(modifiers, key);
        assert!(desk.session().prompt().is_none(), "{key:?}");
        assert!(desk.field(RESULTS).is_focused(), "{key:?}");
    }
    assert_eq!(desk.selected(), "2-1-3");
    desk.commit("二");
    desk.rest();
    assert!(desk.node("2-1-3").text(results()).ends_with("一二"));
}

#[test]
fn the_enter_that_decides_is_no_line_break() {
    let mut desk = at_2_1_3();
    desk.preedit("ちょうせい");
    // Some platforms send the key of the decision along with it.
    desk.harness
        .event(egui::Event::Ime(egui::ImeEvent::Commit("調整".to_owned())));
    desk.rest();
    assert!(desk.node("2-1-3").text(results()).ends_with("調整"));
    // The next Enter is one again.
    desk.press(Modifiers::NONE, Key::Enter);
    desk.rest();
    assert!(desk.node("2-1-3").text(results()).ends_with("調整\n・"));
}

#[test]
fn leaving_the_field_in_the_middle_keeps_what_was_seen() {
    let mut desk = at_2_1_3();
    desk.preedit("ちょうせい");
    desk.click(egui::accesskit::Role::TreeItem, "福祉避難所の設置運営支援");
    assert_eq!(desk.selected(), "2-1-4");
    assert!(desk.node("2-1-3").text(results()).ends_with("ちょうせい"));
    // And the keys work again.
    desk.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(
        desk.next_undo().as_deref(),
        Some("具体的取組の移動（２－１－４）")
    );
}
