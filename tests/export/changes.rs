//! 新旧対照表: what it holds, and the page as a browser takes it.

use furikaeri::{
    export::changes::{
        Names, html,
        table::{ChangedField, Fate, Run, Table},
    },
    plan::{Edit, Form, Kind, Plan, TextField},
    storage::builtin,
};
use proptest::{collection::vec, prelude::*};
use scraper::{ElementRef, Html as Page, Selector};

use crate::support::{
    arbitrary,
    plans::{after, id, small},
    wishes::{self, empty_branch},
};

fn form() -> Form {
    builtin::form().expect("the form is built in")
}

fn text(node: u64, field: TextField, text: &str) -> Edit {
    Edit::Text {
        id: id(node),
        field,
        text: text.to_owned(),
    }
}

/// What three people did in a week.
fn week() -> Plan {
    after(
        &small(),
        &[
            text(3, TextField::Target, "参加者：120人以上"),
            text(3, TextField::Memo, "極秘"),
            Edit::Move {
                id: id(3),
                parent: Some(id(5)),
                position: 0,
            },
            Edit::Remove { id: id(4) },
            Edit::Insert {
                parent: Some(id(6)),
                position: 1,
                branch: empty_branch(Kind::Initiative, id(8)),
            },
            text(8, TextField::Title, "<広報> & 周知"),
            text(7, TextField::Memo, "これだけ"),
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

#[test]
fn each_node_that_changed_says_what_it_said_and_what_it_says() {
    let table = Table::of(&small(), &week(), &form());
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
    let bytes = html::write(old, new, names, &form());
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
    for new in [
        small(),
        after(&small(), &[text(7, TextField::Memo, "これだけ")]),
    ] {
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
        let bytes = html::write(&old, &new, Names::default(), &form());
        let page = Page::parse_document(std::str::from_utf8(&bytes).expect("the page is UTF-8"));
        prop_assert_eq!(page.errors, Vec::<String>::new());
    }
}
