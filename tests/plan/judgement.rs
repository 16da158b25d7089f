//! Measured values against their criteria.

use std::sync::Arc;

use furikaeri::form::{Field, Form};
use furikaeri::plan::{Contradiction, Judged, Measure, Node, Plan, Verdict, WhyUnknown as Why};

use crate::support::plans::{
    self, Building as _, OFF_TARGET, ON_TARGET, about_in, form, form_of, id, key, outlook, target,
};

const MIDYEAR: &str = "midyear";
const YEAR_END: &str = "year_end";

fn initiative(text: &str, measures: Vec<Measure>) -> Node {
    plans::initiative(id(1), 1)
        .with_target(text)
        .measured(measures)
}

fn measure(criterion: &str, measured: &str, previous: &str) -> Measure {
    measure_at(MIDYEAR, criterion, measured, previous)
}

fn measure_at(review: &str, criterion: &str, measured: &str, previous: &str) -> Measure {
    Measure {
        measured: measured.to_owned(),
        previous: previous.to_owned(),
        ..Measure::new(target(), key(review), criterion)
    }
}

/// A plan of the built-in form at this review.
fn plan(review: &str) -> Plan {
    plan_of(form(), review)
}

fn plan_of(form: Arc<Form>, review: &str) -> Plan {
    let mut about = about_in(&form);
    about.review = key(review);
    Plan::empty(about, form)
}

fn field<'a>(plan: &'a Plan, node: &Node, name: &str) -> &'a Field {
    plan.level(node).field(key(name)).expect("a field")
}

fn judged<'a>(plan: &Plan, node: &'a Node) -> Vec<Judged<'a>> {
    plan.judged(node, field(plan, node, "target"))
}

fn strays(plan: &Plan, node: &Node) -> usize {
    plan.stray_measures(node, field(plan, node, "target")).len()
}

fn suggested(plan: &Plan, node: &Node) -> Option<String> {
    let choice = plan.suggested_choice(node, field(plan, node, "outlook"));
    choice.map(|choice| choice.key.to_string())
}

fn contradiction(plan: &Plan, node: &Node) -> Option<Contradiction> {
    plan.contradiction(node, field(plan, node, "outlook"))
}

fn verdict(target: &str, measured: &str, previous: &str) -> String {
    let initiative = initiative(target, vec![measure(target, measured, previous)]);
    let judged = judged(&plan(MIDYEAR), &initiative);
    match &judged.first().expect("a criterion").verdict {
        Verdict::NotMeasured => "未測定".to_owned(),
        Verdict::Unknown(why) => format!("{why:?}"),
        Verdict::Met(None) => "達成".to_owned(),
        Verdict::Met(Some(by)) => format!("達成 +{by}"),
        Verdict::NotMet(by) => format!("未達成 -{by}"),
    }
}

