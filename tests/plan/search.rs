//! Finding: what the ward's real plan says where, and what holds for every plan and every query.

use std::{ops::Range, sync::LazyLock};

use furikaeri::form::Slot;
use furikaeri::plan::{Edit, Hits, Id, Plan, SearchIndex, fold, highlights};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::support::{
    arbitrary,
    plans::{self, BEHIND, after, id, outlook, progress, set, set_plan, slot},
    wishes,
};

/// An index that has seen no other plan.
pub fn index_of(plan: &Plan) -> SearchIndex {
    let mut index = SearchIndex::default();
    index.update(plan);
    index
}

/// The numbers of what was found, in order.
fn numbers(plan: &Plan, hits: &Hits) -> String {
    let number = |&id: &Id| Some(plan.number(id)?.half_width(plan.form()));
    let numbers: Option<Vec<_>> = hits.ids().iter().map(number).collect();
    numbers.expect("what was found is in the plan").join(" ")
}

#[test]
fn the_real_plan_is_found_by_its_words() {
    let plan = plans::real();
    let index = index_of(&plan);
    // The words, how often they are there, and where.
    let cases = [
        ("津波", 7, "2-1-3 2-1-6"),
        (
            "コロナ",
            23,
            "1-1-4 1-2-1 1-2-2 2-1-1 2-1-2 2-1-3 2-1-4 3-4-1 4-1-2 4-1-3 4-2-2 6-1-3 改革-1",
        ),
        (
            "新型コロナウイルス",
            8,
            "1-2-2 2-1-1 2-1-2 2-1-4 4-1-2 4-1-3 改革-1",
        ),
        ("新型ｺﾛﾅ　ウイルス 改革", 3, "改革-1"),
        ("防災 訓練", 35, "2-1-1 2-1-2 2-1-4"),
        ("訓練　防災", 35, "2-1-1 2-1-2 2-1-4"),
        ("youtube", 1, "6-1-2"),
        ("ホームページ 津波", 0, ""),
        ("hp", 3, "1-1-2 1-2-3 3-5-1"),
        ("うぇぶ", 1, "1-2-2"),
        ("ぼうさい", 0, ""),
        ("", 0, ""),
        (" 　\n", 0, ""),
    ];
    for (query, count, expected) in cases {
        let hits = index.search(query);
        assert_eq!(numbers(&plan, &hits), expected, "{query}");
        assert_eq!(hits.count(), count, "{query}");
        assert_eq!(hits.is_empty(), expected.is_empty(), "{query}");
    }
}

#[test]
fn a_number_is_found_from_its_beginning_in_either_width() {
    let plan = plans::real();
    let index = index_of(&plan);
    let cases = [
        ("2-1-3", "2-1-3"),
        ("２－１－３", "2-1-3"),
        ("２ー１ー３", "2-1-3"),
        ("2-1", "2-1 2-1-1 2-1-2 2-1-3 2-1-4 2-1-5 2-1-6"),
        ("6-2", "6-2 6-2-1 6-2-3"),
        ("6-2-2", ""),
        ("改革-2", "改革-2"),
        ("改革－２", "改革-2"),
    ];
    for (query, expected) in cases {
        assert_eq!(numbers(&plan, &index.search(query)), expected, "{query}");
    }
}

#[test]
fn a_number_that_changes_above_is_found_as_it_is_now() {
    let mut plan = plans::small();
    let mut index = index_of(&plan);
    let edit = Edit::Number {
        id: plans::id(1),
        number: Some(9),
    };
    plan.apply(&edit).expect("the issue is there");
    index.update(&plan);
    assert_eq!(
        numbers(&plan, &index.search("9-1")),
        "9-1 9-1-1 9-1-2",
        "the initiatives themselves have not changed",
    );
    assert!(index.search("1-1").is_empty());
}

#[test]
fn no_word_is_found_half_in_one_field_and_half_in_the_next() {
    let plan = plans::small();
    let index = index_of(&plan);
    // 1-1-1: the title 防災訓練, then the owner 防災担当.
    assert!(index.search("訓練防災").is_empty());
    assert_eq!(
        numbers(&plan, &index.search("訓練 担当 延期 部長")),
        "1-1-1"
    );
    let hits = index.search("防災");
    assert_eq!(numbers(&plan, &hits), "1-1 1-1-1 1-1-2");
    assert_eq!(hits.count(), 4);
    let found = plans::ids(&plan)
        .into_iter()
        .filter(|id| hits.contains(*id));
    assert_eq!(found.collect::<Vec<_>>(), hits.ids());
}

#[test]
fn a_choice_is_found_by_its_words_and_not_by_its_key() {
    let plan = plans::small();
    let index = index_of(&plan);
    assert_eq!(numbers(&plan, &index.search("進捗していない")), "1-1-1");
    assert!(index.search(BEHIND).is_empty());
    // One that its form does not have is found as it stands there.
    let plan = after(
        &plan,
        &[set(id(7), progress(), "遅延"), set(id(7), outlook(), "")],
    );
    assert_eq!(numbers(&plan, &index_of(&plan).search("遅延")), "改革-1");
}

#[test]
fn what_a_form_does_not_ask_for_is_found_all_the_same() {
    let edits = [
        set(id(5), slot("gone"), "津波"),
        set(id(7), slot("year_end/results"), "津波"),
        set_plan(slot("gone"), "高潮と津波"),
    ];
    let plan = after(&plans::small(), &edits);
    let index = index_of(&plan);
    let hits = index.search("津波");
    assert_eq!(numbers(&plan, &hits), "1-2 改革-1");
    assert!(hits.is_in_plan());
    assert_eq!(hits.count(), 3);
    let hits = index.search("高潮");
    assert_eq!(
        (hits.ids(), hits.is_in_plan(), hits.is_empty()),
        (&[][..], true, false)
    );
    assert!(!index.search("高潮 防災").is_in_plan());
}

