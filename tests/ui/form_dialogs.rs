//! Dialogs in the words of any form: which form a plan gets, what becomes of what it says, and what
//! other dialogs ask where the form is not the built-in one.

use std::{path::Path, sync::Arc};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use furikaeri::{
    form::{Form, Slot},
    plan::{Measure, Plan},
    session::{Action, Prompt, forms::FormFor},
    storage::{files, forms as form_files},
    ui::command::Command,
};

use crate::support::{
    desk::Desk,
    disk,
    plans::{
        Building as _, after, form, form_of, forms, id, key, node, notes, numbered, plan_in, real,
        set, slot, small, target,
    },
};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn built_in(name: &str) -> Arc<Form> {
    let form = forms().into_iter().find(|form| form.name == name);
    form.unwrap_or_else(|| panic!("no form {name}"))
}

fn changed(change: impl FnOnce(&mut Form)) -> Arc<Form> {
    let mut form = form().as_ref().clone();
    change(&mut form);
    Arc::new(form)
}

/// 経営課題 in the form of the wards since 令和５年度, each with a section of its own.
fn ward() -> Plan {
    let issue = |n: u64, owner: &str| {
        node("issue", id(n))
            .numbered(n as u32)
            .owned_by(owner)
            .with(
                slot("outcome"),
                "訓練の参加者：100人以上\n備蓄の点検：年２回",
            )
    };
    let issues = vec![
        issue(1, "防災担当").titled("防災"),
        issue(2, "").titled("子育て"),
    ];
    plan_in(&built_in("区運営方針"), issues)
}

/// Goals with steps, and works in steps: headings and rows that both have fields.
fn steps() -> Plan {
    let form = form_of(
        r#"(
            name: "試し",
            reviews: [(key: "mid", name: "中間")],
            levels: [
                (
                    key: "goal", name: "基本目標", at_top: true, number: (pattern: "{n}"),
                    fields: [(key: "aim", heading: "ねらい", kind: Text)],
                ),
                (
                    key: "step", name: "施策", under: ["goal"], number: (pattern: "{above}-{n}"),
                    fields: [(key: "content", heading: "取り組む内容", short: "内容", kind: Text)],
                    columns: [(heading: "施策", share: 1, fields: ["title", "content"])],
                ),
                (
                    key: "work", name: "事業", under: ["step"], number: (pattern: "{above}-({n})"),
                    fields: [(key: "how", heading: "進め方", kind: Text)],
                    columns: [(heading: "事業", share: 1, fields: ["title", "how"])],
                ),
            ],
        )"#,
    );
    let works = [1, 2].map(|n| node("work", id(20 + n)).numbered(n as u32).titled("説明会"));
    let step = node("step", id(10))
        .numbered(1)
        .titled("見守り")
        .holding(works);
    let goal = node("goal", id(1))
        .numbered(1)
        .titled("まちづくり")
        .holding([step]);
    plan_in(&form, vec![goal.with(slot("aim"), "住み続けたい")])
}

/// Stands for a level that the plan takes along into another form.
const COMES_ALONG: &str = "（この階層のまま加える）";

/// What the lists say that have this name; several where parts are called the same.
fn lists(desk: &Desk, name: &str) -> Vec<String> {
    let lists = by().role(Role::ComboBox).label_contains(name);
    let lists = desk.harness.query_all(lists);
    let names = lists.map(|list| list.accesskit_node().label().unwrap_or_default());
    let said = names.map(|label| label.rsplit('：').next().unwrap_or_default().to_owned());
    said.collect()
}

fn open(desk: &mut Desk, name: &str, nth: usize) {
    let lists = by().role(Role::ComboBox).label_contains(name);
    let list = desk.harness.get_all(lists).nth(nth).expect(name);
    list.click();
    desk.harness.run();
}

/// What a list offers; what it says is chosen again.
fn offered(desk: &mut Desk, name: &str, nth: usize) -> Vec<String> {
    let before = lists(desk, name)[nth].clone();
    let buttons = |desk: &Desk| -> Vec<String> {
        let buttons = desk.harness.query_all(by().role(Role::Button));
        let names = buttons.map(|it| it.accesskit_node().label().unwrap_or_default());
        names.collect()
    };
    let others = buttons(desk);
    open(desk, name, nth);
    let mut offered = buttons(desk);
    for other in others {
        let at = offered.iter().position(|it| *it == other);
        at.map(|at| offered.remove(at));
    }
    take(desk, &before);
    offered
}