#[test]
fn a_value_meets_its_criterion_or_misses_it_by_so_much() {
    let cases = [
        ("割合：55%以上", "57.2%", "", "達成 +2.2 ポイント"),
        ("割合：55%以上", "５５％", "", "達成 +0 ポイント"),
        ("割合：55%以上", "54.9", "", "未達成 -0.1 ポイント"),
        ("割合：12.9%以下", "12.9%", "", "達成 +0 ポイント"),
        ("割合：12.9%以下", "13.4%", "", "未達成 -0.5 ポイント"),
        ("相談件数：4,400件", "約 3,000件", "", "未達成 -1,400 件"),
        ("相談件数：4,400件", "4,400", "", "達成 +0 件"),
        ("待ち時間：20分未満", "20分", "", "未達成 -0 分"),
        ("利用者：100人を超える", "100人", "", "未達成 -0 人"),
        ("地域の数：全地域", "全地域", "", "達成"),
        (
            "割合：50.3%以上（かつ前年度実績以上）",
            "51%",
            "50.8%",
            "達成 +0.7 ポイント",
        ),
        (
            "割合：50.3%以上（かつ前年度実績以上）",
            "51%",
            "52.5%",
            "未達成 -1.5 ポイント",
        ),
        (
            "割合：50.3%以上（かつ前年度実績以上）",
            "50%",
            "",
            "未達成 -0.3 ポイント",
        ),
        (
            "割合：12.9%以下（かつ前年度実績以下）",
            "12%",
            "11.5%",
            "未達成 -0.5 ポイント",
        ),
        ("割合：前年度以上", "81%", "80%", "達成 +1 ポイント"),
        ("割合：前年度以上", "79%", "80%", "未達成 -1 ポイント"),
        (
            "受診率：前年同時期の１%増",
            "21.5%",
            "20%",
            "達成 +0.5 ポイント",
        ),
        (
            "受診率：前年同時期の１%増",
            "20.1%",
            "20%",
            "未達成 -0.9 ポイント",
        ),
        ("利用者：前年度比10%増", "111人", "100人", "達成 +1 人"),
        ("事案：前年度比10%減", "95件", "100件", "未達成 -5 件"),
        (
            "件数：過去３年平均件数（5件）の 10%減の４件以下",
            "3件",
            "",
            "達成 +1 件",
        ),
    ];
    for (target, measured, previous, expected) in cases {
        let verdict = verdict(target, measured, previous);
        // What is better is shown without a sign of its own.
        assert_eq!(verdict, expected, "{target} {measured} {previous}");
    }
}

#[test]
fn what_cannot_be_said_is_not_guessed() {
    let cases = [
        ("割合：55%以上", "", "", "未測定"),
        ("割合：55%以上", "集計中", "", "NoNumber"),
        ("割合：55%以上", "57人", "", "OtherUnit"),
        ("計画の策定", "1", "", "NoGoal"),
        ("割合：前年度以上", "81%", "", "NoPrevious"),
        (
            "割合：50%以上（かつ前年度実績以上）",
            "51%",
            "",
            "NoPrevious",
        ),
        ("地域の数：全地域", "9地域", "", "NoTotal"),
        // One point more is 21, one hundredth more is 20.2.
        (
            "受診率：前年同時期の１%増",
            "20.5%",
            "20%",
            "PointOrPercent",
        ),
    ];
    for (target, measured, previous, expected) in cases {
        assert_eq!(
            verdict(target, measured, previous),
            expected,
            "{target} {measured}"
        );
    }
    assert_ne!(Why::NoGoal, Why::NoNumber);
}

#[test]
fn her_reading_goes_before_the_programs() {
    let target = "80%以上または90人以上のいずれか多い方";
    let reading = |reading: &str| {
        let mut by_hand = measure(target, "85人", "");
        by_hand.reading = reading.to_owned();
        let initiative = initiative(target, vec![by_hand]);
        let judged = judged(&plan(MIDYEAR), &initiative);
        let judged = judged.first().expect("a criterion");
        (judged.is_by_hand, judged.verdict.clone())
    };
    assert_eq!(reading(""), (false, Verdict::Unknown(Why::NoGoal)));
    let (is_by_hand, verdict) = reading("90人以上");
    assert!(is_by_hand && matches!(verdict, Verdict::NotMet(_)));
    assert_eq!(reading("読めない"), (false, Verdict::Unknown(Why::NoGoal)));
}

#[test]
fn a_value_never_moves_to_another_criterion() {
    let values = vec![
        measure("甲：50%以上", "55%", ""),
        measure("乙：60%以上", "70%", ""),
    ];
    let measured = |target: &str| {
        let initiative = initiative(target, values.clone());
        let judged = judged(&plan(MIDYEAR), &initiative);
        let values: Vec<String> = judged
            .iter()
            .map(|it| {
                it.measure
                    .map_or("", |measure| &measure.measured)
                    .to_owned()
            })
            .collect();
        let stray = strays(&plan(MIDYEAR), &initiative);
        (values.join(","), stray)
    };
    let cases = [
        ("・甲：50%以上\n・乙：60%以上", "55%,70%", 0),
        // In another order, in another width, with something new before them.
        ("・乙：60%以上\n・甲：50%以上", "70%,55%", 0),
        ("①甲： ５０％以上\n②乙：60%以上", "55%,70%", 0),
        (
            "・丙：10件以上\n・甲：50%以上\n・乙：60%以上",
            ",55%,70%",
            0,
        ),
        // Something else is asked for, or nothing any more.
        ("・甲：55%以上\n・乙：60%以上", ",70%", 1),
        ("・乙：60%以上", "70%", 1),
        ("", "", 2),
    ];
    for (target, expected, stray) in cases {
        assert_eq!(measured(target), (expected.to_owned(), stray), "{target}");
    }
}

