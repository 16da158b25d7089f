//! A review as it is made: handed out to eight sections, filled in by them in a spreadsheet,
//! collected, and merged with what was done to the plan meanwhile.

use std::{collections::BTreeSet, fs};

use furikaeri::{
    export::handout::file_name,
    form::Slot,
    import::returned::{self, Doubt},
    plan::{
        Decision, Id, Plan, Version, differences,
        handout::{Stage, owners},
    },
};

use crate::support::{
    plans::{OFF_TARGET, after, notes, outlook, results as results_slot, set},
    sections::{DAY, LibreOffice, OWNERS, form, handed_out, row_of},
};

/// The first and the last initiative of a section that are not reposts.
fn ends(plan: &Plan, owner: &str) -> (Id, Id) {
    let own = plan.rows().map(|entry| entry.node);
    let own = own.filter(|it| !it.is_repost() && it.owner == owner);
    let ids: Vec<Id> = own.map(|it| it.id).collect();
    (ids[0], ids[ids.len() - 1])
}

fn results(plan: &Plan, id: Id) -> &str {
    plan.text(Some(id), results_slot())
}

#[test]
fn eight_sections_fill_in_a_review_with_libreoffice() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(office) = LibreOffice::in_folder(folder.path()) else {
        return;
    };
    let plan = handed_out();
    let mut script = Vec::new();
    for owner in OWNERS {
        let bytes = form(&plan, owner);
        let name = file_name(&plan, owner, "xlsx");
        fs::write(folder.path().join(&name), &bytes).expect("there is room");
        let (first, last) = ends(&plan, owner);
        let row = row_of(&bytes, first);
        script.extend([
            format!("open\t{}", office.url(&name)),
            format!("set\tE{row}\t・{owner}の一つ目\\n・２つ目 <&>"),
            format!("set\tF{row}\t目標未達成見込"),
            format!("set\tH{row}\t=1+1 は式ではない"),
        ]);
        if owner == OWNERS[7] {
            script.push(format!("delete\t{}", row_of(&bytes, last)));
        }
        script.push(format!(
            "save\t{}",
            office.url(&format!("返送_{owner}.xlsx"))
        ));
    }
    office.run(&script);

    // Meanwhile she goes on with the plan: a title, and the same results as one of the sections.
    let (clashing, _) = ends(&plan, OWNERS[2]);
    let (renamed, _) = ends(&plan, OWNERS[0]);
    let meanwhile = after(
        &plan,
        &[
            set(clashing, results_slot(), "・課長の言葉"),
            set(renamed, Slot::TITLE, "新しい名称"),
        ],
    );

    let mut current = meanwhile.clone();
    let mut undo = Vec::new();
    let (mut clashes, mut doubts) = (Vec::new(), Vec::new());
    for owner in OWNERS {
        let path = folder.path().join(format!("返送_{owner}.xlsx"));
        let returned = returned::open(&path).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(returned.owner, owner);
        assert_eq!(returned.remarks, [], "{owner}");
        doubts.extend(returned.questions.iter().map(|it| it.doubt.clone()));
        let merged = returned.merge_into(&current, &BTreeSet::new());
        let mut merged = merged.unwrap_or_else(|error| panic!("{error}"));
        let open = merged.clashes().to_vec();
        let theirs =
            |clash: &furikaeri::plan::Clash| (clash.question(), Decision::Take(Version::Theirs));
        merged
            .decide(open.iter().map(theirs))
            .expect("each is an answer");
        clashes.extend(open);
        let inverse = current.apply(&returned.take_in(&merged, DAY));
        undo.push(inverse.expect("it fits"));
    }

    assert_eq!(clashes.len(), 1);
    assert_eq!(clashes[0].at, Some(clashing));
    let (_, deleted) = ends(&plan, OWNERS[7]);
    assert_eq!(doubts, [Doubt::Missing { id: deleted }]);
    assert!(current.contains(deleted), "nobody said that it is to go");
    for owner in OWNERS {
        let (first, _) = ends(&plan, owner);
        let node = current.node(first).expect("it is there");
        assert_eq!(
            results(&current, first),
            format!("・{owner}の一つ目\n・２つ目 <&>")
        );
        assert_eq!(node.text(outlook()), OFF_TARGET, "{owner}");
        assert_eq!(node.text(notes()), "=1+1 は式ではない");
    }
    assert_eq!(current.node(renamed).expect("it").title, "新しい名称");
    // Nothing else has changed: three fields of eight initiatives, and the round.
    assert_eq!(differences(&meanwhile, &current).len(), 8 * 3 + 1);
    assert!(owners(&current).iter().all(|it| it.stage == Stage::TakenIn));
    for inverse in undo.into_iter().rev() {
        current.apply(&inverse).expect("an inverse fits");
    }
    assert_eq!(current, meanwhile);
}
