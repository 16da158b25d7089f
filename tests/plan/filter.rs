//! Narrowing the tree, on the real plan and on the small one, and what holds for every filter.

use std::collections::HashSet;

use furikaeri::plan::{Edit, Filter, Id, Pick, Plan, Standing};
use proptest::{
    collection::{hash_set, vec},
    option,
    prelude::*,
    sample::{Index, select},
};

use super::search::{index_of, some_plan};
use crate::support::plans::{
    self, BEHIND, Building, id, key, node, numbered, plan_in, progress, set, slot,
};

/// The numbers of what is visible, in the order of the document; `None` if everything is.
fn visible(plan: &Plan, filter: &Filter, changed: &HashSet<Id>) -> Option<String> {
    let ids = filter.visible(plan, &index_of(plan), changed)?;
    let shown = plans::ids(plan).into_iter().filter(|id| ids.contains(id));
    let numbers: Vec<String> = shown
        .filter_map(|id| Some(plan.number(id)?.half_width(plan.form())))
        .collect();
    assert_eq!(
        numbers.len(),
        ids.len(),
        "all that is visible is in the plan"
    );
    Some(numbers.join(" "))
}

fn text(text: &str) -> Filter {
    Filter {
        text: text.to_owned(),
        ..Filter::default()
    }
}

fn standing(standings: impl IntoIterator<Item = Standing>) -> Filter {
    Filter {
        standings: standings.into_iter().collect(),
        ..Filter::default()
    }
}

fn owner(owner: &str) -> Filter {
    Filter {
        picks: vec![Pick::Owner(owner.to_owned())],
        ..Filter::default()
    }
}

fn incomplete() -> Filter {
    Filter {
        picks: vec![Pick::Incomplete],
        ..Filter::default()
    }
}

fn changed() -> Filter {
    Filter {
        changed: true,
        ..Filter::default()
    }
}

#[test]
fn the_real_plan_is_narrowed_to_what_is_asked_for() {
    let plan = plans::real();
    let cases = [
        (text("津波"), "2 2-1 2-1-3 2-1-6"),
        (
            standing([Standing::Bad]),
            "1 1-1 1-1-4 4 4-1 4-1-3 改革 改革-1",
        ),
        (
            standing([Standing::Bad, Standing::Concern]),
            "1 1-1 1-1-4 2 2-1 2-1-1 2-1-2 2-1-3 2-1-4 4 4-1 4-1-2 4-1-3 改革 改革-1",
        ),
        (standing([Standing::Worst]), ""),
        // The title of a strategy has the word, and so has what is in it.
        (text("地域福祉"), "3 3-1 3-1-1 3-1-2 3-1-3"),
        (
            Filter {
                standings: [Standing::Concern].into(),
                ..text("コロナ")
            },
            "2 2-1 2-1-1 2-1-2 2-1-3 2-1-4 4 4-1 4-1-2",
        ),
        (incomplete(), ""),
        (changed(), ""),
    ];
    for (filter, expected) in cases {
        let narrowed = visible(&plan, &filter, &HashSet::new());
        assert_eq!(narrowed.as_deref(), Some(expected), "{filter:?}");
    }
}

#[test]
fn a_repost_stands_as_its_source_does() {
    let mut plan = plans::real();
    let repost = numbered(&plan, "3-3-1");
    let is_visible = |plan: &Plan, filter: &Filter| {
        let ids = filter.visible(plan, &index_of(plan), &HashSet::new());
        ids.expect("the filter is on").contains(&repost)
    };
    assert!(is_visible(&plan, &standing([Standing::Good])));
    assert!(!is_visible(&plan, &standing([Standing::Concern])));

    let worse = set(numbered(&plan, "3-1-2"), progress(), BEHIND);
    plan.apply(&worse).expect("3-1-2 is there");
    assert!(!is_visible(&plan, &standing([Standing::Good])));
    assert!(is_visible(&plan, &standing([Standing::Concern])));

    let gone = Edit::Remove {
        id: numbered(&plan, "3-1-2"),
    };
    plan.apply(&gone).expect("3-1-2 is there");
    assert!(!is_visible(&plan, &standing(Standing::ALL)));
}

