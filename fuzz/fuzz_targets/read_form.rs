//! Any bytes: refused with a reason, or a sound form that is written and read back the same, and
//! whose plans can be saved.
#![no_main]

use std::sync::Arc;

use furikaeri::{
    form::{Form, Key},
    plan::{About, Id, Node, Plan},
    storage::{
        format,
        forms::{self, FormReason},
    },
};
use libfuzzer_sys::fuzz_target;

/// A node of a level, with one of each level that may stand in it, and something in every field.
fn node(form: &Form, level: Key, ids: &mut impl Iterator<Item = u64>) -> Option<Node> {
    let mut node = Node::new(Id::from_bits(ids.next()?), level);
    node.number = Some(1);
    for field in form.fields(Some(level)) {
        let answer = field.choices().first();
        let text = answer.map_or_else(|| "100人".to_owned(), |choice| choice.key.to_string());
        for slot in form.slots(field) {
            node.values.set(slot, text.clone());
        }
    }
    let below = form.levels_in(Some(level));
    node.children = below
        .filter_map(|level| self::node(form, level.key, ids).map(Arc::new))
        .collect();
    Some(node)
}

fuzz_target!(|bytes: &[u8]| {
    let form = match forms::read(bytes) {
        Ok(form) => Arc::new(form),
        Err(FormReason::Unsound(faults)) => {
            assert!(!faults.is_empty());
            return;
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let written = forms::write(&form).expect("what was read can be written");
    let back = forms::read(&written).expect("what was written can be read");
    assert_eq!(back, *form);
    // Levels that may stand in each other in many ways make more nodes than anybody has.
    let mut ids = 1..200;
    let top = form.levels_in(None);
    let nodes = top.filter_map(|level| node(&form, level.key, &mut ids).map(Arc::new));
    let nodes = nodes.collect();
    let about = About {
        review: form.first_review(),
        ..About::default()
    };
    let plan = Plan::new(about, Arc::clone(&form), nodes).expect("a plan of a sound form");
    let written = format::write(&plan).expect("a plan can be written");
    format::verify(&written, &plan).expect("and is read back the same");
});
