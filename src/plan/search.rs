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

use crate::form::{Field, Form, Key};

use super::{
    fold::{fold_onto, folded, words},
    id::Id,
    model::{Node, Plan},
    number::Number,
    values::Values,
    walk::Walk,
};

/// The folded texts of a plan. Empty until the first `update`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchIndex {
    /// The tree of the last update, and its form, in whose words choices are found.
    nodes: Arc<Vec<Arc<Node>>>,
    form: Arc<Form>,
    /// One for each node at the top, in the order of the document.
    branches: Vec<Branch>,
    values: Arc<Values>,
    /// What the plan as a whole says.
    plan: String,
}

/// The texts of a node at the top and of all that stands in it: what is not touched by an edit is
/// not looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Branch {
    top: Arc<Node>,
    /// One for each node, in the order of the document.
    entries: Vec<Entry>,
}

/// A node's texts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// What was folded. Because it is kept, an edit has to make another `Arc` instead of changing
    /// this one, and the same `Arc` means the same texts.
    node: Arc<Node>,
    /// Kept apart, because it changes with an ancestor's number while the node stays the same.
    number: Number,
    folded_number: String,
    /// What it says, each text on a line of its own; folding leaves no line breaks inside them.
    text: String,
}

/// What a search has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    ids: Vec<Id>,
    members: HashSet<Id>,
    is_in_plan: bool,
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

    /// Whether what the plan as a whole says contains all the words.
    pub fn is_in_plan(&self) -> bool {
        self.is_in_plan
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty() && !self.is_in_plan
    }

    /// How often any of the words occurs in these nodes and in what the plan as a whole says.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl SearchIndex {
    /// Brings the index up to date with the plan. Where nothing has changed it costs nothing;
    /// otherwise a look at every node at the top and at those in the ones that have changed, and
    /// folding what is new or changed.
    pub fn update(&mut self, plan: &Plan) {
        let has_other_form = !Arc::ptr_eq(&self.form, &plan.form) && self.form != plan.form;
        if has_other_form {
            *self = Self::default();
        }
        if has_other_form || !Arc::ptr_eq(&self.values, &plan.values) {
            self.plan.clear();
            fold_values(&mut self.plan, plan.form(), None, plan.values());
            self.values = Arc::clone(&plan.values);
        }
        self.form = Arc::clone(&plan.form);
        if Arc::ptr_eq(&self.nodes, &plan.nodes) {
            return;
        }
        let mut branches = Known::new(std::mem::take(&mut self.branches));
        let is_same = |branch: &Branch, top: &Arc<Node>| Arc::ptr_eq(&branch.top, top);
        let kept = plan.top().iter();
        let kept: Vec<Option<Branch>> = kept
            .map(|top| branches.take(top.id, |branch| is_same(branch, top)))
            .collect();
        let left = branches.into_rest().flat_map(|branch| branch.entries);
        let mut entries = Known::new(left.collect());
        let all = plan.top().iter().zip(kept);
        self.branches = all
            .map(|(top, kept)| kept.unwrap_or_else(|| Branch::new(top, plan.form(), &mut entries)))
            .collect();
        self.nodes = Arc::clone(&plan.nodes);
    }

    /// The nodes in which all words of the query occur, in whatever they say; a word in the number
    /// has to begin it, or `2-1` would find 1-2-1. A query without words finds nothing.
    pub fn search(&self, query: &str) -> Hits {
        let words = words(query);
        let finders: Vec<Finder<'_>> = words.iter().map(Finder::new).collect();
        let mut hits = Hits::default();
        if finders.is_empty() {
            return hits;
        }
        for entry in self.branches.iter().flat_map(|branch| &branch.entries) {
            let counts = finders.iter().map(|finder| entry.count(finder));
            if let Some(count) = sum(counts) {
                hits.ids.push(entry.node.id);
                hits.count += count;
            }
        }
        let counts = finders.iter().map(|finder| count(&self.plan, finder));
        if let Some(count) = sum(counts.map(NonZero::new)) {
            hits.is_in_plan = true;
            hits.count += count;
        }
        hits.members = hits.ids.iter().copied().collect();
        hits
    }
}

