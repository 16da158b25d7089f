//! The status in a cell of the form: as printed, and a menu to choose from when clicked.

use egui::{Popup, Response, Ui};

use crate::{
    plan::{Edit, Initiative, Outlook, Progress, Standing, Wording},
    session::{
        Action,
        history::{Spot, Target},
    },
    ui::{
        Wish,
        widgets::{choice::choice, status_mark},
    },
};

/// The status as printed, or that there is none.
pub fn text(initiative: &Initiative, wording: &Wording) -> String {
    let line = wording.status_line(initiative.status);
    line.unwrap_or_else(|| "未評価".to_owned())
}

/// Draws the status of an initiative; the response is that of the button.
pub fn show(
    ui: &mut Ui,
    initiative: &Initiative,
    wording: &Wording,
    wishes: &mut Vec<Wish>,
) -> Response {
    let status = initiative.status;
    let text = text(initiative, wording);
    let response = status_mark::chip_button(ui, status.standing(), &text);
    let id = initiative.id;
    let target = Target {
        id: Some(id),
        spot: Spot::Status,
    };
    Popup::menu(&response).show(|ui| {
        let outlooks = [
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
            (None, "目標の見込は未評価", Standing::Unassessed),
        ];
        for (outlook, words, mark) in outlooks {
            if choice(ui, words, status.outlook == outlook, mark).clicked() {
                wishes.push(Action::Edit(Edit::Outlook { id, outlook }, target).into());
            }
        }
        ui.separator();
        let progresses = [
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
            (None, "取組の進捗は未評価", Standing::Unassessed),
        ];
        for (progress, words, mark) in progresses {
            if choice(ui, words, status.progress == progress, mark).clicked() {
                wishes.push(Action::Edit(Edit::Progress { id, progress }, target).into());
            }
        }
    });
    response
}