#[test]
fn headings_are_visible_for_their_own_sake_or_for_what_is_in_them() {
    let plan = plans::small();
    // 1 安全, 1-1 地域防災, 1-1-1 防災訓練 (防災担当), 1-1-2 its repost, 1-2 empty, 改革, 改革-1.
    let cases = [
        (text("安全"), vec![], "1 1-1 1-1-1 1-1-2 1-2"),
        (text("地域"), vec![], "1 1-1 1-1-1 1-1-2"),
        (text("1-2"), vec![], "1 1-2"),
        (text("延期"), vec![], "1 1-1 1-1-1"),
        (text("改革"), vec![], "改革 改革-1"),
        (owner("防災担当"), vec![], "1 1-1 1-1-1"),
        (owner(""), vec![], "1 1-1 1-1-2 改革 改革-1"),
        (owner("防災"), vec![], ""),
        (incomplete(), vec![], "改革 改革-1"),
        (changed(), vec![3], "1 1-1 1-1-1"),
        (changed(), vec![2, 7], "1 1-1 改革 改革-1"),
        (changed(), vec![5], "1 1-2"),
        (changed(), vec![99], ""),
        // With what only initiatives have, no heading is there for its own sake.
        (
            Filter {
                text: "安全".to_owned(),
                ..owner("防災担当")
            },
            vec![],
            "1 1-1 1-1-1",
        ),
        (
            Filter {
                text: "安全".to_owned(),
                ..incomplete()
            },
            vec![],
            "",
        ),
        (
            Filter {
                text: "安全".to_owned(),
                ..standing([Standing::Good])
            },
            vec![],
            "",
        ),
        (
            Filter {
                text: "安全".to_owned(),
                ..changed()
            },
            vec![2, 4, 7],
            "1 1-1 1-1-2",
        ),
        (
            Filter {
                changed: true,
                ..incomplete()
            },
            vec![6],
            "",
        ),
    ];
    for (filter, ids, expected) in cases {
        let ids = ids.into_iter().map(id).collect();
        let narrowed = visible(&plan, &filter, &ids);
        assert_eq!(narrowed.as_deref(), Some(expected), "{filter:?} {ids:?}");
    }
}

/// Goals with a rating and a text of their own, and measures in them that are rows.
fn rated() -> Plan {
    let form = plans::form_of(
        r#"(
    name: "評価",
    reviews: [(key: "r5", name: "令和５年度")],
    levels: [
        (
            key: "goal",
            name: "目標",
            at_top: true,
            number: (pattern: "{n}"),
            fields: [
                (key: "why", heading: "課題認識", kind: Text),
                (key: "rating", heading: "評価", kind: Choice(choices: [(key: "a", words: "Ａ", grade: Good), (key: "b", words: "Ｂ", grade: Bad)])),
            ],
        ),
        (
            key: "measure",
            name: "施策",
            under: ["goal"],
            number: (pattern: "{above}-{n}"),
            fields: [
                (key: "rating", heading: "評価", kind: Choice(choices: [(key: "a", words: "Ａ", grade: Good), (key: "b", words: "Ｂ", grade: Bad)])),
            ],
            columns: [(heading: "施策", share: 1, fields: ["title", "rating"])],
        ),
    ],
)"#,
    );
    let goal = |bits, title: &str, why: &str, rating: &str| {
        let number = u32::try_from(bits).expect("small");
        let goal = node("goal", id(bits)).numbered(number).titled(title);
        goal.with(slot("why"), why).with(slot("rating"), rating)
    };
    let measure = |bits, number, rating: &str| {
        let measure = node("measure", id(bits)).numbered(number).titled("訓練");
        measure.with(slot("rating"), rating)
    };
    plan_in(
        &form,
        vec![
            goal(1, "安全", "災害が増えた", "b")
                .holding([measure(11, 1, "a"), measure(12, 2, "b")]),
            goal(2, "健康", "", "a").holding([measure(21, 1, "b")]),
        ],
    )
}

#[test]
fn a_heading_that_is_assessed_is_asked_for_itself() {
    let level = |filter: Filter, level: &str| Filter {
        picks: [filter.picks, vec![Pick::Level(key(level))]].concat(),
        ..filter
    };
    let cases = [
        (standing([Standing::Good]), "1 1-1 2"),
        (standing([Standing::Bad]), "1 1-2 2 2-1"),
        (level(standing([Standing::Bad]), "goal"), "1"),
        (level(standing([Standing::Good]), "measure"), "1 1-1"),
        // What is in a title is the heading's and all that is in it; what is in a text is not.
        (text("安全"), "1 1-1 1-2"),
        (text("災害"), "1"),
        (text("2"), "2 2-1"),
        (
            Filter {
                standings: [Standing::Good].into(),
                ..text("災害")
            },
            "",
        ),
    ];
    for (filter, expected) in cases {
        let narrowed = visible(&rated(), &filter, &HashSet::new());
        assert_eq!(narrowed.as_deref(), Some(expected), "{filter:?}");
    }
}

