//! Questions and messages over the window. Each says what happened or will happen, and its
//! buttons are verbs; Escape is always the harmless answer.

mod change_form;
mod checks;
mod choose_form;
mod choose_repost;
mod clashes;
mod collect;
mod export;
mod fill;
mod import;
mod kept;
mod key_list;
mod measures;
mod messages;
mod plan_info;
mod recovery;
mod typed_path;

pub use collect::assigned_name;
pub use export::{ExportDialog, paper_choice, scope_choice};

use std::collections::BTreeSet;

use egui::{Button, Context, Id, Key, Modal, RichText, Ui};

use crate::{
    session::{Action, Answer, Prompt, Session},
    ui::{View, Wish},
};

use super::theme::{self, size, space};

use self::{
    change_form::RefitDialog,
    choose_form::FormDialog,
    clashes::ClashesDialog,
    collect::{AssignDialog, HandOutDialog, SendBackDialog},
    import::ImportDialog,
    kept::KeptDialog,
    measures::MeasuresDialog,
    plan_info::AboutDialog,
};

/// What is typed and chosen in a dialog before it is answered.
#[derive(Debug)]
pub enum Dialog {
    /// One that only asks or tells.
    Plain,
    /// A single text: a path, a reason, words, cells, a part of a name.
    Text(String),
    Export(ExportDialog),
    Clashes(ClashesDialog),
    Import(Box<ImportDialog>),
    /// The doubts that are answered with yes.
    Doubts(BTreeSet<usize>),
    HandOut(HandOutDialog),
    Assign(AssignDialog),
    SendBack(SendBackDialog),
    Measures(MeasuresDialog),
    PlanInfo(AboutDialog),
    ChooseForm(Box<FormDialog>),
    ChangeForm(RefitDialog),
    Kept(KeptDialog),
}

impl Dialog {
    /// A dialog as it opens.
    fn of(prompt: &Prompt, session: &Session, view: &View) -> Self {
        let plan = session.document().plan();
        match prompt {
            Prompt::Path(_, proposed) => Self::Text(proposed.clone()),
            Prompt::Paste | Prompt::Ignore(_) | Prompt::RepostSource(_) => {
                Self::Text(String::new())
            }
            Prompt::Words => Self::Text(checks::in_lines(plan.style())),
            Prompt::Export => Self::Export(ExportDialog::new(session, view.selected, view.tab)),
            Prompt::Clashes => Self::Clashes(ClashesDialog::default()),
            Prompt::Import(table) => Self::Import(Box::new(ImportDialog::new(table, session))),
            Prompt::Doubts => Self::Doubts(BTreeSet::new()),
            Prompt::HandOut => Self::HandOut(HandOutDialog::new(plan)),
            Prompt::Assign { .. } => Self::Assign(AssignDialog::new(plan)),
            Prompt::SendBack(owner) => Self::SendBack(SendBackDialog::new(plan, owner)),
            Prompt::Measures(id) => Self::Measures(MeasuresDialog::new(plan, *id)),
            Prompt::OnThisPc(_) => Self::Kept(KeptDialog::default()),
            Prompt::PlanInfo => Self::PlanInfo(AboutDialog::new(plan.about())),
            Prompt::ChooseForm(of, file) => {
                Self::ChooseForm(Box::new(FormDialog::new(session, *of, file.as_ref())))
            }
            Prompt::ChangeForm(refitting) => Self::ChangeForm(RefitDialog::new(plan, refitting)),
            Prompt::Unsaved(_)
            | Prompt::StillSaving(_)
            | Prompt::StillBusy(_)
            | Prompt::Remove(_)
            | Prompt::Renumber(_)
            | Prompt::ChangedOnDisk(_)
            | Prompt::Recovery
            | Prompt::Replace(..)
            | Prompt::Failure(_)
            | Prompt::NotSaved(_)
            | Prompt::NotOpened(..)
            | Prompt::IsWorkbook(_)
            | Prompt::Collected
            | Prompt::Fill(_)
            | Prompt::Fix(_)
            | Prompt::LoseParts(_)
            | Prompt::KeyList
            | Prompt::AboutProgram => Self::Plain,
        }
    }
}

