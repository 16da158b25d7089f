//! What the checks find in the ward's plan: a list that a person wrote down before the checks were
//! run, and that putting it right changes no meaning.

use furikaeri::export::pages::faces;
use furikaeri::form::{Slot, Width};
use furikaeri::plan::checks::{Checks, Fix, Place, Rule, check, fix_all};
use furikaeri::plan::{Digits, Edit, Plan, Style, fold};

use crate::support::plans::{numbered, real, results, target};

/// Number, cell, rule, and the words that were found, in the order of the document.
const EXPECTED: [(&str, &str, &str, &str); 38] = [
    ("1-1-2", "target", "percent-width", "％"),
    ("1-1-3", "results", "mixed-digits", "2１"),
    ("1-1-3", "results", "mixed-digits", "1６"),
    ("1-1-3", "target", "mixed-digits", "６0"),
    ("1-1-4", "results", "bracket-width", "("),
    ("1-1-4", "target", "mixed-digits", "4５"),
    ("1-2-2", "target", "percent-width", "％"),
    ("1-2-3", "target", "percent-width", "％"),
    ("1-3-1", "target", "percent-width", "％"),
    ("2-1-2", "target", "percent-width", "％"),
    ("2-1-4", "notes", "word", "取組み"),
    ("2-1-5", "target", "percent-width", "％"),
    ("3-1-1", "target", "percent-width", "％"),
    ("3-1-3", "target", "percent-width", "％"),
    ("3-3-2", "target", "mixed-digits", "８0"),
    ("3-3-2", "target", "percent-width", "％"),
    ("3-3-3", "target", "mixed-digits", "８0"),
    ("3-3-3", "target", "percent-width", "％"),
    ("3-3-4", "target", "percent-width", "％"),
    ("3-3-5", "title", "word", "取組み"),
    ("3-3-5", "target", "percent-width", "％"),
    ("3-3-6", "results", "mixed-digits", "3.８"),
    ("3-3-6", "target", "percent-width", "％"),
    ("3-4-2", "results", "mixed-digits", "1７"),
    ("3-4-2", "results", "as-of", "8月末"),
    ("4-1-1", "results", "bracket-pair", "（"),
    ("4-1-2", "notes", "word", "取組み"),
    ("4-1-3", "target", "percent-width", "％"),
    ("4-2-3", "target", "mixed-digits", "９0"),
    ("5-1-1", "results", "mixed-digits", "202１"),
    ("5-1-1", "results", "bracket-width", ")"),
    ("5-2-1", "target", "percent-width", "％"),
    ("6-1-3", "target", "percent-width", "％"),
    ("6-2-3", "number", "number-gap", ""),
    ("改革-1", "results", "mixed-digits", "1３,８７７"),
    ("改革-1", "target", "mixed-digits", "1０0"),
    ("改革-1", "results", "sum", "令和３年度目標額：15,000千円"),
    ("改革-2", "results", "mixed-digits", "7５,４６６"),
];

fn cell(place: &Place) -> String {
    match place {
        Place::Text { at, .. } => at.field.to_string(),
        Place::Number => "number".to_owned(),
        Place::Repost => "repost".to_owned(),
        Place::Form => "form".to_owned(),
    }
}

fn found(plan: &Plan) -> Vec<(String, String, &'static str, String)> {
    let font = faces::char_set().expect("the font is built in");
    let findings = check(plan, &font).into_iter();
    findings
        .map(|finding| {
            let number = finding.node.and_then(|id| plan.number(id));
            let rule = finding.rule.code();
            (
                number.expect("in the plan").half_width(plan.form()),
                cell(&finding.place),
                rule,
                finding.quote,
            )
        })
        .collect()
}

#[test]
fn every_true_finding_is_listed_and_no_false_one() {
    let found = found(&real());
    let found: Vec<(&str, &str, &str, &str)> = found
        .iter()
        .map(|(number, cell, rule, quote)| (&**number, &**cell, *rule, &**quote))
        .collect();
    for expected in EXPECTED {
        assert!(found.contains(&expected), "見つからない: {expected:?}");
    }
    for found in &found {
        assert!(EXPECTED.contains(found), "誤って見つかった: {found:?}");
    }
    assert_eq!(found, EXPECTED);
}

#[test]
fn the_breakdown_of_the_income_is_added_up() {
    let font = faces::char_set().expect("the font is built in");
    let findings = check(&real(), &font);
    let sum = findings
        .iter()
        .find(|it| it.rule == Rule::Sum)
        .expect("found");
    assert!(
        sum.explanation.contains("15,468 千円"),
        "{}",
        sum.explanation
    );
    assert!(
        sum.explanation.contains("15,000 千円"),
        "{}",
        sum.explanation
    );
}

/// Everything that the checks may not change: all that a reader sees but widths, and 取組み.
fn meaning(plan: &Plan) -> Vec<String> {
    let rows = plan.rows().map(|entry| {
        let node = entry.node;
        let texts = node.values.iter().map(|(_, text)| text);
        let texts = std::iter::once(&*node.title).chain(texts);
        let texts = texts.map(|text| text.replace("取組み", "取組"));
        let texts: Vec<String> = texts.map(|text| fold(&text).as_str().to_owned()).collect();
        format!(
            "{} {texts:?} {:?}",
            entry.number().half_width(plan.form()),
            node.repost_of
        )
    });
    rows.collect()
}

