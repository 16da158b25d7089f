//! What changed from one plan to another, as examples and as laws.

use furikaeri::plan::{
    Change, Difference, Edit, Id, Kind, Outlook, Place, Plan, Segment, TextField, Value,
    differences, text_difference,
};
use proptest::{collection::vec, prelude::*};

use super::merge::sorted;
use crate::support::{
    arbitrary,
    plans::{after, id, real, small},
    wishes::{self, empty_branch},
};

fn at(node: u64, change: Change) -> Difference {
    let at = Some(id(node));
    Difference { at, change }
}

fn insert(parent: Option<u64>, position: usize, kind: Kind, new: u64) -> Edit {
    Edit::Insert {
        parent: parent.map(id),
        position,
        branch: empty_branch(kind, id(new)),
    }
}

#[test]
fn each_change_is_one_difference() {
    let text = |old: &str, new: &str| Change::Value {
        old: Value::Text(TextField::Notes, old.to_owned()),
        new: Value::Text(TextField::Notes, new.to_owned()),
    };
    let mut about = small().about().clone();
    about.fiscal_year = 2022;
    let cases: Vec<(Edit, Vec<Difference>)> = vec![
        (
            Edit::Text {
                id: id(7),
                field: TextField::Notes,
                text: "延期".to_owned(),
            },
            vec![at(7, text("", "延期"))],
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
            insert(Some(5), 0, Kind::Initiative, 8),
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
                parent: Some(id(6)),
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
                        parent: Some(id(6)),
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
fn whoever_is_passed_by_has_not_moved() {
    let plan = real();
    let strategy = &plan.issues()[1].strategies[0];
    let last = strategy.initiatives.last().expect("it has six").id;
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
        Edit::Outlook {
            id: id(4),
            outlook: Some(Outlook::OnTarget),
        },
        Edit::Remove { id: id(5) },
        insert(Some(6), 1, Kind::Initiative, 8),
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
        &[
            Edit::Text {
                id: id(3),
                field: TextField::Results,
                text: String::new(),
            },
            Edit::Remove { id: id(2) },
        ],
    );
    // The initiative alone: its strategy comes with it, its sibling does not.
    let missing = differences(&now, &backup);
    let wanted = missing.iter().find(|it| it.at == Some(id(3)));
    let wanted = wanted.expect("the initiative is gone");
    let edit = wanted.edit(&now, &backup).expect("it can come back");
    let restored = after(&now, &[edit]);
    assert_eq!(restored.initiative(id(3)), backup.initiative(id(3)));
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
