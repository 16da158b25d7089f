//! What changed from one plan to another, as examples and as laws.

use std::sync::Arc;

use furikaeri::form::{Form, Slot};
use furikaeri::plan::{
    Change, Difference, Edit, Id, Place, Plan, Property, Segment, Value, differences,
    text_difference,
};
use proptest::{collection::vec, prelude::*};

use super::merge::sorted;
use crate::support::{
    arbitrary,
    plans::{
        BEHIND, ON_SCHEDULE, ON_TARGET, after, form, id, key, notes, numbered, outlook, progress,
        real, results, set, set_plan, slot, small, target,
    },
    wishes::{self, empty_branch},
};

fn at(node: u64, change: Change) -> Difference {
    let at = Some(id(node));
    Difference { at, change }
}

fn insert(parent: Option<u64>, position: usize, level: &str, new: u64) -> Edit {
    Edit::Insert {
        parent: parent.map(id),
        position,
        branch: empty_branch(key(level), id(new)),
    }
}

/// The built-in form without its last field.
fn shorter_form() -> Arc<Form> {
    let mut form = Form::clone(&form());
    for level in &mut form.levels {
        level.fields.retain(|field| field.key != notes().field);
    }
    Arc::new(form)
}

#[test]
fn each_change_is_one_difference() {
    let text = |at, old: &str, new: &str| Change::Value {
        old: Value::Text(at, old.to_owned()),
        new: Value::Text(at, new.to_owned()),
    };
    let mission = slot("mission");
    let mut about = small().about().clone();
    about.fiscal_year = 2022;
    let cases: Vec<(Edit, Vec<Difference>)> = vec![
        (
            set(id(7), notes(), "延期"),
            vec![at(7, text(notes(), "", "延期"))],
        ),
        // An answer is a text like any other.
        (
            set(id(3), progress(), ON_SCHEDULE),
            vec![at(3, text(progress(), BEHIND, ON_SCHEDULE))],
        ),
        // Nothing is overlooked because its form does not know of it.
        (
            set(id(2), mission, "守る"),
            vec![at(2, text(mission, "", "守る"))],
        ),
        (
            set_plan(mission, "守る"),
            vec![Difference {
                at: None,
                change: text(mission, "", "守る"),
            }],
        ),
        (
            Edit::Form(shorter_form()),
            vec![Difference {
                at: None,
                change: Change::Value {
                    old: Value::Form(form()),
                    new: Value::Form(shorter_form()),
                },
            }],
        ),
        (
            Edit::Number {
                id: id(5),
                number: Some(9),
            },
            vec![at(
                5,
                Change::Value {
                    old: Value::Number(Some(2)),
                    new: Value::Number(Some(9)),
                },
            )],
        ),
        (
            Edit::About(about),
            vec![Difference {
                at: None,
                change: Change::Value {
                    old: Value::FiscalYear(2021),
                    new: Value::FiscalYear(2022),
                },
            }],
        ),
        (
            insert(Some(5), 0, "initiative", 8),
            vec![at(8, Change::Added)],
        ),
        // What goes with a node comes behind it.
        (
            Edit::Remove { id: id(2) },
            vec![
                at(2, Change::Removed),
                at(3, Change::Removed),
                at(4, Change::Removed),
            ],
        ),
        (
            Edit::Move {
                id: id(3),
                parent: Some(id(5)),
                position: 0,
            },
            vec![at(
                3,
                Change::Moved {
                    from: Place {
                        parent: Some(id(2)),
                        position: 0,
                    },
                    to: Place {
                        parent: Some(id(5)),
                        position: 0,
                    },
                },
            )],
        ),
    ];
    for (edit, expected) in cases {
        let new = after(&small(), std::slice::from_ref(&edit));
        assert_eq!(differences(&small(), &new), expected, "{edit:?}");
        let mut back: Vec<Difference> = expected.into_iter().map(Difference::reversed).collect();
        let mut found = differences(&new, &small());
        back.sort_by_key(|it| it.at);
        found.sort_by_key(|it| it.at);
        assert_eq!(found, back, "{edit:?}");
    }
    assert_eq!(differences(&small(), &small()), []);
}

#[test]
fn what_a_node_says_differently_is_listed_in_the_order_of_the_form() {
    let fields = [
        notes(),
        target(),
        Slot::MEMO,
        outlook(),
        results(),
        slot("year_end/results"),
    ];
    let edits = fields.map(|at| set(id(3), at, "新"));
    let found = differences(&small(), &after(&small(), &edits));
    let order = found.into_iter().map(|difference| match difference.change {
        Change::Value { new, .. } => new.property(),
        other => panic!("{other:?}"),
    });
    let expected = [
        results(),
        slot("year_end/results"),
        target(),
        outlook(),
        notes(),
        Slot::MEMO,
    ];
    assert_eq!(order.collect::<Vec<_>>(), expected.map(Property::Text));
}

