//! Another form for a plan: what goes where, and that nothing is ever lost on the way.

use std::sync::Arc;

use furikaeri::{
    form::{Field, Form, Key, Kind, Slot},
    plan::{
        Edit, Id, Measure, Node, Plan,
        refit::{Goes, Mapping, Part, Uses, refit},
    },
};
use proptest::prelude::*;

use crate::support::{
    arbitrary,
    plans::{
        BEHIND, Building as _, ON_TARGET, about_in, after, form, forms, id, initiative, issue, key,
        notes, outlook, plan_of, progress, real, results, set, slot, small, target,
    },
};

fn proposed(plan: &Plan, form: &Form) -> (Uses, Mapping) {
    let uses = Uses::of(plan);
    let mapping = Mapping::proposed(&uses, plan.form(), form);
    (uses, mapping)
}

fn refitted(plan: &Plan, form: &Form, mapping: &Mapping) -> Plan {
    let mut refitted = plan.clone();
    let edit = refit(plan, form, mapping);
    let back = refitted
        .apply(&edit)
        .unwrap_or_else(|error| panic!("{error}"));
    let mut undone = refitted.clone();
    undone.apply(&back).expect("it was so before");
    assert!(undone == *plan, "it cannot be undone");
    refitted
}

fn homeless(plan: &Plan, form: &Form, mapping: &Mapping) -> Vec<String> {
    let uses = Uses::of(plan);
    let lines = mapping.homeless(&uses, form);
    let in_words = |part: &Part| plan.form().part_name(part);
    lines
        .map(|(part, its)| format!("{}：{}", in_words(part), plan.amount_of(its)))
        .collect()
}

/// The built-in form with a change.
fn changed(change: impl FnOnce(&mut Form)) -> Form {
    let mut form = form().as_ref().clone();
    change(&mut form);
    form
}

fn field_mut<'a>(form: &'a mut Form, level: &str, field: &str) -> &'a mut Field {
    form.field_mut(Some(key(level)), key(field))
        .expect("a field")
}

/// What a node says, title and all, one after the other.
fn all_texts(node: &Node) -> Vec<(Slot, String)> {
    let of_every = Slot::OF_EVERY_NODE.into_iter();
    let of_every = of_every.map(|slot| (slot, node.text(slot).to_owned()));
    let values = node
        .values
        .iter()
        .map(|(slot, text)| (slot, text.to_owned()));
    of_every.chain(values).collect()
}

#[test]
fn the_same_form_changes_nothing() {
    for plan in [real(), small()] {
        let (uses, mapping) = proposed(&plan, plan.form());
        assert_eq!(mapping, Mapping::by_keys(&uses, plan.form()));
        assert_eq!(homeless(&plan, plan.form(), &mapping), [""; 0]);
        assert_eq!(
            refit(&plan, plan.form(), &mapping),
            Edit::Form(Arc::clone(plan.form()))
        );
    }
}

#[test]
fn what_is_said_is_listed_with_where_and_how_often() {
    let plan = small();
    let uses = Uses::of(&plan);
    let lines = uses
        .iter()
        .map(|(part, its)| format!("{} {}", plan.form().part_name(part), plan.amount_of(its)));
    let lines: Vec<String> = lines.collect();
    assert_eq!(
        lines,
        [
            "振り返り「中間振り返り」 1 件（１－１－１）",
            "階層「経営課題」 1 件（１）",
            "階層「戦略」 2 件（１－１、１－２）",
            "階層「具体的取組」 2 件（１－１－１、１－１－２）",
            "具体的取組の欄「現状の主な取組実績」 1 件（１－１－１）",
            "具体的取組の欄「目標（取組によりめざす指標）」 1 件（１－１－１）",
            "具体的取組の欄「達成状況（目標の見込）」 1 件（１－１－１）",
            "具体的取組の欄「達成状況（目標の見込）」の「目標達成見込」 1 件（１－１－１）",
            "具体的取組の欄「達成状況（取組の進捗）」 1 件（１－１－１）",
            "具体的取組の欄「達成状況（取組の進捗）」の「取組予定通り進捗していない」 1 件（１－１－１）",
            "具体的取組の欄「課題・改善策」 1 件（１－１－１）",
            "階層「経営課題」 1 件（改革）",
            "階層「具体的取組」 1 件（改革－１）",
        ]
    );
}

