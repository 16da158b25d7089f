//! Which form a plan has: beginning a plan of one, changing it, and giving the plan another one.
//! What becomes of what the plan says is `plan/refit`; what is said of a form is in `form_words.rs`.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use crate::{
    form::{Form, Key},
    plan::{
        About, Edit, Id, Plan,
        refit::{Mapping, Part, Use, Uses, asks_the_same, refit},
    },
    storage::forms,
};

use super::{
    Session,
    document::Document,
    form_words,
    jobs::{Job, Kind},
    prompt::{Pending, Prompt},
    reports::Report,
    words,
};

/// What a form is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormFor {
    NewPlan,
    /// The plan that is open, in place of the form that it has.
    ThisPlan,
}

/// A changed form in which something that the plan says has no place any more.
#[derive(Debug, Clone)]
pub struct Losing {
    pub form: Arc<Form>,
    pub lost: Vec<(Part, Use)>,
}

/// Another form for the plan, and what goes where in it, as it is proposed.
#[derive(Debug, Clone)]
pub struct Refitting {
    pub form: Arc<Form>,
    pub uses: Uses,
    pub mapping: Mapping,
}

/// A plan of this form in which there is nothing yet.
pub fn empty_plan(form: Arc<Form>, about: About) -> Plan {
    let about = About {
        review: form.first_review(),
        as_of: None,
        ..about
    };
    Plan::empty(about, form)
}

impl Session {
    /// Takes the form that was chosen.
    pub(super) fn take_form(&mut self, of: FormFor, form: Arc<Form>) {
        match of {
            FormFor::NewPlan => self.settle(Pending::New(form)),
            FormFor::ThisPlan => self.ask_to_change_form(form),
        }
    }

    /// Reads a form's file.
    pub(super) fn read_form(&mut self, of: FormFor, path: PathBuf) {
        let begin = self.begin(Kind::Form).saying(words::opening(&path));
        self.start(begin, move || {
            let form = forms::open(&path).map_err(|error| error.to_string());
            Report::Form(of, form.map(Arc::new))
        });
    }

    pub(super) fn on_form_read(&mut self, job: &Job, of: FormFor, form: Result<Arc<Form>, String>) {
        if of == FormFor::ThisPlan && job.begin.of != self.document_id {
            return self.say(words::OTHER_PLAN);
        }
        match form {
            Ok(form) => self.ask(Prompt::ChooseForm(of, Some(form))),
            Err(message) => self.fail(message),
        }
    }

    /// Shows a plan in which there is nothing. Where and for when is most likely the same as in the
    /// open one.
    pub(super) fn show_new(&mut self, form: Arc<Form>) {
        if self.refuse_unsound(&form) {
            return;
        }
        let about = self.document.plan().about().clone();
        self.show(Document::new(empty_plan(form, about)));
    }

    /// Changes the form as [`Self::set_form`] does, in place of the step before where that was typed in
    /// the same field.
    pub(super) fn type_form(&mut self, form: Arc<Form>, field: u64) {
        if self.form_typed == Some((field, self.document.work())) {
            let undone = self.document.undo().map(|_| ());
            self.check_edit(undone);
        }
        self.set_form(form);
        self.form_typed = Some((field, self.document.work()));
    }

    /// Takes over what she has changed about the form. Where something that is said has no place any
    /// more, she is asked first.
    pub(super) fn set_form(&mut self, form: Arc<Form>) {
        if !self.end_typing() || self.refuse(&form) {
            return;
        }
        let plan = self.document.plan();
        if **plan.form() == *form {
            return;
        }
        if asks_the_same(plan.form(), &form) {
            // Nothing that a large plan says need be looked at.
            let label = form_words::changed(plan.form(), &form);
            self.edit_plan(Edit::Form(form), &label);
            return;
        }
        if let Some(sentence) = form_words::misplaced(plan, &form) {
            return self.fail(sentence);
        }
        let uses = Uses::of(plan);
        let mapping = Mapping::by_keys(&uses, &form);
        let lost = mapping.homeless(&uses, &form);
        // What had no place before has lost none.
        let lost = lost.filter(|(part, _)| plan.form().has_part(part));
        let lost: Vec<_> = lost
            .map(|(part, its)| (part.clone(), its.clone()))
            .collect();
        let losing = Losing { form, lost };
        if losing.lost.is_empty() {
            self.take_away(&losing);
        } else {
            self.ask_on_request(Prompt::LoseParts(Box::new(losing)));
        }
    }

