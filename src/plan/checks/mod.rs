//! What a good reviewer would catch before a plan is printed.
//!
//! Each rule has a module that says what it looks for and what it leaves alone; `rule.rs` has their
//! codes. A rule that needs only one node looks at a text or at all that the node says; the two that
//! need others (`numbering`, `reposts`) are cheap. [`Checks`] keeps the findings of a plan up to date
//! after an edit, [`fix_all`] fixes what can be fixed.
//!
//! A finding says what is odd and never changes anything by itself. What she decided to leave is in
//! `Style::ignored`. A rule that looks at what a form need not have finds nothing where it has not.

mod brackets;
mod characters;
mod contradiction;
mod dates;
mod digits;
mod empty;
mod fix;
mod ignored;
mod length;
mod live;
mod measures;
mod numbering;
mod numerals;
mod percent;
mod reposts;
mod rule;
mod sums;
mod thousands;
mod unknown;
mod unsound;
mod words;
mod written;

use std::ops::Range;

use crate::form::Slot;

use super::{
    id::Id,
    model::{Node, Plan},
    style::Ignored,
    values::Values,
};

pub use characters::{CharSet, is_selector};
pub use fix::{Change, Fixing, fix_all};
pub use live::{Checks, Counts};
pub use rule::{Rule, Severity};
use written::Written;

/// Something odd in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    pub rule: Rule,
    /// The node that it is about; `None` for the plan as a whole.
    pub node: Option<Id>,
    pub place: Place,
    /// The words that were found, verbatim; empty if it is not about words.
    pub quote: String,
    /// One sentence for the reader.
    pub explanation: String,
    pub fix: Option<Fix>,
}

/// Where in a node, or in what the plan as a whole says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// Bytes of one of its texts; an empty range is the whole of it.
    Text {
        at: Slot,
        range: Range<usize>,
    },
    Number,
    Repost,
    /// In the plan's form.
    Form,
}

/// What would fix it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fix {
    /// Other words in place of those that were found.
    Replace(String),
    /// Another source for a repost.
    Repost(Id),
}

/// Everything that findings depend on besides the node itself.
#[derive(Debug, Clone, PartialEq)]
struct Context {
    /// The plan without its nodes and without what it leaves: its form, its review, its rules of
    /// writing. No rule can look at other nodes through it.
    plan: Plan,
    owners_in_use: bool,
    font: CharSet,
}

/// All findings of a plan in the order of the document, without those that are ignored. `font`
/// holds the characters that can be printed.
pub fn check(plan: &Plan, font: &CharSet) -> Vec<Finding> {
    let mut checks = Checks::new(font.clone());
    checks.update(plan);
    checks.findings().cloned().collect()
}

impl Finding {
    fn new(rule: Rule, node: Option<Id>, place: Place, explanation: String) -> Self {
        Self {
            rule,
            node,
            place,
            quote: String::new(),
            explanation,
            fix: None,
        }
    }

    /// About a text as a whole, with the words that it is about.
    fn of_whole(rule: Rule, node: Option<Id>, at: Slot, quote: &str, explanation: String) -> Self {
        let place = Place::Text { at, range: 0..0 };
        Self {
            quote: quote.to_owned(),
            ..Self::new(rule, node, place, explanation)
        }
    }

    /// What to add to `Style::ignored` so that it is not shown any more.
    pub fn ignored(&self, reason: &str) -> Ignored {
        Ignored {
            node: self.node,
            code: self.rule.code().to_owned(),
            quote: self.quote.clone(),
            reason: reason.to_owned(),
        }
    }

    /// Where its words are, counted in characters as editors count them; `None` if it is not about
    /// words.
    pub fn characters(&self, plan: &Plan) -> Option<Range<usize>> {
        let Place::Text { at, range } = &self.place else {
            return None;
        };
        if range.is_empty() {
            return None;
        }
        let text = plan.text(self.node, *at);
        let start = text.get(..range.start)?.chars().count();
        let length = text.get(range.clone())?.chars().count();
        Some(start..start + length)
    }
}

/// A text that is being checked, and where its findings go.
struct Text<'a> {
    node: Option<Id>,
    at: Slot,
    text: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl Text<'_> {
    fn find(&mut self, rule: Rule, range: Range<usize>, explanation: String, fix: Option<Fix>) {
        let quote = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let at = self.at;
        self.findings.push(Finding {
            rule,
            node: self.node,
            place: Place::Text { at, range },
            quote,
            explanation,
            fix,
        });
    }

    /// The rules for any text.
    fn check(&mut self, context: &Context) {
        if self.text.is_empty() {
            return;
        }
        let first = self.findings.len();
        let style = context.plan.style();
        let numerals = numerals::numerals(self.text);
        digits::check(self, &numerals, style.digits);
        thousands::check(self, &numerals);
        percent::check(self, style.percent);
        brackets::check(self);
        words::check(self, &style.words);
        characters::check(self, &context.font);
        length::check(self);
        // In the order in which they are read.
        if let Some(found) = self.findings.get_mut(first..) {
            found.sort_by_key(|finding| match &finding.place {
                Place::Text { range, .. } => range.start,
                _ => 0,
            });
        }
    }
}

/// The findings about a node that depend on no other node.
fn check_node(node: &Node, context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    let id = Some(node.id);
    check_text(id, Slot::TITLE, &node.title, context, &mut findings);
    // Nothing else in a repost is shown.
    if node.is_repost() {
        return findings;
    }
    let level = context.plan.level(node);
    if level.has_owner() {
        check_text(id, Slot::OWNER, &node.owner, context, &mut findings);
    }
    let written = written::of_node(node, &context.plan);
    check_written(id, &written, context, &mut findings);
    empty::check(node, context, &mut findings);
    contradiction::check(node, context, &mut findings);
    check_together(id, &written, context, &mut findings);
    reposts::check_words(id, level, &written, &mut findings);
    measures::check(node, &context.plan, &mut findings);
    unknown::check(id, &level.fields, &node.values, context, &mut findings);
    unknown::check_marks(node, level, &mut findings);
    findings
}

/// The findings about what the plan as a whole says.
fn check_plan_wide(values: &Values, context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    let fields = context.plan.form().fields(None);
    let written = written::of_plan(values, &context.plan);
    check_written(None, &written, context, &mut findings);
    empty::check_plan_wide(values, context, &mut findings);
    check_together(None, &written, context, &mut findings);
    unknown::check(None, fields, values, context, &mut findings);
    unsound::check(context.plan.form(), &mut findings);
    findings
}

/// The findings about each of some texts.
fn check_written(
    node: Option<Id>,
    written: &[Written<'_>],
    context: &Context,
    findings: &mut Vec<Finding>,
) {
    for it in written {
        check_text(node, it.at, it.text, context, findings);
    }
}

/// The findings about texts of one node that do not fit together.
fn check_together(
    node: Option<Id>,
    written: &[Written<'_>],
    context: &Context,
    findings: &mut Vec<Finding>,
) {
    dates::check(node, written, context.plan.about(), findings);
    sums::check(node, written, findings);
}

/// The findings about one text.
fn check_text(
    node: Option<Id>,
    at: Slot,
    text: &str,
    context: &Context,
    findings: &mut Vec<Finding>,
) {
    Text {
        node,
        at,
        text,
        findings,
    }
    .check(context);
}
