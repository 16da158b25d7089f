//! What is said of a plan, before any format draws it: what is chosen, and what is said of the
//! rest.

use furikaeri::{
    export::{
        self, ExportError, Format, Options,
        outline::{Cell, Item, Outline, Part, Row, Scope, State},
    },
    plan::{Edit, Measure, NoSuchSection, Node, Plan, Section, Standing},
};

use crate::support::{
    paper::outline,
    plans::{
        Building as _, after, form_of, forms, id, initiative, issue, key, node, numbered, outlook,
        plan_in, plan_of, progress, real, set, slot, small, strategy,
    },
};

/// The headings and numbers of an outline, indented.
fn contents(outline: &Outline<'_>) -> Vec<String> {
    let mut lines = vec![outline.title()];
    lines.extend(outline.remarks().map(str::to_owned));
    lines.extend(outline.nothing());
    add_contents(outline, &outline.parts, 1, &mut lines);
    lines
}

fn add_contents(outline: &Outline<'_>, parts: &[Part<'_>], depth: usize, lines: &mut Vec<String>) {
    let indent = " ".repeat(depth);
    for part in parts {
        match part {
            Part::Chapter(chapter) => {
                assert_eq!(chapter.depth + 1, depth);
                lines.push(format!("{indent}{}", chapter.heading));
                add_contents(outline, &chapter.parts, depth + 1, lines);
            }
            Part::Table(table) => {
                let form = outline.form();
                let rows = table.rows.iter().map(|row| row.number().half_width(form));
                let rows: Vec<String> = rows.collect();
                lines.push(format!("{indent}: {}", rows.join(" ")));
            }
            Part::Nothing(words) => lines.push(format!("{indent}{words}")),
        }
    }
}

/// What the cells of a row say, each on a line.
fn said(row: &Row<'_>) -> Vec<String> {
    row.cells().iter().map(said_in).collect()
}

fn said_in(cell: &Cell<'_>) -> String {
    let items = cell.items.iter().map(|item| match item {
        Item::Title(title) => {
            let owner = title.owner.as_deref().unwrap_or_default();
            format!("{} {} {owner}", title.number, title.title)
        }
        Item::Repost(repost) => repost.line.clone(),
        Item::State(state) => match state.counted {
            Some(standing) => format!("{standing:?} {}", state.words),
            None => state.words.clone(),
        },
        Item::Text { label, text } => match label {
            Some(label) => format!("<{label}> {text}"),
            None => text.to_string(),
        },
    });
    let items: Vec<String> = items.map(|item| item.trim().to_owned()).collect();
    items.join("／")
}

fn attention(plan: &Plan) -> Vec<String> {
    let scope = Scope {
        only_attention: true,
        ..Scope::default()
    };
    contents(&Outline::within(plan, &scope).expect("there is no section to miss"))
}

#[test]
fn the_whole_plan_has_its_empty_headings_and_a_section_only_what_is_in_it() {
    let plan = small();
    let title = "港区　令和３年度　中間振り返り";
    let (issue, reform) = (" 経営課題１　安全", " 改革の取組");
    let (first, rows) = ("  戦略１－１　地域防災", "   : 1-1-1 1-1-2");
    let (empty, none) = ("  戦略１－２　（名称なし）", "   具体的取組はありません。");
    let cases: [(Option<&str>, &[&str]); 5] = [
        (
            None,
            &[title, issue, first, rows, empty, none, reform, "  : 改革-1"],
        ),
        (
            Some("1"),
            &[
                "港区　令和３年度　中間振り返り　経営課題１",
                issue,
                first,
                rows,
                empty,
                none,
            ],
        ),
        (
            Some("1-2"),
            &[
                "港区　令和３年度　中間振り返り　戦略１－２",
                issue,
                empty,
                none,
            ],
        ),
        (
            Some("1-1-2"),
            &[
                "港区　令和３年度　中間振り返り　具体的取組１－１－２",
                issue,
                first,
                "   : 1-1-2",
            ],
        ),
        (
            Some("改革"),
            &["港区　令和３年度　中間振り返り　改革", reform, "  : 改革-1"],
        ),
    ];
    for (section, expected) in cases {
        assert_eq!(contents(&outline(&plan, section)), expected);
    }
}

