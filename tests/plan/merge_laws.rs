//! Laws of merging that hold for every plan and whatever two people do to it.

use std::{collections::HashSet, sync::Arc};

use furikaeri::plan::{
    Change, Clash, Decision, DecisionError, Dispute, Id, Matter, MergeError, Merged, Plan,
    PlanError, Property, Value, Version, Versions, differences, merge,
};
use proptest::{collection::vec, prelude::*};

use super::{difference::granted, merge::sorted};
use crate::support::{arbitrary, plans, wishes};

/// A plan and what two people made of it. In the dense one they meet often.
fn three() -> impl Strategy<Value = (Plan, Plan, Plan)> {
    let some = || vec(wishes::wish(), 0..16);
    let base = prop_oneof![arbitrary::plan(), Just(plans::small()), Just(sorted())];
    (base, some(), some()).prop_map(|(base, ours, theirs)| {
        let (ours, theirs) = (granted(&base, &ours), granted(&base, &theirs));
        (base, ours, theirs)
    })
}

/// What both come to; `None` where there is no such plan: one id is of two levels, or no form has a
/// place for what both did.
fn merged(base: &Plan, ours: &Plan, theirs: &Plan) -> Option<Merged> {
    let forms = [base, ours, theirs].map(Plan::form);
    match merge(base, ours, theirs) {
        Ok(merged) => Some(merged),
        Err(MergeError::OtherLevel(id)) => {
            assert!(ours.contains(id) && theirs.contains(id));
            None
        }
        Err(MergeError::Form(_)) => {
            assert!(forms[0] != forms[1] && forms[0] != forms[2]);
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn mirrored(clash: &Clash) -> Clash {
    fn swap<T>(versions: Versions<T>) -> Versions<T> {
        Versions {
            base: versions.base,
            ours: versions.theirs,
            theirs: versions.ours,
        }
    }
    let dispute = match clash.dispute.clone() {
        Dispute::Deletion { by: Version::Ours } => Dispute::Deletion {
            by: Version::Theirs,
        },
        Dispute::Deletion { .. } => Dispute::Deletion { by: Version::Ours },
        Dispute::Home(homes) => Dispute::Home(swap(homes)),
        Dispute::Value(values) => Dispute::Value(swap(values)),
        Dispute::Order(orders) => Dispute::Order(swap(orders)),
    };
    Clash {
        dispute,
        ..clash.clone()
    }
}

/// The plan made anew of what it consists of.
fn again(plan: &Plan) -> Result<Plan, PlanError> {
    let form = Arc::clone(plan.form());
    let again = Plan::new(plan.about().clone(), form, plan.top().to_vec())?;
    let again = again.with_values(plan.values().clone());
    let again = again.with_style(plan.style().clone());
    Ok(again.with_round(plan.round().clone()))
}

/// The ids of a node's branch.
fn branch(plan: &Plan, root: Id) -> Vec<Id> {
    let ids = plans::ids(plan).into_iter();
    ids.filter(|&id| id == root || plan.ancestors(id).any(|above| above == root))
        .collect()
}

/// What the plan says there, told by its difference from a plan that holds something else.
fn holds(plan: &Plan, at: Option<Id>, value: &Value, other: &Plan) -> bool {
    !differences(other, plan).into_iter().any(|it| {
        it.at == at
            && matches!(&it.change, Change::Value { new, .. }
                if new.property() == value.property() && new != value)
    })
}

proptest! {
    #[test]
    fn a_side_that_did_nothing_changes_nothing((base, ours, _) in three()) {
        for (mine, yours) in [(&ours, &base), (&base, &ours), (&ours, &ours)] {
            let both = merged(&base, mine, yours).expect("only one side did anything");
            prop_assert_eq!(both.clashes(), &[]);
            prop_assert_eq!(both.plan(), &ours);
        }
    }

    #[test]
    fn it_does_not_matter_who_merges((base, ours, theirs) in three()) {
        let (here, there) = (merged(&base, &ours, &theirs), merged(&base, &theirs, &ours));
        prop_assert_eq!(here.is_some(), there.is_some());
        let Some((here, there)) = here.zip(there) else {
            return Ok(());
        };
        let key = |clash: &Clash| format!("{clash:?}");
        let mut clashes: Vec<Clash> = here.clashes().to_vec();
        let mut others: Vec<Clash> = there.clashes().iter().map(mirrored).collect();
        clashes.sort_by_key(key);
        others.sort_by_key(key);
        prop_assert_eq!(&clashes, &others);
        if clashes.is_empty() {
            prop_assert_eq!(here.plan(), there.plan());
        }
    }

    #[test]
    fn the_result_is_a_plan_and_loses_only_what_one_deleted_and_the_other_left_alone(
        (base, ours, theirs) in three(),
    ) {
        let both = merged(&base, &ours, &theirs);
        prop_assume!(both.is_some());
        let both = both.expect("as assumed");
        let plan = both.plan();
        prop_assert_eq!(again(plan), Ok(plan.clone()));
        for id in plans::ids(&ours).into_iter().chain(plans::ids(&theirs)) {
            if plan.contains(id) {
                continue;
            }
            prop_assert!(base.contains(id), "{} was added and is gone", id);
            let editor = match (ours.contains(id), theirs.contains(id)) {
                (true, false) => &ours,
                (false, true) => &theirs,
                _ => return Err(TestCaseError::fail(format!("both have {id}, and it is gone"))),
            };
            let changed: HashSet<Option<Id>> = differences(&base, editor)
                .into_iter()
                .filter(|it| it.change != Change::Removed)
                .map(|it| it.at)
                .collect();
            for inner in branch(editor, id).into_iter().filter(|it| !plan.contains(*it)) {
                prop_assert!(!changed.contains(&Some(inner)), "{} was worked on", inner);
            }
        }
        for id in plans::ids(plan) {
            prop_assert!(ours.contains(id) || theirs.contains(id), "{} came from nowhere", id);
        }
    }

    #[test]
    fn what_is_decided_is_so((base, ours, theirs) in three(), whose in any::<bool>()) {
        let version = if whose { Version::Ours } else { Version::Theirs };
        let side = if whose { &ours } else { &theirs };
        let both = merged(&base, &ours, &theirs);
        prop_assume!(both.is_some());
        let mut both = both.expect("as assumed");
        let clashes = both.clashes().to_vec();
        let answers = clashes.iter().filter(|it| both.allows(it, &Decision::Take(version)));
        let answers: Vec<_> = answers
            .map(|clash| (clash.question(), Decision::Take(version)))
            .collect();
        let is_all = answers.len() == clashes.len();
        let decided = both.decide(answers);
        if let Err(DecisionError::Merge(MergeError::Form(_))) = decided {
            // Its form has no place for what the other side did; nothing is decided.
            let form = Matter::Value(Property::Form);
            prop_assert!(clashes.iter().any(|it| it.question().matter == form));
            prop_assert_eq!(both.clashes(), clashes);
            return Ok(());
        }
        prop_assert_eq!(decided, Ok(()));
        let plan = both.plan();
        prop_assert_eq!(again(plan), Ok(plan.clone()));
        for clash in &clashes {
            if both.clashes().iter().any(|open| open.question() == clash.question()) {
                // A circle of reposts, of which one side has no opinion.
                let is_repost = clash.question().matter == Matter::Value(Property::Repost);
                prop_assert!(is_repost && !is_all, "{:?} is still open", clash);
                continue;
            }
            match &clash.dispute {
                Dispute::Value(values) => {
                    if let Some(value) = values.clone().get(version)
                        && clash.at.is_none_or(|id| plan.contains(id))
                    {
                        prop_assert!(holds(plan, clash.at, &value, side), "{:?}", clash);
                    }
                }
                Dispute::Deletion { by } if *by == version => {
                    let at = clash.at.expect("a node");
                    let mut inner = plan.children(Some(at)).iter();
                    // It stays only for what cannot stand anywhere else.
                    prop_assert!(
                        !plan.contains(at) || inner.any(|it| side.contains(it.id)),
                        "{:?}", clash
                    );
                }
                Dispute::Deletion { .. } => {
                    prop_assert!(clash.at.is_some_and(|id| plan.contains(id)));
                }
                Dispute::Home(homes) => {
                    let at = clash.at.expect("a node");
                    let wanted = homes.get(version).flatten();
                    prop_assert!(
                        plan.parent(at) == wanted || wanted.is_some_and(|it| !plan.contains(it)),
                        "{:?}", clash
                    );
                }
                Dispute::Order(orders) => {
                    let wanted = orders.clone().get(version);
                    let here: Vec<Id> = wanted
                        .iter()
                        .copied()
                        .filter(|&id| plan.contains(id) && plan.parent(id) == clash.at)
                        .collect();
                    let Some(first) = here.first() else { continue };
                    let mut siblings = plan.siblings(*first);
                    siblings.retain(|id| here.contains(id));
                    prop_assert_eq!(siblings, here);
                }
            }
        }
    }
}
