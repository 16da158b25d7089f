//! The page as a browser and a screen reader take it.

use std::collections::HashSet;

use furikaeri::{
    export::{html, status_style},
    form::Slot,
    plan::{Node, Plan},
};
use proptest::prelude::*;
use scraper::{ElementRef, Html as Page, Selector};

use crate::support::{
    arbitrary,
    awkward::{self, as_exported, squeezed},
    paper::outline,
    plans::{
        Building as _, forms, id, initiative, issue, node, notes, plan_in, plan_of, real, results,
        slot, small, target,
    },
};

fn source(plan: &Plan, section: Option<&str>) -> String {
    let bytes = html::write(&outline(plan, section));
    String::from_utf8(bytes).expect("the page is UTF-8")
}

/// The page, which must hold nothing that a browser has to guess at.
fn page(plan: &Plan, section: Option<&str>) -> Page {
    let page = Page::parse_document(&source(plan, section));
    assert_eq!(page.errors, Vec::<String>::new());
    page
}

fn all<'a>(page: &'a Page, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect(selector);
    page.select(&selector).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

fn inside<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect(selector);
    element.select(&selector).collect()
}

#[test]
fn the_page_says_its_language_and_its_title() {
    let page = page(&real(), None);
    let root = page.root_element().value();
    assert_eq!(root.attr("lang"), Some("ja"));
    let title = "大阪市港区　令和３年度　中間振り返り";
    assert_eq!(text(all(&page, "title")[0]), title);
    let headings = all(&page, "h1");
    assert_eq!(headings.len(), 1);
    assert_eq!(text(headings[0]), title);
    assert_eq!(text(all(&page, ".as-of")[0]), "令和３年１０月３１日時点");
}

#[test]
fn headings_come_in_order_and_none_is_skipped() {
    let page = page(&real(), None);
    let mut last = 0;
    let mut counts = [0; 4];
    for heading in all(&page, "h1, h2, h3, h4, h5, h6") {
        let level: usize = heading.value().name()[1..].parse().expect("a level");
        assert!(level <= last + 1, "{}", text(heading));
        counts[level] += 1;
        last = level;
    }
    // Overview and contents, 6 issues and the part without a number; 19 strategies.
    assert_eq!(counts, [0, 1, 2 + 7, 19]);
}

#[test]
fn a_table_has_a_caption_and_says_what_its_heads_are_heads_of() {
    let page = page(&real(), None);
    let tables = all(&page, "table");
    // One of counts, one for each strategy, one for the part without strategies.
    assert_eq!(tables.len(), 1 + 19 + 1);
    for table in tables {
        assert_eq!(inside(table, "caption").len(), 1);
        for head in inside(table, "thead th") {
            assert_eq!(head.value().attr("scope"), Some("col"));
        }
        for row in inside(table, "tbody tr") {
            let heads = inside(row, "th");
            assert_eq!(heads.len(), 1);
            assert_eq!(heads[0].value().attr("scope"), Some("row"));
            let width = |cell: &ElementRef<'_>| -> usize {
                let span = cell.value().attr("colspan");
                span.map_or(1, |span| span.parse().expect("a number"))
            };
            let cells: usize = inside(row, "th, td").iter().map(width).sum();
            assert_eq!(cells, inside(table, "thead th").len());
        }
    }
}

#[test]
fn every_initiative_is_there_with_all_it_says() {
    let plan = real();
    let page = page(&plan, None);
    assert_eq!(all(&page, ".form tbody tr").len(), 49);
    // Bullets are the list's, not the text's.
    let plain = |text: &str| squeezed(text).replace('・', "");
    let form = plan.form();
    for entry in plan.rows() {
        let number = entry.number();
        let anchor = number.half_width(form).replace("改革", "reform");
        let rows = all(&page, &format!("[id=\"initiative-{anchor}\"]"));
        assert_eq!(rows.len(), 1, "{anchor}");
        let said = plain(&text(rows[0]));
        let node = entry.node;
        assert!(said.contains(&plain(&number.printed(form))));
        for at in [Slot::TITLE, results(), target(), notes()] {
            let piece = node.text(at);
            assert!(said.contains(&plain(piece)), "{anchor}: {piece} in {said}");
        }
        if !node.is_repost() {
            let words = words_of(&plan, node);
            let status = inside(rows[0], ".status");
            assert_eq!(status.len(), 1);
            let shape = status_style::of(plan.standing(node)).shape;
            assert_eq!(text(status[0]), format!("{shape} {words}"));
        }
    }
}

