//! The rules, each with what it finds and what it must leave alone.

use std::sync::Arc;

use furikaeri::export::pages::faces;
use furikaeri::form::{Form, Slot, Width};
use furikaeri::plan::checks::{
    CharSet, Checks, Finding, Fix, Place, Rule, Severity, check, fix_all,
};
use furikaeri::plan::{Digits, Edit, Id, Measure, Node, Plan, Style, Values, Word};
use proptest::{collection::vec, prelude::*};

use crate::support::{
    arbitrary,
    plans::{
        self, BEHIND, Building as _, OFF_TARGET, ON_SCHEDULE, ON_TARGET, form_of, id, initiative,
        issue, key, notes, outlook, plan_in, plan_of, progress, results, set, slot, target,
    },
    wishes,
};

/// A font that has everything but 𠮷 and ✔, and one shape.
fn font() -> CharSet {
    CharSet::of(|c| !matches!(c, '𠮷' | '✔')).with_variants([('葛', '\u{E0100}')])
}

/// An initiative in which nothing is odd.
fn sound() -> Node {
    initiative(id(3), 1)
        .titled("防災訓練")
        .with_results("・訓練を実施")
        .with_target("訓練の実施")
        .with_outlook(ON_TARGET)
        .with_progress(ON_SCHEDULE)
}

/// A plan of one initiative in which nothing is odd, but for what `change` does.
fn plan_with(style: Style, change: impl FnOnce(Node) -> Node) -> Plan {
    let issue = issue(id(1), 1).titled("安全").holding([change(sound())]);
    plan_of(vec![issue]).with_style(style)
}

