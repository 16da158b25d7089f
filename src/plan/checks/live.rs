//! The findings of a plan, kept up to date: after an edit only what it touched is checked again.

use std::{cell::LazyCell, collections::HashMap, fmt, sync::Arc};

use super::super::{
    id::Id,
    model::{Node, Plan},
    style::Style,
    values::Values,
};
use super::{
    CharSet, Context, Finding, Severity, check_node, check_plan_wide, ignored::IgnoredFindings,
    numbering, reposts,
};

/// The findings of a plan as it was at the last update. Cloning costs a few reference counts for
/// each issue, so that it can be brought up to date on another thread.
#[derive(Debug, Clone)]
pub struct Checks {
    font: CharSet,
    /// What the findings were made with; `None` before the first update.
    context: Option<Arc<Context>>,
    /// What the plan as a whole says, and what was found in it.
    plan_wide: Option<(Arc<Values>, Arc<[Finding]>)>,
    parts: Vec<Arc<Part>>,
    /// What only the whole plan can tell: numbers at the top, sources of reposts.
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

/// A node at the top with what was found in it.
#[derive(Debug)]
struct Part {
    top: Arc<Node>,
    /// In the order of the document.
    nodes: Vec<Checked>,
    positions: HashMap<Id, usize>,
    /// The numbers of what stands in it.
    numbers: HashMap<Id, Vec<Finding>>,
    has_owner: bool,
    reposts: Vec<Arc<Node>>,
    counts: Counts,
}

#[derive(Debug, Clone)]
struct Checked {
    /// What was checked. Because it is kept, an edit has to make a new `Arc` instead of changing
    /// this one.
    node: Arc<Node>,
    findings: Arc<[Finding]>,
}

impl Checks {
    /// No findings yet. `font` holds the characters that can be printed.
    pub fn new(font: CharSet) -> Self {
        Self {
            font,
            context: None,
            plan_wide: None,
            parts: Vec::new(),
            whole: Arc::default(),
            ignored: IgnoredFindings::default(),
            counts: Counts::default(),
        }
    }

    /// Brings the findings up to date with the plan. Where nothing but a few texts has changed,
    /// only their nodes are checked again.
    pub fn update(&mut self, plan: &Plan) {
        // Whether a name is that of a section is the form's to say.
        let context = self.context.as_ref();
        let is_same_form = context.is_some_and(|it| it.plan.form() == plan.form());
        let owned: Vec<bool> = plan
            .top()
            .iter()
            .enumerate()
            .map(
                |(n, top)| match self.known(n, top).filter(|_| is_same_form) {
                    Some(part) => part.has_owner,
                    None => has_owner(plan, top),
                },
            )
            .collect();
        let context = Context {
            plan: heading(plan),
            owners_in_use: owned.contains(&true),
            font: self.font.clone(),
        };
        let context = match self.context.take() {
            Some(same) if *same == context => same,
            _ => {
                self.parts.clear();
                self.plan_wide = None;
                Arc::new(context)
            }
        };
        let old = std::mem::take(&mut self.parts);
        // Only where something came, went or moved is it looked for elsewhere than in its place.
        let elsewhere = LazyCell::new(|| -> HashMap<Id, &Arc<Part>> {
            old.iter().map(|part| (part.top.id, part)).collect()
        });
        let part = |(n, (top, has_owner)): (usize, (&Arc<Node>, bool))| {
            let here = old.get(n).filter(|part| part.top.id == top.id);
            match here.or_else(|| elsewhere.get(&top.id).copied()) {
                Some(part) if Arc::ptr_eq(&part.top, top) => Arc::clone(part),
                part => Arc::new(Part::of(top, has_owner, part.map(Arc::as_ref), &context)),
            }
        };
        let tops = plan.top().iter().zip(owned).enumerate();
        self.parts = tops.map(part).collect();
        self.plan_wide = match self.plan_wide.take() {
            Some((values, found)) if Arc::ptr_eq(&values, &plan.values) => Some((values, found)),
            _ => Some((
                Arc::clone(&plan.values),
                check_plan_wide(&plan.values, &context).into(),
            )),
        };
        self.context = Some(context);
        self.whole = Arc::new(self.of_whole(plan));
        self.ignored.update(&plan.style().ignored);
        self.counts = self.counted(plan);
    }

    /// The findings about a node, or about what the plan as a whole says (`None`), without those
    /// that are ignored.
    pub fn of<'a>(
        &'a self,
        plan: &Plan,
        at: Option<Id>,
    ) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let found = self.all_of(plan, at);
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

    /// The part that is already at this place, if nothing in it has changed.
    fn known(&self, place: usize, top: &Arc<Node>) -> Option<&Part> {
        let part = self.parts.get(place)?;
        Arc::ptr_eq(&part.top, top).then_some(part)
    }

    fn of_whole(&self, plan: &Plan) -> HashMap<Id, Vec<Finding>> {
        let mut findings = Vec::new();
        numbering::check(plan.top(), plan.form(), &mut findings);
        for repost in self.parts.iter().flat_map(|part| &part.reposts) {
            reposts::check_reference(plan, repost, &mut findings);
        }
        by_node(findings)
    }

