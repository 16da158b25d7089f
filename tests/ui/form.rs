//! The form view: the printed table on the screen, written in place.

use std::sync::Arc;

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use furikaeri::plan::{Edit, Plan};

use crate::support::{
    desk::Desk,
    plans::{self, BEHIND, notes, progress, real, results},
};

const CTRL: Modifiers = Modifiers::COMMAND;

fn after(mut plan: Plan, edit: Edit) -> Plan {
    plan.apply(&edit).expect("it fits");
    plan
}

fn form_of(number: &str) -> Desk {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to(number);
    desk.press(CTRL, Key::Num3);
    desk
}

#[test]
fn a_strategy_stands_as_the_printed_table() {
    let desk = form_of("2-3");
    for text in [
        "戦略２－３　歩行や移動の安全性の確保",
        "具体的取組",
        "現状の主な取組実績",
        "目標（取組によりめざす指標）",
        "達成状況と課題・改善策",
        "【目標達成見込、取組予定通り進捗している】",
        "「交通バリアフリー弁天町地区連絡調整会議」の開催（1回）",
    ] {
        assert!(desk.shows(text), "{text}");
    }
}

#[test]
fn a_cell_is_the_same_text_as_in_the_editor() {
    let mut desk = form_of("2-1-3");
    desk.write_cell("２－１－３ 現状の主な取組実績", "、追記");
    desk.press(CTRL, Key::Num2);
    assert!(desk.node("2-1-3").text(results()).ends_with("、追記"));
    let field = desk.field("現状の主な取組実績").value();
    assert!(field.is_some_and(|text| text.ends_with("、追記")));
}

#[test]
fn the_row_that_is_written_in_is_the_row_that_commands_act_on() {
    let mut desk = form_of("2");
    desk.write_cell("２－１－２ 課題・改善策", "");
    assert_eq!(desk.selected(), "2-1-2");
    let issue = desk.plan().top()[1].id;
    assert_eq!(desk.view().form_part, Some(issue), "it stays as a whole");
    // A command goes on to the next row, and the cursor with it.
    desk.press(CTRL, Key::PageDown);
    assert_eq!(desk.selected(), "2-1-3");
    let before = desk.node("2-1-2").text(notes()).to_owned();
    desk.type_text("追記");
    desk.press(Modifiers::NONE, Key::F6);
    assert!(desk.node("2-1-3").text(notes()).contains("追記"));
    assert_eq!(desk.node("2-1-2").text(notes()), before);
    assert_eq!(desk.selected(), "2-1-3");
}

#[test]
fn the_columns_are_as_wide_as_the_form_says() {
    let widths = |widths: [u16; 4]| {
        let mut form = (*plans::form()).clone();
        for level in &mut form.levels {
            for (column, share) in level.columns.iter_mut().zip(widths) {
                column.share = share;
            }
        }
        let mut desk = Desk::with(after(real(), Edit::Form(Arc::new(form))));
        desk.go_to("2-3-1");
        desk.press(CTRL, Key::Num3);
        let cells = [
            "２－３－１ 具体的取組",
            "２－３－１ 現状の主な取組実績",
            "２－３－１ 目標（取組によりめざす指標）",
        ];
        cells.map(|cell| desk.field(cell).rect().width())
    };
    let usual = widths([17, 30, 23, 30]);
    let other = widths([30, 17, 30, 23]);
    assert!(usual[0] < usual[2] && usual[2] < usual[1], "{usual:?}");
    assert!(other[1] < other[0], "{other:?}");
    assert!((other[0] - other[2]).abs() < 2.0, "{other:?}");
}

#[test]
fn the_status_is_chosen_in_its_cell() {
    let mut desk = form_of("2-3-1");
    desk.click(Role::Button, "【目標達成見込、取組予定通り進捗している】");
    desk.click(Role::RadioButton, "取組予定通り進捗していない");
    assert_eq!(desk.node("2-3-1").text(progress()), BEHIND);
}

#[test]
fn a_repost_is_one_line_that_leads_to_its_source() {
    let mut desk = form_of("3-3");
    desk.click(Role::Link, "具体的取組３－１－２の再掲");
    assert_eq!(desk.selected(), "3-1-2");
}

#[test]
fn a_title_that_is_pasted_with_line_breaks_stays_one_line() {
    let mut desk = form_of("2-3-1");
    desk.write_cell("２－３－１ 具体的取組", "");
    desk.harness
        .event(egui::Event::Paste("上\r\n下".to_owned()));
    desk.harness.run();
    desk.rest();
    assert!(desk.node("2-3-1").title.ends_with("上 下"));
}

#[test]
fn it_is_copied_as_cells() {
    let desk = form_of("2-3");
    let text = furikaeri::ui::copy::table(desk.session(), desk.view());
    assert!(
        text.starts_with(
            "経営課題番号\t経営課題\t戦略番号\t戦略\t具体的取組番号\t具体的取組\t担当\t実績\t"
        ),
        "{text}"
    );
    assert!(
        text.contains("\t3\t歩行や移動の安全性の確保\t1\t弁天町駅周辺のバリアフリーに向けた取組\t"),
        "{text}"
    );
    assert!(desk.harness.query_by_label("番号").is_none());
}
