//! Narrows the tree: which nodes remain when only some initiatives are asked for.
//!
//! Words are found by `search.rs`; what has changed is known to the caller, who has the older plan.

use std::collections::HashSet;

use super::{
    fold::words,
    id::Id,
    model::{Entry, Plan},
    pick::{Pick, Selection},
    search::{Hits, SearchIndex},
    status::Standing,
    tally::Shown,
};

/// What is asked for. An initiative has to meet every condition that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in the initiative, or in the title or number of one of its
    /// ancestors. Without words this is no condition.
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
        self.has_words() || self.changed || self.is_about_initiatives()
    }

    /// The initiatives that meet the conditions, with their ancestors; `None` if no condition is
    /// set and every node is visible. The index has to be up to date.
    ///
    /// An issue or strategy that has the words or the change itself is visible too, even if nothing
    /// in it is, unless the filter asks for something that only initiatives have. If the words are
    /// in its title or number, everything in it has them.
    pub fn visible(
        &self,
        plan: &Plan,
        index: &SearchIndex,
        changed: &HashSet<Id>,
    ) -> Option<HashSet<Id>> {
        if !self.is_on() {
            return None;
        }
        let mut sieve = Sieve {
            filter: self,
            plan,
            hits: self.has_words().then(|| index.search(&self.text)),
            changed,
            selection: Selection::new(plan, &self.picks),
            visible: HashSet::new(),
        };
        for issue in plan.issues() {
            let has_words = sieve.has_words(issue.id);
            let mut keeps = sieve.keeps_heading(issue.id, has_words);
            for strategy in &issue.strategies {
                let has_words = has_words || sieve.has_words(strategy.id);
                let below = strategy.initiatives.iter().map(|initiative| Entry {
                    issue,
                    strategy: Some(strategy),
                    initiative,
                });
                let keeps_below = sieve.keep_initiatives(below, has_words);
                if keeps_below || sieve.keeps_heading(strategy.id, has_words) {
                    sieve.visible.insert(strategy.id);
                    keeps = true;
                }
            }
            let direct = issue.initiatives.iter().map(|initiative| Entry {
                issue,
                strategy: None,
                initiative,
            });
            if sieve.keep_initiatives(direct, has_words) || keeps {
                sieve.visible.insert(issue.id);
            }
        }
        Some(sieve.visible)
    }

    fn has_words(&self) -> bool {
        !words(&self.text).is_empty()
    }

    fn is_about_initiatives(&self) -> bool {
        !self.standings.is_empty() || !self.picks.is_empty()
    }
}

/// A filter at work on a plan.
struct Sieve<'a> {
    filter: &'a Filter,
    plan: &'a Plan,
    /// `None` if no words are asked for.
    hits: Option<Hits>,
    changed: &'a HashSet<Id>,
    selection: Selection<'a>,
    visible: HashSet<Id>,
}

impl<'a> Sieve<'a> {
    fn has_words(&self, id: Id) -> bool {
        self.hits.as_ref().is_none_or(|hits| hits.contains(id))
    }

    fn has_change(&self, id: Id) -> bool {
        !self.filter.changed || self.changed.contains(&id)
    }

    /// Whether an issue or a strategy is kept for its own sake.
    fn keeps_heading(&self, id: Id, has_words: bool) -> bool {
        !self.filter.is_about_initiatives() && has_words && self.has_change(id)
    }

    /// Keeps those that meet the conditions, and returns whether there are any.
    fn keep_initiatives(
        &mut self,
        entries: impl Iterator<Item = Entry<'a>>,
        has_words_above: bool,
    ) -> bool {
        let before = self.visible.len();
        for entry in entries {
            let id = entry.initiative.id;
            let has_words = has_words_above || self.has_words(id);
            if has_words && self.has_change(id) && self.is_asked_for(&entry) {
                self.visible.insert(id);
            }
        }
        self.visible.len() > before
    }

    /// Whether it meets the conditions that only initiatives can meet.
    fn is_asked_for(&self, entry: &Entry<'a>) -> bool {
        let standings = &self.filter.standings;
        let stands = || match self.plan.shown(entry.initiative) {
            Shown::Own(standing) | Shown::Repost(Some(standing)) => standings.contains(&standing),
            Shown::Repost(None) => false,
        };
        (standings.is_empty() || stands()) && self.selection.holds(entry)
    }
}
