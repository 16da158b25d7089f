//! 達成状況: the two axes as clear choices in the form's own words, and the line that will be
//! printed.

use egui::{RichText, Ui};

use crate::{
    plan::{Edit, Initiative, Outlook, Progress, Standing, Wording},
    session::{
        Action,
        history::{Spot, Target},
    },
    ui::{View, Wish},
    ui::{
        theme::{self, space},
        widgets::{choice::choice, status_mark},
    },
};

use super::field;

/// Draws both axes and the resulting line.
pub fn show(
    view: &View,
    ui: &mut Ui,
    initiative: &Initiative,
    wording: &Wording,
    wishes: &mut Vec<Wish>,
) {
    let id = initiative.id;
    let target = Target {
        id: Some(id),
        spot: Spot::Status,
    };
    let status = initiative.status;
    ui.spacing_mut().item_spacing.y = space::XS;
    if question(ui, "目標は達成できそうですか", status.outlook.is_some()) {
        wishes.push(Action::Edit(Edit::Outlook { id, outlook: None }, target).into());
    }
    ui.horizontal_wrapped(|ui| {
        for (outlook, mark) in [
            (Outlook::OnTarget, Standing::Good),
            (Outlook::OffTarget, Standing::OffTarget),
        ] {
            let chosen = status.outlook == Some(outlook);
            if choice(ui, wording.outlook(outlook), chosen, mark).clicked() && !chosen {
                let outlook = Some(outlook);
                wishes.push(Action::Edit(Edit::Outlook { id, outlook }, target).into());
            }
        }
    });
    ui.add_space(space::XS);
    if question(
        ui,
        "取組は予定通り進んでいますか",
        status.progress.is_some(),
    ) {
        wishes.push(Action::Edit(Edit::Progress { id, progress: None }, target).into());
    }
    ui.horizontal_wrapped(|ui| {
        for (progress, mark) in [
            (Progress::OnSchedule, Standing::Good),
            (Progress::Behind, Standing::Behind),
        ] {
            let chosen = status.progress == Some(progress);
            if choice(ui, wording.progress(progress), chosen, mark).clicked() && !chosen {
                let progress = Some(progress);
                wishes.push(Action::Edit(Edit::Progress { id, progress }, target).into());
            }
        }
    });
    ui.add_space(space::S);
    let standing = status.standing();
    match wording.status_line(status) {
        Some(line) => {
            let chip = status_mark::chip(ui, standing, &line);
            let is_marked = view
                .mark
                .is_some_and(|mark| mark.id == Some(id) && mark.spot == Spot::Status);
            if is_marked && view.scroll_to_mark {
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

/// The question above an axis, with the way back to not having answered it.
fn question(ui: &mut Ui, text: &str, is_answered: bool) -> bool {
    ui.horizontal(|ui| {
        field::label(ui, text);
        if !is_answered {
            return false;
        }
        let back = RichText::new("未評価に戻す")
            .size(theme::SMALL)
            .color(theme::palette(ui).accent);
        ui.add(egui::Link::new(back)).clicked()
    })
    .inner
}
