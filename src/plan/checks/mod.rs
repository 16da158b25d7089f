//! What a good reviewer would catch before a plan is printed.
//!
//! Each rule has a module that says what it looks for and what it leaves alone; `rule.rs` has their
//! codes. A rule that needs only one node looks at a text or an initiative; the two that need
//! others (`numbering`, `reposts`) are cheap. [`Checks`] keeps the findings of a plan up to date
//! after an edit, [`fix_all`] fixes what can be fixed.
//!
//! A finding says what is odd and never changes anything by itself. What she decided to leave is in
//! `Style::ignored`.

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
mod numbering;
mod numerals;
mod outlook;
mod percent;
mod reposts;
mod rule;
mod sums;
mod thousands;
mod words;

use std::ops::Range;

use super::{
    about::About,
    id::Id,
    model::{Initiative, Node, Plan},
    style::{Ignored, Style},
    text_field::TextField,
};

pub use characters::CharSet;
pub use fix::{Change, Fixing, fix_all};
pub use live::{Checks, Counts};
pub use rule::{Rule, Severity};

/// Something odd in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    /// The issue, strategy or initiative.
    pub node: Id,
    pub place: Place,
    /// The words that were found, verbatim; empty if it is not about words.
    pub quote: String,
    /// One sentence for the reader.
    pub explanation: String,
    pub fix: Option<Fix>,
}

/// Where in a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Bytes of one of its texts; an empty range is the whole of it.
    Text {
        field: TextField,
        range: Range<usize>,
    },
    Number,
    Status,
    Repost,
}

/// What would fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Other words in place of those that were found.
    Replace(String),
    /// Another source for a repost.
    Repost(Id),
}

/// Everything that findings depend on besides the node itself.
#[derive(Debug, Clone, PartialEq)]
struct Context {
    about: About,
    /// Without its ignored findings: those hide findings, but never cause any.
    style: Style,
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
    fn new(rule: Rule, node: Id, place: Place, explanation: &str) -> Self {
        Self {
            rule,
            node,
            place,
            quote: String::new(),
            explanation: explanation.to_owned(),
            fix: None,
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
        let Place::Text { field, range } = &self.place else {
            return None;
        };
        if range.is_empty() {
            return None;
        }
        let text = text_of(plan, self.node, *field)?;
        let start = text.get(..range.start)?.chars().count();
        let length = text.get(range.clone())?.chars().count();
        Some(start..start + length)
    }
}

/// A text that is being checked, and where its findings go.
struct Text<'a> {
    node: Id,
    field: TextField,
    text: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl Text<'_> {
    fn find(&mut self, rule: Rule, range: Range<usize>, explanation: String, fix: Option<Fix>) {
        let quote = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let field = self.field;
        self.findings.push(Finding {
            rule,
            node: self.node,
            place: Place::Text { field, range },
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
        let style = &context.style;
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

/// The findings about an initiative that depend on no other node.
fn check_initiative(initiative: &Initiative, context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    check_text(
        initiative.id,
        TextField::Title,
        &initiative.title,
        context,
        &mut findings,
    );
    // Nothing else in a repost is shown.
    if initiative.repost_of.is_some() {
        return findings;
    }
    for field in [
        TextField::Owner,
        TextField::Results,
        TextField::Target,
        TextField::Notes,
    ] {
        check_text(
            initiative.id,
            field,
            initiative.text(field),
            context,
            &mut findings,
        );
    }
    empty::check(initiative, context.owners_in_use, &mut findings);
    contradiction::check(initiative, &mut findings);
    dates::check(initiative, &context.about, &mut findings);
    sums::check(initiative, &mut findings);
    reposts::check_words(initiative, &mut findings);
    outlook::check(initiative, context.about.review, &mut findings);
    findings
}

/// A text of a node; issues and strategies have only a title.
fn text_of(plan: &Plan, id: Id, field: TextField) -> Option<&str> {
    match plan.node(id)? {
        Node::Initiative(initiative) => Some(initiative.text(field)),
        node if field == TextField::Title => Some(node.title()),
        Node::Issue(_) | Node::Strategy(_) => None,
    }
}

/// The findings about one text of a node.
fn check_text(
    node: Id,
    field: TextField,
    text: &str,
    context: &Context,
    findings: &mut Vec<Finding>,
) {
    Text {
        node,
        field,
        text,
        findings,
    }
    .check(context);
}
