//! Laws of editing that hold for every plan and every edit: what undo, autosave and the index of
//! parents rely on.

use furikaeri::plan::{Edit, Id, Plan};
use furikaeri::storage::format;
use proptest::{collection::vec, prelude::*};

use crate::support::{arbitrary, files::written, plans, wishes};

/// Everything a plan holds, as a text of its own that shares no memory with the plan.
fn contents(plan: &Plan) -> String {
    let (about, form, values) = (plan.about(), plan.form(), plan.values());
    let (style, round, nodes) = (plan.style(), plan.round(), plan.top());
    format!("{about:?} {form:?} {values:?} {style:?} {round:?} {nodes:?}")
}

/// Saved and opened again, it is the same plan and gives the same answers; `also` are ids that may
/// be gone.
fn assert_sound(plan: &Plan, also: &[Id]) {
    let fresh = format::read(written(plan).as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(*plan, fresh);
    for id in plans::ids(plan).iter().chain(also) {
        assert_eq!(plan.contains(*id), fresh.contains(*id), "contains {id}");
        assert_eq!(plan.parent(*id), fresh.parent(*id), "parent of {id}");
        assert_eq!(plan.number(*id), fresh.number(*id), "number of {id}");
        assert_eq!(plan.siblings(*id), fresh.siblings(*id), "siblings of {id}");
        let found = plan.node(*id).map(|node| node.id);
        assert_eq!(found, fresh.contains(*id).then_some(*id), "node {id}");
    }
}

proptest! {
    #[test]
    fn every_edit_can_be_taken_back_and_done_again(
        before in arbitrary::plan(),
        wish in wishes::wish(),
    ) {
        let edit = wish.edit(&before);
        let ids = plans::ids(&before);
        let mut plan = before.clone();
        let Ok(inverse) = plan.apply(&edit) else {
            prop_assert_eq!(contents(&plan), contents(&before), "a failed edit changes nothing");
            assert_sound(&plan, &ids);
            return Ok(());
        };
        assert_sound(&plan, &ids);
        let after = plan.clone();

        let again = plan.apply(&inverse).expect("an inverse fits the plan it came from");
        prop_assert_eq!(contents(&plan), contents(&before));
        prop_assert_eq!(&plan, &before);
        assert_sound(&plan, &plans::ids(&after));

        plan.apply(&again).expect("what was done can be done again");
        prop_assert_eq!(contents(&plan), contents(&after));
        assert_sound(&plan, &ids);
    }

    #[test]
    fn a_whole_day_of_edits_can_be_undone_and_snapshots_stay_as_they_were(
        first in arbitrary::plan(),
        day in vec(wishes::wish(), 1..12),
    ) {
        let mut plan = first.clone();
        let mut history = Vec::new();
        for wish in &day {
            let snapshot = plan.clone();
            let remembered = contents(&snapshot);
            let edit = wish.edit(&plan);
            if let Ok(inverse) = plan.apply(&edit) {
                history.push((inverse, snapshot, remembered));
            }
        }
        assert_sound(&plan, &plans::ids(&first));
        while let Some((inverse, snapshot, remembered)) = history.pop() {
            prop_assert_eq!(contents(&snapshot), &*remembered, "later edits left it alone");
            plan.apply(&inverse).expect("an inverse fits the plan it came from");
            prop_assert_eq!(contents(&plan), remembered);
        }
        assert_sound(&plan, &plans::ids(&first));
    }

    #[test]
    fn a_group_is_done_whole_or_not_at_all(
        before in arbitrary::plan(),
        wishes in vec(wishes::wish(), 0..6),
    ) {
        let edits: Vec<Edit> = wishes.iter().map(|wish| wish.edit(&before)).collect();
        let mut one_by_one = before.clone();
        let fits = edits.iter().all(|edit| one_by_one.apply(edit).is_ok());

        let mut plan = before.clone();
        let result = plan.apply(&Edit::Group(edits));
        // What a group comes to is looked at when all of it is made: in between, reposts may go round
        // in a circle.
        prop_assert!(result.is_ok() || !fits);
        if fits {
            prop_assert_eq!(contents(&plan), contents(&one_by_one));
        } else if result.is_err() {
            prop_assert_eq!(contents(&plan), contents(&before));
        }
        assert_sound(&plan, &plans::ids(&plan));
        if let Ok(inverse) = result {
            prop_assert!(plan.apply(&inverse).is_ok());
            prop_assert_eq!(contents(&plan), contents(&before));
        }
    }
}
