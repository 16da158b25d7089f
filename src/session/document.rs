//! The open plan: the only place where it changes. Holds its file, its history, and the text
//! that is being typed. What happens to the file is in `saving.rs`, keeping in `keeping.rs`.

use std::{
    borrow::Cow,
    collections::HashSet,
    ops::Range,
    path::{Path, PathBuf},
};

use crate::{
    form::{Slot, with_lf},
    plan::{Edit, EditError, Id, Plan},
    storage::Fingerprint,
};

use super::{
    history::{History, Stamp, Step, Target},
    words,
};

/// A text that is being typed and is not in the plan yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The node; `None` for the plan as a whole.
    pub id: Option<Id>,
    pub at: Slot,
    pub text: String,
    /// The part that an IME shows and that is not decided yet, in characters.
    pub composed: Option<Range<usize>>,
}

impl Draft {
    /// What is typed for good: without what an IME still composes.
    fn decided(&self, plan: &Plan) -> String {
        let text: Cow<'_, str> = match &self.composed {
            None => Cow::Borrowed(&self.text),
            Some(composed) => {
                let characters = self.text.chars().enumerate();
                let decided = characters.filter(|(n, _)| !composed.contains(n));
                Cow::Owned(decided.map(|(_, character)| character).collect())
            }
        };
        as_kept(plan, (self.id, self.at), text.into_owned())
    }

    fn edit(&self, plan: &Plan) -> Edit {
        Edit::Text {
            id: self.id,
            at: self.at,
            text: self.decided(plan),
        }
    }
}

/// A text as it is kept at this place of a plan. What Windows puts on the clipboard ends its lines
/// with CR LF; in the plan it is LF, and names and amounts are one line.
pub(super) fn as_kept(plan: &Plan, (id, at): (Option<Id>, Slot), text: String) -> String {
    let text = with_lf(text);
    let field = plan.field_of(id, at);
    let is_line =
        matches!(at, Slot::TITLE | Slot::OWNER) || field.is_some_and(|field| !field.is_written());
    if is_line {
        text.replace('\n', " ")
    } else {
        text
    }
}

/// Identity of all that is typed and done: two moments with the same one hold the same plan and the
/// same draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    stamp: Stamp,
    /// Grows with every character that is decided.
    typed: u64,
}

/// The file a plan was opened from or saved to.
#[derive(Debug, Clone)]
pub struct Home {
    pub path: PathBuf,
    pub fingerprint: Fingerprint,
    /// Wall clock of the last save in this run, as `14:32`.
    pub saved_at: Option<String>,
}

/// An open plan.
#[derive(Debug)]
pub struct Document {
    plan: Plan,
    home: Option<Home>,
    history: History,
    saved: Stamp,
    /// The plan as it was opened or saved last; a snapshot costs nothing.
    saved_plan: Plan,
    /// The plan as it was opened.
    opened_plan: Plan,
    draft: Option<Draft>,
    typed: u64,
    changes: u64,
    saves: u64,
}

impl Document {
    /// A plan that has no file yet.
    pub fn new(plan: Plan) -> Self {
        let history = History::default();
        Self {
            saved_plan: plan.clone(),
            opened_plan: plan.clone(),
            plan,
            home: None,
            saved: history.stamp(),
            history,
            draft: None,
            typed: 0,
            changes: 0,
            saves: 0,
        }
    }

    /// A plan that was read from a file.
    pub fn from_file(plan: Plan, path: PathBuf, fingerprint: Fingerprint) -> Self {
        Self {
            home: Some(Home {
                path,
                fingerprint,
                saved_at: None,
            }),
            ..Self::new(plan)
        }
    }

    /// A plan with unsaved work that was found after a crash, on top of what is in its file.
    /// Without steps that lead there, taking over the work is one step.
    ///
    /// # Errors
    /// When the work is no plan, which none that was read is.
    pub fn recovered(mut self, plan: Plan, steps: Vec<Step>) -> Result<Self, EditError> {
        let mut before = plan.clone();
        let leads_there = steps
            .iter()
            .rev()
            .all(|step| before.apply(&step.undo).is_ok())
            && before == self.plan;
        if leads_there {
            self.history = History::of(steps);
            self.saved = self.history.origin();
            self.plan = plan;
            self.changes += 1;
        } else {
            self.replace(&plan, words::RECOVERY)?;
        }
        Ok(self)
    }

