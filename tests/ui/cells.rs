//! The form as a spreadsheet: cells are selected, written in, copied, filled and emptied as there.

use egui::{Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, accesskit::Role};
use furikaeri::{plan::Standing, session::Prompt};

use crate::support::{
    desk::Desk,
    plans::{BEHIND, OFF_TARGET, notes, outlook, progress, results, target},
};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;

const RESULTS: &str = "現状の主な取組実績";
const TARGET: &str = "目標（取組によりめざす指標）";
const NOTES: &str = "課題・改善策";

/// The strategy of an initiative in the form, with this cell of it selected.
fn at(number: &str, name: &str) -> Desk {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to(number);
    desk.press(CTRL, Key::Num3);
    desk.field(&cell(number, name)).focus();
    desk.harness.run();
    desk
}

fn cell(number: &str, name: &str) -> String {
    format!("{} {name}", furikaeri::form::full_width(number))
}

fn is_at(desk: &Desk, number: &str, name: &str) -> bool {
    desk.field(&cell(number, name)).is_focused() && desk.selected() == number
}

fn key(key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: NONE,
    }
}

fn event(desk: &mut Desk, event: Event) {
    desk.harness.event(event);
    desk.harness.run();
}

fn paste(desk: &mut Desk, cells: &str) {
    event(desk, Event::Paste(cells.to_owned()));
}

/// What Ctrl+C puts on the clipboard.
fn copied(desk: &mut Desk) -> String {
    desk.harness.event(Event::Copy);
    desk.harness.step();
    let commands = &desk.harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    desk.harness.run();
    copied.expect("something copied")
}

#[test]
fn arrows_go_from_cell_to_cell() {
    let mut desk = at("2-1-2", RESULTS);
    for (key, number, name) in [
        (Key::ArrowDown, "2-1-3", RESULTS),
        (Key::ArrowRight, "2-1-3", TARGET),
        (Key::ArrowUp, "2-1-2", TARGET),
        (Key::ArrowLeft, "2-1-2", RESULTS),
        (Key::End, "2-1-2", NOTES),
        (Key::ArrowRight, "2-1-2", NOTES),
        (Key::Home, "2-1-2", "具体的取組"),
    ] {
        desk.press(NONE, key);
        assert!(is_at(&desk, number, name), "{key:?}");
    }
    desk.press(CTRL, Key::ArrowDown);
    assert!(is_at(&desk, "2-1-6", "具体的取組"));
    assert!(!desk.session().document().is_unsaved());
}

#[test]
fn what_is_typed_replaces_the_cell_and_enter_goes_down_the_column() {
    let mut desk = at("2-1-2", RESULTS);
    for said in ["一", "二", "三"] {
        desk.type_text(said);
        desk.press(NONE, Key::Enter);
    }
    for (number, said) in [("2-1-2", "一"), ("2-1-3", "二"), ("2-1-4", "三")] {
        assert_eq!(desk.node(number).text(results()), said);
    }
    assert!(is_at(&desk, "2-1-5", RESULTS));
    desk.press(CTRL, Key::Z);
    assert_ne!(desk.node("2-1-4").text(results()), "三");
    assert_eq!(desk.node("2-1-3").text(results()), "二", "a step for each");
}

#[test]
fn enter_or_f2_writes_at_the_end_and_alt_enter_breaks_the_line() {
    let mut desk = at("2-1-3", RESULTS);
    let before = desk.node("2-1-3").text(results()).to_owned();
    desk.press(NONE, Key::Enter);
    desk.press(ALT, Key::Enter);
    desk.type_text("続き");
    desk.press(NONE, Key::Enter);
    // The line goes on as the list does.
    assert_eq!(
        desk.node("2-1-3").text(results()),
        format!("{before}\n・続き")
    );
    assert!(is_at(&desk, "2-1-4", RESULTS));
    desk.press(NONE, Key::ArrowUp);
    desk.press(NONE, Key::F2);
    desk.press(NONE, Key::ArrowLeft);
    desk.type_text("。");
    desk.press(SHIFT, Key::Enter);
    assert!(desk.node("2-1-3").text(results()).ends_with("続。き"));
    assert!(is_at(&desk, "2-1-2", RESULTS));
}