#[test]
fn what_has_another_key_is_found_by_its_words() {
    let plan = small();
    let form = changed(|form| {
        form.reviews[0].key = key("mid");
        for level in &mut form.levels {
            for column in &mut level.columns {
                column
                    .fields
                    .retain(|it| *it != key("notes") && *it != key("outlook"));
                column.fields.extend([key("remarks"), key("hope")]);
            }
        }
        for level in ["initiative", "reform_item"] {
            field_mut(form, level, "notes").key = key("remarks");
            let hope = field_mut(form, level, "outlook");
            hope.key = key("hope");
            if let Kind::Choice { choices, .. } = &mut hope.kind {
                choices[0].key = key("met");
            }
        }
    });
    let (_, mapping) = proposed(&plan, &form);
    assert_eq!(homeless(&plan, &form, &mapping), [""; 0]);
    let refitted = refitted(&plan, &form, &mapping);
    let full = refitted.node(id(3)).expect("it stays");
    assert_eq!(full.text(slot("mid/remarks")), "「秋」に\"延期\"した。");
    assert_eq!(full.text(slot("mid/hope")), "met");
    assert_eq!(full.text(slot("mid/progress")), BEHIND);
    assert_eq!(refitted.review(), key("mid"));
}

#[test]
fn a_field_without_a_place_stays_until_a_form_has_it_again() {
    let plan = small();
    let without = changed(|form| form.remove_field(Some(key("initiative")), key("notes")));
    let (_, mapping) = proposed(&plan, &without);
    assert_eq!(
        homeless(&plan, &without, &mapping),
        ["具体的取組の欄「課題・改善策」：1 件（１－１－１）"]
    );
    let without = refitted(&plan, &without, &mapping);
    assert_eq!(without.text(Some(id(3)), notes()), "「秋」に\"延期\"した。");
    assert_eq!(without.field_of(Some(id(3)), notes()), None);
    let (_, mapping) = proposed(&without, &form());
    assert!(refitted(&without, &form(), &mapping) == plan);
}

#[test]
fn a_field_can_go_to_the_end_of_another_under_its_heading() {
    let plan = small();
    let without = changed(|form| form.remove_field(Some(key("initiative")), key("notes")));
    let (_, mut mapping) = proposed(&plan, &without);
    let of = (Some(key("initiative")), key("notes"));
    mapping.fields.insert(of, Goes::After(key("results")));
    assert_eq!(homeless(&plan, &without, &mapping), [""; 0]);
    let refitted = refitted(&plan, &without, &mapping);
    assert_eq!(
        refitted.text(Some(id(3)), results()),
        "・訓練：１回\n・会議：２回\n【課題・改善策（中間振り返り）】\n「秋」に\"延期\"した。"
    );
    assert_eq!(refitted.text(Some(id(3)), notes()), "");
}

#[test]
fn a_choice_becomes_words_and_words_become_a_choice() {
    let plan = small();
    let mut as_text = changed(|form| {
        for level in ["initiative", "reform_item"] {
            field_mut(form, level, "progress").kind = Kind::Text;
        }
    });
    let (_, mapping) = proposed(&plan, &as_text);
    assert_eq!(homeless(&plan, &as_text, &mapping), [""; 0]);
    let written = refitted(&plan, &as_text, &mapping);
    assert_eq!(
        written.text(Some(id(3)), progress()),
        "取組予定通り進捗していない"
    );
    let (_, mapping) = proposed(&written, &form());
    assert!(refitted(&written, &form(), &mapping) == plan);
    // Words that are no choice stay as they are.
    let written = after(&written, &[set(id(3), progress(), "少し遅れ")]);
    let (_, mapping) = proposed(&written, &form());
    let back = refitted(&written, &form(), &mapping);
    assert_eq!(back.text(Some(id(3)), progress()), "少し遅れ");
    // A choice that is gone is said, and its key kept.
    as_text = changed(|form| {
        if let Kind::Choice { choices, .. } = &mut field_mut(form, "initiative", "progress").kind {
            choices.pop();
        }
    });
    let (_, mapping) = proposed(&plan, &as_text);
    assert_eq!(
        homeless(&plan, &as_text, &mapping),
        [
            "具体的取組の欄「達成状況（取組の進捗）」の「取組予定通り進捗していない」：1 件（１－１－１）"
        ]
    );
    let gone = refitted(&plan, &as_text, &mapping);
    assert_eq!(gone.text(Some(id(3)), progress()), BEHIND);
}