/// `【目標達成見込、取組予定通り進捗している】`.
fn words_of(plan: &Plan, node: &Node) -> String {
    let level = plan.level(node);
    let axes: Vec<_> = level.axes().map(|axis| axis.key).collect();
    let words = level.choice_line(node, plan.review(), &axes);
    words.expect("all are assessed")
}

#[test]
fn the_counts_are_those_of_the_plan() {
    let page = page(&real(), None);
    let heads: Vec<String> = all(&page, ".counts thead th")
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(heads[0], "経営課題");
    let form = real().form().clone();
    assert_eq!(heads.len(), 1 + 5 + 1);
    for (standing, head) in form.standings().zip(&heads[1..]) {
        let style = status_style::of(standing);
        let name = form.standing_word(standing);
        assert_eq!(*head, format!("{} {name}", style.shape));
    }
    let total: Vec<String> = all(&page, ".counts tfoot td")
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(total, ["40", "5", "3", "0", "0", "48"]);
    assert_eq!(all(&page, ".counts tbody tr").len(), 7);
    let note = "ほかに再掲が1件あります。計には入っていません。";
    assert_eq!(text(all(&page, ".note")[0]), note);
}

#[test]
fn every_link_leads_somewhere_and_ids_are_unique() {
    for plan in [real(), small(), twins(), deep()] {
        let page = page(&plan, None);
        let mut ids = HashSet::new();
        for element in all(&page, "[id]") {
            let id = element.value().attr("id").expect("it was asked for");
            assert!(id.is_ascii() && ids.insert(id), "{id}");
        }
        for link in all(&page, "a[href]") {
            let to = link.value().attr("href").expect("it was asked for");
            let to = to.strip_prefix('#').expect("nothing outside the page");
            assert!(ids.contains(to), "{to}");
        }
        for region in all(&page, "[aria-labelledby]") {
            let by = region.value().attr("aria-labelledby").expect("as above");
            assert!(ids.contains(by), "{by}");
        }
    }
}

/// Two issues that bear one number.
fn twins() -> Plan {
    let twin = |bits: u64| issue(id(bits), 1).holding([initiative(id(bits + 1), 1)]);
    plan_of(vec![twin(1), twin(3)])
}

#[test]
fn a_repost_leads_to_its_source_where_that_is_on_the_page() {
    let whole = page(&real(), None);
    let links = all(&whole, "#initiative-3-3-1 td a");
    assert_eq!(text(links[0]), "具体的取組３－１－２の再掲");
    assert_eq!(links[0].value().attr("href"), Some("#initiative-3-1-2"));
    // It says how its source stands, and is not shown as if it were counted.
    let status = all(&whole, "#initiative-3-3-1 .status")[0];
    let source = text(all(&whole, "#initiative-3-1-2 .status")[0]);
    assert_eq!(text(status), source.replace("● ", "再掲元："));
    assert_eq!(status.value().attr("class"), Some("status of-source"));

    let part = page(&real(), Some("3-3"));
    assert!(all(&part, "#initiative-3-3-1 a").is_empty());
    let row = text(all(&part, "#initiative-3-3-1")[0]);
    assert!(row.contains("具体的取組３－１－２の再掲"), "{row}");
}