#[test]
fn after_tabs_enter_goes_to_the_next_row_where_they_began() {
    let mut desk = at("2-1-2", RESULTS);
    desk.type_text("実績");
    desk.press(NONE, Key::Tab);
    assert!(is_at(&desk, "2-1-2", TARGET));
    desk.press(NONE, Key::Tab);
    desk.type_text("2");
    desk.press(NONE, Key::Tab);
    assert!(is_at(&desk, "2-1-2", NOTES), "three Tabs to the notes");
    desk.type_text("課題");
    desk.press(NONE, Key::Enter);
    assert!(is_at(&desk, "2-1-3", RESULTS));
    desk.press(SHIFT, Key::Tab);
    desk.press(SHIFT, Key::Tab);
    assert!(is_at(&desk, "2-1-2", NOTES), "back over the end of a row");
    let node = desk.node("2-1-2");
    assert_eq!(node.text(results()), "実績");
    assert_eq!(node.text(outlook()), OFF_TARGET);
    assert_eq!(node.text(notes()), "課題");
}

#[test]
fn escape_takes_back_what_was_typed_in_a_cell() {
    let mut desk = at("2-1-3", NOTES);
    let before = desk.plan().clone();
    for key in [None, Some(Key::F2)] {
        key.into_iter().for_each(|key| desk.press(NONE, key));
        desk.type_text("やめる");
        // However long it stood there.
        desk.rest();
        desk.press(NONE, Key::Escape);
        assert!(*desk.plan() == before);
        assert!(is_at(&desk, "2-1-3", NOTES), "the cell is selected still");
        assert_eq!(desk.next_undo(), None);
    }
    desk.press(NONE, Key::ArrowUp);
    assert!(is_at(&desk, "2-1-2", NOTES));
}

#[test]
fn an_ime_replaces_the_cell_from_its_first_character_on() {
    let mut desk = at("2-1-3", RESULTS);
    let before = desk.node("2-1-3").text(results()).to_owned();
    for preedit in ["ｔ", "つ", "つな", "津波"] {
        desk.preedit(preedit);
        let value = desk.field(&cell("2-1-3", RESULTS)).value();
        assert_eq!(value.as_deref(), Some(preedit));
        desk.rest();
        assert_eq!(desk.node("2-1-3").text(results()), before, "{preedit}");
    }
    // The Enter that decides comes along on some systems; it does not leave the cell.
    desk.harness.event(Event::Ime(egui::ImeEvent::Preedit {
        text: String::new(),
        active_range_chars: None,
    }));
    let decided = [
        Event::Ime(egui::ImeEvent::Commit("津波".to_owned())),
        key(Key::Enter),
    ];
    desk.harness.input_mut().events.extend(decided);
    desk.harness.run();
    assert!(desk.field(&cell("2-1-3", RESULTS)).is_focused());
    desk.preedit("ひなん");
    desk.commit("避難");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.node("2-1-3").text(results()), "津波避難");
    assert!(is_at(&desk, "2-1-4", RESULTS));
    assert_eq!(
        desk.next_undo().as_deref(),
        Some("実績の編集（２－１－３）")
    );
}

#[test]
fn an_ime_that_gives_up_leaves_the_cell_as_it_was() {
    let mut desk = at("2-1-3", RESULTS);
    let before = desk.node("2-1-3").text(results()).to_owned();
    desk.preedit("つなみ");
    desk.preedit("");
    desk.rest();
    assert_eq!(desk.node("2-1-3").text(results()), before);
    assert!(!desk.session().document().is_unsaved());
    // Where what is decided comes a frame later, it is there all the same.
    desk.preedit("つなみ");
    desk.preedit("");
    desk.commit("津波");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.node("2-1-3").text(results()), "津波");
}

#[test]
fn no_key_leaves_the_cell_while_composing() {
    let mut desk = at("2-1-3", RESULTS);
    desk.preedit("つなみ");
    for key in [Key::Enter, Key::Tab, Key::F2] {
        desk.press(NONE, key);
        assert!(desk.field(&cell("2-1-3", RESULTS)).is_focused(), "{key:?}");
    }
    desk.commit("津波");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.node("2-1-3").text(results()), "津波");
}

#[test]
fn keys_that_come_faster_than_frames_reach_the_cells_they_are_for() {
    let mut desk = at("2-1-2", RESULTS);
    // All at once, and the way back as well, where the cells are drawn in another order.
    let pressed = [
        Event::Text("一".to_owned()),
        key(Key::Enter),
        Event::Text("二".to_owned()),
        key(Key::Tab),
        Event::Text("三".to_owned()),
        key(Key::Escape),
        key(Key::ArrowUp),
        Event::Text("四".to_owned()),
        key(Key::Enter),
    ];
    desk.harness.input_mut().events.extend(pressed);
    desk.harness.run();
    let said = |number: &str, at| desk.node(number).text(at).to_owned();
    assert_eq!(said("2-1-2", results()), "一");
    assert_eq!(said("2-1-3", results()), "二");
    assert_eq!(said("2-1-2", target()), "四");
    assert_ne!(said("2-1-3", target()), "三");
}

