//! The findings of a plan, kept up to date: after an edit only what it touched is checked again.

use std::{cell::LazyCell, collections::HashMap, fmt, sync::Arc};

use super::super::{
    id::Id,
    model::{Initiative, Issue, Node, Plan},
    style::Style,
    text_field::TextField,
};
use super::{
    CharSet, Context, Finding, Severity, check_initiative, check_text, ignored::IgnoredFindings,
    numbering, reposts,
};

/// The findings of a plan as it was at the last update. Cloning costs a few reference counts for
/// each issue, so that it can be brought up to date on another thread.
#[derive(Debug, Clone)]
pub struct Checks {
    font: CharSet,
    /// What the findings were made with; `None` before the first update.
    context: Option<Arc<Context>>,
    parts: Vec<Arc<Part>>,
    /// What only the whole plan can tell: numbers of issues, sources of reposts.
    whole: Arc<HashMap<Id, Vec<Finding>>>,
    ignored: IgnoredFindings,
    counts: Counts,
}

/// How many findings there are, and how many more are ignored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notices: usize,
    pub ignored: usize,
}

/// An issue with what was found in it.
#[derive(Debug)]
struct Part {
    issue: Arc<Issue>,
    /// In the order of the document.
    nodes: Vec<Checked>,
    positions: HashMap<Id, usize>,
    /// The numbers of its strategies and initiatives.
    numbers: HashMap<Id, Vec<Finding>>,
    has_owner: bool,
    reposts: Vec<Arc<Initiative>>,
    counts: Counts,
}

#[derive(Debug, Clone)]
struct Checked {
    id: Id,
    /// What was checked. Because it is kept, an edit has to make a new `Arc` instead of changing
    /// this one.
    initiative: Option<Arc<Initiative>>,
    findings: Arc<[Finding]>,
}

impl Checks {
    /// No findings yet. `font` holds the characters that can be printed.
    pub fn new(font: CharSet) -> Self {
        Self {
            font,
            context: None,
            parts: Vec::new(),
            whole: Arc::default(),
            ignored: IgnoredFindings::default(),
            counts: Counts::default(),
        }
    }

    /// Brings the findings up to date with the plan. Where nothing but a few texts has changed,
    /// only their initiatives are checked again.
    pub fn update(&mut self, plan: &Plan) {
        let owned: Vec<bool> = plan
            .issues()
            .iter()
            .enumerate()
            .map(|(n, issue)| match self.known(n, issue) {
                Some(part) => part.has_owner,
                None => has_owner(issue),
            })
            .collect();
        let context = Context {
            about: plan.about().clone(),
            style: Style {
                ignored: Vec::new(),
                ..plan.style().clone()
            },
            owners_in_use: owned.contains(&true),
            font: self.font.clone(),
        };
        let context = match self.context.take() {
            Some(same) if *same == context => same,
            _ => {
                self.parts.clear();
                Arc::new(context)
            }
        };
        let old = std::mem::take(&mut self.parts);
        // Only where issues came, went or moved is one looked for elsewhere than in its place.
        let elsewhere = LazyCell::new(|| -> HashMap<Id, &Arc<Part>> {
            old.iter().map(|part| (part.issue.id, part)).collect()
        });
        let part = |(n, (issue, has_owner)): (usize, (&Arc<Issue>, bool))| {
            let here = old.get(n).filter(|part| part.issue.id == issue.id);
            match here.or_else(|| elsewhere.get(&issue.id).copied()) {
                Some(part) if Arc::ptr_eq(&part.issue, issue) => Arc::clone(part),
                part => Arc::new(Part::of(issue, has_owner, part.map(Arc::as_ref), &context)),
            }
        };
        let issues = plan.issues().iter().zip(owned).enumerate();
        self.parts = issues.map(part).collect();
        self.context = Some(context);
        self.whole = Arc::new(self.of_whole(plan));
        self.ignored.update(&plan.style().ignored);
        self.counts = self.counted(plan);
    }

