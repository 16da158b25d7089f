//! A repost: what it repeats, to be read, and the way to where it is written.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use crate::{
    plan::Initiative,
    session::Session,
    ui::{View, Wish, command::Command},
    ui::{
        theme::{self, space},
        widgets::status_mark,
        words,
    },
};

use super::field;

/// Draws the source of a repost.
pub fn show(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    initiative: &Initiative,
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    let plan = session.document().plan();
    let source = plan.repost_source(initiative);
    let frame = Frame::new()
        .fill(palette.field)
        .stroke(Stroke::new(1.0, palette.hairline))
        .corner_radius(6)
        .inner_margin(Margin::same(space::L as i8));
    frame.show(ui, |ui| {
        ui.set_width((theme::size::MEASURE).min(ui.available_width()));
        let Some(source) = source else {
            ui.label(RichText::new("再掲元が見つかりません").color(palette.danger));
            ui.label(
                "再掲元の取組が削除されています。別の取組を選び直すか、再掲をやめてください。",
            );
            buttons(session, view, ui, &[Command::EndRepost], wishes);
            return;
        };
        let Some(number) = plan.number(source.id) else {
            return;
        };
        ui.label(
            RichText::new(session.form().repost_line(number))
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
        let wording = session.form().wording(number);
        if let Some(line) = wording.status_line(source.status) {
            status_mark::chip(ui, source.status.standing(), &line);
        }
        for (name, text) in [
            (&wording.initiative, words::title_or_none(&source.title)),
            (&wording.results, source.results.as_str()),
            (&wording.target, source.target.as_str()),
        ] {
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
            let button = egui::Button::new(command.name());
            if ui
                .add_enabled(command.is_enabled(session, view), button)
                .clicked()
            {
                wishes.push(Wish::Run(command));
            }
        }
    });
}