    /// Makes the plan another version of itself, as one step.
    ///
    /// # Errors
    /// When the other one is no plan, which none that was read or merged is.
    pub fn replace(&mut self, plan: &Plan, label: &str) -> Result<(), EditError> {
        self.end_typing()?;
        if *plan == self.plan {
            return Ok(());
        }
        self.edit_as(Edit::whole(plan), Target::PLAN, label)
    }

    /// Notes that the file now holds what somebody else has saved, and that it is in the plan.
    pub fn taken_in(&mut self, theirs: Plan, fingerprint: Fingerprint) {
        if let Some(home) = &mut self.home {
            home.fingerprint = fingerprint;
        }
        if theirs == self.plan {
            self.saved = self.history.stamp();
        }
        self.saved_plan = theirs;
        self.saves += 1;
    }

    /// The plan as it is in the file, so far as is known.
    pub fn saved_plan(&self) -> &Plan {
        &self.saved_plan
    }

    /// The plan as it was opened.
    pub fn opened_plan(&self) -> &Plan {
        &self.opened_plan
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    pub fn home(&self) -> Option<&Home> {
        self.home.as_ref()
    }

    pub fn path(&self) -> Option<&Path> {
        self.home.as_ref().map(|home| home.path.as_path())
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// Grows with every change of the plan.
    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    /// Grows with every change of what is known to be in the file.
    pub(super) fn saves(&self) -> u64 {
        self.saves
    }

    /// Which state of all that is typed and done this is.
    pub(super) fn work(&self) -> Work {
        Work {
            stamp: self.history.stamp(),
            typed: self.typed,
        }
    }

    /// Whether there is anything that saving would write.
    pub fn is_unsaved(&self) -> bool {
        self.history.stamp() != self.saved || self.has_open_draft()
    }

    /// Whether a save that began with this stamp holds all there is.
    pub(super) fn is_all_in(&self, stamp: Stamp) -> bool {
        self.history.stamp() == stamp && !self.has_open_draft()
    }

    fn has_open_draft(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| self.differs(draft))
    }

    /// Whether a draft says something else than the plan.
    fn differs(&self, draft: &Draft) -> bool {
        let has_it = draft.id.is_none_or(|id| self.plan.contains(id));
        !has_it || self.plan.text(draft.id, draft.at) != draft.decided(&self.plan)
    }

    /// The plan with what is being typed in it, and the last steps that lead there, the oldest
    /// first, not more than `most`: what a crash must not take.
    pub(super) fn to_keep(&self, most: usize) -> (Plan, Vec<Step>) {
        let mut plan = self.plan.clone();
        let mut steps = self.history.last_steps(most).to_vec();
        if let Some(draft) = self.draft.as_ref().filter(|_| self.has_open_draft()) {
            let edit = draft.edit(&plan);
            let label = words::edit_label(&plan, &edit).unwrap_or_default();
            let target = Target::of(&edit);
            if let Ok(undo) = plan.apply(&edit) {
                let step = Step::new(label, edit, undo, target);
                self.history.extend(&mut steps, step);
            }
        }
        (plan, steps)
    }

    /// What is being typed in this field, if it is this one.
    pub fn draft_of(&self, id: Option<Id>, at: Slot) -> Option<&str> {
        self.draft
            .as_ref()
            .filter(|draft| (draft.id, draft.at) == (id, at))
            .map(|draft| draft.text.as_str())
    }

    pub fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
    }

    /// The edit that would put what is being typed in the plan.
    pub(super) fn draft_edit(&self) -> Option<Edit> {
        let draft = self.draft.as_ref();
        draft.map(|draft| draft.edit(&self.plan))
    }

    /// Takes what a field holds while it is typed in. It is in the plan only after
    /// [`Self::commit_draft`].
    ///
    /// # Errors
    /// When the text that was typed elsewhere before could not be put in the plan.
    pub fn type_text(&mut self, draft: Draft) -> Result<(), EditError> {
        let elsewhere = self
            .draft
            .as_ref()
            .is_some_and(|old| (old.id, old.at) != (draft.id, draft.at));
        if elsewhere {
            self.end_typing()?;
        }
        let before = self.draft.as_ref().map(|before| before.decided(&self.plan));
        if before.is_none_or(|before| before != draft.decided(&self.plan)) {
            self.typed += 1;
        }
        self.draft = Some(draft);
        Ok(())
    }