fn take(desk: &mut Desk, entry: &str) {
    let entries = desk.harness.get_all(by().role(Role::Button).label(entry));
    entries.last().expect(entry).click();
    desk.harness.run();
}

/// Chooses a form of the list.
fn pick(desk: &mut Desk, name: &str) {
    let form = desk.harness.get_by_role_and_label(Role::RadioButton, name);
    form.click();
    desk.harness.run();
}

/// Chooses from the nth list of this name.
fn choose(desk: &mut Desk, name: &str, nth: usize, entry: &str) {
    open(desk, name, nth);
    take(desk, entry);
}

fn answer_path(desk: &mut Desk, path: &Path) {
    desk.field("ファイルの場所").focus();
    desk.harness.run();
    desk.press(CTRL, Key::A);
    desk.type_text(&path.to_string_lossy());
    desk.press(NONE, Key::Enter);
    desk.finish_jobs();
}

#[test]
fn a_form_is_chosen_beside_the_page_that_it_makes() {
    let mut desk = Desk::with_the_real_plan();
    desk.run(Command::New);
    desk.harness.run();
    desk.finish_jobs();
    assert!(desk.shows("新しい計画の様式を選ぶ"));
    for form in &forms()[1..] {
        desk.harness
            .get_by_role_and_label(Role::RadioButton, &form.name);
    }
    desk.get(Role::RadioButton, "港区運営方針 振り返り（今の計画の様式）");
    assert!(desk.shows("経営課題 → 戦略 → 具体的取組"));
    let page = |desk: &Desk| desk.session().sample().and_then(|it| it.sheets().cloned());
    let first = page(&desk).expect("the page of the first form");
    pick(&mut desk, "区運営方針");
    desk.finish_jobs();
    let second = page(&desk).expect("the page of the other form");
    assert!(!Arc::ptr_eq(&first, &second));
    desk.get(Role::Image, "1 ページ目の紙面");
    desk.click(Role::Button, "この様式で始める");
    assert!(desk.session().sample().is_none());
    assert_eq!(desk.plan().form(), &built_in("区運営方針"));
    assert!(desk.plan().top().is_empty());
}

#[test]
fn a_form_is_chosen_from_a_file_and_offered_with_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = changed(|form| form.name = "ほかの区の様式".to_owned());
    let bytes = form_files::write(&other).expect("RON");
    let path = disk::write(folder.path().join("様式.ron"), &bytes);
    let mut desk = Desk::with_the_real_plan();
    desk.run(Command::New);
    desk.harness.run();
    desk.click(Role::Button, "ファイルから選ぶ…");
    answer_path(&mut desk, &path);
    desk.get(Role::RadioButton, "ほかの区の様式");
    // It is the one that is chosen.
    desk.click(Role::Button, "この様式で始める");
    assert_eq!(desk.plan().form(), &other);
    // The form of the open plan is offered too, wherever it came from.
    desk.run(Command::New);
    desk.harness.run();
    desk.get(Role::RadioButton, "ほかの区の様式（今の計画の様式）");
    desk.press(NONE, Key::Escape);
    assert!(desk.session().prompt().is_none());
    assert!(desk.session().sample().is_none());
}

