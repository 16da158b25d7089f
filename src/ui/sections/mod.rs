//! 配布と回収: which section has its form, which has not sent it back, and what to do about it.

use egui::{Button, Grid, RichText, ScrollArea, Sense, Ui, vec2};

use crate::{
    form::{Form, Level},
    plan::{
        Standing, date_name,
        handout::{OwnerState, Stage, owners},
    },
    session::{Action, Prompt, Revision, Session},
};

use super::{
    View, Wish,
    command::Command,
    dialogs::assigned_name,
    memo::Memo,
    theme::{self, space},
    widgets::status_mark,
};

/// Room for the marks of the states that need attention.
const COUNTS: f32 = 88.0;

/// What the tab shows, made anew when the plan is another: counting takes a look at all of it.
#[derive(Debug, Default)]
pub struct SectionsState {
    rows: Memo<Revision, Vec<OwnerState>>,
}

/// Draws the tab.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let plan = session.document().plan();
    let form = plan.form();
    view.sections
        .rows
        .refresh(session.revision(), |_| owners(plan));
    let margin = egui::Margin::same(space::L as i8);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        summary(session, view, ui);
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            for command in [Command::HandOut, Command::Collect] {
                let button = Button::new(command.name(form));
                let button = ui.add_enabled(command.is_enabled(session, view), button);
                if button.on_hover_text(command.tooltip(form)).clicked() {
                    wishes.push(Wish::Run(command));
                }
            }
            let help = format!("{}ごとに、記入する担当を決めます", assigned_name(form));
            if ui.button("担当を割り当てる…").on_hover_text(help).clicked() {
                wishes.push(
                    Action::Ask(Prompt::Assign {
                        is_for_handing_out: false,
                    })
                    .into(),
                );
            }
        });
        ui.add_space(space::M);
        ScrollArea::both()
            .auto_shrink(false)
            .show(ui, |ui| table(form, view, ui, wishes));
    });
}

fn summary(session: &Session, view: &View, ui: &mut Ui) {
    let rows = view.sections.rows.get();
    let out = rows
        .iter()
        .filter(|row| row.stage != Stage::NotHandedOut)
        .count();
    let waiting = rows
        .iter()
        .filter(|row| matches!(row.stage, Stage::HandedOut | Stage::SentBack))
        .count();
    let text = match (out, waiting) {
        (0, _) => "まだ配布していません".to_owned(),
        (_, 0) => "すべての担当から戻っています".to_owned(),
        (out, waiting) => format!("{out} 担当のうち {waiting} 担当から戻っていません"),
    };
    let text = RichText::new(text)
        .size(theme::HEADING)
        .family(theme::bold());
    ui.horizontal(|ui| {
        ui.label(text);
        if let Some(due) = session.document().plan().round().due {
            ui.add_space(space::M);
            ui.label(format!("提出期限　{}", date_name(due)));
        }
    });
}

fn table(form: &Form, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let owned = form.owned_name();
    let mut owned_levels = form.levels.iter().filter(|level| level.has_owner());
    let has_states = owned_levels.any(Level::is_assessed);
    let palette = theme::palette(ui);
    let head = |ui: &mut Ui, text: &str| {
        ui.label(RichText::new(text).size(theme::SMALL).color(palette.weak));
    };
    let grid = Grid::new("sections")
        .num_columns(5 + usize::from(has_states))
        .striped(true);
    grid.spacing([space::L, space::S]).show(ui, |ui| {
        let states = has_states.then_some("要対応など");
        for text in ["担当", "状態", &owned]
            .into_iter()
            .chain(states)
            .chain(["未記入", ""])
        {
            head(ui, text);
        }
        ui.end_row();
        for row in view.sections.rows.get() {
            one(form, ui, row, has_states, wishes);
            ui.end_row();
        }
    });
}

fn one(form: &Form, ui: &mut Ui, row: &OwnerState, has_states: bool, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let is_nobody = row.owner.is_empty();
    let name = if is_nobody {
        "（担当なし）"
    } else {
        &row.owner
    };
    ui.label(RichText::new(name).family(theme::bold()));
    let late = matches!(row.stage, Stage::HandedOut | Stage::SentBack);
    let date = row.date(row.stage);
    let date = date.map_or_else(String::new, |date| {
        date.strftime("　%-m月%-d日").to_string()
    });
    let stage = if is_nobody { "－" } else { row.stage.name() };
    let text = RichText::new(format!("{stage}{date}"));
    ui.label(if late {
        text.family(theme::bold())
    } else {
        text
    });
    ui.label(format!("{} 件", row.gaps.counted));
    if has_states {
        bad(form, ui, row);
    }
    let lacks = row.gaps.lacks.len();
    let ink = if lacks > 0 {
        palette.text
    } else {
        palette.weak
    };
    ui.label(RichText::new(format!("{lacks} 件")).color(ink));
    if is_nobody {
        ui.label("");
        return;
    }
    ui.horizontal(|ui| {
        let small = |text: &str| Button::new(RichText::new(text).size(theme::SMALL));
        if late {
            remind(ui, name, row, wishes);
        }
        if row.stage != Stage::NotHandedOut {
            let back = ui.add(small("差し戻す…"));
            let spoken = format!("{name}に差し戻す…");
            back.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &spoken)
            });
            if back.clicked() {
                wishes.push(Action::Ask(Prompt::SendBack(row.owner.clone())).into());
            }
        }
    });
}

fn remind(ui: &mut Ui, name: &str, row: &OwnerState, wishes: &mut Vec<Wish>) {
    let button = Button::new(RichText::new("督促の文をコピー").size(theme::SMALL));
    let button = ui.add(button);
    let spoken = format!("{name}への督促の文をコピー");
    button.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &spoken));
    if button.clicked() {
        wishes.push(Action::CopyReminder(row.owner.clone()).into());
    }
}

/// The states that need attention, as marks with their counts.
fn bad(form: &Form, ui: &mut Ui, row: &OwnerState) {
    let (rect, response) = ui.allocate_exact_size(vec2(COUNTS, 24.0), Sense::hover());
    let palette = theme::palette(ui);
    let (right, middle) = (rect.right(), rect.center().y);
    status_mark::paint_counts(ui.painter(), palette, right, middle, &row.tally);
    let counted = Standing::ALL
        .into_iter()
        .map(|standing| (standing, row.tally.count(standing)));
    let counted = counted.filter(|(standing, count)| *count > 0 && *standing != Standing::Good);
    let texts: Vec<String> = counted
        .map(|(standing, count)| format!("{} {count} 件", form.standing_word(standing)))
        .collect();
    if !texts.is_empty() {
        let text = texts.join("、");
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &text));
        response.on_hover_text(text);
    }
}
