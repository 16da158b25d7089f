//! Plans for examples, in the words of the built-in form, and finding one's way in them by the
//! numbers that people use.
//!
//! | what | how |
//! |---|---|
//! | the ward's plan, its form, all forms that are built in | `real() -> Plan`, `form() -> Arc<Form>`, `forms()` |
//! | any form | `form_of("( … )") -> Arc<Form>`, from the text of its file |
//! | names | `id(3) -> Id`, `key("issue") -> Key`, `slot("midyear/results") -> Slot` |
//! | fields at the first review | `results()`, `target()`, `outlook()`, `progress()`, `notes()`, each `-> Slot` |
//! | answers | `ON_TARGET`, `OFF_TARGET`, `ON_SCHEDULE`, `BEHIND` |
//! | nodes of the built-in form | `issue(id, 1)`, `strategy(id, 1)`, `initiative(id, 1)`, `reform(id)`, `reform_item(id, 1)`, each `-> Node`; of any form `node("level", id)` |
//! | what they say ([`Building`]) | `.numbered(1)`, `.titled("…")`, `.owned_by("…")`, `.with_results("…")`, `.with_target("…")`, `.with_notes("…")`, `.with_memo("…")`, `.with_outlook(ON_TARGET)`, `.with_progress(BEHIND)`, `.with(slot, "…")`, `.repeating(id)`, `.measured(measures)`, `.holding([nodes])` |
//! | plans | `plan_of(nodes)`, `plan_in(&form, nodes)`, `about_in(&form)`, `small()` |
//! | edits | `set(id, slot, "…") -> Edit`, `set_plan(slot, "…") -> Edit`, `after(&plan, &edits) -> Plan` |
//! | finding | `ids(&plan)`, `numbered(&plan, "2-1-3") -> Id`, `row_ids(&plan)` |

use std::sync::{Arc, LazyLock};

use furikaeri::form::{Form, Key, Slot};
use furikaeri::plan::{About, Edit, Entry, Id, Measure, Node, Plan};
use furikaeri::storage::{builtin, forms};

pub const ON_TARGET: &str = "on_target";
pub const OFF_TARGET: &str = "off_target";
pub const ON_SCHEDULE: &str = "on_schedule";
pub const BEHIND: &str = "behind";

/// The ward's plan, as it is built in.
pub fn real() -> Plan {
    builtin::plan().unwrap_or_else(|error| panic!("港区の計画が読めない: {error}"))
}

/// The form of the ward's plan.
pub fn form() -> Arc<Form> {
    static FORM: LazyLock<Arc<Form>> = LazyLock::new(|| builtin::form().expect("it is built in"));
    Arc::clone(&FORM)
}

/// All forms that are built in.
pub fn forms() -> Vec<Arc<Form>> {
    builtin::forms().expect("they are built in")
}

/// A form as its file has it.
pub fn form_of(file: &str) -> Arc<Form> {
    let form = forms::read(file.as_bytes());
    Arc::new(form.unwrap_or_else(|error| panic!("様式が読めない: {error}")))
}

pub fn id(bits: u64) -> Id {
    Id::from_bits(bits)
}

pub fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

/// `target`, `midyear/results`, `title`.
pub fn slot(text: &str) -> Slot {
    text.parse().expect("a slot")
}

pub fn results() -> Slot {
    slot("midyear/results")
}

pub fn target() -> Slot {
    slot("target")
}

pub fn outlook() -> Slot {
    slot("midyear/outlook")
}

pub fn progress() -> Slot {
    slot("midyear/progress")
}

pub fn notes() -> Slot {
    slot("midyear/notes")
}

/// A node of any form with nothing in it yet.
pub fn node(level: &str, id: Id) -> Node {
    Node::new(id, key(level))
}

pub fn issue(id: Id, number: u32) -> Node {
    node("issue", id).numbered(number)
}

pub fn strategy(id: Id, number: u32) -> Node {
    node("strategy", id).numbered(number)
}

pub fn initiative(id: Id, number: u32) -> Node {
    node("initiative", id).numbered(number)
}

/// The part without a number.
pub fn reform(id: Id) -> Node {
    node("reform", id)
}

pub fn reform_item(id: Id, number: u32) -> Node {
    node("reform_item", id).numbered(number)
}

/// Saying things about a node one after the other.
pub trait Building: Sized {
    fn numbered(self, number: u32) -> Self;
    fn titled(self, title: &str) -> Self;
    fn owned_by(self, owner: &str) -> Self;
    fn with(self, at: Slot, text: &str) -> Self;
    fn repeating(self, source: Id) -> Self;
    fn measured(self, measures: Vec<Measure>) -> Self;
    fn holding(self, children: impl IntoIterator<Item = Node>) -> Self;

    fn with_results(self, text: &str) -> Self {
        self.with(results(), text)
    }

