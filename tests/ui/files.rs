//! Opening, saving, closing: nothing is lost, and the window always says where things stand.

use std::fs;

use egui::{Key, Modifiers, ViewportCommand, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use furikaeri::{
    session::Action,
    storage::{builtin, files, format},
};
use tempfile::TempDir;

use crate::support::{desk::Desk, plans::results};

const CTRL: Modifiers = Modifiers::COMMAND;

/// A folder with the real plan as a file in it.
fn folder() -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("港区 計画.ron");
    let plan = builtin::plan().expect("the built-in plan");
    fs::write(&path, format::write(&plan).expect("RON")).expect("a file");
    (folder, path)
}

fn mark_2_1_3_off_target(desk: &mut Desk) {
    desk.go_to("2-1-3");
    desk.click(Role::RadioButton, "目標未達成見込");
}

#[test]
fn a_file_is_opened_edited_saved_and_opened_again() {
    let (_folder, path) = folder();
    let mut desk = Desk::with_file(&path);
    assert!(desk.shows("港区 計画.ron"));
    assert!(desk.shows("保存済み"));
    desk.go_to("2-1-3");
    desk.type_in("現状の主な取組実績", "、四箇所で調整済み");
    assert!(desk.shows("未保存の変更があります"));
    // Saving takes what is being typed along.
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    assert!(desk.shows("保存しました"));
    assert!(!desk.session().document().is_unsaved());
    let again = Desk::with_file(&path);
    assert_eq!(again.plan(), desk.plan());
    assert!(
        again
            .node("2-1-3")
            .text(results())
            .ends_with("、四箇所で調整済み")
    );
}

#[test]
fn the_built_in_plan_asks_where_to_be_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::with_the_real_plan();
    assert!(desk.shows("まだファイルに保存していません"));
    desk.press(CTRL, Key::S);
    let proposed = desk.field("ファイルの場所").value();
    assert_eq!(proposed.as_deref(), Some("港区_R3中間振り返り.ron"));
    let path = folder.path().join("新しい計画");
    answer_path(&mut desk, &path.to_string_lossy(), "保存");
    let saved = folder.path().join("新しい計画.ron");
    assert_eq!(
        files::open(&saved).expect("the saved plan").plan,
        *desk.plan()
    );
    assert_eq!(desk.session().document().path(), Some(saved.as_path()));
}

fn answer_path(desk: &mut Desk, path: &str, verb: &str) {
    desk.field("ファイルの場所").focus();
    desk.harness.run();
    desk.press(CTRL, Key::A);
    desk.type_text(path);
    desk.harness
        .get_all_by_role_and_label(Role::Button, verb)
        .last()
        .expect(verb)
        .click();
    desk.harness.run();
    desk.finish_jobs();
}

#[test]
fn a_section_is_exported_from_the_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1");
    desk.press(CTRL, Key::E);
    for scope in [
        "計画全体",
        "経営課題２　安全・安心・快適なまちづくり",
        "戦略２－１　防災対策の強化",
    ] {
        desk.get(Role::RadioButton, scope);
    }
    desk.click(Role::RadioButton, "CSV（一覧表）");
    desk.click(Role::Button, "場所を選ぶ…");
    let proposed = desk.field("ファイルの場所").value();
    assert_eq!(proposed.as_deref(), Some("港区_R3中間振り返り_戦略2-1.csv"));
    let path = folder.path().join("書き出し.csv");
    answer_path(&mut desk, &path.to_string_lossy(), "書き出す");
    assert!(desk.shows("書き出しました"));
    let text = fs::read_to_string(&path).expect("the CSV");
    assert!(text.contains("津波避難ビルの確保") && !text.contains("地域防犯・安全対策"));
    // The same name again: asked before anything is replaced.
    fs::write(&path, "前のもの").expect("a file");
    desk.press(CTRL, Key::E);
    // The format of the last time is still chosen.
    desk.click(Role::Button, "場所を選ぶ…");
    answer_path(&mut desk, &path.to_string_lossy(), "書き出す");
    assert!(desk.shows("同じ名前のファイルがあります"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(fs::read_to_string(&path).expect("the file"), "前のもの");
}

#[test]
fn what_needs_attention_is_exported_as_a_pdf_that_can_be_opened_from_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::with_the_real_plan();
    desk.press(CTRL, Key::E);
    desk.click(Role::RadioButton, "計画全体");
    desk.click(Role::RadioButton, "PDF（印刷、ホームページ）");
    desk.click(Role::CheckBox, "要対応の取組だけにする");
    desk.click(Role::Button, "場所を選ぶ…");
    let proposed = desk.field("ファイルの場所").value();
    assert_eq!(proposed.as_deref(), Some("港区_R3中間振り返り.pdf"));
    let path = folder.path().join("要対応.pdf");
    answer_path(&mut desk, &path.to_string_lossy(), "書き出す");
    let some = fs::read(&path).expect("the PDF");
    assert!(some.starts_with(b"%PDF-"));
    desk.get(Role::Link, "フォルダーを開く");
    // The whole plan is longer; nothing but the check mark is different.
    desk.press(CTRL, Key::E);
    desk.click(Role::RadioButton, "計画全体");
    desk.click(Role::CheckBox, "要対応の取組だけにする");
    desk.click(Role::Button, "場所を選ぶ…");
    let whole = folder.path().join("全体.pdf");
    answer_path(&mut desk, &whole.to_string_lossy(), "書き出す");
    assert!(fs::read(&whole).expect("the PDF").len() > some.len() * 3 / 2);
}

