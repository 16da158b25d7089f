//! What is done with a plan, in each of the shapes in which it can be large.

use std::{collections::HashSet, hint::black_box, sync::Arc};

use furikaeri::{
    form::Slot,
    plan::{
        Clash, Decision, Difference, Edit, Filter, Gap, Id, Merged, Node, Overview, Pick, Plan,
        SearchIndex, Section, Selection, Standing, Style, Tally, Version,
        checks::{CharSet, Checks, check, fix_all},
        differences,
        handout::{self, assign},
        merge,
        refit::{Mapping, Uses, refit},
    },
    storage::format,
};
use jiff::civil::Date;

use crate::{
    counted::{Ready, Work, assert_all_grow_with_their_size},
    plans::{forms, notes, set},
    shapes::{Shape, id_of},
};

const DAY: Date = Date::constant(2021, 11, 1);
/// Initiatives in the smaller of the two plans.
const SIZE: u64 = 40;
/// Of a chain, so many: below, where it leads is looked for step by step, which costs less.
const CHAIN: u64 = 200;

/// Something that is done with a plan of this shape and size. Where one is named for few shapes, the
/// others make no difference to it.
type Operation = fn(Shape, u64) -> Ready;

const OPERATIONS: [(&str, &[Shape], Operation); 32] = [
    ("reading a file", &Shape::LONG, |shape, size| {
        let bytes = written(&shape.plan(size));
        Box::new(move || drop(black_box(format::read(&bytes))))
    }),
    ("all checks", &Shape::ALL, |shape, size| {
        let (plan, font) = (shape.plan(size), font());
        Box::new(move || drop(black_box(check(&plan, &font))))
    }),
    ("the checks after an edit", &Shape::ALL, |shape, size| {
        let mut plan = shape.plan(size);
        let mut checks = Checks::new(font());
        checks.update(&plan);
        apply(&mut plan, &text(last(size)));
        Box::new(move || checks.update(&plan))
    }),
    (
        "the checks with all findings left",
        &Shape::TREES,
        |shape, size| {
            let (plan, font) = (shape.plan(size), font());
            let findings = check(&plan, &font).into_iter();
            let style = Style {
                ignored: findings.map(|it| it.ignored("見た")).collect(),
                ..plan.style().clone()
            };
            let plan = plan.with_style(style);
            let mut checks = Checks::new(font);
            Box::new(move || {
                checks.update(&plan);
                assert_eq!(checks.findings().count(), 0);
                assert_eq!(checks.ignored().count(), checks.counts().ignored);
            })
        },
    ),
    ("the findings of each node", &Shape::TREES, |shape, size| {
        let plan = shape.plan(size);
        let mut checks = Checks::new(font());
        checks.update(&plan);
        Box::new(move || {
            let ids = plan.nodes().map(|entry| Some(entry.node.id));
            let found: usize = ids.map(|id| checks.of(&plan, id).count()).sum();
            assert_eq!(found, checks.counts().total());
        })
    }),
    (
        "putting right all that can be, and undoing it",
        &Shape::ALL,
        |shape, size| {
            let mut plan = shape.plan(size);
            let findings = check(&plan, &font());
            Box::new(move || {
                let fixing = fix_all(&plan, &findings).expect("there is something to fix");
                apply_and_undo(&mut plan, &fixing.edit);
            })
        },
    ),
    (
        "typing in every initiative, and undoing it",
        &Shape::TREES,
        |shape, size| {
            let mut plan = shape.plan(size);
            let edits = (0..size).map(|n| text(id_of(n)));
            let edit = Edit::Group(edits.collect());
            Box::new(move || apply_and_undo(&mut plan, &edit))
        },
    ),
    (
        "numbering all anew, and undoing it",
        &Shape::TREES,
        |shape, size| {
            let mut plan = shape.plan(size);
            let edits = (1..).zip(0..size).map(|(number, n)| Edit::Number {
                id: id_of(n),
                number: Some(number),
            });
            let edit = Edit::Group(edits.collect());
            Box::new(move || apply_and_undo(&mut plan, &edit))
        },
    ),
    (
        "making all reposts of the first, and undoing it",
        &Shape::ALL,
        |shape, size| {
            let mut plan = shape.plan(size);
            let source = Some(id_of(0));
            let none = std::iter::once(Edit::Repost {
                id: id_of(0),
                source: None,
            });
            let all = (1..size).map(|n| Edit::Repost {
                id: id_of(n),
                source,
            });
            let edit = Edit::Group(none.chain(all).collect());
            Box::new(move || apply_and_undo(&mut plan, &edit))
        },
    ),
    (
        "removing every other initiative, and undoing it",
        &Shape::ALL,
        |shape, size| {
            let mut plan = shape.plan(size);
            let ids = (0..size).step_by(2).map(id_of);
            let edit = Edit::Group(ids.map(|id| Edit::Remove { id }).collect());
            Box::new(move || apply_and_undo(&mut plan, &edit))
        },
    ),
    (
        "removing an issue, and undoing it",
        &Shape::ALL,
        |shape, size| {
            let mut plan = shape.plan(size);
            let id = plan.top()[0].id;
            Box::new(move || apply_and_undo(&mut plan, &Edit::Remove { id }))
        },
    ),
    (
        "turning round the order of all, and undoing it",
        &Shape::TREES,
        |shape, size| {
            let mut plan = shape.plan(size);
            let edit = turned(&plan);
            Box::new(move || apply_and_undo(&mut plan, &edit))
        },
    ),
    (
        "looking up every initiative",
        &Shape::TREES,
        |shape, size| {
            let plan = shape.plan(size);
            Box::new(move || {
                for n in 0..size {
                    let id = id_of(n);
                    assert!(plan.node(id).is_some() && plan.number(id).is_some());
                    assert!(plan.entry(id).is_some_and(|it| it.node.id == id));
                }
            })
        },
    ),
    ("the siblings of one", &Shape::TREES, |shape, size| {
        let plan = shape.plan(size);
        let id = id_of(size / 2);
        Box::new(move || assert!(plan.siblings(id).contains(&id)))
    }),
    (
        "how every initiative is shown",
        &Shape::ALL,
        |shape, size| {
            let mut plan = shape.plan(size);
            // What is known of the reposts is forgotten.
            let edit = Edit::Repost {
                id: id_of(size / 2),
                source: None,
            };
            apply(&mut plan, &edit);
            Box::new(move || {
                let shown = plan.rows().map(|it| plan.shown(it.node));
                assert_eq!(shown.count() as u64, size);
            })
        },
    ),
    ("counting", &Shape::TREES, |shape, size| {
        let plan = shape.plan(size);
        Box::new(move || {
            let mut all = Tally::default();
            for issue in plan.top() {
                all += plan.tally(issue);
            }
            assert_eq!((all.total() + all.reposts) as u64, size);
        })
    }),
    (
        "searching for the first time",
        &Shape::TREES,
        |shape, size| {
            let plan = shape.plan(size);
            Box::new(move || {
                let mut index = SearchIndex::default();
                index.update(&plan);
                assert!(!index.search("取組").is_empty());
            })
        },
    ),
    ("searching after an edit", &Shape::TREES, |shape, size| {
        let mut plan = shape.plan(size);
        let mut index = SearchIndex::default();
        index.update(&plan);
        apply(&mut plan, &Edit::Remove { id: id_of(0) });
        Box::new(move || {
            index.update(&plan);
            assert!(!index.search("取組").is_empty());
        })
    }),
    ("filtering", &Shape::ALL, |shape, size| {
        let plan = shape.plan(size);
        let mut index = SearchIndex::default();
        index.update(&plan);
        let filter = Filter {
            text: "取組".to_owned(),
            standings: Standing::ALL.into(),
            ..Filter::default()
        };
        Box::new(move || {
            let visible = filter.visible(&plan, &index, &HashSet::new());
            assert!(visible.is_some_and(|it| it.len() as u64 > size));
        })
    }),
    (
        "the set behind a number, and how it came about",
        &Shape::TREES,
        |shape, size| {
            let plan = shape.plan(size);
            Box::new(move || {
                let picks = [Pick::Incomplete, Pick::Gap(Gap::Status)];
                let selection = Selection::new(&plan, &picks);
                let working = selection.working();
                assert_eq!(selection.entries().count(), working.counted.len());
            })
        },
    ),
    ("the overview", &Shape::ALL, |shape, size| {
        let plan = shape.plan(size);
        Box::new(move || {
            let overview = Overview::of(&plan);
            let notes = overview.attention.iter().map(|it| it.note(&plan).len());
            black_box(notes.sum::<usize>());
        })
    }),
    (
        "the overview after an edit",
        &Shape::TREES,
        |shape, size| {
            let mut plan = shape.plan(size);
            let before = Overview::of(&plan);
            apply(&mut plan, &text(last(size)));
            Box::new(move || drop(black_box(before.after_changes(&plan))))
        },
    ),
    ("giving all to one section", &Shape::TREES, |shape, size| {
        let plan = shape.plan(size);
        Box::new(move || {
            let ids: Vec<Id> = (0..size).map(id_of).collect();
            let mut plan = plan.clone();
            let edit = assign(&plan, &ids, "総務課");
            apply(&mut plan, &edit);
            black_box(handout::part(&plan, "総務課"));
        })
    }),
    (
        "handing out to as many sections",
        &Shape::TREES,
        |shape, size| {
            let plan = shape.plan(size);
            let owners: Vec<String> = (0..size).map(|n| format!("担当{n}")).collect();
            Box::new(move || {
                let round = plan.round().clone();
                let round = round.handed_out(&owners, DAY, None, id_of(0));
                let round = round.handed_out(&owners, DAY, None, id_of(0));
                let plan = plan.clone().with_round(round);
                assert!(handout::owners(&plan).len() as u64 >= size);
                black_box(handout::reminder(&plan, "担当0"));
            })
        },
    ),
    ("what has changed since", &Shape::TREES, |shape, size| {
        let older = shape.plan(size);
        let plan = all_edited(&older, notes());
        Box::new(move || assert_eq!(plan.changed_since(&older).len() as u64, size))
    }),
    (
        "the differences of two files",
        &Shape::TREES,
        |shape, size| {
            let old = shape.plan(size);
            let mut new = unshared(&old);
            apply(&mut new, &turned(&old));
            Box::new(move || drop(black_box(differences(&old, &new))))
        },
    ),
    (
        "taking one difference back",
        &Shape::TREES,
        |shape, size| {
            let old = shape.plan(size);
            let mut new = old.clone();
            apply(&mut new, &Edit::Remove { id: last(size) });
            let found = differences(&new, &old);
            Box::new(move || {
                let edit = found
                    .first()
                    .and_then(|it| Difference::edit(it, &new, &old));
                apply(&mut new, &edit.expect("it can be taken back"));
            })
        },
    ),
    (
        "merging what both typed, and deciding it",
        &Shape::ALL,
        |shape, size| {
            let base = shape.plan(size);
            let ours = all_edited(&base, Slot::TITLE);
            let theirs = all_edited(&base, Slot::MEMO);
            let theirs = all_edited_as(&theirs, Slot::TITLE, "別");
            merged_and_decided([base, ours, theirs], Version::Theirs)
        },
    ),
    ("merging what both sorted", &Shape::TREES, |shape, size| {
        let base = shape.plan(size);
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        let edit = turned(&base);
        apply(&mut ours, &edit);
        // Another order: the second half first.
        let half = Edit::Group(
            (size / 2..size)
                .rev()
                .map(|n| to_the_front(&base, id_of(n)))
                .collect(),
        );
        apply(&mut theirs, &half);
        merged_and_decided([base, ours, theirs], Version::Ours)
    }),
    (
        "merging what one removed and the other went on with",
        &Shape::TREES,
        |shape, size| {
            let base = shape.plan(size);
            let mut ours = base.clone();
            let removed = (0..size).map(|n| Edit::Remove { id: id_of(n) });
            apply(&mut ours, &Edit::Group(removed.collect()));
            let theirs = all_edited(&base, Slot::TITLE);
            merged_and_decided([base, ours, theirs], Version::Base)
        },
    ),
    ("giving it another form", &Shape::TREES, |shape, size| {
        let plan = shape.plan(size);
        let forms = forms();
        Box::new(move || {
            for form in &forms {
                let uses = Uses::of(&plan);
                let mapping = Mapping::proposed(&uses, plan.form(), form);
                apply(&mut plan.clone(), &refit(&plan, form, &mapping));
            }
        })
    }),
    (
        "looking for a section that is not there",
        &Shape::TREES,
        |shape, size| {
            let plan = shape.plan(size);
            let edits = plan.top().iter().map(|issue| Edit::Number {
                id: issue.id,
                number: Some(1),
            });
            let edit = Edit::Group(edits.collect());
            let mut plan = plan.clone();
            apply(&mut plan, &edit);
            let section: Section = "1-1-999999".parse().expect("a section");
            Box::new(move || assert!(section.require_in(&plan).is_err()))
        },
    ),
];