#[test]
fn bullets_are_a_list_and_other_lines_are_paragraphs() {
    let page = page(
        &awkward::plan_with("前文\n続き\n・一つ目\n・二つ目\n①目標"),
        None,
    );
    let cell = all(&page, "#initiative-1-1-1 td")[0];
    let parts: Vec<String> = cell.child_elements().map(|part| part.html()).collect();
    assert_eq!(
        parts,
        [
            "<p>前文<br>続き</p>",
            "<ul class=\"bullets\" role=\"list\"><li>一つ目</li><li>二つ目</li></ul>",
            "<ul class=\"marked\" role=\"list\"><li>①目標</li></ul>",
        ]
    );
}

#[test]
fn the_page_needs_nothing_and_runs_nothing() {
    for plan in [real(), awkward::plan_with(awkward::LINES[6])] {
        let page = page(&plan, None);
        let loaded = "script, link, img, iframe, object, embed, video, audio, form, base, [src]";
        assert!(all(&page, loaded).is_empty());
        assert_eq!(all(&page, "style").len(), 1);
        let style = text(all(&page, "style")[0]);
        assert!(!style.contains("url(") && !style.contains("@import"));
        for element in all(&page, "*") {
            for (name, _) in element.value().attrs() {
                assert!(!name.starts_with("on") && name != "style", "{name}");
            }
        }
    }
}

#[test]
fn any_text_is_shown_as_it_was_typed_and_is_nothing_else() {
    for line in awkward::LINES {
        let page = page(&awkward::plan_with(line), None);
        let expected = squeezed(&as_exported(line));
        let row = all(&page, "#initiative-1-1-1")[0];
        assert_eq!(inside(row, "th, td").len(), 4, "{line}");
        for cell in inside(row, "th, td") {
            assert!(squeezed(&text(cell)).contains(&expected), "{line}");
        }
        for heading in all(&page, "#issue-1, #strategy-1-1") {
            assert!(squeezed(&text(heading)).contains(&expected), "{line}");
        }
    }
}

#[test]
fn a_very_long_cell_and_a_thousand_bullets_are_there_whole() {
    let long = "長い文章。".repeat(20_000);
    let whole = page(&awkward::plan_with(&long), None);
    assert_eq!(text(all(&whole, "#initiative-1-1-1 td")[0]), long);
    let bullets = "・項目\n".repeat(1_000);
    let listed = page(&awkward::plan_with(&bullets), None);
    let results = all(&listed, "#initiative-1-1-1 td")[0];
    assert_eq!(inside(results, "li").len(), 1_000);
}

#[test]
fn a_section_is_a_page_of_its_own() {
    let page = page(&real(), Some("2-1-3"));
    assert_eq!(all(&page, ".form tbody tr").len(), 1);
    let headings: Vec<String> = all(&page, "h1, h2, h3").into_iter().map(text).collect();
    assert_eq!(
        headings,
        [
            "大阪市港区　令和３年度　中間振り返り　具体的取組２－１－３",
            "全体の状況",
            "目次",
            "経営課題２　安全・安心・快適なまちづくり",
            "戦略２－１　防災対策の強化",
        ]
    );
    let caption = "具体的取組の数（具体的取組２－１－３、達成状況別）";
    assert_eq!(text(all(&page, ".counts caption")[0]), caption);
}

#[test]
fn what_is_empty_or_private_is_shown_as_such() {
    let source = source(&small(), None);
    assert!(!source.contains("部長へ確認"));
    let page = page(&small(), None);
    assert_eq!(
        text(all(&page, "#strategy-1-2")[0]),
        "戦略１－２　（名称なし）"
    );
    let notes: Vec<String> = all(&page, ".note").into_iter().map(text).collect();
    assert!(notes.contains(&"具体的取組はありません。".to_owned()));
    let unassessed = text(all(&page, "#initiative-reform-1 .status")[0]);
    assert_eq!(unassessed, "○ 未評価");
    assert!(text(all(&page, "#initiative-1-1-1 th")[0]).contains("担当：防災担当"));
}

