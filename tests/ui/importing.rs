//! A new plan from a table of another origin.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::support::{desk::Desk, disk, paper::csv_of, plans::real};

#[test]
fn pasted_cells_become_a_plan_that_is_not_saved_yet() {
    let mut desk = Desk::with_the_real_plan();
    desk.menu("ファイル", "表から新しい計画…");
    let cells = "経営課題\t戦略\t取組名\t担当課\t実績\t備考\n\
                 安全なまち\t防災\t避難訓練\t防災担当\t２回実施\tなし\n\
                 \t\t備蓄の点検\t防災担当\t\tなし\n";
    desk.type_text(cells);
    desk.click(Role::Button, "次へ");
    assert!(desk.shows("経営課題 1、戦略 1、具体的取組 2 の計画になります"));
    desk.get(Role::ComboBox, "6 列目");
    for (field, text) in [("団体", "大阪市此花区"), ("年度", "令和5")] {
        desk.field(field).focus();
        desk.harness.run();
        desk.press(Modifiers::COMMAND, Key::A);
        desk.type_text(text);
    }
    desk.click(Role::Button, "新しい計画にする");
    let titles: Vec<&str> = desk
        .plan()
        .rows()
        .map(|entry| entry.node.title.as_str())
        .collect();
    assert_eq!(titles, ["避難訓練", "備蓄の点検"]);
    assert_eq!(desk.plan().top()[0].title, "安全なまち");
    let about = desk.plan().about();
    assert_eq!(
        (&*about.organisation, about.fiscal_year),
        ("大阪市此花区", 2023)
    );
    assert!(desk.session().document().is_unsaved());
    assert_eq!(desk.next_undo().as_deref(), Some("表の取り込み"));
}

#[test]
fn a_column_gets_its_meaning_by_hand() {
    let mut desk = Desk::with_the_real_plan();
    desk.menu("ファイル", "表から新しい計画…");
    desk.type_text("避難訓練\t２回\n備蓄の点検\t１回\n");
    desk.click(Role::Button, "次へ");
    assert!(desk.shows("どの列が「具体的取組」かを指定してください"));
    desk.click(Role::ComboBox, "1 列目");
    let title = desk
        .harness
        .get_by_role_and_label(Role::Button, "具体的取組");
    title.click();
    desk.harness.run();
    assert!(desk.shows("具体的取組 2 の計画になります"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(*desk.plan() == real());
}

#[test]
fn our_own_csv_comes_back_from_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = csv_of(&real());
    let path = disk::write(folder.path().join("一覧.csv"), &bytes);
    let mut desk = Desk::with_an_empty_plan();
    desk.menu("ファイル", "表から新しい計画…");
    desk.click(Role::Button, "ファイルを選ぶ…");
    desk.field("ファイルの場所").focus();
    desk.harness.run();
    desk.press(Modifiers::COMMAND, Key::A);
    desk.type_text(&path.to_string_lossy());
    desk.press(Modifiers::NONE, Key::Enter);
    desk.finish_jobs();
    assert!(desk.shows("経営課題 7、戦略 19、具体的取組 49 の計画になります"));
    assert!(
        desk.shows("年度は「令和3」か「2021」のように"),
        "nobody has said of which year"
    );
    desk.type_in("年度", "2021");
    desk.click(Role::Button, "新しい計画にする");
    assert_eq!(csv_of(desk.plan()), bytes);
}