/// Draws what is asked, if anything is.
pub fn show(session: &Session, view: &mut View, ctx: &Context, wishes: &mut Vec<Wish>) {
    keep_focus(session, view, ctx);
    let Some((id, prompt)) = session.prompt() else {
        view.dialog = None;
        return;
    };
    let typed = view.dialog.take().filter(|(of, _)| *of == id);
    let was_open = typed.is_some();
    let mut dialog = typed.map_or_else(|| Dialog::of(prompt, session, view), |(_, dialog)| dialog);
    // A line field gives the focus up on Enter; that is the moment to go.
    let is_typed_in = was_open && ctx.text_edit_focused();
    let is_entered = is_typed_in && enter_pressed(view, ctx);
    ctx.data_mut(|data| data.insert_temp(entered(), is_entered));
    let modal = modal(Id::unique("dialog"))
        .frame(theme::dialog_frame(ctx))
        .show(ctx, |ui| {
            let width = match prompt {
                Prompt::Clashes => clashes::WIDTH,
                Prompt::Import(_) => import::WIDTH,
                Prompt::Fill(_) => fill::WIDTH,
                Prompt::KeyList => key_list::WIDTH,
                Prompt::ChooseForm(..) => choose_form::WIDTH,
                Prompt::ChangeForm(_) => change_form::WIDTH,
                _ => size::DIALOG,
            };
            ui.set_width(width.min(ctx.content_rect().width() - space::XL * 4.0));
            ui.spacing_mut().item_spacing.y = space::S;
            let asks = Asks {
                session,
                view,
                wishes,
            };
            contents(asks, ui, prompt, &mut dialog)
        });
    // A click beside it is a slip of the hand where something was typed or chosen.
    let is_slip = modal.backdrop_response.clicked() && !matches!(dialog, Dialog::Plain);
    let is_left = modal.should_close() && !is_slip && !view.composing;
    let answer = modal.inner.or(is_left.then_some(Answer::Cancel));
    if answer.is_some() && matches!(dialog, Dialog::ChooseForm(_)) {
        wishes.push(Action::CloseSample.into());
    }
    view.dialog = Some((id, dialog));
    wishes.extend(answer.map(|answer| Action::Answer(id, answer).into()));
}

/// Remembers where the cursor is while nothing lies over the window, and puts it back there when
/// a dialog or the palette is gone.
fn keep_focus(session: &Session, view: &mut View, ctx: &Context) {
    let is_covered =
        session.prompt().is_some() || view.palette.is_some() || session.pages().is_some();
    if is_covered {
        view.was_covered = true;
        return;
    }
    // A dialog that is left may have taken the focus for itself in its last frame.
    if std::mem::take(&mut view.was_covered) && view.focus.is_none() {
        ctx.memory_mut(|memory| match view.focus_before {
            Some(before) => memory.request_focus(before),
            None => memory.stop_text_input(),
        });
    } else {
        view.focus_before = ctx.memory(|memory| memory.focused());
    }
}

/// What a dialog reads, and where it says what it wants before it is answered.
struct Asks<'a> {
    session: &'a Session,
    view: &'a View,
    wishes: &'a mut Vec<Wish>,
}

