//! Narrows the tree: which nodes remain when only some of them are asked for.
//!
//! Words are found by `search.rs`; what has changed is known to the caller, who has the older plan.

use std::collections::HashSet;

use arrayvec::ArrayVec;

use crate::form::MAX_DEPTH;

use super::{
    fold::{folded, words},
    id::Id,
    model::{Node, Plan},
    pick::{Pick, Selection},
    search::{Hits, SearchIndex},
    status::Standing,
    tally::Shown,
    walk::Entry,
};

/// What is asked for. A node has to meet every condition that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in the node, or in the title or number of one of its ancestors.
    /// Without words this is no condition.
    pub text: String,
    /// One of these; empty means any. A repost has the standing of its source, because that is how
    /// it is shown; without its source it has none.
    pub standings: HashSet<Standing>,
    /// What else has to hold, all at once: 担当, 未入力, the set behind a number of the overview.
    pub picks: Vec<Pick>,
    /// 変更あり: one of the changed nodes.
    pub changed: bool,
}

impl Filter {
    /// Whether any condition is set.
    pub fn is_on(&self) -> bool {
        self.has_words() || self.changed || self.is_about_contents()
    }

    /// The nodes that meet the conditions, with their ancestors; `None` if no condition is set and
    /// every node is visible. The index has to be up to date.
    ///
    /// A heading that is not filled in is visible for its own words or change too, even if nothing
    /// in it is, unless the filter asks for something that only what is filled in has. If the words
    /// are in a title or number, everything in that node has them.
    pub fn visible(
        &self,
        plan: &Plan,
        index: &SearchIndex,
        changed: &HashSet<Id>,
    ) -> Option<HashSet<Id>> {
        if !self.is_on() {
            return None;
        }
        let sieve = Sieve {
            filter: self,
            plan,
            hits: self.has_words().then(|| index.search(&self.text)),
            words: words(&self.text),
            changed,
            selection: Selection::new(plan, &self.picks),
        };
        let mut visible = HashSet::new();
        // Whether all words are in the titles above, for each level of what is above.
        let mut above: ArrayVec<bool, { MAX_DEPTH + 1 }> = ArrayVec::new();
        for entry in plan.nodes() {
            above.truncate(entry.depth());
            let has_words_above = above.last().copied().unwrap_or_default();
            let has_words = has_words_above || sieve.has_words(entry.node.id);
            let gives_words = has_words_above || (has_words && sieve.gives_words(&entry));
            if above.try_push(gives_words).is_err() || !sieve.keeps(&entry, has_words) {
                continue;
            }
            visible.insert(entry.node.id);
            // What is visible has made its ancestors visible.
            let mut ancestors = entry.above.iter().rev();
            while ancestors.next().is_some_and(|node| visible.insert(node.id)) {}
        }
        Some(visible)
    }

    fn has_words(&self) -> bool {
        !words(&self.text).is_empty()
    }

    fn is_about_contents(&self) -> bool {
        !self.standings.is_empty() || !self.picks.is_empty()
    }
}

/// A filter at work on a plan.
struct Sieve<'a> {
    filter: &'a Filter,
    plan: &'a Plan,
    /// `None` if no words are asked for.
    hits: Option<Hits>,
    words: Vec<String>,
    changed: &'a HashSet<Id>,
    selection: Selection<'a>,
}

impl Sieve<'_> {
    fn has_words(&self, id: Id) -> bool {
        self.hits.as_ref().is_none_or(|hits| hits.contains(id))
    }

    /// Whether the words of a node that has them are in its title or number, so that everything in
    /// it has them.
    fn gives_words(&self, entry: &Entry<'_>) -> bool {
        if entry.node.children.is_empty() {
            return false;
        }
        let title = folded(&entry.node.title);
        let number = folded(&entry.number().half_width(self.plan.form()));
        let is_there = |word: &String| title.contains(word) || number.starts_with(word);
        self.words.iter().all(is_there)
    }

    /// Whether a node is kept for its own sake.
    fn keeps(&self, entry: &Entry<'_>, has_words: bool) -> bool {
        let has_change = !self.filter.changed || self.changed.contains(&entry.node.id);
        if !has_words || !has_change {
            return false;
        }
        if self.plan.level(entry.node).is_filled_in() {
            self.stands(entry.node) && self.selection.holds(entry)
        } else {
            !self.filter.is_about_contents()
        }
    }

    /// Whether it is shown in one of the states that are asked for.
    fn stands(&self, node: &Node) -> bool {
        let standings = &self.filter.standings;
        if standings.is_empty() {
            return true;
        }
        let shown = match self.plan.shown(node) {
            Shown::Own(standing) => Some(standing),
            Shown::Repost(standing) => standing,
        };
        let is_assessed = self.plan.level(node).is_assessed();
        is_assessed && shown.is_some_and(|standing| standings.contains(&standing))
    }
}