/// A plan of the form of the wards since R5: what it says as a whole, a row under a heading and one
/// beside it.
fn deep() -> Plan {
    let issue = |bits: u64, number| {
        node("issue", id(bits))
            .numbered(number)
            .titled("防災")
            .with(slot("awareness"), "・一つ目")
    };
    let pillar = node("pillar", id(1))
        .numbered(1)
        .titled("柱")
        .holding([issue(2, 1)]);
    let plan = plan_in(&forms()[1], vec![pillar, issue(3, 2)]);
    let values = [(slot("goal"), "住み続けたいまち".to_owned())];
    plan.with_values(values.into_iter().collect())
}

#[test]
fn what_the_plan_as_a_whole_says_is_a_section_before_the_tables() {
    let page = page(&deep(), None);
    let headings: Vec<String> = all(&page, "h2, h3").into_iter().map(text).collect();
    let mut expected = vec!["目次", "計画全体"];
    let form = forms()[1].clone();
    expected.extend(form.plan.iter().map(|field| field.heading.as_str()));
    expected.push("1　柱");
    assert_eq!(headings, expected);
    assert!(all(&page, ".counts").is_empty());
    let tables = all(&page, ".form");
    assert_eq!(tables.len(), 2);
    let captions: Vec<String> = tables
        .iter()
        .map(|it| text(inside(*it, "caption")[0]))
        .collect();
    assert_eq!(captions, ["1　柱の経営課題", "経営課題"]);
    for table in tables {
        assert_eq!(inside(table, "thead th").len(), 5);
    }
    assert_eq!(all(&page, "#issue-1-1").len(), 1);
    assert_eq!(all(&page, "#issue-2").len(), 1);
}

#[test]
fn sums_stand_where_counts_stand() {
    let form = &forms()[2];
    let project = |bits: u64, budget: &str| {
        let node = node("project", id(bits)).numbered(1);
        node.with(slot("budget"), budget)
    };
    let policy = |bits: u64, number, budget| {
        let measure = node("measure", id(bits + 1)).numbered(1);
        let measure = measure.holding([project(bits + 2, budget)]);
        node("policy", id(bits))
            .numbered(number)
            .titled("まち")
            .holding([measure])
    };
    let plan = plan_in(form, vec![policy(1, 1, "1,234"), policy(11, 2, "６")]);
    let page = page(&plan, None);
    let tables = all(&page, ".counts");
    assert_eq!(tables.len(), 2);
    let texts =
        |selector| -> Vec<String> { inside(tables[1], selector).into_iter().map(text).collect() };
    assert_eq!(
        texts("thead th"),
        ["政策", "予算額（千円）", "執行額（千円）"]
    );
    assert_eq!(
        texts("tbody th, tbody td"),
        ["政策1　まち", "1,234", "", "政策2　まち", "6", "",]
    );
    assert_eq!(texts("tfoot th, tfoot td"), ["計", "1,240", ""]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_page_of_any_plan_of_any_form_is_sound(plan in arbitrary::plan()) {
        let page = page(&plan, None);
        let mut ids = HashSet::new();
        for element in all(&page, "[id]") {
            let id = element.value().attr("id").expect("it was asked for");
            prop_assert!(id.is_ascii() && ids.insert(id), "{}", id);
        }
        for element in all(&page, "[aria-labelledby]") {
            let by = element.value().attr("aria-labelledby").expect("as above");
            prop_assert!(ids.contains(by), "{}", by);
        }
        let rows = plan.rows().count();
        prop_assert_eq!(all(&page, ".form tbody tr").len(), rows);
    }
}

#[test]
fn on_paper_a_heading_keeps_the_first_row_of_its_table() {
    let page = String::from_utf8(html::write(&outline(&real(), None))).expect("UTF-8");
    let (_, print) = page.split_once("@media print").expect("a style for paper");
    for rule in [
        "h2, h3, caption, thead { break-after: avoid; }",
        "thead + tbody > tr:first-child { break-before: avoid; }",
    ] {
        assert!(print.contains(rule), "{rule}");
    }
}
