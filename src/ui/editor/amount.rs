//! An amount: a number with its unit, and beside it what the same amounts of what stands below add
//! up to.

use egui::{RichText, Ui};

use crate::{
    form::{Field, Kind},
    plan::{Id, Sums, amount},
    session::{Revision, Session},
    ui::{
        View, Wish,
        memo::Memo,
        theme::{self, space},
    },
};

use super::{
    field::{self, Look, Subject},
    fields::Holder,
};

/// What amounts add up to in what is selected: adding up takes a look at all of it.
pub type SumsState = Memo<(Revision, Option<Id>), Sums>;

/// The width of the field: twelve digits and their commas.
const WIDTH: f32 = 160.0;

/// Draws the field, its unit and the sums.
pub fn show(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    (holder, field, unit): (Holder<'_>, &Field, &str),
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    view.sums.refresh((session.revision(), holder.id()), |_| {
        match holder.id().and_then(|id| holder.plan.node(id)) {
            Some(node) => Sums::of(holder.plan, node),
            None => Sums::of_plan(holder.plan),
        }
    });
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let label = field::label(ui, &field.heading);
        if !field.question.is_empty() {
            // There is no room for it in the field.
            label.on_hover_text(&field.question);
        }
        ui.horizontal(|ui| {
            let look = Look {
                max_width: WIDTH,
                ..Look::LINE
            };
            let subject: Subject<'_> = holder.subject(field).hint("");
            field::show(session, view, ui, subject, look, wishes);
            ui.label(unit);
            for sum in sums(view.sums.get(), holder, field) {
                ui.label(RichText::new(sum).size(theme::SMALL).color(palette.weak));
            }
        });
        let answer = holder.answer(field).trim();
        if !answer.is_empty() && amount(answer).is_none() {
            let text = "数として読めないため、合計に入りません";
            ui.label(RichText::new(text).size(theme::SMALL).color(palette.danger));
        }
    });
}

/// `具体的取組の合計 1,234 千円`, for each level below that has the same amount.
fn sums(sums: &Sums, holder: Holder<'_>, field: &Field) -> Vec<String> {
    let form = holder.plan.form();
    let own = holder.node.map(|node| holder.plan.level(node));
    let slot = holder.plan.slot(field);
    let is_below = |level: &str| own.is_none_or(|own| own.name != level);
    let of_field = sums.iter().filter(|sum| sum.slot == slot && sum.added > 0);
    let sums = of_field.filter_map(|sum| {
        let level = form.level(sum.level);
        let Kind::Amount { unit } = &level.field(slot.field)?.kind else {
            return None;
        };
        let text = || format!("{}の合計 {} {unit}", level.name, sum.figure());
        is_below(&level.name).then(text)
    });
    sums.collect()
}
