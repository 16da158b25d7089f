//! What is said of a plan, before any format draws it: what is chosen, and what is said of the
//! rest.

use furikaeri::{
    export::{
        self, ExportError, Format, Options,
        outline::{Outline, Scope, StatusLine, words},
    },
    plan::{Branch, Edit, Initiative, Issue, NoSuchSection, Plan, Section, Standing},
};

use crate::support::{
    paper::{form, outline},
    plans::{after, empty_strategy, id, numbered, plan_of, real, small},
};

/// The headings and numbers of an outline, indented.
fn contents(outline: &Outline<'_>) -> Vec<String> {
    let mut lines = vec![outline.title()];
    lines.extend(
        outline
            .remarks()
            .chain(outline.nothing())
            .map(str::to_owned),
    );
    for chapter in &outline.chapters {
        lines.push(format!(" {}", chapter.heading));
        for table in &chapter.tables {
            let heading = table.strategy.as_ref().map_or("-", |it| it.text.as_str());
            let rows = table.rows.iter().map(|row| row.number.half_width());
            let rows: Vec<String> = rows.collect();
            lines.push(format!("  {heading}: {}", rows.join(" ")));
        }
    }
    lines
}

#[test]
fn the_whole_plan_has_its_empty_headings_and_a_section_only_what_is_in_it() {
    let (plan, form) = (small(), form());
    let title = "港区　令和３年度　中間振り返り";
    let (issue, reform) = (" 経営課題１　安全", " 改革の取組");
    let first = "  戦略１－１　地域防災: 1-1-1 1-1-2";
    let empty = "  戦略１－２　（名称なし）: ";
    let cases: [(Option<&str>, &[&str]); 5] = [
        (None, &[title, issue, first, empty, reform, "  -: 改革-1"]),
        (
            Some("1"),
            &[
                "港区　令和３年度　中間振り返り　経営課題１",
                issue,
                first,
                empty,
            ],
        ),
        (
            Some("1-2"),
            &["港区　令和３年度　中間振り返り　戦略１－２", issue, empty],
        ),
        (
            Some("1-1-2"),
            &[
                "港区　令和３年度　中間振り返り　具体的取組１－１－２",
                issue,
                "  戦略１－１　地域防災: 1-1-2",
            ],
        ),
        (
            Some("改革"),
            &[
                "港区　令和３年度　中間振り返り　改革",
                reform,
                "  -: 改革-1",
            ],
        ),
    ];
    for (section, expected) in cases {
        assert_eq!(contents(&outline(&plan, section, &form)), expected);
    }
}

#[test]
fn an_issue_in_which_nothing_stands_is_said_and_one_with_nothing_of_the_section_is_not() {
    let issue = |bits: u64, strategy| Issue {
        id: id(bits),
        number: Some(1),
        title: "防災".to_owned(),
        strategies: vec![empty_strategy(id(bits + 1), strategy)],
        initiatives: Vec::new(),
    };
    let bare = Issue {
        strategies: Vec::new(),
        ..issue(20, 0)
    };
    let plan = plan_of(vec![issue(1, 1), issue(10, 2), bare]);
    let said = |section| contents(&outline(&plan, section, &form()));
    let heading = " 経営課題１　防災";
    let (one, two) = (
        "  戦略１－１　（名称なし）: ",
        "  戦略１－２　（名称なし）: ",
    );
    assert_eq!(
        said(None)[1..],
        [heading, one, heading, two, heading, "  -: "]
    );
    // The bare one might be the one that is meant.
    assert_eq!(said(Some("1-2"))[1..], [heading, two, heading, "  -: "]);
}

#[test]
fn only_what_needs_attention_says_so_and_that_there_is_nothing() {
    let (plan, form) = (small(), form());
    let attention = |plan: &Plan| {
        let scope = Scope {
            only_attention: true,
            ..Scope::default()
        };
        let outline = Outline::within(plan, &form, scope).expect("there is no section to miss");
        contents(&outline)
    };
    let title = "港区　令和３年度　中間振り返り";
    let first = ["  戦略１－１　地域防災: 1-1-1"];
    let expected = [title, words::ONLY_ATTENTION, " 経営課題１　安全", first[0]];
    assert_eq!(attention(&plan), expected);
    let good = Edit::Progress {
        id: id(3),
        progress: None,
    };
    let expected = [title, words::ONLY_ATTENTION, words::NO_ATTENTION];
    assert_eq!(attention(&after(&plan, &[good])), expected);
}

