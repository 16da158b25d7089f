//! The ward's real plan says exactly what its slides say: no character lost, none added, and every
//! text in the cell of the initiative to which it belongs.
//!
//! The slides are the text that a reader of the published file gets. Two things in it are the
//! reader's, not the ward's: lines break where the slide wraps them, and only the last line of a
//! paragraph ends in a space.

use std::collections::BTreeMap;

use furikaeri::form::{full_width, half_width};
use furikaeri::plan::{Node, Plan};
use furikaeri::storage::format;

use crate::support::plans::{
    BEHIND, OFF_TARGET, ON_SCHEDULE, ON_TARGET, key, notes, outlook, progress, results, target,
};

const SLIDES: &str = include_str!("../fixtures/minato-r3-midyear.txt");
const PLAN: &[u8] = include_bytes!("../../plan-data/minato-r3.ron");

/// The lines of the columns' headings.
const COLUMNS: [&str; 7] = [
    "具体的取組 現状の主な取組実績 目標（取組によりめざす指標） 達成状況と課題・改善策",
    "具体的取組 現状の主な取組実績 目標 達成状況と課題・改善策",
    "具体的取組 現状の主な取組実績 目標（取組によりめざす",
    "指標）",
    "具体的取組 現状の主な取組実績 目標（取組により",
    "めざす指標）",
    "達成状況と課題・改善策",
];
const REFORM: &str = "「市政改革プラン３．０」に基づく取組等";

/// The rows that do not stand below the heading of their own strategy.
const MISPLACED: [(&str, &str); 8] = [
    ("６ 津波による浸水", "2-1-6"),
    ("１ 弁天町駅周辺の", "2-3-1"),
    ("３ 青少年の健全", "4-1-3"),
    ("１ 産業振興・次世代", "5-1-1"),
    ("２ 港区の魅力発掘・", "5-1-2"),
    ("１ 歳入の確保", "改革-1"),
    ("２ 歳出等の削減", "改革-2"),
    ("３ 市民利用施設の見", "改革-3"),
];
/// Where a cell begins in the middle of a line: results next to their title, and one target.
const CELLS_WITHIN_A_LINE: [&str; 2] = [" ・", " こどもサポート推進員"];
/// Lines in the middle of a sentence, although a space ends the line before them.
const MID_SENTENCE: [&str; 4] = ["6回 （", "例年１１月実施", "１６７回", "との 4者会議"];
/// Targets that begin with a bullet; all others begin with the first paragraph that has none.
const BULLETED_TARGETS: [(&str, &str); 3] = [
    ("2-1-6", "・津波災害時の"),
    ("改革-1", "・区広報紙、"),
    ("改革-2", "・備品・消耗品等"),
];
const BULLETS: [char; 3] = ['・', '①', '②'];

/// A row of the tables in the slides.
struct Row {
    number: String,
    /// As in the slides, from the line with the title on.
    lines: Vec<&'static str>,
}

const CELLS: [&str; 5] = ["題", "実績", "目標", "達成状況", "課題・改善策"];
/// The lines of each cell of a row.
type Cells = [Vec<String>; 5];

/// The headings of the slides, blanks left out, and their rows, both in reading order.
fn slides() -> (Vec<String>, Vec<Row>) {
    let (mut headings, mut rows) = (Vec::new(), Vec::<Row>::new());
    let mut strategy = String::new();
    let mut in_row = false;
    for line in SLIDES.lines().filter(|line| !line.is_empty()) {
        let text = line.trim();
        let strategy_heading = text.strip_prefix("戦略");
        let is_issue_heading = text.starts_with("経営課題 ") || text == REFORM;
        if let Some(own) = own_number(line) {
            let misplaced = MISPLACED.iter().find(|(start, _)| text.starts_with(start));
            let number = match misplaced {
                Some((_, number)) => (*number).to_owned(),
                None => format!("{strategy}-{own}"),
            };
            let lines = vec![line];
            rows.push(Row { number, lines });
            in_row = true;
        } else if COLUMNS.contains(&text) {
            in_row = false;
        } else if strategy_heading.is_some() || is_issue_heading {
            headings.push(without_blanks(text));
            let number = strategy_heading.and_then(|rest| rest.split(' ').next());
            strategy = half_width(number.unwrap_or_default());
            in_row = false;
        } else if in_row {
            rows.last_mut().expect("a row has begun").lines.push(line);
        } else {
            assert!(text.is_empty(), "どの取組にも属さない行: {text}");
        }
    }
    (headings, rows)
}

