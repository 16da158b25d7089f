//! 達成状況: the two axes as clear choices in the form's own words, and the line that will be
//! printed.

use egui::{RichText, Ui};

use crate::{
    app::{
        App,
        action::Action,
        history::{Spot, Target},
    },
    plan::{Edit, Initiative, Outlook, Progress, Standing, Wording},
    ui::{
        theme::{self, space},
        widgets::{choice::choice, status_mark},
    },
};

use super::field;

/// What clears an axis.
const UNSET: &str = "未評価";

/// Draws both axes and the resulting line.
pub fn show(
    app: &App,
    ui: &mut Ui,
    initiative: &Initiative,
    wording: &Wording,
    actions: &mut Vec<Action>,
) {
    let id = initiative.id;
    let target = Target {
        id: Some(id),
        spot: Spot::Status,
    };
    let status = initiative.status;
    ui.spacing_mut().item_spacing.y = space::XS;
    field::label(ui, "目標は達成できそうですか");
    ui.horizontal_wrapped(|ui| {
        let choices = [
            (
                Some(Outlook::OnTarget),
                wording.on_target.as_str(),
                Standing::Good,
            ),
            (
                Some(Outlook::OffTarget),
                wording.off_target.as_str(),
                Standing::OffTarget,
            ),
            (None, UNSET, Standing::Unassessed),
        ];
        for (outlook, words, mark) in choices {
            let chosen = status.outlook == outlook;
            if choice(ui, words, chosen, mark).clicked() && !chosen {
                actions.push(Action::Edit(Edit::Outlook { id, outlook }, target));
            }
        }
    });
    ui.add_space(space::XS);
    field::label(ui, "取組は予定通り進んでいますか");
    ui.horizontal_wrapped(|ui| {
        let choices = [
            (
                Some(Progress::OnSchedule),
                wording.on_schedule.as_str(),
                Standing::Good,
            ),
            (
                Some(Progress::Behind),
                wording.behind.as_str(),
                Standing::Behind,
            ),
            (None, UNSET, Standing::Unassessed),
        ];
        for (progress, words, mark) in choices {
            let chosen = status.progress == progress;
            if choice(ui, words, chosen, mark).clicked() && !chosen {
                actions.push(Action::Edit(Edit::Progress { id, progress }, target));
            }
        }
    });
    ui.add_space(space::S);
    let standing = status.standing();
    match wording.status_line(status) {
        Some(line) => {
            let chip = status_mark::chip(ui, standing, &line);
            let is_marked = app
                .view
                .mark
                .is_some_and(|mark| mark.id == Some(id) && mark.spot == Spot::Status);
            if is_marked && app.view.scroll_to_mark {
                chip.scroll_to_me(None);
            }
        }
        None => {
            status_mark::chip(ui, standing, "未評価です（印刷では空欄になります）");
        }
    }
    if standing.is_bad() && initiative.notes.trim().is_empty() {
        let ink = theme::palette(ui).standing(standing).ink;
        let text = "課題・改善策を書いてください（目標未達成見込、または予定通りでないため）";
        ui.label(RichText::new(text).size(theme::SMALL).color(ink));
    }
}