fn click_at(desk: &mut Desk, at: Pos2) {
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: NONE,
    };
    // In one frame, so that two of them are not too far apart.
    let click = [Event::PointerMoved(at), button(true), button(false)];
    desk.harness.input_mut().events.extend(click);
    desk.harness.step();
}

#[test]
fn a_click_selects_and_a_double_click_writes_where_it_was() {
    let mut desk = at("2-1-3", NOTES);
    let name = cell("2-1-3", RESULTS);
    let place = desk.field(&name).rect();
    let text = desk.node("2-1-3").text(results()).to_owned();
    let first = place.left_top() + egui::vec2(10.0, 12.0);
    click_at(&mut desk, first);
    desk.harness.run();
    assert!(is_at(&desk, "2-1-3", RESULTS));
    desk.rest();
    click_at(&mut desk, first);
    click_at(&mut desk, first);
    desk.harness.run();
    desk.type_text("先頭");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.node("2-1-3").text(results()), format!("先頭{text}"));
}

#[test]
fn several_cells_are_emptied_in_one_step() {
    let mut desk = at("2-1-2", RESULTS);
    let before = desk.plan().clone();
    desk.press(SHIFT, Key::ArrowDown);
    desk.press(SHIFT, Key::ArrowRight);
    desk.press(NONE, Key::Delete);
    for number in ["2-1-2", "2-1-3"] {
        assert_eq!(desk.node(number).text(results()), "");
        assert_eq!(desk.node(number).text(target()), "");
    }
    assert_ne!(desk.node("2-1-4").text(results()), "");
    assert_eq!(desk.next_undo().as_deref(), Some("内容の削除（4 か所）"));
    desk.press(CTRL, Key::Z);
    assert!(*desk.plan() == before);
}

#[test]
fn cells_are_selected_by_dragging() {
    let mut desk = at("2-1-1", NOTES);
    let place = |desk: &Desk, number: &str, name: &str| desk.field(&cell(number, name)).rect();
    let from = place(&desk, "2-1-1", RESULTS).center();
    let to = place(&desk, "2-1-2", TARGET).center();
    desk.drag(from, to);
    desk.press(NONE, Key::Delete);
    assert_eq!(desk.next_undo().as_deref(), Some("内容の削除（4 か所）"));
    assert_eq!(desk.node("2-1-2").text(target()), "");
}

#[test]
fn cells_are_copied_as_a_spreadsheet_takes_them_and_come_back() {
    let mut desk = at("2-1-3", TARGET);
    desk.press(SHIFT, Key::ArrowRight);
    desk.press(SHIFT, Key::ArrowRight);
    desk.press(SHIFT, Key::ArrowDown);
    let cells = copied(&mut desk);
    let lines: Vec<_> = cells.matches('\t').collect();
    // The target, two answers and the notes of two initiatives.
    assert_eq!(lines.len(), 6, "{cells}");
    assert!(cells.contains("\t達成見込\t予定通りでない\t"), "{cells}");
    let before = desk.plan().clone();
    desk.press(NONE, Key::Delete);
    assert_eq!(desk.standing("2-1-3"), Standing::Unassessed);
    paste(&mut desk, &cells);
    desk.click(Role::Button, "貼り付ける");
    assert!(*desk.plan() == before);
}

#[test]
fn cells_of_excel_are_shown_before_they_fill_the_form() {
    let mut desk = at("2-1-5", RESULTS);
    let before = desk.plan().clone();
    paste(
        &mut desk,
        "\"・一\r\n・二\"\t目標\t目標未達成見込\t達成\r\n\t別の目標\t\t\r\n越える\r\n",
    );
    assert!(matches!(
        desk.session().prompt(),
        Some((_, Prompt::Fill(_)))
    ));
    for text in [
        "か所が変わります",
        "２－１－５ 実績",
        "「達成」は選択肢にありません",
        "表の終わりを越える 1 行",
    ] {
        assert!(desk.shows(text), "{text}");
    }
    assert!(*desk.plan() == before, "nothing is done yet");
    desk.press(NONE, Key::Enter);
    let (first, second) = (desk.node("2-1-5"), desk.node("2-1-6"));
    assert_eq!(first.text(results()), "・一\n・二");
    assert_eq!(first.text(target()), "目標");
    assert_eq!(first.text(outlook()), OFF_TARGET);
    assert_eq!(second.text(results()), "");
    assert_eq!(second.text(target()), "別の目標");
    assert_eq!(second.text(progress()), "");
    desk.press(CTRL, Key::Z);
    assert!(*desk.plan() == before, "one step");
    // The keys are back where they were.
    desk.press(NONE, Key::ArrowUp);
    assert!(is_at(&desk, "2-1-4", RESULTS));
}