    fn with_target(self, text: &str) -> Self {
        self.with(target(), text)
    }

    fn with_outlook(self, choice: &str) -> Self {
        self.with(outlook(), choice)
    }

    fn with_progress(self, choice: &str) -> Self {
        self.with(progress(), choice)
    }

    fn with_notes(self, text: &str) -> Self {
        self.with(notes(), text)
    }

    fn with_memo(self, text: &str) -> Self {
        self.with(Slot::MEMO, text)
    }
}

impl Building for Node {
    fn numbered(self, number: u32) -> Self {
        let number = Some(number);
        Self { number, ..self }
    }

    fn titled(self, title: &str) -> Self {
        let title = title.to_owned();
        Self { title, ..self }
    }

    fn owned_by(self, owner: &str) -> Self {
        let owner = owner.to_owned();
        Self { owner, ..self }
    }

    fn with(mut self, at: Slot, text: &str) -> Self {
        match at {
            Slot::TITLE => self.title = text.to_owned(),
            Slot::OWNER => self.owner = text.to_owned(),
            Slot::MEMO => self.memo = text.to_owned(),
            _ => {
                self.values.set(at, text.to_owned());
            }
        }
        self
    }

    fn repeating(self, source: Id) -> Self {
        let repost_of = Some(source);
        Self { repost_of, ..self }
    }

    fn measured(self, measures: Vec<Measure>) -> Self {
        Self { measures, ..self }
    }

    fn holding(mut self, children: impl IntoIterator<Item = Node>) -> Self {
        self.children.extend(children.into_iter().map(Arc::new));
        self
    }
}

/// Issue 1 with the strategies 1-1 (1-1-1 with every field, 1-1-2 a repost of it) and 1-2
/// (empty), and the unnumbered part with 改革-1. The ids are 1 to 7, in the order of the document.
pub fn small() -> Plan {
    let full = initiative(id(3), 1)
        .titled("防災訓練")
        .owned_by("防災担当")
        .with_results("・訓練：１回\n・会議：２回")
        .with_target("参加者：100人以上")
        .with_outlook(ON_TARGET)
        .with_progress(BEHIND)
        .with_notes("「秋」に\"延期\"した。")
        .with_memo("部長へ確認");
    let repost = initiative(id(4), 2)
        .titled("防災訓練（再掲）")
        .repeating(id(3));
    let first = strategy(id(2), 1)
        .titled("地域防災")
        .holding([full, repost]);
    let numbered = issue(id(1), 1)
        .titled("安全")
        .holding([first, strategy(id(5), 2)]);
    let reform = reform(id(6))
        .titled("改革の取組")
        .holding([reform_item(id(7), 1)]);
    plan_of(vec![numbered, reform])
}

/// The plan after these edits, each of which fits it.
pub fn after(plan: &Plan, edits: &[Edit]) -> Plan {
    let mut plan = plan.clone();
    for edit in edits {
        plan.apply(edit)
            .unwrap_or_else(|error| panic!("{edit:?}: {error}"));
    }
    plan
}

/// Somebody types a text of a node, or chooses one of several answers.
pub fn set(id: Id, at: Slot, text: &str) -> Edit {
    let (id, text) = (Some(id), text.to_owned());
    Edit::Text { id, at, text }
}

/// The same for the plan as a whole.
pub fn set_plan(at: Slot, text: &str) -> Edit {
    let (id, text) = (None, text.to_owned());
    Edit::Text { id, at, text }
}

/// A plan of the built-in form.
pub fn plan_of(nodes: Vec<Node>) -> Plan {
    plan_in(&form(), nodes)
}

/// A plan of any form, at its first review.
pub fn plan_in(form: &Arc<Form>, nodes: Vec<Node>) -> Plan {
    let nodes = nodes.into_iter().map(Arc::new).collect();
    Plan::new(about_in(form), Arc::clone(form), nodes).expect("a plan")
}

/// 港区, 令和３年度, at the first review.
pub fn about_in(form: &Form) -> About {
    About {
        organisation: "港区".to_owned(),
        fiscal_year: 2021,
        review: form.first_review(),
        as_of: None,
    }
}

/// Ids of all nodes, in the order of the document.
pub fn ids(plan: &Plan) -> Vec<Id> {
    plan.nodes().map(|entry| entry.node.id).collect()
}

/// Ids of all rows, in the order of the document.
pub fn row_ids(plan: &Plan) -> Vec<Id> {
    plan.rows().map(|entry| entry.node.id).collect()
}

/// The node with this number: `2`, `2-1`, `2-1-3`, `改革-1`.
pub fn numbered(plan: &Plan, number: &str) -> Id {
    let bears_it = |entry: &Entry<'_>| entry.number().half_width(plan.form()) == number;
    match plan.nodes().find(bears_it) {
        Some(entry) => entry.node.id,
        None => panic!("計画に {number} がない"),
    }
}
