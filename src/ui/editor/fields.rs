//! The fields of a level, or of the plan as a whole, in the order of the form: each by its kind.

use egui::Ui;

use crate::{
    form::{Field, Kind, Slot},
    plan::{Id, Node, Plan},
    session::Session,
    ui::{
        View, Wish,
        theme::{size, space},
    },
};

use super::{
    amount, choices,
    field::{self, Look, Subject},
    target,
};

/// A label of the private note says what it is good for.
const MEMO: &str = "メモ（内部用。印刷や書き出しには出ません）";

/// What has fields.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    pub plan: &'a Plan,
    /// Without one, the plan as a whole.
    pub node: Option<&'a Node>,
}

impl<'a> Holder<'a> {
    pub fn id(self) -> Option<Id> {
        self.node.map(|node| node.id)
    }

    pub fn fields(self) -> &'a [Field] {
        self.plan.form().fields(self.node.map(|node| node.level))
    }

    /// What it says in a field, in the open review.
    pub fn answer(self, field: &Field) -> &'a str {
        let slot = self.plan.slot(field);
        match self.node {
            Some(node) => node.text(slot),
            None => self.plan.values().get(slot),
        }
    }

    /// The text of one of its fields.
    pub fn subject(self, field: &'a Field) -> Subject<'a> {
        Subject {
            id: self.id(),
            at: self.plan.slot(field),
            value: self.answer(field),
            name: &field.heading,
            hint: &field.question,
        }
    }
}

/// Draws all fields and the private note of a node: side by side where there is room.
pub fn show(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    holder: Holder<'_>,
    wishes: &mut Vec<Wish>,
) {
    let (left, right) = sides(holder.fields());
    if ui.available_width() < size::TWO_COLUMNS {
        ui.set_max_width(ui.available_width().min(size::MEASURE));
        for side in [left, right] {
            list(session, view, ui, holder, side, wishes);
            space_after(ui, side);
        }
        memo(session, view, ui, holder, wishes);
        return;
    }
    let column = ((ui.available_width() - space::XL) / 2.0).min(size::MEASURE);
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(column);
            list(session, view, ui, holder, left, wishes);
        });
        ui.add_space(space::L);
        ui.vertical(|ui| {
            ui.set_width(column);
            list(session, view, ui, holder, right, wishes);
            space_after(ui, right);
            memo(session, view, ui, holder, wishes);
        });
    });
}

fn space_after(ui: &mut Ui, fields: &[Field]) {
    if !fields.is_empty() {
        ui.add_space(space::S);
    }
}

/// The fields of the left column and of the right one, which begins with the first choice: what was
/// done, and how it stands. Where there is no such parting, half of them each.
pub fn sides(fields: &[Field]) -> (&[Field], &[Field]) {
    let choice = fields.iter().position(Field::is_choice);
    let at = choice
        .filter(|at| *at > 0)
        .unwrap_or(fields.len().div_ceil(2));
    fields.split_at_checked(at).unwrap_or((fields, &[]))
}

/// Fields one below the other; choices that follow each other are one group.
fn list(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    holder: Holder<'_>,
    fields: &[Field],
    wishes: &mut Vec<Wish>,
) {
    let groups = fields.chunk_by(|a, b| a.is_choice() && b.is_choice());
    for (n, group) in groups.enumerate() {
        if n > 0 {
            ui.add_space(space::S);
        }
        let Some(field) = group.first() else {
            continue;
        };
        match &field.kind {
            Kind::Text => text(
                session,
                view,
                ui,
                holder.subject(field),
                Look::lines(3),
                wishes,
            ),
            Kind::Targets { marks } => {
                text(
                    session,
                    view,
                    ui,
                    holder.subject(field),
                    Look::lines(2),
                    wishes,
                );
                if let Some(node) = holder.node {
                    ui.scope(|ui| target::show(session, ui, node, (field, marks), wishes));
                }
            }
            Kind::Choice { .. } => {
                ui.scope(|ui| choices::show(view, ui, holder, group, wishes));
            }
            Kind::Amount { unit } => {
                amount::show(session, view, ui, (holder, field, unit), wishes);
            }
        }
    }
}

/// The private note of a node.
pub fn memo(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    holder: Holder<'_>,
    wishes: &mut Vec<Wish>,
) {
    let Some(node) = holder.node else {
        return;
    };
    let subject = Subject::of(node, Slot::MEMO, MEMO);
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
