//! What the checks find in the open plan, kept up to date with it, and putting findings right.
//! The rules are `plan/checks`; the list is `ui/checks`.

use crate::{
    export::pages::faces,
    plan::{
        Edit, Ignored, Plan, Style,
        checks::{Checks, Counts, Finding, Fixing, fix_all},
    },
};

use super::{
    Session,
    history::{Spot, Target},
    id::Revision,
    jobs::Kind,
    prompt::Prompt,
    reports::Report,
    words,
};

/// The findings, and for which state of the plan.
#[derive(Debug, Default)]
pub struct Checking {
    /// `None` until a plan was looked through for the first time.
    checks: Option<Checks>,
    checked: Option<Revision>,
    is_busy: bool,
}

impl Checking {
    pub fn checks(&self) -> Option<&Checks> {
        self.checks.as_ref()
    }

    /// The state of the plan that was looked through last: the plan may be a frame ahead.
    pub fn checked(&self) -> Option<Revision> {
        self.checked
    }

    pub fn counts(&self) -> Option<Counts> {
        self.checks.as_ref().map(Checks::counts)
    }

    /// The first look broke off; what is edited next is looked at all the same.
    pub(super) fn on_broken(&mut self) {
        self.is_busy = false;
    }
}

impl Session {
    /// What the checks find.
    pub fn checking(&self) -> &Checking {
        &self.checking
    }

    /// Brings the findings up to date. The first look is taken on another thread; after that only
    /// what has changed is looked at.
    pub(super) fn check(&mut self) {
        let state = self.revision();
        if self.checking.checked == Some(state) || self.checking.is_busy {
            return;
        }
        self.checking.checked = Some(state);
        if let Some(checks) = &mut self.checking.checks {
            return checks.update(self.document.plan());
        }
        self.checking.is_busy = true;
        let plan = self.document.plan().clone();
        self.start(self.begin(Kind::Check), move || {
            Report::Checked(look_through(&plan))
        });
    }

    /// Takes the first findings; what was edited meanwhile is looked at right after.
    pub(super) fn on_checked(&mut self, checks: Option<Box<Checks>>) {
        self.checking.is_busy = false;
        // Without its typeface the program shows nothing at all; there is nothing to say here.
        if let Some(checks) = checks {
            self.checking.checks = Some(*checks);
            self.checking.checked = None;
        }
    }

    /// What fixing these would do, before it is done.
    pub(super) fn ask_to_fix(&mut self, findings: &[Finding]) {
        if let Some(fixing) = fix_all(self.document.plan(), findings) {
            self.ask_on_request(Prompt::Fix(Box::new(fixing)));
        }
    }

    pub(super) fn fix_one(&mut self, finding: &Finding) {
        if let Some(fixing) = fix_all(self.document.plan(), [finding]) {
            self.fix(&fixing);
        }
    }

    /// Puts findings right, as one step.
    pub(super) fn fix(&mut self, fixing: &Fixing) {
        let target = Target {
            id: fixing.changes.first().and_then(|change| change.node),
            spot: Spot::Node,
        };
        let edit = fixing.edit.clone();
        let result = self.document.edit_as(edit, target, words::FIX);
        self.check_edit(result);
    }

    /// Leaves findings as they are, with the reason, as one step.
    pub(super) fn ignore(&mut self, findings: &[Finding], reason: &str) {
        let add = |style: &mut Style| {
            for ignored in findings.iter().map(|it| it.ignored(reason.trim())) {
                // The same words twice in a node are one entry.
                if !style.ignored.contains(&ignored) {
                    style.ignored.push(ignored);
                }
            }
        };
        self.restyle(add, words::IGNORE);
    }

    /// Lists a finding again that was left as it is.
    pub(super) fn unignore(&mut self, finding: &Finding) {
        let code = finding.rule.code();
        let is_it =
            |it: &Ignored| it.node == finding.node && it.code == code && it.quote == finding.quote;
        self.restyle(
            |style| style.ignored.retain(|it| !is_it(it)),
            words::UNIGNORE,
        );
    }

    pub(super) fn restyle(&mut self, change: impl FnOnce(&mut Style), label: &str) {
        let mut style = self.document.plan().style().clone();
        change(&mut style);
        self.edit_plan(Edit::Style(style), label);
    }
}

fn look_through(plan: &Plan) -> Option<Box<Checks>> {
    let mut checks = Checks::new(faces::char_set().ok()?);
    checks.update(plan);
    Some(Box::new(checks))
}
