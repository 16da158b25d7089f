//! The order that two sides agree on who both sorted one list anew.
//!
//! Of any two siblings that the sides have in different orders, exactly one side has them as the
//! base has; the other one changed it, and is followed. So whichever comes first in at least two of
//! three orders comes first: ours, theirs, and the base turned round. For all pairs together that
//! may go round in a circle, and then there is no agreement.
//!
//! A look at all pairs would take the square of the list. Instead the siblings are sorted by that
//! rule, which finds the order if there is one, and three sweeps see whether any pair is against it.

use std::collections::HashMap;

use crate::plan::id::Id;

use super::Versions;

/// A sibling that both sides have, and its place in each version.
#[derive(Debug, Clone, Copy)]
struct Sibling {
    id: Id,
    ours: usize,
    theirs: usize,
    /// Counted from the end; `None` for what the base has not here.
    base_turned: Option<usize>,
}

/// The order in which every two come as the side has it that changed it; `None` where there is no
/// such order, or where two come differently of which the base does not know both.
pub(super) fn agreed(versions: &Versions<Vec<Id>>) -> Option<Vec<Id>> {
    let places = versions
        .as_ref()
        .map(|ids| -> HashMap<Id, usize> { (0..).zip(ids).map(|(at, id)| (*id, at)).collect() });
    let sibling = |(ours, id): (usize, &Id)| {
        Some(Sibling {
            id: *id,
            ours,
            theirs: *places.theirs.get(id)?,
            base_turned: places.base.get(id).map(|at| places.base.len() - at),
        })
    };
    let siblings = versions.ours.iter().enumerate().filter_map(sibling);
    let siblings: Vec<Sibling> = siblings.collect();
    if disagree_on_new_ones(&siblings) {
        return None;
    }
    let order = sorted(&siblings);
    let ours = |sibling: &Sibling| sibling.ours;
    let theirs = |sibling: &Sibling| sibling.theirs;
    // On what is new, both sides agree, so that this says nothing that counts.
    let base = |sibling: &Sibling| sibling.base_turned.unwrap_or_default();
    let is_order = !are_against(&order, ours, theirs)
        && !are_against(&order, ours, base)
        && !are_against(&order, theirs, base);
    is_order.then(|| order.into_iter().map(|sibling| sibling.id).collect())
}

/// Whether something that the base does not know stands before another sibling on one side and
/// behind it on the other.
fn disagree_on_new_ones(siblings: &[Sibling]) -> bool {
    // So many stand before it on our side; on theirs they must be the same ones.
    let mut end_of_theirs = 0;
    siblings.iter().enumerate().any(|(before, sibling)| {
        let are_the_same = end_of_theirs == before && sibling.theirs == before;
        end_of_theirs = end_of_theirs.max(sibling.theirs + 1);
        sibling.base_turned.is_none() && !are_the_same
    })
}

fn comes_first(one: &Sibling, other: &Sibling) -> bool {
    let in_ours = one.ours < other.ours;
    if in_ours == (one.theirs < other.theirs) {
        in_ours
    } else {
        one.base_turned < other.base_turned
    }
}

/// By halves. The sorting that the language has wants what comes first to be an order, and here
/// that is the question.
fn sorted(siblings: &[Sibling]) -> Vec<Sibling> {
    if siblings.len() < 2 {
        return siblings.to_vec();
    }
    let (left, right) = siblings.split_at(siblings.len() / 2);
    let (left, right) = (sorted(left), sorted(right));
    let mut merged = Vec::with_capacity(siblings.len());
    let mut right = right.into_iter().peekable();
    for one in left {
        while let Some(other) = right.next_if(|other| comes_first(other, &one)) {
            merged.push(other);
        }
        merged.push(one);
    }
    merged.extend(right);
    merged
}

/// Whether two versions both have some pair the other way round.
fn are_against(
    order: &[Sibling],
    one: impl Fn(&Sibling) -> usize,
    other: impl Fn(&Sibling) -> usize,
) -> bool {
    let mut by_one: Vec<(usize, &Sibling)> = order.iter().enumerate().collect();
    by_one.sort_unstable_by_key(|(_, sibling)| one(sibling));
    let mut least = LeastBehind::new(order.len());
    by_one.into_iter().any(|(place, sibling)| {
        let is_against = least.behind(place) < other(sibling);
        least.put(place, other(sibling));
        is_against
    })
}

