//! Free search over all texts of a plan, fast enough to run at every keystroke.
//!
//! The index keeps every node's folded text, and folds again only what an edit has changed. Where
//! exactly the words are in a text is worked out on demand (`fold::highlights`), for what is on the
//! screen. Narrowing the tree by what was found is `filter.rs`.

use std::{
    collections::{HashMap, HashSet},
    num::NonZero,
    sync::Arc,
};

use memchr::memmem::Finder;

use super::{
    branch::Branch,
    fold::{fold_onto, folded, words},
    id::Id,
    model::{Issue, Node, Plan},
    number::Number,
};

/// The folded texts of a plan. Empty until the first `update`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchIndex {
    /// The tree of the last update.
    issues: Arc<Vec<Arc<Issue>>>,
    /// One for each node, in the order of the document.
    entries: Vec<Entry>,
}

/// A node's texts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// What was folded. Because it is kept, an edit has to make another `Arc` instead of changing
    /// this one, and the same `Arc` means the same texts.
    node: Branch,
    /// Kept apart, because it changes with an ancestor's number while the node stays the same.
    number: Number,
    folded_number: String,
    /// The fields, one on each line; folding leaves no line breaks inside them.
    text: String,
}

/// What a search has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    ids: Vec<Id>,
    members: HashSet<Id>,
    count: usize,
}

impl Hits {
    /// The nodes that contain all the words, in the order of the document.
    pub fn ids(&self) -> &[Id] {
        &self.ids
    }

    pub fn contains(&self, id: Id) -> bool {
        self.members.contains(&id)
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// How often any of the words occurs in these nodes.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl SearchIndex {
    /// Brings the index up to date with the plan. Where nothing has changed it costs nothing;
    /// otherwise a look at every node, and folding those that are new or changed.
    pub fn update(&mut self, plan: &Plan) {
        if Arc::ptr_eq(&self.issues, &plan.issues) {
            return;
        }
        let mut known = Known::new(std::mem::take(&mut self.entries));
        self.entries = plan
            .nodes()
            .map(|(number, node)| match known.take(node.id()) {
                Some(entry) => entry.brought_up_to(number, node),
                None => Entry::new(number, node),
            })
            .collect();
        self.issues = Arc::clone(&plan.issues);
    }

    /// The nodes in which all words of the query occur, in whichever fields; a word in the number
    /// has to begin it, or `2-1` would find 1-2-1. A query without words finds nothing.
    pub fn search(&self, query: &str) -> Hits {
        let words = words(query);
        let finders: Vec<Finder<'_>> = words.iter().map(Finder::new).collect();
        let mut hits = Hits::default();
        if finders.is_empty() {
            return hits;
        }
        for entry in &self.entries {
            let counts = finders.iter().map(|finder| entry.count(finder));
            // One word without hits ends the counting.
            if let Some(counts) = counts.collect::<Option<Vec<_>>>() {
                hits.ids.push(entry.node.id());
                hits.count += counts.into_iter().map(NonZero::get).sum::<usize>();
            }
        }
        hits.members = hits.ids.iter().copied().collect();
        hits
    }
}

impl Entry {
    fn new(number: Number, node: Node<'_>) -> Self {
        let mut text = String::new();
        let fields: &[&str] = match node {
            Node::Issue(issue) => &[&issue.title],
            Node::Strategy(strategy) => &[&strategy.title],
            Node::Initiative(initiative) => &[
                &initiative.title,
                &initiative.owner,
                &initiative.results,
                &initiative.target,
                &initiative.notes,
                &initiative.memo,
            ],
        };
        for field in fields {
            fold_onto(&mut text, field);
            text.push(FIELD_END);
        }
        Self {
            node: node.into(),
            number,
            folded_number: folded(&number.half_width()),
            text,
        }
    }

    fn brought_up_to(mut self, number: Number, node: Node<'_>) -> Self {
        if !self.node.node().is_shared(node) {
            return Self::new(number, node);
        }
        if self.number != number {
            self.number = number;
            self.folded_number = folded(&number.half_width());
        }
        self
    }