    /// Puts what was typed in the plan; typing may go on as the same step of undo. What an IME
    /// composes stays in the draft until it is decided.
    ///
    /// # Errors
    /// When the field is gone from the plan.
    pub fn commit_draft(&mut self) -> Result<(), EditError> {
        let Some(draft) = self.draft.take() else {
            return Ok(());
        };
        let (edit, is_new) = (draft.edit(&self.plan), self.differs(&draft));
        if draft.composed.is_some() && draft.id.is_none_or(|id| self.plan.contains(id)) {
            self.draft = Some(draft);
        }
        if is_new {
            let target = Target::of(&edit);
            self.apply(edit, target)?;
        }
        Ok(())
    }

    /// Puts what was typed in the plan and ends the step of undo.
    ///
    /// # Errors
    /// When the field is gone from the plan.
    pub fn end_typing(&mut self) -> Result<(), EditError> {
        let result = self.commit_draft();
        self.history.seal();
        result
    }

    /// Applies an edit as a step that can be undone.
    ///
    /// # Errors
    /// When it does not fit the plan, which is then as it was.
    pub fn edit(&mut self, edit: Edit, target: Target) -> Result<(), EditError> {
        self.end_typing()?;
        self.apply(edit, target)
    }

    /// Applies an edit as a step with a label of its own.
    ///
    /// # Errors
    /// When it does not fit the plan, which is then as it was.
    pub fn edit_as(&mut self, edit: Edit, target: Target, label: &str) -> Result<(), EditError> {
        self.end_typing()?;
        let inverse = self.plan.apply(&edit)?;
        self.history.record(edit, inverse, label.to_owned(), target);
        self.history.seal();
        self.changes += 1;
        Ok(())
    }

    fn apply(&mut self, edit: Edit, target: Target) -> Result<(), EditError> {
        // A removed node has its number before the edit, an added one after it.
        let before = words::edit_label(&self.plan, &edit);
        let inverse = self.plan.apply(&edit)?;
        let label = before.or_else(|| words::edit_label(&self.plan, &edit));
        let label = label.unwrap_or_else(|| words::SOME_EDIT.to_owned());
        self.history.record(edit, inverse, label, target);
        self.changes += 1;
        Ok(())
    }

    /// Takes the last step back and returns it.
    ///
    /// # Errors
    /// When the inverse does not fit the plan; nothing known leads there.
    pub fn undo(&mut self) -> Result<Option<Step>, EditError> {
        self.end_typing()?;
        let step = self.history.undo();
        self.go(step, |step| &step.undo)
    }

    /// Does the step undone last again and returns it.
    ///
    /// # Errors
    /// When the edit does not fit the plan; nothing known leads there.
    pub fn redo(&mut self) -> Result<Option<Step>, EditError> {
        self.end_typing()?;
        let step = self.history.redo();
        self.go(step, |step| &step.redo)
    }

    fn go(
        &mut self,
        step: Option<Step>,
        edit: impl Fn(&Step) -> &Edit,
    ) -> Result<Option<Step>, EditError> {
        let Some(step) = step else {
            return Ok(None);
        };
        self.plan.apply(edit(&step))?;
        self.changes += 1;
        Ok(Some(step))
    }

    /// The stamp of what a save that starts now will write. Ends the step of undo, so that
    /// undoing can come back to just this.
    ///
    /// # Errors
    /// When what was being typed could not be put in the plan.
    pub fn begin_save(&mut self) -> Result<Stamp, EditError> {
        self.end_typing()?;
        Ok(self.history.stamp())
    }

    /// The nodes that are new or other than in the plan that was opened or saved last.
    pub fn changed_since_saved(&self) -> HashSet<Id> {
        self.plan.changed_since(&self.saved_plan)
    }

    /// Notes that the plan of that stamp is safe in this file.
    pub fn saved(&mut self, stamp: Stamp, plan: Plan, home: Home) {
        self.saved = stamp;
        self.saved_plan = plan;
        self.saves += 1;
        self.home = Some(home);
    }
}