/// All of them together; one word without hits ends the counting.
fn sum(counts: impl Iterator<Item = Option<NonZero<usize>>>) -> Option<usize> {
    counts.map(|count| count.map(NonZero::get)).sum()
}

/// How often a folded text contains the word.
fn count(text: &str, word: &Finder<'_>) -> usize {
    word.find_iter(text.as_bytes()).count()
}

impl Branch {
    fn new(top: &Arc<Node>, form: &Form, known: &mut Known<Entry>) -> Self {
        let entries = Walk::of(top).map(|entry| {
            let number = entry.number();
            match known.take(entry.node.id, |_| true) {
                Some(known) => known.brought_up_to(number, entry.node, form),
                None => Entry::new(number, entry.node, form),
            }
        });
        Self {
            top: Arc::clone(top),
            entries: entries.collect(),
        }
    }
}

impl Entry {
    fn new(number: Number, node: &Arc<Node>, form: &Form) -> Self {
        let mut text = String::new();
        for part in [&node.title, &node.owner, &node.memo] {
            fold_line(&mut text, part);
        }
        fold_values(&mut text, form, Some(node.level), &node.values);
        Self {
            node: Arc::clone(node),
            folded_number: folded(&number.half_width(form)),
            number,
            text,
        }
    }

    fn brought_up_to(mut self, number: Number, node: &Arc<Node>, form: &Form) -> Self {
        if !Arc::ptr_eq(&self.node, node) {
            return Self::new(number, node, form);
        }
        if self.number != number {
            self.folded_number = folded(&number.half_width(form));
            self.number = number;
        }
        self
    }

    /// How often it contains the word.
    fn count(&self, word: &Finder<'_>) -> Option<NonZero<usize>> {
        let in_number = self.folded_number.as_bytes().starts_with(word.needle());
        NonZero::new(usize::from(in_number) + count(&self.text, word))
    }
}

/// What a node of a level, or the plan as a whole (`None`), says in its fields; of several answers
/// the words of the one that was given.
fn fold_values(out: &mut String, form: &Form, level: Option<Key>, values: &Values) {
    for (slot, text) in values.iter() {
        let field = form.field(level, slot.field);
        let choice = field.and_then(|field: &Field| field.choice(text));
        fold_line(out, choice.map_or(text, |choice| &choice.words));
    }
}

fn fold_line(out: &mut String, text: &str) {
    if !text.is_empty() {
        fold_onto(out, text);
        out.push(FIELD_END);
    }
}

/// No word contains it, so that none is found half in one field and half in the next.
const FIELD_END: char = '\n';

/// What is of one node.
trait OfNode {
    fn id(&self) -> Id;
}

impl OfNode for Branch {
    fn id(&self) -> Id {
        self.top.id
    }
}

impl OfNode for Entry {
    fn id(&self) -> Id {
        self.node.id
    }
}

/// What is known from the last update, each to be taken once.
struct Known<T> {
    all: Vec<Option<T>>,
    /// The one that is likely to be asked for next, as nearly all are asked for in order.
    next: usize,
    /// Made when one is asked for out of order. Typing never does that, and never pays for it.
    positions: Option<HashMap<Id, usize>>,
}

impl<T: OfNode> Known<T> {
    fn new(all: Vec<T>) -> Self {
        Self {
            all: all.into_iter().map(Some).collect(),
            next: 0,
            positions: None,
        }
    }

    /// What is known of a node, if it is as it should be.
    fn take(&mut self, id: Id, is_right: impl FnOnce(&T) -> bool) -> Option<T> {
        if self.id_at(self.next) != Some(id) {
            self.next = self.position(id)?;
        }
        let known = self.all.get_mut(self.next)?;
        self.next += 1;
        known.take_if(|known| is_right(known))
    }

    fn into_rest(self) -> impl Iterator<Item = T> {
        self.all.into_iter().flatten()
    }

    fn id_at(&self, position: usize) -> Option<Id> {
        Some(self.all.get(position)?.as_ref()?.id())
    }