/// What is done with plans of this shape.
fn works(shape: Shape) -> Vec<Work> {
    // What is made once in a run is no part of any operation.
    check(&shape.plan(1), &font());
    let done = OPERATIONS.into_iter();
    let done = done.filter(|(_, shapes, _)| shapes.contains(&shape));
    done.map(|(name, _, operation)| Work {
        name: name.to_owned(),
        prepare: Box::new(move |size| operation(shape, size)),
    })
    .collect()
}

#[test]
fn many_issues() {
    assert_all_grow_with_their_size("operations::many_issues", SIZE, works(Shape::Flat));
}

#[test]
fn many_strategies() {
    assert_all_grow_with_their_size("operations::many_strategies", SIZE, works(Shape::Deep));
}

#[test]
fn reposts_of_the_one_before() {
    let works = works(Shape::Chained);
    assert_all_grow_with_their_size("operations::reposts_of_the_one_before", CHAIN, works);
}

#[test]
fn reposts_of_the_one_behind() {
    let works = works(Shape::ChainedBack);
    assert_all_grow_with_their_size("operations::reposts_of_the_one_behind", CHAIN, works);
}

#[test]
fn all_in_one_strategy() {
    let works = works(Shape::AllInOne);
    assert_all_grow_with_their_size("operations::all_in_one_strategy", SIZE, works);
}