/// The least of some numbers that stand behind a place: a tree in which each entry holds the least
/// of a stretch (Fenwick's), from the end.
struct LeastBehind(Vec<usize>);

impl LeastBehind {
    fn new(length: usize) -> Self {
        Self(vec![usize::MAX; length + 1])
    }

    fn put(&mut self, place: usize, number: usize) {
        let mut at = self.0.len() - 1 - place;
        while let Some(least) = self.0.get_mut(at) {
            *least = number.min(*least);
            at += at & at.wrapping_neg();
        }
    }

    fn behind(&self, place: usize) -> usize {
        let mut at = self.0.len() - 2 - place;
        let mut least = usize::MAX;
        while at > 0 {
            least = least.min(self.0.get(at).copied().unwrap_or(usize::MAX));
            at -= at & at.wrapping_neg();
        }
        least
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::subsequence};

    use super::*;

    /// The rule itself, for each pair.
    fn by_all_pairs(versions: &Versions<Vec<Id>>) -> Option<Vec<Id>> {
        let place = |ids: &[Id], id: Id| ids.iter().position(|it| *it == id);
        let mut counted: Vec<(usize, Id)> = Vec::new();
        for &id in &versions.ours {
            let mut before = 0;
            for &other in &versions.ours {
                let comes_before = |ids: &[Id]| Some(place(ids, other)? < place(ids, id)?);
                let in_ours = comes_before(&versions.ours)?;
                before += usize::from(match comes_before(&versions.theirs)? == in_ours {
                    true => in_ours,
                    false => !comes_before(&versions.base)?,
                });
            }
            counted.push((before, id));
        }
        counted.sort_unstable();
        let is_order = (0..).zip(&counted).all(|(at, (before, _))| at == *before);
        is_order.then(|| counted.into_iter().map(|(_, id)| id).collect())
    }

    fn ids(numbers: &[u64]) -> Vec<Id> {
        numbers.iter().map(|bits| Id::from_bits(*bits)).collect()
    }

    /// Three versions of up to eight siblings; near each other, so that some agree.
    fn versions() -> impl proptest::strategy::Strategy<Value = Versions<Vec<Id>>> {
        let all: Vec<u64> = (0..8).collect();
        let swaps = || prop::collection::vec((0..8_usize, 0..8_usize), 0..5);
        (subsequence(all.clone(), 5..=8), swaps(), swaps(), swaps()).prop_map(
            move |(base, of_base, of_ours, of_theirs)| {
                let swapped = |list: &[u64], swaps: Vec<(usize, usize)>| {
                    let mut list = list.to_vec();
                    for (one, other) in swaps {
                        if one.max(other) < list.len() {
                            list.swap(one, other);
                        }
                    }
                    ids(&list)
                };
                Versions {
                    base: swapped(&base, of_base),
                    ours: swapped(&all, of_ours),
                    theirs: swapped(&all, of_theirs),
                }
            },
        )
    }

    proptest! {
        #[test]
        fn it_is_what_all_pairs_come_to(versions in versions()) {
            prop_assert_eq!(agreed(&versions), by_all_pairs(&versions));
        }
    }

    type Order = [u64; 4];

    #[test]
    fn both_may_sort_and_go_round_in_a_circle() {
        let cases: [(Order, Order, Order, Option<Order>); 3] = [
            ([1, 2, 3, 4], [2, 1, 3, 4], [1, 2, 4, 3], Some([2, 1, 4, 3])),
            ([1, 2, 3, 4], [4, 3, 2, 1], [1, 2, 3, 4], Some([4, 3, 2, 1])),
            ([3, 2, 1, 4], [2, 3, 1, 4], [3, 1, 2, 4], None),
        ];
        for (base, ours, theirs, expected) in cases {
            let [base, ours, theirs] = [base, ours, theirs].map(|it| ids(&it));
            let versions = Versions { base, ours, theirs };
            assert_eq!(agreed(&versions), by_all_pairs(&versions));
            assert_eq!(agreed(&versions), expected.map(|it| ids(&it)));
        }
    }
}
