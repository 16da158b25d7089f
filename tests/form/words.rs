//! The words of states and answers, which are those of each form.

use furikaeri::{form::Form, plan::Standing};

use crate::support::plans::{Building, forms, id, key, node, plan_in, slot};

fn form_of(name: &str) -> std::sync::Arc<Form> {
    let mut forms = forms().into_iter();
    forms
        .find(|form| form.name == name)
        .expect("it is built in")
}

#[test]
fn every_state_is_called_what_the_form_calls_it() {
    use Standing::{Bad, Concern, Good, NotRated, Unassessed, Worst};
    let cases = [
        (
            "港区運営方針 振り返り",
            vec![
                (Good, "順調"),
                (Concern, "予定通りでない"),
                (Bad, "未達成見込"),
                (Worst, "未達成見込・予定通りでない"),
                (Unassessed, "未評価"),
            ],
        ),
        ("区運営方針", vec![]),
        (
            "施策評価（三階層）",
            vec![
                (Good, "A／B"),
                (Concern, "C"),
                (Bad, "D"),
                (Unassessed, "未評価"),
            ],
        ),
        (
            "総合戦略 KPI",
            vec![
                (Good, "100％以上"),
                (Concern, "60～100％"),
                (Bad, "60％未満"),
                (Unassessed, "未評価"),
                (NotRated, "評価不能"),
            ],
        ),
    ];
    for (name, words) in cases {
        let form = form_of(name);
        let level = form.assessed().next();
        let standings: Vec<Standing> = level.into_iter().flat_map(|it| it.standings()).collect();
        assert_eq!(standings.len(), words.len(), "{name}: {standings:?}");
        assert!(
            words.iter().all(|(it, _)| standings.contains(it)),
            "{name}: {standings:?}"
        );
        for (standing, word) in words {
            assert_eq!(form.standing_word(standing), word, "{name}");
        }
    }
}

#[test]
fn a_kpi_that_cannot_be_assessed_is_not_rated() {
    let form = form_of("総合戦略 KPI");
    let rated = |answer: &str| node("kpi", id(2)).with(slot("verification/rating"), answer);
    for (answer, standing) in [
        ("met", Standing::Good),
        ("partly", Standing::Concern),
        ("missed", Standing::Bad),
        ("unknown", Standing::NotRated),
        ("", Standing::Unassessed),
        ("gone", Standing::Unassessed),
    ] {
        let goal = node("goal", id(1)).numbered(1).holding([rated(answer)]);
        let plan = plan_in(&form, vec![goal]);
        let kpi = plan.node(id(2)).expect("in the plan");
        assert_eq!(plan.standing(kpi), standing, "{answer}");
    }
}

#[test]
fn what_is_chosen_is_printed_in_one_line() {
    let form = form_of("施策評価（三階層）");
    let level = form.level(key("project"));
    let project = node("project", id(1))
        .with(slot("year_end/rating"), "c")
        .with(slot("year_end/direction"), "improve");
    let fields = [key("rating"), key("direction")];
    let line = level.choice_line(&project, key("year_end"), &fields);
    assert_eq!(
        line.as_deref(),
        Some("【C　目標をやや下回る、改善して継続】")
    );
    assert_eq!(level.choice_line(&project, key("midyear"), &fields), None);
}
