//! What is done with one text, however long somebody made it.

use std::hint::black_box;

use furikaeri::plan::{
    Digits, Measure, Node, Plan, Style,
    checks::{CharSet, check, fix_all},
    highlights, text_difference,
};

use crate::{
    counted::{Ready, Work, assert_all_grow_with_their_size},
    plans::{Building as _, ON_SCHEDULE, ON_TARGET, issue, key, plan_of, target},
    shapes::{Shape, id_of},
};

/// A text of so many parts.
type Text = fn(u64) -> String;

fn lines(size: u64, line: impl Fn(u64) -> String) -> String {
    let lines: Vec<String> = (0..size).map(line).collect();
    lines.join("\n")
}

const CHECKED: [(&str, Text); 9] = [
    ("numbers in two widths", mixed),
    ("numbers with a bracket behind", |size| {
        "1（".repeat(count(size))
    }),
    ("brackets that nobody opened", |size| {
        "）".repeat(count(size))
    }),
    ("brackets that nobody closed", |size| {
        "（".repeat(count(size))
    }),
    ("brackets that are closed by others", |size| {
        "「".repeat(count(size)) + &"）".repeat(count(size))
    }),
    ("brackets in brackets", |size| {
        "（「".repeat(count(size)) + &"」）".repeat(count(size))
    }),
    ("dates", |size| {
        lines(size, |n| format!("（{}月末）", n % 12 + 1))
    }),
    ("signs of percent", |size| "5％".repeat(count(size))),
    ("reposts in words", |size| {
        "３－１－２の再掲".repeat(count(size))
    }),
];

const READ: [(&str, Text); 2] = [
    ("sums", |size| {
        let parts = lines(size, |n| format!("・費用{n}：{n}円"));
        let totals = lines(size, |n| format!("・合計{n}：{n}円"));
        format!("{parts}\n{totals}")
    }),
    ("lines that go on", |size| {
        lines(size, |n| format!("合計した行{n}は"))
    }),
];

const FIXED: [(&str, Text); 2] = [
    ("numbers in two widths", mixed),
    ("brackets of two widths", |size| "（あ)".repeat(count(size))),
];

fn mixed(size: u64) -> String {
    "1２回、".repeat(count(size))
}

/// Half of it says something else in one place, so that little is left to be compared.
fn two_texts(size: u64, is_other: impl Fn(u64) -> bool) -> [String; 2] {
    let old = lines(size, |n| format!("・取組{n}を行った。"));
    let new = lines(size, |n| match is_other(n) {
        true => format!("・催し{n}は中止した。"),
        false => format!("・取組{n}を行った。"),
    });
    [old, new]
}

#[test]
fn checking_a_long_text() {
    let in_results = CHECKED.map(|(name, text)| Work {
        name: format!("checking {name}"),
        prepare: Box::new(move |size| checking(plan(|it| it.with_results(&text(size))))),
    });
    let in_targets = READ.map(|(name, text)| Work {
        name: format!("checking {name} in a target"),
        prepare: Box::new(move |size| checking(plan(|it| it.with_target(&text(size))))),
    });
    let fixing = FIXED.map(|(name, text)| Work {
        name: format!("fixing {name}"),
        prepare: Box::new(move |size| {
            let plan = plan(|it| it.with_results(&text(size)));
            let findings = check(&plan, &font());
            Box::new(move || drop(black_box(fix_all(&plan, &findings))))
        }),
    });
    let works = in_results.into_iter().chain(in_targets).chain(fixing);
    // What is made once in a run is no part of any operation.
    check(&plan(|it| it.with_results("1２")), &font());
    assert_all_grow_with_their_size("texts::checking_a_long_text", 200, works.collect());
}

#[test]
fn reading_and_comparing_long_texts() {
    let work = |name: &str, prepare: fn(u64) -> Ready| Work {
        name: name.to_owned(),
        prepare: Box::new(prepare),
    };
    let works = vec![
        work("judging as many values as criteria", |size| {
            let plan = plan(|it| {
                let measure = |n: u64| {
                    // Written in another width.
                    let criterion = format!("指標{n}：{n}件以上").replace('1', "１");
                    Measure {
                        measured: "5件".to_owned(),
                        ..Measure::new(target(), key("midyear"), &criterion)
                    }
                };
                it.with_target(&lines(size, |n| format!("・指標{n}：{n}件以上")))
                    .measured((0..size).map(measure).collect())
            });
            Box::new(move || {
                let node = plan.node(id_of(0)).expect("it is there");
                let level = plan.level(node);
                let [targets, outlook] =
                    ["target", "outlook"].map(|it| level.field(key(it)).expect("it has it"));
                let judged = plan.judged(node, targets);
                assert!(judged.iter().all(|it| it.measure.is_some()));
                assert!(plan.stray_measures(node, targets).is_empty());
                black_box(plan.contradiction(node, outlook));
            })
        }),
        work(
            "comparing texts with a line changed here and there",
            |size| comparing(two_texts(size, |n| n % 10 == 0)),
        ),
        work("comparing texts with every other line changed", |size| {
            comparing(two_texts(size, |n| n % 2 == 0))
        }),
        work("finding a word", |size| {
            let text = "防災訓練 ".repeat(count(size));
            Box::new(move || assert!(!highlights(&text, "訓練 防災").is_empty()))
        }),
        work("searching for many words", |size| {
            let words = lines(size, |n| format!("語{n}"));
            Box::new(move || drop(black_box(highlights("防災訓練", &words))))
        }),
    ];
    assert_all_grow_with_their_size("texts::reading_and_comparing_long_texts", 200, works);
}

fn count(size: u64) -> usize {
    usize::try_from(size).expect("it is no longer than that")
}

fn font() -> CharSet {
    CharSet::of(|_| true)
}

/// A plan of one initiative, with a style, so that every rule has something to look for.
fn plan(change: impl FnOnce(Node) -> Node) -> Plan {
    let one = Shape::AllInOne.plan(1);
    let node = one.node(id_of(0)).expect("it is there").as_ref().clone();
    let node = node.with_outlook(ON_TARGET).with_progress(ON_SCHEDULE);
    let style = Style {
        digits: Some(Digits::Full),
        ..Style::default()
    };
    let above = issue(id_of(1), 1).titled("課題");
    plan_of(vec![above.holding([change(node)])]).with_style(style)
}

fn checking(plan: Plan) -> Ready {
    let font = font();
    Box::new(move || drop(black_box(check(&plan, &font))))
}

fn comparing([old, new]: [String; 2]) -> Ready {
    Box::new(move || drop(black_box(text_difference(&old, &new))))
}