#[test]
fn an_index_of_nothing_finds_nothing() {
    assert!(SearchIndex::default().search("防災").is_empty());
}

/// All that a node says, with what is found of it: of a choice its words.
fn texts_of(plan: &Plan, at: Option<Id>) -> Vec<String> {
    let said = |slot: Slot, text: &str| {
        let field = plan.field_of(at, slot);
        let choice = field.and_then(|field| field.choice(text));
        choice.map_or(text, |choice| &choice.words).to_owned()
    };
    match at.and_then(|id| plan.node(id)) {
        None => plan
            .values()
            .iter()
            .map(|(slot, text)| said(slot, text))
            .collect(),
        Some(node) => {
            let own = [&node.title, &node.owner, &node.memo].map(String::clone);
            let values = node.values.iter().map(|(slot, text)| said(slot, text));
            own.into_iter().chain(values).collect()
        }
    }
}

static REAL: LazyLock<Plan> = LazyLock::new(plans::real);

/// The real plan as often as any other.
pub fn some_plan() -> impl Strategy<Value = Plan> {
    prop_oneof![Just(REAL.clone()), arbitrary::plan()]
}

/// A part of a text, chosen by two of its characters.
fn part(text: &str, from: Index, to: Index) -> Range<usize> {
    let boundaries: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let (a, b) = (*from.get(&boundaries), *to.get(&boundaries));
    a.min(b)..a.max(b)
}

/// Whether a part takes whole characters: to a reader か and a combining ゛ are one.
fn is_whole(text: &str, part: &Range<usize>) -> bool {
    let [before, inside, after] =
        [&text[..part.start], &text[part.clone()], &text[part.end..]].map(fold);
    let parts = [before.as_str(), inside.as_str(), after.as_str()].concat();
    fold(text).as_str() == parts
}

fn has_words(query: &str) -> bool {
    query.split_whitespace().any(|word| !fold(word).is_empty())
}

proptest! {
    #[test]
    fn any_part_of_any_text_finds_who_says_it(
        plan in some_plan(),
        [at, field, from, to] in any::<[Index; 4]>(),
    ) {
        let mut all: Vec<Option<Id>> = plans::ids(&plan).into_iter().map(Some).collect();
        all.push(None);
        let at = *at.get(&all);
        let texts = texts_of(&plan, at);
        prop_assume!(!texts.is_empty());
        let text = field.get(&texts);
        let part = part(text, from, to);
        prop_assume!(is_whole(text, &part));
        let query = &text[part];

        let hits = index_of(&plan).search(query);
        let is_hit = at.map_or(hits.is_in_plan(), |id| hits.contains(id));
        prop_assert_eq!(is_hit, has_words(query), "{:?}", query);
        prop_assert_eq!(!highlights(text, query).is_empty(), has_words(query), "{:?}", query);
        let words = query.split_whitespace().filter(|word| has_words(word)).count();
        prop_assert!(words == 0 || hits.count() > 0);
    }

    #[test]
    fn highlights_are_parts_of_the_text_that_say_a_word(
        text in arbitrary::text(),
        query in prop_oneof![Just(None), arbitrary::typed_text().prop_map(Some)],
        [from, to] in any::<[Index; 2]>(),
    ) {
        let query = query.unwrap_or_else(|| text[part(&text, from, to)].to_owned());
        let words: Vec<_> = query.split_whitespace().map(fold).filter(|w| !w.is_empty()).collect();
        let ranges = highlights(&text, &query);
        let mut end = 0;
        for range in &ranges {
            prop_assert!(end <= range.start && range.start < range.end, "{:?}", ranges);
            end = range.end;
            let said = text.get(range.clone()).map(fold).expect("on the boundaries of characters");
            prop_assert!(words.iter().any(|word| said.as_str().contains(word.as_str())));
        }
        let whole = fold(&text);
        let is_said = words.iter().any(|word| whole.as_str().contains(word.as_str()));
        prop_assert_eq!(!ranges.is_empty(), is_said);
    }

    #[test]
    fn what_is_found_is_found_whatever_the_width_and_the_kana(
        plan in some_plan(),
        query in "[ぁ-ゔa-z0-9-]{1,3}",
    ) {
        let otherwise: String = query
            .chars()
            .map(|c| {
                let shift = match c {
                    'ぁ'..='ゔ' => 0x60,
                    _ => 0xFEE0,
                };
                char::from_u32(u32::from(c) + shift).expect("katakana or full-width")
            })
            .collect();
        let index = index_of(&plan);
        prop_assert_eq!(index.search(&query), index.search(&otherwise), "{} {}", query, otherwise);
        prop_assert_eq!(index.search(&query), index.search(&query.to_uppercase()));
    }

    #[test]
    fn an_index_kept_up_to_date_is_as_good_as_a_new_one(
        first in some_plan(),
        day in vec((wishes::wish(), any::<bool>()), 1..12),
        other in arbitrary::plan(),
    ) {
        let mut plan = first;
        let mut index = index_of(&plan);
        let mut inverses = Vec::new();
        for (wish, is_pause) in &day {
            inverses.extend(plan.apply(&wish.edit(&plan)));
            if *is_pause {
                index.update(&plan);
                prop_assert!(index == index_of(&plan), "after {:?}", wish);
            }
        }
        while let Some(inverse) = inverses.pop() {
            plan.apply(&inverse).expect("an inverse fits the plan it came from");
        }
        index.update(&plan);
        prop_assert!(index == index_of(&plan), "after undoing all");
        index.update(&other);
        prop_assert!(index == index_of(&other), "after opening another file");
    }
}
