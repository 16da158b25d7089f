//! A repost: what it repeats, to be read, and the way to where it is written.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use crate::{
    form::{Field, Key},
    plan::{Node, title_or_none},
    session::Session,
    ui::{View, Wish, command::Command},
    ui::{
        theme::{self, space},
        widgets::status_mark,
    },
};

use super::{field, fields};

/// Draws the source of a repost.
pub fn show(session: &Session, view: &View, ui: &mut Ui, node: &Node, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let plan = session.document().plan();
    let frame = Frame::new()
        .fill(palette.field)
        .stroke(Stroke::new(1.0, palette.hairline))
        .corner_radius(6)
        .inner_margin(Margin::same(space::L as i8));
    frame.show(ui, |ui| {
        ui.set_width((theme::size::MEASURE).min(ui.available_width()));
        let Some((source, line)) = plan.repost_source(node).zip(plan.repost_line(node)) else {
            ui.label(RichText::new("再掲元が見つかりません").color(palette.danger));
            let name = plan.level(node).short();
            ui.label(format!(
                "再掲元の{name}が削除されています。別の{name}を選び直すか、再掲をやめてください。"
            ));
            buttons(session, view, ui, &[Command::EndRepost], wishes);
            return;
        };
        ui.label(
            RichText::new(line)
                .size(theme::SUBHEADING)
                .family(theme::bold()),
        );
        let text =
            "内容と達成状況は再掲元のものです。直すときは再掲元で直します。件数には数えません。";
        ui.label(RichText::new(text).color(palette.weak));
        buttons(
            session,
            view,
            ui,
            &[Command::GoToSource, Command::EndRepost],
            wishes,
        );
        ui.add_space(space::S);
        let level = plan.level(source);
        let axes: Vec<Key> = level.axes().map(|field| field.key).collect();
        if let Some(line) = level.choice_line(source, plan.review(), &axes) {
            status_mark::chip(ui, plan.standing(source), &line);
        }
        let title = (level.name.as_str(), title_or_none(&source.title));
        let (told, _) = fields::sides(&level.fields);
        let told = told.iter().filter(|field| field.is_written());
        let told = told.map(|field: &Field| (field.heading.as_str(), plan.answer(source, field)));
        for (name, text) in std::iter::once(title).chain(told) {
            ui.add_space(space::XS);
            field::label(ui, name);
            ui.label(text);
        }
    });
}

fn buttons(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    commands: &[Command],
    wishes: &mut Vec<Wish>,
) {
    ui.horizontal(|ui| {
        for &command in commands {
            let button = egui::Button::new(&*command.name(session.form()));
            if ui
                .add_enabled(command.is_enabled(session, view), button)
                .clicked()
            {
                wishes.push(Wish::Run(command));
            }
        }
    });
}