#[test]
fn an_issue_in_which_nothing_stands_is_said_and_one_with_nothing_of_the_section_is_not() {
    let with = |bits: u64, number| {
        let strategy = strategy(id(bits + 1), number);
        issue(id(bits), 1).titled("防災").holding([strategy])
    };
    let bare = issue(id(20), 1).titled("防災");
    let plan = plan_of(vec![with(1, 1), with(10, 2), bare]);
    let said = |section| contents(&outline(&plan, section));
    let heading = " 経営課題１　防災";
    let (one, two) = ("  戦略１－１　（名称なし）", "  戦略１－２　（名称なし）");
    let (nothing, none) = ("  具体的取組はありません。", "   具体的取組はありません。");
    assert_eq!(
        said(None)[1..],
        [heading, one, none, heading, two, none, heading, nothing]
    );
    assert_eq!(said(Some("1-2"))[1..], [heading, two, none]);
}

#[test]
fn only_what_needs_attention_says_so_and_that_there_is_nothing() {
    let plan = small();
    let title = "港区　令和３年度　中間振り返り";
    let only = "「目標未達成見込」「取組予定通り進捗していない」の具体的取組";
    let [these, none] = [format!("{only}のみ"), format!("{only}はありません。")];
    let expected = [
        title,
        &these,
        " 経営課題１　安全",
        "  戦略１－１　地域防災",
        "   : 1-1-1",
    ];
    assert_eq!(attention(&plan), expected);
    let good = set(id(3), progress(), "");
    let expected = [title, &these, &none];
    assert_eq!(attention(&after(&plan, &[good])), expected);
}