#[test]
fn a_value_belongs_to_the_review_at_which_it_was_measured() {
    let text = "満足度：50%以上";
    let mut first = measure_at(MIDYEAR, text, "45%", "40%");
    first.reading = "44%以上".to_owned();
    let values = vec![first, measure_at(YEAR_END, text, "60%", "")];
    let initiative = initiative(text, values);
    let seen = |review: &str| {
        let plan = plan(review);
        let judged = judged(&plan, &initiative);
        let judged = judged.first().expect("a criterion");
        let measure = judged.measure.expect("a value");
        // Her reading holds for every review.
        assert!(judged.is_by_hand, "{review}");
        (measure.measured.clone(), judged.verdict.clone())
    };
    let (measured, verdict) = seen(MIDYEAR);
    assert_eq!(measured, "45%");
    assert!(matches!(verdict, Verdict::Met(Some(by)) if by.to_string() == "1 ポイント"));
    let (measured, verdict) = seen(YEAR_END);
    assert_eq!(measured, "60%");
    assert!(matches!(verdict, Verdict::Met(Some(by)) if by.to_string() == "16 ポイント"));
}

#[test]
fn last_years_value_holds_for_every_review() {
    let text = "割合：前年度以上";
    let values = vec![
        measure_at(MIDYEAR, text, "", "80%"),
        measure_at(YEAR_END, text, "81%", ""),
    ];
    let initiative = initiative(text, values);
    let judged = judged(&plan(YEAR_END), &initiative);
    let verdict = &judged.first().expect("a criterion").verdict;
    assert!(matches!(verdict, Verdict::Met(Some(_))), "{verdict:?}");
}

#[test]
fn an_answer_contradicts_only_what_is_settled() {
    let contradicts = |text: &str, measured: &str, answer, review: &str| {
        let plan = plan(review);
        let initiative = initiative(text, vec![measure_at(review, text, measured, "")]);
        let at = plan.slot(field(&plan, &initiative, "outlook"));
        contradiction(&plan, &initiative.with(at, answer)).is_some()
    };
    let cases = [
        ("割合：55%以上", "50%", ON_TARGET, MIDYEAR, true),
        ("割合：55%以上", "60%", ON_TARGET, MIDYEAR, false),
        ("割合：55%以上", "60%", OFF_TARGET, MIDYEAR, true),
        ("割合：55%以上", "50%", OFF_TARGET, MIDYEAR, false),
        // A count still grows: 3,000 in August may be 4,400 in March.
        ("件数：4,400件", "3,000件", ON_TARGET, MIDYEAR, false),
        ("件数：4,400件", "3,000件", ON_TARGET, YEAR_END, true),
        ("件数：4,400件", "4,500件", OFF_TARGET, MIDYEAR, true),
        // And one that must stay low may still grow too high, but never shrinks.
        ("件数：４件以下", "2件", OFF_TARGET, MIDYEAR, false),
        ("件数：４件以下", "2件", OFF_TARGET, YEAR_END, true),
        ("件数：４件以下", "5件", ON_TARGET, MIDYEAR, true),
    ];
    for (target, measured, answer, review, expected) in cases {
        let found = contradicts(target, measured, answer, review);
        assert_eq!(found, expected, "{target} {measured} {answer} {review}");
    }
}

