//! What is kept on this PC, with its size, and what of it may go.

use std::collections::BTreeSet;

use egui::{Label, RichText, ScrollArea, Ui};

use crate::{
    session::{Answer, Session, words},
    storage::kept::{Amount, Kept},
    ui::theme::{self, space},
};

use super::{buttons, title};

/// What is to be removed, by its place in the list.
#[derive(Debug, Default)]
pub struct KeptDialog {
    chosen: BTreeSet<usize>,
}

pub fn show(
    session: &Session,
    ui: &mut Ui,
    listed: &[Kept],
    dialog: &mut KeptDialog,
) -> Option<Answer> {
    title(ui, "この PC の控えを消す");
    ui.label("以前の版と、保存されなかった編集内容の控えです。計画のファイルは消えません。");
    let mut all = dialog.chosen.len() == listed.len();
    let everything = total(listed.iter());
    let name = format!("すべて（{}）", words::amount(everything));
    if ui.checkbox(&mut all, name).changed() {
        dialog.chosen = if all {
            (0..listed.len()).collect()
        } else {
            BTreeSet::new()
        };
    }
    ui.separator();
    let height = (ui.ctx().content_rect().height() - 320.0).max(120.0);
    let area = ScrollArea::vertical().max_height(height);
    area.min_scrolled_height(height.min(320.0)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for (n, kept) in listed.iter().enumerate() {
            one(session, ui, kept, n, dialog);
        }
    });
    let chosen = dialog.chosen.iter().filter_map(|&n| listed.get(n));
    let amount = total(chosen);
    let close = ("閉じる", Answer::Cancel);
    if dialog.chosen.is_empty() {
        return buttons(ui, &[close]);
    }
    let danger = theme::palette(ui).danger;
    let text = format!("{} を消します。元に戻せません。", words::amount(amount));
    ui.label(RichText::new(text).size(theme::SMALL).color(danger));
    let chosen = dialog.chosen.iter().copied().collect();
    buttons(ui, &[close, ("消す", Answer::Forget(chosen))])
}

fn one(session: &Session, ui: &mut Ui, kept: &Kept, n: usize, dialog: &mut KeptDialog) {
    let weak = theme::palette(ui).weak;
    let name = match &kept.file {
        Some(file) => words::file_name(file),
        None => "保存したことのない計画".to_owned(),
    };
    let is_open = kept.file.is_some() && kept.file.as_deref() == session.document().path();
    let name = if is_open {
        format!("{name}（開いている計画）")
    } else {
        name
    };
    let mut is_chosen = dialog.chosen.contains(&n);
    if ui.checkbox(&mut is_chosen, name).changed() {
        if is_chosen {
            dialog.chosen.insert(n);
        } else {
            dialog.chosen.remove(&n);
        }
    }
    let parts = [("以前の版", kept.backups), ("編集内容の控え", kept.work)];
    let parts = parts.iter().filter(|(_, amount)| amount.count > 0);
    let parts: Vec<String> = parts
        .map(|(what, amount)| format!("{what} {}", words::amount(*amount)))
        .collect();
    ui.indent(("kept", n), |ui| {
        let text = RichText::new(parts.join("、")).size(theme::SMALL);
        ui.label(text.color(weak));
        if let Some(file) = &kept.file {
            let path = RichText::new(file.display().to_string()).size(theme::SMALL);
            ui.add(Label::new(path.color(weak)).truncate());
        }
    });
    ui.add_space(space::XS);
}

fn total<'a>(kept: impl Iterator<Item = &'a Kept>) -> Amount {
    kept.fold(Amount::default(), |mut total, kept| {
        total += kept.total();
        total
    })
}
