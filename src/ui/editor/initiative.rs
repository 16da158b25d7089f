//! The editor of an initiative: the four cells of the printed form, with room to write.

use std::sync::Arc;

use egui::Ui;

use crate::{
    plan::{Initiative, Number, TextField},
    session::Session,
    ui::{View, Wish},
    ui::{
        theme::{self, size, space},
        words,
    },
};

use super::{
    field::{self, Look, Subject},
    number, repost, status, target,
};

/// Draws an initiative.
pub fn show(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    initiative: &Arc<Initiative>,
    wishes: &mut Vec<Wish>,
) {
    let full = session
        .document()
        .plan()
        .number(initiative.id)
        .unwrap_or_default();
    head(session, view, ui, initiative, full, wishes);
    ui.add_space(space::S);
    if initiative.repost_of.is_some() {
        repost::show(session, view, ui, initiative, wishes);
        ui.add_space(space::M);
        let subject = Subject::of(initiative, TextField::Memo, MEMO);
        text(session, view, ui, subject, Look::lines(2), wishes);
        return;
    }
    if ui.available_width() < size::TWO_COLUMNS {
        ui.set_max_width(ui.available_width().min(size::MEASURE));
        what_was_done(session, view, ui, initiative, full, wishes);
        ui.add_space(space::S);
        how_it_stands(session, view, ui, initiative, full, wishes);
        return;
    }
    let column = ((ui.available_width() - space::XL) / 2.0).min(size::MEASURE);
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(column);
            what_was_done(session, view, ui, initiative, full, wishes);
        });
        ui.add_space(space::L);
        ui.vertical(|ui| {
            ui.set_width(column);
            how_it_stands(session, view, ui, initiative, full, wishes);
        });
    });
}

/// A label of the private note says what it is good for.
const MEMO: &str = "メモ（内部用。印刷や書き出しには出ません）";

/// The width of the field for the section in charge.
const OWNER_WIDTH: f32 = 200.0;

fn head(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    initiative: &Initiative,
    full: Number,
    wishes: &mut Vec<Wish>,
) {
    let above = Number {
        initiative: None,
        ..full
    };
    let prefix = match full.issue {
        Some(_) => format!("{}－", above.full_width()),
        None => String::new(),
    };
    ui.horizontal(|ui| {
        number::show(
            view,
            ui,
            initiative.id,
            &prefix,
            Some(initiative.number),
            wishes,
        );
        let look = Look {
            font_size: theme::HEADING,
            is_bold: true,
            hint: "取組の名称",
            // As wide as both columns below it.
            max_width: size::MEASURE * 2.0 + space::XL,
            ..Look::LINE
        };
        let title = Subject::of(initiative, TextField::Title, "名称");
        field::show(session, view, ui, title, look, wishes);
    });
    ui.horizontal(|ui| {
        field::label(ui, words::field(TextField::Owner));
        let owner = Subject::of(initiative, TextField::Owner, "担当");
        let look = Look {
            max_width: OWNER_WIDTH,
            ..Look::LINE.hint("担当課など")
        };
        field::show(session, view, ui, owner, look, wishes);
    });
}

fn what_was_done(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    initiative: &Initiative,
    full: Number,
    wishes: &mut Vec<Wish>,
) {
    let wording = session.form().wording(full);
    let results = Look::lines(3).hint("・取り組んだこと、件数、時期");
    let subject = Subject::of(initiative, TextField::Results, &wording.results);
    text(session, view, ui, subject, results, wishes);
    ui.add_space(space::S);
    let look = Look::lines(2).hint("何を、いつまでに、どれだけ");
    let subject = Subject::of(initiative, TextField::Target, &wording.target);
    text(session, view, ui, subject, look, wishes);
    ui.scope(|ui| target::show(session, ui, initiative, wishes));
}

fn how_it_stands(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    initiative: &Initiative,
    full: Number,
    wishes: &mut Vec<Wish>,
) {
    let wording = session.form().wording(full);
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = theme::SMALL;
        status::show(view, ui, initiative, wording, wishes);
    });
    ui.add_space(space::S);
    let notes = Look::lines(3).hint("うまく進んでいない理由と、これからの手立て");
    let name = words::field(TextField::Notes);
    let subject = Subject::of(initiative, TextField::Notes, name);
    text(session, view, ui, subject, notes, wishes);
    ui.add_space(space::S);
    let subject = Subject::of(initiative, TextField::Memo, MEMO);
    text(session, view, ui, subject, Look::lines(2), wishes);
}

/// A text with its label above it.
fn text(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    subject: Subject<'_>,
    look: Look,
    wishes: &mut Vec<Wish>,
) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        field::label(ui, subject.name);
        field::show(session, view, ui, subject, look, wishes);
    });
}
