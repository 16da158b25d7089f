//! The rules, each with what it finds and what it must leave alone.

use std::sync::Arc;

use furikaeri::plan::checks::{CharSet, Checks, Finding, Fix, Rule, Severity, check, fix_all};
use furikaeri::plan::{
    Digits, Edit, Initiative, Issue, Measure, Outlook, Plan, Progress, Status, Style, TextField,
    Width, Word,
};
use proptest::{collection::vec, prelude::*};

use crate::support::{
    arbitrary,
    plans::{id, plan_of},
    wishes,
};

/// A font that has everything but 𠮷 and ✔.
fn font() -> CharSet {
    CharSet::of(|c| !matches!(c, '𠮷' | '✔'))
}

/// A plan of one initiative in which nothing is odd, but for what `change` does.
fn plan_with(style: Style, change: impl FnOnce(&mut Initiative)) -> Plan {
    let mut initiative = Initiative {
        title: "防災訓練".to_owned(),
        results: "・訓練を実施".to_owned(),
        target: "訓練の実施".to_owned(),
        status: Status {
            outlook: Some(Outlook::OnTarget),
            progress: Some(Progress::OnSchedule),
        },
        ..Initiative::new(id(3), 1)
    };
    change(&mut initiative);
    let issue = Issue {
        id: id(1),
        number: Some(1),
        title: "安全".to_owned(),
        strategies: Vec::new(),
        initiatives: vec![Arc::new(initiative)],
    };
    plan_of(vec![issue]).with_style(style)
}

/// What is found in a cell of results, as rule and words, with what it would become.
fn in_results(style: &Style, text: &str) -> Vec<(&'static str, String, Option<String>)> {
    let plan = plan_with(style.clone(), |it| it.results = text.to_owned());
    let found = check(&plan, &font()).into_iter();
    found
        .map(|finding| {
            let fix = finding.fix.map(|fix| match fix {
                Fix::Replace(with) => with,
                Fix::Repost(id) => id.to_string(),
            });
            (finding.rule.code(), finding.quote, fix)
        })
        .collect()
}

