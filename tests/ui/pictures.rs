//! Pictures of whole screens, compared pixel by pixel in a full run.

use egui::{Modifiers, Theme};
use egui_kittest::SnapshotOptions;
use furikaeri::{
    plan::handout::{self, Stage},
    storage::builtin,
};

use crate::support::{desk::Desk, need::Need};

/// Takes the picture and compares it with the one that is kept.
fn picture(desk: &mut Desk, name: &str) {
    if !Need::Driver.is_met() {
        return;
    }
    desk.harness.remove_cursor();
    // What the checks find is in the picture.
    desk.finish_jobs();
    let options = SnapshotOptions::new().output_path("tests/snapshots");
    desk.harness.snapshot_options(name, &options);
}

#[test]
fn the_window_as_it_opens_on_an_initiative() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    picture(&mut desk, "window");
}

#[test]
fn the_window_in_the_dark() {
    let mut desk = Desk::with_the_real_plan();
    desk.harness.ctx.set_theme(Theme::Dark);
    desk.go_to("2-1");
    picture(&mut desk, "dark");
}

#[test]
fn the_smallest_window() {
    let plan = builtin::plan().expect("the built-in plan");
    let mut desk = Desk::sized(plan, 1024.0, 700.0);
    desk.go_to("1-1-4");
    picture(&mut desk, "small");
}

#[test]
fn an_empty_plan() {
    let mut desk = Desk::with_an_empty_plan();
    picture(&mut desk, "empty");
}

#[test]
fn a_question() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1");
    desk.press(Modifiers::NONE, egui::Key::Delete);
    picture(&mut desk, "question");
}

#[test]
fn the_whole_at_a_glance() {
    let mut desk = Desk::with_the_real_plan();
    desk.press(Modifiers::COMMAND, egui::Key::Num1);
    picture(&mut desk, "overview");
}

#[test]
fn the_form_on_the_screen() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1");
    desk.press(Modifiers::COMMAND, egui::Key::Num3);
    picture(&mut desk, "form");
}

#[test]
fn the_whole_in_high_contrast() {
    let mut desk = Desk::with_the_real_plan();
    desk.harness.ctx.set_theme(Theme::Dark);
    desk.menu("表示", "高コントラストの切り替え");
    desk.press(Modifiers::COMMAND, egui::Key::Num1);
    picture(&mut desk, "contrast");
}

#[test]
fn what_the_checks_find() {
    let mut desk = Desk::with_the_real_plan();
    desk.press(Modifiers::COMMAND, egui::Key::Num4);
    picture(&mut desk, "checks");
}

#[test]
fn what_has_changed() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.type_in("課題・改善策", "関係者への働きかけは１１月から始める。");
    desk.rest();
    desk.press(Modifiers::COMMAND, egui::Key::Num5);
    picture(&mut desk, "changes");
}

#[test]
fn who_has_not_sent_it_back() {
    let mut plan = builtin::plan().expect("the built-in plan");
    let strategies: Vec<_> = plan.top()[..2]
        .iter()
        .flat_map(|issue| issue.children.iter().map(|strategy| strategy.id))
        .collect();
    let owners = ["協働まちづくり", "防災担当", "防災担当", "総務課"];
    for (id, owner) in strategies.into_iter().zip(owners) {
        let edit = handout::assign(&plan, &[id], owner);
        plan.apply(&edit).expect("a section");
    }
    let day = |day| jiff::civil::Date::constant(2021, 11, day);
    let id = plan.top()[0].id;
    let names = owners.map(str::to_owned);
    let round = plan.round().clone();
    let round = round.handed_out(&names[1..], day(1), Some(day(19)), id);
    let round = round.with_step("防災担当", Stage::TakenIn, day(15));
    let mut desk = Desk::with(plan.with_round(round));
    desk.press(Modifiers::COMMAND, egui::Key::Num6);
    picture(&mut desk, "sections");
}