/// As after everything was made anew of another form, where its levels are called otherwise.
#[test]
fn a_node_of_another_level_is_another_node() {
    let of_other_level = Edit::Group(vec![
        Edit::Remove { id: id(5) },
        insert(Some(1), 1, "initiative", 5),
    ]);
    let new = after(&small(), &[of_other_level]);
    let found = differences(&small(), &new);
    assert_eq!(found, [at(5, Change::Removed), at(5, Change::Added)]);
    // One after the other.
    assert_eq!(found[1].edit(&small(), &new), None);
    let removal = found[0].edit(&small(), &new).expect("it can go");
    let gone = after(&small(), &[removal]);
    let addition = found[1].edit(&gone, &new).expect("it can come");
    assert_eq!(after(&gone, &[addition]), new);
}

#[test]
fn what_the_form_has_no_place_for_waits_for_the_form() {
    let mut form = Form::clone(&form());
    form.levels[1].under.push(key("reform"));
    let other = Edit::Form(Arc::new(form));
    let new = after(&small(), &[other, insert(Some(6), 0, "strategy", 8)]);
    let found = differences(&small(), &new);
    let [form, added] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(added.edit(&small(), &new), None);
    let first = form.edit(&small(), &new).expect("the form fits");
    let half = after(&small(), &[first]);
    let second = added.edit(&half, &new).expect("now there is a place");
    assert_eq!(after(&half, &[second]), new);
}

#[test]
fn whoever_is_passed_by_has_not_moved() {
    let plan = real();
    let strategy = plan.node(numbered(&plan, "2-1")).expect("2-1");
    let last = strategy.children.last().expect("it has six").id;
    let new = after(
        &plan,
        &[Edit::Move {
            id: last,
            parent: Some(strategy.id),
            position: 0,
        }],
    );
    let found = differences(&plan, &new);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].at, Some(last));
}

#[test]
fn what_is_gone_comes_where_it_stood() {
    let edits = [
        Edit::Remove { id: id(3) },
        set(id(4), outlook(), ON_TARGET),
        Edit::Remove { id: id(5) },
        insert(Some(6), 1, "reform_item", 8),
    ];
    let found = differences(&small(), &after(&small(), &edits));
    let order: Vec<Option<Id>> = found.iter().map(|it| it.at).collect();
    assert_eq!(order, [3, 4, 5, 8].map(|bits| Some(id(bits))));
}

#[test]
fn one_field_comes_back_from_a_backup_and_nothing_else() {
    let backup = small();
    let now = after(
        &backup,
        &[set(id(3), results(), ""), Edit::Remove { id: id(2) }],
    );
    // The initiative alone: its strategy comes with it, its sibling does not.
    let missing = differences(&now, &backup);
    let wanted = missing.iter().find(|it| it.at == Some(id(3)));
    let wanted = wanted.expect("the initiative is gone");
    let edit = wanted.edit(&now, &backup).expect("it can come back");
    let restored = after(&now, &[edit]);
    assert_eq!(restored.node(id(3)), backup.node(id(3)));
    assert_eq!(restored.number(id(3)), backup.number(id(3)));
    assert!(!restored.contains(id(4)));
    assert_eq!(restored.siblings(id(2)), backup.siblings(id(2)));
}

#[test]
fn a_node_goes_only_when_nothing_that_stays_is_in_it() {
    let new = after(
        &small(),
        &[
            Edit::Move {
                id: id(3),
                parent: Some(id(5)),
                position: 0,
            },
            Edit::Remove { id: id(2) },
        ],
    );
    let found = differences(&small(), &new);
    let removal = found.iter().find(|it| it.at == Some(id(2)));
    let removal = removal.expect("the strategy is gone");
    assert_eq!(removal.edit(&small(), &new), None);
}

#[test]
fn one_move_alone_leads_beside_those_that_stay() {
    let old = sorted();
    let move_to = |node, position| Edit::Move {
        id: id(node),
        parent: Some(id(2)),
        position,
    };
    // 3 4 5 6 → 4 6 3 5: two have moved.
    let new = after(&old, &[move_to(6, 0), move_to(4, 0)]);
    let found = differences(&old, &new);
    let moved: Vec<_> = found.iter().map(|it| it.at).collect();
    assert_eq!(moved, [Some(id(4)), Some(id(6))]);
    let edit = found[1].edit(&old, &new).expect("it can move");
    let siblings = after(&old, &[edit]).siblings(id(6));
    assert_eq!(siblings, [6, 3, 4, 5].map(id));
}

/// `[-…-]` is struck out and `[+…+]` is new, as in a change list of words.
fn marked(old: &str, new: &str) -> String {
    let segments = text_difference(old, new).into_iter();
    let pieces = segments.map(|segment| match segment {
        Segment::Same(text) => text.to_owned(),
        Segment::Removed(text) => format!("[-{text}-]"),
        Segment::Added(text) => format!("[+{text}+]"),
    });
    pieces.collect()
}