/// The number of a row, when this is its first line: `１ 人と人`.
fn own_number(line: &str) -> Option<String> {
    let (number, _) = line.split_once(' ')?;
    let digit: char = number.parse().ok()?;
    ('１'..='９').contains(&digit).then(|| half_width(number))
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Row {
    /// Wrapped lines joined again.
    fn paragraphs(&self) -> Vec<String> {
        let mut paragraphs = Vec::<String>::new();
        for line in &self.lines {
            let starts_line = |start: &&str| line.trim().starts_with(start);
            match paragraphs.last_mut() {
                Some(last) if MID_SENTENCE.iter().any(starts_line) => {
                    last.push_str(line.trim_start());
                }
                Some(last) if !last.ends_with(' ') => last.push_str(line),
                _ => paragraphs.push((*line).to_owned()),
            }
        }
        paragraphs.iter().flat_map(|p| split_cells(p)).collect()
    }

    fn cells(&self) -> Cells {
        let mut title = self.paragraphs();
        let mut results = title.split_off(1);
        let is_status = |p: &String| p.starts_with("【目標") || p.starts_with("具体的取組");
        let Some(status) = results.iter().position(is_status) else {
            panic!("{}: 達成状況がない", self.number);
        };
        let mut status = results.split_off(status);
        let notes = status.split_off(1);
        let bulleted = BULLETED_TARGETS.iter().find(|(n, _)| *n == self.number);
        let begins_target = |p: &String| match bulleted {
            Some((_, start)) => p.starts_with(start),
            None => !p.is_empty() && !p.starts_with(['・', '（', ' ']),
        };
        let target = results.iter().position(begins_target);
        let target = results.split_off(target.unwrap_or(results.len()));
        [title, results, target, status, notes].map(trimmed)
    }
}

/// A paragraph, without the space at its end, parted where another cell begins within it.
fn split_cells(paragraph: &str) -> Vec<String> {
    let paragraph = paragraph.trim_end();
    let mut cuts = CELLS_WITHIN_A_LINE.iter();
    match cuts.find_map(|start| paragraph.find(start)) {
        Some(at) => vec![paragraph[..at].to_owned(), paragraph[at + 1..].to_owned()],
        None => vec![paragraph.to_owned()],
    }
}

/// The empty lines around a cell are the slide's.
fn trimmed(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    lines.split_off(first)
}

fn plan() -> Plan {
    format::read(PLAN).unwrap_or_else(|error| panic!("港区の計画が読めない: {error}"))
}

fn by_number(plan: &Plan) -> BTreeMap<String, &Node> {
    plan.rows()
        .map(|entry| (entry.number().half_width(plan.form()), &**entry.node))
        .collect()
}

/// An initiative of the plan as its form would print it.
fn printed(plan: &Plan, initiative: &Node) -> Cells {
    let level = plan.level(initiative);
    let status = match initiative.repost_of {
        Some(source) => {
            let source = plan.number(source).expect("a repost has a source");
            let (form, level) = (plan.form(), source.level(plan.form()));
            level.repost_line(&level.name, &source.printed(form))
        }
        None => {
            let axes = [outlook().field, progress().field];
            let line = level.choice_line(initiative, plan.review(), &axes);
            line.unwrap_or_default()
        }
    };
    let number = initiative.number.expect("it is numbered");
    let title = format!("{} {}", full_width_number(number), initiative.title);
    [
        &title,
        initiative.text(results()),
        initiative.text(target()),
        &status,
        initiative.text(notes()),
    ]
    .map(|text| text.lines().map(str::to_owned).collect())
}

fn full_width_number(n: u32) -> String {
    full_width(&n.to_string())
}

/// What is left of both texts, blanks left out, after the characters with which both begin.
fn left_over(slides: &str, plan: &str) -> Option<(String, String)> {
    let (slides, plan) = (without_blanks(slides), without_blanks(plan));
    let (mut a, mut b) = (slides.chars(), plan.chars());
    loop {
        let (rest_a, rest_b) = (a.as_str(), b.as_str());
        match (a.next(), b.next()) {
            (None, None) => return None,
            (one, other) if one == other => {}
            _ => return Some((rest_a.to_owned(), rest_b.to_owned())),
        }
    }
}

#[test]
fn every_character_of_the_slides_is_in_its_cell_and_no_other() {
    let plan = plan();
    let mut initiatives = by_number(&plan);
    let mut wrong = Vec::new();
    for row in slides().1 {
        let number = &row.number;
        let Some(initiative) = initiatives.remove(number) else {
            wrong.push(format!("{number}: 計画にない、または資料に二度ある"));
            continue;
        };
        for text in [&initiative.owner, &initiative.memo] {
            if !text.is_empty() {
                wrong.push(format!("{number}: 資料にない記入「{text}」"));
            }
        }
        let (source, printed) = (row.cells(), printed(&plan, initiative));
        for (name, (source, printed)) in CELLS.iter().zip(source.iter().zip(&printed)) {
            if let Some((slides, plan)) = left_over(&source.concat(), &printed.concat()) {
                wrong.push(format!("{number} {name}: 資料「{slides}」≠ 計画「{plan}」"));
            }
        }
    }
    wrong.extend(
        initiatives
            .keys()
            .map(|number| format!("{number}: 資料にない")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_heading_of_the_slides_is_in_the_plan_and_no_other() {
    let plan = plan();
    let above = plan.nodes().filter(|entry| !entry.is_row(plan.form()));
    let headings = above.map(|entry| {
        let number = entry.number().printed(plan.form());
        without_blanks(&plan.level(entry.node).heading(&number, &entry.node.title))
    });
    let headings: Vec<String> = headings.collect();
    assert_eq!(headings, slides().0);
}

#[test]
fn lines_and_the_blanks_within_them_are_those_of_the_slides() {
    let plan = plan();
    let initiatives = by_number(&plan);
    for row in slides().1 {
        let printed = printed(&plan, initiatives[&row.number]);
        assert_eq!(printed, row.cells(), "{}: 左は計画、右は資料", row.number);
        for line in row.lines.iter().filter(|line| line.starts_with(BULLETS)) {
            let start = line
                .trim_end()
                .split(CELLS_WITHIN_A_LINE[1])
                .next()
                .unwrap();
            assert!(
                printed.iter().flatten().any(|line| line.starts_with(start)),
                "{}: 行頭にない「{start}」",
                row.number
            );
        }
    }
}

#[test]
fn the_plan_has_as_many_nodes_as_the_slides() {
    let plan = plan();
    let count = |level: &str| {
        let nodes = plan.nodes().filter(|entry| entry.node.level == key(level));
        nodes.count()
    };
    assert_eq!(
        (count("issue"), count("strategy"), count("initiative")),
        (6, 19, 46)
    );
    assert_eq!((count("reform"), count("reform_item")), (1, 3));
    for entry in plan.nodes() {
        let depth = match entry.node.level.text().as_str() {
            "issue" | "reform" => 0,
            "strategy" | "reform_item" => 1,
            _ => 2,
        };
        assert_eq!(entry.depth(), depth, "{}", entry.node.title);
    }
    assert_eq!(by_number(&plan).len(), 49);
}

#[test]
fn the_statuses_are_those_of_the_slides() {
    let plan = plan();
    let initiatives = by_number(&plan);
    let with = |met: &str, on_schedule: &str, reform: bool| -> Vec<&str> {
        initiatives
            .iter()
            .filter(|(number, _)| number.starts_with("改革") == reform)
            .filter(|(_, it)| it.text(outlook()) == met && it.text(progress()) == on_schedule)
            .map(|(number, _)| number.as_str())
            .collect()
    };
    assert_eq!(with(ON_TARGET, ON_SCHEDULE, false).len(), 38);
    assert_eq!(
        with(ON_TARGET, BEHIND, false),
        ["2-1-1", "2-1-2", "2-1-3", "2-1-4", "4-1-2"]
    );
    assert_eq!(with(OFF_TARGET, ON_SCHEDULE, false), ["1-1-4", "4-1-3"]);
    assert_eq!(with("", "", false), ["3-3-1"]);
    assert_eq!(
        initiatives["3-3-1"].repost_of,
        Some(initiatives["3-1-2"].id)
    );
    assert_eq!(with(OFF_TARGET, ON_SCHEDULE, true), ["改革-1"]);
    assert_eq!(with(ON_TARGET, ON_SCHEDULE, true), ["改革-2", "改革-3"]);
    let reposts = initiatives.values().filter(|it| it.is_repost());
    assert_eq!(reposts.count(), 1);
}

#[test]
fn digits_and_signs_keep_the_width_they_have_in_the_slides() {
    let snippets = [
        ("1-1-1", "１４件"),
        ("1-1-1", "55%以上"),
        ("1-1-2", "50％以上"),
        ("1-1-3", "2１団体"),
        ("1-1-3", "1６団体"),
        ("1-1-3", "延べ６0団体"),
        ("1-1-4", "(年 1回）"),
        ("1-1-4", "4５%以上"),
        ("1-2-3", "ＨＰ掲載"),
        ("3-1-2", "４～8月"),
        ("3-3-2", "８0％以上"),
        ("3-3-6", "（R3.８末）"),
        ("3-4-2", "1７回予定"),
        ("3-4-2", "344人（8月末）"),
        ("4-2-3", "９0%以上"),
        ("5-1-1", "202１"),
        ("5-1-1", "プログラム実践)"),
        ("6-2-1", "８月～10月"),
        ("改革-1", "1３,８７７千円"),
        ("改革-1", "1０0千円"),
        ("改革-2", "（7５,４６６千円）"),
    ];
    let plan = plan();
    let initiatives = by_number(&plan);
    let slides = without_blanks(SLIDES);
    for (number, snippet) in snippets {
        let cells = printed(&plan, initiatives[number]);
        assert!(
            cells.iter().flatten().any(|line| line.contains(snippet)),
            "{number}:「{snippet}」がない"
        );
        assert!(
            slides.contains(&without_blanks(snippet)),
            "資料に「{snippet}」がない"
        );
    }
}