#[test]
fn a_repost_says_how_its_source_stands_and_is_not_counted() {
    let mut nodes: Vec<Node> = small().top().iter().map(|it| (**it).clone()).collect();
    let repost = |bits, of| node("reform_item", id(bits)).numbered(9).repeating(id(of));
    // Of a repost, of one that nobody has assessed, and of one that is gone.
    let reposts = [(8, 4), (9, 7), (10, 99)].map(|(bits, of)| repost(bits, of));
    let reform = nodes.pop().expect("the unnumbered part");
    let plan = plan_of([nodes.remove(0), reform.holding(reposts)].into());
    let outline = Outline::whole(&plan);
    let said: Vec<_> = outline
        .rows()
        .map(|row| {
            let line = row.repost().map(|repost| repost.line);
            let cells = row.cells();
            let state = cells
                .iter()
                .flat_map(|cell| &cell.items)
                .find_map(|item| match item {
                    Item::State(state) => Some((state.words.clone(), state.counted)),
                    _ => None,
                });
            (line, state)
        })
        .collect();
    let own = |words: &str, standing| (None, Some((words.to_owned(), Some(standing))));
    let of = |line: &str, words: Option<&str>| {
        let words = words.map(|words| (words.to_owned(), None));
        (Some(line.to_owned()), words)
    };
    let behind = "【目標達成見込、取組予定通り進捗していない】";
    let of_behind = format!("再掲元：{behind}");
    let first = "具体的取組１－１－１の再掲";
    let expected = [
        own(behind, Standing::Concern),
        of(first, Some(&of_behind)),
        own("未評価", Standing::Unassessed),
        of(first, Some(&of_behind)),
        of("具体的取組改革－１の再掲", Some("再掲元：未評価")),
        of("再掲元が見つかりません", None),
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_repost_in_full_has_the_contents_of_its_source_in_the_words_of_its_part() {
    // 改革-1 says 取組内容実施見込 where the numbered issues say something else.
    let plan = real();
    let repost = initiative(id(1), 9)
        .titled("もう一度")
        .repeating(numbered(&plan, "改革-1"));
    let insert = Edit::Insert {
        parent: Some(numbered(&plan, "1-1")),
        position: 0,
        branch: repost.into(),
    };
    let plan = after(&plan, &[insert]);
    let scope = Scope {
        full_reposts: true,
        section: "1-1-9".parse().ok(),
        ..Scope::default()
    };
    let outline = Outline::within(&plan, &scope).expect("it was put there");
    let rows: Vec<_> = outline.rows().collect();
    let source = plan.node(numbered(&plan, "改革-1")).expect("it is there");
    let text = |at: &str| source.text(slot(at)).to_owned();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        said(rows[0]),
        [
            "１－１－９ もう一度".to_owned(),
            format!("具体的取組改革－１の再掲／{}", text("midyear/results")),
            text("target"),
            format!(
                "再掲元：【目標未達成見込、取組内容実施見込】／{}",
                text("midyear/notes")
            ),
        ]
    );
    let cells = rows[0].cells();
    let state = cells[3].items.first();
    let is_counted = matches!(
        state,
        Some(Item::State(State {
            counted: Some(_),
            ..
        }))
    );
    assert!(!is_counted);
}

#[test]
fn a_section_that_the_plan_does_not_have_is_one_error_in_every_format() {
    for text in ["9", "2-9", "2-1-99", "改革-4"] {
        let section: Section = text.parse().expect(text);
        for format in Format::ALL {
            let options = Options::default();
            let asked = Some(section.clone());
            match export::write(format, &real(), asked, &options, &mut export::go_on) {
                Err(ExportError::NoSuchSection(asked)) => {
                    assert_eq!(asked, NoSuchSection(section.clone()));
                    let sentence = format!("範囲「{text}」はこの計画にありません。");
                    assert_eq!(asked.to_string(), sentence);
                }
                other => panic!("{format:?} {text}: {other:?}"),
            }
        }
        let missing = export::missing(&real(), Some(section));
        assert!(matches!(missing, Err(ExportError::NoSuchSection(_))));
    }
}

/// A form with rows in rows, of which one has no column for its title.
const ROWS_IN_ROWS: &str = r#"(
    name: "表の中の表",
    reviews: [(key: "mid", name: "中間"), (key: "end", name: "期末")],
    levels: [
        (
            key: "theme", name: "テーマ", at_top: true, number: (pattern: "{n}"),
            fields: [
                (key: "aim", heading: "ねらい", kind: Text),
                (key: "kind", heading: "区分", kind: Choice(choices: [
                    (key: "new", words: "新規"), (key: "old", words: "継続"),
                ])),
            ],
            columns: [(heading: "ねらいと区分", share: 1, fields: ["aim", "kind"])],
        ),
        (
            key: "project", name: "事業", at_top: true, under: ["theme"],
            number: (pattern: "{above}-{n}"),
            fields: [(key: "cost", heading: "事業費", kind: Amount(unit: "千円"))],
            columns: [
                (heading: "事業", share: 2, fields: ["title"]),
                (heading: "事業費", share: 1, fields: ["cost"]),
                (heading: "担当", share: 1, fields: ["owner"]),
            ],
        ),
        (
            key: "step", name: "段階", under: ["project"], number: (pattern: "({n})"),
            fields: [
                (key: "done", heading: "したこと", kind: Text, each_review: true),
                (key: "next", heading: "すること", kind: Text, each_review: true),
                (key: "mark", heading: "評価", each_review: true, kind: Choice(choices: [
                    (key: "a", words: "Ａ", grade: Good), (key: "b", words: "Ｂ", grade: Bad),
                    (key: "none", words: "なし"),
                ])),
            ],
            columns: [
                (heading: "段階", share: 1, fields: ["title"]),
                (heading: "中間", share: 1, fields: ["done", "next", "mark"], review: "mid"),
                (heading: "期末", share: 1, fields: ["done", "next", "mark"], review: "end"),
            ],
        ),
    ],
)"#;