#[test]
fn fixing_everything_makes_one_style_and_changes_no_meaning() {
    let font = faces::char_set().expect("the font is built in");
    let styles = [
        (Some(Digits::Half), Width::Half),
        (Some(Digits::SingleFull), Width::Half),
        (Some(Digits::Full), Width::Full),
        (None, Width::Half),
    ];
    for (digits, percent) in styles {
        let style = Style {
            digits,
            percent,
            ..Style::default()
        };
        let before = real().with_style(style);
        let findings = check(&before, &font);
        let fixing = fix_all(&before, &findings).expect("there is something to fix");
        let fixable = findings.iter().filter(|finding| finding.fix.is_some());
        assert_eq!(fixing.changes.len(), fixable.count(), "{digits:?}");
        assert!(
            fixing
                .changes
                .iter()
                .all(|change| change.before != change.after)
        );

        let mut after = before.clone();
        let undo = after.apply(&fixing.edit).expect("the fixes fit");
        assert_eq!(meaning(&after), meaning(&before), "{digits:?}");
        let left = check(&after, &font);
        let fixable: Vec<_> = left
            .iter()
            .filter(|finding| finding.fix.is_some())
            .collect();
        assert!(fixable.is_empty(), "{digits:?}: {fixable:?}");

        assert!(matches!(fixing.edit, Edit::Group(_)), "one step");
        after.apply(&undo).expect("one step back");
        assert_eq!(after, before);
    }
}

#[test]
fn numbers_of_the_plan_after_fixing_are_as_the_style_has_them() {
    let font = faces::char_set().expect("the font is built in");
    let fixed = |digits, number: &str, at: Slot| {
        let style = Style {
            digits: Some(digits),
            ..Style::default()
        };
        let mut plan = real().with_style(style);
        let findings = check(&plan, &font);
        let fixing = fix_all(&plan, &findings).expect("there is something to fix");
        plan.apply(&fixing.edit).expect("the fixes fit");
        let id = numbered(&plan, number);
        plan.text(Some(id), at).to_owned()
    };
    let cases = [
        (Digits::Half, "1-1-3", results(), "35団体/個人"),
        (Digits::Full, "1-1-3", results(), "２１団体/個人"),
        (Digits::SingleFull, "4-2-3", results(), "４者会議開催：４回"),
        (Digits::SingleFull, "改革-1", results(), "13,877千円"),
        // Names stay as they are, whatever the style.
        (
            Digits::Full,
            "3-5-1",
            results(),
            "レインボーカフェ 3710の開催（２回）",
        ),
        (Digits::Full, "4-1-3", target(), "『83（はちさん）運動』"),
        (Digits::Half, "改革-1", results(), "令和３年度見込み"),
        (
            Digits::Full,
            "5-1-1",
            results(),
            "「チャレンジポート 2021」",
        ),
    ];
    for (digits, number, at, piece) in cases {
        let text = fixed(digits, number, at);
        assert!(text.contains(piece), "{digits:?} {number}: {text}");
    }
}

#[test]
fn what_is_ignored_is_counted_apart_and_comes_back_with_other_words() {
    let font = faces::char_set().expect("the font is built in");
    let mut plan = real();
    let mut checks = Checks::new(font);
    checks.update(&plan);
    let all = checks.counts();
    assert_eq!(all.total(), EXPECTED.len());
    let gap = checks.findings().find(|it| it.rule == Rule::NumberGap);
    let gap = gap.expect("6-2-2 is left out").clone();
    let style = Style {
        ignored: vec![gap.ignored("年度当初から欠番")],
        ..plan.style().clone()
    };
    plan.apply(&Edit::Style(style)).expect("it fits");
    checks.update(&plan);
    assert_eq!(checks.counts().total(), all.total() - 1);
    assert_eq!(checks.counts().ignored, 1);
    assert_eq!(checks.of(&plan, gap.node).count(), 0);
    let ignored: Vec<_> = checks.ignored().collect();
    assert_eq!(ignored, [(&gap, "年度当初から欠番")]);
    assert!(!checks.findings().any(|it| it.rule == Rule::NumberGap));
}

#[test]
fn a_fix_says_what_it_changes() {
    let font = faces::char_set().expect("the font is built in");
    let plan = real();
    let findings = check(&plan, &font);
    let word = findings
        .iter()
        .find(|it| it.rule == Rule::Word)
        .expect("found");
    assert_eq!(word.fix, Some(Fix::Replace("取組".to_owned())));
    let fixing = fix_all(&plan, [word]).expect("it has a fix");
    let changes: Vec<_> = fixing
        .changes
        .iter()
        .map(|it| (&*it.before, &*it.after))
        .collect();
    assert_eq!(
        changes,
        [(
            " コロナ禍においても取組みは有効であるため、新型コ",
            " コロナ禍においても取組は有効であるため、新型コ"
        )]
    );
}
