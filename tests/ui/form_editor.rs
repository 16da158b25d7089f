//! 様式を編集: what is changed in the window is in the plan at once, as one step, and everywhere.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use egui::{Key, Modifiers, accesskit::Role};
use furikaeri::{
    export::{self, Format, Options},
    plan::Plan,
    session::Action,
    ui::{Tab, command::Command},
};

use crate::support::{
    desk::Desk,
    plans::real,
    sections::{self, OWNERS, owned},
};

const NONE: Modifiers = Modifiers::NONE;

fn editing(plan: Plan) -> Desk {
    let mut desk = Desk::sized(plan, 1280.0, 1600.0);
    desk.run(Command::EditForm);
    desk.rest();
    desk
}

/// Writes into a field of the editor and leaves it.
fn write(desk: &mut Desk, field: &str, text: &str) {
    desk.enter_field(field);
    desk.press(Modifiers::COMMAND, Key::A);
    desk.type_text(text);
    desk.press(NONE, Key::Enter);
}

fn close(desk: &mut Desk) {
    desk.click(Role::Button, "閉じる（Esc）");
    desk.rest();
    assert!(desk.view().form_editor.is_none());
}

/// All texts of a workbook.
fn workbook(bytes: Vec<u8>) -> String {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut texts = String::new();
    for name in book.sheet_names() {
        let sheet = book.worksheet_range(&name).expect("a sheet");
        for (.., cell) in sheet.used_cells() {
            texts.push_str(&cell.to_string());
            texts.push('\n');
        }
    }
    texts
}

#[test]
fn what_is_typed_is_there_before_the_field_is_left_and_is_one_step() {
    let mut desk = editing(owned());
    let before = desk.plan().form().name.clone();
    desk.enter_field("様式の名前");
    desk.press(Modifiers::COMMAND, Key::A);
    for typed in ["新", "し", "い"] {
        desk.type_text(typed);
    }
    assert_eq!(
        desk.plan().form().name,
        "新しい",
        "it can be kept and saved"
    );
    assert!(desk.session().document().is_unsaved());
    desk.preedit("ようしき");
    assert_eq!(
        desk.plan().form().name,
        "新しい",
        "what is not decided is not taken"
    );
    desk.commit("様式");
    assert_eq!(desk.plan().form().name, "新しい様式");
    desk.press(NONE, Key::Enter);
    desk.act(Action::Undo);
    assert_eq!(desk.plan().form().name, before, "all of it is one step");
}

#[test]
fn a_field_that_is_added_in_the_window_is_in_everything() {
    let mut desk = editing(owned());
    desk.click(Role::Button, "欄を追加");
    write(&mut desk, "欄の見出し：新しい欄", "連携先");
    close(&mut desk);
    let plan = desk.plan().clone();
    desk.go_to("1-1-1");
    desk.show(Tab::Editor);
    assert!(desk.find(Role::MultilineTextInput, "連携先").is_some());
    desk.show(Tab::Form);
    assert!(desk.shows("連携先"));
    for format in [Format::Csv, Format::Html, Format::Markdown] {
        let written = export::write(format, &plan, None, &Options::default(), &mut export::go_on);
        let text = String::from_utf8(written.expect("it is written").bytes).expect("a text");
        assert!(text.contains("連携先"), "{format:?}");
    }
    let written = export::write(
        Format::Xlsx,
        &plan,
        None,
        &Options::default(),
        &mut export::go_on,
    );
    assert!(workbook(written.expect("it is written").bytes).contains("連携先"));
    let handed_out = sections::hand_out(plan);
    assert!(workbook(sections::form(&handed_out, OWNERS[0])).contains("連携先"));
}

#[test]
fn each_change_is_one_step_that_is_undone_in_the_editor() {
    let mut desk = editing(real());
    let before = desk.plan().form().clone();
    write(&mut desk, "欄の見出し：課題・改善策", "課題と対応");
    let heading = |desk: &Desk| {
        let level = desk.plan().form().rows().next().cloned().expect("rows");
        level.fields.last().expect("a field").heading.clone()
    };
    assert_eq!(heading(&desk), "課題と対応");
    desk.click(Role::Button, "列「現状の主な取組実績」：下へ");
    let columns = |desk: &Desk| -> Vec<String> {
        let level = desk.plan().form().rows().next().cloned().expect("rows");
        level.columns.into_iter().map(|it| it.heading).collect()
    };
    assert_eq!(columns(&desk)[1], "目標（取組によりめざす指標）");
    desk.run(Command::Undo);
    desk.rest();
    assert_eq!(columns(&desk)[1], "現状の主な取組実績");
    desk.run(Command::Undo);
    desk.rest();
    assert_eq!(desk.plan().form(), &before);
}

#[test]
fn what_was_typed_is_taken_over_when_the_editor_is_closed() {
    let mut desk = editing(real());
    desk.enter_field("欄の見出し：課題・改善策");
    desk.press(Modifiers::COMMAND, Key::A);
    desk.type_text("手立て");
    close(&mut desk);
    let level = desk.plan().form().rows().next().expect("rows");
    assert_eq!(level.fields.last().expect("a field").heading, "手立て");
}

#[test]
fn a_field_that_says_something_is_not_taken_away_unasked() {
    let mut desk = editing(real());
    desk.click(Role::Button, "課題・改善策：削除");
    assert!(desk.session().prompt().is_some());
    let level = desk.plan().form().rows().next().expect("rows");
    assert_eq!(level.fields.len(), 5);
}

#[test]
fn a_field_that_was_added_is_named_at_once() {
    let mut desk = editing(owned());
    desk.click(Role::Button, "欄を追加");
    desk.harness.run();
    desk.type_text("連携先");
    assert!(desk.find(Role::TextInput, "欄の見出し：連携先").is_some());
}

#[test]
fn a_field_moves_to_the_column_in_which_it_is_ticked() {
    let mut desk = editing(owned());
    let columns = |desk: &Desk| -> Vec<Vec<String>> {
        let level = desk.plan().form().rows().next().expect("a level").clone();
        let fields = level.columns.iter().map(|column| {
            let names = column.fields.iter().map(ToString::to_string);
            names.collect()
        });
        fields.collect()
    };
    let before = columns(&desk);
    assert_eq!(before[1], ["results"]);
    // The first column's box for what stands in the second one.
    let short = desk.plan().form().rows().next().expect("it").fields[0]
        .short()
        .to_owned();
    desk.click_first(Role::CheckBox, &short);
    let after = columns(&desk);
    assert!(after[0].contains(&"results".to_owned()), "{after:?}");
    assert_eq!(
        after.len(),
        before.len() - 1,
        "nothing is left in the second"
    );
    desk.act(Action::Undo);
    assert_eq!(columns(&desk), before);
}
