//! 見送り: the findings that she decided to leave, by what they are about.

use std::{collections::HashMap, sync::Arc};

use super::super::{id::Id, style::Ignored};
use super::Finding;

/// A list of ignored findings in which each is found at once, however many there are. Cloning is
/// O(1).
#[derive(Debug, Clone, Default)]
pub struct IgnoredFindings(Arc<Lists>);

#[derive(Debug, Default)]
struct Lists {
    all: Vec<Ignored>,
    /// Places in the list by node and quote; only the rule is left to be compared.
    places: HashMap<Option<Id>, HashMap<String, Vec<usize>>>,
}

impl IgnoredFindings {
    /// Brings it up to date with the plan's list.
    pub fn update(&mut self, list: &[Ignored]) {
        if self.0.all == list {
            return;
        }
        let mut places: HashMap<Option<Id>, HashMap<String, Vec<usize>>> = HashMap::new();
        for (place, ignored) in list.iter().enumerate() {
            let of_node = places.entry(ignored.node).or_default();
            of_node
                .entry(ignored.quote.clone())
                .or_default()
                .push(place);
        }
        let all = list.to_vec();
        self.0 = Arc::new(Lists { all, places });
    }

    /// What says that a finding is left, the first one in the list.
    pub fn of(&self, finding: &Finding) -> Option<&Ignored> {
        let of_node = self.0.places.get(&finding.node)?;
        let places = of_node.get(&finding.quote)?.iter();
        places
            .filter_map(|place| self.0.all.get(*place))
            .find(|ignored| ignored.code == finding.rule.code())
    }

    /// The nodes of which findings are left, and `None` if some of the plan as a whole are.
    pub fn nodes(&self) -> impl Iterator<Item = Option<Id>> + '_ {
        self.0.places.keys().copied()
    }
}