/// What is found in a cell of results, as rule and words, with what it would become.
fn in_results(style: &Style, text: &str) -> Vec<(&'static str, String, Option<String>)> {
    let plan = plan_with(style.clone(), |it| it.with_results(text));
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
fn a_shape_of_a_name_is_found_only_where_the_font_lacks_it() {
    let none = Style::default();
    assert_found(&none, "・葛\u{E0100}城", &[]);
    let lacking = "葛\u{E0101}";
    assert_found(&none, "・葛\u{E0101}城", &[("font", lacking, None)]);
    // What has no character has no shape of it: that is said once.
    assert_found(&none, "・𠮷\u{E0100}野", &[("font", "𠮷", None)]);
}

#[test]
fn the_font_that_is_built_in_knows_the_shapes_it_has() {
    let font = faces::char_set().expect("built in");
    let found = |text: &str| {
        let plan = plan_with(Style::default(), |it| it.with_results(text));
        check(&plan, &font).len()
    };
    assert_eq!(found("・葛\u{E0100}城"), 0);
    assert_eq!(found("・葛\u{E01EF}城"), 1);
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
fn answers_and_their_explanation_agree() {
    let found = |notes: &str, progress: &str| {
        rules(&plan_with(Style::default(), |it| {
            it.with_notes(notes).with_progress(progress)
        }))
    };
    let cases: [(&str, &str, &[&str]); 7] = [
        ("訓練は未実施である。", ON_SCHEDULE, &["notes-contradict"]),
        ("訓練は未実施である。", BEHIND, &[]),
        ("未実施の場合は個別に連絡する。", ON_SCHEDULE, &[]),
        ("未実施はなし。", ON_SCHEDULE, &[]),
        ("予定通り実施している。", ON_SCHEDULE, &[]),
        ("", BEHIND, &["missing-notes"]),
        ("", ON_SCHEDULE, &[]),
    ];
    for (notes, progress, expected) in cases {
        assert_eq!(found(notes, progress), expected, "{notes} {progress}");
    }
}

#[test]
fn what_is_said_about_answers_is_said_in_the_words_of_the_form() {
    let said = |answers: [&str; 2], text: &str| {
        let [target, work] = answers;
        explanations(&plan_with(Style::default(), |it| {
            it.with_outlook(target).with_progress(work).with_notes(text)
        }))
    };
    let missing = |answers: &str| {
        let said = format!("「{answers}」なのに、課題・改善策がありません。");
        [(notes(), said)]
    };
    let behind = said([ON_TARGET, BEHIND], "");
    assert_eq!(behind, missing("予定通りでない"));
    let both = said([OFF_TARGET, BEHIND], "　");
    assert_eq!(both, missing("未達成見込・予定通りでない"));
    let contradicts =
        "「未着手」とありますが、達成状況（取組の進捗）は「予定通り」になっています。";
    assert_eq!(
        said([OFF_TARGET, ON_SCHEDULE], "未着手である。"),
        [(notes(), contradicts.to_owned())]
    );
}

#[test]
fn empty_cells_are_found_and_a_repost_needs_none() {
    let empty = plan_with(Style::default(), |_| initiative(id(3), 1));
    let found = explanations(&empty);
    assert_eq!(
        found,
        [
            (Slot::TITLE, "名称がありません。".to_owned()),
            (results(), "実績がありません。".to_owned()),
            (target(), "目標がありません。".to_owned()),
            (outlook(), "達成状況が選ばれていません。".to_owned()),
        ]
    );
    assert_eq!(rules(&empty), ["empty"; 4]);
    // Of two that ask for an answer, the one that has none.
    let half = plan_with(Style::default(), |it| it.with_progress(""));
    assert_eq!(
        explanations(&half),
        [(progress(), "達成状況が選ばれていません。".to_owned())]
    );
    let small = plans::small();
    let of_repost = check(&small, &font());
    assert!(of_repost.iter().all(|finding| finding.node != Some(id(4))));
}

#[test]
fn as_of_dates_of_an_initiative_agree_with_each_other_and_the_review() {
    let found = |results: &str, notes: &str| {
        let mut plan = plan_with(Style::default(), |it| {
            it.with_results(results).with_notes(notes)
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
            it.with_results(results).with_target(target)
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
        let reposts = numbers.iter().zip(10..).map(|(number, bits)| {
            initiative(id(bits), *number)
                .titled("再掲")
                .repeating(id(2))
        });
        let strategy = plans::strategy(id(5), 1).titled("地域").holding(reposts);
        let source = Node {
            id: id(2),
            ..sound()
        };
        // What is of another level has numbers of its own.
        let issue = issue(id(1), 1).titled("安全").holding([strategy, source]);
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
        initiative(id(bits), number)
            .titled("再掲")
            .repeating(id(source))
    };
    let mut plan = plan_with(Style::default(), |it| it);
    for (bits, number, source) in [(10, 2, 3), (11, 3, 10), (12, 4, 99)] {
        let edit = Edit::Insert {
            parent: Some(id(1)),
            position: 9,
            branch: Arc::new(repost(bits, number, source)),
        };
        plan.apply(&edit).expect("it fits");
    }
    let found = check(&plan, &font());
    let seen: Vec<_> = found.iter().map(|it| (it.rule.code(), it.node)).collect();
    assert_eq!(
        seen,
        [
            ("repost-of-repost", Some(id(11))),
            ("repost-lost", Some(id(12)))
        ]
    );
    let fixing = fix_all(&plan, &found).expect("one has a fix");
    let changed = fixing.changes.first().expect("a change");
    assert_eq!((&*changed.before, &*changed.after), ("１－２", "１－１"));
    plan.apply(&fixing.edit).expect("it fits");
    assert_eq!(node(&plan, id(11)).repost_of, Some(id(3)));

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
fn measured_values_are_held_against_the_answer() {
    let found = |criterion: &str| {
        let plan = plan_with(Style::default(), |it| {
            it.with_target("満足度：50%以上")
                .measured(vec![measure(criterion, "40%")])
        });
        let found = check(&plan, &font()).into_iter();
        found
            .map(|it| (it.rule.code(), it.explanation))
            .collect::<Vec<_>>()
    };
    let missed =
        "達成見込になっていますが、実績値は目標に 10 ポイント 足りません（満足度：50%以上）。";
    let contradicts = ("answer-contradicts", missed.to_owned());
    assert_eq!(found("満足度：50%以上"), std::slice::from_ref(&contradicts));
    assert_eq!(found("満足度：５０％ 以上"), [contradicts]);
    let stray = "目標の文が変わったため、実績値がどの目標のものか分からなくなっています。";
    assert_eq!(
        found("満足度：60%以上"),
        [("stray-measure", stray.to_owned())]
    );
}

fn measure(criterion: &str, measured: &str) -> Measure {
    Measure {
        measured: measured.to_owned(),
        ..Measure::new(target(), key("midyear"), criterion)
    }
}

#[test]
fn a_fix_of_the_target_takes_its_values_along() {
    let style = digits(Digits::Half);
    let text = "取組みの満足度：５０％以上";
    let mut plan = plan_with(style, |it| {
        it.with_target(text).measured(vec![measure(text, "55%")])
    });
    let fixing = fix_all(&plan, &check(&plan, &font())).expect("there is something to fix");
    plan.apply(&fixing.edit).expect("it fits");
    let node = node(&plan, id(3));
    assert_eq!(node.text(target()), "取組の満足度：50%以上");
    let targets = plan.field_of(Some(id(3)), target()).expect("a field");
    assert_eq!(plan.stray_measures(node, targets), [] as [&Measure; 0]);
}

#[test]
fn a_fix_that_does_not_fit_any_more_is_not_done() {
    let mut plan = plan_with(Style::default(), |it| it.with_results("・取組み"));
    let findings = check(&plan, &font());
    let edit = set(id(3), results(), "・取り組み");
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

/// A form in which much is asked at every level, and of the plan as a whole.
const ASKING: &str = r#"(
    name: "様式",
    reviews: [(key: "first", name: "中間"), (key: "last", name: "期末")],
    plan: [
        (key: "mission", heading: "使命", kind: Text, needed: Always),
        (key: "summary", heading: "総括", kind: Text, each_review: true),
    ],
    levels: [
        (
            key: "part", name: "経営課題", at_top: true, number: (pattern: "{n}"),
            fields: [(key: "why", heading: "課題認識", kind: Text)],
        ),
        (
            key: "work", name: "事業", under: ["part"], number: (pattern: "{above}-({n})"),
            fields: [
                (key: "goals", heading: "目標", kind: Targets(marks: [
                    (key: "a", words: "Ａ", grade: Good),
                ]), each_review: true),
                (key: "steps", heading: "手順", kind: Targets()),
                (key: "done", heading: "実施内容", kind: Text, each_review: true),
                (key: "rating", heading: "総合評価", kind: Choice(choices: [
                    (key: "good", words: "良い", short: "良", grade: Good),
                    (key: "bad", words: "悪い", short: "悪", grade: Bad),
                ]), each_review: true),
                (key: "cost", heading: "予算額", kind: Amount(unit: "千円")),
            ],
            columns: [
                (heading: "中間", share: 1, fields: ["done"], review: "first"),
                (heading: "期末", share: 1, fields: ["done", "goals"]),
            ],
            repost: "{name}{number}の再掲",
        ),
    ],
)"#;

/// A plan of that form with a mission, and with what `change` makes of its one 事業.
fn asking(change: impl FnOnce(Node) -> Node) -> Plan {
    let work = plans::node("work", id(2)).numbered(1).titled("祭り");
    let part = plans::node("part", id(1)).numbered(1).titled("安全");
    let plan = plan_in(&form_of(ASKING), vec![part.holding([change(work)])]);
    let mission = (slot("mission"), "まちを守る".to_owned());
    plan.with_values(Values::from_iter([mission]))
}

fn node(plan: &Plan, id: Id) -> &Node {
    plan.node(id).expect("in the plan")
}

/// Where something is found, and what is said about it.
fn explanations(plan: &Plan) -> Vec<(Slot, String)> {
    let found = check(plan, &font()).into_iter();
    found
        .map(|finding| match finding.place {
            Place::Text { at, .. } => (at, finding.explanation),
            place => panic!("{place:?}"),
        })
        .collect()
}

/// What is found, and in which text.
fn found_in(plan: &Plan) -> Vec<(&'static str, Option<Id>, String)> {
    let found = check(plan, &font()).into_iter();
    found
        .map(|finding| match finding.place {
            Place::Text { at, .. } => (finding.rule.code(), finding.node, at.to_string()),
            place => panic!("{place:?}"),
        })
        .collect()
}

fn at_review(mut plan: Plan, review: &str) -> Plan {
    let mut about = plan.about().clone();
    about.review = key(review);
    plan.apply(&Edit::About(about)).expect("it fits");
    plan
}

#[test]
fn texts_of_every_level_and_of_the_whole_plan_are_checked() {
    let mut plan = asking(|it| it);
    assert_eq!(found_in(&plan), []);
    let odd = "（取組み";
    for (node, at) in [
        (None, "mission"),
        (None, "first/summary"),
        (Some(id(1)), "why"),
        (Some(id(2)), "steps"),
        (Some(id(2)), "first/done"),
    ] {
        let edit = Edit::Text {
            id: node,
            at: slot(at),
            text: odd.to_owned(),
        };
        plan.apply(&edit).expect("it fits");
        let expected = ["bracket-pair", "word"].map(|rule| (rule, node, at.to_owned()));
        assert_eq!(found_in(&plan), expected, "{at}");
        let mut checks = Checks::new(font());
        checks.update(&plan);
        let at_place: Vec<_> = checks.of(&plan, node).map(|it| it.rule.code()).collect();
        assert_eq!(at_place, ["bracket-pair", "word"], "{at}");
        // What is left is left there, and nowhere else.
        let mut style = Style::default();
        for finding in checks.findings() {
            style.ignored.push(finding.ignored("そのまま"));
        }
        checks.update(&plan.clone().with_style(style));
        assert_eq!((checks.counts().total(), checks.counts().ignored), (0, 2));
        let fixing = fix_all(&plan, &check(&plan, &font())).expect("the word is fixed");
        plan.apply(&fixing.edit).expect("it fits");
        assert_eq!(plan.text(node, slot(at)), "（取組", "{at}");
        let sound = if at == "mission" {
            "まちを守る"
        } else {
            ""
        };
        let edit = Edit::Text {
            id: node,
            at: slot(at),
            text: sound.to_owned(),
        };
        plan.apply(&edit).expect("it fits");
    }
}

#[test]
fn of_other_reviews_only_what_is_printed_beside_is_checked() {
    let plan = asking(|it| {
        it.with(slot("first/done"), "取組み")
            .with(slot("first/goals"), "取組み")
            .with(slot("last/done"), "取組み")
    });
    let places = |plan: &Plan| {
        let found = found_in(plan).into_iter();
        found.map(|(.., at)| at).collect::<Vec<_>>()
    };
    assert_eq!(places(&plan), ["first/goals", "first/done"]);
    let later = at_review(plan, "last");
    assert_eq!(places(&later), ["first/done", "last/done"]);
}

#[test]
fn what_the_whole_plan_must_say_is_asked_for() {
    let mut plan = asking(|it| it);
    let edit = plans::set_plan(slot("mission"), "");
    plan.apply(&edit).expect("it fits");
    assert_eq!(
        explanations(&plan),
        [(slot("mission"), "使命がありません。".to_owned())]
    );
    assert_eq!(found_in(&plan), [("empty", None, "mission".to_owned())]);
}

#[test]
fn what_the_form_has_no_place_for_is_found_and_said() {
    let mark = |mark: &str| Measure {
        mark: mark.to_owned(),
        ..Measure::new(slot("first/goals"), key("first"), "満足度：50%以上")
    };
    let goals = |it: Node| it.with(slot("first/goals"), "満足度：50%以上");
    type Change<'a> = Box<dyn FnOnce(Node) -> Node + 'a>;
    let cases: [(Change<'_>, &str, &str, &str); 7] = [
        (
            Box::new(|it| it.with(slot("gone"), "昔の欄")),
            "unknown-field",
            "gone",
            "様式に「gone」という欄がないため、この内容は印刷されません。",
        ),
        // There is a field of that name, but it is planned once, or not at that review.
        (
            Box::new(|it| it.with(slot("first/steps"), "準備")),
            "unknown-field",
            "first/steps",
            "様式に「first/steps」という欄がないため、この内容は印刷されません。",
        ),
        (
            Box::new(|it| it.with(slot("spring/done"), "実施")),
            "unknown-field",
            "spring/done",
            "様式に「spring/done」という欄がないため、この内容は印刷されません。",
        ),
        (
            Box::new(|it| it.with(slot("first/rating"), "fair")),
            "unknown-choice",
            "first/rating",
            "「fair」は総合評価の選択肢にありません。選び直してください。",
        ),
        (
            Box::new(|it| it.with(slot("cost"), "約12千円")),
            "not-a-number",
            "cost",
            "予算額の「約12千円」は数として読めないため、合計に入りません。",
        ),
        (
            Box::new(|it| goals(it).measured(vec![mark("z")])),
            "unknown-mark",
            "first/goals",
            "「z」という評価は様式にありません（満足度：50%以上）。選び直してください。",
        ),
        (
            Box::new(|it| {
                let homeless = Measure::new(slot("gone"), key("first"), "満足度：50%以上");
                it.measured(vec![homeless])
            }),
            "stray-measure",
            "gone",
            "実績値の付いていた欄が様式にありません。",
        ),
    ];
    for (change, rule, at, explanation) in cases {
        let plan = asking(change);
        assert_eq!(found_in(&plan), [(rule, Some(id(2)), at.to_owned())]);
        assert_eq!(
            explanations(&plan),
            [(slot(at), explanation.to_owned())],
            "{rule}"
        );
    }
    let known = asking(|it| {
        goals(it)
            .with(slot("last/rating"), "bad")
            .with(slot("cost"), "△１，２３４")
            .measured(vec![mark("a")])
    });
    assert_eq!(found_in(&known), []);
    let mut plan = asking(|it| it);
    let edit = plans::set_plan(slot("vision"), "昔の欄");
    plan.apply(&edit).expect("it fits");
    assert_eq!(
        found_in(&plan),
        [("unknown-field", None, "vision".to_owned())]
    );
}

#[test]
fn another_form_has_everything_checked_again() {
    let mut plan = asking(|it| it.with(slot("first/rating"), "good"));
    let mut checks = Checks::new(font());
    checks.update(&plan);
    assert_eq!(checks.counts().total(), 0);
    let form = form_of(&ASKING.replace("\"good\"", "\"fine\""));
    plan.apply(&Edit::Form(form)).expect("it fits");
    checks.update(&plan);
    let found: Vec<_> = checks.findings().map(|it| it.rule.code()).collect();
    assert_eq!(found, ["unknown-choice"]);
}

#[test]
fn a_form_that_contradicts_itself_is_found() {
    let mut plan = asking(|it| it);
    let mut form = Form::clone(plan.form());
    form.levels[1].columns[0].fields = vec![key("nothing")];
    plan.apply(&Edit::Form(Arc::new(form))).expect("it fits");
    let found = check(&plan, &font());
    let found: Vec<_> = found
        .iter()
        .map(|it| (it.rule.code(), it.place.clone(), it.node))
        .collect();
    assert_eq!(found, [("unsound-form", Place::Form, None)]);
}

#[test]
fn several_targets_are_read_apart() {
    let value = |at: &str, criterion: &str| Measure {
        measured: "1".to_owned(),
        ..Measure::new(slot(at), key("first"), criterion)
    };
    let (first, second) = ("取組みの満足度：50%以上", "取組みの認知度：60%以上");
    let mut plan = asking(|it| {
        it.with(slot("first/goals"), first)
            .with(slot("steps"), second)
            .measured(vec![value("first/goals", first), value("steps", second)])
    });
    assert_eq!(found_in(&plan).len(), 2);
    // Each value follows the text that it belongs to, in one step.
    let fixing = fix_all(&plan, &check(&plan, &font())).expect("there is something to fix");
    let undo = plan.apply(&fixing.edit).expect("it fits");
    assert_eq!(found_in(&plan), []);
    let criteria: Vec<&str> = node(&plan, id(2))
        .measures
        .iter()
        .map(|it| &*it.criterion)
        .collect();
    assert_eq!(criteria, ["取組の満足度：50%以上", "取組の認知度：60%以上"]);
    plan.apply(&undo).expect("one step back");
    assert_eq!(found_in(&plan).len(), 2);
    // A value of a criterion that only the other one has belongs to nothing.
    let plan = asking(|it| {
        it.with(
            slot("first/goals"),
            first.replace("取組み", "取組").as_str(),
        )
        .with(slot("steps"), "認知度：60%以上")
        .measured(vec![value("first/goals", "認知度：60%以上")])
    });
    assert_eq!(
        found_in(&plan),
        [("stray-measure", Some(id(2)), "first/goals".to_owned())]
    );
}

#[test]
fn a_total_may_be_that_of_any_target() {
    let found = |done: &str, goals: &str, steps: &str| {
        let plan = asking(|it| {
            it.with(slot("first/done"), done)
                .with(slot("first/goals"), goals)
                .with(slot("steps"), steps)
        });
        let found = found_in(&plan).into_iter();
        found.map(|(rule, _, at)| (rule, at)).collect::<Vec<_>>()
    };
    let parts = "・甲：1千円\n・乙：2千円";
    let others = "・丙：3千円\n・丁：4千円";
    assert_eq!(found("・目標額：3千円", parts, others), []);
    assert_eq!(found("・目標額：7千円", parts, others), []);
    let wrong = ("sum", "first/done".to_owned());
    assert_eq!(found("・目標額：8千円", parts, others), [wrong]);
    // A total in a target is that of its own parts.
    let steps = format!("{others}\n・合計：3千円");
    let wrong = ("sum", "steps".to_owned());
    assert_eq!(found("・実施", parts, &steps), [wrong]);
}

#[test]
fn reposts_in_words_are_found_in_the_words_of_the_form() {
    let found = |text: &str| {
        let plan = asking(|it| it.with(slot("first/done"), text));
        let found = check(&plan, &font()).into_iter();
        found.map(|it| it.quote).collect::<Vec<_>>()
    };
    assert_eq!(found("事業１－（２）の再掲"), ["１－（２）の再掲"]);
    assert_eq!(found("（1-(2)の再掲）"), ["1-(2)の再掲"]);
    assert_eq!(found("昨年度の再掲"), [] as [&str; 0]);
    // Where nothing can repeat another, nothing says so.
    let form = form_of(&ASKING.replace("{name}{number}の再掲", ""));
    let mut plan = asking(|it| it.with(slot("first/done"), "事業１－２の再掲"));
    assert_eq!(found_in(&plan).len(), 1);
    plan.apply(&Edit::Form(form)).expect("it fits");
    assert_eq!(found_in(&plan), []);
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
            let ids = plan.nodes().map(|entry| Some(entry.node.id));
            let places: Vec<Option<Id>> = std::iter::once(None).chain(ids).collect();
            let by_node: Vec<Finding> =
                places.iter().flat_map(|id| checks.of(&plan, *id)).cloned().collect();
            prop_assert_eq!(&by_node, &followed);
        }
    }

    /// A range is in its text and says the words; fixing ends, and one step takes it back.
    #[test]
    fn every_finding_points_at_its_words_and_can_be_fixed(plan in arbitrary::plan()) {
        let findings = fresh(&plan);
        for finding in &findings {
            if let Place::Text { at, range } = &finding.place
                && !range.is_empty()
            {
                let text = plan.text(finding.node, *at);
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
