//! 新旧対照表: what it holds, and the page as a browser takes it.

use furikaeri::{
    export::changes::{
        Names, html,
        table::{ChangedField, Fate, Run, Table},
    },
    form::Slot,
    plan::{Edit, Plan},
};
use proptest::{collection::vec, prelude::*};
use scraper::{ElementRef, Html as Page, Selector};

use std::sync::Arc;

use crate::support::{
    arbitrary,
    plans::{
        Building as _, after, form_of, id, node, plan_in, reform_item, set, set_plan, slot, small,
        target,
    },
    wishes,
};

fn text(node: u64, at: Slot, text: &str) -> Edit {
    set(id(node), at, text)
}

/// What three people did in a week.
fn week() -> Plan {
    after(
        &small(),
        &[
            text(3, target(), "参加者：120人以上"),
            text(3, Slot::MEMO, "極秘"),
            Edit::Move {
                id: id(3),
                parent: Some(id(5)),
                position: 0,
            },
            Edit::Remove { id: id(4) },
            Edit::Insert {
                parent: Some(id(6)),
                position: 1,
                branch: Arc::new(reform_item(id(8), 1)),
            },
            text(8, Slot::TITLE, "<広報> & 周知"),
            text(7, Slot::MEMO, "これだけ"),
        ],
    )
}

fn marked(runs: &[Run]) -> String {
    let runs = runs.iter().map(|run| match run.is_changed {
        true => format!("[{}]", run.text),
        false => run.text.clone(),
    });
    runs.collect()
}

/// What a table says, line by line.
fn lines(old: &Plan, new: &Plan) -> Vec<String> {
    let table = Table::of(old, new);
    let mut lines = Vec::new();
    for chapter in &table.chapters {
        lines.push(chapter.heading.clone());
        for node in &chapter.nodes {
            let fate = node.fate.map_or("", Fate::name);
            lines.push(format!(" {} {fate}", node.name));
            for ChangedField { item, old, new } in &node.fields {
                lines.push(format!("  {item}：{} → {}", marked(old), marked(new)));
            }
        }
    }
    lines
}

#[test]
fn each_node_that_changed_says_what_it_said_and_what_it_says() {
    let lines = lines(&small(), &week());
    let expected = [
        "経営課題１「安全」",
        " 具体的取組１－１－２「防災訓練（再掲）」 削除",
        "  番号：[２] → ",
        "  名称：[防災訓練（再掲）] → ",
        "  再掲元：[具体的取組１－１－１の再掲] → ",
        " 具体的取組１－２－１「防災訓練」 ",
        "  置き場所：[戦略１－１「地域防災」の１番目] → [戦略１－２「（名称なし）」の１番目]",
        "  目標（取組によりめざす指標）：参加者：[100]人以上 → 参加者：[120]人以上",
        "「改革の取組」",
        " 具体的取組改革－１「<広報> & 周知」 追加",
        "  番号： → [１]",
        "  名称： → [<広報> & 周知]",
    ];
    assert_eq!(lines, expected);
}

fn page(old: &Plan, new: &Plan) -> Page {
    let names = Names {
        old: "４月１日",
        new: "",
    };
    let bytes = html::write(old, new, names);
    let page = Page::parse_document(std::str::from_utf8(&bytes).expect("the page is UTF-8"));
    assert_eq!(page.errors, Vec::<String>::new());
    page
}

fn all<'a>(page: &'a Page, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect(selector);
    page.select(&selector).collect()
}

fn texts(page: &Page, selector: &str) -> Vec<String> {
    let elements = all(page, selector).into_iter();
    elements.map(|element| element.text().collect()).collect()
}

#[test]
fn the_page_marks_what_went_and_what_came() {
    let page = page(&small(), &week());
    assert_eq!(
        texts(&page, "h1"),
        ["新旧対照表　港区　令和３年度　中間振り返り"]
    );
    assert_eq!(texts(&page, "title"), texts(&page, "h1"));
    assert_eq!(page.root_element().value().attr("lang"), Some("ja"));
    assert_eq!(
        texts(&page, "section:first-of-type thead th[scope=col]"),
        ["項目", "旧（４月１日）", "新"]
    );
    assert!(texts(&page, "del").contains(&"100".to_owned()));
    assert!(texts(&page, "ins").contains(&"120".to_owned()));
    assert!(texts(&page, "ins").contains(&"<広報> & 周知".to_owned()));
    assert_eq!(texts(&page, ".fate"), ["削除", "追加"]);
    let whole: String = page.root_element().text().collect();
    assert!(!whole.contains("極秘"), "a private note is never exported");
    for region in all(&page, "[aria-labelledby]") {
        let heading = region.value().attr("aria-labelledby").expect("an id");
        assert_eq!(all(&page, &format!("#{heading}")).len(), 1);
    }
    // Each row names its item, before its two sides.
    for row in all(&page, "tbody tr:not(:first-child)") {
        let cells: Vec<&str> = row.child_elements().map(|it| it.value().name()).collect();
        assert_eq!(cells, ["th", "td", "td"]);
    }
}