fn rows_in_rows() -> Plan {
    let step = node("step", id(4))
        .numbered(1)
        .titled("調査")
        .with(slot("mid/done"), "聞き取り")
        .with(slot("mid/next"), "まとめ")
        .with(slot("mid/mark"), "b")
        .with(slot("end/mark"), "none");
    let first = node("project", id(2))
        .numbered(1)
        .titled("道路")
        .owned_by("土木課")
        .with(slot("cost"), "1,200")
        .holding([step]);
    let second = node("project", id(3)).numbered(2).titled("橋");
    let third = node("project", id(6)).numbered(3).titled("川");
    let theme = node("theme", id(1))
        .numbered(1)
        .titled("まち")
        .with(slot("aim"), "住みやすく")
        .with(slot("kind"), "new")
        .holding([first, second, third]);
    let alone = node("project", id(5)).numbered(2).titled("公園");
    plan_in(&form_of(ROWS_IN_ROWS), vec![theme, alone])
}

#[test]
fn a_row_that_holds_others_has_them_below_it_and_what_has_no_column_has_a_heading() {
    let plan = rows_in_rows();
    let outline = outline(&plan, None);
    assert_eq!(
        contents(&outline)[1..],
        [
            " テーマ1　まち",
            "  : 1",
            "  : 1-1",
            "  : (1)",
            "  : 1-2 1-3",
            " : 2",
        ]
    );
    let names: Vec<String> = outline.tables().map(|table| table.name()).collect();
    assert_eq!(
        names,
        [
            "テーマ1　まちのテーマ",
            "テーマ1　まちの事業",
            "事業1-1　道路の段階",
            "テーマ1　まちの事業",
            "事業",
        ]
    );
}

#[test]
fn a_cell_says_what_its_column_asks_for() {
    let plan = rows_in_rows();
    let outline = outline(&plan, None);
    let rows: Vec<Vec<String>> = outline.rows().map(said).collect();
    assert_eq!(rows[0], ["住みやすく／【新規】"]);
    assert_eq!(rows[1], ["1-1 道路", "1,200千円", "土木課"]);
    // What another review says is not how it stands now.
    assert_eq!(
        rows[2],
        [
            "(1) 調査",
            "<したこと> 聞き取り／<すること> まとめ／Bad 【Ｂ】",
            "【なし】",
        ]
    );
    assert_eq!(rows[3], ["1-2 橋", "", ""]);
}

#[test]
fn of_what_stands_above_a_section_only_its_heading_is_said() {
    let plan = rows_in_rows();
    let said = contents(&outline(&plan, Some("1-2")));
    assert_eq!(said[1..], [" テーマ1　まち", "  : 1-2"]);
    let said = contents(&outline(&plan, Some("(1)")));
    let expected = [" テーマ1　まち", "  事業1-1　道路", "   : (1)"];
    assert_eq!(said[1..], expected);
    assert_eq!(attention(&plan)[2..], expected);
}

#[test]
fn criteria_are_said_with_their_values_where_the_form_marks_them() {
    let form = &forms()[1];
    let at = slot("outcome");
    let measure = |criterion: &str, measured: &str, as_of: &str, mark: &str| Measure {
        measured: measured.to_owned(),
        as_of: as_of.to_owned(),
        mark: mark.to_owned(),
        ..Measure::new(at, key("year_end"), criterion)
    };
    let measures = vec![
        measure("参加者：100人以上", "98人", "３月末", "b"),
        measure("会議：２回", "", "", "a"),
        measure("なくなった指標", "1件", "", "a"),
    ];
    let issue = node("issue", id(1))
        .numbered(1)
        .titled("防災")
        .with(at, "・参加者：100人以上\n・会議：２回\n・計画の策定")
        .measured(measures);
    let only = node("issue", id(2))
        .numbered(2)
        .with(at, "参加者：100人以上")
        .measured(vec![measure("参加者：100人以上", "120人", "", "a")]);
    let plan = plan_in(form, vec![issue, only]);
    let outline = outline(&plan, None);
    let rows: Vec<Vec<String>> = outline.rows().map(said).collect();
    assert_eq!(
        rows[0][3],
        "・参加者：100人以上\n・会議：２回\n・計画の策定／\
         <実績値> ・参加者：100人以上　→　98人（３月末）　B\n・会議：２回　→　A"
    );
    assert_eq!(rows[1][3], "参加者：100人以上／<実績値> 120人　A");
}

