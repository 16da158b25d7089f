//! 印刷: the pages before they are printed.

use egui::{Key, Modifiers, accesskit::Role};
use furikaeri::session::{World, preview::PagePlace, print::Printer};

use crate::support::{desk::Desk, plans};

const CTRL: Modifiers = Modifiers::COMMAND;

/// Waits for the pages, and for the pictures that the screen then has use for.
fn wait(desk: &mut Desk) {
    desk.finish_jobs();
    desk.finish_jobs();
}

fn open(desk: &mut Desk) {
    desk.press(CTRL, Key::P);
    wait(desk);
}

fn pages(desk: &Desk) -> usize {
    let preview = desk.session().pages().expect("the preview");
    preview.sheets().expect("pages").pages
}

#[test]
fn the_pages_are_shown_large_and_small_and_escape_goes_back() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("1-1-1");
    desk.press(CTRL, Key::Num1);
    open(&mut desk);
    assert_eq!(pages(&desk), 12);
    assert!(desk.shows("1／12 ページ"));
    desk.get(Role::Image, "1 ページ目の紙面");
    desk.get(Role::ListBoxOption, "1 ページ目");
    let preview = desk.session().pages().expect("the preview");
    for is_thumbnail in [false, true] {
        let place = PagePlace {
            page: 0,
            is_thumbnail,
        };
        assert!(preview.picture(place).is_some(), "{place:?}");
    }
    desk.press(Modifiers::NONE, Key::PageDown);
    wait(&mut desk);
    assert!(desk.shows("2／12 ページ"));
    desk.press(Modifiers::NONE, Key::End);
    wait(&mut desk);
    assert!(desk.shows("12／12 ページ"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(desk.session().pages().is_none());
    assert_eq!(desk.selected(), "1-1-1");
}

#[test]
fn what_is_chosen_is_what_is_shown() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1");
    open(&mut desk);
    // From a strategy, that strategy.
    assert_eq!(pages(&desk), 2);
    desk.click(Role::RadioButton, "計画全体");
    wait(&mut desk);
    assert_eq!(pages(&desk), 12);
    desk.click(Role::CheckBox, "表紙に全体の状況を付ける");
    wait(&mut desk);
    assert_eq!(pages(&desk), 13);
    desk.click(Role::CheckBox, "要対応の取組だけにする");
    wait(&mut desk);
    assert!(pages(&desk) < 8);
    desk.click(Role::CheckBox, "縦置きにする");
    wait(&mut desk);
    let preview = desk.session().pages().expect("the preview");
    let (width, height) = preview.sheets().expect("pages").size;
    assert!(width < height);
    // Another part than the one that is selected in the tree.
    desk.click(Role::ComboBox, "ほかの範囲を選ぶ");
    desk.click(Role::Button, "戦略１－２");
    wait(&mut desk);
    desk.get(Role::RadioButton, "戦略１－２");
    assert_eq!(desk.selected(), "2-1");
}

#[test]
fn the_plan_cannot_be_changed_behind_the_pages() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("2-1-3");
    let before = desk.plan().clone();
    open(&mut desk);
    desk.press(CTRL, Key::D);
    desk.press(CTRL, Key::Enter);
    desk.press(Modifiers::NONE, Key::Delete);
    assert!(*desk.plan() == before);
}

#[test]
fn characters_that_the_typeface_lacks_are_named_before_anything_is_printed_or_exported() {
    let mut plan = plans::real();
    let last = plan.rows().last().expect("a row").node.id;
    let edit = plans::set(last, plans::notes(), "𠮷田さんと調整する");
    plan.apply(&edit).expect("a text");
    let mut desk = Desk::with(plan);
    // The character is on the screen too, where it is a box.
    let boxes = egui::MissingGlyphPolicy::Tofu;
    desk.harness.ctx.set_missing_glyph_policy(boxes);
    desk.press(CTRL, Key::Num1);
    open(&mut desk);
    assert!(desk.shows("〓で表しました：𠮷"));
    desk.press(Modifiers::NONE, Key::Escape);
    desk.press(CTRL, Key::E);
    desk.click(Role::RadioButton, "PDF（印刷、ホームページ）");
    desk.finish_jobs();
    assert!(desk.shows("〓で表しました：𠮷"));
    // In another part they do not stand.
    desk.click(Role::ComboBox, "ほかの範囲を選ぶ");
    desk.click(Role::Button, "戦略１－２");
    desk.finish_jobs();
    assert!(!desk.shows("𠮷"));
}

#[test]
fn a_printer_is_chosen_and_without_one_a_viewer_prints() {
    let with = |printers| {
        let world = World {
            printers,
            ..World::default()
        };
        let mut desk = Desk::in_world(plans::real(), world);
        open(&mut desk);
        desk
    };
    let desk = with(Vec::new);
    desk.get(Role::Button, "PDF を開いて印刷");
    let desk = with(|| {
        let printer = |name: &str, is_default| Printer {
            name: name.to_owned(),
            is_default,
        };
        vec![printer("3F-複合機", false), printer("総務課", true)]
    });
    assert_eq!(
        desk.get(Role::ComboBox, "プリンター").value().as_deref(),
        Some("総務課")
    );
    desk.get(Role::Button, "印刷する");
    desk.get(Role::SpinButton, "部数");
}

#[test]
fn the_pages_are_saved_as_a_pdf_from_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::with_the_real_plan();
    open(&mut desk);
    desk.click(Role::Button, "PDF に書き出す…");
    let path = folder.path().join("紙面.pdf");
    let path = path.to_string_lossy().into_owned();
    desk.field("ファイルの場所").focus();
    desk.harness.run();
    desk.press(CTRL, Key::A);
    desk.type_text(&path);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.finish_jobs();
    let preview = desk.session().pages().expect("still open");
    let shown = &preview.sheets().expect("pages").pdf;
    assert_eq!(&std::fs::read(&path).expect("the PDF"), &**shown);
}