#[test]
fn a_single_cell_is_taken_at_once_by_all_that_are_selected() {
    let mut desk = at("2-1-3", NOTES);
    paste(&mut desk, "\"一\r\n二\"\r\n");
    assert!(desk.session().prompt().is_none());
    assert_eq!(desk.node("2-1-3").text(notes()), "一\n二");
    desk.press(SHIFT, Key::ArrowDown);
    paste(&mut desk, "同じ");
    desk.click(Role::Button, "貼り付ける");
    for number in ["2-1-3", "2-1-4"] {
        assert_eq!(desk.node(number).text(notes()), "同じ");
    }
}

#[test]
fn lines_of_a_letter_are_one_text_where_she_says_so() {
    let mut desk = at("2-1-3", NOTES);
    let below = desk.node("2-1-4").text(notes()).to_owned();
    paste(&mut desk, "一つ目\r\n二つ目\r\n");
    desk.click(Role::Button, "一つの欄に入れる");
    assert_eq!(desk.node("2-1-3").text(notes()), "一つ目\n二つ目");
    assert_eq!(desk.node("2-1-4").text(notes()), below);
}

#[test]
fn the_status_is_answered_by_digits_and_in_its_list() {
    let mut desk = at("2-1-5", TARGET);
    desk.press(NONE, Key::ArrowRight);
    for digit in ["2", "4"] {
        desk.type_text(digit);
    }
    let node = desk.node("2-1-5");
    assert_eq!(node.text(outlook()), OFF_TARGET);
    assert_eq!(node.text(progress()), BEHIND);
    desk.press(NONE, Key::ArrowDown);
    assert_eq!(desk.selected(), "2-1-6");
    desk.press(NONE, Key::Enter);
    assert!(desk.find(Role::RadioButton, "目標未達成見込").is_some());
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.node("2-1-6").text(outlook()), OFF_TARGET);
    // On to the second question, whose last answer is next but one.
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.node("2-1-6").text(progress()), BEHIND);
    assert!(desk.find(Role::RadioButton, "目標未達成見込").is_none());
    desk.press(NONE, Key::Delete);
    assert_eq!(desk.standing("2-1-6"), Standing::Unassessed);
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.node("2-1-6").text(progress()), BEHIND);
}

#[test]
fn a_digit_answers_for_all_that_are_selected() {
    let mut desk = at("2-1-3", TARGET);
    desk.press(NONE, Key::ArrowRight);
    let before = desk.plan().clone();
    desk.press(SHIFT | CTRL, Key::ArrowDown);
    desk.type_text("2");
    assert_eq!(desk.next_undo().as_deref(), Some("選択の変更（4 か所）"));
    for number in ["2-1-3", "2-1-4", "2-1-5", "2-1-6"] {
        assert_eq!(desk.node(number).text(outlook()), OFF_TARGET, "{number}");
    }
    assert_ne!(desk.node("2-1-2").text(outlook()), OFF_TARGET);
    desk.press(CTRL, Key::Z);
    assert!(*desk.plan() == before);
}

/// Counts what is pressed besides what is written: the initiatives of an issue, each with results, two
/// answers and notes.
#[test]
fn an_issue_is_written_with_few_keys() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2");
    desk.press(CTRL, Key::Num3);
    desk.field(&cell("2-1-1", RESULTS)).focus();
    desk.harness.run();
    let rows = [
        "2-1-1", "2-1-2", "2-1-3", "2-1-4", "2-1-5", "2-1-6", "2-2-1", "2-3-1", "2-4-1",
    ];
    let mut keys = 0;
    let mut press = |desk: &mut Desk, modifiers, key| {
        keys += 1;
        desk.press(modifiers, key);
    };
    let column = |desk: &mut Desk, press: &mut dyn FnMut(&mut Desk, Modifiers, Key), said: &str| {
        for number in rows {
            desk.type_text(&format!("{said}{number}"));
            press(desk, NONE, Key::Enter);
        }
    };
    column(&mut desk, &mut press, "実績");
    press(&mut desk, CTRL, Key::ArrowUp);
    press(&mut desk, NONE, Key::ArrowRight);
    press(&mut desk, NONE, Key::ArrowRight);
    press(&mut desk, CTRL | SHIFT, Key::ArrowDown);
    for digit in ["1", "3"] {
        desk.type_text(digit);
    }
    press(&mut desk, NONE, Key::ArrowUp);
    desk.type_text("4");
    press(&mut desk, NONE, Key::ArrowRight);
    press(&mut desk, CTRL, Key::ArrowUp);
    column(&mut desk, &mut press, "課題");
    for number in rows {
        let node = desk.node(number);
        assert_eq!(node.text(results()), format!("実績{number}"));
        assert_eq!(node.text(notes()), format!("課題{number}"));
        assert_ne!(desk.standing(number), Standing::Unassessed);
    }
    assert_eq!(desk.standing("2-1-1"), Standing::Good);
    // Two for each initiative and a few on the way, and three digits.
    assert_eq!(keys, 2 * rows.len() + 7);
}

