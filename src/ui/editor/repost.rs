//! A repost: what it repeats, to be read, and the way to where it is written.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use crate::{
    app::{App, action::Action, command::Command},
    plan::Initiative,
    ui::{
        theme::{self, space},
        widgets::status_mark,
        words,
    },
};

use super::field;

/// Draws the source of a repost.
pub fn show(app: &App, ui: &mut Ui, initiative: &Initiative, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let plan = app.document.plan();
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
            buttons(app, ui, &[Command::EndRepost], actions);
            return;
        };
        let Some(number) = plan.number(source.id) else {
            return;
        };
        ui.label(
            RichText::new(app.form.repost_line(number))
                .size(theme::SUBHEADING)
                .family(theme::bold()),
        );
        let text =
            "内容と達成状況は再掲元のものです。直すときは再掲元で直します。件数には数えません。";
        ui.label(RichText::new(text).color(palette.weak));
        buttons(app, ui, &[Command::GoToSource, Command::EndRepost], actions);
        ui.add_space(space::S);
        let wording = app.form.wording(number);
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

fn buttons(app: &App, ui: &mut Ui, commands: &[Command], actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        for &command in commands {
            let button = egui::Button::new(command.name());
            if ui.add_enabled(command.is_enabled(app), button).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
}