#[test]
fn a_repost_says_how_its_source_stands_and_is_not_counted() {
    let mut issues: Vec<Issue> = small().issues().iter().map(|it| (**it).clone()).collect();
    let repost = |bits, of| Initiative {
        repost_of: Some(id(of)),
        ..Initiative::new(id(bits), 9)
    };
    let initiatives = &mut issues[1].initiatives;
    // Of a repost, of one that nobody has assessed, and of one that is gone.
    initiatives.extend([(8, 4), (9, 7), (10, 99)].map(|(bits, of)| repost(bits, of).into()));
    let plan = plan_of(issues);
    let form = form();
    let outline = Outline::whole(&plan, &form);
    let rows = outline.tables().flat_map(|table| &table.rows);
    let said: Vec<_> = rows
        .map(|row| {
            let line = row.repost.as_ref().map(|repost| repost.line.as_str());
            let status = row.status.as_ref().map(|it| (&*it.words, it.counted));
            (line, status)
        })
        .collect();
    let behind = "【目標達成見込、取組予定通り進捗していない】";
    let of_first = (
        Some("具体的取組１－１－１の再掲"),
        Some(("再掲元：【目標達成見込、取組予定通り進捗していない】", None)),
    );
    let expected = [
        (None, Some((behind, Some(Standing::Behind)))),
        of_first,
        (None, Some(("未評価", Some(Standing::Unassessed)))),
        of_first,
        (
            Some("具体的取組改革－１の再掲"),
            Some(("再掲元：未評価", None)),
        ),
        (Some("再掲元が見つかりません"), None),
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_repost_in_full_has_the_contents_of_its_source_in_the_words_of_its_part() {
    // 改革-1 says 取組内容実施見込 where the numbered issues say something else.
    let mut plan = real();
    let repost = Initiative {
        title: "もう一度".to_owned(),
        repost_of: Some(numbered(&plan, "改革-1")),
        ..Initiative::new(id(1), 9)
    };
    plan = after(
        &plan,
        &[Edit::Insert {
            parent: Some(numbered(&plan, "1-1")),
            position: 0,
            branch: Branch::Initiative(repost.into()),
        }],
    );
    let form = form();
    let scope = Scope {
        full_reposts: true,
        section: "1-1-9".parse().ok(),
        ..Scope::default()
    };
    let outline = Outline::within(&plan, &form, scope).expect("it was put there");
    let rows: Vec<_> = outline.tables().flat_map(|table| &table.rows).collect();
    let source = plan.initiative(numbered(&plan, "改革-1"));
    let source = source.expect("it is an initiative");
    let contents = rows[0].contents.expect("it is in full");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].title, "もう一度");
    assert_eq!(
        (contents.results, contents.target, contents.notes),
        (&*source.results, &*source.target, &*source.notes)
    );
    let expected = StatusLine {
        words: "再掲元：【目標未達成見込、取組内容実施見込】".into(),
        counted: None,
    };
    assert_eq!(rows[0].status, Some(expected));
}

#[test]
fn a_section_that_the_plan_does_not_have_is_one_error_in_every_format() {
    for section in ["9", "2-9", "2-1-99", "改革-4"] {
        let section: Section = section.parse().expect(section);
        for format in Format::ALL {
            let options = Options::default();
            let form = form();
            let mut watch = export::go_on;
            match export::write(format, &real(), Some(section), &form, &options, &mut watch) {
                Err(ExportError::NoSuchSection(asked)) => {
                    assert_eq!(asked, NoSuchSection(section));
                    let sentence = format!("範囲「{section}」はこの計画にありません。");
                    assert_eq!(asked.to_string(), sentence);
                }
                other => panic!("{format:?} {section}: {other:?}"),
            }
        }
        let missing = export::missing(&real(), Some(section), &form());
        assert!(matches!(missing, Err(ExportError::NoSuchSection(_))));
    }
}