#[test]
fn the_open_list_covers_nothing_of_its_column() {
    let mut desk = at("2-1-3", NOTES);
    let column = desk.field(&cell("2-1-3", NOTES)).rect();
    desk.press(NONE, Key::ArrowLeft);
    desk.press(NONE, Key::Enter);
    let choice = desk.get(Role::RadioButton, "目標未達成見込").rect();
    assert!(choice.right() < column.left(), "{choice:?} {column:?}");
}

#[test]
fn what_is_being_written_goes_on_in_the_next_row_and_after_a_dialog() {
    let mut desk = at("2-1-3", NOTES);
    desk.write_cell(&cell("2-1-3", NOTES), "一");
    desk.press(CTRL, Key::PageDown);
    desk.type_text("二");
    desk.press(CTRL, Key::E);
    desk.press(NONE, Key::Escape);
    desk.type_text("三");
    desk.press(NONE, Key::Enter);
    let real = furikaeri::storage::builtin::plan().expect("the built-in plan");
    let before = |number| {
        let id = crate::support::plans::numbered(&real, number);
        real.text(Some(id), notes()).to_owned()
    };
    for (number, said) in [("2-1-3", "一"), ("2-1-4", "二三")] {
        let expected = format!("{}{said}", before(number));
        assert_eq!(desk.node(number).text(notes()), expected);
    }
    // From row to row over the end of a table.
    desk.press(CTRL, Key::PageDown);
    desk.press(CTRL, Key::PageDown);
    assert!(is_at(&desk, "2-2-1", NOTES));
}

#[test]
fn from_a_heading_the_keys_go_to_the_first_cell_below_it() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2");
    desk.press(CTRL, Key::Num3);
    desk.press(NONE, Key::F6);
    assert!(is_at(&desk, "2-1-1", "具体的取組"));
    let issue = desk.plan().top()[1].id;
    assert_eq!(desk.view().form_part, Some(issue), "as a whole");
    desk.press(NONE, Key::ArrowRight);
    assert!(is_at(&desk, "2-1-1", RESULTS));
    // Back and forth she finds the cell again.
    desk.press(NONE, Key::F6);
    assert!(desk.tree().is_focused());
    desk.press(NONE, Key::F6);
    assert!(is_at(&desk, "2-1-1", RESULTS));
}

#[test]
fn a_row_that_has_not_the_cell_is_passed_by() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("3");
    desk.press(CTRL, Key::Num3);
    let name = cell("3-2-1", RESULTS);
    desk.field(&name).focus();
    desk.harness.run();
    desk.press(NONE, Key::ArrowDown);
    assert_eq!(desk.selected(), "3-3-2", "3-3-1 is a repost");
}

#[test]
fn an_ime_stays_switched_on_from_cell_to_cell() {
    let mut desk = at("2-1-3", RESULTS);
    desk.preedit("つなみ");
    desk.commit("津波");
    for pressed in [Key::Enter, Key::Tab, Key::ArrowLeft, Key::ArrowUp] {
        desk.harness.input_mut().events.push(key(pressed));
        for frame in 0..6 {
            desk.harness.step();
            let ime = desk.harness.output().platform_output.ime;
            let is_on = ime.is_some_and(|ime| !ime.should_interrupt_composition);
            assert!(is_on, "{pressed:?}, frame {frame}: {ime:?}");
        }
    }
}

#[test]
fn what_is_composed_right_after_enter_is_for_the_cell_below() {
    let mut desk = at("2-1-3", RESULTS);
    desk.type_text("津波");
    let preedit = Event::Ime(egui::ImeEvent::Preedit {
        text: "ひなん".to_owned(),
        active_range_chars: None,
    });
    let pressed = [key(Key::Enter), preedit];
    desk.harness.input_mut().events.extend(pressed);
    desk.harness.run();
    desk.commit("避難");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.node("2-1-3").text(results()), "津波");
    assert_eq!(desk.node("2-1-4").text(results()), "避難");
}
