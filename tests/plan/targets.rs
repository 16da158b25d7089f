//! Targets as they are read. The readings of the ward's plan were written down by a person who
//! read its 49 initiatives, not taken from the program.

use furikaeri::plan::target::{Criterion, Understanding, criteria, read_goal};

use crate::support::plans::{numbered, real, target};

const QUALITATIVE: &str = "数値なし";
const UNCLEAR: &str = "読み取れない";

/// What is measured, and what is to be reached.
fn reading<'a>(criterion: &'a Criterion<'_>) -> (&'a str, String) {
    match &criterion.understanding {
        Understanding::Goal(goal) => (&goal.indicator, goal.to_string()),
        Understanding::Qualitative => (criterion.text, QUALITATIVE.to_owned()),
        Understanding::Unclear => (criterion.text, UNCLEAR.to_owned()),
    }
}

/// For each initiative its criteria: how the indicator ends, and the goal.
const EXPECTED: [(&str, &[(&str, &str)]); 49] = [
    ("1-1-1", &[("行われていると感じると回答した割合", "≧ 55 %")]),
    (
        "1-1-2",
        &[("進められていると感じていると回答した割合", "≧ 50 %")],
    ),
    (
        "1-1-3",
        &[("参画した団体やグループ、個人の数", "≧ 60 団体・個人")],
    ),
    ("1-1-4", &[("活用したいと思う」と回答する割合", "≧ 45 %")]),
    (
        "1-2-1",
        &[("支援を受けることができていると感じた割合", "≧ 94 %")],
    ),
    ("1-2-2", &[("感じている地域活動協議会の割合", "≧ 90 %")]),
    (
        "1-2-3",
        &[("地域活動協議会を知っていると回答した割合", "≧ 57 %")],
    ),
    (
        "1-3-1",
        &[("進められていると感じていると回答した割合", "≧ 50 %")],
    ),
    ("2-1-1", &[("防災学習会を実施した地域の数", "全地域")]),
    (
        "2-1-2",
        &[("「災害時の役割等を理解した」と答えた生徒の割合", "≧ 90 %")],
    ),
    ("2-1-3", &[("新たに指定した津波避難ビルの数", "1 箇所")]),
    ("2-1-4", &[("設置・運営訓練等を実施した数", "1 施設")]),
    ("2-1-5", &[("参考になった」と答えた区民の割合", "≧ 60 %")]),
    (
        "2-1-6",
        &[
            ("２次避難・受入計画の策定", QUALITATIVE),
            ("図上訓練を実施した区の数", "24 区"),
        ],
    ),
    (
        "2-2-1",
        &[(
            "日ごろから行っている」と回答した割合",
            "≧ 50.3 %、かつ ≧ 前年度実績",
        )],
    ),
    ("2-3-1", &[("地区連絡調整会議」の開催", "1 回")]),
    (
        "2-4-1",
        &[
            ("所有者等に適切な指導を実施。", QUALITATIVE),
            (
                "不安などを感じていると回答した割合",
                "≦ 12.9 %、かつ ≦ 前年度実績",
            ),
            ("特定空家等の解体や補修等による是正件数", "≧ 5 件"),
        ],
    ),
    ("3-1-1", &[("「知っている」と答えた区民の割合", "≧ 70 %")]),
    ("3-1-2", &[("要援護者からの年間相談延べ件数", "4,400 件")]),
    (
        "3-1-3",
        &[("仕組みが機能している」と答えた人の割合", "≧ 80 %")],
    ),
    ("3-2-1", &[("理解が深まったと答えた人の割合", "≧ 60 %")]),
    ("3-3-1", &[]),
    (
        "3-3-2",
        &[("不安が軽減された」と答えた養育者の割合", "≧ 80 %")],
    ),
    (
        "3-3-3",
        &[("不安が軽減された」と答えた養育者の割合", "≧ 80 %")],
    ),
    ("3-3-4", &[("理解が深まった」との回答", "≧ 75 %")]),
    ("3-3-5", &[("行われている」と答えた人の割合", "≧ 80 %")]),
    ("3-3-6", &[("有効と感じる方の割合", "≧ 80 %")]),
    ("3-3-7", &[("つながったと評価した小中学校", "≧ 70 %")]),
    (
        "3-4-1",
        &[("取り組んでいる」と答えた区民の割合", "≧ 59.2 %")],
    ),
    (
        "3-4-2",
        &[
            ("検診を併せた充足率（受診者数/定員）", "≧ 80 %"),
            ("３月末時点集計の特定健康診査の受診率", "≧ 前年同時期 +1 %"),
        ],
    ),
    ("3-5-1", &[("役立ったと思う人の割合", "≧ 80 %")]),
    (
        "4-1-1",
        &[(
            "平成 30年度を基準として改善している学校",
            "≧ 3 校（平成 30年度）",
        )],
    ),
    ("4-1-2", &[("「有効」と回答した学校園の割合", "100 %")]),
    ("4-1-3", &[("参加したい」と回答する割合", "≧ 11 %")]),
    ("4-2-1", &[("相談事業が役立ったと回答した割合", "≧ 80 %")]),
    ("4-2-2", &[("役に立ったと答えた区民の割合", "≧ 70 %")]),
    ("4-2-3", &[("機能を果たしていると答えた割合", "≧ 90 %")]),
    ("5-1-1", &[("人材育成事業によるプロダクト開発", "≧ 1 件")]),
    ("5-1-2", &[("区民モニターアンケートによる認知度", "≧ 60 %")]),
    ("5-2-1", &[("意義があると肯定的な回答", "≧ 90 %")]),
    ("5-3-1", &[("交流会館」の区民の認知度", "≧ 50 %")]),
    ("6-1-1", &[("把握していると感じる区民の割合", "≧ 60 %")]),
    ("6-1-2", &[("届いていると思うと回答のあった割合", "≧ 60 %")]),
    (
        "6-1-3",
        &[
            (
                "意見交換が行われていると感じている区政会議の委員の割合",
                "≧ 前年度",
            ),
            ("行われたと感じる区政会議の委員の割合", "≧ 90 %"),
        ],
    ),
    (
        "6-2-1",
        &[
            ("窓口での対応が良いと感じた区民の割合", "≧ 86 %"),
            ("調査（５点満点）での点数", "≧ 3.5 点（5 点満点）"),
        ],
    ),
    (
        "6-2-3",
        &[(
            "不適切な事務処理事案の件数",
            "≦ 4 件（過去３年平均件数（5件）の 10%減）",
        )],
    ),
    (
        "改革-1",
        &[
            ("区広報紙、ホームページバナー等", "5,338 千円"),
            ("庁舎壁面、モニター広告、ネーミングライツ等", "2,941 千円"),
            ("自動販売機の設置使用料", "3,152 千円"),
            ("駐車場収入", "3,937 千円"),
            ("古紙売却代", "100 千円"),
        ],
    ),
    (
        "改革-2",
        &[
            ("経費の削減に努める。", QUALITATIVE),
            ("できるものから順次実施する。", QUALITATIVE),
        ],
    ),
    (
        "改革-3",
        &[("効率的・効果的な運営に向けて取組む。", QUALITATIVE)],
    ),
];

