//! The Markdown as people read it, and as a program would.

use furikaeri::{export::markdown, form::Slot, plan::Plan};

use crate::support::{
    awkward::{self, squeezed},
    paper::outline,
    plans::{Building as _, forms, id, node, notes, plan_in, real, results, slot, small},
};

fn text(plan: &Plan, section: Option<&str>) -> String {
    let bytes = markdown::write(&outline(plan, section));
    String::from_utf8(bytes).expect("the file is UTF-8")
}

#[test]
fn an_initiative_is_a_section_under_its_headings() {
    let expected = "\
# 港区　令和３年度　中間振り返り　具体的取組１－１－１

## 経営課題１　安全

### 戦略１－１　地域防災

#### １－１－１　防災訓練

担当：防災担当

**現状の主な取組実績**

- 訓練：１回
- 会議：２回

**目標（取組によりめざす指標）**

参加者：100人以上

**達成状況と課題・改善策**

▲ 【目標達成見込、取組予定通り進捗していない】

「秋」に\"延期\"した。
";
    assert_eq!(text(&small(), Some("1-1-1")), expected);
    assert!(!text(&small(), None).contains("部長へ確認"));
}

#[test]
fn every_initiative_is_there() {
    let plan = real();
    let text = text(&plan, None);
    let headings = text.lines().filter(|line| line.starts_with("#### "));
    assert_eq!(headings.count(), 49);
    let plain = |text: &str| squeezed(text).replace(['・', '-', '\\'], "");
    let said = plain(&text);
    for entry in plan.rows() {
        for at in [Slot::TITLE, results(), notes()] {
            let piece = entry.node.text(at);
            assert!(said.contains(&plain(piece)), "{piece}");
        }
    }
}

#[test]
fn nothing_typed_becomes_a_heading_a_tag_or_a_link() {
    let structure = |text: &str| {
        let lines = text
            .lines()
            .filter(|line| line.starts_with(['#', '<', '>', '|', '*']));
        lines.count()
    };
    let usual = structure(&text(&awkward::plan_with("無事"), None));
    for line in awkward::LINES
        .into_iter()
        .chain(["# x", "    x", "> x", "1. x", "---"])
    {
        let text = text(&awkward::plan_with(line), None);
        assert_eq!(structure(&text), usual, "{line}: {text}");
        for live in ["](", "<script", "<style", "<r>"] {
            let found = text.replace("\\<", "").replace("\\]", "");
            assert!(!found.contains(live), "{line}: {live}");
        }
    }
}

#[test]
fn a_plan_of_another_form_is_said_by_its_own_headings() {
    let project = node("project", id(3))
        .numbered(1)
        .titled("訓練")
        .owned_by("防災担当")
        .with(slot("target"), "参加者：100人以上")
        .with(slot("midyear/results"), "・一つ目")
        .with(slot("budget"), "1,234")
        .with(slot("midyear/rating"), "c")
        .with(slot("midyear/direction"), "improve")
        .with(slot("midyear/notes"), "遅れた。");
    let measure = node("measure", id(2))
        .numbered(1)
        .titled("防災")
        .holding([project]);
    let policy = node("policy", id(1))
        .numbered(1)
        .titled("安全")
        .holding([measure]);
    let plan = plan_in(&forms()[2], vec![policy]);
    let values = [(slot("midyear/summary"), "・概ね進んだ".to_owned())];
    let plan = plan.with_values(values.into_iter().collect());
    let expected = "\
# 港区　令和３年度　中間評価

金額の合計

| 政策 | 予算額（千円） | 執行額（千円） |
| --- | ---: | ---: |
| 政策1　安全 | 1,234 |  |
| 計 | 1,234 |  |

## 計画全体

### 全体の総括

- 概ね進んだ

## 政策1　安全

### 施策1-1　防災

#### 1-1-1　訓練

担当：防災担当

**目標（成果指標）**

参加者：100人以上

**取組と実績**

- 一つ目

**予算額（千円）**

1,234

**執行額（千円）**

**評価と課題**

▲ 【C　目標をやや下回る、改善して継続】

遅れた。
";
    assert_eq!(text(&plan, None), expected);
}
