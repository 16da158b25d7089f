//! A form as it prints before anything is written in it.

use std::sync::Arc;

use crate::{
    form::{Form, Key, MAX_DEPTH},
    plan::{About, Id, Node, Plan},
};

/// An empty plan in which there is one node of each level, so that every heading and every table of
/// the form is seen. It is printed with `Options::blank`.
pub fn sample_plan(form: Arc<Form>) -> Plan {
    let mut sample = Sample {
        form: &form,
        put: Vec::new(),
    };
    let nodes = sample.nodes(None, 0);
    let about = About {
        review: form.first_review(),
        ..About::default()
    };
    let plan = Plan::new(about.clone(), Arc::clone(&form), nodes);
    plan.unwrap_or_else(|_| Plan::empty(about, form))
}

struct Sample<'a> {
    form: &'a Form,
    /// The levels of which there is a node.
    put: Vec<Key>,
}

impl Sample<'_> {
    fn nodes(&mut self, above: Option<Key>, depth: usize) -> Vec<Arc<Node>> {
        if depth == MAX_DEPTH {
            return Vec::new();
        }
        let mut nodes = Vec::new();
        for level in self.form.levels_in(above) {
            if self.put.contains(&level.key) {
                continue;
            }
            self.put.push(level.key);
            let id = Id::from_bits(u64::try_from(self.put.len()).unwrap_or(u64::MAX));
            nodes.push(Arc::new(Node {
                number: level.number.has_own().then_some(1),
                children: self.nodes(Some(level.key), depth + 1),
                ..Node::new(id, level.key)
            }));
        }
        nodes
    }
}
