//! What the shapes and colours mean.

use egui::{Sense, Ui, Vec2};

use crate::{
    plan::{Shown, Standing},
    ui::{
        theme::{self, size, space},
        widgets::status_mark,
        words,
    },
};

pub fn show(ui: &mut Ui) {
    super::card(ui, "色と形の見方", |ui| {
        let meanings = [
            (Shown::Own(Standing::Good), "目標達成見込で、取組も予定通り"),
            (Shown::Own(Standing::Behind), "取組が予定通り進んでいない"),
            (Shown::Own(Standing::OffTarget), "目標を達成できない見込み"),
            (Shown::Own(Standing::BothBad), "目標も取組も思わしくない"),
            (
                Shown::Own(Standing::Unassessed),
                "見込か進捗がまだ選ばれていない",
            ),
            (
                Shown::Repost(None),
                "ほかの取組の再掲。色は再掲元のもの。件数には数えない",
            ),
        ];
        for (shown, meaning) in meanings {
            ui.horizontal(|ui| {
                let side = Vec2::splat(size::MARK + space::S);
                let (rect, _) = ui.allocate_exact_size(side, Sense::hover());
                let palette = theme::palette(ui);
                status_mark::paint(ui.painter(), palette, rect.center(), shown);
                let name = match shown {
                    Shown::Own(standing) => words::standing(standing),
                    Shown::Repost(_) => "再掲",
                };
                ui.label(format!("{name}：{meaning}"));
            });
        }
    });
}