    /// The findings about a node, without those that are ignored.
    pub fn of<'a>(&'a self, plan: &Plan, id: Id) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let found = self.all_of(plan, id);
        found.filter(|finding| !self.is_ignored(finding))
    }

    /// All findings in the order of the document, without those that are ignored.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.everything()
            .filter(|finding| !self.is_ignored(finding))
    }

    /// The findings that are ignored, each with the reason.
    pub fn ignored(&self) -> impl Iterator<Item = (&Finding, &str)> {
        self.everything()
            .filter_map(|finding| Some((finding, self.ignored.of(finding)?.reason.as_str())))
    }

    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The part that is already at this place, if its issue has not changed.
    fn known(&self, place: usize, issue: &Arc<Issue>) -> Option<&Part> {
        let part = self.parts.get(place)?;
        Arc::ptr_eq(&part.issue, issue).then_some(part)
    }

    fn of_whole(&self, plan: &Plan) -> HashMap<Id, Vec<Finding>> {
        let mut findings = Vec::new();
        let issues = plan.issues().iter();
        numbering::check(issues.map(|issue| (issue.id, issue.number)), &mut findings);
        for repost in self.parts.iter().flat_map(|part| &part.reposts) {
            reposts::check_reference(plan, repost, &mut findings);
        }
        by_node(findings)
    }

    fn counted(&self, plan: &Plan) -> Counts {
        let mut counts = Counts::default();
        self.parts.iter().for_each(|part| counts.add(part.counts));
        self.whole
            .values()
            .flatten()
            .for_each(|it| counts.count(it));
        for node in self.ignored.nodes() {
            for finding in self.all_of(plan, node) {
                if self.is_ignored(finding) {
                    *counts.of(finding) -= 1;
                    counts.ignored += 1;
                }
            }
        }
        counts
    }

    fn all_of<'a>(&'a self, plan: &Plan, id: Id) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let issue = plan.ancestors(id).last().unwrap_or(id);
        let is_of_it = |part: &&Arc<Part>| part.issue.id == issue;
        let part = plan.issue_position(issue).and_then(|n| {
            let here = self.parts.get(n).filter(is_of_it);
            // The plan may be newer, with issues in other places.
            here.or_else(|| self.parts.iter().find(is_of_it))
        });
        let inside = part.into_iter().flat_map(move |part| part.of_node(id));
        inside.chain(self.whole.get(&id).into_iter().flatten())
    }

    fn everything(&self) -> impl Iterator<Item = &Finding> {
        self.parts.iter().flat_map(move |part| {
            part.nodes.iter().flat_map(move |node| {
                let whole = self.whole.get(&node.id).into_iter().flatten();
                part.of_node(node.id).chain(whole)
            })
        })
    }

    fn is_ignored(&self, finding: &Finding) -> bool {
        self.ignored.of(finding).is_some()
    }
}

impl Part {
    fn of(issue: &Arc<Issue>, has_owner: bool, old: Option<&Self>, context: &Context) -> Self {
        let mut part = Self {
            issue: Arc::clone(issue),
            nodes: Vec::new(),
            positions: HashMap::new(),
            numbers: HashMap::new(),
            has_owner,
            reposts: Vec::new(),
            counts: Counts::default(),
        };
        let mut numbers = Vec::new();
        part.add_title(issue.id, &issue.title, context);
        let strategies = issue.strategies.iter();
        numbering::check(strategies.map(|it| (it.id, Some(it.number))), &mut numbers);
        for strategy in &issue.strategies {
            part.add_title(strategy.id, &strategy.title, context);
            part.add_initiatives(&strategy.initiatives, old, context, &mut numbers);
        }
        part.add_initiatives(&issue.initiatives, old, context, &mut numbers);
        for finding in part.nodes.iter().flat_map(|node| node.findings.iter()) {
            part.counts.count(finding);
        }
        numbers
            .iter()
            .for_each(|finding| part.counts.count(finding));
        part.numbers = by_node(numbers);
        part
    }

    fn add_title(&mut self, id: Id, title: &str, context: &Context) {
        let mut findings = Vec::new();
        check_text(id, TextField::Title, title, context, &mut findings);
        self.add(Checked {
            id,
            initiative: None,
            findings: findings.into(),
        });
    }

