//! What an answer to a dialog does.

use std::path::PathBuf;

use crate::{plan::Edit, ui::words};

use super::{
    App,
    action::{Action, Answer},
    dialog::{Dialog, read_words},
    files::FileRequest,
    history::{Spot, Target},
    merging::After,
    structure,
};

impl App {
    pub(super) fn answer(&mut self, ctx: &egui::Context, answer: Answer) {
        let Some(dialog) = self.dialog.take() else {
            return;
        };
        match (dialog, answer) {
            (Dialog::Unsaved(pending), Answer::Save) => {
                self.after_save = Some(pending);
                self.save(ctx);
            }
            (Dialog::Unsaved(pending), Answer::Discard) => {
                self.discarded = Some(self.document.history().stamp());
                self.proceed(ctx, pending);
            }
            (Dialog::Remove(id), Answer::Confirm) => self.remove(id),
            (Dialog::Export(form), Answer::Confirm) => {
                self.last_export = (form.format, form.options);
                let section = form.section(self.document.plan());
                self.ask_for_file(FileRequest::Export {
                    format: form.format,
                    options: form.options,
                    section,
                });
            }
            (Dialog::Renumber(id), Answer::Confirm) => {
                let changes = structure::renumbering(self.document.plan(), id);
                let edits = changes.into_iter().map(|(id, _, number)| Edit::Number {
                    id,
                    number: Some(number),
                });
                self.edit_node(Edit::Group(edits.collect()), id, Spot::Number);
            }
            (Dialog::ChangedOnDisk(_), Answer::TakeIn) => self.take_in(ctx, After::Save),
            (Dialog::Clashes, Answer::Confirm) => self.decide(ctx),
            (Dialog::Clashes, _) => self.give_up_merge(ctx),
            (Dialog::Import(form), Answer::Confirm) => self.import(ctx, *form),
            (Dialog::Import(_), Answer::SaveAs) => self.ask_for_file(FileRequest::Table),
            (Dialog::Questions, Answer::Confirm) => self.answer_questions(ctx),
            (Dialog::Questions, _) => {
                if let Some(incoming) = self.collecting.asking.take() {
                    self.leave_form(ctx, incoming);
                }
            }
            (Dialog::HandOut(form), Answer::Confirm) => {
                self.ask_for_file(FileRequest::HandOut(form));
            }
            (Dialog::Assign(form), Answer::Confirm) => self.assign(&form),
            (Dialog::SendBack(form), Answer::Confirm) => {
                self.ask_for_file(FileRequest::SendBack(form));
            }
            (Dialog::Recovery, Answer::Confirm) => self.recover(ctx),
            (Dialog::Recovery, Answer::Discard) => self.discard_leftover(),
            // Later: it stays where it is and is offered at the next start.
            (Dialog::Recovery, _) => self.found.clear(),
            (Dialog::ChangedOnDisk(path), Answer::Overwrite) => self.overwrite(ctx, path),
            (Dialog::ChangedOnDisk(_) | Dialog::NotSaved(_), Answer::SaveAs) => {
                self.ask_for_file(FileRequest::SavePlan);
            }
            (Dialog::Replace(request, path), Answer::Confirm) => {
                self.use_path(ctx, request, path);
            }
            (Dialog::Path { request, .. }, Answer::Path(text)) => {
                self.use_typed_path(ctx, request, &text);
            }
            (Dialog::Fix(fixing), Answer::Confirm) => self.fix(&fixing),
            (Dialog::Ignore { finding, reason }, Answer::Confirm) => {
                self.ignore(&finding, &reason);
            }
            (Dialog::Words(text), Answer::Confirm) => {
                let words = read_words(&text);
                self.restyle(|style| style.words = words, words::STYLE);
            }
            (Dialog::Measures(form), Answer::Confirm) => {
                let (id, measures) = (form.id, form.read());
                let before = self.document.plan().initiative(id);
                if before.is_some_and(|before| before.measures != measures) {
                    self.edit_node(Edit::Measures { id, measures }, id, Spot::Node);
                }
            }
            (Dialog::PlanInfo(_), Answer::About(about)) => {
                self.act(ctx, Action::Edit(Edit::About(about), Target::PLAN));
            }
            (Dialog::RepostSource { id, .. }, Answer::RepostSource(source)) => {
                let source = Some(source);
                self.edit_node(Edit::Repost { id, source }, id, Spot::Node);
            }
            // Everything else is a way of leaving the dialog; so is the save it was about.
            _ => self.after_save = None,
        }
    }

    fn use_typed_path(&mut self, ctx: &egui::Context, request: FileRequest, text: &str) {
        // A path copied from a file manager may come in quotation marks.
        let path = PathBuf::from(text.trim().trim_matches('"'));
        if path.as_os_str().is_empty() {
            self.after_save = None;
        } else if request.is_for_writing() && path.is_file() {
            self.dialog = Some(Dialog::Replace(request, path));
        } else {
            self.use_path(ctx, request, path);
        }
    }

    /// Asks for a file name: in the system's dialog, or in the window where there is none.
    pub(super) fn ask_for_file(&mut self, request: FileRequest) {
        if self.has_native_dialogs {
            self.file_request = Some(request);
            return;
        }
        let name = self.proposed_name(&request);
        let text = match self.proposed_folder() {
            Some(folder) => folder.join(name).to_string_lossy().into_owned(),
            None => name,
        };
        self.dialog = Some(Dialog::Path { request, text });
    }
}