#[test]
fn texts_of_two_reviews_become_one_under_the_names_of_the_reviews() {
    let full = initiative(id(3), 1)
        .with_notes("春のこと")
        .with(slot("year_end/notes"), "秋のこと");
    let plan = plan_of(vec![issue(id(1), 1).holding([full])]);
    let once = changed(|form| field_mut(form, "initiative", "notes").each_review = false);
    let (_, mapping) = proposed(&plan, &once);
    let once = refitted(&plan, &once, &mapping);
    assert_eq!(
        once.text(Some(id(3)), slot("notes")),
        "【課題・改善策（中間振り返り）】\n春のこと\n【課題・改善策（期末振り返り）】\n秋のこと"
    );
    // An answer is one: that of the open review; the other stays where it is.
    let full = initiative(id(3), 1)
        .with_outlook(ON_TARGET)
        .with(slot("year_end/outlook"), "off_target");
    let plan = plan_of(vec![issue(id(1), 1).holding([full])]);
    let once = changed(|form| field_mut(form, "initiative", "outlook").each_review = false);
    let (_, mapping) = proposed(&plan, &once);
    let once = refitted(&plan, &once, &mapping);
    let node = once.node(id(3)).expect("it stays");
    assert_eq!(node.text(slot("outlook")), ON_TARGET);
    assert_eq!(node.text(slot("year_end/outlook")), "off_target");
    assert_eq!(node.text(outlook()), "");
}

#[test]
fn a_level_without_a_place_comes_along_with_all_that_it_holds() {
    let plan = real();
    let [_, ward, ..] = &forms()[..] else {
        panic!("a second form")
    };
    let (_, mapping) = proposed(&plan, ward);
    let lost = homeless(&plan, ward, &mapping);
    assert_eq!(lost.len(), 4, "{lost:?}");
    assert!(
        lost[0].starts_with("振り返り「中間振り返り」："),
        "{lost:?}"
    );
    assert!(lost[1].starts_with("階層「戦略」：19 件（"), "{lost:?}");
    let refitted = refitted(&plan, ward, &mapping);
    assert_eq!(refitted.form().faults(), []);
    assert!(
        refitted
            .nodes()
            .map(|it| it.node.id)
            .eq(plan.nodes().map(|it| it.node.id))
    );
    let form = refitted.form();
    assert!(form.can_hold(Some(key("issue")), key("strategy")));
    // The part without a number is an issue like the others then, and has the next number.
    let last = refitted.top().last().expect("it is there");
    assert_eq!((last.level, last.number), (key("issue"), Some(7)));
    // What was said at a review that the form does not know is not seen, and not lost.
    assert_eq!(refitted.review(), key("year_end"));
    let before = plan.rows().next().expect("a row").node;
    let after = refitted.node(before.id).expect("it came along");
    assert_eq!(after.values, before.values);
}

#[test]
fn what_is_taken_for_another_level_stands_where_it_stood() {
    let plan = small();
    let Some(kpi) = forms().into_iter().find(|it| it.levels.len() == 3) else {
        panic!("a form with three levels")
    };
    let (_, mut mapping) = proposed(&plan, &kpi);
    let [first, second, third] = [0, 1, 2].map(|at| kpi.levels[at].key);
    for (old, new) in [
        ("issue", first),
        ("strategy", second),
        ("initiative", third),
    ] {
        mapping.levels.insert(key(old), new);
    }
    let refitted = refitted(&plan, &kpi, &mapping);
    let levels = |id: Id| refitted.node(id).expect("it stays").level;
    assert_eq!(
        [levels(id(1)), levels(id(2)), levels(id(3))],
        [first, second, third]
    );
    // A level can never be in itself: then the inner one comes along.
    mapping.levels.insert(key("strategy"), first);
    let inside = self::refitted(&plan, &kpi, &mapping);
    assert_eq!(inside.node(id(1)).expect("it stays").level, first);
    assert_eq!(inside.node(id(2)).expect("it stays").level, key("strategy"));
    assert_eq!(inside.form().faults(), []);
}

#[test]
fn measured_values_go_with_their_target() {
    let measure = Measure {
        measured: "57.2%".to_owned(),
        ..Measure::new(target(), key("midyear"), "55%以上")
    };
    let full = initiative(id(3), 1)
        .with_target("55%以上")
        .measured(vec![measure]);
    let plan = plan_of(vec![issue(id(1), 1).holding([full])]);
    let renamed = changed(|form| {
        field_mut(form, "initiative", "target").key = key("goal");
        let level = form.level_mut(key("initiative")).expect("a level");
        level.columns[2].fields = vec![key("goal")];
        if let Kind::Choice { judges, .. } = &mut level.fields[2].kind {
            *judges = Some(key("goal"));
        }
    });
    let (_, mapping) = proposed(&plan, &renamed);
    let renamed = refitted(&plan, &renamed, &mapping);
    let node = renamed.node(id(3)).expect("it stays");
    assert_eq!(node.text(slot("goal")), "55%以上");
    assert_eq!(node.measures[0].target, slot("goal"));
    assert_eq!(node.measures[0].measured, "57.2%");
}