fn font() -> CharSet {
    CharSet::of(|_| true)
}

/// The plan as it is read from another file: nothing is behind the same pointer.
fn unshared(plan: &Plan) -> Plan {
    fn copies(nodes: &[Arc<Node>]) -> Vec<Arc<Node>> {
        let copy = |node: &Arc<Node>| {
            let children = copies(&node.children);
            Arc::new(Node {
                children,
                ..node.without_children()
            })
        };
        nodes.iter().map(copy).collect()
    }
    let (about, form) = (plan.about().clone(), Arc::clone(plan.form()));
    Plan::new(about, form, copies(plan.top())).expect("it is a plan")
}

fn written(plan: &Plan) -> Vec<u8> {
    format::write(plan).expect("a plan can be written")
}

fn last(size: u64) -> Id {
    id_of(size - 1)
}

fn text(id: Id) -> Edit {
    set(id, notes(), "延期した。")
}

fn apply(plan: &mut Plan, edit: &Edit) -> Edit {
    plan.apply(edit).unwrap_or_else(|error| panic!("{error}"))
}

fn apply_and_undo(plan: &mut Plan, edit: &Edit) {
    let inverse = apply(plan, edit);
    apply(plan, &inverse);
}

/// The edit that turns round the order of what stands in each node.
fn turned(plan: &Plan) -> Edit {
    let ids = plan.nodes().map(|entry| entry.node.id);
    Edit::Group(ids.map(|id| to_the_front(plan, id)).collect())
}

fn to_the_front(plan: &Plan, id: Id) -> Edit {
    Edit::Move {
        id,
        parent: plan.parent(id),
        position: 0,
    }
}

fn all_edited(plan: &Plan, at: Slot) -> Plan {
    all_edited_as(plan, at, "新")
}

fn all_edited_as(plan: &Plan, at: Slot, text: &str) -> Plan {
    let mut plan = plan.clone();
    let ids = plan.rows().map(|entry| entry.node.id);
    let edits = ids.map(|id| set(id, at, text));
    let edit = Edit::Group(edits.collect());
    apply(&mut plan, &edit);
    plan
}

/// Merges three plans, decides all that is open, and looks at what was taken.
fn merged_and_decided([base, ours, theirs]: [Plan; 3], version: Version) -> Ready {
    Box::new(move || {
        let mut merged: Merged = merge(&base, &ours, &theirs).expect("versions of one plan");
        let decision = Decision::Take(version);
        let open = merged
            .clashes()
            .iter()
            .filter(|it| merged.allows(it, &decision));
        let decisions = open.map(Clash::question).map(|it| (it, decision.clone()));
        let decisions: Vec<_> = decisions.collect();
        merged.decide(decisions).expect("each is an answer");
        black_box(merged.taken());
    })
}