#[test]
fn where_each_part_goes_in_another_form_is_one_table() {
    let before = after(
        &small(),
        &[
            set(id(7), notes(), "手立てを考える"),
            set(id(7), target(), "参加者：10人"),
        ],
    );
    let mut desk = Desk::with(before.clone());
    desk.menu("ファイル", "様式を替える…");
    desk.finish_jobs();
    pick(&mut desk, "区運営方針");
    desk.click(Role::Button, "この様式に替える…");
    assert!(desk.shows("様式を「区運営方針」に替える"));
    // What has the same name is not asked about, unless she wants to see it.
    let issues = "階層「経営課題」の行き先";
    assert_eq!(lists(&desk, issues).len(), 0);
    let review = "振り返り「中間振り返り」の行き先";
    assert_eq!(lists(&desk, review), ["（移さずに残す）"]);
    choose(&mut desk, review, 0, "期末振り返り");
    assert_eq!(lists(&desk, review), ["期末振り返り"]);
    let note = "具体的取組の欄「課題・改善策」の行き先";
    assert_eq!(lists(&desk, note).len(), 0, "it comes along");
    // As long as 経営課題 stay what they are, nothing in them can be one.
    let initiatives = "階層「具体的取組」の行き先";
    assert_eq!(lists(&desk, initiatives), [COMES_ALONG, COMES_ALONG]);
    assert_eq!(offered(&mut desk, initiatives, 1), [COMES_ALONG]);
    desk.click(Role::CheckBox, "同じ名前の場所に移る 2 件も表示する");
    assert_eq!(lists(&desk, issues), ["経営課題", "経営課題"]);
    choose(&mut desk, issues, 1, "柱");
    let first_offered = offered(&mut desk, initiatives, 1);
    assert_eq!(first_offered, ["経営課題", COMES_ALONG]);
    choose(&mut desk, initiatives, 1, "経営課題");
    assert_eq!(lists(&desk, initiatives), [COMES_ALONG, "経営課題"]);
    // Now its fields need a place; what finds none is counted, and stays.
    assert_eq!(lists(&desk, note), ["（移さずに残す）"]);
    assert!(desk.shows("行き先のない 2 種類の内容は、見えないまま計画に残ります"));
    choose(&mut desk, note, 0, "「課題認識」の後に続ける");
    assert!(desk.shows("行き先のない 1 種類の内容は、見えないまま計画に残ります"));
    desk.click(Role::Button, "様式を替える");
    assert_eq!(desk.plan().form().name, "区運営方針");
    let said = |at: &str| desk.plan().text(Some(id(7)), slot(at)).to_owned();
    assert!(
        said("awareness").ends_with("手立てを考える"),
        "{}",
        said("awareness")
    );
    assert_eq!(said("target"), "参加者：10人", "out of sight, and not lost");
    let undo = desk.next_undo();
    assert_eq!(undo.as_deref(), Some("様式「区運営方針」への変更"));
    desk.press(CTRL, Key::Z);
    assert!(*desk.plan() == before);
}

#[test]
fn a_form_in_which_all_has_its_place_asks_nothing() {
    let mut desk = Desk::with(small());
    let more = changed(|form| {
        form.name = "もっと書く様式".to_owned();
        form.add_field(Some(key("strategy")), "ねらい");
    });
    desk.act(Action::ChangeForm(more));
    desk.harness.run();
    assert!(desk.shows("すべて同じ名前の場所に移ります"));
    assert!(!desk.shows("見えないまま計画に残ります"));
    desk.click(Role::CheckBox, "も表示する");
    let notes = "具体的取組の欄「課題・改善策」の行き先";
    assert_eq!(lists(&desk, notes), ["課題・改善策"]);
    desk.press(NONE, Key::Escape);
    assert!(*desk.plan() == small());
}

#[test]
fn what_a_changed_form_has_no_place_for_is_said_with_the_places() {
    let mut desk = Desk::with_the_real_plan();
    let field = changed(|it| it.remove_field(Some(key("initiative")), key("notes")));
    desk.act(Action::SetForm(field));
    desk.harness.run();
    assert!(desk.shows("次の内容は見えなくなります"));
    assert!(desk.shows(
        "・具体的取組の欄「課題・改善策」：7 件（１－１－４、２－１－１、２－１－２ ほか）"
    ));
    assert!(!desk.shows("中身ごと削除します"));
    desk.click(Role::Button, "キャンセル");
    assert!(*desk.plan() == real());
    let level = changed(|it| {
        it.remove_level(key("reform"));
        it.remove_level(key("reform_item"));
    });
    desk.act(Action::SetForm(level));
    desk.harness.run();
    assert!(desk.shows("中身ごと削除します"));
    assert!(desk.shows("・階層「経営課題」：1 件（改革）"));
    desk.click(Role::Button, "削除して変える");
    assert_eq!(desk.plan().top().len(), 6);
    desk.press(CTRL, Key::Z);
    assert!(*desk.plan() == real());
}

#[test]
fn forms_that_both_have_changed_are_told_apart_by_their_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    files::save(&path, &small(), None).unwrap_or_else(|error| panic!("{error}"));
    let mut desk = Desk::with_file(&path);
    let mine = changed(|form| {
        form.add_field(Some(key("strategy")), "ねらい");
    });
    desk.act(Action::SetForm(Arc::clone(&mine)));
    let theirs = changed(|form| form.name = "別の様式".to_owned());
    let mut opened = files::open(&path).expect("the file");
    let edit = furikaeri::plan::Edit::Form(Arc::clone(&theirs));
    opened.plan.apply(&edit).expect("a form");
    files::save(&path, &opened.plan, Some(opened.fingerprint)).expect("a save");
    desk.press(CTRL, Key::S);
    desk.finish_jobs();
    desk.click(Role::Button, "取り込んで保存");
    desk.finish_jobs();
    for text in [
        "計画　様式",
        "戦略の欄「ねらい」の追加",
        "様式の名前の変更",
        "港区運営方針 振り返り",
    ] {
        assert!(desk.shows(text), "{text}");
    }
    assert!(desk.find(Role::RadioButton, "両方を残す").is_none());
    desk.click(Role::Button, "すべて相手の内容");
    desk.click(Role::Button, "この内容で取り込む");
    desk.finish_jobs();
    assert_eq!(desk.plan().form(), &theirs);
}