#[test]
fn one_criterion_of_several_decides_only_when_it_is_missed() {
    let target = "・甲：50%以上\n・乙：60%以上\n・計画の策定";
    let suggested = |first: &str, second: &str| {
        let values = vec![
            measure_at(YEAR_END, "甲：50%以上", first, ""),
            measure_at(YEAR_END, "乙：60%以上", second, ""),
        ];
        suggested(&plan(YEAR_END), &initiative(target, values))
    };
    assert_eq!(suggested("55%", "65%").as_deref(), Some(ON_TARGET));
    assert_eq!(suggested("55%", "50%").as_deref(), Some(OFF_TARGET));
    assert_eq!(suggested("55%", ""), None);
    assert_eq!(suggested("", ""), None);
    let missed =
        initiative(target, vec![measure("乙：60%以上", "50%", "")]).with(outlook(), ON_TARGET);
    let Some(Contradiction::NotMet { criterion, short }) = contradiction(&plan(MIDYEAR), &missed)
    else {
        panic!("a contradiction");
    };
    assert_eq!(
        (&*criterion, &*short.to_string()),
        ("乙：60%以上", "10 ポイント")
    );
}

/// Two targets, each judged by a choice of its own, and one that judges nothing.
const RATED: &str = r#"(
    name: "様式",
    reviews: [(key: "review", name: "振り返り")],
    levels: [(
        key: "work", name: "事業", at_top: true, number: (pattern: "{n}"),
        fields: [
            (key: "first", heading: "第一", kind: Targets()),
            (key: "second", heading: "第二", kind: Targets()),
            (key: "rating", heading: "評価", kind: Choice(judges: "second", choices: [
                (key: "a", words: "Ａ", grade: Good),
                (key: "b", words: "Ｂ", grade: Good),
                (key: "c", words: "Ｃ", grade: Concern),
                (key: "d", words: "Ｄ", grade: Bad),
                (key: "e", words: "Ｅ", grade: Bad),
                (key: "none", words: "評価できない"),
            ])),
            (key: "free", heading: "自由", kind: Choice(choices: [
                (key: "good", words: "良", grade: Good),
            ])),
        ],
        columns: [(heading: "評価", share: 1, fields: ["rating"])],
    )],
)"#;

#[test]
fn a_choice_judges_its_own_targets_with_the_first_choice_of_the_grade() {
    let plan = plan_of(form_of(RATED), "review");
    let value = |at: &str, measured: &str| Measure {
        measured: measured.to_owned(),
        ..Measure::new(plans::slot(at), key("review"), "満足度：50%以上")
    };
    let node = |first: &str, second: &str, answer: &str| {
        plans::node("work", id(1))
            .with(plans::slot("first"), "満足度：50%以上")
            .with(plans::slot("second"), "満足度：50%以上")
            .with(plans::slot("rating"), answer)
            .with(plans::slot("free"), "good")
            .measured(vec![value("first", first), value("second", second)])
    };
    let found = |node: &Node| {
        let rating = field(&plan, node, "rating");
        let suggested = plan.suggested_choice(node, rating);
        let suggested = suggested.map(|choice| choice.words.as_str());
        let free = field(&plan, node, "free");
        assert_eq!(plan.suggested_choice(node, free), None);
        assert_eq!(plan.contradiction(node, free), None);
        (suggested, plan.contradiction(node, rating).is_some())
    };
    // What is measured for other targets says nothing.
    let cases = [
        ("40%", "60%", "", Some("Ａ"), false),
        ("40%", "60%", "b", Some("Ａ"), false),
        ("40%", "60%", "e", Some("Ａ"), true),
        ("60%", "40%", "e", Some("Ｄ"), false),
        ("60%", "40%", "b", Some("Ｄ"), true),
        ("60%", "40%", "c", Some("Ｄ"), false),
        ("60%", "40%", "none", Some("Ｄ"), false),
        ("60%", "", "a", None, false),
    ];
    for (first, second, answer, suggestion, contradicts) in cases {
        let node = node(first, second, answer);
        let case = format!("{first} {second} {answer}");
        assert_eq!(found(&node), (suggestion, contradicts), "{case}");
    }
}
