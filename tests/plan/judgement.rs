//! Measured values against their criteria.

use furikaeri::plan::{
    Contradiction, Initiative, Measure, Outlook, Review, Verdict, WhyUnknown as Why,
};

use crate::support::plans::id;

fn initiative(target: &str, measures: Vec<Measure>) -> Initiative {
    Initiative {
        target: target.to_owned(),
        measures,
        ..Initiative::new(id(1), 1)
    }
}

fn measure(criterion: &str, measured: &str, previous: &str) -> Measure {
    Measure {
        criterion: criterion.to_owned(),
        measured: measured.to_owned(),
        previous: previous.to_owned(),
        ..Measure::default()
    }
}

fn verdict(target: &str, measured: &str, previous: &str) -> String {
    let initiative = initiative(target, vec![measure(target, measured, previous)]);
    let judged = initiative.judged();
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
        ("割合：55%以上", "57.2%", "", "達成 +2.2 %"),
        ("割合：55%以上", "５５％", "", "達成 +0 %"),
        ("割合：55%以上", "54.9", "", "未達成 -0.1 %"),
        ("割合：12.9%以下", "12.9%", "", "達成 +0 %"),
        ("割合：12.9%以下", "13.4%", "", "未達成 -0.5 %"),
        ("相談件数：4,400件", "約 3,000件", "", "未達成 -1,400 件"),
        ("相談件数：4,400件", "4,400", "", "達成 +0 件"),
        ("待ち時間：20分未満", "20分", "", "未達成 -0 分"),
        ("利用者：100人を超える", "100人", "", "未達成 -0 人"),
        ("地域の数：全地域", "全地域", "", "達成"),
        (
            "割合：50.3%以上（かつ前年度実績以上）",
            "51%",
            "50.8%",
            "達成 +0.7 %",
        ),
        (
            "割合：50.3%以上（かつ前年度実績以上）",
            "51%",
            "52.5%",
            "未達成 -1.5 %",
        ),
        (
            "割合：50.3%以上（かつ前年度実績以上）",
            "50%",
            "",
            "未達成 -0.3 %",
        ),
        (
            "割合：12.9%以下（かつ前年度実績以下）",
            "12%",
            "11.5%",
            "未達成 -0.5 %",
        ),
        ("割合：前年度以上", "81%", "80%", "達成 +1 %"),
        ("割合：前年度以上", "79%", "80%", "未達成 -1 %"),
        ("受診率：前年同時期の１%増", "21.5%", "20%", "達成 +0.5 %"),
        ("受診率：前年同時期の１%増", "20.1%", "20%", "未達成 -0.9 %"),
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
        let judged = initiative.judged();
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
        let judged = initiative.judged();
        let values: Vec<String> = judged
            .iter()
            .map(|it| {
                it.measure
                    .map_or("", |measure| &measure.measured)
                    .to_owned()
            })
            .collect();
        let stray = initiative.stray_measures().len();
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
fn an_outlook_contradicts_only_what_is_settled() {
    use Outlook::{OffTarget, OnTarget};
    use Review::{MidYear, YearEnd};
    let contradicts = |target: &str, measured: &str, outlook, review| {
        let mut initiative = initiative(target, vec![measure(target, measured, "")]);
        initiative.status.outlook = Some(outlook);
        initiative.contradiction(review).is_some()
    };
    let cases = [
        ("割合：55%以上", "50%", OnTarget, MidYear, true),
        ("割合：55%以上", "60%", OnTarget, MidYear, false),
        ("割合：55%以上", "60%", OffTarget, MidYear, true),
        ("割合：55%以上", "50%", OffTarget, MidYear, false),
        // A count still grows: 3,000 in August may be 4,400 in March.
        ("件数：4,400件", "3,000件", OnTarget, MidYear, false),
        ("件数：4,400件", "3,000件", OnTarget, YearEnd, true),
        ("件数：4,400件", "4,500件", OffTarget, MidYear, true),
        // And one that must stay low may still grow too high, but never shrinks.
        ("件数：４件以下", "2件", OffTarget, MidYear, false),
        ("件数：４件以下", "2件", OffTarget, YearEnd, true),
        ("件数：４件以下", "5件", OnTarget, MidYear, true),
    ];
    for (target, measured, outlook, review, expected) in cases {
        let found = contradicts(target, measured, outlook, review);
        assert_eq!(
            found, expected,
            "{target} {measured} {outlook:?} {review:?}"
        );
    }
}

#[test]
fn one_criterion_of_several_decides_only_when_it_is_missed() {
    let target = "・甲：50%以上\n・乙：60%以上\n・計画の策定";
    let suggested = |first: &str, second: &str| {
        let values = vec![
            measure("甲：50%以上", first, ""),
            measure("乙：60%以上", second, ""),
        ];
        initiative(target, values).suggested_outlook(Review::YearEnd)
    };
    assert_eq!(suggested("55%", "65%"), Some(Outlook::OnTarget));
    assert_eq!(suggested("55%", "50%"), Some(Outlook::OffTarget));
    assert_eq!(suggested("55%", ""), None);
    assert_eq!(suggested("", ""), None);
    let mut missed = initiative(target, vec![measure("乙：60%以上", "50%", "")]);
    missed.status.outlook = Some(Outlook::OnTarget);
    let Some(Contradiction::NotMet { criterion, short }) = missed.contradiction(Review::MidYear)
    else {
        panic!("a contradiction");
    };
    assert_eq!((&*criterion, &*short.to_string()), ("乙：60%以上", "10 %"));
}