fn assert_found(style: &Style, text: &str, expected: &[(&str, &str, Option<&str>)]) {
    let found = in_results(style, text);
    let found: Vec<_> = found
        .iter()
        .map(|(rule, quote, fix)| (*rule, &**quote, fix.as_deref()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

fn digits(digits: Digits) -> Style {
    Style {
        digits: Some(digits),
        ..Style::default()
    }
}

#[test]
fn a_number_of_both_widths_is_found_in_every_style() {
    let mixed = "mixed-digits";
    let none = Style::default();
    assert_found(&none, "・2１団体", &[(mixed, "2１", Some("21"))]);
    assert_found(
        &none,
        "・1３,８７７千円",
        &[(mixed, "1３,８７７", Some("13,877"))],
    );
    assert_found(&none, "・R3.８末", &[(mixed, "3.８", Some("3.8"))]);
    assert_found(&none, "・令和1２年度", &[(mixed, "1２", Some("12"))]);
    assert_found(
        &digits(Digits::Full),
        "・2１団体",
        &[(mixed, "2１", Some("２１"))],
    );
    assert_found(
        &digits(Digits::Full),
        "・「ポート 202１」",
        &[(mixed, "202１", Some("2021"))],
    );
    assert_found(&none, "・４～8月に２回、10人", &[]);
}

#[test]
fn digits_have_the_width_that_the_plan_chose() {
    let width = "digit-width";
    let half = digits(Digits::Half);
    assert_found(&half, "・１４件と1回", &[(width, "１４", Some("14"))]);
    assert_found(
        &half,
        "・１，２００人",
        &[(width, "１，２００", Some("1,200"))],
    );
    let single = digits(Digits::SingleFull);
    let expected = [(width, "１４", Some("14")), (width, "1", Some("１"))];
    assert_found(&single, "・１４件と1回と２回", &expected);
    let full = digits(Digits::Full);
    assert_found(&full, "・14件と１回", &[(width, "14", Some("１４"))]);
    assert_found(&Style::default(), "・１４件と1回と14件と１回", &[]);
}

#[test]
fn names_are_left_alone_in_every_style() {
    let texts = [
        "・令和３年度と平成30年度",
        "・令和3年度と平成３０年度",
        "・R3.8に実施",
        "・電話 06-6576-9743 へ",
        "・電話 ０６－６５７６－９７４３ へ",
        "・『83（はちさん）運動』",
        "・『８３（はちさん）運動』",
        "・レインボーカフェ 3710の開催",
        "・2021年度",
        "・こども 110番の家",
        "・E-3 と 4K と ISO9001",
    ];
    let styles = [Digits::Half, Digits::SingleFull, Digits::Full];
    for style in styles.map(digits).iter().chain([&Style::default()]) {
        for text in texts {
            assert_found(style, text, &[]);
        }
    }
}

#[test]
fn percent_signs_have_the_width_that_the_plan_chose() {
    let percent = "percent-width";
    assert_found(
        &Style::default(),
        "・50％と50%",
        &[(percent, "％", Some("%"))],
    );
    let full = Style {
        percent: Width::Full,
        ..Style::default()
    };
    assert_found(&full, "・50％と５０ %", &[(percent, "%", Some("％"))]);
    assert_found(&full, "・https://example.jp/%E6%B8%AF", &[]);
    assert_found(&Style::default(), "・％の表示", &[]);
}

#[test]
fn thousands_are_separated_where_something_is_counted() {
    let thousands = "thousands";
    let none = Style::default();
    assert_found(&none, "・4400件", &[(thousands, "4400", Some("4,400"))]);
    assert_found(
        &none,
        "・12345.5千円",
        &[(thousands, "12345.5", Some("12,345.5"))],
    );
    assert_found(&none, "・1,23件", &[(thousands, "1,23", None)]);
    assert_found(&none, "・12,3456人", &[(thousands, "12,3456", None)]);
    for right in [
        "・4,400件と999件",
        "・2021年度、3710の開催、2021.10",
        "・6,7月のみ、4,5人ずつ、1,2回",
        "・1,234,567円",
        "・0120件",
        "・電話 0120-1234",
    ] {
        assert_found(&none, right, &[]);
    }
}

#[test]
fn brackets_are_closed_and_of_one_width() {
    let (pair, width) = ("bracket-pair", "bracket-width");
    let none = Style::default();
    assert_found(&none, "・(年 1回）", &[(width, "(", Some("（"))]);
    assert_found(&none, "・（実践)", &[(width, ")", Some("）"))]);
    assert_found(&none, "・（甲（乙）丙", &[(pair, "（", None)]);
    assert_found(
        &none,
        "・「甲（乙」丙）",
        &[(pair, "（", None), (pair, "）", None)],
    );
    assert_found(&none, "・甲）", &[(pair, "）", None)]);
    for right in [
        "・（甲「乙」丙）",
        "・（甲\n乙）",
        "・(A)と（Ｂ）",
        "1) 甲\n２） 乙\nア）丙",
        "・【甲（乙）】『丙』",
        "",
    ] {
        let found = in_results(&none, right);
        assert!(
            found.iter().all(|(rule, ..)| *rule == "empty"),
            "{right}: {found:?}"
        );
    }
}

#[test]
fn words_are_written_in_one_way() {
    let none = Style::default();
    assert_found(&none, "・防止の取組み", &[("word", "取組み", Some("取組"))]);
    for right in [
        "・取組を進める",
        "・地域で取組みます",
        "・防災に取組み、成果を得た",
        "・取り組みを進める",
        "・運営に向けて取組む",
    ] {
        assert_found(&none, right, &[]);
    }
    let word = |not: &str, but: &str| Word {
        not: not.to_owned(),
        but: but.to_owned(),
    };
    let own = Style {
        words: vec![
            word("障害", "障がい"),
            word("子供", "子供たち"),
            word("", "空"),
            word("港", "港"),
        ],
        ..Style::default()
    };
    let expected = [
        ("word", "障害", Some("障がい")),
        ("word", "子供", Some("子供たち")),
    ];
    assert_found(&own, "・障害と障がい、子供たちと子供、港", &expected);
}

#[test]
fn characters_that_cannot_be_carried_are_found() {
    let none = Style::default();
    assert_found(&none, "・𠮷野", &[("font", "𠮷", None)]);
    assert_found(&none, "・✔済み", &[("font", "✔", None)]);
    assert_found(
        &none,
        "・鷗と한",
        &[("shift-jis", "鷗", None), ("shift-jis", "한", None)],
    );
    assert_found(&none, "・①～⑳、Ⅱ、㈱、髙﨑、－、ﾊﾞ\t※", &[]);
}

#[test]
fn long_cells_are_found() {
    let cell = |count: usize| format!("・{}", "あ".repeat(count - 1));
    assert!(in_results(&Style::default(), &cell(600)).is_empty());
    assert_found(&Style::default(), &cell(602), &[("too-long", "ああ", None)]);
}

fn rules(plan: &Plan) -> Vec<&'static str> {
    let found = check(plan, &font());
    found.iter().map(|finding| finding.rule.code()).collect()
}

#[test]
fn a_status_and_its_notes_agree() {
    let found = |notes: &str, progress| {
        rules(&plan_with(Style::default(), |it| {
            it.notes = notes.to_owned();
            it.status.progress = Some(progress);
        }))
    };
    use Progress::{Behind, OnSchedule};
    let cases: [(&str, Progress, &[&str]); 7] = [
        ("訓練は未実施である。", OnSchedule, &["notes-contradict"]),
        ("訓練は未実施である。", Behind, &[]),
        ("未実施の場合は個別に連絡する。", OnSchedule, &[]),
        ("未実施はなし。", OnSchedule, &[]),
        ("予定通り実施している。", OnSchedule, &[]),
        ("", Behind, &["missing-notes"]),
        ("", OnSchedule, &[]),
    ];
    for (notes, progress, expected) in cases {
        assert_eq!(found(notes, progress), expected, "{notes} {progress:?}");
    }
}

#[test]
fn empty_cells_are_found_and_a_repost_needs_none() {
    let empty = plan_with(Style::default(), |it| *it = Initiative::new(id(3), 1));
    assert_eq!(rules(&empty), ["empty"; 4]);
    let small = crate::support::plans::small();
    let of_repost = check(&small, &font());
    assert!(of_repost.iter().all(|finding| finding.node != id(4)));
}

#[test]
fn as_of_dates_of_an_initiative_agree_with_each_other_and_the_review() {
    let found = |results: &str, notes: &str| {
        let mut plan = plan_with(Style::default(), |it| {
            it.results = results.to_owned();
            it.notes = notes.to_owned();
        });
        let mut about = plan.about().clone();
        about.as_of = Some(jiff::civil::Date::constant(2021, 10, 15));
        plan.apply(&Edit::About(about)).expect("it fits");
        let found = check(&plan, &font()).into_iter();
        found
            .filter(|finding| finding.rule == Rule::AsOf)
            .map(|finding| finding.quote)
            .collect::<Vec<_>>()
    };
    let cases: [(&str, &str, &[&str]); 12] = [
        ("・3件（8月末）\n・2件（9月末）", "", &["9月末"]),
        ("・3件（8月末）\n・2件（８月末）", "", &["８月末"]),
        ("・3件（8月末）", "実施した（9月30日現在）。", &["9月30日"]),
        ("・3件（11月末現在）", "", &["11月末"]),
        ("・3件（令和３年11月1日現在）", "", &["令和３年11月1日"]),
        ("・3件（10月16日現在）", "", &["10月16日"]),
        // What is right, or cannot be known to be wrong.
        (
            "・3件（8月末）\n・2件（8月末現在）\n・1件（R3.8末）",
            "",
            &["R3.8末"],
        ),
        ("・3件（10月末）", "", &[]),
        ("・3件（10月15日現在）", "", &[]),
        ("・3件（3月末）", "", &[]),
        (
            "・8月末に開始し、９月実施→延期（11月予定）、3月末まで",
            "",
            &[],
        ),
        ("・存在し、現在は視点を変えた", "在", &[]),
    ];
    for (results, notes, expected) in cases {
        assert_eq!(found(results, notes), expected, "{results} {notes}");
    }
}

#[test]
fn amounts_add_up_to_their_total() {
    let found = |results: &str, target: &str| {
        let plan = plan_with(Style::default(), |it| {
            it.results = results.to_owned();
            it.target = target.to_owned();
        });
        let found = check(&plan, &font()).into_iter();
        found
            .filter(|finding| finding.rule == Rule::Sum)
            .map(|finding| finding.quote)
            .collect::<Vec<_>>()
    };
    let parts = "・広告：5,338千円\n・駐車場：2,941千円";
    let most = "79,228,162,514,264,337,593,543,950,335円";
    let cases: [(String, String, &[&str]); 9] = [
        // What no number can hold is compared with nothing.
        (
            "・目標額：8円".into(),
            format!("・甲：{most}\n・乙：{most}"),
            &[],
        ),
        ("・目標額：8,279千円".into(), parts.into(), &[]),
        (
            "・目標額：8,000千円".into(),
            parts.into(),
            &["目標額：8,000千円"],
        ),
        (
            "・実施".into(),
            format!("{parts}\n・合計：8,280千円"),
            &["合計：8,280千円"],
        ),
        ("・実施".into(), format!("{parts}\n・合計：8,279千円"), &[]),
        (
            format!("{parts}\n・合計：1千円"),
            "実施".into(),
            &["合計：1千円"],
        ),
        // Another unit, a single part, a comparator: nothing to add up.
        ("・目標額：8百万円".into(), parts.into(), &[]),
        (
            "・目標額：8,000千円".into(),
            "・広告：5,338千円".into(),
            &[],
        ),
        (
            "・目標額：8,000千円".into(),
            "・甲：1千円以上\n・乙：2千円以上".into(),
            &[],
        ),
    ];
    for (results, target, expected) in cases {
        assert_eq!(found(&results, &target), expected, "{results} {target}");
    }
}

#[test]
fn numbers_of_siblings_go_up_by_one() {
    let found = |numbers: &[u32]| {
        let initiatives = numbers.iter().zip(10..).map(|(number, bits)| {
            Arc::new(Initiative {
                repost_of: Some(id(2)),
                title: "再掲".to_owned(),
                ..Initiative::new(id(bits), *number)
            })
        });
        let source =
            plan_with(Style::default(), |it| it.id = id(2)).issues()[0].initiatives[0].clone();
        let strategy = furikaeri::plan::Strategy {
            id: id(5),
            number: 1,
            title: "地域".to_owned(),
            initiatives: initiatives.collect(),
        };
        let issue = Issue {
            id: id(1),
            number: Some(1),
            title: "安全".to_owned(),
            strategies: vec![Arc::new(strategy)],
            initiatives: vec![source],
        };
        rules(&plan_of(vec![issue]))
    };
    assert_eq!(found(&[1, 2, 3]), [""; 0]);
    assert_eq!(found(&[1, 3]), ["number-gap"]);
    assert_eq!(found(&[2, 3]), ["number-gap"]);
    assert_eq!(found(&[1, 2, 2]), ["number-twice"]);
    assert_eq!(found(&[2, 1, 3]), [""; 0]);
    assert_eq!(found(&[]), [""; 0]);
}

#[test]
fn reposts_lead_to_something_with_contents() {
    let repost = |bits, number, source| {
        Arc::new(Initiative {
            title: "再掲".to_owned(),
            repost_of: Some(id(source)),
            ..Initiative::new(id(bits), number)
        })
    };
    let mut plan = plan_with(Style::default(), |_| ());
    for (bits, number, source) in [(10, 2, 3), (11, 3, 10), (12, 4, 99)] {
        let branch = furikaeri::plan::Branch::Initiative(repost(bits, number, source));
        let edit = Edit::Insert {
            parent: Some(id(1)),
            position: 9,
            branch,
        };
        plan.apply(&edit).expect("it fits");
    }
    let found = check(&plan, &font());
    let seen: Vec<_> = found.iter().map(|it| (it.rule.code(), it.node)).collect();
    assert_eq!(
        seen,
        [("repost-of-repost", id(11)), ("repost-lost", id(12))]
    );
    let fixing = fix_all(&plan, &found).expect("one has a fix");
    plan.apply(&fixing.edit).expect("it fits");
    assert_eq!(
        plan.initiative(id(11)).and_then(|it| it.repost_of),
        Some(id(3))
    );

    let words = "repost-in-words";
    let text = "具体的取組３－１－２の再掲";
    assert_found(
        &Style::default(),
        text,
        &[(words, "３－１－２の再掲", None)],
    );
    assert_found(&Style::default(), "・昨年度の再掲、２の再掲", &[]);
}

#[test]
fn measured_values_are_held_against_the_outlook() {
    let measure = |criterion: &str| Measure {
        criterion: criterion.to_owned(),
        measured: "40%".to_owned(),
        ..Measure::default()
    };
    let found = |criterion: &str| {
        rules(&plan_with(Style::default(), |it| {
            it.target = "満足度：50%以上".to_owned();
            it.measures = vec![measure(criterion)];
        }))
    };
    assert_eq!(found("満足度：50%以上"), ["outlook-contradicts"]);
    assert_eq!(found("満足度：５０％ 以上"), ["outlook-contradicts"]);
    assert_eq!(found("満足度：60%以上"), ["stray-measure"]);
}

#[test]
fn a_fix_of_the_target_takes_its_values_along() {
    let style = digits(Digits::Half);
    let mut plan = plan_with(style, |it| {
        it.target = "取組みの満足度：５０％以上".to_owned();
        it.measures = vec![Measure {
            criterion: it.target.clone(),
            measured: "55%".to_owned(),
            ..Measure::default()
        }];
    });
    let fixing = fix_all(&plan, &check(&plan, &font())).expect("there is something to fix");
    plan.apply(&fixing.edit).expect("it fits");
    let initiative = plan.initiative(id(3)).expect("in the plan");
    assert_eq!(initiative.target, "取組の満足度：50%以上");
    assert_eq!(initiative.stray_measures(), [] as [&Measure; 0]);
}

#[test]
fn a_fix_that_does_not_fit_any_more_is_not_done() {
    let mut plan = plan_with(Style::default(), |it| it.results = "・取組み".to_owned());
    let findings = check(&plan, &font());
    let edit = Edit::Text {
        id: id(3),
        field: TextField::Results,
        text: "・取り組み".to_owned(),
    };
    plan.apply(&edit).expect("it fits");
    assert_eq!(fix_all(&plan, &findings), None);
}

#[test]
fn codes_are_different_and_every_rule_is_listed() {
    let mut codes: Vec<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Rule::ALL.len());
    assert!(Severity::Error < Severity::Warning && Severity::Warning < Severity::Notice);
}

fn fresh(plan: &Plan) -> Vec<Finding> {
    check(plan, &font())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to a plan, findings that were brought up to date are those of a new look.
    #[test]
    fn findings_follow_every_edit(
        first in arbitrary::plan(),
        day in vec(wishes::wish(), 1..6),
    ) {
        let mut plan = first;
        let mut checks = Checks::new(font());
        checks.update(&plan);
        for wish in &day {
            let edit = wish.edit(&plan);
            if plan.apply(&edit).is_err() {
                continue;
            }
            checks.update(&plan);
            let followed: Vec<Finding> = checks.findings().cloned().collect();
            prop_assert_eq!(&followed, &fresh(&plan));
            let counts = checks.counts();
            prop_assert_eq!(counts.total(), followed.len());
            prop_assert_eq!(counts.ignored, checks.ignored().count());
            let ids: Vec<_> = plan.nodes().map(|(_, node)| node.id()).collect();
            let by_node: Vec<Finding> =
                ids.iter().flat_map(|id| checks.of(&plan, *id)).cloned().collect();
            prop_assert_eq!(&by_node, &followed);
        }
    }

    /// A range is in its text and says the words; fixing ends, and one step takes it back.
    #[test]
    fn every_finding_points_at_its_words_and_can_be_fixed(plan in arbitrary::plan()) {
        let findings = fresh(&plan);
        for finding in &findings {
            if let furikaeri::plan::checks::Place::Text { field, range } = &finding.place
                && !range.is_empty()
            {
                let text = match plan.node(finding.node) {
                    Some(furikaeri::plan::Node::Initiative(it)) => it.text(*field),
                    Some(node) => node.title(),
                    None => "",
                };
                prop_assert_eq!(text.get(range.clone()), Some(&*finding.quote));
            }
        }
        if let Some(fixing) = fix_all(&plan, &findings) {
            let mut fixed = plan.clone();
            let undo = fixed.apply(&fixing.edit).expect("the fixes fit");
            fixed.apply(&undo).expect("one step back");
            prop_assert_eq!(fixed, plan);
        }
    }
}