#[test]
fn what_the_plan_as_a_whole_says_comes_first_and_only_in_the_whole() {
    let form = &forms()[1];
    let issue = node("issue", id(1)).numbered(1);
    let plan = plan_in(form, vec![issue]);
    let plan = after(
        &plan,
        &[Edit::Text {
            id: None,
            at: slot("goal"),
            text: "住み続けたいまち".to_owned(),
        }],
    );
    let whole = outline(&plan, None);
    let headings: Vec<&str> = whole.whole.iter().map(|cell| cell.heading).collect();
    let expected: Vec<&str> = form.plan.iter().map(|field| &*field.heading).collect();
    assert_eq!(headings, expected);
    assert_eq!(said_in(&whole.whole[0]), "住み続けたいまち");
    assert_eq!(said_in(&whole.whole[1]), "");
    assert!(outline(&plan, Some("1")).whole.is_empty());
}

#[test]
fn counts_are_made_for_each_level_that_is_judged() {
    let plan = rows_in_rows();
    let outline = outline(&plan, None);
    let counts = outline.counts();
    assert_eq!(counts.len(), 1);
    assert_eq!(counts[0].caption, "段階の数（評価別）");
    assert_eq!(counts[0].names, "テーマ");
    let standings: Vec<&str> = counts[0].standings.iter().map(|(_, it)| &**it).collect();
    assert_eq!(standings, ["Ａ", "Ｂ", "未評価", "なし"]);
    assert_eq!(counts[0].lines.len(), 1);
    assert_eq!(counts[0].total.count(Standing::Bad), 1);
    assert_eq!(counts[0].total.total(), 1);

    let of_real = real();
    let outline = Outline::whole(&of_real);
    let counts = outline.counts();
    assert_eq!(counts.len(), 1);
    assert!(outline.sums().is_none());
}

#[test]
fn amounts_are_added_up_for_each_heading_and_for_the_whole() {
    let plan = after(&rows_in_rows(), &[set(id(5), slot("cost"), "300")]);
    let outline = outline(&plan, None);
    let sums = outline.sums().expect("there are amounts");
    assert_eq!(sums.names, "テーマ");
    assert_eq!(sums.columns, ["事業費（千円）"]);
    assert_eq!(sums.lines, [("テーマ1　まち", vec!["1,200".to_owned()])]);
    // Also what stands under no heading.
    assert_eq!(sums.total, ["1,500"]);
    assert_eq!(sums.unread, None);

    let plan = after(&plan, &[set(id(3), slot("cost"), "未定")]);
    let whole = Outline::whole(&plan);
    let sums = whole.sums().expect("as before");
    assert_eq!(sums.total, ["1,500"]);
    let unread = "数として読めない金額が1件あります。計には入っていません。";
    assert_eq!(sums.unread.as_deref(), Some(unread));
}

#[test]
fn an_empty_form_shows_each_heading_and_each_choice() {
    for form in forms() {
        let plan = export::sample_plan(form.clone());
        let scope = Scope {
            blank: true,
            ..Scope::default()
        };
        let outline = Outline::within(&plan, &scope).expect("there is no section to miss");
        assert_eq!(outline.title(), form.name);
        let levels: Vec<_> = plan.nodes().map(|entry| entry.node.level).collect();
        assert_eq!(levels.len(), form.levels.len());
        assert!(form.levels.iter().all(|level| levels.contains(&level.key)));
        let cells: Vec<String> = outline.rows().flat_map(said).collect();
        let said = cells.concat() + &contents(&outline).concat();
        assert!(
            !said.contains("名称なし") && !said.contains("未評価"),
            "{said}"
        );
        for level in form.rows() {
            for choice in level.axes().flat_map(|axis| axis.choices()) {
                let boxed = format!("□{}", choice.words);
                assert!(said.contains(&boxed), "{boxed} in {said}");
            }
        }
    }
    let outlook = outlook();
    let chosen = after(&small(), &[set(id(7), outlook, "on_target")]);
    let scope = Scope {
        blank: true,
        ..Scope::default()
    };
    let outline = Outline::within(&chosen, &scope).expect("as before");
    let rows: Vec<Vec<String>> = outline.rows().map(said).collect();
    assert_eq!(rows[2][3], "Unassessed 【目標達成見込】");
}