#[test]
fn nothing_that_changed_is_said_in_words() {
    for new in [small(), after(&small(), &[text(7, Slot::MEMO, "これだけ")])] {
        let page = page(&small(), &new);
        assert_eq!(texts(&page, "main"), ["\n変更はありません。\n"]);
    }
}

proptest! {
    #[test]
    fn any_two_plans_can_be_compared(old in arbitrary::plan(), wishes in vec(wishes::wish(), 0..8)) {
        let mut new = old.clone();
        for wish in &wishes {
            let _ = new.apply(&wish.edit(&new));
        }
        let bytes = html::write(&old, &new, Names::default());
        let page = Page::parse_document(std::str::from_utf8(&bytes).expect("the page is UTF-8"));
        prop_assert_eq!(page.errors, Vec::<String>::new());
    }
}

const FORM: &str = r#"(
    name: "試し",
    reviews: [(key: "mid", name: "中間"), (key: "end", name: "期末")],
    plan: [(key: "aim", heading: "使命", kind: Text)],
    levels: [
        (key: "goal", name: "目標", at_top: true, number: (pattern: "{n}"),
            fields: [
                (key: "kpi", heading: "指標", kind: Targets(marks: [(key: "a", words: "達成")])),
                (key: "rating", heading: "評価", kind: Choice(choices: [
                    (key: "a", words: "順調", grade: Good), (key: "b", words: "遅れ", grade: Bad),
                ]), each_review: true),
                (key: "cost", heading: "決算額", kind: Amount(unit: "千円")),
            ],
            columns: [(heading: "目標", share: 1, fields: ["title", "kpi", "rating", "cost"])]),
    ],
)"#;

#[test]
fn what_changed_is_said_in_the_words_of_the_form() {
    let form = form_of(FORM);
    let goal = node("goal", id(1)).numbered(1).titled("安全");
    let old = plan_in(
        &form,
        vec![goal.with(slot("mid/rating"), "a").with(slot("cost"), "100")],
    );
    let mut measure = furikaeri::plan::Measure::new(slot("kpi"), form.first_review(), "100人以上");
    "98人".clone_into(&mut measure.measured);
    "a".clone_into(&mut measure.mark);
    let measures = vec![measure];
    let new = after(
        &old,
        &[
            set_plan(slot("aim"), "区民のために"),
            text(1, slot("mid/rating"), "b"),
            text(1, slot("end/rating"), "a"),
            text(1, slot("cost"), "1,200"),
            // A choice that the form does not have, and a field that it does not have.
            text(1, slot("end/rating"), "gone"),
            text(1, slot("lost"), "残る"),
            Edit::Measures {
                id: id(1),
                measures,
            },
        ],
    );
    let expected = [
        "計画",
        " 計画 ",
        "  使命： → [区民のために]",
        "目標1「安全」",
        " 目標1「安全」 ",
        "  評価：[順調] → [遅れ]",
        "  評価（期末）： → [gone]",
        "  決算額：[100千円] → [1,200千円]",
        "  様式にない欄（lost）： → [残る]",
        "  実績値： → [100人以上：98人、達成]",
    ];
    let mut found = lines(&old, &new);
    found.sort_by_key(|line| expected.iter().position(|it| it == line));
    assert_eq!(found, expected);
}

#[test]
fn another_form_is_said_by_its_levels_and_fields() {
    let form = form_of(FORM);
    let old = plan_in(&form, vec![node("goal", id(1)).numbered(1).titled("安全")]);
    let mut new = furikaeri::form::Form::clone(&form);
    new.levels[0].fields.remove(2);
    new.levels[0].columns[0].fields.remove(3);
    let new = after(&old, &[Edit::Form(Arc::new(new))]);
    let said = lines(&old, &new);
    let expected = [
        "計画",
        " 計画 ",
        "  様式：試し\n振り返り：中間、期末\n計画：使命\n目標（2）：指標、評価（順調／遅れ）[、決算額]｜印刷：目標 1 → 試し\n振り返り：中間、期末\n計画：使命\n目標（2）：指標、評価（順調／遅れ）｜印刷：目標 1",
    ];
    assert_eq!(said, expected);
}