fn contents(asks: Asks<'_>, ui: &mut Ui, prompt: &Prompt, dialog: &mut Dialog) -> Option<Answer> {
    let Asks {
        session,
        view,
        wishes,
    } = asks;
    match (prompt, dialog) {
        (Prompt::Unsaved(_), _) => messages::unsaved(session, ui),
        (Prompt::StillSaving(_), _) => messages::still_saving(session, ui),
        (Prompt::StillBusy(_), _) => messages::still_busy(session, ui),
        (Prompt::Remove(id), _) => messages::remove(session, ui, *id),
        (Prompt::Renumber(id), _) => messages::renumber(session, ui, *id),
        (Prompt::ChangedOnDisk(path), _) => messages::changed_on_disk(ui, path),
        (Prompt::Replace(purpose, path), _) => messages::replace(session, ui, purpose, path),
        (Prompt::Failure(message), _) => messages::failure(ui, message),
        (Prompt::NotOpened(message, kept), _) => messages::not_opened(ui, message, kept),
        (Prompt::IsWorkbook(path), _) => messages::is_workbook(ui, path),
        (Prompt::NotSaved(message), _) => messages::not_saved(ui, message),
        (Prompt::KeyList, _) => key_list::show(session, ui),
        (Prompt::AboutProgram, _) => messages::about_program(ui),
        (Prompt::Recovery, _) => recovery::show(session, ui),
        (Prompt::Collected, _) => collect::outcomes(session, ui),
        (Prompt::Fill(filling), _) => fill::show(session, ui, filling),
        (Prompt::Fix(fixing), _) => checks::fix(session, ui, fixing),
        (Prompt::Export, Dialog::Export(dialog)) => export::show(session, ui, dialog, wishes),
        (Prompt::Clashes, Dialog::Clashes(dialog)) => clashes::show(session, ui, dialog),
        (Prompt::Import(table), Dialog::Import(dialog)) => import::show(session, ui, table, dialog),
        (Prompt::Doubts, Dialog::Doubts(yes)) => collect::doubts(session, ui, yes),
        (Prompt::HandOut, Dialog::HandOut(dialog)) => collect::hand_out(ui, dialog),
        (Prompt::Assign { is_for_handing_out }, Dialog::Assign(dialog)) => {
            collect::assign(session, ui, dialog, *is_for_handing_out)
        }
        (Prompt::SendBack(owner), Dialog::SendBack(dialog)) => {
            collect::send_back(ui, owner, dialog)
        }
        (Prompt::Measures(_), Dialog::Measures(dialog)) => measures::show(ui, dialog),
        (Prompt::OnThisPc(listed), Dialog::Kept(dialog)) => kept::show(session, ui, listed, dialog),
        (Prompt::PlanInfo, Dialog::PlanInfo(dialog)) => plan_info::show(session.form(), ui, dialog),
        (Prompt::ChooseForm(of, _), Dialog::ChooseForm(dialog)) => {
            choose_form::show(session, ui, *of, dialog, wishes)
        }
        (Prompt::LoseParts(losing), _) => change_form::lose(session, ui, losing),
        (Prompt::ChangeForm(refitting), Dialog::ChangeForm(dialog)) => {
            change_form::show(session, ui, refitting, dialog)
        }
        (Prompt::Path(purpose, _), Dialog::Text(path)) => typed_path::show(view, ui, purpose, path),
        (Prompt::Paste, Dialog::Text(cells)) => import::paste(ui, cells),
        (Prompt::Ignore(findings), Dialog::Text(reason)) => {
            checks::ignore(session, view, ui, findings, reason)
        }
        (Prompt::Words, Dialog::Text(lines)) => checks::wanted_words(ui, lines),
        (Prompt::RepostSource(id), Dialog::Text(query)) => {
            choose_repost::show(session, view, ui, *id, query)
        }
        // A dialog is made for its prompt; there are no other pairs.
        _ => None,
    }
}

fn title(ui: &mut Ui, text: &str) {
    let text = RichText::new(text)
        .size(theme::SUBHEADING)
        .family(theme::bold());
    ui.label(text);
    ui.add_space(space::XS);
}

/// A row of buttons at the right; the first is what most people want and has the focus.
fn buttons(ui: &mut Ui, choices: &[(&str, Answer)]) -> Option<Answer> {
    let mut answer = None;
    let is_left = ui.memory(|memory| memory.focused().is_none());
    let is_entered = is_left && ui.data(|data| data.get_temp(entered()).unwrap_or(false));
    ui.add_space(space::S);
    // Laid out from the left, so that Tab goes from the first to the last.
    ui.horizontal(|ui| {
        let width = 104.0;
        let all = choices.len() as f32 * (width + space::S) - space::S;
        ui.add_space((ui.available_width() - all).max(0.0));
        for (n, (name, value)) in choices.iter().enumerate() {
            // A lone cancel is not what anybody came for.
            let button = if n == 0 && *value != Answer::Cancel {
                primary(ui, name)
            } else {
                Button::new(*name)
            };
            let response = ui.add(button.min_size(egui::vec2(width, 32.0)));
            if n == 0 && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            let is_meant = n == 0 && *value != Answer::Cancel && is_entered;
            if response.clicked() || is_meant {
                answer = Some(value.clone());
            }
        }
    });
    answer
}

/// Puts the cursor in this field when its dialog has just opened.
fn focus_when_opened(ui: &Ui, field: &egui::Response) {
    let frame = ui.ctx().cumulative_frame_nr();
    let drawn = field.id.with("drawn");
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or(drawn, 0_u64), frame));
    if before + 1 < frame {
        field.request_focus();
    }
}

fn primary<'a>(ui: &Ui, name: &'a str) -> Button<'a> {
    let palette = theme::palette(ui);
    Button::new(RichText::new(name).color(palette.on_accent)).fill(palette.accent)
}

/// Whether Enter was pressed to answer, not to end an IME's composition.
fn enter_pressed(view: &View, ctx: &Context) -> bool {
    !view.composing && !view.ime_event && ctx.input(|input| input.key_pressed(Key::Enter))
}

/// Under which it is known that Enter was pressed in a field of the dialog.
fn entered() -> Id {
    Id::unique("dialog_entered")
}

/// A dialog over the window, below the lists that open from it.
pub fn modal(id: Id) -> Modal {
    Modal::new(id).area(Modal::default_area(id).order(egui::Order::Middle))
}
