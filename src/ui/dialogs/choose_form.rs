//! Which form a plan gets: those that are built in, beside the page that the chosen one makes.

use std::sync::Arc;

use egui::{Key, Label, RichText, ScrollArea, Ui, vec2};

use crate::{
    form::Form,
    session::{Action, Answer, Session, forms::FormFor},
    storage::builtin,
    ui::{
        Wish,
        preview::{self, PreviewState},
        theme::{self, space},
    },
};

use super::{buttons, title};

/// Wide enough for the list with a page beside it.
pub const WIDTH: f32 = 980.0;
/// Width of the list.
const LIST: f32 = 300.0;

/// The form that is looked at, before it is taken.
#[derive(Debug, Default)]
pub struct FormDialog {
    offered: Vec<Arc<Form>>,
    chosen: usize,
    /// The one whose pages were asked for.
    shown: Option<usize>,
    page: PreviewState,
}

impl FormDialog {
    /// The dialog as it opens, with the form in a file that was chosen already.
    pub fn new(session: &Session, of: FormFor, from_file: Option<&Arc<Form>>) -> Self {
        let own = session.form();
        let mut offered = builtin::forms().unwrap_or_default();
        for form in [Some(own), from_file].into_iter().flatten() {
            if !offered.contains(form) {
                offered.insert(0, Arc::clone(form));
            }
        }
        let is_first = |form: &Arc<Form>| match (from_file, of) {
            (Some(file), _) => form == file,
            (None, FormFor::NewPlan) => form == own,
            (None, FormFor::ThisPlan) => form != own,
        };
        Self {
            chosen: offered.iter().position(is_first).unwrap_or_default(),
            offered,
            ..Self::default()
        }
    }
}

pub fn show(
    session: &Session,
    ui: &mut Ui,
    of: FormFor,
    dialog: &mut FormDialog,
    wishes: &mut Vec<Wish>,
) -> Option<Answer> {
    let (heading, verb) = match of {
        FormFor::NewPlan => ("新しい計画の様式を選ぶ", "この様式で始める"),
        FormFor::ThisPlan => ("この計画を移す様式を選ぶ", "この様式に替える…"),
    };
    title(ui, heading);
    let (down, up) = ui.input(|input| {
        (
            input.key_pressed(Key::ArrowDown),
            input.key_pressed(Key::ArrowUp),
        )
    });
    if down && dialog.chosen + 1 < dialog.offered.len() {
        dialog.chosen += 1;
    }
    if up {
        dialog.chosen = dialog.chosen.saturating_sub(1);
    }
    let mut answer = None;
    let height = (ui.ctx().content_rect().height() - 220.0).clamp(200.0, 520.0);
    ui.horizontal_top(|ui| {
        ui.allocate_ui(vec2(LIST, height), |ui| {
            ui.set_min_size(vec2(LIST, height));
            ui.vertical(|ui| {
                let button = space::XL * 2.0;
                let list = ScrollArea::vertical().max_height(height - button);
                list.show(ui, |ui| offers(session, ui, dialog));
                ui.add_space(space::S);
                if ui.button("ファイルから選ぶ…").clicked() {
                    answer = Some(Answer::ChooseFile);
                }
            });
        });
        ui.add_space(space::M);
        let room = vec2(ui.available_width(), height);
        ui.allocate_ui(room, |ui| {
            ui.set_min_size(room);
            // The paper is seen on the ground of the window.
            let ground = theme::palette(ui).ground;
            ui.painter().rect_filled(ui.max_rect(), 0.0, ground);
            if let Some(pages) = session.sample() {
                preview::sample(pages, &mut dialog.page, ui, wishes);
            }
        });
    });
    let chosen = dialog.offered.get(dialog.chosen);
    if let Some(form) = chosen.filter(|_| dialog.shown != Some(dialog.chosen)) {
        dialog.shown = Some(dialog.chosen);
        wishes.push(Action::ShowSample(Arc::clone(form)).into());
    }
    let cancel = ("キャンセル", Answer::Cancel);
    let taken = match chosen {
        Some(form) => buttons(ui, &[(verb, Answer::Form(Arc::clone(form))), cancel]),
        None => buttons(ui, &[cancel]),
    };
    answer.or(taken)
}

/// The forms, each with its name and what it is made of.
fn offers(session: &Session, ui: &mut Ui, dialog: &mut FormDialog) {
    let weak = theme::palette(ui).weak;
    ui.set_width(ui.available_width());
    for (n, form) in dialog.offered.iter().enumerate() {
        let name = match form == session.form() {
            true => format!("{}（今の計画の様式）", form.name),
            false => form.name.clone(),
        };
        ui.radio_value(&mut dialog.chosen, n, name);
        ui.horizontal_top(|ui| {
            ui.add_space(space::M);
            let text = RichText::new(made_of(form));
            ui.add(Label::new(text.size(theme::SMALL).color(weak)).wrap());
        });
        ui.add_space(space::S);
    }
}

/// `経営課題 → 戦略 → 具体的取組`.
fn made_of(form: &Form) -> String {
    let names = form.names().map(|level| level.name.as_str());
    names.collect::<Vec<_>>().join(" → ")
}
