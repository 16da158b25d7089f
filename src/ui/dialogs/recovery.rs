//! Work that another run left unsaved: what it would change, before anything is done with it.

use egui::{RichText, ScrollArea, Ui};

use crate::{
    export::changes::words::{self, Words},
    plan::Change,
    session::{self, Answer, Session, recovering::Found},
    ui::theme::{self, space},
};

use super::{buttons, title};

/// More are counted only.
const MOST: usize = 12;

pub fn show(session: &Session, ui: &mut Ui) -> Option<Answer> {
    let found = session.found().first()?;
    title(ui, "保存されていない編集内容が残っています");
    let when = session::words::moment(found.work.when);
    let name = found.file_name();
    ui.label(format!(
        "前回、「{name}」が保存されないまま終わりました。{when} の控えから復元できます。"
    ));
    changes(ui, found);
    let choices = [
        ("復元する", Answer::Confirm),
        ("後で決める", Answer::Cancel),
        ("破棄する", Answer::Discard),
    ];
    ui.label(
        RichText::new("破棄すると元に戻せません。復元しても、保存するまでファイルは変わりません。")
            .size(theme::SMALL)
            .color(theme::palette(ui).weak),
    );
    buttons(ui, &choices)
}

fn changes(ui: &mut Ui, found: &Found) {
    ui.add_space(space::XS);
    ui.label(format!(
        "復元すると {} か所が変わります：",
        found.changes.len()
    ));
    ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
        for difference in found.changes.iter().take(MOST) {
            let plan = match (difference.at, &found.work.base) {
                (Some(id), Some(base)) if !found.work.plan.contains(id) => base,
                _ => &found.work.plan,
            };
            let at = difference.at;
            let name = at.map_or_else(|| words::PLAN.to_owned(), |id| words::node_name(plan, id));
            let field = match &difference.change {
                Change::Added => "追加".into(),
                Change::Removed => "削除".into(),
                Change::Moved { .. } => "移動".into(),
                Change::Value { new, .. } => Words::of(plan, at).property(new.property()),
            };
            ui.label(format!("・{name}　{field}"));
        }
        if found.changes.len() > MOST {
            ui.label(format!("ほか {} か所", found.changes.len() - MOST));
        }
    });
}
