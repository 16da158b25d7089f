//! Which findings are ticked, to be fixed or left together. Counted when it changes: the list asks
//! in every frame.

use std::collections::{HashMap, HashSet};

use crate::plan::checks::{Finding, Rule};

/// What is ticked.
#[derive(Debug, Default)]
pub struct Ticks {
    by_rule: HashMap<Rule, HashSet<Finding>>,
    count: usize,
    fixable: usize,
}

impl Ticks {
    pub fn contains(&self, finding: &Finding) -> bool {
        let of_rule = self.by_rule.get(&finding.rule);
        of_rule.is_some_and(|ticked| ticked.contains(finding))
    }

    pub fn of(&self, rule: Rule) -> usize {
        self.by_rule.get(&rule).map_or(0, HashSet::len)
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// How many of them have a fix.
    pub fn fixable(&self) -> usize {
        self.fixable
    }

    /// Ticks findings, or takes their ticks away.
    pub fn set(&mut self, findings: impl Iterator<Item = Finding>, on: bool) {
        for finding in findings {
            let ticked = self.by_rule.entry(finding.rule).or_default();
            if on {
                ticked.insert(finding);
            } else {
                ticked.remove(&finding);
            }
        }
        self.recount();
    }

    /// Takes the ticks of all others away.
    pub fn keep(&mut self, there: &HashSet<&Finding>) {
        for ticked in self.by_rule.values_mut() {
            ticked.retain(|it| there.contains(it));
        }
        self.recount();
    }

    fn recount(&mut self) {
        let all = || self.by_rule.values().flatten();
        self.count = all().count();
        self.fixable = all().filter(|it| it.fix.is_some()).count();
    }
}
