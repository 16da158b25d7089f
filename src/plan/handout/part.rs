//! What one section gets: what it fills in itself with the headings above it, and nothing else.

use std::sync::Arc;

use crate::{
    form::Filler,
    plan::model::{Node, Plan},
};

use super::{Extract, Round};

/// The part of a plan that a section fills in. Private notes stay behind, and so do reposts, which
/// are filled in at their source. Of what others fill in, only what the office does is there, and
/// only where something of the section is in it.
pub fn part(plan: &Plan, owner: &str) -> Plan {
    let owner = owner.trim();
    let (about, form) = (plan.about().clone(), Arc::clone(plan.form()));
    // A part of a plan is a plan: no id occurs twice, and no repost leads in a circle.
    let part = Plan::new(
        about.clone(),
        Arc::clone(&form),
        nodes(plan, plan.top(), owner),
    );
    let part = part.unwrap_or_else(|_| Plan::empty(about, form));
    part.with_style(plan.style().clone())
}

/// A section's part as a file of its own, which knows what it was cut out of.
pub fn extract(plan: &Plan, owner: &str) -> Plan {
    let part = part(plan, owner);
    let round = plan.round();
    let extract = Extract {
        owner: owner.trim().to_owned(),
        edition: round.edition(owner),
        nodes: part.top().to_vec(),
    };
    part.with_round(Round {
        id: round.id,
        due: round.due,
        owners: Vec::new(),
        extract: Some(extract),
    })
}

fn nodes(plan: &Plan, siblings: &[Arc<Node>], owner: &str) -> Vec<Arc<Node>> {
    let parts = siblings.iter().filter_map(|node| {
        let children = nodes(plan, &node.children, owner);
        let is_own = is_filled_in_by(plan, node, owner);
        let node = if is_own {
            node.without_children()
        } else if children.is_empty() {
            return None;
        } else {
            heading(plan, node)
        };
        Some(Arc::new(Node {
            memo: String::new(),
            children,
            ..node
        }))
    });
    parts.collect()
}

/// Whether a section fills in a node; the section without a name, what nobody has.
pub fn is_filled_in_by(plan: &Plan, node: &Node, owner: &str) -> bool {
    let has_owner = plan.level(node).has_owner() && !node.is_repost();
    has_owner && plan.owner(node) == owner.trim()
}

/// What stands above something of a section and is not its own.
fn heading(plan: &Plan, node: &Node) -> Node {
    let level = plan.level(node);
    let is_of_office = |key| {
        level
            .field(key)
            .is_some_and(|field| field.filled_by == Filler::Office)
    };
    let mut heading = node.without_children();
    let values = node
        .values
        .iter()
        .filter(|(slot, _)| is_of_office(slot.field));
    heading.values = values.map(|(slot, text)| (slot, text.to_owned())).collect();
    heading
        .measures
        .retain(|measure| is_of_office(measure.target.field));
    heading
}