#[test]
fn a_text_that_stays_is_not_put_over_one_that_comes() {
    let full = initiative(id(3), 1).with_results("実績").with_notes("課題");
    let plan = plan_of(vec![issue(id(1), 1).holding([full])]);
    let (_, mut mapping) = proposed(&plan, &form());
    let level = Some(key("initiative"));
    mapping
        .fields
        .insert((level, key("results")), Goes::Into(key("notes")));
    mapping.fields.insert((level, key("notes")), Goes::Nowhere);
    let refitted = refitted(&plan, &form(), &mapping);
    let node = refitted.node(id(3)).expect("it stays");
    assert_eq!(node.text(notes()), "実績");
    assert_eq!(node.text(slot("midyear/notes_2")), "課題");
}

#[test]
fn an_empty_plan_takes_any_form() {
    for old in forms() {
        let plan = Plan::empty(about_in(&old), Arc::clone(&old));
        for new in forms() {
            let (_, mapping) = proposed(&plan, &new);
            let refitted = refitted(&plan, &new, &mapping);
            assert_eq!(refitted.form(), &new);
            // The review is the same one where the form has it.
            let same = new.review(old.first_review()).map(|it| it.key);
            assert_eq!(refitted.review(), same.unwrap_or(new.first_review()));
        }
    }
}

fn words_of(plan: &Plan, level: Option<Key>, at: Slot, text: &str) -> Vec<String> {
    let field = plan.form().field(level, at.field);
    let choice = field.and_then(|it| it.choice(text));
    let words = choice.map(|it| it.words.clone());
    std::iter::once(text.to_owned()).chain(words).collect()
}

proptest! {
    /// Any plan in any other form, matched as proposed: every node is there in its place, and
    /// everything that it says is still said by it.
    #[test]
    fn nothing_is_lost(plan in arbitrary::plan(), form in arbitrary::form()) {
        let (_, mapping) = proposed(&plan, &form);
        let refitted = refitted(&plan, &form, &mapping);
        prop_assert!(refitted.nodes().map(|it| it.node.id).eq(plan.nodes().map(|it| it.node.id)));
        for (old, new) in plan.nodes().zip(refitted.nodes()) {
            prop_assert_eq!(old.parent().map(|it| it.id), new.parent().map(|it| it.id));
            let level = Some(old.node.level);
            let said: Vec<String> = all_texts(new.node).into_iter().map(|(_, it)| it).collect();
            for (at, text) in all_texts(old.node) {
                let choice = text.parse().ok();
                let choice = choice.and_then(|it| mapping.choices.get(&(level, at.field, it)));
                let mut meant = words_of(&plan, level, at, &text);
                meant.extend(choice.map(ToString::to_string));
                let is_said = meant.iter().any(|it| said.iter().any(|said| said.contains(it.as_str())));
                // Words of a choice may have become the choice.
                let is_chosen = refitted.form().fields(Some(new.node.level)).iter().any(|field| {
                    field.choices().iter().any(|it| [&*it.words, it.short()].contains(&text.trim()))
                });
                prop_assert!(is_said || is_chosen, "{at} {text:?} of {}", old.node.id);
            }
            prop_assert_eq!(old.node.measures.len(), new.node.measures.len());
        }
    }

    /// Where the plan's form is sound and the other one as well, so is what comes of both.
    #[test]
    fn what_comes_of_two_sound_forms_is_sound(plan in arbitrary::plan(), form in arbitrary::form()) {
        prop_assume!(plan.form().faults().is_empty() && form.faults().is_empty());
        let (_, mapping) = proposed(&plan, &form);
        prop_assert_eq!(refitted(&plan, &form, &mapping).form().faults(), []);
    }

    /// The same keys in a changed form: what the change leaves is as it was.
    #[test]
    fn a_form_of_the_same_keys_moves_nothing(plan in arbitrary::plan()) {
        let uses = Uses::of(&plan);
        let mapping = Mapping::by_keys(&uses, plan.form());
        prop_assert!(refitted(&plan, plan.form(), &mapping) == plan);
    }
}