    fn position(&mut self, id: Id) -> Option<usize> {
        let positions = self.positions.get_or_insert_with(|| {
            let all = self.all.iter().enumerate();
            all.filter_map(|(position, known)| Some((known.as_ref()?.id(), position)))
                .collect()
        });
        positions.get(&id).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        form::{Choice, Kind, Level, Slot},
        plan::{About, Edit},
    };

    const MANY: u64 = 200;

    fn key(text: &str) -> Key {
        text.parse().expect("a key")
    }

    /// Two levels: parts, at the top or in parts of the other kind, and what is in them.
    fn form() -> Form {
        let level = |name: &str, under: &[&str]| Level {
            key: key(name),
            at_top: under.is_empty(),
            under: under.iter().map(|it| key(it)).collect(),
            ..Level::default()
        };
        Form {
            levels: vec![
                level("part", &[]),
                level("group", &["part"]),
                level("item", &["part", "group"]),
            ],
            ..Form::default()
        }
    }

    fn node(bits: u64, level: &str) -> Node {
        Node {
            number: Some(1),
            ..Node::new(Id::from_bits(bits), key(level))
        }
    }

    /// Groups of ten items each, in one part.
    fn plan() -> Plan {
        let item = |bits: u64| {
            Arc::new(Node {
                title: format!("取組{bits}"),
                ..node(bits, "item")
            })
        };
        let group = |bits: u64| {
            Arc::new(Node {
                children: (bits * 10..bits * 10 + 10).map(item).collect(),
                ..node(MANY + bits, "group")
            })
        };
        let part = Node {
            children: (0..MANY / 10).map(group).collect(),
            ..node(MANY * 2, "part")
        };
        let nodes = vec![Arc::new(part)];
        Plan::new(About::default(), Arc::new(form()), nodes).expect("a plan")
    }

    /// Where in memory each item's folded text is: folding again moves it.
    fn places(index: &SearchIndex) -> HashMap<Id, *const u8> {
        let entries = index.branches.iter().flat_map(|branch| &branch.entries);
        entries
            .filter(|entry| entry.node.level == key("item"))
            .map(|entry| (entry.node.id, entry.text.as_ptr()))
            .collect()
    }

    #[test]
    fn an_edit_folds_only_what_it_changes() {
        let (first, last) = (Id::from_bits(0), Id::from_bits(MANY - 1));
        let part = Id::from_bits(MANY * 2);
        let text = |id| Edit::Text {
            id: Some(id),
            at: Slot::MEMO,
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
                    parent: Some(part),
                    position: 0,
                },
                vec![],
            ),
            (
                "all numbers",
                Edit::Number {
                    id: part,
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
    #[test]
    fn another_form_is_found_in_its_own_words() {
        let field = |words: &str| Field {
            key: key("rating"),
            heading: "評価".to_owned(),
            short: String::new(),
            question: String::new(),
            kind: Kind::Choice {
                choices: vec![Choice {
                    key: key("a"),
                    words: words.to_owned(),
                    short: String::new(),
                    grade: None,
                }],
                judges: None,
            },
            each_review: false,
            filled_by: Default::default(),
            needed: Default::default(),
        };
        let with = |words: &str| {
            let mut form = form();
            form.plan.push(field(words));
            if let Some(item) = form.levels.last_mut() {
                item.fields.push(field(words));
            }
            Edit::Form(Arc::new(form))
        };
        let answer = |id| Edit::Text {
            id,
            at: Slot::once(key("rating")),
            text: "a".to_owned(),
        };
        let (mut plan, item) = (plan(), Id::from_bits(7));
        let mut index = SearchIndex::default();
        for edit in [with("良い"), answer(Some(item)), answer(None)] {
            plan.apply(&edit).expect("it fits");
            index.update(&plan);
        }
        assert_eq!(index.search("良い").ids(), [item]);
        assert!(index.search("良い").is_in_plan());
        plan.apply(&with("悪い")).expect("it fits");
        index.update(&plan);
        assert!(index.search("良い").is_empty());
        assert_eq!(index.search("悪い").ids(), [item]);
        assert_eq!(index.search("悪い").count(), 2);
    }
}