#[test]
fn a_filter_without_conditions_is_off() {
    let plan = plans::small();
    for filter in [Filter::default(), text(" 　\n"), text("\u{200b}")] {
        assert!(!filter.is_on(), "{filter:?}");
        assert_eq!(visible(&plan, &filter, &HashSet::new()), None, "{filter:?}");
    }
    let on = [
        text("あ"),
        standing([Standing::Good]),
        owner(""),
        incomplete(),
        changed(),
    ];
    for filter in on {
        assert!(filter.is_on(), "{filter:?}");
    }
}

/// A filter with any of the conditions; the words and the section come from the plan too.
fn filter() -> impl Strategy<Value = (Filter, Index)> {
    let standings = hash_set(select(Standing::ALL.to_vec()), 0..4);
    let words = select(vec!["", "", "の", "防災 訓練", "2-1", "改革"]);
    let conditions = (words, standings, option::of(Just("")), any::<[bool; 3]>());
    (conditions, any::<Index>()).prop_map(|((text, standings, owner, flags), at)| {
        let [incomplete, changed, is_owner_from_plan] = flags;
        let filter = Filter {
            text: text.to_owned(),
            standings,
            picks: [
                incomplete.then_some(Pick::Incomplete),
                owner
                    .filter(|_| is_owner_from_plan)
                    .map(|owner| Pick::Owner(owner.to_owned())),
            ]
            .into_iter()
            .flatten()
            .collect(),
            changed,
        };
        (filter, at)
    })
}

proptest! {
    #[test]
    fn conditions_narrow_together_and_the_way_to_what_is_left_is_visible(
        plan in some_plan(),
        (filter, at) in filter(),
        changes in vec(any::<Index>(), 0..6),
    ) {
        let ids = plans::ids(&plan);
        prop_assume!(!ids.is_empty());
        let mut filter = filter;
        if let Some(node) = plan.node(*at.get(&ids)) {
            for pick in &mut filter.picks {
                if let Pick::Owner(owner) = pick {
                    *owner = node.owner.trim().to_owned();
                }
            }
        }
        let changed: HashSet<Id> = changes.iter().map(|change| *change.get(&ids)).collect();
        let index = index_of(&plan);
        let Some(visible) = filter.visible(&plan, &index, &changed) else {
            prop_assert!(!filter.is_on());
            return Ok(());
        };
        for id in &visible {
            prop_assert!(plan.parent(*id).is_none_or(|parent| visible.contains(&parent)));
        }
        let alone = [
            text(&filter.text),
            standing(filter.standings.iter().copied()),
            Filter { picks: filter.picks.iter().take(1).cloned().collect(), ..Filter::default() },
            Filter { picks: filter.picks.iter().skip(1).cloned().collect(), ..Filter::default() },
            Filter { changed: filter.changed, ..Filter::default() },
        ];
        let each: Vec<HashSet<Id>> = alone
            .iter()
            .filter_map(|one| one.visible(&plan, &index, &changed))
            .collect();
        for entry in plan.nodes() {
            // What holds nothing is there for its own sake only.
            let id = entry.node.id;
            if plan.level(entry.node).is_filled_in() && entry.node.children.is_empty() {
                let meets_all = each.iter().all(|ids| ids.contains(&id));
                prop_assert_eq!(visible.contains(&id), meets_all, "{} with {:?}", id, filter);
            }
        }
        if filter.standings.is_empty() && filter.picks.is_empty() {
            return Ok(());
        }
        // Of what is filled in, nothing is left but ways to it.
        let is_a_way = |id: &Id| {
            let node = plan.node(*id).expect("visible nodes are in the plan");
            let filled_in = node.with_below().filter(|it| plan.level(it).is_filled_in());
            filled_in.map(|it| it.id).any(|id| visible.contains(&id))
        };
        prop_assert!(visible.iter().all(is_a_way));
    }
}