#[test]
fn a_changed_text_reads_well() {
    let cases = [
        ("", "", ""),
        ("同じ", "同じ", "同じ"),
        ("", "新しい", "[+新しい+]"),
        ("古い", "", "[-古い-]"),
        // Numbers and words in katakana are replaced whole.
        (
            "参加者：100人以上",
            "参加者：120人以上",
            "参加者：[-100-][+120+]人以上",
        ),
        ("満足度８０％", "満足度８５％", "満足度[-８０-][+８５+]％"),
        (
            "区民センター",
            "区民セミナー",
            "区民[-センター-][+セミナー+]",
        ),
        ("YouTubeで", "YouCubeで", "[-YouTube-][+YouCube+]で"),
        // No scraps between changes.
        (
            "１月２日に実施",
            "３月４日に実施",
            "[-１月２-][+３月４+]日に実施",
        ),
        (
            "秋に延期した。",
            "秋に中止とした。",
            "秋に[-延期-][+中止と+]した。",
        ),
        (
            "地域住民と協働して進めた",
            "住民の皆さまと協力して進めた",
            "[-地域住民-][+住民の皆さま+]と協[-働-][+力+]して進めた",
        ),
        // Lines of a list come and go whole.
        (
            "・一つ目\n・三つ目",
            "・一つ目\n・二つ目\n・三つ目",
            "・一つ目\n[+・二つ目\n+]・三つ目",
        ),
        (
            "・訓練\n・会議\n・講座",
            "・訓練\n・講座",
            "・訓練\n[-・会議\n-]・講座",
        ),
        ("・甲\n・乙", "・丙\n・丁", "・[-甲-][+丙+]\n・[-乙-][+丁+]"),
        // What a reader takes for one character stays one.
        ("か\u{3099}", "か", "[-か\u{3099}-][+か+]"),
        (
            "👨\u{200d}👩",
            "👨\u{200d}👧",
            "[-👨\u{200d}👩-][+👨\u{200d}👧+]",
        ),
    ];
    for (old, new, expected) in cases {
        assert_eq!(marked(old, new), expected);
    }
}

proptest! {
    #[test]
    fn both_texts_can_be_read_off_their_difference(
        old in arbitrary::text(), new in arbitrary::text(),
        lines in vec(0..4_usize, 0..12), other_lines in vec(0..4_usize, 0..12),
    ) {
        let listed = |lines: &[usize]| -> String {
            lines.iter().map(|&line| ["・甲乙\n", "・甲\n", "１２回\n", "乙"][line]).collect()
        };
        for (old, new) in [(old, new), (listed(&lines), listed(&other_lines))] {
            let segments = text_difference(&old, &new);
            let mut read = (String::new(), String::new());
            for segment in &segments {
                prop_assert!(!segment.text().is_empty());
                match segment {
                    Segment::Same(text) => {
                        read.0.push_str(text);
                        read.1.push_str(text);
                    }
                    Segment::Removed(text) => read.0.push_str(text),
                    Segment::Added(text) => read.1.push_str(text),
                }
            }
            prop_assert_eq!(read, (old, new));
        }
    }

    /// What is restored from a backup piece by piece is at last the backup, whatever the pieces.
    #[test]
    fn making_one_difference_after_another_makes_the_new_plan(
        old in arbitrary::plan(), wishes in vec(wishes::wish(), 0..12),
    ) {
        let new = granted(&old, &wishes);
        let mut plan = old.clone();
        let mut left = differences(&plan, &new);
        // A move may need another one first, so there can be more steps than differences.
        for _ in 0..10 * left.len() {
            let step = left.iter().find_map(|difference| {
                let mut next = plan.clone();
                next.apply(&difference.edit(&plan, &new)?).ok()?;
                Some((difference.clone(), next))
            });
            let Some((made, next)) = step else {
                prop_assert!(left.is_empty(), "stuck with {:?}", left);
                break;
            };
            plan = next;
            left = differences(&plan, &new);
            if matches!(made.change, Change::Value { .. }) {
                prop_assert!(!left.contains(&made));
            }
        }
        prop_assert_eq!(plan, new);
    }

    #[test]
    fn no_difference_is_no_difference(
        old in arbitrary::plan(), wishes in vec(wishes::wish(), 0..6),
    ) {
        let new = granted(&old, &wishes);
        prop_assert_eq!(differences(&old, &new).is_empty(), old == new);
    }
}

/// The plan after those of the wishes that can be granted.
pub fn granted(plan: &Plan, wishes: &[wishes::Wish]) -> Plan {
    let mut plan = plan.clone();
    for wish in wishes {
        let _ = plan.apply(&wish.edit(&plan));
    }
    plan
}
