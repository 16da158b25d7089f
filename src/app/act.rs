//! What a view asked for, carried out.

use crate::{
    plan::{checks::fix_all, handout},
    ui::{Focus, words},
};

use super::{
    App,
    action::Action,
    dialog::{Dialog, MeasuresForm, Pending, SendBackForm, words_of},
    files::FileRequest,
    merging::After,
    notice::Notice,
    structure,
};

impl App {
    /// Carries out what a view asked for.
    pub fn act(&mut self, ctx: &egui::Context, action: Action) {
        let result = match action {
            Action::Run(command) => {
                self.run(ctx, command);
                Ok(())
            }
            Action::Select(id) => {
                self.select(id);
                Ok(())
            }
            Action::Show(id) => {
                self.select(id);
                self.leave_lists();
                Ok(())
            }
            // On a projector there is no tree to filter.
            Action::Pick(..) if self.view.presenting => Ok(()),
            Action::Pick(picks, label) => {
                self.view.filter.pick(picks, label);
                self.view.expand_all();
                Ok(())
            }
            Action::Enter(id) => {
                self.select(id);
                self.leave_lists();
                self.view.focus = Some(Focus::FirstField);
                Ok(())
            }
            Action::Expand(id, expand) => {
                self.view.set_expanded(id, expand);
                Ok(())
            }
            Action::Type(draft) => {
                self.view.changed_at = ctx.input(|input| input.time);
                self.document.type_text(draft)
            }
            Action::EndTyping => self.document.end_typing(),
            Action::Edit(edit, target) => self.document.edit(edit, target),
            Action::Move {
                id,
                parent,
                position,
            } => {
                self.move_node(
                    id,
                    structure::move_to(self.document.plan(), id, parent, position),
                );
                Ok(())
            }
            Action::Open(path) => {
                self.settle(ctx, Pending::OpenPath(path));
                Ok(())
            }
            Action::TurnPage(by) => {
                self.turn_page(by);
                Ok(())
            }
            Action::Answer(answer) => {
                self.answer(ctx, answer);
                Ok(())
            }
            Action::OpenOutside(path) => {
                self.open_outside(ctx, path);
                Ok(())
            }
            Action::Print => {
                self.print(ctx);
                Ok(())
            }
            Action::TakeIn => {
                self.take_in(ctx, After::Nothing);
                Ok(())
            }
            Action::ShowFinding(finding) => {
                self.show_finding(&finding);
                Ok(())
            }
            Action::Fix(finding) => {
                let fixing = fix_all(self.document.plan(), [&finding]);
                if let Some(fixing) = fixing {
                    self.fix(&fixing);
                }
                Ok(())
            }
            Action::AskToFix(findings) => {
                self.ask_to_fix(&findings);
                Ok(())
            }
            Action::AskToIgnore(finding) => {
                let reason = String::new();
                self.dialog = Some(Dialog::Ignore { finding, reason });
                Ok(())
            }
            Action::Unignore(finding) => {
                self.unignore(&finding);
                Ok(())
            }
            Action::AskForWords => {
                let text = words_of(self.document.plan().style());
                self.dialog = Some(Dialog::Words(text));
                Ok(())
            }
            Action::Restyle(style) => {
                self.restyle(|now| *now = style, words::STYLE);
                Ok(())
            }
            Action::AskForMeasures(id) => {
                let ended = self.document.end_typing();
                if let Some(initiative) = self.document.plan().initiative(id) {
                    self.dialog = Some(Dialog::Measures(MeasuresForm::new(initiative)));
                }
                ended
            }
            Action::Collect(paths) => {
                self.collect(ctx, paths);
                Ok(())
            }
            Action::CopyReminder(owner) => {
                ctx.copy_text(handout::reminder(self.document.plan(), &owner));
                self.notice = Some(Notice::done(words::REMINDER_COPIED.to_owned()));
                Ok(())
            }
            Action::AskToSendBack(owner) => {
                let form = SendBackForm::new(self.document.plan(), &owner);
                self.dialog = Some(Dialog::SendBack(form));
                Ok(())
            }
            Action::AskToAssign => {
                self.ask_to_assign();
                Ok(())
            }
            Action::Compare(against) => {
                self.compare(ctx, against);
                Ok(())
            }
            Action::Restore(difference) => {
                self.restore(&difference);
                Ok(())
            }
            Action::RestoreAll => {
                self.restore_all();
                Ok(())
            }
            Action::ExportChanges => {
                self.ask_for_file(FileRequest::Changes);
                Ok(())
            }
            Action::ExportPreview => {
                self.export_preview();
                Ok(())
            }
            Action::ClosePreview => {
                self.preview = None;
                Ok(())
            }
            Action::DismissNotice => {
                self.notice = None;
                Ok(())
            }
        };
        if let Err(error) = result {
            self.fail(words::edit_failed(&error));
        }
    }
}
