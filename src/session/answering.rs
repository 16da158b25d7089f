//! What an answer to a prompt does.

use std::{path::PathBuf, sync::Arc};

use crate::{
    import::table::Table,
    plan::{Edit, Id, Measure},
};

use super::{
    Session,
    action::Answer,
    files::Purpose,
    history::{Spot, Target},
    merging::After,
    prompt::{Pending, Prompt, PromptId},
    structure, words,
};

impl Session {
    /// Takes an answer; one to a prompt that is gone does nothing.
    pub(super) fn answer(&mut self, to: PromptId, answer: Answer) {
        let Some(prompt) = self.prompts.close(to) else {
            return;
        };
        match (prompt, answer) {
            (Prompt::Unsaved(pending), Answer::Save) => self.save_then(pending),
            (Prompt::Unsaved(pending), Answer::Discard) => self.discard_then(pending),
            (Prompt::StillSaving(pending), Answer::Wait) => self.settle(pending),
            (Prompt::StillSaving(pending), Answer::ChooseFile) => self.save_elsewhere_then(pending),
            (Prompt::StillSaving(pending), Answer::Discard) => self.leave_behind(pending),
            (Prompt::StillBusy(pending), Answer::Wait) => self.after_jobs = Some(pending),
            (Prompt::StillBusy(pending), Answer::Discard) => self.stop_jobs_then(pending),
            (Prompt::NotSaved(_) | Prompt::ChangedOnDisk(_), Answer::ChooseFile) => {
                self.ask_for_file(Purpose::SavePlan);
            }
            (Prompt::ChangedOnDisk(_), Answer::TakeIn) => self.take_in(After::Save),
            (Prompt::ChangedOnDisk(path), Answer::Overwrite) => self.write(path, None),
            (Prompt::Replace(purpose, path), Answer::Confirm) => self.use_path(purpose, path),
            (Prompt::Path(purpose, _), Answer::Path(text)) => self.use_typed_path(purpose, &text),
            (Prompt::NotOpened(..), Answer::OpenVersion(version)) => self.open_version(version),
            (Prompt::IsWorkbook(path), Answer::Collect) => self.collect(vec![path]),
            (Prompt::IsWorkbook(path), Answer::TakeTable) => self.read_table(path),
            (Prompt::Clashes, Answer::Decide(choices)) => self.decide(choices),
            (Prompt::Clashes, _) => self.give_up_merge(),
            (Prompt::Recovery, Answer::Confirm) => self.recover(),
            (Prompt::Recovery, Answer::Discard) => self.discard_leftover(),
            (Prompt::Recovery, _) => self.put_off_leftovers(),
            (Prompt::Remove(id), Answer::Confirm) => self.remove(id),
            (Prompt::Renumber(id), Answer::Confirm) => {
                self.renumber(id, structure::renumbering(self.document.plan(), id));
            }
            (Prompt::Renumber(id), Answer::ConfirmBranch) => {
                self.renumber(id, structure::renumbering_branch(self.document.plan(), id));
            }
            (Prompt::Export, Answer::Export(order)) => self.ask_where_to_export(order),
            (Prompt::Paste, Answer::Pasted(cells)) => self.read_pasted(&cells),
            (Prompt::Paste | Prompt::Import(_), Answer::ChooseFile) => {
                self.ask_for_file(Purpose::Table);
            }
            (Prompt::Import(table), Answer::Import(mapping, about)) => {
                self.import(&table, &mapping, about);
            }
            (Prompt::Doubts, Answer::Doubts(yes)) => self.answer_doubts(yes),
            (Prompt::Doubts, _) => self.leave_doubts(),
            (Prompt::HandOut, Answer::HandOut(order)) => {
                self.ask_for_file(Purpose::HandOut(order));
            }
            (Prompt::Assign { .. }, Answer::Assign(lines)) => self.assign(&lines),
            (Prompt::SendBack(_), Answer::SendBack(order)) => {
                self.ask_for_file(Purpose::SendBack(order));
            }
            (Prompt::Fill(filling), Answer::Confirm) => {
                self.take_cells(filling.changes, words::filled);
            }
            (Prompt::Fill(filling), Answer::AsOne) => {
                self.take_cells(filling.as_one.into_iter().collect(), words::filled);
            }
            (Prompt::Fix(fixing), Answer::Confirm) => self.fix(&fixing),
            (Prompt::Ignore(findings), Answer::Ignore(reason)) => self.ignore(&findings, &reason),
            (Prompt::Words, Answer::Words(wanted)) => {
                self.restyle(|style| style.words = wanted, words::STYLE);
            }
            (Prompt::Measures(id), Answer::Measures(measures)) => self.measure(id, measures),
            (Prompt::OnThisPc(listed), Answer::Forget(chosen)) => self.forget(&listed, &chosen),
            (Prompt::PlanInfo, Answer::About(about)) => {
                self.edit(Edit::About(about));
            }
            (Prompt::RepostSource(id), Answer::RepostSource(source)) => {
                let source = Some(source);
                self.edit(Edit::Repost { id, source });
            }
            (Prompt::ChooseForm(of, _), Answer::Form(form)) => self.take_form(of, form),
            (Prompt::ChooseForm(of, _), Answer::ChooseFile) => {
                self.ask_for_file(Purpose::Form(of));
            }
            (Prompt::LoseParts(losing), Answer::Confirm) => self.take_away(&losing),
            (Prompt::ChangeForm(refitting), Answer::Refit(mapping)) => {
                self.change_form(&refitting.form, &mapping);
            }
            (prompt, _) => self.leave_prompt(&prompt),
        }
    }

    /// A prompt was left without a decision. What waited for a save waits no more if this was about
    /// the save; everything else that waits goes on waiting.
    fn leave_prompt(&mut self, prompt: &Prompt) {
        if matches!(prompt, Prompt::Unsaved(Pending::Recover)) {
            self.leave_recovering();
        }
        let is_about_the_save = match prompt {
            Prompt::NotSaved(_) | Prompt::ChangedOnDisk(_) => true,
            Prompt::Path(purpose, _) | Prompt::Replace(purpose, _) => *purpose == Purpose::SavePlan,
            _ => false,
        };
        if is_about_the_save {
            self.after_save = None;
        }
    }

    fn use_typed_path(&mut self, purpose: Purpose, text: &str) {
        // A path copied from a file manager may come in quotation marks.
        let path = PathBuf::from(text.trim().trim_matches('"'));
        if path.as_os_str().is_empty() {
            self.leave_prompt(&Prompt::Path(purpose, String::new()));
        } else {
            self.look_at_target(purpose, path, true);
        }
    }

    fn renumber(&mut self, id: Id, changes: Vec<(Id, u32, u32)>) {
        let edits = changes.into_iter().map(|(id, _, number)| Edit::Number {
            id,
            number: Some(number),
        });
        let target = Target {
            id: Some(id),
            spot: Spot::Number,
        };
        self.edit_at(Edit::Group(edits.collect()), target);
    }

    fn measure(&mut self, id: Id, measures: Vec<Measure>) {
        let before = self.document.plan().node(id);
        if before.is_some_and(|before| before.measures != measures) {
            self.edit(Edit::Measures { id, measures });
        }
    }

    fn read_pasted(&mut self, cells: &str) {
        match Table::pasted(cells) {
            Ok(table) => self.ask(Prompt::Import(Arc::new(table))),
            Err(error) => self.fail(error.to_string()),
        }
    }

    /// Drops what is unsaved, as she said, and goes on.
    fn discard_then(&mut self, pending: Pending) {
        self.discarded = Some(self.document.work());
        self.settle(pending);
    }
}
