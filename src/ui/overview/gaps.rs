//! What is still empty, by the section that has to fill it in.

use egui::{Label, RichText, Ui};

use crate::{
    plan::{Gap, OwnerGaps, Pick, figure, gap_name},
    session::Session,
    ui::theme,
    ui::{View, Wish},
};

use super::counted::{self, Count};

pub fn show(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let form = session.document().plan().form();
    let all = Gap::all(form);
    let owners = &super::shown_overview(view).gaps;
    let open: Vec<&OwnerGaps> = owners
        .iter()
        .filter(|owner| !owner.lacks.is_empty())
        .collect();
    super::card(ui, "未入力", |ui| {
        if open.is_empty() {
            let weak = theme::palette(ui).weak;
            ui.add(Label::new(
                RichText::new("未入力の欄はありません").color(weak),
            ));
        }
        for owner in open {
            ui.horizontal_wrapped(|ui| {
                let name = match owner.owner.as_str() {
                    "" => "担当なし",
                    name => name,
                };
                ui.label(format!("{name}（{} 件）", figure(owner.counted)));
                for &gap in &all {
                    let count = owner.count(gap);
                    if count > 0 {
                        let count = Count {
                            picks: vec![Pick::Gap(gap), Pick::Owner(owner.owner.clone())],
                            label: format!("{name}・{}が未入力", gap_name(form, gap)),
                            count,
                        };
                        let text = format!("{} {} 件", gap_name(form, gap), figure(count.count));
                        let text = RichText::new(text).color(theme::palette(ui).accent);
                        counted::link(session, view, ui, &count, text, wishes);
                    }
                }
            });
        }
    });
}
