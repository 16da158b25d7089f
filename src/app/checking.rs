//! What the checks find in the open plan, kept up to date with it, and putting findings right.
//! The rules are `plan/checks`; the list is `ui/checks`.

use crate::{
    export::pages::faces,
    plan::{
        Edit, Ignored, Plan, Style,
        checks::{Checks, Counts, Finding, Fixing, fix_all},
    },
    ui::{Tab, view::Jump, words},
};

use super::{
    App,
    dialog::Dialog,
    history::{Spot, Target},
    jobs::Report,
    notice::Notice,
};

/// The findings, and for which state of the plan.
#[derive(Debug, Default)]
pub struct Checking {
    /// `None` until the plan was looked through for the first time.
    checks: Option<Checks>,
    checked: Option<(u64, u64)>,
    is_busy: bool,
    /// The finding that was gone to last, among all of them.
    at: Option<usize>,
}

impl Checking {
    pub fn checks(&self) -> Option<&Checks> {
        self.checks.as_ref()
    }

    /// Another plan is on the screen. What was found of the one before tells nothing of it.
    pub(super) fn begin_anew(&mut self) {
        self.at = None;
    }

    pub fn counts(&self) -> Option<Counts> {
        self.checks.as_ref().map(Checks::counts)
    }
}

impl App {
    /// Brings the findings up to date. The first look is taken off the UI thread; after that only
    /// what has changed is looked at.
    pub(super) fn check(&mut self, ctx: &egui::Context) {
        let state = (self.view.generation, self.document.revision());
        if self.checking.checked == Some(state) || self.checking.is_busy {
            return;
        }
        if let Some(checks) = &mut self.checking.checks {
            checks.update(self.document.plan());
            self.checking.checked = Some(state);
            return;
        }
        self.checking.is_busy = true;
        let plan = self.document.plan().clone();
        self.jobs
            .start(ctx, move || Report::Checked(look_through(&plan)));
    }

    /// Takes the first findings; what was edited meanwhile is looked at with the next frame.
    pub(super) fn was_checked(&mut self, checks: Option<Box<Checks>>) {
        self.checking.is_busy = false;
        match checks {
            Some(checks) => self.checking.checks = Some(*checks),
            // Without its typeface the program shows nothing at all; there is nothing to say here.
            None => self.checking.checked = Some((self.view.generation, self.document.revision())),
        }
    }

    /// Opens the node of a finding with its very words selected.
    pub(super) fn show_finding(&mut self, finding: &Finding) {
        self.select(finding.node);
        self.view.tab = Tab::Editor;
        self.view.jump = Jump::to(finding, self.document.plan());
    }

    /// The next finding (`1`) or the one before (`-1`).
    pub(super) fn step_finding(&mut self, by: isize) {
        let Some(checks) = &self.checking.checks else {
            return;
        };
        let findings: Vec<&Finding> = checks.findings().collect();
        let next = match (self.checking.at, by) {
            (None, 1..) => Some(0),
            (None, _) => findings.len().checked_sub(1),
            (Some(at), by) => at.checked_add_signed(by),
        };
        let found = next
            .and_then(|next| findings.get(next))
            .map(|it| (*it).clone());
        let count = findings.len();
        if let (Some(finding), Some(at)) = (found, next) {
            self.checking.at = next;
            self.show_finding(&finding);
            let text = words::at_finding(at + 1, count, &finding.explanation);
            self.notice = Some(Notice::done(text));
        }
    }

    /// What fixing these would do, before it is done.
    pub(super) fn ask_to_fix(&mut self, findings: &[Finding]) {
        if let Some(fixing) = fix_all(self.document.plan(), findings) {
            self.dialog = Some(Dialog::Fix(Box::new(fixing)));
        }
    }

    /// Puts findings right, as one step.
    pub(super) fn fix(&mut self, fixing: &Fixing) {
        let first = fixing.changes.first().map(|change| change.node);
        let result = self.document.end_typing().and_then(|()| {
            let target = Target {
                id: first,
                spot: Spot::Node,
            };
            self.document
                .edit_as(fixing.edit.clone(), target, words::FIX)
        });
        if let Err(error) = result {
            self.fail(words::edit_failed(&error));
        }
        self.checking.at = None;
    }

    /// Leaves a finding as it is, with the reason.
    pub(super) fn ignore(&mut self, finding: &Finding, reason: &str) {
        let ignored = finding.ignored(reason.trim());
        self.restyle(|style| style.ignored.push(ignored), words::IGNORE);
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
        if let Err(error) = self
            .document
            .edit_as(Edit::Style(style), Target::PLAN, label)
        {
            self.fail(words::edit_failed(&error));
        }
    }
}

fn look_through(plan: &Plan) -> Option<Box<Checks>> {
    let mut checks = Checks::new(faces::char_set().ok()?);
    checks.update(plan);
    Some(Box::new(checks))
}
