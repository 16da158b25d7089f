//! The Markdown as people read it, and as a program would.

use furikaeri::{export::markdown, plan::Plan};

use crate::support::{
    awkward::{self, squeezed},
    paper::{form, outline},
    plans::{real, small},
};

fn text(plan: &Plan, section: Option<&str>) -> String {
    let bytes = markdown::write(&outline(plan, section, &form()));
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
    for entry in plan.entries() {
        let initiative = entry.initiative;
        for piece in [&initiative.title, &initiative.results, &initiative.notes] {
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