#[test]
fn measured_values_are_of_each_target_with_the_marks_of_the_form() {
    let mut plan = ward();
    let kept = Measure {
        measured: "90人".to_owned(),
        ..Measure::new(slot("outcome"), key("earlier"), "訓練の参加者：100人以上")
    };
    plan = after(
        &plan,
        &[furikaeri::plan::Edit::Measures {
            id: id(1),
            measures: vec![kept.clone()],
        }],
    );
    let mut desk = Desk::with(plan);
    desk.go_to("1");
    desk.act(Action::Ask(Prompt::Measures(id(1))));
    desk.harness.run();
    assert!(desk.shows("指標の文はそのままです"));
    let fields = by().role(Role::TextInput).predicate(|node| {
        node.labelled_by()
            .any(|label| label.value().as_deref() == Some("実績"))
    });
    desk.harness
        .get_all(fields)
        .next()
        .expect("a field")
        .focus();
    desk.harness.run();
    desk.type_text("120人");
    let marks = desk
        .harness
        .get_all(by().role(Role::RadioButton).label("A"));
    // Those of the dialog lie over those of the editor.
    let marks: Vec<_> = marks.collect();
    marks[marks.len() - 2].click();
    desk.harness.run();
    desk.click(Role::Button, "実績値を書き込む");
    let [before, now] = &desk.node("1").measures[..] else {
        panic!("{:?}", desk.node("1").measures)
    };
    assert_eq!(before, &kept, "what was measured at another review stays");
    assert_eq!((&*now.measured, &*now.mark), ("120人", "a"));
    assert_eq!(now.review, Some(key("year_end")));
    // Looking alone changes nothing.
    let seen = desk.plan().clone();
    desk.act(Action::Ask(Prompt::Measures(id(1))));
    desk.harness.run();
    desk.click(Role::Button, "実績値を書き込む");
    assert!(*desk.plan() == seen);
}

#[test]
fn what_goes_with_a_node_is_said_in_the_words_of_its_level() {
    let mut desk = Desk::with(steps());
    let asked = |desk: &mut Desk, number: &str| {
        desk.go_to(number);
        desk.tree().focus();
        desk.press(NONE, Key::Delete);
    };
    asked(&mut desk, "1");
    assert!(desk.shows("基本目標1 を削除しますか"));
    assert!(desk.shows("書かれているねらいも一緒に削除します。"));
    assert!(desk.shows("中にある施策 1 件、事業 2 件も一緒に削除します。"));
    desk.click(Role::Button, "キャンセル");
    asked(&mut desk, "1-1");
    assert!(desk.shows("書かれている内容も一緒に削除します。"));
    assert!(desk.shows("中にある事業 2 件も一緒に削除します。"));
    desk.click(Role::Button, "キャンセル");
    let mut desk = Desk::with_the_real_plan();
    asked(&mut desk, "2-1-3");
    assert!(desk.shows("書かれている実績、目標、達成状況、課題・改善策も一緒に削除します。"));
    desk.click(Role::Button, "キャンセル");
    asked(&mut desk, "2-1");
    assert!(desk.shows("中にある具体的取組 6 件も一緒に削除します。"));
    assert!(!desk.shows("書かれている"));
}

#[test]
fn what_is_exported_or_printed_offers_what_the_form_has() {
    let mut desk = Desk::with(steps());
    desk.go_to("1-1-(1)");
    desk.press(CTRL, Key::E);
    for scope in [
        "計画全体",
        "基本目標1　まちづくり",
        "施策1-1　見守り",
        "事業1-1-(1)　説明会",
    ] {
        desk.get(Role::RadioButton, scope);
    }
    desk.click(Role::RadioButton, "PDF（印刷、ホームページ）");
    assert!(
        desk.find(Role::CheckBox, "要対応の").is_none(),
        "nothing is judged"
    );
    assert!(
        desk.find(Role::CheckBox, "再掲に").is_none(),
        "nothing repeats"
    );
    desk.click(Role::ComboBox, "ほかの範囲を選ぶ");
    desk.get(Role::Button, "施策1-1　見守り");
    assert!(
        desk.find(Role::Button, "事業1-1-(1)").is_none(),
        "a row with nothing in it"
    );
    let mut desk = Desk::with(ward());
    desk.press(CTRL, Key::E);
    assert!(
        desk.find(Role::ComboBox, "ほかの範囲を選ぶ").is_none(),
        "there are rows alone"
    );
}