    fn counted(&self, plan: &Plan) -> Counts {
        let mut counts = Counts::default();
        self.parts.iter().for_each(|part| counts.add(part.counts));
        self.of_plan().iter().for_each(|it| counts.count(it));
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

    fn all_of<'a>(
        &'a self,
        plan: &Plan,
        at: Option<Id>,
    ) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let of_plan = if at.is_none() { self.of_plan() } else { &[] };
        let top = at.and_then(|id| {
            let position = *plan.path(id)?.first()?;
            Some((position, plan.top().get(position)?.id))
        });
        let part = top.and_then(|(position, top)| {
            let is_of_it = |part: &&Arc<Part>| part.top.id == top;
            let here = self.parts.get(position).filter(is_of_it);
            // The plan may be newer, with its parts in other places.
            here.or_else(|| self.parts.iter().find(is_of_it))
        });
        let of_node = at.into_iter().flat_map(move |id| {
            let inside = part.into_iter().flat_map(move |part| part.of_node(id));
            inside.chain(self.whole.get(&id).into_iter().flatten())
        });
        of_plan.iter().chain(of_node)
    }

    fn everything(&self) -> impl Iterator<Item = &Finding> {
        let of_nodes = self.parts.iter().flat_map(move |part| {
            part.nodes.iter().flat_map(move |checked| {
                let id = checked.node.id;
                let whole = self.whole.get(&id).into_iter().flatten();
                part.of_node(id).chain(whole)
            })
        });
        self.of_plan().iter().chain(of_nodes)
    }

    /// What was found in what the plan as a whole says.
    fn of_plan(&self) -> &[Finding] {
        self.plan_wide.as_ref().map_or(&[], |(_, found)| found)
    }

    fn is_ignored(&self, finding: &Finding) -> bool {
        self.ignored.of(finding).is_some()
    }
}

impl Part {
    fn of(top: &Arc<Node>, has_owner: bool, old: Option<&Self>, context: &Context) -> Self {
        let mut part = Self {
            top: Arc::clone(top),
            nodes: Vec::new(),
            positions: HashMap::new(),
            numbers: HashMap::new(),
            has_owner,
            reposts: Vec::new(),
            counts: Counts::default(),
        };
        let mut numbers = Vec::new();
        for node in top.with_below() {
            numbering::check(&node.children, context.plan.form(), &mut numbers);
            if node.is_repost() {
                part.reposts.push(Arc::clone(node));
            }
            let known = old.and_then(|old| old.checked(node.id));
            let known = known.filter(|known| known.holds_for(node));
            let findings = match known {
                Some(known) => Arc::clone(&known.findings),
                None => check_node(node, context).into(),
            };
            part.positions.insert(node.id, part.nodes.len());
            part.nodes.push(Checked {
                node: Arc::clone(node),
                findings,
            });
        }
        for finding in part.nodes.iter().flat_map(|it| it.findings.iter()) {
            part.counts.count(finding);
        }
        numbers
            .iter()
            .for_each(|finding| part.counts.count(finding));
        part.numbers = by_node(numbers);
        part
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

impl Checked {
    /// Whether what was found is found again: the node is the same, or another one only because of
    /// what stands in it.
    fn holds_for(&self, node: &Arc<Node>) -> bool {
        Arc::ptr_eq(&self.node, node) || self.node.same_values(node)
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

/// The plan without its nodes, without what the plan as a whole says, and without the findings that
/// are ignored: those hide findings, but never cause any.
fn heading(plan: &Plan) -> Plan {
    let Style {
        digits,
        percent,
        words,
        ignored: _,
    } = plan.style();
    let style = Style {
        digits: *digits,
        percent: *percent,
        words: words.clone(),
        ignored: Vec::new(),
    };
    Plan::empty(plan.about().clone(), Arc::clone(plan.form())).with_style(style)
}

fn has_owner(plan: &Plan, top: &Arc<Node>) -> bool {
    let mut nodes = top.with_below();
    nodes.any(|node| !node.is_repost() && !plan.owner(node).is_empty())
}

fn by_node(findings: Vec<Finding>) -> HashMap<Id, Vec<Finding>> {
    let mut map: HashMap<Id, Vec<Finding>> = HashMap::new();
    for finding in findings {
        if let Some(node) = finding.node {
            map.entry(node).or_default().push(finding);
        }
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{form::Slot, plan::Edit, storage::builtin};

    /// Where in memory the findings of each node are: checking again moves them.
    fn places(checks: &Checks) -> HashMap<Id, *const Finding> {
        let nodes = checks.parts.iter().flat_map(|part| &part.nodes);
        nodes
            .filter(|checked| !checked.findings.is_empty())
            .map(|checked| (checked.node.id, checked.findings.as_ptr()))
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
            id: Some(id),
            at: Slot::MEMO,
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