#[test]
fn every_target_of_the_wards_plan_is_read_as_a_person_reads_it() {
    let plan = real();
    assert_eq!(plan.rows().count(), EXPECTED.len());
    for (number, expected) in EXPECTED {
        let id = numbered(&plan, number);
        let target = plan.text(Some(id), target());
        let criteria = criteria(target);
        let readings: Vec<_> = criteria.iter().map(reading).collect();
        assert_eq!(readings.len(), expected.len(), "{number}: {readings:?}");
        for ((indicator, goal), (end, expected)) in readings.iter().zip(expected) {
            assert_eq!(goal, expected, "{number}");
            assert!(indicator.ends_with(end), "{number}: {indicator}");
        }
        for criterion in &criteria {
            let range = criterion.range.clone();
            assert_eq!(target.get(range), Some(criterion.text), "{number}");
        }
    }
}

#[test]
fn other_ways_of_writing_a_goal_are_read_too() {
    let cases = [
        ("参加者：100人以上", "≧ 100 人"),
        ("１件以上", "≧ 1 件"),
        ("15,000千円", "15,000 千円"),
        ("満足度：前年度実績以上", "≧ 前年度実績"),
        ("満足度：令和２年度実績以上", "≧ 令和２年度実績"),
        ("待ち時間：20分未満", "< 20 分"),
        ("会議時間：２時間以内", "≦ 2 時間"),
        ("利用者数：１，０００人を超える", "> 1,000 人"),
        ("割合：５５．５ ％ 以上。", "≧ 55.5 %"),
        ("認知度を60％以上とする", "≧ 60 %"),
        ("満足度80%以上を維持する", "≧ 80 %"),
        ("割合：50%以上（前年度 45%）", "≧ 50 %"),
        ("割合\n：50%以上", "≧ 50 %"),
        ("廃棄量：前年度比５%減", "≦ 前年度 -5 %"),
        ("参加校：全ての学校", "全学校"),
        ("全地域", "全地域"),
        ("件数：全11地域", "11 地域"),
    ];
    for (target, expected) in cases {
        let criteria = criteria(target);
        let goals: Vec<String> = criteria.iter().map(|c| reading(c).1).collect();
        assert_eq!(goals, [expected], "{target}");
    }
}