#[test]
fn work_is_given_to_sections_by_the_parts_that_the_plan_has() {
    let mut desk = Desk::with(ward());
    desk.press(CTRL, Key::Num6);
    assert!(desk.shows("課題"), "the column of what sections fill in");
    assert!(!desk.shows("要対応など"), "nothing is judged");
    desk.click(Role::Button, "担当を割り当てる…");
    assert!(desk.shows("経営課題ごとに、記入する担当の名前を書きます。"));
    assert!(!desk.shows("すべてに入ります"));
    let names = ["経営課題1　防災", "経営課題2　子育て"];
    let owners: Vec<_> = names
        .map(|name| desk.field(name).value().unwrap_or_default())
        .to_vec();
    assert_eq!(owners, ["防災担当", ""]);
    desk.type_in("経営課題2　子育て", "保健福祉課");
    desk.click(Role::Button, "この担当にする");
    assert_eq!(desk.node("2").text(Slot::OWNER), "保健福祉課");
    let mut desk = Desk::with(steps());
    desk.press(CTRL, Key::Num6);
    desk.click(Role::Button, "担当を割り当てる…");
    desk.type_in("基本目標1　まちづくり", "総務課");
    desk.click(Role::Button, "この担当にする");
    for number in ["1-1", "1-1-(1)", "1-1-(2)"] {
        assert_eq!(desk.node(number).text(Slot::OWNER), "総務課", "{number}");
    }
}

#[test]
fn the_plans_heading_offers_the_reviews_of_the_form() {
    let mut desk = Desk::with(ward());
    desk.menu("ファイル", "計画の情報…");
    desk.get(Role::RadioButton, "期末振り返り");
    assert!(desk.find(Role::RadioButton, "中間振り返り").is_none());
}

#[test]
fn a_table_becomes_a_plan_of_the_form_that_is_open() {
    let mut desk = Desk::with(steps());
    desk.menu("ファイル", "表から新しい計画…");
    desk.type_text("基本目標\t施策\t事業\t進め方\nまち\t見守り\t説明会\t秋に\n\t\t訪問\t毎月\n");
    desk.click(Role::Button, "次へ");
    assert!(desk.shows("空欄の基本目標と施策は、上の行と同じとみなす"));
    assert!(desk.shows("基本目標 1、施策 1、事業 2 の計画になります。"));
    desk.click(Role::ComboBox, "4 列目");
    desk.get(Role::Button, "内容");
}

#[test]
fn a_finding_and_a_difference_of_the_plan_as_a_whole_open_its_page() {
    let mut plan = ward();
    plan = after(
        &plan,
        &[crate::support::plans::set_plan(
            slot("mission"),
            "２1の事業を進める",
        )],
    );
    let mut desk = Desk::with(plan);
    desk.go_to("2");
    desk.finish_jobs();
    desk.press(CTRL, Key::Num4);
    desk.click_first(Role::Link, "計画全体　");
    assert_eq!(desk.view().selected, None);
    desk.type_text("21");
    desk.rest();
    assert_eq!(
        desk.plan().values().get(slot("mission")),
        "21の事業を進める"
    );
    desk.go_to("2");
    desk.press(CTRL, Key::Num5);
    assert!(desk.shows("使命（どのような役割を担うのか）"));
    desk.click_first(Role::Link, "計画");
    assert_eq!(desk.view().selected, None);
}

#[test]
fn an_edit_of_a_choice_is_told_in_its_words() {
    let mut desk = Desk::with_the_real_plan();
    let edit = set(
        numbered(&real(), "2-1-3"),
        slot("midyear/outlook"),
        "off_target",
    );
    desk.act(Action::Edit(edit));
    desk.press(CTRL, Key::Num5);
    for text in ["達成状況（目標の見込）", "目標達成見込", "目標未達成見込"]
    {
        assert!(desk.shows(text), "{text}");
    }
    assert!(!desk.shows("off_target"));
    assert_eq!(
        desk.node("2-1-3").text(notes()),
        real().text(Some(numbered(&real(), "2-1-3")), notes())
    );
    let prompt = Action::ChooseForm(FormFor::ThisPlan);
    desk.act(prompt);
    desk.harness.run();
    assert!(desk.shows("この計画を移す様式を選ぶ"));
}
