//! A number of the overview: a link to what it counts, which tells its working when pointed at.

use egui::{Link, Response, RichText, Ui};

use crate::{
    form::Form,
    plan::{Id, Pick, Selection, Standing, Why, figure},
    session::Session,
    ui::theme,
    ui::{View, Wish},
};

/// What a number counts, and what the set is called.
#[derive(Debug, Clone)]
pub struct Count {
    pub picks: Vec<Pick>,
    pub label: String,
    pub count: usize,
}

impl Count {
    /// What is asked for when the number is clicked.
    pub fn wish(&self) -> Wish {
        Wish::Pick(self.picks.clone(), self.label.clone())
    }
}

/// Draws a number as a link.
pub fn link(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    count: &Count,
    text: RichText,
    wishes: &mut Vec<Wish>,
) {
    let response = ui.add(Link::new(text));
    let name = format!("{} {} 件", count.label, figure(count.count));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
    if with_working(session, view, response, count).clicked() {
        wishes.push(count.wish());
    }
}

/// Shows which nodes a number counted, and which it left out and why.
pub fn with_working(session: &Session, view: &View, response: Response, count: &Count) -> Response {
    if session.prompt().is_some() {
        // A tooltip would lie over the dialog.
        return response;
    }
    response.on_hover_ui(|ui| {
        let plan = session.document().plan();
        let working = Selection::new(plan, &count.picks).working();
        let is_kept = |id: &Id| !super::is_narrowed(view) || view.filter.leaves(*id);
        let counted: Vec<Id> = working.counted.into_iter().filter(is_kept).collect();
        let number = |id| {
            let number = plan.number(id).map(|number| number.printed(plan.form()));
            number.unwrap_or_default()
        };
        ui.label(
            RichText::new(format!("{}：{} 件", count.label, figure(counted.len())))
                .family(theme::bold()),
        );
        let some: Vec<String> = counted.iter().take(24).map(|&id| number(id)).collect();
        let more = counted.len().saturating_sub(some.len());
        let mut list = some.join("、");
        if more > 0 {
            list.push_str(&format!(" ほか {} 件", figure(more)));
        }
        if !list.is_empty() {
            ui.label(list);
        }
        for (why, words) in [
            (Why::Repost, "再掲のため数えない"),
            (Why::Unassessed, "未評価"),
        ] {
            let left_out: Vec<String> = working
                .left_out
                .iter()
                .filter(|(id, reason)| *reason == why && is_kept(id))
                .take(24)
                .map(|(id, _)| number(*id))
                .collect();
            if !left_out.is_empty() {
                let text = format!("{words}：{}", left_out.join("、"));
                ui.label(RichText::new(text).color(theme::palette(ui).weak));
            }
        }
        if !view.presenting {
            let hint = RichText::new("クリックすると一覧をこれだけに絞ります")
                .size(theme::SMALL)
                .color(theme::palette(ui).weak);
            ui.label(hint);
        }
    })
}

/// The name of a set within a part of the plan.
pub fn within(form: &Form, part: &str, standing: Standing) -> String {
    format!("{part}・{}", form.standing_word(standing))
}