    fn add_initiatives(
        &mut self,
        initiatives: &[Arc<Initiative>],
        old: Option<&Self>,
        context: &Context,
        numbers: &mut Vec<Finding>,
    ) {
        let siblings = initiatives.iter();
        numbering::check(siblings.map(|it| (it.id, Some(it.number))), numbers);
        for initiative in initiatives {
            if initiative.repost_of.is_some() {
                self.reposts.push(Arc::clone(initiative));
            }
            let known = old
                .and_then(|old| old.checked(initiative.id))
                .filter(|known| {
                    let before = known.initiative.as_ref();
                    before.is_some_and(|before| Arc::ptr_eq(before, initiative))
                });
            self.add(known.cloned().unwrap_or_else(|| Checked {
                id: initiative.id,
                initiative: Some(Arc::clone(initiative)),
                findings: check_initiative(initiative, context).into(),
            }));
        }
    }

    fn add(&mut self, checked: Checked) {
        self.positions.insert(checked.id, self.nodes.len());
        self.nodes.push(checked);
    }

    fn checked(&self, id: Id) -> Option<&Checked> {
        self.nodes.get(*self.positions.get(&id)?)
    }

    fn of_node<'a>(&'a self, id: Id) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let found = self.checked(id).map(|checked| &*checked.findings);
        let numbers = self.numbers.get(&id).into_iter().flatten();
        numbers.chain(found.into_iter().flatten())
    }
}

impl Counts {
    /// All findings that are not ignored.
    pub fn total(&self) -> usize {
        self.errors + self.warnings + self.notices
    }

    fn of(&mut self, finding: &Finding) -> &mut usize {
        match finding.rule.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Notice => &mut self.notices,
        }
    }

    fn count(&mut self, finding: &Finding) {
        *self.of(finding) += 1;
    }

    fn add(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notices += other.notices;
    }
}

/// The short summary: `誤り 15、要確認 4、表記 19（ほかに見送り 1）`.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            errors,
            warnings,
            notices,
            ignored,
        } = self;
        if self.total() == 0 {
            f.write_str("指摘はありません")?;
        } else {
            write!(f, "誤り {errors}、要確認 {warnings}、表記 {notices}")?;
        }
        match ignored {
            0 => Ok(()),
            _ => write!(f, "（ほかに見送り {ignored}）"),
        }
    }
}

fn has_owner(issue: &Arc<Issue>) -> bool {
    let owned = |it: &Arc<Initiative>| it.repost_of.is_none() && !it.owner.trim().is_empty();
    Node::Issue(issue).initiatives().any(owned)
}

fn by_node(findings: Vec<Finding>) -> HashMap<Id, Vec<Finding>> {
    let mut map: HashMap<Id, Vec<Finding>> = HashMap::new();
    for finding in findings {
        map.entry(finding.node).or_default().push(finding);
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        plan::{Edit, TextField},
        storage::builtin,
    };

    /// Where in memory the findings of each initiative are: checking again moves them.
    fn places(checks: &Checks) -> HashMap<Id, *const Finding> {
        let nodes = checks.parts.iter().flat_map(|part| &part.nodes);
        nodes
            .filter(|node| node.initiative.is_some() && !node.findings.is_empty())
            .map(|node| (node.id, node.findings.as_ptr()))
            .collect()
    }

    #[test]
    fn an_edit_has_only_what_it_touches_checked_again() {
        let mut plan = builtin::plan().expect("the ward's plan is built in");
        let mut checks = Checks::new(CharSet::of(|_| true));
        checks.update(&plan);
        let before = places(&checks);
        let touched = *before.keys().next().expect("something is found");
        let text = |id, text: &str| Edit::Text {
            id,
            field: TextField::Memo,
            text: text.to_owned(),
        };
        let cases = [
            ("nothing", Edit::Group(Vec::new()), vec![]),
            ("a text", text(touched, "部長へ確認"), vec![touched]),
            ("a removal", Edit::Remove { id: touched }, vec![]),
        ];
        for (name, edit, expected) in cases {
            let before = places(&checks);
            plan.apply(&edit).expect(name);
            checks.update(&plan);
            let again: Vec<Id> = places(&checks)
                .into_iter()
                .filter(|(id, place)| before.get(id) != Some(place))
                .map(|(id, _)| id)
                .collect();
            assert_eq!(again, expected, "{name}");
        }
    }
}