#[test]
fn a_failed_save_says_so_and_keeps_the_work() {
    let (folder, path) = folder();
    let mut desk = Desk::with_file(&path);
    mark_2_1_3_off_target(&mut desk);
    fs::remove_file(&path).expect("removed");
    fs::remove_dir(folder.path()).expect("removed");
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    assert!(desk.shows("保存できませんでした"));
    assert!(desk.shows("編集中の内容はこの画面に残っています"));
    assert!(desk.session().document().is_unsaved());
    desk.press(Modifiers::NONE, Key::Escape);
    fs::create_dir(folder.path()).expect("a folder");
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    assert!(
        !desk.session().document().is_unsaved(),
        "the next try works"
    );
}

#[test]
fn what_somebody_else_saved_is_not_overwritten_unasked() {
    let (_folder, path) = folder();
    let mut desk = Desk::with_file(&path);
    mark_2_1_3_off_target(&mut desk);
    let theirs = fs::read_to_string(&path)
        .expect("the file")
        .replace("津波避難", "津波");
    fs::write(&path, &theirs).expect("their save");
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    assert!(desk.shows("ほかの人がこのファイルを保存しています"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(fs::read_to_string(&path).expect("the file"), theirs);
    assert!(desk.session().document().is_unsaved());
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    desk.click(Role::Button, "上書きする");
    desk.finish_jobs();
    assert!(!desk.session().document().is_unsaved());
}

#[test]
fn a_file_that_is_no_plan_leaves_the_open_one_alone() {
    let (folder, path) = folder();
    let broken = folder.path().join("別の文書.txt");
    fs::write(&broken, "これは計画ではありません").expect("a file");
    let mut desk = Desk::with_file(&path);
    desk.open(&broken);
    assert!(desk.shows("計画のファイルではありません"));
    assert!(desk.shows("ファイルには手を加えていません"));
    assert_eq!(desk.session().document().path(), Some(path.as_path()));
}

#[test]
fn opening_another_plan_asks_about_unsaved_work() {
    let (_folder, path) = folder();
    let mut desk = Desk::with_the_real_plan();
    mark_2_1_3_off_target(&mut desk);
    desk.act(Action::OpenPath(path.clone()));
    desk.harness.run();
    assert!(desk.shows("変更を保存しますか"));
    desk.click(Role::Button, "キャンセル");
    assert!(desk.session().document().is_unsaved());
    desk.act(Action::OpenPath(path.clone()));
    desk.harness.run();
    desk.click(Role::Button, "破棄");
    desk.finish_jobs();
    assert_eq!(desk.session().document().path(), Some(path.as_path()));
}

/// Asks the window to close, as its close button does, and tells what it answered.
fn close(desk: &mut Desk) -> Vec<ViewportCommand> {
    let root = desk
        .harness
        .input_mut()
        .viewports
        .entry(egui::ViewportId::ROOT)
        .or_default();
    root.events.push(egui::ViewportEvent::Close);
    desk.harness.step();
    let answered = commands(desk);
    let root = desk
        .harness
        .input_mut()
        .viewports
        .entry(egui::ViewportId::ROOT)
        .or_default();
    root.events.clear();
    desk.harness.run();
    answered
}

fn commands(desk: &Desk) -> Vec<ViewportCommand> {
    let output = desk
        .harness
        .output()
        .viewport_output
        .get(&egui::ViewportId::ROOT);
    output
        .map(|output| output.commands.clone())
        .unwrap_or_default()
}

#[test]
fn closing_with_unsaved_work_asks_and_saving_closes() {
    let (_folder, path) = folder();
    let mut desk = Desk::with_file(&path);
    assert!(
        !close(&mut desk).contains(&ViewportCommand::CancelClose),
        "nothing to lose"
    );
    mark_2_1_3_off_target(&mut desk);
    let answered = close(&mut desk);
    assert!(answered.contains(&ViewportCommand::CancelClose));
    assert!(
        answered.contains(&ViewportCommand::Minimized(false)),
        "the question is seen"
    );
    assert!(desk.shows("変更を保存しますか"));
    desk.get(Role::Button, "キャンセル").click();
    desk.harness.run();
    assert!(desk.session().prompt().is_none());
    close(&mut desk);
    desk.harness
        .get_all_by_role_and_label(Role::Button, "保存")
        .last()
        .expect("save")
        .click();
    // Not `run`: a save that is done before its last frame has closed the window in an earlier
    // one, and only the last frame's commands are kept.
    desk.harness.step();
    let ctx = desk.harness.ctx.clone();
    desk.window_mut().finish_jobs(&ctx);
    desk.harness.step();
    assert!(commands(&desk).contains(&ViewportCommand::Close));
    assert_eq!(files::open(&path).expect("the file").plan, *desk.plan());
}

#[test]
fn the_plans_heading_can_be_changed() {
    let mut desk = Desk::with_the_real_plan();
    desk.menu("ファイル", "計画の情報…");
    desk.field("年度").focus();
    desk.harness.run();
    desk.press(CTRL, Key::A);
    desk.type_text("令和４");
    desk.click(Role::RadioButton, "期末振り返り");
    desk.click(Role::Button, "この内容にする");
    assert!(desk.shows("令和４年度"));
    assert_eq!(desk.next_undo().as_deref(), Some("計画の情報の変更"));
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.plan().about().fiscal_year, 2021);
}

#[test]
fn an_idle_window_draws_nothing() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    desk.type_in("課題・改善策", "追記");
    desk.rest();
    desk.harness.step();
    let output = &desk.harness.output().viewport_output[&egui::ViewportId::ROOT];
    assert_eq!(output.repaint_delay, std::time::Duration::MAX);
}