    /// How often it contains the word.
    fn count(&self, word: &Finder<'_>) -> Option<NonZero<usize>> {
        let in_number = self.folded_number.as_bytes().starts_with(word.needle());
        let in_text = word.find_iter(self.text.as_bytes()).count();
        NonZero::new(usize::from(in_number) + in_text)
    }
}

/// No word contains it, so that none is found half in one field and half in the next.
const FIELD_END: char = '\n';

/// The entries of the last update, each to be taken once.
struct Known {
    entries: Vec<Option<Entry>>,
    /// The one that is likely to be asked for next, as nearly all are asked for in order.
    next: usize,
    /// Made when one is asked for out of order. Typing never does that, and never pays for it.
    positions: Option<HashMap<Id, usize>>,
}

impl Known {
    fn new(entries: Vec<Entry>) -> Self {
        Self {
            entries: entries.into_iter().map(Some).collect(),
            next: 0,
            positions: None,
        }
    }

    fn take(&mut self, id: Id) -> Option<Entry> {
        if self.id_at(self.next) != Some(id) {
            self.next = self.position(id)?;
        }
        let entry = self.entries.get_mut(self.next)?.take();
        self.next += 1;
        entry
    }

    fn id_at(&self, position: usize) -> Option<Id> {
        let entry = self.entries.get(position)?.as_ref()?;
        Some(entry.node.id())
    }

    fn position(&mut self, id: Id) -> Option<usize> {
        let positions = self.positions.get_or_insert_with(|| {
            let entries = self.entries.iter().enumerate();
            entries
                .filter_map(|(position, entry)| Some((entry.as_ref()?.node.id(), position)))
                .collect()
        });
        positions.get(&id).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{About, Edit, Initiative, Strategy, TextField};

    const MANY: u64 = 200;

    /// Strategies of ten initiatives each, in one issue.
    fn plan() -> Plan {
        let initiative = |bits: u64| {
            Arc::new(Initiative {
                title: format!("取組{bits}"),
                ..Initiative::new(Id::from_bits(bits), 1)
            })
        };
        let strategy = |bits: u64| {
            Arc::new(Strategy {
                id: Id::from_bits(MANY + bits),
                number: 1,
                title: String::new(),
                initiatives: (bits * 10..bits * 10 + 10).map(initiative).collect(),
            })
        };
        let issue = Issue {
            id: Id::from_bits(MANY * 2),
            number: Some(1),
            title: String::new(),
            strategies: (0..MANY / 10).map(strategy).collect(),
            initiatives: Vec::new(),
        };
        Plan::new(About::default(), vec![Arc::new(issue)]).expect("ids differ")
    }

    /// Where in memory each initiative's folded text is: folding again moves it.
    fn places(index: &SearchIndex) -> HashMap<Id, *const u8> {
        let entries = index.entries.iter();
        entries
            .filter(|entry| matches!(entry.node, Branch::Initiative(_)))
            .map(|entry| (entry.node.id(), entry.text.as_ptr()))
            .collect()
    }

    #[test]
    fn an_edit_folds_only_what_it_changes() {
        let (first, last) = (Id::from_bits(0), Id::from_bits(MANY - 1));
        let issue = Id::from_bits(MANY * 2);
        let text = |id| Edit::Text {
            id,
            field: TextField::Memo,
            text: "メモ".to_owned(),
        };
        let cases = [
            ("nothing", Edit::Group(Vec::new()), vec![]),
            ("a text", text(last), vec![last]),
            (
                "two texts",
                Edit::Group(vec![text(first), text(last)]),
                vec![first, last],
            ),
            ("a removal", Edit::Remove { id: first }, vec![]),
            (
                "a move",
                Edit::Move {
                    id: last,
                    parent: Some(issue),
                    position: 0,
                },
                vec![],
            ),
            (
                "all numbers",
                Edit::Number {
                    id: issue,
                    number: Some(7),
                },
                vec![],
            ),
        ];
        for (name, edit, expected) in cases {
            let mut plan = plan();
            let mut index = SearchIndex::default();
            index.update(&plan);
            let before = places(&index);
            plan.apply(&edit).expect(name);
            index.update(&plan);
            let mut again: Vec<Id> = places(&index)
                .into_iter()
                .filter(|(id, place)| before.get(id) != Some(place))
                .map(|(id, _)| id)
                .collect();
            again.sort_unstable();
            assert_eq!(again, expected, "{name}");
        }
    }
}