#[test]
fn what_cannot_be_read_is_said_plainly_and_what_has_no_number_is_no_riddle() {
    let cases = [
        ("80%以上または90人以上のいずれか多い方", UNCLEAR),
        ("割合が概ね 40%～50%の間にあること", UNCLEAR),
        ("２次避難計画の策定", QUALITATIVE),
        ("令和５年度開業に向けた検討", QUALITATIVE),
        ("小学１年生への配布", QUALITATIVE),
        ("実施方法を検討する", QUALITATIVE),
    ];
    for (target, expected) in cases {
        let criteria = criteria(target);
        let goals: Vec<String> = criteria.iter().map(|c| reading(c).1).collect();
        assert_eq!(goals, [expected], "{target}");
    }
}

#[test]
fn a_target_is_split_where_a_reader_would() {
    let cases: [(&str, &[&str]); 9] = [
        ("", &[]),
        (" \n　\n・\n", &[]),
        ("①50%以上\n②60%以上", &["50%以上", "60%以上"]),
        (
            "①甲：50%以上、②乙：60%以上",
            &["甲：50%以上、", "乙：60%以上"],
        ),
        ("②だけを含む文：50%以上", &["だけを含む文：50%以上"]),
        ("甲と②の割合：50%以上", &["甲と②の割合：50%以上"]),
        (
            "・甲の\n　割合：50%以上\n※乙は除く\n・丙",
            &["甲の\n　割合：50%以上", "丙"],
        ),
        (
            "方針を示す。\n割合：50%以上",
            &["方針を示す。", "割合：50%以上"],
        ),
        ("（１）甲：1件\n（２）乙：2件", &["甲：1件", "乙：2件"]),
    ];
    for (target, expected) in cases {
        let criteria = criteria(target);
        let texts: Vec<&str> = criteria.iter().map(|criterion| criterion.text).collect();
        assert_eq!(texts, expected, "{target:?}");
    }
}

#[test]
fn the_direction_of_a_goal_is_known() {
    for (text, lower) in [
        ("12.9%以下", true),
        ("20分未満", true),
        ("前年度比５%減", true),
        ("55%以上", false),
        ("4,400件", false),
    ] {
        let goal = read_goal(text).expect(text);
        assert_eq!(goal.comparator.is_lower_better(), lower, "{text}");
    }
}