    /// Takes a changed form over. Nodes of a level that it does not have any more go with it; what
    /// else has no place stays in the plan, out of sight.
    pub(super) fn take_away(&mut self, losing: &Losing) {
        let plan = self.document.plan();
        let gone = losing.lost.iter().filter_map(|(part, _)| match part {
            Part::Level(key) => Some(*key),
            _ => None,
        });
        let gone: BTreeSet<Key> = gone.collect();
        let mut edits: Vec<Edit> = uppermost(plan, &gone)
            .map(|id| Edit::Remove { id })
            .collect();
        let mut without = plan.clone();
        if let Err(error) = without.apply(&Edit::Group(edits.clone())) {
            return self.fail(words::edit_failed(&error));
        }
        let mapping = Mapping::by_keys(&Uses::of(&without), &losing.form);
        let label = form_words::changed(plan.form(), &losing.form);
        edits.push(refit(&without, &losing.form, &mapping));
        self.edit_plan(one_or_group(edits), &label);
    }

    /// Asks what becomes of each part of the plan in another form.
    pub(super) fn ask_to_change_form(&mut self, form: Arc<Form>) {
        if !self.end_typing() || self.refuse(&form) {
            return;
        }
        let plan = self.document.plan();
        if **plan.form() == *form {
            return self.say(words::SAME_FORM);
        }
        let uses = Uses::of(plan);
        let mapping = Mapping::proposed(&uses, plan.form(), &form);
        self.ask_on_request(Prompt::ChangeForm(Box::new(Refitting {
            form,
            uses,
            mapping,
        })));
    }

    /// Gives the plan another form, as one step.
    pub(super) fn change_form(&mut self, form: &Form, mapping: &Mapping) {
        let edit = refit(self.document.plan(), form, mapping);
        if self.edit_plan(edit, &form_words::other(form)) {
            let uses = Uses::of(self.document.plan());
            let here = self.form();
            let kept = uses.iter().filter(|(part, _)| !here.has_part(part)).count();
            self.say(form_words::form_changed(form, kept));
        }
    }

    /// Says why the plan cannot have this form. Whether it cannot.
    fn refuse(&mut self, form: &Form) -> bool {
        // What comes back of it is put into the plan that it was cut out of, which has the form.
        let is_extract = self.document.plan().round().extract.is_some();
        if is_extract {
            self.fail(words::FORM_OF_OFFICE);
        }
        // A form that is unsound already is repaired one step at a time.
        let faults = |form: &Form| form.faults().len();
        let before = faults(self.document.plan().form());
        let is_repair = before > 0 && faults(form) <= before;
        is_extract || (!is_repair && self.refuse_unsound(form))
    }

    /// Says what is wrong with a form that contradicts itself. Whether it does.
    fn refuse_unsound(&mut self, form: &Form) -> bool {
        let faults = form.faults();
        if !faults.is_empty() {
            self.fail(form_words::unsound(&faults));
        }
        !faults.is_empty()
    }
}

/// The nodes of these levels that are in none of the others.
fn uppermost<'a>(plan: &'a Plan, levels: &'a BTreeSet<Key>) -> impl Iterator<Item = Id> {
    let gone = plan
        .nodes()
        .filter(|entry| levels.contains(&entry.node.level));
    let uppermost = gone.filter(|entry| !entry.above.iter().any(|it| levels.contains(&it.level)));
    uppermost.map(|entry| entry.node.id)
}

fn one_or_group(mut edits: Vec<Edit>) -> Edit {
    match edits.pop() {
        Some(only) if edits.is_empty() => only,
        last => Edit::Group(edits.into_iter().chain(last).collect()),
    }
}
